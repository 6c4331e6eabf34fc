//! A table region → a table: header, rows, notes.

use std::borrow::Cow;

use super::column_units;
use super::header;
use super::kind;
use super::sheet::{Covered, Sheet, SheetRow, Slot, sheet};
use crate::document::PageNumber;
use crate::document::geometry::Rect;
use crate::document::{
    Column, ColumnType, Confidence, Diagnostic, KindBy, Observation, Placement, Row, Table, TableKind, TableLayout,
};
use crate::language::amount;
use crate::language::ordinals;
use crate::language::vocabulary::{Vocabulary, squeezed};
use crate::model::{Account, Caption, GridSource, ParsedTable, TableRegion, characters};
use crate::text::captions::{CaptionPiece, parted, read_piece};
use crate::text::reflow;

/// Understands one table.
pub(super) fn parse(
    region: &TableRegion,
    vocabulary: &Vocabulary,
    account: &mut Account,
    diagnostics: &mut Vec<Diagnostic>,
) -> ParsedTable {
    let mut sheet = sheet(region);
    let printed: usize = sheet.rows.iter().map(SheetRow::characters).sum();
    let mut caption = region.caption.clone();
    let mut notes = region.notes.clone();
    take_caption_rows(&mut sheet, &mut caption, vocabulary);
    let count = header::header_rows(&sheet.rows, vocabulary);
    let mut header_rows: Vec<SheetRow> = sheet.rows.drain(..count).collect();
    header::split_shared_total(&mut header_rows, &mut sheet.rows, vocabulary);
    drop_repeated_headers(&mut sheet, &header_rows);
    sheet.drop_furniture(|row| header::is_column_numbers(row, vocabulary));
    take_note_rows(&mut sheet, &mut notes, vocabulary);
    if header_rows.is_empty()
        && let Some(first) = sheet.rows.first()
    {
        diagnostics.push(Observation::NoHeader.on(first.page));
    }
    let mut paths = header::paths(&header_rows, sheet.columns);
    let mut column_leaves = region.column_leaves.clone();
    for stray in header::drop_stray_columns(&header_rows, &mut sheet).into_iter().rev() {
        paths.remove(stray);
        if !column_leaves.is_empty() {
            column_leaves.remove(stray);
        }
    }
    // 栏次 may stand beside these labels.
    if header::take_shared_labels(&mut paths, &mut sheet.rows, vocabulary) {
        sheet.drop_furniture(|row| header::is_column_numbers(row, vocabulary));
    }
    let (kind, kind_by) = kind::kind(caption.title.as_deref(), &paths, &sheet, vocabulary);
    let mut columns = header::columns(paths, &sheet, kind, vocabulary);
    sheet.tidy();
    rejoin_cut_rows(&mut sheet, &columns, vocabulary, diagnostics);
    let are_amounts: Vec<bool> = columns.iter().map(|column| column.column_type == ColumnType::Amount).collect();
    sheet.place_wide_figures(&are_amounts);
    let all_from = |source| region.grids.iter().all(|grid| grid.source == source);
    let layout = if all_from(GridSource::Ruled) {
        TableLayout::Ruled
    } else if all_from(GridSource::Text) {
        TableLayout::Text
    } else {
        TableLayout::Aligned
    };
    // Everything else is in the caption, the header, the rows or the notes.
    account.read += printed - sheet.furniture.iter().map(|dropped| characters(&dropped.text)).sum::<usize>();
    account.furniture.append(&mut sheet.furniture);
    account.unread.append(&mut sheet.lost);
    let found_before = diagnostics.len();
    let organisation = caption.organisation.take();
    let units = column_units::settle(&mut columns, &sheet, printed_unit(&caption, &notes, vocabulary), vocabulary);
    if let (true, Some(unit), Some(page)) = (units.is_uncertain, &units.table, pages(region).first()) {
        let found = Observation::MixedUnits { title: caption.title.clone(), unit: unit.clone() };
        diagnostics.push(found.on(*page));
    }
    let rows = rows(&sheet, &columns, &units.in_cells, &column_leaves, kind, vocabulary, diagnostics);
    let boxes = per_slot(&sheet, |slot| slot.bbox);
    let placements = per_slot(&sheet, |slot| slot.placement.as_ref().map(|placement| placement.how));
    let indents = per_slot(&sheet, |slot| slot.indent);
    let confidence = if header_rows.is_empty() || diagnostics.len() > found_before {
        Confidence::Low
    } else if layout != TableLayout::Ruled || kind_by != Some(KindBy::Title) {
        Confidence::Medium
    } else {
        Confidence::High
    };
    let table = Table {
        number: caption.number,
        label: caption.label,
        title: caption.title,
        kind,
        kind_by,
        unit: units.table,
        pages: pages(region),
        layout,
        confidence,
        columns,
        rows,
        notes,
    };
    ParsedTable { table, boxes, placements, indents, organisation, column_leaves }
}

