//! Tables without rulings: cells from the alignment of the text.
//!
//! 1. A header is found by its words: two or more labels side by side ([`header`]).
//! 2. Its lowest labels are the columns; text below goes to the column of the label it lies under: amounts are flush
//!    right, so they end beyond the middle of their label; words are flush left, so they begin before it.
//! 3. Lines of one cell are joined, and cells that share a middle make a row ([`rows`]).
//!
//! What is found so is less certain than what rulings prove; the grids say so ([`GridSource::Aligned`]).

mod header;
mod rows;

use crate::document::PageNumber;
use crate::document::geometry::Rect;
use crate::language::amount;
use crate::language::ordinals::{self, OrdinalStyle};
use crate::language::vocabulary::{Vocabulary, squeezed};
use crate::model::{Block, Glyph, Grid, GridCell, GridSource, Line, PageLayout, Ruling};
use crate::text::reflow;

use header::Header;
pub(super) use rows::first_word_width;

/// A gap wider than this, in ems, may divide two cells: the smallest padding between columns is 0.5 em, and the spaces
/// around Latin words are 0.25 em.
const CELL_GAP: f32 = 0.4;

/// A gap wider than this, in ems, stands in no prose.
const COLUMN_GAP: f32 = 1.0;

/// After an amount a smaller gap does, before an ideograph: amounts are flush right and names flush left.
const AMOUNT_GAP: f32 = 0.1;

/// Text wider than this share of the table, in one piece, is a sentence and ends the table.
const SENTENCE_SHARE: f32 = 0.75;

/// Rules of a drawing are compared with this many others.
const MAX_COMPARED: usize = 100;

/// Right edges of amounts in one column differ by less than this, in points.
const SAME_EDGE: f32 = 2.0;

/// A piece of a line between gaps.
#[derive(Clone, Debug)]
struct Atom {
    glyphs: Vec<Glyph>,
    bbox: Rect,
    baseline: f32,
    size: f32,
    /// Squeezed text.
    text: String,
}

/// Row rules of one table begin and end within this of each other, in points.
const SAME_END: f32 = 3.0;

/// So many rules one above the other part rows; fewer are above and below a table or its header.
const MIN_RULES: usize = 4;

/// The heights between the rules of the largest set of equally long ones.
pub(super) fn bands(rules: &[Ruling]) -> Vec<(f32, f32)> {
    let is_like = |a: &Ruling, b: &Ruling| (a.start - b.start).abs() < SAME_END && (a.end - b.end).abs() < SAME_END;
    let like = |first: &Ruling| rules.iter().filter(|other| is_like(first, other)).count();
    let Some(first) = rules.iter().take(MAX_COMPARED).max_by_key(|rule| like(rule)) else { return Vec::new() };
    let positions: Vec<f32> = rules.iter().filter(|rule| is_like(first, rule)).map(|rule| rule.position).collect();
    if positions.len() < MIN_RULES { Vec::new() } else { positions.windows(2).map(|pair| (pair[0], pair[1])).collect() }
}

/// Replaces the lines of aligned tables by grids; `bands` as for [`tables_among`].
pub(crate) fn find_tables(layout: PageLayout, bands: &[(f32, f32)], vocabulary: &Vocabulary) -> PageLayout {
    let mut blocks = Vec::with_capacity(layout.blocks.len());
    let mut lines: Vec<Line> = Vec::new();
    for block in layout.blocks {
        match block {
            Block::Line(line) => lines.push(line),
            Block::Grid(grid) => {
                tables_among(std::mem::take(&mut lines), bands, layout.number, vocabulary, &mut blocks);
                match tables_in_frame(&grid, vocabulary) {
                    Some(inside) => blocks.extend(inside),
                    None => blocks.push(Block::Grid(grid)),
                }
            }
        }
    }
    tables_among(lines, bands, layout.number, vocabulary, &mut blocks);
    PageLayout { blocks, ..layout }
}

/// A column of a header without rulings.
#[derive(Clone, Debug)]
pub(crate) struct LabelledColumn {
    /// Its labels from the top.
    pub(crate) path: Vec<String>,
    /// Where its lowest label begins and ends, in points.
    pub(crate) extent: (f32, f32),
}

/// The columns of a header whose labels are known, with their boxes. `leaves`: labels that span no columns.
pub(crate) fn read_header_of_labels(labels: Vec<(String, Rect)>, leaves: &[String]) -> Option<Vec<LabelledColumn>> {
    header::of_labels(labels, leaves).map(|header| header.columns())
}

