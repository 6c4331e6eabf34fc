//! Lines of text → the columns they belong to, by the columns' order and the widths of their lines.

/// Lines of one column differ by this much where punctuation may not begin a line, in ems.
const HANGING: f32 = 1.0;

/// They differ by this share of their width more where they have letters, digits and spaces.
const UNEVEN: f32 = 0.05;

/// What each em costs by which lines differ within that.
const UNLIKE: f32 = 0.1;

/// What a column costs that the table may do without.
const OPTIONAL: f32 = 0.05;

/// What it costs that a sentence ends within a name.
const SENTENCE_IN_NAME: f32 = 1.0;

/// What it costs that prose ends with a full line but within a sentence.
const OPEN_SENTENCE: f32 = 0.6;

/// What a line costs that is shorter or longer than its column allows.
const MISFIT: f32 = 1.5;

/// What each further em of it costs.
const PER_EM: f32 = 0.3;

/// What a column costs that must have text and has none.
const MISSING: f32 = 20.0;

/// What the rest of a cell costs: it is rarer than a new cell.
const REST: f32 = 0.4;

/// What the rest costs of a cell whose text seems to be complete.
const REST_OF_COMPLETE: f32 = 2.0;

/// Two ways to share lines out are in doubt where their costs differ by less.
pub(super) const DOUBT: f32 = 0.75;

/// What it costs that words stand in one cell between which a line shows a gap.
const ACROSS_GAP: f32 = 1.0;

/// At most so many widths are tried for a column.
const MAX_CANDIDATES: usize = 30;

/// How often all pairs of columns are tried again with the others' widths found before.
const ROUNDS: usize = 2;

/// A line of a text, or a part of it that may be a cell of its own.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Piece {
    /// Its width in ems.
    pub(super) width: f32,
    /// Whether the part before it stands on the same line.
    pub(super) same_line: bool,
    /// Whether it ends a sentence.
    pub(super) ends_sentence: bool,
}

/// A cell that lines may belong to.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Place {
    /// Its column.
    pub(super) column: usize,
    /// Whether it must have text.
    pub(super) required: bool,
    /// What its texts are like.
    pub(super) style: Style,
    /// For the rest of a cell that was begun: whether what is there seems complete.
    pub(super) rest_of: Option<bool>,
}

/// What the texts of a column are like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Style {
    /// Names: no sentence ends in them.
    Name,
    /// Sentences.
    Prose,
    /// Either.
    Any,
}

/// Lines shared out.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Shares {
    /// How many lines each place has.
    pub(super) counts: Vec<usize>,
    /// What it costs.
    pub(super) cost: f32,
    /// How much more the best other way costs.
    pub(super) margin: f32,
}

/// What it costs that a line of a width stands in a column and others of its cell follow below it.
fn inner_cost(line: f32, column: f32) -> f32 {
    let difference = (line - column).abs();
    let allowed = HANGING + UNEVEN * column;
    if difference <= allowed { UNLIKE * difference } else { MISFIT + PER_EM * (difference - allowed).min(6.0) }
}

/// What it costs that a line ends a cell of a column.
fn last_cost(line: f32, column: f32) -> f32 {
    let excess = line - column;
    let allowed = HANGING + UNEVEN * column;
    if excess <= allowed { UNLIKE * excess.max(0.0) } else { MISFIT + PER_EM * (excess - allowed).min(6.0) }
}

/// Shares lines out among places in their order so that the columns' widths fit best.
pub(super) fn share_out(lines: &[Piece], places: &[Place], widths: &[f32]) -> Shares {
    let count = lines.len();
    // cost[place][end]: the least cost of the first places when they take the lines before `end`.
    let mut cost = vec![vec![f32::INFINITY; count + 1]; places.len() + 1];
    let mut from = vec![vec![0; count + 1]; places.len() + 1];
    cost[0][0] = 0.0;
    for (number, place) in places.iter().enumerate() {
        for start in 0..=count {
            let before = cost[number][start];
            if before.is_infinite() {
                continue;
            }
            let mut inner = 0.0;
            for end in start..=count {
                let own = if end == start {
                    if place.required { MISSING } else { 0.0 }
                } else {
                    place_cost(place) + inner + end_cost(lines[end - 1], place, widths[place.column])
                };
                if before + own < cost[number + 1][end] {
                    cost[number + 1][end] = before + own;
                    from[number + 1][end] = start;
                }
                if end > start {
                    let crosses = lines.get(end).is_some_and(|next| next.same_line);
                    inner += if crosses { ACROSS_GAP } else { line_cost(lines[end - 1], place, widths[place.column]) };
                }
            }
        }
    }
    let mut counts = vec![0; places.len()];
    let mut end = count;
    for number in (0..places.len()).rev() {
        let start = from[number + 1][end];
        counts[number] = end - start;
        end = start;
    }
    let best = cost[places.len()][count];
    Shares { counts, cost: best, margin: f32::INFINITY }
}

/// What it costs that a line stands in a place and others of its cell follow below it.
fn line_cost(line: Piece, place: &Place, width: f32) -> f32 {
    let ends = place.style == Style::Name && line.ends_sentence;
    inner_cost(line.width, width) + if ends { SENTENCE_IN_NAME } else { 0.0 }
}

