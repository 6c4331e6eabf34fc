//! TrueType fonts without an encoding: their codes are positions in the font, which hayro would read by the standard
//! Latin encoding. The character finder must know them, wherever a page uses them.

use hayro_interpret::hayro_syntax::object::{Dict, Name, Stream};

use super::characters::CharacterFinder;

/// Tells the finder of a font if it is one of these.
pub(super) fn note(font: &Dict<'_>, characters: &mut CharacterFinder<'_>) {
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
