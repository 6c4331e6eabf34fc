//! Labels → forest: which labels span which.
//!
//! The labels of a header's row come together, those of the next row after them, so that the labels are the nodes of a
//! forest level by level. Such an order and the number of children of each label determine the forest. The numbers are
//! searched with a beam: what the vocabulary says of spanning labels is cheap, what no header does is dear.

use super::labels::{Knowledge, Label};
use crate::language::vocabulary::{Labels, SpanWords, Vocabulary};

/// A label spans at most this many others.
const MAX_CHILDREN: usize = 20;

/// So many states are kept for each number of labels that have a place.
const BEAM: usize = 20;

/// Gain for each child that the vocabulary expects.
const EXPECTED: f32 = -0.5;

/// Gain where the vocabulary has the spanning label itself, not only its ending.
const EXACT_PARENT: f32 = -0.3;

/// Costs of a child that it does not expect: of a known label, and of an unknown one.
const UNEXPECTED: f32 = 1.0;
const UNKNOWN_CHILD: f32 = 0.3;

/// Cost of spanning at all, which keeps single labels apart.
pub(super) const SPANNING: f32 = 0.5;

/// Costs of a label that spans without the vocabulary saying so: an unknown one, a known one, and one of texts or totals.
const UNKNOWN_SPANS: f32 = 1.5;
const UNEXPECTED_SPANS: f32 = 3.0;
const TEXT_SPANS: f32 = 7.0;

/// Costs of spanning one label only: any, one that the vocabulary expects, and such a one that spans others itself.
pub(super) const ONE_CHILD: f32 = 2.5;
pub(super) const ONE_EXPECTED: f32 = 1.2;
const ONE_GROUP: f32 = 0.3;

/// Cost of a label that stands twice below another or in the first row.
const TWICE: f32 = 4.0;

/// Cost of a label beside one that it usually stands below.
const BESIDE_PARENT: f32 = 0.5;

/// Cost of a code's label after a name's.
const CODE_AFTER_NAME: f32 = 0.5;

/// Cost of each time that a row has its labels again, as tables of several sides have.
const AGAIN: f32 = 0.7;

/// Cost of a total after the labels of amounts that it should precede.
const LATE_TOTAL: f32 = 2.5;

/// Cost of a spanning label over a single column.
const NO_CHILDREN: f32 = 2.0;

/// Cost of spanning where a label rarely does so, and none before it spans the same.
pub(super) const RARELY: f32 = 6.0;

/// Cost of spanning a label of one's own line.
pub(super) const SAME_LINE: f32 = 3.0;

/// Gain where a label spans the same labels as the spanning label before it.
pub(super) const SAME_AS_BEFORE: f32 = -1.0;

/// Cost where two labels of one name span different numbers of labels.
const UNLIKE_NAMESAKE: f32 = 1.0;

/// Cost of each figure that has no column.
const FIGURE_WITHOUT_COLUMN: f32 = 3.0;

/// Gain where there are as many columns as figures.
const AS_MANY_COLUMNS: f32 = -0.2;

/// The labels as a forest.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Forest {
    /// The labels of the first row.
    pub(super) roots: Vec<usize>,
    /// The labels below each label.
    pub(super) children: Vec<Vec<usize>>,
    /// Number of columns of amounts.
    pub(super) amounts: usize,
    /// What it costs.
    pub(super) cost: f32,
}

/// The cheapest forest of the labels.
pub(super) fn grow(labels: &[Label], figures: usize, vocabulary: &Vocabulary) -> Forest {
    let grower = Grower::new(labels, vocabulary);
    let plain = grower.search(labels.len(), figures, None);
    let repeated = grower.repeated_ends().filter_map(|(width, times)| grower.with_repeated_end(width, times, figures));
    let spans_first = grower.spans_first(figures);
    let candidates = plain.into_iter().chain(repeated).chain(spans_first);
    candidates.min_by(|a, b| a.cost.total_cmp(&b.cost)).unwrap_or_else(|| flat(labels))
}

fn flat(labels: &[Label]) -> Forest {
    let amounts = labels.iter().filter(|label| label.is_amount).count();
    Forest { roots: (0..labels.len()).collect(), children: vec![Vec::new(); labels.len()], amounts, cost: f32::MAX }
}

/// Some labels have their children, the others wait for theirs.
#[derive(Clone, Debug)]
struct State {
    /// Number of labels of the first row.
    roots: usize,
    /// Numbers of children of the labels so far.
    counts: Vec<usize>,
    /// How many labels have a place.
    placed: usize,
    /// How many columns of amounts there are so far.
    amounts: usize,
    /// What it costs so far.
    cost: f32,
}

