//! What the rest of the document says of the items that are columns here: 政府性基金 that has no figure anywhere has none
//! in its column either, and the total of 上年结转 is the figure that the summary has in that row.

use std::collections::{BTreeSet, HashMap};

use rust_decimal::Decimal;

use crate::document::{Measure, TableKind};
use crate::dump::table::TextTable;
use crate::dump::table::columns::Columns;
use crate::dump::table::tokens::TokenKind;
use crate::language::amount;
use crate::language::vocabulary::{Vocabulary, squeezed};

/// How many characters before an amount of the prose are kept: no label of a column is longer.
const PROSE_WORDS: usize = 24;

/// The figures that rows of one column state for an item; zero for those that have none.
#[derive(Debug, Default)]
pub(in crate::dump) struct Stated {
    /// In yuan.
    figures: HashMap<Measure, BTreeSet<Decimal>>,
    /// What stands before each amount of the prose, and the amount in yuan.
    prose: Vec<(String, Decimal)>,
}

/// How a figure agrees with what is stated of its column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Agreement {
    /// The figure is stated.
    Stated,
    /// The column's item has no figure anywhere, and this is one.
    Denied,
    /// Neither.
    Silent,
}

impl Stated {
    /// Takes over what the rows of a table state: those whose names are items, on sides with one column of figures, and
    /// the economic subjects.
    pub(in crate::dump) fn add(&mut self, table: &TextTable, yuan: Decimal, vocabulary: &Vocabulary) {
        for row in &table.rows {
            for (side, item) in table.columns.sides.iter().zip(&row.items) {
                let Some(item) = item else { continue };
                let complete = item.figures.len() == side.amounts.len() && !item.figures.is_empty();
                let one_column = side.amounts.len() == 1;
                let begins_with_total = !item.figures.is_empty() && side.sums.iter().any(|sum| sum.total == 0);
                if !(complete || begins_with_total || one_column && item.figures.is_empty()) {
                    continue;
                }
                let name = item.name();
                let bare = crate::language::ordinals::leading(&name).map_or(name.as_str(), |ordinal| ordinal.rest);
                let Some(measure) = vocabulary.measure(bare).filter(|measure| telling(*measure)) else { continue };
                let value = item.figures.first().and_then(|figure| match figure.kind {
                    TokenKind::Figure(value) => value,
                    _ => None,
                });
                self.state(measure, value.unwrap_or_default() * yuan);
            }
        }
    }

    /// Takes over the amounts of a text (基本支出2,045.24万元), each with the words before it.
    pub(in crate::dump) fn add_prose(&mut self, text: &str, vocabulary: &Vocabulary) {
        let plain = squeezed(text).into_owned();
        for quantity in vocabulary.statements.units.quantities(&plain) {
            let yuan = quantity.unit.and_then(|unit| vocabulary.units.get(unit));
            if let (Some(amount), Some(yuan)) = (amount::parse(quantity.digits), yuan) {
                let before: Vec<char> = plain[..quantity.start].chars().rev().take(PROSE_WORDS).collect();
                self.prose.push((before.into_iter().rev().collect(), amount.value * Decimal::from(*yuan)));
            }
        }
    }

    /// Whether the prose has the figure right after the label.
    fn is_in_prose(&self, label: &str, yuan: Decimal, vocabulary: &Vocabulary) -> bool {
        let label = squeezed(label).into_owned();
        let bare =
            vocabulary.checks.of_which.strip_from(&label).map_or(label.as_str(), |rest| rest.trim_start_matches(':'));
        self.prose.iter().any(|(before, stated)| {
            let words = vocabulary
                .statements
                .fillers
                .iter()
                .find_map(|filler| before.strip_suffix(filler.as_str()))
                .unwrap_or(before);
            *stated == yuan && words.ends_with(bare)
        })
    }

    /// Takes over that a whole table of a fund is empty.
    pub(in crate::dump) fn add_empty(&mut self, kind: TableKind, table: &TextTable) {
        let measure = match kind {
            TableKind::GovernmentFundExpenditure => Measure::GovernmentFund,
            TableKind::StateCapitalExpenditure => Measure::StateCapital,
            _ => return,
        };
        let is_zero = |kind: &TokenKind| !matches!(kind, TokenKind::Figure(Some(value)) if !value.is_zero());
        let figures = table.rows.iter().flat_map(|row| row.items.iter().flatten()).flat_map(|item| &item.figures);
        if figures.into_iter().all(|figure| is_zero(&figure.kind)) {
            self.state(measure, Decimal::ZERO);
        }
    }

    fn state(&mut self, measure: Measure, yuan: Decimal) {
        self.figures.entry(measure).or_default().insert(yuan.normalize());
    }

    /// How a figure in a column agrees with what is stated.
    pub(super) fn agreement(
        &self,
        columns: &Columns,
        column: usize,
        yuan: Decimal,
        vocabulary: &Vocabulary,
    ) -> Agreement {
        let path = &columns.leaves[column].path;
        let of_other_year = path.iter().any(|label| vocabulary.years.other_columns.occur_in(&squeezed(label)));
        let lowest = path.last().map_or("", String::as_str);
        if !of_other_year && !yuan.is_zero() && self.is_in_prose(lowest, yuan, vocabulary) {
            return Agreement::Stated;
        }
        let measure = path.iter().rev().find_map(|label| vocabulary.measure(label).filter(|measure| telling(*measure)));
        let Some(stated) = measure.filter(|_| !of_other_year).and_then(|measure| self.figures.get(&measure)) else {
            return Agreement::Silent;
        };
        // That an item has none somewhere says nothing where it has a figure elsewhere.
        let is_stated =
            if yuan.is_zero() { stated.iter().all(Decimal::is_zero) } else { stated.contains(&yuan.normalize()) };
        if is_stated {
            Agreement::Stated
        } else if !yuan.is_zero() && stated.iter().all(Decimal::is_zero) {
            Agreement::Denied
        } else {
            Agreement::Silent
        }
    }
}

/// Whether a measure is an item that documents state in several tables.
fn telling(measure: Measure) -> bool {
    !matches!(measure, Measure::Total | Measure::PriorYear | Measure::Basic | Measure::Project | Measure::Other)
}
