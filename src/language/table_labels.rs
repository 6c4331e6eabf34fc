//! Printed labels of tables: `部门公开表1`, `公开01表`, `附表2`, `表一`, `表14-1`, alone or before a title.
//!
//! Read by hand: compiling a pattern for them takes as many instructions as reading all labels of several documents.

use crate::document::TableKind;
use crate::language::characters;
use crate::language::ordinals;
use crate::language::vocabulary::{Vocabulary, squeezed};

/// No label is longer than this, in characters.
const MAX_LABEL: usize = 12;

/// Table numbers have at most this many digits; longer ones are years.
const MAX_DIGITS: usize = 2;

/// A label, and the text after it.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct LabelledText<'t> {
    pub(crate) label: &'t str,
    pub(crate) number: Option<u32>,
    pub(crate) rest: &'t str,
}

/// The number of a text that is a label and nothing else; `None` for any other text.
pub(crate) fn label_number(text: &str, vocabulary: &Vocabulary) -> Option<Option<u32>> {
    let plain = squeezed(text);
    let is_number = |c: char| c.is_ascii_digit() || ordinals::is_numeral(c);
    let words = || plain.chars().filter(|c| !is_number(*c) && !matches!(c, '-' | '—'));
    if !vocabulary.captions.label_words.iter().any(|word| words().eq(word.chars())) || has_two_numbers(text) {
        return None;
    }
    let from_number = plain.trim_start_matches(|c| !is_number(c));
    let after = from_number.trim_start_matches(is_number);
    let number = &from_number[..from_number.len() - after.len()];
    if after.contains(is_number) && !after.starts_with(['-', '—']) {
        return None; // 公开03表2024年…: the title has begun
    }
    let has_digits = number.contains(|c: char| c.is_ascii_digit());
    if has_digits && plain.contains(ordinals::is_numeral) {
        return None; // 预算05表一般…: the title has begun
    }
    match has_digits {
        true => (number.len() <= MAX_DIGITS).then(|| number.parse().ok()),
        false => (!number.is_empty()).then(|| ordinals::chinese_value(number)),
    }
}

/// Whether a space divides two numbers: 表3 2024年….
fn has_two_numbers(text: &str) -> bool {
    let characters: Vec<char> = text.chars().collect();
    let divides = |three: &[char]| three[1].is_whitespace() && [three[0], three[2]].iter().all(char::is_ascii_digit);
    characters.windows(3).any(divides)
}

/// Splits a label off the beginning of a text: `公开01表：收支预算总表`, `预算01表 收支总表`.
pub(crate) fn split<'t>(text: &'t str, vocabulary: &Vocabulary) -> Option<LabelledText<'t>> {
    let text = text.trim();
    // Most lines are prose, and no label begins as they do.
    let first = text.chars().next().map(|first| characters::table().simplified(first).unwrap_or(first))?;
    if !vocabulary.captions.label_words.iter().any(|word| word.starts_with(first)) {
        return None;
    }
    let ends = text.char_indices().skip(1).take(MAX_LABEL).map(|(at, _)| at).chain([text.len()]);
    let found = ends.filter_map(|end| {
        let (label, rest) = text.split_at(end);
        let number = label_number(label, vocabulary)?;
        let separated = rest.starts_with(['：', ':', ' ']) || rest.is_empty();
        let has_digits = label.contains(|c: char| c.is_ascii_digit());
        let cuts_number =
            label.ends_with(|c: char| c.is_ascii_digit()) && rest.starts_with(|c: char| c.is_ascii_digit());
        // Reflow drops the space after a Chinese numeral; what follows must name a table, and 一般 is a word.
        let is_word = vocabulary.captions.words_of_numerals.strip_from(rest).is_some();
        let names_table = !is_word && vocabulary.table_kind(rest) != TableKind::Other;
        let fits = !cuts_number && (separated || names_table || (has_digits && !rest.starts_with('-')));
        fits.then(|| LabelledText { label, number, rest: rest.trim_start_matches(['：', ':', ' ']).trim_start() })
    });
    found.last()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(text: &str) -> Option<(&str, Option<u32>, &str)> {
        let vocabulary = Vocabulary::national().expect("the built-in vocabulary");
        split(text, vocabulary).map(|found| (found.label, found.number, found.rest))
    }

    #[test]
    fn labels_alone() {
        assert_eq!(parts("部门公开表1"), Some(("部门公开表1", Some(1), "")));
        assert_eq!(parts("表十二"), Some(("表十二", Some(12), "")));
        assert_eq!(parts("公开表一"), Some(("公开表一", Some(1), "")));
        assert_eq!(parts("表14-1"), Some(("表14-1", Some(14), "")));
    }

    #[test]
    fn labels_before_titles() {
        assert_eq!(parts("公开 01 表：收支预算总表"), Some(("公开 01 表", Some(1), "收支预算总表")));
        assert_eq!(parts("预算01表收支总表"), Some(("预算01表", Some(1), "收支总表")));
    }

    #[test]
    fn titles_are_no_labels() {
        assert_eq!(parts("预算05表一般公共预算支出表"), Some(("预算05表", Some(5), "一般公共预算支出表")));
        assert_eq!(parts("公开03表2024年支出决算表"), Some(("公开03表", Some(3), "2024年支出决算表")));
        for text in ["预算一般公共支出表", "预算2023年收支总表", "收支总表", "一般公共预算支出表"]
        {
            assert_eq!(parts(text), None, "{text}");
        }
    }
}
