//! Documents → a data set: tidy tables for statistics programs, spreadsheets and databases.
//!
//! The tables and their columns are declared once (`tables`); every format, the data package and the documentation
//! are derived from that. Documents are read one after another, so that memory does not grow with their number (a few
//! bytes aside, by which a document is known again).

mod column;
mod csv;
mod figures;
mod jsonl;
mod material;
mod organisations;
mod package;
mod parquet;
mod staging;
mod tables;
#[cfg(test)]
mod tests;
mod value;
mod writer;
mod xlsx;

use std::collections::BTreeSet;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::str::FromStr;

use rustc_hash::FxHashMap;

use crate::document::Document;
use crate::document::{Error, ErrorKind};
use crate::outputs::{Reported, document_files, read_document, reported};

use material::Material;
use organisations::Organisations;
use staging::{Finished, Staged};
use tables::{ORGANISATIONS, TABLES};
use value::Record;
use writer::TableWriter;

/// A format of a data set.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Format {
    /// Comma-separated values, a file a table.
    Csv,
    /// JSON Lines, a file a table.
    JsonLines,
    /// Apache Parquet, a file a table.
    Parquet,
    /// An Excel workbook.
    Xlsx,
}

impl Format {
    /// Every format.
    pub const ALL: [Format; 4] = [Format::Csv, Format::JsonLines, Format::Parquet, Format::Xlsx];

    /// Its name, which is the ending of its files, too.
    pub fn name(self) -> &'static str {
        match self {
            Format::Csv => "csv",
            Format::JsonLines => "jsonl",
            Format::Parquet => "parquet",
            Format::Xlsx => "xlsx",
        }
    }

    fn media_type(self) -> &'static str {
        match self {
            Format::Csv => "text/csv",
            Format::JsonLines => "application/jsonl",
            Format::Parquet => "application/vnd.apache.parquet",
            Format::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        }
    }
}

impl FromStr for Format {
    type Err = String;

    fn from_str(name: &str) -> Result<Self, String> {
        let found = Self::ALL.into_iter().find(|format| format.name() == name);
        found.ok_or_else(|| format!("no format `{name}`; there are {}", Self::ALL.map(Self::name).join(", ")))
    }
}

/// How a data set is written.
#[derive(Clone, Debug, Default)]
pub struct Settings {
    /// Begins CSV files with a byte order mark, without which Excel takes them for another encoding.
    pub byte_order_mark: bool,
    /// Leaves texts of CSV files as they are, though spreadsheets take some of them for formulas.
    pub raw: bool,
}

/// What was exported.
#[derive(Clone, Debug, Default)]
pub struct Summary {
    /// Documents in the data set.
    pub documents: u64,
    /// Documents left out because the same file is in the data set already.
    pub duplicates: u64,
    /// Documents left out because the report of the folder does not have them.
    pub unreported: u64,
    /// JSON files that are no documents, with the reason.
    pub unreadable: Vec<(PathBuf, Error)>,
    /// Rows of each table by its name.
    pub rows: Vec<(&'static str, u64)>,
    /// Figures with more digits than a decimal column holds: null there, whole in the text beside.
    pub figures_as_text: u64,
    /// Texts that an Excel cell has no room for, cut there with a mark, whole in the other formats.
    pub cut_texts: u64,
    /// The files written.
    pub files: Vec<PathBuf>,
}

/// Writes the documents of an output folder as a data set into `target`, which is made if it is not there.
///
/// Documents come in the order of their paths. A document whose source was there before is left out, and so is one that
/// the folder's report does not have, where there is a report; a JSON file that is no document is named in the summary and
/// stops nothing. Files take their names only when all are complete; the
/// same documents give the same bytes.
///
/// # Errors
/// [`ErrorKind::Io`] if the output folder cannot be read or a file cannot be written.
pub fn export(out: &Path, target: &Path, formats: &[Format], settings: &Settings) -> Result<Summary, Error> {
    let package_file = target.join(package::FILE_NAME);
    let files = document_files(out)?;
    std::fs::create_dir_all(target)
        .map_err(|error| Error::new(ErrorKind::Io, format!("cannot make the folder {}: {error}", target.display())))?;
    let report = reported(out)?;
    let mut run = Run::new(target, formats, settings)?;
    // A data set that stands among the documents is none of them.
    for file in files.iter().filter(|file| **file != package_file) {
        let path = file.strip_prefix(out).unwrap_or(file);
        let names: Vec<_> = path.components().map(|name| name.as_os_str().to_string_lossy()).collect();
        let output = names.join("/");
        match &report {
            None => run.add(file, &output, None)?,
            Some(report) => match report.get(&output) {
                Some(reported) => run.add(file, &output, Some(reported))?,
                None => run.summary.unreported += 1,
            },
        }
    }
    run.finish(target)
}

/// A data set being written.
struct Run {
    writers: Vec<(Format, Box<dyn TableWriter>)>,
    /// The documents seen: their id, and the rest of their digest.
    seen: FxHashMap<[u8; 8], [u8; 24]>,
    organisations: Organisations,
    summary: Summary,
}

impl Run {
    fn new(target: &Path, formats: &[Format], settings: &Settings) -> Result<Self, Error> {
        let mut writers: Vec<(Format, Box<dyn TableWriter>)> = Vec::new();
        for format in formats.iter().copied().collect::<BTreeSet<_>>() {
            let writer: Box<dyn TableWriter> = match format {
                Format::Csv => Box::new(csv::CsvWriter::new(target, &TABLES, settings)?),
                Format::JsonLines => Box::new(jsonl::JsonLinesWriter::new(target, &TABLES)?),
                Format::Parquet => Box::new(parquet::ParquetWriter::new(target, &TABLES)?),
                Format::Xlsx => Box::new(xlsx::XlsxWriter::new(target, &TABLES)?),
            };
            writers.push((format, writer));
        }
        let rows = TABLES.iter().map(|table| (table.name, 0)).collect();
        Ok(Self {
            writers,
            seen: FxHashMap::default(),
            organisations: Organisations::default(),
            summary: Summary { rows, ..Summary::default() },
        })
    }

