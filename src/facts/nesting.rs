//! Rows as parts of one another by their sums, for tables whose words do not tell which rows are parts of which.
//!
//! Sums alone prove little: two equal amounts beside each other may be a whole and its only part, or two of a kind. So a
//! nesting is taken only where what it leaves adds up to the printed total in every column.

use rust_decimal::Decimal;
use rustc_hash::FxHashSet;

use super::leaves::{Place, begins_further_right, ordinal};
use super::sides::RowSubject;
use crate::model::ParsedTable;

/// A row has at most this many parts where nothing but sums tells them.
const MOST_PARTS: usize = 60;

/// Which rows may be the only part of the row above.
#[derive(Clone, Copy, PartialEq, Eq)]
enum OnlyParts {
    /// Those of a lower level.
    Lower,
    /// Any that is not of a higher one, but for two that together are parts of a third.
    NoTwins,
    /// Any that is not of a higher one.
    Any,
}

/// The amounts of a side with its printed total.
pub(super) struct Nesting<'r> {
    rows: &'r [RowSubject],
    parsed: &'r ParsedTable,
    cells: &'r [&'r Place],
    /// The columns with amounts.
    columns: Vec<usize>,
    /// The amounts of the rows that are no totals: row, and one for each column.
    amounts: Vec<(usize, Vec<Decimal>)>,
    /// The total that everything adds up to.
    total: Vec<Option<Decimal>>,
    /// The last digit printed.
    digit: Decimal,
}

