//! Embedded font programs of which nothing would be read.
//!
//! Of a composite font with a ToUnicode map, the characters stand in the map and the widths in the font's dictionary;
//! its program only draws outlines, which nobody here looks at. Yet hayro unpacks and hashes every program, a sixth of
//! all the time that a document takes. So hayro is given a copy of the file in which an empty program is written over
//! each of them. That one is needed after all (the map lacks a character, or text clips what is drawn after it) shows
//! only while the pages are read; then they are read again from the file itself.

use hayro_interpret::hayro_syntax::Filter;
use hayro_interpret::hayro_syntax::object::{Array, Dict, Stream};
use memchr::memmem;
use rustc_hash::FxHashSet;

use super::decompressed::CompressedStream;

/// A TrueType font without any table: version 1.0, and none counted.
const EMPTY: [u8; 12] = [0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];

/// [`EMPTY`] in zlib's format: one stored block of twelve bytes, and its checksum.
const EMPTY_PACKED: [u8; 23] =
    [0x78, 0x01, 0x01, 12, 0, 0xf3, 0xff, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x00, 0x17, 0x00, 0x02];

/// Whether a font program is the one that [`without`] leaves.
pub(super) fn is_left_out(program: &[u8]) -> bool {
    program == EMPTY
}

/// The places in a file where the packed bytes of streams start.
pub(super) type Places = FxHashSet<usize>;

/// A copy of a file without the font programs at these places.
pub(super) fn without(file: &[u8], places: &Places) -> Vec<u8> {
    let mut copy = file.to_vec();
    for start in places {
        copy[*start..*start + EMPTY_PACKED.len()].copy_from_slice(&EMPTY_PACKED);
    }
    copy
}

/// The programs that a glance at the file would leave out: packed streams that state their length as a TrueType program
/// does. Which of them no font needs only the fonts tell ([`FontPrograms`]).
pub(super) fn likely_needless(streams: &[CompressedStream<'_>]) -> Places {
    let is_program = |stream: &&CompressedStream<'_>| {
        let dictionary = stream.deflated().filter(|_| stream.length() >= EMPTY_PACKED.len());
        dictionary.is_some_and(|text| {
            memmem::find(text, b"/Length1").is_some() && memmem::find(text, b"/DecodeParms").is_none()
        })
    };
    streams.iter().filter(is_program).map(CompressedStream::start).collect()
}

/// The font programs of a document.
#[derive(Default)]
pub(super) struct FontPrograms {
    needless: Places,
    needed: Places,
}

impl FontPrograms {
    /// Notes the program of a font of the file.
    pub(super) fn note(&mut self, font: &Dict<'_>, file: &[u8]) {
        let descendant = font.get::<Array<'_>>("DescendantFonts").and_then(|fonts| fonts.iter::<Dict<'_>>().next());
        let Some(descriptor) = descendant.as_ref().unwrap_or(font).get::<Dict<'_>>("FontDescriptor") else { return };
        let program = ["FontFile2", "FontFile3", "FontFile"].iter().find_map(|key| descriptor.get::<Stream<'_>>(*key));
        let Some(program) = program else { return };
        let Some(start) = packed_start(&program, file) else { return };
        let is_needless = descendant.is_some() && font.get::<Stream<'_>>("ToUnicode").is_some();
        let programs = if is_needless { &mut self.needless } else { &mut self.needed };
        programs.insert(start);
    }

    /// Those that no font needs.
    pub(super) fn needless(mut self) -> Places {
        self.needless.retain(|start| !self.needed.contains(start));
        self.needless
    }
}

/// Where in the file a program starts; `None` where an empty one cannot stand in its place.
fn packed_start(program: &Stream<'_>, file: &[u8]) -> Option<usize> {
    let is_only_deflated = program.filters().as_slice() == [Filter::FlateDecode]
        && !program.dict().contains_key("DecodeParms")
        && !program.dict().contains_key("DP");
    let packed = program.raw_data(); // of an encrypted file it is no part
    let start = (packed.as_ptr() as usize).checked_sub(file.as_ptr() as usize)?;
    let end = start.checked_add(packed.len())?;
    (is_only_deflated && end <= file.len() && packed.len() >= EMPTY_PACKED.len()).then_some(start)
}

