//! Figures that look like a table's and stand outside all tables: a table that was not found, or not to its end.

use std::collections::BTreeSet;

use super::is_countable;
use crate::document::{Diagnostic, Observation};
use crate::dump::text::TextLine;
use crate::language::amount;
use crate::language::vocabulary::Vocabulary;

/// So few of them may be a broken sentence's.
const FEW: usize = 3;

/// Names the figures outside tables that no sentence explains.
pub(in crate::dump) fn report(outside: &[&TextLine], vocabulary: &Vocabulary, diagnostics: &mut Vec<Diagnostic>) {
    let mut count = 0;
    let mut pages = BTreeSet::new();
    for line in outside.iter().filter(|line| is_of_a_table(line, vocabulary)) {
        count += figures(line);
        pages.insert(line.page);
    }
    if count < FEW {
        return;
    }
    let first = pages.first().copied();
    let found = Observation::FiguresOutsideTables { count, pages: pages.into_iter().collect() };
    diagnostics.push(match first {
        Some(page) => found.on(page),
        None => found.into(),
    });
}

fn figures(line: &TextLine) -> usize {
    line.words.iter().filter(|word| is_countable(&word.text)).count()
}

/// Whether a line is one of figures alone, or has several, no punctuation and no units.
fn is_of_a_table(line: &TextLine, vocabulary: &Vocabulary) -> bool {
    let begins_unit = |word: &str| {
        vocabulary.units.keys().any(|unit| unit.chars().next().is_some_and(|first| word.starts_with(first)))
    };
    let is_number = |word: &str| amount::parse(word).is_some() || amount::is_dash(word);
    let has_punctuation = line.words.iter().any(|word| word.text.contains(['，', '。', '；', '：', ':']));
    match figures(line) {
        0 => false,
        1 => line.words.iter().all(|word| is_number(&word.text)),
        _ => !has_punctuation && !line.words.iter().any(|word| begins_unit(&word.text)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dump::pages;

    fn found(dump: &str) -> usize {
        let vocabulary = Vocabulary::national().expect("the built-in vocabulary");
        let lines = pages::lines(dump, vocabulary);
        let mut diagnostics = Vec::new();
        report(&lines.iter().collect::<Vec<_>>(), vocabulary, &mut diagnostics);
        diagnostics.len()
    }

    #[test]
    fn a_column_of_figures_is_named_and_a_broken_sentence_is_not() {
        assert_eq!(found("公共安全支出\n1,200.00\n300.00\n900.00\n"), 1);
        assert_eq!(
            found(
                "比上年增加，共计\n1,200.00\n万元，其中基本支出 300.00 万元、项目支出 900.00 万\n元、其他 1.00 万元、2.00 万元\n"
            ),
            0
        );
    }
}
