//! Header rows → column paths, types and measures.

use super::sheet::{Covered, Sheet, SheetRow, Slot};
use crate::document::{Column, ColumnType, Measure, TableKind};
use crate::language::amount;
use crate::language::ordinals;
use crate::language::vocabulary::{Vocabulary, squeezed};

/// A header has at most this many rows in any layout seen (four), with one to spare.
const MAX_HEADER_ROWS: usize = 5;

/// 合计 stands in one of the columns of 类, 款, 项 or name; further right it is a label.
const MAX_CODE_COLUMNS: usize = 3;

/// Share of a header row's labels that must be known words where its structure does not prove it.
const KNOWN_SHARE: f32 = 0.5;

/// Number of header rows at the top of `rows`.
///
/// The first row is a header unless it has amounts. Rows into which its cells reach down belong to it, as do further
/// rows whose labels are header words. A row that has amounts, or that is only a total, is data.
pub(super) fn header_rows(rows: &[SheetRow], vocabulary: &Vocabulary) -> usize {
    let Some(first) = rows.first() else { return 0 };
    if !(is_header(first, vocabulary) || opens_header(first)) {
        return 0;
    }
    let mut end = 1;
    while end < rows.len().min(MAX_HEADER_ROWS) {
        let spanned = rows[end].slots.iter().any(|slot| slot.covered == Covered::Above);
        let belongs = spanned && !has_amounts(&rows[end]) && !is_only_total(&rows[end], vocabulary);
        if !(belongs || is_header(&rows[end], vocabulary)) {
            break;
        }
        end += 1;
    }
    end
}

fn is_header(row: &SheetRow, vocabulary: &Vocabulary) -> bool {
    let labels = row.labels();
    if labels.is_empty() || has_amounts(row) {
        return false;
    }
    let blank = row.slots.iter().filter(|slot| slot.covered == Covered::Own && slot.text.is_empty()).count();
    let is_total_row = labels.len() == 1 && blank > 0;
    let is_item = labels.iter().any(|(_, label)| ordinals::leading(label).is_some());
    let known = labels.iter().filter(|(_, label)| vocabulary.is_header_word(label)).count();
    !is_total_row && !is_item && blank <= labels.len() && known as f32 >= KNOWN_SHARE * labels.len() as f32
}

/// Whether a row says nothing but 合计, in its first column: the first row of an empty table.
fn is_only_total(row: &SheetRow, vocabulary: &Vocabulary) -> bool {
    match row.labels().as_slice() {
        [(column, label)] => vocabulary.headers.totals.contain(label) && *column < MAX_CODE_COLUMNS,
        _ => false,
    }
}

/// Whether the first row is a header whatever its words: it labels every column, or has cells merged over columns or
/// rows, and no amounts.
fn opens_header(row: &SheetRow) -> bool {
    let own = || row.slots.iter().filter(|slot| slot.covered == Covered::Own);
    let complete = own().all(|slot| !slot.text.is_empty());
    let merged = own().any(|slot| !slot.text.is_empty() && (slot.column_span > 1 || slot.row_span > 1));
    let labels = own().filter(|slot| !slot.text.is_empty()).count();
    !has_amounts(row) && labels > 0 && (complete || merged)
}

fn has_amounts(row: &SheetRow) -> bool {
    row.slots.iter().any(|slot| amount::parse(&slot.text).is_some())
}

/// Whether a row only numbers the columns (栏次, 1 2 3 …, `**` where there is nothing to number).
pub(super) fn is_column_numbers(row: &SheetRow, vocabulary: &Vocabulary) -> bool {
    let labels = row.labels();
    let is_filler = |label: &str| !label.is_empty() && label.chars().all(|c| matches!(c, '*' | '＊' | '—'));
    let is_word = |label: &str| vocabulary.headers.column_numbers.contain(label) || is_filler(label);
    let words = labels.iter().filter(|(_, label)| is_word(label)).count();
    let numbers: Vec<u32> = labels.iter().filter_map(|(_, label)| label.parse().ok()).collect();
    let counts_up = numbers.windows(2).all(|pair| pair[1] == pair[0] + 1) && numbers.first().is_none_or(|n| *n <= 2);
    // One number alone proves nothing, but fillers do.
    let is_enough = numbers.len() >= 2 || labels.iter().filter(|(_, label)| label.starts_with("**")).count() >= 1;
    counts_up && is_enough && words + numbers.len() == labels.len()
}

