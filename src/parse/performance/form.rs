//! Performance targets as forms: labels with their values above, indicators beneath.

use super::columns::{self, Columns, IndicatorHeader};
use super::graph::Graph;
use super::grid::GridReader;
use super::{MAX_LABEL, add_page, assembly, is_label_of};
use crate::document::{Diagnostic, Indicator, LabelledValue, Observation, Project, ProjectScope, TableKind, Unplaced};
use crate::language::performance_roles::{Block, Role, field_of};
use crate::language::vocabulary::{PerformanceWords, Vocabulary, squeezed};
use crate::model::Caption;
use crate::model::PlacedText;
use crate::parse::sheet::{Covered, SheetRow, Slot};

/// What the forms of a region have in common.
pub(super) struct Context<'r> {
    pub(super) caption: &'r Caption,
    pub(super) organisation: Option<&'r str>,
    pub(super) vocabulary: &'r Vocabulary,
}

/// The rows of a form.
struct FormRows<'r> {
    /// The labels with their values, above the indicators and beneath them.
    head: &'r [SheetRow],
    tail: Vec<SheetRow>,
    /// The labels of the indicators' columns, and their rows; none of a form without indicators.
    header: Option<&'r IndicatorHeader>,
    body: Vec<SheetRow>,
}

/// The projects of one or several forms under one another; none where the rows are no form.
pub(super) fn projects(
    rows: &[SheetRow],
    context: &Context<'_>,
    diagnostics: &mut Vec<Diagnostic>,
    unread: &mut Vec<PlacedText>,
) -> Vec<Project> {
    let words = &context.vocabulary.performance;
    let mut headers: Vec<(usize, IndicatorHeader)> = Vec::new();
    let mut at = 0;
    while at < rows.len() {
        let header = columns::indicator_header(&rows[at..], words);
        let height = header.as_ref().map_or(1, |header| header.rows);
        headers.extend(header.map(|header| (at, header)));
        at += height;
    }
    let forms = forms(rows, &headers, context);
    let pages: Vec<_> = forms.iter().map(|form| form.head.first().map(|row| row.page)).collect();
    let read: Vec<Option<Project>> = forms.into_iter().map(|form| form.project(context, diagnostics, unread)).collect();
    // Where none has a name, the region is no form at all.
    if read.iter().any(Option::is_some) {
        let nameless = read.iter().zip(&pages).filter(|(form, _)| form.is_none()).filter_map(|(_, page)| *page);
        let unplaced = |page| Observation::PerformanceUnplaced { what: Unplaced::Project }.on(page);
        diagnostics.extend(nameless.map(unplaced));
    }
    let mut projects: Vec<Project> = read.into_iter().flatten().collect();
    // A form nobody filled in.
    projects.retain(|project| !project.indicators.is_empty() || project.goal.is_some() || project.amount.is_some());
    projects
}

