//! The amounts of money that a text names: `系统软件110万元，设备45万元（其中电脑20万元）`.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use crate::language::amount;

/// An amount that stands outside of brackets.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Money {
    /// Its figure, in its own unit.
    pub(super) value: Decimal,
    /// Yuan in its unit.
    pub(super) yuan: u64,
}

/// The amounts of a squeezed text. What stands in brackets explains the amount before it and is left out. `None`
/// where a number is a range, of which neither end is the amount.
pub(super) fn amounts(text: &str, units: &BTreeMap<String, u64>) -> Option<Vec<Money>> {
    let mut found = Vec::new();
    let mut depth = 0usize;
    let mut rest = text;
    while let Some(character) = rest.chars().next() {
        match character {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            _ if character.is_ascii_digit() => {
                let end = rest.find(|c: char| !is_of_number(c)).unwrap_or(rest.len());
                let (number, after) = rest.split_at(end);
                if is_range(text, rest, after) {
                    return None;
                }
                let money = (depth == 0).then(|| money(number, after, units)).flatten();
                found.extend(money);
                rest = after;
                continue;
            }
            _ => {}
        }
        rest = &rest[character.len_utf8()..];
    }
    Some(found)
}

fn is_of_number(character: char) -> bool {
    character.is_ascii_digit() || matches!(character, '.' | ',')
}

fn money(number: &str, after: &str, units: &BTreeMap<String, u64>) -> Option<Money> {
    let (_, yuan) =
        units.iter().filter(|(unit, _)| after.starts_with(unit.as_str())).max_by_key(|(unit, _)| unit.len())?;
    let amount = amount::parse(number.trim_end_matches(['.', ',']))?;
    Some(Money { value: amount.value, yuan: *yuan })
}

/// Whether a number and the one before or after it are ends of a range (10-20万元).
fn is_range(text: &str, from: &str, after: &str) -> bool {
    const MARKS: [char; 6] = ['-', '~', '—', '–', '至', '到'];
    let is_digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
    let before = &text[..text.len() - from.len()];
    let ends =
        before.strip_suffix(MARKS).is_some_and(|head| is_digit(head.trim_end_matches(MARKS).chars().next_back()));
    let begins = after.strip_prefix(MARKS).is_some_and(|tail| is_digit(tail.trim_start_matches(MARKS).chars().next()));
    ends || begins
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::vocabulary::{Vocabulary, squeezed};

    fn read(text: &str) -> Option<Vec<(String, u64)>> {
        let units = &Vocabulary::national().expect("the built-in vocabulary").units;
        let found = amounts(&squeezed(text), units)?;
        Some(found.into_iter().map(|money| (money.value.to_string(), money.yuan)).collect())
    }

    fn wan(figures: &[&str]) -> Option<Vec<(String, u64)>> {
        Some(figures.iter().map(|figure| ((*figure).to_owned(), 10_000)).collect())
    }

    #[test]
    fn amounts_outside_of_brackets() {
        assert_eq!(read("软件110万元，设备45万元，运维215万元（人工130万元，专线85万元）"), wan(&["110", "45", "215"]));
        assert_eq!(read("运维215万元（人工130万元，专线85万元"), wan(&["215"]), "a bracket that the form cut off");
        assert_eq!(read("年费用16,488元；"), Some(vec![("16488".to_owned(), 1)]));
    }

    #[test]
    fn numbers_without_a_unit_of_money_are_none() {
        assert_eq!(read("（8核16G，数据盘500G）1台，12345热线20路，8万"), wan(&[]));
    }

    #[test]
    fn a_range_is_no_amount() {
        assert_eq!(read("费用10-20万元"), None);
        assert_eq!(read("费用10万元，2至3台"), None);
    }
}
