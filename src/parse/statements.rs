//! Prose → statements: every number the narrative states, with what it is about.
//!
//! A number with a unit is the amount of a new statement, unless the words before it say that it is a change (比上年
//! 增加), a percentage of change (增长) or a share (占) of the statement before. What it is about are the words between
//! it and the number before, from the last comma on. Lists (主要包括：…) pass their subject on to their members.

use super::code_paths::{CodeIndex, split_path};
use super::narrative::PagedSection;
use super::paragraphs::Paragraph;
use crate::document::{ChangeDirection, Money, Statement, rounded};
use crate::language::PARTICLE;
use crate::language::amount;
use crate::language::ordinals::{self, OrdinalStyle};
use crate::language::quantities::Quantity;
use crate::language::vocabulary::{StatementWords, Vocabulary};
use crate::language::years::{self, Year};
use crate::model::{ParsedTable, PlacedStatement};

/// A reason is given to one of this many statements before it; the longest paragraphs have some fifty.
const MAX_EXPLAINED: usize = 500;

/// Words between two statements.
const CLAUSE_ENDS: [char; 8] = ['，', '；', '。', '：', ',', ';', ':', '！'];

/// Reads the statements of all sections. `organisation` is dropped from what a number is about.
pub(super) fn parse(
    sections: &[PagedSection],
    tables: &[ParsedTable],
    organisation: &[Option<&str>],
    vocabulary: &Vocabulary,
) -> Vec<PlacedStatement> {
    let codes = CodeIndex::new(tables, vocabulary);
    let mut found = Vec::new();
    for (section, paged) in sections.iter().enumerate() {
        let mut headings = Headings::default();
        for (index, paragraph) in paged.paragraphs.iter().enumerate() {
            headings.pass(&paragraph.text);
            let mut reader = ParagraphReader {
                words: &vocabulary.statements,
                organisation,
                codes: &codes,
                paragraph,
                section: paged.section.number.as_deref(),
                subsection: headings.path(),
                statements: Vec::new(),
                list: None,
                list_owner: None,
                compared: None,
                topic: None,
            };
            reader.read();
            found.extend(reader.statements.into_iter().map(|placed| PlacedStatement {
                section,
                paragraph: index,
                ..placed
            }));
        }
    }
    found
}

/// The headings below a section that a paragraph stands under.
#[derive(Default)]
struct Headings {
    bracketed: Option<String>,
    arabic: Option<String>,
}

impl Headings {
    fn pass(&mut self, text: &str) {
        let Some(ordinal) = ordinals::leading(text) else { return };
        match ordinal.style {
            OrdinalStyle::ChineseBracketed => {
                self.bracketed = Some(ordinal.number.to_owned());
                self.arabic = None;
            }
            OrdinalStyle::Arabic => self.arabic = Some(ordinal.number.to_owned()),
            _ => {}
        }
    }

    fn path(&self) -> Option<String> {
        let bracketed = self.bracketed.as_ref().map(|number| format!("（{number}）")).unwrap_or_default();
        let path = bracketed + self.arabic.as_deref().unwrap_or_default();
        (!path.is_empty()).then_some(path)
    }
}

/// A number in a text.
#[derive(Clone, Copy, Debug)]
struct Number<'t> {
    start: usize,
    /// End of the number and its unit.
    end: usize,
    digits: &'t str,
    unit: &'t str,
}

struct ParagraphReader<'p> {
    words: &'p StatementWords,
    organisation: &'p [Option<&'p str>],
    codes: &'p CodeIndex<'p>,
    paragraph: &'p Paragraph,
    section: Option<&'p str>,
    subsection: Option<String>,
    statements: Vec<PlacedStatement>,
    /// What the members of the list being read belong to.
    list: Option<String>,
    /// The statement that the list being read divides.
    list_owner: Option<usize>,
    /// The statement that a change or a share stated next is of.
    compared: Option<usize>,
    /// Code of the subject that the paragraph is about.
    topic: Option<String>,
}

