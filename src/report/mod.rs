//! The reader's report: what a document's checks found, for people.
//!
//! 1. [`findings`] gathers the failing checks: those that one cell explains are one [`Finding`], gravest first.
//! 2. [`Report`] writes them, in Chinese or English, with what the conversion itself doubted and a [`Tally`].
//! 3. [`FileFindings`] is the same as data.

mod diagnostics;
mod file;
mod number;
mod place;
mod tally;
mod text;
pub(crate) mod words;

use std::cmp::Reverse;

pub use file::{FileError, FileFindings};
pub use tally::Tally;
pub use words::Language;

use crate::document::Error;
use crate::document::{Check, CheckPlace, CheckStatus, Diagnostic, Document, Severity, Suspect};

/// One thing that a reader should look at: a cell with all the failing checks that it explains, or one failing check
/// of which no cell alone is to blame.
#[derive(Clone, Debug, PartialEq)]
pub struct Finding<'d> {
    /// The gravest of its checks.
    pub severity: Severity,
    /// The cell that explains the checks, where there is one.
    pub suspect: Option<&'d Suspect>,
    /// Further cells of its row where the same is printed for the same amount: the mistake was made once.
    pub beside: Vec<&'d Suspect>,
    /// The failing checks, in the order of the document; where there is no suspect, those of one kind in one place.
    pub checks: Vec<&'d Check>,
}

impl<'d> Finding<'d> {
    /// What should be looked at first.
    pub fn place(&self) -> Option<&'d CheckPlace> {
        match self.suspect {
            Some(suspect) => Some(&suspect.place),
            None => self.checks.iter().find_map(|check| check.places.first()),
        }
    }

    /// Whether a failing check has the same cause: the cell that explains it, or a copy of that in the same row; or it is
    /// of the same kind and in the same cell as those that no cell explains.
    fn has_the_cause_of(&self, check: &Check) -> bool {
        match (self.suspect, &check.suspect) {
            (Some(own), Some(other)) => own == other || is_copy(own, other),
            (None, None) => {
                let is_alike = |own: &&&Check| (&own.id, own.severity) == (&check.id, check.severity);
                self.checks.iter().filter(is_alike).any(|own| same_cell(own, check))
            }
            _ => false,
        }
    }

    /// Whether it could be our own misreading.
    pub fn is_doubtful(&self) -> bool {
        self.checks.iter().any(|check| check.doubtful)
    }
}

/// Whether two cells of a row are printed alike and should be the same.
fn is_copy(one: &Suspect, other: &Suspect) -> bool {
    let row = |suspect: &Suspect| (suspect.place.page, suspect.place.table, suspect.place.row);
    let amounts = |suspect: &Suspect| (suspect.printed.clone(), suspect.should_be.clone());
    one.place.row.is_some() && row(one) == row(other) && amounts(one) == amounts(other)
}

/// Whether two checks begin with the same cell or statement.
fn same_cell(one: &Check, other: &Check) -> bool {
    let first = |check: &Check| {
        let place = check.places.first()?;
        let is_exact = place.column.is_some() || place.statement.is_some();
        is_exact.then_some((place.page, place.table, place.row, place.column, place.statement))
    };
    first(one).is_some() && first(one) == first(other)
}

/// The findings of a document: errors first, then warnings, then notes; within these by page, table, row and column.
///
/// ```
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let bytes = std::fs::read("samples/haidong-2023-wrongsum.pdf")?;
/// let document = yusuan::convert(&bytes, &yusuan::Options::default())?;
/// let findings = yusuan::report::findings(&document);
/// let suspect = findings.iter().find_map(|finding| finding.suspect).expect("a planted error");
/// assert_eq!((suspect.printed.as_str(), suspect.should_be.as_str()), ("330.00", "320.00"));
/// # Ok(())
/// # }
/// ```
pub fn findings(document: &Document) -> Vec<Finding<'_>> {
    let mut findings: Vec<Finding<'_>> = Vec::new();
    for check in document.checks.iter().filter(|check| check.status == CheckStatus::Fail) {
        let suspect = check.suspect.as_ref();
        match findings.iter_mut().find(|finding| finding.has_the_cause_of(check)) {
            Some(finding) => {
                finding.severity = finding.severity.max(check.severity);
                finding.checks.push(check);
                let is_known =
                    |suspect: &&Suspect| finding.suspect == Some(*suspect) || finding.beside.contains(suspect);
                let further = suspect.filter(|suspect| !is_known(suspect));
                finding.beside.extend(further);
            }
            None => {
                findings.push(Finding { severity: check.severity, suspect, beside: Vec::new(), checks: vec![check] });
            }
        }
    }
    findings.sort_by_key(|finding| (Reverse(finding.severity), finding.place().map(order)));
    findings
}

