//! Growth rates and changes, recomputed from the amounts that are stated beside them.

use rust_decimal::Decimal;

use super::Prose;
use super::reading::{Reading, Time};
use crate::check::figure::{Figure, Place};
use crate::check::ledger::{Ledger, stated};
use crate::check::outcomes::{Fault, RuleOutcomes};
use crate::check::rule::Rule;
use crate::document::ChangeDirection;
use crate::document::Money;
use crate::document::{PublicationKind, Severity, Statement};
use crate::language::short_names::shortens;

/// 比上年增加593.25万元，增长25.92%: amount and change give the year before, and with it the rate.
pub(super) const RATE_FROM_CHANGE: Rule = Rule {
    id: "growth-rate-from-change",
    severity: Severity::Error,
    title: "增减幅度 = 增减额 ÷ 上年数",
    title_en: "growth rate = change / amount of the year before",
    run: |ledger, outcomes| {
        let readings = &Prose::of(ledger).readings;
        let mut found = Vec::new();
        for (statement, amount) in changed(readings, ledger) {
            let Some((change, increases)) = change(statement, amount.figure.place, ledger) else { continue };
            let Some(rate) = rate(statement).map(|rate| rate.signed(increases)) else { continue };
            let fits = |other: &&Reading| {
                let computed = growth(&other.figure, &before(&other.figure, &change, increases));
                other.shares_paragraph(amount)
                    && computed.is_some_and(|(computed, spread)| rate.judge(computed, spread).is_none())
            };
            // Where the change is of another amount of the paragraph, we have given it to the wrong one.
            let meant = std::iter::once(amount).chain(readings.iter()).find(fits).unwrap_or(amount);
            found.extend(recompute(meant, &before(&meant.figure, &change, increases), rate));
        }
        judge(&found, outcomes);
        if outcomes.is_silent() {
            outcomes.not_applicable("没有同时写明金额、增减额和幅度的文字", None);
        }
    },
};

/// Statements that may have a change, each with the amount that it is of: its own, or where it is stated without one, that
/// of the same name before it in its paragraph (收入、支出总计9万元，与上年相比，收、支总计各增加1万元，增长12.5%).
fn changed<'r>(readings: &'r [Reading], ledger: &'r Ledger<'_>) -> Vec<(&'r Statement, &'r Reading)> {
    let current = || readings.iter().filter(|reading| reading.time == Time::Current && !reading.is_change);
    let own = current().map(|reading| (reading.statement(), reading));
    let apart = ledger.statements.iter().filter(|placed| placed.statement.amount.is_none());
    let apart = apart.filter(|placed| placed.statement.change_amount.is_some()).filter_map(|placed| {
        let item = placed.statement.item.as_str();
        let names = |other: &str| {
            other == item || [item, other].iter().all(|name| name.contains('、')) && shortens(item, other)
        };
        let is_meant = |reading: &&Reading| {
            (reading.placed.section, reading.placed.paragraph) == (placed.section, placed.paragraph)
                && reading.placed.start < placed.start
                && names(&reading.statement().item)
        };
        Some((&placed.statement, current().rfind(is_meant)?))
    });
    own.chain(apart).collect()
}

/// 2025年执行数为43269.3万元，2026年预算安排3845.49万元，增加17.62%: the two amounts give the rate and its direction.
pub(super) const RATE_FROM_TWO_AMOUNTS: Rule = Rule {
    id: "growth-rate-from-two-amounts",
    severity: Severity::Error,
    title: "增减幅度与前后两年金额相符",
    title_en: "growth rate and direction are those of the two amounts",
    run: |ledger, outcomes| {
        let pairs = pairs(&Prose::of(ledger).readings, ledger);
        let recomputed = |pair: &Pair| {
            let last = pair.last.statement();
            let rate = rate(last)?.signed(direction(last)?);
            recompute(&pair.current, &pair.before.figure, rate)
        };
        judge(&pairs.iter().filter_map(recomputed).collect::<Vec<_>>(), outcomes);
        if outcomes.is_silent() {
            outcomes.not_applicable("没有同时写明两年金额和幅度的文字", None);
        }
    },
};

