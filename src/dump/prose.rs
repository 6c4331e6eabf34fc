//! Lines of prose → where paragraphs begin, for dumps that kept no indents.
//!
//! A line that ends before its neighbours do, although the next line's first word had room there, ends a paragraph, if
//! it ends a sentence or is a heading. Extractors that print the pieces of one printed line as several lines leave short
//! lines within paragraphs: those end no sentence.

use std::collections::HashMap;

use super::drawing::EM;
use super::text::TextLine;
use crate::document::PageNumber;
use crate::language::ordinals::{self, OrdinalStyle};
use crate::language::vocabulary::{Vocabulary, squeezed};
use crate::text::reflow;

/// Indent of a line that begins a paragraph, in points: two characters, as is usual.
const INDENT: f32 = 2.0 * EM;

/// A share of lines that begin two or more characters from the margin by which a dump is known to keep indents.
const MIN_INDENTED: f64 = 0.05;

/// A line that ends this much before the margin, in ems, with room for the next word, is short.
const SLACK: f32 = 1.0;

/// A line of a heading with more room than this, in ems, is its last.
const HEADING_ROOM: f32 = 7.0;

/// Width of digits and Latin letters in ems: half an em, and what justified lines add around them.
const ASCII_WIDTH: f32 = 0.6;

/// A heading is no longer than this, in characters.
const MAX_HEADING: usize = 60;

/// Which lines, by their place in `lines`, begin a paragraph; `None` where the dump keeps indents itself.
pub(super) fn beginnings(lines: &[&TextLine], vocabulary: &Vocabulary) -> Option<Vec<bool>> {
    let indented = lines.iter().filter(|line| first_column(line) >= 2).count();
    if indented as f64 > MIN_INDENTED * lines.len() as f64 {
        return None;
    }
    let margins = margins(lines);
    let mut begins = Vec::with_capacity(lines.len());
    let mut paragraph = String::new();
    for (index, line) in lines.iter().enumerate() {
        let text = line.text();
        let first = match index.checked_sub(1) {
            None => true,
            Some(before) => {
                let before = lines[before];
                let margin = margins[&before.page].max(margins[&line.page]);
                line.number != before.number + 1 || ends_paragraph(before, &paragraph, &text, margin, vocabulary)
            }
        };
        if first {
            paragraph.clear();
        }
        paragraph.push_str(&text);
        begins.push(first);
    }
    Some(begins)
}

/// The indent of a line, in points.
pub(super) fn indent(begins: bool) -> f32 {
    if begins { INDENT } else { 0.0 }
}

fn first_column(line: &TextLine) -> usize {
    line.words.first().map_or(0, |word| word.column)
}

/// Where the longest line of each page ends, in ems.
fn margins(lines: &[&TextLine]) -> HashMap<PageNumber, f32> {
    let mut margins: HashMap<PageNumber, f32> = HashMap::new();
    for line in lines {
        let margin = margins.entry(line.page).or_default();
        *margin = margin.max(width(&line.text()));
    }
    margins
}

fn width(text: &str) -> f32 {
    text.chars().map(|character| if character.is_ascii() { ASCII_WIDTH } else { 1.0 }).sum()
}

/// Whether a paragraph ends with the line before `next`.
fn ends_paragraph(line: &TextLine, paragraph: &str, next: &str, margin: f32, vocabulary: &Vocabulary) -> bool {
    let text = line.text();
    let room = margin - width(&text);
    let is_short = room > first_run(next) + SLACK;
    let ends_sentence = text.ends_with(['。', '；', '：', '！', '？', ';', ':']);
    let ordinal = ordinals::leading(next);
    // A heading is printed larger, so that its lines hold less: only its words tell that it is whole.
    let whole_heading =
        is_heading(paragraph) && (room > HEADING_ROOM || vocabulary.dump.heading_endings.end(&squeezed(paragraph)));
    let counts_on = ordinal
        .zip(ordinals::leading(paragraph))
        .is_some_and(|(next, own)| next.style == own.style && next.value == own.value + 1);
    let of_higher_style = ordinal.is_some_and(|ordinal| ordinal.style != OrdinalStyle::Arabic);
    is_short && (ends_sentence || whole_heading || of_higher_style || counts_on) || ends_sentence && ordinal.is_some()
}

/// Width of what cannot be broken at the beginning of a line, in ems: a number or a Latin word, or one ideograph with
/// the punctuation after it.
fn first_run(text: &str) -> f32 {
    let mut characters = text.chars();
    let Some(first) = characters.next() else { return 0.0 };
    let goes_on = |character: &char| match reflow::is_chinese(first) {
        true => matches!(character, '，' | '。' | '；' | '：' | '、' | '）' | '”' | '》'),
        false => !reflow::is_chinese(*character) && !character.is_whitespace(),
    };
    width(&first.to_string())
        + characters.take_while(goes_on).map(|character| width(&character.to_string())).sum::<f32>()
}

/// Whether a paragraph so far is a heading: an ordinal and a few words that are no sentence.
fn is_heading(paragraph: &str) -> bool {
    ordinals::leading(paragraph).is_some_and(|ordinal| ordinal.style != OrdinalStyle::Arabic)
        && paragraph.chars().count() <= MAX_HEADING
        && !paragraph.contains(['，', '。', '；'])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dump::pages;

    #[test]
    fn short_lines_that_end_a_sentence_or_a_heading_end_a_paragraph() {
        let dump = "一、关于某市人民政府办公室收支预算情\n况的总体说明\n按照综合预算的原则，所有收入和支出均\n纳入管理。收支总预算\n2,881.90万元，比上年增加许多。\n二、关于某市人民政府办公室收入\n";
        let vocabulary = Vocabulary::national().expect("the built-in vocabulary");
        let lines = pages::lines(dump, vocabulary);
        let begins = beginnings(&lines.iter().collect::<Vec<_>>(), vocabulary).expect("no indents");
        assert_eq!(begins, [true, false, true, false, false, true]);
    }
}
