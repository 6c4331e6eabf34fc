//! The document's words outside the cells of its tables: titles, paragraphs and notes, each with its page.

use crate::check::examination::Examination;
use crate::check::ledger::Ledger;
use crate::check::outcomes::{Fault, RuleOutcomes};
use crate::document::{CheckPlace, GlossaryEntry, PageNumber, TableKind};
use crate::language::years;
use crate::model::Heading;

/// A rule names this many places of a document; more of the same would only hide what other rules found.
const MAX_FAULTS: usize = 8;

/// A quotation shows this many characters before and after what it is about.
const QUOTED_AROUND: usize = 14;

/// What kind of text a passage is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::check) enum PassageKind {
    /// A paragraph of the narrative.
    Paragraph,
    /// The heading of a section of the narrative.
    SectionTitle,
    /// The title of a table.
    TableTitle,
    /// A note below a table.
    Note,
    /// An entry of the contents, or the title of a main part.
    Heading,
    /// A definition of the glossary.
    Definition,
}

/// A text outside the cells of tables.
#[derive(Clone, Debug)]
pub(in crate::check) struct Passage {
    /// What it is.
    pub(super) kind: PassageKind,
    /// Its text, in the form of [`plain`].
    pub(super) text: String,
    /// Where it stands: of a paragraph, as far as that is known, else where its section begins; of a definition, nowhere.
    pub(super) place: Option<CheckPlace>,
}

impl Passage {
    /// Whether it is the title of a table, section or part.
    pub(super) fn is_title(&self) -> bool {
        matches!(self.kind, PassageKind::TableTitle | PassageKind::SectionTitle | PassageKind::Heading)
    }

    /// A fault of this passage.
    pub(super) fn fault(&self, message: String) -> Fault {
        Fault { message, places: self.place.iter().cloned().collect(), ..Fault::default() }
    }
}

/// All passages of a document, those of the narrative last.
#[derive(Debug)]
pub(in crate::check) struct Passages {
    all: Vec<Passage>,
    narrative: usize,
    /// What the document says of its organisation and of its terms, which is the same every year.
    standing: Vec<Passage>,
}

/// All passages, in the order of tables and narrative.
pub(super) fn passages<'l>(ledger: &'l Examination<'_>) -> &'l [Passage] {
    &collected(ledger).all
}

/// The passages of the narrative.
pub(super) fn narrative<'l>(ledger: &'l Examination<'_>) -> &'l [Passage] {
    let passages = collected(ledger);
    &passages.all[passages.narrative..]
}

/// The passages of the overview and of the glossary.
pub(super) fn standing<'l>(ledger: &'l Examination<'_>) -> &'l [Passage] {
    &collected(ledger).standing
}

/// The passages of a document; collected once.
fn collected<'l>(ledger: &'l Examination<'_>) -> &'l Passages {
    ledger.passages.get_or_init(|| {
        let mut all = of_headings(ledger);
        all.extend(of_tables(ledger));
        let narrative = all.len();
        all.extend(of_narrative(ledger));
        Passages { all, narrative, standing: of_overview(ledger).chain(of_glossary(ledger)).collect() }
    })
}

fn of_headings(ledger: &Ledger<'_>) -> Vec<Passage> {
    let passage = |heading: &Heading| Passage {
        kind: PassageKind::Heading,
        text: plain(&heading.text),
        place: Some(CheckPlace::on(heading.page)),
    };
    ledger.headings.iter().map(passage).chain(of_ruled_contents(ledger)).collect()
}

/// The entries of contents that are printed as a table: they begin with a year and end as the titles of tables do.
fn of_ruled_contents(ledger: &Ledger<'_>) -> Vec<Passage> {
    let mut found = Vec::new();
    for table in ledger.tables.iter().filter(|table| table.table.kind == TableKind::Other) {
        for row in &table.table.rows {
            let is_title = |cell: &&String| {
                years::leading(cell).is_some() && ledger.vocabulary.table_kind(cell) != TableKind::Other
            };
            let place = CheckPlace { table: Some(table.index), ..CheckPlace::on(row.page) };
            found.extend(row.cells.iter().flatten().filter(is_title).map(|cell| Passage {
                kind: PassageKind::Heading,
                text: plain(cell),
                place: Some(place.clone()),
            }));
        }
    }
    found
}

fn of_overview<'l>(ledger: &'l Ledger<'_>) -> impl Iterator<Item = Passage> + 'l {
    ledger.overview.sections.iter().flat_map(|section| {
        let place = section.pages.first().copied().map(CheckPlace::on);
        let passage =
            move |text: &String| Passage { kind: PassageKind::Paragraph, text: plain(text), place: place.clone() };
        section.paragraphs.iter().map(passage)
    })
}

fn of_glossary<'l>(ledger: &'l Ledger<'_>) -> impl Iterator<Item = Passage> + 'l {
    let passage = |entry: &GlossaryEntry| {
        let text = entry.term.iter().cloned().chain([entry.definition.clone()]).collect::<Vec<_>>().join("：");
        Passage { kind: PassageKind::Definition, text: plain(&text), place: None }
    };
    ledger.glossary.iter().map(passage)
}

