//! What stops a conversion.

/// Why a file cannot be converted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ErrorKind {
    /// The bytes are not a PDF.
    NotAPdf,
    /// The file opens only with a password, or its encryption is unknown.
    Encrypted,
    /// The file is too damaged to find its pages.
    Damaged,
    /// No page has text: the file is a scan, or its text is drawn as outlines.
    NoTextLayer,
    /// Most characters cannot be named: the fonts lack the maps that would tell.
    GarbledText,
    /// The file needs more than a limit allows: pages, bytes after decompression, memory.
    TooLarge,
    /// The conversion took longer than its limit allows.
    Timeout,
    /// The vocabulary file cannot be used.
    Vocabulary,
    /// A file cannot be read or written.
    Io,
    /// A defect in yusuan or a library it uses.
    Internal,
}

impl ErrorKind {
    /// The stable code of the kind, for reports.
    pub fn code(self) -> &'static str {
        match self {
            ErrorKind::NotAPdf => "not-a-pdf",
            ErrorKind::Encrypted => "encrypted",
            ErrorKind::Damaged => "damaged",
            ErrorKind::NoTextLayer => "no-text-layer",
            ErrorKind::GarbledText => "garbled-text",
            ErrorKind::TooLarge => "too-large",
            ErrorKind::Timeout => "timeout",
            ErrorKind::Vocabulary => "vocabulary",
            ErrorKind::Io => "io",
            ErrorKind::Internal => "internal",
        }
    }
}

/// Why a file cannot be converted, in words.
#[derive(Clone, Debug, thiserror::Error)]
#[error("{}: {message}", kind.code())]
pub struct Error {
    kind: ErrorKind,
    message: String,
}

impl Error {
    /// An error of a kind, with what happened.
    pub fn new(kind: ErrorKind, message: impl Into<String>) -> Self {
        Self { kind, message: message.into() }
    }

    /// The kind of error.
    pub fn kind(&self) -> ErrorKind {
        self.kind
    }

    /// What happened, without the code of the kind.
    pub fn message(&self) -> &str {
        &self.message
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_error_shows_its_code_and_message() {
        let error = Error::new(ErrorKind::NoTextLayer, "none of 45 pages has text");
        assert_eq!(error.to_string(), "no-text-layer: none of 45 pages has text");
    }
}
