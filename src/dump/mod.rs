//! Text dumps of PDFs → pages with lines and tables: what reading and laying out are for a PDF.
//!
//! 1. Bytes become text ([`decode`]), text becomes lines on pages ([`pages`]).
//! 2. Tables are found by their captions and headers ([`regions`]); the rest stays text.
//! 3. A table's words become rows of codes, names and figures ([`table`]).
//! 4. Its figures get their columns: by order, by what adds up, by the columns of spaces ([`placement`]). Where several
//!    are possible, the cell says so.
//! 5. All of it is drawn as blocks of pages ([`drawing`]), which the later stages read as they read a PDF's.

mod decode;
mod doubt;
mod drawing;
mod header;
mod header_columns;
mod pages;
mod performance;
mod placement;
mod prose;
mod regions;
mod table;
mod tabulate;
mod text;
mod twin_lists;
mod unit_list;

use std::collections::HashSet;

use rust_decimal::Decimal;

use crate::document::{Diagnostic, Severity};
use crate::model::{Block, PageLayout, PageNumber};
use crate::vocabulary::Vocabulary;

use doubt::Judged;
use placement::Stated;
use regions::Region;
use table::{TextTable, halves, items, lines, sides, tokens, twins};
use text::TextLine;

/// Where the first line of a page stands, in points.
const TOP: f32 = 80.0;

/// What stands between two statements of a caption: a gap that no text has.
const CAPTION_GAP: &str = "          ";

/// Whether bytes can be a text dump: they are no PDF, and they are Chinese text.
pub(crate) fn is_dump(bytes: &[u8]) -> bool {
    /// A PDF's header stands within so many bytes of its beginning.
    const HEADER: usize = 1024;
    let head = &bytes[..bytes.len().min(HEADER)];
    !head.windows(5).any(|window| window == b"%PDF-") && decode::text(bytes).is_some()
}

/// Reads a text dump as pages. Of bytes that are no text there are none.
pub(crate) fn read(bytes: &[u8], vocabulary: &Vocabulary, diagnostics: &mut Vec<Diagnostic>) -> Vec<PageLayout> {
    let Some(text) = decode::text(bytes) else { return Vec::new() };
    let lines = pages::lines(&text, vocabulary);
    let regions = regions::find(&lines, vocabulary);
    let tables: Vec<Option<TextTable>> = regions.iter().map(|region| read_table(region, &lines, vocabulary)).collect();
    let mut stated = stated(&regions, &tables, vocabulary);
    stated.add_prose(&prose(&lines, &regions), vocabulary);
    let outside: Vec<&TextLine> = lines.iter().filter(|line| is_outside(line, &regions)).collect();
    doubt::outside::report(&outside, vocabulary, diagnostics);
    let mut drawer = Drawer { pages: Vec::new(), beginnings: HashSet::new(), keeps_indents: true };
    if let Some(beginnings) = prose::beginnings(&outside, vocabulary) {
        let numbers = outside.iter().zip(beginnings).filter(|(_, begins)| *begins).map(|(line, _)| line.number);
        drawer = Drawer { beginnings: numbers.collect(), keeps_indents: false, ..drawer };
    }
    let mut at = 0;
    for (region, table) in regions.iter().zip(&tables) {
        drawer.text(&lines[at..region.first], vocabulary);
        for line in &region.caption {
            drawer.lines(&lines[*line..=*line], |line| regions::caption_texts(line, vocabulary).join(CAPTION_GAP));
        }
        match table {
            Some(table) => {
                let mut figures = placement::place(table, yuan(region), region.keeps_columns, &stated, vocabulary);
                report(table, diagnostics);
                say_doubts(
                    region,
                    &lines,
                    &doubt::judge(table, &mut figures, printed(region, &lines), vocabulary),
                    diagnostics,
                );
                for grid in tabulate::grids(table, &figures, lines[region.header.start].page) {
                    drawer.grid(grid, region.header.start);
                }
            }
            None => {
                let body: Vec<TextLine> = region.body.iter().map(|line| lines[*line].clone()).collect();
                match performance::grids(&body, vocabulary, diagnostics) {
                    Some(grids) => grids.into_iter().for_each(|grid| drawer.grid(grid, region.header.start)),
                    None => drawer.lines(&lines[region.header.start..region.end], |line| line.text()),
                }
            }
        }
        at = region.end;
    }
    drawer.text(&lines[at..], vocabulary);
    drawer.pages
}

