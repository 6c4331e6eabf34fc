//! Which drawn characters a reader can see.
//!
//! A character is hidden by the clipping area, by having the colour of its background (white on white), or by an
//! opaque area painted over it later. Areas are sought by horizontal bands, so that a page with a shaded background
//! in every cell stays cheap.

use crate::document::HiddenReason;
use crate::document::geometry::Rect;
use crate::model::{Axis, Ruling};

/// Height of a search band in points: a few table rows.
const BAND: f32 = 32.0;

/// An area covers a line only if it goes beyond it by this, in points.
const EDGE: f32 = 0.1;

/// Two colours are the same to a reader when no channel (0 to 1) differs by more than this.
const SAME_COLOUR: f32 = 0.06;

/// An RGB colour, channels from 0 to 1.
pub(super) type Colour = [f32; 3];

/// The colour of paper.
pub(super) const WHITE: Colour = [1.0, 1.0, 1.0];

/// A painted area and when it was painted.
#[derive(Clone, Copy, Debug)]
pub(super) struct PaintedArea {
    pub(super) rect: Rect,
    /// Its colour; `None` where it has many or shines through.
    pub(super) colour: Option<Colour>,
    /// Whether it hides what was painted before.
    pub(super) covers: bool,
    pub(super) order: u32,
}

/// The opaque areas of a page, by bands.
pub(super) struct Backdrop {
    bands: Vec<Vec<PaintedArea>>,
}

impl Backdrop {
    /// `areas` in drawing order.
    pub(super) fn new(page_height: f32, areas: &[PaintedArea]) -> Self {
        let count = if areas.is_empty() { 0 } else { (page_height.clamp(0.0, 20_000.0) / BAND) as usize + 1 };
        let mut bands = vec![Vec::new(); count];
        for area in areas {
            for band in band_of(area.rect.y0, count)..=band_of(area.rect.y1, count) {
                if let Some(band) = bands.get_mut(band) {
                    band.push(*area);
                }
            }
        }
        Self { bands }
    }

    /// Why a mark of this colour, drawn at this point and time, is not seen; `None` where it is.
    pub(super) fn hides(&self, point: (f32, f32), colour: Option<Colour>, order: u32) -> Option<HiddenReason> {
        let mut behind = Some(WHITE);
        for area in self.near(point.1, point.1).filter(|area| area.rect.contains(point)) {
            if area.order > order && area.covers {
                return Some(HiddenReason::Covered);
            }
            if area.order < order {
                behind = area.colour;
            }
        }
        let same = behind.zip(colour).is_some_and(|(behind, colour)| same_colour(behind, colour));
        same.then_some(HiddenReason::BackgroundColour)
    }

    /// The pieces of a ruling that are seen: what later areas leave of it, where it has another colour than its
    /// background.
    pub(super) fn seen_pieces(&self, ruling: &Ruling, colour: Option<Colour>, order: u32) -> Vec<(f32, f32)> {
        let (top, bottom) = match ruling.axis {
            Axis::Horizontal => (ruling.position, ruling.position),
            Axis::Vertical => (ruling.start, ruling.end),
        };
        let mut pieces = vec![(ruling.start, ruling.end)];
        for area in self.near(top, bottom).filter(|area| area.covers && area.order > order) {
            let rect = area.rect;
            let (across, along) = match ruling.axis {
                Axis::Horizontal => ((rect.y0, rect.y1), (rect.x0, rect.x1)),
                Axis::Vertical => ((rect.x0, rect.x1), (rect.y0, rect.y1)),
            };
            // An area that ends on the middle of a line, as the background of a cell does, leaves half of it.
            let margin = ruling.thickness / 4.0 + EDGE;
            if across.0 < ruling.position - margin && across.1 > ruling.position + margin {
                pieces = pieces.into_iter().flat_map(|piece| without(piece, along)).collect();
            }
        }
        let is_seen = |(start, end): &(f32, f32)| {
            let middle = (start + end) / 2.0;
            let point = match ruling.axis {
                Axis::Horizontal => (middle, ruling.position),
                Axis::Vertical => (ruling.position, middle),
            };
            self.hides(point, colour, order) != Some(HiddenReason::BackgroundColour)
        };
        pieces.retain(is_seen);
        pieces
    }

    /// The areas of the bands between two heights, in drawing order within a band.
    fn near(&self, top: f32, bottom: f32) -> impl Iterator<Item = &PaintedArea> {
        let count = self.bands.len();
        let bands = if count == 0 { 0..0 } else { band_of(top, count)..band_of(bottom, count) + 1 };
        self.bands[bands].iter().flatten()
    }
}

/// What is left of an interval without another.
fn without((start, end): (f32, f32), (from, to): (f32, f32)) -> impl Iterator<Item = (f32, f32)> {
    let before = (start, end.min(from));
    let after = (start.max(to), end);
    [before, after].into_iter().filter(|(start, end)| end > start)
}

fn band_of(y: f32, count: usize) -> usize {
    ((y.max(0.0) / BAND) as usize).min(count.saturating_sub(1))
}

fn same_colour(a: Colour, b: Colour) -> bool {
    a.iter().zip(b).all(|(x, y)| (x - y).abs() <= SAME_COLOUR)
}

#[cfg(test)]
mod tests {
    use super::*;

    const BLACK: Colour = [0.0; 3];

    fn backdrop(colour: Colour, order: u32) -> Backdrop {
        let rect = Rect::from_corners(0.0, 0.0, 100.0, 100.0);
        Backdrop::new(800.0, &[PaintedArea { rect, colour: Some(colour), covers: true, order }])
    }

    #[test]
    fn white_on_white_is_hidden_and_white_on_blue_is_not() {
        assert_eq!(Backdrop::new(800.0, &[]).hides((50.0, 50.0), Some(WHITE), 1), Some(HiddenReason::BackgroundColour));
        assert_eq!(backdrop([0.1, 0.2, 0.8], 0).hides((50.0, 50.0), Some(WHITE), 1), None);
    }

    #[test]
    fn what_is_painted_over_later_is_hidden() {
        assert_eq!(backdrop(WHITE, 5).hides((50.0, 50.0), Some(BLACK), 1), Some(HiddenReason::Covered));
        assert_eq!(backdrop(WHITE, 5).hides((50.0, 50.0), Some(BLACK), 9), None);
        assert_eq!(backdrop(WHITE, 5).hides((500.0, 50.0), Some(BLACK), 1), None);
    }
}
