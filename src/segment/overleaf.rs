//! Columns that go on overleaf: spreadsheets print down, then over, or over, then down. The parts are joined by their
//! rows, which have their names in each part or in the first only.

use super::caption;
use super::continuation::{body_start, first_labels, header_of};
use crate::language::amount;
use crate::language::vocabulary::{Vocabulary, squeezed};
use crate::model::{Caption, Grid, GridCell, PlacedLine, TableRegion};
use crate::text::reflow;

/// Rows printed twice have the same heights but for this, in points.
const SAME_HEIGHT: f32 = 1.5;

/// Names of rows prove that two parts have the same rows where at least so many differ from one another.
const MIN_NAMES: usize = 3;

/// Joins the tables whose columns go on in the next one, and those parts of them that then are further rows.
///
/// Gives back the names that are printed again, which are read in the first part.
pub(super) fn join(tables: &mut Vec<TableRegion>, vocabulary: &Vocabulary) -> Vec<PlacedLine> {
    let mut repeated = Vec::new();
    let mut index = 1;
    while index < tables.len() {
        let (before, after) = tables.split_at_mut(index);
        let (Some(table), Some(next)) = (before.last_mut(), after.first_mut()) else { break };
        if let Some(names) = repeated_names(table, next, vocabulary) {
            append(table, tables_part(next), names, &mut repeated);
        } else if goes_down(table, next) {
            table.grids.append(&mut next.grids);
            table.notes.append(&mut next.notes);
        } else {
            index += 1;
            continue;
        }
        tables.remove(index);
        // What is before may go on with what has become of it.
        index = index.saturating_sub(1).max(1);
    }
    repeated
}

fn tables_part(next: &mut TableRegion) -> TableRegion {
    TableRegion {
        caption: std::mem::take(&mut next.caption),
        grids: std::mem::take(&mut next.grids),
        notes: std::mem::take(&mut next.notes),
        column_leaves: std::mem::take(&mut next.column_leaves),
    }
}

/// How many of the first columns of `next` repeat those of `table`, whose columns it goes on with; `None` where it does
/// not.
fn repeated_names(table: &TableRegion, next: &TableRegion, vocabulary: &Vocabulary) -> Option<usize> {
    let follows = next.grids.first()?.page.0 == last_page(table)? + 1;
    // Pages on which nothing stands are not printed.
    let is_shorter = next.grids.len() < table.grids.len() && next.grids.iter().all(is_bare);
    let pages = (table.grids.len() == next.grids.len() || is_shorter) && next.column_leaves.is_empty();
    if !(follows && pages && may_be_of(&table.caption, &next.caption)) {
        return None;
    }
    let pairs = || table.grids.iter().zip(&next.grids);
    if pairs().any(|(grid, other)| grid.row_count() != other.row_count()) {
        return None;
    }
    let names = pairs().map(|(grid, other)| same_columns_at_left(grid, other)).min()?;
    let (first, first_next) = pairs().next()?;
    let (body, body_next) = (body_start(first), header_rows(first_next, first));
    let is_new = (names..first_next.column_count()).all(|column| {
        let header = header_of(first_next, column, body_next);
        !header.is_empty() && !(names..first.column_count()).any(|known| header_of(first, known, body) == header)
    });
    // Forms of one kind, a page each, have names in common, but no header.
    if !is_new || !is_headed(first, body, vocabulary) {
        return None;
    }
    if names > 0 {
        // A note ends a table, but for columns that have no names of their own and so are no table.
        let has_names = table.notes.is_empty() && distinct_names(first, names) >= MIN_NAMES;
        let is_header = is_headed(first_next, body_next, vocabulary);
        return (has_names && is_header && names < first_next.column_count()).then_some(names);
    }
    let same_rows = pairs().all(|(grid, other)| same_heights(grid, other));
    // Without names, only figures can go on, below words of a header.
    let figures = pairs().all(|(grid, other)| {
        let body = header_rows(other, grid);
        (0..other.column_count()).all(|column| holds_figures(other, column, body))
    });
    let named = pairs().all(|(grid, _)| {
        let body = body_start(grid);
        (0..grid.column_count()).any(|column| !holds_figures(grid, column, body))
    });
    let proven = is_headed(first_next, body_next, vocabulary) || same_label(&table.caption, &next.caption);
    (same_rows && figures && (named || proven) && body == body_next).then_some(0)
}

/// Whether nothing stands in a grid below its first row.
fn is_bare(grid: &Grid) -> bool {
    grid.cells.iter().all(|cell| cell.rows.start == 0 || cell.lines.is_empty())
}