fn yuan(region: &Region) -> Decimal {
    Decimal::from(region.yuan.unwrap_or(1))
}

fn read_table(region: &Region, lines: &[TextLine], vocabulary: &Vocabulary) -> Option<TextTable> {
    let columns = region.columns.clone()?;
    let body: Vec<TextLine> = region.body.iter().map(|line| lines[*line].clone()).collect();
    let is_label_of_level = |line: &TextLine| {
        line.words.len() > 1 && line.words.iter().all(|word| vocabulary.headers.code_levels.contain(&word.text))
    };
    let body: Vec<TextLine> = body.into_iter().filter(|line| !is_label_of_level(line)).collect();
    if region.keeps_columns
        && let [left, right] = columns.sides.as_slice()
        && !left.codes.is_empty()
        && !right.codes.is_empty()
    {
        let rows = twins::rows(&body, &columns, vocabulary);
        return Some(TextTable { columns, rows });
    }
    let mut tokens = tokens::tokens(&body, columns.have_codes(), columns.have_names());
    if region.keeps_columns && columns.sides.len() == 1 {
        tokens = halves::unite(tokens, tokens::usual_decimals(&body), &columns.sides[0]);
    } else if region.keeps_columns {
        tokens = halves::unite_lists(tokens);
    }
    if region.keeps_columns
        && columns.sides.len() == 1
        && !columns.sides[0].names.is_empty()
        && columns.sides[0].remarks.is_empty()
    {
        tokens = lines::straighten(tokens, vocabulary);
    }
    let items = items::items(&tokens, &columns, vocabulary);
    let rows = sides::rows(items, &columns, vocabulary);
    Some(TextTable { columns, rows })
}

/// What the tables of the document state of the items that other tables have as columns.
fn stated(regions: &[Region], tables: &[Option<TextTable>], vocabulary: &Vocabulary) -> Stated {
    let mut stated = Stated::default();
    for (region, table) in regions.iter().zip(tables) {
        let Some(table) = table else { continue };
        stated.add(table, yuan(region), vocabulary);
        stated.add_empty(region.kind, table);
    }
    stated
}

/// Whether a line is in no table.
fn is_outside(line: &TextLine, regions: &[Region]) -> bool {
    // Regions are in the order of their lines.
    let after = regions.partition_point(|region| region.end <= line.number);
    regions.get(after).is_none_or(|region| line.number < region.first)
}

/// The text outside tables, in one piece: amounts are broken over its lines.
fn prose(lines: &[TextLine], regions: &[Region]) -> String {
    lines.iter().filter(|line| is_outside(line, regions)).map(TextLine::text).collect()
}

/// How many figures the lines of a table have.
fn printed(region: &Region, lines: &[TextLine]) -> usize {
    let numbers = region.body.iter().copied().chain(region.header.clone());
    let words = numbers.flat_map(|line| &lines[line].words);
    words.filter(|word| doubt::is_countable(&word.text)).count()
}

/// Whether the names of a table are broken over lines above and below their figures, with no code to tell them apart.
fn names_are_broken(region: &Region, lines: &[TextLine]) -> bool {
    /// A share of lines without figures beside those with them.
    const BROKEN_SHARE: f64 = 0.5;
    let is_coded = region.columns.as_ref().is_none_or(|columns| columns.have_codes() || columns.sides.len() > 1);
    let has_figures = |line: &&usize| lines[**line].words.iter().any(|word| doubt::is_countable(&word.text));
    let with_figures = region.body.iter().filter(has_figures).count();
    let without = region.body.len() - with_figures;
    !is_coded && region.keeps_columns && with_figures > 1 && without as f64 > BROKEN_SHARE * with_figures as f64
}

