//! Whether a table's names and figures stand in the order of its rows. Dumps that print tables by columns or blocks
//! have all names first and all figures after them, so that most figures follow no name.

use super::List;
use crate::dump::table::items::Item;
use crate::language::amount;
use crate::language::classification::{Classification, Judgement};
use crate::language::vocabulary::{Vocabulary, squeezed};

/// A year in which the classification is well known; names of other years pass as well.
const YEAR: u16 = 2024;

/// Counts over the entries of a list.
#[derive(Debug, Default)]
pub(super) struct Order {
    /// Figures of all entries.
    pub(super) figures: usize,
    /// Those that are numbers with a separator, or a zero: what can be counted in the lines as well.
    pub(super) drawn: usize,
    /// Figures of entries without code and name, in a list that has them.
    pub(super) nameless: usize,
    /// Entries that have codes or a name and figures.
    pub(super) whole: usize,
    /// Entries that have codes or a name but no figures.
    pub(super) bare: usize,
    /// Entries with codes, more than there are columns of codes.
    pub(super) swollen: usize,
    /// Entries whose code has the name that the classification knows.
    pub(super) named_right: usize,
    /// Entries whose code has another name.
    pub(super) named_otherwise: usize,
    /// Entries with a code and no name.
    pub(super) code_alone: usize,
    /// Codes smaller than the one before.
    pub(super) descents: usize,
    /// Entries with more figures than columns.
    pub(super) overfull: usize,
    /// Whether entries have names or codes, and the list has no column for them.
    pub(super) is_unnamed: bool,
    /// Entries with figures whose names are those of the other side, revenue or expenditure.
    pub(super) foreign: usize,
    /// Columns of figures.
    pub(super) columns: usize,
    /// Sums of the list that hold.
    pub(super) hold: usize,
    /// Entries of which a code or a piece of the name stands on one line with a figure.
    pub(super) beside: usize,
}

/// Rows with one figure each, so many of them and over so many columns, are no rows.
const LONELY: usize = 3;

/// No name has so many characters more than the classification's.
const MUCH_MORE: usize = 10;

impl Order {
    /// Whether each of several rows has one figure, where the list has several columns.
    pub(super) fn is_lonely(&self) -> bool {
        self.columns >= LONELY && self.whole >= LONELY && self.figures <= self.whole + 1
    }
}

/// Counts what speaks for and against the order of a list.
pub(super) fn of(list: &List, vocabulary: &Vocabulary) -> Order {
    let mut order = Order { columns: list.side.amounts.len(), ..Order::default() };
    let has_names = !list.side.names.is_empty() || !list.side.codes.is_empty();
    let mut last = String::new();
    for entry in &list.entries {
        let (code, name) = (entry.item.code(), entry.item.name());
        let figures = entry.item.figures.len();
        order.figures += figures;
        order.drawn += entry.item.figures.iter().filter(|figure| super::is_countable(&figure.text)).count();
        match (code.is_empty() && name.is_empty(), figures) {
            (true, _) if has_names => order.nameless += figures,
            (_, 0) => order.bare += 1,
            _ => order.whole += 1,
        }
        order.is_unnamed |= !has_names && figures > 0 && !(code.is_empty() && name.is_empty());
        order.foreign += usize::from(figures > 0 && is_foreign(&name, &list.label, vocabulary));
        order.beside += usize::from(stands_beside(entry.item));
        order.overfull += usize::from(figures > list.side.amounts.len());
        order.swollen += usize::from(entry.item.codes.len() > list.side.codes.len().max(1));
        if !code.is_empty() {
            order.descents += usize::from(code < last);
            order.code_alone += usize::from(name.is_empty() && !list.side.names.is_empty());
            match Classification::national().judge(&code, &name, YEAR) {
                Judgement::AsInStandard | Judgement::Renamed(_) => order.named_right += 1,
                Judgement::OtherName(_) | Judgement::OtherCode(_) | Judgement::NoSuchClass => {
                    order.named_otherwise += 1
                }
                Judgement::NotCovered => {}
            }
            last = code;
        }
    }
    order
}

fn stands_beside(item: &Item) -> bool {
    let words = item.codes.iter().map(|code| code.line).chain(item.names.iter().map(|name| name.line));
    words.into_iter().any(|line| item.figures.iter().any(|figure| figure.line == line))
}

/// Whether a name is plainly of the side of revenue in a list of expenditure, or the other way round.
pub(super) fn is_foreign(name: &str, label: &str, vocabulary: &Vocabulary) -> bool {
    let (revenue, expenditure) = (&vocabulary.headers.revenue_side, &vocabulary.headers.expenditure_side);
    let plain = squeezed(name);
    let (of_revenue, of_expenditure) = (revenue.occur_in(&plain), expenditure.occur_in(&plain));
    let (in_revenue, in_expenditure) = (revenue.end(label), expenditure.end(label));
    of_revenue && !of_expenditure && in_expenditure && !in_revenue
        || of_expenditure && !of_revenue && in_revenue && !in_expenditure
}

/// Whether a name holds a figure with a separator, without a space between it and the words: 44,273,130合计.
pub(super) fn has_grown_together(item: &Item) -> bool {
    let name = item.name();
    let pieces = name.split(|character: char| !character.is_ascii_digit() && !matches!(character, ',' | '.'));
    pieces.into_iter().any(|piece| {
        let fraction = piece.rsplit(['.', ',']).next().map_or(0, str::len);
        // .12 after a word is the end of a figure that began elsewhere.
        let is_end = piece.starts_with('.') && piece.len() == fraction + 1;
        fraction > 1 && (is_end || piece.len() > fraction + 1 && amount::parse(piece).is_some())
    })
}

/// Whether a name holds the name that its code has, and much more: words of other rows or of the header.
pub(super) fn has_swallowed(item: &Item) -> bool {
    let printed = squeezed(&item.name()).into_owned();
    let editions = Classification::national().subjects(&item.code());
    let is_longer = |name: &str| printed.chars().count() >= name.chars().count() + MUCH_MORE;
    editions.iter().any(|subject| is_longer(subject.name)) && editions.iter().all(|subject| is_longer(subject.name))
}

/// Whether a name says which side it is of.
pub(super) fn is_of_a_side(name: &str, vocabulary: &Vocabulary) -> bool {
    let plain = squeezed(name);
    vocabulary.headers.revenue_side.occur_in(&plain) || vocabulary.headers.expenditure_side.occur_in(&plain)
}
