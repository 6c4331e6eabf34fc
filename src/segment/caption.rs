//! The lines above a grid → its caption, found by search: what is no part of a caption may stand between.

use crate::document::TableKind;
use crate::language::table_labels;
use crate::language::vocabulary::{Vocabulary, squeezed};
use crate::language::{ordinals, page_numbers};
use crate::model::{Caption, Grid, PlacedLine};
use crate::text::captions::{self, CaptionPiece};
use crate::text::reflow;

/// At most this many unknown lines stand between a grid and a line of its caption.
pub(super) const MAX_BRIDGED: usize = 3;

/// An unknown line in a caption is shorter than this, in characters; longer ones are prose.
const MAX_UNKNOWN: usize = 40;

/// Lines of one title differ in size by less than this share …
const SAME_SIZE: f32 = 0.05;

/// … follow each other within this many line heights …
const TITLE_LEADING: f32 = 2.2;

/// … and have their middles within this many ems.
const TITLE_OFFSET: f32 = 2.0;

/// A title has at most this many lines.
const MAX_TITLE_LINES: usize = 3;

/// How sentences end, and their clauses: no line of a title does.
const SENTENCE_ENDS: [char; 6] = ['。', '；', '：', '，', '！', '？'];

/// A line above a grid, and what it says where it is of a caption.
#[derive(Clone)]
pub(super) struct LineAbove {
    pub(super) line: PlacedLine,
    pub(super) pieces: Option<Vec<CaptionPiece>>,
}

impl LineAbove {
    pub(super) fn read(line: PlacedLine, vocabulary: &Vocabulary) -> Self {
        let pieces = captions::read_line(&line.line, vocabulary);
        Self { line, pieces }
    }

    /// Whether it may stand between the lines of a caption, or between a caption and its table.
    pub(super) fn is_bridge(&self) -> bool {
        let text = &self.line.text;
        let is_short = text.chars().count() <= MAX_UNKNOWN && !text.ends_with('。');
        self.pieces.is_some() || (is_short && ordinals::leading(text).is_none())
    }

    pub(super) fn is_stray(&self) -> bool {
        self.pieces.as_deref() == Some(&[CaptionPiece::Stray])
    }

    fn has_title(&self) -> bool {
        self.pieces
            .iter()
            .flatten()
            .any(|piece| matches!(piece, CaptionPiece::Title(_) | CaptionPiece::Label { title: Some(_), .. }))
    }
}

/// How many characters stand in lines.
pub(super) fn characters(lines: &[LineAbove]) -> usize {
    lines.iter().map(|above| above.line.line.glyphs.len()).sum()
}

/// A caption found, and what became of the lines it was searched in.
#[derive(Default)]
pub(super) struct Found {
    pub(super) caption: Caption,
    /// Lines that are no part of it.
    pub(super) others: Vec<LineAbove>,
    /// Single characters that belong to nothing.
    pub(super) strays: Vec<PlacedLine>,
    /// Notes that stand above the table.
    pub(super) notes: Vec<String>,
}

/// Searches the lines above a grid, from top to bottom, for its caption.
///
/// The known lines right above the grid are its caption. Above unknown lines only what is still missing is taken.
pub(super) fn search(lines: Vec<LineAbove>, vocabulary: &Vocabulary) -> Found {
    let mut found = Found::default();
    let near = nearest(&lines);
    let (mut above, mut own) = (lines, Vec::new());
    own.extend(above.drain(near..));
    complete_title(&mut above, &mut own, vocabulary);
    for line in own {
        take(line, &mut found, vocabulary);
    }
    let mut bridged = 0;
    while let Some(line) = above.pop() {
        if line.pieces.is_none() {
            bridged += 1;
        }
        if bridged > MAX_BRIDGED || !line.is_bridge() {
            above.push(line);
            break;
        }
        if line.has_title() && found.caption.title.is_some() {
            // What is above it belongs to another table.
            above.push(line);
            break;
        }
        if line.has_title() {
            // The title with its other lines.
            let last = line.line.clone();
            let mut title = vec![line];
            complete_title(&mut above, &mut title, vocabulary);
            let mut farther = Found::default();
            title.into_iter().for_each(|line| take(line, &mut farther, vocabulary));
            fill(&mut found.caption, farther.caption);
            take_last_line(&last, &mut found);
        } else if !adds(&line, &found.caption, vocabulary) {
            found.others.insert(0, line);
        } else {
            let mut farther = Found::default();
            take(line, &mut farther, vocabulary);
            fill(&mut found.caption, farther.caption);
        }
    }
    found.others.splice(0..0, above);
    let is_note = |line: &LineAbove| {
        let plain = squeezed(&line.line.text);
        line.pieces.is_none() && vocabulary.notes.prefixes.strip_from(&plain).is_some_and(|rest| rest.starts_with(':'))
    };
    // A note between a caption and its table is of the table.
    if !found.caption.is_empty() {
        let (notes, others): (Vec<_>, Vec<_>) = std::mem::take(&mut found.others).into_iter().partition(is_note);
        found.notes = notes.into_iter().map(|note| note.line.text).collect();
        found.others = others;
    }
    found
}

