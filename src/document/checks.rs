//! What the checks found.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::PageNumber;
use super::Severity;

/// How a check ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum CheckStatus {
    /// The figures agree.
    Pass,
    /// They do not.
    Fail,
    /// A figure is missing, or there is no such table.
    NotApplicable,
}

/// One comparison of the document's figures with each other.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Check {
    /// Stable name of the check.
    pub id: String,
    /// How it ended.
    pub status: CheckStatus,
    /// How grave a failure is.
    pub severity: Severity,
    /// What should stand there.
    pub expected: Option<String>,
    /// What stands there.
    pub actual: Option<String>,
    /// The difference.
    pub difference: Option<String>,
    /// The difference that rounding allows.
    pub tolerance: Option<String>,
    /// What was compared.
    pub message: String,
    /// Why it could not be applied; only of those that are not applicable.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// Whether a failure could be our own misreading: a table read with doubt, or a diagnostic of the page.
    #[serde(default, skip_serializing_if = "is_false")]
    pub doubtful: bool,
    /// The one cell that explains this failure and others with it, where there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub suspect: Option<Suspect>,
    /// Where: first what should be looked at.
    #[serde(rename = "where")]
    pub places: Vec<CheckPlace>,
}

impl Check {
    /// Whether it is a finding that a reader should look at.
    pub fn is_finding(&self) -> bool {
        self.status == CheckStatus::Fail && self.severity > Severity::Note
    }
}

/// A cell whose correction makes failing checks pass.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Suspect {
    /// Where it is.
    pub place: CheckPlace,
    /// What is printed.
    pub printed: String,
    /// What would make the checks pass.
    pub should_be: String,
    /// How many failing checks it explains.
    pub explains: u32,
}

/// A place that a check speaks of. Everything but the page counts from 0.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CheckPlace {
    /// Physical page.
    pub page: PageNumber,
    /// Place of the table in `tables`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub table: Option<usize>,
    /// Place of the row in the table.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub row: Option<usize>,
    /// Place of the column in the table.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub column: Option<usize>,
    /// Place of the statement in `statements`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub statement: Option<usize>,
    /// Place of the project in `performance.projects`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub project: Option<usize>,
    /// Where on the page, in points from the upper left: x0, y0, x1, y1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bbox: Option<[f32; 4]>,
}

/// How much of a document passing checks confirm.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Verification {
    /// Amounts in `facts`.
    pub amounts: u32,
    /// Of these, those that at least one passing comparison of amounts confirms.
    pub verified: u32,
    /// The share of these in per cent, with two digits; null where there is no amount.
    pub share_pct: Option<String>,
    /// Checks that passed.
    pub passed: u32,
    /// Checks that failed, of any severity.
    pub failed: u32,
    /// Checks that could not be applied.
    pub not_applicable: u32,
}

/// A share in per cent with two digits, rounded down: 100.00 means all of them.
pub(crate) fn share_pct(part: usize, whole: usize) -> Option<String> {
    let hundredths = (part * 10_000).checked_div(whole)?;
    Some(format!("{}.{:02}", hundredths / 100, hundredths % 100))
}

fn is_false(value: &bool) -> bool {
    !value
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_are_rounded_down() {
        assert_eq!(share_pct(198, 199).as_deref(), Some("99.49"));
        assert_eq!(share_pct(199, 199).as_deref(), Some("100.00"));
        assert_eq!(share_pct(0, 0), None);
    }
}
