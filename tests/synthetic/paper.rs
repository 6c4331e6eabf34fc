//! Paper of A4 that fills from top to bottom.

use super::drawing::{DrawnPage, Face, pdf};

const WIDTH: f32 = 595.0;
const HEIGHT: f32 = 842.0;

/// Left and right of this, nothing is drawn.
const MARGIN: f32 = 50.0;

/// Where a page begins.
const TOP: f32 = 60.0;

/// Size of all text but titles.
const SIZE: f32 = 10.0;

/// From line to line, in points.
const LEADING: f32 = 14.0;

/// Between the edge of a cell and its text.
const PADDING: f32 = 4.0;

/// Thickness of the lines of tables.
const LINE: f32 = 0.5;

/// How the lines between the cells of a table are drawn.
#[derive(Clone, Copy, Debug)]
pub enum Lines {
    /// The outline of each cell.
    Frames,
    /// A stroke for each side of a cell.
    Strokes,
    /// A thin filled rectangle for each side of a cell.
    Bars,
    /// Not at all.
    Without,
}

/// Pages in the making.
pub struct Paper {
    pages: Vec<DrawnPage>,
    y: f32,
}

impl Paper {
    pub fn new() -> Self {
        Self { pages: vec![DrawnPage::new(WIDTH, HEIGHT)], y: TOP }
    }

    /// A cover, and a page after it.
    pub fn cover(&mut self, lines: &[&str]) {
        self.y = 250.0;
        lines.iter().for_each(|line| self.title(line, 22.0));
        self.turn();
    }

    /// Goes on on the next page.
    pub fn turn(&mut self) {
        let number = format!("- {} -", self.pages.len());
        let x = (WIDTH - Face::Song.width(&number, 9.0)) / 2.0;
        self.page().text(&number, Face::Song, 9.0, x, HEIGHT - 30.0);
        self.pages.push(DrawnPage::new(WIDTH, HEIGHT));
        self.y = TOP;
    }

    /// A line in the middle.
    pub fn title(&mut self, text: &str, size: f32) {
        let x = (WIDTH - Face::Song.width(text, size)) / 2.0;
        self.put(text, size, x, self.y);
        self.y += 2.0 * size;
    }

    /// A line with something at its left and something at its right.
    pub fn line(&mut self, left: &str, right: &str) {
        self.put(left, SIZE, MARGIN, self.y);
        self.put(right, SIZE, WIDTH - MARGIN - Face::Song.width(right, SIZE), self.y);
        self.y += 1.5 * LEADING;
    }

    /// A paragraph, indented by two characters.
    pub fn paragraph(&mut self, text: &str) {
        let lines = wrapped(&format!("\u{3000}\u{3000}{text}"), WIDTH - 2.0 * MARGIN);
        for line in lines {
            let indent = line.chars().take_while(|character| *character == '\u{3000}').count();
            self.put(line.trim_start(), SIZE, MARGIN + SIZE * indent as f32, self.y);
            self.y += LEADING;
        }
        self.y += 4.0;
    }

    /// A table: the widths of its columns, and its rows with `|` between the cells. A cell `<` goes on with the one to
    /// its left, `^` with the one above.
    pub fn table(&mut self, lines: Lines, widths: &[f32], rows: &[&str]) {
        let rows: Vec<Vec<&str>> = rows.iter().map(|row| row.split('|').collect()).collect();
        assert!(rows.iter().all(|row| row.len() == widths.len()), "a row has too many or too few cells");
        let cells = cells(&rows);
        let left = (WIDTH - widths.iter().sum::<f32>()) / 2.0;
        let xs = boundaries(left, widths);
        let mut heights = vec![LEADING + 2.0 * PADDING; rows.len()];
        for cell in cells.iter().filter(|cell| cell.down == 1) {
            let room = xs[cell.column + cell.across] - xs[cell.column] - 2.0 * PADDING;
            let needed = wrapped(cell.text, room).len() as f32 * LEADING + 2.0 * PADDING;
            heights[cell.row] = heights[cell.row].max(needed);
        }
        let ys = boundaries(self.y, &heights);
        for cell in &cells {
            let (x0, x1) = (xs[cell.column], xs[cell.column + cell.across]);
            let (y0, y1) = (ys[cell.row], ys[cell.row + cell.down]);
            self.lines(lines, [x0, y0, x1, y1]);
            self.cell(cell.text, [x0, y0, x1, y1]);
        }
        self.y = ys[rows.len()] + 2.0 * LEADING;
    }

