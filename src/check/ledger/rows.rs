//! Codes, ordinals, indents → which rows of a side are the sum of which.
//!
//! Where most rows have codes, a code belongs to the nearest one above that it goes on (20103 under 201); rows with a
//! name alone (a unit of the department) open a block. Otherwise ordinals tell (（一） under 一、), names of lower levels
//! that stand in a column further right or are indented, and 合计 is the sum of what stands above it, or below it where
//! it comes first.

use super::label::bare;
use super::side::{RowKind, Side, SideRow};
use crate::language::classification::scheme_of;
use crate::language::ordinals::{self, OrdinalStyle};
use crate::language::vocabulary::Vocabulary;

/// Share of the rows with a name that must have a code for codes to tell the levels.
const CODED_SHARE: f32 = 0.5;

/// Indents that differ by less, in points, are the same.
const SAME_INDENT: f32 = 3.0;

/// What kind of sum a row is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum RowSumKind {
    /// 合计 of classes, of items, or of units.
    Total,
    /// A total that goes on from another: 收入总计 = 本年收入合计 + 上年结转.
    GrandTotal,
    /// A code and the codes below it.
    Subject,
    /// An item and its parts.
    Item,
}

/// A row that is the sum of others.
#[derive(Clone, Debug)]
pub(crate) struct RowSum {
    /// The sum.
    pub(crate) total: usize,
    /// What it is the sum of.
    pub(crate) parts: Vec<usize>,
    /// Other readings of the rows, tried where the figures do not bear out the first.
    pub(super) alternatives: Vec<Vec<usize>>,
    /// Which kind of sum.
    pub(crate) kind: RowSumKind,
    /// Whether codes or ordinals alone prove the sum; otherwise the figures must bear it out.
    pub(crate) is_certain: bool,
    /// Whether the figures of the table bear it out.
    pub(crate) is_borne_out: bool,
}

impl RowSum {
    fn new(kind: RowSumKind, total: usize, parts: Vec<usize>, is_certain: bool) -> Self {
        Self { total, parts, alternatives: Vec::new(), kind, is_certain, is_borne_out: false }
    }
}

/// The sums among a side's rows.
pub(super) fn sums(side: &Side, vocabulary: &Vocabulary) -> Vec<RowSum> {
    let rows = &side.rows;
    let named = rows.iter().filter(|row| row.kind == RowKind::Item).count();
    let coded = rows.iter().filter(|row| row.code.is_some() || row.number.is_some()).count();
    let mut found = if coded > 0 && coded as f32 >= CODED_SHARE * named as f32 {
        coded_sums(rows)
    } else {
        listed_sums(rows, vocabulary)
    };
    found.retain(|sum| !sum.parts.is_empty());
    for sum in found.iter_mut().filter(|sum| matches!(sum.kind, RowSumKind::Total | RowSumKind::GrandTotal)) {
        sum.is_certain = rows[sum.total].kind == RowKind::Total && proves_total(rows, &sum.parts, vocabulary);
    }
    found
}

/// Whether the rows of a total are plainly all of one list: different subjects of one level, or numbered items, with totals
/// and carry-over beside them.
fn proves_total(rows: &[SideRow], parts: &[usize], vocabulary: &Vocabulary) -> bool {
    let mut codes: Vec<&str> = parts.iter().filter_map(|row| rows[*row].code.as_deref()).collect();
    codes.sort_unstable();
    if codes.windows(2).any(|pair| pair[0] == pair[1]) {
        return false;
    }
    let level = parts.iter().find_map(|row| rows[*row].code.as_ref()).map(String::len);
    parts.iter().all(|row| {
        let row = &rows[*row];
        let is_subject = row.code.as_ref().is_some_and(|code| scheme_of(code).is_some() && Some(code.len()) == level);
        let is_numbered = row.code.is_none() && ordinals::leading(&row.label).is_some();
        let is_beside = vocabulary.checks.carry_over.strip_from(&bare(&row.label, vocabulary)).is_some();
        is_subject || is_numbered || is_beside || row.kind == RowKind::Total
    })
}

// ---------------------------------------------------------------------------------------------------- by code

/// What tells a coded row's place among the others: its code; in lists of units the number of the unit.
fn place(row: &SideRow) -> Option<&str> {
    row.code.as_deref().or(row.number.as_deref())
}

