//! Two documents → what differs: amounts with difference and percentage, rows, projects, indicators, checks.
//!
//! 1. Tables become lines of figures (`lines.rs`), in which every amount has its row and its header path.
//! 2. Tables, columns and rows of the two documents are paired by keys, the strictest first (`matching.rs`). A row is
//!    known by its code and name; one without a code by its name and the heading above it. A row that moved, or was
//!    renumbered, is the same row; a year told by its distance from the document's own is the same year (`years.rs`).
//! 3. What is paired is compared as exact decimals (`figure.rs`); what is left is dropped or added.
//!
//! For the program, `folders` tells which documents of two folders belong together, `golden` compares outputs with golden
//! ones, and `report` writes comparisons for people.

mod checks;
mod comparison;
mod figure;
#[cfg(feature = "cli")]
pub(crate) mod folders;
#[cfg(feature = "cli")]
pub(crate) mod golden;
mod lines;
mod matching;
mod projects;
#[cfg(feature = "cli")]
pub(crate) mod report;
mod statements;
mod tables;
mod texts;
mod years;

pub use comparison::{
    AmountChange, CellChange, CheckChange, ColumnChange, Compared, Comparison, DiagnosticChange, FieldChange,
    IndicatorChange, Presence, PrintedFigure, ProjectChange, Renamed, RowAmount, RowChange, RowName, StatementChange,
    TableChange, TextChange, TextPart,
};

use crate::document::Error;
use crate::document::{Document, Publication, PublicationKind, Scope};
use crate::language::amount;
use years::Years;

/// A document and what the reader calls its file.
#[derive(Clone, Copy, Debug)]
pub struct Named<'d> {
    /// The file as it was named.
    pub file: &'d str,
    /// The document.
    pub document: &'d Document,
}

/// What differs between two documents, be they of one year or of two.
///
/// # Errors
/// [`crate::ErrorKind::Vocabulary`] if the built-in vocabulary cannot be used, which would be a defect.
///
/// ```
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # use yusuan::compare::{Named, compare};
/// let old = yusuan::from_json(&std::fs::read_to_string("golden/haidong-2023.json")?)?;
/// let new = yusuan::from_json(&std::fs::read_to_string("golden/haidong-2024.json")?)?;
/// let comparison = compare(Named { file: "2023", document: &old }, Named { file: "2024", document: &new })?;
/// let cell = &comparison.tables[0].amounts[0];
/// assert_eq!(cell.row.name.as_deref(), Some("一般公共预算拨款收入"));
/// assert_eq!(cell.change.difference.as_deref(), Some("10.59"));
/// assert_eq!(cell.change.percent.as_deref(), Some("0.38"));
/// # Ok(())
/// # }
/// ```
pub fn compare(old: Named<'_>, new: Named<'_>) -> Result<Comparison, Error> {
    let (before, after) = (old.document, new.document);
    let years = Years { old: before.document.fiscal_year, new: after.document.fiscal_year };
    Ok(Comparison {
        old: Compared { file: old.file.to_owned(), document: before.document.clone() },
        new: Compared { file: new.file.to_owned(), document: after.document.clone() },
        publication: publication(&before.document, &after.document),
        tables: tables::changes(&lines::figures(before)?, &lines::figures(after)?, years),
        projects: projects::changes(before, after, years),
        statements: statements::changes(before, after, years),
        texts: texts::changes(before, after, years),
        checks: checks::changes(before, after),
        diagnostics: checks::diagnostics(before, after),
    })
}

fn publication(old: &Publication, new: &Publication) -> Vec<FieldChange> {
    // These are no years: nothing in them is relative to one.
    let years = Years { old: None, new: None };
    let changes = [
        field_change("kind", Some(kind_name(old.kind)), Some(kind_name(new.kind)), years),
        field_change("scope", Some(scope_name(old.scope)), Some(scope_name(new.scope)), years),
        field_change("organisation", old.organisation.as_deref(), new.organisation.as_deref(), years),
        field_change("layout", Some(&old.layout), Some(&new.layout), years),
    ];
    changes.into_iter().flatten().collect()
}

/// The kind as the JSON has it.
fn kind_name(kind: PublicationKind) -> &'static str {
    match kind {
        PublicationKind::Budget => "budget",
        PublicationKind::FinalAccounts => "final_accounts",
        PublicationKind::Unknown => "unknown",
    }
}

/// The scope as the JSON has it.
fn scope_name(scope: Scope) -> &'static str {
    match scope {
        Scope::Department => "department",
        Scope::Unit => "unit",
        Scope::Unknown => "unknown",
    }
}

/// A field whose text differs otherwise than by its year.
fn field_change(field: &str, old: Option<&str>, new: Option<&str>, years: Years) -> Option<FieldChange> {
    (!years.agree_both(old, new)).then(|| FieldChange {
        field: field.to_owned(),
        old: old.map(str::to_owned),
        new: new.map(str::to_owned),
    })
}

/// The same of a field that may be a number: more digits are no change of it.
fn value_change(field: &str, old: Option<&str>, new: Option<&str>, years: Years) -> Option<FieldChange> {
    let number = |text: Option<&str>| text.and_then(amount::parse).map(|amount| amount.value);
    match (number(old), number(new)) {
        // Numbers are no years, even where they look like them.
        (Some(before), Some(after)) if before == after => None,
        (Some(_), Some(_)) => field_change(field, old, new, Years { old: None, new: None }),
        _ => field_change(field, old, new, years),
    }
}
