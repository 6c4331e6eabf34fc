//! Headers of dumps that keep columns by spaces: the pieces of a label stand under one another.

use std::ops::Range;

use super::table::columns::{Columns, Leaf, Role};
use super::text::{TextLine, Word};
use crate::document::PageNumber;
use crate::document::geometry::Rect;
use crate::grid::read_header_of_labels;
use crate::language::amount;
use crate::language::ordinals;
use crate::language::vocabulary::{Vocabulary, squeezed};
use crate::language::years;

/// Pieces of one label are at most this many lines apart: those of its neighbours stand between.
const MAX_APART: usize = 4;

/// Middles of the pieces of one label differ by at most this many characters.
const SAME_MIDDLE: usize = 2;

/// Columns of a dump drift by at most this many characters from line to line.
const DRIFT: usize = 6;

/// The last piece of a label may be as short as this, in characters (2025年预算 / 数), where no label is.
const MAX_TAIL: usize = 2;

/// A header takes at most this many lines.
const MAX_LINES: usize = 24;

/// Labels of code levels may come so many lines after the header.
const LATE: usize = 3;

/// Line pitch for the geometry of labels, in points; a character is [`CHARACTER`] wide.
const PITCH: f32 = 16.0;

/// Width of a character for the geometry of labels, in points.
const CHARACTER: f32 = 10.0;

/// How surely two pieces are of one label, the least sure first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Fit {
    /// They stand under one another, and neither is a word.
    Place,
    /// A bracket is open.
    Bracket,
    /// Together they begin a word.
    Beginning,
    /// Together they are a word.
    Word,
}

/// A label on its way.
#[derive(Clone, Debug)]
struct Label {
    text: String,
    lines: Range<usize>,
    extent: Range<usize>,
    /// Where its last piece stands.
    last: Range<usize>,
}

/// Reads the header that begins at the first of the lines: its columns, and how many lines it takes.
/// `figures`: the most that a row of the body has.
pub(super) fn read(lines: &[TextLine], figures: usize, vocabulary: &Vocabulary) -> Option<(Columns, usize)> {
    let taken = header_lines(lines, vocabulary);
    let mut labels = labels(&lines[..taken], vocabulary);
    // 类 款 项 may stand below the figures of the first row, which are centred on two lines.
    let is_level = |text: &str| vocabulary.headers.code_levels.contain(text);
    let late = lines[taken..]
        .iter()
        .take(LATE)
        .find(|line| line.words.len() > 1 && line.words.iter().all(|word| is_level(&word.text)));
    for word in late.iter().flat_map(|line| &line.words) {
        let extent = word.column..word.end();
        labels.push(Label { text: word.text.clone(), lines: taken..taken + 1, last: extent.clone(), extent });
    }
    let mut columns = columns_below(&labels, &[], vocabulary)?;
    // A label over one column alone is a column itself where rows have more figures than there are columns.
    let mut columns_of_their_own = Vec::new();
    while columns.amounts() < figures {
        let only = columns.leaves.iter().enumerate().find_map(|(index, leaf)| {
            let parent = leaf.path.len().checked_sub(2).map(|at| &leaf.path[at])?;
            let beside = [index.wrapping_sub(1), index + 1].into_iter().filter_map(|other| columns.leaves.get(other));
            let alone = !beside.into_iter().any(|other| other.path.contains(parent));
            (alone && !columns_of_their_own.contains(parent)).then(|| parent.clone())
        });
        let Some(label) = only else { break };
        columns_of_their_own.push(label);
        columns = columns_below(&labels, &columns_of_their_own, vocabulary)?;
    }
    let columns = with_words(with_sides(columns, lines, vocabulary), &labels, figures, vocabulary);
    let columns = with_text_group(with_sides(columns, lines, vocabulary), vocabulary);
    Some((with_repeated_groups(columns, vocabulary), taken))
}

