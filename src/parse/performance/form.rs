//! Performance targets as forms: labels with their values above, indicators beneath.

use super::assembly;
use super::graph::Graph;
use super::grid::{GridColumns, GridReader};
use super::{MAX_LABEL, is_label_of};
use crate::document::{Diagnostic, Project, ProjectScope};
use crate::language::performance_roles::{Role, field_of, role_of};
use crate::language::vocabulary::{Vocabulary, squeezed};
use crate::model::Caption;
use crate::model::PlacedText;
use crate::parse::sheet::{Covered, SheetRow, Slot};

/// The projects of one or several forms under one another; none where the rows are no form.
pub(super) fn projects(
    rows: &[SheetRow],
    caption: &Caption,
    organisation: Option<&str>,
    vocabulary: &Vocabulary,
    diagnostics: &mut Vec<Diagnostic>,
    unread: &mut Vec<PlacedText>,
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
        .filter(|index| names_project(&rows[*index], vocabulary))
        .collect();
    // A header below another without a project's name between them is the same, repeated on the next page.
    let opens = |place: usize| {
        let previous = place.checked_sub(1).map_or(0, |before| headers[before] + 1);
        let start = starts.iter().copied().find(|start| (previous..headers[place]).contains(start));
        start.or((place == 0).then_some(0)).map(|start| (start, headers[place]))
    };
    let mut forms: Vec<(usize, usize)> = (0..headers.len()).filter_map(opens).collect();
    if let Some(first) = forms.first_mut() {
        first.0 = 0;
    }
    let mut projects = Vec::new();
    for (number, (start, header)) in forms.iter().copied().enumerate() {
        let end = forms.get(number + 1).map_or(rows.len(), |(next, _)| *next);
        let head = &rows[start..header];
        let Some(page) = rows.get(start).map(|row| row.page) else { continue };
        let (labelled, left) = Graph::new(head, words).read();
        unread.extend(left);
        let scope = scope(caption, head, vocabulary);
        let unit = unit_of(caption, head, vocabulary);
        let sheet = assembly::Form { labelled, scope, unit, page, caption, organisation };
        let Some(project) = sheet.project(vocabulary, diagnostics) else { continue };
        let body = &rows[header + 1..end];
        let columns = GridColumns::new(labels_in(&rows[header]), words);
        let mut reader = GridReader::new(body, columns, words, diagnostics);
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

/// Whether a row has the label of a project's name, and a name beside it.
fn names_project(row: &SheetRow, vocabulary: &Vocabulary) -> bool {
    let words = &vocabulary.performance;
    let filled: Vec<&Slot> = row.slots.iter().filter(|slot| is_filled(slot)).collect();
    let is_label = |text: &str| text.chars().count() <= MAX_LABEL && field_of(text, words).is_some();
    filled.windows(2).any(|pair| is_label_of(&pair[0].text, &[Role::Project], words) && !is_label(&pair[1].text))
}

/// The unit of a form: above it, or in one of its labels (资金金额（万元）).
fn unit_of(caption: &Caption, head: &[SheetRow], vocabulary: &Vocabulary) -> Option<String> {
    let in_labels = || head.iter().flat_map(SheetRow::labels).find_map(|(_, label)| vocabulary.unit_in(&label));
    caption.unit.clone().or_else(in_labels)
}

/// Whose targets a form has: its title or one of its labels says where they are the whole department's.
fn scope(caption: &Caption, head: &[SheetRow], vocabulary: &Vocabulary) -> ProjectScope {
    let words = &vocabulary.performance.department_words;
    let labels = head.iter().flat_map(SheetRow::labels).map(|(_, label)| label);
    let is_department = of_department(caption, vocabulary)
        || labels.into_iter().any(|label| words.occur_in(&label) && label.chars().count() <= MAX_LABEL);
    if is_department { ProjectScope::Department } else { ProjectScope::Project }
}

/// Whether a title says that the targets are the whole department's.
pub(super) fn of_department(caption: &Caption, vocabulary: &Vocabulary) -> bool {
    let title = caption.title.as_deref().map(squeezed).unwrap_or_default();
    vocabulary.performance.department_words.occur_in(&title)
}

fn labels_in(row: &SheetRow) -> Vec<String> {
    row.slots.iter().map(|slot| slot.text.clone()).collect()
}

fn is_filled(slot: &Slot) -> bool {
    slot.covered == Covered::Own && !slot.text.is_empty()
}
