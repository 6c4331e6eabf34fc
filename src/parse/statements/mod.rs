//! Prose → statements: every number the narrative states, with what it is about.
//!
//! [`grammar`] tells what a number is by the words of its clause; [`reader`] walks through a paragraph and hangs shares,
//! changes and reasons on their statements; [`items`] names what a number is about.

mod grammar;
mod items;
mod reader;
#[cfg(test)]
mod written;

use super::code_paths::CodeIndex;
use super::narrative::PagedSection;
use crate::language::ordinals::{self, OrdinalStyle};
use crate::language::vocabulary::Vocabulary;
use crate::model::{ParsedTable, PlacedStatement};

use grammar::Grammar;
use items::Items;
use reader::ParagraphReader;

/// Reads the statements of all sections. The names of the organisation are dropped from what a number is about.
pub(super) fn parse(
    sections: &[PagedSection],
    tables: &[ParsedTable],
    organisation: &[Option<&str>],
    vocabulary: &Vocabulary,
) -> Vec<PlacedStatement> {
    let words = &vocabulary.statements;
    let codes = CodeIndex::new(tables, vocabulary);
    let grammar = Grammar::new(words);
    let money = |unit: &str| vocabulary.units.contains_key(words.unit_names.get(unit).map_or(unit, String::as_str));
    let mut found = Vec::new();
    for (section, paged) in sections.iter().enumerate() {
        let mut headings = Headings::default();
        let subject = Some(subject_of(&paged.section.title, vocabulary)).filter(|subject| !subject.is_empty());
        for (index, paragraph) in paged.paragraphs.iter().enumerate() {
            headings.pass(&paragraph.text);
            let items = Items::new(words, organisation, &codes, headings.title(), subject.clone());
            let (number, path) = (paged.section.number.as_deref(), headings.path());
            let reader = ParagraphReader::new(words, &grammar, items, paragraph, number, path, &money);
            let own = reader.read().into_iter();
            found.extend(own.map(|placed| PlacedStatement { section, paragraph: index, ..placed }));
        }
    }
    found
}

/// What a section is about: its title without the year, and without 情况说明 and the like.
fn subject_of(title: &str, vocabulary: &Vocabulary) -> String {
    let mut subject = items::without_leading_year(title.trim());
    while let Some(rest) =
        vocabulary.statements.title_endings.iter().find_map(|word| subject.strip_suffix(word.as_str()))
    {
        subject = rest;
    }
    for word in &vocabulary.statements.title_openings {
        subject = subject.strip_prefix(word.as_str()).unwrap_or(subject);
    }
    items::without_leading_year(subject).to_owned()
}

/// The headings below a section that a paragraph stands under.
#[derive(Default)]
struct Headings {
    bracketed: Option<String>,
    arabic: Option<String>,
    /// What the two name.
    titles: [Option<String>; 2],
}

impl Headings {
    fn pass(&mut self, text: &str) {
        let Some(ordinal) = ordinals::leading(text) else { return };
        let level = match ordinal.style {
            OrdinalStyle::ChineseBracketed => 0,
            OrdinalStyle::Arabic => 1,
            _ => return,
        };
        self.titles[level..].fill(None);
        self.titles[level] = items::heading_of(text);
        match ordinal.style {
            OrdinalStyle::ChineseBracketed => {
                self.bracketed = Some(ordinal.number.to_owned());
                self.arabic = None;
            }
            OrdinalStyle::Arabic => self.arabic = Some(ordinal.number.to_owned()),
            _ => {}
        }
    }

    /// What the lowest heading names.
    fn title(&self) -> Option<String> {
        self.titles.iter().rev().flatten().next().cloned()
    }

    fn path(&self) -> Option<String> {
        let bracketed = self.bracketed.as_ref().map(|number| format!("（{number}）")).unwrap_or_default();
        let path = bracketed + self.arabic.as_deref().unwrap_or_default();
        (!path.is_empty()).then_some(path)
    }
}

/// Statements for the tests of other stages.
#[cfg(any(test, fuzzing))]
pub(crate) mod testing {
    use super::*;
    use crate::document::{Narrative, PageNumber};
    use crate::parse::paragraphs::Paragraph;

