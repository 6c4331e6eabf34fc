//! Statements → what each amount is about and of which year.

use crate::check::figure::Figure;
use crate::check::ledger::Ledger;
use crate::document::{PublicationKind, Statement, TableKind};
use crate::language::vocabulary::squeezed;
use crate::language::years::year_in;
use crate::model::PlacedStatement;

/// Ends of clauses: what a number is about stands after the last of them.
const CLAUSE_ENDS: [char; 9] = ['，', '；', '。', '：', ',', ';', ':', '、', '！'];

/// Of which year an amount is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Time {
    /// The document's own year.
    Current,
    /// The year before, or another.
    Other,
    /// In final accounts: what was budgeted for the year.
    Budgeted,
}

/// A stated amount of money.
#[derive(Clone, Debug)]
pub(super) struct Reading {
    /// The statement with its place.
    pub(super) placed: PlacedStatement,
    /// The amount.
    pub(super) figure: Figure,
    /// Of which year it is.
    pub(super) time: Time,
    /// Whether it is itself a change (增加50.32万元), not the amount of something.
    pub(super) is_change: bool,
    /// Table that its section explains.
    pub(super) explains: Option<TableKind>,
}

impl Reading {
    pub(super) fn statement(&self) -> &Statement {
        &self.placed.statement
    }

    /// Whether both are in one paragraph.
    pub(super) fn shares_paragraph(&self, other: &Reading) -> bool {
        (self.placed.section, self.placed.paragraph) == (other.placed.section, other.placed.paragraph)
    }

    /// Whether its item says only when and how the amount was set (当年预算执行数, 预算安排).
    pub(super) fn is_generic(&self, ledger: &Ledger<'_>) -> bool {
        let item = &self.statement().item;
        self.placed.inherited || item.is_empty() || ledger.vocabulary.statements.generic_items.contains(item)
    }

    /// What people call it.
    pub(super) fn name(&self) -> String {
        let statement = self.statement();
        match &statement.code {
            Some(code) => format!("{code} {}", statement.item),
            None => statement.item.clone(),
        }
    }
}

/// Every stated amount of money, in the order of the narrative.
pub(super) fn readings(ledger: &Ledger<'_>) -> Vec<Reading> {
    let placed = ledger.statements.iter().enumerate();
    let found = placed.filter_map(|(index, placed)| {
        let statement = &placed.statement;
        let figure = ledger.statement_figure(index)?;
        let is_change = statement.amount.is_none()
            || statement.change_amount == statement.amount && ends_with_change(&placed.words, ledger);
        let title = ledger.narrative.sections.get(placed.section).map_or("", |section| section.title.as_str());
        let explains = ledger.vocabulary.explained_kind(title);
        Some(Reading { placed: placed.clone(), figure, time: time(&placed.words, ledger), is_change, explains })
    });
    found.collect()
}

/// Whether the words before a number end by saying that it is a change.
fn ends_with_change(words: &str, ledger: &Ledger<'_>) -> bool {
    let words = words.trim_end();
    let statements = &ledger.vocabulary.statements;
    statements.increase.iter().chain(&statements.decrease).any(|word| words.ends_with(word.as_str()))
}

/// The words that a number is about.
pub(super) fn clause(words: &str) -> &str {
    words.rsplit(CLAUSE_ENDS).next().unwrap_or(words).trim()
}

/// Of which year the number after the words is: a year or 上年 in its own clause tells.
fn time(words: &str, ledger: &Ledger<'_>) -> Time {
    let clause = squeezed(clause(words));
    let checks = &ledger.vocabulary.checks;
    if ledger.vocabulary.years.before.occur_in(&clause) && checks.carry_over.strip_from(&clause).is_none() {
        return Time::Other;
    }
    let is_final = ledger.publication.kind == PublicationKind::FinalAccounts;
    if is_final && checks.budgeted_words.occur_in(&clause) {
        return Time::Budgeted;
    }
    match (year_in(&clause), ledger.publication.fiscal_year) {
        (Some(named), Some(year)) if named != year => Time::Other,
        _ => Time::Current,
    }
}
