//! What can be told in the stream of words by itself: level words, targets, amounts. All else is text between them.

use std::ops::Range;

use super::header::Header;
use super::tokens::{Token, glued, is_number, joined, lines_of, width};
use crate::language::amount;
use crate::language::performance_roles::Role;
use crate::language::relations;
use crate::language::vocabulary::{Vocabulary, squeezed};

/// A level word is broken over at most this many words.
const MAX_LEVEL_PIECES: usize = 8;

/// A value in words has at most this many lines.
const MAX_VALUE_LINES: usize = 4;

/// Between an amount and its project's first level stand at most this many words.
const MAX_GOAL_WORDS: usize = 2000;

/// A unit on a line of its own is at most this wide, in ems.
const MAX_UNIT_WIDTH: f32 = 4.0;

/// A unit or a value has at most this many words.
const MAX_UNIT_WORDS: usize = 3;

/// A target, and the words of it.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Target {
    pub(super) relation: String,
    pub(super) value: String,
    pub(super) unit: String,
    pub(super) weight: String,
}

/// What stands between two texts.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Anchor {
    /// A level word: the first level, or the second.
    Level { first: bool, word: String },
    /// An amount.
    Amount(String),
    /// A target.
    Target(Target),
    /// The end of the table.
    End,
}

/// An anchor, and the words of the text before it.
#[derive(Clone, Debug)]
pub(super) struct Piece {
    /// Places of the words before the anchor.
    pub(super) text: Vec<usize>,
    /// The anchor.
    pub(super) anchor: Anchor,
    /// Place of the anchor's first word.
    pub(super) at: usize,
}

/// Finds anchors.
pub(super) struct Finder<'t> {
    tokens: &'t [Token],
    header: &'t Header,
    vocabulary: &'t Vocabulary,
    /// Width of the lines of the column of values, in ems.
    value_width: f32,
    /// Words that complete a level word which a page break has cut.
    taken: Vec<bool>,
}

impl<'t> Finder<'t> {
    pub(super) fn new(tokens: &'t [Token], header: &'t Header, vocabulary: &'t Vocabulary) -> Self {
        let mut finder = Self { tokens, header, vocabulary, value_width: 0.0, taken: vec![false; tokens.len()] };
        finder.value_width = finder.measured_value_width();
        finder
    }

    /// The widest line directly below a lone 定性: it is a value's.
    fn measured_value_width(&self) -> f32 {
        let alone = |index: &usize| {
            let token = &self.tokens[*index];
            token.first && token.last && self.is_relation_word(&token.text)
        };
        let below = (0..self.tokens.len()).filter(alone).filter_map(|index| self.line_at(index + 1));
        below.map(|line| width(&glued(&self.tokens[line]))).fold(0.0, f32::max)
    }

    fn is_relation_word(&self, text: &str) -> bool {
        self.header.has(Role::RELATION) && self.vocabulary.performance.relation_words.contain(&squeezed(text))
    }

    /// The words of the line that begins at a place.
    fn line_at(&self, start: usize) -> Option<Range<usize>> {
        self.tokens.get(start).filter(|token| token.first)?;
        lines_of(self.tokens, start..(start + 40).min(self.tokens.len())).into_iter().next()
    }

    /// The anchors with the texts between them, to the end of the table.
    pub(super) fn pieces(mut self) -> Vec<Piece> {
        let mut pieces: Vec<Piece> = Vec::new();
        let mut text = Vec::new();
        let mut at = self.header.end;
        while at < self.tokens.len() {
            if self.taken[at] {
                at += 1;
                continue;
            }
            if let Some(end) = self.repeated_header(at) {
                at = end;
                continue;
            }
            let follows_text = text.last().is_some_and(|last: &usize| self.tokens[*last].line == self.tokens[at].line);
            let previous = pieces.last().map(|piece| &piece.anchor);
            let level = if follows_text { None } else { self.level(at, previous, text.is_empty()) };
            let found = level.or_else(|| self.target(at)).or_else(|| self.amount(at, previous, &text));
            match found {
                Some((anchor, end)) => {
                    pieces.push(Piece { text: std::mem::take(&mut text), anchor, at });
                    at = end;
                }
                None => {
                    text.push(at);
                    at += 1;
                }
            }
        }
        pieces.push(Piece { text, anchor: Anchor::End, at: self.tokens.len().saturating_sub(1) });
        pieces
    }

