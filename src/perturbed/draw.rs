//! Texts and rulings as office software draws them.

use super::random::Random;
use crate::read::testing::{TestPdf, utf16};

/// Where a text stands in the height of its cell.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Vertical {
    Top,
    Middle,
    Bottom,
}

/// How table lines are drawn.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Lines {
    /// One stroke a line.
    Strokes,
    /// Thin filled rectangles.
    Bars,
    /// Strokes in short pieces with small gaps.
    Pieces,
    /// A stroked rectangle a cell.
    Boxes,
}

/// Draws.
#[derive(Clone, Debug)]
pub(super) struct Pen {
    pub(super) page_height: f32,
    lines: Lines,
    line_width: f32,
    /// Whether tables have borders at their left and right.
    pub(super) has_sides: bool,
    /// Whether figures and Latin letters are set in Helvetica.
    helvetica: bool,
    /// Whether bold text is drawn twice.
    fakes_bold: bool,
}

/// The frames of the cells of a page.
pub(super) struct Rulings {
    left: f32,
    right: f32,
    frames: Vec<[f32; 4]>,
}

impl Rulings {
    pub(super) fn new(left: f32, right: f32) -> Self {
        Self { left, right, frames: Vec::new() }
    }

    pub(super) fn frame(&mut self, x0: f32, y0: f32, x1: f32, y1: f32) {
        self.frames.push([x0, y0, x1, y1]);
    }

    /// The sides of the frames, joined to lines: position, start, end; those across, then those down.
    fn joined(&self, has_sides: bool) -> [Vec<(f32, f32, f32)>; 2] {
        let is_side = |x: f32| x == self.left || x == self.right;
        let mut across: Vec<_> =
            self.frames.iter().flat_map(|[x0, y0, x1, y1]| [(*y0, *x0, *x1), (*y1, *x0, *x1)]).collect();
        let mut down: Vec<_> =
            self.frames.iter().flat_map(|[x0, y0, x1, y1]| [(*x0, *y0, *y1), (*x1, *y0, *y1)]).collect();
        down.retain(|(x, ..)| has_sides || !is_side(*x));
        [join(&mut across), join(&mut down)]
    }
}

fn join(sides: &mut [(f32, f32, f32)]) -> Vec<(f32, f32, f32)> {
    sides.sort_by(|a, b| a.partial_cmp(b).expect("numbers"));
    let mut joined: Vec<(f32, f32, f32)> = Vec::new();
    for (position, start, end) in sides.iter().copied() {
        match joined.last_mut() {
            Some(last) if last.0 == position && start <= last.2 => last.2 = last.2.max(end),
            _ => joined.push((position, start, end)),
        }
    }
    joined
}

impl Pen {
    pub(super) fn of(random: &mut Random) -> Self {
        let lines = random.pick(&[Lines::Strokes, Lines::Bars, Lines::Pieces, Lines::Boxes]);
        Self {
            page_height: 0.0,
            lines,
            line_width: random.between(0.25, 1.5),
            has_sides: lines == Lines::Boxes || random.chance(75),
            helvetica: random.chance(50),
            fakes_bold: random.chance(40),
        }
    }

    /// Gives a PDF the fonts that the pen uses.
    pub(super) fn add_fonts(pdf: &mut TestPdf) {
        // Figures and Latin letters are half as wide as ideographs.
        pdf.composite_font("Kai", "STSong-Light", "UniGB-UCS2-H", "", "/Ordering (GB1) /DW 1000 /W [1 95 500]");
    }

    /// Advance of a character in ems.
    fn advance(&self, character: char) -> f32 {
        match character {
            _ if !character.is_ascii() => 1.0,
            _ if !self.helvetica => 0.5,
            '0'..='9' => 0.556,
            '-' | '(' | ')' => 0.333,
            '%' => 0.889,
            '>' | '=' | '<' => 0.584,
            _ => 0.278,
        }
    }

