//! Header rows → column paths, types and measures.

use super::sheet::{Covered, Sheet, SheetRow, Slot};
use crate::document::{Column, ColumnType, Measure, TableKind};
use crate::language::amount;
use crate::language::ordinals;
use crate::language::vocabulary::{Vocabulary, squeezed};
use crate::language::years;

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
    if !(is_header(first, vocabulary) || opens_header(first, vocabulary)) {
        return 0;
    }
    let mut end = 1;
    while end < rows.len().min(MAX_HEADER_ROWS) {
        let spanned = rows[end].slots.iter().any(|slot| slot.covered == Covered::Above);
        let belongs = spanned && !has_amounts(&rows[end], vocabulary) && !is_only_total(&rows[end], vocabulary);
        if !(belongs || is_header(&rows[end], vocabulary)) {
            break;
        }
        end += 1;
    }
    end
}

fn is_header(row: &SheetRow, vocabulary: &Vocabulary) -> bool {
    let labels = row.labels();
    if labels.is_empty() || has_amounts(row, vocabulary) {
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
fn opens_header(row: &SheetRow, vocabulary: &Vocabulary) -> bool {
    let own = || row.slots.iter().filter(|slot| slot.covered == Covered::Own);
    let complete = own().all(|slot| !slot.text.is_empty());
    let merged = own().any(|slot| !slot.text.is_empty() && (slot.column_span > 1 || slot.row_span > 1));
    let labels = own().filter(|slot| !slot.text.is_empty()).count();
    !has_amounts(row, vocabulary) && labels > 0 && (complete || merged)
}

fn has_amounts(row: &SheetRow, vocabulary: &Vocabulary) -> bool {
    row.slots.iter().any(|slot| is_amount(&slot.text, vocabulary))
}

/// Whether a cell is an amount, with its unit or without.
fn is_amount(text: &str, vocabulary: &Vocabulary) -> bool {
    amount::parse(text).is_some() || vocabulary.amount_with_unit(text).is_some()
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

/// Moves the labels of code columns (类, 款, 项) that share a row with the first amounts from the row to the paths. Returns
/// whether there were any.
pub(super) fn take_shared_labels(paths: &mut [Vec<String>], rows: &mut [SheetRow], vocabulary: &Vocabulary) -> bool {
    let Some(first) = rows.first_mut() else { return false };
    let mut has_taken = false;
    for (path, slot) in paths.iter_mut().zip(&mut first.slots) {
        if vocabulary.headers.code_levels.contain(&squeezed(&slot.text)) {
            path.push(std::mem::take(&mut slot.text));
            has_taken = true;
        }
    }
    has_taken
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
        let leaf = path.last().map(|label| vocabulary.bare_label(label)).unwrap_or_default();
        let cells = Evidence::of(&sheet.rows, index, vocabulary);
        let is_amount = |column: &Column| column.column_type == ColumnType::Amount;
        let (after_amount, beside_amounts) = (found.last().is_some_and(is_amount), found.iter().any(is_amount));
        let by_header = if let Some(told) = told_by(&leaf, vocabulary) {
            Some(told)
        } else if cells.amounts > 0 && path.last().is_some_and(|label| vocabulary.unit_in(label).is_some()) {
            // Whatever it is, it is told in money.
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
            None if beside_amounts && cells.are_whole_amounts() && may_be_amounts(&leaf, kind, vocabulary) => {
                ColumnType::Amount
            }
            None => ColumnType::Text,
        };
        let measure = (column_type == ColumnType::Amount).then(|| measure(&path, kind, vocabulary));
        found.push(Column { path, column_type, measure, unit: None });
    }
    doubt_totals(&mut found, vocabulary);
    found
}

/// Whether a cell of amounts says that there is none: a dash, 无.
pub(super) fn stands_for_nothing(text: &str, vocabulary: &Vocabulary) -> bool {
    amount::is_dash(text) || vocabulary.headers.nothing.contain(&squeezed(text).to_lowercase())
}

/// What the lowest label of a column says that it holds.
fn told_by(leaf: &str, vocabulary: &Vocabulary) -> Option<ColumnType> {
    let words = &vocabulary.headers;
    if words.code.contain(leaf) || words.code_endings.end(leaf) {
        Some(ColumnType::Code)
    } else if words.name.contain(leaf) || words.text_endings.end(leaf) {
        Some(ColumnType::Text)
    } else if vocabulary.measure(leaf).is_some() || words.amounts.end(leaf) {
        Some(ColumnType::Amount)
    } else {
        None
    }
}

/// Whether a column was to hold amounts by its label, but most of its cells are none.
pub(super) fn lacks_amounts(column: &Column, vocabulary: &Vocabulary) -> bool {
    let Some(label) = column.path.last().filter(|_| column.column_type == ColumnType::Text) else { return false };
    let leaf = vocabulary.bare_label(label);
    // 预算数/决算数, 预算数（决算数） over two figures a cell.
    let mut parts = leaf.split(['/', '(', ')', '、']).filter(|part| !part.is_empty());
    match told_by(&leaf, vocabulary) {
        Some(told) => told == ColumnType::Amount,
        None => parts.clone().count() > 1 && parts.any(|part| told_by(part, vocabulary) == Some(ColumnType::Amount)),
    }
}

/// Whether whole numbers below an unknown label of a table of a known kind may be amounts: not running numbers, counts,
/// shares or remarks.
fn may_be_amounts(leaf: &str, kind: TableKind, vocabulary: &Vocabulary) -> bool {
    let words = &vocabulary.facts;
    !matches!(kind, TableKind::Other | TableKind::PerformanceTargets)
        && !leaf.is_empty()
        && !words.running.contain(leaf)
        && !words.remarks.end(leaf)
        && !vocabulary.checks.no_money.occur_in(leaf)
        && !names_items(leaf, vocabulary)
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
    fn of(data: &[SheetRow], column: usize, vocabulary: &Vocabulary) -> Self {
        let texts = data.iter().map(|row| row.slots[column].text.as_str());
        let filled: Vec<&str> = texts.filter(|text| !text.is_empty() && !amount::is_dash(text)).collect();
        let amounts: Vec<&&str> = filled.iter().filter(|text| is_amount(text, vocabulary)).collect();
        // 无 beside amounts is none of them; alone, it is a word.
        let is_word = |text: &&&str| amounts.is_empty() || !stands_for_nothing(text, vocabulary);
        let words = filled.iter().filter(is_word).count();
        let decimals = amounts.iter().filter(|text| text.contains(['.', '．'])).count();
        Self { filled: words, amounts: amounts.len(), decimals }
    }

    /// Whether there is nothing but whole numbers.
    fn are_whole_amounts(&self) -> bool {
        self.filled > 0 && self.amounts == self.filled
    }
}

/// What the amounts under a header path measure: its lowest label says it. 合计 is that of the label above it, but of
/// the whole table below a label that only repeats what the table is about (2023年基本支出). A wider label never lends
/// its measure to a narrower one that is not known.
fn measure(path: &[String], kind: TableKind, vocabulary: &Vocabulary) -> Measure {
    let mut total = None;
    // 机关运行经费预算数 stands beside the total.
    let is_aside = path.last().is_some_and(|label| vocabulary.checks.asides.occur_in(&squeezed(label)));
    let is_about = matches!(kind, TableKind::OperatingExpenses | TableKind::Procurement);
    for label in path.iter().rev() {
        match vocabulary.measure(label) {
            Some(Measure::Total) if total.is_none() && is_aside && !is_about => return Measure::Other,
            Some(found @ (Measure::Total | Measure::PriorYear)) => {
                total = total.filter(|known| *known == Measure::PriorYear).or(Some(found));
            }
            Some(telling) if total.is_some() && subject(kind) == Some(telling) => return Measure::Total,
            Some(telling) => return telling,
            None if total.is_none() && !says_only_when(label, vocabulary) => return Measure::Other,
            None => {}
        }
    }
    total.unwrap_or(Measure::Other)
}

/// Whether a label only names a year.
fn says_only_when(label: &str, vocabulary: &Vocabulary) -> bool {
    let plain = squeezed(label);
    years::whole(&plain).is_some() || vocabulary.years.own.contain(&plain) || vocabulary.years.before.contain(&plain)
}

/// A 小计 below a group that is known as a part of what others sum up (政府采购项目) is no total beside theirs.
fn doubt_totals(columns: &mut [Column], vocabulary: &Vocabulary) {
    let part = |column: &Column| {
        let above = column.path.split_last().map_or(&[][..], |(_, above)| above);
        above.iter().rposition(|label| vocabulary.headers.parts.occur_in(&squeezed(label)))
    };
    let is_total = |column: &Column| column.measure == Some(Measure::Total);
    let has_outer = |column: &Column, depth: usize| {
        let outside = |other: &&Column| {
            is_total(other)
                && part(other).is_none()
                && other.path[..other.path.len().min(depth)] == column.path[..depth]
        };
        columns.iter().filter(outside).any(|other| other.path.get(depth) != column.path.get(depth))
    };
    let doubtful: Vec<usize> = (0..columns.len())
        .filter(|at| is_total(&columns[*at]))
        .filter(|at| part(&columns[*at]).is_some_and(|depth| has_outer(&columns[*at], depth)))
        .collect();
    for at in doubtful {
        columns[at].measure = Some(Measure::Other);
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

    fn measure_of(path: &str, kind: TableKind) -> Measure {
        let path: Vec<String> = path.split('/').map(str::to_owned).collect();
        measure(&path, kind, Vocabulary::national().expect("the built-in vocabulary"))
    }

    #[test]
    fn the_lowest_label_says_what_is_measured() {
        let revenue = |path: &str| measure_of(path, TableKind::RevenueSummary);
        assert_eq!(revenue("财政拨款收入/一般公共预算收入"), Measure::GeneralPublic);
        assert_eq!(revenue("财政拨款收入/小计"), Measure::FiscalAppropriation);
        assert_eq!(revenue("上年结转/单位资金"), Measure::Other, "a wider label lends nothing");
        assert_eq!(revenue("部门预算/上年实户资金余额"), Measure::Other);
        assert_eq!(revenue("部门预算/合计"), Measure::Total);
        let three_public = |path: &str| measure_of(path, TableKind::ThreePublic);
        assert_eq!(three_public("上年预算数/公务用车购置及运行费/小计"), Measure::Vehicles);
        assert_eq!(three_public("公务接待费/2025年"), Measure::Reception);
        assert_eq!(three_public("上年预算数/合计"), Measure::PriorYear);
        assert_eq!(three_public("2024年机关运行经费预算数"), Measure::Other);
        assert_eq!(measure_of("2023年基本支出/合计", TableKind::BasicExpenditure), Measure::Total);
        assert_eq!(measure_of("人员类项目", TableKind::ExpenditureSummary), Measure::Personnel);
    }

    #[test]
    fn a_subtotal_of_a_known_part_is_no_total() {
        let column = |path: &[&str]| Column {
            path: path.iter().map(|label| (*label).to_owned()).collect(),
            column_type: ColumnType::Amount,
            measure: Some(Measure::Total),
            unit: None,
        };
        let vocabulary = Vocabulary::national().expect("the built-in vocabulary");
        let mut columns = [column(&["支出总计"]), column(&["2026年政府采购项目", "小计"])];
        doubt_totals(&mut columns, vocabulary);
        assert_eq!(columns.map(|column| column.measure), [Some(Measure::Total), Some(Measure::Other)]);
        let mut alone = [column(&["政府采购项目", "小计"])];
        doubt_totals(&mut alone, vocabulary);
        assert_eq!(alone[0].measure, Some(Measure::Total));
    }
}
