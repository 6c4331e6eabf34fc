//! Pages and packed data for hostile PDFs.

use super::bytes::{File, PAGES, stream};

impl File {
    /// A file with one page of some content, which may use the font `/F` and further resources.
    pub fn with_content(stream: Vec<u8>, resources: &str) -> Self {
        let mut file = Self::new();
        let content = file.add(stream);
        file.add_page(&format!("/Contents {content} 0 R"), resources);
        file
    }

    /// Adds a page and makes it the only one of the page tree.
    pub fn add_page(&mut self, entries: &str, resources: &str) -> usize {
        let page = self.add(format!(
            "<< /Type /Page /Parent {PAGES} 0 R /MediaBox [0 0 600 800] {entries} /Resources << /Font << /F << /Type /Font \
             /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >> >> {resources} >> >>"
        ));
        self.pages(&[page]);
        page
    }
}

/// A stream object of deflated data.
pub fn deflated(entries: &str, zlib: &[u8]) -> Vec<u8> {
    stream(&format!("/Filter /FlateDecode {entries}"), zlib)
}

/// `head`, then six bytes (or one) again and again, as zlib data that is 159 times smaller: each match repeats 258
/// bytes in 13 or 14 bits.
pub fn repeated(head: &[u8], unit: &[u8], bytes: usize) -> Vec<u8> {
    assert!(matches!(unit.len(), 1 | 6), "distances with codes that are written below");
    let mut bits = Bits { bytes: vec![0x78, 0x9c], at: 0 };
    bits.low_first(0b011, 3); // the last block, with fixed codes
    for byte in head.iter().chain(unit) {
        bits.literal(*byte);
    }
    for _ in 0..bytes / 258 {
        bits.high_first(0b1100_0101, 8); // a match of 258 bytes
        bits.high_first(if unit.len() == 1 { 0 } else { 4 }, 5);
        if unit.len() == 6 {
            bits.low_first(1, 1);
        }
    }
    bits.high_first(0, 7); // the end of the block
    let tail = unit.iter().cycle().take(bytes / 258 * 258);
    let checksum = adler32(head.iter().chain(unit).chain(tail));
    bits.bytes.extend(checksum.to_be_bytes());
    bits.bytes
}

/// Data as zlib data of stored blocks, which are as long as it is.
pub fn stored(data: &[u8]) -> Vec<u8> {
    let mut zlib = vec![0x78, 0x9c];
    let blocks = data.chunks(0xffff);
    let last = blocks.len() - 1;
    for (index, block) in blocks.enumerate() {
        let length = block.len() as u16;
        zlib.push(u8::from(index == last));
        zlib.extend(length.to_le_bytes());
        zlib.extend((!length).to_le_bytes());
        zlib.extend(block);
    }
    zlib.extend(adler32(data.iter()).to_be_bytes());
    zlib
}

fn adler32<'b>(bytes: impl Iterator<Item = &'b u8>) -> u32 {
    let (mut low, mut high) = (1_u32, 0_u32);
    for byte in bytes {
        low += u32::from(*byte);
        if low >= 65_521 {
            low -= 65_521;
        }
        high += low;
        if high >= 65_521 {
            high -= 65_521;
        }
    }
    high << 16 | low
}

/// Bits as deflate packs them.
struct Bits {
    bytes: Vec<u8>,
    at: u32,
}

impl Bits {
    fn push(&mut self, bit: u32) {
        if self.at.is_multiple_of(8) {
            self.bytes.push(0);
        }
        if let Some(last) = self.bytes.last_mut() {
            *last |= ((bit & 1) as u8) << (self.at % 8);
        }
        self.at += 1;
    }

    fn low_first(&mut self, value: u32, count: u32) {
        (0..count).for_each(|bit| self.push(value >> bit));
    }

    fn high_first(&mut self, value: u32, count: u32) {
        (0..count).rev().for_each(|bit| self.push(value >> bit));
    }

    fn literal(&mut self, byte: u8) {
        match byte {
            0..=143 => self.high_first(0x30 + u32::from(byte), 8),
            _ => self.high_first(0x190 + u32::from(byte) - 144, 9),
        }
    }
}
