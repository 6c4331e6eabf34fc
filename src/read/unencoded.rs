//! TrueType fonts without an encoding: their codes are positions in the font, which hayro would read by the standard
//! Latin encoding. The character finder must know them, wherever a page uses them.

use hayro_interpret::hayro_syntax::object::{Dict, Name, Stream};
use hayro_interpret::hayro_syntax::page::{Page as PdfPage, Resources};
use rustc_hash::FxHashSet;

use super::characters::CharacterFinder;

/// Forms within forms are followed this deep; office software nests two or three.
const MAX_DEPTH: usize = 6;

/// Walks through the fonts of a document's pages, each once.
#[derive(Default)]
pub(super) struct UnencodedFonts {
    /// Where in memory the dictionaries stand that were met: an inline dictionary has no identifier of its own.
    seen: FxHashSet<(usize, usize)>,
}

impl UnencodedFonts {
    /// Tells the finder of the fonts of a page and its forms.
    pub(super) fn note(&mut self, page: &PdfPage<'_>, characters: &mut CharacterFinder<'_>) {
        self.walk(page.resources(), characters, 0);
    }

    fn walk(&mut self, resources: &Resources<'_>, characters: &mut CharacterFinder<'_>, depth: usize) {
        for name in resources.fonts.keys() {
            if let Some(font) = resources.fonts.get::<Dict<'_>>(name)
                && self.is_new(&font)
            {
                note_font(&font, characters);
            }
        }
        if depth == MAX_DEPTH {
            return;
        }
        for name in resources.x_objects.keys() {
            let Some(stream) = resources.x_objects.get::<Stream<'_>>(name) else { continue };
            let dict = stream.dict();
            let is_form = dict.get::<Name<'_>>("Subtype").is_some_and(|subtype| subtype.as_str() == "Form");
            if is_form
                && self.is_new(dict)
                && let Some(inner) = dict.get::<Dict<'_>>("Resources")
            {
                self.walk(&Resources::new(inner), characters, depth + 1);
            }
        }
    }

    /// Whether a dictionary was not met before.
    fn is_new(&mut self, dict: &Dict<'_>) -> bool {
        let data = dict.data();
        self.seen.insert((data.as_ptr() as usize, data.len()))
    }
}

fn note_font(font: &Dict<'_>, characters: &mut CharacterFinder<'_>) {
    let is_true_type = font.get::<Name<'_>>("Subtype").is_some_and(|subtype| subtype.as_str() == "TrueType");
    if !is_true_type || font.contains_key("Encoding") {
        return;
    }
    let decoded = |stream: Stream<'_>| Some(stream.decoded_data().ok()?.into_owned());
    let descriptor = font.get::<Dict<'_>>("FontDescriptor");
    let Some(program) = descriptor.and_then(|descriptor| descriptor.get::<Stream<'_>>("FontFile2")) else { return };
    let Some(name) = font.get::<Name<'_>>("BaseFont") else { return };
    // The program's length is usually noted; unpacking it only to measure it would cost more than all the rest.
    let noted = program.dict().get::<u32>("Length1").map(|length| length as usize);
    let length = noted.or_else(|| decoded(program).map(|program| program.len()));
    if let Some(length) = length {
        let to_unicode = font.get::<Stream<'_>>("ToUnicode").and_then(decoded);
        characters.note_unencoded(name.as_str(), length, to_unicode.as_deref());
    }
}
