//! Rows → JSON Lines: an object a row, every key in every row in the order of the columns, decimals as strings.

use std::fs::File;
use std::io::{BufWriter, Write as _};
use std::path::Path;

use super::column::Table;
use super::staging::{Finished, Staged};
use super::value::Value;
use super::writer::TableWriter;
use crate::document::Error;

/// A file a table.
pub(super) struct JsonLinesWriter {
    files: Vec<(Staged, BufWriter<File>, Table)>,
}

impl JsonLinesWriter {
    /// Empty files.
    pub(super) fn new(folder: &Path, tables: &[Table]) -> Result<Self, Error> {
        let mut files = Vec::new();
        for table in tables {
            let staged = Staged::new(folder, format!("{}.jsonl", table.name))?;
            let file = BufWriter::new(staged.handle()?);
            files.push((staged, file, *table));
        }
        Ok(Self { files })
    }
}

impl TableWriter for JsonLinesWriter {
    fn write(&mut self, table: usize, row: &[Value<'_>]) -> Result<(), Error> {
        let (staged, file, table) = &mut self.files[table];
        write_object(file, table, row).map_err(|error| staged.failed(&error))
    }

    fn finish(self: Box<Self>) -> Result<Vec<Finished>, Error> {
        let mut finished = Vec::new();
        for (staged, mut file, _) in self.files {
            file.flush().map_err(|error| staged.failed(&error))?;
            finished.push(staged.finish()?);
        }
        Ok(finished)
    }
}

fn write_object(file: &mut BufWriter<File>, table: &Table, row: &[Value<'_>]) -> std::io::Result<()> {
    for (at, (column, value)) in table.columns.iter().zip(row).enumerate() {
        let before = if at == 0 { '{' } else { ',' };
        write!(file, "{before}\"{}\":", column.name)?;
        match value {
            Value::Null => file.write_all(b"null")?,
            Value::Text(text) => serde_json::to_writer(&mut *file, text)?,
            Value::Integer(number) => write!(file, "{number}")?,
            // A JSON number would pass through binary floating point in most readers.
            Value::Figure(figure) => write!(file, "\"{}\"", figure.text)?,
            Value::Boolean(truth) => write!(file, "{truth}")?,
        }
    }
    file.write_all(b"}\n")
}
