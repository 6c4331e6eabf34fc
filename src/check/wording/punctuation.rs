//! Punctuation that cannot be meant: marks that stand twice, and quotations or brackets without their other half.

use super::passages::{Passage, PassageKind, look, narrative, quoted, shortened, standing};
use crate::check::outcomes::Fault;
use crate::check::rule::Rule;
use crate::document::Severity;
use crate::language::vocabulary::Vocabulary;

/// Two marks where one should stand; three or more of the same are an ellipsis.
pub(super) const DOUBLED_PUNCTUATION: Rule = Rule {
    id: "doubled-punctuation",
    severity: Severity::Note,
    title: "标点没有重复",
    title_en: "no punctuation mark stands twice",
    run: |ledger, outcomes| {
        let passages = [narrative(ledger), standing(ledger)].concat();
        look(outcomes, &passages, "没有重复的标点", |passage| doubled(passage, ledger.vocabulary));
    },
};

/// A quotation mark or bracket without its other half, in a paragraph whose neighbours do not have it.
pub(super) const UNBALANCED_QUOTATION_MARK: Rule = Rule {
    id: "unbalanced-quotation-mark",
    severity: Severity::Note,
    title: "引号、括号成对",
    title_en: "quotation marks and brackets come in pairs",
    run: |ledger, outcomes| {
        let passages = narrative(ledger);
        let mut index = 0;
        look(outcomes, passages, "引号、括号成对", |passage| {
            let found = unbalanced(passages, index).map(|(mark, at)| unbalanced_fault(passage, mark, at));
            index += 1;
            found.into_iter().collect()
        });
    },
};

fn doubled(passage: &Passage, vocabulary: &Vocabulary) -> Vec<Fault> {
    let text = &passage.text;
    if !has_neighbouring_marks(text, &vocabulary.checks.wording.doubled_marks) {
        return Vec::new();
    }
    let is_alone = |at: usize, pair: &str| {
        let is_mark = |character: Option<char>| character.is_some_and(|c| pair.contains(c));
        !is_mark(text[..at].chars().next_back()) && !is_mark(text[at + pair.len()..].chars().next())
    };
    let pairs = vocabulary.checks.wording.doubled_marks.iter();
    let places = pairs.flat_map(|pair| text.match_indices(pair.as_str())).filter(|(at, pair)| is_alone(*at, pair));
    places.map(|(at, pair)| passage.fault(format!("标点重复：{}", quoted(text, at, at + pair.len())))).collect()
}

/// Whether two marks stand side by side, whichever: hardly a text has that, and the others need not be searched for
/// every pair.
fn has_neighbouring_marks(text: &str, pairs: &[String]) -> bool {
    let is_mark = |character: char| {
        !matches!(character, '\u{3400}'..='\u{9fff}' | '0'..='9') && pairs.iter().any(|pair| pair.contains(character))
    };
    let mut follows_mark = false;
    text.chars().any(|character| {
        let before = std::mem::replace(&mut follows_mark, is_mark(character));
        before && follows_mark
    })
}

/// A pair of marks.
struct Pair {
    open: char,
    close: char,
}

const PAIRS: [Pair; 2] = [Pair { open: '“', close: '”' }, Pair { open: '（', close: '）' }];

/// The first mark of a paragraph that has no other half, and its place. The paragraphs beside it must be balanced: a
/// quotation can go on over several, and a paragraph can have been divided in the reading.
fn unbalanced(passages: &[Passage], index: usize) -> Option<(char, usize)> {
    let passage = &passages[index];
    let is_whole = passage.kind == PassageKind::Paragraph && passage.text.ends_with(['。', '；']);
    let neighbours = [index.checked_sub(1), Some(index + 1)].into_iter().flatten().filter_map(|at| passages.get(at));
    let neighbours: Vec<&Passage> = neighbours.collect();
    PAIRS.iter().filter(|_| is_whole).find_map(|pair| {
        let found = lone_mark(&passage.text, pair)?;
        let is_certain = neighbours.iter().all(|other| lone_mark(&other.text, pair).is_none());
        is_certain.then_some(found)
    })
}

fn lone_mark(text: &str, pair: &Pair) -> Option<(char, usize)> {
    let mut open = Vec::new();
    for (at, mark) in text.char_indices() {
        if mark == pair.open {
            open.push(at);
        } else if mark == pair.close && open.pop().is_none() && !closes_ordinal(&text[..at]) {
            return Some((mark, at));
        }
    }
    open.first().map(|at| (pair.open, *at))
}

/// Whether a closing bracket stands after an ordinal (`1）`, `一）`, `a）`), which needs no opening one.
fn closes_ordinal(before: &str) -> bool {
    let is_numeral = |c: char| c.is_ascii_alphanumeric() || "一二三四五六七八九十".contains(c);
    before.chars().next_back().is_some_and(is_numeral)
}

fn unbalanced_fault(passage: &Passage, mark: char, at: usize) -> Fault {
    let end = at + mark.len_utf8();
    let name = if matches!(mark, '“' | '”') { "引号" } else { "括号" };
    let place = if at == 0 { shortened(&passage.text) } else { quoted(&passage.text, at, end) };
    passage.fault(format!("{name}不成对：{place}中的{mark}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::testing::faults_in;
    use crate::testing::document::TestDocument;

    #[test]
    fn doubled_marks_are_noted_and_ellipses_are_not() {
        assert_eq!(faults_in(&DOUBLED_PUNCTUATION, "收入增加。。支出减少。"), 1);
        assert_eq!(faults_in(&DOUBLED_PUNCTUATION, "办公费、，印刷费、。"), 2);
        assert_eq!(faults_in(&DOUBLED_PUNCTUATION, "办公费、印刷费。。。，……等。"), 0);
    }

    #[test]
    fn a_mark_without_its_other_half_is_noted() {
        assert_eq!(faults_in(&UNBALANCED_QUOTATION_MARK, "开展“协议书检查”、优秀案例”活动。"), 1);
        assert_eq!(faults_in(&UNBALANCED_QUOTATION_MARK, "因公出国（境费用0万元。"), 1);
        assert_eq!(faults_in(&UNBALANCED_QUOTATION_MARK, "“三公”经费（含“一办”）：1）接待费；2）购置费。"), 0);
    }

    #[test]
    fn a_quotation_may_go_on_over_paragraphs() {
        let document = TestDocument::budget().section("目标", &["围绕“一条主线。", "两个重点”开展工作。"]);
        assert_eq!(document.faults(&UNBALANCED_QUOTATION_MARK), []);
    }
}
