//! Edges → lattice → cells with true spans.

use rustc_hash::FxHashMap;

use super::{Edges, Tolerances, open_sides};
use crate::document::PageNumber;
use crate::document::geometry::Rect;
use crate::model::{Glyph, Grid, GridCell, GridSource, Ruling};
use crate::text::lines::lines;
use crate::text::reflow;

/// A lattice larger than this is a drawing, not a table: the widest real tables have some 30 columns, and a page holds
/// some 100 rows.
const MAX_SLOTS: usize = 40_000;

/// Touching pairs beyond this many are a drawing, too.
const MAX_TOUCHES: usize = 200_000;

/// Groups of touching edges beyond this many are a drawing, too: a page has a dozen tables and boxes.
const MAX_GROUPS: usize = 1000;

/// An outer border is completed without text beside it where at least this many edges end there.
const MIN_AGREEING: usize = 4;

/// The lines of a double frame are no further apart than this, in points.
const FRAME_WIDTH: f32 = 5.0;

/// Characters of one run of text part by less than this, in ems.
const RUN_GAP: f32 = 0.03;

/// A table under construction: its cells, and the characters placed in them so far.
pub(super) struct Table {
    xs: Vec<f32>,
    ys: Vec<f32>,
    cell_of_slot: Vec<usize>,
    cells: Vec<CellSpan>,
    /// The characters in the order in which they were placed, each with the number of its cell.
    placed: Vec<(usize, Glyph)>,
    /// Row and column of the slot of the character placed last.
    last_slot: (usize, usize),
}

#[derive(Clone, Debug, PartialEq)]
struct CellSpan {
    rows: std::ops::Range<usize>,
    columns: std::ops::Range<usize>,
}

/// Finds the tables that edges make, and those that lie inside of others. `glyphs` tell whether an open side has text
/// that belongs to the table.
pub(super) fn lattices(edges: &Edges, glyphs: &[Glyph], tolerances: &Tolerances) -> (Vec<Table>, Vec<Table>) {
    let groups = touching_groups(edges, tolerances);
    let tables: Vec<Table> =
        groups.iter().filter_map(|(across, down)| table(across, down, glyphs, tolerances)).collect();
    outermost(tables)
}

/// Edges that touch one another, directly or through others: (horizontal, vertical) for each table.
fn touching_groups(edges: &Edges, tolerances: &Tolerances) -> Vec<(Vec<Ruling>, Vec<Ruling>)> {
    let (across, down) = (&edges.horizontal, &edges.vertical);
    let mut sets = DisjointSets::new(across.len() + down.len());
    let mut touches = 0;
    for (index, v) in down.iter().enumerate() {
        let from = across.partition_point(|h| h.position < v.start - tolerances.touch);
        let nearby = across[from..].iter().take_while(|h| h.position <= v.end + tolerances.touch);
        for (offset, h) in nearby.enumerate() {
            if v.position >= h.start - tolerances.touch && v.position <= h.end + tolerances.touch {
                sets.unite(from + offset, across.len() + index);
            }
            touches += 1;
        }
        if touches > MAX_TOUCHES {
            return Vec::new();
        }
    }
    let mut groups: FxHashMap<usize, usize> = FxHashMap::default();
    let mut found: Vec<(Vec<Ruling>, Vec<Ruling>)> = Vec::new();
    for index in 0..across.len() + down.len() {
        let root = sets.find(index);
        let group = *groups.entry(root).or_insert_with(|| {
            found.push((Vec::new(), Vec::new()));
            found.len() - 1
        });
        if index < across.len() {
            found[group].0.push(across[index]);
        } else {
            found[group].1.push(down[index - across.len()]);
        }
    }
    open_sides::close(&mut found, tolerances);
    found.retain(|(across, down)| !across.is_empty() && !down.is_empty());
    if found.len() > MAX_GROUPS { Vec::new() } else { found }
}

