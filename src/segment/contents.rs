//! The table of contents (目录) lists every title of the document; it must not be mistaken for them.

use crate::language::ordinals::{self, OrdinalStyle};
use crate::language::vocabulary::{Vocabulary, squeezed};
use crate::model::PlacedLine;

/// Characters of a leader between an entry and its page number.
const LEADERS: &str = ".…·．‥—-_";

/// A run of this many leader characters cannot be punctuation.
const MIN_LEADERS: usize = 4;

/// Entries without leaders are short, in characters.
const MAX_ENTRY: usize = 50;

/// A list without title and leaders has at least this many entries that come again as headings …
const MIN_REPEATED: usize = 3;

/// … within so many pages of the document's beginning.
const MAX_PAGES_BEFORE: u32 = 8;

/// The lines of the table of contents, as a range of indices into the document's lines; empty where there is none.
///
/// It begins at its title, or at the first line with leaders, and goes on while lines are entries: lines with leaders,
/// or short lines that are no sentences. It ends where its first entry comes again, or a line is no entry. Where there
/// is neither title nor leader, the lines of a page that come again among `all` lines of the document tell.
pub(super) fn find(lines: &[&PlacedLine], all: &[&PlacedLine], vocabulary: &Vocabulary) -> std::ops::Range<usize> {
    let is_title = |line: &PlacedLine| vocabulary.document.contents_titles.contain(&squeezed(&line.text));
    let title = lines.iter().position(|line| is_title(line));
    let first_leader = lines.iter().position(|line| has_leader(&line.text));
    let (start, first_entry) = match (title, first_leader) {
        (Some(title), _) => (title, title + 1),
        (None, Some(leader)) => (leader, leader),
        (None, None) => return repeated(lines, all),
    };
    let Some(first) = lines.get(first_entry) else { return start..first_entry };
    let opening = entry_key(&first.text);
    let mut end = first_entry;
    for (index, line) in lines.iter().enumerate().skip(first_entry) {
        if index > first_entry && comes_again(&lines[index..], &opening) || !is_entry(&line.text) {
            break;
        }
        end = index + 1;
    }
    // Short lines of the body could be swallowed. So the list ends with the page of its last leader, or, without any,
    // with the page on which it began unless the opening entry came again.
    let last_leader = lines[first_entry..end].iter().rfind(|line| has_leader(&line.text));
    let last_page = match last_leader {
        Some(line) => Some(line.page),
        None => (!comes_again(&lines[end..], &opening)).then_some(first.page),
    };
    if let Some(page) = last_page {
        let kept = lines[first_entry..end].iter().take_while(|line| line.page <= page).count();
        end = first_entry + kept;
    }
    start..end
}

/// A list of entries on one page most of which come again, in a page's text after it.
fn repeated(lines: &[&PlacedLine], all: &[&PlacedLine]) -> std::ops::Range<usize> {
    let mut start = 0;
    while let Some(first) = lines.get(start) {
        let on_page = lines[start..].iter().take_while(|line| line.page == first.page);
        let entries = on_page.clone().take_while(|line| is_entry(&line.text)).count();
        let run = &lines[start..start + entries];
        let comes_again = |line: &PlacedLine| {
            let key = entry_key(&line.text);
            let later = all.iter().filter(|other| other.page > line.page || is_below(line, other));
            ordinals::leading(&line.text).is_some() && later.into_iter().any(|other| entry_key(&other.text) == key)
        };
        let again: Vec<usize> = (0..run.len()).filter(|at| comes_again(run[*at])).collect();
        if let (Some(first_again), Some(_)) = (again.first(), again.last())
            && again.len() >= MIN_REPEATED
        {
            // The heading of a main part may stand in the contents only; what came again on the same page is no entry.
            let is_numbered = |at: &usize| ordinals::leading(&run[*at].text).is_some();
            let opening = (0..*first_again).find(is_numbered).unwrap_or(*first_again);
            let key = entry_key(&run[*first_again].text);
            let end = (*first_again + 1..run.len()).find(|at| entry_key(&run[*at].text) == key).unwrap_or(run.len());
            return start + opening..start + end;
        }
        start += entries.max(1);
        if first.page.0 > MAX_PAGES_BEFORE {
            break;
        }
    }
    0..0
}

