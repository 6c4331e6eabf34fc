//! Tables → the amounts, rows and columns that differ.

use rustc_hash::FxHashMap;

use crate::document::{Fact, TableKind};

use super::figure;
use super::lines::{AmountColumn, Figures, Line, Side};
use super::matching::{Matcher, Matching};
use super::years::Years;
use super::{
    CellChange, ColumnChange, FieldChange, Presence, PrintedFigure, Renamed, RowAmount, RowChange, RowName,
    TableChange, field_change,
};

/// What differs between the tables of two documents: those of the old one in their order, then the added ones.
pub(super) fn changes(old: &[Figures<'_>], new: &[Figures<'_>], years: Years) -> Vec<TableChange> {
    let Matching { pairs, dropped, added } = pair_tables(old, new);
    let mut changes: Vec<(usize, TableChange)> = Vec::new();
    for (before, after) in pairs {
        let change = Pair::new(&old[before], &new[after], years).change();
        changes.extend(change.map(|change| (before, change)));
    }
    changes.extend(dropped.into_iter().filter_map(|at| Some((at, alone(&old[at], Presence::Dropped)?))));
    changes.sort_by_key(|(at, _)| *at);
    let added = added.into_iter().filter_map(|at| alone(&new[at], Presence::Added));
    changes.into_iter().map(|(_, change)| change).chain(added).collect()
}

/// Tables of one kind belong together: by title, then by order. Of the kind that is none only the title tells, or the
/// columns.
fn pair_tables(old: &[Figures<'_>], new: &[Figures<'_>]) -> Matching {
    let mut matcher = Matcher::new(old, new);
    let columns = |table: &Figures<'_>| table.columns.iter().map(|column| column.key.clone()).collect::<Vec<_>>();
    matcher.in_order(|table| Some((table.kind, table.title.clone()?, columns(table))));
    matcher.in_order(|table| Some((table.kind, table.title.clone()?)));
    matcher.in_order(|table| Some((table.kind, columns(table))));
    matcher.in_order(|table| (table.kind != TableKind::Other).then_some(table.kind));
    matcher.finish()
}

/// A table that only one document has; `None` where it shows neither codes nor amounts, so that no figure is missing.
fn alone(table: &Figures<'_>, presence: Presence) -> Option<TableChange> {
    let rows = table.lines.iter().filter_map(|line| row_change(line, &table.columns));
    let rows: Vec<RowChange> = rows.collect();
    if rows.is_empty() {
        return None;
    }
    let mut change = described(table, presence);
    match presence {
        Presence::Dropped => change.dropped = rows,
        _ => change.added = rows,
    }
    Some(change)
}

/// A change of a table in which nothing is said yet.
fn described(table: &Figures<'_>, presence: Presence) -> TableChange {
    let printed = table.table;
    TableChange {
        presence,
        kind: table.kind,
        label: printed.label.clone(),
        title: printed.title.clone(),
        unit: printed.unit.clone(),
        fields: Vec::new(),
        amounts: Vec::new(),
        renamed: Vec::new(),
        dropped: Vec::new(),
        added: Vec::new(),
        columns: Vec::new(),
    }
}

/// One table in both documents.
struct Pair<'f, 'd> {
    old: &'f Figures<'d>,
    new: &'f Figures<'d>,
    years: Years,
    columns: Matching,
    lines: Matching,
}

impl<'f, 'd> Pair<'f, 'd> {
    fn new(old: &'f Figures<'d>, new: &'f Figures<'d>, years: Years) -> Self {
        let columns = pair_columns(&old.columns, &new.columns);
        let lines = pair_lines(&old.lines, &new.lines);
        Self { old, new, years, columns, lines }
    }

    /// What differs, or `None` where nothing does.
    fn change(&self) -> Option<TableChange> {
        let mut change = described(self.new, Presence::Both);
        change.fields = self.fields();
        for (before, after) in &self.lines.pairs {
            let (before, after) = (&self.old.lines[*before], &self.new.lines[*after]);
            change.amounts.extend(self.cells(before, after));
            change.renamed.extend(self.renamed(before, after));
        }
        let rows = |table: &Figures<'_>, lines: &[usize]| -> Vec<RowChange> {
            lines.iter().filter_map(|line| row_change(&table.lines[*line], &table.columns)).collect()
        };
        change.dropped = rows(self.old, &self.lines.dropped);
        change.added = rows(self.new, &self.lines.added);
        change.columns.extend(column_changes(self.old, &self.columns.dropped, Presence::Dropped));
        change.columns.extend(column_changes(self.new, &self.columns.added, Presence::Added));
        let is_same = change == described(self.new, Presence::Both);
        (!is_same).then_some(change)
    }

    fn fields(&self) -> Vec<FieldChange> {
        let (old, new) = (self.old.table, self.new.table);
        let notes = |notes: &[String]| (!notes.is_empty()).then(|| notes.join("\n"));
        let changes = [
            field_change("title", old.title.as_deref(), new.title.as_deref(), self.years),
            field_change("unit", old.unit.as_deref(), new.unit.as_deref(), self.years),
            field_change("notes", notes(&old.notes).as_deref(), notes(&new.notes).as_deref(), self.years),
        ];
        changes.into_iter().flatten().collect()
    }

    /// The amounts of one row that differ, from left to right.
    fn cells(&self, old: &Line<'_>, new: &Line<'_>) -> Vec<CellChange> {
        let fact = |line: &Line<'_>, column: usize| {
            line.cells.iter().find(|(at, _)| *at == column).map(|(_, fact)| figure_of(fact))
        };
        let changes = self.columns.pairs.iter().filter_map(|(before, after)| {
            let change = figure::change(fact(old, *before), fact(new, *after))?;
            let column = &self.new.columns[*after];
            Some(CellChange { row: row_name(new), column: column.path.clone(), measure: column.measure, change })
        });
        changes.collect()
    }

    /// A row whose name or code differs; what only stands further down, with another ordinal, has the same name.
    fn renamed(&self, old: &Line<'_>, new: &Line<'_>) -> Option<Renamed> {
        let has_same_name = old.bare == new.bare
            || self.years.agree_both(old.name.as_deref(), new.name.as_deref())
            || (old.name.is_none() && new.name.is_none());
        let is_same = has_same_name && old.code == new.code;
        (!is_same).then(|| Renamed { old: row_name(old), new: row_name(new) })
    }
}

