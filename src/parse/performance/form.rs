//! Performance targets as forms: labels with their values beside or below them, indicators beneath.

use super::grid::GridReader;
use super::{Role, role_of};
use crate::amount;
use crate::document::{Diagnostic, Project, ProjectScope};
use crate::model::Caption;
use crate::parse::sheet::{Covered, SheetRow, Slot};
use crate::vocabulary::{Vocabulary, squeezed};

/// Labels of forms are shorter than this, in characters; longer texts are values.
const MAX_LABEL: usize = 20;

/// The projects of one or several forms under one another; none where the rows are no form.
pub(super) fn projects(
    rows: &[SheetRow],
    caption: &Caption,
    organisation: Option<&str>,
    vocabulary: &Vocabulary,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<Project> {
    let words = &vocabulary.performance;
    let roles_in = |row: &SheetRow| -> Vec<Option<Role>> {
        row.slots.iter().map(|slot| if is_filled(slot) { role_of(&slot.text, words) } else { None }).collect()
    };
    let is_indicator_header = |row: &SheetRow| {
        let roles = roles_in(row);
        roles.contains(&Some(Role::Indicator)) && roles.contains(&Some(Role::Value))
    };
    let headers: Vec<usize> = (0..rows.len()).filter(|index| is_indicator_header(&rows[*index])).collect();
    let starts: Vec<usize> = (0..rows.len())
        .filter(|index| !headers.contains(index))
        .filter(|index| values(rows, *index, words).iter().any(|(role, _)| *role == Role::Project))
        .collect();
    // A header below another without a project's name between them is the same, repeated on the next page.
    let opens = |place: usize| {
        let previous = place.checked_sub(1).map_or(0, |before| headers[before] + 1);
        let start = starts.iter().copied().find(|start| (previous..headers[place]).contains(start));
        start.or((place == 0).then_some(0)).map(|start| (start, headers[place]))
    };
    let forms: Vec<(usize, usize)> = (0..headers.len()).filter_map(opens).collect();
    let mut projects = Vec::new();
    for (number, (start, header)) in forms.iter().copied().enumerate() {
        let end = forms.get(number + 1).map_or(rows.len(), |(next, _)| *next);
        let scope = scope(caption, &rows[start..header], vocabulary);
        let Some(project) = head(rows, start..header, scope, organisation, vocabulary) else { continue };
        let body = &rows[header + 1..end];
        let mut reader = GridReader::new(body, roles_in(&rows[header]), words, diagnostics);
        reader.open(project);
        for row in body.iter().filter(|row| !row.is_empty() && !is_indicator_header(row)) {
            reader.row(row);
        }
        projects.extend(reader.finish());
    }
    // A form nobody filled in.
    projects.retain(|project| !project.indicators.is_empty() || project.goal.is_some() || project.amount.is_some());
    projects
}

/// A project from the labels and values above its indicators.
fn head(
    rows: &[SheetRow],
    range: std::ops::Range<usize>,
    scope: ProjectScope,
    organisation: Option<&str>,
    vocabulary: &Vocabulary,
) -> Option<Project> {
    let words = &vocabulary.performance;
    let page = rows.get(range.start)?.page;
    let found: Vec<(Role, &str)> = range.flat_map(|index| values(rows, index, words)).collect();
    let first = |wanted: Role| found.iter().find(|(role, _)| *role == wanted).map(|(_, text)| (*text).to_owned());
    let amount = found.iter().filter(|(role, _)| *role == Role::Amount).find_map(|(_, text)| amount::parse(text));
    let name = first(Role::Project)
        .or_else(|| (scope == ProjectScope::Department).then(|| organisation.map(str::to_owned)).flatten());
    Some(Project {
        name: name?,
        scope,
        amount: amount.map(|amount| amount.text),
        goal: first(Role::Goal),
        pages: vec![page],
        indicators: Vec::new(),
    })
}

/// Whose targets a form has: its title or one of its labels says where they are the whole department's.
fn scope(caption: &Caption, head: &[SheetRow], vocabulary: &Vocabulary) -> ProjectScope {
    let words = &vocabulary.performance.department_words;
    let title = caption.title.as_deref().map(squeezed).unwrap_or_default();
    let labels = head.iter().flat_map(SheetRow::labels).map(|(_, label)| label);
    let is_department = words.occur_in(&title)
        || labels.into_iter().any(|label| words.occur_in(&label) && label.chars().count() <= MAX_LABEL);
    if is_department { ProjectScope::Department } else { ProjectScope::Project }
}

/// The labels in a row that name something of a project, with their values: the next cell to the right, or where that
/// is a label itself or there is none, the cell below.
fn values<'r>(rows: &'r [SheetRow], index: usize, words: &crate::vocabulary::PerformanceWords) -> Vec<(Role, &'r str)> {
    let filled: Vec<(usize, &Slot)> =
        rows[index].slots.iter().enumerate().filter(|(_, slot)| is_filled(slot)).collect();
    let is_label = |slot: &Slot| {
        let label = squeezed(&slot.text);
        role_of(&label, words).is_some() || words.group.contain(&label) || words.form_labels.contain(&label)
    };
    let mut found = Vec::new();
    for (place, (column, slot)) in filled.iter().enumerate() {
        let Some(role @ (Role::Project | Role::Amount | Role::Goal)) = role_of(&slot.text, words) else { continue };
        let right = filled.get(place + 1).map(|(_, next)| *next).filter(|next| !is_label(next));
        let below = rows.get(index + slot.row_span).map(|row| &row.slots[*column]).filter(|slot| is_filled(slot));
        let value = right.or_else(|| below.filter(|below| role != Role::Project && !is_label(below)));
        found.extend(value.map(|value| (role, value.text.as_str())));
    }
    found
}

fn is_filled(slot: &Slot) -> bool {
    slot.covered == Covered::Own && !slot.text.is_empty()
}
