//! What each run of words costs as one label.

use super::labels::{DISTINCT, Knowledge, MAX_PIECES, is_text, knowledge};
use super::pieces::Piece;
use crate::language::vocabulary::Vocabulary;

/// A label has at most this many characters.
const MAX_CHARACTERS: usize = 48;

/// Costs of a label by what is known of it.
const EXACT: f32 = 1.0;
const LIKELY: f32 = 1.5;
const UNKNOWN: f32 = 3.0;

/// Cost of a bracket without its other half.
const UNBALANCED: f32 = 4.0;

/// Cost of taking a known label for the end of one that begins in the lines before.
const SWALLOWED: f32 = 6.0;

/// Cost of taking the end of a known label for a label.
const SPLIT: f32 = 0.8;

/// Cost of a known label whose parts are known labels too, with a space between.
const UNITED: f32 = 1.2;

/// Cost of a label that begins within a word.
const GLUED: f32 = 1.2;

/// Costs of two labels in one word for one: of a total after another label, and of a text's label after another.
const MERGED_TOTAL: f32 = 2.0;
const MERGED_TEXT: f32 = 4.0;

/// Cost of an unknown label of a single letter.
const LETTER: f32 = 2.0;

/// Costs of a space within a label.
const SPACE_IN_EXACT: f32 = 0.1;
const SPACE_IN_LIKELY: f32 = 0.8;
const SPACE_IN_UNKNOWN: f32 = 4.0;

/// Cost of a space between single letters, which justified text has.
const SPACED_LETTERS: f32 = 0.3;

/// Costs of a line break within a label.
const BREAK_IN_LIKELY: f32 = 0.1;
const BREAK_IN_UNKNOWN: f32 = 0.4;

/// Cost of a line break within an unknown label after a line shorter than the next: a cell's line is full where it breaks.
const SHORT_LINE: f32 = 1.2;

/// What is known of each run of words.
pub(super) struct Candidates<'a> {
    /// By the first word, then by the number of words less one.
    of: Vec<Vec<Knowledge>>,
    /// Words that end labels of codes and texts.
    endings: Vec<&'a str>,
    vocabulary: &'a Vocabulary,
}

impl<'a> Candidates<'a> {
    /// Looks up every run of the words.
    pub(super) fn of(pieces: &[Piece], vocabulary: &'a Vocabulary) -> Self {
        let runs = |start: usize| {
            let mut plain = String::new();
            let run = pieces[start..].iter().take(MAX_PIECES);
            run.map(|piece| {
                plain.push_str(&piece.plain);
                knowledge(&plain, vocabulary)
            })
            .collect()
        };
        let endings = vocabulary.headers.code_endings.iter().chain(vocabulary.headers.text_endings.iter());
        Self { of: (0..pieces.len()).map(runs).collect(), endings: endings.collect(), vocabulary }
    }

    /// What is known of the words as one label.
    pub(super) fn known(&self, start: usize, end: usize) -> Knowledge {
        self.of[start][end - start - 1]
    }

    /// What it costs to take the words for one label; `None` where they are several.
    pub(super) fn cost(&self, pieces: &[Piece], start: usize, end: usize) -> Option<f32> {
        let run = &pieces[start..end];
        let known = self.known(start, end);
        if end - start > 1 && self.is_several(pieces, start, end) {
            return None;
        }
        let characters: usize = run.iter().map(|piece| piece.plain.chars().count()).sum();
        if characters > MAX_CHARACTERS && run.len() > 1 {
            return None;
        }
        let base = match known {
            Knowledge::Exact => EXACT,
            Knowledge::Likely => LIKELY,
            Knowledge::None => UNKNOWN,
        };
        let joints: f32 = run.windows(2).map(|pair| joint_cost(&pair[0], &pair[1], known)).sum();
        let unbalanced = if is_balanced(run) { 0.0 } else { UNBALANCED };
        let swallowed = if self.swallows(pieces, start, end) { SWALLOWED } else { 0.0 };
        let split = if self.is_rest(pieces, start, end) { SPLIT } else { 0.0 };
        let glued = if run[0].glued { GLUED } else { 0.0 };
        let letter = if known == Knowledge::None && characters == 1 { LETTER } else { 0.0 };
        let merged = if known == Knowledge::Likely { self.merged_cost(pieces, start, end) } else { 0.0 };
        let united = if known == Knowledge::Exact && self.unites(pieces, start, end) { UNITED } else { 0.0 };
        Some(base + joints + unbalanced + swallowed + split + glued + letter + united + merged)
    }

    /// Whether words are two complete labels or more: on one line even where they would be a known label together.
    fn is_several(&self, pieces: &[Piece], start: usize, end: usize) -> bool {
        let is_known = |start, end| self.known(start, end) != Knowledge::None;
        let parts = |middle: &usize| {
            let begins = !pieces[*middle].glued && !pieces[*middle].plain.starts_with('(');
            begins && is_known(start, *middle) && is_known(*middle, end)
        };
        let mut middles = (start + 1..end).filter(parts);
        if pieces[start + 1..end].iter().any(|piece| self.opens_part(piece)) {
            return true;
        }
        let several_words = pieces[start + 1..end].iter().any(|piece| !piece.glued);
        match self.known(start, end) {
            Knowledge::Exact => false,
            Knowledge::Likely => {
                let inner = |first: usize| {
                    let goes_on = self.known(first, end) != Knowledge::None;
                    !goes_on && (first + 1..end).any(|last| self.is_distinct(pieces, first, last))
                };
                let is_part = self.opens_part(&pieces[start]);
                (several_words && !is_part && (start + 1..end).any(inner))
                    || middles.any(|middle| is_balanced(&pieces[start..middle]) && !self.is_tail(pieces, middle, end))
            }
            Knowledge::None
                if (start..end)
                    .all(|piece| !pieces[piece].glued && self.known(piece, piece + 1) == Knowledge::Exact) =>
            {
                true
            }
            Knowledge::None => {
                several_words
                    && (start..end).any(|first| (first + 1..=end).any(|last| self.is_distinct(pieces, first, last)))
            }
        }
    }

