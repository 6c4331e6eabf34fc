//! Whether a grid continues the table of the page before: by what it holds, whatever the widths of its columns.

use crate::document::TableKind;
use crate::language::amount;
use crate::language::performance_roles::Role;
use crate::language::vocabulary::{Vocabulary, squeezed};
use crate::model::{Grid, GridSource, TableRegion};
use crate::text::reflow;

/// Column boundaries of one table on different pages differ by less than this, in points: each page is laid out anew
/// and may be shifted by a binding margin.
const SAME_BOUNDARY: f32 = 4.0;

/// No header has more rows than this.
const MAX_HEADER_ROWS: usize = 5;

/// Labels that are the same in two headers prove one table where there are at least so many.
const MIN_LABELS: usize = 2;

/// So many characters of a line must reach into a header's cell for it to be told from the label.
const MIN_REACHING: usize = 4;

/// Columns of which both parts of a table hold something of one type, where nothing else tells that they are one.
const MIN_TYPED_COLUMNS: usize = 2;

/// Codes are digits, at least so many.
const MIN_CODE: usize = 3;

/// Fewer boundaries than these are found anywhere.
const MIN_BOUNDARIES: usize = 3;

/// A column that so many parts of a table leave empty says nothing of the next.
const MAX_LOOKED_BACK: usize = 4;

/// In one of so many first rows of a further part of a form stands a level of indicators.
const OPENING_ROWS: usize = 2;

/// What the cells of a column are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum CellType {
    Code,
    Amount,
    Text,
}

/// Whether a grid that says of itself nothing new is the next part of a table; `named` where it repeats the table's
/// title, as forms of one kind do that are a page each.
pub(super) fn continues(region: &TableRegion, grid: &Grid, named: bool, vocabulary: &Vocabulary) -> bool {
    let (Some(first), Some(previous)) = (region.grids.first(), region.grids.last()) else { return false };
    if grid.page.0 != previous.page.0 + 1 || repeats_names(previous, grid) {
        return false;
    }
    let opening = opening_labels(grid, previous);
    let same_header = repeats_header(first, &opening) || repeats_header(previous, &opening);
    let counts_fit = previous.column_count() == grid.column_count();
    let is_header = is_header_row(grid, 0, vocabulary);
    if named {
        let same_columns = same_columns(previous, grid) || (counts_fit && same_header);
        let same_table = same_columns && first_labels(previous) == first_labels(grid);
        // The rows of a table go on under its title; forms have no header above theirs.
        let has_header = is_header_row(first, 0, vocabulary);
        let further_rows = counts_fit && has_header && !is_header && same_types(region, grid);
        return region.notes.is_empty() && (same_table || further_rows);
    }
    if !region.notes.is_empty() {
        let further_rows = !is_header && same_columns(previous, grid) && same_types(region, grid);
        return counts_fit && ((same_header && is_header) || further_rows);
    }
    if is_header && !same_header && has_other_labels(first, &opening, vocabulary) {
        return false;
    }
    let same_content = counts_fit && (same_header || (!is_header && same_types(region, grid)));
    same_columns(previous, grid) || same_content || is_part_of_form(region, grid, vocabulary)
}

/// Whether the columns of `next` are those of `previous`: every boundary of the one with fewer columns is found among
/// the boundaries of the other, after a common shift.
///
/// The boundaries of grids without rulings are estimates: there the labels of the header must be the same.
pub(super) fn same_columns(previous: &Grid, next: &Grid) -> bool {
    if previous.source == GridSource::Aligned || next.source == GridSource::Aligned {
        return previous.column_count() == next.column_count() && first_labels(previous) == first_labels(next);
    }
    let (more, fewer) = if previous.xs.len() >= next.xs.len() { (previous, next) } else { (next, previous) };
    let (Some(first), Some(last)) = (fewer.xs.first(), fewer.xs.last()) else { return false };
    let (Some(more_first), Some(more_last)) = (more.xs.first(), more.xs.last()) else { return false };
    let fits =
        |shift: f32| fewer.xs.iter().all(|x| more.xs.iter().any(|known| (x + shift - known).abs() <= SAME_BOUNDARY));
    let same_width = ((last - first) - (more_last - more_first)).abs() <= 2.0 * SAME_BOUNDARY;
    same_width && (fits(0.0) || fits(more_first - first))
}

