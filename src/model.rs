//! The plain structures that pass from stage to stage, in the order of the pipeline.
//!
//! All lengths are PDF points; x grows to the right and y **down** from the upper left corner of the page as a
//! reader sees it (rotation and crop box are already applied).
//!
//! Public are pages and their layouts, for those who draw or debug; what is made of them is the document.

use std::ops::Range;

use crate::document::geometry::Rect;
use crate::document::{HiddenReason, MarkKind, PageNumber, Placement};

// ---------------------------------------------------------------------------------------------- read → page

/// Which way the text runs that a glyph belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Flow {
    /// Left to right, lines downwards.
    Right,
    /// Top to bottom, columns from right to left: vertical writing, or text turned clockwise.
    Down,
    /// Bottom to top, columns from left to right: text turned anticlockwise.
    Up,
}

/// One visible character on a page.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Glyph {
    /// The character, with radical code points folded to their ideographs.
    pub character: char,
    /// The character's advance by its nominal em height; not the font's own box, which often lies.
    pub bbox: Rect,
    /// The line the character stands on: a y for [`Flow::Right`], an x for the others.
    pub baseline: f32,
    /// Font size in points.
    pub size: f32,
    /// Direction of the text.
    pub flow: Flow,
    /// Whether the file has a space between this character and the one before it.
    pub space_before: bool,
}

/// Direction of a ruling.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Axis {
    /// Left to right.
    Horizontal,
    /// Top to bottom.
    Vertical,
}

/// A text of which the end of its cell cuts a part off.
#[derive(Clone, Debug, PartialEq)]
pub struct CutText {
    /// All of its characters.
    pub text: String,
    /// The part of the page in which it is seen.
    pub bbox: Rect,
}

/// A visible straight line (表格线): a stroked line, or a filled shape so thin that it looks like one.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Ruling {
    /// Direction.
    pub axis: Axis,
    /// y of a horizontal ruling, x of a vertical one (its middle).
    pub position: f32,
    /// Where it begins along its direction.
    pub start: f32,
    /// Where it ends; never before `start`.
    pub end: f32,
    /// Thickness.
    pub thickness: f32,
}

/// A character that the file draws but no reader sees.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct HiddenGlyph {
    /// The character.
    pub character: char,
    /// Where it would be.
    pub bbox: Rect,
    /// Why it is not seen.
    pub reason: HiddenReason,
}

/// A character that a reader sees and that belongs to no text of the page: it is kept apart.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Mark {
    /// The character.
    pub glyph: Glyph,
    /// What it is.
    pub kind: MarkKind,
}

/// A page as the reading stage delivers it.
#[derive(Clone, Debug)]
pub struct Page {
    /// Physical page number.
    pub number: PageNumber,
    /// Width as displayed.
    pub width: f32,
    /// Height as displayed.
    pub height: f32,
    /// Visible characters in drawing order, without white space.
    pub glyphs: Vec<Glyph>,
    /// Visible rulings in drawing order.
    pub rulings: Vec<Ruling>,
    /// Characters drawn but not seen.
    pub hidden: Vec<HiddenGlyph>,
    /// Texts that are too long for their cells, of which the page shows a part. They are among the glyphs, whole.
    pub cut: Vec<CutText>,
    /// Characters of watermarks, stamps and the like, which are in no text.
    pub marks: Vec<Mark>,
    /// How many visible glyphs have no known character.
    pub unmapped: usize,
    /// How many glyphs were left out because they stand nowhere.
    pub left_out: usize,
    /// Whether reading ended before the page did, as it has more marks than any page can hold.
    pub full: bool,
    /// Share of the page covered by images, 0 to 1.
    pub image_share: f32,
    /// Whether the characters are the invisible text of a scan, made by character recognition.
    pub recognised: bool,
}

// ------------------------------------------------------------------------------------- lines, grid → layout

/// Characters on one baseline, in reading order.
#[derive(Clone, Debug)]
pub struct Line {
    /// The characters.
    pub glyphs: Vec<Glyph>,
    /// Box around them.
    pub bbox: Rect,
}

/// How the cells of a grid were found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GridSource {
    /// From rulings on all sides.
    Ruled,
    /// From the alignment of the text, with rulings at most as a hint.
    Aligned,
    /// From the words of a text dump, which has no geometry.
    Text,
}

/// A cell with its true spans.
#[derive(Clone, Debug)]
pub struct GridCell {
    /// Rows of the grid that the cell covers.
    pub rows: Range<usize>,
    /// Columns of the grid that the cell covers.
    pub columns: Range<usize>,
    /// Where it is on the page.
    pub bbox: Rect,
    /// Its text.
    pub lines: Vec<Line>,
    /// How the text came into this cell, where no geometry says it.
    pub placement: Option<CellPlacement>,
}

