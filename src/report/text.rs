//! The report of one file, in lines of text.

use super::words::{Language, ends};
use super::{Finding, Report, Tally, diagnostics, findings, place};
use crate::check::titles;
use crate::document::Error;
use crate::document::{Check, CheckPlace, CheckStatus, Document, Suspect};

/// The file, its findings, what the conversion doubted, and the counts.
pub(super) fn of_document(report: &Report, file: &str, document: &Document) -> String {
    let language = report.language;
    let mut lines = vec![heading(file, document, language)];
    let found = findings(document);
    let shown: Vec<&Finding<'_>> = found.iter().filter(|finding| finding.severity >= report.minimum).collect();
    let writer = Writer { document, language };
    let (doubtful, certain): (Vec<&Finding<'_>>, Vec<&Finding<'_>>) =
        shown.iter().copied().partition(|finding| finding.is_doubtful());
    lines.extend(certain.iter().flat_map(|finding| writer.finding(finding)));
    if !doubtful.is_empty() {
        lines.push(format!(
            "  {}",
            language.pick("以下可能是识读错误，请对照原件：", "perhaps our own misreading; look at the original:")
        ));
        lines.extend(doubtful.iter().flat_map(|finding| writer.finding(finding)));
    }
    if found.is_empty() {
        lines.push(format!("  {}", language.pick("没有发现不符", "nothing disagrees")));
    } else if shown.len() < found.len() {
        lines.push(left_out(found.len() - shown.len(), language));
    }
    if report.with_not_applicable {
        lines.extend(not_applicable(document, language));
    }
    let doubts = diagnostics::lines(&document.diagnostics, report.minimum, language);
    if !doubts.is_empty() {
        lines.push(format!("  {}", language.pick("识读情况：", "of the reading itself:")));
        lines.extend(doubts.into_iter().map(|line| format!("    {line}")));
    }
    lines.push(format!("  {}", Tally::of(document).checks(language)));
    lines.join("\n") + "\n"
}

/// The file and why there is no document.
pub(super) fn of_error(language: Language, file: &str, error: &Error) -> String {
    let failed = language.pick("无法转换", "failed");
    format!("{file}\n  {failed}  {}\n", language.error(error.kind(), error.message()))
}

fn heading(file: &str, document: &Document, language: Language) -> String {
    let publication = &document.document;
    let organisation = publication.organisation.as_deref().map(|name| language.quoted(name));
    let year = publication.fiscal_year.map(|year| format!("{year}{}", language.pick("年", "")));
    let kind = Some(language.publication(publication.kind, publication.scope)).filter(|kind| !kind.is_empty());
    let known: Vec<String> = [organisation, year, kind].into_iter().flatten().collect();
    format!("{file}  {}", known.join(" ")).trim_end().to_owned()
}

/// Writes the findings of one document.
struct Writer<'d> {
    document: &'d Document,
    language: Language,
}

