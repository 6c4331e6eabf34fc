//! Diagnostics: what could not be read, placed or understood.
//!
//! A stage says what it found as an [`Observation`], of which the [`Diagnostic`] of the JSON is made: its [`DiagnosticKind`]
//! gives id and severity, its particulars the message. Of a document that was read back only the message knows the
//! particulars; in words of either language the kind says what it is about.

#[cfg(test)]
mod documentation;
mod kind;
mod message;
mod observation;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::geometry::Rect;
use super::{PageNumber, Severity, rounded};

pub use observation::DiagnosticKind;
pub use observation::{HiddenReason, MarkKind};
pub(crate) use observation::{Observation, Unplaced};

/// What could not be read, placed or understood.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Diagnostic {
    /// How grave.
    severity: Severity,
    /// Stable name of the finding.
    #[serde(rename = "id")]
    kind: DiagnosticKind,
    /// What was found, in words.
    pub message: String,
    /// Physical page, where it has one.
    pub page: Option<PageNumber>,
    /// Place on the page in points from the upper left: x0, y0, x1, y1.
    pub bbox: Option<[f32; 4]>,
}

impl Diagnostic {
    /// Its kind.
    pub fn kind(&self) -> DiagnosticKind {
        self.kind
    }

    /// How grave it is: that of its kind, or what the file says that it was read from.
    pub fn severity(&self) -> Severity {
        self.severity
    }

    /// The same finding on a page.
    pub(crate) fn on(mut self, page: PageNumber) -> Self {
        self.page = Some(page);
        self
    }

    /// The same finding at a place on its page.
    pub(crate) fn at(mut self, bbox: Rect) -> Self {
        self.bbox = Some(rounded(bbox));
        self
    }

    /// The quoted text, where it is hidden for that reason.
    pub(crate) fn hidden_text(&self, reason: HiddenReason) -> Option<&str> {
        let is_hidden = self.kind == DiagnosticKind::HiddenText;
        self.message.strip_prefix(&message::before_hidden_text(reason)).filter(|_| is_hidden)
    }
}

/// A finding without a place.
impl From<Observation> for Diagnostic {
    fn from(found: Observation) -> Self {
        let kind = DiagnosticKind::from(&found);
        Self { severity: kind.severity(), kind, message: found.message(), page: None, bbox: None }
    }
}

impl Observation {
    /// The diagnostic on a page.
    pub(crate) fn on(self, page: PageNumber) -> Diagnostic {
        Diagnostic::from(self).on(page)
    }
}
