//! Labels of rows and columns in a form in which they can be compared.

use crate::language::PARTICLE;
use crate::language::ordinals;
use crate::language::vocabulary::{Vocabulary, squeezed};
use crate::language::years;

/// A label without white space, ordinal (`一、`, `（一）`, `1.`), code in brackets (`[201]`) and colon at its end.
pub(crate) fn bare(text: &str, vocabulary: &Vocabulary) -> String {
    let plain = squeezed(text);
    let (_, name) = split_code(&plain, vocabulary);
    let name = ordinals::leading(name).map_or(name, |ordinal| ordinal.rest);
    name.trim_end_matches([':', '。', ';']).to_owned()
}

/// A code that stands in one cell with its name: `[201]一般公共服务支出`, `2130201-行政运行`, `201 一般公共服务支出`.
pub(crate) fn split_code<'t>(plain: &'t str, vocabulary: &Vocabulary) -> (Option<&'t str>, &'t str) {
    let inner = plain.strip_prefix(['[', '【']).unwrap_or(plain);
    let digits = inner.find(|c: char| !c.is_ascii_digit()).unwrap_or(inner.len());
    let (code, rest) = inner.split_at(digits);
    let is_code = matches!(code.len(), 3 | 5 | 7) && code.starts_with(['2', '3', '5']) && !rest.is_empty();
    if !is_code {
        return (None, plain);
    }
    let name = rest.strip_prefix([']', '】', '-', '—', '_']).unwrap_or(rest);
    // 2023年 and 201个 are no codes.
    let closed = name.len() < rest.len();
    let is_counted = years::follows_number(name) || vocabulary.headers.counters.strip_from(name).is_some();
    let is_word = !is_counted && !name.starts_with(['.', ',']) && !name.is_empty();
    if closed || (inner.len() == plain.len() && is_word && code.len() > 3) { (Some(code), name) } else { (None, plain) }
}

/// Whether a squeezed label says that its figures are a sum: 合计, 小计, 总计, 本年收入合计, 收入总计.
pub(crate) fn is_sum_word(label: &str, vocabulary: &Vocabulary) -> bool {
    vocabulary.checks.sum_words.end(label.trim_end_matches([':', '*']))
}

/// Whether two names mean the same thing: equal without ordinals, brackets, marks, and the words that only say what
/// the whole column is about (支出 at the end).
pub(crate) fn names_agree(a: &str, b: &str, vocabulary: &Vocabulary) -> bool {
    let (a, b) = (stem(a, vocabulary), stem(b, vocabulary));
    !a.is_empty() && a == b
}

/// What two names that agree have in common.
pub(crate) fn stem(text: &str, vocabulary: &Vocabulary) -> String {
    let mut stem = bare(text, vocabulary);
    let levels = &vocabulary.headers.code_levels;
    stem.retain(|c| !matches!(c, '(' | ')' | '、' | '"' | PARTICLE) && !levels.contain_letter(c));
    let shorter = |ending: &str| stem.strip_suffix(ending).filter(|shorter| shorter.chars().nth(1).is_some());
    if let Some(shorter) = vocabulary.checks.loose_endings.iter().find_map(shorter) {
        stem.truncate(shorter.len());
    }
    stem
}

#[cfg(test)]
mod tests {
    use super::*;

    fn vocabulary() -> &'static Vocabulary {
        Vocabulary::national().expect("the built-in vocabulary")
    }

    #[test]
    fn labels_are_bared() {
        assert_eq!(bare("一、一般公共服务支出", vocabulary()), "一般公共服务支出");
        assert_eq!(bare("（二十）住房保障支出", vocabulary()), "住房保障支出");
        assert_eq!(bare("[2011301]行政运行", vocabulary()), "行政运行");
        assert_eq!(bare("总计：", vocabulary()), "总计");
        assert_eq!(bare("2130201-行政运行", vocabulary()), "行政运行");
    }

    #[test]
    fn codes_in_names() {
        assert_eq!(split_code("[201]一般公共服务支出", vocabulary()), (Some("201"), "一般公共服务支出"));
        assert_eq!(split_code("2130201-行政运行", vocabulary()), (Some("2130201"), "行政运行"));
        assert_eq!(split_code("2023年", vocabulary()).0, None);
        assert_eq!(split_code("12345热线", vocabulary()).0, None);
    }

    #[test]
    fn names_that_agree() {
        assert!(names_agree("一般公共服务（类）支出", "一、一般公共服务支出", vocabulary()));
        assert!(names_agree("维修(护)费", "维修（护）费", vocabulary()));
        assert!(!names_agree("基本支出", "项目支出", vocabulary()));
    }
}
