//! Rows that no ruling divides: where a table has lines between its columns only, one ruled row holds many printed
//! ones. Figures that stand under one another in several columns tell them apart; names on several lines go to the
//! figures on which they are centred, or with which they begin or end ([`wrapped`]).

use super::wrapped;
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

/// A header that no ruling parts from the figures below it has at most this many lines.
const MAX_HEAD_LINES: usize = 3;

/// A subject's code has at least this many digits; fewer may be the end of a broken one.
const MIN_CODE_DIGITS: usize = 3;

/// The printed rows that one ruled row holds.
struct Printed {
    /// The last baseline of the header, where the row holds that, too.
    head: Option<f32>,
    /// The baselines of the rows below it.
    baselines: Vec<f32>,
}

impl Printed {
    /// The baselines of all rows, that of the header among them.
    fn all(&self) -> Vec<f32> {
        self.head.iter().chain(&self.baselines).copied().collect()
    }
}

/// Splits the ruled rows of a grid that hold several printed rows.
pub(super) fn split(grid: Grid) -> Grid {
    let splits: Vec<Option<Printed>> = (0..grid.row_count()).map(|row| printed_rows(&grid, row)).collect();
    if splits.iter().all(Option::is_none) {
        return grid;
    }
    // Where each old row begins among the new ones.
    let mut starts = Vec::with_capacity(splits.len() + 1);
    let mut ys = Vec::new();
    for (row, split) in splits.iter().enumerate() {
        starts.push(ys.len());
        ys.push(grid.ys[row]);
        if let Some(printed) = split {
            ys.extend(printed.all().windows(2).map(|pair| pair[0] + (pair[1] - pair[0]) * ROW_BOUNDARY));
        }
    }
    starts.push(ys.len());
    ys.extend(grid.ys.last());
    let mut cells = Vec::new();
    for cell in grid.cells {
        match &splits[cell.rows.start] {
            Some(printed) if cell.rows.len() == 1 => {
                cells.extend(split_cell(cell.clone(), printed, starts[cell.rows.start], &ys));
            }
            _ => cells.push(GridCell { rows: starts[cell.rows.start]..starts[cell.rows.end], ..cell }),
        }
    }
    cells.sort_by_key(|cell| (cell.rows.start, cell.columns.start));
    Grid { ys, cells, ..grid }
}

/// The printed rows in a ruled row; `None` where it is one row.
fn printed_rows(grid: &Grid, row: usize) -> Option<Printed> {
    let cells: Vec<&GridCell> =
        grid.cells.iter().filter(|cell| cell.rows == (row..row + 1) && !cell.lines.is_empty()).collect();
    if cells.iter().all(|cell| cell.lines.len() < MIN_ROWS) {
        return None; // nearly every row of nearly every table
    }
    // Only the first row can hold the header.
    let most_heads = if row == 0 { MAX_HEAD_LINES } else { 0 };
    let columns: Vec<(&GridCell, usize)> =
        cells.iter().filter_map(|cell| Some((*cell, heads_above_figures(cell, most_heads)?))).collect();
    let (fullest, heads) = columns.iter().max_by_key(|(cell, heads)| cell.lines.len() - heads)?;
    let longest: Vec<f32> = fullest.lines[*heads..].iter().map(Line::baseline).collect();
    let size = cells.first()?.lines[0].size();
    let near = |baseline: f32, known: &[f32]| known.iter().any(|at| (at - baseline).abs() < SAME_ROW * size);
    // Other cells must have a line at each of these heights: the name may be on two lines, but then the code is not.
    let others: Vec<f32> = cells
        .iter()
        .filter(|cell| cell.columns != fullest.columns)
        .flat_map(|cell| cell.lines.iter().map(Line::baseline))
        .collect();
    if !longest.iter().all(|at| near(*at, &others)) {
        return None;
    }
    let ends = columns.iter().filter_map(|(cell, heads)| Some(cell.lines[..*heads].last()?.baseline()));
    let head = ends.reduce(f32::max).filter(|head| *head < longest[0]);
    // Rows without a figure in that column have a figure or a code of their own in others.
    let mut baselines = longest;
    for line in cells.iter().flat_map(|cell| &cell.lines).filter(|line| is_figure(line) || is_code(line)) {
        let baseline = line.baseline();
        if !near(baseline, &baselines) && head.is_none_or(|head| baseline > head + SAME_ROW * size) {
            baselines.push(baseline);
        }
    }
    baselines.sort_by(f32::total_cmp);
    Some(Printed { head, baselines })
}

/// How many lines stand above the figures of a cell that holds nothing but figures below them; `None` for other cells.
fn heads_above_figures(cell: &GridCell, most: usize) -> Option<usize> {
    let heads = cell.lines.iter().position(is_figure).filter(|heads| *heads <= most)?;
    let figures = &cell.lines[heads..];
    (figures.len() >= MIN_ROWS && figures.iter().all(is_figure)).then_some(heads)
}

fn is_figure(line: &Line) -> bool {
    let text = reflow::line_text(line);
    text.contains('.') && amount::parse(&text).is_some()
}

fn is_code(line: &Line) -> bool {
    line.glyphs.len() >= MIN_CODE_DIGITS && line.glyphs.iter().all(|glyph| glyph.character.is_ascii_digit())
}

/// Gives each line of a cell to its printed row.
fn split_cell(cell: GridCell, printed: &Printed, first: usize, ys: &[f32]) -> Vec<GridCell> {
    let heads = usize::from(printed.head.is_some());
    let mut lines: Vec<Vec<Line>> = vec![Vec::new(); printed.baselines.len() + heads];
    let is_head = |line: &Line| printed.head.is_some_and(|head| line.baseline() <= head + SAME_ROW * line.size());
    let (head, body): (Vec<Line>, Vec<Line>) = cell.lines.into_iter().partition(is_head);
    let rows = wrapped::rows_of(&body, &printed.baselines);
    if let Some(row) = lines.first_mut() {
        row.extend(head);
    }
    for (line, row) in body.into_iter().zip(rows) {
        lines[heads + row].push(line);
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
    use crate::testing::page::{grid, line_at};

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

    #[test]
    fn names_on_two_lines_go_to_the_figures_they_are_centred_on() {
        let mut grid = grid(&[&["201", "208", "205"], &[], &["1.00", "2.00", "3.00"]]);
        let name = |text: &str, baseline: f32| line_at(text, 100.0, baseline, 10.0);
        grid.cells[1].lines = vec![
            name("一般公共服务", 20.0),
            name("社会保障和就业支出", 34.0),
            name("（含离退休）", 46.0),
            name("教育", 60.0),
        ];
        let rows = rows(&split(grid));
        assert_eq!(rows[1], ["208", "社会保障和就业支出（含离退休）", "2.00"]);
        assert_eq!(rows[2], ["205", "教育", "3.00"]);
    }

    #[test]
    fn a_total_without_a_code_is_a_row() {
        let split = split(grid(&[&["201", "208", ""], &["甲", "乙", "丙"], &["1.00", "2.00", "3.00"]]));
        assert_eq!(rows(&split)[2], ["", "丙", "3.00"]);
    }

    #[test]
    fn a_header_that_no_ruling_parts_is_a_row() {
        let split = split(grid(&[&["名称", "甲", "乙"], &["金额", "1.00", "2.00"]]));
        assert_eq!(rows(&split), [["名称", "金额"], ["甲", "1.00"], ["乙", "2.00"]]);
    }
}
