//! The header of a table in a dump that has no columns: which labels it has, and which of them span others.
//!
//! Such a dump prints a header row by row, each cell's lines one after another, so that the labels are the levels of a
//! forest from the top down. Where a label ends and what it spans is told by the words ([`labels`], [`spans`]).

mod candidates;
mod labels;
mod pieces;
mod spans;
mod spans_first;

use super::text::TextLine;
use crate::language::vocabulary::Vocabulary;

use labels::{Knowledge, Label};
use pieces::Piece;
use spans::Forest;

/// A header has at most this many labels: more than the widest seen, which has 50.
const MAX_LABELS: usize = 80;

/// Of divisions with many labels few are tried, as their forests take long to grow: so many labels in all.
const LABELS_TRIED: usize = 400;

/// How much more the division into labels counts than what they span.
const DIVISION_WEIGHT: f32 = 2.5;

/// Divisions that cost so much more than the cheapest are not tried.
const WORTH_TRYING: f32 = 2.0;

/// The name of the first row is at most this many labels.
const MOST_SPILLED: usize = 8;

/// Costs of taking a label for the name of the first row, or part of it: a known label, and an unknown one.
const DROPPED: f32 = 0.7;
const DROPPED_UNKNOWN: f32 = -0.1;

/// A label of a header, and those below it.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct HeaderNode {
    /// The label as printed, without spaces.
    pub(super) label: String,
    /// The labels that it spans, from left to right; none above a column.
    pub(super) children: Vec<HeaderNode>,
}

/// A header and its size.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct StreamHeader {
    /// The labels of the first row, from left to right.
    pub(super) roots: Vec<HeaderNode>,
    /// How many lines it takes. One where the body's first row stands after 类 款 项 is not counted.
    pub(super) lines: usize,
}

/// Reads the header that begins at the first of `lines`. `figures` is the largest number of figures that one row of
/// the body has: the header has at least so many columns of figures.
pub(super) fn read(lines: &[TextLine], figures: usize, vocabulary: &Vocabulary) -> Option<StreamHeader> {
    let header = pieces::read(lines, vocabulary);
    let divisions = labels::divide(&header.pieces, vocabulary);
    let tries = LABELS_TRIED / divisions.first()?.labels.len().max(1);
    let cheapest = divisions.first().filter(|division| division.labels.len() <= MAX_LABELS)?.cost;
    let divisions =
        divisions.into_iter().take(tries.max(1)).take_while(|division| division.cost <= cheapest + WORTH_TRYING);
    let grown = divisions.map(|division| {
        let mut labels = division.labels;
        drop_total_row(&mut labels, &header.pieces);
        drop_shared_total(&mut labels);
        let forest = if header.may_have_spilled {
            without_first_row(&mut labels, &header.pieces, figures, vocabulary)
        } else {
            spans::grow(&labels, figures, vocabulary)
        };
        (DIVISION_WEIGHT * division.cost + forest.cost, labels, forest)
    });
    let (_, labels, forest) = grown.min_by(|a, b| a.0.total_cmp(&b.0))?;
    if labels.iter().all(|label| label.known == Knowledge::None) {
        return None;
    }
    let last = labels.last()?;
    let taken = header.pieces[last.end - 1].line + 1;
    Some(StreamHeader { roots: nodes(&forest, &labels), lines: taken.min(header.lines) })
}

/// The forest of a header whose last words may be the first row's name: they are where the header is better without.
fn without_first_row(labels: &mut Vec<Label>, pieces: &[Piece], figures: usize, vocabulary: &Vocabulary) -> Forest {
    let mut best = spans::grow(labels, figures, vocabulary);
    let (mut length, mut dropped) = (labels.len(), 0.0);
    for shorter in (labels.len().saturating_sub(MOST_SPILLED)..labels.len()).rev().take_while(|length| *length > 0) {
        dropped += if labels[shorter].known == Knowledge::None { DROPPED_UNKNOWN } else { DROPPED };
        if !pieces[labels[shorter].start].first_in_line {
            continue;
        }
        let mut forest = spans::grow(&labels[..shorter], figures, vocabulary);
        forest.cost += dropped;
        if forest.amounts >= figures.min(best.amounts) && forest.cost < best.cost {
            (best, length) = (forest, shorter);
        }
    }
    labels.truncate(length);
    best
}

/// Of 合计 twice in succession, the first is the name of the body's first row, which stands in the header's last.
fn drop_shared_total(labels: &mut Vec<Label>) {
    let is_shared = |pair: &[Label]| pair[0].is_total && pair[0].core == pair[1].core && pair[0].line == pair[1].line;
    if let Some(shared) = labels.windows(2).position(is_shared) {
        labels.remove(shared);
    }
}

/// 合计 alone below a header is the first row of the body, unless it is the only column of amounts.
fn drop_total_row(labels: &mut Vec<Label>, pieces: &[Piece]) {
    let [before @ .., last] = labels.as_slice() else { return };
    let alone = pieces[last.start].first_in_line && pieces[last.end - 1].last_in_line;
    if last.is_total && alone && before.iter().any(|label| label.is_amount && label.known != Knowledge::None) {
        labels.pop();
    }
}

fn nodes(forest: &Forest, labels: &[Label]) -> Vec<HeaderNode> {
    let node = |index: &usize| subtree(forest, labels, *index);
    forest.roots.iter().map(node).collect()
}

fn subtree(forest: &Forest, labels: &[Label], index: usize) -> HeaderNode {
    let children = forest.children[index].iter().map(|child| subtree(forest, labels, *child)).collect();
    HeaderNode { label: labels[index].text.clone(), children }
}

#[cfg(test)]
mod tests;
