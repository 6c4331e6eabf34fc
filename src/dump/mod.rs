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
mod drawer;
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
mod titles;
mod twin_lists;
mod unit_list;

use std::sync::Arc;

use rust_decimal::Decimal;

use crate::document::{self, Diagnostic, Error, ErrorKind, Observation};
use crate::input::{Input, Pages, Reading};
use crate::language::vocabulary::Vocabulary;
use crate::limits::{Clock, Limits, MAX_MARKS};
use crate::model::{Grid, PageLayout};

use drawer::Drawer;
use placement::Stated;
use regions::Region;
use table::TextTable;
use text::TextLine;

/// A table with more lines than this is none that anybody reads; it stays text.
const MAX_BODY: usize = 4000;

/// What stands between two statements of a caption: a gap that no text has.
const CAPTION_GAP: &str = "          ";

/// Whether bytes can be a text dump: they are no PDF, and they are Chinese text.
pub(crate) fn is_dump(bytes: &[u8]) -> bool {
    !has_pdf_header(bytes) && decode::text(bytes).is_some()
}

/// Whether bytes begin as a PDF does.
pub(crate) fn has_pdf_header(bytes: &[u8]) -> bool {
    /// A PDF's header stands within so many bytes of its beginning.
    const HEADER: usize = 1024;
    let head = &bytes[..bytes.len().min(HEADER)];
    head.windows(5).any(|window| window == b"%PDF-")
}

/// A text dump of a PDF.
pub(crate) struct TextDump;

impl Input for TextDump {
    const KIND: document::Input = document::Input::Text;

    fn pages(bytes: &Arc<Vec<u8>>, reading: &mut Reading<'_>) -> Result<(Pages, Option<String>), Error> {
        let Reading { vocabulary, limits, clock, diagnostics } = reading;
        Ok((Pages::LaidOut(read(bytes, vocabulary, limits, clock, diagnostics)?), None))
    }
}

/// Reads a text dump as pages. Of bytes that are no text there are none.
///
/// # Errors
/// [`ErrorKind::TooLarge`] and [`ErrorKind::Timeout`] where the text needs more than the limits allow.
fn read(
    bytes: &[u8],
    vocabulary: &Vocabulary,
    limits: &Limits,
    clock: &Clock,
    diagnostics: &mut Vec<Diagnostic>,
) -> Result<Vec<PageLayout>, Error> {
    let too_large = |what: String| Err(Error::new(ErrorKind::TooLarge, what));
    let Some(text) = decode::text(bytes) else { return Ok(Vec::new()) };
    let characters = text.chars().count();
    if bytes.len() as u64 > limits.decompressed || characters > MAX_MARKS {
        return too_large(format!("a text of {characters} characters"));
    }
    let lines = titles::rejoin(pages::lines(&text, vocabulary), vocabulary);
    let page_count = lines.last().map_or(0, |line| line.page.0 as usize);
    if page_count > limits.pages {
        return too_large(format!("{page_count} pages"));
    }
    clock.check("finding the tables of a text")?;
    let regions = regions::find(&lines, vocabulary);
    let tables: Vec<Option<TextTable>> = regions.iter().map(|region| read_table(region, &lines, vocabulary)).collect();
    let outside: Vec<&TextLine> = lines.iter().filter(|line| is_outside(line, &regions)).collect();
    doubt::outside::report(&outside, vocabulary, diagnostics);
    let dump = Dump { lines: &lines, stated: stated(&regions, &tables, &outside, vocabulary), vocabulary };
    let mut drawer = Drawer::new(&outside, vocabulary);
    let mut at = 0;
    for (region, table) in regions.iter().zip(&tables) {
        clock.check("placing the figures of a text")?;
        drawer.text(&lines[at..region.first], vocabulary);
        dump.draw(region, table.as_ref(), &mut drawer, diagnostics);
        at = region.end;
    }
    drawer.text(&lines[at..], vocabulary);
    Ok(drawer.pages)
}

