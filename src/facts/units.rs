//! The units that a document's tables name, so that their rows are known in tables that list units among other things.

use rustc_hash::{FxHashMap, FxHashSet};

use super::words;
use crate::document::{ColumnType, Publication, Table};
use crate::language::amount;
use crate::language::vocabulary::{Vocabulary, squeezed};
use crate::model::ParsedTable;
use crate::parse::codes::leaf;

/// Words in which goods are counted have at most this many characters, names of units more.
const MOST_IN_COUNTER: usize = 2;

/// Units by name and number.
#[derive(Debug, Default)]
pub(super) struct Units {
    names: FxHashSet<String>,
    by_number: FxHashMap<String, String>,
    /// Names that several numbers have: a department and its own office.
    shared: FxHashSet<String>,
}

impl Units {
    /// Those in columns of units of all tables, and the publication's own.
    pub(super) fn of(tables: &[ParsedTable], publication: &Publication, vocabulary: &Vocabulary) -> Self {
        let mut units = Units::default();
        units.names.extend(publication.organisation.as_deref().map(|name| squeezed(name).into_owned()));
        for parsed in tables {
            let table = &parsed.table;
            for column in (0..table.columns.len()).filter(|column| is_unit_column(table, *column, vocabulary)) {
                units.add(table, column, vocabulary);
            }
        }
        let mut seen = FxHashSet::default();
        for name in units.by_number.values() {
            if !seen.insert(name.clone()) {
                units.shared.insert(name.clone());
            }
        }
        units
    }

    fn add(&mut self, table: &Table, column: usize, vocabulary: &Vocabulary) {
        let numbers = column.checked_sub(1).filter(|before| vocabulary.facts.unit_codes.end(&leaf(table, *before)));
        for row in &table.rows {
            let Some(text) = row.cells[column].as_deref().filter(|text| amount::parse(text).is_none()) else {
                continue;
            };
            let (number, name) = words::split_unit_number(text);
            let plain = squeezed(name).into_owned();
            if is_total(&plain, vocabulary) || plain.is_empty() {
                continue;
            }
            let beside = numbers.and_then(|column| row.cells[column].as_deref());
            if let Some(number) = beside.or(number) {
                // A name that a narrow column cuts is longer elsewhere.
                let known = self.by_number.entry(squeezed(number).into_owned()).or_default();
                if name.trim().starts_with(known.as_str()) {
                    name.trim().clone_into(known);
                }
            }
            self.names.insert(plain);
        }
    }

    /// Whether a text is the name of a unit.
    pub(super) fn name(&self, text: &str) -> bool {
        self.names.contains(&*squeezed(text))
    }

    /// What a unit is called: its number, too, where another unit has the same name.
    pub(super) fn called(&self, number: Option<&str>, name: &str) -> String {
        match number.filter(|_| self.shared.contains(name)) {
            Some(number) => format!("{}{name}", number.trim()),
            None => name.to_owned(),
        }
    }

    /// The name of the unit with a number.
    pub(super) fn numbered(&self, number: &str) -> Option<&String> {
        self.by_number.get(&*squeezed(number))
    }
}

/// Whether a column holds the names of units and nothing else; not the 台 and 项 in which goods are counted.
pub(super) fn is_unit_column(table: &Table, column: usize, vocabulary: &Vocabulary) -> bool {
    if table.columns[column].column_type != ColumnType::Text {
        return false;
    }
    vocabulary.headers.unit_names.contain(&leaf(table, column)) && !counts_goods(table, column, vocabulary)
}

fn counts_goods(table: &Table, column: usize, vocabulary: &Vocabulary) -> bool {
    let is_short = |text: &str| text.chars().count() <= MOST_IN_COUNTER;
    let mut cells = table.rows.iter().filter_map(|row| row.cells[column].as_deref());
    let has_counts = || (0..table.columns.len()).any(|at| vocabulary.checks.no_money.occur_in(&leaf(table, at)));
    cells.all(is_short) && has_counts()
}

/// Whether a squeezed name is that of a total.
pub(super) fn is_total(plain: &str, vocabulary: &Vocabulary) -> bool {
    vocabulary.headers.totals.contain(plain) || vocabulary.checks.sum_words.end(plain)
}