/// The table of one group of touching edges, or `None` where they enclose nothing.
fn table(across: &[Ruling], down: &[Ruling], glyphs: &[Glyph], tolerances: &Tolerances) -> Option<Table> {
    let mut ys = positions(across, tolerances);
    let mut xs = positions(down, tolerances);
    complete_sides(&mut xs, across, glyphs, |g| (g.anchor().0, g.anchor().1), tolerances);
    complete_sides(&mut ys, down, glyphs, |g| (g.anchor().1, g.anchor().0), tolerances);
    let (columns, rows) = (xs.len().saturating_sub(1), ys.len().saturating_sub(1));
    if columns == 0 || rows == 0 || columns.saturating_mul(rows) > MAX_SLOTS {
        return None;
    }
    let closed_above = closings(across, &ys, &xs, tolerances);
    let closed_left = closings(down, &xs, &ys, tolerances);
    let mut sets = DisjointSets::new(columns * rows);
    for row in 0..rows {
        for column in 0..columns {
            let slot = row * columns + column;
            if row > 0 && !closed_above[row * columns + column] {
                sets.unite(slot, slot - columns);
            }
            if column > 0 && !closed_left[column * rows + row] {
                sets.unite(slot, slot - 1);
            }
        }
    }
    let (cells, cell_of_slot) = rectangles(&mut sets, rows, columns);
    let has_room = |cell: &&CellSpan| {
        let width = xs[cell.columns.end] - xs[cell.columns.start];
        let height = ys[cell.rows.end] - ys[cell.rows.start];
        width > FRAME_WIDTH && height > FRAME_WIDTH
    };
    if cells.iter().filter(has_room).take(2).count() < 2 && cells.len() < 16 {
        return None; // a frame around text, with one line or two, not a table
    }
    Some(Table { xs, ys, cell_of_slot, cells, placed: Vec::new(), last_slot: (0, 0) })
}

/// The distinct positions of edges, sorted.
fn positions(edges: &[Ruling], tolerances: &Tolerances) -> Vec<f32> {
    let mut all: Vec<f32> = edges.iter().map(|edge| edge.position).collect();
    all.sort_by(f32::total_cmp);
    all.dedup_by(|next, kept| *next - *kept <= tolerances.snap);
    all
}

/// Adds the outer borders that are not drawn: where edges run on beyond the last crossing edge and there is text
/// beyond it, the table ends where they end.
fn complete_sides(
    positions: &mut Vec<f32>,
    crossing: &[Ruling],
    glyphs: &[Glyph],
    anchor: impl Fn(&Glyph) -> (f32, f32),
    tolerances: &Tolerances,
) {
    let (Some(first), Some(last)) = (positions.first().copied(), positions.last().copied()) else { return };
    let start = crossing.iter().map(|edge| edge.start).fold(f32::INFINITY, f32::min);
    let end = crossing.iter().map(|edge| edge.end).fold(f32::NEG_INFINITY, f32::max);
    let low = crossing.iter().map(|edge| edge.position).fold(f32::INFINITY, f32::min);
    let high = crossing.iter().map(|edge| edge.position).fold(f32::NEG_INFINITY, f32::max);
    let has_text = |from: f32, to: f32| {
        glyphs.iter().map(&anchor).any(|(along, across)| along > from && along < to && across > low && across < high)
    };
    // Where several edges run on to one and the same end, a column of the table may stand empty there.
    let agree = |ends: &dyn Fn(&Ruling) -> f32, at: f32| {
        crossing.iter().filter(|edge| (ends(edge) - at).abs() <= tolerances.snap).count() >= MIN_AGREEING
    };
    if first - start > tolerances.touch && (has_text(start, first) || agree(&|edge| edge.start, start)) {
        positions.insert(0, start);
    }
    if end - last > tolerances.touch && (has_text(last, end) || agree(&|edge| edge.end, end)) {
        positions.push(end);
    }
}

