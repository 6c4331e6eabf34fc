//! What adds up in a table: figures within their rows, and rows within their families.

use rust_decimal::Decimal;

use super::{Entry, List};
use crate::dump::placement;
use crate::dump::table::columns::Sum;
use crate::language::vocabulary::Vocabulary;

/// How many sums hold and how many do not.
#[derive(Debug, Default)]
pub(super) struct Sums {
    /// Sums of two addends or more that hold.
    pub(super) hold: usize,
    /// Sums that do not.
    pub(super) fail: usize,
}

impl Sums {
    /// Adds the counts of another list.
    pub(super) fn add(&mut self, other: &Sums) {
        self.hold += other.hold;
        self.fail += other.fail;
    }
}

/// Whether a sum holds, and whether that says anything.
enum Outcome {
    Holds,
    Fails,
    /// Nothing to add, or a single addend: a figure that stands twice in its row confirms no column.
    Silent,
}

/// The sums within the rows of a list.
pub(super) fn of_rows(list: &List) -> Sums {
    let mut sums = Sums::default();
    for entry in &list.entries {
        for sum in &list.side.sums {
            match row_outcome(entry, sum) {
                Outcome::Holds => sums.hold += 1,
                Outcome::Fails => sums.fail += 1,
                Outcome::Silent => {}
            }
        }
    }
    sums
}

fn row_outcome(entry: &Entry, sum: &Sum) -> Outcome {
    let cell = |place: usize| entry.cells.get(place).copied().flatten().unwrap_or_default();
    let parts: Vec<Decimal> = sum.addends.iter().map(|place| cell(*place)).filter(|part| !part.is_zero()).collect();
    outcome(cell(sum.total), &parts, entry.is_certain)
}

/// The sums of rows, column by column. A family counts once.
pub(super) fn of_families(list: &List, vocabulary: &Vocabulary) -> Sums {
    let items: Vec<_> = list.entries.iter().map(|entry| entry.item).collect();
    let mut sums = Sums::default();
    for family in placement::families(&items, vocabulary) {
        let rows = || family.children.iter().map(|child| &list.entries[*child]);
        let is_certain = list.entries[family.parent].is_certain && rows().all(|row| row.is_certain);
        let outcomes: Vec<Outcome> = (0..list.side.amounts.len())
            .map(|place| {
                let cell = |entry: &Entry| entry.cells.get(place).copied().flatten().unwrap_or_default();
                let parts: Vec<Decimal> = rows().map(cell).filter(|part| !part.is_zero()).collect();
                outcome(cell(&list.entries[family.parent]), &parts, is_certain)
            })
            .collect();
        if outcomes.iter().any(|outcome| matches!(outcome, Outcome::Fails)) {
            sums.fail += 1;
        } else if outcomes.iter().any(|outcome| matches!(outcome, Outcome::Holds)) {
            sums.hold += 1;
        }
    }
    sums
}

/// Whether a total is the sum of its parts that are not zero, within half a unit of the last digit for each figure.
fn outcome(total: Decimal, parts: &[Decimal], is_certain: bool) -> Outcome {
    let sum: Decimal = parts.iter().sum();
    let scale = parts.iter().map(Decimal::scale).chain([total.scale()]).max().unwrap_or(0);
    let slack = Decimal::new(parts.len() as i64 + 1, scale);
    if ((total - sum).abs() * Decimal::TWO) > slack {
        return if parts.is_empty() || !is_certain { Outcome::Silent } else { Outcome::Fails };
    }
    if parts.len() > 1 { Outcome::Holds } else { Outcome::Silent }
}
