//! Walks through the body and hands each line to what it belongs to.

use rustc_hash::FxHashMap;

use super::caption::{self, LineAbove, MAX_BRIDGED};
use super::{content, continuation, overleaf, parts};
use crate::document::{Diagnostic, Observation, PageNumber};
use crate::language::ordinals::{self, OrdinalStyle};
use crate::language::vocabulary::{Vocabulary, squeezed};
use crate::model::{Caption, Grid, Outline, Part, PlacedLine, TableRegion, characters};
use crate::text::captions::CaptionPiece;
use crate::text::reflow;

/// A sentence that says that the table above is empty is shorter than this, in characters.
const MAX_EMPTY_NOTE: usize = 80;

/// Lines of one note follow each other within this many line heights.
const NOTE_LEADING: f32 = 2.2;

/// The document being taken apart.
pub(super) struct Segmenter<'v, 'd> {
    vocabulary: &'v Vocabulary,
    diagnostics: &'d mut Vec<Diagnostic>,
    outline: Outline,
    /// The running lines of each page.
    heads: FxHashMap<PageNumber, Vec<PlacedLine>>,
    /// Lines since the last grid, heading or sentence: a caption may be among them.
    pending: Vec<LineAbove>,
    /// Whether no prose and no heading came since the last grid.
    table_is_open: bool,
}

impl<'v, 'd> Segmenter<'v, 'd> {
    /// Begins behind the front of the document.
    pub(super) fn new(
        outline: Outline,
        heads: FxHashMap<PageNumber, Vec<PlacedLine>>,
        vocabulary: &'v Vocabulary,
        diagnostics: &'d mut Vec<Diagnostic>,
    ) -> Self {
        Self { vocabulary, diagnostics, outline, heads, pending: Vec::new(), table_is_open: false }
    }

    pub(super) fn part(&mut self, part: Part) {
        self.flush();
        self.outline.parts.push(part);
        self.table_is_open = false;
    }

    /// Takes a line of the heading of a part.
    pub(super) fn read_heading(&mut self, line: &PlacedLine) {
        self.outline.read += characters(&line.text);
    }

    pub(super) fn line(&mut self, line: PlacedLine) {
        if self.is_note(&line) {
            self.flush();
            self.note(&line);
            return;
        }
        let line = LineAbove::read(line, self.vocabulary);
        if line.is_bridge() {
            self.pending.push(line);
        } else {
            let is_beside = self.is_beside_table(&line.line);
            self.flush();
            self.text(line.line);
            self.table_is_open &= is_beside;
        }
    }

    /// Whether a line stands beside the last table: in a cell that lacks a border, as cells do that go on overleaf.
    fn is_beside_table(&self, line: &PlacedLine) -> bool {
        let grid = self.outline.tables.last().and_then(|region| region.grids.last());
        grid.is_some_and(|grid| {
            let y = line.line.bbox.center().1;
            grid.page == line.page && grid.bbox.y0 < y && y < grid.bbox.y1
        })
    }

    pub(super) fn grid(&mut self, mut grid: Grid) {
        let unknown = self.pending.iter().filter(|above| above.pieces.is_none()).count();
        self.table_is_open &= unknown <= 2 * MAX_BRIDGED;
        let (before, mut own): (Vec<_>, Vec<_>) =
            self.pending.drain(..).partition(|above| above.line.page != grid.page);
        own.extend(caption::in_first_row(&mut grid, self.vocabulary));
        let given = caption::characters(&own);
        let mut found = caption::search(own, self.vocabulary);
        let stray: usize = found.strays.iter().map(|line| line.line.glyphs.len()).sum();
        self.outline.read += given - caption::characters(&found.others) - stray;
        let says_what = |caption: &Caption| caption.title.is_some() || caption.label.is_some();
        let in_head = self.heads.get(&grid.page).map(|head| caption::in_running_head(head, &grid, self.vocabulary));
        if !says_what(&found.caption) {
            caption::fill(&mut found.caption, in_head.unwrap_or_default());
        }
        let before = self.below_last_table(before);
        let before = if says_what(&found.caption) { before } else { self.at_foot(before, &grid, &mut found.caption) };
        let continues = self.continues_last(&found.caption, &grid);
        for above in before.into_iter().chain(std::mem::take(&mut found.others)) {
            self.leave(above);
        }
        for stray in std::mem::take(&mut found.strays) {
            self.stray(stray);
        }
        match self.outline.tables.last_mut() {
            Some(region) if continues => region.grids.push(grid),
            _ => self.outline.tables.push(TableRegion {
                caption: found.caption,
                grids: vec![grid],
                notes: found.notes,
                column_leaves: Vec::new(),
            }),
        }
        self.table_is_open = true;
    }

