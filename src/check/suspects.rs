//! Failing comparisons → the one figure that explains them.
//!
//! A wrong figure fails every sum it stands in, and correcting it mends them all. For each figure of a failing
//! comparison: by how much would it have to change, how many failing comparisons would that mend, and how many passing
//! ones would it break? The figure that mends most on balance is the suspect of those that it mends.

use rust_decimal::Decimal;
use rustc_hash::FxHashMap;

use super::figure::{Figure, Place};
use super::ledger::Ledger;
use super::outcomes::{ComparedFigures, Outcomes};
use crate::document::{CheckStatus, Suspect};

/// A suspect explains at least this many failures: with one alone, any of its figures may be wrong.
const MIN_EXPLAINED: usize = 2;

/// A figure, and the change that would mend failing comparisons.
struct Correction {
    figure: Figure,
    /// By how much it would have to change, in its own unit.
    change: Decimal,
    /// The failing comparisons that it mends.
    mends: Vec<usize>,
    /// Those it mends less those it breaks.
    balance: i64,
}

/// Names the suspect of every failing comparison that has one, and puts its place first.
pub(super) fn trace(outcomes: &mut Outcomes, ledger: &Ledger<'_>) {
    let mut failing: Vec<usize> = (0..outcomes.comparisons.len())
        .filter(|index| !outcomes.comparisons[*index].difference.is_rounding())
        .collect();
    let uses = uses(&outcomes.comparisons, &failing);
    let mut found = Vec::new();
    while let Some(correction) = best(&outcomes.comparisons, &failing, &uses) {
        failing.retain(|index| !correction.mends.contains(index));
        found.push(correction);
    }
    found.extend(beside(&found, &outcomes.comparisons, &failing));
    for correction in found {
        name(&correction, outcomes, ledger);
    }
}

/// The comparisons that use each figure of a failing one.
fn uses(comparisons: &[ComparedFigures], failing: &[usize]) -> FxHashMap<Place, Vec<usize>> {
    let mut uses: FxHashMap<Place, Vec<usize>> = FxHashMap::default();
    for index in failing {
        for figure in figures(&comparisons[*index]) {
            uses.entry(figure.place).or_default();
        }
    }
    for (index, comparison) in comparisons.iter().enumerate() {
        for figure in figures(comparison) {
            if let Some(users) = uses.get_mut(&figure.place)
                && users.last() != Some(&index)
            {
                users.push(index);
            }
        }
    }
    uses
}

fn figures(comparison: &ComparedFigures) -> impl Iterator<Item = &Figure> {
    comparison.left.iter().chain(&comparison.right)
}

/// The correction that mends most on balance; the first in the order of the document where several do.
fn best(comparisons: &[ComparedFigures], failing: &[usize], uses: &FxHashMap<Place, Vec<usize>>) -> Option<Correction> {
    let mut tried: Vec<Place> = Vec::new();
    let mut best: Option<Correction> = None;
    for figure in failing.iter().flat_map(|index| figures(&comparisons[*index])) {
        if tried.contains(&figure.place) {
            continue;
        }
        tried.push(figure.place);
        let users = uses.get(&figure.place).map_or(&[][..], Vec::as_slice);
        let Some(correction) = correction(figure, comparisons, failing, users) else { continue };
        if best.as_ref().is_none_or(|best| correction.balance > best.balance) {
            best = Some(correction);
        }
    }
    best.filter(|best| best.balance > 0 && best.mends.len() >= MIN_EXPLAINED)
}

/// The change of a figure that mends most of the failing comparisons it stands in.
fn correction(
    figure: &Figure,
    comparisons: &[ComparedFigures],
    failing: &[usize],
    users: &[usize],
) -> Option<Correction> {
    let failing_users: Vec<usize> = users.iter().copied().filter(|index| failing.contains(index)).collect();
    let wanted = |index: usize| wanted_change(figure, &comparisons[index]);
    let mends = |change: Decimal| -> Vec<usize> {
        failing_users.iter().copied().filter(|index| holds_after(figure, change, &comparisons[*index])).collect()
    };
    let changes = failing_users.iter().filter_map(|index| wanted(*index));
    let (change, mends) = changes.map(|change| (change, mends(change))).max_by_key(|(_, mends)| mends.len())?;
    let breaks = users
        .iter()
        .filter(|index| comparisons[**index].difference.is_rounding())
        .filter(|index| !holds_after(figure, change, &comparisons[**index]))
        .count();
    let balance = mends.len() as i64 - breaks as i64;
    Some(Correction { figure: *figure, change, mends, balance })
}