/// Moves the labels of code columns (类, 款, 项) that share a row with the first amounts from the row to the paths.
pub(super) fn take_shared_labels(paths: &mut [Vec<String>], rows: &mut [SheetRow], vocabulary: &Vocabulary) {
    let Some(first) = rows.first_mut() else { return };
    for (path, slot) in paths.iter_mut().zip(&mut first.slots) {
        if vocabulary.headers.code_levels.contain(&squeezed(&slot.text)) {
            path.push(std::mem::take(&mut slot.text));
        }
    }
}

/// Gives the 合计 of the first data row, which shares its row with the lowest header labels of the amounts, a row of its
/// own: above it the code and name columns already have their labels.
pub(super) fn split_shared_total(header: &mut [SheetRow], rows: &mut Vec<SheetRow>, vocabulary: &Vocabulary) {
    let words = &vocabulary.headers;
    let Some((last, above)) = header.split_last_mut() else { return };
    let is_labelled = |column: usize| {
        let labels = above.iter().filter_map(|row| covering_text(row, column)).map(squeezed);
        labels.into_iter().any(|label| words.code.contain(&label) || words.name.contain(&label))
    };
    let totals: Vec<usize> = (0..last.slots.len())
        .filter(|column| words.totals.contain(&squeezed(&last.slots[*column].text)) && is_labelled(*column))
        .collect();
    if totals.is_empty() || last.labels().len() == totals.len() {
        return;
    }
    let mut data = last.clone();
    for (column, slot) in data.slots.iter_mut().enumerate() {
        if !totals.contains(&column) {
            slot.text.clear();
        }
    }
    // The header goes on there with the cells above.
    for total in totals {
        let covered = total..total + last.slots[total].column_span.max(1);
        for column in covered {
            let bbox = above.last().map_or(last.slots[column].bbox, |row| row.slots[column].bbox);
            last.slots[column] = Slot { covered: Covered::Above, bbox, ..Slot::default() };
        }
    }
    rows.insert(0, data);
}

/// Drops columns that a stray ruling makes: the lowest header cell spans them and their neighbour, and nothing stands
/// in them.
pub(super) fn drop_stray_columns(header: &[SheetRow], sheet: &mut Sheet) -> Vec<usize> {
    let Some(last) = header.last() else { return Vec::new() };
    let spanned = |column: usize| match last.slots[column].covered {
        Covered::Left => true,
        // A cell from a row above covers both columns where it is one cell: one box.
        Covered::Above => last.slots[column].bbox == last.slots[column - 1].bbox,
        Covered::Own => false,
    };
    let is_empty = |column: usize| {
        let below = sheet.rows.iter().map(|row| &row.slots[column]);
        below.into_iter().all(|slot| slot.text.is_empty())
    };
    let stray: Vec<usize> = (1..sheet.columns).filter(|column| spanned(*column) && is_empty(*column)).collect();
    for column in stray.iter().rev() {
        sheet.rows.iter_mut().for_each(|row| drop(row.slots.remove(*column)));
        sheet.columns -= 1;
    }
    stray
}

/// The header path of each column, from the top; a cell that spans columns is in the path of each.
pub(super) fn paths(header: &[SheetRow], columns: usize) -> Vec<Vec<String>> {
    (0..columns)
        .map(|column| {
            let mut path: Vec<String> = Vec::new();
            for row in header {
                if let Some(text) = covering_text(row, column)
                    && !text.is_empty()
                {
                    path.push(text.to_owned());
                }
            }
            path
        })
        .collect()
}

/// The text of the cell that covers a column and begins in this row.
fn covering_text(row: &SheetRow, column: usize) -> Option<&str> {
    let begins = (0..=column).rev().find(|c| row.slots[*c].covered != Covered::Left)?;
    let slot = &row.slots[begins];
    (slot.covered == Covered::Own).then_some(slot.text.as_str())
}

