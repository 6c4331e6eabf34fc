//! Which columns of a table say what the amounts of another are of: codes and names.

use crate::document::{ColumnType, Direction, Measure, Table, TableKind};
use crate::language::vocabulary::{Vocabulary, squeezed};

/// Where the code and name of a column's amounts stand.
pub(crate) struct Naming {
    pub(crate) measure: Measure,
    pub(crate) direction: Option<Direction>,
    /// Column of the names: the nearest of words.
    pub(crate) name: Option<usize>,
    /// The columns that may name a row's amounts, the most telling first.
    pub(crate) names: Vec<usize>,
    /// Columns of the codes.
    pub(crate) codes: Vec<usize>,
}

impl Naming {
    /// The naming of a column of amounts of money; `None` for other columns.
    pub(crate) fn of(table: &Table, column: usize, vocabulary: &Vocabulary) -> Option<Naming> {
        let header = &table.columns[column];
        // What is counted in 台 or % is no money.
        let is_money = header.unit.as_ref().is_none_or(|unit| vocabulary.units.contains_key(unit));
        let measure = header.measure.filter(|_| is_money)?;
        // In two-sided tables each side has its own names: the nearest to the left is the column's.
        let name = (0..column).rev().find(|index| table.columns[*index].column_type == ColumnType::Text);
        let side_start = name.and_then(|name| {
            (0..name).rev().find(|index| table.columns[*index].column_type == ColumnType::Amount).map(|at| at + 1)
        });
        let codes = code_columns(table, side_start.unwrap_or(0)..column, name, vocabulary);
        let names = name_columns(table, column, vocabulary);
        Some(Naming { measure, direction: direction(table.kind, &header.path, vocabulary), name, names, codes })
    }

    /// Code and name of a row. Where the most telling column is empty (a total, a heading, a project without any part),
    /// a row without a code is named by the next that is filled.
    #[cfg(feature = "compare")]
    pub(crate) fn code_and_name(&self, cells: &[Option<String>]) -> (Option<String>, Option<String>) {
        let (code, name) = self.code_and_words(cells, self.names.first().copied());
        let others = || self.names.iter().find_map(|column| cells[*column].clone());
        let name = if code.is_none() { name.or_else(others) } else { name };
        (code, name)
    }

    /// Code and name of a row by the nearest column of words alone.
    pub(crate) fn code_and_nearest_name(&self, cells: &[Option<String>]) -> (Option<String>, Option<String>) {
        self.code_and_words(cells, self.name)
    }

    /// The code is joined where 类, 款 and 项 stand in columns of their own; words in its place (a 合计 merged over code
    /// and name) are the name.
    fn code_and_words(&self, cells: &[Option<String>], column: Option<usize>) -> (Option<String>, Option<String>) {
        let code: String = self.codes.iter().filter_map(|index| cells[*index].as_deref()).collect();
        let name = column.and_then(|name| cells[name].clone());
        let is_code = code.contains(|c: char| c.is_ascii_digit());
        match (code.is_empty(), is_code) {
            (true, _) => (None, name),
            (false, true) => (Some(code), name),
            (false, false) => (None, name.or(Some(code))),
        }
    }
}

/// The columns of words on a column's side of the table, from those of the items over other words to those of units;
/// within each group the nearest to the amounts first, since names of lower levels stand further right. Running numbers
/// name nothing, and quantities end no side.
fn name_columns(table: &Table, column: usize, vocabulary: &Vocabulary) -> Vec<usize> {
    let words = &vocabulary.headers;
    let leaf = |index: usize| table.columns[index].path.last().map(|label| squeezed(label)).unwrap_or_default();
    let is_of = |index: &usize, column_type| table.columns[*index].column_type == column_type;
    let is_money = |index: &usize| !vocabulary.checks.no_money.occur_in(&leaf(*index));
    let is_number = |index: &usize| {
        words.column_numbers.contain(&leaf(*index)) || vocabulary.overview.unit_sequence.contain(&leaf(*index))
    };
    let rank = |index: &usize| match leaf(*index) {
        label if words.unit_names.contain(&label) => 2,
        label if words.item_name_endings.end(&label) => 0,
        _ => 1,
    };
    let mut names: Vec<usize> = Vec::new();
    for index in (0..column).rev() {
        if is_of(&index, ColumnType::Text) && !is_number(&index) {
            names.push(index);
        } else if !names.is_empty() && is_of(&index, ColumnType::Amount) && is_money(&index) {
            break;
        }
    }
    names.sort_by_key(rank);
    names
}

/// The code columns of a name: the nearest to it, before it or else behind it, with its neighbours where each holds one
/// level (类, 款, 项). Other code columns beside it belong to other names.
fn code_columns(
    table: &Table,
    side: std::ops::Range<usize>,
    name: Option<usize>,
    vocabulary: &Vocabulary,
) -> Vec<usize> {
    let is_code = |index: &usize| table.columns[*index].column_type == ColumnType::Code;
    let before = side.clone().rev().find(|index| is_code(index) && name.is_none_or(|name| *index < name));
    let Some(nearest) = before.or_else(|| side.clone().find(is_code)) else { return Vec::new() };
    let leaf = |index: usize| table.columns[index].path.last().map(|label| squeezed(label)).unwrap_or_default();
    let is_level = |index: &usize| is_code(index) && vocabulary.headers.code_levels.contain(&leaf(*index));
    if !is_level(&nearest) {
        return vec![nearest];
    }
    let neighbours: Vec<usize> =
        if before.is_some() { (side.start..=nearest).rev().collect() } else { (nearest..side.end).collect() };
    let mut levels: Vec<usize> = Vec::new();
    for column in neighbours.into_iter().take_while(is_level) {
        // A level that was met already belongs to a code of its own, as that of the government beside the department's.
        if levels.iter().any(|known| leaf(*known) == leaf(column)) {
            break;
        }
        levels.push(column);
    }
    levels.sort_unstable();
    levels
}

fn direction(kind: TableKind, path: &[String], vocabulary: &Vocabulary) -> Option<Direction> {
    let top = path.first().map(|label| squeezed(label)).unwrap_or_default();
    match kind {
        TableKind::RevenueExpenditureSummary | TableKind::FiscalAppropriationSummary | TableKind::Other => {
            let words = &vocabulary.headers;
            match (words.revenue_side.end(&top), words.expenditure_side.end(&top)) {
                (true, false) => Some(Direction::Revenue),
                (false, true) => Some(Direction::Expenditure),
                _ => None,
            }
        }
        TableKind::RevenueSummary => Some(Direction::Revenue),
        _ => Some(Direction::Expenditure),
    }
}
