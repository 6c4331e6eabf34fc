//! The header of a table without rulings: labels, which of them span others, and the columns they make.

use std::ops::Range;

use super::{Atom, LabelledColumn};
use crate::document::geometry::Rect;
use crate::language::amount;
use crate::language::vocabulary::Vocabulary;
use crate::model::{GridCell, Line};

/// Lines of one label follow each other within this many ems, baseline to baseline.
const LABEL_LEADING: f32 = 1.6;

/// A label above a header's first line belongs to it within this many ems.
const HEADER_LEADING: f32 = 3.0;

/// The middle of a label below a spanning one lies this far down from it to the lowest; the middle of a label that
/// takes the whole height lies half-way, or little more where the lower row is the taller.
const LOW_SHARE_OF_TWO: f32 = 0.75;

/// The same where spanning labels stand over one another: labels below may take two of three rows.
const LOW_SHARE_OF_MANY: f32 = 0.6;

/// What a column under no spanning label costs, in points of mismatch: more than any label is off its columns.
const LEFT_OVER: f32 = 1000.0;

/// At least this many labels side by side make a header.
const MIN_LABELS: usize = 2;

/// A label of the header.
#[derive(Clone, Debug)]
pub(super) struct Label {
    atoms: Vec<Atom>,
    pub(super) bbox: Rect,
    /// Squeezed text of all its lines.
    text: String,
}

/// A header: its labels in columns.
#[derive(Clone, Debug)]
pub(super) struct Header {
    /// The lowest labels, one a column, from left to right.
    pub(super) leaves: Vec<Label>,
    /// Labels that span columns, from the top.
    parents: Vec<(Label, Range<usize>)>,
    /// Box around all labels.
    pub(super) bbox: Rect,
    /// How many lines it takes.
    pub(super) lines: usize,
}

/// Reads a header that begins at the first of the lines.
pub(super) fn find(lines: &[Vec<Atom>], vocabulary: &Vocabulary) -> Option<Header> {
    let mut labels: Vec<Label> = Vec::new();
    let mut taken = 0;
    for atoms in lines {
        let Some(extended) = extend(&labels, atoms, vocabulary) else { break };
        labels = extended;
        taken += 1;
    }
    // A header has words that headers use, most of them whole.
    let known = labels.iter().filter(|label| vocabulary.is_header_word(&label.text)).count();
    if labels.len() < MIN_LABELS || known < MIN_LABELS || known * 2 < labels.len() {
        return None;
    }
    Header::of(labels, taken, &[])
}

/// A header of labels that were put together elsewhere.
pub(super) fn of_labels(labels: Vec<(String, Rect)>, leaves: &[String]) -> Option<Header> {
    let labels = labels.into_iter().map(|(text, bbox)| {
        let atom = Atom { glyphs: Vec::new(), bbox, baseline: bbox.y1, size: bbox.height(), text: text.clone() };
        Label { atoms: vec![atom], bbox, text }
    });
    Header::of(labels.collect(), 0, leaves)
}

/// The labels with one more line, or `None` where the line is no part of a header.
fn extend(labels: &[Label], atoms: &[Atom], vocabulary: &Vocabulary) -> Option<Vec<Label>> {
    if atoms.is_empty() || atoms.iter().any(|atom| amount::parse(&atom.text).is_some()) {
        return None;
    }
    let first = atoms.first()?;
    if let Some(bottom) = labels.iter().map(|label| label.bbox.y1).reduce(f32::max)
        && first.bbox.y0 - bottom > HEADER_LEADING * first.size
    {
        return None;
    }
    // 合计 alone below the labels is the first row.
    if let [only] = atoms
        && !labels.is_empty()
        && vocabulary.headers.totals.contain(&only.text)
    {
        return None;
    }
    let mut extended = labels.to_vec();
    let mut unknown = 0;
    for atom in atoms {
        let above = extended.iter_mut().find(|label| {
            label.overlaps(atom)
                && label.last_baseline() < atom.baseline
                && atom.baseline - label.last_baseline() <= LABEL_LEADING * atom.size
                && label.goes_on_with(&atom.text, vocabulary)
        });
        match above {
            Some(label) => label.push(atom),
            None => {
                let is_known = vocabulary.is_header_word(&atom.text) || vocabulary.begins_header_word(&atom.text);
                unknown += usize::from(!is_known);
                extended.push(Label { atoms: vec![atom.clone()], bbox: atom.bbox, text: atom.text.clone() });
            }
        }
    }
    (unknown * 2 <= atoms.len()).then_some(extended)
}

