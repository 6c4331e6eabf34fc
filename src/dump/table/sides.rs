//! Items → rows, where several lists stand beside one another: revenue on the left, expenditure on the right.
//!
//! An item goes to the side whose list it goes on (ordinals and codes count), whose name it has (收入 or 支出, a
//! functional subject, a total), or that is free in its line. What fits best over the whole table is found by dynamic
//! programming.

use std::ops::Range;

use super::BodyRow;
use super::columns::Columns;
use super::items::Item;
use crate::document::Scheme;
use crate::dump::placement::failing_families;
use crate::language::classification::Classification;
use crate::language::classification::scheme_of;
use crate::language::ordinals::{self, OrdinalStyle};
use crate::language::vocabulary::{Vocabulary, squeezed};

/// An ordinal or code that goes on the side's list, against one that does not.
const GOES_ON: i32 = 6;

/// A name that only one side has.
const OWN_WORD: i32 = 10;

/// A name that one side has more often.
const LIKELY_WORD: i32 = 4;

/// An item that begins a line begins a row more often than not.
const OPENS_ROW: i32 = 1;

/// A side that has more figures than columns cannot be.
const TOO_MANY: i32 = 1000;

/// Where a dump keeps columns by spaces: the item stands under the side's labels.
const UNDER_LABEL: i32 = 3;

/// Items of one list begin within so many characters of one another …
const FLUSH: usize = 3;

/// … and never so far apart.
const FAR: usize = 12;

/// An item of the same kind of subjects as the one above it.
const SAME_SUBJECTS: i32 = 2;

/// The same for an item that begins where the one above does.
const FLUSH_ITEM: i32 = 5;

/// So many items of a table are settled by its sums; further ones stay in doubt.
const MAX_SETTLED: usize = 100;

/// Makes rows of the items.
pub(in crate::dump) fn rows(items: Vec<Item>, columns: &Columns, vocabulary: &Vocabulary) -> Vec<BodyRow> {
    let sides = columns.sides.len();
    let chosen = if sides > 1 { choose(&items, columns, vocabulary) } else { vec![0; items.len()] };
    let chosen = if sides > 1 {
        settle(&items, chosen, columns, vocabulary)
    } else {
        chosen.into_iter().map(|side| (side, Vec::new())).collect()
    };
    let mut rows: Vec<BodyRow> = Vec::new();
    let mut last = None;
    for (mut item, (side, others)) in items.into_iter().zip(chosen) {
        if last.is_none_or(|last| side <= last) || opens_row(&item, columns) {
            let page = item.page().unwrap_or(crate::document::PageNumber(1));
            rows.push(BodyRow { page, items: vec![None; sides] });
        }
        if let Some(row) = rows.last_mut() {
            item.other_sides = others;
            row.items[side] = Some(item);
        }
        last = Some(side);
    }
    rows
}

/// Whether an item begins with the number of a whole row.
fn opens_row(item: &Item, columns: &Columns) -> bool {
    item.number.is_some() && columns.number_whole_rows()
}

/// Sides with, for each item, the other sides that it could as well be on. An item that opens its row and fits two lists
/// equally goes to the one whose sums hold with it; where both hold, or neither, it stays in doubt.
fn settle(items: &[Item], chosen: Vec<usize>, columns: &Columns, vocabulary: &Vocabulary) -> Vec<(usize, Vec<usize>)> {
    let mut settled = chosen.clone();
    let mut others: Vec<Vec<usize>> = vec![Vec::new(); items.len()];
    let mut progress = vec![Progress::default(); columns.sides.len()];
    let mut settlements = 0;
    for (index, item) in items.iter().enumerate() {
        let own = chosen[index];
        let alone = index.checked_sub(1).is_none_or(|before| own <= chosen[before]);
        // It stands left of what goes on in its row.
        let end = chosen.get(index + 1).copied().filter(|next| *next > own).unwrap_or(columns.sides.len());
        let path = Path { score: 0, sides: Vec::new(), progress: progress.clone() };
        let fits = |side: usize| fit(item, side, &path, columns, vocabulary);
        let equal: Vec<usize> = (0..end).filter(|side| *side != own && fits(*side) >= fits(own)).collect();
        if alone && !equal.is_empty() && !item.figures.is_empty() && settlements == MAX_SETTLED {
            others[index] = equal;
        } else if alone && !equal.is_empty() && !item.figures.is_empty() {
            settlements += 1;
            let failing = |side: usize| {
                let mut tried = settled.clone();
                tried[index] = side;
                failing_sums(items, &tried, columns, vocabulary)
            };
            let best =
                std::iter::once(own).chain(equal.iter().copied()).min_by_key(|side| failing(*side)).unwrap_or(own);
            others[index] = std::iter::once(own)
                .chain(equal)
                .filter(|side| *side != best && failing(*side) == failing(best))
                .collect();
            settled[index] = best;
        }
        progress[settled[index]].advance(item);
    }
    settled.into_iter().zip(others).collect()
}