/// Columns by their header path, then by the lowest label, then by what they measure, where only one does.
fn pair_columns(old: &[AmountColumn], new: &[AmountColumn]) -> Matching {
    let mut matcher = Matcher::new(old, new);
    let leaf = |column: &AmountColumn| column.key.rsplit('/').next().map(str::to_owned);
    matcher.in_order(|column| Some((column.side, column.key.clone(), column.measure)));
    matcher.in_order(|column| Some((column.side, column.key.clone())));
    matcher.only_ones(|column| Some((column.side, leaf(column)?, column.measure)));
    matcher.only_ones(|column| Some((column.side, column.measure)));
    matcher.finish()
}

/// Rows by code and name under their heading, then anywhere; without their ordinals; renamed, by their code.
fn pair_lines(old: &[Line<'_>], new: &[Line<'_>]) -> Matching {
    let mut matcher = Matcher::new(old, new);
    matcher.in_order(|line| Some((line.side, line.code.clone(), line.key.clone(), line.section.clone())));
    matcher.in_order(|line| Some((line.side, line.code.clone(), line.bare.clone(), line.section.clone())));
    matcher.in_order(|line| Some((line.side, line.code.clone(), line.bare.clone())));
    // Of several rows with one code (projects of one subject), what is called otherwise is something else.
    let only = Codes::of(old, new);
    matcher.in_order(|line| only.is_once(line).then(|| (line.side, line.code.clone())));
    // Where a spreadsheet has lost the zeros of its codes (2 for 02) the name stays.
    matcher.only_ones(|line| {
        let digits = line.code.as_ref()?.replace('0', "");
        (!line.bare.is_empty()).then(|| (line.side, digits, line.bare.clone()))
    });
    matcher.finish()
}

/// How often each code stands in the rows of two tables.
struct Codes<'l> {
    old: FxHashMap<(Side, &'l str), usize>,
    new: FxHashMap<(Side, &'l str), usize>,
}

impl<'l> Codes<'l> {
    fn of(old: &'l [Line<'_>], new: &'l [Line<'_>]) -> Self {
        let counts = |lines: &'l [Line<'_>]| {
            let mut counts = FxHashMap::default();
            for line in lines {
                if let Some(code) = line.code.as_deref() {
                    *counts.entry((line.side, code)).or_default() += 1;
                }
            }
            counts
        };
        Self { old: counts(old), new: counts(new) }
    }

    /// Whether a row has a code that stands once in each table.
    fn is_once(&self, line: &Line<'_>) -> bool {
        let Some(code) = line.code.as_deref() else { return false };
        let count = |codes: &FxHashMap<(Side, &str), usize>| codes.get(&(line.side, code)).copied();
        count(&self.old) == Some(1) && count(&self.new) == Some(1)
    }
}

fn row_name(line: &Line<'_>) -> RowName {
    RowName { direction: line.side.0, code: line.code.clone(), name: line.name.clone() }
}

fn figure_of(fact: &Fact) -> PrintedFigure {
    PrintedFigure { amount: fact.amount, unit: fact.unit.clone(), amount_yuan: fact.amount_yuan, page: Some(fact.page) }
}

/// A row that only one document has; `None` where it says nothing: no code, and no amount other than zero.
fn row_change(line: &Line<'_>, columns: &[AmountColumn]) -> Option<RowChange> {
    let is_something = line.code.is_some() || line.cells.iter().any(|(_, fact)| !is_zero(fact));
    let amounts = line.cells.iter().map(|(column, fact)| RowAmount {
        column: columns[*column].path.clone(),
        measure: columns[*column].measure,
        figure: figure_of(fact),
    });
    is_something.then(|| RowChange { row: row_name(line), amounts: amounts.collect() })
}

fn column_changes<'c>(
    table: &'c Figures<'_>,
    columns: &'c [usize],
    presence: Presence,
) -> impl Iterator<Item = ColumnChange> + 'c {
    columns.iter().map(move |column| {
        let facts = table.lines.iter().flat_map(|line| &line.cells).filter(|(at, _)| at == column);
        let amounts = facts.filter(|(_, fact)| !is_zero(fact)).count();
        ColumnChange { presence, path: table.columns[*column].path.clone(), amounts }
    })
}

fn is_zero(fact: &Fact) -> bool {
    figure::change(None, Some(figure_of(fact))).is_none()
}
