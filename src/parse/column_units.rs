//! In which unit each column of a table counts: its own header says it, its cells, or what stands above the table.

use super::sheet::Sheet;
use crate::document::{Column, ColumnType};
use crate::language::amount;
use crate::language::units::HeaderUnit;
use crate::language::vocabulary::Vocabulary;

/// The units of a table.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct TableUnits {
    /// The table's unit of account.
    pub(super) table: Option<String>,
    /// For each column: the unit that its cells carry behind their figures.
    pub(super) in_cells: Vec<Option<String>>,
    /// Whether columns without a unit of their own stand beside columns of several units, and nothing above the table
    /// tells which is theirs.
    pub(super) is_uncertain: bool,
}

/// Finds the units, and gives columns their own where it is not the table's. `printed`: the unit above or below the table.
pub(super) fn settle(
    columns: &mut [Column],
    sheet: &Sheet,
    printed: Option<String>,
    vocabulary: &Vocabulary,
) -> TableUnits {
    let in_header: Vec<Option<HeaderUnit>> = columns.iter().map(|column| header_unit(column, vocabulary)).collect();
    let in_cells: Vec<Option<String>> = (0..columns.len())
        .map(|at| {
            let known = match &in_header[at] {
                Some(HeaderUnit::Account(unit)) => Some(unit.as_str()),
                Some(HeaderUnit::Count(_)) => return None,
                None => printed.as_deref(),
            };
            let is_amount = columns[at].column_type == ColumnType::Amount;
            is_amount.then(|| unit_of_cells(sheet, at, known, vocabulary)).flatten()
        })
        .collect();
    let own: Vec<Option<HeaderUnit>> = in_cells
        .iter()
        .zip(in_header)
        .map(|(cells, header)| cells.clone().map(HeaderUnit::Account).or(header))
        .collect();
    let is_uncertain = printed.is_none() && has_doubt(columns, &own, sheet);
    // The label of any column may tell the unit of all (项目（万元）).
    let in_labels = || columns.iter().flat_map(|column| &column.path).find_map(|label| vocabulary.unit_in(label));
    let table = printed.or_else(|| most_frequent(&own)).or_else(in_labels);
    for (column, own) in columns.iter_mut().zip(own) {
        if let Some(HeaderUnit::Account(unit) | HeaderUnit::Count(unit)) = own
            && column.column_type == ColumnType::Amount
            && table.as_ref() != Some(&unit)
        {
            column.unit = Some(unit);
        }
    }
    TableUnits { table, in_cells, is_uncertain }
}

/// The unit that a column's header names, the lowest label first; only of columns of amounts.
fn header_unit(column: &Column, vocabulary: &Vocabulary) -> Option<HeaderUnit> {
    let labels = column.path.iter().rev().filter(|_| column.column_type == ColumnType::Amount);
    labels.filter_map(|label| vocabulary.header_unit(label)).map(|(_, unit)| unit).next()
}

/// The unit that the figures of a column carry; `None` where they carry several, or where figures without one may be in
/// another than theirs.
fn unit_of_cells(sheet: &Sheet, column: usize, known: Option<&str>, vocabulary: &Vocabulary) -> Option<String> {
    let mut carried: Option<&str> = None;
    let mut has_bare = false;
    for row in &sheet.rows {
        let text = &row.slots[column].text;
        if let Some(amount) = amount::parse(text) {
            has_bare |= !amount.value.is_zero();
        } else if let Some((_, unit)) = vocabulary.amount_with_unit(text) {
            if carried.is_some_and(|carried| carried != unit) {
                return None;
            }
            carried = Some(unit);
        }
    }
    carried.filter(|unit| !has_bare || known == Some(unit)).map(str::to_owned)
}

/// The unit of account of most columns; the first of those that are as frequent.
fn most_frequent(own: &[Option<HeaderUnit>]) -> Option<String> {
    let accounts = accounts(own);
    let count = |unit: &str| accounts.iter().filter(|other| **other == unit).count();
    accounts.iter().rev().max_by_key(|unit| count(unit)).map(|unit| (*unit).to_owned())
}

fn accounts<'o>(own: &'o [Option<HeaderUnit>]) -> Vec<&'o str> {
    let account = |unit: &'o HeaderUnit| match unit {
        HeaderUnit::Account(unit) => Some(unit),
        HeaderUnit::Count(_) => None,
    };
    own.iter().flatten().filter_map(account).map(String::as_str).collect()
}

/// Whether amounts without a unit stand beside columns of several.
fn has_doubt(columns: &[Column], own: &[Option<HeaderUnit>], sheet: &Sheet) -> bool {
    let accounts = accounts(own);
    let several = accounts.iter().any(|unit| *unit != accounts[0]);
    let has_amounts = |at: usize| sheet.rows.iter().any(|row| amount::parse(&row.slots[at].text).is_some());
    several
        && (0..columns.len())
            .any(|at| columns[at].column_type == ColumnType::Amount && own[at].is_none() && has_amounts(at))
}

#[cfg(test)]
mod tests {
    use super::super::sheet::{SheetRow, Slot};
    use super::*;
    use crate::document::PageNumber;
    use crate::testing::document::national;

    /// Columns of amounts with these labels over one row of cells.
    fn settled(labels: &[&str], cells: &[&str], printed: Option<&str>) -> (TableUnits, Vec<Option<String>>) {
        let column = |label: &&str| Column {
            path: vec![(*label).to_owned()],
            column_type: ColumnType::Amount,
            measure: None,
            unit: None,
        };
        let slots = cells.iter().map(|text| Slot { text: (*text).to_owned(), ..Slot::default() }).collect();
        let row = SheetRow { page: PageNumber(1), opens_page: true, rows_below: 0, slots };
        let sheet = Sheet { columns: labels.len(), rows: vec![row], lost: Vec::new(), furniture: Vec::new() };
        let mut columns: Vec<Column> = labels.iter().map(column).collect();
        let units = settle(&mut columns, &sheet, printed.map(str::to_owned), national());
        (units, columns.into_iter().map(|column| column.unit).collect())
    }

    fn some(unit: &str) -> Option<String> {
        Some(unit.to_owned())
    }

    #[test]
    fn columns_keep_a_unit_that_is_not_the_tables() {
        let (units, own) = settled(&["金额（元）", "财政拨款（万元）"], &["96,000.00", "9.60"], None);
        assert_eq!((units.table, own, units.is_uncertain), (some("元"), vec![None, some("万元")], false));
        let (units, own) = settled(&["预算数", "增减（%）", "车辆（辆）"], &["1.00", "5.00", "3"], Some("万元"));
        assert_eq!((units.table, own), (some("万元"), vec![None, some("%"), some("辆")]));
    }

    #[test]
    fn cells_carry_their_unit() {
        let (units, own) = settled(&["合计", "基本支出"], &["2,716.35万元", "5万元"], None);
        assert_eq!((units.table, own), (some("万元"), vec![None, None]));
        assert_eq!(units.in_cells, [some("万元"), some("万元")]);
    }

    #[test]
    fn columns_without_a_unit_beside_several_are_uncertain() {
        assert!(settled(&["金额（元）", "拨款（万元）", "其他"], &["1", "2", "3"], None).0.is_uncertain);
        assert!(!settled(&["金额（元）", "拨款（万元）", "其他"], &["1", "2", "3"], Some("元")).0.is_uncertain);
    }
}
