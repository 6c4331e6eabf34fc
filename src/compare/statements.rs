//! Numbers stated in the narrative → those that differ.

use rustc_hash::FxHashMap;

use crate::document::{ChangeDirection, Document, Money, Statement};

use super::figure;
use super::matching::{Matcher, Matching};
use super::years::{Years, relative};
use super::{Presence, PrintedFigure, StatementChange, value_change};

/// A statement with what identifies it, apart from the year.
struct Keyed<'d> {
    statement: &'d Statement,
    item: String,
    metric: Option<String>,
    /// What the statement before says another thing of: several may state an arrangement (预算安排), each of the
    /// subject before it.
    after: String,
}

/// What differs between the statements of two documents: those of the old one in their order, then the added ones.
pub(super) fn changes(old: &Document, new: &Document, years: Years) -> Vec<StatementChange> {
    let (old, new) = (keyed(old), keyed(new));
    let mut matcher = Matcher::new(&old, &new);
    let place = |keyed: &Keyed<'_>| (keyed.statement.section.clone(), keyed.statement.subsection.clone());
    let stated = |keyed: &Keyed<'_>| (keyed.item.clone(), keyed.metric.clone(), code(keyed));
    matcher.as_many(|keyed| Some((place(keyed), stated(keyed), keyed.after.clone())));
    matcher.as_many(|keyed| Some((stated(keyed), keyed.after.clone())));
    matcher.as_many(|keyed| Some((place(keyed), stated(keyed))));
    // Sections may be numbered otherwise.
    matcher.as_many(|keyed| Some((keyed.item.clone(), keyed.metric.clone())));
    matcher.only_ones(|keyed| Some((code(keyed)?, keyed.metric.clone())));
    let Matching { pairs, dropped, added } = matcher.finish();
    let (old_names, new_names) = (names(&old), names(&new));
    let mut changes: Vec<(usize, StatementChange)> = Vec::new();
    for (before, after) in pairs {
        let is_one_of_several = new_names[&name(&new[after])] > 1;
        let change = change(&old[before], &new[after], is_one_of_several, years);
        changes.extend(change.map(|change| (before, change)));
    }
    let dropped =
        dropped.into_iter().map(|at| (at, alone(&old[at], old_names[&name(&old[at])] > 1, Presence::Dropped)));
    changes.extend(dropped);
    changes.sort_by_key(|(at, _)| *at);
    let added = added.into_iter().map(|at| alone(&new[at], new_names[&name(&new[at])] > 1, Presence::Added));
    changes.into_iter().map(|(_, change)| change).chain(added).collect()
}

/// What a statement is called: section, item and what is counted.
type Name<'k> = (Option<&'k str>, &'k str, Option<&'k str>);

fn name<'k>(keyed: &'k Keyed<'_>) -> Name<'k> {
    (keyed.statement.section.as_deref(), &keyed.item, keyed.metric.as_deref())
}

/// How many statements are called alike.
fn names<'k>(statements: &'k [Keyed<'_>]) -> FxHashMap<Name<'k>, usize> {
    let mut names = FxHashMap::default();
    for keyed in statements {
        *names.entry(name(keyed)).or_default() += 1;
    }
    names
}

fn keyed(document: &Document) -> Vec<Keyed<'_>> {
    let fiscal_year = document.document.fiscal_year;
    let mut keyed: Vec<Keyed<'_>> = Vec::with_capacity(document.statements.len());
    for statement in &document.statements {
        let item = relative(&statement.item, fiscal_year);
        let after = match keyed.last() {
            Some(last) if last.item == item => last.after.clone(),
            Some(last) => last.statement.item.clone(),
            None => String::new(),
        };
        let metric = statement.metric.as_deref().map(|metric| relative(metric, fiscal_year));
        keyed.push(Keyed { statement, item, metric, after });
    }
    keyed
}

fn code(keyed: &Keyed<'_>) -> Option<String> {
    keyed.statement.code.clone()
}

fn change(old: &Keyed<'_>, new: &Keyed<'_>, is_one_of_several: bool, years: Years) -> Option<StatementChange> {
    let described = described(new, is_one_of_several, Presence::Both);
    let (old, new) = (old.statement, new.statement);
    let money = |money: Option<Money>| money.map(|money| money.to_string());
    let direction =
        |statement: &Statement| statement.change_direction.map(|direction| direction_name(direction).to_owned());
    let fields = [
        ("change_direction", direction(old), direction(new)),
        ("change_amount", money(old.change_amount), money(new.change_amount)),
        ("change_pct", money(old.change_pct), money(new.change_pct)),
        ("share_pct", money(old.share_pct), money(new.share_pct)),
        ("reason", old.reason.clone(), new.reason.clone()),
    ];
    let fields =
        fields.into_iter().filter_map(|(name, old, new)| value_change(name, old.as_deref(), new.as_deref(), years));
    let change =
        StatementChange { amount: figure::change(stated(old), stated(new)), fields: fields.collect(), ..described };
    let is_same = change.amount.is_none() && change.fields.is_empty();
    (!is_same).then_some(change)
}

fn alone(keyed: &Keyed<'_>, is_one_of_several: bool, presence: Presence) -> StatementChange {
    let statement = keyed.statement;
    let amount = match presence {
        Presence::Dropped => figure::change(stated(statement), None),
        _ => figure::change(None, stated(statement)),
    };
    StatementChange { amount, ..described(keyed, is_one_of_several, presence) }
}

fn described(keyed: &Keyed<'_>, is_one_of_several: bool, presence: Presence) -> StatementChange {
    let statement = keyed.statement;
    StatementChange {
        presence,
        section: statement.section.clone(),
        item: statement.item.clone(),
        after: (is_one_of_several && !keyed.after.is_empty()).then(|| keyed.after.clone()),
        code: statement.code.clone(),
        metric: statement.metric.clone(),
        amount: None,
        fields: Vec::new(),
    }
}

fn stated(statement: &Statement) -> Option<PrintedFigure> {
    let unit = Some(statement.unit.clone());
    Some(PrintedFigure { amount: statement.amount?, unit, amount_yuan: None, page: Some(statement.page) })
}

fn direction_name(direction: ChangeDirection) -> &'static str {
    match direction {
        ChangeDirection::Increase => "increase",
        ChangeDirection::Decrease => "decrease",
        ChangeDirection::None => "none",
    }
}
