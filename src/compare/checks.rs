//! Checks and diagnostics → those that end otherwise, and those of which there are more or fewer.

use std::collections::BTreeMap;

use crate::document::{Check, CheckStatus, DiagnosticKind, Document, TableKind};

use super::matching::{Matcher, Matching};
use super::years::relative;
use super::{CheckChange, DiagnosticChange};

/// A check with what it compares, apart from the year and the figures.
struct Keyed<'d> {
    check: &'d Check,
    message: String,
    /// The table and the column of its first place.
    place: (Option<TableKind>, Option<String>),
}

/// The checks that end otherwise. One that only one document makes counts only where it fails: which of those that
/// pass are made depends on which figures are zero.
pub(super) fn changes(old: &Document, new: &Document) -> Vec<CheckChange> {
    let (old, new) = (keyed(old), keyed(new));
    let mut matcher = Matcher::new(&old, &new);
    let key = |keyed: &Keyed<'_>| (keyed.check.id.clone(), keyed.message.clone(), keyed.place.clone());
    matcher.in_order(|keyed| Some((key(keyed), keyed.check.status as u8)));
    matcher.in_order(|keyed| Some(key(keyed)));
    matcher.in_order(|keyed| Some((keyed.check.id.clone(), keyed.message.clone(), keyed.check.status as u8)));
    matcher.in_order(|keyed| Some((keyed.check.id.clone(), keyed.message.clone())));
    let Matching { pairs, dropped, added } = matcher.finish();
    let fails = |check: &Check| check.status == CheckStatus::Fail;
    let mut changes: Vec<(usize, CheckChange)> = Vec::new();
    for (at, after) in pairs {
        let (before, after) = (old[at].check, new[after].check);
        if before.status != after.status {
            changes.push((at, change(after, Some(before.status), Some(after.status))));
        }
    }
    let dropped = dropped.into_iter().filter(|at| fails(old[*at].check));
    changes.extend(dropped.map(|at| (at, change(old[at].check, Some(CheckStatus::Fail), None))));
    changes.sort_by_key(|(at, _)| *at);
    let added = added.into_iter().filter(|at| fails(new[*at].check));
    let added = added.map(|at| change(new[at].check, None, Some(CheckStatus::Fail)));
    changes.into_iter().map(|(_, change)| change).chain(added).collect()
}

fn change(check: &Check, old: Option<CheckStatus>, new: Option<CheckStatus>) -> CheckChange {
    CheckChange { id: check.id.clone(), message: check.message.clone(), severity: check.severity, old, new }
}

fn keyed(document: &Document) -> Vec<Keyed<'_>> {
    let fiscal_year = document.document.fiscal_year;
    let keyed = document.checks.iter().map(|check| Keyed {
        check,
        message: without_figures(&relative(&check.message, fiscal_year)),
        place: place(check, document),
    });
    keyed.collect()
}

fn place(check: &Check, document: &Document) -> (Option<TableKind>, Option<String>) {
    let Some(place) = check.places.first() else { return (None, None) };
    let table = place.table.and_then(|table| document.tables.get(table));
    let column = place.column.and_then(|column| table?.columns.get(column));
    let path = column.map(|column| relative(&column.path.join("/"), document.document.fiscal_year));
    (table.map(|table| table.kind), path)
}

/// A message without its decimals and percentages; whole numbers are codes and ordinals, which say what it is about.
fn without_figures(message: &str) -> String {
    let mut out = String::with_capacity(message.len());
    let mut number = String::new();
    for character in message.chars().chain(['\0']) {
        if character.is_ascii_digit() || (matches!(character, '.' | ',') && !number.is_empty()) {
            number.push(character);
            continue;
        }
        let is_figure = number.trim_end_matches(['.', ',']).contains('.') || character == '%';
        out.push_str(if is_figure { "#" } else { &number });
        number.clear();
        out.extend((character != '\0').then_some(character));
    }
    out
}

/// The diagnostics of which there are more or fewer, by their id.
pub(super) fn diagnostics(old: &Document, new: &Document) -> Vec<DiagnosticChange> {
    let mut counts: BTreeMap<DiagnosticKind, (usize, usize)> = BTreeMap::new();
    for diagnostic in &old.diagnostics {
        counts.entry(diagnostic.kind()).or_default().0 += 1;
    }
    for diagnostic in &new.diagnostics {
        counts.entry(diagnostic.kind()).or_default().1 += 1;
    }
    let changes = counts.into_iter().filter(|(_, (old, new))| old != new);
    changes.map(|(kind, (old, new))| DiagnosticChange { kind, old, new }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_keeps_its_codes() {
        assert_eq!(without_figures("2010399：文字所述27.17%，计算为27%"), "2010399：文字所述#%，计算为#%");
        assert_eq!(without_figures("支出总表：合计 208 = 20805 + 20899"), "支出总表：合计 208 = 20805 + 20899");
        assert_eq!(without_figures("1.一般公共预算 45.30"), "1.一般公共预算 #");
    }
}
