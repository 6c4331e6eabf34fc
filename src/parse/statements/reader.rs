//! One paragraph → its statements, number by number.

use super::grammar::{Grammar, Measured, Role};
use super::items::{Item, Items, clause_of};
use crate::document::{ChangeDirection, Money, Statement, rounded};
use crate::language::amount;
use crate::language::ordinals;
use crate::language::quantities::Quantity;
use crate::language::vocabulary::StatementWords;
use crate::language::years::year_in;
use crate::model::PlacedStatement;
use crate::parse::paragraphs::Paragraph;

/// A reason is given to one of this many statements before it; the longest paragraphs have some fifty.
const MAX_EXPLAINED: usize = 500;

/// A number in a text.
#[derive(Clone, Copy, Debug)]
struct Number<'t> {
    start: usize,
    /// End of the number and its unit.
    end: usize,
    digits: &'t str,
    unit: &'t str,
}

/// What is kept of a statement besides itself while its paragraph is read.
struct Context {
    /// How many brackets it stands in.
    depth: usize,
    /// The year that its clause names.
    year: Option<u16>,
}

/// Reads a paragraph.
pub(super) struct ParagraphReader<'p> {
    pub(super) words: &'p StatementWords,
    pub(super) grammar: &'p Grammar,
    pub(super) items: Items<'p>,
    pub(super) paragraph: &'p Paragraph,
    pub(super) section: Option<&'p str>,
    pub(super) subsection: Option<String>,
    pub(super) money: &'p dyn Fn(&str) -> bool,
    statements: Vec<PlacedStatement>,
    contexts: Vec<Context>,
    /// What the members of the list being read belong to.
    list: Option<String>,
    /// The statement that the list being read divides.
    list_owner: Option<usize>,
    /// The statement that a change or a share stated next is of.
    compared: Option<usize>,
    /// Brackets open before the number being read.
    depth: usize,
}

impl<'p> ParagraphReader<'p> {
    pub(super) fn new(
        words: &'p StatementWords,
        grammar: &'p Grammar,
        items: Items<'p>,
        paragraph: &'p Paragraph,
        section: Option<&'p str>,
        subsection: Option<String>,
        money: &'p dyn Fn(&str) -> bool,
    ) -> Self {
        Self {
            words,
            grammar,
            items,
            paragraph,
            section,
            subsection,
            money,
            statements: Vec::new(),
            contexts: Vec::new(),
            list: None,
            list_owner: None,
            compared: None,
            depth: 0,
        }
    }

    /// The statements of the paragraph.
    pub(super) fn read(mut self) -> Vec<PlacedStatement> {
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
        self.statements
    }

    fn number(&mut self, before: &str, number: &Number<'_>) {
        self.enter(before);
        self.items.enter_topic(before);
        let clause = self.items.without_fillers(clause_of(before, self.words));
        let clause = clause.as_str();
        let Some(amount) = amount::parse(number.digits) else { return };
        let amount = Money::from(amount.value);
        let measured = if number.unit == "%" {
            Measured::Percent
        } else if self.words.points.iter().any(|word| word == number.unit) {
            Measured::Points
        } else {
            Measured::Quantity
        };
        let reading = self.grammar.read(clause, measured);
        match reading.role {
            Role::Points => {}
            Role::Share | Role::Bracketed | Role::Change | Role::Rate => {
                let target = self.target(clause, number.unit, reading.role);
                if !target.is_some_and(|target| self.qualify(target, reading.role, clause, amount, number.unit)) {
                    self.push(before, clause, reading.role, amount, number);
                }
            }
            // What a rate of change is of may have been stated just before: 收入100万元，收入比上年增长5%.
            Role::ChangeOf | Role::ComparedWith | Role::Amount => {
                let subject = if reading.role == Role::ChangeOf { reading.subject } else { clause };
                let compared = self.compared;
                self.push(before, subject, reading.role, amount, number);
                if reading.role == Role::ComparedWith {
                    self.compared = compared;
                }
            }
        }
    }

