//! Performance targets (绩效目标) → projects with their indicators.
//!
//! They come as one long grid over all projects ([`grid`]), as one form a project ([`form`]), or as a plain table of
//! projects and goals, which is a grid without indicators.

mod assembly;
mod continued;
mod form;
mod graph;
mod grid;
mod left_over;
mod packed;
mod spans;
mod target;

pub(super) use continued::regions;
use grid::GridColumns;

use super::header;
use super::sheet::{Covered, Sheet, SheetRow, sheet};
use super::table::{drop_repeated_headers, pages, take_caption_rows};
use crate::document::{Diagnostic, Observation, Performance, Project, ProjectScope, Unplaced};
use crate::language::performance_roles::{Role, field_of};
use crate::language::relations;
use crate::language::vocabulary::{PerformanceWords, Vocabulary, squeezed};
use crate::model::PlacedText;
use crate::model::{Caption, GridSource, TableRegion};
use crate::text::reflow;

/// Labels of forms are shorter than this, in characters; longer texts are values.
const MAX_LABEL: usize = 20;

/// Whether a text is a label of one of these roles.
fn is_label_of(text: &str, roles: &[Role], words: &PerformanceWords) -> bool {
    text.chars().count() <= MAX_LABEL && field_of(text, words).is_some_and(|role| roles.contains(&role))
}

/// Reads a region as performance targets; `None` where it names no projects with indicators or goals. `organisation`
/// is whose targets a form without a project's name has.
pub(super) fn parse(
    region: &TableRegion,
    organisation: Option<&str>,
    vocabulary: &Vocabulary,
    diagnostics: &mut Vec<Diagnostic>,
    unread: &mut Vec<PlacedText>,
) -> Option<Performance> {
    let mut caption = region.caption.clone();
    let (sheet, header_rows) = header_and_body(sheet(region), &mut caption, vocabulary);
    let columns = columns(&header_rows, &sheet, &vocabulary.performance);
    let has = |role| columns.roles.contains(&Some(role));
    let mut projects = if has(Role::Project) && (has(Role::Indicator) || has(Role::Goal)) {
        let of_department = form::of_department(&caption, vocabulary);
        let mut projects = grid_projects(
            region,
            caption.organisation.as_deref().or(organisation),
            columns,
            header_rows.len(),
            vocabulary,
            diagnostics,
        );
        for project in &mut projects {
            if of_department {
                project.scope = ProjectScope::Department;
            }
            let name = of_department.then(|| project.name.clone());
            project.owner = project.owner.take().or(name).or_else(|| caption.organisation.clone());
        }
        projects
    } else {
        let mut rows = header_rows.clone();
        rows.extend(sheet.rows);
        form::projects(&rows, &caption, organisation, vocabulary, diagnostics, unread)
    };
    let labels = || header_rows.iter().flat_map(|row| &row.slots).map(|slot| slot.text.as_str());
    let unit = caption.unit.or_else(|| labels().find_map(|label| vocabulary.unit_in(label)));
    for project in projects.iter_mut().filter(|project| project.unit.is_none()) {
        project.unit.clone_from(&unit);
    }
    let found = (!projects.is_empty()).then(|| Performance {
        title: caption.title,
        fiscal_year: caption.fiscal_year,
        unit,
        pages: pages(region),
        projects,
    })?;
    let mut left = left_over::figures(region, &found);
    left.retain(|cell| !unread.iter().any(|known| (known.page, known.bbox) == (cell.page, cell.bbox)));
    unread.append(&mut left);
    Some(found)
}

/// Names a region that no projects were read from although it has targets. A form nobody filled in has none.
pub(super) fn doubt(region: &TableRegion, vocabulary: &Vocabulary) -> Option<Diagnostic> {
    let texts = || region.grids.iter().flat_map(|grid| &grid.cells).map(|cell| reflow::text(&cell.lines));
    let words = &vocabulary.performance;
    let has_targets = texts().any(|text| relations::leading(text.trim()).is_some())
        && texts().any(|text| is_label_of(&text, &[Role::Value], words));
    let page = region.grids.first()?.page;
    has_targets.then(|| Observation::PerformanceUnplaced { what: Unplaced::Form }.on(page))
}

