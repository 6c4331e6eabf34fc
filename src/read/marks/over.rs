//! Text in another ink that lies over or under the page's own: pale, it is a watermark; in a strong colour, a stamp.

use std::collections::{BTreeMap, BTreeSet};

use super::super::recorder::{DrawnGlyph, DrawnRuling};
use super::super::visibility::Colour;
use crate::document::geometry::Rect;
use crate::document::{HiddenReason, MarkKind};
use crate::model::{Axis, Glyph, Ruling};

/// Colours are told apart in steps of a twentieth of a channel.
const STEPS: f32 = 20.0;

/// The page's own ink is the darkest with at least this share of its characters: tiles of a watermark may have more.
const MIN_OWN_SHARE: f32 = 0.1;

/// A watermark is lighter than the page's own ink by at least this, of 1 from black to white …
const MIN_CONTRAST: f32 = 0.3;

/// … and lighter than this.
const PALE: f32 = 0.45;

/// The channels of a stamp's colour differ by at least this; those of grey do not at all.
const MIN_SATURATION: f32 = 0.35;

/// A character lies over another where they share at least this part of the smaller one's box.
const MIN_SHARED: f32 = 0.1;

/// Part of a character's nominal box, at the top and at the bottom, that has no ink.
const BLANK: f32 = 0.15;

/// A pale digit this close to a digit, in ems, would be read with it.
const BESIDE: f32 = 0.3;

/// At least this many characters lie over others: a single one may be an accident.
const MIN_OVER: usize = 2;

/// A watermark may stand beside all text, too: pale and larger than the page's text by this factor …
const MIN_LARGER: f32 = 1.4;

/// … hardly coloured, as insertions of a tracked change are …
const MAX_SATURATION: f32 = 0.5;

/// … or crossed by rulings; but white text is a title on a picture.
const NEARLY_WHITE: f32 = 0.96;

/// A stamp has no more characters than this.
const MAX_STAMP: usize = 60;

/// A circle of text has at least this many characters at odd angles.
const MIN_ON_CIRCLE: usize = 4;

/// The rest of a stamp stands no further than this from its circle, in ems.
const AROUND_CIRCLE: f32 = 2.0;

/// A character is compared with this many others: no more than a few share a place, but for hostile pages.
const MAX_COMPARED: usize = 500;

/// Height of a search band in points.
const BAND: f32 = 16.0;

/// An ink: a colour in steps. A pattern has none.
pub(in crate::read) type Ink = Option<[u8; 3]>;

pub(in crate::read) fn ink_of(drawn: &DrawnGlyph) -> Ink {
    drawn.colour.map(|colour| colour.map(|channel| (channel * STEPS).round() as u8))
}

fn lightness(ink: Ink) -> f32 {
    let part = |channel: u8, share: f32| f32::from(channel) / STEPS * share;
    ink.map_or(0.0, |[red, green, blue]| part(red, 0.3) + part(green, 0.59) + part(blue, 0.11))
}

fn saturation(ink: Ink) -> f32 {
    let spread = |channels: [u8; 3]| {
        let (low, high) = (channels.into_iter().min(), channels.into_iter().max());
        f32::from(high.unwrap_or(0) - low.unwrap_or(0)) / STEPS
    };
    ink.map_or(0.0, spread)
}

/// Marks the characters of watermarks and stamps.
pub(in crate::read) fn over_text(glyphs: &mut [DrawnGlyph], rulings: &[DrawnRuling]) {
    let first: Option<Colour> = glyphs.first().and_then(|drawn| drawn.colour);
    if glyphs.iter().all(|drawn| drawn.colour == first) {
        return; // nearly every page has one ink
    }
    let Some(own) = own_ink(glyphs) else { return };
    let mut inks: BTreeSet<Ink> = BTreeSet::new();
    let mut groups: BTreeMap<(Ink, i32), Vec<usize>> = BTreeMap::new();
    for (index, drawn) in glyphs.iter().enumerate() {
        let ink = ink_of(drawn);
        if ink == own || ink.is_none() {
            continue;
        }
        inks.insert(ink);
        if drawn.hidden.is_none() {
            groups.entry((ink, (drawn.glyph.size * 2.0).round() as i32)).or_default().push(index);
        }
    }
    for ink in inks {
        circle(glyphs, ink);
    }
    let text = Text::new(glyphs, own, rulings);
    let found: Vec<(MarkKind, Vec<usize>)> =
        groups.iter().filter_map(|((ink, _), group)| text.marks_among(glyphs, *ink, group)).collect();
    for (kind, marks) in found {
        marks.into_iter().for_each(|index| glyphs[index].mark = Some(kind));
    }
}

