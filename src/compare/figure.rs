//! Two figures → their difference, exactly.

use rust_decimal::{Decimal, RoundingStrategy};

use super::{AmountChange, PrintedFigure};
use crate::document::Money;

/// Digits after the point of a percentage.
const PERCENT_DIGITS: u32 = 2;
/// The unit of differences between figures that are printed in different units.
const YUAN: &str = "元";

/// Exact values of two figures in one unit.
struct InOneUnit {
    old: Decimal,
    new: Decimal,
    unit: Option<String>,
}

/// The change from one figure to another; `None` where nothing changed: printed with more digits, or in another unit,
/// or a printed zero where the other cell is empty.
pub(super) fn change(old: Option<PrintedFigure>, new: Option<PrintedFigure>) -> Option<AmountChange> {
    let values = in_one_unit(old.as_ref(), new.as_ref());
    let difference = values.new.checked_sub(values.old)?;
    if difference.is_zero() {
        return None;
    }
    Some(AmountChange {
        old,
        new,
        difference: Some(difference.to_string()),
        unit: values.unit,
        percent: percent(difference, values.old),
    })
}

/// Both figures in the printed unit where they share it, else in yuan; an empty cell counts as nothing.
fn in_one_unit(old: Option<&PrintedFigure>, new: Option<&PrintedFigure>) -> InOneUnit {
    let printed = |figure: Option<&PrintedFigure>| figure.map_or(Decimal::ZERO, |figure| figure.amount.value());
    if let (Some(before), Some(after)) = (old, new)
        && before.unit != after.unit
        && let (Some(old), Some(new)) = (yuan(before), yuan(after))
    {
        return InOneUnit { old, new, unit: Some(YUAN.to_owned()) };
    }
    let unit = new.or(old).and_then(|figure| figure.unit.clone());
    InOneUnit { old: printed(old), new: printed(new), unit }
}

fn yuan(figure: &PrintedFigure) -> Option<Decimal> {
    figure.amount_yuan.map(Money::value)
}

/// A difference in per cent of what was; `None` where that was nothing.
pub(super) fn percent(difference: Decimal, old: Decimal) -> Option<String> {
    let share = difference.checked_mul(Decimal::ONE_HUNDRED)?.checked_div(old.abs())?;
    let mut share = share.round_dp_with_strategy(PERCENT_DIGITS, RoundingStrategy::MidpointAwayFromZero);
    share.rescale(PERCENT_DIGITS);
    Some(share.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn figure(amount: &str, unit: &str, yuan: Option<&str>) -> PrintedFigure {
        PrintedFigure {
            amount: amount.parse().expect("a decimal"),
            unit: Some(unit.to_owned()),
            amount_yuan: yuan.map(|yuan| yuan.parse().expect("a decimal")),
            page: None,
        }
    }

    fn changed(old: &str, new: &str) -> Option<(String, Option<String>)> {
        let change = change(Some(figure(old, "万元", None)), Some(figure(new, "万元", None)))?;
        Some((change.difference.expect("decimals"), change.percent))
    }

    #[test]
    fn differences_are_exact() {
        assert_eq!(changed("2801.90", "2812.49"), Some(("10.59".into(), Some("0.38".into()))));
        assert_eq!(changed("18.30", "18.00"), Some(("-0.30".into(), Some("-1.64".into()))));
        assert_eq!(changed("0.1", "0.3"), Some(("0.2".into(), Some("200.00".into()))));
        assert_eq!(changed("-2", "-1"), Some(("1".into(), Some("50.00".into()))), "a smaller loss is more");
    }

    #[test]
    fn of_nothing_there_is_no_percentage() {
        assert_eq!(changed("0.00", "5.00"), Some(("5.00".into(), None)));
        let change = change(None, Some(figure("5.00", "万元", None))).expect("a change");
        assert_eq!((change.difference.as_deref(), change.percent), (Some("5.00"), None));
    }

    #[test]
    fn halves_are_rounded_away_from_zero() {
        assert_eq!(percent(Decimal::new(1, 0), Decimal::new(800, 0)).as_deref(), Some("0.13"));
        assert_eq!(percent(Decimal::new(-1, 0), Decimal::new(800, 0)).as_deref(), Some("-0.13"));
    }

    #[test]
    fn more_digits_or_an_empty_cell_for_a_zero_are_no_change() {
        assert_eq!(changed("1.0", "1.00"), None);
        assert_eq!(change(None, Some(figure("0.00", "万元", None))), None);
        assert_eq!(change(None, None), None);
    }

    #[test]
    fn figures_in_different_units_are_compared_in_yuan() {
        let old = figure("937.12", "万元", Some("9371200.00"));
        assert_eq!(change(Some(old.clone()), Some(figure("9371200", "元", Some("9371200.00")))), None);
        let change = change(Some(old), Some(figure("9371300", "元", Some("9371300.00")))).expect("a change");
        assert_eq!((change.difference.as_deref(), change.unit.as_deref()), (Some("100.00"), Some("元")));
    }
}
