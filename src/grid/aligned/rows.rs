//! Atoms in columns → cells → rows.

use super::{Atom, Header};
use crate::geometry::{Rect, median};
use crate::model::Line;
use crate::ordinals;

/// Lines whose pitch exceeds the smallest of their column by more than this factor belong to different cells.
const SAME_LEADING: f32 = 1.15;

/// A line that ends this many ems before its column does is full, as far as Chinese line breaking allows.
const FULL_LINE: f32 = 1.6;

/// Cells whose middles differ by less than this, in ems, stand in one row.
const SAME_ROW: f32 = 0.45;

/// A row of its own needs at least this much free height, in ems, between the rows around it.
const ROW_ROOM: f32 = 0.9;

/// A row of the body.
pub(super) struct BodyRow {
    pub(super) top: f32,
    pub(super) bottom: f32,
    /// (column, lines)
    pub(super) cells: Vec<(usize, Vec<Line>)>,
}

/// A cell: lines of one column that belong together.
struct Cell {
    column: usize,
    lines: Vec<Line>,
    bbox: Rect,
}

impl Cell {
    fn middle(&self) -> f32 {
        self.bbox.center().1
    }
}

/// Arranges the atoms of all columns into rows.
pub(super) fn rows(header: &Header, columns: &[Vec<Atom>]) -> Vec<BodyRow> {
    let mut sizes: Vec<f32> = columns.iter().flatten().map(|atom| atom.size).collect();
    let Some(size) = median(&mut sizes) else { return Vec::new() };
    let anchors: Vec<f32> = columns.iter().flatten().filter(|atom| is_anchor(atom)).map(|atom| atom.baseline).collect();
    let cells: Vec<Vec<Cell>> = columns
        .iter()
        .enumerate()
        .map(|(column, atoms)| cells_of(column, atoms, right_edge(header, column, atoms), &anchors, size))
        .collect();
    // The columns with the most cells have one in every row; the others may span rows or leave them empty.
    let most = cells.iter().map(Vec::len).max().unwrap_or(0);
    let (fine, coarse): (Vec<_>, Vec<_>) = cells.into_iter().partition(|cells| cells.len() * 10 >= most * 6);
    let mut rows: Vec<BodyRow> = Vec::new();
    let mut fine: Vec<Cell> = fine.into_iter().flatten().collect();
    fine.sort_by(|a, b| a.middle().total_cmp(&b.middle()));
    for cell in fine {
        match rows.last_mut() {
            Some(row) if (row.middle() - cell.middle()).abs() < SAME_ROW * size => row.push(cell),
            _ => rows.push(BodyRow::of(cell)),
        }
    }
    for cell in coarse.into_iter().flatten() {
        place(cell, &mut rows, size);
    }
    rows
}

impl BodyRow {
    fn of(cell: Cell) -> Self {
        Self { top: cell.bbox.y0, bottom: cell.bbox.y1, cells: vec![(cell.column, cell.lines)] }
    }

    fn push(&mut self, cell: Cell) {
        self.top = self.top.min(cell.bbox.y0);
        self.bottom = self.bottom.max(cell.bbox.y1);
        self.cells.push((cell.column, cell.lines));
    }

    fn middle(&self) -> f32 {
        (self.top + self.bottom) / 2.0
    }
}

/// Puts a cell into the row whose middle it shares, into a row of its own where there is room, else into the nearest.
fn place(cell: Cell, rows: &mut Vec<BodyRow>, size: f32) {
    let middle = cell.middle();
    if let Some(row) = rows.iter_mut().find(|row| (row.middle() - middle).abs() < SAME_ROW * size) {
        row.cells.push((cell.column, cell.lines));
        return;
    }
    let after = rows.partition_point(|row| row.middle() < middle);
    let above = after.checked_sub(1).map_or(f32::NEG_INFINITY, |index| rows[index].bottom);
    let below = rows.get(after).map_or(f32::INFINITY, |row| row.top);
    if below - above >= ROW_ROOM * size && cell.bbox.y0 > above - 0.3 * size && cell.bbox.y1 < below + 0.3 * size {
        rows.insert(after, BodyRow::of(cell));
        return;
    }
    let distance = |row: &BodyRow| (row.middle() - middle).abs();
    if let Some(row) = rows.iter_mut().min_by(|a, b| distance(a).total_cmp(&distance(b))) {
        row.cells.push((cell.column, cell.lines));
    }
}

/// Amounts and codes stand on the line of their row.
fn is_anchor(atom: &Atom) -> bool {
    crate::amount::parse(&atom.text).is_some()
}

/// Where the text of a column ends: as far right of its centred label as it begins left of it, or further if it does.
fn right_edge(header: &Header, column: usize, atoms: &[Atom]) -> f32 {
    let label = header.leaves[column].bbox;
    let left = atoms.iter().map(|atom| atom.bbox.x0).fold(label.x0, f32::min);
    let right = atoms.iter().map(|atom| atom.bbox.x1).fold(label.x1, f32::max);
    right.max(label.x0 + label.x1 - left)
}

/// Joins the lines of each cell of a column.
fn cells_of(column: usize, atoms: &[Atom], right: f32, anchors: &[f32], size: f32) -> Vec<Cell> {
    let lines = lines_of(atoms, size);
    let pitches: Vec<f32> = lines.windows(2).map(|pair| pair[1].baseline() - pair[0].baseline()).collect();
    let leading = pitches.iter().copied().filter(|pitch| *pitch >= 0.9 * size).fold(f32::INFINITY, f32::min);
    let is_anchored =
        |line: &Line| anchors.iter().any(|anchor| (anchor - line.baseline()).abs() < SAME_ROW * size / 2.0);
    let mut cells: Vec<Cell> = Vec::new();
    let mut before: Option<&Line> = None;
    for line in &lines {
        let goes_on = before.is_some_and(|before| {
            let pitch = line.baseline() - before.baseline();
            let full = right - before.bbox.x1 < FULL_LINE * size;
            let two_rows = is_anchored(before) && is_anchored(line);
            let is_item = ordinals::leading(&crate::reflow::line_text(line)).is_some();
            pitch <= SAME_LEADING * leading && full && !two_rows && !is_item
        });
        match cells.last_mut() {
            Some(cell) if goes_on => {
                cell.bbox = cell.bbox.union(&line.bbox);
                cell.lines.push(line.clone());
            }
            _ => cells.push(Cell { column, lines: vec![line.clone()], bbox: line.bbox }),
        }
        before = Some(line);
    }
    cells
}

/// The lines of a column, from the top; atoms on one baseline are one line.
fn lines_of(atoms: &[Atom], size: f32) -> Vec<Line> {
    let mut sorted: Vec<&Atom> = atoms.iter().collect();
    sorted.sort_by(|a, b| a.baseline.total_cmp(&b.baseline));
    let mut lines: Vec<Line> = Vec::new();
    for atom in sorted {
        match lines.last_mut() {
            Some(line) if atom.baseline - line.baseline() < SAME_ROW * size => {
                line.glyphs.extend(atom.glyphs.iter().copied());
                line.glyphs.sort_by(|a, b| a.bbox.x0.total_cmp(&b.bbox.x0));
                line.bbox = line.bbox.union(&atom.bbox);
            }
            _ => lines.push(Line { glyphs: atom.glyphs.clone(), bbox: atom.bbox }),
        }
    }
    lines
}
