//! Numbers stated in the narrative → those that differ.

use crate::document::{Document, Statement};

use super::figure;
use super::matching::{Matcher, Matching};
use super::years::{Years, relative};
use super::{Figure, Presence, StatementChange, value_change};

/// A statement with what identifies it, apart from the year.
struct Keyed<'d> {
    statement: &'d Statement,
    item: String,
    metric: Option<String>,
}

/// What differs between the statements of two documents: those of the old one in their order, then the added ones.
pub(super) fn changes(old: &Document, new: &Document, years: Years) -> Vec<StatementChange> {
    let (old, new) = (keyed(old), keyed(new));
    let mut matcher = Matcher::new(&old, &new);
    let place = |keyed: &Keyed<'_>| (keyed.statement.section.clone(), keyed.statement.subsection.clone());
    matcher.in_order(|keyed| Some((place(keyed), keyed.item.clone(), keyed.metric.clone(), code(keyed))));
    matcher.in_order(|keyed| Some((keyed.statement.section.clone(), keyed.item.clone(), keyed.metric.clone())));
    // Sections may be numbered otherwise.
    matcher.in_order(|keyed| Some((keyed.item.clone(), keyed.metric.clone())));
    matcher.only_ones(|keyed| Some((code(keyed)?, keyed.metric.clone())));
    let Matching { pairs, dropped, added } = matcher.finish();
    let mut changes: Vec<(usize, StatementChange)> = Vec::new();
    for (before, after) in pairs {
        let change = change(old[before].statement, new[after].statement, years);
        changes.extend(change.map(|change| (before, change)));
    }
    changes.extend(dropped.into_iter().map(|at| (at, alone(old[at].statement, Presence::Dropped))));
    changes.sort_by_key(|(at, _)| *at);
    let added = added.into_iter().map(|at| alone(new[at].statement, Presence::Added));
    changes.into_iter().map(|(_, change)| change).chain(added).collect()
}

fn keyed(document: &Document) -> Vec<Keyed<'_>> {
    let fiscal_year = document.document.fiscal_year;
    let keyed = document.statements.iter().map(|statement| Keyed {
        statement,
        item: relative(&statement.item, fiscal_year),
        metric: statement.metric.as_deref().map(|metric| relative(metric, fiscal_year)),
    });
    keyed.collect()
}

fn code(keyed: &Keyed<'_>) -> Option<String> {
    keyed.statement.code.clone()
}

fn change(old: &Statement, new: &Statement, years: Years) -> Option<StatementChange> {
    let fields = [
        ("change_direction", &old.change_direction, &new.change_direction),
        ("change_amount", &old.change_amount, &new.change_amount),
        ("change_pct", &old.change_pct, &new.change_pct),
        ("share_pct", &old.share_pct, &new.share_pct),
        ("reason", &old.reason, &new.reason),
    ];
    let fields =
        fields.into_iter().filter_map(|(name, old, new)| value_change(name, old.as_deref(), new.as_deref(), years));
    let change = StatementChange {
        amount: figure::change(Some(stated(old)), Some(stated(new))),
        fields: fields.collect(),
        ..described(new, Presence::Both)
    };
    let is_same = change.amount.is_none() && change.fields.is_empty();
    (!is_same).then_some(change)
}

fn alone(statement: &Statement, presence: Presence) -> StatementChange {
    let amount = match presence {
        Presence::Dropped => figure::change(Some(stated(statement)), None),
        _ => figure::change(None, Some(stated(statement))),
    };
    StatementChange { amount, ..described(statement, presence) }
}

fn described(statement: &Statement, presence: Presence) -> StatementChange {
    StatementChange {
        presence,
        section: statement.section.clone(),
        item: statement.item.clone(),
        code: statement.code.clone(),
        metric: statement.metric.clone(),
        amount: None,
        fields: Vec::new(),
    }
}

fn stated(statement: &Statement) -> Figure {
    Figure {
        amount: statement.amount.clone(),
        unit: Some(statement.unit.clone()),
        amount_yuan: None,
        page: Some(statement.page),
    }
}
