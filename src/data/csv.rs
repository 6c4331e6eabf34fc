//! Rows → CSV: UTF-8, a header, lines that end with a line feed, quotes only where they must be.
//!
//! Texts are not altered: one that begins with `=` stays as it is, because data that is changed for one program is
//! wrong in all others.

use std::borrow::Cow;
use std::fs::File;
use std::io::{BufWriter, Write as _};
use std::path::Path;

use csv::{Terminator, Writer, WriterBuilder};

use super::column::Table;
use super::staging::{Finished, Staged};
use super::value::Value;
use super::writer::TableWriter;
use crate::document::Error;

/// Tells Excel that a file is UTF-8.
const BYTE_ORDER_MARK: &[u8] = "\u{feff}".as_bytes();

/// A file a table.
pub(super) struct CsvWriter {
    files: Vec<(Staged, Writer<BufWriter<File>>)>,
}

impl CsvWriter {
    /// Files with their headers.
    pub(super) fn new(folder: &Path, tables: &[Table], byte_order_mark: bool) -> Result<Self, Error> {
        let mut files = Vec::new();
        for table in tables {
            let staged = Staged::new(folder, format!("{}.csv", table.name))?;
            let mut file = BufWriter::new(staged.handle()?);
            if byte_order_mark {
                file.write_all(BYTE_ORDER_MARK).map_err(|error| staged.failed(&error))?;
            }
            let mut writer = WriterBuilder::new().terminator(Terminator::Any(b'\n')).from_writer(file);
            let names = table.columns.iter().map(|column| column.name);
            writer.write_record(names).map_err(|error| staged.failed(&error))?;
            files.push((staged, writer));
        }
        Ok(Self { files })
    }
}

impl TableWriter for CsvWriter {
    fn write(&mut self, table: usize, row: &[Value<'_>]) -> Result<(), Error> {
        let (staged, writer) = &mut self.files[table];
        for value in row {
            writer.write_field(field(value).as_bytes()).map_err(|error| staged.failed(&error))?;
        }
        writer.write_record(None::<&[u8]>).map_err(|error| staged.failed(&error))
    }

    fn finish(self: Box<Self>) -> Result<Vec<Finished>, Error> {
        let mut finished = Vec::new();
        for (staged, writer) in self.files {
            let mut file = writer.into_inner().map_err(|error| staged.failed(error.error()))?;
            file.flush().map_err(|error| staged.failed(&error))?;
            finished.push(staged.finish()?);
        }
        Ok(finished)
    }
}

fn field<'v>(value: &'v Value<'_>) -> Cow<'v, str> {
    match value {
        Value::Null => Cow::Borrowed(""),
        Value::Text(text) => Cow::Borrowed(text),
        Value::Integer(number) => Cow::Owned(number.to_string()),
        Value::Figure(figure) => Cow::Borrowed(figure.text.as_ref()),
        Value::Boolean(truth) => Cow::Borrowed(if *truth { "true" } else { "false" }),
    }
}