/// For each position and each interval between crossing positions: whether an edge closes that side of the slot.
/// Indexed `position * intervals + interval`; the outermost positions are always closed.
fn closings(edges: &[Ruling], positions: &[f32], crossing: &[f32], tolerances: &Tolerances) -> Vec<bool> {
    let intervals = crossing.len() - 1;
    let mut covered = vec![0.0_f32; positions.len() * intervals];
    for edge in edges {
        let nearest = nearest_index(positions, edge.position);
        let first = crossing.partition_point(|at| *at <= edge.start).saturating_sub(1);
        for interval in first..intervals {
            let (from, to) = (crossing[interval], crossing[interval + 1]);
            if from >= edge.end {
                break;
            }
            covered[nearest * intervals + interval] += (edge.end.min(to) - edge.start.max(from)).max(0.0);
        }
    }
    let last = positions.len() - 1;
    let width = |interval: usize| crossing[interval + 1] - crossing[interval];
    covered
        .iter()
        .enumerate()
        .map(|(index, length)| {
            let (position, interval) = (index / intervals, index % intervals);
            position == 0 || position == last || *length >= tolerances.cover * width(interval)
        })
        .collect()
}

fn nearest_index(positions: &[f32], at: f32) -> usize {
    let after = positions.partition_point(|position| *position < at);
    match (after.checked_sub(1), positions.get(after)) {
        (Some(before), Some(next)) if at - positions[before] <= next - at => before,
        (Some(before), None) => before,
        _ => after,
    }
}

/// United slots → rectangular cells. A region that is no rectangle (a line is missing) is cut into rows of slots.
fn rectangles(sets: &mut DisjointSets, rows: usize, columns: usize) -> (Vec<CellSpan>, Vec<usize>) {
    let mut regions: FxHashMap<usize, (CellSpan, usize)> = FxHashMap::default();
    for slot in 0..rows * columns {
        let (row, column) = (slot / columns, slot % columns);
        let region = regions
            .entry(sets.find(slot))
            .or_insert_with(|| (CellSpan { rows: row..row + 1, columns: column..column + 1 }, 0));
        let span = &mut region.0;
        span.rows = span.rows.start.min(row)..span.rows.end.max(row + 1);
        span.columns = span.columns.start.min(column)..span.columns.end.max(column + 1);
        region.1 += 1;
    }
    let mut cells: Vec<CellSpan> = Vec::new();
    let mut cell_of_slot = vec![usize::MAX; rows * columns];
    for slot in 0..rows * columns {
        if cell_of_slot[slot] != usize::MAX {
            continue;
        }
        let (row, column) = (slot / columns, slot % columns);
        let root = sets.find(slot);
        let (span, count) = &regions[&root];
        let is_rectangle = span.rows.len() * span.columns.len() == *count;
        let cell = if is_rectangle {
            span.clone()
        } else {
            let same = |c: &usize| sets.find(row * columns + c) == root;
            let end = (column..columns).take_while(same).count() + column;
            CellSpan { rows: row..row + 1, columns: column..end }
        };
        for r in cell.rows.clone() {
            for c in cell.columns.clone() {
                cell_of_slot[r * columns + c] = cells.len();
            }
        }
        cells.push(cell);
    }
    (cells, cell_of_slot)
}

/// Parts what lies inside another table (a box drawn in a cell) from the rest: its text belongs to that cell.
fn outermost(tables: Vec<Table>) -> (Vec<Table>, Vec<Table>) {
    let boxes: Vec<Rect> = tables.iter().map(Table::bbox).collect();
    let inside = |inner: usize| {
        boxes.iter().enumerate().any(|(outer, bbox)| {
            let larger = bbox.width() * bbox.height() > boxes[inner].width() * boxes[inner].height();
            outer != inner
                && larger
                && bbox.contains((boxes[inner].x0, boxes[inner].y0))
                && bbox.contains((boxes[inner].x1, boxes[inner].y1))
        })
    };
    let is_inside: Vec<bool> = (0..tables.len()).map(inside).collect();
    let (inner, outer): (Vec<_>, Vec<_>) = tables.into_iter().zip(is_inside).partition(|(_, is_inside)| *is_inside);
    let tables_of = |pairs: Vec<(Table, bool)>| pairs.into_iter().map(|(table, _)| table).collect();
    (tables_of(outer), tables_of(inner))
}

impl Table {
    pub(super) fn bbox(&self) -> Rect {
        let (x0, x1) = (self.xs[0], self.xs[self.xs.len() - 1]);
        Rect { x0, y0: self.ys[0], x1, y1: self.ys[self.ys.len() - 1] }
    }

