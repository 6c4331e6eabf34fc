//! What the reading stage has to say about its pages: text nobody can read, and text nobody can see.

use std::collections::BTreeMap;

use super::triage::Triage;
use crate::document::geometry::Rect;
use crate::document::{Diagnostic, Severity};
use crate::document::{Error, ErrorKind};
use crate::model::{HiddenGlyph, HiddenReason, Page};

/// A document with more than this share of characters that nobody can name is garbled: its figures cannot be trusted.
const GARBLED_SHARE: f32 = 0.5;

/// An image that covers less of a page than this is no scan of a page.
const SCAN_SHARE: f32 = 0.3;

/// Hidden text is quoted up to this many characters.
const QUOTED: usize = 40;

/// At most this many cut digits are compared with those beside them; one suffices to doubt the page.
const COMPARED: usize = 1000;

/// A cut digit stands this close, in ems, to the digit that is seen.
const ADJACENT: f32 = 0.3;

/// Names what is odd about the pages.
///
/// # Errors
/// [`ErrorKind::NoTextLayer`] for a document without any text, [`ErrorKind::GarbledText`] for one most of whose
/// characters cannot be named.
pub(crate) fn diagnose(pages: &[Page], triage: &Triage, diagnostics: &mut Vec<Diagnostic>) -> Result<(), Error> {
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
        let message = format!("the file claims {claimed} pages, but {} could be read", pages.len());
        diagnostics.push(Diagnostic::new(Severity::Warning, "pages-missing", message));
    }
    for page in pages {
        diagnostics.extend(missing_text(page));
        diagnostics.extend(unmapped_glyphs(page));
        diagnostics.extend(cut_digits(page));
        diagnostics.extend(left_out(page));
        hidden_text(page, diagnostics);
    }
    Ok(())
}

fn missing_text(page: &Page) -> Option<Diagnostic> {
    let (severity, id, message) = if page.recognised {
        let message = "the text is the invisible layer of a scan, made by character recognition";
        (Severity::Warning, "recognised-text", message)
    } else if !page.glyphs.is_empty() {
        return None;
    } else if page.image_share >= SCAN_SHARE {
        (Severity::Warning, "no-text-layer", "the page is an image: it has no text")
    } else {
        (Severity::Note, "blank-page", "the page has no text")
    };
    Some(Diagnostic::new(severity, id, message).on(page.number))
}

fn unmapped_glyphs(page: &Page) -> Option<Diagnostic> {
    let count = page.unmapped;
    let share = 100.0 * count as f32 / page.glyphs.len().max(1) as f32;
    let message = format!("{count} characters ({share:.1} %) cannot be named: their font has no map to Unicode");
    (count > 0).then(|| Diagnostic::new(Severity::Warning, "unmapped-glyphs", message).on(page.number))
}

fn left_out(page: &Page) -> Option<Diagnostic> {
    let (id, message) = if page.full {
        let message = "the page has more characters, rulings or areas than any page can hold: the rest was left out";
        ("page-too-full", message.to_owned())
    } else if page.left_out > 0 {
        let message = format!("{} characters were left out: they stand nowhere on the page", page.left_out);
        ("characters-nowhere", message)
    } else {
        return None;
    };
    Some(Diagnostic::new(Severity::Warning, id, message).on(page.number))
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
    let message = format!("a figure is cut by the clipping area: its digit {} is not seen", found.character);
    Some(Diagnostic::new(Severity::Warning, "cut-figure", message).on(page.number).at(found.bbox))
}

fn hidden_text(page: &Page, diagnostics: &mut Vec<Diagnostic>) {
    let mut by_reason: BTreeMap<HiddenReason, (String, Rect)> = BTreeMap::new();
    for hidden in &page.hidden {
        let (text, bbox) = by_reason.entry(hidden.reason).or_insert_with(|| (String::new(), hidden.bbox));
        text.push(hidden.character);
        *bbox = bbox.union(&hidden.bbox);
    }
    for (reason, (text, bbox)) in by_reason {
        let why = match reason {
            HiddenReason::Invisible => "is drawn invisibly",
            HiddenReason::Clipped => "is clipped away",
            HiddenReason::BackgroundColour => "has the colour of its background",
            HiddenReason::Covered => "is painted over",
            HiddenReason::Slanted => "is slanted as a watermark",
        };
        let quoted: String = text.chars().take(QUOTED).collect();
        let more = if text.chars().count() > QUOTED { "…" } else { "" };
        let message = format!("text that {why} was left out: {quoted}{more}");
        diagnostics.push(Diagnostic::new(Severity::Note, "hidden-text", message).on(page.number).at(bbox));
    }
}
