//! One document, with what all its rows share.

use crate::document::PageNumber;
use crate::document::{CellPlace, CheckPlace, Document, Money};
use crate::outputs::Reported;

use super::value::Record;

/// Hexadecimal digits of a document's SHA-256 that name it.
const ID_DIGITS: usize = 16;

/// A document of the data set.
pub(super) struct Material<'a> {
    /// Its document JSON, relative to the output folder, with `/` between folders.
    pub(super) output: &'a str,
    /// The document.
    pub(super) document: &'a Document,
    /// What the report of the folder says of it.
    pub(super) reported: Option<&'a Reported>,
}

impl<'a> Material<'a> {
    /// What names the document: the beginning of its SHA-256.
    pub(super) fn id(&self) -> &'a str {
        let sha256 = &self.document.source.sha256;
        sha256.get(..ID_DIGITS).unwrap_or(sha256)
    }

    /// A row with the columns that every table begins with.
    pub(super) fn row(&self) -> Record<'a> {
        let publication = &self.document.document;
        Record::default()
            .text(self.id())
            .optional(publication.organisation.as_deref())
            .optional_integer(publication.fiscal_year)
    }
}

impl<'a> Record<'a> {
    /// The row with a cell: the numbers of table, row and column.
    pub(super) fn cell(self, place: CellPlace) -> Self {
        self.count(Some(place.table)).count(Some(place.row)).count(Some(place.column))
    }

    /// The row with an exact figure: its value, and its text with the digits printed.
    pub(super) fn money(self, money: Option<Money>) -> Self {
        self.figure(money.map(|money| money.to_string()))
    }

    /// The row with a place of a check: page, table, row, column.
    pub(super) fn place(self, place: Option<&CheckPlace>) -> Self {
        self.optional_integer(place.map(|place| place.page.0))
            .count(place.and_then(|place| place.table))
            .count(place.and_then(|place| place.row))
            .count(place.and_then(|place| place.column))
    }

    /// The row with the first and the last of its pages.
    pub(super) fn pages(self, pages: &[PageNumber]) -> Self {
        self.optional_integer(pages.first().map(|page| page.0)).optional_integer(pages.last().map(|page| page.0))
    }

    /// The row with a box: `280.9 147.6 410.9 162.9`.
    pub(super) fn bbox(self, bbox: Option<[f32; 4]>) -> Self {
        self.text(bbox.map(|bbox| bbox.map(|side| side.to_string()).join(" ")).unwrap_or_default())
    }
}
