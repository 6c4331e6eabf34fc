//! A cell's words taken apart: the code in front of a name, and the name without ordinal, 其中 and brackets.

use crate::document::Scheme;
use crate::language::classification::{Classification, Judgement, scheme_of};
use crate::language::ordinals;
use crate::language::vocabulary::{Vocabulary, squeezed};

/// Marks that part a code from the name behind it.
const DELIMITERS: [char; 12] = [']', '】', ')', '）', '-', '—', '_', '|', '｜', '/', ':', '：'];

/// Brackets that open around a code.
const OPENINGS: [char; 5] = ['[', '【', '(', '（', '〔'];

/// The classification of a whole code. Economic codes may have a level more than the classification gives them.
pub(super) fn scheme(code: &str) -> Option<Scheme> {
    scheme_of(code).or(match (code.bytes().next()?, code.len()) {
        (b'3', 7) => Some(Scheme::Economic),
        (b'5', 7) => Some(Scheme::GovernmentEconomic),
        _ => None,
    })
}

/// A subject's code and the name behind it, in one cell: `[20111]纪检监察事务`, `2130201-行政运行`, `301工资福利支出`.
pub(super) fn split_code<'t>(text: &'t str, year: Option<u16>, vocabulary: &Vocabulary) -> Option<(&'t str, &'t str)> {
    let (code, rest) = split_number(text)?;
    scheme(code)?;
    let name = rest.trim_start().trim_start_matches(DELIMITERS).trim_start();
    let closed = rest.trim_start().starts_with(DELIMITERS);
    let is_counted = vocabulary.headers.counters.strip_from(name).is_some();
    let is_word = name.starts_with(|c: char| c.is_alphabetic() || matches!(c, '“' | '"' | '《')) && !is_counted;
    // Nothing parts them: only the classification tells that the number is a code.
    let is_known = || {
        let judged = Classification::national().judge(code, name, year.unwrap_or_default());
        let named = Classification::national().codes_named(name);
        matches!(judged, Judgement::AsInStandard | Judgement::Renamed(_)) || named.contains(&code)
    };
    (is_word && (closed || is_known())).then_some((code, name))
}

/// The number in front of a unit's name, and the name: `106_某市公安局`, `204 某市科学技术局`.
pub(super) fn split_unit_number(text: &str) -> (Option<&str>, &str) {
    match split_number(text) {
        Some((number, rest)) if number.len() >= 3 => {
            let name = rest.trim_start().trim_start_matches(DELIMITERS).trim_start();
            let is_word = name.starts_with(|c: char| c.is_alphabetic());
            if is_word { (Some(number), name) } else { (None, text) }
        }
        _ => (None, text),
    }
}

/// What is bought, without its number in the catalogue: `C0301电信服务`.
pub(super) fn without_goods_number(text: &str) -> &str {
    let is_letter = text.starts_with(|c: char| matches!(c, 'A'..='C'));
    let rest = text.get(1..).filter(|_| is_letter).unwrap_or_default();
    let name = rest.trim_start_matches(|c: char| c.is_ascii_digit());
    if rest.len() >= name.len() + 2 && !name.trim().is_empty() {
        name.trim_start_matches(DELIMITERS).trim_start()
    } else {
        text
    }
}

fn split_number(text: &str) -> Option<(&str, &str)> {
    let inner = text.trim_start().trim_start_matches(OPENINGS);
    let end = inner.find(|c: char| !c.is_ascii_digit())?;
    (end > 0).then(|| inner.split_at(end))
}

/// A name without what only says where it stands in a list: ordinals, 其中：, brackets around all of it.
pub(super) fn bare<'t>(text: &'t str, vocabulary: &Vocabulary) -> &'t str {
    let mut name = text.trim();
    loop {
        let shorter = without_ordinal(name);
        let shorter = without_of_which(shorter, vocabulary);
        let shorter = without_brackets(shorter).trim_end_matches([':', '：']).trim();
        if shorter.is_empty() || shorter.len() == name.len() {
            return name;
        }
        name = shorter;
    }
}

fn without_ordinal(text: &str) -> &str {
    let text = text.trim_start_matches(|c: char| matches!(c, '①'..='⑳'));
    ordinals::leading(text).map_or(text, |ordinal| ordinal.rest.trim_start_matches(['、', ' ']))
}

fn without_of_which<'t>(text: &'t str, vocabulary: &Vocabulary) -> &'t str {
    let words = &vocabulary.checks.of_which;
    let after = words.iter().find_map(|word| text.strip_prefix(word));
    after.map_or(text, |after| after.trim_start_matches([':', '：', ' ']))
}

/// Whether a name says that it is a part of what stands above it.
pub(super) fn is_of_which(text: &str, vocabulary: &Vocabulary) -> bool {
    vocabulary.checks.of_which.strip_from(without_ordinal(&squeezed(text))).is_some()
}

fn without_brackets(text: &str) -> &str {
    let inner = text.strip_prefix(['（', '(']).and_then(|inner| inner.strip_suffix(['）', ')']));
    inner.filter(|inner| !inner.contains(['（', '(', '）', ')'])).unwrap_or(text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::document::national;

    #[test]
    fn codes_stand_in_front_of_names_in_many_ways() {
        let split = |text: &'static str| split_code(text, Some(2025), national());
        assert_eq!(split("[20111]纪检监察事务"), Some(("20111", "纪检监察事务")));
        assert_eq!(split("2130201-行政运行"), Some(("2130201", "行政运行")));
        assert_eq!(split("301|工资福利支出"), Some(("301", "工资福利支出")));
        assert_eq!(split("30101 基本工资"), Some(("30101", "基本工资")));
        assert_eq!(split("301工资福利支出"), Some(("301", "工资福利支出")));
        assert_eq!(split("（30101）基本工资"), Some(("30101", "基本工资")));
    }

    #[test]
    fn numbers_of_other_things_are_no_codes() {
        for text in [
            "2025年专项",
            "201个摄像头",
            "234001西安市气象局",
            "106_长沙市公安局",
            "一般公共服务支出",
            "302",
            "500万元以上",
        ] {
            assert_eq!(split_code(text, Some(2025), national()), None, "{text}");
        }
        assert_eq!(split_unit_number("106_长沙市公安局"), (Some("106"), "长沙市公安局"));
        assert_eq!(["C0301电信服务", "A4纸", "PC服务器"].map(without_goods_number), ["电信服务", "A4纸", "PC服务器"]);
        assert_eq!(split_unit_number("长沙市公安局"), (None, "长沙市公安局"));
    }

    #[test]
    fn names_are_bare() {
        let bare = |text: &'static str| bare(text, national());
        assert_eq!(bare("一、一般公共服务支出"), "一般公共服务支出");
        assert_eq!(bare("其中：（一）因公出国（境）支出"), "因公出国（境）支出");
        assert_eq!(bare("1.其中：基本支出"), "基本支出");
        assert_eq!(bare("（一般公共预算）"), "一般公共预算");
        assert_eq!(bare("一般公共服务支出"), "一般公共服务支出");
        assert_eq!(bare("2026信访专项经费"), "2026信访专项经费");
    }
}
