//! 部门概况: functions, institutions, budget units.

use super::narrative::{self, PagedSection};
use super::paragraphs::Paragraph;
use super::sheet::{Covered, sheet};
use crate::document::{BudgetUnit, Function, Institution, Overview};
use crate::language::ordinals::{self, OrdinalStyle};
use crate::language::vocabulary::{PartKind, Vocabulary, squeezed};
use crate::model::{Part, TableRegion};
use crate::text::reflow;

/// A heading of the overview is shorter than this, in characters.
const MAX_HEADING: usize = 24;

/// The name of a division is shorter than this, in characters, its remark in brackets included.
const MAX_NAME: usize = 60;

#[derive(Clone, Copy, PartialEq, Eq)]
enum Topic {
    Functions,
    Institutions,
    BudgetUnits,
}

/// Reads the overview from its parts, each with its paragraphs.
pub(super) fn parse(parts: Vec<(&Part, Vec<Paragraph>)>, vocabulary: &Vocabulary) -> Overview {
    let mut overview = Overview::default();
    for (part, paragraphs) in parts {
        read(&part.title, &paragraphs, vocabulary, &mut overview);
        overview.sections.extend(narrative::sections(part, paragraphs, false).into_iter().map(|paged| paged.section));
    }
    overview
}

/// Reads the sections of a narrative that are about the organisation itself.
pub(super) fn read_sections(sections: &[PagedSection], vocabulary: &Vocabulary, overview: &mut Overview) {
    for paged in sections {
        let title = squeezed(&paged.section.title);
        let known = vocabulary.part_kind(&title) == Some(PartKind::Overview) || topic_of(&title, vocabulary).is_some();
        let has_topic = |paragraph: &Paragraph| heading(&paragraph.text, vocabulary).flatten().is_some();
        if known || paged.paragraphs.iter().any(has_topic) {
            read(&title, &paged.paragraphs, vocabulary, overview);
        }
    }
}

/// Reads the functions and institutions of one part. Its title may be their heading.
fn read(title: &str, paragraphs: &[Paragraph], vocabulary: &Vocabulary, overview: &mut Overview) {
    let mut topic = topic_of(&squeezed(title), vocabulary);
    for paragraph in paragraphs {
        if let Some(found) = heading(&paragraph.text, vocabulary) {
            topic = found;
            continue;
        }
        for item in items(paragraph) {
            match topic {
                Some(Topic::Functions) => overview.functions.extend(function(&item)),
                Some(Topic::Institutions) => overview.institutions.extend(institution(&item)),
                _ => {}
            }
        }
    }
}

/// The topic that a heading opens; `Some(None)` for a heading of another topic.
fn heading(text: &str, vocabulary: &Vocabulary) -> Option<Option<Topic>> {
    if text.chars().count() > MAX_HEADING || text.ends_with('。') {
        return None;
    }
    let ordinal = ordinals::leading(text)
        .filter(|ordinal| matches!(ordinal.style, OrdinalStyle::Chinese | OrdinalStyle::ChineseBracketed))?;
    let topic = topic_of(&squeezed(ordinal.rest), vocabulary);
    // An ordinal in brackets is a heading only where it names a topic; else it numbers an item.
    (topic.is_some() || ordinal.style == OrdinalStyle::Chinese).then_some(topic)
}

/// The topic that a squeezed title names.
fn topic_of(title: &str, vocabulary: &Vocabulary) -> Option<Topic> {
    let words = &vocabulary.overview;
    let topics = [
        (&words.functions, Topic::Functions),
        (&words.institutions, Topic::Institutions),
        (&words.budget_units, Topic::BudgetUnits),
    ];
    topics.iter().find(|(labels, _)| labels.occur_in(title)).map(|(_, topic)| *topic)
}

/// The items of a paragraph: usually one, but an ordinal that follows on the paragraph's own within the line begins
/// another (…率。（七）督促…).
fn items(paragraph: &Paragraph) -> Vec<Paragraph> {
    let mut rest = paragraph.clone();
    let mut found = Vec::new();
    while let Some(offset) = next_item(&rest.text) {
        let after = rest.split_off(offset);
        found.push(std::mem::replace(&mut rest, after));
    }
    found.push(rest);
    found
}

