//! Which figures of a table nothing confirms: they are marked as ambiguous, and the table is named.
//!
//! A dump may print a table by columns or by blocks, and its header in any order. Read as if it stood in rows, it gives
//! rows, but wrong ones. What shows it: figures without a name, names of other codes, codes that do not ascend, figures
//! that are lost, labels where no table has them, sums that fail ([`evidence`]). Tables that stand in their lines have
//! almost nothing of this. A few such rows are doubtful by themselves. What is outside all tables is for [`outside`].

mod evidence;
mod order;
pub(super) mod outside;
mod places;
mod report;
mod sums;

use evidence::Evidence;
pub(super) use report::report;
use rust_decimal::Decimal;

use super::placement::PlacedFigure;
use super::table::TextTable;
use super::table::columns::{Columns, Role, Side};
use super::table::items::Item;
use super::table::tokens::TokenKind;
use crate::document::Placement;
use crate::language::amount;
use crate::language::vocabulary::{Vocabulary, squeezed};
use crate::model::CellPlacement;

/// The figures of a table, by row, by side, by figure.
pub(super) type Figures = Vec<Vec<Vec<PlacedFigure>>>;

/// What is judged of a table.
pub(super) struct Judged {
    /// Why the whole table is doubtful, in words; none if it is not.
    pub(super) reasons: Vec<String>,
    /// Figures of the table's lines that got into no cell.
    pub(super) lost: usize,
    /// Figures in rows without a name or code.
    pub(super) nameless: usize,
}

/// What the lines of a table have.
pub(super) struct Printed {
    /// How many figures they have.
    pub(super) figures: usize,
    /// Whether the header was put together of lines above and below the body.
    pub(super) header_is_in_pieces: bool,
}

/// Judges a table and marks the figures that nothing confirms.
pub(super) fn judge(table: &TextTable, figures: &mut Figures, printed: &Printed, vocabulary: &Vocabulary) -> Judged {
    let lists = lists(table, figures);
    let evidence = Evidence::of(&lists, vocabulary);
    let lost = printed.figures.saturating_sub(evidence.drawn);
    let mut reasons = evidence.reasons(printed.figures, lost);
    if evidence.figures > 0 && is_header_broken(&table.columns, vocabulary) {
        reasons.push("its header is out of order".to_owned());
    }
    if evidence.figures > 0 && lists.iter().any(|list| list.entries.is_empty()) {
        reasons.push("one of its lists has no rows".to_owned());
    }
    if printed.header_is_in_pieces && lists.iter().any(has_unused_names) {
        reasons.push("its header stands in pieces, and some of its columns have no words".to_owned());
    }
    if has_broken_figures(&lists) {
        reasons.push("its figures are broken over lines".to_owned());
    }
    let mut rows = doubtful_rows(&lists);
    rows.extend(totals_of_either(&lists, vocabulary));
    rows.extend(places::of_other_lists(table, figures));
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
    over_words
        || columns.sides.iter().any(|side| has_stray_columns(side, columns, vocabulary))
        || columns.sides.iter().any(|side| side.remarks.iter().any(is_code))
}

/// Whether two columns of one list have the same labels, or two totals stand below one label: then labels that tell
/// them apart are lost, or stand elsewhere.
fn has_stray_columns(side: &Side, columns: &Columns, vocabulary: &Vocabulary) -> bool {
    let paths: Vec<&[String]> = side.amounts.iter().map(|column| columns.leaves[*column].path.as_slice()).collect();
    let is_total =
        |path: &&[String]| path.last().is_some_and(|label| vocabulary.checks.sum_words.contain(&squeezed(label)));
    let beside =
        |one: &[String], other: &[String]| one[..one.len().saturating_sub(1)] == other[..other.len().saturating_sub(1)];
    paths.iter().enumerate().any(|(index, path)| {
        paths[..index].iter().any(|before| before == path || is_total(before) && is_total(path) && beside(before, path))
    })
}

/// The figures that have one column may have any of their side.
fn mark(figures: &mut [PlacedFigure], side: &Side) {
    for figure in figures.iter_mut().filter(|figure| figure.placement.how != Placement::Ambiguous) {
        figure.placement = CellPlacement { how: Placement::Ambiguous, columns: side.amounts.clone() };
    }
}

/// Whether a list has more columns of names than any of its rows has names.
fn has_unused_names(list: &List) -> bool {
    list.entries.iter().all(|entry| entry.item.names.len() < list.side.names.len())
}

