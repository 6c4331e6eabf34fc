//! The words of a performance table in the order of the dump, without page numbers.

use std::ops::Range;

use crate::document::PageNumber;
use crate::dump::text::TextLine;
use crate::language::page_numbers;
use crate::text::reflow;

/// A word with its place.
#[derive(Clone, Debug)]
pub(super) struct Token {
    /// Its characters.
    pub(super) text: String,
    /// Place of its line among the table's lines.
    pub(super) line: usize,
    /// Its page.
    pub(super) page: PageNumber,
    /// Whether it begins its line.
    pub(super) first: bool,
    /// Whether it ends its line.
    pub(super) last: bool,
}

/// The words of some lines; numbers of pages at the edges of pages are left out.
pub(super) fn tokens(lines: &[TextLine]) -> Vec<Token> {
    let kept = without_page_numbers(lines);
    let line_tokens = |(line, text): (usize, &&TextLine)| {
        let page = text.page;
        let count = text.words.len();
        let words: Vec<Token> = text
            .words
            .iter()
            .enumerate()
            .map(|(place, word)| Token {
                text: word.text.clone(),
                line,
                page,
                first: place == 0,
                last: place + 1 == count,
            })
            .collect();
        words
    };
    kept.iter().enumerate().flat_map(line_tokens).collect()
}

/// The lines that are no page numbers: alone at the edge of a page, marked as such, or counted on with the pages.
pub(super) fn without_page_numbers(lines: &[TextLine]) -> Vec<&TextLine> {
    let at_edge = |index: usize| {
        let page = lines[index].page;
        let ends = lines.get(index + 1).is_none_or(|next| next.page != page);
        ends || index.checked_sub(1).is_some_and(|before| lines[before].page != page)
    };
    let candidates: Vec<(usize, i64, bool)> = (0..lines.len())
        .filter(|index| at_edge(*index))
        .filter_map(|index| page_number(&lines[index]).map(|(offset, marked)| (index, offset, marked)))
        .collect();
    let is_number = |index: usize| {
        candidates.iter().any(|(at, offset, marked)| {
            let alike = candidates.iter().filter(|(_, other, _)| other == offset).count();
            *at == index && (*marked || alike > 1 || *offset == 0)
        })
    };
    (0..lines.len()).filter(|index| !is_number(*index)).map(|index| &lines[index]).collect()
}

/// By how much the number that a line consists of differs from its page's, and whether it is marked (`- 3 -`, 第3页).
fn page_number(line: &TextLine) -> Option<(i64, bool)> {
    let printed = page_numbers::read(&line.text())?;
    Some((i64::from(printed.number) - i64::from(line.page.0), printed.is_marked))
}

/// The text of some words, as if their lines were one.
pub(super) fn joined(tokens: &[Token]) -> String {
    let mut text = String::new();
    for token in tokens {
        if token.first {
            reflow::join(&mut text, &token.text);
        } else {
            let beside_chinese = |c: Option<char>| c.is_none_or(reflow::is_chinese);
            if !beside_chinese(text.chars().next_back()) && !beside_chinese(token.text.chars().next()) {
                text.push(' ');
            }
            text.push_str(&token.text);
        }
    }
    text
}

/// Words without anything between them.
pub(super) fn glued(tokens: &[Token]) -> String {
    tokens.iter().map(|token| token.text.as_str()).collect()
}

/// Width in ems: ASCII is half as wide as an ideograph.
pub(super) fn width(text: &str) -> f32 {
    text.chars().map(|c| if c.is_ascii() { 0.5 } else { 1.0 }).sum()
}

/// Whether a text is a number as amounts and weights are.
pub(super) fn is_number(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_digit()) && text.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | ','))
}

/// The lines that some words stand on, as ranges of words.
pub(super) fn lines_of(tokens: &[Token], range: Range<usize>) -> Vec<Range<usize>> {
    let mut lines: Vec<Range<usize>> = Vec::new();
    for index in range {
        match lines.last_mut() {
            Some(line) if tokens[line.start].line == tokens[index].line => line.end = index + 1,
            _ => lines.push(index..index + 1),
        }
    }
    lines
}