/// What spans what is told better by the words, where they find the same columns.
fn with_words(columns: Columns, labels: &[Label], figures: usize, vocabulary: &Vocabulary) -> Columns {
    let mut ordered: Vec<&Label> = labels.iter().collect();
    ordered.sort_by_key(|label| (label.lines.start, label.extent.start));
    let mut lines: Vec<TextLine> = Vec::new();
    for label in ordered {
        let word = Word { text: label.text.clone(), column: label.extent.start };
        match lines.last_mut() {
            Some(line) if line.number == label.lines.start => line.words.push(word),
            _ => lines.push(TextLine {
                page: PageNumber(1),
                number: label.lines.start,
                after_gap: false,
                words: vec![word],
            }),
        }
    }
    let Some(header) = super::header::read(&lines, figures, vocabulary) else { return columns };
    let by_words = Columns::of(&header.roots, vocabulary);
    let leaf = |leaf: &Leaf| leaf.path.last().map(|label| squeezed(label).into_owned()).unwrap_or_default();
    let same = by_words.leaves.len() == columns.leaves.len()
        && by_words.leaves.iter().zip(&columns.leaves).all(|(one, other)| leaf(one) == leaf(other));
    if same {
        let paths = by_words.leaves.into_iter().zip(columns.leaves).map(|(words, place)| (words.path, place.extent));
        return Columns::of_paths(paths.collect(), vocabulary);
    }
    if by_words.amounts() >= figures && columns.amounts() < figures { by_words } else { columns }
}

/// A label of words over nothing but figures (功能分类科目 to the right of 科目编码 and 科目名称) spans the words beside
/// it, and what the figures have of their labels is below the label of those that follow.
fn with_text_group(columns: Columns, vocabulary: &Vocabulary) -> Columns {
    let first_amount = columns.leaves.iter().position(|leaf| leaf.role == Role::Amount).unwrap_or(0);
    let stray = columns.leaves[first_amount..].iter().take_while(|leaf| leaf.role == Role::Amount).find_map(|leaf| {
        let top = leaf.path.first().filter(|_| leaf.path.len() > 1)?;
        let plain = squeezed(top).into_owned();
        let is_of_words = vocabulary.stream_headers.texts.contain(&plain) || vocabulary.headers.other.contain(&plain);
        let is_side = vocabulary.headers.revenue_side.end(&plain) || vocabulary.headers.expenditure_side.end(&plain);
        (is_of_words && !is_side).then(|| top.clone())
    });
    let Some(stray) = stray else { return columns };
    let is_below = |leaf: &Leaf| leaf.path.first() == Some(&stray);
    let has_words = |leaf: &Leaf| leaf.path.len() == 1 || is_below(leaf);
    let is_over_words = columns.leaves[..first_amount].iter().all(has_words);
    // Of two lists, each may have such a label over its words and its figures.
    if first_amount == 0 || !is_over_words || columns.sides.len() > 1 {
        return columns;
    }
    let mut paths: Vec<Vec<String>> = columns.leaves.iter().map(|leaf| leaf.path.clone()).collect();
    for index in (0..paths.len()).rev() {
        if index < first_amount {
            if paths[index].len() == 1 {
                paths[index].insert(0, stray.clone());
            }
        } else if is_below(&columns.leaves[index]) {
            paths[index].remove(0);
            let goes_on = |next: &&Vec<String>| next.len() > 2 && next.get(1) == paths[index].first();
            if let Some(top) = paths.get(index + 1).filter(goes_on).map(|next| next[0].clone()) {
                paths[index].insert(0, top);
            }
        }
    }
    let extents = columns.leaves.into_iter().map(|leaf| leaf.extent);
    Columns::of_paths(paths.into_iter().zip(extents).collect(), vocabulary)
}

/// Where the columns of figures come again, each time below another label (2025年, 2026年), the label spans them all,
/// though it stands over the middle of them only.
fn with_repeated_groups(columns: Columns, vocabulary: &Vocabulary) -> Columns {
    let amounts: Vec<usize> =
        (0..columns.leaves.len()).filter(|leaf| columns.leaves[*leaf].role == Role::Amount).collect();
    let follow = amounts.windows(2).all(|pair| pair[1] == pair[0] + 1);
    let lowest = |leaf: usize| columns.leaves[leaf].path.last().map(|label| squeezed(label).into_owned());
    let repeats = |width: usize| {
        amounts.len().is_multiple_of(width)
            && (width..amounts.len()).all(|at| lowest(amounts[at]) == lowest(amounts[at - width]))
    };
    let Some(width) = (2..=amounts.len() / 2).find(|width| follow && repeats(*width)) else { return columns };
    // The label that most columns of a group have above them.
    let top_of = |group: &[usize]| {
        let tops = group.iter().map(|leaf| &columns.leaves[*leaf].path).filter(|path| path.len() > 1);
        let tops: Vec<&String> = tops.map(|path| &path[0]).collect();
        tops.iter().max_by_key(|top| tops.iter().filter(|other| other == top).count()).map(|top| (*top).clone())
    };
    let tops: Option<Vec<String>> = amounts.chunks(width).map(top_of).collect();
    let Some(tops) = tops.filter(|tops| (0..tops.len()).all(|group| !tops[..group].contains(&tops[group]))) else {
        return columns;
    };
    let paths = columns.leaves.into_iter().enumerate().map(|(index, leaf)| {
        let group = amounts.iter().position(|leaf| *leaf == index).map(|place| &tops[place / width]);
        let below = leaf.path.into_iter().skip_while(|label| group.is_some() && tops.contains(label));
        (group.cloned().into_iter().chain(below).collect(), leaf.extent)
    });
    Columns::of_paths(paths.collect(), vocabulary)
}

