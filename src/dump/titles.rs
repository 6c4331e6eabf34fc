//! Titles broken over two lines, of which neither is a table's title by itself: they are made one line.

use super::text::{TextLine, Word};
use crate::document::TableKind;
use crate::language::amount;
use crate::language::vocabulary::Vocabulary;
use crate::text::captions::{CaptionPiece, read_piece};

/// Joins the lines of broken titles.
pub(super) fn rejoin(lines: Vec<TextLine>, vocabulary: &Vocabulary) -> Vec<TextLine> {
    let mut joined: Vec<TextLine> = Vec::with_capacity(lines.len());
    for mut line in lines {
        if let Some(before) = joined.last_mut()
            && goes_on(before, &line, vocabulary)
        {
            let column = before.words.first().map_or(0, |word| word.column);
            before.words = vec![Word { text: format!("{}{}", before.text(), line.text()), column }];
            continue;
        }
        line.number = joined.len();
        joined.push(line);
    }
    joined
}

/// Whether only both lines together are the title of a table that is known.
fn goes_on(before: &TextLine, line: &TextLine, vocabulary: &Vocabulary) -> bool {
    let (first, second) = (before.text(), line.text());
    let title = |text: &str| match read_piece(text, vocabulary) {
        Some(CaptionPiece::Title(title)) => Some(vocabulary.table_kind(&title)),
        _ => None,
    };
    let has_figure = before.words.iter().any(|word| amount::parse(&word.text).is_some());
    before.page == line.page
        && !has_figure
        && title(&second) == Some(TableKind::Other)
        && read_piece(&first, vocabulary).is_none()
        && title(&format!("{first}{second}")).is_some_and(|kind| kind != TableKind::Other)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dump::pages;

    #[test]
    fn only_what_is_no_title_alone_is_joined() {
        let vocabulary = Vocabulary::national().expect("the built-in vocabulary");
        let dump = "表12\n2026年部门综合预算政府采购（资产配置、购买服务）\n预算表（不含上年结转）\n单位：万元\n\
                    收支总表\n支出预算表\n";
        let lines = rejoin(pages::lines(dump, vocabulary), vocabulary);
        let texts: Vec<String> = lines.iter().map(TextLine::text).collect();
        let title = "2026年部门综合预算政府采购（资产配置、购买服务）预算表（不含上年结转）";
        assert_eq!(texts, ["表12", title, "单位：万元", "收支总表", "支出预算表"]);
        assert!(lines.iter().enumerate().all(|(index, line)| line.number == index));
    }
}