    /// The end of the header's words, where they are printed again.
    fn repeated_header(&self, at: usize) -> Option<usize> {
        let header = &self.tokens[self.header.start..self.header.end];
        let here = self.tokens.get(at..at + header.len())?;
        let same = here.iter().zip(header).all(|(here, there)| here.text == there.text);
        (same && here[0].first).then_some(at + header.len())
    }

    // ------------------------------------------------------------------------------------------------ levels

    /// A level word that begins here, whole or cut by a page break.
    fn level(&mut self, at: usize, previous: Option<&Anchor>, follows: bool) -> Option<(Anchor, usize)> {
        let (one, two) = (self.header.has(Role::LEVEL1), self.header.has(Role::LEVEL2));
        if !(one || two) {
            return None;
        }
        let below_first = follows && matches!(previous, Some(Anchor::Level { first: true, .. }));
        let found = self.whole_level(at);
        let (word, end) = match found {
            Some(found) => found,
            None if two && below_first => self.cut_level(at)?,
            None => return None,
        };
        let is_first = one && !(two && below_first) && self.vocabulary.performance.level1_words.contain(&word);
        Some((Anchor::Level { first: is_first || !two, word }, end))
    }

    /// The longest level word whose pieces begin here; pieces on several lines are whole lines but for the last.
    fn whole_level(&self, at: usize) -> Option<(String, usize)> {
        let limit = MAX_LEVEL_PIECES.min(self.tokens.len() - at);
        let ends = (1..=limit).take_while(|pieces| *pieces == 1 || !self.taken[at + pieces - 1]);
        let words = ends.map(|pieces| (squeezed(&glued(&self.tokens[at..at + pieces])).into_owned(), at + pieces));
        words.filter(|(word, _)| self.vocabulary.performance.level_words.contain(word)).last()
    }

    /// The beginning of a level word whose rest opens the next page.
    fn cut_level(&mut self, at: usize) -> Option<(String, usize)> {
        let page = self.tokens[at].page;
        let next_page = (at..self.tokens.len()).find(|index| self.tokens[*index].page != page)?;
        for pieces in (1..=MAX_LEVEL_PIECES.min(next_page - at)).rev() {
            let end = at + pieces;
            if !self.tokens[end - 1].last {
                continue;
            }
            let begun = squeezed(&glued(&self.tokens[at..end])).into_owned();
            let rests = self.vocabulary.performance.level_words.iter().filter_map(|word| word.strip_prefix(&begun));
            let rests: Vec<String> = rests.filter(|rest| !rest.is_empty()).map(str::to_owned).collect();
            if begun.chars().count() < 2 || rests.is_empty() {
                continue;
            }
            if let Some((rest, place)) = self.rest_of_level(next_page, &rests) {
                self.taken[place].fill(true);
                return Some((format!("{begun}{rest}"), end));
            }
        }
        None
    }

    /// Whole lines at the top of a page, before its first anchor, that are one of some rests of level words.
    fn rest_of_level(&self, page_start: usize, rests: &[String]) -> Option<(String, Range<usize>)> {
        let page = self.tokens[page_start].page;
        for at in (page_start..self.tokens.len()).take_while(|index| self.tokens[*index].page == page) {
            if self.whole_level(at).is_some() || self.target(at).is_some() {
                return None;
            }
            for pieces in 1..=MAX_LEVEL_PIECES.min(self.tokens.len() - at) {
                let words = &self.tokens[at..at + pieces];
                let rest = squeezed(&glued(words)).into_owned();
                if words[0].first && words[pieces - 1].last && rests.contains(&rest) {
                    return Some((rest, at..at + pieces));
                }
            }
        }
        None
    }

