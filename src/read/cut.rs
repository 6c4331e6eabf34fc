//! Text that is too long for its cell, and cut where the cell ends (表格处理软件 clip it there): the file has all of it,
//! the page shows its beginning. It is read whole, laid into the cell as if it had been shrunk to fit; so is the last line
//! of a text in a row that is too low for it.
//!
//! Figures are not: a figure of which digits cannot be seen stays in doubt.

use std::ops::Range;

use super::recorder::DrawnGlyph;
use super::turn;
use crate::document::HiddenReason;
use crate::document::geometry::Rect;
use crate::model::{CutText, Flow, Glyph};

/// A cell takes less than this share of the page's width and height: what cuts text elsewhere is the page's own edge, and
/// the rest of the text may stand on another page.
const MAX_CELL: f32 = 0.5;

/// Characters of one text follow one another within this, in ems; they may overlap a little.
const MAX_GAP: f32 = 0.3;

/// So much of a text must be seen: a single character that reaches into a cell is no beginning.
const MIN_SEEN: usize = 2;

/// So much is left free, in ems, where a text was cut: else it would run on into the text of the next cell.
const MARGIN: f32 = 0.3;

/// A row is too low for two lines under this, in ems; a last line that it cuts has a few characters.
const MAX_LOW_ROW: f32 = 2.5;
const MAX_LAST_LINE: usize = 12;

/// A page with more cut cells than this is hostile; each is compared with all characters.
const MAX_LOOKS: usize = 1000;

/// The middle of a row's first line lies so far below the row above, in ems.
const NEXT_ROW: Range<f32> = 0.5..2.5;

/// A character that clipping hides, and what it is clipped to.
pub(super) struct Clipped {
    /// Its place among the glyphs.
    pub(super) index: usize,
    pub(super) clip: Rect,
}

/// Makes the ends of cut texts visible, and gives them. `clipped` is in the order of the glyphs.
pub(super) fn restore(glyphs: &mut [DrawnGlyph], clipped: &[Clipped], page: Rect) -> Vec<CutText> {
    let mut restored = Vec::new();
    let (mut after, mut looks) = (0, 0..MAX_LOOKS);
    for Clipped { index, clip } in clipped {
        if *index < after || !is_cell(clip, &page) {
            continue;
        }
        let is_inside = |at: usize| match clipped.binary_search_by_key(&at, |clipped| clipped.index) {
            Ok(found) => clipped[found].clip == *clip,
            Err(_) => clip.contains(glyphs[at].glyph.bbox.center()),
        };
        let run = run_around(glyphs, *index, &is_inside);
        after = run.end;
        let whole = if is_cut(&glyphs[run.clone()], clip) {
            run
        } else if let Some(above) = run.start.checked_sub(1).filter(|above| is_inside(*above))
            && let above = run_around(glyphs, above, &is_inside)
            && is_line_below(glyphs, &above, &run, clip)
            && looks.next().is_some()
            && is_followed(glyphs, clip)
        {
            append(glyphs, &above, &run);
            above.start..run.end
        } else {
            continue;
        };
        let cut = &mut glyphs[whole];
        let text = cut.iter().map(|drawn| drawn.glyph.character).collect();
        restored.push(CutText { text, bbox: *clip });
        shrink(cut, clip);
    }
    restored
}

/// Keeps the characters that the foot of a row cuts in halves in that row, where another row follows: by their middle they
/// would belong to it. What the lowest row of a page cuts is printed again on the next page.
pub(super) fn keep_in_rows(glyphs: &mut [DrawnGlyph], half_seen: &[Clipped]) {
    for row in half_seen.chunk_by(|one, other| one.clip == other.clip).take(MAX_LOOKS) {
        let clip = row[0].clip;
        if is_followed(glyphs, &clip) {
            for half in row {
                let bbox = &mut glyphs[half.index].glyph.bbox;
                *bbox = bbox.intersection(&clip);
            }
        }
    }
}

/// Whether a row of the table follows the one of a cell.
fn is_followed(glyphs: &[DrawnGlyph], clip: &Rect) -> bool {
    glyphs.iter().any(|drawn| {
        let (x, y) = drawn.glyph.bbox.center();
        let below = (y - clip.y1) / drawn.glyph.size;
        drawn.hidden.is_none() && NEXT_ROW.contains(&below) && (clip.x0..=clip.x1).contains(&x)
    })
}

fn is_cell(clip: &Rect, page: &Rect) -> bool {
    clip.width() < MAX_CELL * page.width() && clip.height() < MAX_CELL * page.height()
}

