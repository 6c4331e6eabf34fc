//! Words of prose and of performance targets.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;
use serde::Deserialize;

use super::Labels;
use crate::document::GoalPeriod;
use crate::language::performance_roles::{Block, Role, ValueType};
use crate::language::quantities::Units;

/// Words of the performance grid.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct PerformanceWords {
    /// The fields of grids and forms.
    #[serde(rename = "field")]
    pub(crate) fields: PerformanceFields,
    pub(crate) weight_units: Labels,
    pub(crate) department_words: Labels,
    pub(crate) group: Labels,
    pub(crate) form_labels: Labels,
    pub(crate) level_words: Labels,
    pub(crate) level1_words: Labels,
    pub(crate) relation_words: Labels,
    pub(crate) text_limits: Vec<usize>,
    pub(crate) form_titles: Labels,
    pub(crate) title_words: Labels,
    pub(crate) among_them: Labels,
    /// First levels and the second ones that are their parts.
    #[serde(rename = "level")]
    pub(crate) levels: Vec<LevelWords>,
    pub(crate) no_units: Labels,
}

/// A first level of indicators with its parts.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct LevelWords {
    pub(crate) word: String,
    pub(crate) parts: Labels,
}

impl PerformanceWords {
    /// Whether a project has several values of a role.
    pub(crate) fn has_many(&self, role: Role) -> bool {
        self.fields.iter().any(|field| field.many && field.role() == role)
    }

    /// The first levels of which a second one may be a part.
    pub(crate) fn levels_above(&self, level2: &str) -> Vec<&str> {
        let plain = super::squeezed(level2);
        self.levels.iter().filter(|level| level.parts.contain(&plain)).map(|level| level.word.as_str()).collect()
    }
}

/// A field of performance targets: what is printed for it, and what it is.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct PerformanceField {
    /// What its value belongs to.
    block: Block,
    /// What its value is.
    value: ValueType,
    /// Of a goal: when it shall be reached.
    period: Option<GoalPeriod>,
    pub(crate) labels: Labels,
    /// Words that a longer label with one of these endings may not have.
    #[serde(default)]
    pub(crate) unless: Labels,
    /// Whether columns of grids have it at their heads.
    #[serde(default)]
    pub(crate) heads: bool,
    /// Whether a project has several of it.
    #[serde(default)]
    pub(crate) many: bool,
}

impl PerformanceField {
    /// What the field means.
    pub(crate) fn role(&self) -> Role {
        Role { block: self.block, value: self.value, period: self.period }
    }
}

/// The fields of performance targets, in the order of their ranks.
///
/// Nearly every cell of a form is held against all of them: the character that a text ends with leaves a few.
#[derive(Clone, Debug, Deserialize)]
#[serde(from = "Vec<PerformanceField>")]
pub(crate) struct PerformanceFields {
    fields: Vec<PerformanceField>,
    /// Which fields have a label that ends with a character.
    by_last: FxHashMap<char, Vec<usize>>,
}

impl From<Vec<PerformanceField>> for PerformanceFields {
    fn from(fields: Vec<PerformanceField>) -> Self {
        let mut by_last: FxHashMap<char, Vec<usize>> = FxHashMap::default();
        for (rank, field) in fields.iter().enumerate() {
            for last in field.labels.iter().filter_map(|label| label.chars().next_back()) {
                let ranks = by_last.entry(last).or_default();
                if ranks.last() != Some(&rank) {
                    ranks.push(rank);
                }
            }
        }
        Self { fields, by_last }
    }
}

impl PerformanceFields {
    /// All of them.
    pub(crate) fn iter(&self) -> impl Iterator<Item = &PerformanceField> {
        self.fields.iter()
    }

    /// Those that have a label with the last character of a text, with their ranks.
    pub(crate) fn ending_like<'f>(
        &'f self,
        text: &str,
    ) -> impl Iterator<Item = (usize, &'f PerformanceField)> + use<'f> {
        let ranks = text.chars().next_back().and_then(|last| self.by_last.get(&last));
        ranks.into_iter().flatten().map(|rank| (*rank, &self.fields[*rank]))
    }
}

