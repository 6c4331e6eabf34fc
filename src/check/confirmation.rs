//! Which figures the comparisons confirm.
//!
//! A figure is confirmed by a comparison that holds and could have denied it. It is not confirmed, whatever holds beside
//! it, where it is the suspect of failures or stands in a failure that no suspect explains; nor by a copy of it that is
//! not to be relied on itself. That a row adds up does not tell in which of its columns a part stands: it counts for the
//! parts only where something else confirms their place.

use rustc_hash::{FxHashMap, FxHashSet};

use super::figure::{Figure, Place};
use super::outcomes::{ComparedFigures, Evidence, Outcomes};
use crate::document::Severity;

/// How many comparisons confirm each figure; those that none confirms are not in it.
pub(super) fn confirmations(outcomes: &Outcomes) -> FxHashMap<Place, u32> {
    let doubted = doubted(outcomes);
    let mut found: FxHashMap<Place, Support> = FxHashMap::default();
    let comparisons = outcomes.comparisons.iter().enumerate().filter(|(index, _)| !outcomes.doubted.contains(index));
    for comparison in comparisons.map(|(_, comparison)| comparison).filter(|one| can_confirm(one, &doubted)) {
        for figure in &comparison.left {
            found.entry(figure.place).or_default().add(comparison, Evidence::Place);
        }
        for figure in &comparison.right {
            found.entry(figure.place).or_default().add(comparison, comparison.evidence);
        }
    }
    let confirmed = found.into_iter().filter(|(place, _)| !doubted.contains(place));
    confirmed.map(|(place, support)| (place, support.count())).filter(|(_, count)| *count > 0).collect()
}

/// The comparisons that hold for one figure.
#[derive(Default)]
struct Support {
    /// Those that tell its amount and its place.
    placing: u32,
    /// Those of its row, which tell its amount alone.
    along_row: u32,
    /// Those between zeros, which tell its place where something else tells its amount.
    of_zeros: u32,
}

impl Support {
    fn add(&mut self, comparison: &ComparedFigures, evidence: Evidence) {
        match evidence {
            _ if is_of_zeros(comparison) => self.of_zeros += u32::from(evidence == Evidence::Place),
            Evidence::Place => self.placing += 1,
            Evidence::Row => self.along_row += 1,
        }
    }

    fn count(&self) -> u32 {
        let is_placed = self.placing > 0 || (self.along_row > 0 && self.of_zeros > 0);
        if is_placed { self.placing + self.along_row } else { 0 }
    }
}

fn is_of_zeros(comparison: &ComparedFigures) -> bool {
    comparison.left.iter().chain(&comparison.right).all(|figure| figure.value.is_zero())
}

/// Whether a comparison says something of its figures: it holds, and is not a copy of a figure that is doubted.
fn can_confirm(comparison: &ComparedFigures, doubted: &FxHashSet<Place>) -> bool {
    let mut all = comparison.left.iter().chain(&comparison.right);
    let is_copy = comparison.left.len() == 1 && comparison.right.len() == 1;
    comparison.difference.is_rounding() && !(is_copy && all.any(|figure| doubted.contains(&figure.place)))
}

/// The suspects, and the figures of failures that none explains.
fn doubted(outcomes: &Outcomes) -> FxHashSet<Place> {
    let mut doubted: FxHashSet<Place> = outcomes.suspects.iter().copied().collect();
    let is_unexplained = |comparison: &&ComparedFigures| {
        let suspect = comparison.check.and_then(|at| outcomes.checks[at].suspect.as_ref());
        !comparison.difference.is_rounding() && comparison.severity != Severity::Note && suspect.is_none()
    };
    for comparison in outcomes.comparisons.iter().filter(is_unexplained) {
        doubted.extend(comparison.left.iter().chain(&comparison.right).map(|figure: &Figure| figure.place));
    }
    doubted
}
