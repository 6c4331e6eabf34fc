//! Subjects by the path of their names: `…（类）…（款）…（项）` → code.

use std::borrow::Cow;

use rustc_hash::FxHashMap;

use super::codes::{self, CodeGroup, RowCode};
use super::naming::Naming;
use crate::document::Table;
use crate::language::vocabulary::{StatementWords, Vocabulary, squeezed};
use crate::model::ParsedTable;

/// `…（类）…（款）…（项）2023年预算数` → code path and the rest; the levels may have their digits with them (（204类）), or be
/// joined by dashes within quotation marks (“…-…-…”科目).
pub(super) fn split_path(subject: &str, words: &StatementWords) -> (CodePath, String) {
    if let Some(found) = quoted_path(subject, words) {
        return found;
    }
    let wide = wide_brackets(subject);
    let mut path = CodePath::default();
    let mut rest = wide.as_ref();
    for (level, word) in words.levels.iter().enumerate() {
        if let Some((name, after)) = split_level(rest, word) {
            path.0.push((level, name.trim().trim_start_matches('“').to_owned()));
            rest = after;
        }
    }
    let rest = rest.trim_start_matches('”');
    if path.0.len() < 2 { (CodePath::default(), subject.to_owned()) } else { (path, rest.to_owned()) }
}

/// A text with its brackets of the width in which levels are known.
fn wide_brackets(text: &str) -> Cow<'_, str> {
    if text.contains(['(', ')']) {
        Cow::Owned(text.replace('(', "（").replace(')', "）"))
    } else {
        Cow::Borrowed(text)
    }
}

/// The name before a level in brackets (（类） or （204类）), and what follows it.
fn split_level<'t>(text: &'t str, level: &str) -> Option<(&'t str, &'t str)> {
    if let Some(found) = text.split_once(level) {
        return Some(found);
    }
    let (opening, word) = (level.chars().next()?, level.trim_start_matches('（'));
    let mut from = 0;
    while let Some(at) = text[from..].find(opening).map(|at| from + at) {
        let inner = &text[at + opening.len_utf8()..];
        let digits = inner.trim_start_matches(|c: char| c.is_ascii_digit());
        if digits.len() < inner.len() && digits.starts_with(word) {
            return Some((&text[..at], &digits[word.len()..]));
        }
        from = at + opening.len_utf8();
    }
    None
}

/// `“一般公共服务支出-政府办公厅（室）及相关机构事务-行政运行”科目` → path and the rest.
fn quoted_path(subject: &str, words: &StatementWords) -> Option<(CodePath, String)> {
    let (_, after) = subject.split_once('“')?;
    let (inner, rest) = after.split_once('”')?;
    let names = inner.split(['-', '－', '—']).map(|name| name.trim().to_owned());
    let path = CodePath(names.enumerate().collect());
    let rest = words.after_path.iter().find_map(|word| rest.strip_prefix(word.as_str())).unwrap_or(rest);
    let is_path = path.0.len() >= 2 && path.0.iter().all(|(_, name)| !name.is_empty());
    is_path.then(|| (path, rest.to_owned()))
}

/// Functional classification codes of the document's own tables, by their names from class to item.
pub(super) struct CodeIndex<'v> {
    words: &'v StatementWords,
    names: FxHashMap<String, String>,
    codes: FxHashMap<String, Vec<String>>,
}

impl<'v> CodeIndex<'v> {
    /// Of all tables.
    pub(super) fn new(tables: &[ParsedTable], vocabulary: &'v Vocabulary) -> Self {
        let words = &vocabulary.statements;
        let mut index = Self { words, names: FxHashMap::default(), codes: FxHashMap::default() };
        for parsed in tables {
            let table = &parsed.table;
            let mut known: Vec<CodeGroup> = Vec::new();
            for source in (0..table.columns.len()).filter_map(|column| Naming::of(table, column, vocabulary)) {
                for group in source.codes.into_iter().filter(|group| group.name.is_some()) {
                    if !known.contains(&group) {
                        known.push(group);
                    }
                }
            }
            for group in &known {
                index.add_group(table, group);
            }
        }
        index
    }

    fn add_group(&mut self, table: &Table, group: &CodeGroup) {
        let Some(name) = group.name else { return };
        for (row, code) in codes::row_codes(table, group).into_iter().enumerate() {
            if let (RowCode::Code(code), Some(name)) = (code, table.rows[row].cells[name].as_deref()) {
                self.add(code, name);
            }
        }
    }

    fn add(&mut self, code: String, name: &str) {
        let name = squeezed(name).into_owned();
        let codes = self.codes.entry(name.clone()).or_default();
        if !codes.contains(&code) {
            codes.push(code.clone());
        }
        self.names.insert(code, name);
    }

    /// The one code whose names are those of the path; of its own name and that of the level above, where a document
    /// calls the class by an old name.
    pub(super) fn find(&self, path: &CodePath) -> Option<String> {
        let ((level, item), above) = path.0.split_last()?;
        let codes = self.codes.get(squeezed(item).as_ref())?.iter().filter(|code| code.len() == code_length(*level));
        let agreeing = |above: &[(usize, String)]| -> Vec<&String> {
            codes.clone().filter(|code| above.iter().all(|(level, name)| self.is_named(code, *level, name))).collect()
        };
        let strict = agreeing(above);
        let found = if strict.is_empty() && above.len() > 1 { agreeing(&above[1..]) } else { strict };
        match found.as_slice() {
            [only] => Some((*only).clone()),
            _ => None,
        }
    }

    /// Whether the part of a code that a level has is called so, as far as the document tells.
    fn is_named(&self, code: &str, level: usize, name: &str) -> bool {
        let known = code.get(..code_length(level)).and_then(|part| self.names.get(part));
        let name = squeezed(name);
        known.is_none_or(|known| *known == name || self.words.class_endings.strip_end(known) == Some(&name))
    }
}

/// The names of a subject and of those above it, each with its level: 类 0, 款 1, 项 2. Higher levels may be missing.
#[derive(Default)]
pub(super) struct CodePath(pub(super) Vec<(usize, String)>);

impl CodePath {
    /// The name of the subject itself.
    pub(super) fn item(&self) -> Option<&str> {
        self.0.last().map(|(_, name)| name.as_str())
    }
}

/// Digits of a code on a level: 3, 5, 7.
fn code_length(level: usize) -> usize {
    2 * level + 3
}
