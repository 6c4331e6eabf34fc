//! Tables → facts: one per amount, with its code, level, measure, direction, and its exact value in yuan.

use rust_decimal::Decimal;

use crate::document::{ColumnType, Direction, Fact, Measure, Table, TableKind, rounded};
use crate::language::amount;
use crate::language::vocabulary::{Vocabulary, squeezed};
use crate::model::{ParsedTable, PlacedFact};

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
    /// Column of the names: the nearest of words.
    pub(crate) name: Option<usize>,
    /// The columns that may name a row's amounts, the most telling first.
    names: Vec<usize>,
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
        let names = name_columns(table, column, vocabulary);
        let item = name.is_none().then(|| item_of(&header.path, vocabulary)).flatten();
        Some(Source { measure, direction: direction(table.kind, &header.path, vocabulary), name, names, codes, item })
    }

    /// Code and name of a row. Where the most telling column is empty (a total, a heading, a project without any part),
    /// a row without a code is named by the next that is filled.
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
    use crate::testing::document::table;

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

    /// Codes and names of the amounts of a table with these columns and rows.
    fn named(columns: &str, rows: &[&str]) -> Vec<(Option<String>, Option<String>)> {
        let tables = [table(TableKind::ProjectExpenditure, "项目支出表", columns, rows)];
        let facts = facts(&tables, Vocabulary::national().expect("the built-in vocabulary"));
        facts.into_iter().map(|placed| (placed.fact.code, placed.fact.name)).collect()
    }

    fn name(name: &str) -> (Option<String>, Option<String>) {
        (None, Some(name.to_owned()))
    }

    #[test]
    fn an_amount_is_named_by_its_item_and_not_by_unit_or_number() {
        assert_eq!(named("项目名称|项目单位|合计", &["驻京经费|某局|5.00"]), [name("驻京经费")]);
        assert_eq!(named("项目|行次|决算数", &["一、一般公共服务支出|32|5.00"]), [name("一、一般公共服务支出")]);
        assert_eq!(named("采购物品名称|组织形式|合计", &["打印机|集中采购|5.00"]), [name("打印机")]);
    }

    #[test]
    fn where_the_item_is_empty_the_next_words_name_the_amount() {
        let rows = ["合计|||5.00", "|信访|某局|5.00"];
        assert_eq!(named("类别|项目名称|项目单位|合计", &rows), [name("合计"), name("信访")]);
        let rows = ["某局|||5.00", "|2010301||5.00"];
        let coded = (Some("2010301".to_owned()), None);
        assert_eq!(named("预算单位|科目编码|科目名称|合计", &rows), [name("某局"), coded]);
    }

    #[test]
    fn quantities_do_not_part_names_from_amounts() {
        assert_eq!(named("采购物品名称|数量|规格型号|预算数", &["打印机|2|A4|5.00"]), [name("打印机")]);
    }

    #[test]
    fn two_codes_beside_each_other_stay_two() {
        let coded = |code: &str| (Some(code.to_owned()), Some("打印机".to_owned()));
        assert_eq!(named("类|款|类|款|科目名称|预算数", &["310|02|503|06|打印机|5.00"]), [coded("50306")]);
        assert_eq!(named("科目名称|类|款|类|款|预算数", &["打印机|310|02|503|06|5.00"]), [coded("31002")]);
    }
}
