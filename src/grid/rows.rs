//! Rows that no ruling divides: where a table has lines between its columns only, one ruled row holds many printed
//! ones. Figures that stand under one another in several columns tell them apart.

use crate::document::geometry::Rect;
use crate::language::amount;
use crate::model::{Grid, GridCell, Line};
use crate::text::reflow;

/// Baselines of one printed row differ by less than this, in ems.
const SAME_ROW: f32 = 0.5;

/// Between two baselines, the boundary lies this far down: below the first line's descenders.
const ROW_BOUNDARY: f32 = 0.3;

/// At least this many figures under one another make rows; a figure broken over two lines has one decimal point.
const MIN_ROWS: usize = 2;

/// Splits the ruled rows of a grid that hold several printed rows.
pub(super) fn split(grid: Grid) -> Grid {
    let splits: Vec<Option<Vec<f32>>> = (0..grid.row_count()).map(|row| printed_rows(&grid, row)).collect();
    if splits.iter().all(Option::is_none) {
        return grid;
    }
    // Where each old row begins among the new ones.
    let mut starts = Vec::with_capacity(splits.len() + 1);
    let mut ys = Vec::new();
    for (row, split) in splits.iter().enumerate() {
        starts.push(ys.len());
        ys.push(grid.ys[row]);
        if let Some(baselines) = split {
            ys.extend(baselines.windows(2).map(|pair| pair[0] + (pair[1] - pair[0]) * ROW_BOUNDARY));
        }
    }
    starts.push(ys.len());
    ys.extend(grid.ys.last());
    let mut cells = Vec::new();
    for cell in grid.cells {
        match &splits[cell.rows.start] {
            Some(baselines) if cell.rows.len() == 1 => {
                cells.extend(split_cell(cell.clone(), baselines, starts[cell.rows.start], &ys));
            }
            _ => cells.push(GridCell { rows: starts[cell.rows.start]..starts[cell.rows.end], ..cell }),
        }
    }
    cells.sort_by_key(|cell| (cell.rows.start, cell.columns.start));
    Grid { ys, cells, ..grid }
}

/// The baselines of the printed rows in a ruled row; `None` where it is one row.
fn printed_rows(grid: &Grid, row: usize) -> Option<Vec<f32>> {
    let cells = || grid.cells.iter().filter(|cell| cell.rows == (row..row + 1) && !cell.lines.is_empty());
    let baselines = |cell: &GridCell| -> Vec<f32> { cell.lines.iter().map(Line::baseline).collect() };
    let has_figures = |cell: &&GridCell| cell.lines.len() >= MIN_ROWS && cell.lines.iter().all(is_figure);
    let fullest = cells().filter(has_figures).max_by_key(|cell| cell.lines.len())?;
    let longest = baselines(fullest);
    let size = cells().next()?.lines[0].size();
    let near = |baseline: f32, known: &[f32]| known.iter().any(|at| (at - baseline).abs() < SAME_ROW * size);
    // Another cell must have a line at each of these heights.
    let confirmed = cells().any(|cell| {
        let others = baselines(cell);
        cell.columns != fullest.columns && longest.iter().all(|at| near(*at, &others))
    });
    let mut rows = longest.clone();
    if confirmed {
        // Rows without a figure in that column have a line of their own in others.
        for baseline in cells().flat_map(|cell| &cell.lines).filter(|line| is_figure(line)).map(Line::baseline) {
            if !near(baseline, &rows) {
                rows.push(baseline);
            }
        }
        rows.sort_by(f32::total_cmp);
    }
    confirmed.then_some(rows)
}

fn is_figure(line: &Line) -> bool {
    let text = reflow::line_text(line);
    text.contains('.') && amount::parse(&text).is_some()
}

/// Gives each line of a cell to the printed row it is nearest to.
fn split_cell(cell: GridCell, baselines: &[f32], first: usize, ys: &[f32]) -> Vec<GridCell> {
    let mut lines: Vec<Vec<Line>> = vec![Vec::new(); baselines.len()];
    for line in cell.lines {
        let distance = |index: &usize| (baselines[*index] - line.baseline()).abs();
        let nearest = (0..baselines.len()).min_by(|a, b| distance(a).total_cmp(&distance(b))).unwrap_or(0);
        lines[nearest].push(line);
    }
    let pieces = lines.into_iter().enumerate().map(|(index, lines)| {
        let row = first + index;
        let bbox = Rect { y0: ys[row], y1: ys[row + 1], ..cell.bbox };
        GridCell { rows: row..row + 1, columns: cell.columns.clone(), bbox, lines, placement: None }
    });
    pieces.collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::page::grid;

    fn rows(grid: &Grid) -> Vec<Vec<String>> {
        let row = |row: usize| grid.cells.iter().filter(move |cell| cell.rows.start == row);
        (0..grid.row_count()).map(|r| row(r).map(|cell| reflow::text(&cell.lines)).collect()).collect()
    }

    #[test]
    fn figures_under_one_another_are_rows() {
        let split = split(grid(&[&["甲", "乙", "丙"], &["1.00", "2.00", "3.00"], &["", "2.00", ""]]));
        assert_eq!(rows(&split), [["甲", "1.00", ""], ["乙", "2.00", "2.00"], ["丙", "3.00", ""]]);
    }

    #[test]
    fn a_broken_figure_is_one() {
        let split = split(grid(&[&["甲", "乙"], &["21,118.5", "1"]]));
        assert_eq!(split.row_count(), 1);
    }

    #[test]
    fn a_long_name_beside_one_figure_is_one_row() {
        let split = split(grid(&[&["很长的", "名称"], &["1.00"]]));
        assert_eq!(split.row_count(), 1);
    }
}
