//! Columns whose cells a page cuts above and below → closed columns of their table.
//!
//! Where merged cells go on over a whole page, no edge crosses their borders, which touch nothing of the table beside them. They
//! are told by beginning and ending where the table does.

use super::Tolerances;
use crate::model::{Axis, Ruling};

/// Edges that touch one another: (horizontal, vertical).
type Group = (Vec<Ruling>, Vec<Ruling>);

/// A column is no narrower than this, in points; closer lines are double borders or shadows.
const MIN_COLUMN: f32 = 8.0;

/// Gives lone vertical edges to the table beside them that is exactly as high.
pub(super) fn close(groups: &mut [Group], tolerances: &Tolerances) {
    let lone: Vec<Ruling> =
        groups.iter().filter(|group| group.0.is_empty()).flat_map(|group| group.1.clone()).collect();
    if lone.is_empty() {
        return;
    }
    for (across, down) in groups.iter_mut().filter(|group| group.0.len() > 1 && group.1.len() > 1) {
        let top = across.iter().map(|edge| edge.position).fold(f32::INFINITY, f32::min);
        let bottom = across.iter().map(|edge| edge.position).fold(f32::NEG_INFINITY, f32::max);
        let left = down.iter().map(|edge| edge.position).fold(f32::INFINITY, f32::min);
        let right = down.iter().map(|edge| edge.position).fold(f32::NEG_INFINITY, f32::max);
        let near = tolerances.touch.max(tolerances.snap);
        let fits = |edge: &&Ruling| (edge.start - top).abs() <= near && (edge.end - bottom).abs() <= near;
        let outside = |edge: &&Ruling| edge.position < left - MIN_COLUMN || edge.position > right + MIN_COLUMN;
        let beside: Vec<Ruling> = lone.iter().filter(fits).filter(outside).copied().collect();
        let Some(example) = across.first().copied() else { continue };
        let (from, to) =
            beside.iter().fold((left, right), |(from, to), edge| (from.min(edge.position), to.max(edge.position)));
        if beside.is_empty() {
            continue;
        }
        for position in [top, bottom] {
            let closing = |start: f32, end: f32| Ruling { axis: Axis::Horizontal, position, start, end, ..example };
            across.extend((from < left).then(|| closing(from, left)));
            across.extend((to > right).then(|| closing(right, to)));
        }
        down.extend(beside);
        across.sort_by(|a, b| a.position.total_cmp(&b.position));
        down.sort_by(|a, b| a.position.total_cmp(&b.position));
    }
}
