//! Facts: one for every amount of money in a table, with what it is of.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Measure, Money, PageNumber, Placement, TableKind};

/// Revenue or expenditure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Direction {
    /// 收入.
    Revenue,
    /// 支出.
    Expenditure,
}

/// A classification that codes belong to (政府收支分类).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Scheme {
    /// 功能分类: 201 …
    Functional,
    /// 部门预算支出经济分类: 301 …
    Economic,
    /// 政府预算支出经济分类: 501 …
    GovernmentEconomic,
}

/// Whose money an amount is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Fund {
    /// 一般公共预算.
    GeneralPublic,
    /// 政府性基金.
    GovernmentFund,
    /// 国有资本经营预算.
    StateCapital,
    /// 财政专户管理资金.
    FiscalSpecialAccount,
    /// 单位资金.
    UnitFund,
    /// 上年结转结余.
    Carryover,
}

/// Which of a year's figures an amount is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// 预算数.
    Budget,
    /// 决算数.
    Final,
    /// 增减额.
    Change,
}

/// A cell of a table. Everything counts from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CellPlace {
    /// Place of the table in `tables`.
    pub table: usize,
    /// Row of the table.
    pub row: usize,
    /// Column of the table.
    pub column: usize,
}

/// A classification code with its scheme and name.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Subject {
    /// The classification that the code belongs to.
    pub scheme: Option<Scheme>,
    /// The whole code, digits only.
    pub code: String,
    /// The name beside it.
    pub name: Option<String>,
}

/// One amount of one table, with what it is of.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Fact {
    /// The cell that it stands in.
    pub place: CellPlace,
    /// Kind of the table.
    pub table: TableKind,
    /// Revenue or expenditure, where the table says.
    pub direction: Option<Direction>,
    /// The classification that `code` belongs to.
    pub scheme: Option<Scheme>,
    /// Classification code, joined where it stands in several columns.
    pub code: Option<String>,
    /// Name of the row, or of the item where items stand in columns.
    pub name: Option<String>,
    /// 类 1, 款 2, 项 3.
    pub level: Option<u8>,
    /// A further classification in the row.
    pub second: Option<Subject>,
    /// The unit, department or project that the row belongs to, where the table lists several.
    pub owner: Option<String>,
    /// What the amount measures.
    pub measure: Measure,
    /// Whose money it is, where the table says.
    pub fund: Option<Fund>,
    /// Fiscal year that the figure is of.
    pub year: Option<u16>,
    /// Budget, final accounts, or the change between two figures.
    pub stage: Option<Stage>,
    /// Whether no other row of its table is a part of this one.
    pub leaf: bool,
    /// Exact amount in the printed unit, with the printed digits.
    pub amount: Money,
    /// Printed unit.
    pub unit: Option<String>,
    /// Exact amount in yuan; null where the unit is not known.
    pub amount_yuan: Option<Money>,
    /// Physical page.
    pub page: PageNumber,
    /// Cell in points from the upper left: x0, y0, x1, y1.
    pub bbox: [f32; 4],
    /// How many passing checks confirm the amount.
    pub verified_by: u32,
    /// How the amount was given its column; only for text dumps, which have no geometry.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub placement: Option<Placement>,
}
