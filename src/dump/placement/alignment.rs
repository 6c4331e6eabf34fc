//! Dumps that keep columns by spaces: figures that stand under one another belong to one column.
//!
//! The columns of such a dump drift: they hold among neighbouring lines, not over a page. A link between two rows is
//! therefore dropped where it leaves one of them no placing, and header labels decide only where they agree with all
//! figures whose columns are known.

use std::collections::BTreeSet;
use std::ops::Range;

use super::{Placing, SolvedRow};
use crate::document::Placement;
use crate::dump::table::columns::{Columns, Side};
use crate::dump::table::items::Item;

/// Rows this many apart are compared.
const REACH: usize = 4;

/// Two rows with more pairs of placings than this are not compared.
const MAX_PAIRS: usize = 100_000;

/// Figures that end within this many characters of each other are flush.
const FLUSH: usize = 1;

/// Drops the placings that the columns of spaces contradict.
pub(super) fn narrow(items: &[&Item], rows: &mut [SolvedRow], side: &Side, columns: &Columns) {
    let extents: Vec<Vec<Range<usize>>> =
        items.iter().map(|item| item.figures.iter().map(|figure| figure.extent.clone()).collect()).collect();
    loop {
        let mut changed = false;
        for first in 0..rows.len() {
            for second in (first + 1..rows.len()).take(REACH) {
                if items[first].page() == items[second].page() {
                    changed |= link(first, second, &extents, rows);
                }
            }
        }
        if !changed {
            break;
        }
    }
    by_labels(items, &extents, rows, side, columns);
}

/// Keeps the placings of two rows that put flush figures into one column, and figures beside one another into columns
/// in their order.
fn link(first: usize, second: usize, extents: &[Vec<Range<usize>>], rows: &mut [SolvedRow]) -> bool {
    let pairs = rows[first].placings.len() * rows[second].placings.len();
    if pairs == 1 || pairs > MAX_PAIRS || !rows[first].is_whole || !rows[second].is_whole {
        return false;
    }
    let compatible = |one: &Placing, other: &Placing| {
        one.iter().zip(&extents[first]).all(|(own, extent)| {
            other.iter().zip(&extents[second]).all(|(others, beside)| match position(extent, beside) {
                Position::Same => own == others,
                Position::Before => own < others,
                Position::After => own > others,
                Position::Unclear => true,
            })
        })
    };
    let (mut kept_first, mut kept_second) = (BTreeSet::new(), BTreeSet::new());
    for (index, one) in rows[first].placings.iter().enumerate() {
        for (other_index, other) in rows[second].placings.iter().enumerate() {
            if compatible(one, other) {
                kept_first.insert(index);
                kept_second.insert(other_index);
            }
        }
    }
    if kept_first.is_empty() {
        return false;
    }
    let changed = rows[first].keep(&kept_first, Placement::Columns);
    rows[second].keep(&kept_second, Placement::Columns) || changed
}

/// How two figures of different lines stand to each other.
enum Position {
    Same,
    Before,
    After,
    Unclear,
}

fn position(one: &Range<usize>, other: &Range<usize>) -> Position {
    if one.end.abs_diff(other.end) <= FLUSH {
        Position::Same
    } else if one.end <= other.start {
        Position::Before
    } else if other.end <= one.start {
        Position::After
    } else {
        Position::Unclear
    }
}

