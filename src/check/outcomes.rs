//! What came of the checks: every comparison with its outcome, and which figures it confirms.

use rust_decimal::Decimal;

use super::examination::Examination;
use super::figure::{Difference, Figure, Incomparable, Place, compare};
use super::ledger::Ledger;
use super::rule::Rule;
use crate::document::PageNumber;
use crate::document::written;
use crate::document::{Check, CheckPlace, CheckStatus, Severity};

/// Pages whose finding is named; the others are only counted.
const MAX_PLACES: usize = 12;

/// What a comparison that holds says of its figures.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Evidence {
    /// That each has this amount in this place.
    Place,
    /// That the amounts of a row are right together: a part may have slipped into the column beside its own.
    Row,
}

/// A comparison of figures that was made.
#[derive(Clone, Debug)]
pub(crate) struct ComparedFigures {
    /// The figures on the left, each with the part it plays: +1.
    pub(crate) left: Vec<Figure>,
    /// The figures on the right.
    pub(crate) right: Vec<Figure>,
    /// How they compare.
    pub(crate) difference: Difference,
    /// What it says of them where it holds.
    pub(crate) evidence: Evidence,
    /// How grave it is where it does not.
    pub(crate) severity: Severity,
    /// Place of its check among all; `None` where nothing but zeros was compared, which is not written down.
    pub(crate) check: Option<usize>,
}

/// All outcomes so far.
#[derive(Default)]
pub(crate) struct Outcomes {
    pub(crate) checks: Vec<Check>,
    pub(crate) comparisons: Vec<ComparedFigures>,
    /// Comparisons that rounding would explain and that confirm nothing all the same.
    pub(crate) doubted: Vec<usize>,
    /// Where the figures stand that explain failures.
    pub(crate) suspects: Vec<Place>,
}

/// Where one rule writes its outcomes.
pub(crate) struct RuleOutcomes<'o> {
    rule: &'static Rule,
    ledger: &'o Ledger<'o>,
    outcomes: &'o mut Outcomes,
    is_silent: bool,
}

/// Something wrong that is no difference of amounts.
#[derive(Clone, Debug, Default)]
pub(crate) struct Fault {
    /// What was found, in Chinese.
    pub(crate) message: String,
    /// What stands there.
    pub(crate) actual: Option<String>,
    /// What should stand there.
    pub(crate) expected: Option<String>,
    /// Where.
    pub(crate) places: Vec<CheckPlace>,
    /// How grave, where that differs from the rule's own.
    pub(crate) severity: Option<Severity>,
}

impl Outcomes {
    /// Runs one rule.
    pub(crate) fn run(&mut self, rule: &'static Rule, examination: &Examination<'_>) {
        (rule.run)(examination, &mut RuleOutcomes { rule, ledger: examination, outcomes: self, is_silent: true });
    }
}