/// What stands in a frame without column rules, where that is a table: its rules part rows at most.
fn tables_in_frame(grid: &Grid, vocabulary: &Vocabulary) -> Option<Vec<Block>> {
    if grid.column_count() != 1 {
        return None;
    }
    let lines = grid.cells.iter().flat_map(|cell| &cell.lines).cloned().collect();
    let bands: Vec<(f32, f32)> = grid.cells.iter().map(|cell| (cell.bbox.y0, cell.bbox.y1)).collect();
    let mut blocks = Vec::new();
    tables_among(lines, &bands, grid.page, vocabulary, &mut blocks);
    blocks.iter().any(|block| matches!(block, Block::Grid(_))).then_some(blocks)
}

/// Finds the tables among consecutive lines; `bands` are the heights between row rules, where there are any.
fn tables_among(
    lines: Vec<Line>,
    bands: &[(f32, f32)],
    page: PageNumber,
    vocabulary: &Vocabulary,
    blocks: &mut Vec<Block>,
) {
    if !lines.iter().any(has_columns) {
        blocks.extend(lines.into_iter().map(Block::Line));
        return;
    }
    let atoms: Vec<Vec<Atom>> = lines.iter().map(atoms_of).collect();
    let mut index = 0;
    while index < lines.len() {
        let table = header::find(&atoms[index..], vocabulary).and_then(|header| {
            let body_start = index + header.lines;
            let length = body_length(&atoms[body_start..], &header, vocabulary);
            let grid = grid(&header, &atoms[body_start..body_start + length], bands, page);
            Some((grid?, header.lines + length))
        });
        match table {
            Some((grid, length)) => {
                blocks.push(Block::Grid(grid));
                index += length;
            }
            None => {
                blocks.push(Block::Line(lines[index].clone()));
                index += 1;
            }
        }
    }
}

/// Whether a line has a gap that only columns have: prose is most of a document, and need not be looked at closer.
fn has_columns(line: &Line) -> bool {
    line.glyphs.windows(2).any(|pair| pair[1].bbox.x0 - pair[0].bbox.x1 > COLUMN_GAP * pair[1].size)
}

fn atoms_of(line: &Line) -> Vec<Atom> {
    let mut atoms = Vec::new();
    let mut start = 0;
    for index in 1..=line.glyphs.len() {
        let run = &line.glyphs[start..index];
        let ends = line.glyphs.get(index).is_none_or(|glyph| {
            let gap = (glyph.bbox.x0 - line.glyphs[index - 1].bbox.x1) / glyph.size;
            gap > CELL_GAP || (gap > AMOUNT_GAP && reflow::is_chinese(glyph.character) && is_decimal(run))
        });
        if ends {
            atoms.extend(Atom::of(run));
            start = index;
        }
    }
    atoms
}

/// Whether glyphs make an amount with a decimal point.
fn is_decimal(glyphs: &[Glyph]) -> bool {
    glyphs.iter().any(|glyph| glyph.character == '.') && amount::parse(&reflow::glyphs_text(glyphs)).is_some()
}

impl Atom {
    fn of(glyphs: &[Glyph]) -> Option<Atom> {
        let bbox = Rect::around(glyphs.iter().map(|glyph| glyph.bbox))?;
        Some(Atom {
            bbox,
            baseline: glyphs[0].baseline,
            size: glyphs[0].size,
            text: squeezed(&reflow::glyphs_text(glyphs)).into_owned(),
            glyphs: glyphs.to_vec(),
        })
    }

    /// Whether this is an amount beyond doubt: it has a decimal point. Whole numbers may be codes.
    fn is_decimal(&self) -> bool {
        is_decimal(&self.glyphs)
    }
}

/// How many lines after the header belong to the table: up to a note, a sentence, a heading or another caption.
fn body_length(lines: &[Vec<Atom>], header: &Header, vocabulary: &Vocabulary) -> usize {
    let width = header.bbox.width();
    let ends = |atoms: &Vec<Atom>| {
        let Some(first) = atoms.first() else { return false };
        let text: String = atoms.iter().map(|atom| atom.text.as_str()).collect();
        let is_note = vocabulary.notes.prefixes.strip_from(&text).is_some_and(|rest| rest.starts_with(':'));
        let is_sentence = atoms.iter().any(|atom| atom.bbox.width() > SENTENCE_SHARE * width);
        let is_part = ordinals::leading(&text).is_some_and(|ordinal| ordinal.style == OrdinalStyle::Part);
        let outside = first.bbox.x0 < header.bbox.x0 - width * 0.2;
        is_note || is_sentence || is_part || outside || crate::text::captions::is_caption(&text, vocabulary)
    };
    lines.iter().position(ends).unwrap_or(lines.len())
}

