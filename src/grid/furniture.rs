//! Page numbers and running headers are dropped: they stand on pages, not in the document.

use std::ops::Range;

use rustc_hash::FxHashMap;

use crate::language::page_numbers;
use crate::language::vocabulary::Vocabulary;
use crate::model::{Block, Glyph, Line, PageLayout};
use crate::text::captions::is_caption;
use crate::text::reflow;

/// Share of the page's height, at the top and at the bottom, in which headers and footers stand.
const MARGIN_SHARE: f32 = 0.13;

/// The same for numbers with dashes around them, which are nothing else.
const OUTER_SHARE: f32 = 0.2;

/// Such a number is no wider than this, in ems, to either side of its middle …
const MAX_NUMBER_WIDTH: f32 = 8.0;

/// … has no wider gaps than this, in ems …
const MAX_NUMBER_GAP: f32 = 1.2;

/// … and has its middle this close to that of the page, as a share of its width.
const CENTRED_SHARE: f32 = 0.02;

/// A running header is the same on at least this many pages …
const MIN_REPEATS: usize = 3;

/// … and on at least this share of them.
const MIN_REPEAT_SHARE: f32 = 0.4;

/// Positions of a running header differ by less than this, in points.
const SAME_PLACE: f32 = 4.0;

/// Removes page numbers and running headers from all pages. The lines above tables, which look alike from page to page,
/// stay.
pub(super) fn remove(pages: &mut [PageLayout], vocabulary: &Vocabulary) {
    let is_caption = |text: &str| is_caption(text, vocabulary);
    let mut repeats: FxHashMap<(String, i32), usize> = FxHashMap::default();
    let mut offsets: FxHashMap<i64, usize> = FxHashMap::default();
    for page in pages.iter() {
        for line in margin_lines(page) {
            *repeats.entry(key(line)).or_default() += 1;
        }
        for offset in outer_lines(page).filter_map(|line| offset(line, page)) {
            *offsets.entry(offset).or_default() += 1;
        }
    }
    let threshold = MIN_REPEATS.max((pages.len() as f32 * MIN_REPEAT_SHARE) as usize);
    for page in pages {
        // A number at the very top or bottom counts the pages where it keeps its distance to the physical number.
        let counts = |line: &Line| offset(line, page).and_then(|o| offsets.get(&o)).is_some_and(|n| *n >= MIN_REPEATS);
        let numbers: Vec<f32> = outer_lines(page).filter(|line| counts(line)).map(|line| line.bbox.y0).collect();
        let height = page.height;
        let is_furniture = |block: &mut Block| match block {
            Block::Line(line) => {
                let in_margin = in_margin(line, height);
                if !in_margin && !numbers.contains(&line.bbox.y0) {
                    // Dashes around it say that it is a page's number even where the page has a wide margin.
                    return is_outer(line.bbox.center().1, height) && is_marked_number(&line.glyphs);
                }
                let text = reflow::line_text(line);
                let is_repeated = || repeats.get(&key(line)).is_some_and(|count| *count >= threshold);
                page_numbers::read(&text).is_some() || (in_margin && is_repeated() && !is_caption(&text))
            }
            Block::Grid(_) => false,
        };
        let dropped = page.blocks.extract_if(.., is_furniture).filter_map(|block| match block {
            Block::Line(line) => Some(line),
            Block::Grid(_) => None,
        });
        page.furniture.extend(dropped);
    }
}

