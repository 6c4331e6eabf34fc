//! Atoms in columns → cells → rows.

use super::{Atom, Header};
use crate::document::geometry::{Rect, median};
use crate::language::ordinals;
use crate::model::Line;
use crate::text::reflow;

/// Lines whose pitch exceeds the smallest of the table by more than this factor belong to different cells.
const SAME_LEADING: f32 = 1.15;

/// No two lines of a cell are closer than this, in ems.
const MIN_LEADING: f32 = 0.9;

/// A line is full where the next line's first word would not have fitted, give or take this many ems: Chinese text
/// may be compressed or stretched a little.
const FIT: f32 = 0.8;

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

/// Arranges the atoms of all columns into rows: what stands between two row rules is one, unless a column has several
/// figures there.
pub(super) fn between_rules(header: &Header, columns: &[Vec<Atom>], bands: &[(f32, f32)]) -> Vec<BodyRow> {
    let mut found = Vec::new();
    let mut rest = columns.to_vec();
    for (top, bottom) in bands {
        let is_inside = |atom: &mut Atom| (*top..*bottom).contains(&atom.bbox.center().1);
        let own: Vec<Vec<Atom>> = rest.iter_mut().map(|atoms| atoms.extract_if(.., is_inside).collect()).collect();
        if own.iter().any(|atoms| atoms.iter().filter(|atom| is_anchor(atom)).count() > 1) {
            found.extend(rows(header, &own));
        } else {
            found.extend(single(&own));
        }
    }
    found.extend(rows(header, &rest));
    found.sort_by(|a, b| a.middle().total_cmp(&b.middle()));
    found
}

/// The atoms of one row; `None` where there are none.
fn single(columns: &[Vec<Atom>]) -> Option<BodyRow> {
    let bbox = Rect::around(columns.iter().flatten().map(|atom| atom.bbox))?;
    let size = columns.iter().flatten().map(|atom| atom.size).next()?;
    let filled = columns.iter().enumerate().filter(|(_, atoms)| !atoms.is_empty());
    let cells = filled.map(|(column, atoms)| (column, lines_of(atoms, size))).collect();
    Some(BodyRow { top: bbox.y0, bottom: bbox.y1, cells })
}

