//! The grids of a table, page by page → one sheet of rows over common columns.

use std::borrow::Cow;

use crate::document::PageNumber;
use crate::document::geometry::Rect;
use crate::language::amount;
use crate::model::{CellPlacement, Grid, GridCell, PlacedText, TableRegion, characters};
use crate::text::reflow;

/// A place in a sheet: a row by a column.
#[derive(Clone, Debug, Default)]
pub(super) struct Slot {
    /// Text of the cell that begins here; empty where none begins.
    pub(super) text: String,
    /// The cell that covers this place begins in an earlier row, an earlier column, or here.
    pub(super) covered: Covered,
    /// Columns of the cell that begins here.
    pub(super) column_span: usize,
    /// Rows of the cell that begins here, on its page.
    pub(super) row_span: usize,
    /// Box of the cell that covers this place.
    pub(super) bbox: Rect,
    /// How far from the left edge the text of the cell that begins here begins.
    pub(super) indent: f32,
    /// Spaces next to a Latin letter or digit that reflow dropped: they may have been typed.
    pub(super) dropped_spaces: usize,
    /// How the text of the cell that begins here was given its column, where no geometry says it.
    pub(super) placement: Option<CellPlacement>,
}

/// Where the cell that covers a slot begins.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Covered {
    /// In the slot itself.
    #[default]
    Own,
    /// In a row above, same column or one to the left.
    Above,
    /// In the same row, to the left.
    Left,
}

/// A row of a sheet.
#[derive(Clone, Debug)]
pub(super) struct SheetRow {
    /// The page on which it stands.
    pub(super) page: PageNumber,
    /// Whether it is the first row of its page's grid.
    pub(super) opens_page: bool,
    /// How many rows of its page's grid stand below it.
    pub(super) rows_below: usize,
    /// One slot a column.
    pub(super) slots: Vec<Slot>,
}

/// A table's cells over all its pages.
#[derive(Clone, Debug)]
pub(super) struct Sheet {
    /// Number of columns.
    pub(super) columns: usize,
    /// Rows from top to bottom.
    pub(super) rows: Vec<SheetRow>,
    /// Cells that have no place of their own among the columns.
    pub(super) lost: Vec<PlacedText>,
    /// Rows that were dropped, as they only repeat the header or number the columns.
    pub(super) furniture: Vec<PlacedText>,
}

impl SheetRow {
    /// Whether no cell that begins in this row has text.
    pub(super) fn is_empty(&self) -> bool {
        self.slots.iter().all(|slot| slot.text.is_empty())
    }

    /// How many characters its cells have.
    pub(super) fn characters(&self) -> usize {
        self.slots.iter().map(|slot| characters(&slot.text)).sum()
    }

    /// The row as text with its place.
    pub(super) fn placed(&self) -> PlacedText {
        let filled = || self.slots.iter().filter(|slot| !slot.text.is_empty());
        let bbox = Rect::around(filled().map(|slot| slot.bbox)).unwrap_or_default();
        PlacedText { page: self.page, bbox, text: filled().map(|slot| slot.text.as_str()).collect() }
    }

    /// The text of the one cell that spans the whole row, if there is such a cell.
    pub(super) fn spanning_text(&self) -> Option<&str> {
        let first = self.slots.first()?;
        (first.column_span == self.slots.len() && self.slots.len() > 1 && !first.text.is_empty())
            .then_some(first.text.as_str())
    }

    /// The texts of the cells that begin in this row, squeezed, with their columns.
    pub(super) fn labels(&self) -> Vec<(usize, Cow<'_, str>)> {
        let own =
            self.slots.iter().enumerate().filter(|(_, slot)| slot.covered == Covered::Own && !slot.text.is_empty());
        own.map(|(column, slot)| (column, crate::language::vocabulary::squeezed(&slot.text))).collect()
    }
}

impl Sheet {
    /// Puts figures where their columns are: office programs leave out the border that a wide figure runs over, so that it
    /// stands in one cell with the column of words before its own, at the right.
    pub(super) fn place_wide_figures(&mut self, are_amounts: &[bool]) {
        for row in &mut self.rows {
            for at in 0..row.slots.len() {
                let slot = &row.slots[at];
                let last = at + slot.column_span.max(1) - 1;
                let is_wide = slot.covered == Covered::Own
                    && are_amounts.get(at..=last).is_some_and(|are| are.iter().position(|is| *is) == Some(last - at))
                    && last > at
                    && slot.text.contains(['.', ','])
                    && amount::parse(&slot.text).is_some();
                if is_wide {
                    let empty = Slot { bbox: slot.bbox, ..Slot::default() };
                    let figure = Slot { column_span: 1, ..std::mem::replace(&mut row.slots[at], empty) };
                    row.slots[last] = figure;
                }
            }
        }
    }

    /// Drops rows that are furniture.
    pub(super) fn drop_furniture(&mut self, is_furniture: impl Fn(&SheetRow) -> bool) {
        let dropped = self.rows.extract_if(.., |row| is_furniture(row)).map(|row| row.placed());
        self.furniture.extend(dropped);
    }

