//! Lines and tables of a dump → the blocks of a page, drawn as if an office had printed them.
//!
//! The later stages work with characters at places. A dump has none, so each character is one em wide (half an em where
//! it is ASCII) and each line of the dump has its own height. No stage may conclude anything from these places but the
//! order of lines and which lines are short.

use std::ops::Range;

use crate::document::PageNumber;
use crate::document::geometry::Rect;
use crate::model::{CellPlacement, Flow, Glyph, Grid, GridCell, GridSource, Line};

/// Size of all characters, in points.
pub(super) const EM: f32 = 10.0;

/// Distance from line to line, in points.
pub(super) const LEADING: f32 = 16.0;

/// Width of a table's column, in points.
const COLUMN: f32 = 100.0;

/// A cell to be drawn.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct DrawnCell {
    /// Rows that it covers.
    pub(super) rows: Range<usize>,
    /// Columns that it covers.
    pub(super) columns: Range<usize>,
    /// Its text.
    pub(super) text: String,
    /// How its text was given its column.
    pub(super) placement: Option<CellPlacement>,
}

/// A line of text that begins at `x` and has its top at `y`, both in points. Each space leaves its room.
pub(super) fn line(text: &str, x: f32, y: f32) -> Line {
    let mut glyphs = Vec::with_capacity(text.len());
    let (mut at, mut space_before) = (x, false);
    for character in text.chars() {
        let advance = if character.is_ascii() { EM / 2.0 } else { EM };
        if character.is_whitespace() {
            space_before = true;
        } else {
            glyphs.push(Glyph {
                character,
                bbox: Rect { x0: at, y0: y, x1: at + advance, y1: y + EM },
                baseline: y + EM,
                size: EM,
                flow: Flow::Right,
                space_before,
            });
            space_before = false;
        }
        at += advance;
    }
    let bbox = Rect::around(glyphs.iter().map(|glyph| glyph.bbox)).unwrap_or_default();
    Line { glyphs, bbox }
}

/// A table of `rows` by `columns` whose upper edge is at `top` (points). Places that no cell covers become empty cells.
pub(super) fn grid(page: PageNumber, top: f32, rows: usize, columns: usize, cells: Vec<DrawnCell>) -> Grid {
    let xs: Vec<f32> = (0..=columns).map(|column| COLUMN * column as f32).collect();
    let ys: Vec<f32> = (0..=rows).map(|row| top + LEADING * row as f32).collect();
    let mut covered = vec![false; rows * columns];
    for cell in &cells {
        for row in cell.rows.clone() {
            covered[row * columns..][cell.columns.clone()].fill(true);
        }
    }
    let empty = (0..rows * columns).filter(|slot| !covered[*slot]).map(|slot| {
        let (row, column) = (slot / columns, slot % columns);
        DrawnCell { rows: row..row + 1, columns: column..column + 1, text: String::new(), placement: None }
    });
    let drawn = cells.into_iter().chain(empty).map(|cell| {
        let (x, y) = (xs[cell.columns.start], ys[cell.rows.start]);
        GridCell {
            bbox: Rect { x0: x, y0: y, x1: xs[cell.columns.end], y1: ys[cell.rows.end] },
            lines: if cell.text.is_empty() { Vec::new() } else { vec![line(&cell.text, x, y)] },
            rows: cell.rows,
            columns: cell.columns,
            placement: cell.placement,
        }
    });
    let mut cells: Vec<GridCell> = drawn.collect();
    cells.sort_by_key(|cell| (cell.rows.start, cell.columns.start));
    let bbox = Rect { x0: 0.0, y0: top, x1: xs[columns], y1: ys[rows] };
    Grid { page, bbox, xs, ys, cells, source: GridSource::Text }
}

/// Moves a table so that its upper edge is at `top`.
pub(super) fn move_down(grid: &mut Grid, top: f32) {
    let down = top - grid.bbox.y0;
    let moved = |rect: &mut Rect| {
        rect.y0 += down;
        rect.y1 += down;
    };
    moved(&mut grid.bbox);
    grid.ys.iter_mut().for_each(|y| *y += down);
    for cell in &mut grid.cells {
        moved(&mut cell.bbox);
        for line in &mut cell.lines {
            moved(&mut line.bbox);
            for glyph in &mut line.glyphs {
                moved(&mut glyph.bbox);
                glyph.baseline += down;
            }
        }
    }
}
