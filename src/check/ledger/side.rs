//! The sides of a table: amount columns that share a column of names.

use rustc_hash::FxHashMap;

use super::columns::ColumnSum;
use super::label;
use super::rows::{RowSum, RowSumKind};
use crate::document::{ColumnType, Direction, Measure, Table};
use crate::language::vocabulary::{Vocabulary, squeezed};
use crate::model::ParsedTable;
use crate::parse::Naming;

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
    pub(super) by_code: FxHashMap<String, Option<usize>>,
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
    /// Classification code, joined from its columns; digits only.
    pub(crate) code: Option<String>,
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
    let finished = sides.into_iter().map(|(mut side, mut source)| {
        side.is_divided = take_fullest_code(table, &mut source, vocabulary);
        let texts = text_columns(table, &source, vocabulary);
        side.name = source.name;
        side.rows = (0..table.rows.len()).map(|row| side_row(parsed, row, &source, &texts, vocabulary)).collect();
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

/// Where a table has several pairs of code and name (科目 of the department and of the government), takes the one that
/// is filled in most rows. Returns whether there is more than one.
fn take_fullest_code(table: &Table, source: &mut Naming, vocabulary: &Vocabulary) -> bool {
    let &[nearest] = source.codes.as_slice() else { return false };
    let is_code = |index: &usize| table.columns[*index].column_type == ColumnType::Code;
    let start = first_after_amounts(table, nearest);
    let is_level = |index: usize| {
        table.columns[index].path.last().is_some_and(|label| vocabulary.headers.code_levels.contain(&squeezed(label)))
    };
    let codes: Vec<usize> = (start..=nearest).filter(is_code).filter(|index| !is_level(*index)).collect();
    let filled = |column: usize| table.rows.iter().filter(|row| row.cells[column].is_some()).count();
    let Some(fullest) = codes.iter().copied().rev().max_by_key(|column| filled(*column)) else { return false };
    if fullest != nearest {
        let is_text = |index: &usize| table.columns[*index].column_type == ColumnType::Text;
        source.codes = vec![fullest];
        source.name = (fullest..nearest).find(is_text).or(source.name);
    }
    codes.len() > 1
}

/// The first column after the amounts of the side before.
fn first_after_amounts(table: &Table, column: usize) -> usize {
    let is_amount = |index: &usize| table.columns[*index].column_type == ColumnType::Amount;
    (0..column).rev().find(is_amount).map_or(0, |index| index + 1)
}

/// The text columns from the one after the side before up to the side's names, without running numbers.
fn text_columns(table: &Table, source: &Naming, vocabulary: &Vocabulary) -> Vec<usize> {
    let Some(name) = source.name else { return Vec::new() };
    let is_number = |index: usize| {
        table.columns[index]
            .path
            .last()
            .is_some_and(|label| vocabulary.overview.unit_sequence.contain(&squeezed(label)))
    };
    (first_after_amounts(table, name)..=name)
        .filter(|index| table.columns[*index].column_type == ColumnType::Text && !is_number(*index))
        .collect()
}

fn side_row(parsed: &ParsedTable, row: usize, source: &Naming, texts: &[usize], vocabulary: &Vocabulary) -> SideRow {
    let cells = &parsed.table.rows[row].cells;
    let (code, name) = source.code_and_nearest_name(cells);
    // Where names of several levels stand in columns of their own, the row's name is the first one filled, and its
    // level that of the last.
    let column = texts.iter().position(|column| cells[*column].is_some());
    let depth = texts.iter().rposition(|column| cells[*column].is_some()).unwrap_or(0);
    let is_own_name = source.name.is_some_and(|name| cells[name].is_some());
    let label_column = match column {
        Some(at) if code.is_none() || !is_own_name => Some(texts[at]),
        _ => source.name,
    };
    let named = label_column.and_then(|column| cells[column].as_deref()).or(name.as_deref()).unwrap_or_default();
    let plain = squeezed(named);
    let (code_in_name, plain_name) = label::split_code(&plain, vocabulary);
    let code = joined(source, cells).or_else(|| code_in_name.map(str::to_owned));
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
    SideRow { kind, code, label, stem, other_labels, depth, indent }
}

/// The code of a row from its columns. Levels that lost their leading zero (301 | 7) get it back; a level that repeats
/// the levels above it (201 | 20103) replaces them.
fn joined(source: &Naming, cells: &[Option<String>]) -> Option<String> {
    let mut code = String::new();
    for (level, column) in source.codes.iter().enumerate() {
        let Some(piece) = cells[*column].as_deref().map(squeezed).filter(|piece| !piece.is_empty()) else { continue };
        if !piece.bytes().all(|b| b.is_ascii_digit()) {
            return None;
        }
        if !code.is_empty() && piece.starts_with(&code) && piece.len() > 2 {
            code = piece.into_owned();
        } else if level > 0 && piece.len() == 1 {
            code.push('0');
            code.push_str(&piece);
        } else {
            code.push_str(&piece);
        }
    }
    (!code.is_empty()).then_some(code)
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
