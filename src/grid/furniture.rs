//! Page numbers and running lines are dropped: they stand on pages, not in the document.
//!
//! A running line is known by its place and its words. On many pages these are enough. On few they prove it only for the
//! outermost lines of pages that follow each other, and only where the line is neither a caption nor a table's row:
//!
//! - the same text, to the digit;
//! - the same words with the time at which the page was printed;
//! - the same words with one number that varies, beside a ruled table, which has its rows inside.

use std::ops::Range;

use rustc_hash::FxHashMap;

use crate::document::geometry::Rect;
use crate::language::vocabulary::{Vocabulary, squeezed};
use crate::language::{amount, ordinals, page_numbers};
use crate::model::{Block, Glyph, Line, PageLayout};
use crate::text::captions::{self, is_caption};
use crate::text::reflow;

/// Share of the page's height, at the top and at the bottom, in which headers and footers stand.
const MARGIN_SHARE: f32 = 0.13;

/// The same for numbers with dashes around them, which are nothing else.
const OUTER_SHARE: f32 = 0.2;

/// A bare number of a page has at most this many digits.
const MAX_BARE_DIGITS: usize = 3;

/// Text whose baselines differ by less than this, in points, stands on one line.
const SAME_BASELINE: f32 = 0.8;

/// Such a number has no wider gaps than this, in ems …
const MAX_NUMBER_GAP: f32 = 1.2;

/// … and has its middle this close to that of the page, as a share of its width.
const CENTRED_SHARE: f32 = 0.02;

/// A running line is the same on at least this many pages …
const MIN_REPEATS: usize = 3;

/// … and on at least this share of them; on fewer it must stand outermost on pages next to each other …
const MIN_REPEAT_SHARE: f32 = 0.4;

/// … or next but one, where left and right pages have lines of their own.
const NEIGHBOURS: usize = 2;

/// Positions of a running line differ by less than this, in points.
const SAME_PLACE: f32 = 4.0;

/// A running line on few pages is set no larger than the page's text, by this factor: titles are.
const MAX_SIZE: f32 = 1.15;

/// … and has at least this many characters that are no digits.
const MIN_WORDS: usize = 2;

/// Removes page numbers and running lines from all pages. The lines above tables, which look alike from page to page,
/// stay.
pub(super) fn remove(pages: &mut [PageLayout], vocabulary: &Vocabulary) {
    let margins = Margins::of(pages);
    let found: Vec<Vec<bool>> =
        (0..pages.len()).map(|page| furniture_of(&pages[page], page, &margins, vocabulary)).collect();
    for (page, is_furniture) in pages.iter_mut().zip(found) {
        let mut is_furniture = is_furniture.into_iter();
        let dropped = page.blocks.extract_if(.., |_| is_furniture.next() == Some(true));
        page.furniture.extend(dropped.filter_map(|block| match block {
            Block::Line(line) => Some(line),
            Block::Grid(_) => None,
        }));
    }
}

/// Which blocks of a page are furniture.
fn furniture_of(page: &PageLayout, index: usize, margins: &Margins, vocabulary: &Vocabulary) -> Vec<bool> {
    // A number at the very top or bottom counts the pages where it keeps its distance to the physical number.
    let counts =
        |line: &Line| offset(line, page).and_then(|o| margins.offsets.get(&o)).is_some_and(|n| *n >= MIN_REPEATS);
    let numbers: Vec<f32> = outer_lines(page).filter(|line| counts(line)).map(|line| line.bbox.y0).collect();
    let mut found: Vec<bool> = page
        .blocks
        .iter()
        .map(|block| {
            let Block::Line(line) = block else { return false };
            let in_margin = in_margin(line, page.height);
            if !in_margin && !numbers.contains(&line.bbox.y0) {
                // Dashes around it say that it is a page's number even where the page has a wide margin.
                return is_outer(line.bbox.center().1, page.height) && is_marked_number(&line.glyphs);
            }
            let text = reflow::line_text(line);
            page_numbers::read(&text).is_some() || (in_margin && margins.repeat(line) && !is_caption(&text, vocabulary))
        })
        .collect();
    let size = common_size(page);
    let runs = |block: &Block| match block {
        Block::Line(line) => in_margin(line, page.height) && margins.run(line, index, size, vocabulary),
        Block::Grid(_) => false,
    };
    // From the edges inwards: what stands inside of something else is no running line.
    let length = page.blocks.len();
    for inwards in [(0..length).collect::<Vec<_>>(), (0..length).rev().collect()] {
        for at in inwards {
            found[at] = found[at] || runs(&page.blocks[at]);
            if !found[at] {
                break;
            }
        }
    }
    found
}

