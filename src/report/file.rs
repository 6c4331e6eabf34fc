//! The report of one file as data.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Report;
use crate::document::{Check, CheckStatus, Diagnostic, Document, Error, Severity, Verification};

/// What was found in one file: one element of the list that `yusuan check --format json` prints.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct FileFindings {
    /// The file as it was named.
    pub file: String,
    /// Why it could not be converted; null where it was.
    pub error: Option<FileError>,
    /// How much of it passing checks confirm; null where it could not be converted.
    pub verification: Option<Verification>,
    /// Failing checks, as in the document JSON; those that were not applicable only where they were asked for.
    pub checks: Vec<Check>,
    /// What the conversion doubted: warnings and errors.
    pub diagnostics: Vec<Diagnostic>,
}

/// Why a file could not be converted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct FileError {
    /// The kind of error, a stable code: `not-a-pdf`, `no-text-layer` …
    pub kind: String,
    /// What happened, in words.
    pub message: String,
}

impl FileFindings {
    pub(super) fn new(report: &Report, file: &str, outcome: &Result<Document, Error>) -> Self {
        let mut found = Self {
            file: file.to_owned(),
            error: None,
            verification: None,
            checks: Vec::new(),
            diagnostics: Vec::new(),
        };
        match outcome {
            Err(error) => {
                found.error =
                    Some(FileError { kind: error.kind().code().to_owned(), message: error.message().to_owned() });
            }
            Ok(document) => {
                let is_shown = |check: &&Check| match check.status {
                    CheckStatus::Pass => false,
                    CheckStatus::Fail => check.severity >= report.minimum,
                    CheckStatus::NotApplicable => report.with_not_applicable,
                };
                let least = report.minimum.max(Severity::Warning);
                let doubts = document.diagnostics.iter().filter(|diagnostic| diagnostic.severity() >= least);
                found.verification = Some(document.verification.clone());
                found.checks = document.checks.iter().filter(is_shown).cloned().collect();
                found.diagnostics = doubts.cloned().collect();
            }
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::ErrorKind;
    use crate::document::Observation;
    use crate::report::testing::{cell, document, failing};

    #[test]
    fn only_what_is_asked_for_is_there() {
        let check = |severity, status| Check { status, ..failing("codes-in-order", severity, cell(9, 1, 1)) };
        let mut document = document(vec![
            check(Severity::Error, CheckStatus::Pass),
            check(Severity::Error, CheckStatus::Fail),
            check(Severity::Note, CheckStatus::Fail),
            check(Severity::Error, CheckStatus::NotApplicable),
        ]);
        document.diagnostics =
            vec![Observation::AlignedTable.into(), Observation::StrayText { text: String::new() }.into()];
        let outcome = Ok(document);
        let counts = |report: Report| {
            let found = report.file("a.pdf", &outcome);
            (found.checks.len(), found.diagnostics.len())
        };
        assert_eq!(counts(Report::default()), (2, 1));
        assert_eq!(counts(Report { minimum: Severity::Error, ..Report::default() }), (1, 0));
        assert_eq!(counts(Report { with_not_applicable: true, ..Report::default() }), (3, 1));
    }

    #[test]
    fn an_error_has_its_code() {
        let found = Report::default().file("a.pdf", &Err(Error::new(ErrorKind::NotAPdf, "no header")));
        let json = serde_json::to_value(&found).expect("JSON");
        assert_eq!(json["error"]["kind"], "not-a-pdf");
        assert!(json["verification"].is_null());
    }
}
