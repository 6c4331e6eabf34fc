//! A text dump as words on lines on pages.

use crate::document::PageNumber;

/// What stands between two spaces.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Word {
    /// Its characters.
    pub(super) text: String,
    /// Where it begins in its line, in characters.
    pub(super) column: usize,
}

/// A line that is not empty.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct TextLine {
    /// The page, as far as page marks tell.
    pub(super) page: PageNumber,
    /// Its place in the dump, counted from 0 without empty lines.
    pub(super) number: usize,
    /// Whether an empty line stands between the line before and this one, where not all lines are apart so.
    pub(super) after_gap: bool,
    /// Its words.
    pub(super) words: Vec<Word>,
}

impl TextLine {
    /// The line as it stands in the dump; several spaces are one.
    pub(super) fn text(&self) -> String {
        let words: Vec<&str> = self.words.iter().map(|word| word.text.as_str()).collect();
        words.join(" ")
    }
}

impl Word {
    /// Where the word ends in its line, in characters.
    pub(super) fn end(&self) -> usize {
        self.column + self.text.chars().count()
    }
}
