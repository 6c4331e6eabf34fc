//! Checks between tables, each only where the money covered is the same.

mod basic;
mod classes;
mod names;
mod subjects;
mod three_public;
mod totals;

use super::figure::{Figure, compare};
use super::journal::Findings;
use super::ledger::Ledger;
use super::rule::Rule;
use crate::document::Severity;

use rust_decimal::Decimal;

/// The checks of this folder.
pub(super) static RULES: &[Rule] = &[
    totals::REVENUE_TABLE,
    totals::EXPENDITURE_TABLE,
    totals::APPROPRIATION_TABLES,
    classes::CLASSES_OF_SUMMARY,
    classes::CLASSES_OF_APPROPRIATION,
    subjects::SUBJECTS_AGREE,
    basic::BASIC_TABLE,
    three_public::ECONOMIC_ITEMS,
    names::ONE_NAME_FOR_A_CODE,
    names::SUBJECT_OF_THE_YEAR,
];

/// Totals that two tables sum from rounded figures drift apart by up to so many last digits: worth a note, not an error.
const DRIFT: u32 = 5;

/// Compares two figures that are the same unless carried-over money is in one of them only: then the carry-over that
/// the document prints must be the whole difference, and the message says so.
fn tie(
    findings: &mut Findings<'_>,
    ledger: &Ledger<'_>,
    left: &[Figure],
    right: &[Figure],
    message: &str,
) -> Option<bool> {
    let holds =
        |left: &[Figure], right: &[Figure]| compare(left, right).is_ok_and(|difference| difference.is_rounding());
    if !holds(left, right) {
        for carried in ledger.carried_over() {
            let with = |figures: &[Figure]| figures.iter().copied().chain([carried]).collect::<Vec<Figure>>();
            if holds(left, &with(right)) {
                return findings.compare(left, &with(right), || format!("{message} + 上年结转（后者不含结转）"));
            }
            if holds(&with(left), right) {
                return findings.compare(&with(left), right, || format!("{message} − 上年结转（前者不含结转）"));
            }
        }
    }
    let drifts = compare(left, right).is_ok_and(|found| {
        let last_digit =
            left.iter().chain(right).map(|figure| figure.half_step).max().unwrap_or_default() * Decimal::TWO;
        found.amount().abs() <= last_digit * Decimal::from(DRIFT)
    });
    let severity = if drifts { Severity::Note } else { findings.severity() };
    findings.compare_as(severity, left, right, || message.to_owned())
}