/// Where the known lines right above the grid begin.
fn nearest(lines: &[LineAbove]) -> usize {
    lines.iter().rposition(|line| line.pieces.is_none()).map_or(0, |index| index + 1)
}

fn take(line: LineAbove, found: &mut Found, vocabulary: &Vocabulary) {
    if line.is_stray() {
        found.strays.push(line.line);
        return;
    }
    for piece in line.pieces.unwrap_or_default() {
        found.caption.add(piece, vocabulary);
    }
}

/// Whether a line says something that a caption does not say yet.
fn adds(line: &LineAbove, caption: &Caption, vocabulary: &Vocabulary) -> bool {
    let mut said = Caption::default();
    line.pieces.iter().flatten().for_each(|piece| said.add(piece.clone(), vocabulary));
    (caption.label.is_none() && said.label.is_some())
        || (caption.unit.is_none() && said.unit.is_some())
        || (caption.organisation.is_none() && said.organisation.is_some())
}

/// Adds to a caption what another says and it does not.
pub(super) fn fill(caption: &mut Caption, other: Caption) {
    if caption.label.is_none() {
        (caption.label, caption.number) = (other.label, other.number);
    }
    caption.title = caption.title.take().or(other.title);
    caption.organisation = caption.organisation.take().or(other.organisation);
    caption.unit = caption.unit.take().or(other.unit);
    caption.fiscal_year = caption.fiscal_year.or(other.fiscal_year);
}

/// A title over several lines: the first or the last does not end as titles do, and was not known for one.
fn complete_title(above: &mut Vec<LineAbove>, own: &mut [LineAbove], vocabulary: &Vocabulary) {
    for _ in 1..MAX_TITLE_LINES {
        let Some(index) = own.iter().position(LineAbove::has_title) else { return };
        // Only where the title's line is the first of what is known: else the line above it is known, too.
        let Some(first) = above.last().filter(|line| index == 0 && line.pieces.is_none()) else { return };
        if !is_of_title(&first.line, &own[index].line) {
            return;
        }
        let Some(first) = above.pop() else { return };
        let title = own[index].pieces.iter().flatten().find_map(|piece| match piece {
            CaptionPiece::Title(title) => Some(title.clone()),
            _ => None,
        });
        let Some(title) = title else {
            above.push(first);
            return;
        };
        let mut joined = first.line.text.clone();
        reflow::join(&mut joined, &title);
        let labelled = table_labels::split(&joined, vocabulary).map(|found| CaptionPiece::Label {
            text: found.label.trim().to_owned(),
            number: found.number,
            title: Some(found.rest.to_owned()),
        });
        let whole = labelled.unwrap_or(CaptionPiece::Title(joined));
        let others = own[index].pieces.take().unwrap_or_default().into_iter();
        let others = others.filter(|piece| !matches!(piece, CaptionPiece::Title(_)));
        own[index].pieces = Some([whole].into_iter().chain(others).collect());
        // The next line up is measured against the one just taken.
        own[index].line = first.line;
    }
}

/// The last line of a title need not end as titles do.
fn take_last_line(above: &PlacedLine, found: &mut Found) {
    let is_last = |line: &&LineAbove| line.pieces.is_none() && is_of_title(above, &line.line);
    if found.others.first().filter(is_last).is_some_and(|line| !line.line.text.ends_with(SENTENCE_ENDS))
        && let Some(title) = &mut found.caption.title
    {
        let last = found.others.remove(0);
        reflow::join(title, &last.line.text);
    }
}

/// Whether a line stands right above a line of a title as another line of the same title.
fn is_of_title(first: &PlacedLine, second: &PlacedLine) -> bool {
    let size = second.line.size();
    let adjacent = second.line.bbox.y0 - first.line.bbox.y0;
    first.page == second.page
        && (first.line.size() - size).abs() < SAME_SIZE * size
        && adjacent > 0.0
        && adjacent < TITLE_LEADING * size
        && (first.line.bbox.center().0 - second.line.bbox.center().0).abs() < TITLE_OFFSET * size
        && !first.text.ends_with(SENTENCE_ENDS)
}

