//! 预算情况说明: its numbered sections and their paragraphs.

use super::paragraphs::Paragraph;
use crate::document::{Narrative, Section};
use crate::ordinals::{self, OrdinalStyle};

/// The heading of a section is shorter than this, in characters.
const MAX_HEADING: usize = 70;

/// A section with its paragraphs, which know their pages.
pub(super) struct PagedSection {
    pub(super) section: Section,
    pub(super) paragraphs: Vec<Paragraph>,
}

/// Divides paragraphs into sections at the headings `一、…`, `二、…` in their order.
pub(super) fn sections(paragraphs: Vec<Paragraph>) -> Vec<PagedSection> {
    let mut found: Vec<PagedSection> = Vec::new();
    let mut next = 1;
    for paragraph in paragraphs {
        if let Some(ordinal) = heading(&paragraph.text, next) {
            next = ordinal.value + 1;
            let section = Section {
                number: Some(ordinal.number.to_owned()),
                title: ordinal.rest.to_owned(),
                paragraphs: Vec::new(),
                pages: paragraph.pages.clone(),
            };
            found.push(PagedSection { section, paragraphs: Vec::new() });
            continue;
        }
        if found.is_empty() {
            let section = Section { number: None, title: String::new(), paragraphs: Vec::new(), pages: Vec::new() };
            found.push(PagedSection { section, paragraphs: Vec::new() });
        }
        if let Some(open) = found.last_mut() {
            for page in &paragraph.pages {
                if open.section.pages.last() != Some(page) {
                    open.section.pages.push(*page);
                }
            }
            open.section.paragraphs.push(paragraph.text.clone());
            open.paragraphs.push(paragraph);
        }
    }
    found
}

/// The narrative as it is written.
pub(super) fn narrative(sections: &[PagedSection]) -> Narrative {
    Narrative { sections: sections.iter().map(|paged| paged.section.clone()).collect() }
}

/// A heading has the ordinal that comes next (or restarts at 一), is short, and is no sentence.
fn heading(text: &str, next: u32) -> Option<ordinals::Ordinal<'_>> {
    let ordinal = ordinals::leading(text).filter(|ordinal| ordinal.style == OrdinalStyle::Chinese)?;
    let in_order = ordinal.value == next || ordinal.value == 1;
    let is_sentence = ordinal.rest.ends_with(['。', '；', '：']) || ordinal.rest.contains('。');
    (in_order && !is_sentence && ordinal.rest.chars().count() <= MAX_HEADING).then_some(ordinal)
}
