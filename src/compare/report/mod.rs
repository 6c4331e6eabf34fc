//! Comparisons in lines of text, for people.

mod columns;
mod parts;
mod words;

use super::folders::{Ambiguous, Comparisons, Unmatched, Unreadable};
use super::golden::{CaseResult, CaseStatus, PathChange};
use super::{Compared, Comparison};
use crate::report::Language;
use crate::report::words::{counted, ends};

/// Writes comparisons in one language.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct ComparisonReport {
    /// The language of everything that is not the documents' own.
    pub language: Language,
}

impl ComparisonReport {
    /// What differs between two documents: their names, then part by part.
    pub(crate) fn comparison(&self, comparison: &Comparison) -> String {
        let mut lines = self.heading(comparison);
        lines.extend(self.body(comparison));
        lines.join("\n") + "\n"
    }

    fn heading(&self, comparison: &Comparison) -> Vec<String> {
        let line = |compared: &Compared| format!("{}  {}", compared.file, self.publication(&compared.document));
        vec![line(&comparison.old).trim_end().to_owned(), format!("→ {}", line(&comparison.new)).trim_end().to_owned()]
    }

    fn body(&self, comparison: &Comparison) -> Vec<String> {
        if comparison.is_empty() {
            return vec![format!("  {}", self.language.nothing_differs())];
        }
        let mut lines = parts::Writer { language: self.language }.lines(comparison);
        lines.push(format!("  {}", self.counts(comparison)));
        lines
    }

    fn publication(&self, document: &crate::document::Publication) -> String {
        let language = self.language;
        let organisation = document.organisation.as_deref().map(|name| language.quoted(name));
        let year = document.fiscal_year.map(|year| format!("{year}{}", language.pick("年", "")));
        let kind = Some(language.publication(document.kind, document.scope)).filter(|kind| !kind.is_empty());
        let known: Vec<String> = [organisation, year, kind].into_iter().flatten().collect();
        known.join(" ")
    }

    /// How many things differ, in one line.
    fn counts(&self, comparison: &Comparison) -> String {
        let tables = &comparison.tables;
        let counts = [
            (tables.iter().map(|table| table.amounts.len()).sum(), "个金额", "amount"),
            (tables.iter().map(|table| table.dropped.len() + table.added.len()).sum(), "行增删", "row"),
            (tables.iter().map(|table| table.fields.len() + table.renamed.len()).sum(), "处标题或更名", "heading"),
            (tables.iter().map(|table| table.columns.len()).sum(), "列增删", "column"),
            (comparison.projects.len(), "个项目", "project"),
            (comparison.statements.len(), "处说明数字", "statement"),
            (comparison.texts.len(), "处文字", "text"),
            (comparison.checks.len(), "项核对", "check"),
            (comparison.diagnostics.len(), "种识读提示", "diagnostic"),
            (comparison.publication.len(), "项文件信息", "document field"),
        ];
        let counts = counts.into_iter().filter(|(count, ..)| *count > 0);
        let counts: Vec<String> = counts
            .map(|(count, chinese, english)| match self.language {
                Language::Chinese => format!("{count} {chinese}"),
                Language::English => counted(count, english),
            })
            .collect();
        let differs = self.language.pick("不同", "differing");
        format!("{differs}{}{}", self.language.colon(), counts.join(self.language.comma()))
    }

    /// What was not compared, and how many pairs were: the end of a comparison of folders.
    pub(crate) fn rest(&self, comparisons: &Comparisons) -> String {
        let unmatched = comparisons.unmatched.iter().map(|unmatched| self.unmatched(unmatched));
        let ambiguous = comparisons.ambiguous.iter().map(|ambiguous| self.ambiguous(ambiguous));
        let unreadable = comparisons.unreadable.iter().map(|unreadable| self.unreadable(unreadable));
        let lines = unmatched.chain(ambiguous).chain(unreadable).chain([self.summary(comparisons)]);
        lines.collect::<Vec<_>>().join("\n")
    }

    /// A document without a counterpart.
    fn unmatched(&self, unmatched: &Unmatched) -> String {
        let Unmatched { is_old, file, document } = unmatched;
        format!("{}  {file}  {}", self.language.unmatched(*is_old), self.publication(document)).trim_end().to_owned()
    }

    /// Documents of which it is not known which belong together.
    fn ambiguous(&self, ambiguous: &Ambiguous) -> String {
        let why = self.language.pick("有多份，未比较", "several of one key, not compared");
        let Ambiguous { old, new } = ambiguous;
        format!("{why}  {} → {}", old.join(self.language.comma()), new.join(self.language.comma()))
    }

