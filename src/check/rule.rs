//! What a check is.

use super::examination::Examination;
use super::outcomes::RuleOutcomes;
use crate::document::Severity;

/// A check: one comparison that a document must stand, with a stable name.
pub(crate) struct Rule {
    /// Stable name, in kebab case.
    pub(crate) id: &'static str,
    /// How grave a failure is at most.
    pub(crate) severity: Severity,
    /// What it compares, in Chinese.
    pub(crate) title: &'static str,
    /// The same in English.
    pub(crate) title_en: &'static str,
    /// Compares, and writes down every outcome.
    pub(crate) run: fn(&Examination<'_>, &mut RuleOutcomes<'_>),
}