/// The lines in the margins of all pages, by their words.
struct Margins {
    lines: FxHashMap<String, Vec<MarginLine>>,
    /// How often numbers of pages differ by so much from the physical ones.
    offsets: FxHashMap<i64, usize>,
    /// On how many pages a line is a running one whatever it says.
    threshold: usize,
}

/// A line in a margin.
struct MarginLine {
    page: usize,
    bbox: Rect,
    text: String,
    /// Whether its page has a table within rulings.
    beside_table: bool,
}

impl Margins {
    fn of(pages: &[PageLayout]) -> Self {
        let mut lines: FxHashMap<String, Vec<MarginLine>> = FxHashMap::default();
        let mut offsets: FxHashMap<i64, usize> = FxHashMap::default();
        for (index, page) in pages.iter().enumerate() {
            let beside_table = page.blocks.iter().any(|block| matches!(block, Block::Grid(_)));
            for line in margin_lines(page) {
                let text = reflow::line_text(line);
                let found = MarginLine { page: index, bbox: line.bbox, text, beside_table };
                lines.entry(words(line)).or_default().push(found);
            }
            for offset in outer_lines(page).filter_map(|line| offset(line, page)) {
                *offsets.entry(offset).or_default() += 1;
            }
        }
        let threshold = MIN_REPEATS.max((pages.len() as f32 * MIN_REPEAT_SHARE) as usize);
        Self { lines, offsets, threshold }
    }

    /// The lines with a line's words at its height.
    fn same<'m>(&'m self, line: &Line) -> impl Iterator<Item = &'m MarginLine> {
        let y = line.bbox.y0;
        self.lines.get(&words(line)).into_iter().flatten().filter(move |same| (same.bbox.y0 - y).abs() < SAME_PLACE)
    }

    /// Whether a line stands on so many pages that it is a running one.
    fn repeat(&self, line: &Line) -> bool {
        self.same(line).count() >= self.threshold
    }

    /// Whether a line that is outermost on its page runs over it and pages next to it.
    fn run(&self, line: &Line, page: usize, size: f32, vocabulary: &Vocabulary) -> bool {
        if line.size() > MAX_SIZE * size || words(line).chars().count() < MIN_WORDS {
            return false;
        }
        let text = reflow::line_text(line);
        let is_near = |same: &&MarginLine| same.page != page && same.page.abs_diff(page) <= NEIGHBOURS;
        let near: Vec<&MarginLine> = self.same(line).filter(is_near).collect();
        let beside_table = || self.same(line).any(|same| same.page == page && same.beside_table);
        let is_equal = |same: &&MarginLine| same.text == text && (same.bbox.x0 - line.bbox.x0).abs() < SAME_PLACE;
        let runs = || {
            // A heading comes again below the contents that list it at the same height.
            let is_listed = ordinals::leading(&text).is_some() && !near.iter().all(|same| same.beside_table);
            page_numbers::has_date(&text)
                || (near.iter().any(is_equal) && !is_listed && (beside_table() || !may_be_header(line, vocabulary)))
                || (beside_table() && near.iter().any(|same| same.beside_table))
        };
        // A browser prints the day beside the title of its page.
        let is_stamped = || page_numbers::begins_with_date(&text) && near.iter().any(is_equal);
        !near.is_empty() && runs() && (is_stamped() || !belongs_to_table(line, &text, vocabulary))
    }
}