impl ParagraphReader<'_> {
    fn read(&mut self) {
        let text = self.paragraph.text.as_str();
        let opening = ordinals::leading(text).map_or(0, |ordinal| text.len() - ordinal.rest.len());
        let mut last_end = opening;
        // Digits that begin in the ordinal of the paragraph (3..3项) are no number of anything.
        for number in numbers(text, self.words).into_iter().filter(|number| number.start >= opening) {
            self.number(&text[last_end..number.start], &number);
            last_end = number.end;
            if let Some(subject) = self.compared.and_then(|index| self.statements.get_mut(index)) {
                subject.end = subject.end.max(number.end);
            }
        }
        self.unchanged(text);
        self.reasons(text);
    }

    fn number(&mut self, before: &str, number: &Number<'_>) {
        self.enter_list(before);
        self.enter_topic(before);
        let clause = self.without_fillers(clause_of(before).trim_start_matches('、'));
        let Some(amount) = amount::parse(number.digits) else { return };
        let words = self.words;
        let increase = words.increase.iter().find(|word| clause.ends_with(word.as_str()));
        let decrease = words.decrease.iter().find(|word| clause.ends_with(word.as_str()));
        let change = match (increase, decrease) {
            (Some(word), _) => Some((ChangeDirection::Increase, word)),
            (_, Some(word)) => Some((ChangeDirection::Decrease, word)),
            _ => None,
        };
        let amount = Money::from(amount.value);
        if !self.qualifies(&clause, amount, number.unit, change) {
            self.push(before, &clause, amount, number, change);
        }
    }

    /// Whether a number only says more of the amount before it: its share, or its change. A percentage with a subject of
    /// its own (事业收入较上年增长7.6%) does not.
    fn qualifies(
        &mut self,
        clause: &str,
        amount: Money,
        unit: &str,
        change: Option<(ChangeDirection, &String)>,
    ) -> bool {
        let is_comparison = change.is_some() && self.is_comparison(clause);
        let is_share = self.words.share.iter().any(|word| clause.starts_with(word.as_str()));
        let Some(subject) = self.compared.and_then(|index| self.statements.get_mut(index)) else { return false };
        let statement = &mut subject.statement;
        let slot = match (unit, is_comparison) {
            ("%", _) if is_share && statement.share_pct.is_none() => &mut statement.share_pct,
            ("%", true) if statement.change_pct.is_none() => &mut statement.change_pct,
            ("%", _) | (_, false) => return false,
            (_, true) => &mut statement.change_amount,
        };
        *slot = Some(amount);
        if let Some((direction, word)) = change.filter(|_| is_comparison)
            && (unit != "%" || statement.change_direction.is_none())
        {
            statement.change_direction = Some(direction);
            statement.change_word = Some(word.clone());
        }
        true
    }

    fn push(
        &mut self,
        before: &str,
        clause: &str,
        amount: Money,
        number: &Number<'_>,
        change: Option<(ChangeDirection, &String)>,
    ) {
        let subject = self.without_organisation(clause);
        let (path, subject) = split_path(&subject, self.words);
        let (item, metric) = self.split_metric(&subject, path.item());
        let code = match path.item().is_none() && self.words.generic_items.contains(&item) {
            true => self.topic.clone(),
            false => self.codes.find(&path),
        };
        let statement = Statement {
            section: self.section.map(str::to_owned),
            subsection: self.subsection.clone(),
            item,
            code,
            metric: metric.or_else(|| self.list.clone()),
            amount: Some(amount),
            unit: number.unit.to_owned(),
            change_direction: change.map(|(direction, _)| direction),
            change_word: change.map(|(_, word)| word.clone()),
            change_amount: change.map(|_| amount),
            change_pct: None,
            share_pct: None,
            reason: None,
            page: self.paragraph.page_at(number.start),
            bbox: rounded(self.paragraph.bbox(number.start..number.end)),
        };
        let words = before.to_owned();
        let (start, end) = (number.start, number.end);
        self.compared = Some(self.statements.len());
        let (part_of, path) = (self.list.clone(), path.0);
        let placed = PlacedStatement { statement, section: 0, paragraph: 0, start, end, words, part_of, path };
        self.statements.push(placed);
    }

    /// Notices where a list begins and ends.
    fn enter_list(&mut self, before: &str) {
        if before.contains('。') {
            self.list = None;
            // After a list, 比上年增加 is said of what the list divides.
            self.compared = self.list_owner.take().or(self.compared);
        }
        let Some((opener, _)) = before.rsplit_once(['：', ':']) else { return };
        let ends = |word: &String| opener.trim_end().ends_with(word.as_str());
        if let Some(list) = self.words.lists.iter().find(|list| ends(&list.opener)) {
            self.list = Some(list.metric.clone());
        } else if self.words.list_openers.iter().any(ends) {
            self.list = self.statements.last().map(|placed| placed.statement.item.clone());
            self.list_owner = self.statements.len().checked_sub(1);
        }
    }

    /// Notices the subject that a sentence names by its path: what is stated next is of it.
    fn enter_topic(&mut self, before: &str) {
        for sentence in before.split('。') {
            let sentence = ordinals::leading(sentence).map_or(sentence, |ordinal| ordinal.rest);
            let (path, _) = split_path(sentence, self.words);
            if path.item().is_some() {
                self.topic = self.codes.find(&path);
            }
        }
    }

    fn without_fillers(&self, clause: &str) -> String {
        let mut clause = clause.trim();
        while let Some(rest) = self.words.fillers.iter().find_map(|word| clause.strip_suffix(word.as_str())) {
            clause = rest.trim_end();
        }
        clause.to_owned()
    }

    /// Whether nothing but words of comparison stands before 增加 or 减少: 比上年, 较上年预算 …
    fn is_comparison(&self, clause: &str) -> bool {
        let changes = self.words.increase.iter().chain(&self.words.decrease);
        let stem = changes.into_iter().find_map(|word| clause.strip_suffix(word.as_str())).unwrap_or(clause);
        stem.is_empty() || self.words.comparisons.iter().any(|word| stem.starts_with(word.as_str()))
    }

    /// What a number is about, without the organisation, the year and the words that lead up to it.
    fn without_organisation(&self, clause: &str) -> String {
        let mut subject = clause.to_owned();
        for name in self.organisation.iter().flatten() {
            subject = subject.replace(name, "");
        }
        for word in &self.words.fillers {
            subject = subject.strip_prefix(word.as_str()).unwrap_or(&subject).to_owned();
        }
        subject.trim().to_owned()
    }

    /// Separates the item from what is counted of it (`2023年预算数`).
    fn split_metric(&self, subject: &str, path_item: Option<&str>) -> (String, Option<String>) {
        if let Some(item) = path_item {
            return (item.to_owned(), (!subject.is_empty()).then(|| subject.to_owned()));
        }
        let subject = without_leading_year(subject);
        let found = self.words.metrics.iter().find_map(|word| {
            let item = subject.strip_suffix(word.as_str())?;
            Some((item, word.clone()))
        });
        match found {
            // 收入预算 is not a budget of 收入 but an item of its own.
            Some((item, metric)) if item.chars().count() <= 2 || self.words.whole_metrics.contains(&metric) => {
                (subject.to_owned(), Some(metric))
            }
            Some((item, metric)) => (item.trim_end_matches(PARTICLE).to_owned(), Some(metric)),
            None => (subject.to_owned(), None),
        }
    }

    /// 与上年持平 after a statement without a change.
    fn unchanged(&mut self, text: &str) {
        for word in &self.words.unchanged {
            for (at, _) in text.match_indices(word.as_str()) {
                // Statements stand in the order of their numbers.
                let after = self.statements.partition_point(|placed| placed.start < at);
                let before = after.checked_sub(1).map(|index| &mut self.statements[index]);
                if let Some(placed) = before.filter(|placed| placed.statement.change_direction.is_none()) {
                    placed.statement.change_direction = Some(ChangeDirection::None);
                    placed.statement.change_word = Some(word.clone());
                }
            }
        }
    }

    /// Reasons go to the changed statement that their sentence names, else to the one before.
    fn reasons(&mut self, text: &str) {
        let mut start = 0;
        for sentence in text.split_inclusive('。') {
            let end = start + sentence.len();
            let reason = self.words.reasons.iter().find_map(|word| {
                let at = sentence.find(word.as_str())?;
                let is_list = self.words.no_reasons.iter().any(|other| sentence[at..].starts_with(other.as_str()));
                (!is_list).then(|| (at, sentence[at + word.len()..].trim_end_matches('。').trim().to_owned()))
            });
            if let Some((at, reason)) = reason
                && !reason.is_empty()
            {
                let named = &sentence[..at];
                let changed = |placed: &&mut PlacedStatement| placed.statement.change_direction.is_some();
                let before = self.statements.partition_point(|placed| placed.start < start + at);
                let recent = &mut self.statements[before.saturating_sub(MAX_EXPLAINED)..before];
                let mut candidates: Vec<&mut PlacedStatement> = recent.iter_mut().filter(changed).collect();
                let own_sentence = candidates.iter().any(|placed| placed.start >= start);
                let index = candidates
                    .iter()
                    .position(|placed| !own_sentence && names(named, &placed.statement.item))
                    .or_else(|| candidates.len().checked_sub(1));
                if let Some(placed) = index.map(|index| &mut candidates[index]) {
                    placed.statement.reason.get_or_insert(reason);
                }
            }
            start = end;
        }
    }
}

