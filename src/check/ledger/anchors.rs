//! The figures that tables have in common: totals, and the columns and rows that hold a measure, a code or a name.

use super::label::{bare, stem};
use super::side::{RowKind, Side};
use super::{Ledger, LedgerTable};
use crate::check::figure::Figure;
use crate::document::{Direction, Measure};

/// Which total of a side.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Span {
    /// Of the year alone: 本年收入合计, 一、本年支出.
    ThisYear,
    /// With carry-over: 收入总计.
    All,
}

impl LedgerTable<'_> {
    /// The side of a direction; the only side, where there is one.
    pub(crate) fn side(&self, direction: Direction) -> Option<&Side> {
        let mut found = self.sides.iter().filter(|side| side.direction == Some(direction));
        match (found.next(), self.sides.len()) {
            (Some(side), _) => Some(side),
            (None, 1) => self.sides.first(),
            (None, _) => None,
        }
    }

    /// The row that holds a side's whole: its last total, its only row, or the one row that is part of no other.
    pub(crate) fn total_row(&self, side: &Side) -> Option<usize> {
        let is_total = |row: &usize| side.rows[*row].kind == RowKind::Total;
        let totals: Vec<usize> = (0..side.rows.len()).filter(is_total).collect();
        if let Some(last) = totals.last() {
            // Where each group has a total of its own, the last is only one of them.
            let is_whole = totals.len() == 1
                || side.row_sums.iter().any(|sum| sum.total == *last && sum.parts.contains(&totals[0]));
            let leads = totals[0] == 0;
            return if leads { Some(totals[0]) } else { is_whole.then_some(*last) };
        }
        if side.rows.len() == 1 {
            return Some(0);
        }
        let is_part = |row: usize| side.row_sums.iter().any(|sum| sum.parts.contains(&row));
        let mut roots = (0..side.rows.len()).filter(|row| side.rows[*row].kind == RowKind::Item && !is_part(*row));
        match (roots.next(), roots.next()) {
            (Some(only), None) => Some(only),
            _ => None,
        }
    }

    /// The total row of a span. Where a side has no total of the year alone, the year is the whole only if nothing is
    /// carried over.
    pub(crate) fn span_row(&self, side: &Side, span: Span, ledger: &Ledger<'_>) -> Option<usize> {
        if span == Span::All {
            return self.total_row(side);
        }
        let words = &ledger.vocabulary.years;
        let is_year = |row: &&super::SideRow| {
            let label = super::bare(&row.label, ledger.vocabulary);
            words.own.strip_from(&label).is_some() && (row.kind == RowKind::Total || label.chars().count() <= 4)
        };
        side.rows.iter().position(|row| is_year(&row))
    }

    /// The figures of a row that together hold a measure: `None` where no column of the document's year does, or none
    /// of them is filled.
    pub(crate) fn measured(&self, side: &Side, row: usize, measure: Measure) -> Option<Vec<Figure>> {
        let columns = side.measuring(measure)?;
        let figures: Vec<Figure> = columns.iter().filter_map(|column| self.figure(row, *column)).collect();
        (!figures.is_empty()).then_some(figures)
    }

    /// The same, and that nothing stands there where none of the columns is filled.
    pub(crate) fn measured_or_nothing(&self, side: &Side, row: usize, measure: Measure) -> Option<Vec<Figure>> {
        let nothing = |columns: &[usize]| columns.iter().map(|column| self.figure_or_nothing(row, *column)).collect();
        self.measured(side, row, measure).or_else(|| side.measuring(measure).map(nothing))
    }

    /// The same of the year before, where the table has columns for it.
    pub(crate) fn measured_before(&self, side: &Side, row: usize, measure: Measure) -> Option<Vec<Figure>> {
        let columns = side.by_measure_before.get(&measure)?;
        let figures: Vec<Figure> = columns.iter().filter_map(|column| self.figure(row, *column)).collect();
        (!figures.is_empty()).then_some(figures)
    }

    /// The one row of a side whose name agrees with the words; to the letter, where several agree in essence.
    pub(crate) fn row_named(&self, side: &Side, name: &str) -> Option<usize> {
        let wanted = stem(name, self.vocabulary);
        let agrees = |row: &usize| side.rows[*row].kind != RowKind::Blank && side.rows[*row].stem == wanted;
        let agreeing: Vec<usize> = (0..side.rows.len()).filter(agrees).collect();
        match agreeing.as_slice() {
            _ if wanted.is_empty() => None,
            [only] => Some(*only),
            several => {
                let letters = bare(name, self.vocabulary);
                let has_letters = |row: &&usize| bare(&side.rows[**row].label, self.vocabulary) == letters;
                let mut same = several.iter().filter(has_letters);
                same.next().filter(|_| same.next().is_none()).copied()
            }
        }
    }

    /// The one row of a side that has a code.
    pub(crate) fn row_coded(&self, side: &Side, code: &str) -> Option<usize> {
        side.by_code.get(code).copied().flatten()
    }
}

impl Side {
    /// The columns of the document's year that together hold a measure.
    fn measuring(&self, measure: Measure) -> Option<&[usize]> {
        match self.by_measure.get(&measure).map(Vec::as_slice) {
            Some(columns) if !columns.is_empty() => Some(columns),
            // A side with one column of the year has nothing but the total in it.
            _ if measure == Measure::Total && self.current.len() == 1 => Some(self.current.as_slice()),
            _ => None,
        }
    }
}

impl Ledger<'_> {
    /// What is carried over into the year, as the revenue sides of summaries and the revenue table print it.
    pub(crate) fn carried_over(&self) -> Vec<Figure> {
        let mut found: Vec<Figure> = Vec::new();
        for table in self.known_tables() {
            let Some(side) = table.side(Direction::Revenue).filter(|side| side.direction == Some(Direction::Revenue))
            else {
                continue;
            };
            if let Some(row) = table.total_row(side) {
                found.extend(table.measured(side, row, Measure::Carryover).unwrap_or_default());
            }
            found.extend(self.carry_over_of(table, side));
        }
        found.retain(|figure| !figure.value.is_zero());
        found
    }

    /// What is carried on into the next year, as the expenditure sides of summaries print it.
    pub(crate) fn carried_on(&self) -> Vec<Figure> {
        let sides = self.known_tables().flat_map(|table| table.sides.iter().map(move |side| (table, side)));
        let spending = sides.filter(|(_, side)| side.direction == Some(Direction::Expenditure));
        let mut found: Vec<Figure> = spending.flat_map(|(table, side)| self.carry_over_of(table, side)).collect();
        found.retain(|figure| !figure.value.is_zero());
        found
    }

    /// The rows of a side that are named as carry-over.
    fn carry_over_of(&self, table: &LedgerTable<'_>, side: &Side) -> Vec<Figure> {
        let is_carry_over = |row: &usize| {
            self.vocabulary.checks.carry_over.strip_from(&bare(&side.rows[*row].label, self.vocabulary)).is_some()
        };
        let rows = (0..side.rows.len()).filter(is_carry_over);
        rows.filter_map(|row| table.measured(side, row, Measure::Total)).flatten().collect()
    }
}