/// Whether a line stands below another on its page.
fn is_below(line: &PlacedLine, other: &PlacedLine) -> bool {
    other.page == line.page && other.line.bbox.y0 > line.line.bbox.y1
}

/// Whether the opening entry comes again as a heading, whose ordinal may stand on a line of its own.
fn comes_again(lines: &[&PlacedLine], opening: &str) -> bool {
    let Some((first, rest)) = lines.split_first() else { return false };
    let key = match entry_key(&first.text) {
        key if key.is_empty() => rest.first().map_or(key, |next| entry_key(&next.text)),
        key => key,
    };
    key == opening && !has_leader(&first.text)
}

fn has_leader(text: &str) -> bool {
    let plain = squeezed(text);
    let before_number = plain.trim_end_matches(|c: char| c.is_ascii_digit());
    before_number.chars().rev().take_while(|c| LEADERS.contains(*c)).count() >= MIN_LEADERS
}

fn is_entry(text: &str) -> bool {
    if has_leader(text) {
        return true;
    }
    // 第一部分：部门概况
    let part = ordinals::leading(text).filter(|ordinal| ordinal.style == OrdinalStyle::Part);
    let plain = squeezed(part.map_or(text, |part| part.rest));
    plain.chars().count() <= MAX_ENTRY && !plain.contains(['。', ';', '；', ':', '：'])
}

/// What stays of an entry when it comes again as a heading: its words without leader and page number.
fn entry_key(text: &str) -> String {
    let plain = squeezed(text);
    let words = plain.trim_end_matches(|c: char| c.is_ascii_digit()).trim_end_matches(|c| LEADERS.contains(c));
    match ordinals::leading(words) {
        Some(ordinal) if ordinal.style == OrdinalStyle::Part => ordinal.rest.to_owned(),
        _ => words.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::page::placed_line;

    fn found(texts: &[&str]) -> std::ops::Range<usize> {
        found_on(&[texts])
    }

    /// The same with lines on several pages.
    fn found_on(pages: &[&[&str]]) -> std::ops::Range<usize> {
        let texts = (1..).zip(pages).flat_map(|(page, texts)| texts.iter().map(move |text| (page, text)));
        let lines: Vec<PlacedLine> = texts.map(|(page, text)| placed_line(page, text, 10.0, 20.0)).collect();
        let lines: Vec<&PlacedLine> = lines.iter().collect();
        find(&lines, &lines, Vocabulary::national().expect("the built-in vocabulary"))
    }

    #[test]
    fn entries_with_leaders() {
        let texts = ["某局", "目 录", "第一部分 概况......1", "收支总表…………5", "第一部分 概况", "一、主要职能"];
        assert_eq!(found(&texts), 1..4);
    }

    #[test]
    fn entries_without_leaders_end_where_the_first_comes_again() {
        assert_eq!(found(&["目录", "第一部分 概况", "收支总表", "第一部分 概况", "一、主要职能"]), 0..3);
    }

    #[test]
    fn the_first_heading_may_take_two_lines() {
        let texts = ["目 录", "第一部分 概况......1", "第二部分 决算表......5", "第一部分", "概况", "一、主要职能"];
        assert_eq!(found(&texts), 0..3);
    }

    #[test]
    fn the_list_ends_with_the_page_of_its_last_leader() {
        let contents = ["目 录", "一、主要职能......1", "二、预算表......5"];
        assert_eq!(found_on(&[&contents, &["某局主要职能", "某局主管全市财政工作。"]]), 0..3);
    }

    #[test]
    fn entries_without_title_come_again() {
        let contents = ["某局部门预算", "第一部分 说明", "一、收入情况", "二、支出情况", "三、其他情况"];
        let body = ["一、收入情况", "收入1万元。", "二、支出情况", "支出1万元。", "三、其他情况", "无。"];
        assert_eq!(found_on(&[&["2024年2月"], &contents, &body]), 2..6);
        assert_eq!(found_on(&[&["2024年2月"], &body, &["一、收入情况"]]), 0..0, "headings that come again by chance");
    }

    #[test]
    fn no_contents() {
        assert_eq!(found(&["某局2023年预算", "一、主要职能"]), 0..0);
    }
}
