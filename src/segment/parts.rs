//! Headings of the main parts: 第一部分 …, or where a document has none of these, 一、… with a title that parts have, or
//! such a title alone at the top of a page.

use rustc_hash::FxHashMap;

use super::Item;
use crate::document::TableKind;
use crate::model::{PageNumber, Part, PlacedLine};
use crate::ordinals::{self, OrdinalStyle};
use crate::reflow;
use crate::vocabulary::{PartKind, Vocabulary, squeezed};

/// The heading of a main part is shorter than this, in characters.
const MAX_PART_TITLE: usize = 44;

/// A title takes at most this many lines besides that of its ordinal.
const MAX_TITLE_LINES: usize = 3;

/// Lines of one title differ in size by less than this share.
const SAME_SIZE: f32 = 0.05;

/// A part that begins, and how many lines its heading takes.
pub(super) struct Heading {
    pub(super) part: Part,
    pub(super) lines: usize,
}

/// The headings among the items of a document's body, by the index of their first line.
pub(super) fn find(items: &[Item], vocabulary: &Vocabulary) -> FxHashMap<usize, Heading> {
    let style_of = |item: &Item| match item {
        Item::Line(line) => ordinals::leading(&line.text).map(|ordinal| ordinal.style),
        Item::Grid(_) => None,
    };
    let has_parts = items.iter().any(|item| style_of(item) == Some(OrdinalStyle::Part));
    let style = if has_parts { OrdinalStyle::Part } else { OrdinalStyle::Chinese };
    let candidates = (0..items.len()).filter(|index| style_of(&items[*index]) == Some(style));
    let mut found: FxHashMap<usize, Heading> =
        candidates.filter_map(|index| Some((index, heading(&items[index..], has_parts, vocabulary)?))).collect();
    if !has_parts {
        let opens_page = |index: &usize| *index == 0 || page_of(&items[*index]) != page_of(&items[*index - 1]);
        for index in (0..items.len()).filter(opens_page) {
            if let Some(heading) = unnumbered(&items[index], vocabulary) {
                found.entry(index).or_insert(heading);
            }
        }
    }
    found
}

fn page_of(item: &Item) -> PageNumber {
    match item {
        Item::Line(line) => line.page,
        Item::Grid(grid) => grid.page,
    }
}

/// A heading without an ordinal, at the top of a page: it ends with what parts are called (2026年部门预算编制说明), and
/// names no table.
fn unnumbered(item: &Item, vocabulary: &Vocabulary) -> Option<Heading> {
    let Item::Line(line) = item else { return None };
    let plain = squeezed(&line.text);
    let short = plain.chars().count() <= MAX_PART_TITLE;
    if !short || ordinals::leading(&line.text).is_some() || vocabulary.table_kind(&plain) != TableKind::Other {
        return None;
    }
    let kind = vocabulary.parts.iter().find(|part| part.titles.end(&plain))?.kind;
    Some(Heading { part: Part { kind: Some(kind), title: line.text.clone(), lines: Vec::new() }, lines: 1 })
}

/// The heading that begins with the first of some items. An ordinal 第…部分 alone proves one; another needs a title that
/// names a part.
fn heading(items: &[Item], proven: bool, vocabulary: &Vocabulary) -> Option<Heading> {
    let Some(Item::Line(first)) = items.first() else { return None };
    let title = ordinals::leading(&first.text)?.rest;
    if squeezed(&first.text).chars().count() > MAX_PART_TITLE || title.ends_with('。') {
        return None;
    }
    let (kind, title, lines) = complete(title, first, &items[1..], vocabulary);
    (proven || kind.is_some()).then(|| Heading { part: Part { kind, title, lines: Vec::new() }, lines })
}

/// A title with as many of the following lines as it takes to name a part; itself alone where none do.
fn complete(
    title: &str,
    first: &PlacedLine,
    next: &[Item],
    vocabulary: &Vocabulary,
) -> (Option<PartKind>, String, usize) {
    let mut joined = title.to_owned();
    let mut size = (!title.is_empty()).then(|| first.line.size());
    let mut lines = 1;
    loop {
        if let Some(kind) = kind_of(&joined, vocabulary) {
            return (Some(kind), joined, lines);
        }
        let Some(Item::Line(line)) = next.get(lines - 1) else { break };
        let own = line.line.size();
        let same_size = size.is_none_or(|size| (own - size).abs() < SAME_SIZE * size);
        let names_table = vocabulary.table_kind(&line.text) != TableKind::Other;
        let ends = line.page != first.page || !same_size || names_table || lines > MAX_TITLE_LINES;
        if ends || ordinals::leading(&line.text).is_some() || line.text.ends_with('。') {
            break;
        }
        reflow::join(&mut joined, &line.text);
        size = Some(own);
        lines += 1;
    }
    (None, title.to_owned(), 1)
}

fn kind_of(title: &str, vocabulary: &Vocabulary) -> Option<PartKind> {
    let plain = squeezed(title);
    let short = plain.chars().count() <= MAX_PART_TITLE;
    vocabulary.parts.iter().find(|part| short && part.titles.occur_in(&plain)).map(|part| part.kind)
}
