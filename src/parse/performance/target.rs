//! A target in one cell (`≥95%`, `>=2次`, `≥13459.00(平方米)`) → relation, value, unit.

use crate::document::Relation;
use crate::language::relations;

/// A target taken apart.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Target {
    pub(super) relation: Option<Relation>,
    pub(super) value: String,
    pub(super) measure_unit: Option<String>,
}

/// Takes a target apart that is a number with a relation before it or a unit in brackets after it; `None` for words
/// and for bare numbers, which stay whole.
pub(super) fn split(text: &str) -> Option<Target> {
    let text = text.trim();
    let (relation, rest) =
        relations::leading(text).map_or((None, text), |(sign, rest)| (Some(sign), rest.trim_start()));
    let end = rest.find(|c: char| !(c.is_ascii_digit() || matches!(c, '.' | ','))).unwrap_or(rest.len());
    let (value, unit) = rest.split_at(end);
    let unit = unit.trim();
    let bracketed = unit.strip_prefix(['(', '（']).and_then(|inner| inner.strip_suffix([')', '）']));
    if !value.starts_with(|c: char| c.is_ascii_digit()) || (relation.is_none() && bracketed.is_none()) {
        return None;
    }
    let bare = bracketed.unwrap_or(unit);
    Some(Target { relation, value: value.to_owned(), measure_unit: (!bare.is_empty()).then(|| bare.to_owned()) })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(text: &str) -> Option<(Option<Relation>, String, Option<String>)> {
        split(text).map(|target| (target.relation, target.value, target.measure_unit))
    }

    #[test]
    fn targets_with_a_relation_are_taken_apart() {
        assert_eq!(parts(">=2次"), Some((Some(Relation::AtLeast), "2".into(), Some("次".into()))));
        assert_eq!(
            parts("≥13459.00(平方米)"),
            Some((Some(Relation::AtLeast), "13459.00".into(), Some("平方米".into())))
        );
        assert_eq!(parts("＝100%"), Some((Some(Relation::Equal), "100".into(), Some("%".into()))));
        assert_eq!(parts("≤5"), Some((Some(Relation::AtMost), "5".into(), None)));
        assert_eq!(parts("≧90%"), Some((Some(Relation::AtLeast), "90".into(), Some("%".into()))));
    }

    #[test]
    fn a_unit_in_brackets_is_a_unit() {
        assert_eq!(parts("90.00(度)"), Some((None, "90.00".into(), Some("度".into()))));
    }

    #[test]
    fn words_stay_whole() {
        assert_eq!(parts("及时率"), None);
        assert_eq!(parts("补贴对象生活改善度不低于80%"), None);
        assert_eq!(parts("≥上年"), None);
        assert_eq!(parts("30"), None);
    }
}
