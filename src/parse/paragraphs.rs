//! Lines of prose → paragraphs.
//!
//! A paragraph begins with an indented line, or after a line that ends a sentence short of the margin, or with an
//! ordinal after the end of a sentence. Page breaks do not end it.

use std::ops::Range;

use crate::document::PageNumber;
use crate::document::geometry::{Rect, median};
use crate::language::ordinals::{self, OrdinalStyle};
use crate::model::PlacedLine;
use crate::text::reflow;

/// An indent is at least this many ems (two are usual) …
const MIN_INDENT: f32 = 1.2;

/// … and at most this many: further to the right a line is centred or aligned right.
const MAX_INDENT: f32 = 6.0;

/// A line that ends this many ems before the margin is short: the paragraph ends there if the sentence does.
const SHORT_LINE: f32 = 1.8;

/// A heading whose text follows on the next line leaves this share of the width empty; one that is longer may go on there
/// itself.
const SHORT_HEADING: f32 = 0.25;

/// Lines that begin within this many ems of one another begin at one margin.
const SAME_MARGIN: f32 = 0.5;

/// A paragraph of prose.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Paragraph {
    /// Its text.
    pub(super) text: String,
    /// The pages on which it stands.
    pub(super) pages: Vec<PageNumber>,
    /// Where each of its characters stands, in the order of the text; never empty.
    characters: Vec<CharacterPlace>,
}

/// Where a character of a paragraph stands.
#[derive(Clone, Copy, Debug, PartialEq)]
struct CharacterPlace {
    /// Byte offset into the text.
    start: usize,
    page: PageNumber,
    bbox: Rect,
}

impl Paragraph {
    fn new(line: &PlacedLine) -> Self {
        let mut paragraph = Self { text: String::new(), pages: Vec::new(), characters: Vec::new() };
        paragraph.push(line);
        paragraph
    }

    /// Adds a line.
    fn push(&mut self, line: &PlacedLine) {
        reflow::join(&mut self.text, &line.text);
        let start = self.text.len() - line.text.len();
        let mut glyphs = line.line.glyphs.iter();
        for (offset, character) in line.text.char_indices().filter(|(_, character)| *character != ' ') {
            // The text is that of the glyphs, in their order; where it is not, the line's box has to do.
            let glyph = glyphs.next().filter(|glyph| glyph.character == character);
            let bbox = glyph.map_or(line.line.bbox, |glyph| glyph.bbox);
            self.characters.push(CharacterPlace { start: start + offset, page: line.page, bbox });
        }
        if self.pages.last() != Some(&line.page) {
            self.pages.push(line.page);
        }
    }

    /// The place of the character that holds a byte of the text, or of the last one before it.
    fn index_at(&self, offset: usize) -> usize {
        self.characters.partition_point(|place| place.start <= offset).saturating_sub(1)
    }

    /// The page on which a byte of the text stands.
    pub(super) fn page_at(&self, offset: usize) -> PageNumber {
        self.characters.get(self.index_at(offset)).map_or_else(PageNumber::default, |place| place.page)
    }

    /// The box around some bytes of the text, on the page on which they begin.
    pub(super) fn bbox(&self, range: Range<usize>) -> Rect {
        let first = self.index_at(range.start);
        let page = self.page_at(range.start);
        let here = self.characters[first..].iter().take_while(|place| place.start < range.end && place.page == page);
        Rect::around(here.map(|place| place.bbox)).unwrap_or_default()
    }

    /// The part of the paragraph from a byte offset on.
    pub(super) fn split_off(&mut self, offset: usize) -> Paragraph {
        let text = self.text.split_off(offset);
        let at = self.characters.partition_point(|place| place.start < offset);
        let mut characters = self.characters.split_off(at);
        characters.iter_mut().for_each(|place| place.start -= offset);
        self.pages = distinct(&self.characters);
        Paragraph { text, pages: distinct(&characters), characters }
    }
}

/// For tests.
#[cfg(any(test, fuzzing))]
impl Paragraph {
    /// A paragraph on a page that was never printed: it has no boxes.
    pub(super) fn of(text: &str, page: PageNumber) -> Self {
        let place = |(start, _)| CharacterPlace { start, page, bbox: Rect::default() };
        Self { text: text.to_owned(), pages: vec![page], characters: text.char_indices().map(place).collect() }
    }
}

fn distinct(places: &[CharacterPlace]) -> Vec<PageNumber> {
    let mut pages: Vec<PageNumber> = places.iter().map(|place| place.page).collect();
    pages.dedup();
    pages
}

/// Joins lines into paragraphs.
pub(super) fn paragraphs(lines: &[PlacedLine]) -> Vec<Paragraph> {
    let Some(margins) = Margins::of(lines) else { return Vec::new() };
    let mut found: Vec<Paragraph> = Vec::new();
    let mut previous: Option<&PlacedLine> = None;
    for line in lines {
        // Only the first line of a paragraph can be a heading.
        let is_heading = |before: &PlacedLine| found.last().is_some_and(|open: &Paragraph| open.text == before.text);
        let begins = previous.is_none_or(|before| {
            margins.begins_paragraph(before, line) || is_heading(before) && margins.ends_heading(before)
        });
        match found.last_mut() {
            Some(paragraph) if !begins => paragraph.push(line),
            _ => found.push(Paragraph::new(line)),
        }
        previous = Some(line);
    }
    found
}

fn ends_sentence(text: &str) -> bool {
    text.ends_with(['。', '；', '：', '！', '？', ';', ':'])
}

