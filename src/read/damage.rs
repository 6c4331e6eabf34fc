//! Signs that a PDF is not whole, as a download that broke off: hayro repairs what it can and says nothing.

use memchr::memmem;

use crate::document::PageNumber;

/// What is missing from a file.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct Damage {
    /// Whether the file breaks off before its own end.
    pub(super) ends_early: bool,
    /// Pages of which the content, a font or a form is named and not there.
    pub(super) incomplete: Vec<PageNumber>,
}

/// Whether a file breaks off: nothing in it says where its cross-reference table begins, the place that is said lies
/// beyond its end, or objects come after its last end mark.
pub(super) fn ends_early(file: &[u8]) -> bool {
    let Some(at) = memmem::rfind(file, b"startxref") else { return true };
    let rest = &file[at + b"startxref".len()..];
    let digits: Vec<u8> = rest.trim_ascii_start().iter().copied().take_while(u8::is_ascii_digit).collect();
    let place = std::str::from_utf8(&digits).ok().and_then(|digits| digits.parse::<usize>().ok());
    place.is_none_or(|place| place >= file.len()) || memmem::find(rest, b" obj").is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    const OBJECT: &str = "1 0 obj <<>> endobj\n";

    fn file(end: &str) -> Vec<u8> {
        format!("%PDF-1.7\n{OBJECT}{end}").into_bytes()
    }

    #[test]
    fn a_whole_file_ends_where_it_says() {
        assert!(!ends_early(&file("startxref\n9\n%%EOF\n")));
        assert!(!ends_early(&file("startxref 9 %%EOF\n<html>what a server added</html>")));
        // What a linearized file has at its beginning, and again at its end.
        assert!(!ends_early(&file("startxref 0 %%EOF\n2 0 obj <<>> endobj startxref 9 %%EOF")));
    }

    #[test]
    fn a_file_cut_anywhere_is_seen() {
        assert!(ends_early(&file("")));
        assert!(ends_early(&file("startxref\n")));
        assert!(ends_early(&file("startxref\n99999\n%%EOF")));
        assert!(ends_early(&file("startxref 0 %%EOF\n2 0 obj <</Length 9>> stream")));
    }
}