fn coded_sums(rows: &[SideRow]) -> Vec<RowSum> {
    let mut found: Vec<RowSum> = Vec::new();
    let mut totals = Totals::default();
    // The rows that the next code may belong to, from the highest.
    let mut open: Vec<usize> = Vec::new();
    let mut children: Vec<Vec<usize>> = vec![Vec::new(); rows.len()];
    let mut block: Option<usize> = None;
    for (index, row) in rows.iter().enumerate() {
        match (row.kind, place(row)) {
            (RowKind::Total, _) => {
                open.clear();
                block = None;
                totals.close(index, &mut found);
            }
            (RowKind::Item, Some(code)) => {
                let is_above = |above: &usize| {
                    place(&rows[*above]).is_some_and(|parent| parent.len() < code.len() && code.starts_with(parent))
                };
                while open.last().is_some_and(|above| !is_above(above)) {
                    open.pop();
                }
                match (open.last(), block) {
                    (Some(above), _) => children[*above].push(index),
                    (None, Some(block)) => children[block].push(index),
                    (None, None) => totals.add(index),
                }
                open.push(index);
            }
            (RowKind::Item, None) => {
                open.clear();
                block = Some(index);
                totals.add(index);
            }
            (RowKind::OfWhich | RowKind::Blank, _) => {}
        }
    }
    totals.finish(&mut found);
    for (index, parts) in children.into_iter().enumerate() {
        let kind = if place(&rows[index]).is_some() { RowSumKind::Subject } else { RowSumKind::Total };
        found.push(RowSum::new(kind, index, parts, true));
    }
    found.sort_by_key(|sum| sum.total);
    found
}

/// Collects what totals are the sum of.
#[derive(Default)]
struct Totals {
    /// Rows since the last total that are no parts of others.
    waiting: Vec<usize>,
    /// The last total.
    last: Option<usize>,
    /// The totals before it.
    earlier: Vec<usize>,
    /// A total above everything that it sums.
    leading: Option<usize>,
}

impl Totals {
    fn add(&mut self, row: usize) {
        self.waiting.push(row);
    }

    /// A total is the sum of the rows since the last one, together with the last one; or of the rows below, where
    /// none stand above.
    fn close(&mut self, total: usize, found: &mut Vec<RowSum>) {
        let mut parts: Vec<usize> = self.last.into_iter().collect();
        let is_grand = !parts.is_empty();
        parts.append(&mut self.waiting);
        if parts.is_empty() {
            self.leading = self.leading.or(Some(total));
            return;
        }
        let kind = if is_grand { RowSumKind::GrandTotal } else { RowSumKind::Total };
        let mut sum = RowSum::new(kind, total, parts, false);
        if is_grand {
            // A total of its own part only (人员经费合计, 公用经费合计).
            sum.alternatives.push(sum.parts[1..].to_vec());
            // All totals before it, as those of pages.
            sum.alternatives.push([&self.earlier, sum.parts.as_slice()].concat());
        }
        found.push(sum);
        self.earlier.extend(self.last);
        self.last = Some(total);
    }

    /// The total above everything: the sum of all units, or of the classes; of the first unit, where it is the whole
    /// department and the units after it are its parts.
    fn finish(self, found: &mut Vec<RowSum>) {
        let Some(total) = self.leading else { return };
        let mut parts = self.waiting;
        if let Some(last) = self.last {
            parts.insert(0, last);
        }
        let mut sum = RowSum::new(RowSumKind::Total, total, parts, false);
        if let Some((first, rest)) = sum.parts.split_first()
            && !rest.is_empty()
        {
            sum.alternatives.push(vec![*first]);
            sum.alternatives.push(rest.to_vec());
        }
        found.push(sum);
    }
}

// ------------------------------------------------------------------------------------------------- by ordinal

/// A list whose items are on one level.
struct Level {
    /// How its items are numbered; `None` for items without ordinals.
    style: Option<OrdinalStyle>,
    /// Number of its last item.
    value: u32,
    /// Its last item.
    last: usize,
    /// Column and indent of its items.
    depth: usize,
    indent: f32,
}

struct List<'r> {
    rows: &'r [SideRow],
    levels: Vec<Level>,
    children: Vec<Vec<usize>>,
    /// Items whose parts are only mentioned (其中).
    is_partial: Vec<bool>,
    totals: Totals,
    found: Vec<RowSum>,
}

