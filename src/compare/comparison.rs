//! What a comparison tells: the types of its JSON.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::document::Money;
use crate::document::{CheckStatus, Direction, Measure, Publication, Severity, TableKind};
use crate::document::{DiagnosticKind, PageNumber};

/// What differs between two documents.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Comparison {
    /// The old document.
    pub old: Compared,
    /// The new document.
    pub new: Compared,
    /// What is published, by whom: fields that differ. The fiscal year is none of them.
    pub publication: Vec<FieldChange>,
    /// The tables in which something differs, in the order of the old document; then the added ones.
    pub tables: Vec<TableChange>,
    /// The projects in which something differs.
    pub projects: Vec<ProjectChange>,
    /// Numbers stated in the narrative that differ.
    pub statements: Vec<StatementChange>,
    /// Texts that differ otherwise than by their years and amounts.
    pub texts: Vec<TextChange>,
    /// Checks that end otherwise.
    pub checks: Vec<CheckChange>,
    /// Diagnostics of which there are more or fewer.
    pub diagnostics: Vec<DiagnosticChange>,
}

/// One of the two documents.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Compared {
    /// The file as it was named.
    pub file: String,
    /// What it publishes.
    pub document: Publication,
}

/// Whether something is in both documents.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Presence {
    /// In both.
    Both,
    /// Only in the old one.
    Dropped,
    /// Only in the new one.
    Added,
}

/// A field that differs.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct FieldChange {
    /// Name of the field in the document JSON.
    pub field: String,
    /// What it was; null where it was not there.
    pub old: Option<String>,
    /// What it is; null where it is not there.
    pub new: Option<String>,
}

/// A figure as printed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PrintedFigure {
    /// The amount in the printed unit.
    pub amount: Money,
    /// The printed unit.
    pub unit: Option<String>,
    /// The amount in yuan, where the unit is known.
    pub amount_yuan: Option<Money>,
    /// Physical page, where it stands on one alone.
    pub page: Option<PageNumber>,
}

/// An amount that differs.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AmountChange {
    /// What it was; null where the cell was empty.
    pub old: Option<PrintedFigure>,
    /// What it is; null where the cell is empty.
    pub new: Option<PrintedFigure>,
    /// New less old, exactly, an empty cell counting as nothing.
    pub difference: Option<String>,
    /// Unit of the difference: the printed one; 元 where the two are printed in different units.
    pub unit: Option<String>,
    /// The difference in per cent of the old amount, with two digits; null where that was nothing.
    pub percent: Option<String>,
}

/// A row of a table, by what identifies it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RowName {
    /// The side of a table with two.
    pub direction: Option<Direction>,
    /// Joined classification code.
    pub code: Option<String>,
    /// Name as printed.
    pub name: Option<String>,
}

/// An amount of a table that differs.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CellChange {
    /// The row, as the new document has it.
    pub row: RowName,
    /// Header path, as the new document has it.
    pub column: Vec<String>,
    /// What the column measures.
    pub measure: Measure,
    /// The amounts.
    pub change: AmountChange,
}

/// A row that only one of the documents has.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RowChange {
    /// The row.
    pub row: RowName,
    /// Its amounts.
    pub amounts: Vec<RowAmount>,
}

/// An amount of a row that only one of the documents has.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RowAmount {
    /// Header path.
    pub column: Vec<String>,
    /// What the column measures.
    pub measure: Measure,
    /// The amount.
    pub figure: PrintedFigure,
}

/// A row with another name or code.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Renamed {
    /// The row in the old document.
    pub old: RowName,
    /// The same in the new one.
    pub new: RowName,
}

/// A column of amounts that only one of the documents has.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ColumnChange {
    /// Which of them.
    pub presence: Presence,
    /// Header path.
    pub path: Vec<String>,
    /// Amounts other than zero in it.
    pub amounts: usize,
}