/// What it costs that a line ends the cell of a place.
fn end_cost(line: Piece, place: &Place, width: f32) -> f32 {
    let own = match place.style {
        Style::Name if line.ends_sentence => SENTENCE_IN_NAME,
        Style::Prose if !line.ends_sentence && line.width > width - HANGING => OPEN_SENTENCE,
        _ => 0.0,
    };
    own + last_cost(line.width, width)
}

fn place_cost(place: &Place) -> f32 {
    match place.rest_of {
        None if place.required => 0.0,
        None => OPTIONAL,
        Some(complete) => REST + if complete { REST_OF_COMPLETE } else { 0.0 },
    }
}

/// Shares lines out as [`share_out`] does, and says how much more the best other way costs.
pub(super) fn share_out_surely(lines: &[Piece], places: &[Place], widths: &[f32]) -> Shares {
    let mut best = share_out(lines, places, widths);
    let used: Vec<usize> = (0..places.len()).filter(|place| best.counts[*place] > 0).collect();
    let without = |dropped: usize| {
        let others: Vec<Place> =
            places.iter().enumerate().filter(|(place, _)| *place != dropped).map(|(_, place)| place.clone()).collect();
        let missing = if places[dropped].required { MISSING } else { 0.0 };
        share_out(lines, &others, widths).cost + missing
    };
    let margins: Vec<f32> = used.iter().map(|place| without(*place)).collect();
    let next = margins.into_iter().fold(f32::INFINITY, f32::min);
    best.margin = next - best.cost;
    best
}

/// The width that most lines of a column have which are not the last of their cell; of all cells' lines, in ems.
pub(super) fn usual_width(cells: &[Vec<f32>]) -> Option<f32> {
    let inner: Vec<f32> =
        cells.iter().flat_map(|cell| cell.split_last().map_or(&[][..], |(_, inner)| inner)).copied().collect();
    let lines = if inner.is_empty() { cells.iter().flatten().copied().collect() } else { inner };
    let mut best: Option<(usize, f32)> = None;
    for line in &lines {
        let near = lines.iter().filter(|other| (*other - line).abs() < 0.3).count();
        if best.is_none_or(|(count, width)| (near, *line) > (count, width)) {
            best = Some((near, *line));
        }
    }
    best.map(|(_, width)| width)
}

/// Widths for the columns that have none yet, so that some texts are shared out best. Each text is lines and places.
pub(super) fn fit(texts: &[(Vec<Piece>, Vec<Place>)], known: &[Option<f32>]) -> Vec<f32> {
    let mut candidates: Vec<f32> = texts.iter().flat_map(|(lines, _)| lines).map(|line| line.width.round()).collect();
    candidates.sort_by(f32::total_cmp);
    candidates.dedup();
    let step = candidates.len().div_ceil(MAX_CANDIDATES).max(1);
    let candidates: Vec<f32> = candidates.into_iter().rev().step_by(step).collect();
    let is_used = |column: &usize| texts.iter().flat_map(|(_, places)| places).any(|place| place.column == *column);
    let open: Vec<usize> = (0..known.len()).filter(|column| known[*column].is_none()).filter(is_used).collect();
    let widest = candidates.first().copied().unwrap_or(0.0);
    let mut widths: Vec<f32> = known.iter().map(|width| width.unwrap_or(widest)).collect();
    let total =
        |widths: &[f32]| -> f32 { texts.iter().map(|(lines, places)| share_out(lines, places, widths).cost).sum() };
    let mut best = total(&widths);
    for pair in (0..ROUNDS).flat_map(|_| pairs(&open)) {
        for first in &candidates {
            for second in &candidates[..if pair.0 == pair.1 { 1 } else { candidates.len() }] {
                let mut tried = widths.clone();
                tried[pair.1] = *second;
                tried[pair.0] = *first;
                let cost = total(&tried);
                if cost < best {
                    (best, widths) = (cost, tried);
                }
            }
        }
    }
    widths
}

/// All pairs of some columns; each alone where there is one.
fn pairs(open: &[usize]) -> Vec<(usize, usize)> {
    match open {
        [one] => vec![(*one, *one)],
        _ => (0..open.len()).flat_map(|a| (a + 1..open.len()).map(move |b| (open[a], open[b]))).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn new(column: usize) -> Place {
        Place { column, required: true, style: Style::Any, rest_of: None }
    }

    fn lines(widths: &[f32]) -> Vec<Piece> {
        widths.iter().map(|width| Piece { width: *width, same_line: false, ends_sentence: false }).collect()
    }

    #[test]
    fn lines_go_to_the_column_of_their_width() {
        let shares = share_out(&lines(&[8.0, 8.0, 3.0, 5.0, 5.0, 2.0]), &[new(0), new(1)], &[8.0, 5.0]);
        assert_eq!(shares.counts, [3, 3]);
    }

    #[test]
    fn widths_are_found_from_the_lines() {
        let text = |goal: &[f32], name: &[f32]| (lines(&[goal, name].concat()), vec![new(0), new(1)]);
        let texts = [text(&[18.0, 18.0, 4.0], &[12.0, 1.0]), text(&[18.0, 17.0, 18.0, 9.0], &[12.0, 12.0, 3.0])];
        assert_eq!(fit(&texts, &[None, None]), [18.0, 12.0]);
    }
}
