//! Words → labels: which words are one label's.
//!
//! Of all ways to divide the words the cheapest is taken: few labels, known ones, and no known label within another.

use super::pieces::Piece;
use crate::vocabulary::{Vocabulary, squeezed};

/// So many ways to divide a header's words are tried.
const DIVISIONS: usize = 12;

/// A label has at most this many words: one a letter.
const MAX_PIECES: usize = 24;

/// A label has at most this many characters.
const MAX_CHARACTERS: usize = 48;

/// So many characters of a known label are no part of an unknown one by chance.
pub(super) const DISTINCT: usize = 3;

/// What a label that is a year counts as.
const YEAR: &str = "年";

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

/// What the vocabulary knows of a label.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Knowledge {
    /// It has the label.
    Exact,
    /// It has the label's ending or beginning.
    Likely,
    /// Nothing.
    None,
}

/// A label of a header.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Label {
    /// As printed, without spaces.
    pub(super) text: String,
    /// In comparable form, without year, 其中 and unit.
    pub(super) core: String,
    /// What is known of it.
    pub(super) known: Knowledge,
    /// Whether it says 合计 or the like.
    pub(super) is_total: bool,
    /// Whether it says that it is a part of what stands before (其中：…).
    pub(super) is_part: bool,
    /// Whether it is of codes.
    pub(super) is_code: bool,
    /// Whether a column below it has amounts, as far as the label tells.
    pub(super) is_amount: bool,
    /// Whether it begins within a word: this dump has no space between some cells.
    pub(super) glued: bool,
    /// The line that it begins on.
    pub(super) line: usize,
    /// Its first word.
    pub(super) start: usize,
    /// The word after its last.
    pub(super) end: usize,
}

/// A division of words into labels.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Division {
    /// The labels in the order of the dump.
    pub(super) labels: Vec<Label>,
    /// What it costs.
    pub(super) cost: f32,
}

/// The cheapest division of the words before some place.
#[derive(Clone, Copy)]
struct Best {
    cost: f32,
    /// Where its last label begins.
    start: usize,
    /// Which of the divisions of the words before that it continues.
    rank: usize,
}

/// The cheapest ways to divide words into labels, cheapest first.
pub(super) fn divide(pieces: &[Piece], vocabulary: &Vocabulary) -> Vec<Division> {
    let known = Candidates::of(pieces, vocabulary);
    let mut best = vec![vec![Best { cost: 0.0, start: 0, rank: 0 }]];
    for end in 1..=pieces.len() {
        let mut choices = Vec::new();
        for start in end.saturating_sub(MAX_PIECES)..end {
            let Some(cost) = known.cost(pieces, start, end) else { continue };
            let before = best[start].iter().enumerate();
            choices.extend(before.map(|(rank, before)| Best { cost: before.cost + cost, start, rank }));
        }
        choices.sort_by(|a, b| a.cost.total_cmp(&b.cost));
        choices.truncate(DIVISIONS);
        best.push(choices);
    }
    let ranks = 0..best[pieces.len()].len();
    let division = |rank: usize| {
        let cost = best[pieces.len()][rank].cost;
        let mut labels = Vec::new();
        let (mut end, mut rank) = (pieces.len(), rank);
        while end > 0 {
            let last = best[end][rank];
            labels.push(label(pieces, last.start, end, known.known(last.start, end), vocabulary));
            (end, rank) = (last.start, last.rank);
        }
        labels.reverse();
        Division { labels, cost }
    };
    ranks.map(division).collect()
}

fn label(pieces: &[Piece], start: usize, end: usize, known: Knowledge, vocabulary: &Vocabulary) -> Label {
    let text: String = pieces[start..end].iter().map(|piece| piece.text.as_str()).collect();
    let plain = squeezed(&text);
    let core = core(&plain, vocabulary);
    let core = match before_brackets(&core) {
        Some(label) if !is_exact(&core, vocabulary) && is_exact(label, vocabulary) => label.to_owned(),
        _ => core,
    };
    let is_part = vocabulary.checks.of_which.strip_from(&plain).is_some();
    let words = &vocabulary.headers;
    let is_code = words.code.contain(&core) || words.code_endings.end(&core);
    let is_text = is_text(&core, vocabulary);
    let is_total = vocabulary.checks.sum_words.contain(&core);
    Label {
        text,
        known,
        is_total,
        is_part,
        is_code,
        is_amount: !is_text,
        core,
        line: pieces[start].line,
        glued: pieces[start].glued,
        start,
        end,
    }
}

