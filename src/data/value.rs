//! The values of a row, whatever the format.

use std::borrow::Cow;

use serde::Serialize;

/// Digits after the point that a decimal column holds: those of every unit in use (亿元 to the fen has ten).
pub(super) const DECIMAL_SCALE: u32 = 10;

/// Digits that a decimal column holds altogether, as many as a Decimal128 has.
pub(super) const DECIMAL_PRECISION: u32 = 38;

/// One value.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Value<'a> {
    /// Nothing; an empty text is nothing, too, as CSV cannot tell them apart.
    Null,
    /// Text.
    Text(Cow<'a, str>),
    /// A whole number.
    Integer(i64),
    /// An exact decimal.
    Figure(FittedDecimal<'a>),
    /// True or false.
    Boolean(bool),
}

/// An exact decimal that fits [`DECIMAL_PRECISION`] and [`DECIMAL_SCALE`].
#[derive(Clone, Debug, PartialEq)]
pub(super) struct FittedDecimal<'a> {
    /// The figure with the digits printed.
    pub(super) text: Cow<'a, str>,
    /// Its value in units of the last digit that a decimal column holds.
    pub(super) units: i128,
}

/// What a text is to a decimal column.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Reading {
    /// A figure, in units of the last digit that a decimal column holds.
    Figure(i128),
    /// A figure with more digits than the column holds.
    TooLong,
    /// Words.
    Words,
}

/// Reads `-12.30`. Nothing is rounded: a figure fits or it does not.
pub(super) fn read_figure(text: &str) -> Reading {
    let (negative, digits) = text.strip_prefix('-').map_or((false, text), |rest| (true, rest));
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, "0"));
    let is_digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    if !is_digits(whole) || !is_digits(fraction) {
        return Reading::Words;
    }
    let (whole, fraction) = (whole.trim_start_matches('0'), fraction.trim_end_matches('0'));
    let scale = DECIMAL_SCALE as usize;
    if whole.len() > (DECIMAL_PRECISION - DECIMAL_SCALE) as usize || fraction.len() > scale {
        return Reading::TooLong;
    }
    // At most 38 digits, which an i128 holds.
    let padding = std::iter::repeat_n(b'0', scale - fraction.len());
    let units = whole
        .bytes()
        .chain(fraction.bytes())
        .chain(padding)
        .fold(0, |units: i128, digit| units * 10 + i128::from(digit - b'0'));
    Reading::Figure(if negative { -units } else { units })
}

/// The values of a row, collected from left to right.
#[derive(Clone, Debug, Default)]
pub(super) struct Record<'a> {
    /// The values.
    pub(super) values: Vec<Value<'a>>,
    /// How many figures did not fit their column.
    pub(super) too_long: u32,
}

impl<'a> Record<'a> {
    /// The row with a text.
    pub(super) fn text(self, text: impl Into<Cow<'a, str>>) -> Self {
        let text = text.into();
        self.value(if text.is_empty() { Value::Null } else { Value::Text(text) })
    }

    /// The row with a text, if there is one.
    pub(super) fn optional(self, text: Option<&'a str>) -> Self {
        self.text(text.unwrap_or_default())
    }

    /// The row with a value of a closed list, by its name in the document JSON.
    pub(super) fn name(self, value: Option<impl Serialize>) -> Self {
        self.text(value.map(|value| name_of(&value)).unwrap_or_default())
    }

    /// The row with a whole number.
    pub(super) fn integer(self, number: impl Into<i64>) -> Self {
        self.value(Value::Integer(number.into()))
    }

    /// The row with a count or a place in a list, where there is one.
    pub(super) fn count(self, number: Option<usize>) -> Self {
        self.value(number.and_then(|number| i64::try_from(number).ok()).map_or(Value::Null, Value::Integer))
    }

    /// The row with a whole number, if there is one.
    pub(super) fn optional_integer(self, number: Option<impl Into<i64>>) -> Self {
        self.value(number.map_or(Value::Null, |number| Value::Integer(number.into())))
    }

    /// The row with true or false.
    pub(super) fn boolean(self, truth: bool) -> Self {
        self.value(Value::Boolean(truth))
    }

    /// The row with **two** values: the text as a figure, where it is one and fits, and the text itself.
    pub(super) fn figure(mut self, text: Option<impl Into<Cow<'a, str>>>) -> Self {
        let text = text.map(Into::into);
        let Some(text) = text else { return self.value(Value::Null).value(Value::Null) };
        let figure = match read_figure(&text) {
            Reading::Figure(units) => Value::Figure(FittedDecimal { text: text.clone(), units }),
            Reading::TooLong => {
                self.too_long += 1;
                Value::Null
            }
            Reading::Words => Value::Null,
        };
        self.value(figure).text(text)
    }

    /// The row with a figure that has no text beside it.
    pub(super) fn figure_alone(mut self, text: Option<impl Into<Cow<'a, str>>>) -> Self {
        let record = std::mem::take(&mut self);
        let mut record = record.figure(text);
        record.values.pop();
        record
    }

    fn value(mut self, value: Value<'a>) -> Self {
        self.values.push(value);
        self
    }
}

/// The name that a value of a closed list has in the document JSON.
pub(super) fn name_of(value: &impl Serialize) -> String {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(name)) => name,
        _ => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn units(text: &str) -> Option<i128> {
        match read_figure(text) {
            Reading::Figure(units) => Some(units),
            Reading::TooLong | Reading::Words => None,
        }
    }

    #[test]
    fn figures_are_exact() {
        assert_eq!(units("2801.90"), Some(28_019_000_000_000));
        assert_eq!(units("-0.0000000001"), Some(-1));
        assert_eq!(units("0.00"), Some(0));
        assert_eq!(units("007"), Some(70_000_000_000));
        assert_eq!(units("1.00000000000000"), Some(10_000_000_000));
        let most = "9".repeat(28) + "." + &"9".repeat(10);
        assert_eq!(units(&most), Some(10_i128.pow(38) - 1));
    }

    #[test]
    fn nothing_is_rounded() {
        assert_eq!(read_figure("0.00000000001"), Reading::TooLong);
        assert_eq!(read_figure(&("1".to_owned() + &"0".repeat(28))), Reading::TooLong);
    }

    #[test]
    fn words_are_no_figures() {
        for text in ["", "-", "十", "1,000", "1.", ".5", "+1", "1e3", "12%", "--1", "NaN"] {
            assert_eq!(read_figure(text), Reading::Words, "{text}");
        }
    }

    #[test]
    fn a_figure_keeps_its_text_beside_it() {
        let row = Record::default()
            .figure(Some("2801.90"))
            .figure(Some("定性"))
            .figure(Some("0.00000000001"))
            .figure(None::<&str>);
        let figure = Value::Figure(FittedDecimal { text: "2801.90".into(), units: 28_019_000_000_000 });
        let text = |text: &'static str| Value::Text(text.into());
        let expected = [
            figure,
            text("2801.90"),
            Value::Null,
            text("定性"),
            Value::Null,
            text("0.00000000001"),
            Value::Null,
            Value::Null,
        ];
        assert_eq!((row.values.as_slice(), row.too_long), (expected.as_slice(), 1));
    }
}
