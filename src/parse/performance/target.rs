//! A target in one cell (`≥95%`, `>=2次`, `≥13459.00(平方米)`) → relation, value, unit.

use crate::document::Relation;
use crate::language::relations;
use crate::language::vocabulary::Labels;

/// Units behind a number without a relation are no longer than this, in characters.
const MAX_UNIT: usize = 4;

/// A target taken apart.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Target {
    pub(super) relation: Option<Relation>,
    pub(super) value: String,
    pub(super) measure_unit: Option<String>,
}

/// Takes a target apart that is a number with a relation before it or a unit in brackets after it; `None` for words
/// and for bare numbers, which stay whole.
pub(super) fn split(text: &str, no_units: &Labels) -> Option<Target> {
    let text = text.trim();
    let (relation, rest) =
        relations::leading(text).map_or((None, text), |(sign, rest)| (Some(sign), rest.trim_start()));
    let end = rest.find(|c: char| !(c.is_ascii_digit() || matches!(c, '.' | ','))).unwrap_or(rest.len());
    let (value, unit) = rest.split_at(end);
    let unit = unit.trim();
    let bracketed = unit.strip_prefix(['(', '（']).and_then(|inner| inner.strip_suffix([')', '）']));
    let counted = bracketed.is_some() || is_unit(value, unit, no_units);
    if !value.starts_with(|c: char| c.is_ascii_digit()) || (relation.is_none() && !counted) {
        return None;
    }
    let bare = bracketed.unwrap_or(unit);
    Some(Target { relation, value: value.to_owned(), measure_unit: (!bare.is_empty()).then(|| bare.to_owned()) })
}

/// The relation before a bare number, whose unit stands elsewhere (`≥95`).
pub(super) fn signed(text: &str) -> Option<(Relation, String)> {
    let (relation, rest) = relations::leading(text.trim())?;
    let number = rest.trim();
    let is_number = number.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | ','));
    (is_number && !number.is_empty()).then(|| (relation, number.to_owned()))
}

/// A target behind the name of its indicator (`培训人数≥100人`); `None` where there is more than one, or none.
pub(super) fn behind_name(text: &str) -> Option<(String, Target)> {
    let mut found = text.char_indices().skip(1).filter(|(at, _)| relations::leading(&text[*at..]).is_some());
    let (at, _) = found.next()?;
    let (_, rest) = relations::leading(&text[at..])?;
    // A sign may have two characters.
    let is_alone = found.all(|(other, _)| text.len() - other > rest.len());
    let target = split(&text[at..], &Labels::default()).filter(|_| is_alone)?;
    Some((text[..at].trim_end().to_owned(), target))
}

/// Whether what follows a number without a relation is no more than its unit: no further number, no word that makes it a
/// limit (30日前), and no year.
fn is_unit(value: &str, unit: &str, no_units: &Labels) -> bool {
    let length = unit.chars().count();
    let is_plain = unit.chars().all(|c| c.is_alphabetic() || matches!(c, '%' | '％' | '/' | '℃' | '‰'));
    (1..=MAX_UNIT).contains(&length) && is_plain && !no_units.occur_in(unit) && !is_year(value)
}

fn is_year(value: &str) -> bool {
    value.len() == 4 && (value.starts_with("19") || value.starts_with("20"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(text: &str) -> Option<(Option<Relation>, String, Option<String>)> {
        let no_units = Labels::from(vec!["前".to_owned(), "以".to_owned()]);
        split(text, &no_units).map(|target| (target.relation, target.value, target.measure_unit))
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
        assert_eq!(parts("2项"), Some((None, "2".into(), Some("项".into()))));
        assert_eq!(parts("90.00(度)"), Some((None, "90.00".into(), Some("度".into()))));
    }

    #[test]
    fn a_target_may_stand_behind_the_name_of_its_indicator() {
        let parts = |text| behind_name(text).map(|(name, target)| (name, target.value, target.measure_unit));
        assert_eq!(parts("培训人数>=100人"), Some(("培训人数".into(), "100".into(), Some("人".into()))));
        assert_eq!((parts("培训人数100人"), parts("甲≥1人，乙≥2人")), (None, None));
        assert_eq!((signed("≥ 95"), signed("≥95%")), (Some((Relation::AtLeast, "95".to_owned())), None));
    }

    #[test]
    fn words_stay_whole() {
        assert_eq!(parts("及时率"), None);
        assert_eq!(parts("补贴对象生活改善度不低于80%"), None);
        assert_eq!(parts("≥上年"), None);
        assert_eq!(
            (parts("30"), parts("2026年"), parts("30日前"), parts("2人以上"), parts("1月至3月")),
            (None, None, None, None, None)
        );
    }
}
