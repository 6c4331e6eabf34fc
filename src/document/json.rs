//! A document → JSON and back.

use std::io::Write;

use serde::{Deserialize, Serialize};
use serde_json::ser::{Formatter, Serializer};

use super::{Document, Error, ErrorKind, FORMAT, FORMAT_FAMILY};

/// Bytes of a document of some twenty pages; longer ones grow from there.
const USUAL_LENGTH: usize = 512 << 10;

/// Spaces a level, as `PrettyFormatter` has them.
const INDENT: usize = 2;

/// Levels that are written in one piece; a document has fewer.
const MAX_INDENT: usize = 16;

/// What stands between two values: a comma, a line break, and the indentation.
static BREAK: [u8; 2 + INDENT * MAX_INDENT] = {
    let mut bytes = [b' '; 2 + INDENT * MAX_INDENT];
    (bytes[0], bytes[1]) = (b',', b'\n');
    bytes
};

/// The document as indented JSON with a final line break; the same document gives the same bytes.
///
/// # Errors
/// [`ErrorKind::Internal`] if the document cannot be written as JSON, which would be a defect.
pub fn to_json(document: &Document) -> Result<String, Error> {
    let mut json = Vec::with_capacity(USUAL_LENGTH);
    let mut serializer = Serializer::with_formatter(&mut json, Indented::default());
    document.serialize(&mut serializer).map_err(|error| not_written(&error))?;
    json.push(b'\n');
    String::from_utf8(json).map_err(|error| not_written(&error))
}

fn not_written(error: &dyn std::fmt::Display) -> Error {
    Error::new(ErrorKind::Internal, format!("cannot be written as JSON: {error}"))
}

/// The bytes of serde_json's `PrettyFormatter`, each line break written with its indentation in one piece instead of one
/// a level: half of a document is indentation.
#[derive(Default)]
struct Indented {
    depth: usize,
    has_value: bool,
}

impl Indented {
    fn open(&mut self) {
        self.depth += 1;
        self.has_value = false;
    }

    fn close<W: ?Sized + Write>(&mut self, writer: &mut W) -> std::io::Result<()> {
        self.depth -= 1;
        if self.has_value { self.break_line(writer, true) } else { Ok(()) }
    }

    fn break_line<W: ?Sized + Write>(&self, writer: &mut W, is_first: bool) -> std::io::Result<()> {
        let deep = self.depth.min(MAX_INDENT);
        writer.write_all(&BREAK[usize::from(is_first)..2 + INDENT * deep])?;
        (deep..self.depth).try_for_each(|_| writer.write_all(&BREAK[2..2 + INDENT]))
    }
}

impl Formatter for Indented {
    fn begin_array<W: ?Sized + Write>(&mut self, writer: &mut W) -> std::io::Result<()> {
        self.open();
        writer.write_all(b"[")
    }

    fn end_array<W: ?Sized + Write>(&mut self, writer: &mut W) -> std::io::Result<()> {
        self.close(writer)?;
        writer.write_all(b"]")
    }

    fn begin_array_value<W: ?Sized + Write>(&mut self, writer: &mut W, first: bool) -> std::io::Result<()> {
        self.break_line(writer, first)
    }

    fn end_array_value<W: ?Sized + Write>(&mut self, _: &mut W) -> std::io::Result<()> {
        self.has_value = true;
        Ok(())
    }

    fn begin_object<W: ?Sized + Write>(&mut self, writer: &mut W) -> std::io::Result<()> {
        self.open();
        writer.write_all(b"{")
    }

    fn end_object<W: ?Sized + Write>(&mut self, writer: &mut W) -> std::io::Result<()> {
        self.close(writer)?;
        writer.write_all(b"}")
    }

    fn begin_object_key<W: ?Sized + Write>(&mut self, writer: &mut W, first: bool) -> std::io::Result<()> {
        self.break_line(writer, first)
    }

    fn begin_object_value<W: ?Sized + Write>(&mut self, writer: &mut W) -> std::io::Result<()> {
        writer.write_all(b": ")
    }

    fn end_object_value<W: ?Sized + Write>(&mut self, _: &mut W) -> std::io::Result<()> {
        self.has_value = true;
        Ok(())
    }
}

/// Reads what [`to_json`] wrote.
///
/// # Errors
/// [`ErrorKind::Io`] if the text is no document JSON, or one of another version; the message says what to do.
pub fn from_json(json: &str) -> Result<Document, Error> {
    serde_json::from_str(json).map_err(|error| Error::new(ErrorKind::Io, not_read(json, &error)))
}

/// Why a text is no document JSON of this version.
fn not_read(json: &str, error: &serde_json::Error) -> String {
    #[derive(Deserialize)]
    struct Versioned {
        format: String,
    }
    match serde_json::from_str::<Versioned>(json) {
        Ok(Versioned { format }) if format != FORMAT && format.starts_with(FORMAT_FAMILY) => format!(
            "written by another version of yusuan ({format}, this one reads {FORMAT}): convert the document again"
        ),
        _ => format!("no document JSON: {error}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn indentation_is_that_of_serde_json() {
        let mut deep = serde_json::json!([[], {}, [1, {"a": null, "b": [[], ["x\ny"]]}], "终"]);
        for _ in 0..MAX_INDENT {
            deep = serde_json::json!([0, {"within": deep}]);
        }
        let mut written = Vec::new();
        deep.serialize(&mut Serializer::with_formatter(&mut written, Indented::default())).expect("written");
        assert_eq!(String::from_utf8(written).expect("text"), serde_json::to_string_pretty(&deep).expect("written"));
    }

    #[test]
    fn documents_of_another_version_are_refused_with_what_to_do() {
        let error = from_json(r#"{"format": "yusuan.document/1", "source": {}}"#).expect_err("an old document");
        assert_eq!(
            error.message(),
            "written by another version of yusuan (yusuan.document/1, this one reads yusuan.document/2): convert the \
             document again"
        );
        let error = from_json("{}").expect_err("no document");
        assert!(error.message().starts_with("no document JSON"), "{error}");
    }
}
