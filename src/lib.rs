//! yusuan (预算, “budget”) turns the budget PDFs that Chinese government departments publish into data.
//!
//! A department's budget (部门预算) or final accounts (决算) has the same content everywhere: nine numbered tables, a
//! grid of performance targets, a narrative, a glossary. [`convert`] reads the PDF and tells the same story every time:
//!
//! 1. **Read** the pages: characters and rulings where a reader sees them.
//! 2. **Lay out** each page: rulings make tables with cells, the other characters make lines.
//! 3. **Segment** the document: cover, contents, main parts, tables with their captions, notes and continuations.
//! 4. **Parse** what each part says: headers, rows, indicators, paragraphs, the numbers stated in prose.
//! 5. **Account** for every visible character: read, furniture of the pages, or unread, which is named.
//! 6. **State the facts** of the tables: what each amount is of, whose, of which year, and its exact value.
//! 7. **Check** the document against itself: every number stands in several places and must add up.
//!
//! The result is a [`Document`], which [`to_json`] writes and of which [`report`] makes a report for readers. What
//! could not be read, placed or understood is a [`document::Diagnostic`] with its place; an [`Error`] means that there is
//! no document at all.
//!
//! To see how it went: [`conversion`] runs one stage at a time, [`inspect`] draws a page with what a stage made of it.
//!
//! The conversion needs none of the crate's features; these go beyond it:
//!
//! - `compare`: [`compare`](mod@compare) tells what differs between two documents, two years or two versions of yusuan.
//! - `data`: [`data`] makes data sets of a folder of documents.
//! - `second-reader`: [`Options::second_reader`] has a second reader.
//! - `cli`: the program `yusuan`, which converts whole releases, each file in a process of its own.
//!
//! ```
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let bytes = std::fs::read("samples/haidong-2023.pdf")?;
//! let document = yusuan::convert(&bytes, &yusuan::Options::default())?;
//! assert_eq!(document.document.fiscal_year, Some(2023));
//! let summary = &document.tables[1];
//! assert_eq!(summary.title.as_deref(), Some("收支总表"));
//! assert_eq!(summary.rows[0].cells[1].as_deref(), Some("2801.90"));
//! # Ok(())
//! # }
//! ```

#![warn(unreachable_pub)]

#[cfg(feature = "cli")]
mod batch;
mod check;
#[cfg(feature = "cli")]
pub mod cli;
#[cfg(feature = "compare")]
pub mod compare;
pub mod conversion;
mod coverage;
#[cfg(feature = "data")]
pub mod data;
pub mod document;
mod dump;
mod facts;
#[cfg(fuzzing)]
pub mod fuzzing;
mod grid;
mod input;
pub mod inspect;
mod language;
mod limits;
pub mod model;
#[cfg(any(feature = "cli", feature = "data"))]
mod outputs;
mod parse;
#[cfg(test)]
mod perturbed;
mod read;
pub mod report;
mod segment;
#[cfg(test)]
mod testing;
mod text;

pub use conversion::{Options, convert};
pub use document::{Document, Error, ErrorKind, PageNumber, from_json, json_schema, to_json};
pub use language::vocabulary::Vocabulary;
pub use limits::Limits;
