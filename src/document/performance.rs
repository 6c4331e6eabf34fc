//! Performance targets (绩效目标): projects, their funds, goals and tasks, and their indicators.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Money, PageNumber};

/// Performance targets of all projects.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Performance {
    /// Title as printed.
    pub title: Option<String>,
    /// Year as printed above the grid, else the document's.
    pub fiscal_year: Option<u16>,
    /// Unit of account of the project amounts.
    pub unit: Option<String>,
    /// Physical pages.
    pub pages: Vec<PageNumber>,
    /// The projects in the order of the document.
    pub projects: Vec<Project>,
}

/// A project and what it shall achieve.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Project {
    /// Name; the organisation's for the targets of a whole department.
    pub name: String,
    /// Whose targets these are.
    pub scope: ProjectScope,
    /// 实施单位 or 主管部门, as printed.
    pub owner: Option<String>,
    /// Approved amount (批复数).
    pub amount: Option<Money>,
    /// Unit of the amounts of its own form or grid.
    pub unit: Option<String>,
    /// Where the money comes from.
    pub funds: Vec<FundSource>,
    /// 绩效目标 of the year.
    pub goal: Option<String>,
    /// The goals, where several are printed.
    pub goals: Vec<Goal>,
    /// 年度主要任务.
    pub tasks: Vec<Task>,
    /// Physical pages.
    pub pages: Vec<PageNumber>,
    /// The indicators in the order of the document.
    pub indicators: Vec<Indicator>,
    /// Every other labelled value of its form.
    pub fields: Vec<ProjectField>,
}

/// A part of a project's money.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct FundSource {
    /// The source as printed (财政拨款).
    pub source: String,
    /// The amount, in the project's unit.
    pub amount: Option<Money>,
}

/// A goal of a project.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Goal {
    /// When it shall be reached.
    pub period: GoalPeriod,
    /// The goal.
    pub text: String,
}

/// When a goal shall be reached.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum GoalPeriod {
    /// 年度目标.
    Annual,
    /// 中期目标.
    MediumTerm,
    /// 长期目标, 实施期目标.
    LongTerm,
}

/// A main task of the year (年度主要任务).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Task {
    /// 任务名称.
    pub name: String,
    /// 主要内容.
    pub content: Option<String>,
    /// Its amount, in the project's unit.
    pub amount: Option<Money>,
}

/// A labelled value of a form.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ProjectField {
    /// The label as printed.
    pub label: String,
    /// The value as printed.
    pub value: String,
    /// Physical page.
    pub page: PageNumber,
}

/// A labelled value of an indicator's row.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct LabelledValue {
    /// The label as printed.
    pub label: String,
    /// The value as printed.
    pub value: String,
}

/// Whose performance targets a project's are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ProjectScope {
    /// One project.
    #[default]
    Project,
    /// The whole department (部门整体绩效目标).
    Department,
}

/// A performance indicator (绩效指标).
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Indicator {
    /// 一级指标.
    pub level1: Option<String>,
    /// 二级指标.
    pub level2: Option<String>,
    /// 三级指标: what is measured.
    pub name: String,
    /// How the value is meant.
    pub relation: Option<Relation>,
    /// The target.
    pub value: Option<String>,
    /// Unit of the target.
    pub measure_unit: Option<String>,
    /// Weight (权重) of the indicator, where the form has one.
    pub weight: Option<String>,
    /// Whether the source cuts the name off at its reporting system's limit.
    pub truncated: bool,
    /// Physical pages.
    pub pages: Vec<PageNumber>,
    /// What else its row says.
    pub fields: Vec<LabelledValue>,
}

/// How the value of a target is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
pub enum Relation {
    /// At least.
    #[serde(rename = "≥")]
    AtLeast,
    /// At most.
    #[serde(rename = "≤")]
    AtMost,
    /// Exactly.
    #[serde(rename = "=")]
    Equal,
    /// More than.
    #[serde(rename = ">")]
    More,
    /// Less than.
    #[serde(rename = "<")]
    Less,
}

impl Relation {
    /// The sign, as it is written in JSON.
    pub fn sign(self) -> &'static str {
        match self {
            Relation::AtLeast => "≥",
            Relation::AtMost => "≤",
            Relation::Equal => "=",
            Relation::More => ">",
            Relation::Less => "<",
        }
    }
}
