//! What streams come to when they are decompressed, counted before hayro decompresses them for good.
//!
//! hayro hands out whole decompressed streams and knows no limit. Deflate makes a byte into at most [`MAX_RATIO`], so
//! most files are too small to reach the limit and cost a search for the word `stream`. The streams of the others are
//! decompressed into nothing and counted. What pages draw is counted again as often as they use it, and what would
//! make hayro hold many times its size (a text of a hundred million characters in one piece) is refused.

use std::cmp::Reverse;
use std::io::{BufReader, Read};

use flate2::bufread::ZlibDecoder;
use hayro_interpret::hayro_syntax::object::{Array, Dict, Name, Object, Stream};
use hayro_interpret::hayro_syntax::page::{Page as PdfPage, Resources};
use memchr::memmem;
use rustc_hash::FxHashSet;

use super::font_programs;
use crate::document::PageNumber;
use crate::document::{Error, ErrorKind};
use crate::limits::{Clock, Limits};

/// Most bytes that deflate makes of one: a match of 258 bytes takes two bits. LZW comes to less than twice this, and is
/// counted as the same.
const MAX_RATIO: u64 = 1032;

/// A decompressor may have read so many bytes of which nothing has come out yet: 64 bits, and a match that found no room.
const HELD_BACK: u64 = 9;

/// Filters of one stream that are followed; no producer compresses twice.
const MAX_FILTERS: usize = 4;

/// The content of a page or form with more bytes than this, decompressed, is hostile: a page full of text has some
/// 20 kB, a detailed map some 10 MB. hayro keeps up to ten times its size of it in memory.
const MAX_CONTENT: usize = 64 << 20;

/// Content with fewer bytes than this cannot hold too long an operand.
const MAX_OPERAND: usize = 1 << 20;

/// Forms within forms are followed as deep as hayro draws them.
const MAX_DEPTH: usize = 50;

/// Bytes unpacked at a time.
const CHUNK: usize = 32 << 10;

/// Counts what the streams of a file come to, each once, but for those at the places that are left out; the largest
/// first, and only until the others cannot reach the limit any more, whatever is in them.
///
/// # Errors
/// [`ErrorKind::TooLarge`] where they exceed the limit.
pub(super) fn check_streams(
    streams: &[CompressedStream<'_>],
    left_out: &FxHashSet<usize>,
    limits: &Limits,
    clock: &Clock,
) -> Result<(), Error> {
    let mut streams: Vec<_> = streams.iter().filter(|stream| !left_out.contains(&stream.start)).collect();
    streams.sort_by_key(|stream| Reverse(stream.at_most()));
    let mut others: u128 = streams.iter().map(|stream| u128::from(stream.at_most())).sum();
    let mut total: u64 = 0;
    for stream in &streams {
        if u128::from(total) + others <= u128::from(limits.decompressed) {
            break;
        }
        others -= u128::from(stream.at_most());
        // So many bytes more of this stream, and the limit cannot be reached any more.
        let harmless = u64::try_from(u128::from(limits.decompressed - total).saturating_sub(others)).unwrap_or(0);
        total = total.saturating_add(stream.count(limits.decompressed - total, harmless));
        if total > limits.decompressed {
            return Err(too_large(limits));
        }
        clock.check("counting the decompressed bytes")?;
    }
    Ok(())
}

fn too_large(limits: &Limits) -> Error {
    let message = format!("the streams come to more than the limit of {} bytes when decompressed", limits.decompressed);
    Error::new(ErrorKind::TooLarge, message)
}

/// A stream whose dictionary names a compression.
pub(super) struct CompressedStream<'f> {
    data: &'f [u8],
    /// Where in the file its data start.
    start: usize,
    /// The text of its dictionary.
    dictionary: &'f [u8],
    /// How many compressions, one inside another.
    layers: usize,
}

impl<'f> CompressedStream<'f> {
    /// Where in the file its data start.
    pub(super) fn start(&self) -> usize {
        self.start
    }

    /// How many bytes its data have, packed.
    pub(super) fn length(&self) -> usize {
        self.data.len()
    }

