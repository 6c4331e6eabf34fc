//! Tables → facts: one per amount, with its code, level, measure, direction, and its exact value in yuan.

use rust_decimal::Decimal;

use crate::amount;
use crate::document::{ColumnType, Direction, Fact, Measure, Table, TableKind, rounded};
use crate::model::{ParsedTable, PlacedFact};
use crate::vocabulary::{Vocabulary, squeezed};

/// Yuan are written with this many digits after the point at least: jiao and fen.
const YUAN_DIGITS: u32 = 2;

/// The facts of all tables.
pub(crate) fn facts(tables: &[ParsedTable], vocabulary: &Vocabulary) -> Vec<PlacedFact> {
    tables.iter().enumerate().flat_map(|(index, parsed)| table_facts(index, parsed, vocabulary)).collect()
}

fn table_facts(index: usize, parsed: &ParsedTable, vocabulary: &Vocabulary) -> Vec<PlacedFact> {
    let table = &parsed.table;
    let yuan = table.unit.as_deref().and_then(|unit| vocabulary.units.get(unit)).copied();
    let sources: Vec<Option<Source>> =
        (0..table.columns.len()).map(|column| Source::of(table, column, vocabulary)).collect();
    let mut facts = Vec::new();
    for (at, (row, boxes)) in table.rows.iter().zip(&parsed.boxes).enumerate() {
        for (column, source) in sources.iter().enumerate() {
            let Some(source) = source else { continue };
            let Some(text) = &row.cells[column] else { continue };
            let Some(amount) = amount::parse(text) else { continue };
            let (code, name) = source.code_and_name(&row.cells);
            let fact = Fact {
                table: table.kind,
                direction: source.direction,
                level: code.as_deref().and_then(level),
                code,
                name: source.item.clone().or(name),
                measure: source.measure,
                amount: amount.text,
                unit: table.unit.clone(),
                amount_yuan: yuan.and_then(|yuan| in_yuan(amount.value, yuan)),
                page: row.page,
                bbox: rounded(boxes[column]),
                verified_by: 0,
                placement: parsed.placements.get(at).and_then(|row| *row.get(column)?),
            };
            facts.push(PlacedFact { fact, table: index, row: at, column });
        }
    }
    facts
}

/// Where the code and name of a column's amounts stand.
pub(crate) struct Source {
    pub(crate) measure: Measure,
    pub(crate) direction: Option<Direction>,
    /// Column of the names.
    pub(crate) name: Option<usize>,
    /// Columns of the codes.
    pub(crate) codes: Vec<usize>,
    /// The item, where items stand in columns (三公).
    item: Option<String>,
}

impl Source {
    /// The source of an amount column; `None` for other columns.
    pub(crate) fn of(table: &Table, column: usize, vocabulary: &Vocabulary) -> Option<Source> {
        let header = &table.columns[column];
        let measure = header.measure?;
        // In two-sided tables each side has its own names: the nearest to the left is the column's.
        let name = (0..column).rev().find(|index| table.columns[*index].column_type == ColumnType::Text);
        let side_start = name.and_then(|name| {
            (0..name).rev().find(|index| table.columns[*index].column_type == ColumnType::Amount).map(|at| at + 1)
        });
        let codes = code_columns(table, side_start.unwrap_or(0)..column, name, vocabulary);
        let item = name.is_none().then(|| item_of(&header.path, vocabulary)).flatten();
        Some(Source { measure, direction: direction(table.kind, &header.path, vocabulary), name, codes, item })
    }

    /// Code and name of a row. The code is joined where 类, 款 and 项 stand in columns of their own; words in its place
    /// (a 合计 merged over code and name) are the name.
    pub(crate) fn code_and_name(&self, cells: &[Option<String>]) -> (Option<String>, Option<String>) {
        let code: String = self.codes.iter().filter_map(|index| cells[*index].as_deref()).collect();
        let name = self.name.and_then(|name| cells[name].clone());
        let is_code = code.contains(|c: char| c.is_ascii_digit());
        match (code.is_empty(), is_code) {
            (true, _) => (None, name),
            (false, true) => (Some(code), name),
            (false, false) => (None, name.or(Some(code))),
        }
    }
}

/// The code columns of a name: the nearest to it, with its neighbours where each holds one level (类, 款, 项). Other
/// code columns beside it belong to other names.
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
    let mut levels: Vec<usize> = (side.start..=nearest).rev().take_while(is_level).collect();
    levels.reverse();
    levels
}

/// 类 1, 款 2, 项 3, by the length of the code.
fn level(code: &str) -> Option<u8> {
    let is_code = code.bytes().all(|b| b.is_ascii_digit());
    match code.len() {
        3 if is_code => Some(1),
        5 if is_code => Some(2),
        7 if is_code => Some(3),
        _ => None,
    }
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

/// The item in a header path: its lowest label that is not just a total.
fn item_of(path: &[String], vocabulary: &Vocabulary) -> Option<String> {
    let telling =
        path.iter().rev().find(|label| !matches!(vocabulary.measure(label), Some(Measure::Total | Measure::PriorYear)));
    telling.or_else(|| path.last()).cloned()
}

/// An exact amount in yuan.
fn in_yuan(value: Decimal, unit: u64) -> Option<String> {
    let mut yuan = value.checked_mul(Decimal::from(unit))?.normalize();
    if yuan.scale() < YUAN_DIGITS {
        yuan.rescale(YUAN_DIGITS);
    }
    Some(amount::written(yuan))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn yuan_are_exact() {
        let yuan = |text: &str, unit| in_yuan(Decimal::from_str_exact(text).expect("a decimal"), unit);
        assert_eq!(yuan("937.12", 10_000).as_deref(), Some("9371200.00"));
        assert_eq!(yuan("80", 10_000).as_deref(), Some("800000.00"));
        assert_eq!(yuan("0.123456", 10_000).as_deref(), Some("1234.56"));
        assert_eq!(yuan("12345.678", 1).as_deref(), Some("12345.678"));
    }

    #[test]
    fn codes_have_levels() {
        assert_eq!(["201", "20103", "2010301", "A2010301", "30"].map(level), [Some(1), Some(2), Some(3), None, None]);
    }
}
