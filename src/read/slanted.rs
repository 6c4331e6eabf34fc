//! Labels of a header that are turned by some 45°, so that long words fit over narrow columns: they are laid level.
//! Watermarks are slanted, too, but they lie over other text, or stand alone.

use std::collections::BTreeMap;

use super::marks::{Ink, ink_of, own_ink};
use super::recorder::DrawnGlyph;
use super::turn;
use crate::document::HiddenReason;
use crate::document::geometry::Rect;
use crate::model::{Flow, Glyph};

/// At least this many slanted labels side by side make a header.
const MIN_LABELS: usize = 2;

/// More slanted runs than this are no header.
const MAX_LABELS: usize = 64;

/// The labels' directions differ by less than this, in radians.
const SAME_ANGLE: f32 = 0.1;

/// A line through the middle of a character lies this far above its baseline, in ems.
const MIDDLE: f32 = 0.38;

/// Lays the labels of a slanted header level, each where its middle is.
pub(super) fn level(glyphs: &mut [DrawnGlyph]) {
    let is_slanted = |drawn: &DrawnGlyph| drawn.hidden == Some(HiddenReason::Slanted) && drawn.mark.is_none();
    if !glyphs.iter().any(is_slanted) {
        return;
    }
    let Some(own) = own_ink(glyphs) else { return };
    let mut runs: BTreeMap<u32, Vec<usize>> = BTreeMap::new();
    for (index, drawn) in glyphs.iter().enumerate().filter(|(_, drawn)| is_slanted(drawn)) {
        runs.entry(drawn.order).or_default().push(index);
    }
    let runs: Vec<Vec<usize>> = runs.into_values().collect();
    if !(MIN_LABELS..=MAX_LABELS).contains(&runs.len()) || !is_header(glyphs, &runs, own) {
        return;
    }
    for run in runs {
        let size = glyphs[run[0]].glyph.size;
        let Some(middle) = bbox_of(glyphs, &run).map(|bbox| bbox.center().1) else { continue };
        for index in run {
            let drawn = &mut glyphs[index];
            drawn.glyph = levelled(&drawn.glyph, middle + MIDDLE * size);
            drawn.turn = Some(turn::Quarter::Upright);
            drawn.hidden = None;
        }
    }
}

fn bbox_of(glyphs: &[DrawnGlyph], run: &[usize]) -> Option<Rect> {
    Rect::around(run.iter().map(|index| glyphs[*index].glyph.bbox))
}

/// Whether slanted runs are labels: in the page's own ink, parallel, side by side, and over no other text.
fn is_header(glyphs: &[DrawnGlyph], runs: &[Vec<usize>], own: Ink) -> bool {
    let boxes: Vec<Rect> = runs.iter().filter_map(|run| bbox_of(glyphs, run)).collect();
    let angles: Vec<f32> = runs.iter().filter_map(|run| angle(glyphs, run)).collect();
    let (Some(first), Some(highest)) = (angles.first(), boxes.iter().map(Rect::height).reduce(f32::max)) else {
        return false;
    };
    let is_parallel = angles.len() == runs.len() && angles.iter().all(|angle| (angle - first).abs() < SAME_ANGLE);
    let tops = boxes.iter().map(|bbox| bbox.center().1);
    let (low, high) = tops.fold((f32::INFINITY, f32::NEG_INFINITY), |(low, high), y| (low.min(y), high.max(y)));
    let is_own = runs.iter().flatten().all(|index| ink_of(&glyphs[*index]) == own);
    let is_free = || {
        let others = glyphs.iter().filter(|drawn| drawn.hidden.is_none());
        let mut middles = others.map(|drawn| drawn.glyph.bbox.center());
        !middles.any(|middle| runs.iter().flatten().any(|index| glyphs[*index].glyph.bbox.contains(middle)))
    };
    is_parallel && is_own && high - low < highest && is_free()
}

/// The direction of a run that reads from left to right, downwards positive.
fn angle(glyphs: &[DrawnGlyph], run: &[usize]) -> Option<f32> {
    let (first, last) = (glyphs[*run.first()?].glyph.bbox.center(), glyphs[*run.last()?].glyph.bbox.center());
    (last.0 > first.0).then(|| (last.1 - first.1).atan2(last.0 - first.0))
}

/// A character on a level line, where its middle is; slanted text stands closer, but in its order.
fn levelled(glyph: &Glyph, baseline: f32) -> Glyph {
    let (x, half) = (glyph.bbox.center().0, glyph.size / 2.0);
    let bbox = Rect { x0: x - half, y0: baseline - 0.88 * glyph.size, x1: x + half, y1: baseline + 0.12 * glyph.size };
    Glyph { bbox, baseline, flow: Flow::Right, ..*glyph }
}
