//! Pages → the document taken apart: cover, main parts with their text, tables with their captions and notes.
//!
//! 1. The table of contents is set aside ([`contents`]); what comes before it is the cover.
//! 2. Each grid takes the lines above it that are its caption ([`captions`]) and the notes below it.
//! 3. A grid without a caption of its own that has the columns of the one before continues it ([`continuation`]).
//! 4. Headings 第一部分 … divide what is left into parts ([`parts`]).

mod content;
mod contents;
mod continuation;
mod parts;

use crate::document::{Diagnostic, Observation, PageNumber};
use crate::language::ordinals::{self, OrdinalStyle};
use crate::language::table_labels;
use crate::language::vocabulary::{Vocabulary, squeezed};
use crate::model::{Block, Caption, Grid, Line, Outline, PageLayout, Part, PlacedLine, TableRegion, characters};
use crate::text::reflow;

use crate::text::captions::{self, CaptionPiece};

/// A sentence that says that the table above is empty is shorter than this, in characters.
const MAX_EMPTY_NOTE: usize = 80;

/// Lines of one note follow each other within this many line heights.
const NOTE_LEADING: f32 = 2.2;

/// Lines of one title differ in size by less than this share …
const SAME_SIZE: f32 = 0.05;

/// … follow each other within this many line heights …
const TITLE_LEADING: f32 = 2.2;

/// … and have their middles within this many ems.
const TITLE_OFFSET: f32 = 2.0;

/// A block of the document in reading order.
enum Item {
    Line(PlacedLine),
    Grid(Grid),
}

/// Takes the document apart.
pub(crate) fn segment(pages: Vec<PageLayout>, vocabulary: &Vocabulary, diagnostics: &mut Vec<Diagnostic>) -> Outline {
    let (items, mut furniture) = flatten(pages);
    let (front, body) = split_front(items, &mut furniture, vocabulary);
    let mut segmenter = Segmenter {
        vocabulary,
        diagnostics,
        outline: Outline { cover: front, furniture, ..Outline::default() },
        pending: Vec::new(),
        table_is_open: false,
        title_line: None,
    };
    let mut headings = parts::find(&body, vocabulary);
    let mut heading_lines = 0;
    for (index, item) in body.into_iter().enumerate() {
        if let Some(heading) = headings.remove(&index) {
            heading_lines = heading.lines;
            segmenter.part(heading.part);
        }
        match item {
            Item::Line(line) if heading_lines > 0 => {
                segmenter.outline.read += characters(&line.text);
                heading_lines -= 1;
            }
            Item::Line(line) => segmenter.line(line),
            Item::Grid(grid) => segmenter.grid(grid),
        }
    }
    segmenter.finish()
}

/// The blocks of all pages in their order, and the lines that were dropped from the pages.
fn flatten(pages: Vec<PageLayout>) -> (Vec<Item>, Vec<PlacedLine>) {
    let mut items = Vec::new();
    let mut furniture = Vec::new();
    for page in pages {
        furniture.extend(page.furniture.into_iter().map(|line| placed(page.number, line)));
        items.extend(page.blocks.into_iter().map(|block| match block {
            Block::Grid(grid) => Item::Grid(grid),
            Block::Line(line) => Item::Line(placed(page.number, line)),
        }));
    }
    (items, furniture)
}

fn placed(page: PageNumber, line: Line) -> PlacedLine {
    let text = reflow::line_text(&line);
    PlacedLine { page, line, text }
}

/// Separates the cover; the table of contents is furniture. Where there are no contents, the cover ends with the first
/// part, section heading or table.
fn split_front(
    items: Vec<Item>,
    furniture: &mut Vec<PlacedLine>,
    vocabulary: &Vocabulary,
) -> (Vec<PlacedLine>, Vec<Item>) {
    let lines: Vec<&PlacedLine> = items
        .iter()
        .map_while(|item| match item {
            Item::Line(line) => Some(line),
            Item::Grid(_) => None,
        })
        .collect();
    let all: Vec<&PlacedLine> = items
        .iter()
        .filter_map(|item| match item {
            Item::Line(line) => Some(line),
            Item::Grid(_) => None,
        })
        .collect();
    let contents = contents::find(&lines, &all, vocabulary);
    // An organisation alone may stand on the cover.
    let is_caption = |piece: &CaptionPiece| {
        matches!(piece, CaptionPiece::Label { .. } | CaptionPiece::Title(_) | CaptionPiece::Unit(_))
    };
    let opens_body = |line: &&PlacedLine| {
        let pieces = || captions::read_line(&line.line, vocabulary).unwrap_or_default();
        ordinals::leading(&line.text).is_some() || pieces().iter().any(is_caption)
    };
    let (cover_end, body_start) = if contents.is_empty() {
        let end = lines.iter().position(opens_body).unwrap_or(lines.len());
        (end, end)
    } else {
        (contents.start, contents.end)
    };
    let mut cover = Vec::new();
    let mut body = Vec::new();
    for (index, item) in items.into_iter().enumerate() {
        match item {
            Item::Line(line) if index < cover_end => cover.push(line),
            item if index >= body_start => body.push(item),
            Item::Line(line) => furniture.push(line),
            Item::Grid(_) => {}
        }
    }
    (cover, body)
}

/// Walks through the body and hands each line to what it belongs to.
struct Segmenter<'v, 'd> {
    vocabulary: &'v Vocabulary,
    diagnostics: &'d mut Vec<Diagnostic>,
    outline: Outline,
    /// Lines since the last grid, heading or sentence that may prove to be a caption.
    pending: Vec<(PlacedLine, Vec<CaptionPiece>)>,
    /// Whether nothing but furniture came since the last grid.
    table_is_open: bool,
    /// The line of the title above the grid being read.
    title_line: Option<Line>,
}

