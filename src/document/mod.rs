//! The document JSON: what one converted file becomes.
//!
//! Field names are English, values keep the document's own Chinese. Amounts are exact decimals carried as strings:
//! no binary floating point touches them. The JSON Schema of `yusuan schema` is generated from these types.

mod checks;
mod coverage;
mod diagnostics;
mod digest;
mod error;
mod fact;
pub(crate) mod geometry;
mod json;
mod money;
mod narrative;
mod overview;
mod performance;
mod publication;
mod row;
mod schema;
mod table;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub(crate) use checks::share_pct;
pub use checks::{Check, CheckPlace, CheckStatus, Suspect, Verification};
pub use coverage::{Coverage, PageCoverage};
pub use diagnostics::{Diagnostic, DiagnosticKind, HiddenReason, MarkKind};
pub(crate) use diagnostics::{Observation, Unplaced};
pub(crate) use digest::sha256;
pub use error::{Error, ErrorKind};
pub use fact::{CellPlace, Direction, Fact, Fund, Scheme, Stage, Subject};
pub use geometry::{PageNumber, Rect};
pub use json::{from_json, to_json};
pub use money::Money;
pub(crate) use money::written;
pub use narrative::{ChangeDirection, GlossaryEntry, Narrative, Section, Statement, StatementPlace};
pub use overview::{BudgetUnit, Function, Institution, Overview};
pub use performance::{
    FundSource, Goal, GoalPeriod, Indicator, LabelledValue, Performance, Project, ProjectField, ProjectScope, Relation,
    Task,
};
pub use publication::{Publication, PublicationKind, Scope};
pub use row::{Placement, Row};
pub use schema::json_schema;
pub use table::{Column, ColumnType, Confidence, KindBy, Measure, Table, TableKind, TableLayout};

/// The format of this version, in `format`.
pub const FORMAT: &str = "yusuan.document/2";

/// What the formats of all versions begin with.
const FORMAT_FAMILY: &str = "yusuan.document/";

/// One converted document.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Document {
    /// Always `yusuan.document/2`.
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
    /// What became of every visible character; null where it was not counted.
    pub coverage: Option<Coverage>,
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
    /// Images of pages, read by recognition.
    Scan,
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

/// A box with a tenth of a point, which is finer than any cell and keeps the JSON short.
pub(crate) fn rounded(bbox: geometry::Rect) -> [f32; 4] {
    [bbox.x0, bbox.y0, bbox.x1, bbox.y1].map(|value| (value * 10.0).round() / 10.0)
}