/// The ink of the page's own text.
pub(in crate::read) fn own_ink(glyphs: &[DrawnGlyph]) -> Option<Ink> {
    let mut counts: BTreeMap<Ink, usize> = BTreeMap::new();
    let seen = || glyphs.iter().filter(|drawn| drawn.hidden.is_none());
    seen().for_each(|drawn| *counts.entry(ink_of(drawn)).or_default() += 1);
    let least = seen().count() as f32 * MIN_OWN_SHARE;
    let common = counts.into_iter().filter(|(ink, count)| ink.is_some() && *count as f32 >= least);
    common.min_by(|(a, _), (b, _)| lightness(*a).total_cmp(&lightness(*b))).map(|(ink, _)| ink)
}

/// Marks a stamp whose characters stand on a circle: one at a time, each at an angle of its own, with what stands inside.
fn circle(glyphs: &mut [DrawnGlyph], ink: Ink) {
    let slanted = |drawn: &&DrawnGlyph| drawn.hidden == Some(HiddenReason::Slanted) && ink_of(drawn) == ink;
    let runs: BTreeSet<u32> = glyphs.iter().filter(slanted).map(|drawn| drawn.order).collect();
    let boxes = || glyphs.iter().filter(slanted).map(|drawn| drawn.glyph.bbox);
    let count = boxes().count();
    if runs.len() < MIN_ON_CIRCLE || runs.len() * 5 < count * 4 {
        return;
    }
    let size = glyphs.iter().find(slanted).map_or(0.0, |drawn| drawn.glyph.size);
    let Some(bbox) = Rect::around(boxes()) else { return };
    let around = AROUND_CIRCLE * size;
    let area = Rect { x0: bbox.x0 - around, y0: bbox.y0 - around, x1: bbox.x1 + around, y1: bbox.y1 + around };
    for drawn in glyphs.iter_mut().filter(|drawn| ink_of(drawn) == ink) {
        let is_seen = matches!(drawn.hidden, None | Some(HiddenReason::Slanted));
        if is_seen && area.contains(drawn.glyph.bbox.center()) {
            drawn.hidden = None;
            drawn.mark = Some(MarkKind::Stamp);
        }
    }
}

/// The characters in the page's own ink, by bands.
struct Text<'r> {
    own: Ink,
    bands: BTreeMap<i32, Vec<Glyph>>,
    /// The size of the middle one of its characters.
    size: f32,
    rulings: &'r [DrawnRuling],
}

impl<'r> Text<'r> {
    fn new(glyphs: &[DrawnGlyph], own: Ink, rulings: &'r [DrawnRuling]) -> Self {
        let mut bands: BTreeMap<i32, Vec<Glyph>> = BTreeMap::new();
        for drawn in glyphs.iter().filter(|drawn| drawn.hidden.is_none() && ink_of(drawn) == own) {
            for band in bands_of(&drawn.glyph.bbox) {
                bands.entry(band).or_default().push(drawn.glyph);
            }
        }
        let mut sizes: Vec<f32> = bands.values().flatten().map(|glyph| glyph.size).collect();
        sizes.sort_unstable_by(f32::total_cmp);
        let size = sizes.get(sizes.len() / 2).copied().unwrap_or_default();
        Self { own, bands, size, rulings }
    }

    /// Which characters of one ink and size are marks, and of what kind.
    fn marks_among(&self, glyphs: &[DrawnGlyph], ink: Ink, group: &[usize]) -> Option<(MarkKind, Vec<usize>)> {
        let group: Vec<usize> = group.iter().copied().filter(|index| glyphs[*index].mark.is_none()).collect();
        let is_pale = lightness(ink) >= PALE && lightness(ink) - lightness(self.own) >= MIN_CONTRAST;
        // A figure in red is a figure, whatever it lies over.
        let may_stamp = saturation(ink) >= MIN_SATURATION
            && group.len() <= MAX_STAMP
            && group.iter().all(|index| glyphs[*index].glyph.character != '.');
        let kind = match (is_pale, may_stamp) {
            (true, _) => MarkKind::Watermark,
            (false, true) => MarkKind::Stamp,
            (false, false) => return None,
        };
        let over: Vec<usize> = group.iter().copied().filter(|index| self.is_under(&glyphs[*index].glyph)).collect();
        if over.len() >= MIN_OVER {
            return Some((kind, with_their_like(glyphs, &group, &over)));
        }
        let in_tables: Vec<usize> = match kind {
            MarkKind::Watermark if lightness(ink) < NEARLY_WHITE && saturation(ink) < MAX_SATURATION => {
                let crossed = self.crossed_runs(glyphs, &group);
                let is_mark = |index: &usize| {
                    crossed.contains(&glyphs[*index].order) || self.is_beside_rows(&glyphs[*index].glyph)
                };
                group.iter().copied().filter(is_mark).collect()
            }
            _ => Vec::new(),
        };
        (in_tables.len() >= MIN_OVER).then(|| (kind, with_their_like(glyphs, &group, &in_tables)))
    }

