//! What the conversion itself doubted, shortly: one line for each kind of doubt, in the words of the kind. In English
//! a diagnostic that is the only one of its kind tells its own message, which has the particulars.

use super::number::runs;
use super::words::Language;
use crate::document::{Diagnostic, Severity};

/// Diagnostics of one kind.
struct Group<'d> {
    first: &'d Diagnostic,
    count: usize,
    pages: Vec<u32>,
}

/// A line for each kind of diagnostic of at least the severity, the gravest first.
pub(super) fn lines(diagnostics: &[Diagnostic], minimum: Severity, language: Language) -> Vec<String> {
    let mut groups: Vec<Group<'_>> = Vec::new();
    for diagnostic in diagnostics.iter().filter(|diagnostic| diagnostic.severity() >= minimum) {
        let page = diagnostic.page.map(|page| page.0);
        let same = |group: &&mut Group<'_>| {
            group.first.kind() == diagnostic.kind() && group.first.severity() == diagnostic.severity()
        };
        match groups.iter_mut().find(same) {
            Some(group) => {
                group.count += 1;
                group.pages.extend(page);
            }
            None => groups.push(Group { first: diagnostic, count: 1, pages: page.into_iter().collect() }),
        }
    }
    groups.sort_by_key(|group| std::cmp::Reverse(group.first.severity()));
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
    let kind = first.kind();
    let meaning = match language {
        Language::English if count == 1 => &first.message,
        _ => language.pick(kind.chinese(), kind.english()),
    };
    format!("{}  {}{times}{pages}{}{meaning}", language.severity(first.severity()), kind.id(), language.colon())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{Observation, PageNumber};

    #[test]
    fn one_kind_is_one_line_with_its_pages() {
        let aligned = |page| Observation::AlignedTable.on(PageNumber(page));
        let stray = Observation::StrayText { text: "甲".to_owned() }.on(PageNumber(27));
        let all = [stray, aligned(6), aligned(9), aligned(7)];
        assert_eq!(
            lines(&all, Severity::Note, Language::Chinese),
            [
                "警告  aligned-table ×3  第6、7、9页：表格没有表格线，按文字对齐还原",
                "提示  stray-text  第27页：有文字无处归属"
            ]
        );
        let aligned = "warning  aligned-table ×3  pages 6, 7, 9: the table has no rulings: its cells were placed by the alignment of their text";
        assert_eq!(lines(&all, Severity::Warning, Language::English), [aligned]);
    }

    #[test]
    fn english_tells_the_particulars_of_one_and_the_kind_of_several() {
        let unit =
            |title: &str| Observation::UnitInherited { title: Some(title.to_owned()), unit: "万元".to_owned() }.into();
        let all = [unit("收支总表"), unit("收入总表")];
        assert_eq!(
            lines(&all[..1], Severity::Note, Language::English),
            ["note     unit-inherited: 收支总表 prints no unit: 万元 was taken from a table before it"]
        );
        assert_eq!(
            lines(&all, Severity::Note, Language::English),
            ["note     unit-inherited ×2: a table prints no unit: that of a table before it was taken"]
        );
    }
}
