//! Marks in the page's own ink: the numbers of footnotes behind figures and names, and text that a line strikes out.

use crate::document::MarkKind;
use crate::model::{Axis, Flow, Glyph, Mark, Page, Ruling};

/// The number of a footnote is smaller than what it belongs to, by this factor or more; well raised, by the second …
const MARK_SIZE: f32 = 0.78;
const RAISED_SIZE: f32 = 0.87;

/// … that is by this, in the ems of what it belongs to …
const WELL_RAISED: f32 = 0.22;

/// … stands this far behind it at most, in its ems …
const MARK_GAP: f32 = 0.5;

/// … and is raised by between these, in the same ems.
const RAISED: (f32, f32) = (0.15, 0.75);

/// Behind a digit a smaller one may stand as low as this, in ems: no figure has digits of two sizes.
const LOWERED: f32 = -0.45;

/// … and stands lower where it is more than this below, in ems.
const LEVEL: f32 = 0.08;

/// Characters of one mark overlap or part by no more than this, in their ems.
const SAME_MARK: f32 = 0.4;

/// In brackets, the number of a footnote has at most this many digits; more are a year.
const MAX_MARK_DIGITS: usize = 2;

/// A line strikes text out between these heights above the baseline, in ems.
const STRUCK: (f32, f32) = (0.15, 0.55);

/// It begins and ends with the text, give or take this many ems.
const STRUCK_ENDS: f32 = 0.4;

/// At least this share of the line has text below it.
const MIN_STRUCK: f32 = 0.75;

/// A line that ends this close to a vertical one, in points, is a border.
const TOUCH: f32 = 1.5;

/// Pages are no higher than this, in points, where lines through text are sought.
const MAX_HEIGHT: f32 = 20_000.0;

/// Characters of more sizes than this are not told apart.
const MAX_SIZES: usize = 64;

/// A character is compared with this many others, and this many lines with all characters: no more than a few share a
/// place, but for hostile pages.
const MAX_COMPARED: usize = 500;

/// Moves the marks of a page from its text to `page.marks`.
pub(in crate::read) fn beside_text(page: &mut Page) {
    let mut found: Vec<(usize, MarkKind)> = raised(&page.glyphs);
    found.extend(bracketed(&page.glyphs));
    found.extend(struck_out(page));
    if found.is_empty() {
        return;
    }
    let mut kinds = vec![None; page.glyphs.len()];
    found.into_iter().for_each(|(index, kind)| kinds[index] = Some(kind));
    let mut kinds = kinds.into_iter();
    let marks = &mut page.marks;
    page.glyphs.retain(|glyph| match kinds.next().flatten() {
        Some(kind) => {
            marks.push(Mark { glyph: *glyph, kind });
            false
        }
        None => true,
    });
}

fn can_be_raised(character: char) -> bool {
    matches!(character, '0'..='9' | '[' | ']' | '(' | ')' | '（' | '）' | '*' | '＊' | '†' | '‡' | '①'..='⑳')
        || may_part_marks(character)
}

/// What stands between the numbers of two footnotes: 1,2.
fn may_part_marks(character: char) -> bool {
    matches!(character, ',' | '，' | '、')
}

/// Whether a footnote may belong to this character; a unit (m²) has powers.
fn takes_marks(character: char) -> bool {
    character.is_ascii_digit() || matches!(character, '%' | ')' | '）') || crate::text::reflow::is_chinese(character)
}