/// Finds the forest of some labels.
pub(super) struct Grower<'a> {
    pub(super) labels: &'a [Label],
    vocabulary: &'a Vocabulary,
    /// What the vocabulary says of each label.
    rules: Vec<Vec<Rule>>,
    /// Whether one line may have labels of several rows.
    merges_rows: bool,
    /// What it costs that labels stand beside each other, by the first and by their number less one.
    rows: Vec<Vec<f32>>,
}

/// What the vocabulary says of a label that spans others.
struct Rule {
    /// Whether it has the label itself, not only its ending.
    is_exact: bool,
    /// Which labels it expects below.
    expects: Vec<bool>,
}

impl<'a> Grower<'a> {
    fn new(labels: &'a [Label], vocabulary: &'a Vocabulary) -> Self {
        let fits = |words: &Labels, label: &Label| words.contain(&label.core) || words.end_distinctly(&label.core);
        // A measure of its own is no other with words before it: 一般公共预算财政拨款 is not 财政拨款.
        let is_measure = |label: &Label| vocabulary.measures.iter().any(|measure| measure.labels.contain(&label.core));
        let is_parent = |span: &&SpanWords, label: &Label| {
            span.parents.contain(&label.core) || (!is_measure(label) && span.parents.end_distinctly(&label.core))
        };
        let rules = |parent: &Label| {
            let spans = vocabulary.stream_headers.spans.iter().filter(|span| is_parent(span, parent));
            let rule = |span: &SpanWords| Rule {
                is_exact: span.parents.contain(&parent.core),
                expects: labels.iter().map(|child| child.is_part || fits(&span.children, child)).collect(),
            };
            spans.map(rule).collect()
        };
        let rules: Vec<Vec<Rule>> = labels.iter().map(rules).collect();
        let places: Vec<usize> = (0..labels.len()).collect();
        let rows = (0..labels.len()).map(|start| row_costs(labels, &places[start..], &rules, vocabulary)).collect();
        let merges_rows = labels.iter().any(|label| label.glued);
        Self { labels, vocabulary, rules, merges_rows, rows }
    }

    /// The cheapest forest of the first `count` labels, with exactly `amounts` columns of amounts if given.
    fn search(&self, count: usize, figures: usize, amounts: Option<usize>) -> Option<Forest> {
        let first = |roots| {
            let cost = self.rows[0][roots - 1];
            State { roots, counts: Vec::new(), placed: roots, amounts: 0, cost }
        };
        let mut states: Vec<State> = (1..=count).map(first).collect();
        for index in 0..count {
            let next = states.iter().flat_map(|state| self.continued(state, index, count)).collect();
            states = kept(next);
        }
        let whole = states.into_iter().filter(|state| state.placed == count);
        let fitting = whole.filter(|state| amounts.is_none_or(|amounts| amounts == state.amounts));
        let finished = fitting.map(|mut state| {
            state.cost += Self::figures_cost(figures, state.amounts);
            state
        });
        finished.min_by(|a, b| a.cost.total_cmp(&b.cost)).map(|state| self.forest(&state))
    }

    /// What it costs that a header with so many columns of amounts stands above rows of so many figures.
    pub(super) fn figures_cost(figures: usize, amounts: usize) -> f32 {
        let as_many = if figures == amounts { AS_MANY_COLUMNS } else { 0.0 };
        FIGURE_WITHOUT_COLUMN * figures.saturating_sub(amounts) as f32 + as_many
    }

    /// The states in which label `index` has its children.
    fn continued(&self, state: &State, index: usize, count: usize) -> Vec<State> {
        if index >= state.placed {
            return Vec::new();
        }
        let most = (count - state.placed).min(MAX_CHILDREN);
        let with_children = |number: usize| {
            let mut next = state.clone();
            next.cost += match number {
                0 => self.leaf_cost(index),
                _ => self.span_cost(state, index, number),
            };
            next.amounts += usize::from(number == 0 && self.labels[index].is_amount);
            next.counts.push(number);
            next.placed += number;
            next
        };
        (0..=most).map(with_children).collect()
    }

    /// What it costs that a label spans no others.
    pub(super) fn leaf_cost(&self, index: usize) -> f32 {
        if self.is_group(&self.labels[index]) { NO_CHILDREN } else { 0.0 }
    }

    /// Whether a label stands before some that it usually spans.
    fn may_span(&self, index: usize) -> bool {
        self.is_group(&self.labels[index])
            || self.rules[index].iter().any(|rule| rule.expects[index + 1..].contains(&true))
    }

