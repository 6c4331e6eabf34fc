//! Which column each figure belongs to, where nothing but the order of the figures is printed.
//!
//! Every row has the placings that keep its order and add up within the row ([`candidates`]). They are narrowed by the
//! columns that the dump keeps by spaces ([`alignment`]), by the rows that are the sum of others ([`families`]), and by
//! what the rest of the document states ([`stated`]). What then has several placings is ambiguous, and says so.

mod alignment;
mod candidates;
mod families;
mod lineage;
mod stated;

use std::collections::BTreeSet;

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use super::table::TextTable;
use super::table::columns::{Columns, Side};
use super::table::items::Item;
use super::table::tokens::{Token, TokenKind};
use crate::document::Placement;
use crate::language::vocabulary::Vocabulary;
use crate::model::CellPlacement;

pub(super) use lineage::families;
use stated::Agreement;
pub(super) use stated::Stated;

/// A family narrows its neighbours; after so many rounds nothing new comes.
const MAX_ROUNDS: usize = 12;

/// The columns of a row's figures, by their places in [`Side::amounts`], in ascending order.
type Placing = Vec<usize>;

/// A row's figures on one side, and the placings that they may have.
#[derive(Clone, Debug)]
struct SolvedRow {
    /// In the smallest printed unit; a dash is 0.
    figures: Vec<i64>,
    placings: Vec<Placing>,
    /// What decided last.
    how: Placement,
    /// Whether some placing adds up within the row.
    adds_up: bool,
    /// Whether the placings were all that are possible: else nothing may be concluded from them.
    is_whole: bool,
}

impl SolvedRow {
    /// Keeps only some of the placings; returns whether any went.
    fn keep(&mut self, kept: &BTreeSet<usize>, how: Placement) -> bool {
        if kept.is_empty() || kept.len() == self.placings.len() {
            return false;
        }
        let mut index = 0;
        self.placings.retain(|_| {
            index += 1;
            kept.contains(&(index - 1))
        });
        self.how = how;
        true
    }
}

/// How many sums among the items of a side do not hold in their first figures.
pub(super) fn failing_families(items: &[&Item], vocabulary: &Vocabulary) -> usize {
    let first = |item: &Item| item.figures.first().and_then(value).unwrap_or_default();
    let scale = items.iter().map(|item| first(item).scale()).max().unwrap_or(0);
    let fails = |family: &families::Family| {
        let sum: i64 = family.children.iter().map(|child| smallest(first(items[*child]), scale)).sum();
        !agree(smallest(first(items[family.parent]), scale), sum, family.children.len(), true)
    };
    lineage::families(items, vocabulary).iter().filter(|family| fails(family)).count()
}

/// Whether figures can stand in a row of a side: some placing of them adds up.
pub(super) fn can_add_up(figures: &[Token], side: &Side) -> bool {
    let scale = figures.iter().filter_map(value).map(|value| value.scale()).max().unwrap_or(0);
    let figures: Vec<i64> = figures.iter().map(|figure| smallest(value(figure).unwrap_or_default(), scale)).collect();
    figures.len() <= side.amounts.len() && candidates::of(&figures, side).adds_up
}

/// A figure and the column that it was given.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct PlacedFigure {
    /// Column of the table.
    pub(super) column: usize,
    /// How it was given it.
    pub(super) placement: CellPlacement,
}

/// Places the figures of a table: by row, by side, by figure. `yuan`: one unit of account.
pub(super) fn place(
    table: &TextTable,
    yuan: Decimal,
    keeps_columns: bool,
    stated: &Stated,
    vocabulary: &Vocabulary,
) -> Vec<Vec<Vec<PlacedFigure>>> {
    let mut placed: Vec<Vec<Vec<PlacedFigure>>> = vec![vec![Vec::new(); table.columns.sides.len()]; table.rows.len()];
    for (number, side) in table.columns.sides.iter().enumerate() {
        let own: Vec<(usize, &Item)> = table
            .rows
            .iter()
            .enumerate()
            .filter_map(|(row, body)| Some((row, body.items[number].as_ref().filter(|item| !item.figures.is_empty())?)))
            .collect();
        let problem = Problem { side, columns: &table.columns, items: own.iter().map(|(_, item)| *item).collect() };
        for ((row, _), figures) in own.iter().zip(problem.solve(yuan, keeps_columns, stated, vocabulary)) {
            placed[*row][number] = figures;
        }
    }
    placed
}