    /// Puts a character into the cell around a point inside the table.
    pub(super) fn place(&mut self, glyph: Glyph, (x, y): (f32, f32)) {
        // Characters are drawn cell by cell: mostly it is the slot of the one before.
        let slot_of = |positions: &[f32], at: f32, last: usize| {
            if positions[last] <= at && at < positions[last + 1] {
                return last;
            }
            positions.partition_point(|position| *position <= at).clamp(1, positions.len() - 1) - 1
        };
        let (row, column) = (slot_of(&self.ys, y, self.last_slot.0), slot_of(&self.xs, x, self.last_slot.1));
        self.last_slot = (row, column);
        let cell = self.cell_of_slot[row * (self.xs.len() - 1) + column];
        // Text that is too wide for its cell runs over the next one: it belongs to the cell in which it begins.
        let cell = match self.placed.last() {
            Some((cell_before, before)) if *cell_before != cell && runs_on(before, &glyph) => *cell_before,
            _ => cell,
        };
        self.placed.push((cell, glyph));
    }

    pub(super) fn into_grid(mut self, page: PageNumber) -> Grid {
        let bbox = self.bbox();
        // A stable sort: the characters of a cell keep their order.
        self.placed.sort_by_key(|(cell, _)| *cell);
        let mut placed = self.placed.chunk_by(|(a, _), (b, _)| a == b).peekable();
        let mut glyphs = Vec::new(); // one allocation for all cells
        let cells = self.cells.into_iter().enumerate().map(|(index, span)| {
            glyphs.clear();
            let own = placed.next_if(|chunk| chunk[0].0 == index);
            glyphs.extend(own.into_iter().flatten().map(|(_, glyph)| *glyph));
            let bbox = Rect {
                x0: self.xs[span.columns.start],
                y0: self.ys[span.rows.start],
                x1: self.xs[span.columns.end],
                y1: self.ys[span.rows.end],
            };
            GridCell { bbox, rows: span.rows, columns: span.columns, lines: lines(&mut glyphs), placement: None }
        });
        let cells = cells.collect();
        Grid { page, bbox, xs: self.xs, ys: self.ys, cells, source: GridSource::Ruled }
    }
}

/// Whether an ideograph follows another without any gap: between the texts of two cells there is a gap.
fn runs_on(before: &Glyph, glyph: &Glyph) -> bool {
    (glyph.bbox.x0 - before.bbox.x1).abs() < RUN_GAP * glyph.size
        && glyph.baseline == before.baseline
        && glyph.size == before.size
        && reflow::is_chinese(before.character)
        && reflow::is_chinese(glyph.character)
}

/// Union-find over indices.
struct DisjointSets {
    parents: Vec<usize>,
}

impl DisjointSets {
    fn new(count: usize) -> Self {
        Self { parents: (0..count).collect() }
    }

    fn find(&mut self, index: usize) -> usize {
        let mut root = index;
        while self.parents[root] != root {
            self.parents[root] = self.parents[self.parents[root]];
            root = self.parents[root];
        }
        root
    }

    fn unite(&mut self, a: usize, b: usize) {
        let (a, b) = (self.find(a), self.find(b));
        // The smaller index stays the root, so that results do not depend on the order of edges.
        let (low, high) = (a.min(b), a.max(b));
        self.parents[high] = low;
    }
}

#[cfg(test)]
mod tests {
    use super::super::edges;
    use super::*;
    use crate::model::Axis;
    use crate::testing::page::{glyphs_at, horizontal as h, vertical as v};

    fn grids(rulings: &[Ruling], glyphs: &[Glyph]) -> Vec<Grid> {
        let tolerances = Tolerances::default();
        let (mut tables, _) = lattices(&edges(rulings, &tolerances), glyphs, &tolerances);
        for glyph in glyphs {
            if let Some(table) = tables.iter_mut().find(|t| t.bbox().contains(glyph.anchor())) {
                table.place(*glyph, glyph.anchor());
            }
        }
        tables.into_iter().map(|table| table.into_grid(PageNumber(1))).collect()
    }

