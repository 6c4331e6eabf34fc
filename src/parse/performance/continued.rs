//! Targets that go on overleaf without saying whose they are → one region.
//!
//! A page of a form that has neither a project's name nor a goal, and whose columns are those of the page before or some of
//! them, goes on with it: its title is repeated or missing. So does a page that begins with the indicators of a form that has
//! none yet, and a page of a grid that begins with the same header, where
//! half a line at a page's edge has come between.

use std::borrow::Cow;

use super::is_label_of;
use crate::document::TableKind;
use crate::language::performance_roles::Role;
use crate::language::vocabulary::{Vocabulary, squeezed};
use crate::model::{Grid, TableRegion};
use crate::text::reflow;

/// How far apart two borders drawn at the same place are, at most, in points.
const SAME_BORDER: f32 = 3.0;

/// A header that tells a grid from others has at least so many labels in its first row.
const MIN_HEADER: usize = 4;

/// The regions of a document, those of one form made one.
pub(in crate::parse) fn regions<'r>(tables: &'r [TableRegion], vocabulary: &Vocabulary) -> Vec<Cow<'r, TableRegion>> {
    let mut whole: Vec<Cow<'r, TableRegion>> = Vec::with_capacity(tables.len());
    for region in tables {
        match whole.last_mut() {
            Some(open) if goes_on(open, region, vocabulary) => {
                let open = open.to_mut();
                open.grids.extend(region.grids.iter().cloned());
                open.notes.extend(region.notes.iter().cloned());
            }
            _ => whole.push(Cow::Borrowed(region)),
        }
    }
    whole
}

fn goes_on(open: &TableRegion, region: &TableRegion, vocabulary: &Vocabulary) -> bool {
    let (Some(above), Some(below)) = (open.grids.last(), region.grids.first()) else { return false };
    let follows = below.page == above.page || below.page.0 == above.page.0 + 1;
    let title = |region: &TableRegion| region.caption.title.as_deref().map(|title| squeezed(title).into_owned());
    let untitled = title(region).is_none_or(|below| Some(below) == title(open));
    let kind = title(open).map_or(TableKind::Other, |title| vocabulary.table_kind(&title));
    let plausible = matches!(kind, TableKind::PerformanceTargets | TableKind::Other);
    let widest = open.grids.iter().max_by_key(|grid| grid.column_count()).unwrap_or(above);
    if !(follows && untitled && plausible) {
        return false;
    }
    if is_head(open, vocabulary) && begins_with_indicators(region, vocabulary) && are_as_wide(above, below) {
        return true;
    }
    if repeats_header(open, below) {
        return open.caption.organisation == region.caption.organisation || region.caption.organisation.is_none();
    }
    !has_label(region, &[Role::PROJECT, Role::DEPARTMENT, Role::GOAL], vocabulary)
        && shares_columns(widest, below)
        && has_label(open, &[Role::INDICATOR], vocabulary)
        && has_label(open, &[Role::VALUE], vocabulary)
}

/// Whether the last form of a region says whose it is, and has no indicators yet.
fn is_head(open: &TableRegion, vocabulary: &Vocabulary) -> bool {
    openings(open, vocabulary).last() == Some(&Opening::Name)
}

/// Whether a region has indicators, and nobody's name above them.
fn begins_with_indicators(region: &TableRegion, vocabulary: &Vocabulary) -> bool {
    openings(region, vocabulary).first() == Some(&Opening::Indicators) && has_label(region, &[Role::VALUE], vocabulary)
}

/// What a label opens.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Opening {
    /// The head of a form: a name, or what has one behind a colon.
    Name,
    Indicators,
}

/// What the labels of a region open, from its top down.
fn openings(region: &TableRegion, vocabulary: &Vocabulary) -> Vec<Opening> {
    let words = &vocabulary.performance;
    let opening = |text: &str| {
        let label = text.split_once([':', '：']).map_or(text, |(label, _)| label);
        let is_name = is_label_of(label, &[Role::PROJECT, Role::DEPARTMENT], words);
        let is_indicator = || is_label_of(text, &[Role::INDICATOR], words);
        if is_name { Some(Opening::Name) } else { is_indicator().then_some(Opening::Indicators) }
    };
    let mut found = Vec::new();
    for grid in &region.grids {
        let mut cells: Vec<_> = grid.cells.iter().filter(|cell| !cell.lines.is_empty()).collect();
        cells.sort_by_key(|cell| (cell.rows.start, cell.columns.start));
        found.extend(cells.into_iter().filter_map(|cell| opening(&reflow::text(&cell.lines))));
    }
    found
}

fn are_as_wide(above: &Grid, below: &Grid) -> bool {
    let width = |grid: &Grid| grid.bbox.x1 - grid.bbox.x0;
    (width(above) - width(below)).abs() <= SAME_BORDER
}