fn is_text(core: &str, vocabulary: &Vocabulary) -> bool {
    let words = &vocabulary.headers;
    let lists = [&words.code, &words.name, &vocabulary.stream_headers.texts];
    let endings = [&words.code_endings, &words.text_endings];
    lists.iter().any(|labels| labels.contain(core)) || endings.iter().any(|labels| labels.end(core))
}

/// A label without what changes from year to year: 2023年, 其中, (万元).
pub(super) fn core(plain: &str, vocabulary: &Vocabulary) -> String {
    let mut core = plain;
    for opener in vocabulary.checks.of_which.iter() {
        core = core.strip_prefix(opener).map_or(core, |rest| rest.trim_start_matches(':'));
    }
    if vocabulary.unit_in(core).is_some() {
        core = core.rsplit_once('(').map_or(core, |(label, _)| label);
    }
    let digits = core.chars().take_while(char::is_ascii_digit).count();
    if is_year_alone(core) {
        return YEAR.to_owned();
    }
    if digits == 4
        && let Some(rest) = core[digits..].strip_prefix('年')
        && !rest.starts_with(|c: char| c.is_ascii_digit())
    {
        core = rest;
    }
    core.to_owned()
}

/// What is known of each run of words.
struct Candidates<'a> {
    /// By the first word, then by the number of words less one.
    of: Vec<Vec<Knowledge>>,
    /// Words that end labels of codes and texts.
    endings: Vec<&'a str>,
    vocabulary: &'a Vocabulary,
}

impl<'a> Candidates<'a> {
    fn of(pieces: &[Piece], vocabulary: &'a Vocabulary) -> Self {
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

    fn known(&self, start: usize, end: usize) -> Knowledge {
        self.of[start][end - start - 1]
    }

    /// What it costs to take the words for one label; `None` where they are several.
    fn cost(&self, pieces: &[Piece], start: usize, end: usize) -> Option<f32> {
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

/// Whether the vocabulary has a label.
pub(super) fn is_exact(core: &str, vocabulary: &Vocabulary) -> bool {
    let stream = &vocabulary.stream_headers;
    let words = [&vocabulary.headers.totals, &vocabulary.performance.form_labels];
    let lists = [&stream.labels, &stream.texts, &stream.groups].into_iter().chain(words);
    vocabulary.is_exact_header_word(core)
        || lists.into_iter().any(|list| list.contain(core))
        || stream.spans.iter().any(|span| span.parents.contain(core) || span.children.contain(core))
}

/// Whether a text of some length is the beginning of a label that the vocabulary has.
pub(super) fn begins_label(plain: &str, vocabulary: &Vocabulary) -> bool {
    let mut children = vocabulary.stream_headers.spans.iter().flat_map(|span| span.children.iter());
    plain.chars().count() >= DISTINCT
        && (vocabulary.begins_header_word(plain) || children.any(|label| label.starts_with(plain)))
}

fn knowledge(plain: &str, vocabulary: &Vocabulary) -> Knowledge {
    let core = core(plain, vocabulary);
    let headers = &vocabulary.headers;
    let stream = &vocabulary.stream_headers;
    if is_exact(&core, vocabulary) {
        return Knowledge::Exact;
    }
    // What stands in brackets after a label says more of it: 支出项目类别（资金使用单位）.
    if before_brackets(&core).is_some_and(|label| is_exact(label, vocabulary)) {
        return Knowledge::Likely;
    }
    let has_opener = vocabulary.checks.of_which.strip_from(plain).is_some();
    let ends_known = vocabulary.measure(&core).is_some()
        || headers.code_endings.end(&core)
        || headers.text_endings.end(&core)
        || stream.spans.iter().any(|span| span.parents.end_distinctly(&core) || span.children.end_distinctly(&core));
    if has_opener || ends_known { Knowledge::Likely } else { Knowledge::None }
}

/// What stands before the brackets that a label ends with.
fn before_brackets(core: &str) -> Option<&str> {
    let (label, inner) = core.strip_suffix(')')?.split_once('(')?;
    (!inner.contains(')')).then_some(label)
}

fn is_year_alone(core: &str) -> bool {
    core.strip_prefix("20").is_some_and(|rest| {
        let digits = rest.chars().take_while(char::is_ascii_digit).count();
        digits == 2 && matches!(&rest[digits..], "年" | "年度")
    })
}
