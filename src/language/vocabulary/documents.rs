//! Words of the document as a whole: cover, parts, captions, notes.

use serde::Deserialize;

use super::Labels;
use crate::document::TableKind;

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
    pub(crate) organisation_remarks: Labels,
}

/// How texts name years without a number.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct YearWords {
    pub(crate) own: Labels,
    pub(crate) before: Labels,
    pub(crate) other_columns: Labels,
    pub(crate) columns_before: Labels,
}

/// Words of regions in the names of organisations.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(not(feature = "data"), allow(dead_code))]
pub(crate) struct RegionWords {
    pub(crate) prefixes: Labels,
    pub(crate) endings: Labels,
    pub(crate) townships: Labels,
    pub(crate) township_followers: Labels,
    pub(crate) no_regions: Labels,
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

/// Words of the glossary.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct GlossaryWords {
    pub(crate) definitions: Labels,
    pub(crate) means: Vec<String>,
    pub(crate) defines: Vec<String>,
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
    pub(crate) amount_labels: Labels,
    pub(crate) unit_sentences: Vec<(String, String)>,
    pub(crate) year_labels: Labels,
    pub(crate) title_endings: Labels,
    pub(crate) words_of_numerals: Labels,
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