/// The projects of a grid.
fn grid_projects(
    region: &TableRegion,
    organisation: Option<&str>,
    columns: GridColumns,
    header_rows: usize,
    vocabulary: &Vocabulary,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<Project> {
    let is_aligned = region.grids.iter().any(|grid| grid.source == GridSource::Aligned);
    let respanned = is_aligned.then(|| with_merged_cells(region, &columns.roles, header_rows));
    let sheet = sheet(respanned.as_ref().unwrap_or(region));
    let (mut sheet, header_rows) = header_and_body(sheet, &mut Caption::default(), vocabulary);
    drop_repeated_headers(&mut sheet, &header_rows);
    sheet.drop_furniture(|row| header::is_column_numbers(row, vocabulary));
    for row in sheet.rows.iter().filter(|row| is_total(row, &columns.roles, vocabulary)) {
        let amount = cell_of(row, &columns.roles, Role::Amount).map(|slot| slot.text.clone());
        diagnostics.push(Observation::ProjectsTotal { amount }.on(row.page));
    }
    sheet.rows.retain(|row| {
        !is_total(row, &columns.roles, vocabulary) && !is_organisation(row, &columns.roles, organisation)
    });
    sheet.tidy();
    let mut reader = grid::GridReader::new(&sheet.rows, columns, &vocabulary.performance, diagnostics);
    for row in &sheet.rows {
        reader.row(row);
    }
    reader.finish()
}

/// Whether a row is the total of the projects, and none of them.
fn is_total(row: &SheetRow, roles: &[Option<Role>], vocabulary: &Vocabulary) -> bool {
    let says_total = row.labels().iter().any(|(_, label)| vocabulary.headers.totals.contain(label));
    says_total && cell_of(row, roles, Role::Indicator).is_none() && cell_of(row, roles, Role::Goal).is_none()
}

/// Whether a row adds up an organisation's projects: it has a name and an amount, and all cells of targets are empty.
fn is_organisation(row: &SheetRow, roles: &[Option<Role>], organisation: Option<&str>) -> bool {
    let targets = [Role::Goal, Role::Level1, Role::Level2, Role::Indicator, Role::Value];
    let column_of = |role: Role| roles.iter().position(|known| *known == Some(role));
    let is_empty = |role: Role| {
        let slot = column_of(role).map(|column| &row.slots[column]);
        slot.is_none_or(|slot| slot.covered == Covered::Own && slot.text.is_empty() && slot.row_span == 1)
    };
    let name = cell_of(row, roles, Role::Project).map(|slot| squeezed(&slot.text));
    let is_named = organisation.is_some_and(|organisation| name.as_deref() == Some(&*squeezed(organisation)));
    (column_of(Role::Level1).is_some() || is_named)
        && cell_of(row, roles, Role::Project).is_some_and(|name| name.row_span == 1)
        && cell_of(row, roles, Role::Amount).is_some()
        && targets.into_iter().all(is_empty)
}

fn header_and_body(mut sheet: Sheet, caption: &mut Caption, vocabulary: &Vocabulary) -> (Sheet, Vec<SheetRow>) {
    take_caption_rows(&mut sheet, caption, vocabulary);
    let count = header::header_rows(&sheet.rows, vocabulary);
    let header_rows = sheet.rows.drain(..count).collect();
    (sheet, header_rows)
}

/// The region with the cells of project and levels merged downwards, where no rulings say how far they go.
fn with_merged_cells(region: &TableRegion, roles: &[Option<Role>], header_rows: usize) -> TableRegion {
    let merged = [Role::Project, Role::Amount, Role::Goal, Role::Level1, Role::Level2];
    let columns: Vec<usize> =
        (0..roles.len()).filter(|column| roles[*column].is_some_and(|role| merged.contains(&role))).collect();
    let mut region = region.clone();
    for grid in region.grids.iter_mut().filter(|grid| grid.source == GridSource::Aligned) {
        spans::merge_down(grid, &columns, header_rows);
    }
    region
}

fn columns(header_rows: &[SheetRow], sheet: &Sheet, words: &PerformanceWords) -> GridColumns {
    let paths = header::paths(header_rows, sheet.columns);
    let labels: Vec<String> = paths.into_iter().map(|mut path| path.pop().unwrap_or_default()).collect();
    GridColumns::new(labels, words)
}

/// The cell of a role in a row, where one begins there and has text.
fn cell_of<'r>(row: &'r SheetRow, roles: &[Option<Role>], role: Role) -> Option<&'r super::sheet::Slot> {
    let column = roles.iter().position(|known| *known == Some(role))?;
    row.slots.get(column).filter(|slot| slot.covered == Covered::Own && !slot.text.is_empty())
}
