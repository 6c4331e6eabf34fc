//! Figures with their precision and place, and the comparison of sums of them.

use rust_decimal::Decimal;

/// Where a printed figure stands. All numbers count from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Place {
    /// A cell of a table.
    Cell {
        /// Place of the table in `tables`.
        table: usize,
        /// Row.
        row: usize,
        /// Column.
        column: usize,
    },
    /// The amount of a statement of the narrative.
    Statement(usize),
    /// The approved amount of a project.
    Project(usize),
}

impl Place {
    /// Whether both are in one table, or neither is in one.
    fn shares_table(self, other: Place) -> bool {
        match (self, other) {
            (Place::Cell { table, .. }, Place::Cell { table: other, .. }) => table == other,
            (Place::Cell { .. }, _) | (_, Place::Cell { .. }) => false,
            _ => true,
        }
    }
}

/// A printed figure.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Figure {
    /// Its value in its own unit.
    pub(crate) value: Decimal,
    /// Half a unit of its last digit, in its own unit: how far rounding can have moved it.
    pub(crate) half_step: Decimal,
    /// Yuan in its unit, where the unit is known.
    pub(crate) yuan: Option<u64>,
    /// Where it stands.
    pub(crate) place: Place,
}

impl Figure {
    /// A figure printed with `decimals` digits after the point.
    ///
    /// An amount printed to the fen is exact: there is no smaller coin to round away.
    pub(crate) fn new(value: Decimal, decimals: u32, yuan: Option<u64>, place: Place) -> Self {
        let step = Decimal::new(1, decimals.min(Decimal::MAX_SCALE));
        let in_yuan = yuan.and_then(|yuan| step.checked_mul(Decimal::from(yuan)));
        let exact = in_yuan.is_some_and(|step| step <= Decimal::new(1, 2));
        let half_step = if exact { Decimal::ZERO } else { step / Decimal::TWO };
        Self { value, half_step, yuan, place }
    }

    /// Value and half step in a unit of so many yuan.
    fn scaled(&self, unit: Decimal) -> Option<(Decimal, Decimal)> {
        let factor = Decimal::from(self.yuan?).checked_div(unit)?;
        Some((self.value.checked_mul(factor)?, self.half_step.checked_mul(factor)?))
    }
}

/// Two sums brought together.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Difference {
    /// Sum of the left side, in the unit of its first figure.
    pub(crate) left: Decimal,
    /// Sum of the right side, in the same unit.
    pub(crate) right: Decimal,
    /// How much of a difference rounding explains, in the same unit.
    pub(crate) tolerance: Decimal,
}

impl Difference {
    /// Left less right.
    pub(crate) fn amount(&self) -> Decimal {
        self.left - self.right
    }

    /// Whether rounding explains the difference.
    pub(crate) fn is_rounding(&self) -> bool {
        self.amount().abs() <= self.tolerance
    }
}

/// Why two sums cannot be compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Incomparable {
    /// They are in different units, of which one is not known.
    UnknownUnit,
    /// One side has no figure.
    NoFigure,
    /// An amount beyond what exact decimals hold.
    TooLarge,
}

/// Compares two sums exactly, whatever their units.
///
/// The tolerance is half a unit of the last printed digit for each addend: with a total that is itself rounded, the
/// difference of `n` rounded addends is at most `n` halves, as it is a whole number of units. Two printings of one
/// figure may differ by one unit, since systems shift the last digit to make tables add up (尾差调整). Figures that
/// are 0 were not rounded. Where units differ, a figure of the coarser unit brings its own half unit.
pub(crate) fn compare(left: &[Figure], right: &[Figure]) -> Result<Difference, Incomparable> {
    let first = left.first().ok_or(Incomparable::NoFigure)?;
    if right.is_empty() {
        return Err(Incomparable::NoFigure);
    }
    let same_unit = left.iter().chain(right).all(|figure| figure.yuan == first.yuan);
    // The figures of one table are in one unit, whichever it is; those of two tables need not be.
    let is_elsewhere = |figure: &Figure| !figure.place.shares_table(first.place);
    if first.yuan.is_none() && left.iter().chain(right).any(is_elsewhere) {
        return Err(Incomparable::UnknownUnit);
    }
    let unit = match (same_unit, first.yuan) {
        (true, _) => None,
        (false, Some(yuan)) => Some(Decimal::from(yuan)),
        (false, None) => return Err(Incomparable::UnknownUnit),
    };
    if unit.is_some() && left.iter().chain(right).any(|figure| figure.yuan.is_none()) {
        return Err(Incomparable::UnknownUnit);
    }
    let total = |figures: &[Figure]| -> Option<(Decimal, Decimal, Decimal)> {
        let (mut sum, mut halves, mut largest) = (Decimal::ZERO, Decimal::ZERO, Decimal::ZERO);
        for figure in figures {
            let (value, half) = unit.map_or(Some((figure.value, figure.half_step)), |unit| figure.scaled(unit))?;
            sum = sum.checked_add(value)?;
            largest = largest.max(half);
            if !value.is_zero() {
                halves += half;
            }
        }
        Some((sum, halves, largest))
    };
    let (left, left_halves, left_largest) = total(left).ok_or(Incomparable::TooLarge)?;
    let (right, right_halves, right_largest) = total(right).ok_or(Incomparable::TooLarge)?;
    let tolerance = left_halves.max(right_halves).max(left_largest + right_largest).normalize();
    Ok(Difference { left, right, tolerance })
}