/// The columns below labels; some labels are known to span none.
fn columns_below(labels: &[Label], leaves: &[String], vocabulary: &Vocabulary) -> Option<Columns> {
    let drawn = labels.iter().map(|label| {
        let bbox = Rect {
            x0: label.extent.start as f32 * CHARACTER,
            x1: label.extent.end as f32 * CHARACTER,
            y0: label.lines.start as f32 * PITCH,
            y1: label.lines.end as f32 * PITCH - PITCH / 3.0,
        };
        (label.text.clone(), bbox)
    });
    let columns = read_header_of_labels(drawn.collect(), leaves)?;
    let paths = columns.into_iter().map(|column| {
        let place = |x: f32| (x / CHARACTER).round() as usize;
        (column.path, Some(place(column.extent.0)..place(column.extent.1)))
    });
    Some(Columns::of_paths(paths.collect(), vocabulary))
}

/// Where 收入 and 支出 stand over the whole header, every column of a side is below its own, wherever the dump drew it.
fn with_sides(columns: Columns, lines: &[TextLine], vocabulary: &Vocabulary) -> Columns {
    let words = &vocabulary.headers;
    let mut tops: Vec<String> = Vec::new();
    for word in lines.first().map(|line| line.words.as_slice()).unwrap_or_default() {
        // 收 入: letters that stand apart.
        let is_letter = |text: &str| text.chars().count() == 1;
        match tops.last_mut() {
            Some(last) if is_letter(last) && is_letter(&word.text) => last.push_str(&word.text),
            _ => tops.push(word.text.clone()),
        }
    }
    let [left, right] = tops.as_slice() else { return columns };
    let are_sides = words.revenue_side.end(&squeezed(left)) && words.expenditure_side.end(&squeezed(right));
    if !are_sides || columns.sides.len() < 2 {
        return columns;
    }
    let Some(boundary) = columns.sides[1].codes.iter().chain(&columns.sides[1].names).min().copied() else {
        return columns;
    };
    let paths = columns.leaves.into_iter().enumerate().map(|(index, leaf)| {
        let top = if index < boundary { left } else { right };
        // What counts the rows of both is of neither.
        if leaf.role == Role::Number && leaf.path.len() == 1 {
            return (leaf.path, leaf.extent);
        }
        let below = leaf.path.into_iter().filter(|label| label != left && label != right);
        (std::iter::once(top.clone()).chain(below).collect(), leaf.extent)
    });
    Columns::of_paths(paths.collect(), vocabulary)
}

/// How many lines the header takes: up to the first with a figure, a code, an item or a total alone.
fn header_lines(lines: &[TextLine], vocabulary: &Vocabulary) -> usize {
    let is_body = |line: &TextLine| {
        let Some(first) = line.words.first() else { return false };
        let has_figure = line.words.iter().any(|word| amount::parse(&word.text).is_some());
        let is_item = ordinals::leading(&first.text).is_some();
        let plain = squeezed(&line.text()).into_owned();
        let is_note = vocabulary.notes.prefixes.strip_from(&plain).is_some_and(|rest| rest.starts_with(':'));
        has_figure || is_item || is_note || amount::is_dash(&first.text)
    };
    let mut taken = lines.iter().take(MAX_LINES).position(is_body).unwrap_or(lines.len().min(MAX_LINES));
    // 合计 alone is the first row, and so is a name that no header has.
    while taken > 1 {
        let line = &lines[taken - 1];
        let [only] = line.words.as_slice() else { break };
        let plain = squeezed(&only.text).into_owned();
        let is_total = vocabulary.headers.totals.contain(&plain);
        // Names stand left of the figures.
        let is_figure = |word: &&Word| amount::parse(&word.text).is_some() && word.text.contains('.');
        let first_figure = lines.get(taken).and_then(|body| body.words.iter().find(is_figure));
        if first_figure.is_some_and(|figure| figure.column <= only.column) {
            break;
        }
        if !is_total && (is_known(&plain, vocabulary) || vocabulary.is_part_of_header_word(&plain)) {
            break;
        }
        taken -= 1;
    }
    taken
}

