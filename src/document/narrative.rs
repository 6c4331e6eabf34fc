//! 预算情况说明 and 名词解释: sections, every number that they state, terms.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Money, PageNumber};

/// 预算情况说明.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Narrative {
    /// The numbered sections.
    pub sections: Vec<Section>,
}

/// A section of the narrative.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Section {
    /// Printed ordinal (`一`), or null for text before the first section.
    pub number: Option<String>,
    /// Heading without the ordinal.
    pub title: String,
    /// Paragraphs with their own ordinals.
    pub paragraphs: Vec<String>,
    /// Physical pages.
    pub pages: Vec<PageNumber>,
}

/// A number that the narrative states.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Statement {
    /// Ordinal of the section.
    pub section: Option<String>,
    /// Heading numbers below the section (`（三）1`), or null.
    pub subsection: Option<String>,
    /// What the number is about.
    pub item: String,
    /// Functional classification code, where the item is a code path that a table has.
    pub code: Option<String>,
    /// What is counted: `预算数`, `收入`, `支出` …
    pub metric: Option<String>,
    /// The number; null where only a change is stated.
    pub amount: Option<Money>,
    /// Unit of the number.
    pub unit: String,
    /// Whether it grows; null where nothing is said.
    pub change_direction: Option<ChangeDirection>,
    /// The word that says so (增加, 下降, 持平).
    pub change_word: Option<String>,
    /// By how much, in the same unit.
    pub change_amount: Option<Money>,
    /// By how many per cent.
    pub change_pct: Option<Money>,
    /// Share of the whole, in per cent.
    pub share_pct: Option<Money>,
    /// The reason given for the change.
    pub reason: Option<String>,
    /// Physical page.
    pub page: PageNumber,
    /// Where the number and its unit stand, in points from the upper left: x0, y0, x1, y1.
    pub bbox: [f32; 4],
    /// Which words of the narrative say so; null in documents of earlier versions.
    #[serde(default)]
    pub place: Option<StatementPlace>,
}

/// The words of a statement in the narrative, from its subject to the last that is said of its number: its change, its
/// share. What a list or a bracket says in between stands among them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct StatementPlace {
    /// Place of the section in `narrative.sections`.
    pub section: usize,
    /// Place of the paragraph in its section.
    pub paragraph: usize,
    /// The first of their characters in the paragraph, counted from 0.
    pub start: usize,
    /// The one after their last.
    pub end: usize,
}

/// How a stated number compares with the one of the year before.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ChangeDirection {
    /// 增加, 增长.
    Increase,
    /// 减少, 下降.
    Decrease,
    /// 持平, 无变化.
    None,
}

/// A term and its definition.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct GlossaryEntry {
    /// Heading above the term, with its ordinal.
    pub category: Option<String>,
    /// Printed ordinal.
    pub number: Option<String>,
    /// The term.
    pub term: Option<String>,
    /// Its definition, or a sentence that stands in the place of one.
    pub definition: String,
}
