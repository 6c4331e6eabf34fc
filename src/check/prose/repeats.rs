//! One amount stated twice.

use super::Prose;
use super::reading::{Reading, Time};
use crate::check::ledger::Ledger;
use crate::check::rule::Rule;
use crate::document::Severity;

/// A paragraph about one subject states its amount at its head and again beside that of the year before
/// (208.8万元 … 2026年预算安排201.50万元): both are the same amount.
pub(super) const AMOUNT_STATED_ALIKE: Rule = Rule {
    id: "amount-stated-alike",
    severity: Severity::Error,
    title: "同一段文字对同一科目所述金额一致",
    title_en: "a paragraph states one amount for one subject",
    run: |ledger, outcomes| {
        let readings = &Prose::of(ledger).readings;
        for (at, later) in readings.iter().enumerate().filter(|(_, reading)| restates(reading, ledger)) {
            let first = readings[..at].iter().rev().find(|first| names_subject(first, later));
            if let Some(first) = first {
                outcomes.compare(&[later.figure], &[first.figure], || format!("{}：前后两处所述金额", first.name()));
            }
        }
        if outcomes.is_silent() {
            outcomes.not_applicable("没有重复陈述的金额", None);
        }
    },
};

/// Whether an amount is stated again under a name that is none of its own.
fn restates(reading: &Reading, ledger: &Ledger<'_>) -> bool {
    reading.time == Time::Current
        && !reading.is_change
        && reading.is_generic(ledger)
        && reading.statement().code.is_some()
}

/// Whether an amount is the one at the head of a paragraph, which names the subject that a later one is of.
fn names_subject(first: &Reading, later: &Reading) -> bool {
    first.shares_paragraph(later)
        && first.statement().code == later.statement().code
        && first.time == Time::Current
        && !first.is_change
}
