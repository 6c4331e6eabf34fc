//! The tables of a data set: one file each, with its columns and the rows that a document gives it.

mod cells;
mod checks;
mod diagnostics;
mod documents;
mod facts;
mod indicators;
mod organisations;
mod projects;
mod statements;
mod summary;

use super::column::Table;

/// The table that is written when all documents are known.
pub(super) const ORGANISATIONS: &str = organisations::TABLE.name;

/// Every table, in the order of the data package and of the workbook.
pub(super) const TABLES: [Table; 10] = [
    documents::TABLE,
    summary::TABLE,
    organisations::TABLE,
    facts::TABLE,
    cells::TABLE,
    projects::TABLE,
    indicators::TABLE,
    statements::TABLE,
    checks::TABLE,
    diagnostics::TABLE,
];