/// The rows of each form. A header below another without a project's name between them is the same, repeated on the next
/// page.
fn forms<'r>(
    rows: &'r [SheetRow],
    headers: &'r [(usize, IndicatorHeader)],
    context: &Context<'_>,
) -> Vec<FormRows<'r>> {
    let words = &context.vocabulary.performance;
    let is_header = |row: usize| headers.iter().any(|(at, header)| (*at..*at + header.rows).contains(&row));
    let starts = |role: Role| -> Vec<usize> {
        (1..rows.len()).filter(|row| !is_header(*row) && names(rows, *row, role, words)).collect()
    };
    let (projects, departments) = (starts(Role::PROJECT), starts(Role::DEPARTMENT));
    let opens = |place: usize| {
        let previous = place.checked_sub(1).map_or(0, |before| headers[before].0 + 1);
        let within =
            |starts: &[usize]| starts.iter().copied().find(|start| (previous..headers[place].0).contains(start));
        let start = within(&projects).or_else(|| within(&departments));
        if place == 0 { Some((0, Some(place))) } else { start.map(|start| (start, Some(place))) }
    };
    let mut begun: Vec<(usize, Option<usize>)> = (0..headers.len()).filter_map(opens).collect();
    // Below the last indicators, a form may have none.
    let last = headers.last().map_or(rows.len(), |(at, _)| *at);
    begun.extend(projects.iter().filter(|start| **start > last).map(|start| (*start, None)));
    let of_form = |number: usize, (start, place): (usize, Option<usize>)| {
        let end = begun.get(number + 1).map_or(rows.len(), |(next, _)| *next);
        let Some((at, header)) = place.map(|place| &headers[place]) else {
            return FormRows { head: &rows[start..end], tail: Vec::new(), header: None, body: Vec::new() };
        };
        let columns = Columns::new(&header.paths, words);
        let below = (at + header.rows..end).filter(|row| !is_header(*row) && !rows[*row].is_empty());
        let below = below.filter(|row| !is_title(&rows[*row], context.vocabulary)).map(|row| rows[row].clone());
        let (mut body, tail): (Vec<SheetRow>, Vec<SheetRow>) =
            below.partition(|row| is_of_indicators(row, &columns, words));
        let headings: Vec<usize> = (0..header.paths.len()).filter(|column| header.paths[*column].is_empty()).collect();
        // Above the first row of a page may have stood a header.
        let mut page = rows[*at].page;
        for row in &mut body {
            row.opens_page |= row.page != page;
            page = row.page;
            // The heading of the indicators, printed again overleaf, says nothing of the one beside it.
            headings.iter().for_each(|column| row.slots[*column].text.clear());
        }
        FormRows { head: &rows[start..*at], tail, header: Some(header), body }
    };
    begun.iter().copied().enumerate().map(|(number, form)| of_form(number, form)).collect()
}

impl FormRows<'_> {
    fn project(
        self,
        context: &Context<'_>,
        diagnostics: &mut Vec<Diagnostic>,
        unread: &mut Vec<PlacedText>,
    ) -> Option<Project> {
        let words = &context.vocabulary.performance;
        let page = self.head.first().or(self.body.first())?.page;
        let (mut labelled, left) = Graph::new(self.head, context.vocabulary).read();
        unread.extend(left);
        let (beneath, left) = Graph::new(&self.tail, context.vocabulary).read();
        labelled.extend(beneath);
        unread.extend(left);
        let form = assembly::Form {
            labelled,
            scope: scope(context.caption, self.head, context.vocabulary),
            unit: unit_of(context.caption, self.head, context.vocabulary),
            page,
            caption: context.caption,
            organisation: context.organisation,
        };
        let mut project = form.project(context.vocabulary, diagnostics)?;
        self.head.iter().for_each(|row| add_page(&mut project.pages, row.page));
        let Some(header) = self.header else { return Some(project) };
        let lists = columns::lists(&header.paths, words);
        for list in &lists {
            let paths: Vec<Vec<String>> = list.iter().map(|column| header.paths[*column].clone()).collect();
            let rows: Vec<SheetRow> = self.body.iter().map(|row| columns::of_columns(row, list)).collect();
            let mut reader = GridReader::new(&rows, Columns::of_list(&paths, words), words, diagnostics, unread);
            let begun = project.indicators.len();
            reader.open(std::mem::take(&mut project));
            rows.iter().for_each(|row| reader.row(row));
            project = reader.finish().into_iter().next().unwrap_or_default();
            if lists.len() > 1 {
                self.name_goal(list, &mut project.indicators[begun..], words);
            }
        }
        Some(project)
    }

    /// Says of the indicators of one of several lists which goal they are of: the one above their columns.
    fn name_goal(&self, list: &[usize], indicators: &mut [Indicator], words: &PerformanceWords) {
        let is_goal = |slot: &Slot| {
            let is_short = slot.text.chars().count() <= MAX_LABEL;
            is_short && is_filled(slot) && field_of(&slot.text, words).is_some_and(|role| role.block == Block::Goals)
        };
        // The borders of the goals need not be those of the lists.
        let shared = |column: usize, slot: &Slot| {
            list.iter().filter(|place| (column..column + slot.column_span).contains(place)).count()
        };
        let above = |row: &SheetRow| {
            let goals = row.slots.iter().enumerate().filter(|(_, slot)| is_goal(slot));
            let over = goals.map(|(column, slot)| (shared(column, slot), slot)).filter(|(shared, _)| *shared > 0);
            over.max_by_key(|(shared, _)| *shared).map(|(_, slot)| slot.text.clone())
        };
        let Some(value) = self.head.iter().rev().find_map(above) else { return };
        let label = self.header.and_then(|header| header.heading.clone()).unwrap_or_default();
        for indicator in indicators {
            indicator.fields.insert(0, LabelledValue { label: label.clone(), value: value.clone() });
        }
    }
}