/// Names a table that is doubtful, and figures of it that have no cell or no name.
fn say_doubts(region: &Region, lines: &[TextLine], judged: &Judged, diagnostics: &mut Vec<Diagnostic>) {
    let title: Vec<String> = region.caption.iter().map(|line| lines[*line].text()).collect();
    let title = title.join(" ");
    let page = lines.get(region.first).map_or(PageNumber(1), |line| line.page);
    if !judged.reasons.is_empty() {
        let message = format!("nothing confirms the figures of a table: {}: {title}", judged.reasons.join("; "));
        diagnostics.push(Diagnostic::new(Severity::Warning, "doubtful-table", message).on(page));
    }
    if judged.reasons.is_empty() && names_are_broken(region, lines) {
        let message = format!(
            "names without codes are broken over lines, and only their places tell whose the pieces are: {title}"
        );
        diagnostics.push(Diagnostic::new(Severity::Warning, "doubtful-names", message).on(page));
    }
    if judged.lost + judged.nameless > 0 {
        let (lost, nameless) = (judged.lost, judged.nameless);
        let message = format!("{lost} figures of a table's lines have no cell, {nameless} no name: {title}");
        diagnostics.push(Diagnostic::new(Severity::Warning, "unplaced-figures", message).on(page));
    }
}

/// Names what was put together again.
fn report(table: &TextTable, diagnostics: &mut Vec<Diagnostic>) {
    for item in table.rows.iter().flat_map(|row| row.items.iter().flatten()) {
        for figure in item.figures.iter().filter(|figure| figure.rejoined) {
            let message = format!("a figure broken over two lines was rejoined: {}", figure.text);
            diagnostics.push(Diagnostic::new(Severity::Note, "figure-rejoined", message).on(figure.page));
        }
    }
}

/// Draws lines and tables onto pages, from the top down.
struct Drawer {
    pages: Vec<PageLayout>,
    /// Numbers of the lines that begin a paragraph, for dumps that keep no indents.
    beginnings: HashSet<usize>,
    keeps_indents: bool,
}

impl Drawer {
    /// The page and the y of the line that stands at `number` in the dump.
    fn place(&mut self, page: PageNumber, number: usize) -> (&mut PageLayout, f32) {
        let wanted = page.0.max(1) as usize;
        while self.pages.len() < wanted {
            let number = PageNumber(u32::try_from(self.pages.len() + 1).unwrap_or(u32::MAX));
            self.pages.push(PageLayout { number, height: 0.0, blocks: Vec::new() });
        }
        let y = TOP + drawing::LEADING * number as f32;
        let last = self.pages.len() - 1;
        let page = &mut self.pages[(wanted - 1).min(last)];
        page.height = page.height.max(y + TOP);
        (page, y)
    }

    /// Text outside tables, with the lists of budget units in it.
    fn text(&mut self, lines: &[TextLine], vocabulary: &Vocabulary) {
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

    fn lines(&mut self, lines: &[TextLine], text: impl Fn(&TextLine) -> String) {
        for line in lines {
            let printed = line.words.first().map_or(0, |word| word.column) as f32 * drawing::EM;
            let inferred = prose::indent(self.beginnings.contains(&line.number));
            let indent = if self.keeps_indents { printed } else { inferred };
            let (page, y) = self.place(line.page, line.number);
            page.blocks.push(Block::Line(drawing::line(&text(line), indent, y)));
        }
    }

    fn grid(&mut self, mut grid: crate::model::Grid, number: usize) {
        let (page, y) = self.place(grid.page, number);
        drawing::move_down(&mut grid, y);
        page.blocks.push(Block::Grid(grid));
    }
}
