//! What became of every file: a line of `report.jsonl` each, and their sum.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::document::Error;
use crate::document::{Check, CheckStatus, Document, Severity};

/// What became of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Outcome {
    /// Converted, with nothing to look at.
    Ok,
    /// Converted; a check fails or the conversion warns.
    Findings,
    /// Not converted.
    Failed,
}

/// A line of the report: one input.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct ReportRow {
    /// The file as it was named or found; bytes that are no UTF-8 are replaced.
    pub input: String,
    /// What became of it.
    pub outcome: Outcome,
    /// Code of the error of a file that failed: `encrypted`, `no-text-layer`, `timeout` …
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub error: Option<String>,
    /// The error in words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub message: Option<String>,
    /// The document JSON, below the output folder; none of a file that failed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub output: Option<String>,
    /// SHA-256 of the file; none where it cannot be read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sha256: Option<String>,
    /// Size of the file in bytes.
    pub bytes: u64,
    /// The first input of the run with the same content, if that is another.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub duplicate_of: Option<String>,
    /// What is in the document.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub counts: Option<Counts>,
    /// Warnings and failing checks above a note, by id, with how often.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub findings: BTreeMap<String, usize>,
    /// How long the conversion took, in milliseconds: the one field that two runs do not share.
    pub milliseconds: u64,
}

/// What is in a document.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Counts {
    /// Pages.
    pub pages: u32,
    /// Tables.
    pub tables: usize,
    /// Amounts of tables.
    pub amounts: usize,
    /// Amounts that at least one check confirms.
    pub verified: usize,
    /// Projects with performance targets.
    pub projects: usize,
    /// Numbers that the narrative states.
    pub statements: usize,
}

impl Counts {
    pub(super) fn of(document: &Document) -> Self {
        Self {
            pages: document.source.pages,
            tables: document.tables.len(),
            amounts: document.facts.len(),
            verified: document.facts.iter().filter(|fact| fact.verified_by > 0).count(),
            projects: document.performance.as_ref().map_or(0, |performance| performance.projects.len()),
            statements: document.statements.len(),
        }
    }
}

impl ReportRow {
    /// A row that knows nothing yet but what became of the file.
    pub(super) fn new(input: String, outcome: Outcome) -> Self {
        Self {
            input,
            outcome,
            error: None,
            message: None,
            output: None,
            sha256: None,
            bytes: 0,
            duplicate_of: None,
            counts: None,
            findings: BTreeMap::new(),
            milliseconds: 0,
        }
    }

    /// The row of a file that failed.
    pub(super) fn failed(input: String, bytes: u64, error: &Error) -> Self {
        let (code, message) = (error.kind().code().to_owned(), error.message().to_owned());
        Self { error: Some(code), message: Some(message), bytes, ..Self::new(input, Outcome::Failed) }
    }
}

/// What should be looked at in a document, by id, with how often: warnings and errors.
pub(super) fn findings(document: &Document) -> BTreeMap<String, usize> {
    let mut counts = BTreeMap::new();
    for diagnostic in document.diagnostics.iter().filter(|diagnostic| diagnostic.severity() > Severity::Note) {
        *counts.entry(diagnostic.kind().id().to_owned()).or_default() += 1;
    }
    let failed = |check: &&Check| check.status == CheckStatus::Fail && check.severity > Severity::Note;
    for check in document.checks.iter().filter(failed) {
        *counts.entry(check.id.clone()).or_default() += 1;
    }
    counts
}

/// The sum of a run.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub(crate) struct Summary {
    /// Inputs.
    pub files: usize,
    /// Inputs with nothing to look at.
    pub ok: usize,
    /// Inputs with findings.
    pub findings: usize,
    /// Inputs that were not converted.
    pub failed: usize,
    /// The failed by code of their error.
    pub errors: BTreeMap<String, usize>,
    /// Inputs of these that an earlier run had done already.
    pub unchanged: usize,
    /// Documents of earlier runs whose inputs are gone.
    pub gone: usize,
    /// Such documents that were removed.
    pub pruned: usize,
    /// Inputs whose content another input has as well.
    pub duplicates: usize,
    /// Pages of the converted.
    pub pages: u64,
    /// Amounts of the converted.
    pub amounts: u64,
    /// Amounts that at least one check confirms.
    pub verified: u64,
}

impl Summary {
    pub(super) fn add(&mut self, row: &ReportRow) {
        self.files += 1;
        match row.outcome {
            Outcome::Ok => self.ok += 1,
            Outcome::Findings => self.findings += 1,
            Outcome::Failed => self.failed += 1,
        }
        if let Some(error) = &row.error {
            *self.errors.entry(error.clone()).or_default() += 1;
        }
        self.duplicates += usize::from(row.duplicate_of.is_some());
        let counts = row.counts.unwrap_or_default();
        self.pages += u64::from(counts.pages);
        self.amounts += counts.amounts as u64;
        self.verified += counts.verified as u64;
    }
}
