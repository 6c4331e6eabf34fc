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
    /// How far rounding can have moved it, in its own unit: half a unit of its last digit, or of the last digit of its
    /// table where that leaves out zeros at the end.
    pub(crate) half_step: Decimal,
    /// Half a unit of its own last digit: how far a number format can have cut it.
    pub(crate) cut: Decimal,
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
        let half_step = half_step(decimals, yuan);
        let cut = if decimals == value.scale() { half_step } else { self::half_step(value.scale(), yuan) };
        Self { value, half_step, cut, yuan, place }
    }

    /// The figure of an empty cell: nothing, and nothing of it was rounded away.
    pub(crate) fn nothing(yuan: Option<u64>, place: Place) -> Self {
        Self { value: Decimal::ZERO, half_step: Decimal::ZERO, cut: Decimal::ZERO, yuan, place }
    }

    /// The same amount in a unit of so many yuan.
    fn scaled(&self, unit: Decimal) -> Option<Self> {
        let factor = Decimal::from(self.yuan?).checked_div(unit)?;
        let [value, half_step, cut] = [self.value, self.half_step, self.cut].map(|part| part.checked_mul(factor));
        Some(Self { value: value?, half_step: half_step?, cut: cut?, ..*self })
    }
}

/// Half a unit of the last of so many digits after the point.
fn half_step(decimals: u32, yuan: Option<u64>) -> Decimal {
    let step = Decimal::new(1, decimals.min(Decimal::MAX_SCALE));
    let in_yuan = yuan.and_then(|yuan| step.checked_mul(Decimal::from(yuan)));
    let exact = in_yuan.is_some_and(|step| step <= Decimal::new(1, 2));
    if exact { Decimal::ZERO } else { step / Decimal::TWO }
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
    /// The same where each figure is only known to its own last digit.
    pub(crate) cut: Decimal,
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

    /// Whether digits that were not printed may explain the difference.
    pub(crate) fn may_be_cut(&self) -> bool {
        self.amount().abs() <= self.cut
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
    let (left, right) =
        (Sum::of(left, unit).ok_or(Incomparable::TooLarge)?, Sum::of(right, unit).ok_or(Incomparable::TooLarge)?);
    let tolerance = left.half_steps.explain(&right.half_steps);
    let cut = left.cuts.explain(&right.cuts).max(tolerance);
    Ok(Difference { left: left.value, right: right.value, tolerance, cut })
}

/// A sum of figures, and how far rounding can have moved it.
#[derive(Default)]
struct Sum {
    value: Decimal,
    half_steps: Spread,
    cuts: Spread,
}

/// How far rounding can have moved some figures.
#[derive(Default)]
struct Spread {
    /// All of them together; what is 0 was not rounded.
    all: Decimal,
    /// The coarsest of them.
    largest: Decimal,
}

impl Sum {
    /// Of figures in one unit, or brought to a unit; `None` where they are too large.
    fn of(figures: &[Figure], unit: Option<Decimal>) -> Option<Self> {
        let mut sum = Self::default();
        for figure in figures {
            let figure = unit.map_or(Some(*figure), |unit| figure.scaled(unit))?;
            sum.value = sum.value.checked_add(figure.value)?;
            sum.half_steps.add(figure.half_step, &figure);
            sum.cuts.add(figure.cut, &figure);
        }
        Some(sum)
    }
}

impl Spread {
    fn add(&mut self, half: Decimal, figure: &Figure) {
        self.largest = self.largest.max(half);
        if !figure.value.is_zero() {
            self.all += half;
        }
    }

    /// How much of a difference between two sums they explain.
    fn explain(&self, other: &Spread) -> Decimal {
        self.all.max(other.all).max(self.largest + other.largest).normalize()
    }
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
