//! The lines of a table → what its columns are, and its rows with their figures in order.
//!
//! 1. The header's labels become [`columns`].
//! 2. The words below become [`tokens`]: codes, figures, text.
//! 3. Tokens make [`items`]: codes, a name, the figures after it.
//! 4. Items go to the [`sides`] of the table and make rows.
//!
//! Which column each figure belongs to is decided afterwards, in [`placement`](super::placement).

pub(super) mod columns;
pub(super) mod halves;
pub(super) mod items;
pub(super) mod lines;
pub(super) mod numbers;
pub(super) mod sides;
pub(super) mod tokens;
pub(super) mod twins;

use super::text::TextLine;
use crate::document::PageNumber;
use crate::language::vocabulary::Vocabulary;

use columns::Columns;
use items::Item;

/// A row: at most one item on each side.
#[derive(Clone, Debug)]
pub(super) struct BodyRow {
    /// The page it begins on.
    pub(super) page: PageNumber,
    /// An item a side.
    pub(super) items: Vec<Option<Item>>,
}

/// A table before its figures have columns.
#[derive(Clone, Debug)]
pub(super) struct TextTable {
    /// Its columns.
    pub(super) columns: Columns,
    /// Its rows.
    pub(super) rows: Vec<BodyRow>,
}

/// Reads the lines of a body. `keeps_columns`: whether they keep columns by spaces.
pub(super) fn read(columns: Columns, body: Vec<TextLine>, keeps_columns: bool, vocabulary: &Vocabulary) -> TextTable {
    let is_label_of_level = |line: &TextLine| {
        line.words.len() > 1 && line.words.iter().all(|word| vocabulary.headers.code_levels.contain(&word.text))
    };
    let is_header = |line: &TextLine| is_label_of_level(line) || numbers::numbers_columns(line, vocabulary);
    let body: Vec<TextLine> = body.into_iter().filter(|line| !is_header(line)).collect();
    if keeps_columns
        && let [left, right] = columns.sides.as_slice()
        && !left.codes.is_empty()
        && !right.codes.is_empty()
    {
        let rows = twins::rows(&body, &columns, vocabulary);
        return TextTable { columns, rows };
    }
    let mut tokens = tokens::tokens(&body, columns.have_codes(), columns.have_names());
    numbers::mark(&mut tokens, &columns);
    if keeps_columns && columns.sides.len() == 1 {
        tokens = halves::unite(tokens, tokens::usual_decimals(&body), &columns.sides[0]);
    } else if keeps_columns {
        tokens = halves::unite_lists(tokens);
    }
    if keeps_columns
        && columns.sides.len() == 1
        && !columns.sides[0].names.is_empty()
        && columns.sides[0].remarks.is_empty()
        && columns.sides[0].counterpart.is_none()
    {
        tokens = lines::straighten(tokens, vocabulary);
    }
    let items = items::items(&tokens, &columns, vocabulary);
    let rows = sides::rows(items, &columns, vocabulary);
    TextTable { columns, rows }
}
