//! Pages without text, and text that is clipped away: what the reading stage found, as findings about the document.

use super::passages::report;
use crate::check::outcomes::Fault;
use crate::check::rule::Rule;
use crate::document::{CheckPlace, Diagnostic, DiagnosticKind, HiddenReason, Severity};

/// Clipped text of fewer Chinese characters than this is a scrap at the edge of a cell, not words.
const MIN_WORDS: usize = 4;

/// A page without any text was hardly meant to be published.
pub(super) const BLANK_PAGE: Rule = Rule {
    id: "blank-page",
    severity: Severity::Note,
    title: "没有空白页",
    title_en: "no page is blank",
    run: |ledger, outcomes| {
        let blank = ledger.diagnostics.iter().filter(|found| found.kind() == DiagnosticKind::BlankPage);
        let faults = blank.map(|found| fault(found, "空白页".to_owned())).collect();
        report(outcomes, faults, "没有空白页");
    },
};

/// Words that the file holds but that are cut off at the edge of a page or cell.
pub(super) const CLIPPED_TEXT: Rule = Rule {
    id: "clipped-text",
    severity: Severity::Note,
    title: "文字没有被裁切",
    title_en: "no text is clipped away",
    run: |ledger, outcomes| {
        let clipped = ledger.diagnostics.iter().filter_map(|found| Some((found, clipped(found)?)));
        let faults = clipped.map(|(found, text)| fault(found, format!("文字被裁切，读者看不到：「{text}」"))).collect();
        report(outcomes, faults, "没有被裁切的文字");
    },
};

/// The words that a diagnostic says are clipped away.
fn clipped(found: &Diagnostic) -> Option<&str> {
    let text = found.hidden_text(HiddenReason::Clipped)?;
    let words = text.chars().filter(|character| ('\u{4e00}'..='\u{9fff}').contains(character)).count();
    (words >= MIN_WORDS).then_some(text)
}

fn fault(found: &Diagnostic, message: String) -> Fault {
    Fault { message, places: found.page.map(CheckPlace::on).into_iter().collect(), ..Fault::default() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{Observation, PageNumber};
    use crate::testing::document::TestDocument;

    fn document(found: Observation) -> TestDocument {
        TestDocument::budget().diagnostic(found.on(PageNumber(3)))
    }

    #[test]
    fn a_blank_page_is_noted_with_its_page() {
        let checks = document(Observation::BlankPage).run(&BLANK_PAGE);
        assert_eq!((checks.len(), checks[0].places[0].page), (1, PageNumber(3)));
        assert_eq!(TestDocument::budget().faults(&BLANK_PAGE), []);
    }

    #[test]
    fn only_words_that_are_clipped_away_are_noted() {
        let failures = |reason, text: &str| {
            document(Observation::HiddenText { reason, text: text.to_owned() }).faults(&CLIPPED_TEXT).len()
        };
        assert_eq!(failures(HiddenReason::Clipped, "负责本系统警车管理工作"), 1);
        assert_eq!(failures(HiddenReason::Clipped, "性"), 0);
        assert_eq!(failures(HiddenReason::Clipped, "—9842—"), 0);
        assert_eq!(failures(HiddenReason::Covered, "负责本系统警车管理工作"), 0);
    }
}
