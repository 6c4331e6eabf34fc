//! Labels of rows and columns in a form in which they can be compared.

use crate::language::ordinals;
use crate::language::vocabulary::{Vocabulary, squeezed};

/// A label without white space, ordinal (`一、`, `（一）`, `1.`), code in brackets (`[201]`) and colon at its end.
pub(crate) fn bare(text: &str) -> String {
    let plain = squeezed(text);
    let (_, name) = split_code(&plain);
    let name = ordinals::leading(name).map_or(name, |ordinal| ordinal.rest);
    name.trim_end_matches([':', '。', ';']).to_owned()
}

/// A code that stands in one cell with its name: `[201]一般公共服务支出`, `2130201-行政运行`, `201 一般公共服务支出`.
pub(crate) fn split_code(plain: &str) -> (Option<&str>, &str) {
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
    let is_word = !name.starts_with(['年', '个', '.', ',']) && !name.is_empty();
    if closed || (inner.len() == plain.len() && is_word && code.len() > 3) { (Some(code), name) } else { (None, plain) }
}

/// Whether a squeezed label says that its figures are a sum: 合计, 小计, 总计, 本年收入合计, 收入总计.
pub(crate) fn is_sum_word(label: &str, vocabulary: &Vocabulary) -> bool {
    vocabulary.checks.sum_words.end(label.trim_end_matches([':', '*']))
}

/// Whether two names mean the same thing: equal without ordinals, brackets, marks, and the words that only say what
/// the whole column is about (支出 at the end).
pub(crate) fn names_agree(a: &str, b: &str) -> bool {
    let (a, b) = (stem(a), stem(b));
    !a.is_empty() && a == b
}

/// What two names that agree have in common.
pub(crate) fn stem(text: &str) -> String {
    let mut stem = bare(text);
    stem.retain(|c| !matches!(c, '(' | ')' | '、' | '"' | '的' | '类' | '款' | '项'));
    let shorter = |ending: &&str| stem.strip_suffix(ending).filter(|shorter| shorter.chars().nth(1).is_some());
    if let Some(shorter) = ["支出", "费用", "费", "收入", "经费"].iter().find_map(shorter) {
        stem.truncate(shorter.len());
    }
    stem
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_are_bared() {
        assert_eq!(bare("一、一般公共服务支出"), "一般公共服务支出");
        assert_eq!(bare("（二十）住房保障支出"), "住房保障支出");
        assert_eq!(bare("[2011301]行政运行"), "行政运行");
        assert_eq!(bare("总计："), "总计");
        assert_eq!(bare("2130201-行政运行"), "行政运行");
    }

    #[test]
    fn codes_in_names() {
        assert_eq!(split_code("[201]一般公共服务支出"), (Some("201"), "一般公共服务支出"));
        assert_eq!(split_code("2130201-行政运行"), (Some("2130201"), "行政运行"));
        assert_eq!(split_code("2023年").0, None);
        assert_eq!(split_code("12345热线").0, None);
    }

    #[test]
    fn names_that_agree() {
        assert!(names_agree("一般公共服务（类）支出", "一、一般公共服务支出"));
        assert!(names_agree("维修(护)费", "维修（护）费"));
        assert!(!names_agree("基本支出", "项目支出"));
    }
}
