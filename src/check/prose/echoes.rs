//! Amounts that the document states several times: one printing that differs from the others is a misprint.

use rust_decimal::Decimal;
use rustc_hash::FxHashSet;

use super::Prose;
use super::reading::{Reading, Time};
use crate::check::examination::Examination;
use crate::check::figure::Figure;
use crate::check::outcomes::{Fault, RuleOutcomes};
use crate::check::rule::Rule;
use crate::document::{Money, Severity};
use crate::language::years::year_in;

/// Amounts with fewer digits are equal by chance.
const MIN_DIGITS_EQUAL: usize = 4;

/// Amounts with fewer digits differ in one of them by chance: of those that prose states, and of those of the tables,
/// which are more.
const MIN_DIGITS_STATED: usize = 5;
const MIN_DIGITS_PRINTED: usize = 6;

/// Where an amount comes again, so do its change and its rate: 财政拨款收入9628.22万元，增加793.14万元 and
/// 财政拨款支出9628.22万元，增加793.14万元.
pub(super) const EQUAL_AMOUNTS_CHANGE_ALIKE: Rule = Rule {
    id: "equal-amounts-change-alike",
    severity: Severity::Note,
    title: "金额相同的，增减额和幅度也相同",
    title_en: "equal amounts state equal changes",
    run: |ledger, outcomes| {
        let readings: Vec<&Reading> =
            Prose::of(ledger).readings.iter().filter(|reading| reading.time == Time::Current).collect();
        for (at, later) in readings.iter().enumerate() {
            let first = readings[..at].iter().find_map(|first| Some((*first, unlike(first, later)?)));
            if let Some((first, (one, other))) = first {
                outcomes.fail(Fault {
                    message: format!("{}与{}金额或增减额相同，所述增减却是{other}与{one}", later.name(), first.name()),
                    actual: Some(other.to_string()),
                    expected: Some(one.to_string()),
                    places: outcomes.place(later.figure.place).into_iter().collect(),
                    ..Fault::default()
                });
            }
        }
        if outcomes.is_silent() {
            outcomes.pass("金额相同的，增减相同", Vec::new());
        }
    },
};

/// The changes or rates of two readings that should be one: of equal amounts, or of equal changes in one direction.
fn unlike(first: &Reading, later: &Reading) -> Option<(Money, Money)> {
    let (one, other) = (first.statement(), later.statement());
    if one.change_direction != other.change_direction || one.change_direction.is_none() || one.unit != other.unit {
        return None;
    }
    // Equal amounts may be rounded ones: their changes may differ in the last digit.
    let is_rounding = |one: Money, other: Money| {
        let scale = one.value().scale().max(other.value().scale()).min(Decimal::MAX_SCALE);
        (one.value() - other.value()).abs() <= Decimal::new(1, scale)
    };
    let differ =
        |one: Option<Money>, other: Option<Money>| one.zip(other).filter(|(one, other)| !is_rounding(*one, *other));
    let equal = |one: Option<Money>, other: Option<Money>| {
        one.zip(other).is_some_and(|(one, other)| one == other && digits(one.value()).len() >= MIN_DIGITS_EQUAL)
    };
    if equal(one.amount, other.amount) {
        differ(one.change_amount, other.change_amount).or_else(|| differ(one.change_pct, other.change_pct))
    } else if equal(one.change_amount, other.change_amount) && one.change_pct == other.change_pct {
        differ(one.amount, other.amount).filter(|(one, other)| are_nearly_equal(one.value(), other.value()))
    } else if equal(one.change_amount, other.change_amount) && (one.amount.is_none() || other.amount.is_none()) {
        differ(one.change_pct, other.change_pct)
    } else {
        None
    }
}