impl Writer<'_> {
    fn finding(&self, finding: &Finding<'_>) -> Vec<String> {
        let (severity, indent) = (self.language.severity(finding.severity), self.language.indent());
        let (first, mut further) = match finding.suspect {
            Some(suspect) => self.suspected(suspect, &finding.checks),
            None => self.unsuspected(&finding.checks),
        };
        further.extend(finding.place().and_then(|place| self.printed_words(place)));
        let place = finding.place().map(|place| {
            let beside = finding.beside.iter().filter_map(|suspect| place::column_name(&suspect.place, self.document));
            let beside: Vec<String> = beside.map(|name| self.language.quoted(&name)).collect();
            let words = [place::in_words(place, self.document, self.language)].into_iter().chain(beside);
            words.collect::<Vec<_>>().join(self.language.pick("、", ", "))
        });
        let place = place.map(|place| format!("{place}{}", self.language.colon())).unwrap_or_default();
        let mut lines = vec![format!("  {severity}  {place}{first}")];
        lines.extend(further.into_iter().chain(self.elsewhere(finding)).map(|line| format!("{indent}{line}")));
        lines
    }

    /// A cell: what is printed there; below it the checks that it explains.
    fn suspected(&self, suspect: &Suspect, checks: &[&Check]) -> (String, Vec<String>) {
        let difference = self.language.difference(&suspect.printed, &suspect.should_be, None);
        let unit = place::unit(&suspect.place, self.document);
        let [printed, should_be] = [&suspect.printed, &suspect.should_be].map(|text| self.language.amount(text, unit));
        let first = self.language.printed(Some(&printed), Some(&should_be)).unwrap_or_default() + &difference;
        let explained = checks.iter().map(|check| format!("  {}", self.explained(check)));
        (first, [self.language.explains(checks.len())].into_iter().chain(explained).collect())
    }

    /// Failing checks of one kind in one place that have no suspect.
    fn unsuspected(&self, checks: &[&Check]) -> (String, Vec<String>) {
        let Some((first, others)) = checks.split_first() else { return Default::default() };
        let (line, mut further) = self.alone(first);
        for check in others {
            let (line, compared) = self.alone(check);
            further.extend([line].into_iter().chain(compared));
        }
        (line, further)
    }

    /// The document's own words where a statement stands, so that it is found on the page.
    fn printed_words(&self, place: &CheckPlace) -> Option<String> {
        let words = place::words_of(place, self.document)?;
        Some(match self.language {
            Language::Chinese => format!("原文：「{}」", ends(&words)),
            Language::English => format!("printed: “{}”", ends(&words)),
        })
    }

    /// A failing check that has no suspect: its figures, and what was compared below them; or what is wrong, where
    /// that is no difference of figures.
    fn alone(&self, check: &Check) -> (String, Vec<String>) {
        let compared = self.compared(check);
        let (actual, expected) = (check.actual.as_deref(), check.expected.as_deref());
        if let (Some(left), Some(right), Some(_)) = (actual, expected, &check.difference) {
            let difference = self.language.difference(left, right, check.tolerance.as_deref());
            let unit = check.places.first().and_then(|place| place::unit(place, self.document));
            let [left, right] = [left, right].map(|text| self.language.amount(text, unit));
            return (self.language.compared(&left, &right) + &difference, vec![compared]);
        }
        let unsaid = |text: &&str| !compared.contains(*text);
        let printed = self.language.printed(actual.filter(unsaid), expected.filter(unsaid));
        let printed = printed.map(|printed| self.language.bracketed(&printed)).unwrap_or_default();
        (compared + &printed, Vec::new())
    }

    /// A check that a suspect explains, with its figures.
    fn explained(&self, check: &Check) -> String {
        let compared = self.compared(check);
        let (Some(actual), Some(expected)) = (&check.actual, &check.expected) else { return compared };
        let difference = self.language.difference(actual, expected, check.tolerance.as_deref());
        format!("{compared}{}{actual} ≠ {expected}{difference}", self.language.colon())
    }

    /// What a check compares: in Chinese its own message, without the table or project at its beginning that its place
    /// names already; in English the title of its rule.
    fn compared(&self, check: &Check) -> String {
        if self.language == Language::English {
            return titles(&check.id).map_or(check.id.as_str(), |titles| titles.english).to_owned();
        }
        let place = check.places.first().map(|place| place::in_words(place, self.document, self.language));
        let is_said = |subject: &str| place.as_ref().is_some_and(|place| place.contains(subject));
        match check.message.split_once('：') {
            Some((subject, rest)) if is_said(subject.trim_start_matches("项目")) => rest.to_owned(),
            _ => check.message.clone(),
        }
    }

    /// Pages and tables of a finding that its first line does not name.
    fn elsewhere(&self, finding: &Finding<'_>) -> Option<String> {
        let places: Vec<&CheckPlace> = finding.checks.iter().flat_map(|check| &check.places).collect();
        let others = place::in_short(finding.place()?, &places, self.document, self.language)?;
        Some(format!("{}{others}", self.language.pick("另见", "see also ")))
    }
}

