//! Which drawn characters a reader can see.
//!
//! A character is hidden by the clipping area, by having the colour of its background (white on white), or by an
//! opaque area painted over it later. Areas are sought by horizontal bands, so that a page with a shaded background
//! in every cell stays cheap.

use crate::geometry::Rect;
use crate::model::HiddenReason;

/// Height of a search band in points: a few table rows.
const BAND: f32 = 32.0;

/// Two colours are the same to a reader when no channel (0 to 1) differs by more than this.
const SAME_COLOUR: f32 = 0.06;

/// An RGB colour, channels from 0 to 1.
pub(super) type Colour = [f32; 3];

/// The colour of paper.
pub(super) const WHITE: Colour = [1.0, 1.0, 1.0];

/// An opaque area and when it was painted.
#[derive(Clone, Copy, Debug)]
pub(super) struct PaintedArea {
    pub(super) rect: Rect,
    pub(super) colour: Colour,
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
    pub(super) fn hides(&self, point: (f32, f32), colour: Colour, order: u32) -> Option<HiddenReason> {
        let mut behind = WHITE;
        let band = self.bands.get(band_of(point.1, self.bands.len())).map_or(&[][..], Vec::as_slice);
        for area in band.iter().filter(|area| area.rect.contains(point)) {
            if area.order > order {
                return Some(HiddenReason::Covered);
            }
            behind = area.colour;
        }
        same_colour(behind, colour).then_some(HiddenReason::BackgroundColour)
    }
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
        Backdrop::new(800.0, &[PaintedArea { rect, colour, order }])
    }

    #[test]
    fn white_on_white_is_hidden_and_white_on_blue_is_not() {
        assert_eq!(Backdrop::new(800.0, &[]).hides((50.0, 50.0), WHITE, 1), Some(HiddenReason::BackgroundColour));
        assert_eq!(backdrop([0.1, 0.2, 0.8], 0).hides((50.0, 50.0), WHITE, 1), None);
    }

    #[test]
    fn what_is_painted_over_later_is_hidden() {
        assert_eq!(backdrop(WHITE, 5).hides((50.0, 50.0), BLACK, 1), Some(HiddenReason::Covered));
        assert_eq!(backdrop(WHITE, 5).hides((50.0, 50.0), BLACK, 9), None);
        assert_eq!(backdrop(WHITE, 5).hides((500.0, 50.0), BLACK, 1), None);
    }
}
