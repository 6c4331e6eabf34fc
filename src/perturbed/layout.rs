//! Tables → pages: where cells, texts and page breaks fall in a chosen layout.

use std::ops::Range;

use super::caption::{self, CaptionForm};
use super::choices::Choices;
use super::draw::{Pen, Rulings, Vertical};
use super::oddity::Oddity;
use super::tables::{Align, Cell, Sheet};
use crate::document::ColumnType;
use crate::testing::pdf::drawing::DrawnPage;

/// Room left below a table for its note and the page number, in points.
const BOTTOM: f32 = 75.0;

/// Page sizes in points.
const A4: (f32, f32) = (595.0, 842.0);
const A3: (f32, f32) = (842.0, 1191.0);

/// Where the text of a cell stands that a page break cuts.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum CutText {
    /// On the page where the cell begins.
    First,
    /// On the page where the middle of the whole cell is.
    Middle,
}

/// How a document is laid out.
#[derive(Clone, Debug)]
pub(super) struct Style {
    pub(super) page: (f32, f32),
    /// Font size in points.
    pub(super) size: f32,
    pub(super) margin: (f32, f32),
    /// Share of the room between the margins that a table takes.
    share: f32,
    padding: f32,
    /// Line spacing in ems.
    leading: f32,
    /// Rows are up to this much higher than they must be, in points.
    extra: f32,
    /// A page takes at most this many rows.
    pub(super) rows_per_page: usize,
    pub(super) repeats_header: bool,
    pub(super) repeats_title: bool,
    pub(super) cut_text: CutText,
    /// Whether the first project's cells have their text on the page where they begin.
    pub(super) keeps_first_project: bool,
    centres_amounts: bool,
    vertical: Vertical,
    pub(super) caption: CaptionForm,
    pub(super) unit_label: &'static str,
    footer: usize,
    pub(super) pen: Pen,
}

impl Style {
    pub(super) fn of(choices: &mut Choices, oddities: &[Oddity]) -> Self {
        let turned = |(width, height): (f32, f32)| (height, width);
        let repeats_header = choices.chance(50);
        Self {
            page: choices.pick(&[A4, turned(A4), turned(A4), A3, turned(A3)]),
            size: choices.between(7.0, 12.0),
            margin: (choices.between(30.0, 70.0), choices.between(40.0, 80.0)),
            share: choices.between(0.75, 1.0),
            padding: choices.between(2.0, 5.0),
            leading: choices.between(1.15, 1.5),
            extra: choices.between(0.0, 15.0),
            rows_per_page: choices.pick(&[3, 4, 5, 7, 50]),
            repeats_header,
            repeats_title: repeats_header && choices.chance(25) && oddities.contains(&Oddity::RepeatedTitle),
            cut_text: choices.pick(&[CutText::First, CutText::Middle]),
            keeps_first_project: false,
            centres_amounts: choices.chance(25),
            vertical: choices.pick(&[Vertical::Middle, Vertical::Middle, Vertical::Top, Vertical::Bottom]),
            caption: choices.pick(&CaptionForm::USUAL),
            unit_label: choices.pick(&["单位：", "金额单位：", "单位:"]),
            footer: choices.below(4),
            pen: Pen::of(choices),
        }
    }

    fn blank(&self) -> DrawnPage {
        DrawnPage::new(self.page.0, self.page.1)
    }
}

/// A document on its pages.
#[derive(Debug, Default)]
pub(super) struct Pages {
    pub(super) drawn: Vec<DrawnPage>,
    /// The page of each row of each table, header rows included.
    pub(super) row_pages: Vec<Vec<u32>>,
    /// Whether a page has nothing in the first or in the last column of its table.
    pub(super) has_blank_side: bool,
    /// Whether a level of indicators is cut by a page break, has its word on the next page, and stands on this one in a
    /// column of which nothing else is merged.
    pub(super) has_lone_level: bool,
}

