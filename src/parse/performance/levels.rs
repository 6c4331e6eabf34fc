//! The level words (一级, 二级) that hold for each row of indicators.
//!
//! Their cells are merged downwards over their indicators, left empty below the first, or printed again; page breaks cut
//! them, and with them their words.

use std::collections::BTreeMap;

use super::columns::Columns;
use super::indicator::OpenIndicator;
use crate::document::geometry::Rect;
use crate::document::{Diagnostic, Observation, PageNumber};
use crate::language::performance_roles::Role;
use crate::language::vocabulary::{PerformanceWords, squeezed};
use crate::parse::sheet::{Covered, SheetRow};

/// One of the two levels.
struct Level {
    role: Role,
    /// Whether its cells are merged, rather than left empty below the first.
    merges: bool,
    /// The word that holds now.
    word: Option<String>,
    /// Whether the cell that has the word reaches to this row.
    is_beside: bool,
    /// Since a cell began empty at the end of a page, its word to follow on the next: the indicator from which it will
    /// hold, and the word before.
    awaited: Option<(usize, Option<String>)>,
}

impl Level {
    fn new(role: Role, rows: &[SheetRow], columns: &Columns) -> Self {
        Self { role, merges: columns.merge(rows, role), word: None, is_beside: false, awaited: None }
    }

    fn reset(&mut self) {
        (self.word, self.is_beside, self.awaited) = (None, false, None);
    }
}

/// Both levels, from row to row.
pub(super) struct Levels<'w> {
    words: &'w PerformanceWords,
    first: Level,
    second: Level,
}

/// The levels of an indicator.
pub(super) struct Placed {
    pub(super) level1: Option<String>,
    pub(super) level2: Option<String>,
    /// Whether a cell with the first level's word stands beside it.
    pub(super) is_beside: bool,
}

impl<'w> Levels<'w> {
    pub(super) fn new(rows: &[SheetRow], columns: &Columns, words: &'w PerformanceWords) -> Self {
        let level = |role| Level::new(role, rows, columns);
        Self { words, first: level(Role::LEVEL1), second: level(Role::LEVEL2) }
    }

    pub(super) fn reset(&mut self) {
        self.first.reset();
        self.second.reset();
    }

    /// What holds now.
    pub(super) fn placed(&self) -> Placed {
        let (level1, level2) = (self.first.word.clone(), self.second.word.clone());
        Placed { level1, level2, is_beside: self.first.is_beside }
    }

    /// Reads a row; `indicators` are those before it, of its project. Returns whether a level begins.
    pub(super) fn row(&mut self, row: &SheetRow, columns: &Columns, indicators: &mut [OpenIndicator]) -> bool {
        let opens_first = self.level(Role::LEVEL1, row, columns, indicators);
        // Where the first level's word stands in the middle of its rows, the second one that holds is a part of it already.
        let is_known = self.second.word.as_deref().is_some_and(|word| !self.words.levels_above(word).is_empty());
        let is_part = is_known && !self.contradicts(self.first.word.as_deref());
        if (opens_first && !is_part) || self.lacks_second(row, columns) {
            self.second.reset();
        }
        self.level(Role::LEVEL2, row, columns, indicators) || opens_first
    }

    /// Whether the second level that holds is no part of this first one.
    fn contradicts(&self, level1: Option<&str>) -> bool {
        let above = self.second.word.as_deref().map(|word| self.words.levels_above(word)).unwrap_or_default();
        level1.is_none_or(|word| !above.contains(&&*squeezed(word)))
    }

    /// Whether the first level is printed again at the top of a page, and no second one beside it.
    fn lacks_second(&self, row: &SheetRow, columns: &Columns) -> bool {
        let is_empty = columns.place(Role::LEVEL2).is_some_and(|column| {
            let slot = &row.slots[column];
            slot.covered == Covered::Own && slot.text.is_empty()
        });
        row.opens_page && is_empty && self.second.awaited.is_none() && columns.slot(row, Role::LEVEL1).is_some()
    }

