//! Text → lines on pages.
//!
//! A form feed ends a page. Where there is none, a line that begins with one space is the first of a page, as some
//! extractors leave it, provided that few lines begin so. Page numbers and running headers are dropped, and so are the
//! empty lines that some extractors put between all lines.

use std::collections::HashMap;

use super::text::{TextLine, Word};
use crate::document::PageNumber;
use crate::language::amount;
use crate::language::page_numbers;
use crate::language::vocabulary::{Vocabulary, squeezed};
use crate::language::years;
use crate::text::reflow;

/// Lines that begin with a space are page marks if they are fewer than this share of all.
const MAX_MARK_SHARE: f64 = 0.12;

/// Empty lines between more than this share of all lines say nothing.
const MEANINGLESS_GAPS: f64 = 0.45;

/// A running header is the same on at least this many pages …
const MIN_REPEATS: usize = 3;

/// … and on at least this share of them.
const MIN_REPEAT_SHARE: f64 = 0.4;

/// The words of a text, line by line, with their pages.
pub(super) fn lines(text: &str, vocabulary: &Vocabulary) -> Vec<TextLine> {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let mut pages: Vec<Vec<RawLine>> = split_pages(&text).iter().map(|lines| raw_lines(lines)).collect();
    drop_furniture(&mut pages, vocabulary);
    let total: usize = pages.iter().map(Vec::len).sum();
    let apart = pages.iter().flatten().filter(|line| line.after_gap).count();
    let gaps_mean_nothing = apart as f64 > MEANINGLESS_GAPS * total as f64;
    let mut lines = Vec::with_capacity(total);
    for (index, page) in pages.iter().enumerate() {
        for raw in page {
            lines.push(TextLine {
                page: PageNumber(u32::try_from(index + 1).unwrap_or(u32::MAX)),
                number: lines.len(),
                after_gap: raw.after_gap && !gaps_mean_nothing,
                words: words(raw.text, vocabulary),
            });
        }
    }
    lines
}

/// A line that is not empty.
struct RawLine<'t> {
    text: &'t str,
    after_gap: bool,
}

fn split_pages(text: &str) -> Vec<Vec<&str>> {
    if text.contains('\u{c}') {
        let mut pages: Vec<Vec<&str>> = text.split('\u{c}').map(|page| page.split('\n').collect()).collect();
        // The last form feed ends the last page.
        if pages.last().is_some_and(|page| page.iter().all(|line| line.trim().is_empty())) {
            pages.pop();
        }
        return pages;
    }
    let lines: Vec<&str> = text.split('\n').collect();
    let filled = lines.iter().filter(|line| !line.trim().is_empty()).count();
    let marks = lines.iter().filter(|line| is_mark(line)).count();
    let indented = lines.iter().filter(|line| line.starts_with(char::is_whitespace) && !is_mark(line)).count();
    let are_marks = (marks as f64) < MAX_MARK_SHARE * filled as f64 && indented <= marks;
    let mut pages: Vec<Vec<&str>> = vec![Vec::new()];
    for line in lines {
        if are_marks && is_mark(line) && pages.last().is_some_and(|page| !page.is_empty()) {
            pages.push(Vec::new());
        }
        if let Some(page) = pages.last_mut() {
            page.push(line);
        }
    }
    pages
}

/// Whether a line begins with exactly one space.
fn is_mark(line: &str) -> bool {
    let mut characters = line.chars();
    characters.next() == Some(' ') && characters.next().is_some_and(|next| !next.is_whitespace())
}

fn raw_lines<'t>(lines: &[&'t str]) -> Vec<RawLine<'t>> {
    let mut raw = Vec::new();
    let mut after_gap = false;
    for line in lines {
        if line.trim().is_empty() {
            after_gap = true;
        } else {
            raw.push(RawLine { text: line, after_gap: after_gap && !raw.is_empty() });
            after_gap = false;
        }
    }
    raw
}

/// Drops page numbers and running headers.
fn drop_furniture(pages: &mut [Vec<RawLine>], vocabulary: &Vocabulary) {
    let mut repeats: HashMap<String, usize> = HashMap::new();
    let outer = |page: &Vec<RawLine>| {
        let both = [page.first(), page.last()].into_iter().flatten();
        both.map(|line| squeezed(line.text).into_owned()).collect::<Vec<_>>()
    };
    for text in pages.iter().flat_map(outer) {
        *repeats.entry(text).or_default() += 1;
    }
    let threshold = MIN_REPEATS.max((pages.len() as f64 * MIN_REPEAT_SHARE) as usize);
    // A bare number is the page's where the pages beside count with it.
    let last_numbers: Vec<Option<u32>> =
        pages.iter().map(|page| page.last().and_then(|line| bare_number(line.text))).collect();
    let first_numbers: Vec<Option<u32>> =
        pages.iter().map(|page| page.first().and_then(|line| bare_number(line.text))).collect();
    for (index, page) in pages.iter_mut().enumerate() {
        let running = |line: &RawLine| {
            let text = squeezed(line.text).into_owned();
            // A figure is no header, and nor is what every table page begins with.
            let telling =
                !vocabulary.captions.title_endings.end(&text) && amount::parse(&text).is_none() && !text.contains(':');
            telling && repeats.get(&text).is_some_and(|count| *count >= threshold)
        };
        page.retain(|line| !page_numbers::read(line.text).is_some_and(|printed| printed.is_marked));
        if counts_on(&last_numbers, index) && page.last().is_some_and(|line| bare_number(line.text).is_some()) {
            page.pop();
        }
        if counts_on(&first_numbers, index) && page.first().is_some_and(|line| bare_number(line.text).is_some()) {
            page.remove(0);
        }
        if page.len() > 1 && running(&page[0]) {
            page.remove(0);
        }
        if page.len() > 1 && running(&page[page.len() - 1]) {
            page.pop();
        }
    }
}