/// The words that a number is about: those after the last comma, or where a colon leaves only 支出 or 收入 after it,
/// those before the colon as well (住房公积金（项）：支出…).
fn clause_of(before: &str) -> &str {
    let last = before.rsplit(CLAUSE_ENDS).next().unwrap_or(before);
    let Some(head) = before.strip_suffix(last).and_then(|head| head.strip_suffix(['：', ':'])) else { return last };
    let is_bare = (1..=2).contains(&last.trim().chars().count());
    if is_bare { head.rsplit(CLAUSE_ENDS).next().unwrap_or(last) } else { last }
}

/// Whether words name an item, by its whole name or by its quoted part (“三公”经费).
fn names(words: &str, item: &str) -> bool {
    let quoted = item.find('“').map_or(item, |at| &item[at..]);
    !quoted.is_empty() && words.contains(quoted)
}

fn without_leading_year(subject: &str) -> &str {
    years::leading(subject).filter(Year::is_named).map_or(subject, |year| &subject[year.end..])
}

/// All numbers with a unit, without those that only describe an item (单价50万元以上).
fn numbers<'t>(text: &'t str, words: &StatementWords) -> Vec<Number<'t>> {
    let with_unit = words.units.quantities(text).filter_map(|Quantity { start, end, digits, unit, .. }| {
        let unit = unit?;
        let after = &text[end..];
        let describes = words.thresholds.iter().any(|word| after.starts_with(word.as_str()));
        // （01项） is a level of a code with its digits.
        let is_level = words.levels.iter().any(|level| level.trim_matches(['（', '）']) == unit)
            && text[..start].ends_with(['（', '('])
            && after.starts_with(['）', ')']);
        (!describes && !is_level).then_some(Number { start, end, digits, unit })
    });
    with_unit.collect()
}

/// Statements for the tests of other stages.
#[cfg(any(test, fuzzing))]
pub(crate) mod testing {
    use super::*;
    use crate::document::{Narrative, PageNumber};

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
    use crate::document::PageNumber;
    use crate::document::Section;

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
