//! Which figures of a table nothing confirms.

mod order;
pub(super) mod outside;
mod sums;

use rust_decimal::Decimal;

use super::placement::PlacedFigure;
use super::table::TextTable;
use super::table::columns::{Columns, Role, Side};
use super::table::items::Item;
use super::table::tokens::TokenKind;
use crate::amount;
use crate::document::Placement;
use crate::model::CellPlacement;
use crate::vocabulary::{Vocabulary, squeezed};

/// The figures of a table, by row, by side, by figure.
pub(super) type Figures = Vec<Vec<Vec<PlacedFigure>>>;

/// So few figures without a name make only their rows doubtful, if they are also a small share of all.
const FEW_NAMELESS: usize = 2;

/// A share of the figures (or codes) that is small.
const SMALL_SHARE: f64 = 0.1;

/// Of codes with a name that the classification knows, so many have another, here and there, in published tables.
const FEW_NAMES: usize = 2;

/// … and no greater share than this.
const NAME_SHARE: f64 = 0.2;

/// So many codes may be smaller than the one before: lists begin anew with each fund.
const FEW_DESCENTS: usize = 2;

/// So many sums within rows may fail: some headers are no sums.
const FEW_FAILURES: usize = 4;

/// A list stands in its lines if this share of its named figures has the name on the same line.
const BESIDE_SHARE: f64 = 0.6;

/// What is judged of a table.
pub(super) struct Judged {
    /// Why the whole table is doubtful, in words; none if it is not.
    pub(super) reasons: Vec<String>,
    /// Figures of the table's lines that got into no cell.
    pub(super) lost: usize,
    /// Figures in rows without a name or code.
    pub(super) nameless: usize,
}

/// Judges a table and marks the figures that nothing confirms. `printed`: how many figures its lines have.
pub(super) fn judge(table: &TextTable, figures: &mut Figures, printed: usize, vocabulary: &Vocabulary) -> Judged {
    let lists = lists(table, figures);
    let evidence = Evidence::of(&lists, vocabulary);
    let lost = printed.saturating_sub(evidence.drawn);
    let mut reasons = evidence.reasons(printed, lost);
    if evidence.figures > 0 && is_header_broken(&table.columns, vocabulary) {
        reasons.push("its header is out of order".to_owned());
    }
    let mut rows = doubtful_rows(&lists);
    rows.extend(totals_of_either(&lists, vocabulary));
    if reasons.is_empty() {
        for (row, side) in rows {
            if let Some(figures) = figures.get_mut(row) {
                mark(&mut figures[side], &table.columns.sides[side]);
            }
        }
    } else {
        for row in figures.iter_mut() {
            for (figures, side) in row.iter_mut().zip(&table.columns.sides) {
                mark(figures, side);
            }
        }
    }
    Judged { reasons, lost, nameless: evidence.nameless }
}

/// Whether a total stands above words or codes, or codes follow figures: then the labels were not put together as they
/// stood.
fn is_header_broken(columns: &Columns, vocabulary: &Vocabulary) -> bool {
    let is_total = |label: &String| vocabulary.checks.sum_words.end(&squeezed(label));
    let over_words = columns.leaves.iter().any(|leaf| leaf.role != Role::Amount && leaf.path.iter().any(is_total));
    let is_code = |column: &usize| columns.leaves[*column].role == Role::Code;
    over_words || columns.sides.iter().any(|side| side.remarks.iter().any(is_code))
}

/// The figures that have one column may have any of their side.
fn mark(figures: &mut [PlacedFigure], side: &Side) {
    for figure in figures.iter_mut().filter(|figure| figure.placement.how != Placement::Ambiguous) {
        figure.placement = CellPlacement { how: Placement::Ambiguous, columns: side.amounts.clone() };
    }
}

/// Rows, by number and side, that are doubtful by themselves.
fn doubtful_rows(lists: &[List]) -> Vec<(usize, usize)> {
    let mut rows = Vec::new();
    for list in lists {
        let has_names = !list.side.names.is_empty() || !list.side.codes.is_empty();
        for entry in &list.entries {
            let item = entry.item;
            let is_nameless = has_names && item.codes.is_empty() && item.names.is_empty();
            let is_swollen = item.codes.len() > list.side.codes.len().max(1) || order::has_swallowed(item);
            if is_swollen {
                rows.push((entry.row, list.number));
            }
            // A figure without a name, or grown together with a word, belongs to this row or to one beside it.
            if is_nameless && !item.figures.is_empty() || order::has_grown_together(item) {
                rows.extend((entry.row.saturating_sub(1)..=entry.row + 1).map(|row| (row, list.number)));
            }
        }
    }
    rows
}

/// Totals that stand alone in their rows where two lists could have them: nothing tells whose they are.
fn totals_of_either(lists: &[List], vocabulary: &Vocabulary) -> Vec<(usize, usize)> {
    let mut rows = Vec::new();
    for list in lists {
        for entry in &list.entries {
            let name = entry.item.name();
            let may_have = |other: &&List| {
                other.number != list.number
                    && order::is_of_a_side(&name, vocabulary)
                    && !order::is_foreign(&name, &other.label, vocabulary)
                    && !other.entries.iter().any(|beside| beside.row == entry.row)
            };
            if vocabulary.checks.sum_words.end(&squeezed(&name)) && lists.iter().any(|other| may_have(&other)) {
                rows.push((entry.row, list.number));
            }
        }
    }
    rows
}

/// What speaks for and against a table, over all its lists.
#[derive(Debug, Default)]
struct Evidence {
    orders: Vec<order::Order>,
    rows: sums::Sums,
    families: sums::Sums,
    /// Figures in cells.
    drawn: usize,
    nameless: usize,
    figures: usize,
}