/// Whether the number of a page is one more or less than that of a page beside it.
fn counts_on(numbers: &[Option<u32>], index: usize) -> bool {
    let Some(own) = numbers[index] else { return false };
    let at = |index: usize| numbers.get(index).copied().flatten();
    at(index + 1) == Some(own + 1) || (own > 0 && index > 0 && at(index - 1) == Some(own - 1))
}

fn bare_number(line: &str) -> Option<u32> {
    page_numbers::read(line).filter(|printed| !printed.is_marked).map(|printed| printed.number)
}

/// The words of a line. Letters that are spaced out to fill their cell (收 入) are one word where they make a label.
fn words(line: &str, vocabulary: &Vocabulary) -> Vec<Word> {
    let mut words: Vec<Word> = Vec::new();
    let mut between = true;
    for (column, character) in line.chars().enumerate() {
        if character.is_whitespace() || matches!(character, '\u{feff}' | '\u{200b}' | '\u{3000}') {
            between = true;
        } else if between {
            words.push(Word { text: character.to_string(), column });
            between = false;
        } else if let Some(word) = words.last_mut() {
            word.text.push(character);
        }
    }
    with_spaced_labels(with_years(without_glue(words, vocabulary)), vocabulary)
}

/// `171,915,169合计` is two words: some extractors leave out the space between a figure and the total after it.
fn without_glue(words: Vec<Word>, vocabulary: &Vocabulary) -> Vec<Word> {
    let mut apart = Vec::with_capacity(words.len());
    for word in words {
        let digits = word.text.find(|character: char| !character.is_ascii_digit() && !matches!(character, ',' | '.'));
        let split = digits.filter(|at| {
            *at > 0 && word.text[..*at].contains([',', '.']) && vocabulary.headers.totals.contain(&word.text[*at..])
        });
        match split {
            Some(at) => {
                apart.push(Word { text: word.text[..at].to_owned(), column: word.column });
                apart.push(Word { text: word.text[at..].to_owned(), column: word.column + at });
            }
            None => apart.push(word),
        }
    }
    apart
}

/// `2023 年预算数` is one word: extractors put a space between digits and ideographs.
fn with_years(words: Vec<Word>) -> Vec<Word> {
    let mut joined: Vec<Word> = Vec::with_capacity(words.len());
    for word in words {
        match joined.last_mut() {
            Some(before) if before.end() + 1 == word.column && years::is_broken(&before.text, &word.text) => {
                before.text.push_str(&word.text);
            }
            _ => joined.push(word),
        }
    }
    joined
}

fn with_spaced_labels(words: Vec<Word>, vocabulary: &Vocabulary) -> Vec<Word> {
    let is_letter = |word: &Word| {
        let mut characters = word.text.chars();
        characters.next().is_some_and(reflow::is_chinese) && characters.next().is_none()
    };
    let mut joined: Vec<Word> = Vec::with_capacity(words.len());
    let mut index = 0;
    while index < words.len() {
        let run = words[index..].iter().take_while(|word| is_letter(word)).count();
        let text =
            |length: usize| -> String { words[index..index + length].iter().map(|word| word.text.as_str()).collect() };
        let is_exact = |length: &usize| {
            let text = text(*length);
            vocabulary.is_exact_header_word(&text) || vocabulary.headers.totals.contain(&text)
        };
        // 科 目 名 称 总 计 is two labels, although it ends as one.
        let label = (2..=run).rev().find(is_exact);
        let label = label.or_else(|| (2..=run).rev().find(|length| vocabulary.is_header_word(&text(*length))));
        let length = label.unwrap_or(1);
        let mut word = words[index].clone();
        word.text.extend(words[index + 1..index + length].iter().map(|word| word.text.as_str()));
        joined.push(word);
        index += length;
    }
    joined
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(dump: &str) -> Vec<(u32, String)> {
        let vocabulary = Vocabulary::national().expect("the built-in vocabulary");
        lines(dump, vocabulary).iter().map(|line| (line.page.0, line.text())).collect()
    }

    #[test]
    fn form_feeds_end_pages() {
        let expected = [(1, "甲".to_owned()), (2, "乙".to_owned())];
        assert_eq!(texts("甲\n\u{c}乙\n\u{c}"), expected);
    }

    #[test]
    fn a_leading_space_marks_a_page() {
        let body = "市政府\n\n办公室\n\n".repeat(12);
        let found = texts(&format!(" 第一部分\n\n{body} 第二部分\n\n{body}"));
        assert_eq!(found.iter().find(|(_, text)| text == "第二部分").map(|(page, _)| *page), Some(2));
        assert_eq!(found.len(), 50);
    }

    #[test]
    fn page_numbers_go_and_figures_stay() {
        let expected = [(1, "合计 5".to_owned()), (2, "其他 6".to_owned()), (2, "8".to_owned())];
        assert_eq!(texts("合计 5\n1\n\u{c}其他 6\n8\n2\n\u{c}- 3 -\n"), expected);
    }

    #[test]
    fn spaced_letters_that_make_a_label_are_one_word() {
        let vocabulary = Vocabulary::national().expect("the built-in vocabulary");
        let words = |line: &str| words(line, vocabulary).into_iter().map(|word| (word.column, word.text)).collect();
        let found: Vec<(usize, String)> = words("  收 入   2023 年预算数 丙 丁");
        let expected = [(2, "收入"), (8, "2023年预算数"), (18, "丙"), (20, "丁")];
        assert_eq!(found, expected.map(|(column, text)| (column, text.to_owned())));
    }
}