/// The characters of a cell on the line of one of them, drawn one after another.
fn run_around(glyphs: &[DrawnGlyph], index: usize, is_inside: &impl Fn(usize) -> bool) -> Range<usize> {
    let follows = |first: usize, second: usize| follows(&glyphs[first].glyph, &glyphs[second].glyph);
    let start = (0..index).rev().find(|at| !(follows(*at, at + 1) && is_inside(*at))).map_or(0, |at| at + 1);
    let end = (index + 1..glyphs.len()).find(|at| !(follows(at - 1, *at) && is_inside(*at)));
    start..end.unwrap_or(glyphs.len())
}

fn follows(first: &Glyph, second: &Glyph) -> bool {
    let gap = second.bbox.x0 - first.bbox.x1;
    first.flow == Flow::Right
        && second.flow == Flow::Right
        && first.baseline == second.baseline
        && first.size == second.size
        && gap.abs() < MAX_GAP * first.size
}

/// Whether some words are seen in part: upright, cut at the sides only, and no figure.
fn is_cut(run: &[DrawnGlyph], clip: &Rect) -> bool {
    let is_upright = run.iter().all(|drawn| drawn.turn == Some(turn::Quarter::Upright) && drawn.mark.is_none());
    let is_seen_or_clipped = |drawn: &DrawnGlyph| matches!(drawn.hidden, None | Some(HiddenReason::Clipped));
    let seen = run.iter().filter(|drawn| drawn.hidden.is_none()).count();
    let is_beside = |drawn: &DrawnGlyph| {
        let (x, y) = drawn.glyph.bbox.center();
        !(clip.x0..=clip.x1).contains(&x) && (clip.y0..=clip.y1).contains(&y)
    };
    let mut hidden = run.iter().filter(|drawn| drawn.hidden.is_some());
    let is_word = run.iter().any(|drawn| drawn.glyph.character.is_alphabetic());
    is_upright
        && is_word
        && seen >= MIN_SEEN
        && run.iter().all(is_seen_or_clipped)
        && hidden.all(|drawn| is_beside(drawn) && !drawn.glyph.character.is_ascii_digit())
}

/// Whether a line without any seen character is the end of the text above it, in a row of the table that is too low for
/// both. What the lowest row of a page cuts may stand on the next page.
fn is_line_below(glyphs: &[DrawnGlyph], above: &Range<usize>, line: &Range<usize>, clip: &Rect) -> bool {
    let (first, next) = (&glyphs[above.start].glyph, &glyphs[line.start].glyph);
    let (upper, lower) = (&glyphs[above.clone()], &glyphs[line.clone()]);
    let is_hidden = |drawn: &DrawnGlyph| {
        let (x, y) = drawn.glyph.bbox.center();
        drawn.hidden == Some(HiddenReason::Clipped)
            && drawn.turn == Some(turn::Quarter::Upright)
            && y > clip.y1
            && (clip.x0..=clip.x1).contains(&x)
            && !drawn.glyph.character.is_ascii_digit()
    };
    above.end == line.start
        && lower.len() <= MAX_LAST_LINE
        && clip.height() < MAX_LOW_ROW * first.size
        && first.size == next.size
        && (first.bbox.x0 - next.bbox.x0).abs() < first.size
        && (1.0..2.0).contains(&((next.baseline - first.baseline) / first.size))
        && upper.iter().all(|drawn| drawn.hidden.is_none())
        && upper.last().is_some_and(|drawn| drawn.glyph.bbox.x1 > clip.x1 - 2.0 * first.size)
        && lower.iter().all(is_hidden)
}

/// Puts a line behind the one above it.
fn append(glyphs: &mut [DrawnGlyph], above: &Range<usize>, line: &Range<usize>) {
    let last = glyphs[above.end - 1].glyph;
    let first = glyphs[line.start].glyph;
    let (right, up) = (last.bbox.x1 - first.bbox.x0, last.baseline - first.baseline);
    for drawn in &mut glyphs[line.clone()] {
        let glyph = &mut drawn.glyph;
        glyph.baseline += up;
        (glyph.bbox.x0, glyph.bbox.x1) = (glyph.bbox.x0 + right, glyph.bbox.x1 + right);
        (glyph.bbox.y0, glyph.bbox.y1) = (glyph.bbox.y0 + up, glyph.bbox.y1 + up);
    }
}

/// Lays a text into its cell, each character narrower by the same share.
fn shrink(run: &mut [DrawnGlyph], clip: &Rect) {
    let Some(whole) = Rect::around(run.iter().map(|drawn| drawn.glyph.bbox)) else { return };
    let margin = MARGIN * run[0].glyph.size;
    let start = if whole.x0 < clip.x0 { clip.x0 + margin } else { whole.x0 };
    let end = if whole.x1 > clip.x1 { clip.x1 - margin } else { whole.x1 };
    let share = (end - start) / whole.width();
    for drawn in run {
        let bbox = &mut drawn.glyph.bbox;
        (bbox.x0, bbox.x1) = (start + share * (bbox.x0 - whole.x0), start + share * (bbox.x1 - whole.x0));
        drawn.hidden = None;
    }
}