/// The unit that is printed for a whole table: above it, in its title, or in a note below it.
fn printed_unit(caption: &Caption, notes: &[String], vocabulary: &Vocabulary) -> Option<String> {
    let in_title = || caption.title.as_deref().and_then(|title| vocabulary.unit_in(title));
    let in_notes = || notes.iter().find_map(|note| Some(vocabulary.labelled_unit(note)?.unit.to_owned()));
    caption.unit.clone().or_else(in_title).or_else(in_notes)
}

/// The pages of a region, each once, with those on which its columns go on.
pub(super) fn pages(region: &TableRegion) -> Vec<PageNumber> {
    let own = region.grids.iter().map(|grid| grid.page);
    let leaves = region.column_leaves.iter().flat_map(|leaf| region.grids.iter().map(move |grid| grid.page.0 + *leaf));
    let mut pages: Vec<PageNumber> = own.chain(leaves.map(PageNumber)).collect();
    pages.sort_unstable();
    pages.dedup();
    pages
}

/// Some producers put title, organisation and unit into the grid, above the header.
pub(super) fn take_caption_rows(sheet: &mut Sheet, caption: &mut Caption, vocabulary: &Vocabulary) {
    let mut taken = 0;
    for row in &sheet.rows {
        if row.is_empty() {
            taken += 1;
            continue;
        }
        let own = row.slots.iter().filter(|slot| !slot.text.is_empty());
        let texts = own.flat_map(|slot| parted(&slot.text, vocabulary));
        let pieces: Option<Vec<CaptionPiece>> = texts.map(|text| read_piece(text, vocabulary)).collect();
        let Some(pieces) = pieces.filter(|pieces| !pieces.contains(&CaptionPiece::Stray)) else { break };
        let is_title = |piece: &CaptionPiece| matches!(piece, CaptionPiece::Title(_));
        // A title beside the unit needs no row of its own.
        let is_alone =
            row.spanning_text().is_some() || pieces.iter().any(|piece| matches!(piece, CaptionPiece::Unit(_)));
        if pieces.iter().any(is_title) && (caption.title.is_some() || !is_alone) {
            break;
        }
        pieces.into_iter().for_each(|piece| caption.add(piece, vocabulary));
        taken += 1;
    }
    sheet.rows.drain(..taken);
}

/// Drops the rows at the top of later pages that repeat the header, or its lower part. A line that the page break cut in
/// halves may reach into the header's cells: there it only repeats the end of the page before.
pub(super) fn drop_repeated_headers(sheet: &mut Sheet, header: &[SheetRow]) {
    let labels: Vec<_> = header.iter().map(SheetRow::labels).collect();
    let mut index = 0;
    while index < sheet.rows.len() {
        if !sheet.rows[index].opens_page {
            index += 1;
            continue;
        }
        let (before, after) = sheet.rows.split_at(index);
        let repeats = |skipped: &usize| {
            let wanted = &labels[*skipped..];
            let is_whole = !wanted.is_empty() && wanted.len() <= after.len();
            is_whole && wanted.iter().zip(after).all(|(wanted, row)| repeats_labels(wanted, &row.labels(), before))
        };
        if let Some(skipped) = (0..labels.len()).find(repeats) {
            let repeated = sheet.rows.drain(index..index + labels.len() - skipped);
            sheet.furniture.extend(repeated.map(|row| row.placed()));
            if let Some(row) = sheet.rows.get_mut(index) {
                row.opens_page = true;
            }
        }
        index += 1;
    }
}

/// Whether a row's labels are those wanted, most to the letter, and the others with no more behind them than the end of
/// their columns' last texts `before`.
fn repeats_labels(wanted: &[(usize, Cow<'_, str>)], found: &[(usize, Cow<'_, str>)], before: &[SheetRow]) -> bool {
    if wanted.len() != found.len() {
        return false;
    }
    let exact = wanted.iter().zip(found).filter(|(wanted, found)| wanted == found).count();
    let ends_column = |column: usize, rest: &str| {
        let texts = before.iter().rev().map(|row| row.slots[column].text.as_str());
        { texts }.find(|text| !text.is_empty()).is_some_and(|text| squeezed(text).ends_with(rest))
    };
    let all_reach_in = || {
        wanted.iter().zip(found).all(|((column, wanted), (at, found))| {
            let rest = found.strip_prefix(&**wanted).filter(|_| column == at);
            rest.is_some_and(|rest| rest.is_empty() || ends_column(*at, rest))
        })
    };
    exact == wanted.len() || (2 * exact >= wanted.len() && all_reach_in())
}

