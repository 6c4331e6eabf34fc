//! One paragraph → its statements, number by number.

use super::grammar::{Grammar, Measured, Role};
use super::items::{self, Item, Items, Previous, clause_of, without_joints};
use super::numbers::{Number, numbers};
use crate::document::{ChangeDirection, Money, Statement, StatementPlace, rounded};
use crate::language::amount;
use crate::language::ordinals;
use crate::language::vocabulary::StatementWords;
use crate::language::years::year_in;
use crate::model::PlacedStatement;
use crate::parse::paragraphs::Paragraph;

/// What is kept of a statement besides itself while its paragraph is read.
pub(super) struct Context {
    /// How many brackets it stands in.
    depth: usize,
    /// The year that its clause names.
    year: Option<u16>,
    /// Where the words begin that say it, and where they end, in bytes.
    start: usize,
    pub(super) end: usize,
    /// Whether it only explains another one: it stands in a reason, or says what an amount is for.
    pub(super) explains: bool,
    /// Where its change was stated, in bytes.
    pub(super) changed_at: Option<usize>,
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
    pub(super) statements: Vec<PlacedStatement>,
    pub(super) contexts: Vec<Context>,
    /// The lists being read, the innermost last.
    lists: Vec<List>,
    /// The statements to which the last 分别为 gave their amounts.
    group: Vec<usize>,
    /// Whether a reason is being read, and whether what an amount is for.
    in_reason: bool,
    in_purpose: bool,
    /// Where the numbers of the paragraph begin.
    pub(super) starts: Vec<usize>,
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
                if !target.is_some_and(|target| self.qualify(target, reading.role, clause, amount, number)) {
                    self.push(before, Subject::OfTarget(target), reading.role, amount, number);
                }
            }
            Role::Reached => self.push(before, Subject::OfTarget(self.compared), reading.role, amount, number),
            Role::ChangeOf => {
                // 决算数比预算数增加5万元: of what the sentence is about.
                let is_generic = self.words.nameless_items.iter().any(|item| item == reading.subject.trim());
                let target = self.target(clause, number.unit, Role::Change).filter(|_| is_generic);
                let target = target.filter(|target| self.is_in_sentence(*target, number.start));
                if !target.is_some_and(|target| self.qualify(target, Role::Change, clause, amount, number)) {
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
                    self.qualify(group[index], role, change, amount, number);
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
    fn qualify(&mut self, target: usize, role: Role, clause: &str, amount: Money, number: &Number<'_>) -> bool {
        let change = self.change(clause);
        let statement = &mut self.statements[target].statement;
        let role = match role {
            Role::Bracketed if statement.change_amount.is_some() && statement.change_pct.is_none() => Role::Rate,
            Role::Bracketed => Role::Share,
            other => other,
        };
        let slot = match role {
            Role::Share if number.unit == "%" => &mut statement.share_pct,
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
        if matches!(role, Role::Change | Role::Rate) {
            self.contexts[target].changed_at.get_or_insert(number.start);
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
        let short = || {
            last([&words.short_increase, &[]], ChangeDirection::Increase)
                .or_else(|| last([&words.short_decrease, &[]], ChangeDirection::Decrease))
        };
        found.or_else(short).map(|(_, direction, word)| (direction, word))
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
        let explains = self.explains();
        if !explains && self.begins_anew(before, &item) {
            self.lists.clear();
        }
        let list = self.lists.last().filter(|list| !explains && self.counts_alike(list, unit));
        let list = list.map(|list| list.item.clone());
        if let Some(open) = self.lists.last_mut().filter(|_| list.is_some() && !is_change) {
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
        let changed_at = is_change.then_some(number.start);
        self.contexts.push(Context { depth, year, start, end: number.end, explains, changed_at });
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

    /// Whether a clause after the members of a list is none of them: it speaks of what the list divides, or it names the
    /// year and who speaks (…；2024年本部门预算支出).
    fn begins_anew(&self, before: &str, item: &str) -> bool {
        let Some(list) = self.lists.last().filter(|list| list.owner.is_some() && list.depth == self.depth) else {
            return false;
        };
        let clause = without_joints(clause_of(before, self.words));
        let dated = items::without_leading_year(clause);
        let speaks = self.words.owners.iter().any(|owner| dated.starts_with(owner.as_str()));
        list.item == item || list.members > 0 && dated.len() < clause.len() && speaks
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
        if self.explains() {
            return;
        }
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
            // After the end of a list, 其中 is said of what the list divides.
            let divided = self.compared.filter(|_| before.contains('。')).filter(owns);
            let owner = divided.or_else(|| (0..self.statements.len()).rev().find(owns));
            if let Some(owner) = owner {
                self.open(Some(owner), self.statements[owner].statement.item.clone());
            }
        }
    }

    fn open(&mut self, owner: Option<usize>, item: String) {
        self.lists.push(List { depth: self.depth, owner, item, members: 0, is_parted: false });
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
