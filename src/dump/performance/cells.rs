//! Projects with their indicators → grids as they would be printed, one a page.

use std::ops::Range;

use super::header::{Column, Header};
use super::reading::{IndicatorRow, Project};
use crate::document::PageNumber;
use crate::dump::drawing::{self, DrawnCell};
use crate::language::performance_roles::Role;
use crate::model::Grid;

/// A row of the grid: its project and its indicator.
struct Entry<'p> {
    project: &'p Project,
    number: usize,
    row: Option<&'p IndicatorRow>,
    page: PageNumber,
}

/// The grids of some projects; columns that no role is known of are left out.
pub(super) fn grids(header: &Header, projects: &[Project]) -> Vec<Grid> {
    let columns: Vec<&Column> = header.columns.iter().filter(|column| column.role.is_some()).collect();
    let entries = entries(projects);
    let mut grids = Vec::new();
    let mut start = 0;
    while start < entries.len() {
        let page = entries[start].page;
        let count = entries[start..].iter().take_while(|entry| entry.page == page).count();
        grids.push(grid(&columns, &entries, start..start + count, start == 0));
        start += count;
    }
    grids
}

fn entries(projects: &[Project]) -> Vec<Entry<'_>> {
    let mut entries: Vec<Entry> = Vec::new();
    for (number, project) in projects.iter().enumerate() {
        if project.rows.is_empty() {
            entries.push(Entry { project, number, row: None, page: project.page });
        }
        for (place, row) in project.rows.iter().enumerate() {
            // A project begins where its name stands, though its first indicator may stand on the next page.
            let page = if place == 0 { project.page } else { row.page };
            let page = entries.last().map_or(page, |entry| entry.page.max(page));
            entries.push(Entry { project, number, row: Some(row), page });
        }
    }
    entries
}

fn grid(columns: &[&Column], entries: &[Entry], range: Range<usize>, with_header: bool) -> Grid {
    let offset = usize::from(with_header);
    let page = entries[range.start].page;
    let mut cells: Vec<DrawnCell> = Vec::new();
    if with_header {
        cells.extend(columns.iter().enumerate().map(|(place, column)| cell(0..1, place, column.label.clone())));
    }
    for (place, column) in columns.iter().enumerate() {
        let Some(role) = column.role else { continue };
        let mut at = range.start;
        while at < range.end {
            let same = |other: usize| key(&entries[other], role, other) == key(&entries[at], role, at);
            let end = (at..range.end).find(|other| !same(*other)).unwrap_or(range.end);
            let begins = at == 0 || key(&entries[at - 1], role, at - 1) != key(&entries[at], role, at);
            let text = if begins { text(&entries[at], role) } else { String::new() };
            cells.push(cell(at - range.start + offset..end - range.start + offset, place, text));
            at = end;
        }
    }
    drawing::grid(page, 0.0, range.len() + offset, columns.len(), cells)
}

fn cell(rows: Range<usize>, column: usize, text: String) -> DrawnCell {
    DrawnCell { rows, columns: column..column + 1, text, placement: None }
}

/// What is the same for the rows that a cell is merged over.
fn key(entry: &Entry, role: Role, at: usize) -> usize {
    match (role, entry.row) {
        (Role::PROJECT | Role::AMOUNT | Role::GOAL, _) => entry.number,
        (Role::LEVEL1, Some(row)) => row.level1.0,
        (Role::LEVEL2, Some(row)) => row.level2.0,
        _ => at,
    }
}

fn text(entry: &Entry, role: Role) -> String {
    let project = entry.project;
    match role {
        Role::PROJECT => return project.name.clone(),
        Role::AMOUNT => return project.amount.clone(),
        Role::GOAL => return project.goal.clone(),
        _ => {}
    }
    let Some(row) = entry.row else { return String::new() };
    let text = match role {
        Role::LEVEL1 => &row.level1.1,
        Role::LEVEL2 => &row.level2.1,
        Role::INDICATOR => &row.name,
        Role::RELATION => &row.target.relation,
        Role::VALUE => &row.target.value,
        Role::MEASURE_UNIT => &row.target.unit,
        _ => &row.target.weight,
    };
    text.clone()
}
