//! Years as texts name them: `2023年`, `２０２３年度`, `二〇二三年`, a bare `2023`; and 上年, 去年.
//!
//! The one place that knows how a year is written and which numbers can be one.

use std::ops::RangeInclusive;
use std::sync::LazyLock;

use regex::Regex;

use super::ordinals;
use super::patterns::compiled;

/// Numbers that can be years of budgets and of what budgets tell: the first regulations that they cite are of the
/// nineties. Other numbers of four digits are amounts, counts and codes.
const YEARS: RangeInclusive<u16> = 1990..=2099;

/// What stands in the place of a year where the vocabulary has a label with one.
pub(crate) const YEAR: &str = "年";

/// Four digits or Chinese numerals that may be a year, and the 年 or 年度 after them.
static PATTERN: LazyLock<Regex> =
    LazyLock::new(|| compiled("([12１２][0-9０-９]{3}|[一二][〇○零ＯO0一二三四五六七八九]{3})(年度|年)?"));

/// A year in a text.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Year {
    pub(crate) value: u16,
    /// Where its digits begin, in bytes.
    pub(crate) start: usize,
    /// Where its digits end.
    pub(crate) digits_end: usize,
    /// Where it ends, with 年 or 年度.
    pub(crate) end: usize,
}

impl Year {
    /// Whether 年 follows its digits.
    pub(crate) fn is_named(&self) -> bool {
        self.end > self.digits_end
    }
}

/// The years that a text names, in its order.
pub(crate) fn years(text: &str) -> impl Iterator<Item = Year> {
    PATTERN.find_iter(text).filter_map(|found| {
        let digits_end = found.start() + digits_of(found.as_str()).len();
        let (start, end) = (found.start(), found.end());
        let year = Year { value: value(&text[start..digits_end])?, start, digits_end, end };
        is_whole_number(text, &year).then_some(year)
    })
}

/// The first year that a text names.
pub(crate) fn year_in(text: &str) -> Option<u16> {
    years(text).next().map(|year| year.value)
}

/// The year that a text begins with.
pub(crate) fn leading(text: &str) -> Option<Year> {
    text.starts_with(|c: char| is_digit(c) || ordinals::is_numeral(c))
        .then(|| years(text).next())
        .flatten()
        .filter(|year| year.start == 0)
}

/// The year that a text is and nothing else, with 年 or without.
pub(crate) fn whole(text: &str) -> Option<Year> {
    leading(text).filter(|year| year.end == text.len())
}

/// Whether a space has come between the digits of a year, at the end of one word, and its 年 in the next.
pub(crate) fn is_broken(before: &str, after: &str) -> bool {
    after.starts_with(YEAR) && years(before).last().is_some_and(|year| year.end == before.len() && !year.is_named())
}

/// Whether a blank between two texts stands for the last digits of a year: 20XX年.
pub(crate) fn frame_blank(before: &str, after: &str) -> bool {
    before.ends_with("20") && after.starts_with(YEAR)
}

/// Whether what follows a number makes it a year, in whatever range.
pub(crate) fn follows_number(after: &str) -> bool {
    after.starts_with(YEAR)
}

/// A year in front of a word, in the ways in which documents write it.
pub(crate) fn written_before(year: u16, word: &str) -> [String; 2] {
    [format!("{year}年{word}"), format!("{year}年度{word}")]
}

/// Digits and numerals without the 年 or 年度 after them.
fn digits_of(year: &str) -> &str {
    year.trim_end_matches('度').trim_end_matches(YEAR)
}

fn value(digits: &str) -> Option<u16> {
    let value = digits.chars().try_fold(0, |year, character| Some(year * 10 + digit(character)?))?;
    YEARS.contains(&value).then_some(value)
}

fn digit(character: char) -> Option<u16> {
    let value = match character {
        '〇' | '○' | '零' | 'Ｏ' | 'O' => 0,
        '０'..='９' => character as u32 - '０' as u32,
        _ => character.to_digit(10).or_else(|| ordinals::chinese_value(character.encode_utf8(&mut [0; 4])))?,
    };
    u16::try_from(value).ok()
}

fn is_digit(character: char) -> bool {
    character.is_ascii_digit() || ('０'..='９').contains(&character)
}

/// Whether digits are no part of a longer number (20231, 2022.50). A comma cannot tell: no group before or after one
/// has four digits. A point before a year with its 年 ends an ordinal (1.2023年).
fn is_whole_number(text: &str, year: &Year) -> bool {
    let mut before = text[..year.start].chars().rev();
    let mut after = text[year.digits_end..].chars();
    let (last, first) = (before.next(), after.next());
    let is_part = |point: Option<char>, beyond: Option<char>| point == Some('.') && beyond.is_some_and(is_digit);
    let touches_digits = last.is_some_and(is_digit) || first.is_some_and(is_digit);
    let touches_point = is_part(last, before.next()) || is_part(first, after.next());
    !touches_digits && (year.is_named() || !touches_point)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<(u16, &str)> {
        years(text).map(|year| (year.value, &text[year.start..year.end])).collect()
    }

    #[test]
    fn years_are_read_in_every_writing() {
        assert_eq!(found("2023年预算，２０２２年度决算"), [(2023, "2023年"), (2022, "２０２２年度")]);
        assert_eq!(found("二〇二三年部门预算"), [(2023, "二〇二三年")]);
        assert_eq!(
            found("二○二四年、二0二五年、一九九八年").iter().map(|year| year.0).collect::<Vec<_>>(),
            [2024, 2025, 1998]
        );
        assert_eq!(found("2024部门预算"), [(2024, "2024")]);
        assert_eq!(found("1.2023年收入，2022,2021年"), [(2023, "2023年"), (2022, "2022"), (2021, "2021年")]);
    }

    #[test]
    fn other_numbers_are_no_years() {
        for text in
            ["共计20231元", "12023年", "2022.50万元", "18.2023", "2010301", "1949年", "2100年", "二十三年", "2,023.10"]
        {
            assert_eq!(found(text), [], "{text}");
        }
    }

    #[test]
    fn a_text_that_is_or_begins_with_a_year() {
        assert_eq!(whole("2026年度").map(|year| year.value), Some(2026));
        assert_eq!((whole("2026年预算"), whole("年"), leading("预算2026年")), (None, None, None));
        assert_eq!(leading("2026年预算").map(|year| (year.value, year.end)), Some((2026, 7)));
    }

    #[test]
    fn a_year_may_be_broken() {
        assert!(is_broken("2023", "年预算数") && is_broken("预算2023", "年"));
        assert!(!is_broken("2023年", "年") && !is_broken("12023", "年") && !is_broken("2023", "预算"));
        assert!(frame_blank("截至20", "年底") && !frame_blank("2", "年"));
    }
}
