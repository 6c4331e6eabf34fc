//! Numbers with their units in running text: `2,881.90万元`, `12.5 %`, `3台（套）`.

use regex::Regex;
use serde::Deserialize;

use super::patterns::{any_of, compiled};

/// The units that a number may have, the longer first where one begins like another, and the pattern made of them.
#[derive(Clone, Debug, Deserialize)]
#[serde(from = "Vec<String>")]
pub(crate) struct Units {
    words: Vec<String>,
    pattern: Regex,
}

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

impl From<Vec<String>> for Units {
    fn from(words: Vec<String>) -> Self {
        let units = any_of(words.iter().map(String::as_str));
        // Points and commas at the end of a number belong to the sentence.
        let pattern = compiled(&format!(r"[0-9](?:[0-9.,]*[0-9])?(?:[ \u{{a0}}\u{{3000}}]*(?:%|％|{units}))?"));
        Self { words, pattern }
    }
}

impl Units {
    /// Whether a text is a unit.
    pub(crate) fn contain(&self, text: &str) -> bool {
        self.words.iter().any(|word| word == text)
    }

    /// Every number of a text, in its order.
    pub(crate) fn quantities<'t>(&self, text: &'t str) -> impl Iterator<Item = Quantity<'t>> {
        self.pattern.find_iter(text).map(|found| {
            let printed = found.as_str();
            let length = printed.find(|c: char| !is_of_number(c)).unwrap_or(printed.len());
            let (digits, unit) = printed.split_at(length);
            let unit = match unit.trim_start() {
                "" => None,
                "％" => Some("%"),
                unit => Some(unit),
            };
            let start = found.start();
            Quantity { start, digits_end: start + length, end: found.end(), digits, unit }
        })
    }
}

fn is_of_number(character: char) -> bool {
    character.is_ascii_digit() || matches!(character, '.' | ',')
}

#[cfg(test)]
mod tests {
    use super::*;

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