/// Lays out a cover and tables, each on pages of its own.
pub(super) fn lay_out(sheets: &[Sheet], style: &mut Style, has_cover: bool, choices: &mut Choices) -> Pages {
    let mut pages = Pages::default();
    let widths: Vec<Vec<f32>> = loop {
        match sheets.iter().map(|sheet| column_widths(sheet, style, &mut choices.clone())).collect() {
            Some(widths) => break widths,
            None if style.size > 7.5 => style.size -= 0.5,
            None => (style.page, style.size) = ((A3.1, A3.0), 9.0),
        }
    };
    if has_cover {
        pages.drawn.push(cover(style));
    }
    for (sheet, widths) in sheets.iter().zip(&widths) {
        table(sheet, widths, style, &mut pages, choices);
    }
    for (index, page) in pages.drawn.iter_mut().enumerate().skip(usize::from(has_cover)) {
        let number = index + 1;
        let text = match style.footer {
            0 => continue,
            1 => format!("{number}"),
            2 => format!("- {number} -"),
            _ => format!("第{number}页"),
        };
        style.pen.centred(page, &text, style.page.0 / 2.0, style.page.1 - 30.0, 9.0, false);
    }
    pages
}

fn cover(style: &Style) -> DrawnPage {
    let mut page = style.blank();
    let middle = style.page.0 / 2.0;
    style.pen.centred(&mut page, "某某市财政局", middle, style.page.1 * 0.3, 24.0, false);
    style.pen.centred(&mut page, "2024年部门预算", middle, style.page.1 * 0.3 + 60.0, 24.0, false);
    page
}

/// The widths of a table's columns; `None` where the page is too narrow.
fn column_widths(sheet: &Sheet, style: &Style, choices: &mut Choices) -> Option<Vec<f32>> {
    let least = |column: usize| {
        let of_column = |cell: &&Cell| cell.columns == (column..column + 1);
        let longest = |from: usize| {
            let cells = sheet.cells.iter().filter(of_column).filter(|cell| cell.rows.start >= from);
            cells.map(|cell| style.pen.width(&cell.text, style.size)).fold(0.0, f32::max)
        };
        let body = longest(sheet.header_rows);
        let text = match sheet.columns[column].column_type {
            ColumnType::Text => body.min(6.0 * style.size),
            _ => body,
        };
        let header = longest(0).min(2.0 * style.size);
        text.max(header) + 2.0 * style.padding + 1.0
    };
    let mut widths: Vec<f32> = (0..sheet.columns.len()).map(least).collect();
    let room = style.share * (style.page.0 - 2.0 * style.margin.0) - widths.iter().sum::<f32>();
    if room < 0.0 {
        return None;
    }
    let weights: Vec<f32> = widths.iter().map(|_| choices.between(0.1, 1.0)).collect();
    let all: f32 = weights.iter().sum();
    widths.iter_mut().zip(&weights).for_each(|(width, weight)| *width += room * weight / all);
    Some(widths)
}

/// A table being laid out.
struct Laid<'s> {
    sheet: &'s Sheet,
    style: &'s Style,
    /// Column boundaries.
    xs: Vec<f32>,
    heights: Vec<f32>,
    /// The lines of each cell.
    lines: Vec<Vec<String>>,
    /// Cells of this page whose text stands on another.
    left_blank: Vec<usize>,
}

