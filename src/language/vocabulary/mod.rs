//! What document families call things: data, not code. A new province is a change of the data file.
//!
//! The built-in file is `national.toml`; `Vocabulary::from_toml` reads another of the same form. Unknown keys are
//! errors, so that a misspelt one is noticed.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;

use crate::document::{Error, ErrorKind};
use crate::document::{Measure, TableKind};

/// The labels of a document family.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Vocabulary {
    /// Name of the family, written to `document.layout`.
    pub(crate) family: String,
    pub(crate) document: DocumentWords,
    /// Unit of account → yuan.
    pub(crate) units: BTreeMap<String, u64>,
    #[serde(rename = "part")]
    pub(crate) parts: Vec<PartTitles>,
    pub(crate) overview: OverviewWords,
    pub(crate) notes: NoteWords,
    pub(crate) captions: CaptionWords,
    #[serde(rename = "table")]
    pub(crate) tables: Vec<TableTitles>,
    pub(crate) headers: HeaderWords,
    #[serde(rename = "measure")]
    pub(crate) measures: Vec<MeasureLabels>,
    pub(crate) dump: DumpWords,
    pub(crate) stream_headers: StreamHeaderWords,
    pub(crate) performance: PerformanceWords,
    pub(crate) statements: StatementWords,
    pub(crate) checks: CheckWords,
}

/// Words that tell what a document is and whose.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct DocumentWords {
    pub(crate) budget: Labels,
    pub(crate) final_accounts: Labels,
    pub(crate) department: Labels,
    pub(crate) unit: Labels,
    pub(crate) cover_noise: Labels,
    pub(crate) organisation_labels: Labels,
    pub(crate) contents_titles: Labels,
}

/// Which part of the document a heading opens.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum PartKind {
    /// 部门概况: functions, institutions, budget units.
    Overview,
    /// 部门预算表.
    Tables,
    /// 部门预算情况说明.
    Narrative,
    /// 名词解释.
    Glossary,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct PartTitles {
    pub(crate) kind: PartKind,
    pub(crate) titles: Labels,
}

/// Headings within the overview.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct OverviewWords {
    pub(crate) functions: Labels,
    pub(crate) institutions: Labels,
    pub(crate) budget_units: Labels,
    pub(crate) unit_sequence: Labels,
    pub(crate) unit_name: Labels,
}

/// Words of the notes below tables.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct NoteWords {
    pub(crate) prefixes: Labels,
    pub(crate) empty: Labels,
}

/// Words of the lines above tables.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct CaptionWords {
    pub(crate) label_words: Labels,
    pub(crate) unit_labels: Labels,
    pub(crate) year_labels: Labels,
    pub(crate) title_endings: Labels,
    pub(crate) continued: Labels,
}

/// A rule by which titles name a kind of table.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct TableTitles {
    pub(crate) kind: TableKind,
    #[serde(default)]
    pub(crate) all: Labels,
    #[serde(default)]
    pub(crate) any: Labels,
    #[serde(default)]
    pub(crate) none: Labels,
}

/// Words in table headers.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct HeaderWords {
    pub(crate) code: Labels,
    pub(crate) code_levels: Labels,
    pub(crate) code_endings: Labels,
    pub(crate) text_endings: Labels,
    pub(crate) name: Labels,
    pub(crate) other: Labels,
    pub(crate) column_numbers: Labels,
    pub(crate) item_name_endings: Labels,
    pub(crate) unit_names: Labels,
    pub(crate) totals: Labels,
    pub(crate) revenue_side: Labels,
    pub(crate) expenditure_side: Labels,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct MeasureLabels {
    pub(crate) name: Measure,
    pub(crate) labels: Labels,
}

/// Words by which tables without geometry are taken apart.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct DumpWords {
    pub(crate) revenue_names: Labels,
    pub(crate) expenditure_names: Labels,
    pub(crate) heading_openings: Labels,
    pub(crate) heading_endings: Labels,
    pub(crate) personnel_classes: Labels,
    pub(crate) settled: Labels,
}

/// What is known of headers where only their words are.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct StreamHeaderWords {
    pub(crate) labels: Labels,
    pub(crate) texts: Labels,
    pub(crate) groups: Labels,
    pub(crate) rarely_spanning: Labels,
    pub(crate) divisions: Labels,
    pub(crate) nothing: Labels,
    #[serde(rename = "span")]
    pub(crate) spans: Vec<SpanWords>,
}

/// Labels, and those that may stand below them.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct SpanWords {
    pub(crate) parents: Labels,
    pub(crate) children: Labels,
}

/// Words of the performance grid.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct PerformanceWords {
    pub(crate) project: Labels,
    pub(crate) amount: Labels,
    pub(crate) goal: Labels,
    pub(crate) level1: Labels,
    pub(crate) level2: Labels,
    pub(crate) indicator: Labels,
    pub(crate) relation: Labels,
    pub(crate) value: Labels,
    pub(crate) measure_unit: Labels,
    pub(crate) weight: Labels,
    pub(crate) department_words: Labels,
    pub(crate) group: Labels,
    pub(crate) form_labels: Labels,
    pub(crate) level_words: Labels,
    pub(crate) level1_words: Labels,
    pub(crate) relation_words: Labels,
    pub(crate) text_limits: Vec<usize>,
}

