//! Words of prose and of performance targets.

use std::collections::BTreeMap;

use std::sync::OnceLock;

use regex::Regex;
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
    pub(crate) fields: Vec<PerformanceField>,
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

/// Words by which prose states numbers.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct StatementWords {
    /// The patterns that the grammar of clauses makes of these words; compiled once, when the first narrative is read.
    #[serde(skip)]
    pub(crate) patterns: OnceLock<Vec<Regex>>,
    pub(crate) increase: Vec<String>,
    pub(crate) decrease: Vec<String>,
    pub(crate) unchanged: Vec<String>,
    pub(crate) reasons: Vec<String>,
    pub(crate) no_reasons: Vec<String>,
    pub(crate) share: Vec<String>,
    pub(crate) share_of: Vec<String>,
    pub(crate) unchanged_after_comparison: Vec<String>,
    pub(crate) comparisons_within: Vec<String>,
    pub(crate) connectives: Vec<String>,
    pub(crate) changed: Vec<String>,
    pub(crate) change_endings: Vec<String>,
    pub(crate) points: Vec<String>,
    pub(crate) unit_names: BTreeMap<String, String>,
    pub(crate) counters: Vec<String>,
    pub(crate) holders: Vec<String>,
    pub(crate) noun_ends: Vec<String>,
    pub(crate) title_openings: Vec<String>,
    pub(crate) title_endings: Vec<String>,
    pub(crate) units: Units,
    pub(crate) range_marks: Labels,
    pub(crate) comparisons: Vec<String>,
    pub(crate) thresholds: Vec<String>,
    pub(crate) fillers: Vec<String>,
    pub(crate) metrics: Vec<String>,
    pub(crate) whole_metrics: Vec<String>,
    pub(crate) generic_items: Vec<String>,
    pub(crate) nameless_items: Vec<String>,
    pub(crate) list_openers: Vec<String>,
    #[serde(rename = "list")]
    pub(crate) lists: Vec<ListWords>,
    pub(crate) levels: Vec<String>,
    pub(crate) after_path: Vec<String>,
    pub(crate) class_endings: Labels,
}

/// How a list of amounts begins, and what its members are counted as.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ListWords {
    pub(crate) opener: String,
    pub(crate) metric: String,
}