    pub(super) fn width(&self, text: &str, size: f32) -> f32 {
        text.chars().map(|character| self.advance(character)).sum::<f32>() * size
    }

    /// A text broken into lines that are no wider than `width`.
    pub(super) fn wrapped(&self, text: &str, width: f32, size: f32) -> Vec<String> {
        let mut lines: Vec<String> = Vec::new();
        for character in text.chars() {
            match lines.last_mut() {
                Some(line) if self.width(line, size) + self.advance(character) * size <= width => line.push(character),
                _ => lines.push(character.to_string()),
            }
        }
        lines
    }

    /// Draws a text from its left end, around a height.
    pub(super) fn text(&self, marks: &mut Vec<String>, text: &str, (x, y): (f32, f32), size: f32, bold: bool) {
        let baseline = self.page_height - y - 0.38 * size;
        let offsets: &[f32] = if bold && self.fakes_bold { &[0.0, 0.03] } else { &[0.0] };
        for offset in offsets {
            let mut x = x + offset * size;
            for run in runs(text) {
                let is_latin = run.starts_with(|c: char| c.is_ascii());
                let (font, string) = match is_latin && self.helvetica {
                    true => ("Helv", format!("({})", run.replace('(', "\\(").replace(')', "\\)"))),
                    false => ("Kai", utf16(run)),
                };
                marks.push(format!("BT /{font} {size} Tf 1 0 0 1 {x} {baseline} Tm {string} Tj ET\n"));
                x += self.width(run, size);
            }
        }
    }

    pub(super) fn centred(&self, marks: &mut Vec<String>, text: &str, x: f32, y: f32, size: f32, bold: bool) {
        self.text(marks, text, (x - self.width(text, size) / 2.0, y), size, bold);
    }

    pub(super) fn rulings(&self, rulings: Rulings, marks: &mut Vec<String>, random: &mut Random) {
        let width = self.line_width;
        if self.lines == Lines::Boxes {
            marks.extend(rulings.frames.iter().map(|[x0, y0, x1, y1]| {
                format!("{width} w {x0} {} {} {} re S\n", self.page_height - y1, x1 - x0, y1 - y0)
            }));
            return;
        }
        let [across, down] = rulings.joined(self.has_sides);
        let length = random.between(10.0, 40.0);
        for (is_across, (position, start, end)) in
            across.into_iter().map(|line| (true, line)).chain(down.into_iter().map(|line| (false, line)))
        {
            let mut from = start;
            while from < end {
                let to = if self.lines == Lines::Pieces { (from + length).min(end) } else { end };
                marks.push(self.piece(is_across, position, from, to));
                from = to + if to < end { 1.0 } else { 0.0 };
            }
        }
    }

    /// A line, or a piece of one.
    fn piece(&self, is_across: bool, position: f32, from: f32, to: f32) -> String {
        let width = self.line_width;
        let up = |y: f32| self.page_height - y;
        match (self.lines, is_across) {
            (Lines::Bars, true) => format!("{from} {} {} {width} re f\n", up(position) - width / 2.0, to - from),
            (Lines::Bars, false) => format!("{} {} {width} {} re f\n", position - width / 2.0, up(to), to - from),
            (_, true) => format!("{width} w {from} {0} m {to} {0} l S\n", up(position)),
            (_, false) => format!("{width} w {position} {} m {position} {} l S\n", up(from), up(to)),
        }
    }
}

/// The longest pieces of a text that are all ASCII, or all not.
fn runs(text: &str) -> Vec<&str> {
    let mut runs = Vec::new();
    let mut start = 0;
    for (index, character) in text.char_indices().skip(1) {
        if character.is_ascii() != text[start..].starts_with(|c: char| c.is_ascii()) {
            runs.push(&text[start..index]);
            start = index;
        }
    }
    if start < text.len() {
        runs.push(&text[start..]);
    }
    runs
}