fn table(sheet: &Sheet, widths: &[f32], style: &Style, pages: &mut Pages, choices: &mut Choices) {
    let room = style.page.0 - 2.0 * style.margin.0 - widths.iter().sum::<f32>();
    let mut xs = vec![style.margin.0 + choices.between(0.0, room)];
    widths.iter().for_each(|width| xs.push(xs[xs.len() - 1] + width));
    let lines: Vec<Vec<String>> = sheet
        .cells
        .iter()
        .map(|cell| {
            let width = xs[cell.columns.end] - xs[cell.columns.start] - 2.0 * style.padding;
            style.pen.wrapped(&cell.text, width - cell.indent * style.size, style.size)
        })
        .collect();
    let heights = heights(sheet, &lines, style, choices);
    let mut laid = Laid { sheet, style, xs, heights, lines, left_blank: Vec::new() };
    let mut row_pages = vec![0; sheet.row_count];
    let mut next = sheet.header_rows;
    while next < sheet.row_count {
        let is_first = next == sheet.header_rows;
        let mut page = style.blank();
        let mut y = style.margin.1;
        if is_first || style.repeats_title {
            y = caption::draw(sheet, style, !is_first, (laid.xs[0], laid.xs[widths.len()]), y, &mut page);
        }
        let header = match is_first {
            true => 0..sheet.header_rows,
            false if style.repeats_header && next >= sheet.repeated.end => sheet.repeated.clone(),
            false => 0..0,
        };
        let has_header = !header.is_empty();
        let header_height: f32 = laid.heights[header.clone()].iter().sum();
        let mut room = style.page.1 - BOTTOM - y - header_height;
        let mut end = next;
        while end < sheet.row_count && end - next < style.rows_per_page && (end == next || laid.heights[end] <= room) {
            room -= laid.heights[end];
            end += 1;
        }
        let number = pages.drawn.len() as u32 + 1;
        let mut rulings = Rulings::new(laid.xs[0], laid.xs[widths.len()]);
        if has_header {
            y = laid.rows(header, y, &mut page, &mut rulings);
        }
        y = laid.rows(next..end, y, &mut page, &mut rulings);
        style.pen.rulings(rulings, &mut page, choices);
        row_pages[next..end].fill(number);
        let has_text = |column: usize| {
            let on_page = |cell: &Cell| has_header || (next..end).contains(&cell.rows.start);
            sheet.cells.iter().any(|cell| cell.columns.contains(&column) && !cell.text.is_empty() && on_page(cell))
        };
        pages.has_blank_side |= !(has_text(0) && has_text(widths.len() - 1));
        let on_page = next..end;
        pages.has_lone_level |= std::mem::take(&mut laid.left_blank).iter().any(|index| {
            let column = sheet.cells[*index].columns.clone();
            let is_merged = |(other, cell): (usize, &Cell)| {
                let is_here = cell.rows.start < on_page.end && cell.rows.end > on_page.start;
                // The levels of a form are so few that nothing else need be merged where one is cut.
                let is_of_grid = sheet.header_rows > 0;
                is_of_grid && other != *index && cell.columns == column && cell.rows.len() > 1 && is_here
            };
            sheet.levels.contains(&column.start) && !sheet.cells.iter().enumerate().any(is_merged)
        });
        next = end;
        if let (true, Some(note)) = (next == sheet.row_count, sheet.note) {
            style.pen.text(&mut page, note, (laid.xs[0], y + 1.2 * style.size), style.size, false);
        }
        pages.drawn.push(page);
        // Each page may be shifted a little.
        let shift = choices.between(-3.0, 3.0);
        laid.xs.iter_mut().for_each(|x| *x += shift);
    }
    pages.row_pages.push(row_pages);
}

/// The least heights that hold the texts, and a little more.
fn heights(sheet: &Sheet, lines: &[Vec<String>], style: &Style, choices: &mut Choices) -> Vec<f32> {
    let needed = |count: usize| count as f32 * style.leading * style.size + 2.0 * style.padding;
    let mut heights: Vec<f32> = (0..sheet.row_count).map(|_| needed(1) + choices.between(0.0, style.extra)).collect();
    for (cell, lines) in sheet.cells.iter().zip(lines) {
        // What no page break may cut has room in every row that it covers.
        if !cell.flows {
            let is_header = cell.rows.start < sheet.header_rows;
            let rows = if is_header { cell.rows.start..cell.rows.start + 1 } else { cell.rows.clone() };
            rows.for_each(|row| heights[row] = heights[row].max(needed(lines.len())));
        }
    }
    for (cell, lines) in sheet.cells.iter().zip(lines).filter(|(cell, _)| cell.flows) {
        let missing = needed(lines.len() + 5) - heights[cell.rows.clone()].iter().sum::<f32>();
        let share = missing.max(0.0) / cell.rows.len() as f32;
        heights[cell.rows.clone()].iter_mut().for_each(|height| *height += share);
    }
    heights
}