impl Label {
    fn push(&mut self, atom: &Atom) {
        self.bbox = self.bbox.union(&atom.bbox);
        self.text.push_str(&atom.text);
        self.atoms.push(atom.clone());
    }

    fn last_baseline(&self) -> f32 {
        self.atoms.last().map_or(f32::INFINITY, |atom| atom.baseline)
    }

    /// Whether the next line may belong to this label: the two are a known word or its beginning, or a piece that is no
    /// word makes one with the label.
    fn goes_on_with(&self, text: &str, vocabulary: &Vocabulary) -> bool {
        let joined = format!("{}{text}", self.text);
        vocabulary.is_exact_header_word(&joined)
            || (!vocabulary.is_header_word(&self.text) && vocabulary.begins_header_word(&joined))
            || (!vocabulary.is_header_word(text) && vocabulary.is_header_word(&joined))
    }

    /// Whether an atom lies above or below the label.
    pub(super) fn overlaps(&self, atom: &Atom) -> bool {
        self.bbox.x1.min(atom.bbox.x1) - self.bbox.x0.max(atom.bbox.x0) > 0.0
    }

    fn center(&self) -> (f32, f32) {
        self.bbox.center()
    }

    fn is_above(&self, other: &Label) -> bool {
        self.bbox.y1 <= other.bbox.y0 + 0.25 * self.atoms[0].size
    }

    /// A label spans others when one of them lies right below it, or its neighbours on both sides lie below it.
    fn is_parent(&self, labels: &[Label]) -> bool {
        let (x, _) = self.center();
        let others = || labels.iter().filter(|label| label.bbox != self.bbox && !label.is_above(self));
        let under = others().filter(|label| self.is_above(label));
        if under.clone().any(|label| label.bbox.x0 < self.bbox.x1 && label.bbox.x1 > self.bbox.x0) {
            return true;
        }
        let left = others().filter(|label| label.center().0 < x).max_by(|a, b| a.center().0.total_cmp(&b.center().0));
        let right = others().filter(|label| label.center().0 > x).min_by(|a, b| a.center().0.total_cmp(&b.center().0));
        matches!((left, right), (Some(left), Some(right)) if self.is_above(left) && self.is_above(right))
    }

    fn to_lines(&self) -> Vec<Line> {
        self.atoms.iter().map(|atom| Line { glyphs: atom.glyphs.clone(), bbox: atom.bbox }).collect()
    }
}

impl Header {
    fn of(labels: Vec<Label>, lines: usize, known_leaves: &[String]) -> Option<Header> {
        let bbox = Rect::around(labels.iter().map(|label| label.bbox))?;
        let (mut parents, mut leaves): (Vec<Label>, Vec<Label>) =
            labels.iter().cloned().partition(|label| !known_leaves.contains(&label.text) && label.is_parent(&labels));
        leaves.sort_by(|a, b| a.center().0.total_cmp(&b.center().0));
        parents.sort_by(|a, b| a.bbox.y0.total_cmp(&b.bbox.y0).then(a.bbox.x0.total_cmp(&b.bbox.x0)));
        if leaves.len() < MIN_LABELS {
            return None;
        }
        let spans = spans(&parents, &leaves);
        let parents = parents.into_iter().zip(spans).filter(|(_, span)| !span.is_empty()).collect();
        Some(Header { leaves, parents, bbox, lines })
    }

    /// How many labels stand over one another.
    pub(super) fn depth(&self) -> usize {
        (0..self.leaves.len()).map(|column| self.parents_of(column).count()).max().unwrap_or(0) + 1
    }

    fn parents_of(&self, column: usize) -> impl Iterator<Item = &(Label, Range<usize>)> {
        self.parents.iter().filter(move |(_, span)| span.contains(&column))
    }

    /// The column of right-aligned text that ends at `x`: the last whose label has its middle before it.
    pub(super) fn column_ending_at(&self, x: f32) -> usize {
        self.leaves.iter().rposition(|leaf| leaf.center().0 < x).unwrap_or(0)
    }

    /// The column of left-aligned text that begins at `x`: the first whose label has its middle after it.
    pub(super) fn column_beginning_at(&self, x: f32) -> usize {
        self.leaves.iter().position(|leaf| leaf.center().0 > x).unwrap_or(self.leaves.len() - 1)
    }

    /// The columns with their labels.
    pub(super) fn columns(&self) -> Vec<LabelledColumn> {
        let text = |label: &Label| label.text.clone();
        let column = |(index, leaf): (usize, &Label)| LabelledColumn {
            path: self.parents_of(index).map(|(parent, _)| text(parent)).chain([text(leaf)]).collect(),
            extent: (leaf.bbox.x0, leaf.bbox.x1),
        };
        self.leaves.iter().enumerate().map(column).collect()
    }