    /// A file that could not be read.
    fn unreadable(&self, unreadable: &Unreadable) -> String {
        format!("{}  {}: {}", self.language.pick("无法读取", "unreadable"), unreadable.file, unreadable.message)
    }

    fn summary(&self, comparisons: &Comparisons) -> String {
        let Comparisons { comparisons, unmatched, ambiguous, unreadable } = comparisons;
        let count = comparisons.len();
        let different = comparisons.iter().filter(|comparison| !comparison.is_empty()).count();
        let (unmatched, ambiguous, unreadable) = (unmatched.len(), ambiguous.len(), unreadable.len());
        match self.language {
            Language::Chinese => format!(
                "比较 {count} 对：{different} 对有不同；{unmatched} 份没有对应文件，{ambiguous} 组有多份，{unreadable} 个无法读取"
            ),
            Language::English => format!(
                "{} compared: {different} differing; {unmatched} unmatched, {ambiguous} ambiguous, {unreadable} unreadable",
                counted(count, "pair")
            ),
        }
    }

    /// What became of a golden case; nothing of one that is the same.
    pub(crate) fn case(&self, case: &CaseResult) -> Option<String> {
        let language = self.language;
        let status = match case.status {
            CaseStatus::Same => return None,
            CaseStatus::Different => language.pick("不同", "differs"),
            CaseStatus::Missing => language.pick("缺少新输出", "no new output"),
            CaseStatus::Extra => language.pick("没有基准文件", "no golden file"),
        };
        let mut lines = vec![format!("{}{}{status}", case.name, language.colon())];
        if case.status == CaseStatus::Different {
            lines.extend(self.outcomes(case));
            match &case.comparison {
                Some(comparison) if comparison.is_empty() => {
                    let said =
                        language.pick("内容没有不同，只是 JSON 不同", "the content is the same, the JSON is not");
                    lines.push(format!("  {said}"));
                }
                Some(comparison) => lines.extend(self.body(comparison)),
                None => {}
            }
            lines.extend(self.paths(case));
        }
        Some(lines.join("\n") + "\n")
    }

    /// Errors in the place of documents.
    fn outcomes(&self, case: &CaseResult) -> Vec<String> {
        if case.golden_error.is_none() && case.new_error.is_none() {
            return Vec::new();
        }
        let language = self.language;
        let outcome = |error: &Option<String>| match error {
            Some(error) => error.clone(),
            None => language.pick("一份文件", "a document").to_owned(),
        };
        let (golden, new) = (outcome(&case.golden_error), outcome(&case.new_error));
        vec![format!("  {}{}{golden} → {new}", language.pick("转换结果", "outcome"), language.colon())]
    }

    fn paths(&self, case: &CaseResult) -> Vec<String> {
        let language = self.language;
        let count = case.path_count;
        if count == 0 {
            return vec![format!("  {}", language.pick("JSON 只有排版不同", "only the layout of the JSON differs"))];
        }
        let said = match language {
            Language::Chinese => format!("JSON 中有 {count} 个值不同："),
            Language::English => format!("{} of the JSON differ:", counted(count, "value")),
        };
        let value = |value: &Option<String>| value.as_deref().map_or_else(|| language.empty().to_owned(), ends);
        let path = |PathChange { path, old, new }: &PathChange| format!("    {path}: {} → {}", value(old), value(new));
        let more = (count > case.paths.len()).then(|| "    …".to_owned());
        [format!("  {said}")].into_iter().chain(case.paths.iter().map(path)).chain(more).collect()
    }

    /// The last line of a run over golden cases.
    pub(crate) fn golden_summary(&self, cases: &[CaseResult], blessed: usize) -> String {
        let count = |status| cases.iter().filter(|case| case.status == status).count();
        let (same, different) = (count(CaseStatus::Same), count(CaseStatus::Different));
        let (missing, extra) = (count(CaseStatus::Missing), count(CaseStatus::Extra));
        let all = cases.len();
        let line = match self.language {
            Language::Chinese => {
                format!("{all} 份：{same} 份相同，{different} 份不同，{missing} 份缺少新输出，{extra} 份没有基准文件")
            }
            Language::English => {
                let all = counted(all, "case");
                format!(
                    "{all}: {same} the same, {different} differing, {missing} without output, {extra} without golden"
                )
            }
        };
        match (blessed, self.language) {
            (0, _) => line,
            (_, Language::Chinese) => format!("{line}\n已写入 {blessed} 份基准文件：请核对以上不同，再运行一次"),
            (_, Language::English) => {
                format!("{line}\nblessed {blessed}: read the differences above, then run again without --bless")
            }
        }
    }
}
