//! The document as the checks see it: every amount a figure with its place, every table divided into sides, and for
//! each side which columns and which rows add up to which.
//!
//! 1. A table's amount columns that share a column of names are a [`Side`] ([`side`]).
//! 2. The header tells which columns are the sum of which ([`columns`]).
//! 3. Codes, ordinals and indents tell which rows are the sum of which ([`rows`]).
//! 4. What neither tells with certainty is kept only where the table's own figures bear it out ([`evidence`]).

mod anchors;
mod columns;
mod evidence;
mod label;
mod rows;
mod side;

use rust_decimal::Decimal;
use rustc_hash::FxHashMap;

use super::figure::{Figure, Place};
use crate::document::Money;
use crate::document::PageNumber;
use crate::document::geometry::Rect;
use crate::document::rounded;
use crate::document::{Confidence, Diagnostic, Narrative, Performance, Publication, Table, TableKind, TableLayout};
use crate::document::{GlossaryEntry, Overview};
use crate::language::amount;
use crate::language::classification::Classification;
use crate::language::vocabulary::Vocabulary;
use crate::model::{Heading, ParsedTable, PlacedStatement};

pub(crate) use anchors::Span;
pub(crate) use columns::{ColumnSum, ColumnSumKind};
pub(crate) use label::{bare, names_agree, stem};
pub(crate) use rows::{RowSum, RowSumKind};
pub(crate) use side::{RowKind, Side, SideRow};

/// Where more lists than this stand beside each other, a list goes on in the next one, and a total may be of both.
const MAX_OWN_TOTALS: usize = 2;

/// Everything that the checks compare.
pub(crate) struct Ledger<'d> {
    /// What was published, by whom, for which year.
    pub(crate) publication: &'d Publication,
    /// The tables, in the order of the document.
    pub(crate) tables: Vec<LedgerTable<'d>>,
    /// Performance targets.
    pub(crate) performance: Option<&'d Performance>,
    /// The sections of the narrative.
    pub(crate) narrative: &'d Narrative,
    /// Every number that the narrative states.
    pub(crate) statements: &'d [PlacedStatement],
    /// The entries of the contents, and the titles of the main parts.
    pub(crate) headings: &'d [Heading],
    /// What the document says of its organisation.
    pub(crate) overview: &'d Overview,
    /// The terms that it explains.
    pub(crate) glossary: &'d [GlossaryEntry],
    /// What the earlier stages found.
    pub(crate) diagnostics: &'d [Diagnostic],
    /// What the documents call things.
    pub(crate) vocabulary: &'d Vocabulary,
    /// 政府收支分类科目, as far as they are known.
    pub(crate) classification: &'d Classification,
}

/// A table with its figures.
pub(crate) struct LedgerTable<'d> {
    /// Place of the table in `tables`, from 0.
    pub(crate) index: usize,
    /// The table as it is written.
    pub(crate) table: &'d Table,
    /// The box of each cell, by row and column.
    boxes: &'d [Vec<Rect>],
    /// Organisation named above it.
    pub(crate) organisation: Option<&'d str>,
    /// Its sides: one, or two where revenue and expenditure stand beside each other.
    pub(crate) sides: Vec<Side>,
    figures: FxHashMap<(usize, usize), Figure>,
    yuan: Option<u64>,
    vocabulary: &'d Vocabulary,
}

impl<'d> Ledger<'d> {
    /// The tables of a kind.
    pub(crate) fn of_kind(&self, kind: TableKind) -> impl Iterator<Item = &LedgerTable<'d>> {
        self.tables.iter().filter(move |table| table.table.kind == kind)
    }

    /// The tables that say what they show.
    pub(crate) fn known_tables(&self) -> impl Iterator<Item = &LedgerTable<'d>> {
        self.tables.iter().filter(|table| table.table.kind != TableKind::Other)
    }

    /// Yuan in a unit of account.
    pub(crate) fn yuan(&self, unit: Option<&str>) -> Option<u64> {
        unit.and_then(|unit| self.vocabulary.units.get(unit)).copied()
    }

    /// The amount of a statement as a figure, where it is money.
    pub(crate) fn statement_figure(&self, index: usize) -> Option<Figure> {
        let statement = &self.statements.get(index)?.statement;
        let yuan = self.yuan(Some(&statement.unit))?;
        Some(stated(statement.amount?, yuan, Place::Statement(index)))
    }

    /// The approved amount of a project as a figure.
    pub(crate) fn project_figure(&self, index: usize) -> Option<Figure> {
        let project = self.performance?.projects.get(index)?;
        let value = project.amount?.value();
        Some(Figure::new(value, value.scale(), self.yuan(project.unit.as_deref()), Place::Project(index)))
    }

    /// The page on which something stands.
    pub(crate) fn page(&self, place: Place) -> Option<PageNumber> {
        match place {
            Place::Cell { table, row, .. } => self.tables.get(table)?.table.rows.get(row).map(|row| row.page),
            Place::Statement(index) => self.statements.get(index).map(|placed| placed.statement.page),
            Place::Project(index) => self.performance?.projects.get(index)?.pages.first().copied(),
        }
    }

    /// The box of a cell or of a stated number.
    pub(crate) fn bbox(&self, place: Place) -> Option<[f32; 4]> {
        match place {
            Place::Cell { table, row, column } => {
                self.tables.get(table)?.boxes.get(row)?.get(column).copied().map(rounded)
            }
            Place::Statement(index) => self.statements.get(index).map(|placed| placed.statement.bbox),
            Place::Project(_) => None,
        }
    }

    /// Whether a failure there could be our own misreading: the table was read with doubt, or a diagnostic of its page
    /// doubts the figures.
    pub(crate) fn is_doubtful(&self, place: Place) -> bool {
        let by_table = match place {
            Place::Cell { table, row, .. } => self.tables.get(table).is_some_and(|table| {
                let read = table.table;
                let is_ambiguous = read.rows.get(row).is_some_and(|row| !row.ambiguous.is_empty());
                read.confidence == Confidence::Low || read.layout == TableLayout::Aligned || is_ambiguous
            }),
            _ => false,
        };
        let page = self.page(place);
        by_table
            || self
                .diagnostics
                .iter()
                .any(|found| found.page.is_some() && found.page == page && found.kind().doubts_figures())
    }
}