/// Arranges the atoms of all columns into rows.
fn rows(header: &Header, columns: &[Vec<Atom>]) -> Vec<BodyRow> {
    let mut sizes: Vec<f32> = columns.iter().flatten().map(|atom| atom.size).collect();
    let Some(size) = median(&mut sizes) else { return Vec::new() };
    let anchors: Vec<f32> = columns.iter().flatten().filter(|atom| is_anchor(atom)).map(|atom| atom.baseline).collect();
    let lines: Vec<Vec<Line>> = columns.iter().map(|atoms| lines_of(atoms, size)).collect();
    let leading = leading(&lines, size);
    let cells: Vec<Vec<Cell>> = lines
        .into_iter()
        .enumerate()
        .map(|(column, lines)| {
            let right = right_edge(header, column, &columns[column]);
            cells_of(column, lines, right, leading, &anchors, size)
        })
        .collect();
    // The columns with the most cells have one in every row; the others may span rows or leave them empty.
    let most = cells.iter().map(Vec::len).max().unwrap_or(0);
    let (fine, coarse): (Vec<_>, Vec<_>) = cells.into_iter().partition(|cells| cells.len() * 10 >= most * 6);
    let mut rows: Vec<BodyRow> = Vec::new();
    let mut fine: Vec<Cell> = fine.into_iter().flatten().collect();
    fine.sort_by(|a, b| a.middle().total_cmp(&b.middle()));
    let (lines, wrapped): (Vec<Cell>, Vec<Cell>) = fine.into_iter().partition(|cell| cell.lines.len() == 1);
    for cell in lines {
        match rows.last_mut() {
            Some(row) if (row.middle() - cell.middle()).abs() < SAME_ROW * size => row.push(cell),
            _ => rows.push(BodyRow::of(cell)),
        }
    }
    let baselines: Vec<f32> = rows.iter().map(|row| row.cells[0].1[0].baseline()).collect();
    // A cell of several lines belongs to the row that stands on one of them, else to the one with its middle.
    let on_a_line = |cell: &Cell| {
        let is_on =
            |baseline: &f32| cell.lines.iter().any(|line| (line.baseline() - baseline).abs() < SAME_ROW * size / 2.0);
        baselines.iter().position(is_on)
    };
    let wrapped: Vec<(Option<usize>, Cell)> = wrapped.into_iter().map(|cell| (on_a_line(&cell), cell)).collect();
    let mut others = Vec::new();
    for (row, cell) in wrapped {
        match row {
            Some(row) => rows[row].push(cell),
            None => others.push(cell),
        }
    }
    for cell in others {
        match rows.iter_mut().find(|row| (row.middle() - cell.middle()).abs() < SAME_ROW * size) {
            Some(row) => row.push(cell),
            None => rows.insert(rows.partition_point(|row| row.middle() < cell.middle()), BodyRow::of(cell)),
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
    crate::language::amount::parse(&atom.text).is_some()
}

/// Where the text of a column ends: as far right of its centred label as it begins left of it, or further if it does.
fn right_edge(header: &Header, column: usize, atoms: &[Atom]) -> f32 {
    let label = header.leaves[column].bbox;
    let left = atoms.iter().map(|atom| atom.bbox.x0).fold(label.x0, f32::min);
    let right = atoms.iter().map(|atom| atom.bbox.x1).fold(label.x1, f32::max);
    right.max(label.x0 + label.x1 - left)
}

/// The smallest distance of two lines in one column.
fn leading(columns: &[Vec<Line>], size: f32) -> f32 {
    let pitches = columns.iter().flat_map(|lines| lines.windows(2).map(|pair| pair[1].baseline() - pair[0].baseline()));
    pitches.filter(|pitch| *pitch >= MIN_LEADING * size).fold(f32::INFINITY, f32::min)
}

/// Joins the lines of each cell of a column.
fn cells_of(column: usize, lines: Vec<Line>, right: f32, leading: f32, anchors: &[f32], size: f32) -> Vec<Cell> {
    let is_anchored =
        |line: &Line| anchors.iter().any(|anchor| (anchor - line.baseline()).abs() < SAME_ROW * size / 2.0);
    let mut cells: Vec<Cell> = Vec::new();
    let mut before: Option<&Line> = None;
    for line in &lines {
        let goes_on = before.is_some_and(|before| {
            let pitch = line.baseline() - before.baseline();
            let full = right - before.bbox.x1 < first_word_width(line) + FIT * size;
            let two_rows = is_anchored(before) && is_anchored(line);
            let is_item = ordinals::leading(&reflow::line_text(line)).is_some();
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

/// Width of what cannot be broken at the beginning of a line: an ideograph or a Latin word, with the brackets that open
/// before it and the punctuation that closes after it.
pub(in crate::grid) fn first_word_width(line: &Line) -> f32 {
    let is_opening = |c: char| "（《“‘〈「『【(".contains(c);
    let is_closing = |c: char| "，。；：、！？）》”’〉」』】%)".contains(c);
    let glyphs = &line.glyphs;
    let mut end = glyphs.iter().take_while(|glyph| is_opening(glyph.character)).count();
    let is_latin = |index: usize| glyphs.get(index).is_some_and(|glyph| !reflow::is_chinese(glyph.character));
    end += 1;
    if is_latin(end - 1) {
        while is_latin(end) && !reflow::is_spaced(&glyphs[end - 1], &glyphs[end]) {
            end += 1;
        }
    }
    while glyphs.get(end).is_some_and(|glyph| is_closing(glyph.character)) {
        end += 1;
    }
    let last = glyphs[..end.min(glyphs.len())].last();
    last.map_or(0.0, |last| last.bbox.x1 - line.bbox.x0)
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