    /// Whether a label spans others only beside one that does.
    pub(super) fn is_rare(&self, index: usize) -> bool {
        self.vocabulary.stream_headers.rarely_spanning.contain(&self.labels[index].core)
    }

    /// Whether a label may span others as far as its words tell.
    pub(super) fn can_span(&self, index: usize) -> bool {
        self.labels[index].known == Knowledge::None || !self.rules[index].is_empty()
    }

    /// What it costs that labels stand beside each other.
    pub(super) fn row_cost(&self, row: &[usize]) -> f32 {
        row_costs(self.labels, row, &self.rules, self.vocabulary).last().copied().unwrap_or_default()
    }

    fn is_group(&self, label: &Label) -> bool {
        self.vocabulary.stream_headers.groups.contain(&label.core)
    }

    fn span_cost(&self, state: &State, index: usize, number: usize) -> f32 {
        let parent = &self.labels[index];
        let children = &self.labels[state.placed..state.placed + number];
        let placed = state.placed..state.placed + number;
        let row = self.rows[state.placed][number - 1];
        let words = self.words_cost(index, placed);
        let one = match children {
            [_] if words < 0.0 && self.may_span(state.placed) => ONE_GROUP,
            [_] if words < 0.0 => ONE_EXPECTED,
            [_] => ONE_CHILD,
            _ => 0.0,
        };
        let same_line = if parent.line == children[0].line && !self.merges_rows { SAME_LINE } else { 0.0 };
        let rare = if self.is_rare(index) && !self.spanned_before(state) { RARELY } else { 0.0 };
        SPANNING + rare + words + row + one + same_line + self.likeness_cost(state, index, number)
    }

    /// Whether a label before spans others that begin as the next do.
    fn spanned_before(&self, state: &State) -> bool {
        let mut at = state.roots;
        state.counts.iter().any(|count| {
            let begins_alike = *count > 0 && self.labels[at].core == self.labels[state.placed].core;
            at += count;
            begins_alike
        })
    }

    /// What the vocabulary says of a label above others.
    pub(super) fn words_cost(&self, parent: usize, children: impl ExactSizeIterator<Item = usize> + Clone) -> f32 {
        let by_rule = self.rules[parent].iter().filter_map(|rule| {
            let expected = children.clone().filter(|child| rule.expects[*child]).count();
            let unexpected =
                children.clone().filter(|child| !rule.expects[*child]).map(|child| self.stranger_cost(child));
            let exact = if rule.is_exact { EXACT_PARENT } else { 0.0 };
            (expected * 2 >= children.len()).then(|| EXPECTED * expected as f32 + unexpected.sum::<f32>() + exact)
        });
        let label = &self.labels[parent];
        by_rule.min_by(f32::total_cmp).unwrap_or(match label.known {
            _ if label.is_total || !label.is_amount => TEXT_SPANS,
            Knowledge::None => UNKNOWN_SPANS,
            _ => UNEXPECTED_SPANS,
        })
    }

    fn stranger_cost(&self, child: usize) -> f32 {
        if self.labels[child].known == Knowledge::None { UNKNOWN_CHILD } else { UNEXPECTED }
    }

    /// Labels of one name span alike, and so do neighbours.
    fn likeness_cost(&self, state: &State, index: usize, number: usize) -> f32 {
        let names = |start: usize, number: usize| self.labels[start..start + number].iter().map(|label| &label.core);
        let mut at = state.roots;
        let (mut before, mut unlike) = (None, false);
        for (earlier, count) in state.counts.iter().enumerate() {
            if *count > 0 {
                before = Some((at, *count));
                let namesake = self.labels[earlier].core == self.labels[index].core;
                unlike |= namesake && *count != number;
            }
            at += count;
        }
        let same = before.is_some_and(|(start, count)| names(start, count).eq(names(state.placed, number)));
        let same = if same { SAME_AS_BEFORE } else { 0.0 };
        if unlike { same + UNLIKE_NAMESAKE } else { same }
    }

    fn forest(&self, state: &State) -> Forest {
        let mut at = state.roots;
        let mut children = Vec::with_capacity(self.labels.len());
        for count in &state.counts {
            children.push((at..at + count).collect());
            at += count;
        }
        Forest { roots: (0..state.roots).collect(), children, amounts: state.amounts, cost: state.cost }
    }

    /// How the labels end with one group of labels several times: the group's width, and how often.
    fn repeated_ends(&self) -> impl Iterator<Item = (usize, usize)> {
        let end = self.labels.len();
        let times = move |width: usize| {
            let group = &self.labels[end - width..];
            let earlier = self.labels.rchunks_exact(width);
            let times =
                earlier.take_while(|chunk| chunk.iter().map(|l| &l.core).eq(group.iter().map(|l| &l.core))).count();
            (width, times)
        };
        (2..=end / 2).map(times).filter(|(_, times)| *times > 1)
    }