/// How a figure of a text dump was given its column.
#[derive(Clone, Debug, PartialEq)]
pub struct CellPlacement {
    /// How.
    pub how: Placement,
    /// Where several columns are possible: all of them.
    pub columns: Vec<usize>,
}

/// A table's cells on one page.
#[derive(Clone, Debug)]
pub struct Grid {
    /// The page.
    pub page: PageNumber,
    /// Outer edge.
    pub bbox: Rect,
    /// Column boundaries, one more than columns.
    pub xs: Vec<f32>,
    /// Row boundaries, one more than rows.
    pub ys: Vec<f32>,
    /// Cells by row, then by column.
    pub cells: Vec<GridCell>,
    /// How they were found.
    pub source: GridSource,
}

impl Grid {
    /// Number of columns.
    pub fn column_count(&self) -> usize {
        self.xs.len().saturating_sub(1)
    }

    /// Number of rows.
    pub fn row_count(&self) -> usize {
        self.ys.len().saturating_sub(1)
    }
}

/// What a page consists of, from top to bottom.
#[derive(Clone, Debug)]
pub enum Block {
    /// A line of text outside all tables.
    Line(Line),
    /// A table.
    Grid(Grid),
}

impl Block {
    /// The box around it.
    pub(crate) fn bbox(&self) -> Rect {
        match self {
            Block::Line(line) => line.bbox,
            Block::Grid(grid) => grid.bbox,
        }
    }

    /// Its lines of text; those of a table cell by cell.
    pub(crate) fn lines(&self) -> impl Iterator<Item = &Line> {
        let (line, cells) = match self {
            Block::Line(line) => (Some(line), &[][..]),
            Block::Grid(grid) => (None, &grid.cells[..]),
        };
        line.into_iter().chain(cells.iter().flat_map(|cell| &cell.lines))
    }
}

/// A page divided into lines and tables.
#[derive(Clone, Debug)]
pub struct PageLayout {
    /// Physical page number.
    pub number: PageNumber,
    /// Height as displayed.
    pub height: f32,
    /// Lines and tables from top to bottom.
    pub blocks: Vec<Block>,
    /// Lines that were dropped since they stand on pages, not in the document: page numbers, running heads.
    pub furniture: Vec<Line>,
}

// ------------------------------------------------------------------------------------------- segment → outline

/// A line of text outside tables, with its page.
#[derive(Clone, Debug)]
pub(crate) struct PlacedLine {
    /// The page.
    pub(crate) page: PageNumber,
    /// The line.
    pub(crate) line: Line,
    /// Its text.
    pub(crate) text: String,
}

/// What the lines above a table say.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Caption {
    /// Printed label (`部门公开表1`).
    pub(crate) label: Option<String>,
    /// Number in the label.
    pub(crate) number: Option<u32>,
    /// Title.
    pub(crate) title: Option<String>,
    /// Organisation named above the table.
    pub(crate) organisation: Option<String>,
    /// Unit of account (`万元`).
    pub(crate) unit: Option<String>,
    /// Year named above the table (预算年度).
    pub(crate) fiscal_year: Option<u16>,
}

/// A table with everything that belongs to it, over all its pages.
#[derive(Clone, Debug)]
pub(crate) struct TableRegion {
    /// The lines above it.
    pub(crate) caption: Caption,
    /// Its cells, a grid a page.
    pub(crate) grids: Vec<Grid>,
    /// The notes below it.
    pub(crate) notes: Vec<String>,
    /// Where columns go on overleaf: how many pages after the row's page each column stands. Empty where all columns of
    /// a row stand on one page.
    pub(crate) column_leaves: Vec<u32>,
}

impl PageLayout {
    /// How many characters stand on it.
    pub(crate) fn characters(&self) -> usize {
        self.blocks.iter().flat_map(Block::lines).chain(&self.furniture).map(|line| line.glyphs.len()).sum()
    }
}

impl TableRegion {
    /// How many characters stand in its cells.
    pub(crate) fn characters(&self) -> usize {
        let lines = self.grids.iter().flat_map(|grid| &grid.cells).flat_map(|cell| &cell.lines);
        lines.map(|line| line.glyphs.len()).sum()
    }
}