    /// Lines below the last table of a page are its caption where it has none above.
    fn below_last_table(&mut self, lines: Vec<LineAbove>) -> Vec<LineAbove> {
        let lines = self.unit_below(lines);
        let Some(region) = self.outline.tables.last_mut() else { return lines };
        let is_bare = region.caption.title.is_none() && region.caption.label.is_none() && region.grids.len() == 1;
        let Some(page) = region.grids.last().map(|grid| grid.page).filter(|_| is_bare) else { return lines };
        let count = lines.iter().take_while(|above| above.line.page == page && above.pieces.is_some()).count();
        let mut below = lines;
        let rest = below.split_off(count);
        let found = caption::search(below.clone(), self.vocabulary);
        if found.caption.title.is_none() {
            below.extend(rest);
            return below;
        }
        caption::fill(&mut region.caption, found.caption);
        self.outline.read += caption::characters(&below) - caption::characters(&found.others);
        found.others.into_iter().chain(rest).collect()
    }

    /// The first line below the last table of a page is its unit, where it is a unit alone and none stands above.
    fn unit_below(&mut self, mut lines: Vec<LineAbove>) -> Vec<LineAbove> {
        let Some(region) = self.outline.tables.last_mut().filter(|region| region.caption.unit.is_none()) else {
            return lines;
        };
        let page = region.grids.last().map(|grid| grid.page);
        if let Some(first) = lines.first().filter(|first| Some(first.line.page) == page)
            && let Some([CaptionPiece::Unit(unit)]) = first.pieces.as_deref()
        {
            region.caption.unit = Some(unit.clone());
            self.outline.read += caption::characters(&lines[..1]);
            lines.remove(0);
        }
        lines
    }

    /// Lines at the foot of the page before are the caption of a table that has none on its page.
    fn at_foot(&mut self, lines: Vec<LineAbove>, grid: &Grid, caption: &mut Caption) -> Vec<LineAbove> {
        let is_at_foot = |above: &&LineAbove| above.line.page.0 + 1 == grid.page.0 && above.pieces.is_some();
        let count = lines.iter().rev().take_while(is_at_foot).count();
        let mut before = lines;
        let foot = before.split_off(before.len() - count);
        let found = caption::search(foot.clone(), self.vocabulary);
        if found.caption.title.is_none() {
            before.extend(foot);
            return before;
        }
        caption::fill(caption, found.caption);
        self.outline.read += caption::characters(&foot) - caption::characters(&found.others);
        before.extend(found.others);
        before
    }

    /// Whether a grid continues the table before it.
    fn continues_last(&self, caption: &Caption, grid: &Grid) -> bool {
        let Some(region) = self.outline.tables.last() else { return false };
        let says_nothing_new =
            self.agree(&region.caption.title, &caption.title) && self.agree(&region.caption.label, &caption.label);
        // A table goes on where nothing but running lines came between, or where it says so itself.
        let is_named = caption.title.is_some() && region.caption.title.is_some();
        let goes_on = says_nothing_new && (is_named || (self.table_is_open && caption.title.is_none()));
        goes_on && continuation::continues(region, grid, is_named, self.vocabulary)
    }

    /// Whether a part of a table's next page's caption says what that of its first page does, or nothing.
    fn agree(&self, first: &Option<String>, next: &Option<String>) -> bool {
        match (first, next) {
            (_, None) => true,
            (None, Some(_)) => false,
            (Some(first), Some(next)) => self.without_continued(first) == self.without_continued(next),
        }
    }

    fn without_continued(&self, title: &str) -> String {
        let mut plain = squeezed(title).into_owned();
        for word in self.vocabulary.captions.continued.iter() {
            plain = plain.replace(squeezed(word).as_ref(), "");
        }
        plain
    }

    /// A note begins with its word right below a table, or goes on from the line before.
    fn is_note(&self, line: &PlacedLine) -> bool {
        let Some(region) = self.outline.tables.last() else { return false };
        let Some(grid) = region.grids.last() else { return false };
        if grid.page != line.page || self.pending.iter().any(|above| above.pieces.is_some()) {
            return false;
        }
        let plain = squeezed(&line.text);
        let after_word = self.vocabulary.notes.prefixes.strip_from(&plain);
        let is_below = (self.table_is_open && self.pending.is_empty()) || !region.notes.is_empty();
        let begins = after_word.is_some_and(|rest| rest.starts_with([':', '1', '一']));
        let says_empty = plain.chars().count() <= MAX_EMPTY_NOTE && self.vocabulary.notes.empty.occur_in(&plain);
        let goes_on = !region.notes.is_empty()
            && ordinals::leading(&line.text).is_some_and(|ordinal| ordinal.style == OrdinalStyle::Arabic);
        is_below && (begins || says_empty || goes_on)
    }