/// Whether a content stream clips what it draws by the outlines of text (text rendering modes 4 to 7), for which the
/// font programs are needed.
pub(super) fn clips_by_text(content: &[u8]) -> bool {
    memmem::find_iter(content, b"Tr").any(|operator| {
        let before = content[..operator].trim_ascii_end();
        let start = before.iter().rposition(|byte| !matches!(byte, b'0'..=b'9' | b'.' | b'+')).map_or(0, |at| at + 1);
        let mode = std::str::from_utf8(&before[start..]).ok().and_then(|mode| mode.parse::<f32>().ok());
        let ends = content.get(operator + 2).is_none_or(|byte| !byte.is_ascii_alphanumeric());
        ends && before.len() < operator && mode.is_some_and(|mode| mode >= 4.0)
    })
}

#[cfg(test)]
mod tests {
    use std::io::Read as _;

    use hayro_interpret::hayro_syntax::Pdf;

    use super::*;
    use crate::testing::pdf::spelled::{TestPdf, shown};
    use crate::testing::pdf::true_type::true_type;

    /// How many programs are left out of a file with a font for each list of entries, all with one program.
    fn left_out(fonts: &[&[&str]]) -> usize {
        let mut pdf = TestPdf::new(shown("F", "<0001>", 50.0, 200.0));
        for (number, entries) in (0..).zip(fonts) {
            let descriptor = pdf.font_descriptor("ABCDEF+SimSun", &true_type(3 + number, None, &[]));
            for (user, entries) in entries.iter().enumerate() {
                let entries = match *entries {
                    "ToUnicode" => pdf.unicode_map(&[(1, "海")]),
                    other => other.to_owned(),
                };
                let descendant = format!("/Ordering (Identity) {descriptor}");
                pdf.composite_font(&format!("F{number}{user}"), "ABCDEF+SimSun", "Identity-H", &entries, &descendant);
            }
        }
        let file = std::sync::Arc::new(pdf.build());
        let pdf = Pdf::new(std::sync::Arc::clone(&file)).expect("a PDF");
        let mut programs = FontPrograms::default();
        let mut fonts = super::super::fonts::FontWalk::default();
        for page in pdf.pages().iter() {
            fonts.visit(page, &mut |font| programs.note(font, &file));
        }
        let needless = programs.needless();
        assert_eq!(memmem::find_iter(&without(&file, &needless), &EMPTY_PACKED).count(), needless.len());
        needless.len()
    }

    #[test]
    fn a_program_is_left_out_where_a_map_tells_the_characters() {
        assert_eq!(left_out(&[&["ToUnicode"], &["ToUnicode"]]), 2);
        assert_eq!(left_out(&[&["ToUnicode"], &[""]]), 1);
        assert_eq!(left_out(&[&["/ToUnicode /Identity-H"]]), 0);
    }

    #[test]
    fn a_program_that_a_font_without_a_map_shares_is_kept() {
        assert_eq!(left_out(&[&["ToUnicode", ""]]), 0);
    }

    #[test]
    fn the_empty_program_unpacks() {
        let mut unpacked = Vec::new();
        flate2::read::ZlibDecoder::new(&EMPTY_PACKED[..]).read_to_end(&mut unpacked).expect("zlib data");
        assert_eq!(unpacked, EMPTY);
        assert!(skrifa::FontRef::new(&unpacked).is_ok());
    }

    #[test]
    fn clipping_text_is_found_by_its_operator() {
        assert!(clips_by_text(b"BT 7 Tr (a) Tj ET"));
        assert!(clips_by_text(b"BT\n5\nTr(a)Tj"));
        assert!(clips_by_text(b"BT 4.0 Tr"));
        assert!(!clips_by_text(b"BT 3 Tr (7 Tram) Tj 0 Tr"));
        assert!(!clips_by_text(b"Tr"));
    }
}
