//! What the formats have in common.

use super::staging::Finished;
use super::value::Value;
use crate::document::Error;

/// Writes the rows of all tables in one format.
pub(super) trait TableWriter {
    /// Writes a row of a table, by the table's place in the list.
    fn write(&mut self, table: usize, row: &[Value<'_>]) -> Result<(), Error>;

    /// Ends the files.
    fn finish(self: Box<Self>) -> Result<Vec<Finished>, Error>;

    /// How many texts were cut because the format has no room for them.
    fn cut_texts(&self) -> u64 {
        0
    }
}
