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

/// Dumps written down in tests.
#[cfg(test)]
pub(super) mod testing {
    use super::*;

    /// Lines of words with one space between them, each with its page.
    pub(in crate::dump) fn lines<'t>(lines: impl Iterator<Item = (u32, &'t str)>) -> Vec<TextLine> {
        let line = |(number, (page, text)): (usize, (u32, &str))| {
            let mut words: Vec<Word> = Vec::new();
            for word in text.split(' ') {
                let column = words.last().map_or(0, |before| before.end() + 1);
                words.push(Word { text: word.to_owned(), column });
            }
            TextLine { page: PageNumber(page), number, after_gap: false, words }
        };
        lines.enumerate().map(line).collect()
    }
}
