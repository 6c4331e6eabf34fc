//! Shares (占…%), recomputed.

use rust_decimal::Decimal;

use super::Prose;
use super::reading::Reading;
use crate::check::examination::Examination;
use crate::check::figure::Figure;
use crate::check::outcomes::{Fault, RuleOutcomes};
use crate::check::rule::Rule;
use crate::document::Severity;

/// Shares that together make a whole differ from 100 per cent by at most this, through rounding.
const WHOLE_SPREAD: Decimal = Decimal::from_parts(1, 0, 0, false, 0);

/// A share is of a whole that is stated before it, of the sum of the list it stands in, or of a table's total. If it is
/// none of any of them, and the other shares of its paragraph are of one of them, it is wrong.
pub(super) const SHARE_OF_WHOLE: Rule = Rule {
    id: "share-of-whole",
    severity: Severity::Error,
    title: "占比 = 部分 ÷ 总额",
    title_en: "share = part / whole",
    run: |ledger, outcomes| {
        let readings = &Prose::of(ledger).readings;
        let mut at = 0;
        while at < readings.len() {
            let end = (at + 1..readings.len())
                .find(|next| !belongs(&readings[at], &readings[*next]))
                .unwrap_or(readings.len());
            group(&readings[..end], at, ledger, outcomes);
            at = end;
        }
        if outcomes.is_silent() {
            outcomes.not_applicable("文字没有占比", None);
        }
    },
};

/// Whether two amounts are of one section: shares may be of what a paragraph before states.
fn belongs(first: &Reading, other: &Reading) -> bool {
    first.placed.section == other.placed.section
}

/// Checks the shares of a section, of which `readings` from `start` on are the amounts.
fn group(readings: &[Reading], start: usize, ledger: &Examination<'_>, outcomes: &mut RuleOutcomes<'_>) {
    let own = &readings[start..];
    let shares: Vec<(usize, Share)> =
        own.iter().enumerate().filter_map(|(at, reading)| Some((at, Share::of(reading)?))).collect();
    if shares.is_empty() {
        return;
    }
    let mut wholes: Vec<Figure> = own.iter().map(|reading| reading.figure).collect();
    wholes.extend(sum(&shares, own));
    let in_tables: Vec<Figure> = Prose::of(ledger).figures.wholes().collect();
    let fits = |share: &Share, whole: &Figure| share.is_of(whole);
    let all: Vec<&Figure> = wholes.iter().chain(&in_tables).collect();
    // The whole that most shares are of, apart from those of 100 per cent of themselves.
    let support = |whole: &Figure| shares.iter().filter(|(_, share)| !share.is_all() && fits(share, whole)).count();
    let best = wholes.iter().max_by_key(|whole| support(whole)).filter(|whole| support(whole) > 0);
    for (at, share) in &shares {
        let reading = &own[*at];
        let message = |whole: &str| format!("{}：占比{}%{whole}", reading.name(), share.percent);
        let place = outcomes.place(reading.figure.place).into_iter().collect();
        if share.percent > Decimal::ONE_HUNDRED {
            outcomes.fail(Fault {
                message: message("，部分大于总额"),
                actual: Some(format!("{}%", share.percent)),
                places: place,
                ..Fault::default()
            });
        } else if all.iter().any(|whole| fits(share, whole)) {
            outcomes.pass(message("与金额相符"), place);
        } else if let Some(computed) =
            best.filter(|whole| whole.value != share.figure.value).and_then(|whole| share.computed(whole))
        {
            // Shares are adjusted in their last digit so that they make 100 per cent.
            let is_adjusted = (computed - share.percent).abs() <= share.half_step * Decimal::from(3);
            outcomes.fail(Fault {
                severity: is_adjusted.then_some(Severity::Note),
                message: message(&format!("，按金额计算为{}%", computed.round_dp(2))),
                actual: Some(format!("{}%", share.percent)),
                expected: Some(format!("{}%", computed.round_dp(2))),
                places: place,
            });
        } else {
            let reason = format!("{}：看不出占比的总额", reading.name());
            outcomes.not_applicable(reason, Some(reading.figure.place));
        }
    }
}

/// The sum of the parts whose shares make a whole.
fn sum(shares: &[(usize, Share)], own: &[Reading]) -> Option<Figure> {
    let percent: Decimal = shares.iter().map(|(_, share)| share.percent).sum();
    let first = own[shares.first()?.0].figure;
    let same_unit = shares.iter().all(|(at, _)| own[*at].figure.yuan == first.yuan);
    let is_whole = (percent - Decimal::ONE_HUNDRED).abs() <= WHOLE_SPREAD && shares.len() > 1 && same_unit;
    let value = shares.iter().map(|(at, _)| own[*at].figure.value).sum();
    let half_step = shares.iter().map(|(at, _)| own[*at].figure.half_step).sum();
    is_whole.then_some(Figure { value, half_step, cut: half_step, ..first })
}

/// A stated share.
struct Share {
    figure: Figure,
    percent: Decimal,
    half_step: Decimal,
}

impl Share {
    fn of(reading: &Reading) -> Option<Self> {
        let percent = reading.statement().share_pct?.value();
        let half_step = Decimal::new(5, (percent.scale() + 1).min(Decimal::MAX_SCALE));
        Some(Self { figure: reading.figure, percent, half_step })
    }

    fn is_all(&self) -> bool {
        self.percent == Decimal::ONE_HUNDRED
    }

    /// The share that the amounts give.
    fn computed(&self, whole: &Figure) -> Option<Decimal> {
        let factor = Decimal::from(self.figure.yuan?).checked_div(Decimal::from(whole.yuan?))?;
        self.figure.value.checked_mul(factor)?.checked_mul(Decimal::ONE_HUNDRED)?.checked_div(whole.value)
    }

    fn is_of(&self, whole: &Figure) -> bool {
        let Some(computed) = self.computed(whole) else { return false };
        // Rounding of the amounts moves the share by far less than that of the share itself, but for small wholes.
        let spread =
            whole.half_step.checked_mul(Decimal::ONE_HUNDRED).and_then(|half| half.checked_div(whole.value.abs()));
        (computed - self.percent).abs() <= self.half_step + spread.unwrap_or_default() * Decimal::TWO
    }
}
