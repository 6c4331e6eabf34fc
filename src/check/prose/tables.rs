//! Stated amounts against the figures of the tables.

use rust_decimal::Decimal;

use super::Prose;
use super::named::Named;
use super::reading::{Reading, Time};
use crate::check::figure::{Figure, compare};
use crate::check::ledger::{Ledger, stated};
use crate::check::outcomes::RuleOutcomes;
use crate::check::rule::Rule;
use crate::document::ChangeDirection;
use crate::document::Severity;

/// Every amount of the narrative that is of the document's year is looked for by its subject's code, else by its name,
/// first in the table that its section explains. If none of the figures it may be of agrees, and they agree with each
/// other, it is misstated. An amount without a counterpart is not checked.
pub(super) const STATEMENT_MATCHES_TABLE: Rule = Rule {
    id: "stated-amount-matches-table",
    severity: Severity::Error,
    title: "文字所述金额与表一致",
    title_en: "an amount in the text is that of the table",
    run: |ledger, outcomes| {
        let prose = Prose::of(ledger);
        let mut unmatched = 0;
        for reading in prose.readings.iter().filter(|reading| reading.time == Time::Current && !reading.is_change) {
            let found = prose.figures.meant(reading, ledger);
            let is_carry_over = ledger.vocabulary.checks.carry_over.strip_from(&reading.statement().item).is_some();
            if !against_tables(reading, &found, is_carry_over, outcomes) {
                unmatched += 1;
            }
        }
        if unmatched > 0 {
            outcomes.not_applicable(format!("文字所述{unmatched}个金额在表中没有确定的对应数字"), None);
        }
        if outcomes.is_silent() {
            outcomes.not_applicable("文字部分没有金额", None);
        }
    },
};

/// Compares an amount with the figures that it may be of. Returns whether there was one to compare with.
fn against_tables(reading: &Reading, found: &[&Named], is_carry_over: bool, outcomes: &mut RuleOutcomes<'_>) -> bool {
    let explained: Vec<&Named> = found.iter().copied().filter(|named| reading.explains == Some(named.kind)).collect();
    let agrees = |named: &&&Named| agree(&[reading.figure], &named.figures);
    let chosen = match explained.iter().find(agrees).or_else(|| found.iter().find(agrees)) {
        Some(agreeing) => *agreeing,
        None => {
            if let Some((part, table)) = part_of_row(reading, found) {
                let message = || format!("{}：文字 = {table}", reading.name());
                return outcomes.compare(&[reading.figure], &[part], message).is_some();
            }
            // Carry-over is named alike for each fund: that it is none of the figures proves nothing.
            if is_carry_over {
                return false;
            }
            let by_code = reading.statement().code.is_some();
            let candidates = if explained.is_empty() && by_code { found } else { explained.as_slice() };
            let Some((first, others)) = candidates.split_first() else { return false };
            if !others.iter().all(|other| agree(&first.figures, &other.figures)) {
                return false;
            }
            *first
        }
    };
    let message = || format!("{}：文字 = {}", reading.name(), chosen.table);
    let severity = if is_cut_off(reading.figure, &chosen.figures) { Severity::Note } else { outcomes.severity() };
    outcomes.compare_as(severity, &[reading.figure], &chosen.figures, message).is_some()
}

/// Whether an amount is that of a table with digits cut off instead of rounded.
fn is_cut_off(stated: Figure, printed: &[Figure]) -> bool {
    let Ok(difference) = compare(&[stated], printed) else { return false };
    let last_digit = stated.half_step * Decimal::TWO;
    let is_finer = difference.right.normalize().scale() > stated.value.scale();
    is_finer && difference.amount().abs() < last_digit && difference.left.abs() < difference.right.abs()
}

/// The figure of a row that an amount is of, where it is not the row's whole: a sentence about 项目支出 names only the
/// class that it is spent for.
fn part_of_row<'n>(reading: &Reading, found: &[&'n Named]) -> Option<(Figure, &'n str)> {
    let parts = found.iter().flat_map(|named| named.parts.iter().map(|part| (*part, named.table.as_str())));
    parts.into_iter().find(|(part, _)| agree(&[reading.figure], &[*part]))
}

pub(super) fn agree(left: &[Figure], right: &[Figure]) -> bool {
    compare(left, right).is_ok_and(|difference| difference.is_rounding())
}

/// Where a table prints the year before beside the year, a stated change (比上年增加0.60万元) is the difference of the
/// two: it implies the prior year's amount.
pub(super) const CHANGE_MATCHES_PRIOR_YEAR: Rule = Rule {
    id: "stated-change-matches-prior-year",
    severity: Severity::Error,
    title: "文字所述增减额 = 表中本年数 − 上年数",
    title_en: "a change stated in the text is the table's difference to the year before",
    run: |ledger, outcomes| {
        let prose = Prose::of(ledger);
        for reading in prose.readings.iter().filter(|reading| reading.time == Time::Current && !reading.is_change) {
            let Some(change) = change(reading, ledger) else { continue };
            let found = prose.figures.meant(reading, ledger);
            let is_same = |named: &&&Named| {
                let is_explained = reading.explains == Some(named.kind) || reading.statement().code.is_some();
                is_explained && agree(&[reading.figure], &named.figures)
            };
            let Some(named) = found.iter().find(is_same) else { continue };
            let Some(prior) = &named.prior else { continue };
            let increases = reading.statement().change_direction == Some(ChangeDirection::Increase);
            let with_change: Vec<Figure> =
                if increases { prior.iter().copied().chain([change]).collect() } else { prior.clone() };
            let left = if increases { vec![reading.figure] } else { vec![reading.figure, change] };
            outcomes.compare(&left, &with_change, || {
                let sign =
                    if increases { "本年数 = 上年数 + 增加额" } else { "本年数 + 减少额 = 上年数" };
                format!("{}：{}，{sign}", reading.name(), named.table)
            });
        }
        if outcomes.is_silent() {
            outcomes.not_applicable("表中没有上年数，或文字没有增减额", None);
        }
    },
};

/// The stated change of an amount, as a figure.
fn change(reading: &Reading, ledger: &Ledger<'_>) -> Option<Figure> {
    let statement = reading.statement();
    let is_directed = statement.change_direction.is_some_and(|direction| direction != ChangeDirection::None);
    let yuan = ledger.yuan(Some(&statement.unit)).filter(|_| is_directed)?;
    Some(stated(statement.change_amount?, yuan, reading.figure.place))
}