impl Segmenter<'_, '_> {
    fn part(&mut self, part: Part) {
        self.flush();
        self.outline.parts.push(part);
        self.table_is_open = false;
    }

    fn line(&mut self, line: PlacedLine) {
        if self.is_note(&line) {
            self.note(&line);
            return;
        }
        match captions::read_line(&line.line, self.vocabulary) {
            Some(pieces) => self.pending.push((line, pieces)),
            None => {
                self.flush();
                self.text(line);
            }
        }
        self.table_is_open = false;
    }

    fn grid(&mut self, grid: Grid) {
        // Only lines of the grid's own page are its caption.
        let (others, own): (Vec<_>, Vec<_>) = self.pending.drain(..).partition(|(line, _)| line.page != grid.page);
        for (line, _) in others {
            self.text(line);
        }
        let mut caption = Caption::default();
        self.title_line = None;
        for (line, pieces) in own {
            if self.title_line.is_none() && pieces.iter().any(|piece| matches!(piece, CaptionPiece::Title(_))) {
                self.title_line = Some(line.line.clone());
            }
            match pieces == [CaptionPiece::Stray] {
                true => self.stray(&line),
                false => self.outline.read += characters(&line.text),
            }
            for piece in pieces {
                caption.add(piece, self.vocabulary);
            }
        }
        self.complete_title(&mut caption, &grid);
        let continues = self.continues_last(&caption, &grid);
        match self.outline.tables.last_mut() {
            Some(region) if continues => region.grids.push(grid),
            _ => self.outline.tables.push(TableRegion { caption, grids: vec![grid], notes: Vec::new() }),
        }
        self.table_is_open = true;
    }

    /// A title over two lines: the first does not end as titles do, and went to the text.
    fn complete_title(&mut self, caption: &mut Caption, grid: &Grid) {
        let Some(part) = self.outline.parts.last_mut() else { return };
        let (Some(second), Some(first)) = (&self.title_line, part.lines.last()) else { return };
        let size = second.size();
        let adjacent = second.bbox.y0 - first.line.bbox.y0;
        let is_title = first.page == grid.page
            && (first.line.size() - size).abs() < SAME_SIZE * size
            && adjacent > 0.0
            && adjacent < TITLE_LEADING * size
            && (first.line.bbox.center().0 - second.bbox.center().0).abs() < TITLE_OFFSET * size
            && !first.text.ends_with(['。', '；', '：', '，']);
        let Some(title) = caption.title.as_mut().filter(|_| is_title) else { return };
        let mut joined = first.text.clone();
        reflow::join(&mut joined, title);
        *title = joined;
        if let Some(labelled) = table_labels::split(title, self.vocabulary) {
            (caption.label, caption.number) = (Some(labelled.label.trim().to_owned()), labelled.number);
            *title = labelled.rest.to_owned();
        }
        let taken = characters(&first.text);
        part.lines.pop();
        self.outline.read += taken;
    }

    /// Whether a grid continues the table before it.
    fn continues_last(&self, caption: &Caption, grid: &Grid) -> bool {
        let Some(region) = self.outline.tables.last() else { return false };
        let Some(previous) = region.grids.last() else { return false };
        let follows = grid.page.0 == previous.page.0 + 1 && continuation::same_columns(previous, grid);
        let uncaptioned = caption.is_empty() && self.table_is_open;
        let title = |caption: &Caption| caption.title.as_deref().map(|title| self.without_continued(title));
        let retitled = !caption.is_empty() && title(caption) == title(&region.caption) && caption.title.is_some();
        // Forms of one kind, a page each, share their title but not what stands in their first rows.
        let same_header = || continuation::first_labels(previous) == continuation::first_labels(grid);
        follows && (uncaptioned || (retitled && same_header())) && region.notes.is_empty()
    }

    fn without_continued(&self, title: &str) -> String {
        let mut plain = squeezed(title).into_owned();
        for word in self.vocabulary.captions.continued.iter() {
            plain = plain.replace(word, "");
        }
        plain
    }

    /// A note begins with its word right below a table, or goes on from the line before.
    fn is_note(&self, line: &PlacedLine) -> bool {
        let Some(region) = self.outline.tables.last() else { return false };
        let Some(grid) = region.grids.last() else { return false };
        if grid.page != line.page || !self.pending.is_empty() {
            return false;
        }
        let plain = squeezed(&line.text);
        let after_word = self.vocabulary.notes.prefixes.strip_from(&plain);
        let is_below = self.table_is_open || !region.notes.is_empty();
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

    /// Lines that looked like a caption but have no table below are ordinary text.
    fn flush(&mut self) {
        for (line, pieces) in std::mem::take(&mut self.pending) {
            if pieces == [CaptionPiece::Stray] && !self.ends_sentence(&line.line) {
                self.stray(&line);
            } else {
                self.text(line);
            }
        }
    }

    /// Whether a single character may be the tail of a broken paragraph: the paragraph waits for its end.
    fn ends_sentence(&self, _: &Line) -> bool {
        let last = self.outline.parts.last().and_then(|part| part.lines.last());
        last.is_some_and(|line| !line.text.ends_with(['。', '；', '：', '！', '？']))
    }

    fn stray(&mut self, line: &PlacedLine) {
        let found = Observation::StrayText { text: line.text.clone() };
        self.diagnostics.push(found.on(line.page).at(line.line.bbox));
        self.outline.unread.push(line.clone());
    }

    fn finish(mut self) -> Outline {
        self.flush();
        parts::continue_narrative(&mut self.outline.parts);
        self.outline.parts = content::told(std::mem::take(&mut self.outline.parts), self.vocabulary);
        self.diagnostics.extend(self.outline.parts.iter().filter_map(parts::unread));
        self.outline
    }
}