    /// The forest where each column of amounts is divided into the group that the labels end with, however high its
    /// label stands.
    fn with_repeated_end(&self, width: usize, times: usize, figures: usize) -> Option<Forest> {
        let count = self.labels.len() - width * times;
        if count == 0 {
            return None;
        }
        let mut forest = self.search(count, figures.div_ceil(width), Some(times))?;
        let mut at = count;
        forest.cost += SAME_AS_BEFORE * (times - 1) as f32;
        for index in forest.leaves() {
            if self.labels[index].is_amount {
                let children = &self.labels[at..at + width];
                let is_division = |child: &Label| self.vocabulary.stream_headers.divisions.contain(&child.core);
                let expected = if children.iter().all(is_division) { EXPECTED * width as f32 } else { UNEXPECTED };
                forest.cost += SPANNING + expected + self.rows[at][width - 1];
                forest.children[index] = (at..at + width).collect();
                at += width;
            }
        }
        forest.children.resize(self.labels.len(), Vec::new());
        forest.amounts = times * width;
        Some(forest)
    }
}

/// What the beginnings of a row cost: no label should stand twice, a total precedes what it is the total of, and what a
/// label spans does not stand beside it.
fn row_costs(labels: &[Label], row: &[usize], rules: &[Vec<Rule>], vocabulary: &Vocabulary) -> Vec<f32> {
    let is_rare = |label: &Label| vocabulary.stream_headers.rarely_spanning.contain(&label.core);
    let mut cost = 0.0;
    let added = |(place, index): (usize, &usize)| {
        let label = &labels[*index];
        let before = || row[..place].iter().map(|other| &labels[*other]);
        let is_same = |other: &Label| other.core == label.core && other.text == label.text;
        // Each list of a table of several lists has its own amounts.
        let begins_list = place > 0 && !labels[row[place - 1]].is_amount && label.is_amount;
        let twice = !begins_list && before().any(is_same);
        let late = label.is_total && before().any(|other| other.is_amount && other.known != Knowledge::None);
        let spans = |other: &usize| {
            let may = labels[*other].is_amount && !is_rare(&labels[*other]);
            may && rules[*other].iter().any(|rule| rule.expects[*index])
        };
        let beside = row[..place].iter().any(spans);
        let code_after_name =
            label.is_code && before().next_back().is_some_and(|other| !other.is_amount && !other.is_code);
        let costs = [(twice, TWICE), (late, LATE_TOTAL), (beside, BESIDE_PARENT), (code_after_name, CODE_AFTER_NAME)];
        cost += costs.iter().filter(|(applies, _)| *applies).map(|(_, cost)| cost).sum::<f32>();
        cost
    };
    let costs: Vec<f32> = row.iter().enumerate().map(added).collect();
    let with_repetitions = |(last, cost)| match repetitions(labels, &row[..=last]) {
        1 => cost,
        times => AGAIN * (times - 1) as f32,
    };
    costs.into_iter().enumerate().map(with_repetitions).collect()
}

impl Forest {
    /// The labels that span no others, from left to right.
    fn leaves(&self) -> Vec<usize> {
        let mut leaves = Vec::new();
        let mut stack: Vec<usize> = self.roots.iter().rev().copied().collect();
        while let Some(index) = stack.pop() {
            if self.children[index].is_empty() {
                leaves.push(index);
            }
            stack.extend(self.children[index].iter().rev());
        }
        leaves
    }
}

/// How many times a row has the same labels, two of them at least.
fn repetitions(labels: &[Label], row: &[usize]) -> usize {
    let alike = |(a, b): (&usize, &usize)| labels[*a].core == labels[*b].core;
    let repeats = |width: &usize| row.len().is_multiple_of(*width) && row[*width..].iter().zip(row).all(alike);
    (2..=row.len() / 2).find(repeats).map_or(1, |width| row.len() / width)
}

/// The cheapest states for each number of labels that have a place.
fn kept(mut states: Vec<State>) -> Vec<State> {
    states.sort_by(|a, b| (a.placed.cmp(&b.placed)).then(a.cost.total_cmp(&b.cost)));
    let mut kept: Vec<State> = Vec::new();
    let mut same = 0;
    for state in states {
        same = if kept.last().is_some_and(|last| last.placed == state.placed) { same + 1 } else { 0 };
        if same < BEAM {
            kept.push(state);
        }
    }
    kept
}
