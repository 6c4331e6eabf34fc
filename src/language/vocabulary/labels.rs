//! Labels in the form in which they are compared with texts.

use std::borrow::Cow;

use serde::Deserialize;

use crate::language::characters::simplified_form;

/// Labels in comparable form ([`squeezed`]).
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(from = "Vec<String>")]
pub(crate) struct Labels(Vec<String>);

impl From<Vec<String>> for Labels {
    fn from(words: Vec<String>) -> Self {
        Labels(words.iter().map(|word| squeezed(word).into_owned()).collect())
    }
}

impl Labels {
    /// Whether a squeezed text is one of the labels.
    pub(crate) fn contain(&self, text: &str) -> bool {
        self.0.iter().any(|label| label == text)
    }

    /// Whether a squeezed text has one of the labels in it.
    pub(crate) fn occur_in(&self, text: &str) -> bool {
        self.0.iter().any(|label| text.contains(label.as_str()))
    }

    /// Whether a squeezed text has every label in it.
    pub(crate) fn all_occur_in(&self, text: &str) -> bool {
        self.0.iter().all(|label| text.contains(label.as_str()))
    }

    /// What follows the first label that a squeezed text begins with.
    pub(crate) fn strip_from<'t>(&self, text: &'t str) -> Option<&'t str> {
        self.0.iter().find_map(|label| text.strip_prefix(label.as_str()))
    }

    /// What stands before the first label that a squeezed text ends with.
    pub(crate) fn strip_end<'t>(&self, text: &'t str) -> Option<&'t str> {
        self.0.iter().find_map(|label| text.strip_suffix(label.as_str()))
    }

    /// Whether a character is one of the labels.
    pub(crate) fn contain_letter(&self, letter: char) -> bool {
        self.contain(letter.encode_utf8(&mut [0; 4]))
    }

    /// Whether a squeezed text ends with one of the labels.
    pub(crate) fn end(&self, text: &str) -> bool {
        self.0.iter().any(|label| text.ends_with(label.as_str()))
    }

    /// Whether a squeezed text ends with one of the labels that are long enough to be told from other words' endings.
    pub(crate) fn end_distinctly(&self, text: &str) -> bool {
        self.0.iter().any(|label| text.ends_with(label.as_str()) && label.chars().count() >= 3)
    }

    /// Whether a squeezed text is made up of the labels, one or more.
    pub(crate) fn make_up(&self, text: &str) -> bool {
        let mut rest = text;
        while let Some(after) = self.strip_from(rest).filter(|after| after.len() < rest.len()) {
            rest = after;
        }
        rest.is_empty() && !text.is_empty()
    }

    /// The labels.
    pub(crate) fn iter(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(String::as_str)
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// A comparable form of a label: no white space, full-width ASCII made half-width, Chinese quotation marks and
/// brackets made plain, traditional characters simplified. Most texts are plain already and are not copied.
pub(crate) fn squeezed(text: &str) -> Cow<'_, str> {
    let mut plain = String::new();
    // What stands between two changes is copied in one piece.
    let mut unchanged = 0;
    for (at, character) in text.char_indices() {
        let replacement = match character {
            '!'..='~' => continue,
            '\u{3400}'..='\u{9fff}' => match simplified_form(character) {
                None => continue,
                simplified => simplified,
            },
            '\u{ff01}'..='\u{ff5e}' => char::from_u32(character as u32 - 0xfee0),
            '“' | '”' | '„' | '‟' => Some('"'),
            _ if character.is_whitespace() => None,
            _ => continue,
        };
        if unchanged == 0 {
            plain.reserve(text.len());
        }
        plain.push_str(&text[unchanged..at]);
        plain.extend(replacement);
        unchanged = at + character.len_utf8();
    }
    if unchanged == 0 {
        return Cow::Borrowed(text);
    }
    plain.push_str(&text[unchanged..]);
    Cow::Owned(plain)
}
