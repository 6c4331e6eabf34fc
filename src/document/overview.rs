//! 部门概况: functions, institutions, budget units.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{PageNumber, Section};

/// 部门概况.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Overview {
    /// 主要职能.
    pub functions: Vec<Function>,
    /// 机构设置.
    pub institutions: Vec<Institution>,
    /// 部门预算单位构成.
    pub budget_units: Vec<BudgetUnit>,
    /// All that it says, section by section; functions and institutions are read from it.
    #[serde(default)]
    pub sections: Vec<Section>,
}

/// One of the organisation's functions.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Function {
    /// Printed ordinal (`一`), or null.
    pub number: Option<String>,
    /// Text without the ordinal.
    pub text: String,
    /// Pages on which it stands.
    pub pages: Vec<PageNumber>,
}

/// A division of the organisation.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Institution {
    /// Printed ordinal (`一`), or null.
    pub number: Option<String>,
    /// Name of the division.
    pub name: String,
    /// What stands in brackets after the name.
    pub remark: Option<String>,
    /// What it does.
    pub text: String,
    /// Pages on which it stands.
    pub pages: Vec<PageNumber>,
}

/// A unit whose figures the budget includes.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct BudgetUnit {
    /// Printed sequence number, or its place in the list where none is printed.
    pub seq: u32,
    /// Name as printed.
    pub name: String,
}