/// Whether a grid has the columns of the one before and begins with its header.
fn repeats_header(open: &TableRegion, below: &Grid) -> bool {
    let labels = |grid: &Grid| -> Vec<(usize, String)> {
        let first = grid.cells.iter().filter(|cell| cell.rows.start == 0 && !cell.lines.is_empty());
        first.map(|cell| (cell.columns.start, reflow::text(&cell.lines))).collect()
    };
    let Some(first) = open.grids.first().filter(|first| shares_columns(first, below)) else { return false };
    let (header, again) = (labels(first), labels(below));
    header.len() >= MIN_HEADER && header == again
}

/// Whether a grid's columns are some of another's, with the last one among them.
fn shares_columns(wide: &Grid, narrow: &Grid) -> bool {
    let same = |a: f32, b: f32| (a - b).abs() <= SAME_BORDER;
    let as_many = wide.column_count() == narrow.column_count();
    let (Some(right), Some(other)) = (wide.xs.last(), narrow.xs.last()) else { return false };
    (as_many || same(*right, *other)) && narrow.xs.iter().all(|x| as_many || wide.xs.iter().any(|own| same(*own, *x)))
}

fn has_label(region: &TableRegion, roles: &[Role], vocabulary: &Vocabulary) -> bool {
    let cells = region.grids.iter().flat_map(|grid| &grid.cells).filter(|cell| !cell.lines.is_empty());
    cells.map(|cell| reflow::text(&cell.lines)).any(|text| is_label_of(&text, roles, &vocabulary.performance))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Caption;
    use crate::testing::document::national;
    use crate::testing::page;

    const HEAD: &[&[&str]] = &[&["项目名称", "河道治理", "资金总额", "3.00"], &["年度目标", "治理", "", ""]];
    const HEADER: &[&str] = &["一级指标", "二级指标", "三级指标", "指标值"];
    const ROW: &[&str] = &["产出指标", "数量指标", "治理长度", "≥3公里"];

    fn region(page: u32, title: Option<&str>, rows: &[&[&str]]) -> TableRegion {
        let caption = Caption { title: title.map(str::to_owned), ..Caption::default() };
        let grids = vec![page::table(page, 100.0, rows)];
        TableRegion { caption, grids, notes: Vec::new(), column_leaves: Vec::new() }
    }

    /// How many grids each region has.
    fn joined(tables: &[TableRegion]) -> Vec<usize> {
        regions(tables, national()).iter().map(|region| region.grids.len()).collect()
    }

    #[test]
    fn a_page_of_indicators_goes_on_with_the_form_before() {
        let form: Vec<&[&str]> = [HEAD, &[HEADER, ROW]].concat();
        let title = Some("项目支出绩效目标表");
        let open = || region(1, title, &form);
        assert_eq!(joined(&[open(), region(2, None, &[ROW])]), [2]);
        assert_eq!(joined(&[open(), region(2, title, &[HEADER, ROW])]), [2], "title and header again");
        assert_eq!(joined(&[open(), region(2, Some("部门收支总表"), &[ROW])]), [1, 1], "another title");
        assert_eq!(joined(&[open(), region(3, None, &[ROW])]), [1, 1], "a page between");
        let other: &[&[&str]] = &[&["项目名称", "公园", "资金总额", "5.00"], HEADER, ROW];
        assert_eq!(joined(&[open(), region(2, None, other)]), [1, 1], "another form");
    }

    #[test]
    fn indicators_go_on_with_a_form_that_has_none_yet() {
        assert_eq!(joined(&[region(1, None, HEAD), region(2, None, &[HEADER, ROW])]), [2]);
        let twice: Vec<&[&str]> = [HEAD, &[HEADER, ROW], HEAD].concat();
        assert_eq!(joined(&[region(1, None, &twice), region(2, None, &[HEADER, ROW])]), [2], "a second form");
        let narrow = TableRegion { grids: vec![page::table(2, 50.0, &[HEADER, ROW])], ..region(2, None, &[]) };
        assert_eq!(joined(&[region(1, None, HEAD), narrow]), [1, 1], "another width");
    }

    #[test]
    fn a_grid_goes_on_where_its_header_is_repeated() {
        let header: &[&str] = &["项目名称", "绩效目标", "三级指标", "指标值"];
        let row: &[&str] = &["河道治理", "治理", "治理长度", "≥3公里"];
        assert_eq!(joined(&[region(1, None, &[header, row]), region(2, None, &[header, row])]), [2]);
        let other: &[&str] = &["项目名称", "年度目标", "三级指标", "指标值"];
        assert_eq!(joined(&[region(1, None, &[header, row]), region(2, None, &[other, row])]), [1, 1]);
    }
}