fn is_known(text: &str, vocabulary: &Vocabulary) -> bool {
    let words = &vocabulary.headers;
    vocabulary.is_header_word(text) || words.code_endings.end(text) || words.text_endings.end(text)
}

fn labels(lines: &[TextLine], vocabulary: &Vocabulary) -> Vec<Label> {
    let mut labels: Vec<Label> = Vec::new();
    for (index, line) in lines.iter().enumerate() {
        let above = above(&labels, line, index, vocabulary);
        for (word, above) in line.words.iter().zip(above) {
            let extent = word.column..word.end();
            match above {
                Some(label) => labels[label].push(&word.text, extent, index),
                None => {
                    labels.push(Label {
                        text: word.text.clone(),
                        lines: index..index + 1,
                        last: extent.clone(),
                        extent,
                    });
                }
            }
        }
    }
    labels
}

/// The label above that each word of a line goes on, if any: so that the words go on as surely as possible, and in the
/// order of the labels.
fn above(labels: &[Label], line: &TextLine, index: usize, vocabulary: &Vocabulary) -> Vec<Option<usize>> {
    let extents: Vec<Range<usize>> = line.words.iter().map(|word| word.column..word.end()).collect();
    let is_open = |label: &usize| labels[*label].lines.end <= index && index - labels[*label].lines.end < MAX_APART;
    let mut open: Vec<usize> = (0..labels.len()).filter(is_open).collect();
    open.sort_by_key(|label| labels[*label].last.start + labels[*label].last.end);
    // best[word][label]: the surest way for the words and labels from there on.
    let mut best = vec![vec![0i64; open.len() + 1]; extents.len() + 1];
    let mut taken = vec![vec![false; open.len()]; extents.len()];
    for word in (0..extents.len()).rev() {
        for place in (0..open.len()).rev() {
            let label = &labels[open[place]];
            let apart =
                i64::try_from(distance(&label.last, &extents[word]) + index - label.lines.end).unwrap_or(i64::MAX);
            let fit = label.joins(&line.words[word].text, &extents[word], &extents, vocabulary);
            let joined = fit.map(|fit| (fit.weight() - apart).max(1) + best[word + 1][place + 1]);
            let without = best[word + 1][place].max(best[word][place + 1]);
            taken[word][place] = joined.is_some_and(|joined| joined > without);
            best[word][place] = joined.unwrap_or(0).max(without);
        }
    }
    let mut found = vec![None; extents.len()];
    let (mut word, mut place) = (0, 0);
    while word < extents.len() && place < open.len() {
        if taken[word][place] {
            found[word] = Some(open[place]);
            (word, place) = (word + 1, place + 1);
        } else if best[word + 1][place] >= best[word][place + 1] {
            word += 1;
        } else {
            place += 1;
        }
    }
    found
}

/// Twice the distance between the middles of two extents.
fn distance(one: &Range<usize>, other: &Range<usize>) -> usize {
    (one.start + one.end).abs_diff(other.start + other.end)
}

fn overlap(one: &Range<usize>, other: &Range<usize>) -> bool {
    one.start < other.end && other.start < one.end
}

impl Fit {
    /// How much more a sure fit counts than nearness, in half characters.
    fn weight(self) -> i64 {
        match self {
            Fit::Place => 20,
            Fit::Bracket => 60,
            Fit::Beginning => 80,
            Fit::Word => 120,
        }
    }
}

impl Label {
    fn push(&mut self, text: &str, extent: Range<usize>, line: usize) {
        self.text.push_str(text);
        self.lines.end = line + 1;
        self.extent = self.extent.start.min(extent.start)..self.extent.end.max(extent.end);
        self.last = extent;
    }

