//! Numbers among the characters of a page.

use yusuan::document::Rect;
use yusuan::model::{Glyph, Page};

/// Characters whose middles differ by less than this share of their height stand on one line.
const SAME_LINE: f32 = 0.4;

/// Places of some characters in `Page::glyphs`, as they are read.
pub type Run = Vec<usize>;

/// The characters with their middle in a part of the page, line by line.
pub fn within(page: &Page, area: Rect) -> Run {
    let mut found: Run = (0..page.glyphs.len()).filter(|at| area.contains(page.glyphs[*at].bbox.center())).collect();
    found.sort_by(|a, b| page.glyphs[*a].bbox.center().1.total_cmp(&page.glyphs[*b].bbox.center().1));
    let mut lines: Vec<Run> = Vec::new();
    for at in found {
        let glyph = &page.glyphs[at];
        let joins = |line: &Run| {
            let last = &page.glyphs[line[0]];
            (last.bbox.center().1 - glyph.bbox.center().1).abs() < SAME_LINE * glyph.bbox.height().max(1.0)
        };
        match lines.last_mut() {
            Some(line) if joins(line) => line.push(at),
            _ => lines.push(vec![at]),
        }
    }
    for line in &mut lines {
        line.sort_by(|a, b| page.glyphs[*a].bbox.x0.total_cmp(&page.glyphs[*b].bbox.x0));
    }
    lines.concat()
}

/// Where a number stands among some characters, with the commas in it; not as a part of a longer one.
pub fn numbers(page: &Page, among: &[usize], number: &str) -> Vec<Run> {
    let wanted: Vec<char> = number.chars().collect();
    let character = |at: usize| among.get(at).map(|index| ascii(page.glyphs[*index].character));
    let is_numeric = |found: Option<char>| found.is_some_and(|c| c.is_ascii_digit() || c == '.');
    let touches = |at: usize| {
        let pair = among.get(at).zip(among.get(at + 1));
        pair.is_some_and(|(left, right)| is_near(&page.glyphs[*left], &page.glyphs[*right]))
    };
    let mut found = Vec::new();
    for start in 0..among.len() {
        let follows = start > 0 && is_numeric(character(start - 1)) && touches(start - 1);
        if follows {
            continue;
        }
        let (mut at, mut matched) = (start, 0);
        while matched < wanted.len() {
            match character(at) {
                Some(c) if c == wanted[matched] => matched += 1,
                Some(',') if matched > 0 => {}
                _ => break,
            }
            at += 1;
        }
        let ends = matched == wanted.len() && !(is_numeric(character(at)) && touches(at - 1));
        if ends {
            found.push(among[start..at].to_vec());
        }
    }
    found
}

/// The character as numbers are written in amounts.
fn ascii(character: char) -> char {
    match character {
        '．' => '.',
        '，' => ',',
        '－' | '−' | '–' => '-',
        '０'..='９' => char::from(b'0' + (character as u32 - '０' as u32) as u8),
        other => other,
    }
}

/// Whether two characters follow each other on one line.
fn is_near(left: &Glyph, right: &Glyph) -> bool {
    let gap = right.bbox.x0 - left.bbox.x1;
    (left.bbox.center().1 - right.bbox.center().1).abs() < SAME_LINE * left.bbox.height().max(1.0)
        && gap < left.size.max(1.0)
        && gap > -left.size.max(1.0)
}
