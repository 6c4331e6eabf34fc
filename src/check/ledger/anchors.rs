//! The figures that tables have in common: totals, and the columns and rows that hold a measure, a code or a name.

use super::label::{bare, names_agree};
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
        let words = &ledger.vocabulary.checks;
        let is_year = |row: &&super::SideRow| {
            let label = super::bare(&row.label);
            words.this_year.strip_from(&label).is_some() && (row.kind == RowKind::Total || label.chars().count() <= 4)
        };
        side.rows.iter().position(|row| is_year(&row))
    }

    /// The figures of a row that together hold a measure: `None` where no column of the document's year does, or none
    /// of them is filled.
    pub(crate) fn measured(
        &self,
        side: &Side,
        row: usize,
        measure: Measure,
        ledger: &Ledger<'_>,
    ) -> Option<Vec<Figure>> {
        let columns = side.header.columns_of(measure, self.table, ledger.vocabulary);
        let columns: Vec<usize> = match (columns.is_empty(), measure) {
            // A side with one column of the year has nothing but the total in it.
            (true, Measure::Total) if side.current.len() == 1 => side.current.clone(),
            _ => columns.into_iter().filter(|column| side.current.contains(column)).collect(),
        };
        let figures: Vec<Figure> = columns.iter().filter_map(|column| self.figure(row, *column)).collect();
        (!figures.is_empty()).then_some(figures)
    }

    /// The same of the year before, where the table has columns for it.
    pub(crate) fn measured_before(
        &self,
        side: &Side,
        row: usize,
        measure: Measure,
        ledger: &Ledger<'_>,
    ) -> Option<Vec<Figure>> {
        let columns = side.header_before.columns_of(measure, self.table, ledger.vocabulary);
        let figures: Vec<Figure> = columns.iter().filter_map(|column| self.figure(row, *column)).collect();
        (!figures.is_empty()).then_some(figures)
    }

    /// The one row of a side whose name agrees with the words; to the letter, where several agree in essence.
    pub(crate) fn row_named(&self, side: &Side, name: &str) -> Option<usize> {
        let rows = || (0..side.rows.len()).filter(|row| side.rows[*row].kind != RowKind::Blank);
        let only = |mut found: Box<dyn Iterator<Item = usize> + '_>| match (found.next(), found.next()) {
            (Some(only), None) => Some(only),
            _ => None,
        };
        let wanted = bare(name);
        only(Box::new(rows().filter(|row| bare(&side.rows[*row].label) == wanted)))
            .or_else(|| only(Box::new(rows().filter(|row| names_agree(&side.rows[*row].label, name)))))
    }

    /// The one row of a side that has a code.
    pub(crate) fn row_coded(&self, side: &Side, code: &str) -> Option<usize> {
        let mut found = (0..side.rows.len()).filter(|row| side.rows[*row].code.as_deref() == Some(code));
        match (found.next(), found.next()) {
            (Some(only), None) => Some(only),
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
                found.extend(table.measured(side, row, Measure::Carryover, self).unwrap_or_default());
            }
            let rows = (0..side.rows.len())
                .filter(|row| self.vocabulary.checks.carry_over.strip_from(&bare(&side.rows[*row].label)).is_some());
            found.extend(rows.filter_map(|row| table.measured(side, row, Measure::Total, self)).flatten());
        }
        found.retain(|figure| !figure.value.is_zero());
        found
    }
}
