//! Tables: what they show, their columns, rows and notes.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{PageNumber, Row};

/// A table.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Table {
    /// Number in the printed label, or null.
    pub number: Option<u32>,
    /// Printed label (`部门公开表1`), or null.
    pub label: Option<String>,
    /// Title as printed, reflowed.
    pub title: Option<String>,
    /// What the table shows.
    pub kind: TableKind,
    /// What told the kind; null where nothing did.
    pub kind_by: Option<KindBy>,
    /// Unit of account as printed (`万元`).
    pub unit: Option<String>,
    /// Physical pages, first = 1.
    pub pages: Vec<PageNumber>,
    /// How the cells were found.
    pub layout: TableLayout,
    /// How far the reading can be relied on.
    pub confidence: Confidence,
    /// Columns from left to right.
    pub columns: Vec<Column>,
    /// Rows from top to bottom.
    pub rows: Vec<Row>,
    /// Notes below the table.
    pub notes: Vec<String>,
}

/// What told the kind of a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum KindBy {
    /// Its title.
    Title,
    /// The words of its header.
    Header,
    /// Its codes, items and sums.
    Content,
}

/// How the cells of a table were found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum TableLayout {
    /// From its rulings.
    Ruled,
    /// From the alignment of its text: less certain, named by a diagnostic.
    Aligned,
    /// From the words of a text dump: facts say how each figure was given its column.
    Text,
}

/// How far the reading of a table can be relied on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Confidence {
    /// Something in it could not be read, or its columns have no names; a diagnostic says what.
    Low,
    /// Its cells were placed by alignment, or its title does not say what it is.
    Medium,
    /// Ruled, titled, and every amount is an amount.
    High,
}

/// What a table shows, for budgets and final accounts alike.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum TableKind {
    /// 收支总表.
    RevenueExpenditureSummary,
    /// 收入总表.
    RevenueSummary,
    /// 支出总表.
    ExpenditureSummary,
    /// 财政拨款收支总表.
    FiscalAppropriationSummary,
    /// 一般公共预算支出表.
    GeneralPublicExpenditure,
    /// 一般公共预算基本支出表.
    GeneralPublicBasicExpenditure,
    /// “三公”经费支出表.
    ThreePublic,
    /// 政府性基金预算支出表.
    GovernmentFundExpenditure,
    /// 国有资本经营预算支出表.
    StateCapitalExpenditure,
    /// 基本支出表, all funds.
    BasicExpenditure,
    /// 项目支出表.
    ProjectExpenditure,
    /// 一般公共预算支出按经济分类.
    GeneralPublicByEconomicClass,
    /// 财政拨款支出表.
    FiscalAppropriationExpenditure,
    /// 财政拨款基本支出表.
    FiscalAppropriationBasicExpenditure,
    /// 机关运行经费表.
    OperatingExpenses,
    /// 政府采购预算表.
    Procurement,
    /// 绩效目标表; its content is in `performance`.
    PerformanceTargets,
    /// Anything else ruled as a table.
    Other,
}

/// A column of a table.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Column {
    /// Header labels from the top; spanning headers are repeated.
    pub path: Vec<String>,
    /// What its cells hold.
    #[serde(rename = "type")]
    pub column_type: ColumnType,
    /// What its amounts measure; amount columns only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub measure: Option<Measure>,
    /// Unit of its amounts, where it differs from the table's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<String>,
}

/// What the cells of a column hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ColumnType {
    /// Words.
    Text,
    /// Classification codes, kept as printed.
    Code,
    /// Amounts.
    Amount,
}

/// What an amount measures.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Measure {
    /// 合计, 预算数, 决算数: all of it.
    Total,
    /// 上年预算数.
    PriorYear,
    /// 基本支出.
    Basic,
    /// 项目支出.
    Project,
    /// 人员经费.
    Personnel,
    /// 公用经费.
    Operating,
    /// 上年结转.
    Carryover,
    /// 一般公共预算.
    GeneralPublic,
    /// 政府性基金.
    GovernmentFund,
    /// 国有资本经营.
    StateCapital,
    /// 财政拨款.
    FiscalAppropriation,
    /// 财政专户管理资金.
    SpecialAccount,
    /// 事业收入.
    InstitutionRevenue,
    /// 事业单位经营收入 or 支出.
    InstitutionOperation,
    /// 上级补助收入.
    SuperiorGrant,
    /// 附属单位上缴收入.
    AffiliateRemittance,
    /// 上缴上级支出.
    Remittance,
    /// 对附属单位补助支出.
    AffiliateGrant,
    /// 其他收入.
    OtherRevenue,
    /// 因公出国（境）费用.
    TravelAbroad,
    /// 公务用车购置及运行费.
    Vehicles,
    /// 公务用车购置费.
    VehiclePurchase,
    /// 公务用车运行费.
    VehicleOperation,
    /// 公务接待费.
    Reception,
    /// A header that the vocabulary does not know.
    Other,
}