    fn note(&mut self, line: &PlacedLine) {
        if let Some(region) = self.outline.tables.last_mut() {
            self.outline.read += characters(&line.text);
            region.notes.push(line.text.clone());
        }
    }

    /// Ordinary text: the continuation of a note, or a line of the current part.
    fn text(&mut self, line: PlacedLine) {
        if let Some(region) = self.outline.tables.last_mut()
            && let (Some(grid), Some(note)) = (region.grids.last(), region.notes.last_mut())
            && grid.page == line.page
            && line.line.bbox.y0 > grid.bbox.y0
            && !note.ends_with('。')
            && line.line.bbox.y0 - grid.bbox.y1
                < NOTE_LEADING * line.line.size() * (1 + note.chars().count() / 20) as f32
        {
            reflow::join(note, &line.text);
            self.outline.read += characters(&line.text);
            return;
        }
        if self.outline.parts.is_empty() {
            self.outline.parts.push(Part::default());
        }
        if let Some(part) = self.outline.parts.last_mut() {
            part.lines.push(line);
        }
    }

    /// Lines that have no table below are ordinary text.
    fn flush(&mut self) {
        let pending = std::mem::take(&mut self.pending);
        for above in self.below_last_table(pending) {
            self.leave(above);
        }
    }

    /// A line that is of no caption is ordinary text; a character alone is that where it ends a paragraph.
    fn leave(&mut self, above: LineAbove) {
        if above.is_stray() && !self.paragraph_is_open() {
            self.stray(above.line);
        } else {
            self.text(above.line);
        }
    }

    /// Whether the last paragraph waits for its end.
    fn paragraph_is_open(&self) -> bool {
        let last = self.outline.parts.last().and_then(|part| part.lines.last());
        last.is_some_and(|line| !line.text.ends_with(['。', '；', '：', '！', '？']))
    }

    fn stray(&mut self, line: PlacedLine) {
        let found = Observation::StrayText { text: line.text.clone() };
        self.diagnostics.push(found.on(line.page).at(line.line.bbox));
        self.outline.unread.push(line);
    }

    pub(super) fn finish(mut self) -> Outline {
        self.flush();
        let repeated = overleaf::join(&mut self.outline.tables, self.vocabulary);
        self.outline.furniture.extend(repeated);
        parts::continue_narrative(&mut self.outline.parts);
        self.outline.parts = content::told(std::mem::take(&mut self.outline.parts), self.vocabulary);
        self.diagnostics.extend(self.outline.parts.iter().filter_map(parts::unread));
        self.outline
    }
}

#[cfg(test)]
mod tests {
    use crate::document::PageNumber;
    use crate::model::{Block, Grid, Line, Outline, PageLayout};
    use crate::segment::segment;
    use crate::testing::document::national;
    use crate::testing::page::{line_at, table};

    const HEADER: &[&str] = &["科目编码", "科目名称", "合计"];
    const FIRST: &[&str] = &["201", "一般公共服务支出", "1.00"];
    const NEXT: &[&str] = &["208", "社会保障和就业支出", "2.00"];

    fn line(text: &str, baseline: f32) -> Block {
        Block::Line(line_at(text, 60.0, baseline, 10.0))
    }

    fn page(number: u32, above: &[&str], grid: Option<Grid>, below: &[&str]) -> PageLayout {
        let lines = |texts: &[&str], from: f32| -> Vec<Block> {
            texts.iter().enumerate().map(|(row, text)| line(text, from + 16.0 * row as f32)).collect()
        };
        let mut blocks = lines(above, 20.0);
        blocks.extend(grid.map(Block::Grid));
        blocks.extend(lines(below, 400.0));
        PageLayout { number: PageNumber(number), height: 842.0, blocks, furniture: Vec::new() }
    }

    fn outline(pages: Vec<PageLayout>) -> Outline {
        segment(pages, national(), &mut Vec::new())
    }