    // ----------------------------------------------------------------------------------------------- targets

    /// A target that begins here.
    fn target(&self, at: usize) -> Option<(Anchor, usize)> {
        let token = &self.tokens[at];
        if !self.header.has(Role::VALUE) {
            return None;
        }
        if !self.header.has(Role::RELATION) {
            return self.target_in_one(at);
        }
        if self.is_relation_word(&token.text) {
            let (value, end) = self.value_in_words(at + 1);
            let target = Target { relation: token.text.clone(), value, ..Target::default() };
            return Some(self.with_weight(target, end));
        }
        let value = self.tokens.get(at + 1)?;
        if relations::whole(&token.text).is_none() || !value.text.starts_with(|c: char| c.is_ascii_digit()) {
            return None;
        }
        let (unit, end) = match self.header.has(Role::MEASURE_UNIT) {
            true => self.unit(at + 2),
            false => (String::new(), at + 2),
        };
        let target = Target { relation: token.text.clone(), value: value.text.clone(), unit, weight: String::new() };
        Some(self.with_weight(target, end))
    }

    /// A target in one cell (`>=2次`): to the weight, or to the end of the line.
    fn target_in_one(&self, at: usize) -> Option<(Anchor, usize)> {
        let text = &self.tokens[at].text;
        let (_, rest) = relations::leading(text)?;
        let bare = rest.is_empty();
        let digit = if bare { &self.tokens.get(at + 1)?.text } else { rest };
        if !digit.starts_with(|c: char| c.is_ascii_digit()) {
            return None;
        }
        let weighted = self.header.has(Role::WEIGHT);
        let from = at + if bare { 2 } else { 1 };
        let ends = |end: usize| match weighted {
            true => self.tokens.get(end).is_none_or(|next| is_number(&next.text)),
            false => self.tokens[end - 1].last,
        };
        let end = (from..=(from + MAX_UNIT_WORDS).min(self.tokens.len())).find(|end| ends(*end)).unwrap_or(from);
        let target = Target { value: glued(&self.tokens[at..end]), ..Target::default() };
        Some(self.with_weight(target, end))
    }

    /// A value in words: the rest of the line, or the lines below while they are full and not too wide.
    fn value_in_words(&self, start: usize) -> (String, usize) {
        let Some(token) = self.tokens.get(start) else { return (String::new(), start) };
        if !token.first {
            let end = (start..self.tokens.len()).find(|index| self.tokens[*index].last).map_or(start, |last| last + 1);
            let end = (start + 1..end).find(|index| is_number(&self.tokens[*index].text)).unwrap_or(end);
            return (joined(&self.tokens[start..end]), end);
        }
        let mut end = start;
        for _ in 0..MAX_VALUE_LINES {
            let Some(line) = self.line_at(end) else { break };
            let this = width(&glued(&self.tokens[line.clone()]));
            let is_anchor = self.whole_level(line.start).is_some() || is_number(&self.tokens[line.start].text);
            // A line before an amount or a target is the name of what has it; a page break ends the value.
            let names = self.tokens.get(line.end).is_some_and(|next| {
                (next.first && is_number(&next.text) && next.text.contains('.')) || self.is_target_sign(line.end)
            });
            let apart = self.tokens[line.start].page != self.tokens[start].page;
            if this > self.value_width || (end > start && (is_anchor || names || apart)) {
                break;
            }
            end = line.end;
            if this < self.value_width {
                break;
            }
        }
        (joined(&self.tokens[start..end]), end)
    }

    /// Whether a target's relation stands here.
    fn is_target_sign(&self, at: usize) -> bool {
        let text = &self.tokens[at].text;
        self.is_relation_word(text) || relations::whole(text).is_some()
    }

