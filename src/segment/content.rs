//! What a part is about by what it holds, where its heading is none that the vocabulary knows.

use crate::language::ordinals::{self, OrdinalStyle};
use crate::language::vocabulary::{PartKind, Vocabulary, squeezed};
use crate::model::{Part, PlacedLine};

/// Text of at least this many lines can be a part; less is left over from a table or a drawing.
const MIN_LINES: usize = 3;

/// Prose has at least this many sentences …
const MIN_SENTENCES: usize = 2;

/// … and states sums, has as many sections as this …
const MIN_SECTIONS: usize = 2;

/// … or sentences that are no longer than this many lines. Less is what a table left behind.
const MAX_LINES_A_SENTENCE: usize = 5;

/// A glossary defines at least this many terms.
const MIN_TERMS: usize = 2;

/// Ends of sentences: only prose has them.
const SENTENCE_END: char = '。';

/// Gives each part the kind that its content tells, where its heading tells none. An explanation that follows tables
/// without a heading of its own becomes a part.
pub(super) fn told(parts: Vec<Part>, vocabulary: &Vocabulary) -> Vec<Part> {
    let mut found = Vec::new();
    for mut part in parts {
        let explanation = match part.kind {
            Some(PartKind::Tables) => explanation(&part.lines, vocabulary),
            _ => None,
        };
        if let Some(start) = explanation {
            let lines = part.lines.split_off(start);
            found.push(part);
            found.push(Part { kind: Some(PartKind::Narrative), lines, ..Part::default() });
            continue;
        }
        part.kind = part.kind.or_else(|| kind(&part, vocabulary));
        found.push(part);
    }
    found
}

/// What a part without a known heading is about: terms and their definitions, an organisation's functions, or else an
/// explanation: prose is never dropped.
fn kind(part: &Part, vocabulary: &Vocabulary) -> Option<PartKind> {
    let sentences = part.lines.iter().filter(|line| line.text.contains(SENTENCE_END)).count();
    if part.lines.len() < MIN_LINES || sentences == 0 {
        return None;
    }
    let states_sums = part.lines.iter().any(|line| states_sum(line, vocabulary));
    let terms = part.lines.iter().filter(|line| vocabulary.glossary.definitions.occur_in(&squeezed(&line.text)));
    if !states_sums && terms.count() >= MIN_TERMS {
        return Some(PartKind::Glossary);
    }
    let topics = &vocabulary.overview;
    let title = squeezed(&part.title);
    let names_topic = |text: &str| topics.functions.occur_in(text) || topics.institutions.occur_in(text);
    let opens = part.lines.first().is_some_and(|line| {
        let plain = squeezed(&line.text);
        !plain.contains(SENTENCE_END) && names_topic(&plain)
    });
    if !states_sums && (names_topic(&title) || opens) {
        return Some(PartKind::Overview);
    }
    let sections = part.lines.iter().filter_map(section).count();
    let is_prose = states_sums || sections >= MIN_SECTIONS || sentences * MAX_LINES_A_SENTENCE >= part.lines.len();
    (sentences >= MIN_SENTENCES.min(part.lines.len() / 2) && is_prose).then_some(PartKind::Narrative)
}

/// The number of the section that a line opens: 一、.
fn section(line: &PlacedLine) -> Option<u32> {
    ordinals::leading(&line.text).filter(|found| found.style == OrdinalStyle::Chinese).map(|found| found.value)
}

/// Where among the lines of a part of tables an explanation begins: at a section 一、 after which sums are stated in
/// sentences, in two sections at least.
fn explanation(lines: &[PlacedLine], vocabulary: &Vocabulary) -> Option<usize> {
    let start = lines.iter().position(|line| section(line) == Some(1))?;
    let rest = &lines[start..];
    let sections = rest.iter().filter_map(section).filter(|value| *value == 2).count();
    let sentences = rest.iter().filter(|line| line.text.contains(SENTENCE_END)).count();
    let is_prose = rest.iter().any(|line| states_sum(line, vocabulary)) && sentences >= 2;
    (sections > 0 && is_prose && rest.len() >= MIN_LINES).then_some(start)
}

/// Whether a line of prose names an amount of money.
fn states_sum(line: &PlacedLine, vocabulary: &Vocabulary) -> bool {
    let mut quantities = vocabulary.statements.units.quantities(&line.text);
    quantities.any(|quantity| quantity.unit.is_some_and(|unit| vocabulary.units.contains_key(unit)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::page::placed_line;

    fn kinds(kind: Option<PartKind>, title: &str, lines: &[&str]) -> Vec<(Option<PartKind>, usize)> {
        let lines = lines.iter().map(|text| placed_line(1, text, 10.0, 20.0)).collect();
        let part = Part { kind, title: title.to_owned(), lines, ..Part::default() };
        let found = told(vec![part], Vocabulary::national().expect("the built-in vocabulary"));
        found.into_iter().map(|part| (part.kind, part.lines.len())).collect()
    }

    #[test]
    fn prose_with_sums_is_an_explanation() {
        let lines = ["一、收入", "2025年收入100万元。", "二、支出", "2025年支出100万元。"];
        assert_eq!(kinds(None, "公开内容", &lines), [(Some(PartKind::Narrative), 4)]);
        let tables = ["表一 收支总表", "一、收入", "2025年收入100万元。", "二、支出", "2025年支出100万元。"];
        let expected = [(Some(PartKind::Tables), 1), (Some(PartKind::Narrative), 4)];
        assert_eq!(kinds(Some(PartKind::Tables), "", &tables), expected);
    }

    #[test]
    fn terms_and_functions_are_told() {
        let terms = ["一、基本支出：指保障运转的支出。", "二、项目支出：指完成任务的支出。", "三、其他。"];
        assert_eq!(kinds(None, "附录", &terms), [(Some(PartKind::Glossary), 3)]);
        let functions = ["（一）主管财政工作。", "（二）拟订规划。", "（三）其他。"];
        assert_eq!(kinds(None, "某局职能职责", &functions), [(Some(PartKind::Overview), 3)]);
        assert_eq!(kinds(None, "", &["页", "1", "2"]), [(None, 3)], "no sentence");
    }
}