/// A figure of prose: its own last digit is its precision.
pub(crate) fn stated(amount: Money, yuan: u64, place: Place) -> Figure {
    Figure::new(amount.value(), amount.value().scale(), Some(yuan), place)
}

impl<'d> LedgerTable<'d> {
    /// Analyses a table of a publication.
    pub(crate) fn new(
        index: usize,
        parsed: &'d ParsedTable,
        publication: &Publication,
        vocabulary: &'d Vocabulary,
    ) -> Self {
        let table = &parsed.table;
        let yuan = table.unit.as_deref().and_then(|unit| vocabulary.units.get(unit)).copied();
        let figures = figures(index, table, yuan);
        let mut sides = side::sides(parsed, vocabulary);
        for side in &mut sides {
            side.sums = columns::sums(side, table, publication, vocabulary);
            side.row_sums = rows::sums(side, vocabulary);
        }
        if sides.len() > MAX_OWN_TOTALS {
            sides.iter_mut().for_each(Side::doubt_totals);
        }
        let is_other =
            |column: &usize| columns::is_of_other_year(&table.columns[*column].path, publication, vocabulary);
        for side in &mut sides {
            side.current = side.amounts.iter().copied().filter(|column| !is_other(column)).collect();
            side.by_measure = columns::by_measure(&side.current, table, vocabulary);
            let is_before =
                |column: &usize| columns::is_of_year_before(&table.columns[*column].path, publication, vocabulary);
            let before: Vec<usize> = side.amounts.iter().copied().filter(is_before).collect();
            side.by_measure_before = columns::by_measure(&before, table, vocabulary);
            if table.kind == TableKind::Other {
                side.trust_figures_only();
            }
            evidence::keep_what_adds_up(side, &figures);
        }
        let organisation = parsed.organisation.as_deref();
        Self { index, table, boxes: &parsed.boxes, organisation, sides, figures, yuan, vocabulary }
    }

    /// The figure of a cell.
    pub(crate) fn figure(&self, row: usize, column: usize) -> Option<Figure> {
        self.figures.get(&(row, column)).copied()
    }

    /// Every figure.
    pub(crate) fn all_figures(&self) -> impl Iterator<Item = Figure> {
        self.figures.values().copied()
    }

    /// The figure of a cell, or that nothing stands there.
    pub(crate) fn figure_or_nothing(&self, row: usize, column: usize) -> Figure {
        let nothing = || Figure::nothing(self.yuan, self.place(row, column));
        self.figure(row, column).unwrap_or_else(nothing)
    }

    /// Whether a row has any figure other than 0 in some columns.
    pub(crate) fn has_amount(&self, row: usize, columns: &[usize]) -> bool {
        columns.iter().any(|column| self.figure(row, *column).is_some_and(|figure| !figure.value.is_zero()))
    }

    /// Whether it has any figure other than 0.
    pub(crate) fn has_amounts(&self) -> bool {
        self.figures.values().any(|figure| !figure.value.is_zero())
    }

    /// What people call it: its title, else its label, else its place.
    pub(crate) fn name(&self) -> String {
        let name = self.table.title.clone().or_else(|| self.table.label.clone());
        name.unwrap_or_else(|| format!("第{}张表", self.index + 1))
    }

    /// What people call a column: its lowest label, with the one above where that only says 小计.
    pub(crate) fn column_name(&self, column: usize) -> &str {
        let path = &self.table.columns[column].path;
        let telling = path.iter().rev().find(|label| !self.vocabulary.checks.nameless_sums.contain(label));
        telling.or_else(|| path.last()).map_or("", String::as_str)
    }

    /// The place of a cell.
    pub(crate) fn place(&self, row: usize, column: usize) -> Place {
        Place::Cell { table: self.index, row, column }
    }
}

/// The figures of a table.
///
/// Where a table prints zeros at the end of figures, each has the digits that it is printed with. Where it never does,
/// its program leaves them out, and a shorter figure is as exact as the longest.
fn figures(index: usize, table: &Table, yuan: Option<u64>) -> FxHashMap<(usize, usize), Figure> {
    let mut values: Vec<((usize, usize), Decimal)> = Vec::new();
    for (row, cells) in table.rows.iter().enumerate() {
        for (column, cell) in cells.cells.iter().enumerate() {
            if table.columns[column].measure.is_none() {
                continue;
            }
            if let Some(amount) = cell.as_deref().and_then(amount::parse) {
                values.push(((row, column), amount.value));
            }
        }
    }
    let ends_with_zero =
        |value: &Decimal| value.scale() > 0 && !value.is_zero() && value.normalize().scale() < value.scale();
    let keeps_zeros = values.iter().any(|(_, value)| ends_with_zero(value));
    let most = values.iter().map(|(_, value)| value.scale()).max().unwrap_or(0);
    let figure = |((row, column), value): ((usize, usize), Decimal)| {
        let decimals = if keeps_zeros { value.scale() } else { most };
        ((row, column), Figure::new(value, decimals, yuan, Place::Cell { table: index, row, column }))
    };
    values.into_iter().map(figure).collect()
}