/// Small raised numbers behind figures and names.
fn raised(glyphs: &[Glyph]) -> Vec<(usize, MarkKind)> {
    let Some(size) = usual_size(glyphs) else { return Vec::new() };
    let mut small: Vec<usize> = (0..glyphs.len())
        .filter(|index| glyphs[*index].size <= RAISED_SIZE * size && can_be_raised(glyphs[*index].character))
        .collect();
    if small.is_empty() {
        return Vec::new();
    }
    let mut large: Vec<&Glyph> =
        glyphs.iter().filter(|glyph| glyph.flow == Flow::Right && takes_marks(glyph.character)).collect();
    large.sort_by(|a, b| a.baseline.total_cmp(&b.baseline));
    small.sort_by(|a, b| glyphs[*a].bbox.x0.total_cmp(&glyphs[*b].bbox.x0));
    let mut found: Vec<usize> = Vec::new();
    for index in small {
        let glyph = &glyphs[index];
        let goes_on = found.iter().rev().take(MAX_COMPARED).any(|before| {
            let before = &glyphs[*before];
            (before.baseline - glyph.baseline).abs() < SAME_MARK / 4.0 * glyph.size
                && (glyph.bbox.x0 - before.bbox.x1).abs() < SAME_MARK * glyph.size
        });
        let from = large.partition_point(|other| other.baseline <= glyph.baseline);
        let near = large[from..]
            .iter()
            .take(MAX_COMPARED)
            .take_while(|other| other.baseline - glyph.baseline < 3.0 * glyph.size);
        let may_begin = !may_part_marks(glyph.character);
        let is_lowered = || may_begin && is_lowered_behind(glyph, &large);
        if goes_on || (may_begin && near.into_iter().any(|other| is_raised_behind(glyph, other))) || is_lowered() {
            found.push(index);
        }
    }
    found.into_iter().map(|index| (index, MarkKind::Footnote)).collect()
}

fn is_raised_behind(glyph: &Glyph, other: &Glyph) -> bool {
    let gap = (glyph.bbox.x0 - other.bbox.x1) / other.size;
    let raised = (other.baseline - glyph.baseline) / other.size;
    let is_small = glyph.size <= MARK_SIZE * other.size;
    let from = if is_small { RAISED.0 } else { WELL_RAISED };
    glyph.size <= RAISED_SIZE * other.size && gap.abs() < MARK_GAP && (from..RAISED.1).contains(&raised)
}

/// Whether a small digit stands behind another on its line or below it.
fn is_lowered_behind(glyph: &Glyph, large: &[&Glyph]) -> bool {
    let from = large.partition_point(|other| other.baseline < glyph.baseline - glyph.size);
    let near = large[from..].iter().take(MAX_COMPARED);
    near.take_while(|other| other.baseline <= glyph.baseline + glyph.size).any(|other| {
        let gap = (glyph.bbox.x0 - other.bbox.x1) / other.size;
        let raised = (other.baseline - glyph.baseline) / other.size;
        glyph.character.is_ascii_digit()
            && other.character.is_ascii_digit()
            && (glyph.size <= MARK_SIZE * other.size || (glyph.size <= RAISED_SIZE * other.size && raised < -LEVEL))
            && gap.abs() < MARK_GAP
            && (LOWERED..RAISED.0).contains(&raised)
    })
}

/// The size of most characters.
fn usual_size(glyphs: &[Glyph]) -> Option<f32> {
    let mut sizes: Vec<(f32, usize)> = Vec::new();
    for glyph in glyphs {
        match sizes.iter().position(|(size, _)| (size - glyph.size).abs() < 0.1) {
            Some(known) => sizes[known].1 += 1,
            None if sizes.len() < MAX_SIZES => sizes.push((glyph.size, 1)),
            None => {}
        }
    }
    sizes.into_iter().max_by_key(|(_, count)| *count).map(|(size, _)| size)
}

