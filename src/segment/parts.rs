//! Headings of the main parts: 第一部分 …, or where a document has none of these, 一、… with a title that parts have, or
//! such a title alone at the top of a page.

use rustc_hash::FxHashMap;

use super::Item;
use crate::document::PageNumber;
use crate::document::{Diagnostic, Observation, TableKind};
use crate::language::ordinals::{self, OrdinalStyle};
use crate::language::vocabulary::{PartKind, Vocabulary, squeezed};
use crate::model::{Part, PlacedLine};
use crate::text::reflow;

/// The heading of a main part is shorter than this, in characters.
const MAX_PART_TITLE: usize = 44;

/// A title takes at most this many lines besides that of its ordinal.
const MAX_TITLE_LINES: usize = 3;

/// Lines of one title differ in size by less than this share.
const SAME_SIZE: f32 = 0.05;

/// Text of at least this many lines is named where it is not read.
const MIN_UNREAD: usize = 3;

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

/// A heading without an ordinal, at the top of a page: it ends with what parts are called (2026年部门预算编制说明) or with a
/// topic of the overview (某局主要职能), and names no table.
fn unnumbered(item: &Item, vocabulary: &Vocabulary) -> Option<Heading> {
    let Item::Line(line) = item else { return None };
    let plain = squeezed(&line.text);
    let short = plain.chars().count() <= MAX_PART_TITLE;
    if !short || ordinals::leading(&line.text).is_some() || vocabulary.table_kind(&plain) != TableKind::Other {
        return None;
    }
    let by_part = vocabulary.parts.iter().find(|part| part.titles.end(&plain)).map(|part| part.kind);
    let topics = &vocabulary.overview;
    let by_topic = [&topics.functions, &topics.institutions].into_iter().any(|labels| labels.end(&plain));
    let kind = by_part.or(by_topic.then_some(PartKind::Overview))?;
    let part = Part { kind: Some(kind), title: line.text.clone(), page: Some(line.page), ..Part::default() };
    Some(Heading { part, lines: 1 })
}

/// The heading that begins with the first of some items. An ordinal 第…部分 alone proves one; another needs a title that
/// names a part.
fn heading(items: &[Item], proven: bool, vocabulary: &Vocabulary) -> Option<Heading> {
    let Some(Item::Line(first)) = items.first() else { return None };
    let ordinal = ordinals::leading(&first.text)?;
    let title = ordinal.rest;
    if squeezed(&first.text).chars().count() > MAX_PART_TITLE || title.ends_with('。') {
        return None;
    }
    let (kind, title, lines) = complete(title, first, &items[1..], vocabulary);
    let number = (ordinal.style == OrdinalStyle::Chinese).then(|| ordinal.number.to_owned());
    let part = Part { kind, number, title, page: Some(first.page), ..Part::default() };
    (proven || kind.is_some()).then_some(Heading { part, lines })
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

/// A part that no title names, but whose sections go on where those of the narrative before it end, belongs to it.
pub(super) fn continue_narrative(parts: &mut [Part]) {
    for index in 1..parts.len() {
        let (before, part) = (&parts[index - 1], &parts[index]);
        let next = section_numbers(before).last().map(|value| value + 1);
        let goes_on = part.kind.is_none() && next.is_some() && section_numbers(part).next() == next;
        if goes_on && before.kind == Some(PartKind::Narrative) {
            parts[index].kind = Some(PartKind::Narrative);
        }
    }
}

/// The ordinals 一、 … at the beginning of lines.
fn section_numbers(part: &Part) -> impl Iterator<Item = u32> {
    let ordinals = part.lines.iter().filter_map(|line| ordinals::leading(&line.text));
    ordinals.filter(|ordinal| ordinal.style == OrdinalStyle::Chinese).map(|ordinal| ordinal.value)
}

/// Says of a part that nobody reads how much text it has; a line or two are leftovers of drawings.
pub(super) fn unread(part: &Part) -> Option<Diagnostic> {
    let first = part.lines.first().filter(|_| part.kind.is_none() && part.lines.len() >= MIN_UNREAD)?;
    let title = if part.title.is_empty() { &first.text } else { &part.title };
    Some(Observation::UnreadPart { lines: part.lines.len(), title: title.clone() }.on(first.page))
}

fn kind_of(title: &str, vocabulary: &Vocabulary) -> Option<PartKind> {
    let short = squeezed(title).chars().count() <= MAX_PART_TITLE;
    vocabulary.part_kind(title).filter(|_| short)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::DiagnosticKind;
    use crate::testing::page::placed_line;

    /// What the parts of a document are about, and their titles.
    fn parts(lines: &[(u32, &str)]) -> Vec<(Option<PartKind>, String)> {
        let items: Vec<Item> =
            lines.iter().map(|(page, text)| Item::Line(placed_line(*page, text, 10.0, 20.0))).collect();
        let mut found: Vec<(usize, Part)> = find(&items, Vocabulary::national().expect("the built-in vocabulary"))
            .into_iter()
            .map(|(index, heading)| (index, heading.part))
            .collect();
        found.sort_by_key(|(index, _)| *index);
        found.into_iter().map(|(_, part)| (part.kind, part.title)).collect()
    }

    fn part(kind: Option<PartKind>, lines: &[&str]) -> Part {
        let lines = lines.iter().map(|text| placed_line(1, text, 10.0, 20.0)).collect();
        Part { kind, lines, ..Part::default() }
    }

    #[test]
    fn topics_of_the_overview_open_parts_at_the_top_of_a_page() {
        let lines =
            [(1, "某局主要职能"), (1, "某局主管财政。"), (2, "某局机构设置"), (2, "内设：办公室。"), (3, "名词解释")];
        let overview = |title: &str| (Some(PartKind::Overview), title.to_owned());
        let expected =
            [overview("某局主要职能"), overview("某局机构设置"), (Some(PartKind::Glossary), "名词解释".into())];
        assert_eq!(parts(&lines), expected);
        assert_eq!(parts(&[(1, "正文。"), (1, "某局主要职能")]), []);
    }

    #[test]
    fn a_part_that_goes_on_where_the_narrative_ends_belongs_to_it() {
        let narrative = part(Some(PartKind::Narrative), &["四、收入", "五、支出"]);
        let mut found = [narrative.clone(), part(None, &["六、其他"]), part(None, &["一、附件"])];
        continue_narrative(&mut found);
        assert_eq!(found.map(|part| part.kind), [Some(PartKind::Narrative), Some(PartKind::Narrative), None]);
    }

    #[test]
    fn text_of_no_part_is_named() {
        assert!(unread(&part(None, &["甲", "乙"])).is_none(), "leftovers of drawings");
        assert!(unread(&part(Some(PartKind::Tables), &["甲", "乙", "丙"])).is_none());
        let found = unread(&part(None, &["甲", "乙", "丙"])).expect("a diagnostic");
        assert_eq!((found.kind(), found.page), (DiagnosticKind::UnreadPart, Some(PageNumber(1))));
    }
}