#[cfg(test)]
pub(crate) mod testing {
    use super::*;

    /// A figure as printed, in a unit of so many yuan.
    pub(crate) fn figure(text: &str, yuan: u64) -> Figure {
        let value = Decimal::from_str_exact(text).expect("a decimal");
        Figure::new(value, value.scale(), Some(yuan), Place::Statement(0))
    }
}

#[cfg(test)]
mod tests {
    use super::testing::figure;
    use super::*;

    fn rounds(left: &[&str], right: &[&str]) -> bool {
        let figures = |texts: &[&str]| texts.iter().map(|text| figure(text, 10_000)).collect::<Vec<_>>();
        compare(&figures(left), &figures(right)).expect("comparable").is_rounding()
    }

    #[test]
    fn half_a_unit_for_each_addend() {
        assert!(rounds(&["2045.24"], &["1831.92", "213.33"]));
        assert!(!rounds(&["2045.24"], &["1831.92", "213.34"]));
        assert!(!rounds(&["100.05"], &["60.00", "40.00"]), "a real 0.05 is not excused");
        let twelve = ["1.00"; 12];
        assert!(rounds(&["12.02"], &twelve), "0.02 over twelve addends is rounding");
        assert!(!rounds(&["12.07"], &twelve));
    }

    #[test]
    fn zeros_were_not_rounded() {
        assert!(!rounds(&["10.02"], &["10.00", "0.00", "0.00", "0.00", "0.00"]));
    }

    #[test]
    fn fen_are_exact() {
        let yuan = |text| figure(text, 1);
        let found = compare(&[yuan("10.01")], &[yuan("5.00"), yuan("5.00")]).expect("comparable");
        assert!(!found.is_rounding());
        assert_eq!(found.tolerance, Decimal::ZERO);
    }

    #[test]
    fn units_are_brought_together_exactly() {
        let found = compare(&[figure("0.83", 10_000)], &[figure("8300.00", 1)]).expect("comparable");
        assert_eq!((found.left, found.amount()), (Decimal::new(83, 2), Decimal::ZERO));
        let found = compare(&[figure("8349.99", 1)], &[figure("0.83", 10_000)]).expect("comparable");
        assert!(found.is_rounding(), "0.83 万元 is anything from 8250 to 8350 yuan");
        let found = compare(&[figure("8351.00", 1)], &[figure("0.83", 10_000)]).expect("comparable");
        assert!(!found.is_rounding());
    }

    #[test]
    fn unknown_units_are_not_guessed() {
        let unknown = Figure { yuan: None, ..figure("1.00", 1) };
        assert_eq!(compare(&[unknown], &[figure("1.00", 1)]), Err(Incomparable::UnknownUnit));
        assert!(compare(&[unknown], &[unknown]).is_ok(), "the same unit, whichever it is");
        assert_eq!(compare(&[unknown], &[]), Err(Incomparable::NoFigure));
        let cell = |table| Figure { place: Place::Cell { table, row: 0, column: 0 }, ..unknown };
        assert!(compare(&[cell(0)], &[cell(0)]).is_ok());
        assert_eq!(compare(&[cell(0)], &[cell(1)]), Err(Incomparable::UnknownUnit), "two tables");
    }
}
