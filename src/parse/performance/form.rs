//! Performance targets as forms: labels with their values beside or below them, indicators beneath.

use super::grid::{GridColumns, GridReader};
use super::{Role, role_of};
use crate::document::{Diagnostic, Money, Observation, Project, ProjectField, ProjectScope};
use crate::language::amount;
use crate::language::vocabulary::{Vocabulary, squeezed};
use crate::model::Caption;
use crate::parse::sheet::{Covered, SheetRow, Slot};

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
        .filter(|index| values(rows, *index, words).iter().any(|value| value.role == Role::Project))
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
        let unit = unit_of(caption, &rows[start..header], vocabulary);
        let read = Head { rows, range: start..header, scope, organisation, unit };
        let Some(project) = read.project(vocabulary, diagnostics) else { continue };
        let body = &rows[header + 1..end];
        let columns = GridColumns { roles: roles_in(&rows[header]), labels: labels_in(&rows[header]) };
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

/// What stands above the indicators of a form.
struct Head<'r> {
    rows: &'r [SheetRow],
    range: std::ops::Range<usize>,
    scope: ProjectScope,
    organisation: Option<&'r str>,
    /// The unit of its amounts.
    unit: Option<String>,
}

impl Head<'_> {
    /// The project from its labels and values. An amount that is not read is named.
    fn project(self, vocabulary: &Vocabulary, diagnostics: &mut Vec<Diagnostic>) -> Option<Project> {
        let page = self.rows.get(self.range.start)?.page;
        let indices = self.range.clone();
        let found: Vec<FormValue<'_>> =
            indices.flat_map(|index| values(self.rows, index, &vocabulary.performance)).collect();
        let first = |wanted: Role| found.iter().find(|value| value.role == wanted).map(|value| value.text.to_owned());
        let of_department = || (self.scope == ProjectScope::Department).then(|| self.organisation.map(str::to_owned));
        let name = first(Role::Project).or_else(|| of_department().flatten())?;
        let mut amounts = found.iter().filter(|value| value.role == Role::Amount);
        // Another amount further down is not this one: where the first is not read, none is.
        let printed = amounts.find(|value| value.text.contains(|c: char| c.is_numeric()));
        let amount = printed.and_then(|value| self.amount(value.text));
        let mut fields = Vec::new();
        if let Some(value) = printed.filter(|_| amount.is_none()) {
            diagnostics.push(Observation::UnreadableAmount { text: value.text.to_owned() }.on(page));
            fields.push(ProjectField { label: value.label.to_owned(), value: value.text.to_owned(), page });
        }
        let (goal, pages) = (first(Role::Goal), vec![page]);
        Some(Project { name, scope: self.scope, amount, unit: self.unit, goal, pages, fields, ..Project::default() })
    }

    /// An amount; the form's own unit may be repeated behind it (280.7万元).
    fn amount(&self, text: &str) -> Option<Money> {
        let plain = squeezed(text);
        let bare = self.unit.as_deref().and_then(|unit| plain.strip_suffix(unit)).unwrap_or(&plain);
        amount::parse(bare).map(|amount| amount.value.into())
    }
}

/// The unit of a form: above it, or in one of its labels (资金金额（万元）).
fn unit_of(caption: &Caption, head: &[SheetRow], vocabulary: &Vocabulary) -> Option<String> {
    let in_labels = || head.iter().flat_map(SheetRow::labels).find_map(|(_, label)| vocabulary.unit_in(&label));
    caption.unit.clone().or_else(in_labels)
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

/// A value of a form with its label.
struct FormValue<'r> {
    role: Role,
    label: &'r str,
    text: &'r str,
}

/// The labels in a row that name something of a project, with their values: the next cell to the right, or where that
/// is a label itself or there is none, the cell below.
fn values<'r>(
    rows: &'r [SheetRow],
    index: usize,
    words: &crate::language::vocabulary::PerformanceWords,
) -> Vec<FormValue<'r>> {
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
        found.extend(value.map(|value| FormValue { role, label: slot.text.as_str(), text: value.text.as_str() }));
    }
    found
}

fn labels_in(row: &SheetRow) -> Vec<String> {
    row.slots.iter().map(|slot| slot.text.clone()).collect()
}

fn is_filled(slot: &Slot) -> bool {
    slot.covered == Covered::Own && !slot.text.is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn amount(text: &str, unit: Option<&str>) -> Option<String> {
        let unit = unit.map(str::to_owned);
        let head = Head { rows: &[], range: 0..0, scope: ProjectScope::Project, organisation: None, unit };
        head.amount(text).map(|amount| amount.to_string())
    }

    #[test]
    fn the_unit_of_a_form_may_be_repeated_behind_its_amounts() {
        assert_eq!(amount("280.7万元", Some("万元")).as_deref(), Some("280.7"));
        assert_eq!(amount("280.7 万元", Some("万元")).as_deref(), Some("280.7"));
        assert_eq!(amount("280.7", Some("万元")).as_deref(), Some("280.7"));
        assert_eq!(amount("2807000元", Some("万元")), None, "another unit");
        assert_eq!(amount("280.7万元", None), None, "whether the form counts in it is not known");
    }
}