/// What each column holds: its header says, and its cells decide where they contradict.
pub(super) fn columns(paths: Vec<Vec<String>>, sheet: &Sheet, kind: TableKind, vocabulary: &Vocabulary) -> Vec<Column> {
    let mut found: Vec<Column> = Vec::with_capacity(sheet.columns);
    for (index, path) in paths.into_iter().enumerate() {
        let leaf = path.last().map(|label| squeezed(label)).unwrap_or_default();
        let cells = Evidence::of(&sheet.rows, index);
        let words = &vocabulary.headers;
        let after_amount = found.last().is_some_and(|column| column.column_type == ColumnType::Amount);
        let by_header = if words.code.contain(&leaf) || words.code_endings.end(&leaf) {
            Some(ColumnType::Code)
        } else if words.name.contain(&leaf) || words.text_endings.end(&leaf) {
            Some(ColumnType::Text)
        } else if vocabulary.measure(&leaf).is_some() {
            Some(ColumnType::Amount)
        } else {
            None
        };
        let column_type = match by_header {
            Some(ColumnType::Code) if cells.decimals > 0 && cells.decimals == cells.filled => ColumnType::Amount,
            Some(ColumnType::Text) if cells.decimals > 0 && cells.decimals == cells.filled => ColumnType::Amount,
            Some(ColumnType::Amount) if cells.amounts * 2 < cells.filled => ColumnType::Text,
            Some(by_header) => by_header,
            None if cells.filled == 0 && after_amount && !names_items(&leaf, vocabulary) => ColumnType::Amount,
            None if cells.filled > 0 && cells.decimals > 0 && cells.amounts == cells.filled => ColumnType::Amount,
            None => ColumnType::Text,
        };
        let measure = (column_type == ColumnType::Amount).then(|| measure(&path, kind, vocabulary));
        found.push(Column { path, column_type, measure, unit: None });
    }
    found
}

/// Whether a squeezed label is one of items (功能分类科目), whatever it says of them in brackets (按大类).
fn names_items(label: &str, vocabulary: &Vocabulary) -> bool {
    let bare = if label.ends_with(')') { label.rsplit_once('(').map_or(label, |(before, _)| before) } else { label };
    vocabulary.headers.item_name_endings.end(bare)
}

/// How many cells of a column have text, are amounts, and are amounts with a decimal point.
struct Evidence {
    filled: usize,
    amounts: usize,
    decimals: usize,
}

impl Evidence {
    fn of(data: &[SheetRow], column: usize) -> Self {
        let texts = data.iter().map(|row| row.slots[column].text.as_str());
        let filled: Vec<&str> = texts.filter(|text| !text.is_empty() && !amount::is_dash(text)).collect();
        let amounts: Vec<&&str> = filled.iter().filter(|text| amount::parse(text).is_some()).collect();
        let decimals = amounts.iter().filter(|text| text.contains(['.', '．'])).count();
        Self { filled: filled.len(), amounts: amounts.len(), decimals }
    }
}

/// What the amounts under a header path measure: its lowest label that says more than 合计, else 合计. The 合计 below
/// a label that only repeats what the whole table is about (2023年基本支出) is the table's total.
fn measure(path: &[String], kind: TableKind, vocabulary: &Vocabulary) -> Measure {
    let measures: Vec<Measure> = path.iter().filter_map(|label| vocabulary.measure(label)).collect();
    let telling = measures.iter().rev().find(|measure| **measure != Measure::Total);
    match (measures.first(), telling) {
        (Some(Measure::PriorYear), _) => Measure::PriorYear,
        (_, Some(telling)) if measures.last() == Some(&Measure::Total) && subject(kind) == Some(*telling) => {
            Measure::Total
        }
        (_, Some(telling)) => *telling,
        (Some(_), None) => Measure::Total,
        (None, None) => Measure::Other,
    }
}

/// The measure that all of a table is about.
fn subject(kind: TableKind) -> Option<Measure> {
    match kind {
        TableKind::GeneralPublicBasicExpenditure
        | TableKind::BasicExpenditure
        | TableKind::FiscalAppropriationBasicExpenditure => Some(Measure::Basic),
        TableKind::ProjectExpenditure => Some(Measure::Project),
        TableKind::GeneralPublicExpenditure | TableKind::GeneralPublicByEconomicClass => Some(Measure::GeneralPublic),
        TableKind::GovernmentFundExpenditure => Some(Measure::GovernmentFund),
        TableKind::StateCapitalExpenditure => Some(Measure::StateCapital),
        TableKind::FiscalAppropriationSummary | TableKind::FiscalAppropriationExpenditure => {
            Some(Measure::FiscalAppropriation)
        }
        TableKind::OperatingExpenses => Some(Measure::Operating),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_of_items_are_known_whatever_their_brackets_say() {
        let vocabulary = Vocabulary::national().expect("the built-in vocabulary");
        let names = |label: &str| names_items(&squeezed(label), vocabulary);
        assert!(names("支出功能分类科目（按大类）") && names("二级项目"));
        assert!(!names("年末结转和结余") && !names("金额（项目）"));
    }
}