    /// The text of its dictionary, where its data are deflated and nothing else.
    pub(super) fn deflated(&self) -> Option<&'f [u8]> {
        let names = memmem::find(self.dictionary, b"#").is_none() && memmem::find(self.dictionary, b"/Fl").is_some();
        (names && self.layers == 1).then_some(self.dictionary)
    }

    /// What deflate can make of it.
    fn at_most(&self) -> u64 {
        (0..self.layers).fold(self.data.len() as u64, |bytes, _| bytes.saturating_mul(MAX_RATIO))
    }

    /// What it comes to, all layers together; stops soon after `enough`, or when it cannot come to more than `harmless`
    /// any more.
    fn count(&self, enough: u64, harmless: u64) -> u64 {
        if self.layers == 1 {
            return self.count_only_layer(enough, harmless);
        }
        let mut total = 0;
        for layers in 1..=self.layers {
            let mut reader: Box<dyn Read> = Box::new(self.data);
            for _ in 0..layers {
                reader = Box::new(ZlibDecoder::new(BufReader::with_capacity(CHUNK, reader)));
            }
            let mut chunk = vec![0; CHUNK];
            // Data that breaks off or is no zlib stream counts as far as it goes.
            while let Ok(read @ 1..) = reader.read(&mut chunk) {
                total += read as u64;
                if total > enough {
                    return total;
                }
            }
        }
        total
    }

    fn count_only_layer(&self, enough: u64, harmless: u64) -> u64 {
        let mut decoder = ZlibDecoder::new(self.data);
        let mut chunk = vec![0; CHUNK];
        let mut total = 0;
        while let Ok(read @ 1..) = decoder.read(&mut chunk) {
            total += read as u64;
            let rest = (self.data.len() as u64).saturating_sub(decoder.total_in()) + HELD_BACK;
            if total > enough || total.saturating_add(rest.saturating_mul(MAX_RATIO)) <= harmless {
                break;
            }
        }
        total
    }
}

/// The compressed streams of a file by the keyword `stream`, whether or not any object refers to them.
pub(super) fn compressed_streams(file: &[u8]) -> Vec<CompressedStream<'_>> {
    let mut found = Vec::new();
    let mut previous = 0;
    for keyword in memmem::find_iter(file, b"stream") {
        let before = &file[previous..keyword];
        previous = keyword;
        if before.ends_with(b"end") {
            continue;
        }
        let dictionary = memmem::rfind(before, b"obj").map_or(before, |object| &before[object..]);
        let layers = memmem::find_iter(dictionary, b"/Fl").count() + memmem::find_iter(dictionary, b"/LZW").count();
        // A filter that is named elsewhere, or in another spelling, may be any.
        let untold = memmem::find(dictionary, b"#").is_some() || memmem::find(dictionary, b" R").is_some();
        if layers > 0 || untold {
            let rest = &file[keyword + b"stream".len()..];
            let data = rest.trim_ascii_start();
            let length = memmem::find(data, b"endstream").unwrap_or(data.len());
            found.push(CompressedStream {
                data: &data[..length],
                start: file.len() - data.len(),
                dictionary,
                layers: layers.clamp(1, MAX_FILTERS),
            });
        }
    }
    found
}

/// Counts what pages and the forms on them come to.
pub(super) struct ContentCounter<'l> {
    limits: &'l Limits,
    total: u64,
    /// Where in memory the dictionaries of the forms stand that were met.
    forms: FxHashSet<usize>,
    clips_by_text: bool,
}

impl<'l> ContentCounter<'l> {
    pub(super) fn new(limits: &'l Limits) -> Self {
        Self { limits, total: 0, forms: FxHashSet::default(), clips_by_text: false }
    }

    /// Counts the content of a page and of the forms that it can draw for the first time.
    ///
    /// # Errors
    /// [`ErrorKind::TooLarge`].
    pub(super) fn add(&mut self, page: &PdfPage<'_>, number: PageNumber) -> Result<(), Error> {
        let place = format!("page {}", number.0);
        check_pieces(page, &place)?;
        if let Some(content) = page.page_stream() {
            self.content(content, &place)?;
        }
        self.forms(page.resources(), &place, 0)?;
        let Some(annotations) = page.raw().get::<Array<'_>>("Annots") else { return Ok(()) };
        for annotation in annotations.iter::<Dict<'_>>() {
            let normal = annotation.get::<Dict<'_>>("AP").and_then(|looks| looks.get::<Object<'_>>("N"));
            match normal {
                Some(Object::Stream(form)) => self.form(&form, &place, 0)?,
                Some(Object::Dict(states)) => {
                    for state in states.keys().filter_map(|name| states.get::<Stream<'_>>(name)) {
                        self.form(&state, &place, 0)?;
                    }
                }
                _ => {}
            }
        }
        Ok(())
    }

    /// Whether any content that was added clips what it draws by the outlines of text.
    pub(super) fn clips_by_text(&self) -> bool {
        self.clips_by_text
    }

    fn forms(&mut self, resources: &Resources<'_>, place: &str, depth: usize) -> Result<(), Error> {
        for name in resources.x_objects.keys() {
            if let Some(stream) = resources.x_objects.get::<Stream<'_>>(name) {
                self.form(&stream, place, depth)?;
            }
        }
        Ok(())
    }

    fn form(&mut self, form: &Stream<'_>, place: &str, depth: usize) -> Result<(), Error> {
        let dict = form.dict();
        let is_image = dict.get::<Name<'_>>("Subtype").is_some_and(|subtype| subtype.as_str() == "Image");
        if is_image || depth > MAX_DEPTH || !self.forms.insert(dict.data().as_ptr() as usize) {
            return Ok(());
        }
        if let Ok(content) = form.decoded_data() {
            self.content(&content, place)?;
        }
        let Some(inner) = dict.get::<Dict<'_>>("Resources") else { return Ok(()) };
        self.forms(&Resources::new(inner), place, depth + 1)
    }

    fn content(&mut self, content: &[u8], place: &str) -> Result<(), Error> {
        self.total += content.len() as u64;
        if self.total > self.limits.decompressed {
            return Err(too_large(self.limits));
        }
        if content.len() > MAX_CONTENT {
            return Err(too_much_content(place));
        }
        if content.len() > MAX_OPERAND && longest_operand(content) > MAX_OPERAND {
            let message = format!("{place} has a text or list of more than {MAX_OPERAND} bytes in one piece");
            return Err(Error::new(ErrorKind::TooLarge, message));
        }
        self.clips_by_text |= font_programs::clips_by_text(content);
        Ok(())
    }
}