/// Whether a line may be part of a table's caption, notes or rows.
fn belongs_to_table(line: &Line, text: &str, vocabulary: &Vocabulary) -> bool {
    let is_sentence = text.ends_with(['。', '；', '：', ':']);
    if is_sentence || captions::read_line(line, vocabulary).is_some() {
        return true;
    }
    let pieces: Vec<String> = captions::pieces(line);
    let count = |is: &dyn Fn(&str) -> bool| pieces.iter().filter(|piece| is(piece)).count();
    let words = &vocabulary.headers;
    let is_total = |piece: &str| words.totals.iter().any(|total| piece.contains(total));
    // Reflow leaves no space between a code and its name.
    let begins_with_code = matches!(text.bytes().take_while(u8::is_ascii_digit).count(), 3 | 5 | 7);
    let is_note = vocabulary.notes.prefixes.strip_from(text).is_some() || vocabulary.notes.empty.occur_in(text);
    is_note
        || count(&is_total) > 0
        || begins_with_code
        || count(&|piece| vocabulary.is_header_word(piece)) >= 2
        || count(&|piece| amount::parse(piece).is_some()) >= 2
}

/// Whether a line may be one of a header's, where no rulings tell: it is in pieces, or is a label or its beginning.
fn may_be_header(line: &Line, vocabulary: &Vocabulary) -> bool {
    let pieces = captions::pieces(line);
    let is_label = |piece: &String| {
        let plain = squeezed(piece);
        vocabulary.is_header_word(&plain) || vocabulary.begins_header_word(&plain)
    };
    pieces.len() > 1 || pieces.iter().any(is_label)
}

/// The size in which most of a page is set: that of its middle line.
fn common_size(page: &PageLayout) -> f32 {
    let mut sizes: Vec<f32> = page.blocks.iter().flat_map(Block::lines).map(Line::size).collect();
    sizes.sort_unstable_by(f32::total_cmp);
    sizes.get(sizes.len() / 2).copied().unwrap_or_default()
}

/// The number of a page that stands among the characters of a table, as where the table runs into the footer: near the
/// page's upper or lower end, with dashes around it or 第 … 页, and centred on the page or on no line of the table's text;
/// a bare one on neither.
pub(super) fn number_among(glyphs: &[Glyph], width: f32, height: f32) -> Option<Range<usize>> {
    let may_begin = |glyph: &Glyph| {
        (page_numbers::may_begin_marked(glyph.character) || glyph.character.is_ascii_digit())
            && is_outer(glyph.baseline, height)
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
        let is_apart = || {
            let others = glyphs[..start].iter().chain(&glyphs[start + length..]);
            let is_beside = |other: &Glyph| (other.baseline - run[0].baseline).abs() < SAME_BASELINE;
            (start == 0 || !goes_on(&&glyphs[start - 1..=start])) && !others.into_iter().any(is_beside)
        };
        let is_number = match run[0].character.is_ascii_digit() {
            true => length <= MAX_BARE_DIGITS && is_centred && is_apart() && is_number(run),
            false => (is_centred || is_apart()) && is_marked_number(run),
        };
        is_number.then_some(start..start + length)
    })
}

fn is_marked_number(glyphs: &[Glyph]) -> bool {
    page_numbers::read(&reflow::glyphs_text(glyphs)).is_some_and(|number| number.is_marked)
}

