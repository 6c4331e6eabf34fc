//! The amounts of money that a text names: `系统软件110万元，设备45万元（其中电脑20万元）`.

use rust_decimal::Decimal;

use crate::language::amount;
use crate::language::quantities::Quantity;
use crate::language::vocabulary::Vocabulary;

/// An amount that stands outside of brackets.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Money {
    /// Its figure, in its own unit.
    pub(super) value: Decimal,
    /// Yuan in its unit.
    pub(super) yuan: u64,
}

/// The amounts of a squeezed text. What stands in brackets explains the amount before it and is left out. `None`
/// where a number is a range (10-20万元), of which neither end is the amount.
pub(super) fn amounts(text: &str, vocabulary: &Vocabulary) -> Option<Vec<Money>> {
    let mut found = Vec::new();
    let mut depth = 0usize;
    let mut last = None;
    for quantity in vocabulary.statements.units.quantities(text) {
        let between = &text[last.unwrap_or(0)..quantity.start];
        if last.is_some() && vocabulary.statements.range_marks.make_up(between) {
            return None;
        }
        for character in between.chars() {
            match character {
                '(' => depth += 1,
                ')' => depth = depth.saturating_sub(1),
                _ => {}
            }
        }
        found.extend(money(&quantity, vocabulary).filter(|_| depth == 0));
        last = Some(quantity.digits_end);
    }
    Some(found)
}

fn money(quantity: &Quantity<'_>, vocabulary: &Vocabulary) -> Option<Money> {
    let yuan = *vocabulary.units.get(quantity.unit?)?;
    Some(Money { value: amount::parse(quantity.digits)?.value, yuan })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::vocabulary::squeezed;

    fn read(text: &str) -> Option<Vec<(String, u64)>> {
        let found = amounts(&squeezed(text), Vocabulary::national().expect("the built-in vocabulary"))?;
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
