//! Lines of a cell that holds several rows → the row of each.
//!
//! Figures stand on one line; a name on several lines is centred on them, or begins or ends with them, the same way in
//! the whole cell. Of all ways to share the lines out in their order, the one is taken that fits best.

use super::aligned::first_word_width;
use crate::model::Line;

/// A row without a line costs this, in ems: less than any line that stands beside its row.
const EMPTY: f32 = 0.25;

/// Lines further apart than the closest of the cell by more than this factor are hardly one name …
const SAME_LEADING: f32 = 1.2;

/// … nor are lines of which the first has room left for a word of the second, give or take this many ems.
const FIT: f32 = 0.8;

/// What a doubtful join costs, in ems: as much as a line that stands one line off.
const DOUBTFUL: f32 = 1.5;

/// No name has more lines than this.
const MAX_LINES: usize = 16;

/// A cell with more lines times rows than this is hostile; its lines go to the nearest rows.
const MAX_PAIRS: usize = 100_000;

/// Which of a name's lines stands on the line of its figures.
#[derive(Clone, Copy)]
enum Alignment {
    Middle,
    First,
    Last,
}

/// The row of each line; `rows` are the baselines of the figures.
pub(super) fn rows_of(lines: &[Line], rows: &[f32]) -> Vec<usize> {
    let Some(size) = lines.first().map(Line::size) else { return Vec::new() };
    if lines.len().saturating_mul(rows.len()) > MAX_PAIRS {
        return lines.iter().map(|line| nearest(line.baseline(), rows)).collect();
    }
    let joins = joins(lines, size);
    let shares = [Alignment::Middle, Alignment::First, Alignment::Last]
        .map(|alignment| shared_out(lines, rows, &joins, alignment, size));
    let best = shares.into_iter().reduce(|best, other| if other.0 < best.0 { other } else { best });
    best.map_or_else(Vec::new, |(_, rows)| rows)
}

fn nearest(baseline: f32, rows: &[f32]) -> usize {
    let distance = |index: &usize| (rows[*index] - baseline).abs();
    (0..rows.len()).min_by(|a, b| distance(a).total_cmp(&distance(b))).unwrap_or(0)
}

/// What it costs to take each line for the continuation of the one before it, in points.
fn joins(lines: &[Line], size: f32) -> Vec<f32> {
    let pitches: Vec<f32> = lines.windows(2).map(|pair| pair[1].baseline() - pair[0].baseline()).collect();
    let leading = pitches.iter().copied().fold(f32::INFINITY, f32::min);
    let right = lines.iter().map(|line| line.bbox.x1).fold(f32::NEG_INFINITY, f32::max);
    let costs = lines.windows(2).zip(&pitches).map(|(pair, pitch)| {
        let is_far = *pitch > SAME_LEADING * leading;
        let has_room = right - pair[0].bbox.x1 >= first_word_width(&pair[1]) + FIT * size;
        (f32::from(u8::from(is_far)) + f32::from(u8::from(has_room))) * DOUBTFUL * size
    });
    [0.0].into_iter().chain(costs).collect()
}

/// The cheapest way to share lines out among rows in their order, and its cost in points.
fn shared_out(lines: &[Line], rows: &[f32], joins: &[f32], alignment: Alignment, size: f32) -> (f32, Vec<usize>) {
    let baselines: Vec<f32> = lines.iter().map(Line::baseline).collect();
    // cost[row][line]: the least cost of giving the first lines to the first rows; taken: how many the last one got.
    let mut cost = vec![vec![f32::INFINITY; lines.len() + 1]; rows.len() + 1];
    let mut taken = vec![vec![0; lines.len() + 1]; rows.len() + 1];
    cost[0][0] = 0.0;
    for (index, row) in rows.iter().enumerate() {
        for end in 0..=lines.len() {
            let mut joined = 0.0;
            for count in 0..=end.min(MAX_LINES) {
                let start = end - count;
                if count > 1 {
                    joined += joins[start + 1];
                }
                let own = match alignment {
                    _ if count == 0 => EMPTY * size,
                    Alignment::Middle => ((baselines[start] + baselines[end - 1]) / 2.0 - row).abs(),
                    Alignment::First => (baselines[start] - row).abs(),
                    Alignment::Last => (baselines[end - 1] - row).abs(),
                };
                let total = cost[index][start] + own + joined;
                if total < cost[index + 1][end] {
                    (cost[index + 1][end], taken[index + 1][end]) = (total, count);
                }
            }
        }
    }
    let mut shares = vec![0; lines.len()];
    let mut end = lines.len();
    for row in (0..rows.len()).rev() {
        let start = end - taken[row + 1][end];
        shares[start..end].fill(row);
        end = start;
    }
    (cost[rows.len()][lines.len()], shares)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::page::line_at;

    /// Lines of ten characters at these baselines.
    fn full(baselines: &[f32]) -> Vec<Line> {
        baselines.iter().map(|y| line_at("一二三四五六七八九十", 0.0, *y, 10.0)).collect()
    }

    #[test]
    fn names_begin_on_the_line_of_their_figures() {
        assert_eq!(rows_of(&full(&[20.0, 32.0, 44.0, 56.0, 68.0]), &[20.0, 56.0]), [0, 0, 0, 1, 1]);
    }

    #[test]
    fn names_end_on_the_line_of_their_figures() {
        assert_eq!(rows_of(&full(&[20.0, 32.0, 44.0, 56.0, 68.0]), &[44.0, 68.0]), [0, 0, 0, 1, 1]);
    }

    #[test]
    fn names_are_centred_on_their_figures() {
        assert_eq!(rows_of(&full(&[20.0, 32.0, 44.0, 56.0, 68.0]), &[32.0, 62.0]), [0, 0, 0, 1, 1]);
    }

    #[test]
    fn a_row_may_have_no_name() {
        assert_eq!(rows_of(&full(&[20.0, 68.0]), &[20.0, 44.0, 68.0]), [0, 2]);
    }
}
