//! The header of a performance table: which columns there are, told by its words in whatever order they come.

use super::tokens::{Token, glued, is_number};
use crate::language::performance_roles::{Role, role_of};
use crate::language::vocabulary::{PerformanceWords, Vocabulary, squeezed};

/// A label is broken over at most this many words.
const MAX_PIECES: usize = 6;

/// Between two known labels of a header stand at most this many other words.
const MAX_UNKNOWN: usize = 4;

/// A header begins within this many words.
const MAX_CAPTION: usize = 60;

/// A column of the table.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Column {
    /// What it holds, where its label tells.
    pub(super) role: Option<Role>,
    /// Its label.
    pub(super) label: String,
}

/// The columns of a table in their order, and how many words the header has.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Header {
    /// The columns.
    pub(super) columns: Vec<Column>,
    /// Place of its first word.
    pub(super) start: usize,
    /// Place after its last word.
    pub(super) end: usize,
    /// Whether rows are numbered in a column of their own.
    pub(super) numbered: bool,
}

impl Header {
    /// Place of the column with a role.
    pub(super) fn place(&self, role: Role) -> Option<usize> {
        self.columns.iter().position(|column| column.role == Some(role))
    }

    /// Whether there is a column with a role.
    pub(super) fn has(&self, role: Role) -> bool {
        self.place(role).is_some()
    }
}

/// What stands at a place of the header.
enum Label {
    Role(Role),
    Group,
    Unknown,
}

/// Reads the header at the beginning of a table; `None` where the words are none, or name no projects.
pub(super) fn read(tokens: &[Token], vocabulary: &Vocabulary) -> Option<Header> {
    let words = &vocabulary.performance;
    let top = &tokens[..tokens.len().min(MAX_CAPTION)];
    let start = top.iter().position(|token| !is_caption(top, token.line))?;
    let mut found: Vec<(Label, String)> = Vec::new();
    let (mut at, mut end, mut kept) = (start, start, 0);
    while at < tokens.len() {
        let text = squeezed(&tokens[at].text).into_owned();
        if is_number(&text) || found.len() > kept + MAX_UNKNOWN {
            break;
        }
        if text.starts_with('(') && text.ends_with(')') && !found.is_empty() {
            if let Some((_, label)) = found.last_mut() {
                label.push_str(&tokens[at].text);
            }
            at += 1;
            if found.len() == kept {
                end = at;
            }
            continue;
        }
        let (label, pieces) = label_at(&tokens[at..], words);
        if let Label::Role(role) = label
            && found.iter().any(|(known, _)| matches!(known, Label::Role(known) if *known == role))
        {
            break;
        }
        let known = !matches!(label, Label::Unknown);
        let same_line = at > start && !tokens[at].first && end == at;
        found.push((label, glued(&tokens[at..at + pieces])));
        at += pieces;
        if known || same_line {
            (end, kept) = (at, found.len());
        }
    }
    found.truncate(kept);
    let numbered = found.iter().any(|(_, label)| vocabulary.overview.unit_sequence.contain(&squeezed(label)));
    found.retain(|(_, label)| !vocabulary.overview.unit_sequence.contain(&squeezed(label)));
    let end = end + shared_after(tokens, start, end);
    let header = Header { columns: in_order(found), start, end, numbered };
    let names_forms = tokens[start..end].iter().any(|token| words.form_labels.contain(&squeezed(&token.text)));
    let is_grid = header.has(Role::PROJECT) && (header.has(Role::GOAL) || header.has(Role::INDICATOR));
    (is_grid && !names_forms).then_some(header)
}

/// How many words after a header are its own, as they follow wherever it is printed again.
fn shared_after(tokens: &[Token], start: usize, end: usize) -> usize {
    let header = &tokens[start..end];
    let Some(first_word) = header.first() else { return 0 };
    let same = |at: &usize| {
        let here = tokens.get(*at..at + header.len()).unwrap_or_default();
        here.len() == header.len() && here.iter().zip(header).all(|(here, there)| here.text == there.text)
    };
    let repeats: Vec<usize> =
        (end..tokens.len()).filter(|at| tokens[*at].text == first_word.text).filter(same).collect();
    if repeats.is_empty() {
        return 0;
    }
    let shared = |offset: &usize| {
        let first = tokens.get(end + offset).map(|token| &token.text);
        first.is_some()
            && repeats.iter().all(|at| tokens.get(at + header.len() + offset).map(|token| &token.text) == first)
    };
    (0..MAX_UNKNOWN).take_while(shared).count()
}

/// Whether a line says the year or the unit, as a caption does.
fn is_caption(tokens: &[Token], line: usize) -> bool {
    tokens.iter().filter(|token| token.line == line).any(|token| {
        let text = squeezed(&token.text).into_owned();
        text.find(':').is_some_and(|colon| !text[..colon].contains('('))
    })
}

/// The label that begins with the first word, and how many words it has: the longest that is known, unless a part of
/// it at its end is known by itself.
fn label_at(tokens: &[Token], words: &PerformanceWords) -> (Label, usize) {
    for pieces in (1..=MAX_PIECES.min(tokens.len())).rev() {
        let part = |from: usize| glued(&tokens[from..pieces]);
        let whole = squeezed(&part(0)).into_owned();
        let later = (1..pieces).any(|from| role_of(&part(from), words).is_some());
        // What follows a closed bracket is another label.
        let bracketed = tokens[..pieces - 1].iter().any(|token| squeezed(&token.text).ends_with(')'));
        if later || bracketed {
            continue;
        }
        if words.group.contain(&whole) {
            return (Label::Group, pieces);
        }
        if let Some(role) = role_of(&whole, words) {
            return (Label::Role(role), pieces);
        }
    }
    (Label::Unknown, 1)
}

/// The columns from left to right: what a group label covers follows later in the dump, but stands in its place.
fn in_order(found: Vec<(Label, String)>) -> Vec<Column> {
    let in_group = |role: Option<Role>| matches!(role, Some(Role::LEVEL1 | Role::LEVEL2 | Role::INDICATOR));
    let group = found.iter().position(|(label, _)| matches!(label, Label::Group));
    let (mut before, mut inside, mut after): (Vec<Column>, Vec<Column>, Vec<Column>) = Default::default();
    let mut unknown_open = false;
    for (place, (label, text)) in found.into_iter().enumerate() {
        let role = match label {
            Label::Role(role) => Some(role),
            Label::Group => continue,
            Label::Unknown => None,
        };
        let is_after = group.is_some_and(|group| place > group);
        let list = match is_after {
            true if in_group(role) => &mut inside,
            true => &mut after,
            false => &mut before,
        };
        match list.last_mut() {
            Some(last) if role.is_none() && unknown_open && last.role.is_none() => last.label.push_str(&text),
            _ => list.push(Column { role, label: text }),
        }
        unknown_open = role.is_none();
    }
    before.into_iter().chain(inside).chain(after).collect()
}
