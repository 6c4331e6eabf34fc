//! Targets that go on overleaf without saying whose they are → one region.
//!
//! A page of a form that has neither a project's name nor a goal, and whose columns are those of the page before or some of
//! them, goes on with it: its title is repeated or missing. So does a page of a grid that begins with the same header, where
//! half a line at a page's edge has come between.

use std::borrow::Cow;

use super::is_label_of;
use crate::document::TableKind;
use crate::language::performance_roles::Role;
use crate::language::vocabulary::{Vocabulary, squeezed};
use crate::model::{Grid, TableRegion};
use crate::text::reflow;

/// How far apart two borders drawn at the same place are, at most, in points.
const SAME_BORDER: f32 = 3.0;

/// A header that tells a grid from others has at least so many labels in its first row.
const MIN_HEADER: usize = 4;

/// The regions of a document, those of one form made one.
pub(in crate::parse) fn regions<'r>(tables: &'r [TableRegion], vocabulary: &Vocabulary) -> Vec<Cow<'r, TableRegion>> {
    let mut whole: Vec<Cow<'r, TableRegion>> = Vec::with_capacity(tables.len());
    for region in tables {
        match whole.last_mut() {
            Some(open) if goes_on(open, region, vocabulary) => {
                let open = open.to_mut();
                open.grids.extend(region.grids.iter().cloned());
                open.notes.extend(region.notes.iter().cloned());
            }
            _ => whole.push(Cow::Borrowed(region)),
        }
    }
    whole
}

fn goes_on(open: &TableRegion, region: &TableRegion, vocabulary: &Vocabulary) -> bool {
    let (Some(above), Some(below)) = (open.grids.last(), region.grids.first()) else { return false };
    let follows = below.page == above.page || below.page.0 == above.page.0 + 1;
    let title = |region: &TableRegion| region.caption.title.as_deref().map(|title| squeezed(title).into_owned());
    let untitled = title(region).is_none_or(|below| Some(below) == title(open));
    let kind = title(open).map_or(TableKind::Other, |title| vocabulary.table_kind(&title));
    let plausible = matches!(kind, TableKind::PerformanceTargets | TableKind::Other);
    let widest = open.grids.iter().max_by_key(|grid| grid.column_count()).unwrap_or(above);
    if !(follows && untitled && plausible) {
        return false;
    }
    if repeats_header(open, below) {
        return open.caption.organisation == region.caption.organisation || region.caption.organisation.is_none();
    }
    !has_label(region, &[Role::PROJECT, Role::DEPARTMENT, Role::GOAL], vocabulary)
        && shares_columns(widest, below)
        && has_label(open, &[Role::INDICATOR], vocabulary)
        && has_label(open, &[Role::VALUE], vocabulary)
}

/// Whether a grid has the columns of the one before and begins with its header.
fn repeats_header(open: &TableRegion, below: &Grid) -> bool {
    let labels = |grid: &Grid| -> Vec<(usize, String)> {
        let first = grid.cells.iter().filter(|cell| cell.rows.start == 0 && !cell.lines.is_empty());
        first.map(|cell| (cell.columns.start, reflow::text(&cell.lines))).collect()
    };
    let Some(first) = open.grids.first().filter(|first| shares_columns(first, below)) else { return false };
    let (header, again) = (labels(first), labels(below));
    header.len() >= MIN_HEADER && header == again
}

/// Whether a grid's columns are some of another's, with the last one among them.
fn shares_columns(wide: &Grid, narrow: &Grid) -> bool {
    let same = |a: f32, b: f32| (a - b).abs() <= SAME_BORDER;
    let as_many = wide.column_count() == narrow.column_count();
    let (Some(right), Some(other)) = (wide.xs.last(), narrow.xs.last()) else { return false };
    (as_many || same(*right, *other)) && narrow.xs.iter().all(|x| as_many || wide.xs.iter().any(|own| same(*own, *x)))
}

fn has_label(region: &TableRegion, roles: &[Role], vocabulary: &Vocabulary) -> bool {
    let cells = region.grids.iter().flat_map(|grid| &grid.cells).filter(|cell| !cell.lines.is_empty());
    cells.map(|cell| reflow::text(&cell.lines)).any(|text| is_label_of(&text, roles, &vocabulary.performance))
}