/// Whether the lowest labels above the columns are mostly header words.
fn is_headed(grid: &Grid, body: usize, vocabulary: &Vocabulary) -> bool {
    let lowest = (0..grid.column_count()).filter_map(|column| header_of(grid, column, body).pop());
    let known = lowest.filter(|label| vocabulary.is_header_word(label)).count();
    2 * known > grid.column_count()
}

/// The rows of a header; where a part holds nothing below it, as many as those of its neighbour.
fn header_rows(grid: &Grid, neighbour: &Grid) -> usize {
    match body_start(grid) {
        0 => body_start(neighbour),
        rows => rows,
    }
}

fn last_page(table: &TableRegion) -> Option<u32> {
    Some(table.grids.last()?.page.0 + table.column_leaves.iter().max().copied().unwrap_or(0))
}

/// Whether the caption of a part says nothing that contradicts that of its table: a title too wide for its page is cut
/// and goes on overleaf.
fn may_be_of(table: &Caption, part: &Caption) -> bool {
    let agree = |known: &Option<String>, found: &Option<String>| match (known, found) {
        (Some(known), Some(found)) => {
            let (known, found) = (squeezed(known), squeezed(found));
            known.contains(found.as_ref()) || found.contains(known.as_ref())
        }
        _ => true,
    };
    agree(&table.title, &part.title) && agree(&table.label, &part.label) && agree(&table.unit, &part.unit)
}

fn same_label(table: &Caption, part: &Caption) -> bool {
    table.label.is_some() && table.label == part.label
}

/// How many columns at the left hold the same texts in both.
fn same_columns_at_left(grid: &Grid, other: &Grid) -> usize {
    let most = grid.column_count().min(other.column_count());
    (0..most).take_while(|column| texts_of(grid, *column) == texts_of(other, *column)).count()
}

/// The cells that begin in a column, with their spans.
fn texts_of(grid: &Grid, column: usize) -> Vec<(usize, usize, usize, String)> {
    let cells = grid.cells.iter().filter(|cell| cell.columns.start == column);
    cells
        .map(|cell| {
            let text = squeezed(&reflow::text(&cell.lines)).into_owned();
            (cell.rows.start, cell.rows.end, cell.columns.len(), text)
        })
        .collect()
}

fn distinct_names(grid: &Grid, columns: usize) -> usize {
    let body = body_start(grid);
    let of = |column| texts_of(grid, column).into_iter().filter(|(row, ..)| *row >= body).map(|(.., text)| text);
    let names = (0..columns).map(|column| {
        let texts: std::collections::BTreeSet<String> = of(column).filter(|text| !text.is_empty()).collect();
        texts.len()
    });
    names.max().unwrap_or(0)
}

fn same_heights(grid: &Grid, other: &Grid) -> bool {
    let (Some(top), Some(other_top)) = (grid.ys.first(), other.ys.first()) else { return false };
    grid.ys.iter().zip(&other.ys).all(|(y, other)| ((y - top) - (other - other_top)).abs() <= SAME_HEIGHT)
}

/// Whether a column holds nothing but amounts below its header, or nothing.
fn holds_figures(grid: &Grid, column: usize, body: usize) -> bool {
    let body = body.max(1);
    let below = grid.cells.iter().filter(|cell| cell.rows.start >= body && cell.columns.contains(&column));
    below.map(|cell| reflow::text(&cell.lines)).all(|text| {
        let is_code = !text.contains(['.', ',']) && text.len() > 2;
        text.is_empty() || amount::is_dash(&text) || (amount::parse(&text).is_some() && !is_code)
    })
}

/// Whether `next` has further rows of a table whose columns went on: the header of its first part again.
fn goes_down(table: &TableRegion, next: &TableRegion) -> bool {
    let (Some(first), Some(grid)) = (table.grids.first(), next.grids.first()) else { return false };
    let is_overleaf = !table.column_leaves.is_empty() && table.column_leaves == next.column_leaves;
    is_overleaf
        && Some(grid.page.0) == last_page(table).map(|page| page + 1)
        && first.column_count() == grid.column_count()
        && may_be_of(&table.caption, &next.caption)
        && table.notes.is_empty()
        && first_labels(first) == first_labels(grid)
}

/// Puts the columns of `next` beside those of `table`, without the repeated names.
fn append(table: &mut TableRegion, next: TableRegion, names: usize, repeated: &mut Vec<PlacedLine>) {
    let leaf = match (table.grids.first(), next.grids.first()) {
        (Some(grid), Some(other)) => other.page.0 - grid.page.0,
        _ => return,
    };
    let known = table.grids.first().map_or(0, Grid::column_count);
    table.column_leaves.resize(known, 0);
    let added = next.grids.first().map_or(0, Grid::column_count) - names;
    table.column_leaves.resize(known + added, leaf);
    for (grid, other) in table.grids.iter_mut().zip(next.grids) {
        beside(grid, other, names, repeated);
    }
    join_captions(&mut table.caption, next.caption);
    table.notes.extend(next.notes);
}