    fn spans(grid: &Grid) -> Vec<(std::ops::Range<usize>, std::ops::Range<usize>)> {
        grid.cells.iter().map(|cell| (cell.rows.clone(), cell.columns.clone())).collect()
    }

    /// 收入 over two columns, then 项目 | 预算数.
    fn header() -> Vec<Ruling> {
        vec![
            h(0.0, 0.0, 200.0),
            h(20.0, 0.0, 200.0),
            h(40.0, 0.0, 200.0),
            v(0.0, 0.0, 40.0),
            v(100.0, 20.0, 40.0),
            v(200.0, 0.0, 40.0),
        ]
    }

    #[test]
    fn a_merged_cell_has_its_true_span() {
        let grids = grids(&header(), &[]);
        assert_eq!(spans(&grids[0]), [(0..1, 0..2), (1..2, 0..1), (1..2, 1..2)]);
    }

    #[test]
    fn a_double_frame_is_no_table() {
        let frame = |inset: f32| {
            let (low, high) = (inset, 400.0 - inset);
            [h(low, low, high), h(high, low, high), v(low, low, high), v(high, low, high)]
        };
        assert!(grids(&[frame(0.0), frame(3.0)].concat(), &[]).is_empty());
    }

    #[test]
    fn text_goes_to_its_cell() {
        let glyphs = [
            glyphs_at("收入", 80.0, 14.0, 10.0),
            glyphs_at("项目", 10.0, 34.0, 10.0),
            glyphs_at("9.00", 110.0, 34.0, 10.0),
        ];
        let grids = grids(&header(), &glyphs.concat());
        let texts: Vec<String> = grids[0].cells.iter().map(|cell| reflow::text(&cell.lines)).collect();
        assert_eq!(texts, ["收入", "项目", "9.00"]);
    }

    #[test]
    fn text_that_runs_over_the_next_cell_belongs_to_its_own() {
        let glyphs = [glyphs_at("事业单位基本养老保险缴费", 10.0, 34.0, 10.0), glyphs_at("9.00", 170.0, 34.0, 10.0)];
        let grids = grids(&header(), &glyphs.concat());
        let texts: Vec<String> = grids[0].cells.iter().map(|cell| reflow::text(&cell.lines)).collect();
        assert_eq!(texts, ["", "事业单位基本养老保险缴费", "9.00"]);
    }

    #[test]
    fn missing_side_borders_are_completed_where_there_is_text() {
        let open: Vec<Ruling> =
            header().into_iter().filter(|r| r.axis == Axis::Horizontal || r.position == 100.0).collect();
        let text = [glyphs_at("项目", 10.0, 34.0, 10.0), glyphs_at("9.00", 110.0, 34.0, 10.0)].concat();
        // Only the lower two horizontal lines touch the one vertical line.
        let open_sides = grids(&open, &text);
        assert_eq!(spans(&open_sides[0]), [(0..1, 0..1), (0..1, 1..2)]);
        assert_eq!(grids(&open, &[]).len(), 0);
    }

    #[test]
    fn two_tables_on_a_page_are_two() {
        let mut rulings = header();
        rulings.extend(header().into_iter().map(|r| match r.axis {
            Axis::Horizontal => Ruling { position: r.position + 100.0, ..r },
            Axis::Vertical => Ruling { start: r.start + 100.0, end: r.end + 100.0, ..r },
        }));
        assert_eq!(grids(&rulings, &[]).len(), 2);
    }

    #[test]
    fn a_frame_is_no_table() {
        let frame = [h(0.0, 0.0, 200.0), h(40.0, 0.0, 200.0), v(0.0, 0.0, 40.0), v(200.0, 0.0, 40.0)];
        assert_eq!(grids(&frame, &[]).len(), 0);
    }

    #[test]
    fn an_underline_in_a_cell_divides_nothing() {
        let mut rulings = header();
        rulings.push(h(32.0, 20.0, 60.0));
        assert_eq!(spans(&grids(&rulings, &[])[0]).len(), 3);
    }
}
