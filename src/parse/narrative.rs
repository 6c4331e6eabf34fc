//! 预算情况说明: its numbered sections and their paragraphs.

use super::paragraphs::Paragraph;
use crate::document::{Narrative, Section};
use crate::language::amount;
use crate::language::ordinals::{self, OrdinalStyle};
use crate::model::Part;

/// The heading of a section is shorter than this, in characters.
const MAX_HEADING: usize = 70;

/// A section with its paragraphs, which know their pages.
pub(super) struct PagedSection {
    pub(super) section: Section,
    pub(super) paragraphs: Vec<Paragraph>,
}

/// Divides the paragraphs of a part into sections at the headings `一、…`, `二、…` in their order. What stands before the
/// first, all of it where there are none, is a section with the title of the part. A part that is itself one of several
/// such sections is not divided further.
pub(super) fn sections(part: &Part, paragraphs: Vec<Paragraph>, is_section: bool) -> Vec<PagedSection> {
    let mut found: Vec<PagedSection> = Vec::new();
    let style = heading_style(&paragraphs).filter(|style| !is_section || *style == OrdinalStyle::Chinese);
    let mut next = None;
    for paragraph in paragraphs {
        if let Some(ordinal) = style.and_then(|style| heading(&paragraph.text, style, next)) {
            next = Some(ordinal.value + 1);
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
            let (number, title) = (part.number.clone(), part.title.clone());
            let section = Section { number, title, paragraphs: Vec::new(), pages: Vec::new() };
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

/// Sections are numbered 一、 or, in documents whose main parts are, （一）.
fn heading_style(paragraphs: &[Paragraph]) -> Option<OrdinalStyle> {
    let has =
        |style: &OrdinalStyle| paragraphs.iter().any(|paragraph| heading(&paragraph.text, *style, None).is_some());
    [OrdinalStyle::Chinese, OrdinalStyle::ChineseBracketed].into_iter().find(has)
}

/// A heading has the ordinal that comes next (the first may be any, and numbers may start again), is short, and is no
/// sentence, nor does it state an amount.
fn heading(text: &str, style: OrdinalStyle, next: Option<u32>) -> Option<ordinals::Ordinal<'_>> {
    let ordinal = ordinals::leading(text).filter(|ordinal| ordinal.style == style)?;
    let in_order = ordinal.value == 1 || next.is_none_or(|next| ordinal.value == next);
    let is_sentence =
        ordinal.rest.ends_with(['。', '；', '：']) || ordinal.rest.contains('。') || amount::stands_in(ordinal.rest);
    (in_order && !is_sentence && ordinal.rest.chars().count() <= MAX_HEADING).then_some(ordinal)
}
