//! The document against itself: every number stands in several places of a budget and must add up.
//!
//! 1. The [`ledger`] turns tables into figures with places, and tells which rows and columns add up to which.
//! 2. Each [`rule::Rule`] of the [`catalogue`] makes its comparisons; the [`outcomes`] keep each: pass, fail, or not
//!    applicable with the reason.
//! 3. Failing comparisons are traced to the one cell that explains them, where there is one ([`suspects`]).
//! 4. Each fact learns how many passing comparisons confirm it ([`confirmation`]).
//!
//! `docs/adding-a-check.md` tells how to add one.

mod across;
mod catalogue;
mod confirmation;
mod examination;
mod figure;
mod last_digits;
mod ledger;
mod outcomes;
mod performance;
mod prose;
mod rule;
mod suspects;
#[cfg(test)]
pub(crate) mod testing;
mod within;
mod wording;

use rustc_hash::FxHashMap;

use crate::document::CellPlace;
use crate::document::Fact;
use crate::document::{Check, CheckStatus, Diagnostic, Narrative, Performance, Publication, Verification, share_pct};
use crate::document::{GlossaryEntry, Overview};
use crate::language::classification::Classification;
use crate::language::vocabulary::Vocabulary;
use crate::model::{Heading, ParsedTable, PlacedStatement};
use crate::parse::Parsed;

use catalogue::RULES;
pub(crate) use catalogue::titles;
use examination::Examination;
use figure::Place;
use ledger::{Ledger, LedgerTable};
use outcomes::Outcomes;

/// What the checks read.
pub(crate) struct DocumentParts<'d> {
    pub(crate) publication: &'d Publication,
    pub(crate) tables: &'d [ParsedTable],
    pub(crate) performance: Option<&'d Performance>,
    pub(crate) narrative: &'d Narrative,
    pub(crate) statements: &'d [PlacedStatement],
    pub(crate) headings: &'d [Heading],
    pub(crate) overview: &'d Overview,
    pub(crate) glossary: &'d [GlossaryEntry],
    pub(crate) diagnostics: &'d [Diagnostic],
}

impl<'d> DocumentParts<'d> {
    /// What the checks read of a document.
    pub(crate) fn of(parsed: &'d Parsed, diagnostics: &'d [Diagnostic]) -> Self {
        Self {
            publication: &parsed.publication,
            tables: &parsed.tables,
            performance: parsed.performance.as_ref(),
            narrative: &parsed.narrative,
            statements: &parsed.statements,
            headings: &parsed.headings,
            overview: &parsed.overview,
            glossary: &parsed.glossary,
            diagnostics,
        }
    }
}

/// Runs all checks, and tells each fact how many confirm it.
pub(crate) fn check(
    parts: &DocumentParts<'_>,
    facts: &mut [Fact],
    vocabulary: &Vocabulary,
) -> (Vec<Check>, Verification) {
    let examination = Examination::of(ledger(parts, vocabulary));
    let mut outcomes = Outcomes::default();
    for rule in RULES.iter().copied().flatten() {
        outcomes.run(rule, &examination);
    }
    suspects::trace(&mut outcomes, &examination);
    confirm(facts, &confirmation::confirmations(&outcomes));
    let verification = verification(facts, &outcomes.checks);
    (outcomes.checks, verification)
}

fn ledger<'d>(parts: &DocumentParts<'d>, vocabulary: &'d Vocabulary) -> Ledger<'d> {
    let classification = Classification::national();
    let tables = parts.tables.iter().enumerate();
    Ledger {
        publication: parts.publication,
        tables: tables.map(|(index, parsed)| LedgerTable::new(index, parsed, parts.publication, vocabulary)).collect(),
        performance: parts.performance,
        narrative: parts.narrative,
        statements: parts.statements,
        headings: parts.headings,
        overview: parts.overview,
        glossary: parts.glossary,
        diagnostics: parts.diagnostics,
        vocabulary,
        classification,
    }
}

fn confirm(facts: &mut [Fact], confirmations: &FxHashMap<Place, u32>) {
    for fact in facts {
        let CellPlace { table, row, column } = fact.place;
        fact.verified_by = confirmations.get(&Place::Cell { table, row, column }).copied().unwrap_or(0);
    }
}

fn verification(facts: &[Fact], checks: &[Check]) -> Verification {
    let count = |status: CheckStatus| count(checks.iter().filter(|check| check.status == status).count());
    let amounts = facts.len();
    let verified = facts.iter().filter(|fact| fact.verified_by > 0).count();
    Verification {
        amounts: self::count(amounts),
        verified: self::count(verified),
        share_pct: share_pct(verified, amounts),
        passed: count(CheckStatus::Pass),
        failed: count(CheckStatus::Fail),
        not_applicable: count(CheckStatus::NotApplicable),
    }
}

fn count(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}
