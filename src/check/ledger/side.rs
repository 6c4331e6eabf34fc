//! The sides of a table: amount columns that share a column of names.

use rustc_hash::FxHashMap;

use super::columns::ColumnSum;
use super::label;
use super::rows::{RowSum, RowSumKind};
use crate::document::{ColumnType, Direction, Measure, Table};
use crate::language::vocabulary::{Vocabulary, squeezed};
use crate::model::ParsedTable;
use crate::parse::Naming;
use crate::parse::codes::{RowCode, leaf, row_codes};

/// Amount columns that share a column of names, and what the rows are to them.
#[derive(Debug)]
pub(crate) struct Side {
    /// Revenue or expenditure, where the table says.
    pub(crate) direction: Option<Direction>,
    /// Whether its rows are divided by a second code, so that one code may come several times.
    pub(crate) is_divided: bool,
    /// Column of the names.
    pub(crate) name: Option<usize>,
    /// The amount columns, from left to right.
    pub(crate) amounts: Vec<usize>,
    /// Of these, those that are about the document's year.
    pub(crate) current: Vec<usize>,
    /// Of the columns that are about the document's year, those that together hold each measure.
    pub(super) by_measure: FxHashMap<Measure, Vec<usize>>,
    /// The same of those that are about the year before.
    pub(super) by_measure_before: FxHashMap<Measure, Vec<usize>>,
    /// The row of each code; `None` for codes that come several times.
    pub(crate) by_code: FxHashMap<String, Option<usize>>,
    /// One for each row of the table.
    pub(crate) rows: Vec<SideRow>,
    /// Which columns are the sum of which.
    pub(crate) sums: Vec<ColumnSum>,
    /// Which rows are the sum of which.
    pub(crate) row_sums: Vec<RowSum>,
}

/// What a row is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum RowKind {
    /// 合计, 总计, 本年收入合计.
    Total,
    /// Counted again in the row above (其中).
    OfWhich,
    /// Anything that has a name or a code.
    Item,
    /// Nothing on this side.
    Blank,
}

/// A row as one side sees it.
#[derive(Clone, Debug)]
pub(crate) struct SideRow {
    /// What it is.
    pub(crate) kind: RowKind,
    /// Code of the leading classification, carried down and joined from its columns; digits only.
    pub(crate) code: Option<String>,
    /// Code of the classification that divides it.
    pub(crate) second: Option<String>,
    /// Number of a unit, in tables that list nothing but units.
    pub(crate) number: Option<String>,
    /// Name as printed, without white space: of the names in the row the first.
    pub(crate) label: String,
    /// The label in the form in which names are compared ([`label::stem`]).
    pub(crate) stem: String,
    /// Its other names (the unit of a project, the subject of a purchase).
    pub(crate) other_labels: Vec<String>,
    /// The last text column that is filled, from the left: names of lower levels stand further right.
    pub(crate) depth: usize,
    /// How far its name is indented, in points.
    pub(crate) indent: f32,
}

/// The sides of a table.
pub(super) fn sides(parsed: &ParsedTable, vocabulary: &Vocabulary) -> Vec<Side> {
    let table = &parsed.table;
    let mut sides: Vec<(Side, Naming)> = Vec::new();
    for column in (0..table.columns.len()).filter(|column| is_money(table, *column, vocabulary)) {
        let Some(source) = Naming::of(table, column, vocabulary) else { continue };
        match sides.last_mut() {
            Some((side, last)) if last.name == source.name && last.codes == source.codes => side.amounts.push(column),
            _ => sides.push((Side::new(&source, column), source)),
        }
    }
    let finished = sides.into_iter().map(|(mut side, source)| {
        let codes: Vec<Vec<RowCode>> = source.codes.iter().map(|group| row_codes(table, group)).collect();
        let is_filled = |codes: &&Vec<RowCode>| codes.iter().any(|code| matches!(code, RowCode::Code(_)));
        side.is_divided = codes.iter().filter(is_filled).count() > 1;
        let texts = text_columns(table, &source, side.amounts[0], vocabulary);
        let of_row = |row: usize| codes.iter().map(|codes| &codes[row]).collect::<Vec<_>>();
        side.rows =
            (0..table.rows.len()).map(|row| side_row(parsed, row, &source, &of_row(row), &texts, vocabulary)).collect();
        if side.rows.iter().all(|row| row.code.is_none()) {
            name_by_numbers(&mut side, table, vocabulary);
        }
        for (index, row) in side.rows.iter().enumerate() {
            if let Some(code) = &row.code {
                side.by_code.entry(code.clone()).and_modify(|known| *known = None).or_insert(Some(index));
            }
        }
        side
    });
    let mut finished: Vec<Side> = finished.collect();
    inherit_totals(table, &mut finished);
    finished
}

/// A total that closes several lists beside each other may have its name in one of them and its amount in the next.
fn inherit_totals(table: &Table, sides: &mut [Side]) {
    for at in 1..sides.len() {
        let (before, after) = sides.split_at_mut(at);
        let (before, side) = (&before[at - 1], &mut after[0]);
        let filled =
            |side: &Side, row: usize| side.amounts.iter().any(|column| table.rows[row].cells[*column].is_some());
        for row in 0..side.rows.len() {
            let is_nameless = side.rows[row].kind == RowKind::Blank && filled(side, row);
            if is_nameless && before.rows[row].kind == RowKind::Total && !filled(before, row) {
                side.rows[row] = before.rows[row].clone();
            }
        }
    }
}

/// Whether a column holds amounts of money: not numbers of things, shares or changes in per cent.
fn is_money(table: &Table, column: usize, vocabulary: &Vocabulary) -> bool {
    let path = &table.columns[column].path;
    !path.iter().any(|label| vocabulary.checks.no_money.occur_in(&squeezed(label)))
}