    /// The statements that a narrative makes, as [`parse`] reads them.
    pub(crate) fn statements_of(
        narrative: &Narrative,
        organisation: Option<&str>,
        tables: &[ParsedTable],
    ) -> Vec<PlacedStatement> {
        let paged = narrative.sections.iter().map(|section| {
            let page = section.pages.first().copied().unwrap_or(PageNumber(1));
            let paragraph = |text: &String| Paragraph::of(text, page);
            PagedSection { section: section.clone(), paragraphs: section.paragraphs.iter().map(paragraph).collect() }
        });
        let paged: Vec<PagedSection> = paged.collect();
        parse(&paged, tables, &[organisation], Vocabulary::national().expect("the built-in vocabulary"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{ChangeDirection, Money, PageNumber, Section, Statement};
    use crate::parse::paragraphs::Paragraph;

    fn statements(text: &str) -> Vec<Statement> {
        let paragraph = Paragraph::of(text, PageNumber(1));
        let section = Section { number: None, title: String::new(), paragraphs: Vec::new(), pages: Vec::new() };
        let sections = [PagedSection { section, paragraphs: vec![paragraph] }];
        let found = parse(&sections, &[], &[Some("某局")], Vocabulary::national().expect("the built-in vocabulary"));
        found.into_iter().map(|placed| placed.statement).collect()
    }

    fn printed(figure: Option<Money>) -> Option<String> {
        figure.map(|figure| figure.to_string())
    }

    /// Items, amounts and units.
    fn brief(found: &[Statement]) -> Vec<(&str, String, &str)> {
        let printed = |statement: &Statement| printed(statement.amount).unwrap_or_default();
        found.iter().map(|found| (found.item.as_str(), printed(found), found.unit.as_str())).collect()
    }

    #[test]
    fn an_amount_with_change_and_reason() {
        let found = statements(
            "某局2023年财政拨款收支总预算2,881.90万元，比上年增加593.25万元，增长25.92%。主要是人员工资调整。",
        );
        assert_eq!(found.len(), 1);
        let s = &found[0];
        assert_eq!(brief(&found), [("财政拨款收支总预算", "2881.90".to_owned(), "万元")]);
        assert_eq!((s.change_direction, s.change_word.as_deref()), (Some(ChangeDirection::Increase), Some("增加")));
        assert_eq!([s.change_amount, s.change_pct].map(printed), [Some("593.25".into()), Some("25.92".into())]);
        assert_eq!(s.reason.as_deref(), Some("人员工资调整"));
    }

    #[test]
    fn digits_in_the_ordinal_are_no_amount() {
        assert_eq!(statements("3..3项经费").len(), 0);
        let found = statements("1.2023年收入预算100万元。");
        assert_eq!(found.iter().map(|found| printed(found.amount)).collect::<Vec<_>>(), [Some("100".to_owned())]);
        let found = statements("（1）2023年收入预算100万元。");
        assert_eq!(found.iter().map(|found| printed(found.amount)).collect::<Vec<_>>(), [Some("100".to_owned())]);
    }

    #[test]
    fn a_list_with_shares() {
        let found =
            statements("某局2023年收入预算100.00万元，其中：上年结转20.00万元，占20.00%；拨款收入80.00万元，占80%。");
        let shares: Vec<_> = found.iter().map(|s| (s.item.as_str(), printed(s.share_pct))).collect();
        assert_eq!(shares, [("收入预算", None), ("上年结转", Some("20.00".into())), ("拨款收入", Some("80".into()))]);
    }

    #[test]
    fn a_number_that_describes_an_item_is_no_statement() {
        let found = statements("某局共有车辆8辆。单价50万元以上通用设备1台（套）。");
        let expected = [("车辆", "8".to_owned(), "辆"), ("单价50万元以上通用设备", "1".to_owned(), "台（套）")];
        assert_eq!(brief(&found), expected);
    }

    #[test]
    fn an_item_may_stand_before_a_colon() {
        let found = statements("1.住房公积金(项):支出1,073.77万元，降幅9.1%。主要用于缴存。主要原因是人员减少。");
        assert_eq!((found.len(), found[0].item.as_str()), (1, "住房公积金(项)"));
        assert_eq!(printed(found[0].change_pct).as_deref(), Some("9.1"));
        assert_eq!(found[0].change_direction, Some(ChangeDirection::Decrease));
        assert_eq!(found[0].reason.as_deref(), Some("人员减少"));
    }

    #[test]
    fn paths_may_have_their_digits_or_dashes() {
        let found = statements("6、公共安全支出（204类）司法（06款）其他司法支出（99项）3845.49万元。主要用于业务。");
        assert_eq!(found[0].item, "其他司法支出");
        let found = statements("1.“卫生健康支出-行政事业单位医疗-行政单位医疗”科目78.29万元，主要用于缴费。");
        assert_eq!((found[0].item.as_str(), found[0].metric.as_deref()), ("行政单位医疗", None));
    }

    #[test]
    fn years_and_dates_are_no_statements() {
        assert_eq!(statements("截至2022年12月底，12345热线。").len(), 0);
    }
}
