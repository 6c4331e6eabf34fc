//! Counts of a run, or of one document.

use super::words::{Language, counted};
use crate::document::Error;
use crate::document::share_pct;
use crate::document::{CheckStatus, Document, Severity};

/// What was checked, and how it ended.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Files without findings.
    pub clean: usize,
    /// Files with findings; see [`has_findings`](super::has_findings).
    pub with_findings: usize,
    /// Files that could not be converted.
    pub failed: usize,
    /// Checks that passed.
    pub passed: usize,
    /// Checks that failed.
    pub failing: usize,
    /// Findings that are errors: several failing checks may have one cause.
    pub errors: usize,
    /// Findings that are warnings.
    pub warnings: usize,
    /// Findings that are notes.
    pub notes: usize,
    /// Checks that could not be applied.
    pub not_applicable: usize,
    /// Amounts in the tables.
    pub amounts: usize,
    /// Of these, those that a passing check confirms.
    pub verified: usize,
}

impl Tally {
    /// Counts one more file.
    pub fn add(&mut self, outcome: &Result<Document, Error>) {
        match outcome {
            Ok(document) => self.add_document(document),
            Err(_) => self.failed += 1,
        }
    }

    pub(super) fn of(document: &Document) -> Self {
        let mut tally = Self::default();
        tally.add_document(document);
        tally
    }

    fn add_document(&mut self, document: &Document) {
        match super::has_findings(document) {
            true => self.with_findings += 1,
            false => self.clean += 1,
        }
        for check in &document.checks {
            *match check.status {
                CheckStatus::Pass => &mut self.passed,
                CheckStatus::NotApplicable => &mut self.not_applicable,
                CheckStatus::Fail => &mut self.failing,
            } += 1;
        }
        for finding in super::findings(document) {
            *match finding.severity {
                Severity::Error => &mut self.errors,
                Severity::Warning => &mut self.warnings,
                Severity::Note => &mut self.notes,
            } += 1;
        }
        self.amounts += document.verification.amounts as usize;
        self.verified += document.verification.verified as usize;
    }

    /// Checks and amounts, in one line.
    pub(super) fn checks(&self, language: Language) -> String {
        let Self { passed, failing, errors, warnings, notes, not_applicable, amounts, verified, .. } = self;
        let (made, found) = (passed + failing, errors + warnings + notes);
        let share = share_pct(*verified, *amounts);
        let amounts = match (language, share) {
            (Language::Chinese, Some(share)) => format!("；{amounts} 个金额中 {verified} 个（{share}%）得到印证"),
            (Language::English, Some(share)) => format!("; {verified} of {amounts} amounts ({share}%) confirmed"),
            (Language::Chinese, None) => "；没有金额".to_owned(),
            (Language::English, None) => "; no amounts".to_owned(),
        };
        match language {
            Language::Chinese => format!(
                "核对 {made} 项：通过 {passed}，不符 {failing}；发现 {found} 处：错误 {errors}，警告 {warnings}，提示 {notes}；\
                 另有 {not_applicable} 项不适用{amounts}"
            ),
            Language::English => format!(
                "{}: {passed} passed, {failing} failed; {}: {}, {}, {}; {not_applicable} not applicable{amounts}",
                counted(made, "check"),
                counted(found, "finding"),
                counted(*errors, "error"),
                counted(*warnings, "warning"),
                counted(*notes, "note")
            ),
        }
    }

    /// Files, and of more than one also the checks and amounts of all together.
    pub(super) fn summary(&self, language: Language) -> String {
        let Self { clean, with_findings, failed, .. } = self;
        let count = clean + with_findings + failed;
        let files = match language {
            Language::Chinese => {
                format!("{count} 个文件：{clean} 个无发现，{with_findings} 个有发现，{failed} 个无法转换")
            }
            Language::English => {
                let files = counted(count, "file");
                format!("{files}: {clean} ok, {with_findings} with findings, {failed} failed")
            }
        };
        if count > 1 { format!("{files}\n{}", self.checks(language)) } else { files }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Check;
    use crate::document::ErrorKind;
    use crate::report::testing::{cell, document, failing};

    #[test]
    fn checks_are_counted_by_how_they_ended() {
        let check = |severity| failing("codes-in-order", severity, cell(9, 1, 1));
        let with_status = |status| Check { status, ..check(Severity::Error) };
        let mut tally = Tally::default();
        tally.add(&Ok(document(vec![
            check(Severity::Error),
            check(Severity::Note),
            check(Severity::Note),
            with_status(CheckStatus::Pass),
            with_status(CheckStatus::NotApplicable),
        ])));
        tally.add(&Ok(document(vec![check(Severity::Note)])));
        tally.add(&Err(Error::new(ErrorKind::NotAPdf, "no header")));
        assert_eq!(
            tally.summary(Language::Chinese),
            "3 个文件：1 个无发现，1 个有发现，1 个无法转换\n\
             核对 5 项：通过 1，不符 4；发现 3 处：错误 1，警告 0，提示 2；另有 1 项不适用；6 个金额中 4 个（66.66%）得到印证"
        );
        assert_eq!(
            tally.summary(Language::English),
            "3 files: 1 ok, 1 with findings, 1 failed\n\
             5 checks: 1 passed, 4 failed; 3 findings: 1 error, 0 warnings, 2 notes; 1 not applicable; 4 of 6 amounts (66.66%) confirmed"
        );
    }

    #[test]
    fn without_amounts_there_is_no_share() {
        assert!(Tally::default().checks(Language::Chinese).ends_with("没有金额"));
    }
}
