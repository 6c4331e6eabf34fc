//! A character as hayro draws it → its box, baseline, size and turn on the page.

use hayro_interpret::kurbo::{Affine, Point, Vec2};

use super::turn;
use crate::document::geometry::Rect;
use crate::model::{Flow, Glyph};

/// Part of the em that lies above the baseline in the nominal box of a character, as in the CJK fonts of the field.
const ASCENT: f64 = 0.88;

/// hayro's glyph space has this many units to the em.
pub(super) const UNITS_PER_EM: f64 = 1000.0;

/// Text further from a quarter turn than this (tangent of the angle; 3°) is slanted, as watermarks are.
const MAX_SLANT: f64 = 0.05;

/// A character with less than this share of its box inside the clipping area is not seen. Hanging punctuation, whose
/// ink fills one half of its box, may lose the other half.
const MIN_SEEN: f32 = 0.3;

/// Places a character that begins `from` and is `step` wide, in glyph units along its line; `None` for the turn of
/// slanted text.
pub(super) fn place(
    character: char,
    to_page: Affine,
    from: f64,
    step: f64,
    vertical: bool,
    space_before: bool,
) -> (Glyph, Option<turn::Quarter>) {
    let [xx, xy, yx, yy, _, _] = to_page.as_coeffs();
    let origin = to_page * Point::new(from, 0.0);
    let em = Vec2::new(yx, yy) * UNITS_PER_EM;
    let along = Vec2::new(xx, xy) * step;
    // The box around a parallelogram is the sum of the boxes around its sides.
    let (top, bottom) = (em * ASCENT, em * (ASCENT - 1.0));
    let bbox = Rect {
        x0: (origin.x + along.x.min(0.0) + top.x.min(bottom.x)) as f32,
        y0: (origin.y + along.y.min(0.0) + top.y.min(bottom.y)) as f32,
        x1: (origin.x + along.x.max(0.0) + top.x.max(bottom.x)) as f32,
        y1: (origin.y + along.y.max(0.0) + top.y.max(bottom.y)) as f32,
    };
    let quarter = if along.y.abs() <= MAX_SLANT * along.x.abs() {
        Some(if along.x >= 0.0 { turn::Quarter::Upright } else { turn::Quarter::Half })
    } else if along.x.abs() <= MAX_SLANT * along.y.abs() {
        Some(if along.y >= 0.0 { turn::Quarter::Clockwise } else { turn::Quarter::Anticlockwise })
    } else {
        None
    };
    let flow = match quarter {
        Some(turn::Quarter::Clockwise) => Flow::Down,
        Some(turn::Quarter::Anticlockwise) => Flow::Up,
        _ if vertical => Flow::Down,
        _ => Flow::Right,
    };
    let baseline = match flow {
        Flow::Right => origin.y as f32,
        // Characters under one another need not share an origin, but they share a middle.
        Flow::Down | Flow::Up if vertical => bbox.center().0,
        Flow::Down | Flow::Up => origin.x as f32,
    };
    (Glyph { character, bbox, baseline, size: em.hypot() as f32, flow, space_before }, quarter)
}

/// Whether a character has a place and a size: broken matrices give neither.
pub(super) fn is_somewhere(glyph: &Glyph) -> bool {
    let bbox = &glyph.bbox;
    [bbox.x0, bbox.y0, bbox.x1, bbox.y1, glyph.baseline, glyph.size].iter().all(|length| length.is_finite())
}

/// Whether the clipping area leaves too little of a character to be seen.
pub(super) fn is_clipped(bbox: &Rect, clip: &Rect) -> bool {
    let seen = bbox.intersection(clip);
    seen.width() * seen.height() < MIN_SEEN * bbox.width() * bbox.height()
}
