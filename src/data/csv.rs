//! Rows → CSV: UTF-8, a header, lines that end with a line feed, quotes only where they must be.
//!
//! Spreadsheets take a text that begins with `=`, `+`, `-` or `@` for a formula, and a formula may call programs. Such a
//! text, and one that begins with an apostrophe, gets an apostrophe in front, so that taking one away from every field that
//! begins with one gives the texts back. Figures are no formulas and stay as they are.

use std::borrow::Cow;
use std::fs::File;
use std::io::{BufWriter, Write as _};
use std::path::Path;

use csv::{Terminator, Writer, WriterBuilder};

use super::Settings;
use super::column::Table;
use super::staging::{Finished, Staged};
use super::value::{Reading, Value, read_figure};
use super::writer::TableWriter;
use crate::document::Error;

/// Tells Excel that a file is UTF-8.
const BYTE_ORDER_MARK: &[u8] = "\u{feff}".as_bytes();

/// A file a table.
pub(super) struct CsvWriter {
    files: Vec<(Staged, Writer<BufWriter<File>>)>,
    raw: bool,
}

impl CsvWriter {
    /// Files with their headers.
    pub(super) fn new(folder: &Path, tables: &[Table], settings: &Settings) -> Result<Self, Error> {
        let mut files = Vec::new();
        for table in tables {
            let staged = Staged::new(folder, format!("{}.csv", table.name))?;
            let mut file = BufWriter::new(staged.handle()?);
            if settings.byte_order_mark {
                file.write_all(BYTE_ORDER_MARK).map_err(|error| staged.failed(&error))?;
            }
            let mut writer = WriterBuilder::new().terminator(Terminator::Any(b'\n')).from_writer(file);
            let names = table.columns.iter().map(|column| column.name);
            writer.write_record(names).map_err(|error| staged.failed(&error))?;
            files.push((staged, writer));
        }
        Ok(Self { files, raw: settings.raw })
    }
}

impl TableWriter for CsvWriter {
    fn write(&mut self, table: usize, row: &[Value<'_>]) -> Result<(), Error> {
        let (staged, writer) = &mut self.files[table];
        for value in row {
            writer.write_field(field(value, self.raw).as_bytes()).map_err(|error| staged.failed(&error))?;
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

/// Begins a text that no program may take for a formula.
const ESCAPE: char = '\'';

/// Whether a spreadsheet may take a text for a formula, or the text begins as one that was made safe.
fn needs_escape(text: &str) -> bool {
    text.starts_with(['=', '+', '-', '@', '\t', '\r', ESCAPE]) && read_figure(text) == Reading::Words
}

fn field<'v>(value: &'v Value<'_>, raw: bool) -> Cow<'v, str> {
    match value {
        Value::Null => Cow::Borrowed(""),
        Value::Text(text) if !raw && needs_escape(text) => Cow::Owned(format!("{ESCAPE}{text}")),
        Value::Text(text) => Cow::Borrowed(text),
        Value::Integer(number) => Cow::Owned(number.to_string()),
        Value::Figure(figure) => Cow::Borrowed(figure.text.as_ref()),
        Value::Boolean(truth) => Cow::Borrowed(if *truth { "true" } else { "false" }),
    }
}
