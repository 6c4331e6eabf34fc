//! What the reading stage has to say about its pages: text nobody can read, and text nobody can see.

use std::collections::BTreeMap;

use super::damage::Damage;
use super::triage::Triage;
use crate::document::geometry::Rect;
use crate::document::{Diagnostic, Error, ErrorKind, HiddenReason, MarkKind, Observation, PageNumber};
use crate::model::{HiddenGlyph, Page};

/// A document with more than this share of characters that nobody can name is garbled: its figures cannot be trusted.
const GARBLED_SHARE: f32 = 0.5;

/// An image that covers less of a page than this is no scan of a page.
const SCAN_SHARE: f32 = 0.3;

/// A page with an image of that size and fewer characters than this has its content in the image: they are its number,
/// or the caption of the table that the image shows.
const MIN_PAGE_TEXT: usize = 40;

/// A picture beside a caption alone is what the caption names, however small it is of the page …
const PICTURE_SHARE: f32 = 0.05;

/// … and a larger one on a page with fewer characters than this, and without a table's lines or a sentence.
const LARGE_PICTURE: (f32, usize) = (0.15, 100);

/// At most this many cut digits are compared with those beside them; one suffices to doubt the page.
const COMPARED: usize = 1000;

/// A cut digit stands this close, in ems, to the digit that is seen.
const ADJACENT: f32 = 0.3;

/// Names what is odd about the pages.
///
/// # Errors
/// [`ErrorKind::NoTextLayer`] for a document without any text, [`ErrorKind::GarbledText`] for one most of whose
/// characters cannot be named.
pub(crate) fn diagnose(
    pages: &[Page],
    damage: &Damage,
    triage: &Triage,
    diagnostics: &mut Vec<Diagnostic>,
) -> Result<(), Error> {
    let glyphs: usize = pages.iter().map(|page| page.glyphs.len()).sum();
    let unmapped: usize = pages.iter().map(|page| page.unmapped).sum();
    if glyphs == 0 {
        let message = format!("none of {} pages has text: a scan, or text drawn as outlines", pages.len());
        return Err(Error::new(ErrorKind::NoTextLayer, message));
    }
    if unmapped as f32 > GARBLED_SHARE * glyphs as f32 {
        let message = format!("{unmapped} of {glyphs} characters cannot be named: the fonts lack their maps");
        return Err(Error::new(ErrorKind::GarbledText, message));
    }
    if let Some(claimed) = triage.pages.filter(|claimed| *claimed as usize != pages.len()) {
        diagnostics.push(Observation::PagesMissing { claimed, read: pages.len() }.into());
    }
    if damage.ends_early {
        diagnostics.push(Observation::DamagedFile.into());
    }
    for page in pages {
        diagnostics.extend(missing_text(page, damage));
        diagnostics.extend(unmapped_glyphs(page));
        diagnostics.extend(cut_digits(page));
        diagnostics.extend(left_out(page));
        hidden_text(page, diagnostics);
        marks(page, diagnostics);
        diagnostics.extend(cut_texts(page));
    }
    Ok(())
}

fn missing_text(page: &Page, damage: &Damage) -> Option<Diagnostic> {
    // A blank page of a file that broke off may have lost what stood on it.
    let is_blank = page.glyphs.is_empty() && page.image_share < SCAN_SHARE;
    let found = if damage.incomplete.contains(&page.number) || (damage.ends_early && is_blank) {
        Observation::ContentMissing
    } else if page.recognised {
        Observation::RecognisedText
    } else if !page.glyphs.is_empty() {
        // A cover may have a picture.
        let characters = page.glyphs.len();
        let is_large = page.image_share >= LARGE_PICTURE.0
            && characters < LARGE_PICTURE.1
            && page.rulings.is_empty()
            && !page.glyphs.iter().any(|glyph| glyph.character == '。');
        let is_picture = (page.image_share >= PICTURE_SHARE && characters < MIN_PAGE_TEXT) || is_large;
        let found = Observation::PictureOnly { characters };
        return (is_picture && page.number != PageNumber(1)).then(|| found.on(page.number));
    } else if page.image_share >= SCAN_SHARE {
        Observation::NoTextLayer
    } else {
        Observation::BlankPage
    };
    Some(found.on(page.number))
}

fn unmapped_glyphs(page: &Page) -> Option<Diagnostic> {
    let (count, characters) = (page.unmapped, page.glyphs.len());
    (count > 0).then(|| Observation::UnmappedGlyphs { count, characters }.on(page.number))
}

fn left_out(page: &Page) -> Option<Diagnostic> {
    let found = if page.full {
        Observation::PageTooFull
    } else if page.left_out > 0 {
        Observation::CharactersNowhere { count: page.left_out }
    } else {
        return None;
    };
    Some(found.on(page.number))
}

/// A figure of which the clipping area hides a digit is read wrong, whoever reads it.
fn cut_digits(page: &Page) -> Option<Diagnostic> {
    let cut = |hidden: &&HiddenGlyph| hidden.reason == HiddenReason::Clipped && hidden.character.is_ascii_digit();
    let touches = |hidden: &HiddenGlyph| {
        page.glyphs.iter().any(|glyph| {
            let same_line = (glyph.bbox.y0 - hidden.bbox.y0).abs() < ADJACENT * glyph.size;
            let gap = (glyph.bbox.x0 - hidden.bbox.x1).abs().min((hidden.bbox.x0 - glyph.bbox.x1).abs());
            glyph.character.is_ascii_digit() && same_line && gap < ADJACENT * glyph.size
        })
    };
    let found = page.hidden.iter().filter(cut).take(COMPARED).find(|hidden| touches(hidden))?;
    Some(Observation::CutFigure { digit: found.character }.on(page.number).at(found.bbox))
}

fn hidden_text(page: &Page, diagnostics: &mut Vec<Diagnostic>) {
    let mut by_reason: BTreeMap<HiddenReason, (String, Rect)> = BTreeMap::new();
    for hidden in &page.hidden {
        let (text, bbox) = by_reason.entry(hidden.reason).or_insert_with(|| (String::new(), hidden.bbox));
        text.push(hidden.character);
        *bbox = bbox.union(&hidden.bbox);
    }
    for (reason, (text, bbox)) in by_reason {
        diagnostics.push(Observation::HiddenText { reason, text }.on(page.number).at(bbox));
    }
}

fn cut_texts(page: &Page) -> impl Iterator<Item = Diagnostic> {
    page.cut.iter().map(|cut| Observation::CutText { text: cut.text.clone() }.on(page.number).at(cut.bbox))
}

fn marks(page: &Page, diagnostics: &mut Vec<Diagnostic>) {
    let mut by_kind: BTreeMap<MarkKind, (String, Rect)> = BTreeMap::new();
    for mark in &page.marks {
        let (text, bbox) = by_kind.entry(mark.kind).or_insert_with(|| (String::new(), mark.glyph.bbox));
        text.push(mark.glyph.character);
        *bbox = bbox.union(&mark.glyph.bbox);
    }
    for (kind, (text, bbox)) in by_kind {
        let found = match kind {
            MarkKind::Watermark => Observation::Watermark { text },
            MarkKind::Stamp => Observation::Stamp { text },
            MarkKind::StruckOut => Observation::StruckOut { text },
            MarkKind::Footnote => Observation::FootnoteMark { text },
        };
        diagnostics.push(found.on(page.number).at(bbox));
    }
}
