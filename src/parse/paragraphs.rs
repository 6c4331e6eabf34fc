//! Lines of prose → paragraphs.
//!
//! A paragraph begins with an indented line, or after a line that ends a sentence short of the margin, or with an
//! ordinal after the end of a sentence. Page breaks do not end it.

use crate::document::PageNumber;
use crate::document::geometry::median;
use crate::language::ordinals::{self, OrdinalStyle};
use crate::model::PlacedLine;
use crate::text::reflow;

/// An indent is at least this many ems (two are usual) …
const MIN_INDENT: f32 = 1.2;

/// … and at most this many: further to the right a line is centred or aligned right.
const MAX_INDENT: f32 = 6.0;

/// A line that ends this many ems before the margin is short: the paragraph ends there if the sentence does.
const SHORT_LINE: f32 = 1.8;

/// A paragraph of prose.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Paragraph {
    /// Its text.
    pub(super) text: String,
    /// The pages on which it stands.
    pub(super) pages: Vec<PageNumber>,
    /// Where each page after the first begins: byte offset into the text.
    pub(super) page_starts: Vec<(usize, PageNumber)>,
}

impl Paragraph {
    /// The page on which a byte of the text stands.
    pub(super) fn page_at(&self, offset: usize) -> PageNumber {
        let after = self.page_starts.partition_point(|(start, _)| *start <= offset);
        self.page_starts[after.saturating_sub(1)].1
    }

    /// The part of the paragraph from a byte offset on.
    pub(super) fn split_off(&mut self, offset: usize) -> Paragraph {
        let page = self.page_at(offset);
        let text = self.text.split_off(offset);
        let mut page_starts = vec![(0, page)];
        page_starts.extend(self.page_starts.iter().filter(|(s, _)| *s > offset).map(|(s, page)| (s - offset, *page)));
        self.page_starts.retain(|(start, _)| *start < offset.max(1));
        self.pages = distinct(&self.page_starts);
        Paragraph { text, pages: distinct(&page_starts), page_starts }
    }
}

fn distinct(page_starts: &[(usize, PageNumber)]) -> Vec<PageNumber> {
    let mut pages: Vec<PageNumber> = page_starts.iter().map(|(_, page)| *page).collect();
    pages.dedup();
    pages
}

/// Joins lines into paragraphs.
pub(super) fn paragraphs(lines: &[PlacedLine]) -> Vec<Paragraph> {
    let Some(margins) = Margins::of(lines) else { return Vec::new() };
    let mut found: Vec<Paragraph> = Vec::new();
    let mut previous: Option<&PlacedLine> = None;
    for line in lines {
        let begins = previous.is_none_or(|before| margins.begins_paragraph(before, line));
        match found.last_mut() {
            Some(paragraph) if !begins => {
                let start = paragraph.text.len();
                reflow::join(&mut paragraph.text, &line.text);
                if paragraph.pages.last() != Some(&line.page) {
                    paragraph.pages.push(line.page);
                    paragraph.page_starts.push((start, line.page));
                }
            }
            _ => found.push(Paragraph {
                text: line.text.clone(),
                pages: vec![line.page],
                page_starts: vec![(0, line.page)],
            }),
        }
        previous = Some(line);
    }
    found
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

    fn begins_paragraph(&self, before: &PlacedLine, line: &PlacedLine) -> bool {
        let indent = line.line.bbox.x0 - self.left;
        if indent >= MIN_INDENT * self.size && indent <= MAX_INDENT * self.size {
            return true;
        }
        let ended_short = self.right - before.line.bbox.x1 > SHORT_LINE * self.size;
        let ended_sentence = before.text.ends_with(['。', '；', '：', '！', '？', ';', ':']);
        let ordinal = ordinals::leading(&line.text).is_some_and(|ordinal| ordinal.style != OrdinalStyle::Arabic);
        let centred = indent > MAX_INDENT * self.size;
        (ended_short && ended_sentence) || (ordinal && (ended_sentence || ended_short)) || centred
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
    fn a_paragraph_can_be_split() {
        let mut first = paragraphs(&[placed_line(2, "甲。（二）乙", 10.0, 20.0)]).remove(0);
        let second = first.split_off("甲。".len());
        assert_eq!((first.text.as_str(), second.text.as_str()), ("甲。", "（二）乙"));
    }
}