fn listed_sums(rows: &[SideRow], vocabulary: &Vocabulary) -> Vec<RowSum> {
    let mut list = List {
        rows,
        levels: Vec::new(),
        children: vec![Vec::new(); rows.len()],
        is_partial: vec![false; rows.len()],
        totals: Totals::default(),
        found: Vec::new(),
    };
    for (index, row) in rows.iter().enumerate() {
        match row.kind {
            RowKind::Blank => {}
            RowKind::OfWhich => list.of_which(index),
            RowKind::Total => {
                // What follows stands beside the total, whatever its name.
                list.levels.clear();
                list.totals.close(index, &mut list.found);
            }
            RowKind::Item => list.item(index, vocabulary),
        }
    }
    list.finish()
}

impl List<'_> {
    fn item(&mut self, index: usize, vocabulary: &Vocabulary) {
        let row = &self.rows[index];
        match ordinals::leading(&row.label) {
            Some(ordinal) => self.numbered(index, ordinal.style, ordinal.value),
            None if vocabulary.checks.carry_over.strip_from(&bare(&row.label, vocabulary)).is_some() => {
                self.at_root(index)
            }
            None => self.unnumbered(index),
        }
    }

    fn numbered(&mut self, index: usize, style: OrdinalStyle, value: u32) {
        let goes_on = |level: &Level| level.style == Some(style) && value == level.value + 1;
        let at = self.levels.iter().rposition(goes_on).or_else(|| {
            let later = |level: &Level| level.style == Some(style) && value > level.value;
            if value == 1 { None } else { self.levels.iter().rposition(later) }
        });
        match at {
            Some(at) => self.levels.truncate(at + 1),
            // Numbers that start again, or another style, are parts of the item before.
            None => self.open_level(index, Some(style)),
        }
        self.place(index, Some(style), value);
    }

    /// A row without an ordinal is a part of the numbered item before, unless it stands further left or in an outer
    /// column than the list it would join.
    fn unnumbered(&mut self, index: usize) {
        let row = &self.rows[index];
        let (depth, indent) = (row.depth, row.indent);
        while let Some(level) = self.levels.last() {
            let outer =
                (depth, 0.0) < (level.depth, 0.0) || (depth == level.depth && indent < level.indent - SAME_INDENT);
            if outer && self.levels.len() > 1 && level.style.is_none() {
                self.levels.pop();
            } else {
                break;
            }
        }
        let joins = self.levels.last().is_some_and(|level| {
            let deeper = depth > level.depth || indent > level.indent + SAME_INDENT;
            level.style.is_none() && !deeper
        });
        if !joins {
            self.open_level(index, None);
        }
        self.place(index, None, 0);
    }

    /// Carry-over stands beside the list, not in it.
    fn at_root(&mut self, index: usize) {
        self.levels.truncate(1);
        match self.levels.first_mut() {
            Some(root) => root.last = index,
            None => self.open_level(index, None),
        }
        self.totals.add(index);
    }

    fn open_level(&mut self, index: usize, style: Option<OrdinalStyle>) {
        let row = &self.rows[index];
        self.levels.push(Level { style, value: 0, last: index, depth: row.depth, indent: row.indent });
    }

    /// Gives an item its place in the innermost open list.
    fn place(&mut self, index: usize, style: Option<OrdinalStyle>, value: u32) {
        let above = self.levels.len().checked_sub(2).map(|at| self.levels[at].last);
        match above {
            Some(above) => self.children[above].push(index),
            None => self.totals.add(index),
        }
        if let Some(level) = self.levels.last_mut() {
            level.style = style;
            level.value = value;
            level.last = index;
        }
    }

    fn of_which(&mut self, index: usize) {
        let above = self.levels.last().map(|level| level.last).filter(|above| *above < index);
        if let Some(above) = above {
            self.is_partial[above] = true;
        }
    }

    fn finish(mut self) -> Vec<RowSum> {
        self.totals.finish(&mut self.found);
        for (index, parts) in self.children.into_iter().enumerate() {
            if !self.is_partial[index] {
                let numbered = |row: &usize| ordinals::leading(&self.rows[*row].label).is_some();
                let is_certain = parts.iter().all(numbered);
                self.found.push(RowSum::new(RowSumKind::Item, index, parts, is_certain));
            }
        }
        self.found.sort_by_key(|sum| sum.total);
        self.found
    }
}