impl RuleOutcomes<'_> {
    /// Compares printed figures with those that should give the same; `message` says what was compared, in Chinese.
    /// Returns whether rounding explains the difference, `None` where there was nothing to compare.
    pub(crate) fn compare(
        &mut self,
        left: &[Figure],
        right: &[Figure],
        message: impl FnOnce() -> String,
    ) -> Option<bool> {
        self.compare_as(self.rule.severity, left, right, message)
    }

    /// Compares the total of a row with its parts in the columns beside it.
    pub(crate) fn compare_in_row(
        &mut self,
        total: Figure,
        parts: &[Figure],
        message: impl FnOnce() -> String,
    ) -> Option<bool> {
        self.compare_for(Evidence::Row, self.rule.severity, &[total], parts, message)
    }

    /// Compares, with a severity other than the rule's own.
    pub(crate) fn compare_as(
        &mut self,
        severity: Severity,
        left: &[Figure],
        right: &[Figure],
        message: impl FnOnce() -> String,
    ) -> Option<bool> {
        self.compare_for(Evidence::Place, severity, left, right, message)
    }

    fn compare_for(
        &mut self,
        evidence: Evidence,
        severity: Severity,
        left: &[Figure],
        right: &[Figure],
        message: impl FnOnce() -> String,
    ) -> Option<bool> {
        let difference = match compare(left, right) {
            Ok(difference) => difference,
            Err(Incomparable::NoFigure) => return None,
            Err(why) => {
                self.not_applicable(why.reason(), left.first().map(|figure| figure.place));
                return None;
            }
        };
        let holds = difference.is_rounding();
        let severity = if !holds && difference.may_be_cut() { Severity::Note } else { severity };
        // That nothing is the sum of nothing confirms the zeros, but tells a reader nothing.
        let says_nothing = holds && left.iter().chain(right).all(|figure| figure.value.is_zero());
        let check = (!says_nothing).then(|| {
            self.write(severity, left, right, &difference, message());
            self.outcomes.checks.len() - 1
        });
        let (left, right) = (left.to_vec(), right.to_vec());
        let comparison = ComparedFigures { left, right, difference, evidence, severity, check };
        self.outcomes.comparisons.push(comparison);
        self.is_silent = false;
        Some(holds)
    }

    /// Writes a comparison down. Of a sum that holds, only the sum's own place is given; of what fails, all places.
    fn write(
        &mut self,
        severity: Severity,
        left: &[Figure],
        right: &[Figure],
        difference: &Difference,
        message: String,
    ) {
        let holds = difference.is_rounding();
        let shown = if holds { left.len().min(1) } else { left.len() };
        let others = if holds && right.len() > 1 { &[][..] } else { right };
        let places = left[..shown].iter().chain(others).filter_map(|figure| self.place(figure.place));
        // Figures of another unit were brought to that of the first: no more zeros at the end than are printed.
        let decimals = left.iter().chain(right).map(|figure| figure.value.scale()).max().unwrap_or(0);
        let written = |value: Decimal| written(with_decimals(value, decimals));
        let check = Check {
            id: self.rule.id.to_owned(),
            status: if holds { CheckStatus::Pass } else { CheckStatus::Fail },
            severity,
            expected: Some(written(difference.right)),
            actual: Some(written(difference.left)),
            difference: Some(written(difference.amount())),
            tolerance: Some(self::written(difference.tolerance)),
            message,
            reason: None,
            doubtful: !holds && left.iter().chain(right).any(|figure| self.ledger.is_doubtful(figure.place)),
            suspect: None,
            places: places.take(MAX_PLACES).collect(),
        };
        self.outcomes.checks.push(check);
    }

    /// The comparisons of one amount with one that hold, of which the first stands in some place.
    pub(crate) fn copies_of(&self, is_there: impl Fn(Place) -> bool) -> Vec<usize> {
        self.holding(is_there, |left, right| (left, right) == (1, 1))
    }

    /// The sums of several amounts that hold, of which the first figure stands in some place.
    pub(crate) fn sums_of(&self, is_there: impl Fn(Place) -> bool) -> Vec<usize> {
        self.holding(is_there, |left, right| left.min(right) == 1 && left.max(right) > 1)
    }

    /// The comparisons that hold, of which the first figure stands in some place, and that have so many amounts that are
    /// not zero on the left and on the right.
    fn holding(&self, is_there: impl Fn(Place) -> bool, has: impl Fn(usize, usize) -> bool) -> Vec<usize> {
        let filled = |figures: &[Figure]| figures.iter().filter(|figure| !figure.value.is_zero()).count();
        let is_meant = |comparison: &ComparedFigures| {
            comparison.left.first().is_some_and(|figure| is_there(figure.place))
                && comparison.check.is_some()
                && comparison.difference.is_rounding()
                && has(filled(&comparison.left), filled(&comparison.right))
        };
        let comparisons = &self.outcomes.comparisons;
        (0..comparisons.len()).filter(|index| is_meant(&comparisons[*index])).collect()
    }

    /// Whether both sides of a comparison are the same to the last digit that both have.
    pub(crate) fn is_exact(&self, comparison: usize) -> bool {
        let ComparedFigures { left, right, difference, .. } = &self.outcomes.comparisons[comparison];
        let same_unit =
            left.iter().chain(right).all(|figure| Some(figure.yuan) == left.first().map(|first| first.yuan));
        let decimals = |figures: &[Figure]| figures.iter().map(|figure| figure.value.scale()).max().unwrap_or(0);
        // What is printed with fewer digits elsewhere was rounded there.
        !same_unit || decimals(left) != decimals(right) || difference.amount().is_zero()
    }

    /// Whether a comparison with the figure of a place has failed.
    pub(crate) fn has_failed(&self, place: Place) -> bool {
        let mut failed = self.outcomes.comparisons.iter().filter(|comparison| !comparison.difference.is_rounding());
        failed.any(|comparison| comparison.left.iter().chain(&comparison.right).any(|figure| figure.place == place))
    }

    /// What was written down of a comparison.
    pub(crate) fn check_of(&self, comparison: usize) -> Option<&Check> {
        self.outcomes.comparisons[comparison].check.map(|at| &self.outcomes.checks[at])
    }

    /// A comparison that shall confirm nothing.
    pub(crate) fn doubt(&mut self, comparison: usize) {
        self.outcomes.doubted.push(comparison);
    }

    /// Writes down what is wrong.
    pub(crate) fn fail(&mut self, fault: Fault) {
        let doubtful = fault.places.iter().any(|place| self.is_doubtful(place));
        self.is_silent = false;
        self.outcomes.checks.push(Check {
            id: self.rule.id.to_owned(),
            status: CheckStatus::Fail,
            severity: fault.severity.unwrap_or(self.rule.severity),
            expected: fault.expected,
            actual: fault.actual,
            difference: None,
            tolerance: None,
            message: fault.message,
            reason: None,
            doubtful,
            suspect: None,
            places: fault.places,
        });
    }

    /// Writes down that something was looked at and is in order.
    pub(crate) fn pass(&mut self, message: impl Into<String>, places: Vec<CheckPlace>) {
        self.is_silent = false;
        self.outcomes.checks.push(Check {
            id: self.rule.id.to_owned(),
            status: CheckStatus::Pass,
            severity: self.rule.severity,
            expected: None,
            actual: None,
            difference: None,
            tolerance: None,
            message: message.into(),
            reason: None,
            doubtful: false,
            suspect: None,
            places,
        });
    }

    /// Writes down why something could not be checked.
    pub(crate) fn not_applicable(&mut self, reason: impl Into<String>, place: Option<Place>) {
        let places = place.and_then(|place| self.place(place)).into_iter().collect();
        self.is_silent = false;
        self.outcomes.checks.push(Check {
            id: self.rule.id.to_owned(),
            status: CheckStatus::NotApplicable,
            severity: self.rule.severity,
            expected: None,
            actual: None,
            difference: None,
            tolerance: None,
            message: self.rule.title.to_owned(),
            reason: Some(reason.into()),
            doubtful: false,
            suspect: None,
            places,
        });
    }

    /// How grave a failure of the rule is at most.
    pub(crate) fn severity(&self) -> Severity {
        self.rule.severity
    }

    /// Whether the rule has found nothing to say yet.
    pub(crate) fn is_silent(&self) -> bool {
        self.is_silent
    }

    /// A place as it is written.
    pub(crate) fn place(&self, place: Place) -> Option<CheckPlace> {
        written_place(place, self.ledger)
    }

    fn is_doubtful(&self, place: &CheckPlace) -> bool {
        let Some(table) = place.table else { return false };
        self.ledger.is_doubtful(Place::Cell { table, row: place.row.unwrap_or(0), column: 0 })
    }
}

