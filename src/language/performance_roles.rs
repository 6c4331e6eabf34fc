//! What a column or a label of performance targets (绩效目标) means: the vocabulary's fields.

use serde::Deserialize;

use super::vocabulary::{PerformanceField, PerformanceWords, squeezed};
use crate::document::GoalPeriod;

/// What the value of a field belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Block {
    Project,
    Funds,
    Goals,
    Tasks,
    Indicators,
    /// What became of the project, in an evaluation of it (自评).
    Evaluation,
}

/// What the value of a field is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum ValueType {
    Name,
    Text,
    Amount,
    /// The sum of the block's amounts, in a row of its own.
    Total,
    /// The department, whose name is a project's only where no other is printed.
    Department,
    /// The unit that carries something out.
    Owner,
    /// The department above it.
    Supervisor,
    /// A word of the first or of the second level.
    Level1,
    Level2,
    Relation,
    Target,
    Unit,
    Weight,
    /// A remark, which is a weight where all in its column are numbers.
    Remark,
    /// A number of a row.
    Sequence,
    /// None: the label stands above or beside other labels.
    Heading,
}

/// What a field means. Which words name it, and of which block and type it is, is told by the vocabulary.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Role {
    pub(crate) block: Block,
    pub(crate) value: ValueType,
    /// Of a goal: when it shall be reached.
    pub(crate) period: Option<GoalPeriod>,
}

/// What the document JSON has a place for. Any other field is kept with its label.
impl Role {
    pub(crate) const PROJECT: Self = Self::of(Block::Project, ValueType::Name);
    pub(crate) const AMOUNT: Self = Self::of(Block::Project, ValueType::Amount);
    pub(crate) const DEPARTMENT: Self = Self::of(Block::Project, ValueType::Department);
    pub(crate) const OWNER: Self = Self::of(Block::Project, ValueType::Owner);
    pub(crate) const SUPERVISOR: Self = Self::of(Block::Project, ValueType::Supervisor);
    pub(crate) const SEQUENCE: Self = Self::of(Block::Project, ValueType::Sequence);
    pub(crate) const GROUP: Self = Self::of(Block::Project, ValueType::Heading);
    pub(crate) const FUND: Self = Self::of(Block::Funds, ValueType::Amount);
    /// The goal of the year; those of other periods differ from it in nothing else.
    pub(crate) const GOAL: Self =
        Self { block: Block::Goals, value: ValueType::Text, period: Some(GoalPeriod::Annual) };
    pub(crate) const TASK: Self = Self::of(Block::Tasks, ValueType::Name);
    pub(crate) const TASK_CONTENT: Self = Self::of(Block::Tasks, ValueType::Text);
    pub(crate) const TASKS_AMOUNT: Self = Self::of(Block::Tasks, ValueType::Amount);
    pub(crate) const TASKS_TOTAL: Self = Self::of(Block::Tasks, ValueType::Total);
    pub(crate) const LEVEL1: Self = Self::of(Block::Indicators, ValueType::Level1);
    pub(crate) const LEVEL2: Self = Self::of(Block::Indicators, ValueType::Level2);
    pub(crate) const INDICATOR: Self = Self::of(Block::Indicators, ValueType::Name);
    pub(crate) const RELATION: Self = Self::of(Block::Indicators, ValueType::Relation);
    pub(crate) const VALUE: Self = Self::of(Block::Indicators, ValueType::Target);
    pub(crate) const MEASURE_UNIT: Self = Self::of(Block::Indicators, ValueType::Unit);
    pub(crate) const WEIGHT: Self = Self::of(Block::Indicators, ValueType::Weight);
    pub(crate) const REMARK: Self = Self::of(Block::Indicators, ValueType::Remark);

    pub(crate) const fn of(block: Block, value: ValueType) -> Self {
        Self { block, value, period: None }
    }

    /// Whether its value is kept as it is printed, with its label.
    pub(crate) fn is_kept(self) -> bool {
        matches!((self.block, self.value), (Block::Project, ValueType::Text) | (Block::Evaluation, _))
    }
}

/// The role of a column that a label names: as it is, without what stands in brackets after it (预算数（万元）), or by
/// how it ends (二级项目名称, 年度总体目标).
pub(crate) fn role_of(label: &str, words: &PerformanceWords) -> Option<Role> {
    find(label, words, |field| field.heads).map(|(_, role)| role)
}

/// The role that a label of a form names, likewise.
pub(crate) fn field_of(label: &str, words: &PerformanceWords) -> Option<Role> {
    ranked_field(label, words).map(|(_, role)| role)
}

/// The same with its rank: of several values for one place, that of the least rank has it.
pub(crate) fn ranked_field(label: &str, words: &PerformanceWords) -> Option<(usize, Role)> {
    find(label, words, |_| true)
}

/// The role of a column with its rank: fields that head columns come first.
pub(crate) fn ranked_column(label: &str, words: &PerformanceWords) -> Option<(usize, Role)> {
    find(label, words, |field| field.heads).or_else(|| ranked_field(label, words))
}

fn find(label: &str, words: &PerformanceWords, wanted: impl Fn(&PerformanceField) -> bool) -> Option<(usize, Role)> {
    // Evaluations number their columns of figures (全年预算数①).
    let is_mark = |c: char| c == ':' || ('①'..='⑳').contains(&c);
    let whole = squeezed(label).trim_end_matches(is_mark).to_owned();
    let bare = whole.split_once('(').filter(|(_, rest)| rest.ends_with(')')).map_or(whole.as_str(), |(bare, _)| bare);
    let known = |text: &str| words.fields.ending_like(text).filter(|(_, field)| wanted(field));
    let exactly = |text: &str| known(text).find(|(_, field)| field.labels.contain(text));
    let ending = |text: &str| {
        let ends = known(text).filter_map(|(rank, field)| Some((field.labels.distinct_ending(text)?, rank, field)));
        let ends = ends.filter(|(_, _, field)| !field.unless.occur_in(text));
        ends.max_by_key(|(length, rank, _)| (*length, std::cmp::Reverse(*rank))).map(|(_, rank, field)| (rank, field))
    };
    exactly(&whole)
        .or_else(|| exactly(bare))
        .or_else(|| ending(&whole))
        .or_else(|| ending(bare))
        .map(|(rank, field)| (rank, field.role()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::GoalPeriod;
    use crate::language::vocabulary::Vocabulary;

    fn role(label: &str) -> Option<Role> {
        field_of(label, &Vocabulary::national().expect("the built-in vocabulary").performance)
    }

    #[test]
    fn labels_name_fields_whole_without_brackets_and_by_their_ending() {
        assert_eq!(role("三级指标"), Some(Role::INDICATOR));
        assert_eq!(role("预算数（万元）："), Some(Role::AMOUNT));
        assert_eq!(role("二级项目名称"), Some(Role::PROJECT));
        assert_eq!(
            role("项目中长期绩效目标").and_then(|role| role.period),
            Some(GoalPeriod::LongTerm),
            "the longest ending"
        );
        assert_eq!(role("全年预算数（A）①"), Some(Role::AMOUNT));
        assert_eq!(role("完成情况说明"), None);
    }

    #[test]
    fn a_word_may_tell_a_label_from_a_field() {
        let words = &Vocabulary::national().expect("the built-in vocabulary").performance;
        let rank = |label| ranked_column(label, words).filter(|(_, role)| *role == Role::VALUE).map(|(rank, _)| rank);
        assert!(rank("全年目标值") < rank("半年目标值"));
        assert_eq!(rank("上年指标值"), None);
    }
}
