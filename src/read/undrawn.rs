//! Text of form fields and notes on the page that the file has without an appearance: some viewers draw it, others do not.

use hayro_interpret::hayro_syntax::object::{Array, Dict, Name, String};
use hayro_interpret::hayro_syntax::page::Page;

/// Annotations with one of these flags are shown on no screen.
const HIDDEN: u32 = 0b10_0010;

/// How many characters of a page stand in fields and notes that nothing draws.
pub(super) fn characters(page: &Page<'_>) -> usize {
    let Some(annotations) = page.raw().get::<Array<'_>>("Annots") else { return 0 };
    annotations.iter::<Dict<'_>>().filter_map(|annotation| text_of(&annotation)).map(|text| length(&text)).sum()
}

/// The text that an annotation without an appearance shows.
fn text_of<'a>(annotation: &Dict<'a>) -> Option<String<'a>> {
    let is_hidden = annotation.get::<u32>("F").unwrap_or(0) & HIDDEN != 0;
    if is_hidden || annotation.contains_key("AP") {
        return None;
    }
    match annotation.get::<Name<'_>>("Subtype")?.as_str() {
        "FreeText" => annotation.get("Contents"),
        "Widget" => annotation.get("V"),
        _ => None,
    }
}

/// The number of characters of a text string, in either encoding.
fn length(text: &[u8]) -> usize {
    match text.strip_prefix(b"\xfe\xff") {
        Some(pairs) => pairs.len() / 2,
        None => text.len(),
    }
}