/// 2026年预算数为7.61万元，2025年预算数为9.23万元，减少1.62万元: the two amounts give the change.
pub(super) const CHANGE_FROM_TWO_AMOUNTS: Rule = Rule {
    id: "change-from-two-amounts",
    severity: Severity::Error,
    title: "增减额 = 本年数 − 上年数",
    title_en: "change = amount of the year - amount of the year before",
    run: |ledger, outcomes| {
        for pair in pairs(&Prose::of(ledger).readings, ledger) {
            let Some((change, increases)) = change(pair.last.statement(), pair.last.figure.place, ledger) else {
                continue;
            };
            let (current, before) = (pair.current.figure, pair.before.figure);
            let (left, right) =
                if increases { (vec![current], vec![before, change]) } else { (vec![current, change], vec![before]) };
            outcomes.compare(&left, &right, || format!("{}：两年金额与增减额", pair.current.name()));
        }
        if outcomes.is_silent() {
            outcomes.not_applicable("没有同时写明两年金额和增减额的文字", None);
        }
    },
};

/// 支出决算为2940.05万元，完成年初预算的98.20%.
pub(super) const COMPLETION_RATE: Rule = Rule {
    id: "completion-rate",
    severity: Severity::Error,
    title: "完成比例 = 决算数 ÷ 预算数",
    title_en: "completion rate = final accounts / budget",
    run: |ledger, outcomes| {
        let readings = &Prose::of(ledger).readings;
        if ledger.publication.kind != PublicationKind::FinalAccounts {
            return outcomes.not_applicable("不是决算", None);
        }
        let mut found = Vec::new();
        for placed in ledger.statements.iter().filter(|placed| placed.statement.unit == "%") {
            let metric = placed.statement.metric.as_deref().unwrap_or_default();
            if !ledger.vocabulary.checks.completion.occur_in(metric) {
                continue;
            }
            let before = |reading: &&Reading| {
                (reading.placed.section, reading.placed.paragraph) == (placed.section, placed.paragraph)
                    && reading.placed.start < placed.start
            };
            let mut earlier = readings.iter().rev().filter(before);
            let (Some(spent), Some(budget)) = (earlier.next(), earlier.next()) else { continue };
            if (spent.time, budget.time) != (Time::Current, Time::Budgeted) || budget.figure.value.is_zero() {
                continue;
            }
            let Some(rate) = placed.statement.amount.map(Rate::of) else { continue };
            found.extend(completed(spent, budget, rate));
        }
        judge(&found, outcomes);
        if outcomes.is_silent() {
            outcomes.not_applicable("没有写明完成比例的文字", None);
        }
    },
};

fn completed(spent: &Reading, budget: &Reading, rate: Rate) -> Option<Recomputed> {
    let (computed, spread) = ratio(&spent.figure, &budget.figure)?;
    Some(Recomputed { place: spent.figure.place, name: spent.name(), rate, computed, spread })
}

/// Two amounts that are compared, and the statement that has the change.
struct Pair {
    current: Reading,
    before: Reading,
    last: Reading,
}

/// Neighbouring amounts of one thing, one of the year and one of the year before, with a change after them.
fn pairs(readings: &[Reading], ledger: &Ledger<'_>) -> Vec<Pair> {
    let is_pair = |first: &Reading, second: &Reading| {
        let same_thing = second.is_generic(ledger) || first.statement().item == second.statement().item;
        first.shares_paragraph(second) && same_thing && !first.is_change && !second.is_change
    };
    let found = readings.windows(2).filter_map(|pair| {
        let [first, second] = pair else { return None };
        if !is_pair(first, second) {
            return None;
        }
        let (current, before) = match (first.time, second.time) {
            (Time::Current, Time::Other) => (first, second),
            (Time::Other, Time::Current) => (second, first),
            _ => return None,
        };
        // The change hangs on the amount of the year, wherever it stands.
        let last = if second.statement().change_direction.is_some() { second } else { first };
        Some(Pair { current: current.clone(), before: before.clone(), last: last.clone() })
    });
    found.collect()
}

/// A percentage with its precision.
struct Rate {
    value: Decimal,
    half_step: Decimal,
}

impl Rate {
    fn of(stated: Money) -> Self {
        let value = stated.value();
        Self { value, half_step: Decimal::new(5, (value.scale() + 1).min(Decimal::MAX_SCALE)) }
    }

    /// How the rate stands to the computed one: `None` where it is the same but for rounding, a note where it is cut off
    /// or adjusted in its last digit, else an error.
    fn judge(&self, computed: Decimal, spread: Decimal) -> Option<Severity> {
        let off = (computed - self.value).abs();
        if off <= self.half_step + spread {
            None
        } else if off <= self.half_step * Decimal::TWO + self.half_step + spread {
            Some(Severity::Note)
        } else {
            Some(Severity::Error)
        }
    }

