//! The tables of a data set: one file each, with its columns and the rows that a document gives it.

mod cells;
mod checks;
mod diagnostics;
mod documents;
mod facts;
mod indicators;
mod projects;
mod statements;

use super::column::Table;

/// Every table, in the order of the data package and of the workbook.
pub(super) const TABLES: [Table; 8] = [
    documents::TABLE,
    facts::TABLE,
    cells::TABLE,
    projects::TABLE,
    indicators::TABLE,
    statements::TABLE,
    checks::TABLE,
    diagnostics::TABLE,
];