impl Evidence {
    fn of(lists: &[List], vocabulary: &Vocabulary) -> Evidence {
        let mut evidence = Evidence::default();
        for list in lists {
            let mut order = order::of(list, vocabulary);
            let (rows, families) = (sums::of_rows(list), sums::of_families(list, vocabulary));
            order.hold = rows.hold + families.hold;
            evidence.rows.add(rows);
            evidence.families.add(families);
            evidence.drawn += order.drawn;
            evidence.nameless += order.nameless;
            evidence.figures += order.figures;
            evidence.orders.push(order);
        }
        evidence
    }

    /// Why the table is doubtful.
    fn reasons(&self, printed: usize, lost: usize) -> Vec<String> {
        let mut reasons = Vec::new();
        let mut say = |is_so: bool, reason: String| {
            if is_so {
                reasons.push(reason)
            }
        };
        let total = |of: fn(&order::Order) -> usize| self.orders.iter().map(of).sum::<usize>();
        let is_small = |count: usize, all: usize| (count as f64) < SMALL_SHARE * all as f64;
        say(
            lost > FEW_NAMELESS || lost > 0 && !is_small(lost, printed),
            format!("{lost} of its {printed} figures have no cell"),
        );
        let nameless = self.nameless;
        let few_nameless = nameless <= FEW_NAMELESS && is_small(nameless, self.figures);
        say(
            nameless > 0 && !few_nameless,
            format!("{nameless} of {} figures stand in rows without a name", self.figures),
        );
        let (right, other) =
            (total(|order| order.named_right), total(|order| order.named_otherwise + order.code_alone));
        let few = other <= FEW_NAMES || (other as f64) < NAME_SHARE * (right + other) as f64;
        say(!few, format!("{other} of {} codes do not have the classification's name", right + other));
        let descents = total(|order| order.descents);
        say(descents > FEW_DESCENTS, format!("{descents} codes do not ascend"));
        let swollen = total(|order| order.swollen);
        say(swollen > 1, format!("{swollen} rows have several codes"));
        let overfull = total(|order| order.overfull);
        say(overfull > 0, format!("{overfull} rows have more figures than the header has columns"));
        let fails = self.rows.fail > FEW_FAILURES && self.rows.fail > self.rows.hold;
        say(fails, format!("{} of {} rows do not add up", self.rows.fail, self.rows.fail + self.rows.hold));
        say(self.orders.iter().any(|order| order.unnamed), "its names have no column".to_owned());
        say(
            self.orders.iter().any(order::Order::is_lonely),
            "its rows have one figure each, but many columns".to_owned(),
        );
        let foreign = total(|order| order.foreign);
        say(foreign > 1, format!("{foreign} rows are of the other side"));
        let (whole, beside) = (total(|order| order.whole), total(|order| order.beside));
        if (beside as f64) < BESIDE_SHARE * whole as f64 {
            // Names and figures stand on lines of their own: more is needed to believe that they belong together.
            say(
                nameless > 0 && few_nameless,
                format!("{nameless} figures have no name, and names and figures stand apart"),
            );
            let unconfirmed = self.orders.iter().any(|order| order.whole > 1 && order.hold == 0);
            let is_confirmed = self.families.hold + self.rows.hold > self.families.fail;
            let simple = total(|order| order.bare) == 0 && self.orders.len() == 1;
            say(
                !simple && (unconfirmed || !is_confirmed),
                "names and figures stand apart, and no sum confirms them".to_owned(),
            );
        }
        reasons
    }
}

/// One side of a table.
struct List<'t> {
    side: &'t Side,
    number: usize,
    /// The topmost label over its figures.
    label: String,
    entries: Vec<Entry<'t>>,
}

/// One side of a row.
struct Entry<'t> {
    item: &'t Item,
    row: usize,
    /// The figures in their columns, by their places in [`Side::amounts`].
    cells: Vec<Option<Decimal>>,
    /// Whether each figure has one column.
    is_certain: bool,
}

fn lists<'t>(table: &'t TextTable, figures: &Figures) -> Vec<List<'t>> {
    let list = |(number, side): (usize, &'t Side)| {
        let entries = table.rows.iter().zip(figures).enumerate().filter_map(|(row, (body, placed))| {
            let item = body.items[number].as_ref()?;
            Some(entry(item, row, &placed[number], side))
        });
        let first = side.amounts.first().and_then(|column| table.columns.leaves[*column].path.first());
        let label = first.map(|label| squeezed(label).into_owned()).unwrap_or_default();
        List { side, number, label, entries: entries.collect() }
    };
    table.columns.sides.iter().enumerate().map(list).collect()
}

fn entry<'t>(item: &'t Item, row: usize, placed: &[PlacedFigure], side: &Side) -> Entry<'t> {
    let mut cells = vec![None; side.amounts.len()];
    for (figure, placed) in item.figures.iter().zip(placed) {
        let place = side.amounts.iter().position(|column| *column == placed.column);
        if let (Some(place), TokenKind::Figure(value)) = (place, &figure.kind) {
            cells[place] = *value;
        }
    }
    let is_certain = placed.iter().all(|figure| figure.placement.how != Placement::Ambiguous);
    Entry { item, row, cells, is_certain }
}

/// Whether a word is a figure wherever it stands: it has a separator. Other numbers may be codes, parts of names or of
/// broken figures.
pub(super) fn is_countable(word: &str) -> bool {
    amount::parse(word).is_some() && word.contains(['.', ','])
}
