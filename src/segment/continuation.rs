//! Whether a grid continues the table of the page before.

use crate::language::vocabulary::squeezed;
use crate::model::{Grid, GridSource};
use crate::text::reflow;

/// Column boundaries of one table on different pages differ by less than this, in points: each page is laid out anew
/// and may be shifted by a binding margin.
const SAME_BOUNDARY: f32 = 4.0;

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
    let first = grid.cells.iter().filter(|cell| cell.rows.start == 0);
    first.map(|cell| squeezed(&reflow::text(&cell.lines)).into_owned()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::page::ruled;

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
}