    /// The unit after a value: the words on its line, a known unit on the next, or where the target's cells stand on
    /// lines of their own, a short line; brackets are closed.
    fn unit(&self, start: usize) -> (String, usize) {
        let Some(token) = self.tokens.get(start) else { return (String::new(), start) };
        let known = self.vocabulary.statements.units.contain(&token.text) || token.text == "%";
        let apart = self.tokens[start - 1].first && self.tokens[start - 2].last;
        let short = width(&token.text) <= MAX_UNIT_WIDTH && self.whole_level(start).is_none();
        if token.first && !(token.last && (known || (apart && short && !self.opens_name(start)))) {
            return (String::new(), start);
        }
        let mut end = start;
        while end < self.tokens.len() && end < start + MAX_UNIT_WORDS {
            let unit = glued(&self.tokens[start..end]);
            let open = unit.matches(['(', '（']).count() > unit.matches([')', '）']).count();
            let next = &self.tokens[end];
            if end > start && !open && (next.first || is_number(&next.text)) {
                break;
            }
            end += 1;
        }
        (glued(&self.tokens[start..end]), end)
    }

    /// Whether a line begins a text that goes on below it: another text follows before anything can be told.
    fn opens_name(&self, at: usize) -> bool {
        let goes_on = |next: usize| self.tokens[next].page == self.tokens[at].page && self.target(next).is_some();
        self.tokens.get(at + 1).is_none() || goes_on(at + 1)
    }

    /// The weight after a target, and the rest of a line that belongs to columns after it.
    fn with_weight(&self, mut target: Target, mut end: usize) -> (Anchor, usize) {
        if self.header.has(Role::WEIGHT)
            && let Some(next) = self.tokens.get(end)
            && is_number(next.text.trim_end_matches('%'))
            && (!next.first || next.last)
        {
            target.weight = next.text.clone();
            end += 1;
        }
        if self.header.columns.last().is_some_and(|column| column.role.is_none()) {
            while self.tokens.get(end).is_some_and(|next| !next.first) {
                end += 1;
            }
        }
        (Anchor::Target(target), end)
    }

    // ----------------------------------------------------------------------------------------------- amounts

    /// An amount: a number that stands alone, or at the edge of a line with decimals, where a project may begin.
    fn amount(&self, at: usize, previous: Option<&Anchor>, text: &[usize]) -> Option<(Anchor, usize)> {
        let token = &self.tokens[at];
        let column = self.header.place(Role::AMOUNT)?;
        let alone = token.first && token.last;
        let exact = token.text.contains('.');
        let at_edge = token.first || token.last || text.last().is_some_and(|last| *last + 1 == at);
        let has_indicators = self.header.has(Role::INDICATOR);
        let beside_name = token.last && text.last().is_some_and(|name| *name + 1 == at && self.tokens[*name].first);
        let stands_out = alone || (exact && at_edge) || (!has_indicators && !token.first && beside_name);
        if !is_number(&token.text) || !stands_out {
            return None;
        }
        let may_begin = match previous {
            None | Some(Anchor::Target(_)) => true,
            Some(Anchor::Amount(_)) => !has_indicators && !text.is_empty(),
            _ => false,
        };
        let named = !text.is_empty() || self.header.place(Role::PROJECT).is_some_and(|project| project > column);
        if !may_begin || !named || !self.leads_to_level(at + 1) {
            return None;
        }
        amount::parse(&token.text).map(|amount| (Anchor::Amount(amount.text), at + 1))
    }

    /// Whether a level comes before the next target, where there are levels.
    fn leads_to_level(&self, start: usize) -> bool {
        let levels = self.header.has(Role::LEVEL1) || self.header.has(Role::LEVEL2);
        if !levels {
            return true;
        }
        let is_level = |at: usize| self.tokens[at].first && self.whole_level(at).is_some();
        (start..(start + MAX_GOAL_WORDS).min(self.tokens.len()))
            .find_map(|at| if is_level(at) { Some(true) } else { self.target(at).map(|_| false) })
            .unwrap_or(false)
    }
}
