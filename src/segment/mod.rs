//! Pages → the document taken apart: cover, main parts with their text, tables with their captions and notes.
//!
//! 1. The table of contents is set aside ([`contents`]); what comes before it is the cover.
//! 2. Headings 第一部分 … divide what is left into parts ([`parts`]).
//! 3. For each grid its caption is searched among the lines above it, in the running head, in its own first rows, and
//!    below it ([`caption`]); the notes below it are its own ([`walk`]).
//! 4. A grid that says nothing new and goes on with the columns of the one before continues it ([`continuation`]).
//! 5. Columns that go on overleaf are put beside the rows they belong to ([`overleaf`]).

mod beside;
mod caption;
mod content;
mod contents;
mod continuation;
mod overleaf;
mod parts;
mod walk;

use rustc_hash::FxHashMap;

use crate::document::{Diagnostic, PageNumber};
use crate::language::ordinals;
use crate::language::vocabulary::Vocabulary;
use crate::model::{Block, Grid, Heading, Line, Outline, PageLayout, PlacedLine};
use crate::text::captions::{self, CaptionPiece};
use crate::text::reflow;
use walk::Segmenter;

/// A block of the document in reading order.
enum Item {
    Line(PlacedLine),
    Grid(Grid),
}

/// Takes the document apart.
pub(crate) fn segment(
    mut pages: Vec<PageLayout>,
    vocabulary: &Vocabulary,
    diagnostics: &mut Vec<Diagnostic>,
) -> Outline {
    let mut heads: FxHashMap<PageNumber, Vec<PlacedLine>> = FxHashMap::default();
    for page in &mut pages {
        let furniture = std::mem::take(&mut page.furniture);
        heads.insert(page.number, furniture.into_iter().map(|line| placed(page.number, line)).collect());
    }
    let items = flatten(pages);
    let (mut outline, body) = split_front(items, vocabulary);
    outline.furniture.extend(heads.values().flatten().cloned());
    outline.furniture.sort_by_key(|line| line.page);
    let mut segmenter = Segmenter::new(outline, heads, vocabulary, diagnostics);
    let mut headings = parts::find(&body, vocabulary);
    let mut heading_lines = 0;
    for (index, item) in body.into_iter().enumerate() {
        if let Some(heading) = headings.remove(&index) {
            heading_lines = heading.lines;
            segmenter.part(heading.part);
        }
        match item {
            Item::Line(line) if heading_lines > 0 => {
                segmenter.read_heading(&line);
                heading_lines -= 1;
            }
            Item::Line(line) => segmenter.line(line),
            Item::Grid(grid) => segmenter.grid(grid),
        }
    }
    segmenter.finish()
}

fn flatten(pages: Vec<PageLayout>) -> Vec<Item> {
    let blocks = pages.into_iter().flat_map(|page| {
        let number = page.number;
        beside::separated(page.blocks).into_iter().map(move |block| (number, block))
    });
    blocks
        .map(|(page, block)| match block {
            Block::Grid(grid) => Item::Grid(grid),
            Block::Line(line) => Item::Line(placed(page, line)),
        })
        .collect()
}

fn placed(page: PageNumber, line: Line) -> PlacedLine {
    let text = reflow::line_text(&line);
    PlacedLine { page, line, text }
}

/// Separates the cover; the table of contents is furniture. Where there are no contents, the cover ends with the first
/// part, section heading or table.
fn split_front(items: Vec<Item>, vocabulary: &Vocabulary) -> (Outline, Vec<Item>) {
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
    let mut outline = Outline::default();
    let mut body = Vec::new();
    for (index, item) in items.into_iter().enumerate() {
        match item {
            Item::Line(line) if index < cover_end => outline.cover.push(line),
            Item::Line(line) if index < body_start => {
                outline.contents.push(Heading { page: line.page, text: line.text.clone() });
                outline.furniture.push(line);
            }
            item => body.push(item),
        }
    }
    (outline, body)
}