/// How many sums of a table's lists do not hold.
fn failing_sums(items: &[Item], sides: &[usize], columns: &Columns, vocabulary: &Vocabulary) -> usize {
    let of_side = |side: usize| -> Vec<&Item> {
        items.iter().zip(sides).filter(|(_, own)| **own == side).map(|(item, _)| item).collect()
    };
    (0..columns.sides.len()).map(|side| failing_families(&of_side(side), vocabulary)).sum()
}

/// Where the list of a side has got to.
#[derive(Clone, Debug, Default)]
struct Progress {
    /// The last number of each style of ordinal.
    ordinals: Vec<(OrdinalStyle, u32)>,
    /// The last code.
    code: String,
    /// Whether the last item with an ordinal is a functional subject.
    is_functional: Option<bool>,
    /// Where the last item began in its line, in a dump that keeps columns.
    column: Option<usize>,
}

/// A way to give the items so far to sides.
#[derive(Clone)]
struct Path {
    score: i32,
    sides: Vec<usize>,
    progress: Vec<Progress>,
}

impl Path {
    /// The way that goes on with an item on a side.
    fn with(&self, item: &Item, side: usize, score: i32) -> Path {
        let mut extended = Path { score, ..self.clone() };
        extended.sides.push(side);
        extended.progress[side].advance(item);
        extended
    }
}

fn choose(items: &[Item], columns: &Columns, vocabulary: &Vocabulary) -> Vec<usize> {
    let sides = columns.sides.len();
    let start = Path { score: 0, sides: Vec::new(), progress: vec![Progress::default(); sides] };
    // The best way for each side of the last item; what matters further on is mostly that.
    let mut best: Vec<Path> = vec![start];
    let mut previous: Option<&Item> = None;
    for item in items {
        let same_line = previous.is_some_and(|before| before.line() == item.line() || shares_line(before, item));
        let mut next: Vec<Option<Path>> = vec![None; sides];
        for path in &best {
            let last = path.sides.last().copied();
            for (side, best) in next.iter_mut().enumerate() {
                if same_line && last.is_some_and(|last| side <= last) {
                    continue;
                }
                let opening = opening(last, side, same_line);
                let unnumbered = unnumbered(item, last, side, columns);
                let score = path.score + fit(item, side, path, columns, vocabulary) + opening + unnumbered;
                if best.as_ref().is_none_or(|known| known.score < score) {
                    *best = Some(path.with(item, side, score));
                }
            }
        }
        let found: Vec<Path> = next.into_iter().flatten().collect();
        if found.is_empty() {
            // More items in a line than there are sides: the last side takes them.
            for path in &mut best {
                path.sides.push(sides - 1);
            }
        } else {
            best = found;
        }
        previous = Some(item);
    }
    best.into_iter().max_by_key(|path| path.score).map(|path| path.sides).unwrap_or_default()
}

/// Whether an item goes on in the line where the one before it ended.
fn shares_line(before: &Item, item: &Item) -> bool {
    let number = || before.number.as_ref().map(|(_, token)| token.line);
    let named = || before.names.last().map(|name| name.line);
    let last = before.figures.last().map(|token| token.line).or_else(named).or_else(number);
    last == Some(item.line())
        && item.column() > 0
        && before.figures.last().is_none_or(|token| token.extent.end <= item.column())
}

fn opening(last: Option<usize>, side: usize, same_line: bool) -> i32 {
    let opens = last.is_none_or(|last| side <= last);
    // A list that goes on alone goes on.
    let stays = i32::from(!same_line && last == Some(side));
    if !same_line && opens { OPENS_ROW + stays } else { 0 }
}

/// Where rows begin with their numbers, an item without one seldom begins a row.
fn unnumbered(item: &Item, last: Option<usize>, side: usize, columns: &Columns) -> i32 {
    let opens = last.is_none_or(|last| side <= last);
    if opens && item.number.is_none() && columns.number_whole_rows() { -GOES_ON } else { 0 }
}