/// A main part (第一部分 …) of the document.
#[derive(Clone, Debug, Default)]
pub(crate) struct Part {
    /// What it is about, where its title tells.
    pub(crate) kind: Option<crate::language::vocabulary::PartKind>,
    /// Ordinal of its heading, where it is that of a section (一).
    pub(crate) number: Option<String>,
    /// Title as printed.
    pub(crate) title: String,
    /// Where the title stands, where there is one.
    pub(crate) page: Option<PageNumber>,
    /// Its text outside tables.
    pub(crate) lines: Vec<PlacedLine>,
}

/// A line that names a part of the document, above it or in the contents.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Heading {
    /// The page.
    pub(crate) page: PageNumber,
    /// The line.
    pub(crate) text: String,
}

/// Text with its place.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct PlacedText {
    /// The page.
    pub(crate) page: PageNumber,
    /// Where it stands.
    pub(crate) bbox: Rect,
    /// The text.
    pub(crate) text: String,
}

/// What became of the characters that a stage was given; whoever takes some says so here.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Account {
    /// How many stand in the output.
    pub(crate) read: usize,
    /// What stands on pages, not in the document, by some rule.
    pub(crate) furniture: Vec<PlacedText>,
    /// What nothing was made of.
    pub(crate) unread: Vec<PlacedText>,
}

impl Account {
    /// Adds what another stage, or another part of the same, says.
    pub(crate) fn add(&mut self, other: Account) {
        self.read += other.read;
        self.furniture.extend(other.furniture);
        self.unread.extend(other.unread);
    }
}

/// How many characters a text has, without white space: as many as the glyphs that it was made of.
pub(crate) fn characters(text: &str) -> usize {
    text.chars().filter(|character| !character.is_whitespace()).count()
}

/// The document taken apart.
#[derive(Clone, Debug, Default)]
pub(crate) struct Outline {
    /// Lines before the table of contents and the first part.
    pub(crate) cover: Vec<PlacedLine>,
    /// The main parts.
    pub(crate) parts: Vec<Part>,
    /// All tables.
    pub(crate) tables: Vec<TableRegion>,
    /// How many characters became captions, notes of tables, and headings of parts.
    pub(crate) read: usize,
    /// Contents pages, ornaments and other lines that stand on pages, not in the document.
    pub(crate) furniture: Vec<PlacedLine>,
    /// The entries of the contents pages, which are furniture, too.
    pub(crate) contents: Vec<Heading>,
    /// Lines of which nothing was made. Whoever drops a line puts it here or into `furniture`.
    pub(crate) unread: Vec<PlacedLine>,
}

// ------------------------------------------------------------------------------------------- parse → document

/// A table understood, and where each of its cells is.
#[derive(Clone, Debug)]
pub(crate) struct ParsedTable {
    /// The table as it is written.
    pub(crate) table: crate::document::Table,
    /// The box of each cell, by row and column.
    pub(crate) boxes: Vec<Vec<Rect>>,
    /// How each figure of a text dump was given its column, by row and column.
    pub(crate) placements: Vec<Vec<Option<Placement>>>,
    /// How far from its cell's left edge each cell's text begins, by row and column: indented rows belong to those above.
    pub(crate) indents: Vec<Vec<f32>>,
    /// Organisation named above the table.
    pub(crate) organisation: Option<String>,
    /// How many pages after the page of its row each column stands; empty where columns do not go on overleaf.
    pub(crate) column_leaves: Vec<u32>,
}

impl ParsedTable {
    /// The page of a cell.
    pub(crate) fn page_of(&self, row: usize, column: usize) -> PageNumber {
        let leaf = self.column_leaves.get(column).copied().unwrap_or(0);
        PageNumber(self.table.rows[row].page.0 + leaf)
    }
}

/// A statement, and where in the narrative its number stands. All numbers count from 0.
#[derive(Clone, Debug)]
pub(crate) struct PlacedStatement {
    /// The statement as it is written.
    pub(crate) statement: crate::document::Statement,
    /// Place of the section in the narrative.
    pub(crate) section: usize,
    /// Place of the paragraph in its section.
    pub(crate) paragraph: usize,
    /// Where the number begins in the paragraph, in bytes.
    pub(crate) start: usize,
    /// Where it and its unit end.
    pub(crate) end: usize,
    /// The words between the number before and this one.
    pub(crate) words: String,
    /// Item of the statement that the list divides in which it stands.
    pub(crate) part_of: Option<String>,
    /// The names of the subject and of those above it as the text has them, with their levels: 类 0, 款 1, 项 2.
    pub(crate) path: Vec<(usize, String)>,
    /// Whether the number's own clause does not name its item: a heading or the sentence before does.
    pub(crate) inherited: bool,
}
