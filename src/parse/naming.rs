//! Which columns of a table say what the amounts of another are of: codes and names.

use super::codes::{self, CodeGroup};
use crate::document::{ColumnType, Direction, Measure, Table, TableKind};
use crate::language::vocabulary::{Vocabulary, squeezed};

/// Where the code and name of a column's amounts stand.
pub(crate) struct Naming {
    pub(crate) measure: Measure,
    pub(crate) direction: Option<Direction>,
    /// Column of the names: those of the leading codes, else the nearest of words.
    pub(crate) name: Option<usize>,
    /// The columns that may name a row's amounts, the most telling first.
    pub(crate) names: Vec<usize>,
    /// Columns of the codes, one group for each classification; the first leads.
    pub(crate) codes: Vec<CodeGroup>,
}

impl Naming {
    /// The naming of a column of amounts of money; `None` for other columns.
    pub(crate) fn of(table: &Table, column: usize, vocabulary: &Vocabulary) -> Option<Naming> {
        let header = &table.columns[column];
        // What is counted in 台 or % is no money.
        let is_money = header.unit.as_ref().is_none_or(|unit| vocabulary.units.contains_key(unit));
        let measure = header.measure.filter(|_| is_money)?;
        // In two-sided tables each side has its own names: the nearest to the left is the column's.
        let nearest = (0..column).rev().find(|index| table.columns[*index].column_type == ColumnType::Text);
        let side_start = nearest.and_then(|name| {
            (0..name).rev().find(|index| table.columns[*index].column_type == ColumnType::Amount).map(|at| at + 1)
        });
        let side: Vec<usize> = (side_start.unwrap_or(0)..column).collect();
        let codes = codes::groups(table, &side, vocabulary);
        let name = codes.first().and_then(|leading| leading.name).or(nearest);
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

    /// The code is joined where 类, 款 and 项 stand in columns of their own; words in its place (a 合计 merged over code
    /// and name) are the name.
    #[cfg(feature = "compare")]
    fn code_and_words(&self, cells: &[Option<String>], column: Option<usize>) -> (Option<String>, Option<String>) {
        let leading = self.codes.first().map_or(&[][..], |group| group.columns.as_slice());
        let code: String = leading.iter().filter_map(|index| cells[*index].as_deref()).collect();
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
