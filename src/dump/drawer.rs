//! Lines and tables → pages, from the top down.

use std::collections::HashSet;

use super::text::TextLine;
use super::{drawing, prose, unit_list};
use crate::document::PageNumber;
use crate::language::vocabulary::Vocabulary;
use crate::model::{Block, Grid, PageLayout};

/// Where the first line of a page stands, in points.
const TOP: f32 = 80.0;

/// The pages drawn so far.
pub(super) struct Drawer {
    /// In their order.
    pub(super) pages: Vec<PageLayout>,
    /// Numbers of the lines that begin a paragraph, for dumps that keep no indents.
    beginnings: HashSet<usize>,
    keeps_indents: bool,
}

impl Drawer {
    /// Nothing drawn yet. `outside`: the lines outside tables, which tell where paragraphs begin.
    pub(super) fn new(outside: &[&TextLine], vocabulary: &Vocabulary) -> Self {
        let beginnings = prose::beginnings(outside, vocabulary);
        let keeps_indents = beginnings.is_none();
        let numbers = outside.iter().zip(beginnings.unwrap_or_default());
        let numbers = numbers.filter(|(_, begins)| *begins).map(|(line, _)| line.number);
        Self { pages: Vec::new(), beginnings: numbers.collect(), keeps_indents }
    }

    /// The page and the y of the line that stands at `number` in the dump.
    fn place(&mut self, page: PageNumber, number: usize) -> (&mut PageLayout, f32) {
        let wanted = page.0.max(1) as usize;
        while self.pages.len() < wanted {
            let number = PageNumber(u32::try_from(self.pages.len() + 1).unwrap_or(u32::MAX));
            self.pages.push(PageLayout { number, height: 0.0, blocks: Vec::new(), furniture: Vec::new() });
        }
        let y = TOP + drawing::LEADING * number as f32;
        let last = self.pages.len() - 1;
        let page = &mut self.pages[(wanted - 1).min(last)];
        page.height = page.height.max(y + TOP);
        (page, y)
    }

    /// Draws text outside tables, with the lists of budget units in it.
    pub(super) fn text(&mut self, lines: &[TextLine], vocabulary: &Vocabulary) {
        let mut at = 0;
        while at < lines.len() {
            match unit_list::read(&lines[at..], vocabulary) {
                Some((grid, taken)) => {
                    self.grid(grid, lines[at].number);
                    at += taken;
                }
                None => {
                    self.lines(&lines[at..=at], |line| line.text());
                    at += 1;
                }
            }
        }
    }

    /// Draws lines; `text` tells what of them.
    pub(super) fn lines(&mut self, lines: &[TextLine], text: impl Fn(&TextLine) -> String) {
        for line in lines {
            let printed = line.words.first().map_or(0, |word| word.column) as f32 * drawing::EM;
            let inferred = prose::indent(self.beginnings.contains(&line.number));
            let indent = if self.keeps_indents { printed } else { inferred };
            let (page, y) = self.place(line.page, line.number);
            page.blocks.push(Block::Line(drawing::line(&text(line), indent, y)));
        }
    }

    /// Draws a table whose first line has a number.
    pub(super) fn grid(&mut self, mut grid: Grid, number: usize) {
        let (page, y) = self.place(grid.page, number);
        drawing::move_down(&mut grid, y);
        page.blocks.push(Block::Grid(grid));
    }
}
