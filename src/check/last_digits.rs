//! Last digits of figures that stand in several places.

use super::figure::Place;
use super::outcomes::{Fault, RuleOutcomes};
use super::rule::Rule;
use crate::document::Severity;

/// The checks of this file. They come after all that compare figures.
pub(super) static RULES: &[Rule] = &[LAST_DIGITS];

/// A table needs so many copies, and at most one in so many may differ in its last digit, for that to be worth a note.
const MIN_COPIES: usize = 6;
const MOST_OFF: usize = 12;

/// The same for sums. Of sums of rounded amounts a third or more are off by a last digit: where so many are exact, the
/// amounts were not rounded.
const MIN_SUMS: usize = 20;

/// A figure printed twice (a subject and its only part, a class in two tables) has one value. Programs shift the last
/// digit to make tables add up (尾差), which is no fault; but where a table's copies are otherwise the same to the last
/// digit, one that is not may be misprinted. So may an amount of a sum, where all other sums of the table are exact.
const LAST_DIGITS: Rule = Rule {
    id: "last-digits",
    severity: Severity::Note,
    title: "同一金额各处末位一致",
    title_en: "copies of one amount are the same to the last digit",
    run: |ledger, outcomes| {
        for table in &ledger.tables {
            let of_table = |place: Place| matches!(place, Place::Cell { table: index, .. } if index == table.index);
            for (held, least) in [(outcomes.copies_of(of_table), MIN_COPIES), (outcomes.sums_of(of_table), MIN_SUMS)] {
                let off: Vec<usize> = held.iter().copied().filter(|index| !outcomes.is_exact(*index)).collect();
                if held.len() >= least && off.len() * MOST_OFF <= held.len() {
                    off.into_iter().for_each(|index| tell(index, outcomes));
                }
            }
        }
        if outcomes.is_silent() {
            outcomes.pass("同一金额各处末位一致", Vec::new());
        }
    },
};

fn tell(index: usize, outcomes: &mut RuleOutcomes<'_>) {
    let Some(check) = outcomes.check_of(index).cloned() else { return };
    outcomes.doubt(index);
    outcomes.fail(Fault {
        message: format!("{}，末位相差{}", check.message, check.difference.as_deref().unwrap_or_default()),
        actual: check.actual,
        expected: check.expected,
        places: check.places,
        ..Fault::default()
    });
}
