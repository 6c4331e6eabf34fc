//! Prose → statements: every number the narrative states, with what it is about.
//!
//! [`grammar`] tells what a number is by the words of its clause; [`reader`] walks through a paragraph and hangs shares,
//! changes and reasons on their statements; [`items`] names what a number is about.

mod grammar;
mod items;
mod numbers;
mod reader;
mod reasons;
#[cfg(test)]
mod sentences;
#[cfg(test)]
mod written;

use super::code_paths::CodeIndex;
use super::narrative::PagedSection;
use crate::language::ordinals::{self, OrdinalStyle};
use crate::language::vocabulary::{StatementWords, Vocabulary};
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
            headings.pass(&paragraph.text, words);
            let items = Items::new(words, organisation, &codes, headings.title(), subject.clone());
            let (number, path) = (paged.section.number.as_deref(), headings.path());
            let reader = ParagraphReader::new(words, &grammar, items, paragraph, number, path, &money);
            for mut placed in reader.read() {
                (placed.section, placed.paragraph) = (section, index);
                if let Some(place) = &mut placed.statement.place {
                    (place.section, place.paragraph) = (section, index);
                }
                found.push(placed);
            }
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
    fn pass(&mut self, text: &str, words: &StatementWords) {
        let Some(ordinal) = ordinals::leading(text) else { return };
        let level = match ordinal.style {
            OrdinalStyle::ChineseBracketed => 0,
            OrdinalStyle::Arabic => 1,
            _ => return,
        };
        self.titles[level..].fill(None);
        self.titles[level] = items::heading_of(text, words);
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

    /// Item, amount, change and rate.
    type Change = (String, Option<String>, Option<String>, Option<String>);

    fn changes(text: &str) -> Vec<Change> {
        let found = statements(text).into_iter();
        found.map(|s| (s.item, printed(s.amount), printed(s.change_amount), printed(s.change_pct))).collect()
    }

    fn row(item: &str, figures: [&str; 3]) -> Change {
        let [amount, change, rate] = figures.map(|figure| (!figure.is_empty()).then(|| figure.to_owned()));
        (item.to_owned(), amount, change, rate)
    }

    #[test]
    fn a_change_hangs_on_what_stands_outside_its_brackets_and_counts_money() {
        let text = "公务用车费2万元（购置费0万元，比上年增加1万元；运行费2万元，比上年增加3万元。）比上年增加4万元。";
        let expected =
            [row("公务用车费", ["2", "4", ""]), row("购置费", ["0", "1", ""]), row("运行费", ["2", "3", ""])];
        assert_eq!(changes(text), expected);
        let expected = [row("公务用车运行费", ["2", "1", "50"]), row("保有公务用车", ["5", "", ""])];
        assert_eq!(changes("公务用车运行费2万元，保有公务用车5辆，比上年减少1万元（50%）。"), expected);
    }

    #[test]
    fn a_change_is_not_of_the_year_that_it_is_against() {
        let text = "2026年“三公”经费7万元，2025年“三公”经费9万元，和2025年相比预算减少2万元。";
        assert_eq!(changes(text), [row("“三公”经费", ["7", "2", ""]), row("“三公”经费", ["9", "", ""])]);
        let text = "收入预算7万元，比2025年年初预算数9万元减少2万元。";
        assert_eq!(changes(text), [row("收入预算", ["7", "2", ""]), row("收入预算", ["9", "", ""])]);
    }

    #[test]
    fn headings_and_the_words_before_name_what_a_clause_does_not() {
        assert_eq!(changes("（一）公务接待费。2024年预算数0.15万元。"), [row("公务接待费", ["0.15", "", ""])]);
        assert_eq!(changes("印刷费1万元，维修（护）费。2万元。")[1], row("维修（护）费", ["2", "", ""]));
        assert_eq!(changes("本部门共有2个预算单位开展编报。"), [row("预算单位", ["2", "", ""])]);
    }

    #[test]
    fn amounts_of_every_width_and_no_points() {
        let text = "收入１．３２亿元，同比下降3.2个百分点。支出1 322.76 万 元。接待费5万，参加者3万人。";
        let found = statements(text);
        let found: Vec<_> = found.iter().map(|s| (printed(s.amount).unwrap_or_default(), s.unit.as_str())).collect();
        assert_eq!(found, [("1.32".into(), "亿元"), ("1322.76".into(), "万元"), ("5".into(), "万元")]);
    }

    #[test]
    fn what_stays_as_it_was_comes_first() {
        let found = statements("年初预算5万元，支出决算5万元，决算数与预算数持平。会议费1万元，与上年一致。");
        let directions: Vec<_> = found.iter().map(|s| s.change_direction).collect();
        assert_eq!(directions, [None, Some(ChangeDirection::None), Some(ChangeDirection::None)]);
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
