//! Known traps of PDF text and table lines, each as a small PDF.

mod damage;
mod fonts;
mod marks;
mod pages;
mod rulings;
mod visibility;

use super::damage::Damage;
use crate::document::Error;
use crate::document::HiddenReason;
use crate::limits::{Clock, Limits};
use crate::model::Page;
use crate::testing::pdf::spelled::TestPdf;
use crate::text::lines::lines;
use crate::text::reflow::line_text;

/// Every page, within the limits that hold where nobody sets others.
fn read_pages(file: &[u8]) -> Result<Vec<Page>, Error> {
    read_with_damage(file).map(|(pages, _)| pages)
}

/// Every page, and what is missing from the file.
fn read_with_damage(file: &[u8]) -> Result<(Vec<Page>, Damage), Error> {
    let limits = Limits::default();
    super::pdf::read_pages(&std::sync::Arc::new(file.to_vec()), &limits, &Clock::start(&limits))
}

/// The first page.
fn read(pdf: &TestPdf) -> Page {
    read_pages(&pdf.build()).expect("a PDF").swap_remove(0)
}

/// A page with this content and nothing special.
fn page_of(content: &str) -> Page {
    read(&TestPdf::new(content))
}

/// The lines of text.
fn texts(page: &Page) -> Vec<String> {
    lines(&mut page.glyphs.clone()).iter().map(line_text).collect()
}

/// The characters in drawing order.
fn characters(page: &Page) -> String {
    page.glyphs.iter().map(|glyph| glyph.character).collect()
}

/// What is drawn and not seen, and why.
fn hidden(page: &Page) -> Vec<(char, HiddenReason)> {
    page.hidden.iter().map(|glyph| (glyph.character, glyph.reason)).collect()
}

/// Whether two lengths in points are the same but for rounding.
fn is_near(a: f32, b: f32) -> bool {
    (a - b).abs() < 0.05
}