/// What the running head of a page says of the table on it: only a title that names a kind of table, with what stands
/// beside it, is of a table; other running heads name the document.
pub(super) fn in_running_head(head: &[PlacedLine], grid: &Grid, vocabulary: &Vocabulary) -> Caption {
    let above = head.iter().filter(|line| line.line.bbox.y1 <= grid.bbox.y0);
    let read: Vec<LineAbove> = above.map(|line| LineAbove::read(line.clone(), vocabulary)).collect();
    let mut caption = Caption::default();
    for piece in read.into_iter().filter_map(|line| line.pieces).flatten() {
        caption.add(piece, vocabulary);
    }
    // The day on which a browser printed its page.
    caption.title = caption.title.map(|title| page_numbers::without_date(&title).to_owned());
    let names_kind = |title: &String| vocabulary.table_kind(title) != TableKind::Other;
    if caption.title.as_ref().is_some_and(names_kind) { caption } else { Caption::default() }
}

/// Takes a caption out of the first row of a grid where that is one cell with the lines of a caption: a frame around
/// the page that touches the table makes such a cell.
pub(super) fn in_first_row(grid: &mut Grid, vocabulary: &Vocabulary) -> Vec<LineAbove> {
    let columns = grid.column_count();
    let framed = grid.cells.iter().position(|cell| cell.rows == (0..1) && cell.columns == (0..columns));
    let Some(index) = framed.filter(|index| columns > 1 && grid.row_count() > 1 && grid.cells[*index].lines.len() > 1)
    else {
        return Vec::new();
    };
    let cell = &grid.cells[index];
    if captions::is_caption(&reflow::text(&cell.lines), vocabulary) {
        // One title over several lines.
        return Vec::new();
    }
    let placed =
        |line: &crate::model::Line| PlacedLine { page: grid.page, line: line.clone(), text: reflow::line_text(line) };
    let lines: Vec<LineAbove> = cell.lines.iter().map(|line| LineAbove::read(placed(line), vocabulary)).collect();
    let is_caption = lines.iter().any(LineAbove::has_title) && lines.iter().all(LineAbove::is_bridge);
    if !is_caption {
        return Vec::new();
    }
    grid.cells.remove(index);
    for cell in &mut grid.cells {
        cell.rows = cell.rows.start - 1..cell.rows.end - 1;
    }
    grid.ys.remove(0);
    lines
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::document::national;
    use crate::testing::page::placed_line;

    fn found(lines: &[(&str, f32)]) -> Found {
        let lines = lines
            .iter()
            .enumerate()
            .map(|(row, (text, x))| LineAbove::read(placed_line(1, text, *x, 20.0 + 18.0 * row as f32), national()));
        search(lines.collect(), national())
    }

    fn texts(found: &Found) -> Vec<&str> {
        found.others.iter().map(|line| line.line.text.as_str()).collect()
    }

    #[test]
    fn unknown_lines_between_do_not_part_a_caption_from_its_table() {
        let found = found(&[("部门公开表3", 20.0), ("支出总表", 200.0), ("密级：公开", 20.0), ("单位：万元", 400.0)]);
        assert_eq!(found.caption.title.as_deref(), Some("支出总表"));
        assert_eq!(found.caption.label.as_deref(), Some("部门公开表3"));
        assert_eq!(found.caption.unit.as_deref(), Some("万元"));
        assert_eq!(texts(&found), ["密级：公开"]);
    }

    #[test]
    fn the_nearest_title_is_the_tables_own() {
        let found = found(&[("收入总表", 200.0), ("本单位无此收入", 20.0), ("支出总表", 200.0), ("见下", 20.0)]);
        assert_eq!(found.caption.title.as_deref(), Some("支出总表"));
        assert_eq!(texts(&found), ["收入总表", "本单位无此收入", "见下"]);
    }

    #[test]
    fn prose_ends_the_search() {
        let found = found(&[("支出总表", 200.0), ("本部门二〇二六年支出预算如下所述。", 20.0), ("甲", 20.0)]);
        assert_eq!(found.caption.title, None);
        assert_eq!(found.strays.len(), 1);
    }

    #[test]
    fn a_title_takes_the_lines_right_above_it_that_are_written_alike() {
        let found = found(&[("某省某市某局二〇二六年", 110.0), ("部门预算财政拨款", 125.0), ("收支总表", 150.0)]);
        assert_eq!(found.caption.title.as_deref(), Some("某省某市某局二〇二六年部门预算财政拨款收支总表"));
        assert!(found.others.is_empty());
    }

    #[test]
    fn the_last_line_of_a_title_need_not_end_as_titles_do() {
        let found = found(&[("一般公共预算基本支出表", 145.0), ("按经济分类科目划分", 155.0), ("单位：万元", 400.0)]);
        assert_eq!(found.caption.title.as_deref(), Some("一般公共预算基本支出表按经济分类科目划分"));
        assert_eq!(found.caption.unit.as_deref(), Some("万元"));
    }

    #[test]
    fn a_note_above_a_table_is_the_tables_note() {
        let found = found(&[("支出总表", 200.0), ("注：本表为年初数", 20.0)]);
        assert_eq!(found.notes, ["注：本表为年初数"]);
    }
}