    /// The file.
    pub fn pdf(&self) -> Vec<u8> {
        pdf(&self.pages)
    }

    fn lines(&mut self, lines: Lines, [x0, y0, x1, y1]: [f32; 4]) {
        let page = self.page();
        let sides = [[x0, y0, x1, y0], [x0, y1, x1, y1], [x0, y0, x0, y1], [x1, y0, x1, y1]];
        match lines {
            Lines::Frames => page.frame(LINE, [x0, y0, x1, y1]),
            Lines::Strokes => sides.iter().for_each(|[x0, y0, x1, y1]| page.stroke(LINE, (*x0, *y0), (*x1, *y1))),
            Lines::Bars => {
                let half = LINE / 2.0;
                sides.iter().for_each(|[x0, y0, x1, y1]| page.bar([x0 - half, y0 - half, x1 + half, y1 + half]));
            }
            Lines::Without => {}
        }
    }

    /// Figures stand at the right of their cell, short words in its middle, long ones at its left.
    fn cell(&mut self, text: &str, [x0, y0, x1, y1]: [f32; 4]) {
        let lines = wrapped(text, x1 - x0 - 2.0 * PADDING);
        let is_figure = text.contains(['.', ',']) && text.is_ascii();
        let mut y = (y0 + y1 - LEADING * lines.len() as f32) / 2.0 + 0.78 * LEADING;
        for line in &lines {
            let width = Face::Song.width(line, SIZE);
            let x = match lines.len() {
                _ if is_figure => x1 - PADDING - width,
                1 if text.chars().count() <= 6 => (x0 + x1 - width) / 2.0,
                _ => x0 + PADDING,
            };
            self.put(line, SIZE, x, y);
            y += LEADING;
        }
    }

    fn put(&mut self, text: &str, size: f32, x: f32, baseline: f32) {
        if !text.is_empty() {
            self.page().text(text, Face::Song, size, x, baseline);
        }
    }

    fn page(&mut self) -> &mut DrawnPage {
        self.pages.last_mut().expect("paper has a page")
    }
}

/// A cell and what it covers.
struct Cell<'t> {
    text: &'t str,
    row: usize,
    column: usize,
    down: usize,
    across: usize,
}

fn cells<'t>(rows: &[Vec<&'t str>]) -> Vec<Cell<'t>> {
    let mut cells = Vec::new();
    for (row, texts) in rows.iter().enumerate() {
        for (column, text) in texts.iter().enumerate().filter(|(_, text)| !matches!(**text, "<" | "^")) {
            let across = 1 + texts[column + 1..].iter().take_while(|text| **text == "<").count();
            let down = 1 + rows[row + 1..].iter().take_while(|below| below[column] == "^").count();
            cells.push(Cell { text, row, column, down, across });
        }
    }
    cells
}

fn boundaries(start: f32, lengths: &[f32]) -> Vec<f32> {
    let mut boundaries = vec![start];
    for length in lengths {
        boundaries.push(boundaries[boundaries.len() - 1] + length);
    }
    boundaries
}

/// A text in lines that are no wider than so many points.
fn wrapped(text: &str, width: f32) -> Vec<String> {
    let mut lines = vec![String::new()];
    for character in text.chars() {
        let line = lines.last_mut().expect("a line");
        if !line.is_empty() && Face::Song.width(line, SIZE) + Face::Song.advance(character) * SIZE > width {
            lines.push(character.to_string());
        } else {
            line.push(character);
        }
    }
    lines
}