    /// Adds the document of a file, if it is one.
    fn add(&mut self, file: &Path, output: &str, reported: Option<&Reported>) -> Result<(), Error> {
        let read = read_document(file).and_then(|document| Ok((self.is_new(&document)?, document)));
        match read {
            Err(error) => self.summary.unreadable.push((file.to_owned(), error)),
            Ok((false, _)) => self.summary.duplicates += 1,
            Ok((true, document)) => {
                self.summary.documents += 1;
                self.organisations.add(&document);
                self.write(&Material { output, reported, document: &document })?;
            }
        }
        Ok(())
    }

    /// Whether no document with the same source was added before.
    fn is_new(&mut self, document: &Document) -> Result<bool, Error> {
        let sha256 = &document.source.sha256;
        let bytes: [u8; 32] = const_hex::decode_to_array(sha256)
            .map_err(|_| Error::new(ErrorKind::Io, format!("its source has no SHA-256 but `{sha256}`")))?;
        let (mut id, mut rest) = ([0; 8], [0; 24]);
        id.copy_from_slice(&bytes[..8]);
        rest.copy_from_slice(&bytes[8..]);
        match self.seen.insert(id, rest) {
            None => Ok(true),
            Some(before) if before == rest => Ok(false),
            Some(before) => {
                self.seen.insert(id, before);
                Err(Error::new(ErrorKind::Io, "another document's SHA-256 begins with the same digits"))
            }
        }
    }

    fn write(&mut self, material: &Material<'_>) -> Result<(), Error> {
        for (at, table) in TABLES.iter().enumerate() {
            for row in (table.rows)(material) {
                self.write_row(at, &row)?;
            }
        }
        Ok(())
    }

    fn write_row(&mut self, at: usize, row: &Record<'_>) -> Result<(), Error> {
        debug_assert_eq!(row.values.len(), TABLES[at].columns.len(), "{}", TABLES[at].name);
        self.summary.rows[at].1 += 1;
        self.summary.figures_as_text += u64::from(row.too_long);
        for (_, writer) in &mut self.writers {
            writer.write(at, &row.values)?;
        }
        Ok(())
    }

    /// Writes what was gathered from all documents.
    fn write_organisations(&mut self) -> Result<(), Error> {
        let organisations = std::mem::take(&mut self.organisations);
        let at = TABLES.iter().position(|table| table.name == ORGANISATIONS).unwrap_or_default();
        organisations.rows().iter().try_for_each(|row| self.write_row(at, row))
    }

    /// Ends all files, describes them and gives them their names.
    fn finish(mut self, target: &Path) -> Result<Summary, Error> {
        self.write_organisations()?;
        let mut written: Vec<(Format, Vec<Finished>)> = Vec::new();
        for (format, writer) in self.writers {
            self.summary.cut_texts += writer.cut_texts();
            written.push((format, writer.finish()?));
        }
        let package = Staged::new(target, package::FILE_NAME)?;
        let text = package::describe(&TABLES, &written);
        package.handle()?.write_all(text.as_bytes()).map_err(|error| package.failed(&error))?;
        let package = package.finish()?;
        // The description comes last: whoever finds it finds what it describes.
        for file in written.into_iter().flat_map(|(_, files)| files).chain([package]) {
            self.summary.files.push(file.publish(target)?);
        }
        Ok(self.summary)
    }
}
