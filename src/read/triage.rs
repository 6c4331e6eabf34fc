//! What a PDF says about itself, by lopdf: producer, number of pages, fonts.

use lopdf::{Dictionary, Document, Object};

/// A PDF's own description.
#[derive(Clone, Debug, Default)]
pub(crate) struct Triage {
    /// The program that made the file: `/Producer`, or `/Creator` where there is none.
    pub(crate) producer: Option<String>,
    /// Number of pages that the page tree claims; `None` where lopdf cannot read it.
    pub(crate) pages: Option<u32>,
}

/// A font dictionary in brief.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct FontEntry {
    /// PostScript name without the subset prefix.
    pub(crate) name: String,
    /// `/Encoding` by name; empty where it is a stream, a dictionary or absent.
    pub(crate) encoding: String,
    /// `/Ordering` of the character collection (`GB1`), for composite fonts.
    pub(crate) ordering: Option<String>,
    /// Whether the font program is in the file.
    pub(crate) embedded: bool,
    /// Whether there is a ToUnicode map.
    pub(crate) to_unicode: bool,
}

/// Reads trailer and information dictionary only. A file that lopdf cannot read has an empty description; whether it
/// can be converted is decided by the main reader.
pub(crate) fn triage(file: &[u8]) -> Triage {
    let Ok(metadata) = Document::load_metadata_mem(file) else { return Triage::default() };
    let named = |name: Option<String>| name.map(|n| n.trim().to_owned()).filter(|n| !n.is_empty());
    Triage { producer: named(metadata.producer).or(named(metadata.creator)), pages: Some(metadata.page_count) }
}

/// Every font dictionary of the file. Reads the whole file; empty where lopdf cannot.
pub(crate) fn font_inventory(file: &[u8]) -> Vec<FontEntry> {
    let Ok(document) = Document::load_mem(file) else { return Vec::new() };
    let dictionaries = document.objects.values().filter_map(|object| object.as_dict().ok());
    let fonts = dictionaries.filter(|dict| dict.get(b"Type").and_then(Object::as_name).is_ok_and(|t| t == b"Font"));
    fonts.filter(|font| font.has(b"Encoding") || font.has(b"ToUnicode")).map(|font| entry(&document, font)).collect()
}

fn entry(document: &Document, font: &Dictionary) -> FontEntry {
    let descendant = resolved(document, font, b"DescendantFonts")
        .and_then(|fonts| fonts.as_array().ok()?.first().map(|first| dereferenced(document, first)))
        .and_then(|first| first.as_dict().ok());
    let inner = descendant.unwrap_or(font);
    let descriptor = resolved(document, inner, b"FontDescriptor").and_then(|d| d.as_dict().ok());
    let system_info = resolved(document, inner, b"CIDSystemInfo").and_then(|info| info.as_dict().ok());
    let embedded = descriptor
        .is_some_and(|d| [b"FontFile".as_slice(), b"FontFile2", b"FontFile3"].into_iter().any(|key| d.has(key)));
    FontEntry {
        name: base_name(&name_of(document, font, b"BaseFont")).to_owned(),
        encoding: name_of(document, font, b"Encoding"),
        ordering: system_info
            .and_then(|info| resolved(document, info, b"Ordering")?.as_str().ok())
            .map(|ordering| String::from_utf8_lossy(ordering).into_owned()),
        embedded,
        to_unicode: font.has(b"ToUnicode"),
    }
}

fn name_of(document: &Document, dict: &Dictionary, key: &[u8]) -> String {
    resolved(document, dict, key)
        .and_then(|name| name.as_name().ok())
        .map(|name| String::from_utf8_lossy(name).into_owned())
        .unwrap_or_default()
}

fn resolved<'d>(document: &'d Document, dict: &'d Dictionary, key: &[u8]) -> Option<&'d Object> {
    dict.get(key).ok().map(|object| dereferenced(document, object))
}

fn dereferenced<'d>(document: &'d Document, object: &'d Object) -> &'d Object {
    document.dereference(object).map_or(object, |(_, target)| target)
}

/// `ABCDEF+SimSun` → `SimSun`.
pub(super) fn base_name(name: &str) -> &str {
    match name.split_once('+') {
        Some((prefix, rest)) if prefix.len() == 6 => rest,
        _ => name,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn garbage_has_an_empty_description() {
        assert_eq!(triage(b"%PDF-1.7 and nothing else").producer, None);
        assert_eq!(font_inventory(b""), []);
    }

    #[test]
    fn subset_prefixes_are_dropped() {
        assert_eq!(base_name("ABCDEF+SimSun"), "SimSun");
        assert_eq!(base_name("A+B"), "A+B");
    }
}