/// What the tables of a dump need of the rest of it.
struct Dump<'d> {
    lines: &'d [TextLine],
    stated: Stated,
    vocabulary: &'d Vocabulary,
}

impl Dump<'_> {
    /// Draws a table with its caption; what cannot be read as one stays text.
    fn draw(&self, region: &Region, table: Option<&TextTable>, drawer: &mut Drawer, diagnostics: &mut Vec<Diagnostic>) {
        for line in &region.caption {
            let caption = |line: &TextLine| regions::caption_texts(line, self.vocabulary).join(CAPTION_GAP);
            drawer.lines(&self.lines[*line..=*line], caption);
        }
        let grids = match table {
            Some(table) => Some(self.place(region, table, diagnostics)),
            None => self.targets(region, diagnostics),
        };
        match grids {
            Some(grids) => grids.into_iter().for_each(|grid| drawer.grid(grid, region.header.start)),
            None => drawer.lines(&self.lines[region.header.start..region.end], TextLine::text),
        }
    }

    /// Gives the figures of a table their columns.
    fn place(&self, region: &Region, table: &TextTable, diagnostics: &mut Vec<Diagnostic>) -> Vec<Grid> {
        let mut figures = placement::place(table, yuan(region), region.keeps_columns, &self.stated, self.vocabulary);
        report(table, diagnostics);
        let judged = doubt::judge(table, &mut figures, &doubt::Printed::of(region, self.lines), self.vocabulary);
        doubt::report(region, self.lines, &judged, diagnostics);
        tabulate::grids(table, &figures, self.lines[region.header.start].page)
    }

    /// Reads performance targets; `None` where they are none that can be read.
    fn targets(&self, region: &Region, diagnostics: &mut Vec<Diagnostic>) -> Option<Vec<Grid>> {
        if region.columns.is_some() {
            let page = self.lines[region.first].page;
            diagnostics.push(Observation::TableTooLong { lines: region.body.len() }.on(page));
            return None;
        }
        performance::grids(&region.body_lines(self.lines), self.vocabulary, diagnostics)
    }
}

/// Reads the rows of a table; `None` for performance targets, and for tables that are too long.
fn read_table(region: &Region, lines: &[TextLine], vocabulary: &Vocabulary) -> Option<TextTable> {
    let columns = region.columns.clone().filter(|_| region.body.len() <= MAX_BODY)?;
    Some(table::read(columns, region.body_lines(lines), region.keeps_columns, vocabulary))
}

fn yuan(region: &Region) -> Decimal {
    Decimal::from(region.yuan.unwrap_or(1))
}

/// What the document states, in tables and prose, of the items that other tables have as columns.
fn stated(regions: &[Region], tables: &[Option<TextTable>], outside: &[&TextLine], vocabulary: &Vocabulary) -> Stated {
    let mut stated = Stated::default();
    for (region, table) in regions.iter().zip(tables) {
        let Some(table) = table else { continue };
        stated.add(table, yuan(region), vocabulary);
        stated.add_empty(region.kind, table);
    }
    // In one piece: amounts are broken over lines.
    let prose: String = outside.iter().map(|line| line.text()).collect();
    stated.add_prose(&prose, vocabulary);
    stated
}

/// Whether a line is in no table.
fn is_outside(line: &TextLine, regions: &[Region]) -> bool {
    // Regions are in the order of their lines.
    let after = regions.partition_point(|region| region.end <= line.number);
    regions.get(after).is_none_or(|region| line.number < region.first)
}

/// Names what was put together again.
fn report(table: &TextTable, diagnostics: &mut Vec<Diagnostic>) {
    for item in table.rows.iter().flat_map(|row| row.items.iter().flatten()) {
        for figure in item.figures.iter().filter(|figure| figure.rejoined) {
            diagnostics.push(Observation::FigureRejoined { text: figure.text.clone() }.on(figure.page));
        }
    }
}
