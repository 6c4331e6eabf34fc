//! Keeps the sums that a table's own figures bear out.
//!
//! Labels do not always prove what adds up to what. A sum that they do not prove is used only if it holds in most of
//! the places where it can be tried; then the places where it does not hold are findings. A sum that holds nowhere is
//! no sum of this table.

use rustc_hash::FxHashMap;

use super::rows::{RowSum, RowSumKind};
use super::side::Side;
use crate::check::figure::{Figure, compare};

/// Share of the places in which a sum that labels do not prove must hold.
const HOLDS: f32 = 0.6;

type Figures = FxHashMap<(usize, usize), Figure>;

/// Marks the sums of a side that its figures bear out, and takes other readings where those fit better.
pub(super) fn keep_what_adds_up(side: &mut Side, figures: &Figures) {
    let rows = side.rows.len();
    for sum in &mut side.sums {
        let share_of = |parts: &[usize]| {
            share((0..rows).filter_map(|row| column_holds(sum.total, parts, row, figures))).unwrap_or(0.0)
        };
        let first = share_of(&sum.parts);
        let narrower = sum.narrower.as_deref().map_or(0.0, share_of);
        if narrower > first {
            sum.parts = sum.narrower.take().unwrap_or_default();
        }
        sum.is_borne_out = first.max(narrower) >= HOLDS;
    }
    let columns = side.current.clone();
    for sum in &mut side.row_sums {
        choose_reading(sum, &columns, figures);
    }
    // Parts without ordinals are read as one rule of the whole table.
    let items = side.row_sums.iter().filter(|sum| sum.kind == RowSumKind::Item && !sum.is_certain);
    let trials: Vec<bool> = items.flat_map(|sum| trials(sum, &sum.parts, &columns, figures)).collect();
    let holds = share(trials.into_iter()).is_some_and(|share| share >= HOLDS);
    for sum in side.row_sums.iter_mut().filter(|sum| sum.kind == RowSumKind::Item && !sum.is_certain) {
        sum.is_borne_out = holds;
    }
}

/// Takes the first reading of a row sum that holds in most columns.
fn choose_reading(sum: &mut RowSum, columns: &[usize], figures: &Figures) {
    let holds = |parts: &[usize]| share(trials(sum, parts, columns, figures).into_iter()).map(|share| share >= HOLDS);
    match holds(&sum.parts) {
        Some(true) => sum.is_borne_out = true,
        // Another reading of classes that are plainly all of one list would hide that they do not add up.
        Some(false) if sum.is_certain && sum.kind == RowSumKind::Total => {}
        Some(false) => {
            if let Some(better) = sum.alternatives.iter().find(|parts| holds(parts) == Some(true)).cloned() {
                sum.parts = better;
                sum.is_borne_out = true;
            }
        }
        None => {}
    }
}

/// Whether a row sum holds, in each column where it can be tried.
fn trials(sum: &RowSum, parts: &[usize], columns: &[usize], figures: &Figures) -> Vec<bool> {
    let holds = |column: &usize| {
        let total = figures.get(&(sum.total, *column))?;
        let addends: Vec<Figure> = parts.iter().filter_map(|row| figures.get(&(*row, *column)).copied()).collect();
        holds(*total, &addends)
    };
    columns.iter().filter_map(holds).collect()
}

fn column_holds(total: usize, parts: &[usize], row: usize, figures: &Figures) -> Option<bool> {
    let total = figures.get(&(row, total))?;
    let parts: Vec<Figure> = parts.iter().filter_map(|column| figures.get(&(row, *column)).copied()).collect();
    holds(*total, &parts)
}

/// Whether a total is the sum of its parts; `None` where nothing is said by it.
fn holds(total: Figure, parts: &[Figure]) -> Option<bool> {
    if total.value.is_zero() && parts.iter().all(|part| part.value.is_zero()) {
        return None;
    }
    compare(&[total], parts).ok().map(|difference| difference.is_rounding())
}

fn share(trials: impl Iterator<Item = bool>) -> Option<f32> {
    let (mut held, mut tried) = (0, 0);
    for trial in trials {
        tried += 1;
        held += i32::from(trial);
    }
    (tried > 0).then(|| held as f32 / tried as f32)
}