/// A row that is one cell beginning with a note's word is a note, wherever it stands.
fn take_note_rows(sheet: &mut Sheet, notes: &mut Vec<String>, vocabulary: &Vocabulary) {
    sheet.rows.retain(|row| {
        let Some(text) = row.spanning_text() else { return true };
        let plain = squeezed(text);
        let is_note = vocabulary.notes.prefixes.strip_from(&plain).is_some_and(|rest| rest.starts_with([':', '1']));
        if is_note {
            notes.push(text.to_owned());
        }
        !is_note
    });
}

/// Rejoins a row that the page break cut: its pieces are the last row of a page and the first of the next, and the
/// cells that cannot be cut (codes and amounts) stand in one of them only.
fn rejoin_cut_rows(sheet: &mut Sheet, columns: &[Column], vocabulary: &Vocabulary, diagnostics: &mut Vec<Diagnostic>) {
    let all_have_amounts = rows_have_amounts(sheet, columns);
    let mut index = 1;
    while index < sheet.rows.len() {
        let (before, after) = sheet.rows.split_at_mut(index);
        let (Some(last), Some(first)) = (before.last_mut(), after.first()) else { break };
        let is_piece = || is_cut(last, first, columns, vocabulary) || goes_on(last, first, columns, all_have_amounts);
        if first.opens_page && is_piece() {
            diagnostics.push(Observation::RowRejoined { text: first_text(first).to_owned() }.on(first.page));
            for (slot, piece) in last.slots.iter_mut().zip(&first.slots) {
                reflow::join(&mut slot.text, &piece.text);
            }
            sheet.rows.remove(index);
        } else {
            index += 1;
        }
    }
}

fn first_text(row: &SheetRow) -> &str {
    row.slots.iter().map(|slot| slot.text.as_str()).find(|text| !text.is_empty()).unwrap_or_default()
}