/// A stated amount that is printed nowhere else, but for one digit: a misprint, there or here.
pub(super) const NEARLY_EQUAL: Rule = Rule {
    id: "amount-nearly-equal",
    severity: Severity::Note,
    title: "文字所述金额与他处金额没有一位之差",
    title_en: "no stated amount differs from others in one digit only",
    run: |ledger, outcomes| {
        let prose = Prose::of(ledger);
        let amounts = Amounts::of(&prose.readings, ledger);
        for reading in &prose.readings {
            let value = in_yuan(&reading.figure);
            let Some(value) = value.filter(|value| amounts.is_alone(*value)) else { continue };
            let digits = digits(reading.figure.value).len();
            let rounds = |other: Decimal| {
                let figure = Figure {
                    value: other,
                    half_step: Decimal::ZERO,
                    cut: Decimal::ZERO,
                    yuan: Some(1),
                    ..reading.figure
                };
                super::tables::agree(&[reading.figure], &[figure])
            };
            let is_near = |other: &Decimal| are_nearly_equal(value, *other) && !rounds(*other);
            let near = |others: &[Decimal]| others.iter().copied().find(is_near);
            let of_name = || {
                let named = prose.figures.meant(reading, ledger);
                let figures = named.iter().flat_map(|named| &named.figures).filter_map(in_yuan);
                near(&figures.collect::<Vec<_>>()).filter(|_| digits >= MIN_DIGITS_EQUAL - 1)
            };
            let stated = || near(&amounts.repeated).filter(|_| digits >= MIN_DIGITS_STATED);
            let printed = || near(&amounts.printed).filter(|_| digits >= MIN_DIGITS_PRINTED);
            let other = of_name().or_else(stated).or_else(printed);
            if let Some(other) = other.filter(|_| !outcomes.has_failed(reading.figure.place)) {
                fail(reading, other, outcomes);
            }
        }
        if outcomes.is_silent() {
            outcomes.pass("没有一位之差的金额", Vec::new());
        }
    },
};

fn fail(reading: &Reading, other: Decimal, outcomes: &mut RuleOutcomes<'_>) {
    let unit = reading.figure.yuan.map_or(Decimal::ONE, Decimal::from);
    let Some(expected) = other.checked_div(unit) else { return };
    let (stated, expected) = (reading.figure.value, expected.normalize());
    outcomes.fail(Fault {
        message: format!("{}：文字作{stated}，他处作{expected}", reading.name()),
        actual: Some(stated.to_string()),
        expected: Some(expected.to_string()),
        places: outcomes.place(reading.figure.place).into_iter().collect(),
        ..Fault::default()
    });
}

/// The amounts of a document, in yuan.
struct Amounts {
    /// Those of the tables.
    printed: Vec<Decimal>,
    /// Of those that prose states, those that come more than once or stand in a table.
    repeated: Vec<Decimal>,
    once: FxHashSet<Decimal>,
}

impl Amounts {
    fn of(readings: &[Reading], ledger: &Examination<'_>) -> Self {
        let in_tables: FxHashSet<Decimal> =
            ledger.known_tables().flat_map(|table| table.all_figures()).filter_map(|figure| in_yuan(&figure)).collect();
        let (mut once, mut repeated) = (FxHashSet::default(), FxHashSet::default());
        for value in readings.iter().filter_map(|reading| in_yuan(&reading.figure)) {
            if in_tables.contains(&value) || !once.insert(value) {
                repeated.insert(value);
            }
        }
        once.retain(|value| !repeated.contains(value));
        let sorted = |values: FxHashSet<Decimal>| {
            let mut values: Vec<Decimal> = values.into_iter().collect();
            values.sort_unstable();
            values
        };
        Self { printed: sorted(in_tables), repeated: sorted(repeated), once }
    }

    /// Whether an amount is stated once and stands in no table.
    fn is_alone(&self, value: Decimal) -> bool {
        self.once.contains(&value)
    }
}

fn in_yuan(figure: &Figure) -> Option<Decimal> {
    let value = figure.value.checked_mul(Decimal::from(figure.yuan?))?.normalize();
    (!value.is_zero()).then_some(value)
}

/// The digits of a number, without zeros at its beginning and end.
fn digits(value: Decimal) -> Vec<u8> {
    let digits = value.normalize().mantissa().unsigned_abs().to_string().into_bytes();
    let end = digits.iter().rposition(|digit| *digit != b'0').map_or(0, |at| at + 1);
    digits[..end].to_vec()
}

