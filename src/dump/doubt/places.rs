//! Dumps that keep columns by spaces: figures that stand below the labels of another list than the one they were given.

use std::collections::HashMap;
use std::ops::Range;

use super::Figures;
use crate::document::PageNumber;
use crate::document::Placement;
use crate::dump::table::TextTable;
use crate::dump::table::columns::Role;

/// Labels and figures are known to stand under one another on a page where this share of the figures does so.
const AGREEING: f64 = 0.8;

/// Rows, by number and side, with figures that stand below another list's label. Within a list, what adds up tells more
/// than labels do.
pub(super) fn of_other_lists(table: &TextTable, figures: &Figures) -> Vec<(usize, usize)> {
    let labels: Option<Vec<(usize, Range<usize>)>> = table
        .columns
        .leaves
        .iter()
        .enumerate()
        .filter(|(_, leaf)| leaf.role == Role::Amount)
        .map(|(column, leaf)| Some((column, leaf.extent.clone()?)))
        .collect();
    let Some(labels) = labels else { return Vec::new() };
    let mut agree: HashMap<PageNumber, (usize, usize)> = HashMap::new();
    let mut elsewhere = Vec::new();
    for (row, placed) in figures.iter().enumerate() {
        for (side, placed) in placed.iter().enumerate() {
            let Some(item) = table.rows[row].items[side].as_ref() else { continue };
            for (figure, placed) in item.figures.iter().zip(placed) {
                let Some(below) = label_above(&figure.extent, &labels) else { continue };
                if placed.placement.how == Placement::Ambiguous {
                    continue;
                }
                let counts = agree.entry(figure.page).or_default();
                counts.1 += 1;
                if below == placed.column {
                    counts.0 += 1;
                } else if !table.columns.sides[side].amounts.contains(&below) {
                    elsewhere.push((figure.page, row, side));
                }
            }
        }
    }
    let is_known = |page: &PageNumber| agree.get(page).is_some_and(|(own, all)| *own as f64 >= AGREEING * *all as f64);
    let mut rows: Vec<(usize, usize)> =
        elsewhere.into_iter().filter(|(page, ..)| is_known(page)).map(|(_, row, side)| (row, side)).collect();
    rows.dedup();
    rows
}

/// The column of the one label that stands above a figure.
fn label_above(extent: &Range<usize>, labels: &[(usize, Range<usize>)]) -> Option<usize> {
    let overlaps = |label: &Range<usize>| extent.start < label.end && label.start < extent.end;
    let mut above = labels.iter().filter(|(_, label)| overlaps(label)).map(|(column, _)| *column);
    above.next().filter(|_| above.next().is_none())
}
