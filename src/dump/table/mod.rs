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
pub(super) mod sides;
pub(super) mod tokens;
pub(super) mod twins;

use crate::model::PageNumber;

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
