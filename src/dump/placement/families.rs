//! Rows that are the sum of other rows, column by column: the placings that make them so.

use std::collections::{BTreeSet, HashSet};

use super::Placing;
use super::SolvedRow;
use super::candidates::vector;

/// More different partial sums than this are not followed: the family stays as it is.
const MAX_STATES: usize = 4000;

/// A family takes at most this many additions; what would take more is left as it is.
const MAX_ADDITIONS: usize = 200_000;

/// A row and the rows whose sum it is.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::dump) struct Family {
    /// Place of the sum among the rows.
    pub(in crate::dump) parent: usize,
    /// Places of the rows that it is the sum of.
    pub(in crate::dump) children: Vec<usize>,
}

/// Drops the placings of parent and children that add up with no others. Returns whether any was dropped.
pub(super) fn narrow(family: &Family, rows: &mut [SolvedRow], columns: usize) -> bool {
    let is_whole = |index: &usize| rows[*index].is_whole;
    if !is_whole(&family.parent) || !family.children.iter().all(is_whole) {
        return false;
    }
    let undecided = |index: &usize| rows[*index].placings.len() > 1;
    if !undecided(&family.parent) && !family.children.iter().any(undecided) {
        return false;
    }
    for tolerant in [false, true] {
        match solutions(family, rows, columns, tolerant) {
            Some(found) if !found.parent.is_empty() => return keep(family, rows, found),
            Some(_) => {}
            None => return false,
        }
    }
    false
}

/// The placings that take part in some solution, by place in each row's list.
struct Solutions {
    parent: BTreeSet<usize>,
    children: Vec<BTreeSet<usize>>,
}

fn keep(family: &Family, rows: &mut [SolvedRow], found: Solutions) -> bool {
    let mut changed = false;
    let kept =
        std::iter::once((family.parent, found.parent)).chain(family.children.iter().copied().zip(found.children));
    for (row, kept) in kept {
        changed |= rows[row].keep(&kept, crate::document::Placement::Arithmetic);
    }
    changed
}

/// All solutions; `None` where there are too many partial sums to follow.
fn solutions(family: &Family, rows: &[SolvedRow], columns: usize, tolerant: bool) -> Option<Solutions> {
    let vectors = |row: &SolvedRow| -> Vec<Vec<i64>> {
        row.placings.iter().map(|placing: &Placing| vector(&row.figures, placing, columns)).collect()
    };
    let children: Vec<Vec<Vec<i64>>> = family.children.iter().map(|child| vectors(&rows[*child])).collect();
    let mut found = Solutions { parent: BTreeSet::new(), children: vec![BTreeSet::new(); children.len()] };
    let mut additions = 0;
    for (index, wanted) in vectors(&rows[family.parent]).iter().enumerate() {
        let layers = partial_sums(&children, wanted, tolerant, &mut additions)?;
        let mut reached: HashSet<Vec<i64>> = layers[children.len()]
            .iter()
            .filter(|sum| agrees(sum, wanted, children.len(), tolerant))
            .cloned()
            .collect();
        if reached.is_empty() {
            continue;
        }
        found.parent.insert(index);
        for (child, choices) in children.iter().enumerate().rev() {
            let mut before = HashSet::new();
            for sum in &layers[child] {
                for (choice, addend) in choices.iter().enumerate() {
                    if reached.contains(&added(sum, addend)) {
                        found.children[child].insert(choice);
                        before.insert(sum.clone());
                    }
                }
            }
            reached = before;
        }
    }
    Some(found)
}

/// The partial sums after none, one, two … of the children, without those that are too great already.
fn partial_sums(
    children: &[Vec<Vec<i64>>],
    wanted: &[i64],
    tolerant: bool,
    additions: &mut usize,
) -> Option<Vec<HashSet<Vec<i64>>>> {
    let never_sinks = children.iter().flatten().flatten().all(|value| *value >= 0);
    let slack = if tolerant { children.len() as i64 } else { 0 };
    let mut layers: Vec<HashSet<Vec<i64>>> = vec![HashSet::from([vec![0; wanted.len()]])];
    for choices in children {
        let mut next = HashSet::new();
        *additions += layers.last().map_or(0, HashSet::len) * choices.len();
        if *additions > MAX_ADDITIONS {
            return None;
        }
        for sum in layers.last().into_iter().flatten() {
            for addend in choices {
                let sum = added(sum, addend);
                let too_great = never_sinks && sum.iter().zip(wanted).any(|(have, want)| *have > want + slack);
                if !too_great {
                    next.insert(sum);
                }
            }
        }
        if next.len() > MAX_STATES {
            return None;
        }
        layers.push(next);
    }
    Some(layers)
}

fn added(sum: &[i64], addend: &[i64]) -> Vec<i64> {
    sum.iter().zip(addend).map(|(a, b)| a.saturating_add(*b)).collect()
}

fn agrees(sum: &[i64], wanted: &[i64], addends: usize, tolerant: bool) -> bool {
    sum.iter().zip(wanted).all(|(have, want)| super::agree(*want, *have, addends, tolerant))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Placement;

    fn row(figures: &[i64], placings: &[&[usize]]) -> SolvedRow {
        SolvedRow {
            figures: figures.to_vec(),
            placings: placings.iter().map(|placing| placing.to_vec()).collect(),
            how: Placement::Arithmetic,
            adds_up: true,
            is_whole: true,
        }
    }

    #[test]
    fn the_parent_tells_where_its_children_are() {
        let either: &[&[usize]] = &[&[0, 1], &[0, 2]];
        let mut rows = [
            row(&[900, 600, 300], &[&[0, 1, 2]]),
            row(&[600, 600], either),
            row(&[200, 200], either),
            row(&[100, 100], either),
        ];
        let family = Family { parent: 0, children: vec![1, 2, 3] };
        assert!(narrow(&family, &mut rows, 3));
        let placings: Vec<&[Vec<usize>]> = rows.iter().map(|row| row.placings.as_slice()).collect();
        // 600 is basic and 200 + 100 project, or … nothing else adds up to 600 and 300.
        assert_eq!(placings[1..], [&[vec![0, 1]][..], &[vec![0, 2]], &[vec![0, 2]]]);
    }

    #[test]
    fn what_could_be_either_way_stays_so() {
        let either: &[&[usize]] = &[&[0, 1], &[0, 2]];
        let mut rows = [row(&[400, 200, 200], &[&[0, 1, 2]]), row(&[200, 200], either), row(&[200, 200], either)];
        narrow(&Family { parent: 0, children: vec![1, 2] }, &mut rows, 3);
        assert_eq!((rows[1].placings.len(), rows[2].placings.len()), (2, 2));
    }
}
