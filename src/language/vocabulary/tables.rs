//! Words of tables: their headers, with geometry and without.

use serde::Deserialize;

use super::{Labels, Vocabulary};
use crate::document::Measure;

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
    pub(crate) counters: Labels,
    pub(crate) nothing: Labels,
    pub(crate) item_name_endings: Labels,
    pub(crate) unit_names: Labels,
    pub(crate) totals: Labels,
    pub(crate) amounts: Labels,
    pub(crate) parts: Labels,
    pub(crate) revenue_side: Labels,
    pub(crate) expenditure_side: Labels,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct MeasureLabels {
    pub(crate) name: Measure,
    pub(crate) labels: Labels,
}

/// What says of which item, unit, year and stage an amount is.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct FactWords {
    pub(crate) unit_codes: Labels,
    pub(crate) project_codes: Labels,
    pub(crate) units: Labels,
    pub(crate) projects: Labels,
    pub(crate) goods: Labels,
    pub(crate) remarks: Labels,
    pub(crate) running: Labels,
    pub(crate) change: Labels,
    pub(crate) final_endings: Labels,
    pub(crate) budget_endings: Labels,
    pub(crate) after_year: Labels,
    pub(crate) unit_fund: Labels,
    #[cfg_attr(not(feature = "data"), allow(dead_code))]
    pub(crate) three_public: Labels,
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

impl Vocabulary {
    /// The measure that a header label names.
    pub(crate) fn measure(&self, label: &str) -> Option<Measure> {
        let label = self.bare_label(label);
        let exact = self.measures.iter().find(|m| m.labels.contain(&label));
        let found = exact.or_else(|| self.measures.iter().find(|m| m.labels.end(&label)));
        // What follows in brackets says what is counted with it: 事业收入（不含教育收费）.
        let before = || label.strip_suffix(')')?.rsplit_once('(').map(|(before, _)| before);
        let found = found.or_else(|| before().and_then(|bare| self.measures.iter().find(|m| m.labels.contain(bare))));
        found.map(|m| m.name)
    }

    /// Whether a cell's text is a word that table headers use, or ends with a measure.
    pub(crate) fn is_header_word(&self, text: &str) -> bool {
        let label = self.bare_label(text);
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
            &p.group,
            &self.overview.unit_sequence,
            &self.overview.unit_name,
        ];
        let fields = p.fields.iter().filter(|field| field.heads).map(|field| &field.labels);
        lists.into_iter().chain(fields).chain(self.measures.iter().map(|measure| &measure.labels))
    }
}
