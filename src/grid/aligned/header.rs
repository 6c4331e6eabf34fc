//! The header of a table without rulings: labels, which of them span others, and the columns they make.

use super::Atom;
use crate::amount;
use crate::geometry::Rect;
use crate::model::{GridCell, Line};
use crate::vocabulary::Vocabulary;

/// Lines of one label follow each other within this many ems, baseline to baseline.
const LABEL_LEADING: f32 = 1.6;

/// A label above a header's first line belongs to it within this many ems.
const HEADER_LEADING: f32 = 3.0;

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
    parents: Vec<(Label, std::ops::Range<usize>)>,
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
    Header::of(labels, taken)
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
    (unknown * 2 < atoms.len()).then_some(extended)
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

    /// Whether the next line may belong to this label: the label is not whole yet, or the two are a known word.
    fn goes_on_with(&self, text: &str, vocabulary: &Vocabulary) -> bool {
        let joined = format!("{}{text}", self.text);
        vocabulary.is_exact_header_word(&joined)
            || (!vocabulary.is_header_word(&self.text)
                && (vocabulary.is_header_word(&joined) || vocabulary.begins_header_word(&joined)))
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
    fn of(labels: Vec<Label>, lines: usize) -> Option<Header> {
        let bbox = Rect::around(labels.iter().map(|label| label.bbox))?;
        let (mut parents, mut leaves): (Vec<Label>, Vec<Label>) =
            labels.iter().cloned().partition(|label| label.is_parent(&labels));
        leaves.sort_by(|a, b| a.center().0.total_cmp(&b.center().0));
        parents.sort_by(|a, b| a.bbox.y0.total_cmp(&b.bbox.y0).then(a.bbox.x0.total_cmp(&b.bbox.x0)));
        if leaves.len() < MIN_LABELS {
            return None;
        }
        let spans = parents.iter().map(|parent| span(parent, &parents, &leaves)).collect::<Vec<_>>();
        let parents = parents.into_iter().zip(spans).filter(|(_, span)| !span.is_empty()).collect();
        Some(Header { leaves, parents, bbox, lines })
    }

    /// How many labels stand over one another.
    pub(super) fn depth(&self) -> usize {
        (0..self.leaves.len()).map(|column| self.parents_of(column).count()).max().unwrap_or(0) + 1
    }

    fn parents_of(&self, column: usize) -> impl Iterator<Item = &(Label, std::ops::Range<usize>)> {
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

    /// The header as cells of a grid: parents over their columns, leaves down to the body.
    pub(super) fn cells(&self, xs: &[f32], ys: &[f32]) -> Vec<GridCell> {
        let depth = self.depth();
        let cell = |label: &Label, rows: std::ops::Range<usize>, columns: std::ops::Range<usize>| GridCell {
            bbox: Rect { x0: xs[columns.start], y0: ys[rows.start], x1: xs[columns.end], y1: ys[rows.end] },
            rows,
            columns,
            lines: label.to_lines(),
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

/// The columns below a spanning label: those below it that are nearer to it than to another label of its height, as
/// far as they are centred on it.
fn span(parent: &Label, parents: &[Label], leaves: &[Label]) -> std::ops::Range<usize> {
    let (x, y) = parent.center();
    let peers = || parents.iter().filter(|peer| (peer.center().1 - y).abs() < 0.5 * parent.atoms[0].size);
    let mine = |leaf: &Label| {
        let nearest = peers().min_by(|a, b| {
            (a.center().0 - leaf.center().0).abs().total_cmp(&(b.center().0 - leaf.center().0).abs())
        });
        parent.is_above(leaf) && nearest.is_some_and(|peer| peer.bbox == parent.bbox)
    };
    let below: Vec<usize> = (0..leaves.len()).filter(|index| mine(&leaves[*index])).collect();
    let (Some(first), Some(last)) = (below.first().copied(), below.last().copied()) else { return 0..0 };
    // Leaves that span the header's whole height stand below the first line of the others, too; the label is centred
    // on its own columns only. Halfway to the neighbours is where a column ends.
    let left = |column: usize| match column.checked_sub(1) {
        Some(before) => (leaves[before].bbox.x1 + leaves[column].bbox.x0) / 2.0,
        None => leaves[column].bbox.x0,
    };
    let right = |column: usize| match leaves.get(column + 1) {
        Some(after) => (leaves[column].bbox.x1 + after.bbox.x0) / 2.0,
        None => leaves[column].bbox.x1,
    };
    let mut best = (f32::INFINITY, first..last + 1);
    for start in first..last {
        for end in start + 1..=last {
            let covers = left(start) <= parent.bbox.x0 + 1.0 && right(end) >= parent.bbox.x1 - 1.0;
            let lowest = leaves[start..=end].iter().map(|leaf| leaf.bbox.y1).fold(f32::NEG_INFINITY, f32::max);
            let all_low = leaves[start..=end].iter().all(|leaf| leaf.bbox.y1 > lowest - 0.5 * parent.atoms[0].size);
            let off = ((left(start) + right(end)) / 2.0 - x).abs() + if all_low { 0.0 } else { parent.atoms[0].size * 2.0 };
            if covers && off < best.0 {
                best = (off, start..end + 1);
            }
        }
    }
    best.1
}