/// The text area of a part, and its font size.
struct Margins {
    left: f32,
    right: f32,
    size: f32,
}

impl Margins {
    /// The left margin is where most unindented lines begin, the right margin where the longest lines end.
    fn of(lines: &[PlacedLine]) -> Option<Self> {
        let size = median(&mut lines.iter().map(|line| line.line.size()).collect::<Vec<_>>())?;
        let left = lines.iter().map(|line| line.line.bbox.x0).fold(f32::INFINITY, f32::min);
        let right = lines.iter().map(|line| line.line.bbox.x1).fold(f32::NEG_INFINITY, f32::max);
        Some(Self { left, right, size })
    }

    /// Whether a line goes on with the sentence of a full one, at the margin of a page that is set further in.
    fn goes_on(&self, before: &PlacedLine, line: &PlacedLine) -> bool {
        let is_full = self.right - before.line.bbox.x1 < SHORT_LINE * self.size;
        let is_further_in = line.line.bbox.x0 - before.line.bbox.x0 > SAME_MARGIN * self.size;
        before.page == line.page
            && is_full
            && !is_further_in
            && !ends_sentence(&before.text)
            && ordinals::leading(&line.text).is_none()
            && ordinals::leading(&before.text).is_none()
    }

    /// Whether a line with an ordinal is a heading: it ends well before the margin, and is no sentence.
    fn ends_heading(&self, line: &PlacedLine) -> bool {
        let is_short = self.right - line.line.bbox.x1 > SHORT_HEADING * (self.right - self.left);
        let Some(ordinal) = ordinals::leading(&line.text) else { return false };
        is_short
            && matches!(ordinal.style, OrdinalStyle::Chinese | OrdinalStyle::ChineseBracketed)
            && !ordinal.rest.is_empty()
            && !ordinal.rest.contains(['，', '。', '；', '：', ',', ';', ':'])
    }

    fn begins_paragraph(&self, before: &PlacedLine, line: &PlacedLine) -> bool {
        let indent = line.line.bbox.x0 - self.left;
        if indent >= MIN_INDENT * self.size && indent <= MAX_INDENT * self.size && !self.goes_on(before, line) {
            return true;
        }
        let ended_short = self.right - before.line.bbox.x1 > SHORT_LINE * self.size;
        let ended_sentence = ends_sentence(&before.text);
        let own = ordinals::leading(&line.text);
        let ordinal = own.is_some_and(|ordinal| ordinal.style != OrdinalStyle::Arabic);
        // Headings that follow one another at once, as on a page of contents.
        let is_next = ordinals::leading(&before.text).zip(own).is_some_and(|(before, own)| {
            own.style == OrdinalStyle::Chinese && before.style == own.style && own.value == before.value + 1
        });
        let centred = indent > MAX_INDENT * self.size;
        (ended_short && ended_sentence) || (ordinal && (ended_sentence || ended_short)) || is_next || centred
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::page::placed_line;

    fn joined(lines: &[(&str, f32, u32)]) -> Vec<(String, Vec<u32>)> {
        let lines: Vec<PlacedLine> = lines
            .iter()
            .enumerate()
            .map(|(index, (text, x, page))| placed_line(*page, text, *x, 20.0 * index as f32))
            .collect();
        let found = paragraphs(&lines);
        found.into_iter().map(|p| (p.text, p.pages.iter().map(|page| page.0).collect())).collect()
    }

    #[test]
    fn an_indent_begins_a_paragraph_and_a_page_break_does_not_end_one() {
        let found = joined(&[
            ("（一）负责市政府日常", 30.0, 2),
            ("工作的综合服务各类文件", 10.0, 2),
            ("的起草。", 10.0, 3),
            ("（二）组织调查。", 30.0, 3),
        ]);
        let expected = [
            ("（一）负责市政府日常工作的综合服务各类文件的起草。".to_owned(), vec![2, 3]),
            ("（二）组织调查。".to_owned(), vec![3]),
        ];
        assert_eq!(found, expected);
    }

    #[test]
    fn a_short_heading_ends_with_its_line() {
        let found = joined(&[
            ("二、立项依据", 10.0, 2),
            ("根据关于完善人民调解工作的意见和关于", 10.0, 2),
            ("加强工作的意见。", 10.0, 2),
            ("三、实施主体", 10.0, 2),
            ("某局", 10.0, 2),
        ]);
        let texts: Vec<&str> = found.iter().map(|(text, _)| text.as_str()).collect();
        let body = "根据关于完善人民调解工作的意见和关于加强工作的意见。";
        assert_eq!(texts, ["二、立项依据", body, "三、实施主体", "某局"]);
    }

    #[test]
    fn a_page_may_be_set_further_in() {
        let found = joined(&[
            ("这一行的文字一直写到右边的页边为止，", 10.0, 2),
            ("下面一行接着写。", 10.0, 2),
            ("按照要求，结合工作，公开", 70.0, 3),
            ("四个项目的绩效目标，公开金额计为", 30.0, 3),
            ("万元。", 30.0, 3),
        ]);
        assert_eq!(found.len(), 2, "{found:?}");
    }

    #[test]
    fn a_paragraph_can_be_split() {
        let mut first = paragraphs(&[placed_line(2, "甲。（二）乙", 10.0, 20.0)]).remove(0);
        let second = first.split_off("甲。".len());
        assert_eq!((first.text.as_str(), second.text.as_str()), ("甲。", "（二）乙"));
    }
}