/// Whether anything was found that a reader should look at: a failed check, or a warning or error.
pub fn has_findings(document: &Document) -> bool {
    let is_doubt = |diagnostic: &Diagnostic| diagnostic.severity() > Severity::Note;
    document.checks.iter().any(Check::is_finding) || document.diagnostics.iter().any(is_doubt)
}

/// The order of places in a document.
fn order(place: &CheckPlace) -> (u32, Option<usize>, Option<usize>, Option<usize>) {
    (place.page.0, place.table, place.row, place.column)
}

/// How findings are shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Report {
    /// The language of everything that is not the document's own.
    pub language: Language,
    /// Findings and diagnostics below this severity are counted but not shown.
    pub minimum: Severity,
    /// Also shows what was not applicable, with its reason.
    pub with_not_applicable: bool,
}

impl Default for Report {
    fn default() -> Self {
        Self { language: Language::Chinese, minimum: Severity::Note, with_not_applicable: false }
    }
}

impl Report {
    /// The report of one file in lines of text: its findings, or the error in their place. `file` is what the reader
    /// calls the file.
    pub fn text(&self, file: &str, outcome: &Result<Document, Error>) -> String {
        match outcome {
            Ok(document) => text::of_document(self, file, document),
            Err(error) => text::of_error(self.language, file, error),
        }
    }

    /// The last line of a report: all files together.
    pub fn summary(&self, tally: &Tally) -> String {
        tally.summary(self.language)
    }

    /// The report of one file as data, which is the same in every language.
    pub fn file(&self, file: &str, outcome: &Result<Document, Error>) -> FileFindings {
        FileFindings::new(self, file, outcome)
    }
}

#[cfg(test)]
mod testing;

#[cfg(test)]
mod tests {
    use super::testing::{cell, document, failing};
    use super::*;

    fn suspected(check: Check, row: usize) -> Check {
        let suspect =
            Suspect { place: cell(9, row, 3), printed: "330.00".into(), should_be: "320.00".into(), explains: 2 };
        Check { suspect: Some(suspect), ..check }
    }

    #[test]
    fn checks_of_one_suspect_are_one_finding() {
        let checks = vec![
            suspected(failing("subject-is-sum-of-subjects", Severity::Note, cell(9, 1, 3)), 2),
            failing("codes-in-order", Severity::Warning, cell(9, 1, 3)),
            suspected(failing("total-is-basic-plus-project", Severity::Error, cell(9, 2, 3)), 2),
            suspected(failing("total-is-basic-plus-project", Severity::Error, cell(9, 3, 3)), 3),
        ];
        let document = document(checks);
        let found = findings(&document);
        let counts: Vec<(Severity, usize)> =
            found.iter().map(|finding| (finding.severity, finding.checks.len())).collect();
        assert_eq!(counts, [(Severity::Error, 2), (Severity::Error, 1), (Severity::Warning, 1)]);
        assert_eq!(found[0].place(), Some(&cell(9, 2, 3)));
    }

    #[test]
    fn grave_findings_come_first_and_then_the_order_of_the_document() {
        let check = |severity, place| failing("total-is-sum-of-classes", severity, place);
        let checks = vec![
            check(Severity::Note, cell(1, 1, 1)),
            check(Severity::Error, cell(12, 1, 1)),
            check(Severity::Warning, cell(2, 1, 1)),
            check(Severity::Error, cell(9, 2, 1)),
            check(Severity::Error, cell(9, 1, 2)),
        ];
        let document = document(checks);
        let places: Vec<(u32, Option<usize>)> =
            findings(&document).iter().filter_map(Finding::place).map(|place| (place.page.0, place.row)).collect();
        assert_eq!(places, [(9, Some(0)), (9, Some(1)), (12, Some(0)), (2, Some(0)), (1, Some(0))]);
    }

    #[test]
    fn what_is_printed_alike_in_a_row_is_one_mistake() {
        let below = |column, should_be: &str| {
            let place = cell(9, 2, column);
            let suspect = Suspect { place, printed: "330.00".into(), should_be: should_be.into(), explains: 1 };
            Check {
                suspect: Some(suspect),
                ..failing("subject-is-sum-of-subjects", Severity::Error, cell(9, 2, column))
            }
        };
        let found = document(vec![below(3, "320.00"), below(4, "320.00"), below(5, "310.00")]);
        let counts: Vec<(usize, usize)> =
            findings(&found).iter().map(|finding| (finding.beside.len(), finding.checks.len())).collect();
        assert_eq!(counts, [(1, 2), (0, 1)]);
    }

    #[test]
    fn what_passes_or_cannot_be_applied_is_no_finding() {
        let check = failing("codes-in-order", Severity::Error, cell(9, 1, 1));
        let passing = Check { status: CheckStatus::Pass, ..check.clone() };
        let not_applicable = Check { status: CheckStatus::NotApplicable, ..check };
        assert!(findings(&document(vec![passing, not_applicable])).is_empty());
    }
}
