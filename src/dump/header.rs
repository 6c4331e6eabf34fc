//! Stand-in until the stream header arrives.
use super::text::TextLine;
use crate::amount;
use crate::vocabulary::Vocabulary;

/// A label of a header, and those below it.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct HeaderNode {
    pub(super) label: String,
    pub(super) children: Vec<HeaderNode>,
}

pub(super) struct StreamHeader {
    pub(super) roots: Vec<HeaderNode>,
    pub(super) lines: usize,
}

pub(super) fn read(lines: &[TextLine], figures: usize, vocabulary: &Vocabulary) -> Option<StreamHeader> {
    let taken = lines.iter().take(12).take_while(|line| {
        !line.words.iter().any(|word| amount::parse(&word.text).is_some()) && line.words.iter().all(|word| vocabulary.is_header_word(&word.text))
    }).count();
    let _ = figures;
    let last = lines.get(taken.checked_sub(1)?)?;
    (taken > 0 && last.words.len() > 1).then(|| StreamHeader {
        roots: last.words.iter().map(|word| HeaderNode { label: word.text.clone(), children: Vec::new() }).collect(),
        lines: taken,
    })
}
