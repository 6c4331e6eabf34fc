//! What a column or a label of performance targets (绩效目标) means, by its words.

use serde::Deserialize;

use super::vocabulary::{PerformanceField, PerformanceWords, squeezed};

/// What a column of a grid or a label of a form stands for. Which words name it is told by the vocabulary.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Role {
    Project,
    Amount,
    Goal,
    Level1,
    Level2,
    Indicator,
    Relation,
    Value,
    MeasureUnit,
    Weight,
    /// The department, whose name is a project's only where no other is printed.
    Department,
    /// The unit that carries the project out.
    Owner,
    /// The department above it.
    Supervisor,
    /// A part of the amount, by its source.
    Fund,
    MediumGoal,
    LongGoal,
    Task,
    TaskContent,
    /// The row below the tasks that adds them up.
    TasksTotal,
    /// The column of the tasks' amounts.
    TasksAmount,
    /// A column of remarks, which are weights where all of them are numbers.
    Remark,
    Sequence,
    /// A value that is kept with its label.
    Other,
    /// A label above or beside other labels.
    Group,
}

/// The role of a column that a label names: as it is, without what stands in brackets after it (预算数（万元）), or by
/// how it ends (二级项目名称, 年度总体目标).
pub(crate) fn role_of(label: &str, words: &PerformanceWords) -> Option<Role> {
    find(label, words, |field| field.heads)
}

/// The role that a label of a form names, likewise.
pub(crate) fn field_of(label: &str, words: &PerformanceWords) -> Option<Role> {
    find(label, words, |_| true)
}

fn find(label: &str, words: &PerformanceWords, wanted: impl Fn(&PerformanceField) -> bool) -> Option<Role> {
    let whole = squeezed(label).trim_end_matches(':').to_owned();
    let bare = whole.split_once('(').filter(|(_, rest)| rest.ends_with(')')).map_or(whole.as_str(), |(bare, _)| bare);
    let known = || words.fields.iter().filter(|field| wanted(field));
    let exactly = |text: &str| known().find(|field| field.labels.contain(text));
    let ending = |text: &str| known().find(|field| field.labels.end_distinctly(text));
    exactly(&whole)
        .or_else(|| exactly(bare))
        .or_else(|| ending(&whole))
        .or_else(|| ending(bare))
        .map(|field| field.role)
}