/// Words by which prose states numbers.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct StatementWords {
    pub(crate) increase: Vec<String>,
    pub(crate) decrease: Vec<String>,
    pub(crate) unchanged: Vec<String>,
    pub(crate) reasons: Vec<String>,
    pub(crate) no_reasons: Vec<String>,
    pub(crate) share: Vec<String>,
    pub(crate) units: Vec<String>,
    pub(crate) comparisons: Vec<String>,
    pub(crate) thresholds: Vec<String>,
    pub(crate) fillers: Vec<String>,
    pub(crate) metrics: Vec<String>,
    pub(crate) whole_metrics: Vec<String>,
    pub(crate) generic_items: Vec<String>,
    pub(crate) list_openers: Vec<String>,
    pub(crate) revenue_lists: Vec<String>,
    pub(crate) expenditure_lists: Vec<String>,
    pub(crate) levels: Vec<String>,
}

/// Words by which the checks know what adds up to what.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct CheckWords {
    pub(crate) sum_words: Labels,
    pub(crate) of_which: Labels,
    pub(crate) asides: Labels,
    pub(crate) other_years: Labels,
    pub(crate) budgeted: Labels,
    pub(crate) year_before: Labels,
    pub(crate) no_money: Labels,
    pub(crate) carry_over: Labels,
    pub(crate) this_year: Labels,
    pub(crate) leading_words: Labels,
    pub(crate) prior_words: Labels,
    pub(crate) budgeted_words: Labels,
    pub(crate) completion: Labels,
    pub(crate) complete_list: Labels,
    pub(crate) counted: Labels,
    pub(crate) target_words: Labels,
    pub(crate) project_words: Labels,
    pub(crate) project_counters: Labels,
    pub(crate) project_levels: Labels,
    pub(crate) partial_words: Labels,
    pub(crate) fund_words: Labels,
    pub(crate) cost_levels: Labels,
    pub(crate) harmless_words: Labels,
    pub(crate) uncountable_words: Labels,
    #[serde(rename = "section")]
    pub(crate) sections: Vec<TableTitles>,
    #[serde(rename = "whole")]
    pub(crate) wholes: Vec<WholeNames>,
    pub(crate) wording: WordingWords,
}

/// What prose calls the total of a table.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct WholeNames {
    pub(crate) kind: TableKind,
    pub(crate) names: Labels,
}

/// Words by which the checks of wording know what is said, in full-width punctuation; the file tells what each is.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct WordingWords {
    pub(crate) empty_notes: Labels,
    pub(crate) published_empty: Vec<String>,
    pub(crate) government_fund: Vec<String>,
    pub(crate) state_capital: Vec<String>,
    pub(crate) denials: Vec<String>,
    pub(crate) denied: Vec<String>,
    pub(crate) no_denial: Vec<String>,
    pub(crate) ourselves: Vec<String>,
    pub(crate) looking_back: Vec<String>,
    pub(crate) comparisons: Vec<String>,
    pub(crate) joining: Vec<String>,
    pub(crate) closing: Vec<String>,
    pub(crate) comparison_followers: Vec<String>,
    pub(crate) unchanged_comparisons: Vec<String>,
    pub(crate) budgets: Vec<String>,
    pub(crate) stated_sums: Vec<String>,
    pub(crate) money: Vec<String>,
    pub(crate) with_year_before: Vec<String>,
    pub(crate) about: Vec<String>,
    pub(crate) name_endings: Vec<String>,
    pub(crate) this_department: Vec<String>,
    pub(crate) department_budgets: Vec<String>,
    pub(crate) placeholders: String,
    pub(crate) before_placeholder: Vec<String>,
    pub(crate) after_placeholder: Vec<String>,
    pub(crate) opposites: Vec<[String; 2]>,
    pub(crate) amount_signs: Vec<String>,
    pub(crate) reasons: Vec<String>,
    pub(crate) doubled_marks: Vec<String>,
}

/// Labels in comparable form ([`squeezed`]).
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(from = "Vec<String>")]
pub(crate) struct Labels(Vec<String>);

impl From<Vec<String>> for Labels {
    fn from(words: Vec<String>) -> Self {
        Labels(words.iter().map(|word| squeezed(word).into_owned()).collect())
    }
}

impl Labels {
    /// Whether a squeezed text is one of the labels.
    pub(crate) fn contain(&self, text: &str) -> bool {
        self.0.iter().any(|label| label == text)
    }

    /// Whether a squeezed text has one of the labels in it.
    pub(crate) fn occur_in(&self, text: &str) -> bool {
        self.0.iter().any(|label| text.contains(label.as_str()))
    }

    /// Whether a squeezed text has every label in it.
    pub(crate) fn all_occur_in(&self, text: &str) -> bool {
        self.0.iter().all(|label| text.contains(label.as_str()))
    }