/// The grid of a header and the lines below it; `None` where nothing is below.
fn grid(header: &Header, body: &[Vec<Atom>], bands: &[(f32, f32)], page: PageNumber) -> Option<Grid> {
    let columns = assign_columns(header, body);
    let rows = rows::between_rules(header, &columns, bands);
    if rows.is_empty() {
        return None;
    }
    let xs = boundaries(header, &columns);
    let depth = header.depth();
    let body_top = rows[0].top;
    let header_top = header.bbox.y0;
    let step = (body_top - header_top) / depth as f32;
    let mut ys: Vec<f32> = (0..=depth).map(|level| header_top + step * level as f32).collect();
    ys.extend(rows.windows(2).map(|pair| (pair[0].bottom + pair[1].top) / 2.0));
    ys.push(rows[rows.len() - 1].bottom);
    let mut cells = header.cells(&xs, &ys);
    for (index, row) in rows.into_iter().enumerate() {
        let at = depth + index;
        let mut lines_of: Vec<Vec<Line>> = vec![Vec::new(); header.leaves.len()];
        for (column, lines) in row.cells {
            lines_of[column].extend(lines);
        }
        for (column, lines) in lines_of.into_iter().enumerate() {
            let frame = Rect { x0: xs[column], y0: ys[at], x1: xs[column + 1], y1: ys[at + 1] };
            // The box of the text itself: where it stands tells which rows it was centred on.
            let bbox = Rect::around(lines.iter().map(|line| line.bbox)).unwrap_or(frame);
            cells.push(GridCell { rows: at..at + 1, columns: column..column + 1, bbox, lines, placement: None });
        }
    }
    let bbox = Rect { x0: xs[0], y0: ys[0], x1: xs[xs.len() - 1], y1: ys[ys.len() - 1] };
    Some(Grid { page, bbox, xs, ys, cells, source: GridSource::Aligned })
}

/// Gives every atom of the body to a column.
fn assign_columns(header: &Header, body: &[Vec<Atom>]) -> Vec<Vec<Atom>> {
    let mut columns: Vec<Vec<Atom>> = vec![Vec::new(); header.leaves.len()];
    let mut whole_numbers = Vec::new();
    for atom in body.iter().flatten() {
        let overlapped: Vec<usize> =
            header.leaves.iter().enumerate().filter(|(_, leaf)| leaf.overlaps(atom)).map(|(i, _)| i).collect();
        match overlapped.as_slice() {
            [only] => columns[*only].push(atom.clone()),
            _ if atom.is_decimal() => columns[header.column_ending_at(atom.bbox.x1)].push(atom.clone()),
            _ if amount::parse(&atom.text).is_some() => whole_numbers.push(atom),
            _ => columns[header.column_beginning_at(atom.bbox.x0)].push(atom.clone()),
        }
    }
    for atom in whole_numbers {
        // A whole number is an amount where it is flush with amounts, else a code.
        let flush = columns.iter().position(|column| {
            column.iter().any(|known| known.is_decimal() && (known.bbox.x1 - atom.bbox.x1).abs() < SAME_EDGE)
        });
        columns[flush.unwrap_or_else(|| header.column_beginning_at(atom.bbox.x0))].push(atom.clone());
    }
    columns
}

/// Column boundaries: halfway between what stands in neighbouring columns.
fn boundaries(header: &Header, columns: &[Vec<Atom>]) -> Vec<f32> {
    let extents: Vec<(f32, f32)> = header
        .leaves
        .iter()
        .zip(columns)
        .map(|(leaf, atoms)| {
            let boxes = atoms.iter().map(|atom| atom.bbox).chain([leaf.bbox]);
            Rect::around(boxes).map_or((leaf.bbox.x0, leaf.bbox.x1), |bbox| (bbox.x0, bbox.x1))
        })
        .collect();
    let mut xs = vec![extents[0].0];
    xs.extend(extents.windows(2).map(|pair| (pair[0].1 + pair[1].0) / 2.0));
    xs.push(extents[extents.len() - 1].1);
    // Overlapping columns must not turn the boundaries around.
    for index in 1..xs.len() {
        xs[index] = xs[index].max(xs[index - 1]);
    }
    xs
}