    /// The header as cells of a grid: parents over their columns, leaves down to the body.
    pub(super) fn cells(&self, xs: &[f32], ys: &[f32]) -> Vec<GridCell> {
        let depth = self.depth();
        let cell = |label: &Label, rows: Range<usize>, columns: Range<usize>| GridCell {
            bbox: Rect { x0: xs[columns.start], y0: ys[rows.start], x1: xs[columns.end], y1: ys[rows.end] },
            rows,
            columns,
            lines: label.to_lines(),
            placement: None,
        };
        let mut cells = Vec::new();
        for (parent, span) in &self.parents {
            let level = self.parents_of(span.start).take_while(|(other, _)| other.bbox != parent.bbox).count();
            cells.push(cell(parent, level..level + 1, span.clone()));
        }
        for (column, leaf) in self.leaves.iter().enumerate() {
            let level = self.parents_of(column).count();
            cells.push(cell(leaf, level..depth, column..column + 1));
        }
        cells.sort_by_key(|cell| (cell.rows.start, cell.columns.start));
        cells
    }
}

/// The columns below each spanning label.
fn spans(parents: &[Label], leaves: &[Label]) -> Vec<Range<usize>> {
    let mut spans = vec![0..0; parents.len()];
    let mut index = 0;
    while index < parents.len() {
        let (_, y) = parents[index].center();
        let same_height = |other: &&Label| (other.center().1 - y).abs() < 0.5 * parents[index].atoms[0].size;
        let peers = parents[index..].iter().take_while(same_height).count().max(1);
        let mut order: Vec<usize> = (index..index + peers).collect();
        order.sort_by(|a, b| parents[*a].center().0.total_cmp(&parents[*b].center().0));
        let columns = columns_below(&parents[index], parents, leaves);
        let middles: Vec<f32> = order.iter().map(|peer| parents[*peer].center().0).collect();
        for (peer, span) in order.into_iter().zip(share_out(&columns, &middles, leaves)) {
            spans[peer] = span;
        }
        index += peers;
    }
    spans
}

/// The leaves below a spanning label's line, without those beside it that take the header's whole height.
fn columns_below(parent: &Label, parents: &[Label], leaves: &[Label]) -> Vec<usize> {
    let (_, y) = parent.center();
    let below = || (0..leaves.len()).filter(|index| parent.is_above(&leaves[*index]));
    let lowest = below().map(|index| leaves[index].center().1).fold(y, f32::max);
    let has_levels_between = parents.iter().any(|other| parent.is_above(other) && other.center().1 < lowest);
    let share = if has_levels_between { LOW_SHARE_OF_MANY } else { LOW_SHARE_OF_TWO };
    below().filter(|index| leaves[*index].center().1 >= y + share * (lowest - y)).collect()
}

/// Shares columns out among spanning labels of one height, given by their middles from the left, so that each is
/// centred on its own as well as possible.
fn share_out(columns: &[usize], middles: &[f32], leaves: &[Label]) -> Vec<Range<usize>> {
    let mismatch = |from: usize, to: usize, middle: f32| {
        let (first, last) = (&leaves[columns[from]], &leaves[columns[to - 1]]);
        let contiguous = columns[to - 1] - columns[from] == to - 1 - from;
        let off = ((first.bbox.x0 + last.bbox.x1) / 2.0 - middle).abs();
        if contiguous { off } else { f32::INFINITY }
    };
    // cost[label][end]: the least mismatch of the first labels over the first columns; columns between may be left.
    let (labels, count) = (middles.len(), columns.len());
    let mut cost = vec![vec![f32::INFINITY; count + 1]; labels + 1];
    let mut best: Vec<Vec<Range<usize>>> = vec![vec![0..0; count + 1]; labels + 1];
    cost[0] = (0..=count).map(|left_over| left_over as f32 * LEFT_OVER).collect();
    for label in 1..=labels {
        for end in 1..=count {
            for to in 1..=end {
                for from in 0..to {
                    let left_over = (end - to) as f32 * LEFT_OVER;
                    let total = cost[label - 1][from] + mismatch(from, to, middles[label - 1]) + left_over;
                    if total < cost[label][end] {
                        (cost[label][end], best[label][end]) = (total, from..to);
                    }
                }
            }
        }
    }
    let mut spans = vec![0..0; labels];
    let mut end = count;
    for label in (1..=labels).rev() {
        let span = best[label][end].clone();
        if span.is_empty() {
            break;
        }
        end = span.start;
        spans[label - 1] = columns[span.start]..columns[span.end - 1] + 1;
    }
    spans
}