/// Figures in the row of a suspect that would have to change by as much: a wrong amount is carried along the row (合计 and
/// 公用经费), so that the row itself adds up.
fn beside(found: &[Correction], comparisons: &[ComparedFigures], failing: &[usize]) -> Vec<Correction> {
    let row_of = |place: Place| match place {
        Place::Cell { table, row, .. } => Some((table, row)),
        _ => None,
    };
    let carried = |index: &usize| {
        let comparison = &comparisons[*index];
        figures(comparison).find_map(|figure| {
            let row = row_of(figure.place)?;
            let suspect = found.iter().find(|other| row_of(other.figure.place) == Some(row))?;
            let mends = holds_after(figure, suspect.change, comparison);
            mends.then(|| Correction { figure: *figure, change: suspect.change, mends: vec![*index], balance: 1 })
        })
    };
    failing.iter().filter_map(carried).collect()
}

/// By how much the figure would have to change for the comparison to hold exactly, in the figure's own unit.
fn wanted_change(figure: &Figure, comparison: &ComparedFigures) -> Option<Decimal> {
    let is_left = comparison.left.iter().any(|other| other.place == figure.place);
    let amount = comparison.difference.amount();
    let change = if is_left { -amount } else { amount };
    change.checked_div(unit_factor(figure, comparison)?)
}

/// Whether the comparison would hold if the figure changed by so much.
fn holds_after(figure: &Figure, change: Decimal, comparison: &ComparedFigures) -> bool {
    let Some(change) = unit_factor(figure, comparison).and_then(|factor| change.checked_mul(factor)) else {
        return false;
    };
    let count = |side: &[Figure]| side.iter().filter(|other| other.place == figure.place).count() as i64;
    let times = Decimal::from(count(&comparison.left) - count(&comparison.right));
    (comparison.difference.amount() + times * change).abs() <= comparison.difference.tolerance
}

/// What one in the figure's unit is in the comparison's.
fn unit_factor(figure: &Figure, comparison: &ComparedFigures) -> Option<Decimal> {
    let first = comparison.left.first()?;
    if first.yuan == figure.yuan {
        return Some(Decimal::ONE);
    }
    Decimal::from(figure.yuan?).checked_div(Decimal::from(first.yuan?))
}

fn name(correction: &Correction, outcomes: &mut Outcomes, ledger: &Ledger<'_>) {
    outcomes.suspects.push(correction.figure.place);
    let Some(place) = super::outcomes::written_place(correction.figure.place, ledger) else { return };
    let suspect = Suspect {
        place: place.clone(),
        printed: correction.figure.value.to_string(),
        should_be: (correction.figure.value + correction.change).to_string(),
        explains: super::count(correction.mends.len()),
    };
    for index in &correction.mends {
        let Some(check) = outcomes.comparisons[*index].check.map(|at| &mut outcomes.checks[at]) else { continue };
        debug_assert_eq!(check.status, CheckStatus::Fail);
        check.places.retain(|other| *other != place);
        check.places.insert(0, place.clone());
        check.suspect = Some(suspect.clone());
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::figure::compare;
    use crate::check::figure::testing::figure;
    use crate::check::outcomes::Evidence;
    use crate::document::Severity;

    fn at(text: &str, row: usize) -> Figure {
        Figure { place: Place::Cell { table: 0, row, column: 0 }, ..figure(text, 10_000) }
    }

    fn comparison(left: &[Figure], right: &[Figure]) -> ComparedFigures {
        let difference = compare(left, right).expect("comparable");
        ComparedFigures {
            left: left.to_vec(),
            right: right.to_vec(),
            difference,
            evidence: Evidence::Place,
            severity: Severity::Error,
            check: None,
        }
    }

    #[test]
    fn the_figure_that_mends_both_sums_is_the_suspect() {
        // 208 = 20805 + 20899, 20805 = 2080505 + 2080506: 20805 is printed 330.00 instead of 320.00.
        let (class, section, other) = (at("321.28", 0), at("330.00", 1), at("1.28", 4));
        let items = [at("200.00", 2), at("120.00", 3)];
        let comparisons = [
            comparison(&[at("400.00", 5)], &[class, at("78.72", 6)]),
            comparison(&[class], &[section, other]),
            comparison(&[section], &items),
        ];
        let failing = vec![1, 2];
        let found = best(&comparisons, &failing, &uses(&comparisons, &failing)).expect("a suspect");
        assert_eq!((found.figure.place, found.change), (section.place, Decimal::from(-10)));
        assert_eq!(found.mends, [1, 2]);
    }

    #[test]
    fn one_failure_alone_has_no_suspect() {
        let comparisons = [comparison(&[at("10.00", 0)], &[at("3.00", 1), at("4.00", 2)])];
        assert!(best(&comparisons, &[0], &uses(&comparisons, &[0])).is_none());
    }
}
