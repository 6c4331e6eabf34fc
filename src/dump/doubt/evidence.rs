//! What speaks for and against a table as a whole.

use super::{List, order, sums};
use crate::language::vocabulary::Vocabulary;

/// So few figures without a name make only their rows doubtful, if they are also a small share of all.
const FEW_NAMELESS: usize = 2;

/// A share of the figures that is small.
const SMALL_SHARE: f64 = 0.1;

/// Of codes with a name that the classification knows, so many have another, here and there, in published tables.
const FEW_NAMES: usize = 2;

/// … and no greater share than this.
const NAME_SHARE: f64 = 0.2;

/// So many codes may be smaller than the one before: lists begin anew with each fund.
const FEW_DESCENTS: usize = 2;

/// So many sums within rows may fail: some headers are no sums.
const FEW_FAILURES: usize = 4;

/// Names stand beside their figures if this share of the rows has both on one line.
const BESIDE_SHARE: f64 = 0.6;

/// Counts over all lists of a table.
#[derive(Debug, Default)]
pub(super) struct Evidence {
    orders: Vec<order::Order>,
    rows: sums::Sums,
    families: sums::Sums,
    /// Figures in cells that can be counted in the lines as well.
    pub(super) drawn: usize,
    /// Figures in rows without a name.
    pub(super) nameless: usize,
    /// Figures in cells.
    pub(super) figures: usize,
}

impl Evidence {
    pub(super) fn of(lists: &[List], vocabulary: &Vocabulary) -> Evidence {
        let mut evidence = Evidence::default();
        for list in lists {
            let mut order = order::of(list, vocabulary);
            let (rows, families) = (sums::of_rows(list), sums::of_families(list, vocabulary));
            order.hold = rows.hold + families.hold;
            evidence.rows.add(&rows);
            evidence.families.add(&families);
            evidence.drawn += order.drawn;
            evidence.nameless += order.nameless;
            evidence.figures += order.figures;
            evidence.orders.push(order);
        }
        evidence
    }

    /// Why the table is doubtful, of whose `printed` figures so many are `lost`; nothing where it is not.
    pub(super) fn reasons(&self, printed: usize, lost: usize) -> Vec<String> {
        let mut reasons = Vec::new();
        if lost > FEW_NAMELESS || lost > 0 && !is_small(lost, printed) {
            reasons.push(format!("{lost} of its {printed} figures have no cell"));
        }
        self.doubt_names(&mut reasons);
        self.doubt_columns(&mut reasons);
        self.doubt_order(&mut reasons);
        reasons
    }

    fn total(&self, of: fn(&order::Order) -> usize) -> usize {
        self.orders.iter().map(of).sum()
    }

    fn has_few_nameless(&self) -> bool {
        self.nameless <= FEW_NAMELESS && is_small(self.nameless, self.figures)
    }

    /// Rows without names, codes with the names of others, codes out of order, several codes in one row.
    fn doubt_names(&self, reasons: &mut Vec<String>) {
        if self.nameless > 0 && !self.has_few_nameless() {
            reasons.push(format!("{} of {} figures stand in rows without a name", self.nameless, self.figures));
        }
        let right = self.total(|order| order.named_right);
        let other = self.total(|order| order.named_otherwise + order.code_alone);
        if other > FEW_NAMES && other as f64 >= NAME_SHARE * (right + other) as f64 {
            reasons.push(format!("{other} of {} codes do not have the classification's name", right + other));
        }
        let descents = self.total(|order| order.descents);
        if descents > FEW_DESCENTS {
            reasons.push(format!("{descents} codes do not ascend"));
        }
        let swollen = self.total(|order| order.swollen);
        if swollen > 1 {
            reasons.push(format!("{swollen} rows have several codes"));
        }
    }

    /// Rows and columns that do not fit each other.
    fn doubt_columns(&self, reasons: &mut Vec<String>) {
        let overfull = self.total(|order| order.overfull);
        if overfull > 0 {
            reasons.push(format!("{overfull} rows have more figures than the header has columns"));
        }
        if self.orders.iter().any(|order| order.is_unnamed) {
            reasons.push("its names have no column".to_owned());
        }
        if self.orders.iter().any(order::Order::is_lonely) {
            reasons.push("its rows have one figure each, but many columns".to_owned());
        }
        let foreign = self.total(|order| order.foreign);
        if foreign > 1 {
            reasons.push(format!("{foreign} rows are of the other side"));
        }
        if self.rows.fail > FEW_FAILURES && self.rows.fail > self.rows.hold {
            reasons.push(format!("{} of {} rows do not add up", self.rows.fail, self.rows.fail + self.rows.hold));
        }
    }

    /// Names and figures that stand on lines of their own: more is needed to believe that they belong together.
    fn doubt_order(&self, reasons: &mut Vec<String>) {
        let (whole, beside) = (self.total(|order| order.whole), self.total(|order| order.beside));
        if beside as f64 >= BESIDE_SHARE * whole as f64 {
            return;
        }
        if self.nameless > 0 && self.has_few_nameless() {
            reasons.push(format!("{} figures have no name, and names and figures stand apart", self.nameless));
        }
        let unconfirmed = self.orders.iter().any(|order| order.whole > 1 && order.hold == 0);
        let is_confirmed = self.families.hold + self.rows.hold > self.families.fail;
        // One list in which each name has figures has lost nothing that could shift them.
        let is_plain = self.orders.len() == 1 && self.total(|order| order.bare) == 0;
        if !is_plain && (unconfirmed || !is_confirmed) {
            reasons.push("names and figures stand apart, and no sum confirms them".to_owned());
        }
    }
}

fn is_small(count: usize, all: usize) -> bool {
    (count as f64) < SMALL_SHARE * all as f64
}