    /// Drops empty rows, and marks the first row of each page: above it may have stood a header that is gone.
    pub(super) fn tidy(&mut self) {
        self.rows.retain(|row| !row.is_empty());
        let mut page = None;
        for row in &mut self.rows {
            row.opens_page = page != Some(row.page);
            page = Some(row.page);
        }
    }
}

/// How far apart edges of tables drawn at the same place are, at most, in points.
const SAME_EDGE: f32 = 3.0;

/// Lays the grids of a region under one another. The grid with the most columns sets the columns; the boundaries of
/// the others are matched to the nearest of its own.
pub(super) fn sheet(region: &TableRegion) -> Sheet {
    let Some(widest) = region.grids.iter().max_by_key(|grid| grid.column_count()) else {
        return Sheet { columns: 0, rows: Vec::new(), lost: Vec::new(), furniture: Vec::new() };
    };
    let mut lost = Vec::new();
    let rows = region.grids.iter().flat_map(|grid| grid_rows(grid, &widest.xs, &mut lost)).collect();
    Sheet { columns: widest.column_count(), rows, lost, furniture: Vec::new() }
}

fn grid_rows(grid: &Grid, xs: &[f32], lost: &mut Vec<PlacedText>) -> Vec<SheetRow> {
    let columns = xs.len() - 1;
    // A page's table may stand elsewhere; one that ends at the same place has lost columns at its left.
    let ends_alike = xs.last().zip(grid.xs.last()).is_some_and(|(a, b)| (a - b).abs() <= SAME_EDGE);
    let shift = if ends_alike { 0.0 } else { xs[0] - grid.xs.first().copied().unwrap_or(xs[0]) };
    // Grids as wide as the widest have its very columns; narrower ones are matched by position.
    let boundary = |index: usize| {
        if grid.xs.len() == xs.len() { index } else { nearest(xs, grid.xs[index] + shift) }
    };
    let mut rows: Vec<SheetRow> = (0..grid.row_count())
        .map(|row| SheetRow {
            page: grid.page,
            opens_page: row == 0,
            rows_below: grid.row_count() - row - 1,
            slots: vec![Slot::default(); columns],
        })
        .collect();
    for cell in &grid.cells {
        let (from, to) = (boundary(cell.columns.start), boundary(cell.columns.end));
        let is_taken = |slot: &Slot| slot.covered == Covered::Own && !slot.text.is_empty();
        let has_place = from < to && !is_taken(&rows[cell.rows.start].slots[from]);
        if !has_place && !cell.lines.is_empty() {
            lost.push(PlacedText { page: grid.page, bbox: cell.bbox, text: reflow::text(&cell.lines) });
            continue;
        }
        for row in cell.rows.clone() {
            for column in from..to {
                let covered = match (row == cell.rows.start, column == from) {
                    (true, true) => Covered::Own,
                    (true, false) => Covered::Left,
                    (false, _) => Covered::Above,
                };
                let own = covered == Covered::Own;
                rows[row].slots[column] = Slot {
                    text: if own { reflow::text(&cell.lines) } else { String::new() },
                    covered,
                    column_span: if own { to - from } else { 0 },
                    row_span: if own { cell.rows.len() } else { 0 },
                    bbox: cell.bbox,
                    indent: if own { indent(cell) } else { 0.0 },
                    dropped_spaces: if own { reflow::dropped_spaces(&cell.lines) } else { 0 },
                    placement: cell.placement.clone().filter(|_| own),
                };
            }
        }
    }
    rows
}

/// How far from its left edge a cell's first line begins.
fn indent(cell: &GridCell) -> f32 {
    cell.lines.first().map_or(0.0, |line| line.bbox.x0 - cell.bbox.x0)
}

fn nearest(positions: &[f32], at: f32) -> usize {
    let distance = |index: &usize| (positions[*index] - at).abs();
    (0..positions.len()).min_by(|a, b| distance(a).total_cmp(&distance(b))).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A row of three cells, the second of which takes the place of two.
    fn placed(wide: &str, are_amounts: [bool; 3]) -> Vec<String> {
        let slot =
            |text: &str, column_span, covered| Slot { text: text.to_owned(), column_span, covered, ..Slot::default() };
        let slots = vec![slot("合计", 1, Covered::Own), slot(wide, 2, Covered::Own), slot("", 0, Covered::Left)];
        let row = SheetRow { page: PageNumber(1), opens_page: true, rows_below: 0, slots };
        let mut sheet = Sheet { columns: 3, rows: vec![row], lost: Vec::new(), furniture: Vec::new() };
        sheet.place_wide_figures(&are_amounts);
        sheet.rows.remove(0).slots.into_iter().map(|slot| slot.text).collect()
    }

    #[test]
    fn a_figure_too_wide_for_its_column_stands_in_it() {
        assert_eq!(placed("1,024,807.17", [false, false, true]), ["合计", "", "1,024,807.17"]);
        // Words, a code, and a figure of the first of two columns of amounts stay where they are.
        assert_eq!(placed("其他支出", [false, false, true]), ["合计", "其他支出", ""]);
        assert_eq!(placed("2130301", [false, false, true]), ["合计", "2130301", ""]);
        assert_eq!(placed("1.00", [false, true, true]), ["合计", "1.00", ""]);
    }
}