/// Words by which prose states numbers.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct StatementWords {
    pub(crate) increase: Vec<String>,
    pub(crate) decrease: Vec<String>,
    pub(crate) short_increase: Vec<String>,
    pub(crate) short_decrease: Vec<String>,
    pub(crate) of_all: Vec<String>,
    pub(crate) unchanged: Vec<String>,
    pub(crate) reasons: Vec<String>,
    pub(crate) no_reasons: Vec<String>,
    pub(crate) reason_joints: Vec<String>,
    pub(crate) numbered_reasons: Vec<String>,
    pub(crate) share: Vec<String>,
    pub(crate) share_of: Vec<String>,
    pub(crate) unchanged_after_comparison: Vec<String>,
    pub(crate) no_comparisons: Vec<String>,
    pub(crate) comparisons_within: Vec<String>,
    pub(crate) connectives: Vec<String>,
    pub(crate) changed: Vec<String>,
    pub(crate) change_endings: Vec<String>,
    pub(crate) comparison_ends: Vec<String>,
    pub(crate) adverbs: Vec<String>,
    pub(crate) reached: Vec<String>,
    pub(crate) more: Vec<String>,
    pub(crate) less: Vec<String>,
    pub(crate) equals: Vec<String>,
    pub(crate) roughly: Vec<String>,
    pub(crate) bases: Vec<String>,
    pub(crate) points: Vec<String>,
    pub(crate) unit_names: BTreeMap<String, String>,
    pub(crate) counters: Vec<String>,
    pub(crate) noun_counters: Vec<String>,
    pub(crate) times: Vec<String>,
    pub(crate) ordinal_marks: Vec<String>,
    pub(crate) holders: Vec<String>,
    pub(crate) noun_ends: Vec<String>,
    pub(crate) no_nouns: Vec<String>,
    pub(crate) owners: Vec<String>,
    pub(crate) inner_openers: Vec<String>,
    pub(crate) purposes: Vec<String>,
    pub(crate) item_endings: Vec<String>,
    pub(crate) from_words: Vec<String>,
    pub(crate) respectively: Vec<String>,
    pub(crate) joints: Vec<String>,
    pub(crate) absences: Vec<String>,
    pub(crate) fund_budgets: Vec<String>,
    pub(crate) title_openings: Vec<String>,
    pub(crate) title_endings: Vec<String>,
    pub(crate) units: Units,
    pub(crate) range_marks: Labels,
    pub(crate) comparisons: Vec<String>,
    pub(crate) thresholds: Vec<String>,
    pub(crate) fillers: Vec<String>,
    pub(crate) metrics: Vec<String>,
    pub(crate) totals: Vec<String>,
    pub(crate) whole_metrics: Vec<String>,
    pub(crate) generic_items: Vec<String>,
    pub(crate) executed: Vec<String>,
    pub(crate) completed: Vec<String>,
    pub(crate) opposites: Vec<String>,
    pub(crate) nameless_items: Vec<String>,
    pub(crate) bare_sums: Vec<String>,
    pub(crate) heading_endings: Vec<String>,
    pub(crate) budgeting: Vec<String>,
    pub(crate) list_openers: Vec<String>,
    #[serde(rename = "list")]
    pub(crate) lists: Vec<ListWords>,
    pub(crate) levels: Vec<String>,
    pub(crate) after_path: Vec<String>,
    pub(crate) class_endings: Labels,
}

impl StatementWords {
    /// The bytes of the word by which a text begins to give a reason.
    pub(crate) fn opens_reason(&self, text: &str) -> Option<usize> {
        let length = self.reasons.iter().filter(|word| text.starts_with(word.as_str())).map(String::len).max()?;
        let is_other = self.no_reasons.iter().any(|word| text.starts_with(word.as_str()));
        (!is_other).then_some(length)
    }

    /// Where a text next begins to give a reason from a place on, and the bytes of the word.
    pub(crate) fn next_reason(&self, text: &str, from: usize) -> Option<(usize, usize)> {
        let mut from = from;
        loop {
            let rest = &text[from..];
            let at = from + self.reasons.iter().filter_map(|word| rest.find(word.as_str())).min()?;
            // 压减经费等原因 ends a reason.
            let ends = |length: usize| self.no_reasons.iter().any(|word| text[..at + length].ends_with(word.as_str()));
            if let Some(length) = self.opens_reason(&text[at..]).filter(|length| !ends(*length)) {
                return Some((at, length));
            }
            from = at + text[at..].chars().next().map_or(1, char::len_utf8);
        }
    }
}

/// How a list of amounts begins, and what its members are counted as.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ListWords {
    pub(crate) opener: String,
    pub(crate) metric: String,
}