impl<'r> Nesting<'r> {
    /// `None` where a side has no total, or nothing but totals.
    pub(super) fn of(rows: &'r [RowSubject], cells: &'r [&'r Place], parsed: &'r ParsedTable) -> Option<Self> {
        let mut columns: Vec<usize> = cells.iter().map(|cell| cell.column).collect();
        columns.sort_unstable();
        columns.dedup();
        let mut amounts: Vec<(usize, Vec<Option<Decimal>>)> = Vec::new();
        for cell in cells {
            if amounts.last().is_none_or(|(row, _)| *row != cell.row) {
                amounts.push((cell.row, vec![None; columns.len()]));
            }
            if let (Some((_, amounts)), Ok(at)) = (amounts.last_mut(), columns.binary_search(&cell.column)) {
                amounts[at] = Some(cell.value);
            }
        }
        let (totals, others): (Vec<_>, Vec<_>) = amounts.into_iter().partition(|(row, _)| rows[*row].is_total);
        // Of several totals the greatest is that of the others, too.
        let total = totals.into_iter().max_by_key(|(_, amounts)| amounts.iter().flatten().next().copied())?.1;
        let scale = cells.iter().map(|cell| cell.value.scale()).max().unwrap_or(0);
        let amounts: Vec<(usize, Vec<Decimal>)> = others
            .into_iter()
            .map(|(row, amounts)| (row, amounts.into_iter().map(Option::unwrap_or_default).collect()))
            .collect();
        (!amounts.is_empty()).then(|| Self {
            rows,
            parsed,
            cells,
            columns,
            amounts,
            total,
            digit: Decimal::new(1, scale),
        })
    }

    /// The rows that are leaves, where these leaves do not add up to the total and those do.
    pub(super) fn better_than(&self, leaves: &[bool]) -> Option<FxHashSet<usize>> {
        let mut sums = vec![(Decimal::ZERO, 0); self.columns.len()];
        for (cell, _) in self.cells.iter().zip(leaves).filter(|(_, leaf)| **leaf) {
            let Ok(at) = self.columns.binary_search(&cell.column) else { continue };
            sums[at] = (sums[at].0 + cell.value, sums[at].1 + 1);
        }
        if self.reaches_total(&sums) {
            return None;
        }
        [OnlyParts::Lower, OnlyParts::NoTwins, OnlyParts::Any].into_iter().map(|only| self.leaves(only)).find(
            |leaves| {
                let mut sums = vec![(Decimal::ZERO, 0); self.columns.len()];
                for (_, amounts) in self.amounts.iter().filter(|(row, _)| leaves.contains(row)) {
                    sums.iter_mut().zip(amounts).for_each(|(sum, amount)| *sum = (sum.0 + amount, sum.1 + 1));
                }
                self.reaches_total(&sums)
            },
        )
    }

    /// Whether sums of so many addends are the total in every column that has one.
    fn reaches_total(&self, sums: &[(Decimal, usize)]) -> bool {
        sums.iter()
            .zip(&self.total)
            .all(|((sum, addends), total)| total.is_none_or(|total| (sum - total).abs() <= self.rounding(*addends)))
    }

    /// Half a unit of the last digit for each addend and for the sum.
    fn rounding(&self, addends: usize) -> Decimal {
        self.digit * Decimal::from(addends + 1) / Decimal::TWO
    }

    /// The rows that are no sum of the rows below them.
    fn leaves(&self, only: OnlyParts) -> FxHashSet<usize> {
        let mut leaves = FxHashSet::default();
        // Rows below that are no parts yet, the nearest last.
        let mut waiting: Vec<usize> = Vec::new();
        for at in (0..self.amounts.len()).rev() {
            let parts = self
                .parts(at, &waiting, only)
                .filter(|parts| *parts > 1 || only != OnlyParts::NoTwins || !self.are_twins(at, &waiting, only));
            match parts {
                Some(parts) => waiting.truncate(waiting.len() - parts),
                None => {
                    leaves.insert(self.amounts[at].0);
                    self.drop_mentioned(at, &mut waiting, &mut leaves);
                }
            }
            waiting.push(at);
        }
        leaves
    }

    /// Whether a row and the one below it, of the same amounts, are both parts of the row above.
    fn are_twins(&self, at: usize, waiting: &[usize], only: OnlyParts) -> bool {
        let Some(above) = at.checked_sub(1) else { return false };
        let both: Vec<usize> = waiting.iter().copied().chain([at]).collect();
        self.parts(above, &both, only).is_some_and(|parts| parts > 1)
    }

    /// Parts that are only mentioned (其中) below a row that is not their sum are counted in it.
    fn drop_mentioned(&self, at: usize, waiting: &mut Vec<usize>, leaves: &mut FxHashSet<usize>) {
        if self.rows[self.amounts[at].0].is_of_which {
            return;
        }
        while let Some(part) = waiting.last().filter(|part| self.rows[self.amounts[**part].0].is_of_which) {
            leaves.remove(&self.amounts[*part].0);
            waiting.pop();
        }
    }

    /// How many of the nearest rows that wait are the parts of a row.
    fn parts(&self, at: usize, waiting: &[usize], only: OnlyParts) -> Option<usize> {
        let (row, whole) = &self.amounts[at];
        if whole.iter().all(Decimal::is_zero) {
            return None;
        }
        let mut sums = vec![Decimal::ZERO; whole.len()];
        // The nearest row tells whether there are parts at all.
        let mut level = None;
        for (count, part) in waiting.iter().rev().enumerate().take(MOST_PARTS) {
            let (part_row, amounts) = &self.amounts[*part];
            if count == 0 {
                level = self.level_below(*row, *part_row);
                if level == Some(false) {
                    return None;
                }
            }
            sums.iter_mut().zip(amounts).for_each(|(sum, amount)| *sum += amount);
            // One part is the whole to the last digit.
            let rounding = if count == 0 { Decimal::ZERO } else { self.rounding(count + 1) };
            if sums.iter().zip(whole).all(|(sum, whole)| (sum - whole).abs() <= rounding) {
                return (count > 0 || only != OnlyParts::Lower || level == Some(true)).then_some(count + 1);
            }
        }
        None
    }

    /// Whether a row is of a lower level than one above it (true) or cannot be (false), as far as words tell.
    fn level_below(&self, above: usize, row: usize) -> Option<bool> {
        let (one, other) = (&self.rows[above], &self.rows[row]);
        match (&one.code, &other.code) {
            (Some(code), Some(below)) if code == below => {}
            (Some(code), Some(below)) => return Some(below.starts_with(code.as_str())),
            _ => {}
        }
        match (&one.number, &other.number) {
            // 全额 has the number 1, the units below it have theirs.
            (Some(number), Some(below)) if below.len() != number.len() => return Some(below.len() > number.len()),
            (Some(number), Some(below)) if below != number => return Some(false),
            (Some(_), None) => return Some(true),
            _ => {}
        }
        if one.is_owners != other.is_owners {
            return Some(one.is_owners);
        }
        match (ordinal(one), ordinal(other)) {
            // A list may begin with the same numbers below 一、本年支出.
            (Some(own), Some(lower)) if own.style == lower.style && lower.value == 1 => return Some(true),
            (Some(own), Some(lower)) => return Some(lower.style > own.style),
            (Some(_), None) => return Some(true),
            _ => {}
        }
        let is_deeper = one.depth.zip(other.depth).is_some_and(|((_, last), (first, _))| first > last);
        (is_deeper || other.is_of_which || begins_further_right(self.parsed, above, row)).then_some(true)
    }
}
