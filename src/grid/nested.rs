//! Small tables inside the cells of a column, one a row, each with the same header: they are the columns of that column.

use crate::document::geometry::Rect;
use crate::model::{Grid, GridCell};
use crate::text::reflow;

/// Fewer small tables than this may be boxes drawn in a cell.
const MIN_TABLES: usize = 2;

/// Opens a table's column that holds small tables; as it was, where they are not all of one kind.
pub(super) fn opened(outer: Grid, inner: &[Grid]) -> Grid {
    let inside: Vec<&Grid> = inner.iter().filter(|small| holds(&outer.bbox, &small.bbox)).collect();
    match Nest::of(&outer, &inside) {
        Some(nest) => nest.open(&outer),
        None => outer,
    }
}

fn holds(outer: &Rect, inner: &Rect) -> bool {
    outer.contains((inner.x0, inner.y0)) && outer.contains((inner.x1, inner.y1))
}

/// The small tables of a column.
struct Nest<'g> {
    column: usize,
    /// How many rows of the outer table stand above the first of them.
    header_rows: usize,
    /// The row of the outer table, and the small table in it.
    tables: Vec<(usize, &'g Grid)>,
}

impl<'g> Nest<'g> {
    fn of(outer: &Grid, inside: &[&'g Grid]) -> Option<Self> {
        let first = inside.first().filter(|_| inside.len() >= MIN_TABLES)?;
        let labels = row_texts(first, 0)?;
        let mut tables = Vec::with_capacity(inside.len());
        let mut column = None;
        for small in inside {
            let cell = outer.cells.iter().find(|cell| holds(&cell.bbox, &small.bbox))?;
            let is_simple = cell.rows.len() == 1 && cell.columns.len() == 1 && small.row_count() == 2;
            // All text of the cell is in its small table.
            let is_whole = characters(std::slice::from_ref(cell)) == characters(&small.cells);
            let is_like = row_texts(small, 0)? == labels && row_texts(small, 1)?.len() == labels.len();
            let in_column = *column.get_or_insert(cell.columns.start) == cell.columns.start;
            if !(is_simple && is_whole && is_like && in_column) {
                return None;
            }
            tables.push((cell.rows.start, *small));
        }
        let header_rows = tables.iter().map(|(row, _)| *row).min().filter(|rows| *rows > 0)?;
        Some(Self { column: column?, header_rows, tables })
    }

    fn open(&self, outer: &Grid) -> Grid {
        let (_, first) = self.tables[0];
        let (count, header) = (first.column_count(), self.header_rows);
        let more = count - 1;
        let column_end = |end: usize| if end > self.column { end + more } else { end };
        let column_start = |start: usize| if start > self.column { start + more } else { start };
        let row_of = |row: usize| if row >= header { row + 1 } else { row };
        let mut cells = Vec::with_capacity(outer.cells.len() + self.tables.len() * count);
        for cell in &outer.cells {
            let is_own = cell.columns == (self.column..self.column + 1);
            let small = self.tables.iter().find(|(row, _)| is_own && cell.rows.start == *row);
            if let Some((row, small)) = small {
                cells.extend(self.moved(small, 1, row_of(*row)));
                continue;
            }
            // The header cells of the other columns reach down to the labels of the small tables.
            let reaches_down = cell.rows.end == header && !cell.columns.contains(&self.column);
            let end = if reaches_down || cell.rows.end > header { cell.rows.end + 1 } else { cell.rows.end };
            let columns = column_start(cell.columns.start)..column_end(cell.columns.end);
            cells.push(GridCell { rows: row_of(cell.rows.start)..end, columns, ..cell.clone() });
        }
        cells.extend(self.moved(first, 0, header));
        cells.sort_by_key(|cell| (cell.rows.start, cell.columns.start));
        let mut ys = outer.ys.clone();
        ys.insert(header, f32::midpoint(ys[header - 1], ys[header]));
        let mut xs = outer.xs.clone();
        xs.splice(self.column + 1..self.column + 1, first.xs[1..count].iter().copied());
        Grid { xs, ys, cells, ..outer.clone() }
    }

    /// A row of a small table as a row of the outer one.
    fn moved(&self, small: &Grid, from: usize, to: usize) -> impl Iterator<Item = GridCell> {
        let own = small.cells.iter().filter(move |cell| cell.rows.start == from);
        own.map(move |cell| {
            let column = self.column + cell.columns.start;
            GridCell { rows: to..to + 1, columns: column..column + 1, ..cell.clone() }
        })
    }
}

fn characters(cells: &[GridCell]) -> usize {
    cells.iter().flat_map(|cell| &cell.lines).map(|line| line.glyphs.len()).sum()
}

/// The texts of a row, a cell a column; `None` where cells span rows or columns.
fn row_texts(grid: &Grid, row: usize) -> Option<Vec<String>> {
    let cells: Vec<&GridCell> = grid.cells.iter().filter(|cell| cell.rows == (row..row + 1)).collect();
    let is_plain = cells.len() == grid.column_count() && cells.len() > 1;
    is_plain.then(|| cells.iter().map(|cell| reflow::text(&cell.lines)).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::page::{line_at, ruled};

    fn table(xs: &[f32], ys: &[f32], rows: &[&[&str]]) -> Grid {
        let mut cells = Vec::new();
        for (row, texts) in rows.iter().enumerate() {
            for (column, text) in texts.iter().enumerate() {
                let bbox = Rect { x0: xs[column], y0: ys[row], x1: xs[column + 1], y1: ys[row + 1] };
                let lines = if text.is_empty() { vec![] } else { vec![line_at(text, bbox.x0, bbox.y1, 10.0)] };
                cells.push(GridCell { rows: row..row + 1, columns: column..column + 1, bbox, lines, placement: None });
            }
        }
        let bbox = Rect { x0: xs[0], y0: ys[0], x1: xs[xs.len() - 1], y1: ys[ys.len() - 1] };
        Grid { bbox, ys: ys.to_vec(), cells, ..ruled(xs) }
    }

    fn rows(grid: &Grid) -> Vec<Vec<String>> {
        let row = |row: usize| grid.cells.iter().filter(move |cell| cell.rows.start == row);
        (0..grid.row_count()).map(|r| row(r).map(|cell| reflow::text(&cell.lines)).collect()).collect()
    }

    fn outer() -> Grid {
        table(
            &[0.0, 50.0, 200.0],
            &[0.0, 20.0, 60.0, 100.0],
            &[&["名称", "金额"], &["甲", "合计基本9.00"], &["乙", "合计基本8.008.00"]],
        )
    }

    #[test]
    fn small_tables_with_one_header_are_columns() {
        let small = |y: f32, values: &[&str]| {
            table(&[60.0, 120.0, 190.0], &[y, y + 10.0, y + 20.0], &[&["合计", "基本"], values])
        };
        let opened = opened(outer(), &[small(25.0, &["9.00", ""]), small(65.0, &["8.00", "8.00"])]);
        assert_eq!(
            rows(&opened),
            [vec!["名称", "金额"], vec!["合计", "基本"], vec!["甲", "9.00", ""], vec!["乙", "8.00", "8.00"]]
        );
        assert_eq!((opened.cells[0].rows.clone(), opened.cells[1].columns.clone()), (0..2, 1..3));
        assert_eq!((opened.column_count(), opened.row_count()), (3, 4));
    }

    #[test]
    fn small_tables_of_several_kinds_stay_text() {
        let small = |y: f32, label: &str| {
            table(&[60.0, 120.0, 190.0], &[y, y + 10.0, y + 20.0], &[&[label, "基本"], &["9.00", ""]])
        };
        let opened = opened(outer(), &[small(25.0, "合计"), small(65.0, "项目")]);
        assert_eq!(opened.column_count(), 2);
    }
}
