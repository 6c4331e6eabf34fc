//! Numbers with their units in running text: `2,881.90万元`, `12.5 %`, `3台（套）`, `１．３２亿元`, `1 322.76 万 元`.
//!
//! The one reading of quantities: statements, checks and targets share it.

use serde::Deserialize;

use super::amount::half_width_digit;

/// The units that a number may have, the longer first where one begins like another.
#[derive(Clone, Debug, Deserialize)]
#[serde(transparent)]
pub(crate) struct Units(Vec<String>);

/// A number in a text.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Quantity<'t> {
    /// Where it begins, in bytes.
    pub(crate) start: usize,
    /// Where its digits end.
    pub(crate) digits_end: usize,
    /// Where its unit ends, or its digits, where it has none.
    pub(crate) end: usize,
    /// The number as printed.
    pub(crate) digits: &'t str,
    /// Its unit; `%` in either width is `%`.
    pub(crate) unit: Option<&'t str>,
}

/// How many digits stand in a group of thousands.
const GROUP: usize = 3;

impl From<Vec<String>> for Units {
    fn from(words: Vec<String>) -> Self {
        Self(words)
    }
}

impl Units {
    /// Whether a text is a unit.
    pub(crate) fn contain(&self, text: &str) -> bool {
        self.0.iter().any(|word| word == text)
    }

    /// Every number of a text, in its order. Read by hand: as a pattern this is the most expensive one of a document.
    pub(crate) fn quantities<'t>(&'t self, text: &'t str) -> impl Iterator<Item = Quantity<'t>> {
        let mut from = 0;
        std::iter::from_fn(move || {
            let start = from + first_digit(&text.as_bytes()[from..])?;
            let digits_end = start + number_length(&text[start..]);
            let found = self.leading(&text[digits_end..]);
            let end = digits_end + found.map_or(0, |(_, length)| length);
            from = end;
            Some(Quantity {
                start,
                digits_end,
                end,
                digits: &text[start..digits_end],
                unit: found.map(|(unit, _)| unit),
            })
        })
    }

    /// The unit that a text begins with, and how many bytes it takes. A justified line may spread its characters.
    fn leading(&self, text: &str) -> Option<(&str, usize)> {
        let percent = ["%", "％"].into_iter().find_map(|sign| Some(("%", spread_length(text, sign)?)));
        percent.or_else(|| self.0.iter().find_map(|word| Some((word.as_str(), spread_length(text, word)?))))
    }
}

/// Where the first digit of either width stands.
fn first_digit(text: &[u8]) -> Option<usize> {
    // Full-width digits are EF BC 90 to 99; no other character has these bytes in its midst.
    let is_wide = |at: usize| matches!(text.get(at + 1..at + 3), Some([0xbc, 0x90..=0x99]));
    (0..text.len()).find(|at| text[*at].is_ascii_digit() || text[*at] == 0xef && is_wide(*at))
}

/// How many bytes a number takes that a text begins with. Spaces may part its thousands, points and commas at its end
/// belong to the sentence.
fn number_length(text: &str) -> usize {
    let is_digit = |c: char| half_width_digit(c).is_ascii_digit();
    let is_part = |c: char| is_digit(c) || matches!(c, '.' | ',' | '．');
    let plain = text.find(|c| !is_part(c)).unwrap_or(text.len());
    let plain = text[..plain].trim_end_matches(|c| !is_digit(c)).len();
    if plain > GROUP || !text[..plain].bytes().all(|b| b.is_ascii_digit()) {
        return plain;
    }
    let mut length = plain;
    while let Some(group) = spaced_group(&text[length..]) {
        length += group;
    }
    if length > plain { length + fraction_length(&text[length..]) } else { plain }
}

/// The bytes of a space and the three digits after it, where no fourth follows.
fn spaced_group(text: &str) -> Option<usize> {
    let digits = text.strip_prefix([' ', '\u{a0}'])?;
    let count = digits.bytes().take_while(u8::is_ascii_digit).count();
    (count == GROUP).then(|| text.len() - digits.len() + count)
}

/// The bytes of a point and the digits after it.
fn fraction_length(text: &str) -> usize {
    let Some(digits) = text.strip_prefix(['.', '．']) else { return 0 };
    let count = digits.bytes().take_while(u8::is_ascii_digit).count();
    if count == 0 { 0 } else { text.len() - digits.len() + count }
}

/// How many bytes of a text a word takes that it begins with, whatever spaces stand between the word's characters.
fn spread_length(text: &str, word: &str) -> Option<usize> {
    let mut rest = text;
    for character in word.chars() {
        rest = rest.trim_start().strip_prefix(character)?;
    }
    Some(text.len() - rest.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn widths_and_spaces_do_not_matter() {
        let units = Units::from(["万元", "亿元"].map(str::to_owned).to_vec());
        let text = "１．３２亿元，支出1 322.76 万 元，2024 322.76万元，增长１０．４１％";
        let found: Vec<(&str, Option<&str>)> = units.quantities(text).map(|found| (found.digits, found.unit)).collect();
        let expected = [
            ("１．３２", Some("亿元")),
            ("1 322.76", Some("万元")),
            ("2024", None),
            ("322.76", Some("万元")),
            ("１０．４１", Some("%")),
        ];
        assert_eq!(found, expected);
    }

    #[test]
    fn numbers_have_the_first_unit_that_fits() {
        let units = Units::from(["百万元", "万元", "元", "台（套）", "台"].map(str::to_owned).to_vec());
        let found: Vec<(&str, Option<&str>)> = units
            .quantities("共2,881.90万元，3台（套），1.2.，12.5 ％，第2003001项：4 百万元")
            .map(|quantity| (quantity.digits, quantity.unit))
            .collect();
        let expected = [
            ("2,881.90", Some("万元")),
            ("3", Some("台（套）")),
            ("1.2", None),
            ("12.5", Some("%")),
            ("2003001", None),
            ("4", Some("百万元")),
        ];
        assert_eq!(found, expected);
    }
}
