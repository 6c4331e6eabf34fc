//! One document, with what all its rows share.

use crate::document::PageNumber;
use crate::document::{CheckPlace, Document, Fact, Table};
use crate::language::amount;

use super::value::Row;

/// Hexadecimal digits of a document's SHA-256 that name it.
const ID_DIGITS: usize = 16;

/// Digits of a SHA-256.
const SHA256_DIGITS: usize = 64;

/// A document of the data set.
pub(super) struct Material<'a> {
    /// Its document JSON, relative to the output folder, with `/` between folders.
    pub(super) output: &'a str,
    /// The document.
    pub(super) document: &'a Document,
}

/// A cell, by its numbers in the document; the first is 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct CellPlace {
    pub(super) table: usize,
    pub(super) row: usize,
    pub(super) column: usize,
}

impl<'a> Material<'a> {
    /// What names the document: the beginning of its SHA-256.
    pub(super) fn id(&self) -> &'a str {
        let sha256 = &self.document.source.sha256;
        sha256.get(..ID_DIGITS).unwrap_or(sha256)
    }

    /// A row with the columns that every table begins with.
    pub(super) fn row(&self) -> Row<'a> {
        let publication = &self.document.document;
        Row::default()
            .text(self.id())
            .optional(publication.organisation.as_deref())
            .optional_integer(publication.fiscal_year)
    }

    /// The cell of each fact, told by repeating the walk in which the facts were made. A fact that does not agree with
    /// the cell found so has none.
    pub(super) fn places_of_facts(&self) -> Vec<Option<CellPlace>> {
        let tables = self.document.tables.iter().zip(1..);
        let mut amounts = tables.flat_map(|(table, number)| amounts(table, number));
        let facts = self.document.facts.iter();
        facts
            .map(|fact| amounts.next().filter(|(table, place)| is_at(fact, table, *place)).map(|(_, place)| place))
            .collect()
    }
}

/// The cells of a table that hold amounts, by row and column.
fn amounts(table: &Table, number: usize) -> impl Iterator<Item = (&Table, CellPlace)> {
    table.rows.iter().zip(1..).flat_map(move |(row, row_number)| {
        let cells = row.cells.iter().zip(&table.columns).zip(1..);
        cells.filter_map(move |((cell, column), column_number)| {
            column.measure?;
            amount::parse(cell.as_deref()?)?;
            Some((table, CellPlace { table: number, row: row_number, column: column_number }))
        })
    })
}

fn is_at(fact: &Fact, table: &Table, place: CellPlace) -> bool {
    let row = &table.rows[place.row - 1];
    let text = row.cells[place.column - 1].as_deref().and_then(amount::parse).map(|amount| amount.text);
    fact.table == table.kind
        && fact.page == row.page
        && Some(fact.measure) == table.columns[place.column - 1].measure
        && Some(&fact.amount) == text.as_ref()
}

impl<'a> Row<'a> {
    /// The row with a cell: the numbers of table, row and column.
    pub(super) fn cell(self, place: Option<CellPlace>) -> Self {
        self.count(place.map(|place| place.table))
            .count(place.map(|place| place.row))
            .count(place.map(|place| place.column))
    }

    /// The row with a place of a check: page, table, row, column.
    pub(super) fn place(self, place: Option<&CheckPlace>) -> Self {
        self.optional_integer(place.map(|place| place.page.0))
            .optional_integer(place.and_then(|place| place.table))
            .optional_integer(place.and_then(|place| place.row))
            .optional_integer(place.and_then(|place| place.column))
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

/// The bytes of a SHA-256 in hexadecimal; `None` for anything else.
pub(super) fn sha256_bytes(text: &str) -> Option<[u8; SHA256_DIGITS / 2]> {
    if text.len() != SHA256_DIGITS || !text.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return None;
    }
    let mut bytes = [0; SHA256_DIGITS / 2];
    for (at, byte) in bytes.iter_mut().enumerate() {
        *byte = u8::from_str_radix(text.get(2 * at..2 * at + 2)?, 16).ok()?;
    }
    Some(bytes)
}