fn too_much_content(place: &str) -> Error {
    let message = format!("the content of {place} has more than {MAX_CONTENT} bytes when decompressed");
    Error::new(ErrorKind::TooLarge, message)
}

/// Refuses a page that names its content so often, in pieces, that joining them would be too much.
fn check_pieces(page: &PdfPage<'_>, place: &str) -> Result<(), Error> {
    let Some(pieces) = page.raw().get::<Array<'_>>("Contents") else { return Ok(()) };
    let mut most: u64 = 0;
    for piece in pieces.iter::<Stream<'_>>() {
        most = most.saturating_add((piece.raw_data().len() as u64).saturating_mul(MAX_RATIO));
    }
    if most <= MAX_CONTENT as u64 {
        return Ok(());
    }
    let mut total = 0;
    for piece in pieces.iter::<Stream<'_>>() {
        total += piece.decoded_data().map_or(0, |data| data.len());
        if total > MAX_CONTENT {
            return Err(too_much_content(place));
        }
    }
    Ok(())
}

/// The longest string or array in a content stream, in bytes. hayro holds a shown text of it as glyphs, each a hundred
/// times the size of its byte, before it hands them over. The data of inline images may look like either.
fn longest_operand(content: &[u8]) -> usize {
    let mut longest = 0;
    let (mut start, mut arrays, mut strings) = (0, 0_usize, 0_usize);
    let mut at = 0;
    while at < content.len() {
        let outside = arrays == 0 && strings == 0;
        match content[at] {
            b'\\' if strings > 0 => at += 1,
            b'(' => {
                start = if outside { at } else { start };
                strings += 1;
            }
            b')' => strings = strings.saturating_sub(1),
            b'[' if strings == 0 => {
                start = if outside { at } else { start };
                arrays += 1;
            }
            b']' if strings == 0 => arrays = arrays.saturating_sub(1),
            b'<' if strings == 0 => {
                let length = memchr::memchr(b'>', &content[at..]).unwrap_or(content.len() - at);
                longest = longest.max(length);
                at += length;
            }
            _ => {}
        }
        if arrays > 0 || strings > 0 {
            longest = longest.max(at + 1 - start);
        }
        at += 1;
    }
    longest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn operands_are_measured_with_what_they_hold() {
        assert_eq!(longest_operand(b"BT (a\\)b(c)) Tj [(ab) 1 (cd)] TJ <0102> Tj ET"), "[(ab) 1 (cd)".len());
        assert_eq!(longest_operand(b"q 1 0 0 1 0 0 cm Q"), 0);
        assert_eq!(longest_operand(b"(never ends"), "(never ends".len());
    }

    #[test]
    fn streams_are_found_by_their_keyword() {
        let file = b"1 0 obj << /Filter /FlateDecode /Length 3 >> stream\nabc\nendstream endobj \
            2 0 obj << /Length 3 >> stream\nabc\nendstream endobj \
            3 0 obj << /Filter [/Fl /FlateDecode] >> stream\nabcd\nendstream endobj";
        let found = compressed_streams(file);
        let told: Vec<_> = found.iter().map(|stream| (stream.data.trim_ascii_end(), stream.layers)).collect();
        assert_eq!(told, [(&b"abc"[..], 1), (&b"abcd"[..], 2)]);
        assert_eq!(found[1].at_most(), 5 * MAX_RATIO * MAX_RATIO);
    }
}
