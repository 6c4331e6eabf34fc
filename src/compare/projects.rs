//! Performance targets → the projects and indicators that differ.

use std::borrow::Cow;

use crate::document::{Document, Indicator, Project, ProjectScope, Relation};

use super::figure;
use super::matching::{Matcher, Matching};
use super::years::{Years, relative};
use super::{FieldChange, IndicatorChange, Presence, PrintedFigure, ProjectChange, field_change, value_change};
use crate::language::vocabulary::squeezed;

/// A project with the name that it is matched by.
struct Target<'d> {
    project: &'d Project,
    key: String,
}

/// What differs between the projects of two documents: those of the old one in their order, then the added ones.
pub(super) fn changes(old: &Document, new: &Document, years: Years) -> Vec<ProjectChange> {
    let (old, new) = (targets(old), targets(new));
    let mut matcher = Matcher::new(&old, &new);
    // Of names with a year the one of the same distance is the same; what keeps its year comes after.
    matcher.in_order(|target| Some((scope(target.project), target.key.clone())));
    matcher.in_order(|target| Some(squeezed(&target.project.name)));
    // A department has one set of targets of its own, whatever it is called.
    matcher.only_ones(|target| (target.project.scope == ProjectScope::Department).then_some(()));
    let Matching { pairs, dropped, added } = matcher.finish();
    let mut changes: Vec<(usize, ProjectChange)> = Vec::new();
    for (before, after) in pairs {
        changes.extend(change(&old[before], &new[after], years).map(|change| (before, change)));
    }
    changes.extend(dropped.into_iter().map(|at| (at, alone(&old[at], Presence::Dropped))));
    changes.sort_by_key(|(at, _)| *at);
    let added = added.into_iter().map(|at| alone(&new[at], Presence::Added));
    changes.into_iter().map(|(_, change)| change).chain(added).collect()
}

fn targets(document: &Document) -> Vec<Target<'_>> {
    let performance = document.performance.iter();
    let targets = performance.flat_map(|performance| {
        performance
            .projects
            .iter()
            .map(|project| Target { project, key: relative(&project.name, document.document.fiscal_year) })
    });
    targets.collect()
}

fn scope(project: &Project) -> bool {
    project.scope == ProjectScope::Department
}

fn scope_name(project: &Project) -> &'static str {
    match project.scope {
        ProjectScope::Project => "project",
        ProjectScope::Department => "department",
    }
}

fn amount(target: &Target<'_>) -> Option<PrintedFigure> {
    let amount = target.project.amount?;
    Some(PrintedFigure { amount, unit: target.project.unit.clone(), amount_yuan: None, page: None })
}

fn change(old: &Target<'_>, new: &Target<'_>, years: Years) -> Option<ProjectChange> {
    let (before, after) = (old.project, new.project);
    let fields = [
        field_change("name", Some(&before.name), Some(&after.name), years),
        field_change("scope", Some(scope_name(before)), Some(scope_name(after)), years),
        field_change("goal", before.goal.as_deref(), after.goal.as_deref(), years),
    ];
    let change = ProjectChange {
        presence: Presence::Both,
        name: after.name.clone(),
        amount: figure::change(amount(old), amount(new)),
        fields: fields.into_iter().flatten().collect(),
        indicators: indicators(&before.indicators, &after.indicators, years),
    };
    let is_same = change.amount.is_none() && change.fields.is_empty() && change.indicators.is_empty();
    (!is_same).then_some(change)
}

/// A project that only one document has. Its indicators come and go with it.
fn alone(target: &Target<'_>, presence: Presence) -> ProjectChange {
    let amount = amount(target);
    let amount = match presence {
        Presence::Dropped => figure::change(amount, None),
        _ => figure::change(None, amount),
    };
    ProjectChange { presence, name: target.project.name.clone(), amount, fields: Vec::new(), indicators: Vec::new() }
}

/// Indicators by levels and name, then by name.
fn indicators(old: &[Indicator], new: &[Indicator], years: Years) -> Vec<IndicatorChange> {
    let (old, new) = (by_name(old, years.old), by_name(new, years.new));
    let mut matcher = Matcher::new(&old, &new);
    // Of several of one name, those with the same target belong together.
    matcher.in_order(|(indicator, name)| Some((levels(indicator), name.clone(), target_of(indicator))));
    matcher.in_order(|(indicator, name)| Some((levels(indicator), name.clone())));
    matcher.in_order(|(indicator, _)| Some((levels(indicator), squeezed(&indicator.name))));
    matcher.in_order(|(_, name)| Some(name.clone()));
    let Matching { pairs, dropped, added } = matcher.finish();
    let mut changes: Vec<(usize, IndicatorChange)> = Vec::new();
    for (before, after) in pairs {
        changes.extend(indicator(old[before].0, new[after].0, years).map(|change| (before, change)));
    }
    changes.extend(dropped.into_iter().map(|at| (at, described(Some(old[at].0), None))));
    changes.sort_by_key(|(at, _)| *at);
    let added = added.into_iter().map(|at| described(None, Some(new[at].0)));
    changes.into_iter().map(|(_, change)| change).chain(added).collect()
}

/// Indicators with their names without years.
fn by_name(indicators: &[Indicator], fiscal_year: Option<u16>) -> Vec<(&Indicator, String)> {
    indicators.iter().map(|indicator| (indicator, relative(&indicator.name, fiscal_year))).collect()
}

fn levels(indicator: &Indicator) -> (Option<Cow<'_, str>>, Option<Cow<'_, str>>) {
    (indicator.level1.as_deref().map(squeezed), indicator.level2.as_deref().map(squeezed))
}

/// The target in one text: `≥30批`.
fn target_of(indicator: &Indicator) -> Option<String> {
    let relation = indicator.relation.map(Relation::sign);
    let parts = [relation, indicator.value.as_deref(), indicator.measure_unit.as_deref()];
    let text: String = parts.into_iter().flatten().collect();
    (!text.is_empty()).then_some(text)
}

fn indicator(old: &Indicator, new: &Indicator, years: Years) -> Option<IndicatorChange> {
    let sign = |indicator: &Indicator| indicator.relation.map(Relation::sign);
    let fields = [
        ("level1", old.level1.as_deref(), new.level1.as_deref()),
        ("level2", old.level2.as_deref(), new.level2.as_deref()),
        ("relation", sign(old), sign(new)),
        ("value", old.value.as_deref(), new.value.as_deref()),
        ("measure_unit", old.measure_unit.as_deref(), new.measure_unit.as_deref()),
        ("weight", old.weight.as_deref(), new.weight.as_deref()),
    ];
    let fields = fields.into_iter().filter_map(|(name, old, new)| value_change(name, old, new, years));
    let fields: Vec<FieldChange> = fields.collect();
    (!fields.is_empty()).then(|| IndicatorChange { fields, ..described(Some(old), Some(new)) })
}

fn described(old: Option<&Indicator>, new: Option<&Indicator>) -> IndicatorChange {
    let presence = match (old, new) {
        (Some(_), None) => Presence::Dropped,
        (None, Some(_)) => Presence::Added,
        _ => Presence::Both,
    };
    let either = new.or(old);
    IndicatorChange {
        presence,
        level1: either.and_then(|indicator| indicator.level1.clone()),
        level2: either.and_then(|indicator| indicator.level2.clone()),
        name: either.map(|indicator| indicator.name.clone()).unwrap_or_default(),
        old_target: old.and_then(target_of),
        new_target: new.and_then(target_of),
        fields: Vec::new(),
    }
}