fn is_number(glyphs: &[Glyph]) -> bool {
    page_numbers::read(&reflow::glyphs_text(glyphs)).is_some()
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

/// The text without its digits: numbers and times change from page to page.
fn words(line: &Line) -> String {
    line.glyphs.iter().map(|g| g.character).filter(|c| !c.is_numeric()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::document::national;
    use crate::testing::page::{glyphs_at, page_of_lines as page, ruled};

    fn kept(mut pages: Vec<PageLayout>) -> Vec<String> {
        remove(&mut pages, national());
        let blocks = pages.iter().flat_map(|page| &page.blocks);
        blocks
            .map(|block| if let Block::Line(line) = block { reflow::line_text(line) } else { String::new() })
            .collect()
    }

    /// What a page's number among a table's characters is, on a page of 600 by 800 points.
    fn among(pieces: &[(&str, f32, f32)]) -> Option<String> {
        let glyphs: Vec<Glyph> = pieces.iter().flat_map(|(text, x, y)| glyphs_at(text, *x, *y, 10.0)).collect();
        number_among(&glyphs, 600.0, 800.0).map(|run| reflow::glyphs_text(&glyphs[run]))
    }

    #[test]
    fn the_number_of_a_page_among_the_characters_of_a_table() {
        let row = |y: f32| [("合计", 100.0, y), ("28.00", 400.0, y)];
        let with = |number, x, y| among(&[&row(760.0)[..], &[(number, x, y)]].concat());
        assert_eq!(with("-12-", 290.0, 760.0).as_deref(), Some("-12-"), "with dashes, in the middle of its row");
        assert_eq!(with("第12页", 200.0, 765.0).as_deref(), Some("第12页"), "on a line of its own");
        assert_eq!(with("12", 295.0, 765.0).as_deref(), Some("12"), "bare, in the middle, on a line of its own");
        assert_eq!(with("12", 295.0, 760.0), None, "a count in a row");
        assert_eq!(with("12", 200.0, 765.0), None, "bare and not in the middle");
        assert_eq!(with("-12-", 290.0, 400.0), None, "in the middle of the page");
    }

    #[test]
    fn a_heading_that_comes_again_below_the_contents_is_no_running_line() {
        let texts = kept(vec![
            page(1, &[("第一部分 情况说明", 40.0), ("一、收入情况", 60.0), ("二、支出情况", 80.0), ("附件", 300.0)]),
            page(2, &[("第一部分 情况说明", 40.0), ("一、收入情况", 60.0), ("收入1万元。", 80.0), ("正文", 300.0)]),
        ]);
        assert_eq!(texts.iter().filter(|text| text.as_str() == "一、收入情况").count(), 2, "{texts:?}");
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

    /// A page with a ruled table below its lines.
    fn page_with_table(number: u32, lines: &[(&str, f32)]) -> PageLayout {
        let mut page = page(number, lines);
        page.blocks.push(Block::Grid(ruled(&[100.0, 300.0, 500.0])));
        page
    }

    /// The furniture of the pages.
    fn dropped(mut pages: Vec<PageLayout>) -> Vec<String> {
        remove(&mut pages, national());
        pages.iter().flat_map(|page| &page.furniture).map(reflow::line_text).collect()
    }

    #[test]
    fn times_of_printing_go_from_two_pages() {
        let line = |n: u32| format!("打印时间：2024-02-15 10:3{n}:20 操作员：王某");
        let pages = (1..=2).map(|n| page(n, &[("正文", 300.0), (&line(n), 800.0)])).collect();
        assert_eq!(dropped(pages).len(), 2);
    }

    #[test]
    fn equal_outermost_lines_of_two_pages_go() {
        let pages = (1..=2).map(|n| page(n, &[("某局预算 1,234.56", 40.0), (["甲", "乙"][n as usize - 1], 300.0)]));
        assert_eq!(dropped(pages.collect()).len(), 2);
        let apart = [1, 2, 3, 4].map(|n| page(n, &[(if n % 3 == 1 { "某局预算" } else { "正文" }, 40.0 * n as f32)]));
        assert!(dropped(apart.to_vec()).is_empty(), "pages 1 and 4 are no neighbours");
    }

    #[test]
    fn rows_captions_notes_and_sentences_of_two_pages_stay() {
        for text in [
            "合计 1,234.56",
            "2010301 行政运行",
            "单位：万元",
            "（按功能分类）",
            "注：本表为空",
            "没有此项支出。",
            "科目编码  科目名称  合计",
        ] {
            let pages = (1..=2).map(|n| page_with_table(n, &[(text, 40.0)])).collect();
            assert!(dropped(pages).is_empty(), "{text}");
        }
    }

    #[test]
    fn numbers_vary_in_running_lines_beside_ruled_tables_only() {
        let line = |n: u32| format!("某局预算 第{n}册");
        let with = (1..=2).map(|n| page_with_table(n, &[(&line(n), 40.0)])).collect();
        assert_eq!(dropped(with).len(), 2);
        let without = (1..=2).map(|n| page(n, &[(&line(n), 40.0), ("正文", 300.0)])).collect();
        assert!(dropped(without).is_empty());
    }
}