fn fit(item: &Item, side: usize, path: &Path, columns: &Columns, vocabulary: &Vocabulary) -> i32 {
    let own = &columns.sides[side];
    let mut score = path.progress[side].fit(item);
    let is_numbered = item.number.as_ref().filter(|_| !columns.number_whole_rows());
    if item.figures.len() > own.amounts.len() || is_numbered.is_some_and(|(numbered, _)| *numbered != side) {
        score -= TOO_MANY;
    }
    if !item.codes.is_empty() && own.codes.is_empty() {
        score -= OWN_WORD;
    }
    // Beside one another, 人员经费 stands on the left and 公用经费 on the right.
    let code = item.code();
    if scheme_of(&code) == Some(Scheme::Economic)
        && columns.sides.len() == 2
        && columns.sides.iter().all(|side| !side.codes.is_empty())
    {
        let is_personnel = vocabulary.dump.personnel_classes.strip_from(&code).is_some();
        score += if is_personnel == (side == 0) { LIKELY_WORD } else { -LIKELY_WORD };
    }
    score += path.progress[side].subject_fit(item);
    score += likeness(&item.name(), side, columns, vocabulary);
    let start = own
        .codes
        .iter()
        .chain(&own.names)
        .filter_map(|column| columns.leaves[*column].extent.clone())
        .min_by_key(|e| e.start);
    let end = own.amounts.last().and_then(|column| columns.leaves[*column].extent.clone());
    if let (Some(start), Some(end)) = (start, end) {
        score += under(item, start.start..end.end);
        score += match path.progress[side].column {
            Some(column) if column.abs_diff(item.column()) <= FLUSH => FLUSH_ITEM,
            Some(column) if column.abs_diff(item.column()) > FAR => -FLUSH_ITEM,
            _ => 0,
        };
    }
    score
}

fn under(item: &Item, extent: Range<usize>) -> i32 {
    if extent.contains(&item.column()) { UNDER_LABEL } else { 0 }
}

/// How far the name of an item is one of a side: by the words of revenue and expenditure.
fn likeness(name: &str, side: usize, columns: &Columns, vocabulary: &Vocabulary) -> i32 {
    let top = columns.sides[side].amounts.first().and_then(|column| columns.leaves[*column].path.first());
    let top = top.map(|label| squeezed(label).into_owned()).unwrap_or_default();
    let words = &vocabulary.headers;
    let is_revenue = words.revenue_side.end(&top);
    let is_expenditure = words.expenditure_side.end(&top) && !is_revenue;
    let plain = squeezed(name).into_owned();
    let bare = ordinals::leading(&plain).map_or(plain.as_str(), |ordinal| ordinal.rest);
    let dump = &vocabulary.dump;
    let codes = Classification::national().codes_named(bare);
    // 对个人和家庭的补助 is a subject, and no 补助 that is received.
    let is_subject = !codes.is_empty();
    let of_revenue = !is_subject && dump.revenue_names.occur_in(bare) || words.revenue_side.end(bare);
    let of_expenditure = dump.expenditure_names.occur_in(bare) || words.expenditure_side.end(bare) || is_subject;
    let certain = words.totals.contain(bare) || dump.expenditure_names.occur_in(bare) || is_subject;
    let weight = if certain { OWN_WORD } else { LIKELY_WORD };
    match (of_revenue, of_expenditure) {
        (true, false) if is_revenue => weight,
        (true, false) if is_expenditure => -weight,
        (false, true) if is_expenditure => weight,
        (false, true) if is_revenue => -weight,
        _ => 0,
    }
}

/// Whether an item with an ordinal has the name of a functional subject; `None` without an ordinal.
fn is_functional(item: &Item) -> Option<bool> {
    let plain = squeezed(&item.name()).into_owned();
    let ordinal = ordinals::leading(&plain)?;
    let codes = Classification::national().codes_named(ordinal.rest);
    Some(codes.iter().any(|code| scheme_of(code) == Some(Scheme::Functional)))
}

impl Progress {
    /// How far an item goes on from what the side has.
    fn fit(&self, item: &Item) -> i32 {
        let mut score = 0;
        if let Some(ordinal) = ordinals::leading(&item.name()) {
            let last = self.ordinals.iter().rev().find(|(style, _)| *style == ordinal.style).map(|(_, value)| *value);
            score += match last {
                Some(last) if ordinal.value == last + 1 => GOES_ON,
                None if ordinal.value == 1 => GOES_ON / 2,
                // Lists below different headings begin anew.
                Some(_) if ordinal.value == 1 => 0,
                _ => -GOES_ON,
            };
        }
        let code = item.code();
        if !code.is_empty() && !self.code.is_empty() {
            let same_class =
                code[..1] == self.code[..1] && code[..code.len().min(3)] >= self.code[..self.code.len().min(3)];
            let ascends = code.as_str() > self.code.as_str();
            score += match (same_class, ascends) {
                (true, true) if code[..code.len().min(3)] == self.code[..self.code.len().min(3)] => GOES_ON,
                (true, true) => GOES_ON / 3,
                _ => -GOES_ON,
            };
        }
        score
    }

