//! The document JSON: what one converted file becomes.
//!
//! Field names are English, values keep the document's own Chinese. Amounts are exact decimals carried as strings:
//! no binary floating point touches them. The JSON Schema of `yusuan schema` is generated from these types.

mod checks;
mod error;
pub(crate) mod geometry;
mod json;
mod row;
mod schema;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub use checks::{Check, CheckPlace, CheckStatus, Suspect, Verification};
pub use error::{Error, ErrorKind};
pub use geometry::PageNumber;
pub(crate) use json::to_json_bytes;
pub use json::{from_json, to_json};
pub use row::{Placement, Row};
pub use schema::json_schema;

/// The format of this version, in `format`.
pub const FORMAT: &str = "yusuan.document/1";

/// One converted document.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Document {
    /// Always `yusuan.document/1`.
    pub format: String,
    /// The file it came from.
    pub source: Source,
    /// What was published, by whom, for which year.
    pub document: Publication,
    /// 部门概况: functions, institutions, budget units.
    pub overview: Overview,
    /// The ruled tables, in the order of the document; a continued table is one table.
    pub tables: Vec<Table>,
    /// Performance targets (绩效目标), or null where the document has none.
    pub performance: Option<Performance>,
    /// 预算情况说明.
    pub narrative: Narrative,
    /// Every number that the narrative states.
    pub statements: Vec<Statement>,
    /// 名词解释.
    pub glossary: Vec<GlossaryEntry>,
    /// Every amount of the tables, with its code, measure and place.
    pub facts: Vec<Fact>,
    /// The document's own arithmetic, checked.
    pub checks: Vec<Check>,
    /// How much of it passing checks confirm.
    pub verification: Verification,
    /// What could not be read, placed or understood.
    pub diagnostics: Vec<Diagnostic>,
}

/// The file a document came from.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Source {
    /// File name without its folder.
    pub file: String,
    /// SHA-256 of the bytes, in lower-case hexadecimal.
    pub sha256: String,
    /// What was read.
    pub input: Input,
    /// Number of physical pages.
    pub pages: u32,
    /// The program that made the file, as it says itself.
    pub producer: Option<String>,
}

/// Kind of input.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Input {
    /// A PDF.
    Pdf,
    /// A text dump of a PDF.
    Text,
}

/// What was published.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Publication {
    /// 预算 or 决算.
    pub kind: PublicationKind,
    /// 部门 or 单位.
    pub scope: Scope,
    /// The organisation's name as printed.
    pub organisation: Option<String>,
    /// The budget's year.
    pub fiscal_year: Option<u16>,
    /// The layout family whose vocabulary was used.
    pub layout: String,
}

/// Budget or final accounts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum PublicationKind {
    /// 预算.
    Budget,
    /// 决算.
    FinalAccounts,
    /// Neither is said.
    Unknown,
}

/// Whose figures a document has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Scope {
    /// 部门: a department with all its units.
    Department,
    /// 单位: one unit.
    Unit,
    /// Neither is said.
    Unknown,
}

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
    #[serde(skip_serializing_if = "Option::is_none")]
    pub measure: Option<Measure>,
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
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Project {
    /// Name; the organisation's for the targets of a whole department.
    pub name: String,
    /// Whose targets these are.
    pub scope: ProjectScope,
    /// Approved amount (批复数).
    pub amount: Option<String>,
    /// 绩效目标.
    pub goal: Option<String>,
    /// Physical pages.
    pub pages: Vec<PageNumber>,
    /// The indicators in the order of the document.
    pub indicators: Vec<Indicator>,
}

/// Whose performance targets a project's are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ProjectScope {
    /// One project.
    Project,
    /// The whole department (部门整体绩效目标).
    Department,
}

/// A performance indicator (绩效指标).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Indicator {
    /// 一级指标.
    pub level1: Option<String>,
    /// 二级指标.
    pub level2: Option<String>,
    /// 三级指标: what is measured.
    pub name: String,
    /// How the target is meant: `≥`, `=`, `定性` …
    pub relation: Option<String>,
    /// The target.
    pub value: Option<String>,
    /// Unit of the target.
    pub measure_unit: Option<String>,
    /// Weight (权重) of the indicator, where the form has one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub weight: Option<String>,
    /// Whether the source cuts the name off at its reporting system's limit.
    pub truncated: bool,
    /// Physical pages.
    pub pages: Vec<PageNumber>,
}

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
    /// The number, without thousands separators.
    pub amount: String,
    /// Unit of the number.
    pub unit: String,
    /// `增加` or `减少`, as printed.
    pub change_direction: Option<String>,
    /// By how much, in the same unit.
    pub change_amount: Option<String>,
    /// By how many per cent.
    pub change_pct: Option<String>,
    /// Share of the whole, in per cent.
    pub share_pct: Option<String>,
    /// The reason given for the change.
    pub reason: Option<String>,
    /// Physical page.
    pub page: PageNumber,
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

/// Revenue or expenditure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Direction {
    /// 收入.
    Revenue,
    /// 支出.
    Expenditure,
}

/// One amount of one table.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Fact {
    /// Kind of the table.
    pub table: TableKind,
    /// Revenue or expenditure, where the table says.
    pub direction: Option<Direction>,
    /// Classification code, joined where it stands in several columns.
    pub code: Option<String>,
    /// Name of the row, or of the item where items stand in columns.
    pub name: Option<String>,
    /// 类 1, 款 2, 项 3.
    pub level: Option<u8>,
    /// What the amount measures.
    pub measure: Measure,
    /// Exact amount in the printed unit.
    pub amount: String,
    /// Printed unit.
    pub unit: Option<String>,
    /// Exact amount in yuan; null where the unit is not known.
    pub amount_yuan: Option<String>,
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

/// How grave a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// Worth knowing; nothing is wrong with the data.
    Note,
    /// Something may be missing or misread.
    Warning,
    /// Something is wrong.
    Error,
}

/// What could not be read, placed or understood.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Diagnostic {
    /// How grave.
    pub severity: Severity,
    /// Stable name of the finding.
    pub id: String,
    /// What was found, in words.
    pub message: String,
    /// Physical page, where it has one.
    pub page: Option<PageNumber>,
    /// Place on the page in points from the upper left: x0, y0, x1, y1.
    pub bbox: Option<[f32; 4]>,
}

impl Diagnostic {
    /// A finding without a place.
    pub(crate) fn new(severity: Severity, id: &str, message: impl Into<String>) -> Self {
        Self { severity, id: id.to_owned(), message: message.into(), page: None, bbox: None }
    }

    /// The same finding on a page.
    pub(crate) fn on(mut self, page: PageNumber) -> Self {
        self.page = Some(page);
        self
    }

    /// The same finding at a place on its page.
    pub(crate) fn at(mut self, bbox: geometry::Rect) -> Self {
        self.bbox = Some(rounded(bbox));
        self
    }
}

/// A box with a tenth of a point, which is finer than any cell and keeps the JSON short.
pub(crate) fn rounded(bbox: geometry::Rect) -> [f32; 4] {
    [bbox.x0, bbox.y0, bbox.x1, bbox.y1].map(|value| (value * 10.0).round() / 10.0)
}

impl Document {
    /// Whether anything was found that a reader should look at: a failed check, or a warning or error.
    pub fn has_findings(&self) -> bool {
        self.checks.iter().any(crate::check::is_finding) || self.diagnostics.iter().any(|d| d.severity > Severity::Note)
    }
}
