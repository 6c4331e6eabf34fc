//! Numbers with their units in running text: `2,881.90万元`, `12.5 %`, `3台（套）`, `１．３２亿元`, `1 322.76 万 元`.
//!
//! The one reading of quantities: statements, checks and targets share it.

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

/// Digits of either width; a space may part the thousands. Points and commas at the end of a number belong to the
/// sentence.
const DIGITS: &str = r"[0-9０-９]{1,3}(?:[ \u{a0}][0-9]{3})+(?:[.．][0-9]+)?|[0-9０-９](?:[0-9０-９.．,]*[0-9０-９])?";

impl From<Vec<String>> for Units {
    fn from(words: Vec<String>) -> Self {
        // A justified line may spread the characters of a unit.
        let spread = |word: &String| {
            word.chars().map(|c| any_of([c.to_string().as_str()].into_iter())).collect::<Vec<_>>().join(r"\s*")
        };
        let units = words.iter().map(spread).collect::<Vec<_>>().join("|");
        let pattern = compiled(&format!(r"(?P<digits>{DIGITS})(?:\s*(?P<unit>%|％|{units}))?"));
        Self { words, pattern }
    }
}

impl Units {
    /// Whether a text is a unit.
    pub(crate) fn contain(&self, text: &str) -> bool {
        self.words.iter().any(|word| word == text)
    }

    /// Every number of a text, in its order.
    pub(crate) fn quantities<'t>(&'t self, text: &'t str) -> impl Iterator<Item = Quantity<'t>> {
        self.pattern.captures_iter(text).map(|found| {
            let (start, digits) = found.name("digits").map_or((0, ""), |digits| (digits.start(), digits.as_str()));
            let digits_end = start + digits.len();
            let unit = found.name("unit");
            let end = unit.map_or(digits_end, |unit| unit.end());
            Quantity { start, digits_end, end, digits, unit: unit.and_then(|unit| self.named(unit.as_str())) }
        })
    }

    /// The unit that a text is, whatever spaces it has.
    fn named(&self, text: &str) -> Option<&str> {
        let plain: String = text.chars().filter(|c| !c.is_whitespace()).collect();
        if matches!(plain.as_str(), "%" | "％") {
            return Some("%");
        }
        self.words.iter().find(|word| **word == plain).map(String::as_str)
    }
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