fn join_captions(caption: &mut Caption, next: Caption) {
    let longer = |known: &Option<String>, found: &Option<String>| {
        let length = |title: &Option<String>| title.as_deref().map_or(0, |title| title.chars().count());
        length(found) > length(known)
    };
    if longer(&caption.title, &next.title) {
        caption.title.clone_from(&next.title);
    }
    caption::fill(caption, next);
}

/// Puts the cells of `other` to the right of those of `grid`. Boundaries go on to the right of the page, since those of
/// two pages cannot stand in one order; the cells keep their own boxes.
fn beside(grid: &mut Grid, other: Grid, names: usize, repeated: &mut Vec<PlacedLine>) {
    let columns = grid.column_count();
    let body = body_start(grid).max(body_start(&other));
    let (Some(end), Some(start)) = (grid.xs.last().copied(), other.xs.get(names).copied()) else { return };
    grid.xs.extend(other.xs.iter().skip(names + 1).map(|x| x - start + end));
    let (moved, known): (Vec<GridCell>, Vec<GridCell>) =
        other.cells.into_iter().partition(|cell| cell.columns.start >= names);
    let lines = known.into_iter().flat_map(|cell| cell.lines);
    repeated.extend(lines.map(|line| PlacedLine { page: other.page, text: reflow::line_text(&line), line }));
    let moved = moved.into_iter().map(|cell| GridCell {
        columns: cell.columns.start - names + columns..cell.columns.end - names + columns,
        ..cell
    });
    grid.cells.extend(moved);
    join_headings(grid, columns, body);
    grid.cells.sort_by_key(|cell| (cell.rows.start, cell.columns.start));
}

