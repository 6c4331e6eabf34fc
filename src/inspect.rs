//! A page with one stage of the pipeline drawn over it, as SVG: the tool to see why a cell is as it is.

use std::fmt::Write as _;

use crate::conversion::Conversion;
use crate::conversion::Options;
use crate::document::PageNumber;
use crate::document::Table;
use crate::document::geometry::Rect;
use crate::document::{Error, ErrorKind};
use crate::grid;
use crate::limits;
use crate::model::{Account, Axis, Block, Page, PageLayout, ParsedTable, PlacedText};
use crate::text::reflow;

/// What to draw over the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DrawnStage {
    /// Boxes and baselines of the characters, and the characters that no reader sees.
    Glyphs,
    /// Rulings as read, and the edges made of them.
    Rulings,
    /// Cells with their text lines.
    Cells,
    /// Tables with what they were taken for.
    Tables,
    /// What became of each character: read, furniture, or unread.
    Coverage,
}

/// Draws one page of a PDF or text dump with a stage over it.
///
/// # Errors
/// Those of [`convert`](crate::convert), and [`ErrorKind::Io`] for a page that the file does not have.
pub fn inspect(bytes: &[u8], page: PageNumber, stage: DrawnStage, options: &Options) -> Result<String, Error> {
    limits::apart(|| {
        let mut conversion = Conversion::new(bytes.to_vec(), options)?.keeping_layouts();
        conversion.read()?;
        if !matches!(stage, DrawnStage::Glyphs | DrawnStage::Rulings) {
            conversion.lay_out()?;
        }
        if matches!(stage, DrawnStage::Tables | DrawnStage::Coverage) {
            conversion.segment()?;
            conversion.parse()?;
            conversion.account();
        }
        draw(&conversion, page, stage)
    })
}

/// Draws what a conversion has made of a page so far.
fn draw(conversion: &Conversion<'_>, number: PageNumber, stage: DrawnStage) -> Result<String, Error> {
    let page = conversion.pages().iter().find(|page| page.number == number);
    let layout = conversion.layouts().iter().find(|layout| layout.number == number);
    let mut svg = match (page, layout) {
        (Some(page), _) => {
            let mut svg = Svg::new(page.width, page.height);
            svg.page(page);
            svg
        }
        (None, Some(layout)) => {
            let boxes = layout.blocks.iter().map(Block::bbox);
            let mut svg = Svg::new(Rect::around(boxes).map_or(0.0, |all| all.x1), layout.height);
            svg.text_of(layout);
            svg
        }
        (None, None) => {
            let message = format!("there is no page {}: the file has {}", number.0, conversion.page_count());
            return Err(Error::new(ErrorKind::Io, message));
        }
    };
    match (stage, page, layout) {
        (DrawnStage::Glyphs, Some(page), _) => svg.glyphs(page),
        (DrawnStage::Rulings, Some(page), _) => svg.rulings(page),
        (DrawnStage::Cells, _, Some(layout)) => svg.cells(layout),
        (DrawnStage::Tables, _, Some(layout)) => svg.tables(layout, &conversion.parsed().tables),
        (DrawnStage::Coverage, _, Some(layout)) => svg.coverage(layout, conversion.accounted()),
        // A text dump has neither glyphs nor rulings.
        _ => {}
    }
    Ok(svg.finish())
}

/// An SVG document being written. Colours: grey what the page shows, red and blue what the stage made of it.
struct Svg {
    text: String,
}