fn is_cut(last: &SheetRow, first: &SheetRow, columns: &[Column], vocabulary: &Vocabulary) -> bool {
    let filled = |row: &SheetRow, wanted: ColumnType| {
        let slots = row.slots.iter().zip(columns);
        slots.filter(|(slot, column)| column.column_type == wanted && !slot.text.is_empty()).count()
    };
    let has_code_column = columns.iter().any(|column| column.column_type == ColumnType::Code);
    let is_text = |(column, _): &(usize, Cow<'_, str>)| columns[*column].column_type == ColumnType::Text;
    let (mut before, mut after) = (last.labels(), first.labels());
    before.retain(is_text);
    after.retain(is_text);
    let is_total = after.iter().any(|(_, text)| vocabulary.headers.totals.contain(text));
    if after.is_empty() || is_total || filled(first, ColumnType::Code) > 0 {
        return false;
    }
    // Each piece must go on from a text in the row before.
    if !after.iter().all(|(column, _)| before.iter().any(|(known, _)| known == column)) {
        return false;
    }
    let amounts = (filled(last, ColumnType::Amount), filled(first, ColumnType::Amount));
    let in_one_piece = amounts.0 == 0 || amounts.1 == 0;
    if has_code_column {
        return in_one_piece && filled(last, ColumnType::Code) > 0;
    }
    // Without codes, rows of names alone are common: there a piece is known by lacking the ordinal that the row
    // before has.
    let has_ordinal = |(_, text): &(usize, Cow<'_, str>)| ordinals::leading(text).is_some();
    amounts.1 == 0 && in_one_piece && before.iter().all(has_ordinal) && !after.iter().any(has_ordinal)
}

/// Rows that prove that a row without amounts is no row are more than this.
const MIN_PROOF: usize = 3;

/// A text in a cell that goes on overleaf has at least this many characters.
const MIN_LONG_TEXT: usize = 12;

/// Whether every row that opens no page has amounts.
fn rows_have_amounts(sheet: &Sheet, columns: &[Column]) -> bool {
    let mut inner = sheet.rows.iter().filter(|row| !row.opens_page).peekable();
    let enough = sheet.rows.iter().filter(|row| !row.opens_page).count() > MIN_PROOF;
    inner.peek().is_some() && enough && inner.all(|row| has_amount(row, columns))
}

fn has_amount(row: &SheetRow, columns: &[Column]) -> bool {
    let mut slots = row.slots.iter().zip(columns);
    slots.any(|(slot, column)| column.column_type == ColumnType::Amount && amount::parse(&slot.text).is_some())
}

/// Whether the first row of a page has nothing but the rest of long texts of the row before, which has its amounts: the
/// texts break off without the end of a sentence and no name begins, or no row of the table is without amounts.
fn goes_on(last: &SheetRow, first: &SheetRow, columns: &[Column], all_have_amounts: bool) -> bool {
    // A name with an ordinal begins a row of its own.
    let begins = |slot: &Slot| ordinals::leading(&slot.text).is_some();
    if has_amount(first, columns) || !has_amount(last, columns) || first.slots.iter().any(begins) {
        return false;
    }
    let mut pieces = first.slots.iter().zip(&last.slots).zip(columns).filter(|((piece, _), _)| !piece.text.is_empty());
    let breaks_off =
        |text: &str| text.chars().count() >= MIN_LONG_TEXT && !text.ends_with(['。', '；', '！', '？', '.', ';']);
    let names_nothing = first.slots.first().is_some_and(|slot| slot.text.is_empty());
    let mut longest = 0;
    let are_rests = pieces.all(|((_, before), column)| {
        longest = longest.max(before.text.chars().count());
        column.column_type == ColumnType::Text
            && !before.text.is_empty()
            && (all_have_amounts || (names_nothing && breaks_off(&before.text)))
    });
    are_rests && longest >= MIN_LONG_TEXT
}

fn rows(
    sheet: &Sheet,
    columns: &[Column],
    units_in_cells: &[Option<String>],
    leaves: &[u32],
    kind: TableKind,
    vocabulary: &Vocabulary,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<Row> {
    let mut rows = Vec::with_capacity(sheet.rows.len());
    let lack_amounts: Vec<bool> = columns.iter().map(|column| header::lacks_amounts(column, vocabulary)).collect();
    for sheet_row in &sheet.rows {
        let slots = sheet_row.slots.iter().zip(columns).zip(units_in_cells).enumerate();
        let cells = slots.map(|(index, ((slot, column), unit))| {
            let own = slot.covered == Covered::Own && !slot.text.is_empty();
            let page = PageNumber(sheet_row.page.0 + leaves.get(index).copied().unwrap_or(0));
            // A figure that carries its unit is written without it.
            let carried = unit.as_ref().and_then(|_| vocabulary.amount_with_unit(&slot.text));
            let text = carried.as_ref().map_or(slot.text.as_str(), |(amount, _)| amount.text.as_str());
            let is_known = !matches!(kind, TableKind::Other | TableKind::PerformanceTargets);
            if own && is_known && lack_amounts[index] && text.contains(|c: char| c.is_ascii_digit()) {
                diagnostics.push(Observation::UnreadableAmount { text: text.to_owned() }.on(page).at(slot.bbox));
                return Some(text.to_owned());
            }
            own.then(|| cell(text, column, kind, (page, slot.bbox), vocabulary, diagnostics))
        });
        let ambiguous = sheet_row.slots.iter().enumerate().filter_map(|(column, slot)| {
            let placement = slot.placement.as_ref().filter(|placement| placement.how == Placement::Ambiguous)?;
            Some((column, placement.columns.clone()))
        });
        rows.push(Row { page: sheet_row.page, ambiguous: ambiguous.collect(), cells: cells.collect() });
    }
    rows
}

/// Something of every slot, by row and column.
fn per_slot<T>(sheet: &Sheet, of: impl Fn(&Slot) -> T) -> Vec<Vec<T>> {
    sheet.rows.iter().map(|row| row.slots.iter().map(&of).collect()).collect()
}

/// The text of a cell as it is written; an amount that cannot be read is named.
fn cell(
    text: &str,
    column: &Column,
    kind: TableKind,
    (page, bbox): (PageNumber, Rect),
    vocabulary: &Vocabulary,
    diagnostics: &mut Vec<Diagnostic>,
) -> String {
    if column.column_type == ColumnType::Code
        && let Some(code) = letters_joined(text)
    {
        return code;
    }
    if column.column_type != ColumnType::Amount {
        // Figures under one another, or with a slash between them, are several: the cell does not say which is of what.
        if kind != TableKind::Other && amount::ends_with_several(text) {
            diagnostics.push(Observation::UnreadableAmount { text: text.to_owned() }.on(page).at(bbox));
        }
        return text.to_owned();
    }
    match amount::parse(text) {
        Some(amount) => {
            if !amount.well_grouped {
                diagnostics.push(Observation::OddThousands { text: text.to_owned() }.on(page).at(bbox));
            }
            amount.text
        }
        None => {
            if !header::stands_for_nothing(text, vocabulary) && kind != TableKind::Other {
                diagnostics.push(Observation::UnreadableAmount { text: text.to_owned() }.on(page).at(bbox));
            }
            text.to_owned()
        }
    }
}

/// A code whose digits stand apart (2 0 1 0 3) as one; codes beside each other (205 08) stay apart.
fn letters_joined(text: &str) -> Option<String> {
    let is_digit = |part: &str| part.len() == 1 && part.as_bytes()[0].is_ascii_digit();
    let is_spaced = text.contains(char::is_whitespace) && text.split_whitespace().all(is_digit);
    is_spaced.then(|| text.split_whitespace().collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::document::national;
    use crate::testing::page;

    /// The rows of a table over two pages, and how many of them were rejoined.
    fn over_two_pages(first: &[&[&str]], next: &[&[&str]]) -> (Vec<String>, usize) {
        let region = TableRegion {
            caption: Caption { title: Some("支出总表".to_owned()), ..Caption::default() },
            grids: vec![page::table(2, 100.0, first), page::table(3, 100.0, next)],
            notes: Vec::new(),
            column_leaves: Vec::new(),
        };
        let mut diagnostics = Vec::new();
        let parsed = parse(&region, national(), &mut Account::default(), &mut diagnostics);
        let text =
            |row: &Row| row.cells.iter().map(|cell| cell.as_deref().unwrap_or("-")).collect::<Vec<_>>().join("|");
        (parsed.table.rows.iter().map(text).collect(), diagnostics.len())
    }

    const CODED: &[&str] = &["科目编码", "科目名称", "合计"];

    #[test]
    fn a_name_that_the_page_cuts_is_one_row() {
        let first = [CODED, &["201", "一般公共服务支出", "1.00"], &["20103", "政府办公厅及", "1.00"]];
        let (rows, rejoined) = over_two_pages(&first, &[&["", "相关机构事务", ""], &["208", "社会保障", "2.00"]]);
        assert_eq!((rows[1].as_str(), rows.len(), rejoined), ("20103|政府办公厅及相关机构事务|1.00", 3, 1));
    }

    #[test]
    fn rows_with_codes_amounts_or_totals_begin_anew() {
        let first = [CODED, &["201", "一般公共服务支出", "1.00"]];
        for next in [["208", "社会保障", ""], ["", "社会保障", "2.00"], ["", "合计", ""]] {
            assert_eq!(over_two_pages(&first, &[&next, &["210", "卫生健康", "3.00"]]).0.len(), 3, "{next:?}");
        }
    }

    #[test]
    fn a_long_text_beside_an_amount_goes_on_overleaf() {
        let header: &[&str] = &["项目名称", "金额", "立项依据"];
        let first = [header, &["专项经费", "10.00", "根据上级部门有关文件精神，结合本单位"]];
        let (rows, _) = over_two_pages(&first, &[&["", "", "年度计划安排。"], &["维修经费", "20.00", "同上"]]);
        assert_eq!(rows[0], "专项经费|10.00|根据上级部门有关文件精神，结合本单位年度计划安排。");
        let whole = [header, &["专项经费", "10.00", "根据上级部门有关文件精神办理。"]];
        assert_eq!(over_two_pages(&whole, &[&["", "", "另行说明"], &["维修经费", "20.00", "同上"]]).0.len(), 3);
    }

    #[test]
    fn figures_in_a_form_that_is_not_known_are_named() {
        let header: &[&str] = &["科目编码", "科目名称", "合计"];
        let rows = [header, &["201", "一般公共服务支出", "负1.00"], &["208", "社会保障", "负2.00"]];
        assert_eq!(over_two_pages(&rows, &[&["210", "卫生健康", "负3.00"]]).1, 3);
        let slashed = [&["科目名称", "预算数/决算数"][..], &["一般公共服务支出", "12/11"]];
        assert_eq!(over_two_pages(&slashed, &[&["社会保障", "8/7"]]).1, 2);
    }

    #[test]
    fn letter_spaced_codes_are_joined() {
        assert_eq!(letters_joined("2 0 1 0 3").as_deref(), Some("20103"));
        assert_eq!(["205 08", "20103", "A 1"].map(letters_joined), [None, None, None]);
    }
}
