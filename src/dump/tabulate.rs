//! A table whose figures have columns → grids, one a page.

use super::drawing::{DrawnCell, grid};
use super::placement::PlacedFigure;
use super::table::columns::{Columns, Leaf};
use super::table::items::Item;
use super::table::{BodyRow, TextTable};
use crate::model::{Grid, PageNumber};

/// Draws a table: the header on the page it is on, the rows on theirs.
pub(super) fn grids(table: &TextTable, figures: &[Vec<Vec<PlacedFigure>>], first: PageNumber) -> Vec<Grid> {
    let depth = table.columns.leaves.iter().map(|leaf| leaf.path.len()).max().unwrap_or(1);
    let width = table.columns.leaves.len();
    let mut grids = Vec::new();
    let mut start = 0;
    let mut page = first;
    loop {
        let length = table.rows[start..].iter().take_while(|row| row.page <= page).count();
        let header = if grids.is_empty() { depth } else { 0 };
        let mut cells = if grids.is_empty() { header_cells(&table.columns.leaves, depth) } else { Vec::new() };
        for (index, (row, placed)) in table.rows[start..start + length].iter().zip(&figures[start..]).enumerate() {
            row_cells(row, placed, &table.columns, header + index, &mut cells);
        }
        if header + length > 0 {
            grids.push(grid(page, 0.0, header + length, width, cells));
        }
        start += length;
        match table.rows.get(start) {
            Some(row) => page = row.page,
            None => return grids,
        }
    }
}

/// Labels over their columns; a column's lowest label reaches down to the body.
fn header_cells(leaves: &[Leaf], depth: usize) -> Vec<DrawnCell> {
    let mut cells = Vec::new();
    for level in 0..depth {
        let mut start = 0;
        while start < leaves.len() {
            let prefix = leaves[start].path.get(..=level);
            let is_lowest = leaves[start].path.len() == level + 1;
            let same =
                |leaf: &&Leaf| prefix.is_some() && leaf.path.get(..=level) == prefix && leaf.path.len() > level + 1;
            let length = if is_lowest { 1 } else { leaves[start..].iter().take_while(same).count().max(1) };
            if let Some(label) = leaves[start].path.get(level) {
                let rows = level..if is_lowest { depth } else { level + 1 };
                cells.push(DrawnCell { rows, columns: start..start + length, text: label.clone(), placement: None });
            }
            start += length;
        }
    }
    cells
}

fn row_cells(row: &BodyRow, placed: &[Vec<PlacedFigure>], columns: &Columns, at: usize, cells: &mut Vec<DrawnCell>) {
    let mut push = |column: usize, text: String, placement| {
        if !text.is_empty() {
            cells.push(DrawnCell { rows: at..at + 1, columns: column..column + 1, text, placement });
        }
    };
    for ((side, item), placed) in columns.sides.iter().zip(&row.items).zip(placed) {
        let Some(item) = item else { continue };
        if let Some((numbered, number)) = &item.number
            && let Some(column) = columns.sides[*numbered].number
        {
            push(column, number.text.clone(), None);
        }
        for (column, text) in codes(item, &side.codes) {
            push(column, text, None);
        }
        if let (Some((code, name)), Some(other)) = (&item.counterpart, &side.counterpart) {
            push(other.code, code.text.clone(), None);
            push(other.name, name.clone(), None);
        }
        // A total without a code is merged over the columns of codes and names.
        let first = if item.codes.is_empty() { side.codes.first() } else { None };
        let name_columns: Vec<usize> = first.into_iter().chain(&side.names).copied().collect();
        for (column, text) in names(item, &name_columns) {
            push(column, text, None);
        }
        for (figure, placed) in item.figures.iter().zip(placed) {
            push(placed.column, figure.text.clone(), Some(placed.placement.clone()));
        }
        if let Some(remarks) = side.remarks.last() {
            push(*remarks, item.remarks.clone(), None);
        }
    }
}

/// The codes in their columns; several in one column are joined.
fn codes(item: &Item, columns: &[usize]) -> Vec<(usize, String)> {
    match columns {
        [] => Vec::new(),
        [only] => vec![(*only, item.code())],
        several => item.codes.iter().zip(several).map(|(token, column)| (*column, token.text.clone())).collect(),
    }
}

/// The names in their columns; what is left over goes to the last.
fn names(item: &Item, columns: &[usize]) -> Vec<(usize, String)> {
    match columns {
        [] => Vec::new(),
        [first, ..] if item.names.len() == 1 => vec![(*first, item.name())],
        several if item.names.len() <= several.len() => {
            item.names.iter().zip(several).map(|(name, column)| (*column, name.text.clone())).collect()
        }
        [first, ..] => vec![(*first, item.name())],
    }
}