    /// The statement that a share or a change is of: the last that does not stand in a bracket closed since, that counts
    /// money where the change does, and that is not of the year that the change is against.
    fn target(&self, clause: &str, unit: &str, role: Role) -> Option<usize> {
        let first = self.compared?;
        let against = year_in(clause).filter(|_| matches!(role, Role::Change | Role::Rate));
        let is_money = (self.money)(unit);
        let fits = |index: &usize| {
            let (placed, context) = (&self.statements[*index], &self.contexts[*index]);
            context.depth <= self.depth
                && (!is_money || (self.money)(&placed.statement.unit))
                && (against.is_none() || context.year != against)
        };
        (0..=first).rev().find(fits).or(Some(first))
    }

    /// Writes a share or a change into its statement; false where the statement has one already.
    fn qualify(&mut self, target: usize, role: Role, clause: &str, amount: Money, unit: &str) -> bool {
        let change = self.change(clause);
        let statement = &mut self.statements[target].statement;
        let role = match role {
            Role::Bracketed if statement.change_amount.is_some() && statement.change_pct.is_none() => Role::Rate,
            Role::Bracketed => Role::Share,
            other => other,
        };
        let slot = match role {
            Role::Share if unit == "%" => &mut statement.share_pct,
            Role::Rate => &mut statement.change_pct,
            _ => &mut statement.change_amount,
        };
        if slot.is_some() && role != Role::Change {
            return false;
        }
        *slot = Some(amount);
        if let Some((direction, word)) = change
            && (role == Role::Change || role == Role::Rate && statement.change_direction.is_none())
        {
            statement.change_direction = Some(direction);
            statement.change_word = Some(word);
        }
        self.compared = Some(target);
        true
    }

    /// The change that a clause speaks of last.
    fn change(&self, clause: &str) -> Option<(ChangeDirection, String)> {
        let last = |words: &[String], direction| {
            let found = words.iter().filter_map(|word| Some((clause.rfind(word.as_str())?, word.clone())));
            found.max_by_key(|(at, word)| (*at, word.len())).map(|(at, word)| (at, direction, word))
        };
        let increase = last(&self.words.increase, ChangeDirection::Increase);
        let decrease = last(&self.words.decrease, ChangeDirection::Decrease);
        let found = increase.into_iter().chain(decrease).max_by_key(|(at, ..)| *at);
        found.map(|(_, direction, word)| (direction, word))
    }

    fn push(&mut self, before: &str, subject: &str, role: Role, amount: Money, number: &Number<'_>) {
        let text = self.paragraph.text.as_str();
        let same_sentence = |placed: &&PlacedStatement| !text[placed.start..number.start].contains('。');
        let previous = self.statements.iter().rfind(same_sentence).map(|placed| placed.statement.item.as_str());
        let compared = self.compared.map(|index| self.statements[index].statement.item.as_str());
        let named = match role {
            Role::ComparedWith => self.items.compared_with(subject, compared),
            _ => self.items.named(before, subject, &text[number.end..], number.unit, previous),
        };
        let Item { item, code, metric, path, inherited } = named;
        let clause = self.items.without_fillers(clause_of(before, self.words));
        let is_change = matches!(role, Role::ChangeOf | Role::Change | Role::Rate);
        let change = self.change(&clause).filter(|_| is_change);
        let is_rate = number.unit == "%";
        let unit = self.words.unit_names.get(number.unit).map_or(number.unit, String::as_str);
        let statement = Statement {
            section: self.section.map(str::to_owned),
            subsection: self.subsection.clone(),
            item,
            code,
            metric: metric.or_else(|| self.list.clone()),
            amount: (!is_change).then_some(amount),
            unit: unit.to_owned(),
            change_direction: change.as_ref().map(|(direction, _)| *direction),
            change_word: change.map(|(_, word)| word),
            change_amount: (is_change && !is_rate).then_some(amount),
            change_pct: (is_change && is_rate).then_some(amount),
            share_pct: None,
            reason: None,
            page: self.paragraph.page_at(number.start),
            bbox: rounded(self.paragraph.bbox(number.start..number.end)),
        };
        self.compared = Some(self.statements.len());
        self.contexts.push(Context { depth: self.depth, year: year_in(&clause) });
        self.statements.push(PlacedStatement {
            statement,
            section: 0,
            paragraph: 0,
            start: number.start,
            end: number.end,
            words: before.to_owned(),
            part_of: self.list.clone(),
            path,
            inherited,
        });
    }