fn of_tables(ledger: &Ledger<'_>) -> Vec<Passage> {
    let mut found = Vec::new();
    for table in &ledger.tables {
        let Some(page) = table.table.pages.first() else { continue };
        let number = Some(table.index);
        let mut add = |kind, text: &str| {
            let place = CheckPlace { table: number, ..CheckPlace::on(*page) };
            found.push(Passage { kind, text: plain(text), place: Some(place) });
        };
        table.table.title.iter().for_each(|title| add(PassageKind::TableTitle, title));
        table.table.notes.iter().for_each(|note| add(PassageKind::Note, note));
    }
    found
}

fn of_narrative(ledger: &Ledger<'_>) -> Vec<Passage> {
    let mut found = Vec::new();
    for (index, section) in ledger.narrative.sections.iter().enumerate() {
        let Some(first) = section.pages.first() else { continue };
        let mut add = |kind, text: &str, page| {
            found.push(Passage { kind, text: plain(text), place: Some(CheckPlace::on(page)) });
        };
        if !section.title.is_empty() {
            add(PassageKind::SectionTitle, &section.title, *first);
        }
        // Paragraphs follow one another: none stands before the page of the one above it.
        let mut reached = *first;
        for (at, paragraph) in section.paragraphs.iter().enumerate() {
            reached = stated_on(index, at, ledger).filter(|page| *page > reached).unwrap_or(reached);
            add(PassageKind::Paragraph, paragraph, reached);
        }
    }
    found
}

/// The page of the first number that a paragraph states.
fn stated_on(section: usize, paragraph: usize, ledger: &Ledger<'_>) -> Option<PageNumber> {
    let placed = ledger.statements.iter().find(|placed| (placed.section, placed.paragraph) == (section, paragraph))?;
    Some(placed.statement.page)
}

/// Text without white space, its ASCII punctuation made Chinese except within numbers.
pub(super) fn plain(text: &str) -> String {
    let characters: Vec<char> = text.chars().filter(|c| !c.is_whitespace()).collect();
    let is_digit = |index: Option<usize>| index.and_then(|at| characters.get(at)).is_some_and(char::is_ascii_digit);
    let full = |(index, character): (usize, &char)| match character {
        ',' if !(is_digit(index.checked_sub(1)) && is_digit(Some(index + 1))) => '，',
        ';' => '；',
        ':' if !is_digit(Some(index + 1)) => '：',
        '(' => '（',
        ')' => '）',
        other => *other,
    };
    characters.iter().enumerate().map(full).collect()
}

/// The sentences of a text with their full stops.
pub(super) fn sentences(text: &str) -> impl Iterator<Item = &str> {
    text.split_inclusive(['。', '；', '！', '？'])
}

/// What stands around the bytes from `start` to `end`, in the marks in which messages quote.
pub(super) fn quoted(text: &str, start: usize, end: usize) -> String {
    let before: Vec<char> = text[..start].chars().rev().take(QUOTED_AROUND).collect();
    let after: String = text[end..].chars().take(QUOTED_AROUND).collect();
    let before: String = before.into_iter().rev().collect();
    format!("「{before}{}{after}」", &text[start..end])
}

/// A text as messages quote it, from its beginning.
pub(super) fn shortened(text: &str) -> String {
    quoted(text, 0, text.chars().take(QUOTED_AROUND).map(char::len_utf8).sum())
}

/// Writes down the first faults, the last of them with the number of all; or that everything is in order.
pub(super) fn report(outcomes: &mut RuleOutcomes<'_>, faults: Vec<Fault>, in_order: &str) {
    let count = faults.len();
    if count == 0 {
        outcomes.pass(in_order, Vec::new());
    }
    for (index, mut fault) in faults.into_iter().take(MAX_FAULTS).enumerate() {
        if count > MAX_FAULTS && index + 1 == MAX_FAULTS {
            fault.message.push_str(&format!("（全文共{count}处，其余不再列出）"));
        }
        outcomes.fail(fault);
    }
}

/// Looks for one kind of fault in passages, and writes down what was found.
pub(super) fn look(
    outcomes: &mut RuleOutcomes<'_>,
    passages: &[Passage],
    in_order: &str,
    mut faults: impl FnMut(&Passage) -> Vec<Fault>,
) {
    if passages.is_empty() {
        outcomes.not_applicable("没有可查的文字", None);
        return;
    }
    let found = passages.iter().flat_map(&mut faults).collect();
    report(outcomes, found, in_order);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn punctuation_is_made_chinese_outside_numbers() {
        assert_eq!(plain("预算 2,515.39 万元,比上年(2025年):持平"), "预算2,515.39万元，比上年（2025年）：持平");
    }

    #[test]
    fn quotations_are_short() {
        let text = "甲".repeat(40) + "乙" + &"丙".repeat(40);
        let at = text.find('乙').expect("the middle");
        let expected = format!("「{}乙{}」", "甲".repeat(QUOTED_AROUND), "丙".repeat(QUOTED_AROUND));
        assert_eq!(quoted(&text, at, at + '乙'.len_utf8()), expected);
    }
}