    /// The runs of text that the borders of columns cross, as no text of a table is.
    fn crossed_runs(&self, glyphs: &[DrawnGlyph], group: &[usize]) -> BTreeSet<u32> {
        let mut boxes: BTreeMap<u32, Rect> = BTreeMap::new();
        for drawn in group.iter().map(|index| &glyphs[*index]) {
            let own = inked(&drawn.glyph);
            boxes.entry(drawn.order).and_modify(|bbox| *bbox = bbox.union(&own)).or_insert(own);
        }
        let is_crossed = |bbox: &Rect| {
            self.rulings.iter().map(|drawn| drawn.ruling).any(|ruling| {
                ruling.axis == Axis::Vertical
                    && (bbox.x0 + 1.0..bbox.x1 - 1.0).contains(&ruling.position)
                    && ruling.start < bbox.y0
                    && ruling.end > bbox.y1
            })
        };
        boxes.into_iter().take(MAX_COMPARED).filter(|(_, bbox)| is_crossed(bbox)).map(|(order, _)| order).collect()
    }

    /// Whether a ruling crosses a character, or it is larger than the text of the table around it.
    fn is_beside_rows(&self, glyph: &Glyph) -> bool {
        let own = inked(glyph);
        let (x, y) = own.center();
        let is_large = glyph.size >= MIN_LARGER * self.size;
        let mut around = [false; 4];
        for Ruling { axis, position, start, end, .. } in self.rulings.iter().map(|drawn| drawn.ruling) {
            let (low, high, along, across) = match axis {
                Axis::Horizontal => (own.y0, own.y1, x, y),
                Axis::Vertical => (own.x0, own.x1, y, x),
            };
            if !(start..end).contains(&along) {
                continue;
            }
            if position > low && position < high {
                return true;
            }
            let side = usize::from(axis == Axis::Vertical) * 2 + usize::from(position > across);
            around[side] = true;
        }
        is_large && around.into_iter().all(|has_ruling| has_ruling)
    }

    /// Whether a character of the page's own lies over this one, or a digit beside a pale digit.
    fn is_under(&self, glyph: &Glyph) -> bool {
        let beside = if glyph.character.is_ascii_digit() { BESIDE * glyph.size } else { 0.0 };
        bands_of(&glyph.bbox).filter_map(|band| self.bands.get(&band)).flatten().take(MAX_COMPARED).any(|other| {
            let side = if other.character.is_ascii_digit() { beside } else { 0.0 };
            let own = inked(glyph);
            let wide = Rect { x0: own.x0 - side, x1: own.x1 + side, ..own };
            let other = inked(other);
            let shared = wide.intersection(&other);
            let area = |rect: &Rect| rect.width().max(0.0) * rect.height().max(0.0);
            area(&shared) > MIN_SHARED * area(&own).min(area(&other))
        })
    }
}

/// The characters that stand on a line with one of these, or are drawn in a run of the same text.
fn with_their_like(glyphs: &[DrawnGlyph], group: &[usize], over: &[usize]) -> Vec<usize> {
    let line_of =
        |index: usize| (glyphs[index].glyph.baseline / (glyphs[index].glyph.size * 0.5).max(1.0)).round() as i32;
    let lines: BTreeSet<i32> = over.iter().map(|index| line_of(*index)).collect();
    let mut runs: BTreeMap<u32, String> = BTreeMap::new();
    group.iter().for_each(|index| runs.entry(glyphs[*index].order).or_default().push(glyphs[*index].glyph.character));
    let on_line = |index: &usize| lines.contains(&line_of(*index));
    let text_of = |index: &usize| runs.get(&glyphs[*index].order);
    let texts: BTreeSet<&String> = group.iter().filter(|index| on_line(index)).filter_map(text_of).collect();
    let is_like = |index: &usize| text_of(index).is_some_and(|text| text.chars().count() > 1 && texts.contains(text));
    group.iter().copied().filter(|index| on_line(index) || is_like(index)).collect()
}

fn bands_of(bbox: &Rect) -> std::ops::RangeInclusive<i32> {
    // A hostile box must not have millions.
    let band = |y: f32| (y / BAND).clamp(-1.0, 2000.0) as i32;
    band(bbox.y0)..=band(bbox.y1)
}

/// The part of a character's box that may have ink.
fn inked(glyph: &Glyph) -> Rect {
    let blank = BLANK * glyph.bbox.height();
    Rect { y0: glyph.bbox.y0 + blank, y1: glyph.bbox.y1 - blank, ..glyph.bbox }
}
