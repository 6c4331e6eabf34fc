//! A page's glyphs and rulings → its lines and tables.
//!
//! 1. Rulings that lie on one line become one edge ([`edges`]).
//! 2. Edges that touch make a lattice ([`lattice`]); slots that no edge divides are one cell, with its true spans.
//! 3. Characters go to the cell that holds their middle; the rest makes the lines outside tables.
//! 4. A ruled row with several figures under one another in its cells is several rows ([`rows`]).
//! 5. Page numbers and running headers are dropped ([`furniture`]).
//! 6. Where text is aligned in columns without rulings, [`aligned`] finds the cells.

mod aligned;
mod edges;
mod frames;
mod furniture;
mod lattice;
mod nested;
mod open_sides;
mod rows;
mod wrapped;

use crate::document::{Error, ErrorKind};
use crate::language::vocabulary::Vocabulary;
use crate::limits::Clock;
use crate::model::{Block, Glyph, Grid, Page, PageLayout};
use crate::text::lines::lines;

pub(crate) use aligned::read_header_of_labels;
pub(crate) use edges::{Edges, edges};

/// Distances in points by which rulings may miss each other. They come from the drawing precision of office software
/// (a twentieth of a point to one pixel at 96 dpi), not from the text, so they do not scale with it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Tolerances {
    /// Rulings whose positions differ by at most this are pieces of one line; also joins the lines of a double border.
    pub(crate) snap: f32,
    /// Pieces on one line with a gap of at most this are one edge.
    pub(crate) join: f32,
    /// An edge that ends this far before another still touches it.
    pub(crate) touch: f32,
    /// Share of a slot's side that an edge must cover to close it.
    pub(crate) cover: f32,
}

impl Default for Tolerances {
    fn default() -> Self {
        Self { snap: 2.5, join: 3.0, touch: 3.0, cover: 0.6 }
    }
}

/// A document with more table cells than this has no tables that anybody reads: a thousand pages of a budget have some
/// two hundred thousand.
const MAX_CELLS: usize = 2_000_000;

/// Divides all pages into lines and tables.
///
/// # Errors
/// [`ErrorKind::TooLarge`] where the tables have more cells than any document needs, [`ErrorKind::Timeout`].
pub(crate) fn lay_out(pages: &[Page], vocabulary: &Vocabulary, clock: &Clock) -> Result<Vec<PageLayout>, Error> {
    let mut layouts = Vec::with_capacity(pages.len());
    let mut bands = Vec::with_capacity(pages.len());
    let mut cells = 0;
    for page in pages {
        clock.check("laying out the pages")?;
        let (layout, between_rules) = layout_and_bands(page);
        cells += layout.blocks.iter().map(cell_count).sum::<usize>();
        if cells > MAX_CELLS {
            return Err(Error::new(ErrorKind::TooLarge, format!("the tables have more than {MAX_CELLS} cells")));
        }
        layouts.push(layout);
        bands.push(between_rules);
    }
    clock.check("laying out the pages")?;
    furniture::remove(&mut layouts, vocabulary);
    let found = layouts.into_iter().zip(bands);
    Ok(found.map(|(layout, bands)| aligned::find_tables(layout, &bands, vocabulary)).collect())
}

fn cell_count(block: &Block) -> usize {
    match block {
        Block::Line(_) => 0,
        Block::Grid(grid) => grid.cells.len(),
    }
}

/// Divides a page into lines and ruled tables, from top to bottom.
pub(crate) fn layout(page: &Page) -> PageLayout {
    layout_and_bands(page).0
}

/// The same with the heights between row rules that are in no table.
fn layout_and_bands(page: &Page) -> (PageLayout, Vec<(f32, f32)>) {
    let tolerances = Tolerances::default();
    let edges = edges(&page.rulings, &tolerances);
    let (mut tables, mut inner) = lattice::lattices(&edges, &page.glyphs, &tolerances);
    let bands = if tables.is_empty() { aligned::bands(&edges.horizontal) } else { Vec::new() };
    let mut free: Vec<Glyph> = Vec::new();
    let number = match tables.is_empty() {
        true => None,
        false => furniture::number_among(&page.glyphs, page.width, page.height),
    };
    for (index, glyph) in page.glyphs.iter().enumerate() {
        let point = glyph.anchor();
        if number.as_ref().is_some_and(|number| number.contains(&index)) {
            free.push(*glyph);
            continue;
        }
        if let Some(small) = inner.iter_mut().find(|table| table.bbox().contains(point)) {
            small.place(*glyph, point);
        }
        match tables.iter_mut().find(|table| table.bbox().contains(point)) {
            Some(table) => table.place(*glyph, point),
            None => free.push(*glyph),
        }
    }
    let grids = tables.into_iter().map(|table| table.into_grid(page.number)).filter(|grid| !is_empty(grid));
    let inner: Vec<Grid> = inner.into_iter().map(|table| table.into_grid(page.number)).collect();
    let mut blocks: Vec<Block> = Vec::new();
    for grid in grids {
        let (grid, around) = frames::taken_out(grid);
        blocks.push(Block::Grid(rows::split(nested::opened(grid, &inner))));
        blocks.extend(around.into_iter().map(Block::Line));
    }
    blocks.extend(lines(&mut free).into_iter().map(Block::Line));
    blocks.sort_by(|a, b| top(a).total_cmp(&top(b)));
    let mut marks: Vec<Glyph> = page.marks.iter().map(|mark| mark.glyph).collect();
    let layout = PageLayout { number: page.number, height: page.height, blocks, furniture: lines(&mut marks) };
    (layout, bands)
}

fn is_empty(grid: &Grid) -> bool {
    grid.cells.iter().all(|cell| cell.lines.is_empty())
}

fn top(block: &Block) -> f32 {
    match block {
        Block::Line(line) => line.bbox.center().1,
        Block::Grid(grid) => grid.bbox.y0,
    }
}

impl Glyph {
    /// The point that decides to which cell a character belongs: the middle of its body. The middle of the em box
    /// would lie too high in fonts whose boxes lie.
    pub(crate) fn anchor(&self) -> (f32, f32) {
        self.bbox.center()
    }
}