fn left_out(count: usize, language: Language) -> String {
    match language {
        Language::Chinese => format!("  另有 {count} 处较轻的未列出"),
        Language::English => format!("  {count} less grave not shown"),
    }
}

/// What could not be applied, with its reason; the same only once.
fn not_applicable(document: &Document, language: Language) -> Vec<String> {
    let mut groups: Vec<(&Check, usize)> = Vec::new();
    for check in document.checks.iter().filter(|check| check.status == CheckStatus::NotApplicable) {
        match groups.iter_mut().find(|(first, _)| first.id == check.id && first.reason == check.reason) {
            Some((_, count)) => *count += 1,
            None => groups.push((check, 1)),
        }
    }
    let lines = groups.into_iter().map(|(check, count)| {
        let title = titles(&check.id).map_or(check.id.as_str(), |titles| language.pick(titles.chinese, titles.english));
        let reason = check.reason.as_deref().unwrap_or_default();
        let times = if count > 1 { format!(" ×{count}") } else { String::new() };
        let status = language.status(CheckStatus::NotApplicable);
        format!("  {status}  {title}{}{}{times}", language.colon(), language.quoted(reason))
    });
    lines.collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::ErrorKind;
    use crate::document::{Observation, Severity};
    use crate::report::testing::{cell, document, failing};

    fn report(language: Language) -> Report {
        Report { language, ..Report::default() }
    }

    fn shown(checks: Vec<Check>, report: Report) -> String {
        report.text("haidong-2023.pdf", &Ok(document(checks)))
    }

    fn sum() -> Check {
        failing("subject-is-sum-of-subjects", Severity::Error, cell(9, 2, 3))
    }

    fn suspected() -> Vec<Check> {
        let suspect =
            Suspect { place: cell(9, 2, 3), printed: "330.00".into(), should_be: "320.00".into(), explains: 2 };
        let below = Check { suspect: Some(suspect), ..sum() };
        let above = Check {
            actual: Some("321.27".into()),
            expected: Some("331.28".into()),
            difference: Some("-10.01".into()),
            tolerance: Some("0.01".into()),
            message: "支出总表：合计 208 = 20805 + 20899".into(),
            places: vec![cell(9, 2, 3), cell(9, 1, 3), cell(10, 3, 3)],
            ..below.clone()
        };
        vec![above, below]
    }

    #[test]
    fn a_suspect_comes_before_the_checks_that_it_explains() {
        let expected = "\
haidong-2023.pdf  某市财政局 2023年 部门预算
  错误  第9页 部门公开表3 支出总表 第2行 20805 行政事业单位养老支出 · 2023年预算数/合计：印为 330.00万元，应为 320.00万元（差 10.00）
        由此可以说明 2 项不符：
          合计 208 = 20805 + 20899：321.27 ≠ 331.28（差 -10.01，允许 0.01）
          合计 20805 行政事业单位养老支出 = 2080505 + 2080506：330.00 ≠ 320.00（差 10.00，允许 0.015）
        另见第10页
  核对 2 项：通过 0，不符 2；发现 1 处：错误 1，警告 0，提示 0；另有 0 项不适用；3 个金额中 2 个（66.66%）得到印证
";
        assert_eq!(shown(suspected(), report(Language::Chinese)), expected);
    }

    #[test]
    fn english_quotes_the_document_and_names_the_rule() {
        let expected = "\
haidong-2023.pdf  “某市财政局” 2023 department budget
  error    page 9, “部门公开表3 支出总表”, row 2 “20805 行政事业单位养老支出”, column “2023年预算数/合计”: \
printed 330.00 “万元”, should be 320.00 “万元” (difference 10.00)
           explains 2 failing checks:
             subject = sum of the subjects below it: 321.27 ≠ 331.28 (difference -10.01, rounding allows 0.01)
             subject = sum of the subjects below it: 330.00 ≠ 320.00 (difference 10.00, rounding allows 0.015)
           see also page 10
  2 checks: 0 passed, 2 failed; 1 finding: 1 error, 0 warnings, 0 notes; 0 not applicable; 2 of 3 amounts (66.66%) confirmed
";
        assert_eq!(shown(suspected(), report(Language::English)), expected);
    }

    #[test]
    fn a_check_alone_shows_its_figures_and_what_was_compared() {
        let text = shown(vec![Check { doubtful: true, ..sum() }], report(Language::Chinese));
        let line = "印为 330.00万元，算得 320.00万元（差 10.00，允许 0.015）\n";
        assert!(text.contains(line), "{text}");
        let apart = "部门预算\n  以下可能是识读错误，请对照原件：\n  错误  第9页";
        assert!(text.contains(apart), "{text}");
        assert!(text.contains("\n        合计 20805 行政事业单位养老支出 = 2080505 + 2080506\n"), "{text}");
    }

    #[test]
    fn a_fault_without_figures_says_what_is_wrong_and_nothing_twice() {
        let fault = Check {
            actual: Some("20899".into()),
            expected: Some("20806".into()),
            difference: None,
            tolerance: None,
            message: "支出总表：科目编码20899排在20805之前".into(),
            ..failing("codes-in-order", Severity::Warning, cell(9, 3, 1))
        };
        let text = shown(vec![fault.clone()], report(Language::Chinese));
        let line = "第3行 20899 · 科目编码：科目编码20899排在20805之前（应为 20806）\n";
        assert!(text.contains(line), "{text}");
        let text = shown(vec![fault], report(Language::English));
        assert!(
            text.contains("codes stand in the order of the classification (printed 20899, should be 20806)"),
            "{text}"
        );
    }

    #[test]
    fn lighter_findings_are_counted_where_they_are_not_shown() {
        let checks = vec![sum(), Check { severity: Severity::Note, ..sum() }];
        let text = shown(checks, Report { minimum: Severity::Error, ..Report::default() });
        assert!(!text.contains("  提示  "), "{text}");
        assert!(text.contains("另有 1 处较轻的未列出") && text.contains("提示 1"), "{text}");
    }

    #[test]
    fn what_was_not_applicable_is_shown_on_request() {
        let reason = Some("没有收支总表".to_owned());
        let check = Check { status: CheckStatus::NotApplicable, reason, ..sum() };
        let checks = vec![check.clone(), check];
        let text = shown(checks.clone(), Report { with_not_applicable: true, ..Report::default() });
        assert!(text.contains("  不适用  上级科目 = 下级科目之和：没有收支总表 ×2\n"), "{text}");
        let text = shown(checks, Report::default());
        assert!(text.contains("没有发现不符") && !text.contains("  不适用  "), "{text}");
    }

    #[test]
    fn doubts_of_the_conversion_stand_apart() {
        let mut document = document(Vec::new());
        document.diagnostics = vec![Observation::AlignedTable.into()];
        let text = Report::default().text("a.pdf", &Ok(document));
        assert!(text.contains("  识读情况：\n    警告  aligned-table：表格没有表格线，按文字对齐还原\n"), "{text}");
    }

    #[test]
    fn a_file_that_fails_says_why() {
        let outcome = Err(Error::new(ErrorKind::NoTextLayer, "none of 8 pages has text"));
        assert_eq!(
            report(Language::English).text("scan.pdf", &outcome),
            "scan.pdf\n  failed  no-text-layer: none of 8 pages has text\n"
        );
        assert_eq!(
            report(Language::Chinese).text("scan.pdf", &outcome),
            "scan.pdf\n  无法转换  没有文字层（no-text-layer: none of 8 pages has text）\n"
        );
    }
}
