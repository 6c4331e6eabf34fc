//! Functions of colours (PostScript calculator functions, type 4), counted before hayro reads them.
//!
//! hayro follows braces within braces by calling itself, and a few kilobytes can nest them deeper than any stack.

use std::io::Read;

use flate2::read::ZlibDecoder;
use memchr::memmem;

use crate::document::{Error, ErrorKind};

/// Braces nest no deeper than this: each level is a branch of an `if`, and no producer writes more than a few.
const MAX_DEPTH: usize = 100;

/// No function is longer than this, in bytes, decompressed.
const MAX_LENGTH: u64 = 1 << 20;

/// Refuses a file with a function that nests too deep or is too long. Functions are found by their dictionaries' text.
///
/// # Errors
/// [`ErrorKind::TooLarge`].
pub(super) fn check(file: &[u8]) -> Result<(), Error> {
    const KEY: &[u8] = b"/FunctionType";
    for at in memmem::find_iter(file, KEY) {
        let rest = &file[at + KEY.len()..];
        if rest.trim_ascii_start().first() != Some(&b'4') {
            continue;
        }
        let Some(keyword) = memmem::find(rest, b"stream") else { continue };
        let data = rest[keyword + b"stream".len()..].trim_ascii_start();
        let data = &data[..memmem::find(data, b"endstream").unwrap_or(data.len())];
        let mut unpacked = Vec::new();
        // What is no zlib stream is a function as it stands.
        let _ = ZlibDecoder::new(data).take(MAX_LENGTH + 1).read_to_end(&mut unpacked);
        let deepest = depth(data).max(depth(&unpacked));
        if deepest > MAX_DEPTH || unpacked.len() as u64 > MAX_LENGTH {
            let message = format!("a function of a colour nests {deepest} deep or is longer than {MAX_LENGTH} bytes");
            return Err(Error::new(ErrorKind::TooLarge, message));
        }
    }
    Ok(())
}

/// How deep braces nest.
fn depth(function: &[u8]) -> usize {
    let (mut depth, mut deepest) = (0_usize, 0);
    for byte in function {
        match byte {
            b'{' => depth += 1,
            b'}' => depth = depth.saturating_sub(1),
            _ => {}
        }
        deepest = deepest.max(depth);
    }
    deepest
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(depth: usize) -> Vec<u8> {
        let function = "{".repeat(depth) + &"}".repeat(depth);
        format!("%PDF-1.7 1 0 obj <</FunctionType 4 /Length 9>> stream\n{function}\nendstream endobj").into_bytes()
    }

    #[test]
    fn braces_may_nest_so_deep_and_no_deeper() {
        assert!(check(&file(MAX_DEPTH)).is_ok());
        assert_eq!(check(&file(MAX_DEPTH + 1)).expect_err("too deep").kind(), ErrorKind::TooLarge);
    }

    #[test]
    fn other_functions_are_not_looked_at() {
        let other = String::from_utf8(file(MAX_DEPTH + 1)).expect("text").replace("Type 4", "Type 2");
        assert!(check(other.as_bytes()).is_ok());
    }

    #[test]
    fn a_packed_function_is_unpacked() {
        use std::io::Write;
        let mut packer = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::best());
        packer.write_all(&b"{".repeat(200_000)).expect("room");
        let mut file = b"<</FunctionType 4 /Filter /FlateDecode>> stream\n".to_vec();
        file.extend(packer.finish().expect("room"));
        file.extend(b"\nendstream");
        assert_eq!(check(&file).expect_err("too deep").kind(), ErrorKind::TooLarge);
    }
}
