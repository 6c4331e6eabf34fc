//! Texts and rulings as office software draws them.

use super::choices::Choices;
use crate::testing::pdf::drawing::{DrawnPage, Face};

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
    pub(super) fn of(choices: &mut Choices) -> Self {
        let lines = choices.pick(&[Lines::Strokes, Lines::Bars, Lines::Pieces, Lines::Boxes]);
        Self {
            lines,
            line_width: choices.between(0.25, 1.5),
            has_sides: lines == Lines::Boxes || choices.chance(75),
            helvetica: choices.chance(50),
            fakes_bold: choices.chance(40),
        }
    }

    /// The font of ASCII.
    fn latin(&self) -> Face {
        if self.helvetica { Face::Helvetica } else { Face::Song }
    }

    pub(super) fn width(&self, text: &str, size: f32) -> f32 {
        self.latin().width(text, size)
    }

    /// A text broken into lines that are no wider than `width`.
    pub(super) fn wrapped(&self, text: &str, width: f32, size: f32) -> Vec<String> {
        let mut lines: Vec<String> = Vec::new();
        for character in text.chars() {
            match lines.last_mut() {
                Some(line) if self.width(line, size) + self.latin().advance(character) * size <= width => {
                    line.push(character)
                }
                _ => lines.push(character.to_string()),
            }
        }
        lines
    }

    /// Draws a text from its left end, around a height.
    pub(super) fn text(&self, page: &mut DrawnPage, text: &str, (x, y): (f32, f32), size: f32, bold: bool) {
        let baseline = y + 0.38 * size;
        let offsets: &[f32] = if bold && self.fakes_bold { &[0.0, 0.03] } else { &[0.0] };
        for offset in offsets {
            let mut x = x + offset * size;
            for run in runs(text) {
                let face = if run.is_ascii() { self.latin() } else { Face::Song };
                page.text(run, face, size, x, baseline);
                x += self.width(run, size);
            }
        }
    }

    pub(super) fn centred(&self, page: &mut DrawnPage, text: &str, x: f32, y: f32, size: f32, bold: bool) {
        self.text(page, text, (x - self.width(text, size) / 2.0, y), size, bold);
    }

    pub(super) fn rulings(&self, rulings: Rulings, page: &mut DrawnPage, choices: &mut Choices) {
        if self.lines == Lines::Boxes {
            rulings.frames.iter().for_each(|frame| page.frame(self.line_width, *frame));
            return;
        }
        let [across, down] = rulings.joined(self.has_sides);
        let length = choices.between(10.0, 40.0);
        for (is_across, (position, start, end)) in
            across.into_iter().map(|line| (true, line)).chain(down.into_iter().map(|line| (false, line)))
        {
            let mut from = start;
            while from < end {
                let to = if self.lines == Lines::Pieces { (from + length).min(end) } else { end };
                self.piece(page, is_across, position, from, to);
                from = to + if to < end { 1.0 } else { 0.0 };
            }
        }
    }

    /// A line, or a piece of one.
    fn piece(&self, page: &mut DrawnPage, is_across: bool, position: f32, from: f32, to: f32) {
        let half = self.line_width / 2.0;
        match (self.lines, is_across) {
            (Lines::Bars, true) => page.bar([from, position - half, to, position + half]),
            (Lines::Bars, false) => page.bar([position - half, from, position + half, to]),
            (_, true) => page.stroke(self.line_width, (from, position), (to, position)),
            (_, false) => page.stroke(self.line_width, (position, from), (position, to)),
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
