//! Labels in the form in which they are compared with texts.

use std::borrow::Cow;

use serde::Deserialize;

use crate::language::characters;

/// Labels in comparable form ([`squeezed`]).
///
/// Texts are held against lists of labels more often than anything else is done, and hardly ever fit. So each list and
/// each label has a [`Letters`], by which most of what does not fit is told without looking at the labels.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(from = "Vec<String>")]
pub(crate) struct Labels {
    labels: Vec<String>,
    /// The letters of each.
    letters: Vec<Letters>,
    /// The letters that one of them begins with.
    first: Letters,
    /// The letters that one of them ends with.
    last: Letters,
}

impl From<Vec<String>> for Labels {
    fn from(words: Vec<String>) -> Self {
        let labels: Vec<String> = words.iter().map(|word| squeezed(word).into_owned()).collect();
        let union =
            |letters: fn(&str) -> Letters| labels.iter().fold(Letters(0), |all, label| all.with(letters(label)));
        Labels {
            letters: labels.iter().map(|label| Letters::of(label)).collect(),
            first: union(Letters::first),
            last: union(Letters::last),
            labels,
        }
    }
}

/// A set of letters: one bit for all bytes of UTF-8 that share their six lowest bits. It may hold letters that were not
/// put in, but lacks none that were.
#[derive(Clone, Copy, Debug, Default)]
struct Letters(u64);

impl Letters {
    fn of(text: &str) -> Self {
        text.bytes().fold(Letters(0), |all, byte| all.with(Letters::of_byte(byte)))
    }

    /// The first letter of a text, by its third byte where it has three: the first byte of all ideographs is nearly the
    /// same. All letters for an empty text, with which every text begins.
    fn first(text: &str) -> Self {
        match *text.as_bytes() {
            [] => Letters(u64::MAX),
            [0xe0..=0xff, _, third, ..] => Letters::of_byte(third),
            [first, ..] => Letters::of_byte(first),
        }
    }

    /// The last letter of a text; all letters for an empty text.
    fn last(text: &str) -> Self {
        text.bytes().next_back().map_or(Letters(u64::MAX), Letters::of_byte)
    }

    fn of_byte(byte: u8) -> Self {
        Letters(1 << (byte & 0x3f))
    }

    fn with(self, other: Self) -> Self {
        Letters(self.0 | other.0)
    }

    fn meets(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    /// Whether all letters of another set may be in this one.
    fn holds(self, other: Self) -> bool {
        other.0 & !self.0 == 0
    }
}

impl Labels {
    /// Whether a squeezed text is one of the labels.
    pub(crate) fn contain(&self, text: &str) -> bool {
        self.may_begin(text) && self.may_end(text) && self.labels.iter().any(|label| label == text)
    }

    /// Whether a squeezed text has one of the labels in it.
    pub(crate) fn occur_in(&self, text: &str) -> bool {
        let letters = Letters::of(text);
        self.with_letters().any(|(label, own)| letters.holds(own) && text.contains(label))
    }

    /// Whether a squeezed text has every label in it.
    pub(crate) fn all_occur_in(&self, text: &str) -> bool {
        let letters = Letters::of(text);
        self.with_letters().all(|(label, own)| letters.holds(own) && text.contains(label))
    }

    /// What follows the first label that a squeezed text begins with.
    pub(crate) fn strip_from<'t>(&self, text: &'t str) -> Option<&'t str> {
        if !self.may_begin(text) {
            return None;
        }
        self.iter().find_map(|label| text.strip_prefix(label))
    }

    /// What stands before the first label that a squeezed text ends with.
    pub(crate) fn strip_end<'t>(&self, text: &'t str) -> Option<&'t str> {
        if !self.may_end(text) {
            return None;
        }
        self.iter().find_map(|label| text.strip_suffix(label))
    }

    /// Whether a character is one of the labels.
    pub(crate) fn contain_letter(&self, letter: char) -> bool {
        self.contain(letter.encode_utf8(&mut [0; 4]))
    }

    /// Whether a squeezed text ends with one of the labels.
    pub(crate) fn end(&self, text: &str) -> bool {
        self.may_end(text) && self.iter().any(|label| text.ends_with(label))
    }

    /// The length of the longest label that a squeezed text ends with, of those that are long enough to be told from
    /// other words' endings.
    pub(crate) fn distinct_ending(&self, text: &str) -> Option<usize> {
        if !self.may_end(text) {
            return None;
        }
        let ends = self.iter().filter(|label| text.ends_with(label));
        ends.map(|label| label.chars().count()).filter(|length| *length >= 3).max()
    }

    /// Whether a squeezed text has such an ending.
    pub(crate) fn end_distinctly(&self, text: &str) -> bool {
        self.distinct_ending(text).is_some()
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
        self.labels.iter().map(String::as_str)
    }

    pub(super) fn is_empty(&self) -> bool {
        self.labels.is_empty()
    }

    fn with_letters(&self) -> impl Iterator<Item = (&str, Letters)> {
        self.iter().zip(self.letters.iter().copied())
    }

    fn may_begin(&self, text: &str) -> bool {
        self.first.meets(Letters::first(text))
    }

    fn may_end(&self, text: &str) -> bool {
        self.last.meets(Letters::last(text))
    }
}

/// A comparable form of a label: no white space, full-width ASCII made half-width, Chinese quotation marks and
/// brackets made plain, traditional characters simplified. Most texts are plain already and are not copied.
pub(crate) fn squeezed(text: &str) -> Cow<'_, str> {
    let traditional = characters::table();
    let Some(first) = first_to_look_at(text, traditional) else { return Cow::Borrowed(text) };
    let mut plain = String::new();
    // What stands between two changes is copied in one piece.
    let mut unchanged = 0;
    for (at, character) in text[first..].char_indices().map(|(at, character)| (first + at, character)) {
        let replacement = match character {
            '!'..='~' => continue,
            '\u{3400}'..='\u{9fff}' => match traditional.simplified(character) {
                None => continue,
                simplified => simplified,
            },
            '\u{ff01}'..='\u{ff5e}' => char::from_u32(character as u32 - 0xfee0),
            '“' | '”' | '„' | '‟' => Some('"'),
            _ if character.is_whitespace() => None,
            _ => continue,
        };
        if plain.is_empty() {
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

/// Where the first character stands that is neither plain ASCII nor a simplified ideograph. This is asked of every text
/// many times: bytes are looked at, no characters made of them.
fn first_to_look_at(text: &str, traditional: &characters::Table) -> Option<usize> {
    let bytes = text.as_bytes();
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        match (byte, bytes.get(at..at + 3)) {
            (b'!'..=b'~', _) => at += 1,
            (0xe4..=0xe9, Some(&[first, second, third])) if traditional.is_simplified([first, second, third]) => {
                at += 3
            }
            _ => return Some(at),
        }
    }
    None
}
