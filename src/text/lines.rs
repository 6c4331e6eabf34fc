//! Glyphs → lines.
//!
//! Characters that share a baseline make a line; text drawn twice (fill then stroke, fake bold by a small offset) is
//! kept once. Vertical writing and turned labels make lines that run down or up.

use crate::document::geometry::{Rect, median};
use crate::model::{Flow, Glyph, Line};

/// Baselines closer than this, in ems, belong to one line: mixed fonts on a line differ by less, and the tightest
/// line spacing is above 1 em.
const SAME_BASELINE: f32 = 0.35;

/// A line never spans more than this, in ems, from its first baseline to its last.
const MAX_BASELINE_SPAN: f32 = 0.7;

/// The same character again, this close in ems, is the same mark drawn twice. Fake bold offsets are below 0.05 em;
/// the narrowest advance of a repeated character (a full stop) is 0.25 em.
const OVERPRINT_OFFSET: f32 = 0.15;

/// A mark is compared with this many before it: no more than a few share a place, but for hostile pages that pile up
/// hundreds of thousands.
const MAX_PILE: usize = 200;

/// Arranges characters into lines, top to bottom (vertical text: columns in reading order, before or after the
/// horizontal lines by position). Leaves the glyphs in any order.
pub(crate) fn lines(glyphs: &mut [Glyph]) -> Vec<Line> {
    let mut found = Vec::new();
    if glyphs.iter().all(|glyph| glyph.flow == Flow::Right) {
        horizontal(glyphs, &mut found);
        return found;
    }
    let flowing = |flow: Flow| -> Vec<Glyph> { glyphs.iter().filter(|g| g.flow == flow).copied().collect() };
    horizontal(&mut flowing(Flow::Right), &mut found);
    turned(&mut flowing(Flow::Down), Flow::Down, &mut found);
    turned(&mut flowing(Flow::Up), Flow::Up, &mut found);
    found
}

fn horizontal(glyphs: &mut [Glyph], found: &mut Vec<Line>) {
    glyphs.sort_by(|a, b| a.baseline.total_cmp(&b.baseline));
    for_each_cluster(glyphs, |line| {
        line.sort_by(|a, b| a.bbox.x0.total_cmp(&b.bbox.x0));
        push_line(line, |g| g.bbox.x0, found);
    });
}

fn turned(glyphs: &mut [Glyph], flow: Flow, found: &mut Vec<Line>) {
    let sign = if flow == Flow::Down { -1.0 } else { 1.0 };
    glyphs.sort_by(|a, b| (sign * a.baseline).total_cmp(&(sign * b.baseline)));
    for_each_cluster(glyphs, |line| {
        let along = |g: &Glyph| -sign * if flow == Flow::Down { g.bbox.y0 } else { g.bbox.y1 };
        line.sort_by(|a, b| along(a).total_cmp(&along(b)));
        push_line(line, along, found);
    });
}

/// Splits glyphs sorted by baseline where the baseline jumps.
fn for_each_cluster(glyphs: &mut [Glyph], mut visit: impl FnMut(&mut [Glyph])) {
    let mut start = 0;
    for index in 1..glyphs.len() {
        let size = glyphs[index].size.max(glyphs[index - 1].size);
        let jump = (glyphs[index].baseline - glyphs[index - 1].baseline).abs();
        let span = (glyphs[index].baseline - glyphs[start].baseline).abs();
        if jump > SAME_BASELINE * size || span > MAX_BASELINE_SPAN * size {
            visit(&mut glyphs[start..index]);
            start = index;
        }
    }
    if start < glyphs.len() {
        visit(&mut glyphs[start..]);
    }
}

fn push_line(glyphs: &[Glyph], along: impl Fn(&Glyph) -> f32, found: &mut Vec<Line>) {
    let mut kept: Vec<Glyph> = Vec::with_capacity(glyphs.len());
    for glyph in glyphs {
        let near =
            kept.iter().rev().take(MAX_PILE).take_while(|k| along(glyph) - along(k) <= OVERPRINT_OFFSET * glyph.size);
        if !near.into_iter().any(|k| k.character == glyph.character) {
            kept.push(*glyph);
        }
    }
    if let Some(bbox) = Rect::around(kept.iter().map(|g| g.bbox)) {
        found.push(Line { glyphs: kept, bbox });
    }
}

impl Line {
    /// Font size of most of the line, in points.
    pub(crate) fn size(&self) -> f32 {
        let Some(first) = self.glyphs.first() else { return 0.0 };
        // Nearly every line is of one size.
        if self.glyphs.iter().all(|g| g.size == first.size) {
            return first.size;
        }
        let mut sizes: Vec<f32> = self.glyphs.iter().map(|g| g.size).collect();
        median(&mut sizes).unwrap_or(0.0)
    }

    /// Baseline of the line (see [`Glyph::baseline`]).
    pub(crate) fn baseline(&self) -> f32 {
        self.glyphs.first().map_or(self.bbox.y1, |g| g.baseline)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::page::{glyph_at, glyphs_at};
    use crate::text::reflow;

    fn texts(glyphs: &[Glyph]) -> Vec<String> {
        lines(&mut glyphs.to_vec()).iter().map(reflow::line_text).collect()
    }

    #[test]
    fn drawing_order_does_not_matter() {
        let mut glyphs = [glyphs_at("收入总表", 10.0, 20.0, 10.0), glyphs_at("单位：万元", 10.0, 40.0, 10.0)].concat();
        glyphs.reverse();
        assert_eq!(texts(&glyphs), ["收入总表", "单位：万元"]);
    }

    #[test]
    fn text_drawn_twice_is_read_once() {
        let once = glyphs_at("合计11", 10.0, 20.0, 10.0);
        let again = glyphs_at("合计11", 10.3, 20.0, 10.0);
        assert_eq!(texts(&[once, again].concat()), ["合计11"]);
    }

    #[test]
    fn digits_slightly_below_the_ideographs_are_on_their_line() {
        let glyphs = [glyphs_at("于", 10.0, 20.0, 10.0), glyphs_at("2023", 20.0, 21.0, 10.0)].concat();
        assert_eq!(texts(&glyphs), ["于2023"]);
    }

    #[test]
    fn vertical_writing_reads_down_then_left() {
        let mut glyphs = Vec::new();
        for (column, text) in ["收入", "支出"].iter().enumerate() {
            for (row, character) in text.chars().enumerate() {
                let mut glyph = glyph_at(character, 50.0 - 12.0 * column as f32, 20.0 + 10.0 * row as f32, 10.0);
                glyph.flow = Flow::Down;
                glyph.baseline = glyph.bbox.center().0;
                glyphs.push(glyph);
            }
        }
        assert_eq!(texts(&glyphs), ["收入", "支出"]);
    }
}
