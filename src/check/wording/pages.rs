//! Pages without text, and text that is clipped away: what the reading stage found, as findings about the document.

use super::passages::report;
use crate::check::journal::Fault;
use crate::check::rule::Rule;
use crate::document::{CheckPlace, Diagnostic, Severity};

/// Clipped text of fewer Chinese characters than this is a scrap at the edge of a cell, not words.
const MIN_WORDS: usize = 4;

/// What the reading stage calls a page without text.
const BLANK: &str = "blank-page";

/// What it calls text that no reader sees.
const HIDDEN: &str = "hidden-text";

/// How its message begins where the clipping area hides the text; the text follows.
const CLIPPED: &str = "text that is clipped away was left out: ";

/// A page without any text was hardly meant to be published.
pub(super) const BLANK_PAGE: Rule = Rule {
    id: "blank-page",
    severity: Severity::Note,
    title: "没有空白页",
    title_en: "no page is blank",
    run: |ledger, findings| {
        let blank = ledger.diagnostics.iter().filter(|found| found.id == BLANK);
        let faults = blank.map(|found| fault(found, "空白页".to_owned())).collect();
        report(findings, faults, "没有空白页");
    },
};

/// Words that the file holds but that are cut off at the edge of a page or cell.
pub(super) const CLIPPED_TEXT: Rule = Rule {
    id: "clipped-text",
    severity: Severity::Note,
    title: "文字没有被裁切",
    title_en: "no text is clipped away",
    run: |ledger, findings| {
        let clipped = ledger.diagnostics.iter().filter_map(|found| Some((found, clipped(found)?)));
        let faults = clipped.map(|(found, text)| fault(found, format!("文字被裁切，读者看不到：「{text}」"))).collect();
        report(findings, faults, "没有被裁切的文字");
    },
};

/// The words that a diagnostic says are clipped away.
fn clipped(found: &Diagnostic) -> Option<&str> {
    let text = found.message.strip_prefix(CLIPPED).filter(|_| found.id == HIDDEN)?;
    let words = text.chars().filter(|character| ('\u{4e00}'..='\u{9fff}').contains(character)).count();
    (words >= MIN_WORDS).then_some(text)
}

fn fault(found: &Diagnostic, message: String) -> Fault {
    Fault { message, places: found.page.map(CheckPlace::on).into_iter().collect(), ..Fault::default() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::PageNumber;
    use crate::testing::document::TestDocument;

    fn document(id: &str, message: &str) -> TestDocument {
        TestDocument::budget().diagnostic(Diagnostic::new(Severity::Note, id, message).on(PageNumber(3)))
    }

    #[test]
    fn a_blank_page_is_noted_with_its_page() {
        let checks = document("blank-page", "the page has no text").run(&BLANK_PAGE);
        assert_eq!((checks.len(), checks[0].places[0].page), (1, PageNumber(3)));
        assert_eq!(TestDocument::budget().faults(&BLANK_PAGE), []);
    }

    #[test]
    fn only_words_that_are_clipped_away_are_noted() {
        let failures = |message: &str| document("hidden-text", message).faults(&CLIPPED_TEXT).len();
        assert_eq!(failures("text that is clipped away was left out: 负责本系统警车管理工作"), 1);
        assert_eq!(failures("text that is clipped away was left out: 性"), 0);
        assert_eq!(failures("text that is clipped away was left out: —9842—"), 0);
        assert_eq!(failures("text that is painted over was left out: 负责本系统警车管理工作"), 0);
    }
}