impl Svg {
    fn new(width: f32, height: f32) -> Self {
        let text = format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}pt\" height=\"{height}pt\" \
             viewBox=\"0 0 {width} {height}\">\n<rect width=\"100%\" height=\"100%\" fill=\"white\"/>\n"
        );
        Self { text }
    }

    fn finish(mut self) -> String {
        self.text.push_str("</svg>\n");
        self.text
    }

    fn rect(&mut self, rect: Rect, style: &str, title: &str) {
        let Rect { x0, y0, .. } = rect;
        let (width, height) = (rect.width(), rect.height());
        // Writing to a string cannot fail.
        let _ = writeln!(
            self.text,
            "<rect x=\"{x0:.2}\" y=\"{y0:.2}\" width=\"{width:.2}\" height=\"{height:.2}\" {style}><title>{}</title></rect>",
            escaped(title)
        );
    }

    fn line(&mut self, axis: Axis, position: f32, start: f32, end: f32, style: &str) {
        let (x1, y1, x2, y2) = match axis {
            Axis::Horizontal => (start, position, end, position),
            Axis::Vertical => (position, start, position, end),
        };
        let _ = writeln!(self.text, "<line x1=\"{x1:.2}\" y1=\"{y1:.2}\" x2=\"{x2:.2}\" y2=\"{y2:.2}\" {style}/>");
    }

    fn label(&mut self, x: f32, y: f32, size: f32, colour: &str, text: &str) {
        let _ = writeln!(
            self.text,
            "<text x=\"{x:.2}\" y=\"{y:.2}\" font-size=\"{size:.2}\" fill=\"{colour}\" \
             font-family=\"sans-serif\">{}</text>",
            escaped(text)
        );
    }

    /// The page itself, in grey.
    fn page(&mut self, page: &Page) {
        for ruling in &page.rulings {
            let style = format!("stroke=\"#bbb\" stroke-width=\"{:.2}\"", ruling.thickness.max(0.25));
            self.line(ruling.axis, ruling.position, ruling.start, ruling.end, &style);
        }
        for glyph in &page.glyphs {
            let baseline = glyph.bbox.y1 - 0.12 * glyph.size;
            self.label(glyph.bbox.x0, baseline, glyph.size, "#555", &glyph.character.to_string());
        }
    }

    /// The text of a page that has no glyphs of its own, in grey.
    fn text_of(&mut self, layout: &PageLayout) {
        let lines = layout.blocks.iter().flat_map(Block::lines);
        for glyph in lines.flat_map(|line| &line.glyphs) {
            let baseline = glyph.bbox.y1 - 0.12 * glyph.size;
            self.label(glyph.bbox.x0, baseline, glyph.size, "#555", &glyph.character.to_string());
        }
    }

    fn glyphs(&mut self, page: &Page) {
        for glyph in &page.glyphs {
            let title = format!("{} U+{:04X} {:.1}pt", glyph.character, glyph.character as u32, glyph.size);
            self.rect(glyph.bbox, "fill=\"none\" stroke=\"#06c\" stroke-width=\"0.2\"", &title);
        }
        for hidden in &page.hidden {
            let title = format!("{} hidden: {:?}", hidden.character, hidden.reason);
            self.rect(hidden.bbox, "fill=\"#c00\" fill-opacity=\"0.2\" stroke=\"#c00\" stroke-width=\"0.3\"", &title);
        }
    }

    fn rulings(&mut self, page: &Page) {
        let edges = grid::edges(&page.rulings, &grid::Tolerances::default());
        for edge in edges.horizontal.iter().chain(&edges.vertical) {
            self.line(edge.axis, edge.position, edge.start, edge.end, "stroke=\"#c00\" stroke-width=\"0.6\"");
        }
    }

    fn cells(&mut self, layout: &PageLayout) {
        for block in &layout.blocks {
            match block {
                Block::Line(line) => {
                    let title = reflow::line_text(line);
                    self.rect(line.bbox, "fill=\"none\" stroke=\"#06c\" stroke-width=\"0.4\"", &title);
                }
                Block::Grid(grid) => {
                    for cell in &grid.cells {
                        let title = format!(
                            "rows {}..{} columns {}..{}: {}",
                            cell.rows.start,
                            cell.rows.end,
                            cell.columns.start,
                            cell.columns.end,
                            reflow::text(&cell.lines)
                        );
                        let style = "fill=\"#fc0\" fill-opacity=\"0.12\" stroke=\"#c00\" stroke-width=\"0.6\"";
                        self.rect(cell.bbox, style, &title);
                        for line in &cell.lines {
                            let text = reflow::line_text(line);
                            self.rect(line.bbox, "fill=\"none\" stroke=\"#06c\" stroke-width=\"0.3\"", &text);
                        }
                    }
                }
            }
        }
    }

    /// Characters by what became of them: green read, grey furniture, red unread.
    fn coverage(&mut self, layout: &PageLayout, account: &Account) {
        let has = |texts: &[PlacedText], bbox: Rect| {
            texts.iter().any(|text| text.page == layout.number && text.bbox.contains(bbox.center()))
        };
        let lines = layout.blocks.iter().flat_map(Block::lines).chain(&layout.furniture);
        for glyph in lines.flat_map(|line| &line.glyphs) {
            let (colour, fate) = match (has(&account.unread, glyph.bbox), has(&account.furniture, glyph.bbox)) {
                (true, _) => ("#c00", "unread"),
                (false, true) => ("#888", "furniture"),
                (false, false) => ("#0a0", "read"),
            };
            self.rect(glyph.bbox, &format!("fill=\"{colour}\" fill-opacity=\"0.25\""), fate);
        }
    }

    fn tables(&mut self, layout: &PageLayout, tables: &[ParsedTable]) {
        let tables = tables.iter().map(|parsed| &parsed.table);
        let here: Vec<&Table> = tables.filter(|table| table.pages.contains(&layout.number)).collect();
        let grids = layout.blocks.iter().filter_map(|block| match block {
            Block::Grid(grid) => Some(grid),
            Block::Line(_) => None,
        });
        for (index, grid) in grids.enumerate() {
            // One table a grid, in order; the performance grid has no table of its own.
            let label = here.get(index).map_or_else(
                || "performance targets, or not in the output".to_owned(),
                |table| format!("{:?}: {}", table.kind, table.title.as_deref().unwrap_or("(no title)")),
            );
            let style = "fill=\"#0a0\" fill-opacity=\"0.08\" stroke=\"#0a0\" stroke-width=\"1\"";
            self.rect(grid.bbox, style, &label);
            self.label(grid.bbox.x0, grid.bbox.y0 - 2.0, 8.0, "#080", &label);
        }
    }
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
