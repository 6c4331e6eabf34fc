//! Printed labels of tables: `部门公开表1`, `公开01表`, `附表2`, `表一`, `表14-1`, alone or before a title.

use std::sync::LazyLock;

use regex::Regex;

use crate::document::TableKind;
use crate::language::ordinals;
use crate::language::patterns::compiled;
use crate::language::vocabulary::{Vocabulary, squeezed};

/// No label is longer than this, in characters.
const MAX_LABEL: usize = 12;

/// A number in digits or in numerals.
static NUMBER: LazyLock<Regex> = LazyLock::new(|| compiled(&format!("[0-9]+|[{}]+", ordinals::NUMERALS)));

/// Longer numbers in digits are years.
const MAX_DIGITS: usize = 2;

/// 表3 2024年…: the title has begun.
static TWO_NUMBERS: LazyLock<Regex> = LazyLock::new(|| compiled(r"[0-9]\s[0-9]"));

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
    let words =
        || plain.chars().filter(|c| !c.is_ascii_digit() && !ordinals::is_numeral(*c) && !matches!(c, '-' | '—'));
    if !vocabulary.captions.label_words.iter().any(|word| words().eq(word.chars())) || TWO_NUMBERS.is_match(text) {
        return None;
    }
    let found = NUMBER.find(&plain)?;
    let (number, rest) = (found.as_str(), &plain[found.end()..]);
    // A dash divides off the part of a table (表14-1). Where another number follows, the title has begun, as it has where
    // digits and numerals meet (预算05表一般…).
    let has_part = rest.starts_with(['-', '—']);
    let has_digits = rest.contains(|c: char| c.is_ascii_digit());
    let has_numerals = rest.contains(ordinals::is_numeral);
    let is_in_digits = number.starts_with(|c: char| c.is_ascii_digit());
    let fits = match is_in_digits {
        true => number.len() <= MAX_DIGITS && !has_numerals && (has_part || !has_digits),
        false => has_part || !(has_digits || has_numerals),
    };
    fits.then(|| if is_in_digits { number.parse().ok() } else { ordinals::chinese_value(number) })
}

/// Splits a label off the beginning of a text: `公开01表：收支预算总表`, `预算01表 收支总表`.
pub(crate) fn split<'t>(text: &'t str, vocabulary: &Vocabulary) -> Option<LabelledText<'t>> {
    let text = text.trim();
    // Most lines are prose, and no label begins as they do.
    let first = text.chars().next()?;
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