    fn level(&mut self, role: Role, row: &SheetRow, columns: &Columns, indicators: &mut [OpenIndicator]) -> bool {
        let Some(column) = columns.place(role) else { return false };
        let text = columns.text(row, role);
        let reprinted = role == Role::LEVEL2 && columns.slot(row, Role::LEVEL1).is_some();
        let level = if role == Role::LEVEL1 { &mut self.first } else { &mut self.second };
        level.is_beside = text.is_some() || (level.is_beside && row.slots[column].covered == Covered::Above);
        if row.opens_page
            && let Some((from, before)) = level.awaited.take()
        {
            // Where the first level is printed again and this one is not, or its column is not on the page, it has no word.
            let absent = reprinted || row.slots[column].bbox == Rect::default();
            level.word = text.clone().or(before.filter(|_| !absent));
            for indicator in indicators.iter_mut().skip(from) {
                *word_of(indicator, level.role) = level.word.clone();
            }
            return false;
        }
        let Some(text) = text else {
            let cut = begins_cut(row, column, level.merges);
            if cut {
                level.awaited = Some((indicators.len(), level.word.take()));
            }
            return cut;
        };
        if row.opens_page && level.takes_rest(&text, self.words, indicators) {
            return false;
        }
        // A word printed again at the top of a page goes on with its group.
        let is_same = row.opens_page && level.word.as_ref() == Some(&text);
        level.word = Some(text);
        !is_same
    }
}

impl Level {
    /// Whether a text at the top of a page completes the word that the page break cut.
    fn takes_rest(&mut self, text: &str, words: &PerformanceWords, indicators: &mut [OpenIndicator]) -> bool {
        let Some(piece) = &self.word else { return false };
        let whole = format!("{piece}{text}");
        let is_complete = |word: &str| words.level_words.contain(&squeezed(word));
        if is_complete(piece) || !is_complete(&whole) {
            return false;
        }
        let open = indicators.iter_mut().rev().map(|indicator| word_of(indicator, self.role));
        for word in open.take_while(|word| word.as_ref() == Some(piece)) {
            *word = Some(whole.clone());
        }
        self.word = Some(whole);
        true
    }
}

/// Whether a merged cell begins in this row, empty and down to the end of the page: its text follows on the next.
pub(super) fn begins_cut(row: &SheetRow, column: usize, merges: bool) -> bool {
    let slot = &row.slots[column];
    let begins = !row.opens_page && slot.covered == Covered::Own && slot.text.is_empty();
    begins && (merges || slot.row_span > 1) && slot.row_span > row.rows_below
}

fn word_of(open: &mut OpenIndicator, role: Role) -> &mut Option<String> {
    let indicator = &mut open.indicator;
    if role == Role::LEVEL1 { &mut indicator.level1 } else { &mut indicator.level2 }
}

/// First levels that are not placed, or are carried to where the second one is no part of them: the one of which it is a
/// part, where that is told by the vocabulary. A word whose cell stands beside its indicator stays as it is printed. Each
/// page on which one was taken, or contradicts, is named.
pub(super) fn complete(indicators: &mut [OpenIndicator], words: &PerformanceWords) -> Vec<Diagnostic> {
    let printed = indicators.iter().filter_map(|open| open.indicator.level1.as_deref());
    let printed: Vec<String> = printed.map(|word| squeezed(word).into_owned()).collect();
    let (mut inferred, mut contradicted) = (BTreeMap::<PageNumber, usize>::new(), BTreeMap::<PageNumber, usize>::new());
    for open in indicators {
        let Some(level2) = &open.indicator.level2 else { continue };
        let above = words.levels_above(level2);
        let known = open.indicator.level1.as_deref().map(squeezed);
        let fits = known.as_deref().is_some_and(|word| above.contains(&word) || !words.level1_words.contain(word));
        let wanted = above.iter().find(|word| known.is_none() || printed.iter().any(|other| other == *word));
        let Some(word) = wanted.filter(|_| !fits) else { continue };
        let page = open.indicator.pages.first().copied().unwrap_or_default();
        let keeps = known.is_some() && open.is_beside_level;
        *if keeps { &mut contradicted } else { &mut inferred }.entry(page).or_default() += 1;
        if !keeps {
            open.indicator.level1 = Some((*word).to_owned());
        }
    }
    let inferred = inferred.into_iter().map(|(page, count)| Observation::LevelInferred { count }.on(page));
    let contradicted = contradicted.into_iter().map(|(page, count)| Observation::LevelContradicted { count }.on(page));
    inferred.chain(contradicted).collect()
}
