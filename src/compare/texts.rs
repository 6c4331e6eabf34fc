//! Prose → the texts that differ, otherwise than by their years and amounts.

use crate::document::Document;

use super::matching::{Matcher, Matching};
use super::years::{Years, relative};
use super::{Presence, TextChange, TextPart};

/// What stands in a text for its amounts, which the statements tell.
const AMOUNT: char = '#';

/// A text of one part.
struct Prose<'d> {
    part: TextPart,
    name: &'d str,
    /// The name without its year.
    key: String,
    /// What is said; of a function the name is all of it.
    text: Option<String>,
}

/// What differs between the texts of two documents.
pub(super) fn changes(old: &Document, new: &Document, years: Years) -> Vec<TextChange> {
    let (old, new) = (texts(old), texts(new));
    let mut matcher = Matcher::new(&old, &new);
    matcher.in_order(|prose| Some((prose.part as u8, prose.key.clone(), prose.text.clone())));
    matcher.in_order(|prose| Some((prose.part as u8, prose.key.clone())));
    let Matching { pairs, dropped, added } = matcher.finish();
    let mut changes: Vec<(usize, TextChange)> = Vec::new();
    for (before, after) in pairs {
        let (before_text, after_text) = (old[before].text.as_deref(), new[after].text.as_deref());
        let wording = |text: Option<&str>, year| text.map(|text| without_amounts(&relative(text, year)));
        let is_same = wording(before_text, years.old) == wording(after_text, years.new)
            || wording(before_text, None) == wording(after_text, None);
        if !is_same {
            changes.push((before, described(Some(&old[before]), Some(&new[after]))));
        }
    }
    changes.extend(dropped.into_iter().map(|at| (at, described(Some(&old[at]), None))));
    changes.sort_by_key(|(at, _)| *at);
    let added = added.into_iter().map(|at| described(None, Some(&new[at])));
    changes.into_iter().map(|(_, change)| change).chain(added).collect()
}

/// Every text of a document, in its order.
fn texts(document: &Document) -> Vec<Prose<'_>> {
    let year = document.document.fiscal_year;
    let prose = |part, name, text: Option<String>| Prose { part, name, key: relative(name, year), text };
    let overview = &document.overview;
    let functions = overview.functions.iter().map(|function| prose(TextPart::Functions, &function.text, None));
    let institutions = overview
        .institutions
        .iter()
        .map(|institution| prose(TextPart::Institutions, &institution.name, Some(institution.text.clone())));
    let units = overview.budget_units.iter().map(|unit| prose(TextPart::BudgetUnits, &unit.name, None));
    let sections = document
        .narrative
        .sections
        .iter()
        .map(|section| prose(TextPart::Narrative, &section.title, Some(section.paragraphs.join("\n"))));
    let glossary = document.glossary.iter().map(|entry| match &entry.term {
        Some(term) => prose(TextPart::Glossary, term, Some(entry.definition.clone())),
        None => prose(TextPart::Glossary, &entry.definition, None),
    });
    functions.chain(institutions).chain(units).chain(sections).chain(glossary).collect()
}

fn described(old: Option<&Prose<'_>>, new: Option<&Prose<'_>>) -> TextChange {
    let presence = match (old, new) {
        (Some(_), None) => Presence::Dropped,
        (None, Some(_)) => Presence::Added,
        _ => Presence::Both,
    };
    let either = new.or(old);
    TextChange {
        presence,
        part: either.map_or(TextPart::Narrative, |prose| prose.part),
        name: either.map(|prose| prose.name.to_owned()).unwrap_or_default(),
        old: old.and_then(|prose| prose.text.clone()),
        new: new.and_then(|prose| prose.text.clone()),
    }
}

/// A text with one sign for every number.
pub(super) fn without_amounts(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut characters = text.chars().peekable();
    while let Some(character) = characters.next() {
        if !character.is_ascii_digit() {
            out.push(character);
            continue;
        }
        while characters.next_if(|next| next.is_ascii_digit() || matches!(next, '.' | ',')).is_some() {}
        out.push(AMOUNT);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_no_wording() {
        assert_eq!(without_amounts("支出2,136.71万元，占76.26%"), "支出#万元，占#%");
        assert_eq!(without_amounts("没有支出"), "没有支出");
    }
}