/// Joins the headings that go on overleaf at a column: the text of one stands on one page only, and its cell on the other is
/// empty, though there are labels below it. In the lowest row of a header an empty cell may be a column's own.
fn join_headings(grid: &mut Grid, column: usize, body: usize) {
    let is_above_labels = |cell: &GridCell| cell.rows.end < body;
    let mut rests = Vec::new();
    for left in 0..grid.cells.len() {
        let cell = &grid.cells[left];
        if cell.columns.end != column || !is_above_labels(cell) {
            continue;
        }
        let goes_on = |other: &GridCell| {
            other.columns.start == column && other.rows == cell.rows && cell.lines.is_empty() != other.lines.is_empty()
        };
        let Some(right) = grid.cells.iter().position(goes_on) else { continue };
        let rest = grid.cells[right].clone();
        let whole = &mut grid.cells[left];
        whole.columns.end = rest.columns.end;
        if whole.lines.is_empty() {
            (whole.lines, whole.bbox) = (rest.lines, rest.bbox);
        }
        rests.push(right);
    }
    let mut index = 0..;
    grid.cells.retain(|_| index.next().is_none_or(|index| !rests.contains(&index)));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::document::national;
    use crate::testing::page::table;

    fn region(grids: Vec<Grid>) -> TableRegion {
        TableRegion { caption: Caption::default(), grids, notes: Vec::new(), column_leaves: Vec::new() }
    }

    const CODES: [&str; 3] = ["201", "203", "205"];
    const NAMES: [&str; 3] = ["甲", "乙", "丙"];

    /// A part with these columns below their headers.
    fn part(page: u32, columns: &[(&str, [&str; 3])]) -> Grid {
        let rows: Vec<Vec<&str>> = [columns.iter().map(|(header, _)| *header).collect()]
            .into_iter()
            .chain((0..3).map(|row| columns.iter().map(|(_, cells)| cells[row]).collect()))
            .collect();
        table(page, 80.0, &rows.iter().map(Vec::as_slice).collect::<Vec<_>>())
    }

    fn joined(parts: Vec<Grid>) -> Vec<TableRegion> {
        let mut tables = parts.into_iter().map(|grid| region(vec![grid])).collect();
        join(&mut tables, national());
        tables
    }

    #[test]
    fn columns_go_on_overleaf_with_the_names_repeated() {
        let names = [("科目编码", CODES), ("科目名称", NAMES)];
        let tables = joined(vec![
            part(2, &[names[0], names[1], ("合计", ["3.00", "2.00", "1.00"])]),
            part(3, &[names[0], names[1], ("基本支出", ["3.00", "", "1.00"]), ("项目支出", ["", "2.00", ""])]),
        ]);
        assert_eq!(tables.len(), 1);
        assert_eq!(tables[0].column_leaves, [0, 0, 0, 1, 1]);
        assert_eq!(first_labels(&tables[0].grids[0]), ["科目编码", "科目名称", "合计", "基本支出", "项目支出"]);
    }

    #[test]
    fn columns_go_on_overleaf_without_the_names() {
        let tables = joined(vec![
            part(2, &[("科目编码", CODES), ("科目名称", NAMES)]),
            part(3, &[("合计", ["3.00", "2.00", "1.00"]), ("基本支出", ["3.00", "", "1.00"])]),
            part(4, &[("政府性基金", ["", "", ""]), ("其他", ["", "", ""])]),
        ]);
        assert_eq!(tables.len(), 1);
        assert_eq!(tables[0].column_leaves, [0, 0, 1, 1, 2, 2]);
    }

    #[test]
    fn the_same_columns_again_are_another_table() {
        let columns = [("项目", NAMES), ("预算数", ["3.00", "2.00", "1.00"])];
        assert_eq!(joined(vec![part(2, &columns), part(3, &columns)]).len(), 2);
    }

    #[test]
    fn rows_that_go_on_after_their_columns_are_joined_too() {
        let (sums, basic) = (["3.00", "2.00", "1.00"], ["2.00", "2.00", ""]);
        let more = (["207", "208", "210"], ["丁", "戊", "己"]);
        let tables = joined(vec![
            part(2, &[("科目编码", CODES), ("科目名称", NAMES), ("合计", sums)]),
            part(3, &[("科目编码", CODES), ("科目名称", NAMES), ("基本支出", basic)]),
            part(4, &[("科目编码", more.0), ("科目名称", more.1), ("合计", sums)]),
            part(5, &[("科目编码", more.0), ("科目名称", more.1), ("基本支出", basic)]),
        ]);
        assert_eq!((tables.len(), tables[0].grids.len()), (1, 2));
    }

    /// Two parts of a table, without its names on the second page, whose header has two rows.
    fn headed(left: &[&[&str]], right: &[&[&str]]) -> Vec<TableRegion> {
        joined(vec![table(2, 80.0, left), table(3, 80.0, right)])
    }

    fn headers(region: &TableRegion) -> Vec<Vec<String>> {
        (0..region.grids[0].column_count()).map(|column| header_of(&region.grids[0], column, 2)).collect()
    }

    #[test]
    fn a_heading_goes_on_overleaf_where_its_text_stands_on_one_page() {
        let rows: [&[&str]; 2] = [&["201", "甲", "3.00"], &["203", "乙", "2.00"]];
        let labels: &[&str] = &["科目编码", "科目名称", "合计"];
        for (left, right) in [("2023年预算数", ""), ("", "2023年预算数")] {
            let tables = headed(
                &[&["科目", "科目", left], labels, rows[0], rows[1]],
                &[&[right], &["项目支出"], &["1.00"], &[""]],
            );
            assert_eq!(tables.len(), 1);
            assert_eq!(headers(&tables[0])[2..], [["2023年预算数", "合计"], ["2023年预算数", "项目支出"]]);
        }
    }

    #[test]
    fn two_headings_are_never_one() {
        let rows: [&[&str]; 2] = [&["201", "甲", "3.00"], &["203", "乙", "2.00"]];
        let tables = headed(
            &[&["科目", "科目", "上年预算数"], &["科目编码", "科目名称", "合计"], rows[0], rows[1]],
            &[&["2023年预算数"], &["合计"], &["1.00"], &["1.00"]],
        );
        assert_eq!(headers(&tables[0])[2..], [["上年预算数", "合计"], ["2023年预算数", "合计"]]);
    }

    #[test]
    fn columns_without_any_figure_go_on_overleaf() {
        let tables = headed(
            &[&["科目", "科目", "2023年预算数"], &["科目编码", "科目名称", "合计"], &["201", "甲", ""]],
            &[&[""], &["项目支出"], &[""]],
        );
        assert_eq!(tables.len(), 1);
        assert_eq!(headers(&tables[0])[3], ["2023年预算数", "项目支出"]);
    }

    #[test]
    fn a_note_below_the_first_part_parts_only_what_has_names() {
        let with_note = |next: Grid| {
            let first = part(2, &[("科目编码", CODES), ("科目名称", NAMES), ("合计", ["3.00", "2.00", "1.00"])]);
            let first = TableRegion { notes: vec!["注：无。".to_owned()], ..region(vec![first]) };
            let mut tables = vec![first, region(vec![next])];
            join(&mut tables, national());
            tables.len()
        };
        let basic = ("基本支出", ["3.00", "", "1.00"]);
        assert_eq!(with_note(part(3, &[basic])), 1);
        assert_eq!(with_note(part(3, &[("科目编码", CODES), ("科目名称", NAMES), basic])), 2);
    }
}