/// Gives the rows of a list of units their numbers; words in the place of a number (合计) name the row.
fn name_by_numbers(side: &mut Side, table: &Table, vocabulary: &Vocabulary) {
    let Some(column) = unit_numbers(table, side.amounts[0], vocabulary) else { return };
    for (row, cells) in side.rows.iter_mut().zip(&table.rows) {
        let Some(text) = cells.cells[column].as_deref() else { continue };
        if text.contains(|c: char| c.is_ascii_digit()) {
            row.number = Some(text.to_owned());
        } else if row.kind == RowKind::Blank {
            row.label = squeezed(text).into_owned();
            row.stem = label::stem(&row.label, vocabulary);
            row.kind = if label::is_sum_word(&row.label, vocabulary) { RowKind::Total } else { RowKind::Item };
        }
    }
}

/// The nearest column of the numbers of units before an amount.
fn unit_numbers(table: &Table, amount: usize, vocabulary: &Vocabulary) -> Option<usize> {
    (first_after_amounts(table, amount)..amount).rev().find(|column| {
        table.columns[*column].column_type == ColumnType::Code && vocabulary.facts.unit_codes.end(&leaf(table, *column))
    })
}

/// The first column after the amounts of the side before.
fn first_after_amounts(table: &Table, column: usize) -> usize {
    let is_amount = |index: &usize| table.columns[*index].column_type == ColumnType::Amount;
    (0..column).rev().find(is_amount).map_or(0, |index| index + 1)
}

/// The text columns from the one after the side before up to the side's amounts, without running numbers.
fn text_columns(table: &Table, source: &Naming, amount: usize, vocabulary: &Vocabulary) -> Vec<usize> {
    let Some(name) = source.name else { return Vec::new() };
    let is_number = |index: usize| {
        table.columns[index]
            .path
            .last()
            .is_some_and(|label| vocabulary.overview.unit_sequence.contain(&squeezed(label)))
    };
    (first_after_amounts(table, name)..amount.max(name + 1))
        .filter(|index| table.columns[*index].column_type == ColumnType::Text && !is_number(*index))
        .collect()
}

fn side_row(
    parsed: &ParsedTable,
    row: usize,
    source: &Naming,
    codes: &[&RowCode],
    texts: &[usize],
    vocabulary: &Vocabulary,
) -> SideRow {
    let cells = &parsed.table.rows[row].cells;
    // The first classification of the row leads, another one divides it.
    let mut found = codes.iter().filter_map(|code| match code {
        RowCode::Code(code) => Some(code.clone()),
        _ => None,
    });
    let (code, second) = (found.next(), found.next());
    let words = codes.iter().find_map(|code| match code {
        RowCode::Words(words) => Some(words.as_str()),
        _ => None,
    });
    // Where names of several levels stand in columns of their own, the row's name is the first one filled, and its
    // level that of the last.
    let column = texts.iter().position(|column| cells[*column].is_some());
    let depth = texts.iter().rposition(|column| cells[*column].is_some()).unwrap_or(0);
    let is_own_name = source.name.is_some_and(|name| cells[name].is_some());
    let label_column = match column {
        Some(at) if code.is_none() || !is_own_name => Some(texts[at]),
        _ => source.name,
    };
    let named = label_column.and_then(|column| cells[column].as_deref());
    let named = named.or(words.filter(|_| code.is_none())).unwrap_or_default();
    let plain = squeezed(named);
    let (code_in_name, plain_name) = label::split_code(&plain, vocabulary);
    let code = code.or_else(|| code_in_name.map(str::to_owned));
    let label = if code_in_name.is_some() { plain_name.to_owned() } else { plain.clone().into_owned() };
    let indent = label_column.map_or(0.0, |column| parsed.indents[row][column]);
    let kind = if label.is_empty() && code.is_none() {
        RowKind::Blank
    } else if code.is_none() && label::is_sum_word(&label, vocabulary) {
        RowKind::Total
    } else if vocabulary.checks.of_which.strip_from(&label).is_some() {
        RowKind::OfWhich
    } else {
        RowKind::Item
    };
    let others = texts.iter().filter(|column| Some(**column) != label_column);
    let other_labels = others.filter_map(|column| Some(squeezed(cells[*column].as_deref()?).into_owned())).collect();
    let stem = label::stem(&label, vocabulary);
    SideRow { kind, code, second, number: None, label, stem, other_labels, depth, indent }
}

impl Side {
    fn new(source: &Naming, column: usize) -> Self {
        Self {
            direction: source.direction,
            is_divided: false,
            name: source.name,
            amounts: vec![column],
            current: Vec::new(),
            by_measure: FxHashMap::default(),
            by_measure_before: FxHashMap::default(),
            by_code: FxHashMap::default(),
            rows: Vec::new(),
            sums: Vec::new(),
            row_sums: Vec::new(),
        }
    }

    /// Totals are only totals of this side where its figures say so.
    pub(super) fn doubt_totals(&mut self) {
        let totals = self.row_sums.iter_mut().filter(|sum| sum.kind == RowSumKind::Total);
        totals.for_each(|sum| sum.is_certain = false);
    }

    /// Nothing is certain about a table that no title explains.
    pub(super) fn trust_figures_only(&mut self) {
        self.sums.iter_mut().for_each(|sum| sum.is_certain = false);
        self.row_sums.iter_mut().for_each(|sum| sum.is_certain = false);
    }

    /// What people call a row: its code and name.
    pub(crate) fn row_name(&self, row: usize) -> String {
        let row = &self.rows[row];
        match &row.code {
            Some(code) => format!("{code} {}", row.label),
            None => row.label.clone(),
        }
    }
}
