//! What the conversion itself doubted, shortly: one line for each kind of doubt.

use super::number::runs;
use super::words::Language;
use crate::document::{Diagnostic, Severity};

/// What each diagnostic means, in Chinese; their messages are English.
const CHINESE: &[(&str, &str)] = &[
    ("aligned-table", "表格没有表格线，按文字对齐还原"),
    ("blank-page", "空白页"),
    ("cut-figure", "数字被裁切，有一位看不见"),
    ("hidden-text", "看不见的文字未读取"),
    ("no-header", "表格没有认得的表头"),
    ("no-text-layer", "整页是图像，没有文字"),
    ("odd-thousands", "千分位位置异常"),
    ("pages-missing", "有的页读不出"),
    ("performance-unplaced", "绩效表中有内容放不准"),
    ("projects-total", "绩效表的合计行未保留"),
    ("recognised-text", "文字由扫描件识别而来"),
    ("row-rejoined", "被分页截断的行已接回"),
    ("second-reader-differs", "另一次读取的数字不同"),
    ("second-reader-unavailable", "没有第二次读取"),
    ("stray-text", "有文字无处归属"),
    ("too-many-characters", "有字符未读取：一页字符过多，或没有位置"),
    ("unit-inherited", "未印单位，沿用前表的单位"),
    ("unmapped-glyphs", "有的字符没有编码对照，读不出"),
    ("unread-part", "有文字不属于任何能读的部分"),
    ("unreadable-amount", "应为金额处不是金额"),
];

/// Diagnostics of one kind.
struct Group<'d> {
    first: &'d Diagnostic,
    count: usize,
    pages: Vec<u32>,
}

/// A line for each kind of diagnostic of at least the severity, the gravest first.
pub(super) fn lines(diagnostics: &[Diagnostic], minimum: Severity, language: Language) -> Vec<String> {
    let mut groups: Vec<Group<'_>> = Vec::new();
    for diagnostic in diagnostics.iter().filter(|diagnostic| diagnostic.severity >= minimum) {
        let page = diagnostic.page.map(|page| page.0);
        let same =
            |group: &&mut Group<'_>| group.first.id == diagnostic.id && group.first.severity == diagnostic.severity;
        match groups.iter_mut().find(same) {
            Some(group) => {
                group.count += 1;
                group.pages.extend(page);
            }
            None => groups.push(Group { first: diagnostic, count: 1, pages: page.into_iter().collect() }),
        }
    }
    groups.sort_by_key(|group| std::cmp::Reverse(group.first.severity));
    groups.into_iter().map(|group| line(group, language)).collect()
}

fn line(group: Group<'_>, language: Language) -> String {
    let Group { first, count, pages } = group;
    let times = if count > 1 { format!(" ×{count}") } else { String::new() };
    let pages = match (language, pages.as_slice()) {
        (_, []) => String::new(),
        (Language::Chinese, _) => format!("  第{}页", runs(pages, "、")),
        (Language::English, [page]) => format!("  page {page}"),
        (Language::English, _) => format!("  pages {}", runs(pages, ", ")),
    };
    let meaning = CHINESE.iter().find(|(id, _)| *id == first.id).map(|(_, meaning)| *meaning);
    let meaning = match language {
        Language::Chinese => meaning.unwrap_or(&first.message),
        Language::English => &first.message,
    };
    format!("{}  {}{times}{pages}{}{meaning}", language.severity(first.severity), first.id, language.colon())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::PageNumber;

    #[test]
    fn one_kind_is_one_line_with_its_pages() {
        let aligned = |page| Diagnostic::new(Severity::Warning, "aligned-table", "no rulings").on(PageNumber(page));
        let stray = Diagnostic::new(Severity::Note, "stray-text", "a single character").on(PageNumber(27));
        let all = [stray, aligned(6), aligned(9), aligned(7)];
        assert_eq!(
            lines(&all, Severity::Note, Language::Chinese),
            [
                "警告  aligned-table ×3  第6、7、9页：表格没有表格线，按文字对齐还原",
                "提示  stray-text  第27页：有文字无处归属"
            ]
        );
        assert_eq!(
            lines(&all, Severity::Warning, Language::English),
            ["warning  aligned-table ×3  pages 6, 7, 9: no rulings"]
        );
    }

    #[test]
    fn one_without_a_chinese_meaning_shows_its_message() {
        let new = Diagnostic::new(Severity::Warning, "brand-new", "something else");
        assert_eq!(lines(&[new], Severity::Note, Language::Chinese), ["警告  brand-new：something else"]);
    }
}
