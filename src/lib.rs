//! yusuan (预算): the budget PDFs that Chinese government departments publish → data people can trust.
mod amount;
pub mod document;
mod error;
mod geometry;
mod grid;
pub mod inspect;
mod lines;
pub mod model;
mod normalise;
mod ordinals;
mod parse;
mod read;
mod reflow;
mod schema;
mod segment;
mod vocabulary;
mod write;

pub use document::Document;
pub use error::{Error, ErrorKind};
pub use schema::json_schema;
use sha2::{Digest, Sha256};
pub use vocabulary::Vocabulary;
pub use write::{to_json, write_atomically};

/// How to convert.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// Name of the file, for `source.file`.
    pub file: String,
    /// What the documents call things; the built-in vocabulary where there is none.
    pub vocabulary: Option<Vocabulary>,
    /// Reads the text a second time, by another library, and compares the figures of each page.
    pub second_reader: bool,
}

/// Converts one PDF.
pub fn convert(bytes: &[u8], options: &Options) -> Result<Document, Error> {
    let vocabulary = match &options.vocabulary {
        Some(v) => v,
        None => Vocabulary::national()?,
    };
    let mut diagnostics = Vec::new();
    let triage = read::triage(bytes);
    let pages = read::read_pages(bytes)?;
    let mut layouts: Vec<_> = pages.iter().map(grid::layout).collect();
    segment::drop_furniture(&mut layouts, vocabulary);
    let layouts: Vec<_> = layouts.into_iter().map(|l| grid::find_aligned_tables(l, vocabulary)).collect();
    let outline = segment::segment(layouts, vocabulary, &mut diagnostics);
    let parsed = parse::parse(&outline, vocabulary, &mut diagnostics);
    let facts = normalise::facts(&parsed.tables, vocabulary);
    Ok(Document {
        format: document::FORMAT.to_owned(),
        source: document::Source {
            file: options.file.clone(),
            sha256: hex(&Sha256::digest(bytes)),
            input: document::Input::Pdf,
            pages: pages.len() as u32,
            producer: triage.producer,
        },
        document: parsed.publication,
        overview: parsed.overview,
        tables: parsed.tables.into_iter().map(|t| t.table).collect(),
        performance: parsed.performance,
        narrative: parsed.narrative,
        statements: parsed.statements,
        glossary: parsed.glossary,
        facts,
        checks: Vec::new(),
        diagnostics,
    })
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|b| format!("{b:02x}")).collect()
}