/// The labels of the first row.
pub(super) fn first_labels(grid: &Grid) -> Vec<String> {
    labels_of(grid, 0)
}

/// The texts of the cells that begin in a row.
fn labels_of(grid: &Grid, row: usize) -> Vec<String> {
    let cells = grid.cells.iter().filter(|cell| cell.rows.start == row);
    cells.map(|cell| squeezed(&reflow::text(&cell.lines)).into_owned()).collect()
}

/// The labels of the first row after a page break. A line that the break cut in halves may reach into a header's cell: there
/// it only repeats the end of the column on the page before, and belongs to no label.
fn opening_labels(grid: &Grid, previous: &Grid) -> Vec<String> {
    let opening = grid.cells.iter().filter(|cell| cell.rows.start == 0);
    let labels = opening.map(|cell| {
        let label = squeezed(&reflow::text(&cell.lines)).into_owned();
        let in_column = previous.cells.iter().filter(|other| other.columns == cell.columns && !other.lines.is_empty());
        let last = in_column.max_by_key(|other| other.rows.start).map(|other| reflow::text(&other.lines));
        let last = last.map(|last| squeezed(&last).into_owned()).unwrap_or_default();
        let common = label.chars().rev().zip(last.chars().rev()).take_while(|(one, other)| one == other);
        let (characters, bytes) = common.fold((0, 0), |(count, bytes), (one, _)| (count + 1, bytes + one.len_utf8()));
        let reaches_in = characters >= MIN_REACHING && bytes < label.len();
        if reaches_in { label[..label.len() - bytes].to_owned() } else { label }
    });
    labels.collect()
}

/// Whether the labels of a first row are those of one of the header rows of `first`.
fn repeats_header(first: &Grid, opening: &[String]) -> bool {
    let filled = opening.iter().filter(|label| !label.is_empty());
    if filled.clone().count() < MIN_LABELS || filled.clone().any(|label| amount::parse(label).is_some()) {
        return false;
    }
    (0..first.row_count().min(MAX_HEADER_ROWS)).any(|row| labels_of(first, row) == opening)
}

/// Whether the labels of a first row have header words that the header of `first` has not.
fn has_other_labels(first: &Grid, opening: &[String], vocabulary: &Vocabulary) -> bool {
    let known: Vec<String> =
        (0..first.row_count().min(MAX_HEADER_ROWS)).flat_map(|row| labels_of(first, row)).collect();
    let labels: Vec<&String> = opening.iter().filter(|label| !label.is_empty()).collect();
    // Beside labels that come again, any other one heads a column that goes on.
    let come_again = labels.iter().filter(|label| known.contains(**label)).count() >= MIN_LABELS;
    let is_other = |label: &&String| (come_again || vocabulary.is_header_word(label)) && !known.contains(label);
    is_header_row(first, 0, vocabulary) && labels.iter().any(is_other)
}

/// Whether a row's labels are mostly header words, and none an amount.
pub(super) fn is_header_row(grid: &Grid, row: usize, vocabulary: &Vocabulary) -> bool {
    let labels: Vec<String> = labels_of(grid, row).into_iter().filter(|label| !label.is_empty()).collect();
    let known = labels.iter().filter(|label| vocabulary.is_header_word(label)).count();
    labels.len() >= MIN_LABELS.min(grid.column_count())
        && 2 * known > labels.len()
        && !labels.iter().any(|label| amount::parse(label).is_some())
}

/// Whether the first columns of two grids hold the same names row by row: then not rows go on, but columns.
fn repeats_names(previous: &Grid, grid: &Grid) -> bool {
    let names = |grid: &Grid| -> Vec<String> {
        let cells = grid.cells.iter().filter(|cell| cell.columns.start == 0);
        cells.map(|cell| squeezed(&reflow::text(&cell.lines)).into_owned()).collect()
    };
    let (first, next) = (names(previous), names(grid));
    let filled = first.iter().filter(|name| !name.is_empty()).count();
    filled > MIN_LABELS && first == next && first.iter().collect::<std::collections::BTreeSet<_>>().len() > MIN_LABELS
}