    /// What follows the first label that a squeezed text begins with.
    pub(crate) fn strip_from<'t>(&self, text: &'t str) -> Option<&'t str> {
        self.0.iter().find_map(|label| text.strip_prefix(label.as_str()))
    }

    /// Whether a squeezed text ends with one of the labels.
    pub(crate) fn end(&self, text: &str) -> bool {
        self.0.iter().any(|label| text.ends_with(label.as_str()))
    }

    /// Whether a squeezed text ends with one of the labels that are long enough to be told from other words' endings.
    pub(crate) fn end_distinctly(&self, text: &str) -> bool {
        self.0.iter().any(|label| text.ends_with(label.as_str()) && label.chars().count() >= 3)
    }

    /// The labels.
    pub(crate) fn iter(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(String::as_str)
    }

    fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

static NATIONAL: LazyLock<Result<Vocabulary, Error>> =
    LazyLock::new(|| Vocabulary::from_toml(include_str!("national.toml")));

impl Vocabulary {
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

    /// The kind of table that a section of the narrative explains, by the section's title.
    pub(crate) fn explained_kind(&self, title: &str) -> Option<TableKind> {
        kind_by_rules(&self.checks.sections, title)
    }

    /// The measure that a header label names.
    pub(crate) fn measure(&self, label: &str) -> Option<Measure> {
        let label = squeezed(label);
        let exact = self.measures.iter().find(|m| m.labels.contain(&label));
        exact.or_else(|| self.measures.iter().find(|m| m.labels.end(&label))).map(|m| m.name)
    }

    /// The kind of part that a title names.
    pub(crate) fn part_kind(&self, title: &str) -> Option<PartKind> {
        let plain = squeezed(title);
        self.parts.iter().find(|part| part.titles.occur_in(&plain)).map(|part| part.kind)
    }

    /// The unit of account that a header label names: 预算数（万元）, 金额（单位：元）.
    pub(crate) fn unit_in(&self, label: &str) -> Option<String> {
        let label = squeezed(label);
        let inner = label.rsplit_once('(')?.1.strip_suffix(')')?;
        let unit = inner.rsplit_once(':').map_or(inner, |(_, unit)| unit);
        self.units.contains_key(unit).then(|| unit.to_owned())
    }

    /// Whether a cell's text is a word that table headers use, or ends with a measure.
    pub(crate) fn is_header_word(&self, text: &str) -> bool {
        let label = squeezed(text);
        self.is_exact_header_word(&label) || self.measure(&label).is_some()
    }

    /// Whether a squeezed text is, to the letter, a word that table headers use.
    pub(crate) fn is_exact_header_word(&self, label: &str) -> bool {
        self.header_words().any(|labels| labels.contain(label))
    }

    /// Whether a squeezed text of two characters or more is the beginning of a header word, as the first line of a
    /// broken label is.
    pub(crate) fn begins_header_word(&self, text: &str) -> bool {
        text.chars().count() >= 2 && self.header_words().any(|labels| labels.iter().any(|word| word.starts_with(text)))
    }

    /// Whether a squeezed text is a piece of a header word.
    pub(crate) fn is_part_of_header_word(&self, text: &str) -> bool {
        self.header_words().any(|labels| labels.iter().any(|word| word.contains(text)))
    }

    fn header_words(&self) -> impl Iterator<Item = &Labels> {
        let h = &self.headers;
        let p = &self.performance;
        let lists = [
            &h.code,
            &h.name,
            &h.other,
            &h.column_numbers,
            &p.project,
            &p.amount,
            &p.goal,
            &p.level1,
            &p.level2,
            &p.indicator,
            &p.relation,
            &p.value,
            &p.measure_unit,
            &p.weight,
            &p.group,
            &self.overview.unit_sequence,
            &self.overview.unit_name,
        ];
        lists.into_iter().chain(self.measures.iter().map(|measure| &measure.labels))
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

/// A comparable form of a label: no white space, full-width ASCII made half-width, Chinese quotation marks and
/// brackets made plain. Most texts are plain already and are not copied.
pub(crate) fn squeezed(text: &str) -> Cow<'_, str> {
    let mut plain = String::new();
    // What stands between two changes is copied in one piece.
    let mut unchanged = 0;
    for (at, character) in text.char_indices() {
        let replacement = match character {
            '!'..='~' | '\u{3400}'..='\u{9fff}' => continue,
            '\u{ff01}'..='\u{ff5e}' => char::from_u32(character as u32 - 0xfee0),
            '“' | '”' | '„' | '‟' => Some('"'),
            _ if character.is_whitespace() => None,
            _ => continue,
        };
        if unchanged == 0 {
            plain.reserve(text.len());
        }
        plain.push_str(&text[unchanged..at]);
        plain.extend(replacement);
        unchanged = at + character.len_utf8();
    }
    if unchanged == 0 {
        return Cow::Borrowed(text);
    }
    plain.push_str(&text[unchanged..]);
    Cow::Owned(plain)
}

#[cfg(test)]
mod tests {
    use super::*;

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