    /// A list of functional subjects goes on with them, and one of other items with others.
    fn subject_fit(&self, item: &Item) -> i32 {
        match (self.is_functional, is_functional(item)) {
            (Some(before), Some(own)) if before == own => SAME_SUBJECTS,
            (Some(_), Some(_)) => -SAME_SUBJECTS,
            _ => 0,
        }
    }

    fn advance(&mut self, item: &Item) {
        self.is_functional = is_functional(item).or(self.is_functional);
        if let Some(ordinal) = ordinals::leading(&item.name()) {
            // A higher ordinal ends the lists below it.
            self.ordinals.retain(|(style, _)| *style < ordinal.style);
            self.ordinals.push((ordinal.style, ordinal.value));
        }
        let code = item.code();
        if !code.is_empty() {
            self.code = code;
        }
        self.column = Some(item.column());
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dump::pages;
    use crate::dump::table::{items, numbers, tokens};

    /// Per row, the names on each side; `-` where there is none.
    fn read(labels: &[&str], dump: &str) -> Vec<String> {
        let vocabulary = Vocabulary::national().expect("the built-in vocabulary");
        let paths = labels.iter().map(|path| (path.split('/').map(str::to_owned).collect(), None)).collect();
        let columns = Columns::of_paths(paths, vocabulary);
        let mut tokens = tokens::tokens(&pages::lines(dump, vocabulary), columns.have_codes(), columns.have_names());
        numbers::mark(&mut tokens, &columns);
        let rows = rows(items::items(&tokens, &columns, vocabulary), &columns, vocabulary);
        let name = |item: &Option<Item>| item.as_ref().map_or("-".to_owned(), Item::name);
        rows.iter().map(|row| row.items.iter().map(name).collect::<Vec<_>>().join(" | ")).collect()
    }

    const BOTH: [&str; 4] = ["收入/项目", "收入/预算数", "支出/项目", "支出/预算数"];

    #[test]
    fn items_go_on_the_list_that_counts_on() {
        let dump = "一、一般公共预算拨款收入 5.00 一、一般公共服务支出 3.00\n二、外交支出 2.00\n三、国防支出\n\
                    二、事业收入 1.00 四、教育支出 1.00\n";
        let expected = [
            "一、一般公共预算拨款收入 | 一、一般公共服务支出",
            "- | 二、外交支出",
            "- | 三、国防支出",
            "二、事业收入 | 四、教育支出",
        ];
        assert_eq!(read(&BOTH, dump), expected);
    }

    #[test]
    fn a_subject_of_expenditure_is_no_revenue_whatever_its_words() {
        let dump = "一、财政拨款收入 5.00 工资福利支出 3.00\n对个人和家庭的补助 2.00\n";
        assert_eq!(read(&BOTH, dump), ["一、财政拨款收入 | 工资福利支出", "- | 对个人和家庭的补助"]);
    }

    #[test]
    fn the_number_of_a_row_is_of_its_side() {
        let labels = ["收入/项目", "收入/行次", "收入/金额", "支出/项目", "支出/行次", "支出/金额"];
        let dump = "一、财政拨款收入 1 5.00 一、一般公共服务支出 3 3.00\n2 二、外交支出 4 2.00\n";
        assert_eq!(read(&labels, dump), ["一、财政拨款收入 | 一、一般公共服务支出", " | 二、外交支出"]);
    }

    #[test]
    fn rows_begin_with_their_numbers() {
        let labels = ["序号", "收入/项目", "收入/预算数", "支出/项目", "支出/预算数"];
        let dump = "1 一、财政拨款收入 5.00 一、一般公共服务支出 3.00\n2 二、外交支出 2.00\n3 本年收入合计 5.00 本年支出合计 5.00\n";
        let expected = ["一、财政拨款收入 | 一、一般公共服务支出", "- | 二、外交支出", "本年收入合计 | 本年支出合计"];
        assert_eq!(read(&labels, dump), expected);
    }
}