/// Numbers of footnotes that are not raised: `85.50[1]`, `85.50①`, `85.50¹`.
fn bracketed(glyphs: &[Glyph]) -> Vec<(usize, MarkKind)> {
    let mut found = Vec::new();
    for (index, glyph) in glyphs.iter().enumerate() {
        let end = match glyph.character {
            '[' => {
                let digits = glyphs[index + 1..].iter().take_while(|next| next.character.is_ascii_digit()).count();
                let closed = glyphs.get(index + 1 + digits).is_some_and(|next| next.character == ']');
                if !closed || digits == 0 || digits > MAX_MARK_DIGITS {
                    continue;
                }
                index + digits + 2
            }
            '①'..='⑳' | '¹' | '²' | '³' | '⁰' | '⁴'..='⁹' => index + 1,
            '*' | '＊' | '†' | '‡' | '※' if !is_followed(glyphs, index) => index + 1,
            _ => continue,
        };
        let is_behind_digit = index.checked_sub(1).map(|before| &glyphs[before]).is_some_and(|before| {
            before.character.is_ascii_digit()
                && (glyph.bbox.x0 - before.bbox.x1).abs() < MARK_GAP * before.size
                && (glyph.baseline - before.baseline).abs() < before.size
        });
        if is_behind_digit {
            found.extend((index..end).map(|index| (index, MarkKind::Footnote)));
        }
    }
    found
}

/// Whether a character stands right behind another, which a sign between two figures (210*297) does.
fn is_followed(glyphs: &[Glyph], index: usize) -> bool {
    let sign = &glyphs[index];
    glyphs.get(index + 1).is_some_and(|next| {
        (next.bbox.x0 - sign.bbox.x1).abs() < MARK_GAP * sign.size && (next.baseline - sign.baseline).abs() < sign.size
    })
}

/// Text with a line through it.
fn struck_out(page: &Page) -> Vec<(usize, MarkKind)> {
    let mut rulings = page.rulings.iter().filter(|ruling| ruling.axis == Axis::Horizontal).peekable();
    if rulings.peek().is_none() {
        return Vec::new();
    }
    // Most rulings run where no text is: one look tells.
    let mut is_text = vec![false; page.height.clamp(0.0, MAX_HEIGHT) as usize + 2];
    for glyph in page.glyphs.iter().filter(|glyph| glyph.flow == Flow::Right) {
        let at = |above: f32| (glyph.baseline - above * glyph.size).clamp(0.0, MAX_HEIGHT) as usize;
        let end = (at(STRUCK.0) + 1).min(is_text.len());
        is_text[at(STRUCK.1).min(end)..end].fill(true);
    }
    let hits = |ruling: &&Ruling| is_text.get(ruling.position.max(0.0) as usize).copied().unwrap_or(false);
    let struck = rulings.filter(hits).take(MAX_COMPARED).flat_map(|ruling| struck_by(ruling, page));
    struck.map(|index| (index, MarkKind::StruckOut)).collect()
}

/// The characters that a line strikes out, if it is no border.
fn struck_by(ruling: &Ruling, page: &Page) -> Vec<usize> {
    let is_through = |glyph: &Glyph| {
        let (x, height) = (glyph.bbox.center().0, (glyph.baseline - ruling.position) / glyph.size);
        glyph.flow == Flow::Right && x > ruling.start && x < ruling.end && height > STRUCK.0 && height < STRUCK.1
    };
    let struck: Vec<usize> = (0..page.glyphs.len()).filter(|index| is_through(&page.glyphs[*index])).collect();
    let boxes = || struck.iter().map(|index| &page.glyphs[*index].bbox);
    let (start, end) = (
        boxes().map(|bbox| bbox.x0).fold(f32::INFINITY, f32::min),
        boxes().map(|bbox| bbox.x1).fold(f32::NEG_INFINITY, f32::max),
    );
    let Some(size) = struck.first().map(|index| page.glyphs[*index].size) else { return struck };
    let inked: f32 = boxes().map(|bbox| bbox.width()).sum();
    let fits = (start - ruling.start).abs() < STRUCK_ENDS * size && (end - ruling.end).abs() < STRUCK_ENDS * size;
    let is_border = || {
        page.rulings.iter().filter(|other| other.axis == Axis::Vertical).any(|other| {
            let crosses = other.start <= ruling.position + TOUCH && other.end >= ruling.position - TOUCH;
            let ends = [ruling.start, ruling.end].iter().any(|end| (end - other.position).abs() < TOUCH);
            crosses && ends
        })
    };
    if fits && inked >= MIN_STRUCK * (ruling.end - ruling.start) && !is_border() { struck } else { Vec::new() }
}
