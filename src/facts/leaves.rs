//! Which facts have no parts: the sum over them is the total of their table.

use rust_decimal::Decimal;
use rustc_hash::{FxHashMap, FxHashSet};

use super::nesting::Nesting;
use super::sides::RowSubject;
use crate::document::Fact;
use crate::language::ordinals::{self, Ordinal, OrdinalStyle};
use crate::language::vocabulary::{Vocabulary, squeezed};
use crate::model::ParsedTable;

/// Rows without ordinals are tried as the parts of the row above up to this many.
const MOST_PARTS: usize = 40;

/// A name is indented where it begins this much further right, in points: half of a small character.
const INDENT: f32 = 4.0;

/// Where a fact stands, and its value.
pub(super) struct Place {
    pub(super) row: usize,
    pub(super) side: usize,
    pub(super) column: usize,
    pub(super) value: Decimal,
    /// Whether its name is that of its column.
    pub(super) is_item: bool,
}

/// Marks the facts that have parts in their table: totals, units with rows of their own, codes with longer codes below
/// them, and names with names of a lower level below them. A part that is counted in the row above (其中) is no leaf.
///
/// Where the leaves of a side do not add up to its printed total, its rows are tried as parts of one another by their sums
/// (`nesting`), and what then adds up is taken.
pub(super) fn mark(
    facts: &mut [Fact],
    places: &[Place],
    sides: &[Vec<RowSubject>],
    parsed: &ParsedTable,
    vocabulary: &Vocabulary,
) {
    let families: Vec<Families> = sides.iter().map(|rows| Families::of(rows)).collect();
    let mut values: FxHashMap<(usize, usize), Decimal> = FxHashMap::default();
    for place in places {
        values.insert((place.row, place.column), place.value);
    }
    for (fact, place) in facts.iter_mut().zip(places) {
        let rows = &sides[place.side];
        let subject = &rows[place.row];
        let name = fact.name.as_deref().map(squeezed).unwrap_or_default();
        let is_named_total = || vocabulary.headers.totals.contain(&name) || vocabulary.checks.sum_words.end(&name);
        // Where the columns are the items, their totals are no totals of rows.
        let is_total = subject.is_total || fact.code.is_none() && !place.is_item && is_named_total();
        let has_parts = match &fact.code {
            Some(code) => families[place.side].has_parts(subject, code),
            None if subject.is_owners => families[place.side].unit_has_parts(rows, place.row),
            None => has_lower_names(rows, place, parsed, &values),
        };
        fact.leaf = !(is_total || has_parts || subject.is_of_which);
    }
    for (side, rows) in sides.iter().enumerate() {
        let here: Vec<usize> = (0..places.len()).filter(|at| places[*at].side == side).collect();
        let cells: Vec<&Place> = here.iter().map(|at| &places[*at]).collect();
        let Some(nesting) = Nesting::of(rows, &cells, parsed) else { continue };
        let leaves: Vec<bool> = here.iter().map(|at| facts[*at].leaf).collect();
        if let Some(leaf_rows) = nesting.better_than(&leaves) {
            here.iter().for_each(|at| facts[*at].leaf = leaf_rows.contains(&places[*at].row));
        }
    }
}

/// The codes and owners of a side.
struct Families {
    /// Owner and code.
    codes: Vec<(String, String)>,
    /// Owner and code of rows that a second classification divides.
    divided: FxHashSet<(String, String)>,
    /// Owners that have rows besides their own.
    busy: FxHashSet<String>,
}

impl Families {
    fn of(rows: &[RowSubject]) -> Self {
        let key = |row: &RowSubject| Some((row.owner.clone().unwrap_or_default(), row.code.clone()?));
        let mut codes: Vec<(String, String)> = rows.iter().filter_map(key).collect();
        codes.sort_unstable();
        codes.dedup();
        let divided = rows.iter().filter(|row| row.second.is_some()).filter_map(key).collect();
        let has_own = |row: &&RowSubject| !row.is_owners;
        let busy = rows.iter().filter(has_own).filter_map(|row| row.owner.clone()).collect();
        Self { codes, divided, busy }
    }