/// Whether a word is nothing but a fraction: its whole number stands elsewhere.
fn has_broken_figures(lists: &[List]) -> bool {
    let is_fraction = |text: &str| {
        let digits = text.strip_prefix('.').unwrap_or_default();
        !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit())
    };
    let items = || lists.iter().flat_map(|list| &list.entries).map(|entry| entry.item);
    items().flat_map(|item| &item.figures).any(|figure| is_fraction(&figure.text))
        || items().flat_map(|item| &item.names).any(|name| is_fraction(&name.text))
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dump::placement::{self, Stated};
    use crate::dump::table::{items, sides, tokens};
    use crate::dump::{pages, table::columns::Columns};

    /// Reasons, figures without a name, and how many figures are marked.
    fn judged(labels: &[&str], dump: &str) -> (Vec<String>, usize, usize) {
        let vocabulary = Vocabulary::national().expect("the built-in vocabulary");
        let paths = labels.iter().map(|path| (path.split('/').map(str::to_owned).collect(), None)).collect();
        let columns = Columns::of_paths(paths, vocabulary);
        let lines = pages::lines(dump, vocabulary);
        let printed = lines.iter().flat_map(|line| &line.words).filter(|word| is_countable(&word.text)).count();
        let tokens = tokens::tokens(&lines, columns.have_codes(), columns.have_names());
        let rows = sides::rows(items::items(&tokens, &columns, vocabulary), &columns, vocabulary);
        let table = TextTable { columns, rows };
        let mut figures = placement::place(&table, Decimal::ONE, false, &Stated::default(), vocabulary);
        let printed = Printed { figures: printed, header_is_in_pieces: false };
        let judged = judge(&table, &mut figures, &printed, vocabulary);
        let placed = figures.iter().flatten().flatten();
        let marked = placed.filter(|figure| figure.placement.how == Placement::Ambiguous).count();
        (judged.reasons, judged.nameless, marked)
    }

    const CODED: [&str; 5] = ["科目编码", "科目名称", "合计", "基本支出", "项目支出"];

    #[test]
    fn a_table_that_stands_in_its_lines_is_not_doubtful() {
        let dump = "201 一般公共服务支出 900.00 600.00 300.00\n20103 政府办公厅（室）及相关机构事务 900.00 600.00 300.00\n\
                    2010301 行政运行 600.00 600.00 0.00\n2010302 一般行政管理事务 300.00 0.00 300.00\n";
        assert_eq!(judged(&CODED, dump), (Vec::new(), 0, 0));
    }

    #[test]
    fn a_table_printed_by_columns_is_doubtful() {
        let dump = "201\n20103\n2010301\n一般公共服务支出\n政府办公厅（室）及相关机构事务\n行政运行\n\
                    900.00\n900.00\n600.00\n600.00\n600.00\n600.00\n300.00\n300.00\n0.00\n";
        let (reasons, nameless, marked) = judged(&CODED, dump);
        assert!(!reasons.is_empty() && nameless > 0, "{reasons:?}");
        assert_eq!(marked, 9);
    }

    #[test]
    fn names_and_figures_apart_need_a_sum() {
        let labels = ["收入/项目", "收入/预算数", "支出/项目", "支出/预算数"];
        let dump = "一、一般公共预算拨款收入\n二、事业收入\n100.00\n一、外交支出\n二、国防支出\n80.00\n";
        let (reasons, ..) = judged(&labels, dump);
        assert!(reasons.iter().any(|reason| reason.contains("no sum")), "{reasons:?}");
    }

    #[test]
    fn a_row_without_a_name_is_doubtful_with_its_neighbours() {
        let mut dump = String::new();
        for number in 1..=20 {
            dump.push_str(&format!("20103{number:02} 行政运行 1.00 1.00 0.00\n"));
        }
        dump.push_str("9.00 9.00\n2010350 事业运行 1.00 1.00 0.00\n");
        let (reasons, nameless, marked) = judged(&CODED, &dump);
        let of_names = |reason: &String| reason.contains("without a name");
        assert!(!reasons.iter().any(of_names), "{reasons:?}");
        assert!(nameless == 2 && marked >= 2);
    }

    #[test]
    fn figures_grown_together_with_words_are_found() {
        assert!(is_countable("44,273,130") && !is_countable("2010301") && !is_countable("44,273,130合计"));
    }
}
