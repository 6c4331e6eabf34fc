//! One paragraph → its statements, number by number.

use super::grammar::{Grammar, Measured, Role};
use super::items::{Item, Items, Previous, clause_of, without_joints};
use crate::document::{ChangeDirection, Money, Statement, StatementPlace, rounded};
use crate::language::amount::{self, half_width_digit};
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
    /// Where the words begin that say it, and where they end, in bytes.
    start: usize,
    end: usize,
    /// Whether it only explains another one: it stands in a reason, or says what an amount is for.
    explains: bool,
}

/// A list that is being read: 其中：….
struct List {
    /// The brackets that it stands in.
    depth: usize,
    /// The statement that it divides.
    owner: Option<usize>,
    /// What its members belong to.
    item: String,
    /// How many members were read, and whether semicolons part them.
    members: usize,
    is_parted: bool,
}

/// Reads a paragraph.
pub(super) struct ParagraphReader<'p> {
    pub(super) words: &'p StatementWords,
    pub(super) grammar: &'p Grammar<'p>,
    pub(super) items: Items<'p>,
    pub(super) paragraph: &'p Paragraph,
    pub(super) section: Option<&'p str>,
    pub(super) subsection: Option<String>,
    pub(super) money: &'p dyn Fn(&str) -> bool,
    statements: Vec<PlacedStatement>,
    contexts: Vec<Context>,
    /// The lists being read, the innermost last.
    lists: Vec<List>,
    /// The statements to which the last 分别为 gave their amounts.
    group: Vec<usize>,
    /// Whether a reason is being read, and whether what an amount is for.
    in_reason: bool,
    in_purpose: bool,
    /// Where the numbers of the paragraph begin.
    starts: Vec<usize>,
    /// The statement that a change or a share stated next is of.
    compared: Option<usize>,
    /// Brackets open before the number being read.
    depth: usize,
}

