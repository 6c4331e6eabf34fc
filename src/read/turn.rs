//! Pages whose content is stored turned, without a `/Rotate` that says so, are turned upright.

use crate::document::geometry::Rect;
use crate::model::{Axis, Flow, Glyph, Page};

/// Direction of a line of text on the page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Quarter {
    /// Left to right.
    #[default]
    Upright,
    /// Top to bottom, the characters lying on their right side.
    Clockwise,
    /// Right to left, upside down.
    Half,
    /// Bottom to top, the characters lying on their left side.
    Anticlockwise,
}

/// A page is turned when more than this share of its characters agree on another direction: a few turned labels in an
/// upright table must not turn it.
const TURNED_SHARE: f32 = 0.6;

/// Turns the page so that most of its text runs left to right; `turns` belongs to `page.glyphs` one by one.
pub(super) fn upright(page: &mut Page, turns: &[Quarter]) {
    let count = |quarter| turns.iter().filter(|turn| **turn == quarter).count() as f32;
    let threshold = turns.len() as f32 * TURNED_SHARE;
    let dominant = [Quarter::Clockwise, Quarter::Half, Quarter::Anticlockwise];
    let Some(quarter) = dominant.into_iter().find(|quarter| count(*quarter) > threshold) else { return };
    let (width, height) = (page.width, page.height);
    for (glyph, turn) in page.glyphs.iter_mut().zip(turns) {
        turn_glyph(glyph, *turn, quarter, width, height);
    }
    for hidden in &mut page.hidden {
        hidden.bbox = turn_rect(hidden.bbox, quarter, width, height);
    }
    for ruling in &mut page.rulings {
        let bbox = match ruling.axis {
            Axis::Horizontal => Rect::from_corners(ruling.start, ruling.position, ruling.end, ruling.position),
            Axis::Vertical => Rect::from_corners(ruling.position, ruling.start, ruling.position, ruling.end),
        };
        let bbox = turn_rect(bbox, quarter, width, height);
        if quarter != Quarter::Half {
            ruling.axis = match ruling.axis {
                Axis::Horizontal => Axis::Vertical,
                Axis::Vertical => Axis::Horizontal,
            };
        }
        (ruling.position, ruling.start, ruling.end) = match ruling.axis {
            Axis::Horizontal => (bbox.y0, bbox.x0, bbox.x1),
            Axis::Vertical => (bbox.x0, bbox.y0, bbox.y1),
        };
    }
    if quarter != Quarter::Half {
        (page.width, page.height) = (height, width);
    }
}

/// Undoes the turn `by` for a glyph that runs along `own`.
fn turn_glyph(glyph: &mut Glyph, own: Quarter, by: Quarter, width: f32, height: f32) {
    let base = match own {
        Quarter::Upright | Quarter::Half => {
            Rect::from_corners(glyph.bbox.x0, glyph.baseline, glyph.bbox.x0, glyph.baseline)
        }
        Quarter::Clockwise | Quarter::Anticlockwise => {
            Rect::from_corners(glyph.baseline, glyph.bbox.y0, glyph.baseline, glyph.bbox.y0)
        }
    };
    let base = turn_rect(base, by, width, height);
    glyph.bbox = turn_rect(glyph.bbox, by, width, height);
    let steps = |quarter: Quarter| quarter as i32;
    glyph.flow = match (steps(own) - steps(by)).rem_euclid(4) {
        0 | 2 => Flow::Right,
        1 => Flow::Down,
        _ => Flow::Up,
    };
    glyph.baseline = if glyph.flow == Flow::Right { base.y0 } else { base.x0 };
}

/// Undoes the turn `by` of a rectangle on a page of the given (turned) size.
fn turn_rect(rect: Rect, by: Quarter, width: f32, height: f32) -> Rect {
    match by {
        Quarter::Upright => rect,
        // Text running down the page: its start (top) becomes the left, the right side of the page the top.
        Quarter::Clockwise => Rect::from_corners(rect.y0, width - rect.x0, rect.y1, width - rect.x1),
        Quarter::Half => Rect::from_corners(width - rect.x0, height - rect.y0, width - rect.x1, height - rect.y1),
        Quarter::Anticlockwise => Rect::from_corners(height - rect.y0, rect.x0, height - rect.y1, rect.x1),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_down_the_right_side_is_the_first_line() {
        // On a page of 100 × 200, a character at the upper right, lying on its right side.
        let rect = turn_rect(Rect::from_corners(90.0, 10.0, 98.0, 18.0), Quarter::Clockwise, 100.0, 200.0);
        assert_eq!(rect, Rect::from_corners(10.0, 2.0, 18.0, 10.0));
    }

    #[test]
    fn four_quarters_are_a_whole() {
        let start = Rect::from_corners(10.0, 20.0, 30.0, 60.0);
        let once = turn_rect(start, Quarter::Clockwise, 100.0, 200.0);
        let back = turn_rect(once, Quarter::Anticlockwise, 200.0, 100.0);
        assert_eq!(back, start);
    }
}
