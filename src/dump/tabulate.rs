//! A table whose figures have columns → grids, one a page.

use super::drawing::{DrawnCell, grid};
use super::placement::PlacedFigure;
use super::table::columns::{Columns, Leaf};
use super::table::items::Item;
use super::table::{BodyRow, TextTable};
use crate::document::PageNumber;
use crate::model::Grid;

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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dump::placement::{self, Stated};
    use crate::dump::{pages, table};
    use crate::language::vocabulary::Vocabulary;
    use crate::text::reflow;
    use rust_decimal::Decimal;

    /// The cells of a dump's grids that have text: page, rows, columns, text.
    fn drawn(labels: &[&str], dump: &str) -> Vec<String> {
        let vocabulary = Vocabulary::national().expect("the built-in vocabulary");
        let paths = labels.iter().map(|path| (path.split('/').map(str::to_owned).collect(), None)).collect();
        let columns = Columns::of_paths(paths, vocabulary);
        let table = table::read(columns, pages::lines(dump, vocabulary), false, vocabulary);
        let figures = placement::place(&table, Decimal::ONE, false, &Stated::default(), vocabulary);
        let cell = |grid: &Grid, cell: &crate::model::GridCell| {
            let text = cell.lines.first().map(|line| reflow::glyphs_text(&line.glyphs))?;
            let (rows, columns) = (&cell.rows, &cell.columns);
            let place = format!("{}..{} {}..{}", rows.start, rows.end, columns.start, columns.end);
            Some(format!("{} {place} {text}", grid.page.0))
        };
        let grids = grids(&table, &figures, PageNumber(1));
        grids.iter().flat_map(|grid| grid.cells.iter().filter_map(move |own| cell(grid, own))).collect()
    }

    #[test]
    fn labels_span_their_columns_and_reach_down_to_the_body() {
        let cells = drawn(&["科目编码", "科目名称", "支出/合计", "支出/基本支出"], "201 教育支出 3.00 2.00\n");
        let expected = [
            "1 0..2 0..1 科目编码",
            "1 0..2 1..2 科目名称",
            "1 0..1 2..4 支出",
            "1 1..2 2..3 合计",
            "1 1..2 3..4 基本支出",
            "1 2..3 0..1 201",
            "1 2..3 1..2 教育支出",
            "1 2..3 2..3 3.00",
            "1 2..3 3..4 2.00",
        ];
        assert_eq!(cells, expected);
    }

    #[test]
    fn rows_stand_on_their_pages_and_the_header_on_the_first() {
        let cells = drawn(&["项目", "金额"], "办公费 3.00\n\u{c}水费 2.00\n");
        let expected = ["1 0..1 0..1 项目", "1 0..1 1..2 金额", "1 1..2 0..1 办公费", "1 1..2 1..2 3.00"];
        assert_eq!(cells[..4], expected);
        assert_eq!(cells[4..], ["2 0..1 0..1 水费", "2 0..1 1..2 2.00"]);
    }

    #[test]
    fn numbers_and_second_subjects_have_their_columns() {
        let labels = ["序号", "部门经济科目编码", "部门经济科目名称", "政府经济科目编码", "政府经济科目名称", "合计"];
        let cells = drawn(&labels, "1 合计 3.00\n2 30101 基本工资 50101 工资奖金津补贴 3.00\n");
        let expected = [
            "1 1..2 0..1 1",
            "1 1..2 1..2 合计",
            "1 1..2 5..6 3.00",
            "1 2..3 0..1 2",
            "1 2..3 1..2 30101",
            "1 2..3 2..3 基本工资",
            "1 2..3 3..4 50101",
            "1 2..3 4..5 工资奖金津补贴",
            "1 2..3 5..6 3.00",
        ];
        assert_eq!(cells[6..], expected);
    }
}
