//! Cells merged downwards in a grid without rulings: from where their text stands, to the rows they cover.
//!
//! A merged cell's text is centred on its rows. The texts of a column, from the top, share the rows out among them so
//! that the middles fit best.

use std::ops::Range;

use crate::model::Grid;

/// What a row left to nobody costs, in squared line heights: a cell that a page break cut may have its text on the
/// other page, but that is the exception.
const UNCOVERED: f32 = 0.5;

/// Gives the cells of some columns the rows that they cover, below `header_rows` rows of header.
pub(super) fn merge_down(grid: &mut Grid, columns: &[usize], header_rows: usize) {
    let rows = grid.row_count();
    for column in columns {
        let mut texts: Vec<(usize, f32, f32)> = grid
            .cells
            .iter()
            .enumerate()
            .filter(|(_, cell)| {
                cell.columns.start == *column && cell.rows.start >= header_rows && !cell.lines.is_empty()
            })
            .map(|(index, cell)| (index, cell.bbox.center().1, cell.lines[0].size()))
            .collect();
        if texts.is_empty() {
            continue;
        }
        texts.sort_by(|a, b| a.1.total_cmp(&b.1));
        let middles: Vec<f32> = texts.iter().map(|(_, middle, _)| *middle).collect();
        let spans = share_out(&grid.ys[header_rows..], &middles, texts[0].2);
        let indices: Vec<usize> = texts.iter().map(|(index, ..)| *index).collect();
        // The empty cells of the column make room for the merged ones.
        let in_column = |index: usize, grid: &Grid| grid.cells[index].columns.start == *column;
        let keep: Vec<bool> = (0..grid.cells.len())
            .map(|index| {
                let cell = &grid.cells[index];
                let covered = spans.iter().any(|span| span.contains(&(cell.rows.start.wrapping_sub(header_rows))));
                indices.contains(&index) || !in_column(index, grid) || cell.rows.start < header_rows || !covered
            })
            .collect();
        for (index, span) in indices.iter().zip(&spans) {
            grid.cells[*index].rows = span.start + header_rows..span.end + header_rows;
        }
        let mut kept = keep.iter();
        grid.cells.retain(|_| *kept.next().unwrap_or(&true));
    }
    debug_assert!(grid.cells.iter().all(|cell| cell.rows.end <= rows));
}

/// Shares rows, given by their boundaries, out among texts, given by their middles from the top. Rows at the top and
/// at the bottom may be left over.
fn share_out(boundaries: &[f32], middles: &[f32], size: f32) -> Vec<Range<usize>> {
    let rows = boundaries.len().saturating_sub(1);
    let texts = middles.len();
    let mismatch = |span: &Range<usize>, middle: f32| {
        let center = (boundaries[span.start] + boundaries[span.end]) / 2.0;
        ((center - middle) / size).powi(2)
    };
    // cost[text][end]: the least cost of the first texts when they end before row `end`; from[text][end]: their start.
    let mut cost = vec![vec![f32::INFINITY; rows + 1]; texts + 1];
    let mut from = vec![vec![0; rows + 1]; texts + 1];
    cost[0] = (0..=rows).map(|uncovered| uncovered as f32 * UNCOVERED).collect();
    for text in 1..=texts {
        for end in text..=rows {
            for start in text - 1..end {
                let total = cost[text - 1][start] + mismatch(&(start..end), middles[text - 1]);
                if total < cost[text][end] {
                    cost[text][end] = total;
                    from[text][end] = start;
                }
            }
        }
    }
    let total = |end: usize| cost[texts][end] + (rows - end) as f32 * UNCOVERED;
    let mut end = (0..=rows).min_by(|a, b| total(*a).total_cmp(&total(*b))).unwrap_or(rows);
    let mut spans = vec![0..0; texts];
    for text in (1..=texts).rev() {
        let start = from[text][end];
        spans[text - 1] = start..end;
        end = start;
    }
    spans
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_cover_the_rows_they_are_centred_on() {
        let boundaries = [0.0, 20.0, 40.0, 60.0, 80.0, 100.0];
        assert_eq!(share_out(&boundaries, &[30.0, 80.0], 10.0), [0..3, 3..5]);
        assert_eq!(share_out(&boundaries, &[10.0, 30.0, 70.0], 10.0), [0..1, 1..2, 2..5]);
    }

    #[test]
    fn rows_at_the_top_may_belong_to_the_page_before() {
        let boundaries = [0.0, 20.0, 40.0, 60.0, 80.0, 100.0];
        assert_eq!(share_out(&boundaries, &[70.0, 90.0], 10.0), [3..4, 4..5]);
    }
}