    /// What it costs that a label known by its ending is two known labels without a space between, the second of texts or
    /// a total.
    fn merged_cost(&self, pieces: &[Piece], start: usize, end: usize) -> f32 {
        let is_exact = |start, end| self.known(start, end) == Knowledge::Exact;
        let middles = (start + 1..end).filter(|middle| pieces[*middle].glued);
        let merged = middles.filter(|middle| is_exact(start, *middle) && is_exact(*middle, end));
        let cost = merged.map(|middle| {
            let first: String = pieces[start..middle].iter().map(|piece| piece.plain.as_str()).collect();
            let stream = &self.vocabulary.stream_headers;
            let is_class = stream.texts.contain(&first) || stream.groups.contain(&first);
            let rest: String = pieces[middle..end].iter().map(|piece| piece.plain.as_str()).collect();
            match () {
                () if self.vocabulary.checks.sum_words.contain(&rest) => MERGED_TOTAL,
                () if is_text(&rest, self.vocabulary) && !is_class => MERGED_TEXT,
                () => 0.0,
            }
        });
        cost.fold(0.0, f32::max)
    }

    /// Whether a known label is two known labels with a space between.
    fn unites(&self, pieces: &[Piece], start: usize, end: usize) -> bool {
        let is_known = |start, end| self.known(start, end) != Knowledge::None;
        let is_space = |middle: usize| !pieces[middle].first_in_line && !pieces[middle].glued;
        let is_word = |middle: usize| middle > start + 1 || pieces[start].plain.chars().count() > 1;
        (start + 1..end)
            .any(|middle| is_space(middle) && is_word(middle) && is_known(start, middle) && is_known(middle, end))
    }

    /// Whether words begin with the end of a known label that begins before them.
    fn is_rest(&self, pieces: &[Piece], start: usize, end: usize) -> bool {
        let begin = end.saturating_sub(MAX_PIECES);
        let ends = |before: usize, last: usize| self.known(before, last) == Knowledge::Exact;
        let rests = |before: usize| (start + 1..=end.min(before + MAX_PIECES)).any(|last| ends(before, last));
        !pieces[start].glued && (begin..start).any(rests)
    }

    /// Whether a label known by its ending is, after an unknown beginning on lines of its own, a known label.
    fn swallows(&self, pieces: &[Piece], start: usize, end: usize) -> bool {
        let is_label = |middle: usize| {
            let characters: usize = pieces[middle..end].iter().map(|piece| piece.plain.chars().count()).sum();
            let known = self.known(middle, end) != Knowledge::None;
            let begins = pieces[middle].first_in_line && !pieces[middle].plain.starts_with('(');
            known && characters >= DISTINCT && begins && is_balanced(&pieces[start..middle])
        };
        self.known(start, end) == Knowledge::Likely && (start + 1..end).any(is_label)
    }

    /// Whether a label of a part begins here (其中：…).
    fn opens_part(&self, piece: &Piece) -> bool {
        self.vocabulary.checks.of_which.strip_from(&piece.plain).is_some()
    }

    /// Whether words are a known label that is long enough not to be part of an unknown one by chance.
    fn is_distinct(&self, pieces: &[Piece], start: usize, end: usize) -> bool {
        let characters: usize = pieces[start..end].iter().map(|piece| piece.plain.chars().count()).sum();
        characters >= DISTINCT && self.known(start, end) == Knowledge::Exact
    }

    /// Whether a word on a new line is the rest of a label (部门预算经济分类科目 / 编码), not one of two (编码 名称).
    fn is_tail(&self, pieces: &[Piece], middle: usize, end: usize) -> bool {
        let is_bare = |piece: &Piece| self.endings.contains(&piece.plain.as_str());
        let next_is_bare = pieces.get(end).is_some_and(is_bare);
        end == middle + 1 && pieces[middle].first_in_line && is_bare(&pieces[middle]) && !next_is_bare
    }
}

fn joint_cost(before: &Piece, after: &Piece, known: Knowledge) -> f32 {
    let (length, next) = (before.plain.chars().count(), after.plain.chars().count());
    if after.glued {
        0.0
    } else if after.first_in_line {
        match known {
            Knowledge::Exact => 0.0,
            Knowledge::Likely => BREAK_IN_LIKELY,
            Knowledge::None if length >= next => BREAK_IN_UNKNOWN,
            Knowledge::None => SHORT_LINE,
        }
    } else if length == 1 && next == 1 {
        SPACED_LETTERS
    } else {
        match known {
            Knowledge::Exact => SPACE_IN_EXACT,
            Knowledge::Likely => SPACE_IN_LIKELY,
            Knowledge::None => SPACE_IN_UNKNOWN,
        }
    }
}

fn is_balanced(run: &[Piece]) -> bool {
    let mut depth = 0_i32;
    for character in run.iter().flat_map(|piece| piece.plain.chars()) {
        depth += match character {
            '(' => 1,
            ')' => -1,
            _ => 0,
        };
        if depth < 0 {
            return false;
        }
    }
    depth == 0
}