impl<'p> ParagraphReader<'p> {
    pub(super) fn new(
        words: &'p StatementWords,
        grammar: &'p Grammar<'p>,
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
            lists: Vec::new(),
            group: Vec::new(),
            in_reason: false,
            in_purpose: false,
            starts: Vec::new(),
            compared: None,
            depth: 0,
        }
    }

    /// The statements of the paragraph.
    pub(super) fn read(mut self) -> Vec<PlacedStatement> {
        let text = self.paragraph.text.as_str();
        let opening = ordinals::leading(text).map_or(0, |ordinal| text.len() - ordinal.rest.len());
        // Digits that begin in the ordinal of the paragraph (3..3项) are no number of anything.
        let numbers: Vec<Number<'_>> = numbers(text, self.words).filter(|number| number.start >= opening).collect();
        self.starts = numbers.iter().map(|number| number.start).collect();
        let (mut at, mut last_end) = (0, opening);
        while at < numbers.len() {
            self.enter(&text[last_end..numbers[at].start]);
            let taken = self.group(&numbers[at..], last_end).unwrap_or_else(|| {
                self.number(&text[last_end..numbers[at].start], &numbers[at]);
                1
            });
            at += taken;
            last_end = numbers[at - 1].end;
            if let Some(said) = self.compared.and_then(|index| self.contexts.get_mut(index)) {
                said.end = said.end.max(last_end);
            }
        }
        if !self.statements.is_empty() {
            self.unchanged(text);
            self.reasons(text);
            self.place(text);
        }
        self.statements
    }

    fn number(&mut self, before: &str, number: &Number<'_>) {
        self.items.enter_topic(before);
        let clause = self.items.without_fillers(clause_of(before, self.words));
        let clause = clause.as_str();
        let Some(amount) = amount::parse(number.digits) else { return };
        let amount = Money::from(amount.value);
        let reading = self.grammar.read(clause, self.measured(number.unit));
        match reading.role {
            Role::Points => {}
            Role::Share | Role::Bracketed | Role::Change | Role::Rate => {
                let target = self.target(clause, number.unit, reading.role);
                if !target.is_some_and(|target| self.qualify(target, reading.role, clause, amount, number.unit)) {
                    self.push(before, Subject::OfTarget(target), reading.role, amount, number);
                }
            }
            Role::Reached => self.push(before, Subject::OfTarget(self.compared), reading.role, amount, number),
            Role::ChangeOf => {
                // 决算数比预算数增加5万元: of what the sentence is about.
                let is_generic = self.words.nameless_items.iter().any(|item| item == reading.subject.trim());
                let target = self.target(clause, number.unit, Role::Change).filter(|_| is_generic);
                let target = target.filter(|target| self.is_in_sentence(*target, number.start));
                if !target.is_some_and(|target| self.qualify(target, Role::Change, clause, amount, number.unit)) {
                    self.push(before, Subject::Named(reading.subject), reading.role, amount, number);
                }
            }
            Role::ShareOf => self.push(before, Subject::Named(reading.subject), reading.role, amount, number),
            // What a rate of change is of may have been stated just before: 收入100万元，收入比上年增长5%.
            Role::ComparedWith | Role::Amount => {
                let compared = self.compared;
                self.push(before, Subject::Named(clause), reading.role, amount, number);
                if reading.role == Role::ComparedWith {
                    self.compared = compared;
                }
            }
        }
    }

    fn measured(&self, unit: &str) -> Measured {
        match unit {
            "%" => Measured::Percent,
            _ if self.words.points.iter().any(|word| word == unit) => Measured::Points,
            _ => Measured::Quantity,
        }
    }

    /// Whether a statement is of the sentence in which a byte of the text stands.
    fn is_in_sentence(&self, index: usize, at: usize) -> bool {
        let start = self.statements[index].start;
        !self.paragraph.text[start..at].contains('。')
    }

    /// Gives the first of some numbers, and those that follow it at once, to the items that a clause names in the same
    /// order: 收入和支出分别为3万元和2万元, 较上年分别增加1万元、减少2万元. How many there are; `None` where it names others.
    fn group(&mut self, numbers: &[Number<'_>], last_end: usize) -> Option<usize> {
        let text = self.paragraph.text.as_str();
        let before = &text[last_end..numbers[0].start];
        let word = self.words.respectively.iter().find(|word| before.contains(word.as_str()))?;
        let clause = self.items.without_fillers(clause_of(before, self.words));
        let (head, first) = clause.split_once(word.as_str())?;
        let between = |pair: &[Number<'_>]| self.items.joining(&text[pair[0].end..pair[1].start]);
        let words = numbers.windows(2).map_while(|pair| between(pair).filter(|_| pair[0].unit == pair[1].unit));
        let words: Vec<&str> = [first].into_iter().chain(words).collect();
        let names = self.items.names(head, words.len());
        let own = self.group.len() == words.len() && names.is_none();
        if words.len() < 2 || !own && names.is_none() {
            return None;
        }
        let amounts = numbers[..words.len()].iter().map(|number| amount::parse(number.digits));
        let amounts: Vec<Money> =
            amounts.map(|amount| amount.map(|amount| amount.value.into())).collect::<Option<_>>()?;
        let group = std::mem::take(&mut self.group);
        for (index, (number, amount)) in numbers.iter().zip(amounts).enumerate() {
            // 分别增加1万元、2万元: the word holds for all.
            let change = if words[index].is_empty() { first } else { words[index] };
            let role = match (self.grammar.read(change, self.measured(number.unit)).role, number.unit) {
                (Role::Change, _) => Role::Change,
                (Role::Rate, _) => Role::Rate,
                _ => Role::Amount,
            };
            match (&names, role) {
                (None, Role::Change | Role::Rate) => {
                    self.qualify(group[index], role, change, amount, number.unit);
                }
                (None, _) => self.push("", Subject::OfTarget(Some(group[index])), role, amount, number),
                (Some(names), role) => {
                    self.push(change, Subject::Named(&names[index]), role, amount, number);
                    self.group.extend(self.compared);
                }
            }
        }
        if self.group.is_empty() {
            self.group = group;
        }
        Some(words.len())
    }

    /// The statement that a share or a change is of: the last that does not stand in a bracket closed since, that counts
    /// money where the change does, that is not of the year that the change is against, and that is no reason.
    fn target(&self, clause: &str, unit: &str, role: Role) -> Option<usize> {
        let first = self.compared?;
        let is_change = matches!(role, Role::Change | Role::Rate);
        let against = year_in(clause).filter(|_| is_change);
        let is_money = (self.money)(unit);
        let fits = |index: &usize| {
            let (statement, context) = (&self.statements[*index].statement, &self.contexts[*index]);
            let is_rate = is_change && statement.unit == "%" && statement.amount.is_some();
            context.depth <= self.depth
                && (!is_money || (self.money)(&statement.unit))
                && (against.is_none() || context.year != against)
                && (!context.explains || self.explains())
                && !is_rate
        };
        let is_rate = |index: &usize| self.statements[*index].statement.unit == "%";
        (0..=first).rev().find(fits).or(Some(first).filter(|first| !is_change || !is_rate(first)))
    }

    fn explains(&self) -> bool {
        self.in_reason || self.in_purpose
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
        if slot.is_some() {
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
        let words = self.words;
        let last = |words: [&[String]; 2], direction| {
            let found =
                words.into_iter().flatten().filter_map(|word| Some((clause.rfind(word.as_str())?, word.clone())));
            found.max_by_key(|(at, word)| (*at + word.len(), word.len())).map(|(at, word)| (at, direction, word))
        };
        let increase = last([&words.increase, &words.more], ChangeDirection::Increase);
        let decrease = last([&words.decrease, &words.less], ChangeDirection::Decrease);
        let found = increase.into_iter().chain(decrease).max_by_key(|(at, ..)| *at);
        found.map(|(_, direction, word)| (direction, word))
    }

    fn push(&mut self, before: &str, subject: Subject<'_>, role: Role, amount: Money, number: &Number<'_>) {
        let text = self.paragraph.text.as_str();
        let last = self.statements.len().checked_sub(1).filter(|last| self.is_in_sentence(*last, number.start));
        let previous = last.map(|last| &self.statements[last].statement);
        let previous = previous.map(|last| Previous { item: &last.item, metric: last.metric.as_deref() });
        let item_of = |index: usize| self.statements[index].statement.item.as_str();
        let named = match (subject, role) {
            (Subject::Named(subject), Role::ComparedWith) => {
                self.items.compared_with(subject, self.compared.map(item_of))
            }
            (Subject::OfTarget(Some(target)), _) => {
                Item { item: item_of(target).to_owned(), inherited: true, ..Item::default() }
            }
            (Subject::OfTarget(None), _) => self.items.named(before, "", &text[number.end..], number.unit, previous),
            (Subject::Named(subject), _) => {
                self.items.named(before, subject, &text[number.end..], number.unit, previous)
            }
        };
        let Item { item, code, metric, path, inherited } = named;
        let clause = self.items.without_fillers(clause_of(before, self.words));
        let is_change = matches!(role, Role::ChangeOf | Role::Change | Role::Rate);
        let is_share = matches!(role, Role::ShareOf | Role::Share | Role::Bracketed);
        let change = self.change(&clause).filter(|_| is_change);
        let is_rate = number.unit == "%";
        let unit = self.words.unit_names.get(number.unit).map_or(number.unit, String::as_str);
        let list = self.lists.last().filter(|list| self.counts_alike(list, unit)).map(|list| list.item.clone());
        let explains = self.explains();
        if let Some(open) = self.lists.last_mut().filter(|_| list.is_some() && !explains && !is_change) {
            open.members += 1;
        }
        let statement = Statement {
            section: self.section.map(str::to_owned),
            subsection: self.subsection.clone(),
            item,
            code,
            metric: metric.or_else(|| list.clone()),
            amount: (!is_change && !is_share).then_some(amount),
            unit: unit.to_owned(),
            change_direction: change.as_ref().map(|(direction, _)| *direction),
            change_word: change.map(|(_, word)| word),
            change_amount: (is_change && !is_rate).then_some(amount),
            change_pct: (is_change && is_rate).then_some(amount),
            share_pct: is_share.then_some(amount),
            reason: None,
            page: self.paragraph.page_at(number.start),
            bbox: rounded(self.paragraph.bbox(number.start..number.end)),
            place: None,
        };
        self.compared = Some(self.statements.len());
        let start = number.start - without_joints(clause_of(before, self.words)).len();
        let (depth, year, explains) = (self.depth, year_in(&clause), self.explains());
        self.contexts.push(Context { depth, year, start, end: number.end, explains });
        self.statements.push(PlacedStatement {
            statement,
            section: 0,
            paragraph: 0,
            start: number.start,
            end: number.end,
            words: before.to_owned(),
            part_of: list,
            path,
            inherited,
        });
    }

    /// Whether what is counted in a unit can be a part of what a list divides.
    fn counts_alike(&self, list: &List, unit: &str) -> bool {
        let Some(owner) = list.owner.map(|owner| self.statements[owner].statement.unit.as_str()) else { return true };
        owner == unit || (self.money)(owner) && (self.money)(unit)
    }

    /// Says which characters of the paragraph make each statement.
    fn place(&mut self, text: &str) {
        let starts: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
        let character = |at: usize| starts.partition_point(|start| *start < at);
        for (placed, context) in self.statements.iter_mut().zip(&self.contexts) {
            let (start, end) = (character(context.start), character(context.end));
            placed.statement.place = Some(StatementPlace { section: 0, paragraph: 0, start, end });
        }
    }

    /// Notices brackets, ends of sentences, reasons, and where a list begins and ends.
    fn enter(&mut self, before: &str) {
        for (at, character) in before.char_indices() {
            let after = &before[at + character.len_utf8()..];
            match character {
                '（' | '(' => self.depth += 1,
                '）' | ')' => {
                    self.depth = self.depth.saturating_sub(1);
                    let depth = self.depth;
                    self.lists.retain(|list| list.depth <= depth);
                }
                // A full stop before a closing bracket ends no sentence but the bracket's; after any other, a bracket
                // that is still open was never closed.
                '。' if !after.starts_with(['）', ')']) => self.end_sentence(),
                '；' | ';' => self.end_part(after),
                '，' | ',' | '：' | ':' => self.in_purpose = false,
                _ if !self.grammar.may_open(character) => {}
                _ if self.words.opens_reason(&before[at..]).is_some() => self.in_reason = !self.statements.is_empty(),
                _ => self.in_purpose |= self.words.purposes.iter().any(|word| before[at..].starts_with(word.as_str())),
            }
        }
        self.open_list(before);
    }

    fn end_sentence(&mut self) {
        self.depth = 0;
        (self.in_reason, self.in_purpose) = (false, false);
        // After a list, 比上年增加 is said of what the list divides.
        self.compared = self.lists.first().and_then(|list| list.owner).or(self.compared);
        self.lists.clear();
    }

    /// After a semicolon a reason goes on only where it is numbered, and of two lists the inner one ends.
    fn end_part(&mut self, after: &str) {
        let is_numbered = || self.words.numbered_reasons.iter().any(|word| after.starts_with(word.as_str()));
        self.in_purpose = false;
        self.in_reason &= ordinals::leading(after).is_some() || is_numbered();
        let depth = self.depth;
        let (mut kept, count) = (Vec::new(), self.lists.len());
        for (index, mut list) in std::mem::take(&mut self.lists).into_iter().enumerate() {
            let is_inner = index > 0 && index + 1 == count;
            // Commas have parted its members: it ends here.
            let ends = list.owner.is_some() && list.depth == depth && !list.is_parted && (list.members > 1 || is_inner);
            list.is_parted |= list.depth == depth;
            if !ends {
                kept.push(list);
            }
        }
        self.lists = kept;
    }

    /// Opens the list that some words lead up to: 其中：, 其中，, 主要包括. A list that a semicolon ends has no numbers.
    fn open_list(&mut self, before: &str) {
        let tail = before.rsplit(['；', ';', '。']).next().unwrap_or(before);
        let named = self.words.lists.iter().find(|list| {
            let Some((opener, _)) = tail.rsplit_once(['：', ':']) else { return false };
            opener.trim_end().ends_with(list.opener.as_str())
        });
        let opens = |word: &&String| tail.rfind(word.as_str()).is_some_and(|at| is_clause_start(&tail[..at]));
        if let Some(list) = named {
            self.open(None, list.metric.clone());
        } else if self.words.list_openers.iter().any(|word| opens(&word)) {
            let owns = |index: &usize| !self.contexts[*index].explains && self.contexts[*index].depth <= self.depth;
            let owner = (0..self.statements.len()).rev().find(owns);
            if let Some(owner) = owner {
                self.open(Some(owner), self.statements[owner].statement.item.clone());
            }
        }
    }

    fn open(&mut self, owner: Option<usize>, item: String) {
        self.lists.push(List { depth: self.depth, owner, item, members: 0, is_parted: false });
    }

    /// 与上年持平 after a statement without a change: of the one that its clause names, else of the one before.
    fn unchanged(&mut self, text: &str) {
        for (at, word) in self.grammar.unchanged(text) {
            let after = self.statements.partition_point(|placed| placed.start < at);
            let recent = after.saturating_sub(MAX_EXPLAINED)..after;
            let clause = clause_of(&text[..at], self.words);
            // What stays as it was comes first: 决算数与预算数持平.
            let place = |index: &usize| place_of(clause, &self.statements[*index].statement.item).unwrap_or(usize::MAX);
            let named = recent.clone().filter(|index| place(index) < usize::MAX).min_by_key(place);
            let is_amount =
                |index: &usize| self.statements[*index].statement.unit != "%" && !self.contexts[*index].explains;
            let last = || {
                recent.clone().rev().find(is_amount).filter(|last| !self.is_left(&text[self.statements[*last].end..at]))
            };
            let Some(index) = named.or_else(last) else { continue };
            let is_of_all = self.words.of_all.iter().any(|word| clause.starts_with(word.as_str()));
            let part = text[..at].rfind(['。', '；', ';']).unwrap_or(0);
            let first = if is_of_all { self.statements.partition_point(|placed| placed.start < part) } else { index };
            for placed in &mut self.statements[first.min(index)..=index] {
                let statement = &mut placed.statement;
                if statement.change_direction.is_none() && statement.unit != "%" {
                    statement.change_direction = Some(ChangeDirection::None);
                    statement.change_word = Some(word.to_owned());
                }
            }
        }
    }

    /// Whether the words after a statement have come to something else that has no number: 其中：因公出国（境）费未安排.
    fn is_left(&self, words: &str) -> bool {
        let mut others = self.words.list_openers.iter().chain(&self.words.absences);
        others.any(|word| words.contains(word.as_str()))
    }

    /// Reasons go to the changed statement that the words before them name, else to the one before.
    fn reasons(&mut self, text: &str) {
        if self.statements.iter().all(|placed| placed.statement.change_direction.is_none()) {
            return;
        }
        let mut start = 0;
        for sentence in text.split_inclusive('。') {
            let end = start + sentence.len();
            let mut from = 0;
            while let Some((at, length)) = self.words.next_reason(sentence, from) {
                let begins = at + length;
                let ends = self.reason_end(sentence, start, begins);
                let joints =
                    |reason: &&str| self.words.reason_joints.iter().find(|word| reason.starts_with(word.as_str()));
                let mut reason = sentence[begins..ends].trim_end_matches(['。', '；', ';', '，']);
                while let Some(joint) = joints(&reason) {
                    reason = &reason[joint.len()..];
                }
                let explained = self.explained(sentence, start, at).filter(|_| !reason.is_empty());
                if let Some(index) = explained {
                    self.statements[index].statement.reason.get_or_insert_with(|| reason.trim().to_owned());
                }
                from = if explained.is_some() { ends } else { begins };
            }
            start = end;
        }
    }

    /// Where a reason ends that begins at a byte of a sentence: with the sentence, where the sentence goes on to state
    /// another amount, or before the reason of another change.
    fn reason_end(&self, sentence: &str, start: usize, begins: usize) -> usize {
        let is_here = |at: &usize| (start + begins..start + sentence.len()).contains(at);
        let next = self.words.next_reason(sentence, begins).map(|(at, _)| at);
        let number = self.starts.iter().find(|at| is_here(at)).map(|at| at - start);
        let first = self.statements.partition_point(|placed| placed.start < start + begins);
        let ahead = (first..self.statements.len()).take_while(|index| is_here(&self.statements[*index].start));
        let states =
            |index: &usize| self.statements[*index].statement.amount.is_some() && !self.contexts[*index].explains;
        let stated = ahead.into_iter().find(states).map(|index| &self.statements[index]);
        let last_mark = |until: usize, marks: &[char]| {
            let found = sentence[begins..until].char_indices().rev().find(|(_, c)| marks.contains(c))?;
            let after = &sentence[begins + found.0 + found.1.len_utf8()..];
            let goes_on = ordinals::leading(after).is_some()
                || self.words.numbered_reasons.iter().any(|word| after.starts_with(word.as_str()));
            (!goes_on).then_some(begins + found.0)
        };
        let end = match (next, stated) {
            (next, Some(placed)) if next.is_none_or(|next| placed.start - start < next) => {
                last_mark(placed.start - start, &['；', ';'])
            }
            (Some(next), _) => last_mark(number.map_or(next, |at| at.min(next)), &['，', '；', ',', ';']),
            (None, _) => None,
        };
        // …；其中：… goes on with what was stated before the reason.
        let end = end.unwrap_or(sentence.len());
        let parts =
            sentence[begins..end].match_indices(['；', ';']).map(|(at, mark)| (begins + at, begins + at + mark.len()));
        let opens_list = |after: &str| self.words.list_openers.iter().any(|word| after.starts_with(word.as_str()));
        parts.into_iter().find(|(_, after)| opens_list(&sentence[*after..])).map_or(end, |(at, _)| at)
    }

    /// The changed statement that a reason explains whose word stands at a byte of a sentence.
    fn explained(&self, sentence: &str, start: usize, at: usize) -> Option<usize> {
        let before = self.statements.partition_point(|placed| placed.start < start + at);
        let is_changed = |index: &usize| {
            self.statements[*index].statement.change_direction.is_some() && !self.contexts[*index].explains
        };
        let mut changed = (before.saturating_sub(MAX_EXPLAINED)..before).filter(is_changed);
        // The words since the number before the reason, in its own part of the sentence.
        let since = self.contexts[..before].iter().map(|context| context.end).max().unwrap_or(0).max(start) - start;
        let named = sentence.get(since.min(at)..at).unwrap_or_default();
        let named = named.rsplit(['；', ';']).next().unwrap_or(named);
        let item = |index: &usize| self.statements[*index].statement.item.as_str();
        let by_name = changed.clone().filter(|index| place_of(named, item(index)).is_some());
        by_name.max_by_key(|index| item(index).len()).or_else(|| changed.next_back())
    }
}

/// What a number is about.
#[derive(Clone, Copy)]
enum Subject<'s> {
    /// What the words of its clause say.
    Named(&'s str),
    /// The same as another statement; what stands before it, where there is none.
    OfTarget(Option<usize>),
}

/// Whether a clause begins after some words.
fn is_clause_start(before: &str) -> bool {
    let before = before.trim_end();
    before.is_empty() || before.ends_with(|c: char| !c.is_alphanumeric())
}

/// Where words name an item, by its whole name or by its quoted part (“三公”经费).
fn place_of(words: &str, item: &str) -> Option<usize> {
    let quoted = item.find('“').map_or(item, |at| &item[at..]);
    words.find(quoted).filter(|_| !quoted.is_empty())
}

/// All numbers with a unit, without those that only describe an item (单价50万元以上), number something (第5项) or count
/// time (3个月).
fn numbers<'t>(text: &'t str, words: &'t StatementWords) -> impl Iterator<Item = Number<'t>> {
    words.units.quantities(text).filter_map(|Quantity { start, digits_end, end, unit, .. }| {
        let unit = unit?;
        let (before, after) = (&text[..start], &text[end..]);
        let follows = |words: &[String]| words.iter().any(|word| after.starts_with(word.as_str()));
        let counts = words.counters.iter().any(|word| word == unit);
        let is_other = follows(&words.thresholds)
            || counts && follows(&words.times)
            || words.ordinal_marks.iter().any(|word| before.ends_with(word.as_str()));
        // （01项） is a level of a code with its digits.
        let is_level = words.levels.iter().any(|level| level.trim_matches(['（', '）']) == unit)
            && before.ends_with(['（', '('])
            && after.starts_with(['）', ')']);
        // 万 stands for 万元 where nothing is counted after it: 50万人.
        let is_short = words.unit_names.contains_key(unit) && after.starts_with(char::is_alphanumeric);
        let start = start - sign_before(before);
        (!is_other && !is_level && !is_short).then(|| Number { start, end, digits: &text[start..digits_end], unit })
    })
}

/// The bytes of the minus sign that a text ends with; after a number it is the mark of a range.
fn sign_before(text: &str) -> usize {
    let Some(rest) = text.strip_suffix(['-', '－', '−']) else { return 0 };
    let is_sign =
        rest.ends_with(|c: char| !c.is_ascii_alphanumeric() && !c.is_whitespace() && half_width_digit(c) == c);
    if is_sign { text.len() - rest.len() } else { 0 }
}
