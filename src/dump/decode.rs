//! Bytes → text: UTF-8, UTF-16 and GB18030, with or without a byte order mark.

use encoding_rs::{Encoding, GB18030, UTF_16BE, UTF_16LE};

/// At least this share of the characters of a dump are Chinese: tables of figures have the fewest.
const MIN_CHINESE_SHARE: f64 = 0.05;

/// A dump of a budget has at least this many Chinese characters; less is no document.
const MIN_CHINESE: usize = 20;

/// How much of a text is looked at to tell what it is, in characters.
const PROBE: usize = 20_000;

/// A text with at least this many closing tags is markup, whatever it begins with.
const MIN_TAGS: usize = 5;

/// Reads bytes as text; `None` where they are no Chinese text, or text for a program: a page of the web, JSON.
pub(super) fn text(bytes: &[u8]) -> Option<String> {
    let text = decoded(bytes)?;
    (is_chinese_text(&text) && !is_markup(&text)).then_some(text)
}

/// Whether a text is HTML, XML or JSON, which servers send in the place of a file that they do not have.
fn is_markup(text: &str) -> bool {
    let mut plain = text.trim_start_matches('\u{feff}').trim_start().chars();
    let first = plain.next();
    let second = plain.find(|character| !character.is_whitespace());
    match (first, second) {
        (Some('<'), Some('!' | '?' | 'a'..='z' | 'A'..='Z'))
        | (Some('{'), Some('"'))
        | (Some('['), Some('{' | '"')) => true,
        _ => text.matches("</").take(MIN_TAGS).count() == MIN_TAGS,
    }
}

fn decoded(bytes: &[u8]) -> Option<String> {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        return strictly(encoding, &bytes[mark..]);
    }
    if let Some(encoding) = sixteen_bits(bytes) {
        return strictly(encoding, bytes);
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => Some(text.to_owned()),
        Err(_) => strictly(GB18030, bytes),
    }
}

fn strictly(encoding: &'static Encoding, bytes: &[u8]) -> Option<String> {
    encoding.decode_without_bom_handling_and_without_replacement(bytes).map(|text| text.into_owned())
}

/// UTF-16 without a mark: no other encoding has zero bytes, and the line breaks and digits of UTF-16 have one each.
fn sixteen_bits(bytes: &[u8]) -> Option<&'static Encoding> {
    let zeros = |parity: usize| bytes.iter().skip(parity).step_by(2).filter(|byte| **byte == 0).count();
    match (zeros(0), zeros(1)) {
        (0, 0) => None,
        (even, odd) if even > odd => Some(UTF_16BE),
        _ => Some(UTF_16LE),
    }
}

fn is_chinese_text(text: &str) -> bool {
    let (mut seen, mut chinese) = (0usize, 0usize);
    for character in text.chars().take(PROBE).filter(|character| !character.is_whitespace()) {
        if character.is_control() {
            return false;
        }
        seen += 1;
        chinese += usize::from(('\u{4e00}'..='\u{9fff}').contains(&character));
    }
    chinese >= MIN_CHINESE && chinese as f64 >= MIN_CHINESE_SHARE * seen as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    const SAMPLE: &str = "部门公开表一\n收支总表\n部门名称：某市人民政府办公室 单位：万元\n收入 支出 2,801.90\n";

    #[test]
    fn text_for_programs_is_no_dump() {
        for page in [
            format!("<!DOCTYPE html><p>{SAMPLE}"),
            format!("\u{feff}\n<?xml version=\"1.0\"?>{SAMPLE}"),
            format!("{{ \"title\": \"{SAMPLE}\" }}"),
            format!("[{{\"title\": \"{SAMPLE}\"}}]"),
            format!("{SAMPLE}<td>1</td><td>2</td><td>3</td><td>4</td></tr>"),
        ] {
            assert_eq!(text(page.as_bytes()), None, "{page}");
        }
    }

    fn utf16(text: &str, bytes_of: fn(u16) -> [u8; 2]) -> Vec<u8> {
        text.encode_utf16().flat_map(bytes_of).collect()
    }

    #[test]
    fn every_encoding_gives_the_same_text() {
        let with_mark = |mark: &[u8], bytes: Vec<u8>| [mark, &bytes].concat();
        let (gb18030, ..) = GB18030.encode(SAMPLE);
        let dumps = [
            SAMPLE.as_bytes().to_vec(),
            with_mark(b"\xef\xbb\xbf", SAMPLE.as_bytes().to_vec()),
            gb18030.into_owned(),
            utf16(SAMPLE, u16::to_le_bytes),
            utf16(SAMPLE, u16::to_be_bytes),
            with_mark(b"\xff\xfe", utf16(SAMPLE, u16::to_le_bytes)),
            with_mark(b"\xfe\xff", utf16(SAMPLE, u16::to_be_bytes)),
        ];
        for dump in dumps {
            assert_eq!(text(&dump).as_deref(), Some(SAMPLE));
        }
    }

    #[test]
    fn what_is_no_chinese_text_is_none() {
        for bytes in [
            &b""[..],
            b"\x89PNG\r\n\x1a\n\0\0\0",
            b"plain English prose, long enough to be a document",
            b"\xff\xd8\xff\xe0",
        ] {
            assert_eq!(text(bytes), None);
        }
    }
}