/// Whether the cells of two parts of a table are of the same types, column by column.
fn same_types(region: &TableRegion, grid: &Grid) -> bool {
    let mut both = 0;
    let mut distinct = Vec::new();
    let before: Vec<Vec<Option<CellType>>> =
        region.grids.iter().rev().take(MAX_LOOKED_BACK).map(column_types).collect();
    for (column, after) in column_types(grid).into_iter().enumerate() {
        let before = before.iter().find_map(|types| types.get(column).copied().flatten());
        match (before, after) {
            (Some(before), Some(after)) if before != after => return false,
            (Some(before), Some(_)) => {
                both += 1;
                distinct.push(before);
            }
            _ => {}
        }
    }
    // Words alone are everywhere.
    both >= MIN_TYPED_COLUMNS && distinct.iter().any(|found| *found != CellType::Text)
}

/// The type of most cells of each column below the header; `None` where it holds nothing.
fn column_types(grid: &Grid) -> Vec<Option<CellType>> {
    let body = body_start(grid);
    let mut counts = vec![[0_usize; 3]; grid.column_count()];
    for cell in grid.cells.iter().filter(|cell| cell.columns.len() == 1 && cell.rows.start >= body) {
        let text = reflow::text(&cell.lines);
        if !text.is_empty() && !amount::is_dash(&text) {
            counts[cell.columns.start][cell_type(&text) as usize] += 1;
        }
    }
    let commonest = |counts: [usize; 3]| {
        let most = counts.into_iter().max().filter(|most| *most > 0)?;
        [CellType::Code, CellType::Amount, CellType::Text].into_iter().find(|of| counts[*of as usize] == most)
    };
    counts.into_iter().map(commonest).collect()
}

fn cell_type(text: &str) -> CellType {
    let plain = squeezed(text);
    match amount::parse(&plain) {
        _ if plain.len() >= MIN_CODE && plain.bytes().all(|b| b.is_ascii_digit()) => CellType::Code,
        Some(_) => CellType::Amount,
        None => CellType::Text,
    }
}

/// The first row that holds a code or an amount.
pub(super) fn body_start(grid: &Grid) -> usize {
    // Cells stand by rows, so that the first is the uppermost.
    let first = grid.cells.iter().find(|cell| {
        let text = reflow::text(&cell.lines);
        !text.is_empty() && cell_type(&text) != CellType::Text
    });
    first.map_or(0, |cell| cell.rows.start)
}

/// Whether a grid whose first rows hold a level of indicators, and no header of its own, goes on with the form before it,
/// however its columns are cut.
fn is_part_of_form(region: &TableRegion, grid: &Grid, vocabulary: &Vocabulary) -> bool {
    let words = &vocabulary.performance;
    let is_of_targets = region
        .caption
        .title
        .as_ref()
        .is_some_and(|title| vocabulary.table_kind(title) == TableKind::PerformanceTargets);
    let is_level = |text: &str| words.level_words.contain(&squeezed(text));
    let has_level = |grid: &Grid| grid.cells.iter().rev().any(|cell| is_level(&reflow::text(&cell.lines)));
    let opening: Vec<String> = (0..OPENING_ROWS).flat_map(|row| labels_of(grid, row)).collect();
    let opens = |role: Role| matches!(role, Role::PROJECT | Role::DEPARTMENT | Role::LEVEL1 | Role::INDICATOR);
    let mut openings = words.fields.iter().filter(|field| opens(field.role()));
    let opens_form = openings.any(|field| opening.iter().any(|label| field.labels.contain(label)));
    let opens_with_level = opening.iter().any(|label| is_level(label));
    let same_edges = region.grids.last().is_some_and(|previous| {
        let off = |a: f32, b: f32| (a - b).abs() <= SAME_BOUNDARY;
        off(previous.bbox.x0, grid.bbox.x0) && off(previous.bbox.x1, grid.bbox.x1)
    });
    let same_place = same_edges || is_within_columns(region, grid);
    let goes_on = opens_with_level || (same_place && !is_header_row(grid, 0, vocabulary));
    !opens_form && goes_on && (is_of_targets || (opens_with_level && region.grids.iter().any(has_level)))
}

