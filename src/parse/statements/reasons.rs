//! What a paragraph says of statements after they are made: that nothing changed, and why something did.

use super::items::clause_of;
use super::reader::ParagraphReader;
use crate::document::{ChangeDirection, Statement};
use crate::language::ordinals;
use crate::model::PlacedStatement;

/// A reason is given to one of this many statements before it; the longest paragraphs have some fifty.
const MAX_EXPLAINED: usize = 500;

impl ParagraphReader<'_> {
    /// 与上年持平 after a statement without a change: of the one that its clause names, else of the one before.
    pub(super) fn unchanged(&mut self, text: &str) {
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
            for context in &mut self.contexts[first.min(index)..=index] {
                context.changed_at.get_or_insert(at);
            }
        }
    }

    /// Whether the words after a statement have come to something else that has no number: 其中：因公出国（境）费未安排.
    fn is_left(&self, words: &str) -> bool {
        let mut others = self.words.list_openers.iter().chain(&self.words.absences);
        others.any(|word| words.contains(word.as_str()))
    }

    /// Reasons go to the changed statement that the words before them name, else to the one before.
    pub(super) fn reasons(&mut self, text: &str) {
        let may_have = |placed: &PlacedStatement| {
            placed.statement.change_direction.is_some() || self.tells_execution(&placed.statement)
        };
        if !self.statements.iter().any(may_have) {
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

    /// Whether a statement says how far a budget was carried out, or what was.
    fn tells_execution(&self, statement: &Statement) -> bool {
        let is_of = |metric: &String| {
            self.words.completed.iter().any(|word| metric.starts_with(word.as_str()))
                || self.words.executed.iter().any(|word| metric.contains(word.as_str()))
        };
        statement.metric.as_ref().is_some_and(is_of)
    }

    /// Whether words compare what was spent with what was budgeted: 决算数小于年初预算数的.
    fn compares_execution(&self, words: &str) -> bool {
        let known = self.words.more.iter().chain(&self.words.less);
        let Some((before, after)) = known.filter_map(|word| words.split_once(word.as_str())).next() else {
            return false;
        };
        let is_executed = |basis: &str| self.words.executed.iter().any(|word| basis.contains(word.as_str()));
        let mut bases = self.words.bases.iter().filter(|basis| self.words.metrics.contains(basis));
        let is_spent = bases.clone().any(|basis| is_executed(basis) && before.ends_with(basis.as_str()));
        is_spent && bases.any(|basis| !is_executed(basis) && after.contains(basis.as_str()))
    }

    /// The statement that a reason explains whose word stands at a byte of a sentence: one that was changed before it.
    fn explained(&self, sentence: &str, start: usize, at: usize) -> Option<usize> {
        let before = self.statements.partition_point(|placed| placed.start < start + at);
        let is_changed = |index: &usize| {
            self.contexts[*index].changed_at.is_some_and(|changed| changed < start + at)
                && self.statements[*index].statement.change_direction.is_some()
                && !self.contexts[*index].explains
        };
        let mut changed = (before.saturating_sub(MAX_EXPLAINED)..before).filter(is_changed);
        // The words since the number before the reason, in its own part of the sentence.
        let since = self.contexts[..before].iter().map(|context| context.end).max().unwrap_or(0).max(start) - start;
        let named = sentence.get(since.min(at)..at).unwrap_or_default();
        let named = named.rsplit(['；', ';']).next().unwrap_or(named);
        if self.compares_execution(named) {
            // It explains no change against another year.
            let recent = (before.saturating_sub(MAX_EXPLAINED)..before).rev();
            return recent.into_iter().find(|index| self.tells_execution(&self.statements[*index].statement));
        }
        let item = |index: &usize| self.statements[*index].statement.item.as_str();
        let by_name = changed.clone().filter(|index| place_of(named, item(index)).is_some());
        by_name.max_by_key(|index| item(index).len()).or_else(|| changed.next_back())
    }
}

/// Where words name an item, by its whole name or by its quoted part (“三公”经费).
fn place_of(words: &str, item: &str) -> Option<usize> {
    let quoted = item.find('“').map_or(item, |at| &item[at..]);
    words.find(quoted).filter(|_| !quoted.is_empty())
}