impl Laid<'_> {
    /// Draws some rows from a height on; returns where they end.
    fn rows(&mut self, rows: Range<usize>, top: f32, page: &mut DrawnPage, rulings: &mut Rulings) -> f32 {
        let mut ys = vec![top];
        rows.clone().for_each(|row| ys.push(ys[ys.len() - 1] + self.heights[row]));
        for index in 0..self.sheet.cells.len() {
            let cell = &self.sheet.cells[index];
            let piece = cell.rows.start.max(rows.start)..cell.rows.end.min(rows.end);
            if piece.is_empty() {
                continue;
            }
            let (x0, x1) = (self.xs[cell.columns.start], self.xs[cell.columns.end]);
            let (y0, y1) = (ys[piece.start - rows.start], ys[piece.end - rows.start]);
            rulings.frame(x0, y0, x1, y1);
            let opens_page = piece.start == rows.start;
            self.cell_text(index, piece, opens_page, (x0, y0, x1, y1), page);
        }
        ys[ys.len() - 1]
    }

    fn cell_text(
        &mut self,
        index: usize,
        piece: Range<usize>,
        opens_page: bool,
        (x0, y0, x1, y1): (f32, f32, f32, f32),
        page: &mut DrawnPage,
    ) {
        let (cell, style) = (&self.sheet.cells[index], self.style);
        let is_header = cell.rows.end <= self.sheet.header_rows || self.sheet.repeated.contains(&cell.rows.start);
        let step = style.leading * style.size;
        let all = self.lines[index].clone();
        let mut lines = all.as_slice();
        let height: f32 = self.heights[piece.clone()].iter().sum();
        let capacity = ((height - 2.0 * style.padding + 0.1) / step) as usize;
        if piece != cell.rows && !is_header {
            if cell.flows && lines.len() > capacity {
                lines = &lines[..capacity];
            } else if !cell.flows && style.cut_text == CutText::Middle && !self.is_at_home(cell, &piece, opens_page) {
                self.left_blank.push(index);
                return;
            }
            self.lines[index].drain(..lines.len());
        }
        let (y0, y1) = (y0 + style.padding, y1 - style.padding);
        let block = lines.len() as f32 * step;
        let top = match if is_header { Vertical::Middle } else { style.vertical } {
            Vertical::Top => y0,
            Vertical::Middle => (y0 + y1 - block) / 2.0,
            Vertical::Bottom => y1 - block,
        };
        let is_amount = cell.align == Align::Right;
        let align = if is_amount && style.centres_amounts { Align::Centre } else { cell.align };
        for (line, y) in lines.iter().zip((0..).map(|line| top + (line as f32 + 0.5) * step)) {
            let width = style.pen.width(line, style.size);
            let x = match align {
                Align::Left => x0 + style.padding + cell.indent * style.size,
                Align::Centre => (x0 + x1 - width) / 2.0,
                Align::Right => x1 - style.padding - width,
            };
            style.pen.text(page, line, (x, y), style.size, cell.bold);
        }
    }

    /// Whether a piece of a cut cell has its text. It is the piece with the middle of the whole cell; but a cell that
    /// begins at the top of a page has its text there, for nobody could tell it from one that goes on. The first
    /// cells of a table can be told, but see [`Oddity::NameAfterBreak`].
    fn is_at_home(&self, cell: &Cell, piece: &Range<usize>, opens_page: bool) -> bool {
        let is_first = cell.rows.start == self.sheet.header_rows;
        let keeps = if is_first { self.style.keeps_first_project } else { opens_page };
        if keeps && piece.start == cell.rows.start {
            return true;
        }
        let height = |rows: Range<usize>| self.heights[rows].iter().sum::<f32>();
        let middle = height(cell.rows.clone()) / 2.0;
        height(cell.rows.start..piece.start) <= middle && middle < height(cell.rows.start..piece.end)
    }
}
