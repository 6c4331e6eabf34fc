//! 名词解释: terms and their definitions.

use super::paragraphs::Paragraph;
use crate::document::GlossaryEntry;
use crate::language::ordinals;
use crate::language::vocabulary::Vocabulary;

/// A term is shorter than this, in characters: full code paths (类款项) are the longest.
const MAX_TERM: usize = 80;

/// A category heading is shorter than this, in characters.
const MAX_CATEGORY: usize = 24;

/// Reads the glossary from its paragraphs.
pub(super) fn parse(paragraphs: &[Paragraph], vocabulary: &Vocabulary) -> Vec<GlossaryEntry> {
    let mut entries: Vec<GlossaryEntry> = Vec::new();
    let mut category: Option<String> = None;
    // The heading before, which may be a term whose definition follows, and the category above it.
    let mut heading: Option<(&Paragraph, Option<String>)> = None;
    for paragraph in paragraphs {
        let text = paragraph.text.as_str();
        let ordinal = ordinals::leading(text);
        let rest = ordinal.map_or(text, |ordinal| ordinal.rest);
        let defines = vocabulary.glossary.defines.iter().any(|word| text.starts_with(word.as_str()));
        if let Some((term, above)) = heading.take().filter(|_| defines)
            && let Some(ordinal) = ordinals::leading(&term.text)
        {
            category = above;
            entries.push(GlossaryEntry {
                category: category.clone(),
                number: Some(ordinal.number.to_owned()),
                term: Some(ordinal.rest.to_owned()),
                definition: text.to_owned(),
            });
            continue;
        }
        match (split_term(rest, vocabulary), ordinal) {
            (Some((term, definition)), _) => entries.push(GlossaryEntry {
                category: category.clone(),
                number: ordinal.map(|ordinal| ordinal.number.to_owned()),
                term: Some(term.to_owned()),
                definition: definition.to_owned(),
            }),
            (None, Some(_)) if rest.chars().count() <= MAX_CATEGORY && !rest.ends_with('。') => {
                heading = Some((paragraph, category.take()));
                category = Some(text.to_owned());
            }
            // A paragraph without a term goes on with the definition before it, unless a category has none yet.
            (None, _) => match entries.last_mut() {
                Some(last) if last.category == category && ordinal.is_none() => last.definition.push_str(text),
                _ => entries.push(GlossaryEntry {
                    category: category.clone(),
                    number: None,
                    term: None,
                    definition: text.to_owned(),
                }),
            },
        }
    }
    entries
}

/// `财政拨款收入：指…`, `财政拨款收入是指…` or `财政拨款收入，指…` → term and definition.
fn split_term<'t>(text: &'t str, vocabulary: &Vocabulary) -> Option<(&'t str, &'t str)> {
    let is_term =
        |term: &str| !term.is_empty() && term.chars().count() <= MAX_TERM && !term.contains(['。', '；', '，', '：']);
    let by_colon = text.split_once(['：', ':']).filter(|(term, _)| is_term(term));
    let by_word = || {
        let words = vocabulary.glossary.means.iter();
        words.into_iter().find_map(|word| {
            let at = text.find(word)?;
            let definition = text[at..].trim_start_matches('，');
            Some((&text[..at], definition)).filter(|(term, _)| is_term(term))
        })
    };
    let (term, definition) = by_colon.or_else(by_word)?;
    Some((term.trim(), definition.trim_start()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::PageNumber;

    fn entries(texts: &[&str]) -> Vec<(Option<String>, Option<String>, String)> {
        let paragraphs: Vec<Paragraph> = texts.iter().map(|text| Paragraph::of(text, PageNumber(1))).collect();
        let found = parse(&paragraphs, Vocabulary::national().expect("the built-in vocabulary"));
        found.into_iter().map(|e| (e.category, e.term, e.definition)).collect()
    }

    #[test]
    fn terms_stand_below_their_category() {
        let found = entries(&["一、收入类", "（一）财政拨款收入：指资金。", "二、专业类名词", "无。"]);
        assert_eq!(found[0], (Some("一、收入类".into()), Some("财政拨款收入".into()), "指资金。".into()));
        assert_eq!(found[1], (Some("二、专业类名词".into()), None, "无。".into()));
    }

    #[test]
    fn terms_need_no_colon() {
        let found = entries(&["一、基本支出是指保障运转的支出。", "项目支出，指完成任务的支出，包括设备。"]);
        assert_eq!(found[0], (None, Some("基本支出".into()), "是指保障运转的支出。".into()));
        assert_eq!(found[1], (None, Some("项目支出".into()), "指完成任务的支出，包括设备。".into()));
    }

    #[test]
    fn a_definition_may_stand_below_its_term() {
        let found = entries(&["一、基本支出", "指保障运转的支出。", "二、项目支出", "是指完成任务的支出。"]);
        let expected = [(None, "基本支出", "指保障运转的支出。"), (None, "项目支出", "是指完成任务的支出。")];
        let expected = expected.map(|(category, term, text)| (category, Some(term.to_owned()), text.to_owned()));
        assert_eq!(found, expected);
    }

    #[test]
    fn terms_without_categories() {
        let found = entries(&["一、基本支出：指支出。", "二、项目支出：指支出。"]);
        assert_eq!(found.len(), 2);
        assert_eq!(found[0].0, None);
    }
}