/// Whether two numbers of one magnitude differ in one digit, or in two neighbouring ones that have changed places.
fn are_nearly_equal(one: Decimal, other: Decimal) -> bool {
    let difference = (one - other).abs().normalize();
    if difference.is_zero() {
        return false;
    }
    let scale = one.normalize().scale().max(other.normalize().scale());
    let texts = [one, other].map(|value| {
        let mut value = value;
        value.rescale(scale);
        value.mantissa().unsigned_abs().to_string().into_bytes()
    });
    let [one, other] = texts;
    if one.len() != other.len() {
        return false;
    }
    let differing: Vec<usize> = (0..one.len()).filter(|at| one[*at] != other[*at]).collect();
    match differing[..] {
        [_] => true,
        [first, second] => second == first + 1 && one[first] == other[second] && one[second] == other[first],
        _ => false,
    }
}

/// An amount that prose gives to the year before and that the tables have for the document's own, or one that it gives
/// to a year that no budget of the document's year speaks of.
pub(super) const YEAR_OF_AMOUNT: Rule = Rule {
    id: "year-of-amount",
    severity: Severity::Note,
    title: "文字所述金额的年份正确",
    title_en: "amounts are stated of the right year",
    run: |ledger, outcomes| {
        let Some(own) = ledger.publication.fiscal_year else { return outcomes.not_applicable("年度不明", None) };
        let prose = Prose::of(ledger);
        for reading in prose.readings.iter().filter(|reading| reading.time == Time::Other && !reading.is_change) {
            let clause = super::reading::clause(&reading.placed.words);
            let Some(named) = year_in(clause).filter(|named| *named != own) else { continue };
            let is_long = digits(reading.figure.value).len() >= MIN_DIGITS_EQUAL;
            let is = |figures: &[Figure]| {
                super::tables::agree(&[reading.figure], figures) && figures.iter().all(|figure| !figure.value.is_zero())
            };
            let meant = prose.figures.meant(reading, ledger);
            let of_own = meant.iter().any(|found| is(&found.figures));
            let of_before = meant.iter().any(|found| found.prior.as_ref().is_some_and(|prior| is(prior)));
            let is_unchanged = || {
                let own = prose.readings.iter().filter(|other| other.time == Time::Current);
                own.into_iter().any(|other| other.shares_paragraph(reading) && is(&[other.figure]))
            };
            if is_long && of_own && !of_before && !is_unchanged() {
                let message = format!("{}：文字称是{named}年的金额，表中是{own}年的", reading.name());
                outcomes.fail(Fault {
                    message,
                    actual: Some(named.to_string()),
                    expected: Some(own.to_string()),
                    places: outcomes.place(reading.figure.place).into_iter().collect(),
                    ..Fault::default()
                });
            }
        }
        if outcomes.is_silent() {
            outcomes.pass("金额的年份与表一致", Vec::new());
        }
    },
};

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::testing::faults_in;

    #[test]
    fn one_digit_apart() {
        let near = |one: &str, other: &str| {
            let number = |text| Decimal::from_str_exact(text).expect("a decimal");
            are_nearly_equal(number(one), number(other))
        };
        assert!(near("38297.20", "38299.20") && near("598.42", "598.24") && near("9628.2", "9628.22"));
        assert!(!near("598.42", "598.42") && !near("598.42", "548.92") && !near("598.42", "5984.2"));
    }

    #[test]
    fn a_repeated_amount_with_another_digit() {
        let text = "编报绩效目标涉及预算金额59842.5万元；绩效跟踪评价涉及预算金额59842.5万元；绩效自评涉及预算金额59847.5万元。";
        assert_eq!(faults_in(&NEARLY_EQUAL, text), 1);
    }

    #[test]
    fn equal_amounts_with_other_changes() {
        let text = |change: &str| {
            format!("财政拨款收入9628.22万元，比上年增加793.14万元；财政拨款支出9628.22万元，比上年增加{change}万元。")
        };
        assert_eq!(faults_in(&EQUAL_AMOUNTS_CHANGE_ALIKE, &text("793.14")), 0);
        assert_eq!(faults_in(&EQUAL_AMOUNTS_CHANGE_ALIKE, &text("793.41")), 1);
    }
}