/// An amount without zeros at its end beyond so many decimals.
fn with_decimals(value: Decimal, decimals: u32) -> Decimal {
    if value.scale() <= decimals {
        return value;
    }
    let mut plain = value.normalize();
    plain.rescale(plain.scale().max(decimals));
    plain
}

/// A place as it is written.
pub(super) fn written_place(place: Place, ledger: &Ledger<'_>) -> Option<CheckPlace> {
    let written = CheckPlace::on(ledger.page(place)?);
    Some(match place {
        Place::Cell { table, row, column } => {
            CheckPlace { bbox: ledger.bbox(place), ..written.cell(table, row, Some(column)) }
        }
        Place::Statement(index) => CheckPlace { statement: Some(index), bbox: ledger.bbox(place), ..written },
        Place::Project(index) => CheckPlace { project: Some(index), ..written },
    })
}

impl Incomparable {
    fn reason(self) -> &'static str {
        match self {
            Incomparable::UnknownUnit => "单位不明",
            Incomparable::NoFigure => "缺少数字",
            Incomparable::TooLarge => "数字过大",
        }
    }
}

impl CheckPlace {
    /// A page.
    pub(crate) fn on(page: PageNumber) -> Self {
        Self { page, table: None, row: None, column: None, statement: None, project: None, bbox: None }
    }

    /// A row or cell of a table.
    pub(crate) fn cell(self, table: usize, row: usize, column: Option<usize>) -> Self {
        Self { table: Some(table), row: Some(row), column, ..self }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_brought_to_another_unit_have_no_zeros_of_their_own() {
        let shown = |text: &str, decimals| with_decimals(text.parse().expect("a figure"), decimals).to_string();
        assert_eq!(shown("87.708000", 2), "87.708");
        assert_eq!(shown("87.700000", 2), "87.70");
        assert_eq!(shown("87.70", 2), "87.70");
        assert_eq!(shown("87.7", 2), "87.7", "as printed");
    }
}