/// The number of a page that stands among the characters of a table, as where the table runs into the footer: centred
/// on the page, with dashes around it, near its upper or lower end.
pub(super) fn number_among(glyphs: &[Glyph], width: f32, height: f32) -> Option<Range<usize>> {
    let may_begin = |glyph: &Glyph| {
        page_numbers::may_begin_marked(glyph.character)
            && is_outer(glyph.baseline, height)
            && (glyph.bbox.x0 - width / 2.0).abs() < MAX_NUMBER_WIDTH * glyph.size
    };
    (0..glyphs.len()).filter(|start| may_begin(&glyphs[*start])).find_map(|start| {
        let goes_on = |pair: &&[Glyph]| {
            let gap = (pair[1].bbox.x0 - pair[0].bbox.x1) / pair[1].size;
            (-0.5..MAX_NUMBER_GAP).contains(&gap) && (pair[1].baseline - pair[0].baseline).abs() < 0.1 * pair[1].size
        };
        let length = 1 + glyphs[start..].windows(2).take_while(goes_on).count();
        let run = &glyphs[start..start + length];
        let middle = f32::midpoint(run[0].bbox.x0, run[length - 1].bbox.x1);
        let is_centred = (middle - width / 2.0).abs() < CENTRED_SHARE * width;
        (is_centred && is_marked_number(run)).then_some(start..start + length)
    })
}

fn is_marked_number(glyphs: &[Glyph]) -> bool {
    page_numbers::read(&reflow::glyphs_text(glyphs)).is_some_and(|number| number.is_marked)
}

fn is_outer(y: f32, height: f32) -> bool {
    y < height * OUTER_SHARE || y > height * (1.0 - OUTER_SHARE)
}

/// The first and the last block of a page, where they are lines.
fn outer_lines(page: &PageLayout) -> impl Iterator<Item = &Line> {
    [page.blocks.first(), page.blocks.last()].into_iter().filter_map(|block| match block {
        Some(Block::Line(line)) => Some(line),
        _ => None,
    })
}

/// How far a printed page number is from the physical one.
fn offset(line: &Line, page: &PageLayout) -> Option<i64> {
    let printed = page_numbers::read(&reflow::line_text(line))?;
    Some(i64::from(printed.number) - i64::from(page.number.0))
}

fn margin_lines(page: &PageLayout) -> impl Iterator<Item = &Line> {
    page.blocks.iter().filter_map(|block| match block {
        Block::Line(line) if in_margin(line, page.height) => Some(line),
        _ => None,
    })
}

fn in_margin(line: &Line, height: f32) -> bool {
    let y = line.bbox.center().1;
    y < height * MARGIN_SHARE || y > height * (1.0 - MARGIN_SHARE)
}

/// The text without its digits (page numbers change), and the place.
fn key(line: &Line) -> (String, i32) {
    let text: String = line.glyphs.iter().map(|g| g.character).filter(|c| !c.is_numeric()).collect();
    (text, (line.bbox.y0 / SAME_PLACE) as i32)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::document::national;
    use crate::testing::page::page_of_lines as page;

    fn kept(mut pages: Vec<PageLayout>) -> Vec<String> {
        remove(&mut pages, national());
        let blocks = pages.iter().flat_map(|page| &page.blocks);
        blocks
            .map(|block| if let Block::Line(line) = block { reflow::line_text(line) } else { String::new() })
            .collect()
    }

    #[test]
    fn page_numbers_go_and_figures_in_the_text_stay() {
        assert_eq!(kept(vec![page(1, &[("2023", 400.0), ("- 7 -", 800.0)])]), ["2023"]);
    }

    #[test]
    fn numbers_that_count_the_pages_go_from_anywhere() {
        let pages = (1..=3).map(|n| page(n, &[("正文", 300.0), (["11", "12", "13"][n as usize - 1], 500.0)])).collect();
        assert_eq!(kept(pages), ["正文", "正文", "正文"]);
    }

    #[test]
    fn running_headers_go_and_captions_stay() {
        let pages = (1..=4).map(|n| page(n, &[("某局预算", 40.0), ("部门公开表", 60.0), ("正文", 300.0)])).collect();
        let kept = kept(pages);
        assert_eq!(kept.iter().filter(|text| *text == "某局预算").count(), 0);
        assert_eq!(kept.iter().filter(|text| *text == "部门公开表").count(), 4);
    }
}
