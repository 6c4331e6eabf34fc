//! What was published, by whom, for which year.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What was published.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Publication {
    /// 预算 or 决算.
    pub kind: PublicationKind,
    /// 部门 or 单位.
    pub scope: Scope,
    /// The organisation's name alone.
    pub organisation: Option<String>,
    /// The name as printed, where words beside it (（汇总）, 部门预算) were taken away.
    pub organisation_printed: Option<String>,
    /// The budget's year.
    pub fiscal_year: Option<u16>,
    /// The layout family whose vocabulary was used.
    pub layout: String,
}

/// Budget or final accounts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum PublicationKind {
    /// 预算.
    Budget,
    /// 决算.
    FinalAccounts,
    /// Neither is said.
    #[default]
    Unknown,
}

/// Whose figures a document has.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Scope {
    /// 部门: a department with all its units.
    Department,
    /// 单位: one unit.
    Unit,
    /// Neither is said.
    #[default]
    Unknown,
}
