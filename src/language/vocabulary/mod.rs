//! What document families call things: data, not code. A new province is a change of the data file.
//!
//! The built-in file is `national.toml`; `Vocabulary::from_toml` reads another of the same form. Unknown keys are
//! errors, so that a misspelt one is noticed.

mod checks;
mod documents;
mod labels;
mod prose;
mod tables;
mod units;

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;

pub(crate) use checks::{CheckWords, WordingWords};
pub(crate) use documents::{
    CaptionWords, DocumentWords, GlossaryWords, NoteWords, OverviewWords, PartKind, PartTitles, RegionWords,
    TableTitles, YearWords,
};
pub(crate) use labels::{Labels, squeezed};
pub(crate) use prose::{PerformanceField, PerformanceWords, StatementWords};
pub(crate) use tables::{DumpWords, FactWords, HeaderWords, MeasureLabels, SpanWords, StreamHeaderWords};
pub(crate) use units::UnitWriting;

use crate::document::{Error, ErrorKind, TableKind};

/// The labels of a document family.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Vocabulary {
    /// Name of the family, written to `document.layout`.
    pub(crate) family: String,
    pub(crate) document: DocumentWords,
    #[cfg_attr(not(feature = "data"), expect(dead_code, reason = "data sets alone tell where an organisation is"))]
    pub(crate) regions: RegionWords,
    pub(crate) years: YearWords,
    /// Unit of account → yuan.
    pub(crate) units: BTreeMap<String, u64>,
    pub(crate) unit_writing: UnitWriting,
    #[serde(rename = "part")]
    pub(crate) parts: Vec<PartTitles>,
    pub(crate) overview: OverviewWords,
    pub(crate) glossary: GlossaryWords,
    pub(crate) notes: NoteWords,
    pub(crate) captions: CaptionWords,
    #[serde(rename = "table")]
    pub(crate) tables: Vec<TableTitles>,
    #[serde(rename = "table_header")]
    pub(crate) table_headers: Vec<TableTitles>,
    #[serde(rename = "table_items")]
    pub(crate) table_items: Vec<TableTitles>,
    pub(crate) headers: HeaderWords,
    #[serde(rename = "measure")]
    pub(crate) measures: Vec<MeasureLabels>,
    pub(crate) facts: FactWords,
    pub(crate) dump: DumpWords,
    pub(crate) stream_headers: StreamHeaderWords,
    pub(crate) performance: PerformanceWords,
    pub(crate) statements: StatementWords,
    pub(crate) checks: CheckWords,
}

static NATIONAL: LazyLock<Result<Vocabulary, Error>> = LazyLock::new(|| Vocabulary::from_toml(Vocabulary::NATIONAL));

impl Vocabulary {
    /// The built-in vocabulary file.
    pub(crate) const NATIONAL: &str = include_str!("national.toml");

    /// The built-in vocabulary.
    ///
    /// # Errors
    /// Never in a release: a test reads the file.
    pub fn national() -> Result<&'static Vocabulary, Error> {
        NATIONAL.as_ref().map_err(Clone::clone)
    }

    /// Reads a vocabulary file. Labels are normalised as document text is when they are compared.
    ///
    /// # Errors
    /// [`ErrorKind::Vocabulary`] names the line and key at fault.
    pub fn from_toml(text: &str) -> Result<Vocabulary, Error> {
        toml::from_str(text).map_err(|error| Error::new(ErrorKind::Vocabulary, error.to_string()))
    }

    /// The kind of table that a title names.
    pub(crate) fn table_kind(&self, title: &str) -> TableKind {
        kind_by_rules(&self.tables, title).unwrap_or(TableKind::Other)
    }

    /// The kind of table that has these labels in its header, each between marks (`|`).
    pub(crate) fn kind_by_header(&self, labels: &str) -> Option<TableKind> {
        kind_by_rules(&self.table_headers, labels)
    }

    /// The kind of table that has these labels and items, each between marks (`|`).
    pub(crate) fn kind_by_items(&self, texts: &str) -> Option<TableKind> {
        kind_by_rules(&self.table_items, texts)
    }

    /// The kind of table that a section of the narrative explains, by the section's title.
    pub(crate) fn explained_kind(&self, title: &str) -> Option<TableKind> {
        kind_by_rules(&self.checks.sections, title)
    }

    /// The kind of part that a title names.
    pub(crate) fn part_kind(&self, title: &str) -> Option<PartKind> {
        let plain = squeezed(title);
        self.parts.iter().find(|part| part.titles.occur_in(&plain)).map(|part| part.kind)
    }
}

fn kind_by_rules(rules: &[TableTitles], title: &str) -> Option<TableKind> {
    let title = squeezed(title);
    let fits = |rule: &&TableTitles| {
        rule.all.all_occur_in(&title)
            && (rule.any.is_empty() || rule.any.occur_in(&title))
            && !rule.none.occur_in(&title)
    };
    rules.iter().find(fits).map(|rule| rule.kind)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Measure;

    fn vocabulary() -> &'static Vocabulary {
        Vocabulary::national().expect("the built-in vocabulary")
    }

    #[test]
    fn unknown_keys_are_errors() {
        let error = Vocabulary::from_toml("family = \"x\"\ncolour = \"blue\"").expect_err("an unknown key");
        assert_eq!(error.kind(), ErrorKind::Vocabulary);
        assert!(error.message().contains("colour"), "{error}");
    }

    #[test]
    fn titles_name_kinds() {
        let kind = |title| vocabulary().table_kind(title);
        assert_eq!(kind("收支总表"), TableKind::RevenueExpenditureSummary);
        assert_eq!(kind("财政拨款收支总表"), TableKind::FiscalAppropriationSummary);
        assert_eq!(kind("一般公共预算“三公”经费支出表"), TableKind::ThreePublic);
        assert_eq!(kind("国有资本经营预算支出情况表"), TableKind::StateCapitalExpenditure);
        assert_eq!(kind("部门预算项目支出绩效目标公开表"), TableKind::PerformanceTargets);
        assert_eq!(kind("2024年部门支出预算总表"), TableKind::ExpenditureSummary);
        assert_eq!(kind("财政拨款收入支出决算总表"), TableKind::FiscalAppropriationSummary);
        assert_eq!(kind("预算单位一览"), TableKind::Other);
    }

    #[test]
    fn labels_are_compared_without_regard_to_width() {
        assert_eq!(vocabulary().measure("因公出国(境)费用"), Some(Measure::TravelAbroad));
        assert!(vocabulary().is_header_word("项目(按功能分类)"));
    }
}
