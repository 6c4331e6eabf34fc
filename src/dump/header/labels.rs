//! Words → labels: which words are one label's.
//!
//! Of all ways to divide the words the cheapest is taken: few labels, known ones, and no known label within another.

use super::candidates::Candidates;
use super::pieces::Piece;
use crate::language::vocabulary::{Vocabulary, squeezed};
use crate::language::years::{self, Year};

/// So many ways to divide a header's words are tried.
const DIVISIONS: usize = 12;

/// A label has at most this many words: one a letter.
pub(super) const MAX_PIECES: usize = 24;

/// So many characters of a known label are no part of an unknown one by chance.
pub(super) const DISTINCT: usize = 3;

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
        let begin = end.saturating_sub(MAX_PIECES);
        for (start, before) in best.iter().enumerate().skip(begin) {
            let Some(cost) = known.cost(pieces, start, end) else { continue };
            let before = before.iter().enumerate();
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
    let plain = squeezed(&text).into_owned();
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

/// Whether a label's columns have codes or other texts.
pub(super) fn is_text(core: &str, vocabulary: &Vocabulary) -> bool {
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
    let Some(year) = years::leading(core).filter(Year::is_named) else { return core.to_owned() };
    match &core[year.end..] {
        "" => years::YEAR.to_owned(),
        // 2023年12月 is a date.
        rest if rest.starts_with(|c: char| c.is_ascii_digit()) => core.to_owned(),
        rest => rest.to_owned(),
    }
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

/// What the vocabulary knows of words as one label.
pub(super) fn knowledge(plain: &str, vocabulary: &Vocabulary) -> Knowledge {
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