    fn signed(&self, increases: bool) -> Self {
        // 减少-5% is a decrease all the same.
        let value = if increases { self.value } else { -self.value.abs() };
        Self { value, half_step: self.half_step }
    }
}

fn rate(statement: &Statement) -> Option<Rate> {
    statement.change_pct.map(Rate::of)
}

fn direction(statement: &Statement) -> Option<bool> {
    match statement.change_direction? {
        ChangeDirection::Increase => Some(true),
        ChangeDirection::Decrease => Some(false),
        ChangeDirection::None => None,
    }
}

/// The change that a statement has, as a figure at a place, and whether it is an increase.
fn change(statement: &Statement, place: Place, ledger: &Ledger<'_>) -> Option<(Figure, bool)> {
    let increases = direction(statement)?;
    let yuan = ledger.yuan(Some(&statement.unit))?;
    Some((stated(statement.change_amount?, yuan, place), increases))
}

/// The amount of the year before, from that of the year and the change.
fn before(current: &Figure, change: &Figure, increases: bool) -> Figure {
    let value = if increases { current.value - change.value } else { current.value + change.value };
    let half_step = current.half_step + change.half_step;
    Figure { value, half_step, cut: half_step, ..*current }
}

/// The growth in per cent from one amount to another, and how far rounding can have moved it. Nothing grows from nothing
/// by a rate.
fn growth(current: &Figure, before: &Figure) -> Option<(Decimal, Decimal)> {
    if before.value <= Decimal::ZERO {
        return None;
    }
    let (ratio, spread) = ratio(current, before)?;
    Some((ratio - Decimal::ONE_HUNDRED, spread))
}

/// A stated rate with what the amounts beside it give.
struct Recomputed {
    place: Place,
    name: String,
    rate: Rate,
    computed: Decimal,
    /// How far rounding of the amounts can have moved it.
    spread: Decimal,
}

/// Recomputes a rate from two amounts.
fn recompute(reading: &Reading, before: &Figure, rate: Rate) -> Option<Recomputed> {
    let (computed, spread) = growth(&reading.figure, before)?;
    Some(Recomputed { place: reading.figure.place, name: reading.name(), rate, computed, spread })
}

/// One amount in per cent of another, and how far rounding of the two can have moved it.
fn ratio(part: &Figure, whole: &Figure) -> Option<(Decimal, Decimal)> {
    let factor = Decimal::from(part.yuan?).checked_div(Decimal::from(whole.yuan?))?;
    let (value, half) = (part.value.checked_mul(factor)?, part.half_step.checked_mul(factor)?);
    let ratio = value.checked_mul(Decimal::ONE_HUNDRED)?.checked_div(whole.value)?;
    let moved = half.checked_mul(Decimal::ONE_HUNDRED)? + ratio.abs().checked_mul(whole.half_step)?;
    Some((ratio, moved.checked_div(whole.value.abs())?))
}

/// So many rates of a document must be exactly what its printed amounts give, and so few not, for one that is not to be
/// worth a note.
const MIN_EXACT: usize = 4;
const MOST_INEXACT: usize = 5;

/// Judges all rates of one kind. Where nearly all are exactly what the printed amounts give, they were computed from
/// these, and rounding of the amounts excuses none.
fn judge(found: &[Recomputed], outcomes: &mut RuleOutcomes<'_>) {
    let exactly = |found: &&Recomputed| found.rate.judge(found.computed, Decimal::ZERO).is_none();
    let exact = found.iter().filter(exactly).count();
    let are_exact = exact >= MIN_EXACT && (found.len() - exact) * MOST_INEXACT <= found.len();
    for one in found {
        let Recomputed { rate, computed, .. } = one;
        let place = outcomes.place(one.place).into_iter().collect();
        let message = format!("{}：文字所述{}%，按金额计算为{}%", one.name, rate.value, computed.round_dp(2));
        let inexact = (are_exact && !exactly(&one)).then_some(Severity::Note);
        match rate.judge(*computed, one.spread).or(inexact) {
            None => outcomes.pass(message, place),
            severity => outcomes.fail(Fault {
                message,
                actual: Some(format!("{}%", rate.value)),
                expected: Some(format!("{}%", computed.round_dp(2))),
                places: place,
                severity,
            }),
        }
    }
}