/// Whether a row beneath a header of indicators is one of theirs: no cell stands for a level or a name and a target at once,
/// and it does not begin with a label of something else (总分, 备注, 填报人).
fn is_of_indicators(row: &SheetRow, columns: &Columns, words: &PerformanceWords) -> bool {
    let names = [Role::LEVEL1, Role::LEVEL2, Role::INDICATOR].map(|role| columns.place(role));
    let target = columns.place(Role::VALUE).or(columns.place(Role::MEASURE_UNIT));
    let filled = || row.slots.iter().enumerate().filter(|(_, slot)| is_filled(slot));
    let spans_both = |(column, slot): (usize, &Slot)| {
        let covered = column..column + slot.column_span;
        let is_over = |place: &Option<usize>| place.is_some_and(|place| covered.contains(&place));
        target.is_some_and(|target| covered.contains(&target)) && names.iter().any(is_over)
    };
    let first = names.iter().flatten().min().copied().unwrap_or_default();
    let is_label = |text: &str| {
        let role = (text.chars().count() <= MAX_LABEL).then(|| field_of(text, words)).flatten();
        role.is_some_and(|role| role.block != Block::Indicators && role != Role::GROUP || role == Role::REMARK)
    };
    let opens_with_label =
        |(column, slot): (usize, &Slot)| column <= first && slot.row_span == 1 && is_label(&slot.text);
    !filled().any(spans_both) && !filled().next().is_some_and(opens_with_label)
}

/// Whether a row has the label of a name, and a name beside it, in its cell, or below it.
fn names(rows: &[SheetRow], row: usize, role: Role, words: &PerformanceWords) -> bool {
    let is_label = |text: &str| text.chars().count() <= MAX_LABEL && field_of(text, words).is_some();
    let is_name_label = |text: &str| is_label_of(text, &[role], words);
    let filled: Vec<(usize, &Slot)> = rows[row].slots.iter().enumerate().filter(|(_, slot)| is_filled(slot)).collect();
    let is_inside = |(_, slot): &(usize, &Slot)| {
        let parts = slot.text.split_once([':', '：']);
        parts.is_some_and(|(label, value)| is_name_label(label) && !value.trim().is_empty())
    };
    let below = |column: usize| rows.get(row + 1).map(|next| &next.slots[column]).filter(|slot| is_filled(slot));
    let is_above = |(column, slot): &(usize, &Slot)| {
        is_name_label(&slot.text) && below(*column).is_some_and(|value| !is_label(&value.text))
    };
    filled.windows(2).any(|pair| is_name_label(&pair[0].1.text) && !is_label(&pair[1].1.text))
        || filled.iter().any(is_inside)
        || (filled.len() > 1 && filled.iter().all(|(_, slot)| is_label(&slot.text)) && filled.iter().any(is_above))
}

/// Whether a row is the title of a form.
fn is_title(row: &SheetRow, vocabulary: &Vocabulary) -> bool {
    let words = &vocabulary.performance;
    let is_title = |text: &str| words.form_titles.end(&squeezed(text));
    row.spanning_text()
        .is_some_and(|text| vocabulary.table_kind(text) == TableKind::PerformanceTargets && is_title(text))
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

fn is_filled(slot: &Slot) -> bool {
    slot.covered == Covered::Own && !slot.text.is_empty()
}
