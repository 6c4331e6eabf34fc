//! What a column or a label of performance targets (绩效目标) means, by its words.

use super::vocabulary::{Labels, PerformanceWords, squeezed};

/// What a column of the grid holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
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
}

/// The role that a label names: as it is, without what stands in brackets after it (预算数（万元）), or by how it ends
/// (二级项目名称, 年度总体目标).
pub(crate) fn role_of(label: &str, words: &PerformanceWords) -> Option<Role> {
    let known: [(&Labels, Role); 10] = [
        (&words.level1, Role::Level1),
        (&words.level2, Role::Level2),
        (&words.indicator, Role::Indicator),
        (&words.relation, Role::Relation),
        (&words.value, Role::Value),
        (&words.measure_unit, Role::MeasureUnit),
        (&words.weight, Role::Weight),
        (&words.amount, Role::Amount),
        (&words.goal, Role::Goal),
        (&words.project, Role::Project),
    ];
    let whole = squeezed(label).trim_end_matches(':').to_owned();
    let bare = whole.split_once('(').filter(|(_, rest)| rest.ends_with(')')).map_or(whole.as_str(), |(bare, _)| bare);
    let exactly = |text: &str| known.iter().find(|(labels, _)| labels.contain(text));
    let ending = |text: &str| known.iter().find(|(labels, _)| labels.end_distinctly(text));
    exactly(&whole).or_else(|| exactly(bare)).or_else(|| ending(&whole)).or_else(|| ending(bare)).map(|(_, role)| *role)
}