/// Keeps the placing under the header's labels, where the figures whose columns are known stand under theirs.
fn by_labels(items: &[&Item], extents: &[Vec<Range<usize>>], rows: &mut [SolvedRow], side: &Side, columns: &Columns) {
    let labels: Option<Vec<Range<usize>>> =
        side.amounts.iter().map(|column| columns.leaves[*column].extent.clone()).collect();
    let Some(labels) = labels else { return };
    let placing = |row: usize| -> Option<Placing> {
        let places: Option<Placing> = extents[row].iter().map(|extent| label_over(extent, &labels)).collect();
        places.filter(|places| places.windows(2).all(|pair| pair[0] < pair[1]))
    };
    let mut pages: Vec<_> = items.iter().map(|item| item.page()).collect();
    pages.dedup();
    for page in pages {
        let own: Vec<usize> = (0..rows.len()).filter(|row| items[*row].page() == page).collect();
        let holds = |row: &&usize| {
            rows[**row].placings.len() > 1 || placing(**row).is_none_or(|placing| placing == rows[**row].placings[0])
        };
        if own.iter().filter(holds).count() < own.len() {
            continue;
        }
        for row in own {
            let Some(wanted) = placing(row).filter(|_| rows[row].placings.len() > 1) else { continue };
            if let Some(index) = rows[row].placings.iter().position(|own| *own == wanted) {
                rows[row].keep(&BTreeSet::from([index]), Placement::Columns);
                rows[row].adds_up = true;
            }
        }
    }
}

/// The one label that stands over a figure.
fn label_over(extent: &Range<usize>, labels: &[Range<usize>]) -> Option<usize> {
    let overlaps = |label: &Range<usize>| extent.start < label.end && label.start < extent.end;
    let mut over = labels.iter().enumerate().filter(|(_, label)| overlaps(label)).map(|(index, _)| index);
    over.next().filter(|_| over.next().is_none())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dump::pages;
    use crate::dump::table::{items, tokens};
    use crate::language::vocabulary::Vocabulary;

    /// The placings of the rows of a dump before and after; each row's are given.
    fn narrowed(labels: &[(&str, Option<Range<usize>>)], dump: &str, rows: &mut [SolvedRow]) {
        let vocabulary = Vocabulary::national().expect("the built-in vocabulary");
        let paths = labels.iter().map(|(label, extent)| (vec![(*label).to_owned()], extent.clone())).collect();
        let columns = Columns::of_paths(paths, vocabulary);
        let tokens = tokens::tokens(&pages::lines(dump, vocabulary), false, true);
        let items = items::items(&tokens, &columns, vocabulary);
        narrow(&items.iter().collect::<Vec<_>>(), rows, &columns.sides[0], &columns);
    }

    fn row(placings: &[&[usize]]) -> SolvedRow {
        SolvedRow {
            figures: vec![0; placings[0].len()],
            placings: placings.iter().map(|placing| placing.to_vec()).collect(),
            how: Placement::Arithmetic,
            adds_up: true,
            is_whole: true,
        }
    }

    const LABELS: [(&str, Option<Range<usize>>); 4] =
        [("项目", None), ("合计", None), ("基本支出", None), ("项目支出", None)];

    const DUMP: &str = "一般公共服务支出    900.00   600.00   300.00\n\
                        教育支出            100.00   100.00\n\
                        卫生健康支出        200.00            200.00\n";

    #[test]
    fn figures_under_one_another_have_one_column() {
        let mut rows = [row(&[&[0, 1, 2]]), row(&[&[0, 1], &[0, 2]]), row(&[&[0, 1], &[0, 2]])];
        narrowed(&LABELS, DUMP, &mut rows);
        assert_eq!(rows[1].placings, [[0, 1]]);
        assert_eq!(rows[2].placings, [[0, 2]]);
        assert_eq!(rows[2].how, Placement::Columns);
    }

    #[test]
    fn a_row_whose_placings_are_not_all_decides_nothing() {
        let mut unknown = row(&[&[0, 1, 2]]);
        unknown.is_whole = false;
        let mut rows = [unknown, row(&[&[0, 1], &[0, 2]])];
        narrowed(&LABELS, DUMP, &mut rows);
        assert_eq!(rows[1].placings.len(), 2);
    }

    #[test]
    fn labels_decide_where_they_agree_with_what_is_known() {
        let labels =
            [("项目", Some(0..2)), ("合计", Some(21..23)), ("基本支出", Some(29..33)), ("项目支出", Some(38..42))];
        let dump = "教育支出            100.00   100.00\n";
        let mut rows = [row(&[&[0, 1], &[0, 2]])];
        narrowed(&labels, dump, &mut rows);
        assert_eq!(rows[0].placings, [[0, 1]]);
    }
}