    /// Notices brackets, ends of sentences, and where a list begins and ends.
    fn enter(&mut self, before: &str) {
        let mut ended = false;
        let mut rest = before.chars().peekable();
        while let Some(character) = rest.next() {
            match character {
                '（' | '(' => self.depth += 1,
                '）' | ')' => self.depth = self.depth.saturating_sub(1),
                // A full stop before a closing bracket ends no sentence but the bracket's; after any other, a bracket
                // that is still open was never closed.
                '。' if !matches!(rest.peek(), Some('）' | ')')) => (self.depth, ended) = (0, true),
                _ => {}
            }
        }
        if ended {
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

    /// 与上年持平 after a statement without a change: of the one that its clause names, else of the one before.
    fn unchanged(&mut self, text: &str) {
        for (at, word) in self.grammar.unchanged(text) {
            let after = self.statements.partition_point(|placed| placed.start < at);
            let clause = clause_of(&text[..at], self.words);
            // What stays as it was comes first: 决算数与预算数持平.
            let place = |index: &usize| place_of(clause, &self.statements[*index].statement.item).unwrap_or(usize::MAX);
            let named = (0..after).filter(|index| place(index) < usize::MAX).min_by_key(place);
            let Some(index) = named.or_else(|| after.checked_sub(1)) else { continue };
            let statement = &mut self.statements[index].statement;
            if statement.change_direction.is_none() {
                statement.change_direction = Some(ChangeDirection::None);
                statement.change_word = Some(word.to_owned());
            }
        }
    }

    /// A reason without the list that goes on with what was stated before it: …；其中：…
    fn without_list<'t>(&self, reason: &'t str) -> &'t str {
        let ends = reason.match_indices(['；', ';']).map(|(at, mark)| (at, &reason[at + mark.len()..]));
        let opens_list = |after: &str| self.words.list_openers.iter().any(|word| after.starts_with(word.as_str()));
        ends.into_iter().find(|(_, after)| opens_list(after)).map_or(reason, |(at, _)| &reason[..at])
    }

    /// Reasons go to the changed statement that their sentence names, else to the one before.
    fn reasons(&mut self, text: &str) {
        let mut start = 0;
        for sentence in text.split_inclusive('。') {
            let end = start + sentence.len();
            let reason = self.words.reasons.iter().find_map(|word| {
                let at = sentence.find(word.as_str())?;
                let is_list = self.words.no_reasons.iter().any(|other| sentence[at..].starts_with(other.as_str()));
                let reason = self.without_list(&sentence[at + word.len()..]).trim_end_matches(['。', '；']);
                (!is_list).then(|| (at, reason.trim_start_matches(['：', ':', '，']).trim().to_owned()))
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
                    .position(|placed| !own_sentence && place_of(named, &placed.statement.item).is_some())
                    .or_else(|| candidates.len().checked_sub(1));
                if let Some(placed) = index.map(|index| &mut candidates[index]) {
                    placed.statement.reason.get_or_insert(reason);
                }
            }
            start = end;
        }
    }
}

/// Where words name an item, by its whole name or by its quoted part (“三公”经费).
fn place_of(words: &str, item: &str) -> Option<usize> {
    let quoted = item.find('“').map_or(item, |at| &item[at..]);
    words.find(quoted).filter(|_| !quoted.is_empty())
}

/// All numbers with a unit, without those that only describe an item (单价50万元以上).
fn numbers<'t>(text: &'t str, words: &'t StatementWords) -> Vec<Number<'t>> {
    let with_unit = words.units.quantities(text).filter_map(|Quantity { start, end, digits, unit, .. }| {
        let unit = unit?;
        let after = &text[end..];
        let describes = words.thresholds.iter().any(|word| after.starts_with(word.as_str()));
        // （01项） is a level of a code with its digits.
        let is_level = words.levels.iter().any(|level| level.trim_matches(['（', '）']) == unit)
            && text[..start].ends_with(['（', '('])
            && after.starts_with(['）', ')']);
        // 万 stands for 万元 where nothing is counted after it: 50万人.
        let is_short = words.unit_names.contains_key(unit) && after.starts_with(char::is_alphanumeric);
        (!describes && !is_level && !is_short).then_some(Number { start, end, digits, unit })
    });
    with_unit.collect()
}