/// The figures of one side of a table.
struct Problem<'t> {
    side: &'t Side,
    columns: &'t Columns,
    items: Vec<&'t Item>,
}

impl Problem<'_> {
    fn solve(
        &self,
        yuan: Decimal,
        keeps_columns: bool,
        stated: &Stated,
        vocabulary: &Vocabulary,
    ) -> Vec<Vec<PlacedFigure>> {
        let width = self.side.amounts.len();
        let scale = self.scale();
        let mut rows: Vec<SolvedRow> = self.items.iter().map(|item| self.row(item, scale)).collect();
        let lineage = lineage::families(&self.items, vocabulary);
        let families = || {
            let known = lineage.iter().filter(|family| adds_up_at_all(family, &rows));
            known.cloned().collect::<Vec<_>>()
        };
        let families = families();
        narrow_all(&families, &mut rows, width);
        if keeps_columns {
            alignment::narrow(&self.items, &mut rows, self.side, self.columns);
            narrow_all(&families, &mut rows, width);
        }
        // The sums first: what is stated is stated of totals.
        for row in (0..rows.len()).filter(|row| !families.iter().any(|family| family.children.contains(row))) {
            if self.narrow_by_statements(&mut rows[row], yuan, scale, stated, vocabulary) {
                narrow_all(&families, &mut rows, width);
            }
        }
        rows.iter().enumerate().map(|(index, row)| self.placed(index, row, &rows)).collect()
    }

    /// Digits after the point in the smallest printed unit.
    fn scale(&self) -> u32 {
        let figures = self.items.iter().flat_map(|item| &item.figures);
        figures.filter_map(value).map(|value| value.scale()).max().unwrap_or(0)
    }

    fn row(&self, item: &Item, scale: u32) -> SolvedRow {
        let figures: Vec<i64> =
            item.figures.iter().map(|figure| smallest(value(figure).unwrap_or_default(), scale)).collect();
        if figures.len() >= self.side.amounts.len() {
            let placings = vec![(0..self.side.amounts.len()).collect()];
            return SolvedRow { figures, placings, how: Placement::Complete, adds_up: true, is_whole: true };
        }
        let found = candidates::of(&figures, self.side);
        SolvedRow {
            figures,
            placings: found.placings,
            how: Placement::Arithmetic,
            adds_up: found.adds_up,
            is_whole: found.is_whole,
        }
    }

    /// Keeps the placings that agree best with what the document states elsewhere.
    fn narrow_by_statements(
        &self,
        row: &mut SolvedRow,
        yuan: Decimal,
        scale: u32,
        stated: &Stated,
        vocabulary: &Vocabulary,
    ) -> bool {
        if row.placings.len() < 2 || !row.adds_up {
            return false;
        }
        let width = self.side.amounts.len();
        // How each figure, and none, agrees with what is stated of each column.
        let agreement = |figure: i64, column: &usize| {
            stated.agreement(self.columns, *column, Decimal::new(figure, scale) * yuan, vocabulary)
        };
        let agreements = |figure: i64| -> Vec<Agreement> {
            self.side.amounts.iter().map(|column| agreement(figure, column)).collect()
        };
        let of_none = agreements(0);
        let of_figures: Vec<Vec<Agreement>> = row.figures.iter().map(|figure| agreements(*figure)).collect();
        let score = |placing: &Placing| {
            let mut all = of_none.clone();
            for (figure, place) in placing.iter().enumerate() {
                all[*place] = of_figures[figure][*place];
            }
            let count = |wanted| all.iter().filter(|agreement| **agreement == wanted).count();
            (count(Agreement::Denied), width - count(Agreement::Stated))
        };
        let scores: Vec<(usize, usize)> = row.placings.iter().map(score).collect();
        let Some(best) = scores.iter().min().copied() else { return false };
        // A placing that is denied somewhere is no better for being the only one left.
        let kept = scores.iter().enumerate().filter(|(_, score)| **score == best && best.0 == 0);
        row.keep(&kept.map(|(index, _)| index).collect(), Placement::Stated)
    }

    fn placed(&self, index: usize, row: &SolvedRow, rows: &[SolvedRow]) -> Vec<PlacedFigure> {
        let amounts = &self.side.amounts;
        let chosen = self.most_likely(row, rows);
        let surplus = row.figures.len() > amounts.len();
        chosen
            .iter()
            .enumerate()
            .map(|(figure, place)| {
                let possible: BTreeSet<usize> = row.placings.iter().map(|placing| amounts[placing[figure]]).collect();
                let decided = possible.len() == 1 && (row.adds_up || row.how == Placement::Columns);
                let elsewhere = self.items[index]
                    .other_sides
                    .iter()
                    .filter_map(|side| self.columns.sides.get(*side)?.amounts.get(*place));
                let elsewhere: Vec<usize> = elsewhere.copied().collect();
                let placement = if !elsewhere.is_empty() {
                    let mut columns: Vec<usize> = possible.into_iter().chain(elsewhere).collect();
                    columns.sort_unstable();
                    CellPlacement { how: Placement::Ambiguous, columns }
                } else if decided && !surplus {
                    CellPlacement { how: row.how, columns: Vec::new() }
                } else {
                    let columns = if possible.len() > 1 { possible.into_iter().collect() } else { amounts.clone() };
                    CellPlacement { how: Placement::Ambiguous, columns }
                };
                PlacedFigure { column: amounts[*place], placement }
            })
            .collect()
    }

    /// Of several placings, the one that fills the columns that other rows fill.
    fn most_likely<'r>(&self, row: &'r SolvedRow, rows: &[SolvedRow]) -> &'r Placing {
        let filled = |column: &usize| {
            rows.iter().filter(|row| row.placings.len() == 1 && row.placings[0].contains(column)).count()
        };
        let likeness = |placing: &&Placing| placing.iter().map(filled).sum::<usize>();
        // Of equals the first: what is printed most often stands furthest left.
        let best = row.placings.iter().map(|placing| likeness(&placing)).max().unwrap_or(0);
        row.placings.iter().find(|placing| likeness(placing) == best).unwrap_or(&row.placings[0])
    }
}

