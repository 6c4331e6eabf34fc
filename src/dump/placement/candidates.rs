//! The columns that a row's figures may have, by their order and by what must add up within the row.

use super::Placing;
use crate::dump::table::columns::{Side, Sum};

/// Rows with more ways than this are not solved; no row of a budget has more that could be told apart.
const MAX_WAYS: usize = 13_000;

/// Of rows that add up nowhere, so many placings are kept for the columns of spaces to choose from.
const MAX_DOUBTFUL_WAYS: usize = 300;

/// All placings of a row's figures (in the smallest printed unit) that keep their order and add up. Where none adds up,
/// or there are too many to try, `adds_up` is false.
pub(super) struct Candidates {
    pub(super) placings: Vec<Placing>,
    pub(super) adds_up: bool,
    /// Whether they are all that are possible.
    pub(super) is_whole: bool,
}

pub(super) fn of(figures: &[i64], side: &Side) -> Candidates {
    let columns = side.amounts.len();
    let all = if ways(columns, figures.len()) <= MAX_WAYS { ordered(columns, figures.len()) } else { Vec::new() };
    if all.is_empty() {
        let leftmost = (0..figures.len().min(columns)).collect();
        return Candidates { placings: vec![leftmost], adds_up: false, is_whole: false };
    }
    for tolerant in [false, true] {
        let fitting: Vec<Placing> =
            all.iter().filter(|placing| adds_up(figures, placing, &side.sums, columns, tolerant)).cloned().collect();
        if !fitting.is_empty() {
            return Candidates { placings: fitting, adds_up: true, is_whole: true };
        }
    }
    // What adds up nowhere stays in doubt, however many ways it has.
    let is_whole = all.len() <= MAX_DOUBTFUL_WAYS;
    Candidates { placings: all.into_iter().take(MAX_DOUBTFUL_WAYS).collect(), adds_up: false, is_whole }
}

/// The figures of a row in their columns; 0 where there is none.
pub(super) fn vector(figures: &[i64], placing: &[usize], columns: usize) -> Vec<i64> {
    let mut vector = vec![0; columns];
    for (figure, column) in figures.iter().zip(placing) {
        vector[*column] = *figure;
    }
    vector
}

fn adds_up(figures: &[i64], placing: &[usize], sums: &[Sum], columns: usize, tolerant: bool) -> bool {
    let row = vector(figures, placing, columns);
    sums.iter().all(|sum| {
        let parts: i64 = sum.addends.iter().map(|addend| row[*addend]).sum();
        let filled = sum.addends.iter().filter(|addend| row[**addend] != 0).count();
        super::agree(row[sum.total], parts, filled, tolerant)
    })
}

/// How many placings there are.
fn ways(columns: usize, figures: usize) -> usize {
    (0..figures.min(columns)).fold(1usize, |ways, index| ways.saturating_mul(columns - index) / (index + 1))
}

/// All ways to give `figures` figures to columns in order.
fn ordered(columns: usize, figures: usize) -> Vec<Placing> {
    let mut found = Vec::new();
    extend(columns, figures, &mut Vec::with_capacity(figures), &mut found);
    found
}

fn extend(columns: usize, figures: usize, placing: &mut Placing, found: &mut Vec<Placing>) {
    if placing.len() == figures {
        found.push(placing.clone());
        return;
    }
    let from = placing.last().map_or(0, |last| last + 1);
    for column in from..columns {
        if columns - column < figures - placing.len() {
            break;
        }
        placing.push(column);
        extend(columns, figures, placing, found);
        placing.pop();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn side(columns: usize, sums: &[(usize, &[usize])]) -> Side {
        let sums = sums.iter().map(|(total, addends)| Sum { total: *total, addends: addends.to_vec() }).collect();
        Side { amounts: (0..columns).collect(), sums, ..Side::default() }
    }

    #[test]
    fn a_total_and_its_parts_have_one_placing() {
        let found = of(&[94855, 11189, 83666], &side(6, &[(0, &[1, 2, 3, 4, 5])]));
        assert!(found.adds_up && found.placings.len() == 10, "{:?}", found.placings);
        let found = of(&[94855, 11189, 83666], &side(3, &[(0, &[1, 2])]));
        assert_eq!(found.placings, [[0, 1, 2]]);
    }

    #[test]
    fn one_part_alone_may_stand_in_any_of_its_columns() {
        let found = of(&[500, 500], &side(3, &[(0, &[1, 2])]));
        assert_eq!(found.placings, [[0, 1], [0, 2]]);
    }

    #[test]
    fn sums_within_sums_decide_more() {
        // 合计, 出国, 小计, 购置, 运行, 接待
        let three_public = side(6, &[(2, &[3, 4]), (0, &[1, 2, 5])]);
        let found = of(&[4530, 2700, 2700, 1830], &three_public);
        assert_eq!(found.placings, [[0, 2, 3, 5], [0, 2, 4, 5]]);
    }

    #[test]
    fn what_adds_up_nowhere_is_said() {
        let found = of(&[500, 400], &side(3, &[(0, &[1, 2])]));
        assert!(!found.adds_up && found.placings.len() == 3);
    }
}
