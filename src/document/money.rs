//! Exact decimals that keep their printed digits.

use std::borrow::Cow;
use std::fmt::{Display, Formatter};
use std::str::FromStr;

use rust_decimal::Decimal;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A printed figure: an amount of money, or in statements also a count or a percentage. Exact, and with the digits after
/// the point that were printed: `2801.90` stays `2801.90`. Carried as a string in JSON.
///
/// Two are equal where their values are, whatever their digits: `0` equals `0.00`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Money(Decimal);

impl Money {
    /// The exact value.
    pub fn value(self) -> Decimal {
        self.0
    }
}

impl From<Decimal> for Money {
    fn from(value: Decimal) -> Self {
        Self(value)
    }
}

impl FromStr for Money {
    type Err = rust_decimal::Error;

    /// Reads plain digits, with a sign before them and a point in them where there is one.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Decimal::from_str_exact(text).map(Self)
    }
}

impl Display for Money {
    fn fmt(&self, formatter: &mut Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(&written(self.0))
    }
}

impl Serialize for Money {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&written(self.0))
    }
}

impl<'de> Deserialize<'de> for Money {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = Cow::<str>::deserialize(deserializer)?;
        text.parse().map_err(|_| serde::de::Error::custom(format!("no exact decimal: {text}")))
    }
}

impl JsonSchema for Money {
    fn schema_name() -> Cow<'static, str> {
        "Money".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "type": "string",
            "pattern": r"^-?[0-9]+(\.[0-9]+)?$",
            "description": "An exact decimal with the digits after the point that were printed",
        })
    }
}

/// A figure with the digits after the point that it has: what `to_string` gives, with less work.
pub(crate) fn written(value: Decimal) -> String {
    let Ok(units) = u64::try_from(value.mantissa().unsigned_abs()) else { return value.to_string() };
    let digits = units.to_string();
    let scale = value.scale() as usize;
    let whole = digits.len().saturating_sub(scale);
    let mut text = String::with_capacity(digits.len().max(scale) + 3);
    if value.is_sign_negative() {
        text.push('-');
    }
    text.push_str(if whole == 0 { "0" } else { &digits[..whole] });
    if scale > 0 {
        text.push('.');
        text.extend(std::iter::repeat_n('0', scale - (digits.len() - whole)));
        text.push_str(&digits[whole..]);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn printed_digits_are_kept() {
        for text in ["2801.90", "0.00", "-80", "0.5", "79228162514264337593543950335"] {
            let money: Money = text.parse().expect("a decimal");
            assert_eq!(money.to_string(), text);
            let json = serde_json::to_string(&money).expect("JSON");
            assert_eq!(json, format!("\"{text}\""));
            assert_eq!(serde_json::from_str::<Money>(&json).expect("money"), money);
        }
    }

    #[test]
    fn words_are_no_money() {
        assert!(serde_json::from_str::<Money>("\"约80\"").is_err());
        assert!("1e3".parse::<Money>().is_err());
        assert!("".parse::<Money>().is_err());
    }

    #[test]
    fn figures_are_written_as_decimals_write_themselves() {
        for scale in [0, 1, 2, 5, 28] {
            for units in [0, 1, -1, 7, -10, 99, 280190, -12345678901234567, i128::from(u64::MAX), -(1 << 90)] {
                let value = Decimal::from_i128_with_scale(units, scale);
                assert_eq!(written(value), value.to_string());
                assert_eq!(written(-value), (-value).to_string());
            }
        }
    }
}
