//! Headers whose spanning labels all come first.
//!
//! Where the labels of columns stand at the lower edge of their cells, a dump has the spanning labels, row by row, and
//! then the labels of all columns from left to right, however many rows they take.

use super::spans::{Forest, Grower, ONE_CHILD, ONE_EXPECTED, RARELY, SAME_AS_BEFORE, SAME_LINE, SPANNING};

/// At most this many labels span others in such a header.
const MAX_SPANS: usize = 4;

/// Cost of this order of labels, which is rarer than row by row.
const RARER_ORDER: f32 = 0.5;

/// The cheapest way to give the first spans of a row the first labels below them.
#[derive(Clone)]
struct Best {
    cost: f32,
    /// The row's labels from left to right: spans where labels stand below them, else the labels themselves.
    row: Vec<usize>,
    /// The spans' children.
    children: Vec<Vec<usize>>,
}

impl Grower<'_> {
    /// The cheapest forest in which the first labels span some of the others.
    pub(super) fn spans_first(&self, figures: usize) -> Option<Forest> {
        let most = MAX_SPANS.min(self.labels.len().saturating_sub(1));
        let forests = (1..=most).take_while(|spans| self.can_span(spans - 1)).flat_map(|spans| {
            let rows = self.divisions_into_rows(spans);
            rows.into_iter().filter_map(move |rows| self.with_rows(spans, &rows, figures))
        });
        forests.min_by(|a, b| a.cost.total_cmp(&b.cost))
    }

    /// The ways to divide the first labels into rows: where each row begins. One line is one row.
    fn divisions_into_rows(&self, spans: usize) -> Vec<Vec<usize>> {
        let mut divisions = vec![vec![0]];
        for index in 1..spans {
            if self.labels[index].line != self.labels[index - 1].line {
                let broken = divisions.iter().map(|rows| rows.iter().copied().chain([index]).collect());
                let broken: Vec<Vec<usize>> = broken.collect();
                divisions.extend(broken);
            }
        }
        divisions
    }

    fn with_rows(&self, spans: usize, rows: &[usize], figures: usize) -> Option<Forest> {
        let count = self.labels.len();
        let mut forest = Forest { children: vec![Vec::new(); count], cost: RARER_ORDER, ..Forest::default() };
        let mut row: Vec<usize> = (spans..count).collect();
        let mut end = spans;
        for begin in rows.iter().rev() {
            let best = self.above(*begin..end, &row)?;
            for (span, children) in (*begin..end).zip(best.children) {
                forest.children[span] = children;
            }
            forest.cost += best.cost;
            row = best.row;
            end = *begin;
        }
        forest.cost += self.row_cost(&row);
        forest.cost += (spans..count).map(|leaf| self.leaf_cost(leaf)).sum::<f32>();
        forest.amounts = self.labels[spans..].iter().filter(|label| label.is_amount).count();
        forest.cost += Self::figures_cost(figures, forest.amounts);
        forest.roots = row;
        Some(forest)
    }

    /// Gives each of `spans` some of the labels below, in their order.
    fn above(&self, spans: std::ops::Range<usize>, below: &[usize]) -> Option<Best> {
        // By the number of labels below that have their place.
        let mut best: Vec<Option<Best>> = vec![None; below.len() + 1];
        for (place, best) in best.iter_mut().enumerate() {
            *best = Some(Best { cost: 0.0, row: below[..place].to_vec(), children: Vec::new() });
        }
        for span in spans {
            let mut next: Vec<Option<Best>> = vec![None; below.len() + 1];
            for end in 1..=below.len() {
                let skipped = next[end - 1].clone().map(|mut best| {
                    best.row.push(below[end - 1]);
                    best
                });
                let covering = (0..end).filter_map(|begin| {
                    let before = best[begin].as_ref()?;
                    let children = &below[begin..end];
                    let mut grown = before.clone();
                    grown.cost += self.cover_cost(span, children, before.children.last());
                    grown.row.push(span);
                    grown.children.push(children.to_vec());
                    Some(grown)
                });
                next[end] = covering.chain(skipped).min_by(|a, b| a.cost.total_cmp(&b.cost));
            }
            best = next;
        }
        best.pop().flatten()
    }

    fn cover_cost(&self, span: usize, children: &[usize], before: Option<&Vec<usize>>) -> f32 {
        let words = self.words_cost(span, children.iter().copied());
        let one = match children {
            [_] if words < 0.0 => ONE_EXPECTED,
            [_] => ONE_CHILD,
            _ => 0.0,
        };
        let names = |labels: &[usize]| -> Vec<&str> { labels.iter().map(|l| self.labels[*l].core.as_str()).collect() };
        let alike = before.is_some_and(|before| names(before) == names(children));
        let rare = if self.is_rare(span) && !alike { RARELY } else { 0.0 };
        let same = if alike { SAME_AS_BEFORE } else { 0.0 };
        let same_line = if self.labels[span].line == self.labels[children[0]].line { SAME_LINE } else { 0.0 };
        SPANNING + words + one + rare + same + same_line + self.row_cost(children)
    }
}