/// Where the next item begins: after a sentence, with the ordinal that comes after the item's own.
fn next_item(text: &str) -> Option<usize> {
    let own = ordinals::leading(text);
    let spoken = ordinals::spoken(text);
    let ends = text.match_indices(['。', '；', '：']).map(|(at, end)| (end, at + end.len()));
    ends.into_iter().find_map(|(end, offset)| {
        // 一是…；二是…, led up to or not.
        if let Some((next, _)) = ordinals::spoken(&text[offset..]) {
            let follows = spoken.map_or(own.is_none() && next == 1, |(value, _)| next == value + 1);
            return follows.then_some(offset);
        }
        let next = ordinals::leading(&text[offset..])?;
        let follows = match own {
            Some(own) => end == "。" && next.style == own.style && next.value == own.value + 1,
            // A sentence that leads up to the first: 主要职责是：1.制定…
            None => end == "：" && next.value == 1,
        };
        follows.then_some(offset)
    })
}

fn function(item: &Paragraph) -> Option<Function> {
    if let Some((value, rest)) = ordinals::spoken(&item.text) {
        let number = item.text.chars().take_while(|c| ordinals::is_numeral(*c)).collect::<String>();
        let text = rest.to_owned();
        return (value > 0).then(|| Function { number: Some(number), text, pages: item.pages.clone() });
    }
    let ordinal = ordinals::leading(&item.text)?;
    Some(Function { number: Some(ordinal.number.to_owned()), text: ordinal.rest.to_owned(), pages: item.pages.clone() })
}

/// `（一）综合一科。承担…` or `（一）行政科（挂…牌子）。承担…`
fn institution(item: &Paragraph) -> Option<Institution> {
    let ordinal = ordinals::leading(&item.text)?;
    let (heading, text) = ordinal.rest.split_once(['。', '：', ':'])?;
    if heading.chars().count() > MAX_NAME || heading.contains('，') {
        return None; // a sentence
    }
    let (name, remark) = match heading.split_once(['（', '(']) {
        Some((name, remark)) => (name, Some(remark.trim_end_matches(['）', ')']).to_owned())),
        None => (heading, None),
    };
    Some(Institution {
        number: Some(ordinal.number.to_owned()),
        name: name.to_owned(),
        remark,
        text: text.trim_start().to_owned(),
        pages: item.pages.clone(),
    })
}

/// The budget units of a table whose header names them; empty for any other table.
pub(super) fn budget_units(region: &TableRegion, vocabulary: &Vocabulary) -> Vec<BudgetUnit> {
    if !may_list_units(region, vocabulary) {
        return Vec::new();
    }
    let sheet = sheet(region);
    let Some((header, rows)) = sheet.rows.split_first() else { return Vec::new() };
    let labels = header.labels();
    let words = &vocabulary.overview;
    let column = |known: &crate::language::vocabulary::Labels| {
        labels.iter().find(|(_, label)| known.contain(label)).map(|(column, _)| *column)
    };
    let (Some(sequence), Some(name)) = (column(&words.unit_sequence), column(&words.unit_name)) else {
        return Vec::new();
    };
    let named = rows.iter().filter(|row| row.slots[name].covered == Covered::Own && !row.slots[name].text.is_empty());
    named
        .zip(1..)
        .map(|(row, place)| BudgetUnit {
            seq: row.slots[sequence].text.trim().parse().unwrap_or(place),
            name: row.slots[name].text.clone(),
        })
        .collect()
}

/// Whether a cell of the first row has the label of the names: nearly no table has, and its sheet is not laid out.
fn may_list_units(region: &TableRegion, vocabulary: &Vocabulary) -> bool {
    let cells = region.grids.first().map_or(&[][..], |grid| &grid.cells);
    let mut header = cells.iter().filter(|cell| cell.rows.start == 0);
    header.any(|cell| vocabulary.overview.unit_name.contain(&squeezed(&reflow::text(&cell.lines))))
}