/// What differs in one table.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TableChange {
    /// Whether both documents have it.
    pub presence: Presence,
    /// Kind of the table.
    pub kind: TableKind,
    /// Printed label, of the new document where both have the table.
    pub label: Option<String>,
    /// Printed title, likewise.
    pub title: Option<String>,
    /// Unit, likewise.
    pub unit: Option<String>,
    /// Title, unit and notes that differ.
    pub fields: Vec<FieldChange>,
    /// Amounts that differ in rows that both have.
    pub amounts: Vec<CellChange>,
    /// Rows with another name or code.
    pub renamed: Vec<Renamed>,
    /// Rows that are gone.
    pub dropped: Vec<RowChange>,
    /// Rows that are new.
    pub added: Vec<RowChange>,
    /// Columns that are gone or new.
    pub columns: Vec<ColumnChange>,
}

/// What differs in one project's performance targets.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ProjectChange {
    /// Whether both documents have it.
    pub presence: Presence,
    /// Its name, in the new document where both have it.
    pub name: String,
    /// Its amount: the change, or the amount of a dropped or added project.
    pub amount: Option<AmountChange>,
    /// Name, scope and goal that differ.
    pub fields: Vec<FieldChange>,
    /// Indicators that differ; none where only one document has the project.
    pub indicators: Vec<IndicatorChange>,
}

/// What differs in one indicator.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct IndicatorChange {
    /// Whether both documents have it.
    pub presence: Presence,
    /// 一级指标.
    pub level1: Option<String>,
    /// 二级指标.
    pub level2: Option<String>,
    /// 三级指标.
    pub name: String,
    /// The whole target (relation, value, unit) in the old document.
    pub old_target: Option<String>,
    /// The same in the new document.
    pub new_target: Option<String>,
    /// Levels, relation, value, unit and weight that differ.
    pub fields: Vec<FieldChange>,
}

/// What differs in one number that the narrative states.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct StatementChange {
    /// Whether both documents state it.
    pub presence: Presence,
    /// Ordinal of the section.
    pub section: Option<String>,
    /// What the number is about.
    pub item: String,
    /// The item stated before it, where several statements are named alike: 预算安排 of 行政运行.
    pub after: Option<String>,
    /// Its code, where it has one.
    pub code: Option<String>,
    /// What is counted.
    pub metric: Option<String>,
    /// The number: the change, or the number of a dropped or added statement.
    pub amount: Option<AmountChange>,
    /// Change, percentage, share and reason that differ.
    pub fields: Vec<FieldChange>,
}

/// A part of a document that is prose.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum TextPart {
    /// 主要职能.
    Functions,
    /// 机构设置.
    Institutions,
    /// 预算单位构成.
    BudgetUnits,
    /// 预算情况说明, a section.
    Narrative,
    /// 名词解释.
    Glossary,
}

/// A text that differs.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TextChange {
    /// Whether both documents have it.
    pub presence: Presence,
    /// The part it stands in.
    pub part: TextPart,
    /// What it is called: a division, a unit, a heading, a term; of a function its text.
    pub name: String,
    /// The old text.
    pub old: Option<String>,
    /// The new text.
    pub new: Option<String>,
}

/// A check that ends otherwise.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CheckChange {
    /// Stable name of the check.
    pub id: String,
    /// What is compared.
    pub message: String,
    /// How grave a failure is.
    pub severity: Severity,
    /// How it ended; null where it was not made.
    pub old: Option<CheckStatus>,
    /// How it ends; null where it is not made.
    pub new: Option<CheckStatus>,
}

/// A diagnostic of which there are more or fewer.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DiagnosticChange {
    /// Its stable name.
    #[serde(rename = "id")]
    pub kind: DiagnosticKind,
    /// How many there were.
    pub old: usize,
    /// How many there are.
    pub new: usize,
}

impl Comparison {
    /// Whether nothing differs.
    pub fn is_empty(&self) -> bool {
        self.publication.is_empty()
            && self.tables.is_empty()
            && self.projects.is_empty()
            && self.statements.is_empty()
            && self.texts.is_empty()
            && self.checks.is_empty()
            && self.diagnostics.is_empty()
    }
}