    fn has_parts(&self, subject: &RowSubject, code: &str) -> bool {
        let key = (subject.owner.clone().unwrap_or_default(), code.to_owned());
        let next = self.codes.partition_point(|other| *other <= key);
        let longer = self.codes.get(next).is_some_and(|(owner, other)| *owner == key.0 && other.starts_with(code));
        longer || (subject.second.is_none() && self.divided.contains(&key))
    }

    /// Whether a unit has rows of its own, or units below it: those with longer numbers, or without numbers those named
    /// after it.
    fn unit_has_parts(&self, rows: &[RowSubject], row: usize) -> bool {
        let Some(owner) = &rows[row].owner else { return false };
        let own_number = rows[row].number.as_deref();
        let is_below = |other: &RowSubject| match (own_number, other.number.as_deref()) {
            (Some(own), Some(number)) => number.len() > own.len() && number.starts_with(own),
            _ => other.owner.as_deref().is_some_and(|name| name.starts_with(owner.as_str())),
        };
        let is_own_twin = rows.get(row + 1).is_some_and(|next| next.is_owners && is_below(next));
        self.busy.contains(owner) || is_own_twin
    }
}

/// Whether the rows below a name are its parts: by their ordinals, by their columns, or by their indents and sums.
fn has_lower_names(
    rows: &[RowSubject],
    place: &Place,
    parsed: &ParsedTable,
    values: &FxHashMap<(usize, usize), Decimal>,
) -> bool {
    let subject = &rows[place.row];
    let below = &rows[place.row + 1..];
    if let (Some((_, last)), Some((first, _))) = (subject.depth, below.first().and_then(|next| next.depth))
        && first > last
    {
        return true;
    }
    let own = style(subject);
    let mut sum = Decimal::ZERO;
    let mut parts = 0;
    for (offset, row) in below.iter().enumerate().take(MOST_PARTS) {
        let Some(value) = values.get(&(place.row + 1 + offset, place.column)) else {
            if ends(own, style(row)) {
                break;
            }
            continue;
        };
        match (own, style(row)) {
            (Some(own), Some(lower)) if lower > own => return true,
            (Some(_), Some(_)) => break,
            (None, Some(_)) => break,
            _ if row.is_total || row.is_owners => break,
            _ => {}
        }
        if row.is_of_which {
            continue;
        }
        parts += 1;
        sum += value;
        let is_indented = is_indented(parsed, place, offset);
        if sum == place.value && !sum.is_zero() && (parts > 1 || is_indented || own.is_some()) {
            return true;
        }
    }
    false
}

fn ends(own: Option<OrdinalStyle>, next: Option<OrdinalStyle>) -> bool {
    own.zip(next).is_some_and(|(own, next)| next <= own)
}

fn style(row: &RowSubject) -> Option<OrdinalStyle> {
    ordinal(row).map(|ordinal| ordinal.style)
}

/// The ordinal that a row's name begins with.
pub(super) fn ordinal(row: &RowSubject) -> Option<Ordinal<'_>> {
    row.printed.as_deref().and_then(ordinals::leading)
}

/// Whether the name of a row some places below begins further right.
fn is_indented(parsed: &ParsedTable, place: &Place, offset: usize) -> bool {
    begins_further_right(parsed, place.row, place.row + 1 + offset)
}

/// Whether the name of one row begins further right than that of another.
pub(super) fn begins_further_right(parsed: &ParsedTable, other: usize, row: usize) -> bool {
    let indent = |row: usize| parsed.indents.get(row)?.iter().copied().find(|indent| *indent > 0.0);
    indent(row).unwrap_or_default() > indent(other).unwrap_or_default() + INDENT
}
