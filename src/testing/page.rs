//! Characters, lines, cells and rulings where a test puts them. Lengths are points.

use crate::document::PageNumber;
use crate::document::geometry::Rect;
use crate::model::{Axis, Block, Flow, Glyph, Grid, GridCell, GridSource, Line, PageLayout, PlacedLine, Ruling};

/// Width of the columns of a [`grid`], and height of its rows.
const CELL: f32 = 100.0;

/// A character of `size` points whose box begins at `x`, standing on `baseline`.
pub(crate) fn glyph_at(character: char, x: f32, baseline: f32, size: f32) -> Glyph {
    let advance = if character.is_ascii() { size / 2.0 } else { size };
    Glyph {
        character,
        bbox: Rect { x0: x, y0: baseline - 0.88 * size, x1: x + advance, y1: baseline + 0.12 * size },
        baseline,
        size,
        flow: Flow::Right,
        space_before: false,
    }
}

/// The characters of `text` one after another; a space leaves its room and marks the next character.
pub(crate) fn glyphs_at(text: &str, x: f32, baseline: f32, size: f32) -> Vec<Glyph> {
    let mut glyphs = Vec::new();
    let (mut x, mut space) = (x, false);
    for character in text.chars() {
        let mut glyph = glyph_at(character, x, baseline, size);
        x = glyph.bbox.x1;
        if character == ' ' {
            space = true;
            continue;
        }
        glyph.space_before = std::mem::take(&mut space);
        glyphs.push(glyph);
    }
    glyphs
}

/// One line of text.
pub(crate) fn line_at(text: &str, x: f32, baseline: f32, size: f32) -> Line {
    let glyphs = glyphs_at(text, x, baseline, size);
    let bbox = Rect::around(glyphs.iter().map(|g| g.bbox)).unwrap_or_default();
    Line { glyphs, bbox }
}

/// A line of 10 points on a page.
pub(crate) fn placed_line(page: u32, text: &str, x: f32, baseline: f32) -> PlacedLine {
    PlacedLine { page: PageNumber(page), line: line_at(text, x, baseline, 10.0), text: text.to_owned() }
}

/// A page of A4 with lines of 10 points on these baselines, and nothing else.
pub(crate) fn page_of_lines(number: u32, lines: &[(&str, f32)]) -> PageLayout {
    let blocks = lines.iter().map(|(text, y)| Block::Line(line_at(text, CELL, *y, 10.0))).collect();
    PageLayout { number: PageNumber(number), height: 842.0, blocks, furniture: Vec::new() }
}

/// A ruled row of cells, each with texts under one another; a text of no characters leaves its place empty.
pub(crate) fn grid(columns: &[&[&str]]) -> Grid {
    let cell = |column: usize, texts: &&[&str]| {
        let x = CELL * column as f32;
        let lines = texts.iter().enumerate().filter(|(_, text)| !text.is_empty());
        GridCell {
            rows: 0..1,
            columns: column..column + 1,
            bbox: Rect::from_corners(x, 0.0, x + CELL, CELL),
            lines: lines.map(|(row, text)| line_at(text, x, 20.0 + 20.0 * row as f32, 10.0)).collect(),
            placement: None,
        }
    };
    let xs: Vec<f32> = (0..=columns.len()).map(|x| CELL * x as f32).collect();
    Grid { cells: columns.iter().enumerate().map(|(column, texts)| cell(column, texts)).collect(), ..ruled(&xs) }
}

/// A ruled table on a page, with columns of this width and these rows; a text of no characters leaves its cell empty.
pub(crate) fn table(page: u32, width: f32, rows: &[&[&str]]) -> Grid {
    let columns = rows.first().map_or(0, |row| row.len());
    let xs: Vec<f32> = (0..=columns).map(|column| width * column as f32).collect();
    let ys: Vec<f32> = (0..=rows.len()).map(|row| CELL + 20.0 * row as f32).collect();
    let mut cells = Vec::new();
    for (row, texts) in rows.iter().enumerate() {
        for (column, text) in texts.iter().enumerate() {
            let bbox = Rect::from_corners(xs[column], ys[row], xs[column + 1], ys[row + 1]);
            let lines = if text.is_empty() { Vec::new() } else { vec![line_at(text, bbox.x0, bbox.y1 - 5.0, 10.0)] };
            cells.push(GridCell { rows: row..row + 1, columns: column..column + 1, bbox, lines, placement: None });
        }
    }
    let bbox = Rect::from_corners(xs[0], ys[0], xs[columns], ys[rows.len()]);
    Grid { page: PageNumber(page), bbox, xs, ys, cells, source: GridSource::Ruled }
}

/// A ruled row with these column boundaries and no cells.
pub(crate) fn ruled(xs: &[f32]) -> Grid {
    Grid {
        page: PageNumber(1),
        bbox: Rect::from_corners(xs[0], 0.0, xs[xs.len() - 1], CELL),
        xs: xs.to_vec(),
        ys: vec![0.0, CELL],
        cells: Vec::new(),
        source: GridSource::Ruled,
    }
}

/// A ruling from left to right.
pub(crate) fn horizontal(position: f32, start: f32, end: f32) -> Ruling {
    Ruling { axis: Axis::Horizontal, position, start, end, thickness: 0.5 }
}

/// A ruling downwards.
pub(crate) fn vertical(position: f32, start: f32, end: f32) -> Ruling {
    Ruling { axis: Axis::Vertical, position, start, end, thickness: 0.5 }
}