/// Whether every column boundary is one of those before: columns whose cells go on over the page may lack their rulings.
fn is_within_columns(region: &TableRegion, grid: &Grid) -> bool {
    let is_known =
        |x: &f32| region.grids.iter().flat_map(|grid| &grid.xs).any(|known| (x - known).abs() <= SAME_BOUNDARY);
    grid.xs.len() > MIN_BOUNDARIES && grid.xs.iter().all(is_known)
}

/// The header of a column: the texts of the cells that cover it above the body, which begins with this row.
pub(super) fn header_of(grid: &Grid, column: usize, body: usize) -> Vec<String> {
    let above = grid.cells.iter().filter(|cell| cell.rows.start < body && cell.columns.contains(&column));
    let texts = above.map(|cell| squeezed(&reflow::text(&cell.lines)).into_owned());
    texts.filter(|text| !text.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Caption;
    use crate::testing::document::national;
    use crate::testing::page::{ruled, table};

    #[test]
    fn a_shifted_page_has_the_same_columns() {
        assert!(same_columns(&ruled(&[50.0, 100.0, 200.0]), &ruled(&[62.0, 112.0, 212.0])));
    }

    #[test]
    fn a_page_whose_rows_all_span_has_fewer_boundaries() {
        assert!(same_columns(&ruled(&[50.0, 100.0, 150.0, 200.0]), &ruled(&[50.0, 150.0, 200.0])));
    }

    #[test]
    fn another_table_has_other_columns() {
        assert!(!same_columns(&ruled(&[50.0, 100.0, 200.0]), &ruled(&[50.0, 130.0, 200.0])));
        assert!(!same_columns(&ruled(&[50.0, 100.0, 200.0]), &ruled(&[50.0, 300.0])));
    }

    fn region(grid: Grid) -> TableRegion {
        TableRegion { caption: Caption::default(), grids: vec![grid], notes: Vec::new(), column_leaves: Vec::new() }
    }

    const HEADER: &[&str] = &["科目编码", "科目名称", "合计"];

    #[test]
    fn a_part_without_a_header_goes_on_with_the_same_types_of_cells_whatever_their_widths() {
        let first = region(table(1, 100.0, &[HEADER, &["201", "一般公共服务支出", "1.00"]]));
        let goes_on = |rows: &[&[&str]]| continues(&first, &table(2, 112.0, rows), false, national());
        assert!(goes_on(&[&["208", "社会保障和就业支出", "2.00"]]));
        assert!(goes_on(&[&["208", "社会保障和就业支出", ""]]));
        assert!(!goes_on(&[&["社会保障", "2.00", "3.00"]]));
    }

    #[test]
    fn the_same_header_goes_on_and_another_does_not() {
        let first = region(table(1, 100.0, &[HEADER, &["201", "一般公共服务支出", "1.00"]]));
        let goes_on = |width, header: &[&str]| {
            continues(&first, &table(2, width, &[header, &["208", "社会保障和就业支出", "2.00"]]), false, national())
        };
        assert!(goes_on(112.0, HEADER));
        assert!(!goes_on(100.0, &["科目编码", "科目名称", "项目支出"]), "columns go on, not rows");
    }

    #[test]
    fn half_a_line_that_reaches_into_a_header_is_no_label() {
        let header = ["科目编码", "科目名称", "说明"];
        let first = region(table(1, 100.0, &[&header, &["201", "一般公共服务", "用于机关正常运转"]]));
        let goes_on = |label: &str| {
            let rows: &[&[&str]] = &[&["科目编码", "科目名称", label], &["208", "社会保障", "用于养老"]];
            continues(&first, &table(2, 100.0, rows), false, national())
        };
        assert!(goes_on("说明机关正常运转"));
        assert!(!goes_on("说明合计"));
    }

    #[test]
    fn the_same_names_again_are_no_further_rows() {
        let rows: &[&[&str]] = &[&["201", "甲", "1.00"], &["203", "乙", "2.00"], &["205", "丙", "3.00"]];
        assert!(!continues(&region(table(1, 100.0, rows)), &table(2, 100.0, rows), false, national()));
    }

    #[test]
    fn a_level_of_indicators_goes_on_with_the_form() {
        let form = region(table(1, 100.0, &[&["项目名称", "某项目"], &["产出指标", "数量"]]));
        let next = table(2, 80.0, &[&["效益指标", "社会效益", "提高", "是"]]);
        assert!(continues(&form, &next, false, national()));
    }
}
