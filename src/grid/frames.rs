//! Frames around a whole page: a table that touches one has the lines above it, and the room below it, as rows of its own.

use crate::model::{Grid, GridCell, Line};

/// A table has at least this many columns where a row above it is no part of it.
const MIN_COLUMNS: usize = 3;

/// A caption inside a frame has at least this many lines: label, title, unit. A title in a merged row is one line.
const MIN_CAPTION_LINES: usize = 3;

/// Takes a table out of the frame of its page; the lines of the frame are handed back.
pub(super) fn taken_out(mut grid: Grid) -> (Grid, Vec<Line>) {
    let has_caption = |grid: &Grid| whole_row(grid, 0).is_some_and(|cell| cell.lines.len() >= MIN_CAPTION_LINES);
    if grid.column_count() < MIN_COLUMNS || grid.row_count() < 2 || !has_caption(&grid) {
        return (grid, Vec::new());
    }
    let mut lines = remove_row(&mut grid, 0);
    remove_empty_sides(&mut grid);
    let last = grid.row_count() - 1;
    if last > 0 && whole_row(&grid, last).is_some() {
        lines.extend(remove_row(&mut grid, last));
    }
    grid.bbox.y0 = grid.ys[0];
    grid.bbox.y1 = grid.ys[grid.ys.len() - 1];
    (grid, lines)
}

/// The only cell of a row.
fn whole_row(grid: &Grid, row: usize) -> Option<&GridCell> {
    grid.cells.iter().find(|cell| cell.rows == (row..row + 1) && cell.columns == (0..grid.column_count()))
}

/// Removes the first or the last row, which is one cell.
fn remove_row(grid: &mut Grid, row: usize) -> Vec<Line> {
    let at = grid.cells.iter().position(|cell| cell.rows == (row..row + 1));
    let lines = at.map(|at| grid.cells.remove(at).lines).unwrap_or_default();
    if row == 0 {
        grid.ys.remove(0);
        grid.cells.iter_mut().for_each(|cell| cell.rows = cell.rows.start - 1..cell.rows.end - 1);
    } else {
        grid.ys.pop();
    }
    lines
}

/// Removes the room between the sides of a frame and those of its table.
fn remove_empty_sides(grid: &mut Grid) {
    for is_last in [false, true] {
        let side = if is_last { grid.column_count() - 1 } else { 0 };
        let is_side = |cell: &GridCell| cell.columns == (side..side + 1);
        let is_empty = grid.cells.iter().filter(|cell| cell.columns.contains(&side)).all(|cell| {
            let covers_all = cell.columns == (0..grid.column_count());
            (is_side(cell) && cell.lines.is_empty()) || covers_all
        });
        if !is_empty || grid.column_count() <= MIN_COLUMNS {
            continue;
        }
        grid.cells.retain(|cell| cell.columns != (side..side + 1));
        let shift = usize::from(!is_last);
        for cell in &mut grid.cells {
            let covers_side = cell.columns.len() > 1 && cell.columns.contains(&side);
            let end = cell.columns.end - usize::from(covers_side && is_last);
            cell.columns = cell.columns.start.saturating_sub(shift)..end - shift;
        }
        if is_last {
            grid.xs.pop();
        } else {
            grid.xs.remove(0);
        }
    }
    (grid.bbox.x0, grid.bbox.x1) = (grid.xs[0], grid.xs[grid.xs.len() - 1]);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::geometry::Rect;
    use crate::testing::page::{line_at, ruled};

    fn cell(rows: std::ops::Range<usize>, columns: std::ops::Range<usize>, texts: &[&str]) -> GridCell {
        let lines = texts.iter().map(|text| line_at(text, 10.0, 20.0, 10.0)).collect();
        GridCell { rows, columns, bbox: Rect::default(), lines, placement: None }
    }

    fn framed(caption: &[&str]) -> Grid {
        let row = |row: usize| (0..3).map(move |column| cell(row..row + 1, column..column + 1, &["甲"]));
        let cells = [cell(0..1, 0..3, caption)].into_iter().chain(row(1)).chain(row(2)).chain([cell(3..4, 0..3, &[])]);
        Grid { cells: cells.collect(), ys: vec![0.0, 50.0, 60.0, 70.0, 100.0], ..ruled(&[0.0, 10.0, 20.0, 30.0]) }
    }

    #[test]
    fn a_caption_inside_the_frame_is_no_row() {
        let (grid, lines) = taken_out(framed(&["表3", "支出总表", "单位：万元"]));
        assert_eq!((grid.row_count(), lines.len()), (2, 3));
        assert!(grid.cells.iter().all(|cell| cell.rows.end <= 2 && cell.columns.len() == 1));
    }

    #[test]
    fn the_room_between_the_sides_of_a_frame_and_its_table_is_no_column() {
        let caption = cell(0..1, 0..5, &["表3", "支出总表", "单位：万元"]);
        let rows = (1..3).flat_map(|row| {
            (0..5).map(move |column| {
                let texts: &[&str] = if (1..4).contains(&column) { &["甲"] } else { &[] };
                cell(row..row + 1, column..column + 1, texts)
            })
        });
        let xs = [0.0, 5.0, 10.0, 20.0, 30.0, 35.0];
        let grid =
            Grid { cells: [caption].into_iter().chain(rows).collect(), ys: vec![0.0, 50.0, 60.0, 70.0], ..ruled(&xs) };
        let (grid, lines) = taken_out(grid);
        assert_eq!((grid.column_count(), grid.row_count(), lines.len()), (3, 2, 3));
        assert!(grid.cells.iter().all(|cell| !cell.lines.is_empty() && cell.columns.end <= 3));
    }

    #[test]
    fn a_merged_title_is_a_row() {
        assert_eq!(taken_out(framed(&["支出总表"])).0.row_count(), 4);
    }
}
