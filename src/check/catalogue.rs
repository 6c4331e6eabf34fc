//! Every check there is, and what those who read its outcomes call it.

use super::rule::Rule;
use super::{across, last_digits, performance, prose, within, wording};

/// All checks, in the order in which they are written.
pub(super) static RULES: &[&[Rule]] =
    &[within::RULES, across::RULES, prose::RULES, performance::RULES, wording::RULES, last_digits::RULES];

/// What a check compares, in words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Titles {
    /// In Chinese.
    pub(crate) chinese: &'static str,
    /// In English.
    pub(crate) english: &'static str,
}

/// What a check compares, by its id; `None` for an id that another version wrote.
pub(crate) fn titles(id: &str) -> Option<Titles> {
    let rule = RULES.iter().copied().flatten().find(|rule| rule.id == id)?;
    Some(Titles { chinese: rule.title, english: rule.title_en })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_stable_names() {
        let mut ids: Vec<&str> = RULES.iter().copied().flatten().map(|rule| rule.id).collect();
        assert!(ids.iter().all(|id| id.chars().all(|c| c.is_ascii_lowercase() || c == '-')), "{ids:?}");
        let count = ids.len();
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), count, "an id comes twice");
    }

    #[test]
    fn titles_are_in_both_languages() {
        for rule in RULES.iter().copied().flatten() {
            let titles = titles(rule.id).expect("the titles of a rule");
            assert!(titles.chinese.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c)), "{}", rule.id);
            assert!(titles.english.contains(' '), "{}: {}", rule.id, titles.english);
        }
        assert_eq!(titles("no-such-check"), None);
    }
}