fn narrow_all(families: &[families::Family], rows: &mut [SolvedRow], width: usize) {
    for _ in 0..MAX_ROUNDS {
        let mut changed = false;
        for family in families.iter().chain(families.iter().rev()) {
            changed |= families::narrow(family, rows, width);
        }
        if !changed {
            return;
        }
    }
}

/// Whether the totals of the children can make the total of the parent: else the family is none, or has a mistake.
fn adds_up_at_all(family: &families::Family, rows: &[SolvedRow]) -> bool {
    let total = |row: &SolvedRow| row.figures.first().copied().unwrap_or(0);
    let sum: i64 = family.children.iter().map(|child| total(&rows[*child])).sum();
    agree(total(&rows[family.parent]), sum, family.children.len(), true)
}

fn value(figure: &Token) -> Option<Decimal> {
    match figure.kind {
        TokenKind::Figure(value) => value,
        _ => None,
    }
}

fn smallest(mut value: Decimal, scale: u32) -> i64 {
    value.rescale(scale);
    value.mantissa().to_i64().unwrap_or(i64::MAX)
}

/// Whether a total is the sum of `addends` figures: exactly or, where it may be rounded, within half a unit of the last
/// digit for each figure and for itself.
fn agree(total: i64, sum: i64, addends: usize, tolerant: bool) -> bool {
    let difference = total.saturating_sub(sum).saturating_abs();
    if tolerant { difference.saturating_mul(2) <= addends as i64 + 1 } else { difference == 0 }
}
