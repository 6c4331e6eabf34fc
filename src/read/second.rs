//! A second, independent reading of the text by pdf-extract, used only to compare the figures of each page.
//!
//! pdf-extract panics on predefined CMaps and misreads some widths; it is run only on request, and a panic means no
//! more than that there is no second reading.

use std::collections::BTreeMap;

use crate::document::{Diagnostic, Observation};
use crate::model::{Block, PageLayout};
use crate::text::reflow;

/// Digits after the point by which figures that the second reader ran together are taken apart.
const DECIMALS: usize = 2;

/// Reads the file a second time and names the pages on which the figures differ.
pub(crate) fn compare_figures(file: &[u8], layouts: &[PageLayout], diagnostics: &mut Vec<Diagnostic>) {
    let pages = match texts(file) {
        Ok(pages) => pages,
        Err(why) => return diagnostics.push(unavailable(why)),
    };
    for (layout, text) in layouts.iter().zip(&pages) {
        let mut balance: BTreeMap<String, i32> = BTreeMap::new();
        for line in layout.blocks.iter().flat_map(Block::lines) {
            figures(&reflow::line_text(line)).for_each(|figure| *balance.entry(figure).or_default() += 1);
        }
        figures(text).for_each(|figure| *balance.entry(figure).or_default() -= 1);
        let figures: Vec<String> =
            balance.into_iter().filter(|(_, count)| *count != 0).map(|(figure, _)| figure).collect();
        if !figures.is_empty() {
            diagnostics.push(Observation::SecondReaderDiffers { figures }.on(layout.number));
        }
    }
}

/// The text of each page as the second reader has it, or why it has none.
#[cfg(feature = "second-reader")]
fn texts(file: &[u8]) -> Result<Vec<String>, String> {
    use std::panic::{AssertUnwindSafe, catch_unwind};

    if let Some(why) = super::unbounded::reason(file) {
        return Err(why.to_owned());
    }
    match catch_unwind(AssertUnwindSafe(|| pdf_extract::extract_text_from_mem_by_pages(file))) {
        Ok(pages) => pages.map_err(|error| error.to_string()),
        Err(_) => Err("it panicked".to_owned()),
    }
}

#[cfg(not(feature = "second-reader"))]
fn texts(_: &[u8]) -> Result<Vec<String>, String> {
    Err("yusuan was built without one".to_owned())
}

fn unavailable(why: String) -> Diagnostic {
    Observation::SecondReaderUnavailable { why }.into()
}

/// The figures with a decimal point in a text, without thousands separators.
fn figures(text: &str) -> impl Iterator<Item = String> {
    let runs = text.split(|c: char| !(c.is_ascii_digit() || c == '.' || c == ','));
    runs.flat_map(split_run).filter(|figure| figure.contains('.'))
}

/// Takes figures apart that stand without a space between them: `2,801.9080.00` → `2801.90`, `80.00`.
fn split_run(run: &str) -> Vec<String> {
    let plain = run.replace(',', "");
    let plain = plain.trim_matches('.');
    if plain.matches('.').count() < 2 {
        return vec![plain.to_owned()];
    }
    let mut figures = Vec::new();
    let mut rest = plain;
    while let Some(point) = rest.find('.') {
        let end = (point + 1 + DECIMALS).min(rest.len());
        figures.push(rest[..end].to_owned());
        rest = &rest[end..];
    }
    figures
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_are_taken_from_text() {
        let found: Vec<String> = figures("合计 2,801.9080.00 占97.22%，12345 热线。").collect();
        assert_eq!(found, ["2801.90", "80.00", "97.22"]);
    }
}