    /// How surely a word below is the next piece of this label; `None` where it is a label of its own.
    fn joins(&self, text: &str, extent: &Range<usize>, line: &[Range<usize>], vocabulary: &Vocabulary) -> Option<Fit> {
        let own = squeezed(&self.text).into_owned();
        let below = squeezed(text).into_owned();
        let joined = format!("{own}{below}");
        let is_exact = |text: &str| vocabulary.is_exact_header_word(text);
        let touches = overlap(&self.last, extent);
        if !touches && distance(&self.last, extent) > 2 * DRIFT + self.last.len() + extent.len() {
            return None;
        }
        if is_exact(&joined) {
            return Some(Fit::Word);
        }
        if vocabulary.begins_header_word(&joined) && !is_exact(&below) {
            return Some(Fit::Beginning);
        }
        if !touches {
            return None;
        }
        if own.matches('(').count() > own.matches(')').count() || (below.starts_with('(') && !is_exact(&below)) {
            return Some(Fit::Bracket);
        }
        // 部门经济科目 above 编码, which spans nothing else.
        let is_bare_ending = below.chars().count() <= MAX_TAIL && vocabulary.headers.code_endings.contain(&below);
        let is_whole = vocabulary.headers.code_endings.end(&own) || vocabulary.headers.text_endings.end(&own);
        let overlapping = line.iter().filter(|other| overlap(other, &self.last)).count();
        if is_bare_ending && !is_whole && overlapping == 1 && distance(&self.last, extent) <= 2 * SAME_MIDDLE {
            return Some(Fit::Beginning);
        }
        // The last word of 其中：专项资金列入部门预算的项目, alone on its line.
        let is_part = vocabulary.checks.of_which.strip_from(&own).is_some();
        if is_part && line.len() == 1 && distance(&self.last, extent) <= 2 * SAME_MIDDLE {
            return Some(Fit::Beginning);
        }
        let spans_several = line.iter().filter(|other| overlap(other, &self.last)).count() > 1;
        // A year over the middle one of its columns.
        let is_year = years::whole(&own).is_some_and(|year| year.is_named());
        if is_exact(&below) || is_exact(&own) || spans_several || is_year && is_known(&below, vocabulary) {
            return None;
        }
        let centred = distance(&self.last, extent) <= 2 * SAME_MIDDLE;
        // 单位资金 above 上级补助 / 收入 is whole: what is below begins another label.
        if vocabulary.begins_header_word(&below) && !vocabulary.begins_header_word(&own) {
            return None;
        }
        let is_tail = below.chars().count() <= MAX_TAIL && is_known(&joined, vocabulary);
        let is_open = !is_known(&own, vocabulary);
        (is_tail || is_open && (centred || is_known(&joined, vocabulary))).then_some(Fit::Place)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dump::pages;

    fn read_text(dump: &str) -> (Vec<String>, usize) {
        let vocabulary = Vocabulary::national().expect("the built-in vocabulary");
        let (columns, lines) = read(&pages::lines(dump, vocabulary), 0, vocabulary).expect("a header");
        (columns.leaves.iter().map(|leaf| leaf.path.join("/")).collect(), lines)
    }

    #[test]
    fn pieces_under_one_another_make_labels() {
        let header = [
            "                       项目                                     收入预算",
            "功能分类科目编码                                                                   事业单位",
            "                        功能分类科目名称         合计           财政拨款收入        事业收入          其他收入",
            "类     款    项                                                               经营收入",
            "201             一般公共服务支出              82,096,797.42 82,096,797.42",
        ]
        .join("\n");
        let (paths, lines) = read_text(&header);
        assert_eq!(lines, 4);
        let leaves: Vec<&str> = paths.iter().map(|path| path.rsplit('/').next().unwrap_or_default()).collect();
        assert_eq!(
            leaves,
            ["类", "款", "项", "功能分类科目名称", "合计", "财政拨款收入", "事业收入", "事业单位经营收入", "其他收入"]
        );
    }

    #[test]
    fn a_label_over_repeated_columns_spans_them_all() {
        let header = [
            "                 2025年                       2026年",
            "项目        合计     公务接待费   培训费            合计     公务接待费   培训费",
            "某局        3.00     1.00         2.00              3.00     1.00         2.00",
        ]
        .join("\n");
        let (paths, _) = read_text(&header);
        let year = |year: &str| ["合计", "公务接待费", "培训费"].map(|label| format!("{year}/{label}"));
        assert_eq!(paths[1..], [year("2025年"), year("2026年")].concat());
    }

    #[test]
    fn a_group_of_words_is_over_words() {
        let header = [
            "            功能分类科目                                        预算数",
            "                                                      基本支出",
            "科目编码        科目名称         合计                                            项目支出",
            "                                      小计       人员经费      公用经费",
            "2050803   培训支出             9.00      5.00      3.00       2.00          4.00",
        ]
        .join("\n");
        let (paths, _) = read_text(&header);
        assert_eq!(paths[..2], ["功能分类科目/科目编码", "功能分类科目/科目名称"]);
        assert!(paths[2..].iter().all(|path| !path.starts_with("功能分类科目")), "{paths:?}");
    }
}