    fn titles(outline: &Outline) -> Vec<(Option<&str>, usize)> {
        let of = |region: &'_ crate::model::TableRegion| region.grids.len();
        outline.tables.iter().map(|region| (region.caption.title.as_deref(), of(region))).collect()
    }

    const CAPTION: &[&str] = &["部门公开表3", "支出总表", "单位：万元"];

    #[test]
    fn signatures_marks_and_running_lines_do_not_end_a_table() {
        for below in [&["制表人：甲  审核人：乙"][..], &["（续下页）"], &["打印时间：2024-02-15", "- 3 -"]]
        {
            for above in [&[][..], &["某局二〇二四年部门预算"], &["续表"], &["部门公开表3", "支出总表（续）"]]
            {
                let first = page(2, CAPTION, Some(table(2, 100.0, &[HEADER, FIRST])), below);
                for next in [&[NEXT][..], &[HEADER, NEXT]] {
                    let pages = vec![first.clone(), page(3, above, Some(table(3, 104.0, next)), &[])];
                    assert_eq!(titles(&outline(pages)).len(), 1, "{below:?} {above:?} {next:?}");
                }
            }
        }
    }

    #[test]
    fn rows_go_on_below_a_note_and_a_unit_may_stand_below() {
        let first = page(2, CAPTION, Some(table(2, 100.0, &[HEADER, FIRST])), &["注：本表为年初预算数。"]);
        let further = page(3, &[], Some(table(3, 100.0, &[NEXT])), &[]);
        assert_eq!(titles(&outline(vec![first, further])), [(Some("支出总表"), 2)]);
        let without = page(2, &CAPTION[..2], Some(table(2, 100.0, &[HEADER, FIRST])), &["单位：元"]);
        assert_eq!(outline(vec![without]).tables[0].caption.unit.as_deref(), Some("元"));
    }

    #[test]
    fn prose_ends_a_table() {
        let first = page(2, CAPTION, Some(table(2, 100.0, &[HEADER, FIRST])), &["以上是本部门的支出情况。"]);
        let pages = vec![first, page(3, &[], Some(table(3, 100.0, &[HEADER, NEXT])), &[])];
        assert_eq!(titles(&outline(pages)), [(Some("支出总表"), 1), (None, 1)]);
    }

    #[test]
    fn a_caption_may_stand_below_its_table_or_at_the_foot_of_the_page_before() {
        let grid = |page| Some(table(page, 100.0, &[HEADER, FIRST]));
        let below = outline(vec![page(2, &[], grid(2), &["支出总表"])]);
        assert_eq!(titles(&below), [(Some("支出总表"), 1)]);
        let before = outline(vec![page(2, &[], None, &["部门公开表3", "支出总表"]), page(3, &[], grid(3), &[])]);
        assert_eq!(titles(&before), [(Some("支出总表"), 1)]);
    }

    #[test]
    fn a_running_head_that_names_a_kind_of_table_is_its_caption() {
        let head = |text: &str| -> Line { line_at(text, 60.0, 20.0, 10.0) };
        let pages = |text: &str| {
            let rows = [&[HEADER, FIRST][..], &[HEADER, NEXT]];
            let page = |(index, rows): (usize, &&[&[&str]])| PageLayout {
                furniture: vec![head(text)],
                ..page(2 + index as u32, &[], Some(table(2 + index as u32, 100.0, rows)), &[])
            };
            rows.iter().enumerate().map(page).collect()
        };
        let found = outline(pages("部门预算表——支出总表（单位：万元）"));
        assert_eq!(titles(&found), [(Some("部门预算表——支出总表"), 2)]);
        assert_eq!(found.tables[0].caption.unit.as_deref(), Some("万元"));
        assert_eq!(titles(&outline(pages("某局部门预算公开"))), [(None, 2)]);
    }

    #[test]
    fn a_frame_around_the_page_holds_the_caption() {
        let mut framed = table(2, 100.0, &[&["支出总表", "", ""], HEADER, FIRST]);
        framed.cells.drain(1..3);
        framed.cells[0].columns = 0..3;
        framed.cells[0].lines.insert(0, line_at("部门公开表3", 10.0, 100.0, 10.0));
        framed.cells[0].lines.push(line_at("单位：万元", 200.0, 118.0, 10.0));
        let found = outline(vec![page(2, &[], Some(framed), &[])]);
        assert_eq!(titles(&found), [(Some("支出总表"), 1)]);
        assert_eq!(found.tables[0].caption.label.as_deref(), Some("部门公开表3"));
        assert_eq!(found.tables[0].grids[0].row_count(), 2);
    }
}
