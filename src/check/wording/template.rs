//! What was left of a template: placeholders, choices that nobody made, and reasons that nobody gave.

use super::passages::{Passage, PassageKind, look, narrative, passages, quoted, sentences};
use crate::check::outcomes::Fault;
use crate::check::rule::Rule;
use crate::document::Severity;
use crate::language::vocabulary::{Vocabulary, WordingWords};
use crate::language::years;

/// A placeholder is at least this many characters long: one × multiplies, one X is a letter.
const MIN_PLACEHOLDER: usize = 2;

/// `XX局`, `XX万元`, `20XX年`: a place where a name, number or year should stand.
pub(super) const TEMPLATE_TEXT: Rule = Rule {
    id: "template-text",
    severity: Severity::Warning,
    title: "没有遗留的模板文字",
    title_en: "no placeholder of a template is left",
    run: |ledger, outcomes| {
        look(outcomes, passages(ledger), "没有遗留的模板文字", |passage| {
            let place = placeholder(&passage.text, ledger.vocabulary);
            let fault = |(start, end)| passage.fault(format!("遗留模板文字：{}", quoted(&passage.text, start, end)));
            place.map(fault).into_iter().collect()
        });
    },
};

/// `增加（减少）`, `增加/减少` beside an amount: one of the two should have been struck out.
pub(super) const UNRESOLVED_ALTERNATIVE: Rule = Rule {
    id: "unresolved-alternative",
    severity: Severity::Note,
    title: "二选一的措辞已选定",
    title_en: "alternatives of a template are resolved",
    run: |ledger, outcomes| {
        look(outcomes, narrative(ledger), "没有未选定的措辞", |passage| {
            alternatives(passage, ledger.vocabulary)
        });
    },
};

/// `主要原因是。`: nothing stands between the word and the full stop.
pub(super) const EMPTY_REASON: Rule = Rule {
    id: "empty-reason",
    severity: Severity::Note,
    title: "说明了增减原因",
    title_en: "reasons are given where they are announced",
    run: |ledger, outcomes| {
        look(outcomes, narrative(ledger), "没有空缺的原因", |passage| {
            empty_reason(passage, &ledger.vocabulary.checks.wording.reasons).into_iter().collect()
        });
    },
};

/// The first placeholder of a text: a run of one of its characters, with a word before or after it beside which a name,
/// a number or a year should stand.
fn placeholder(text: &str, vocabulary: &Vocabulary) -> Option<(usize, usize)> {
    let words = &vocabulary.checks.wording;
    let mut start = 0;
    let placeholders: Vec<char> = words.placeholders.chars().collect();
    while let Some(found) = text[start..].find(placeholders.as_slice()) {
        let at = start + found;
        let run = &text[at..];
        let end = at + run.find(|c: char| !placeholders.contains(&c)).unwrap_or(run.len());
        let is_long = text[at..end].chars().count() >= MIN_PLACEHOLDER;
        if is_long && stands_for_something(&text[..at], &text[end..], words) {
            return Some((at, end));
        }
        start = end;
    }
    None
}

fn stands_for_something(before: &str, after: &str, words: &WordingWords) -> bool {
    let is_year = years::frame_blank(before, after);
    // XXL, AXX100 and 二〇〇八 are names and numbers of their own.
    let belongs_to_word = |character: Option<char>| {
        character.is_some_and(|c| c.is_ascii_alphanumeric() || "一二三四五六七八九零".contains(c))
    };
    let is_word = belongs_to_word(before.chars().next_back()) || belongs_to_word(after.chars().next());
    let follows = words.before_placeholder.iter().any(|word| before.ends_with(word.as_str()));
    let precedes = words.after_placeholder.iter().any(|word| after.starts_with(word.as_str()));
    is_year || (!is_word && (follows || precedes))
}

fn alternatives(passage: &Passage, vocabulary: &Vocabulary) -> Vec<Fault> {
    if passage.kind != PassageKind::Paragraph {
        return Vec::new();
    }
    let words = &vocabulary.checks.wording;
    let is_about_amounts = |sentence: &&str| words.amount_signs.iter().any(|sign| sentence.contains(sign.as_str()));
    let find = |sentence| {
        let (start, end) = alternative(sentence, words)?;
        Some(passage.fault(format!("措辞未选定：{}", quoted(sentence, start, end))))
    };
    sentences(&passage.text).filter(is_about_amounts).filter_map(find).collect()
}

/// The first choice in a sentence: `增加（减少）`, `增加/减少`, `增加或减少`.
fn alternative(sentence: &str, words: &WordingWords) -> Option<(usize, usize)> {
    if !sentence.contains(['（', '/', '／']) {
        return None;
    }
    let occur = |[one, other]: &&[String; 2]| sentence.contains(one.as_str()) && sentence.contains(other.as_str());
    let opposites = words.opposites.iter().filter(occur);
    opposites.flat_map(|[one, other]| [(one, other), (other, one)]).find_map(|(first, second)| {
        let forms = [format!("{first}（{second}）"), format!("{first}/{second}"), format!("{first}／{second}")];
        forms.iter().find_map(|form| sentence.find(form.as_str()).map(|at| (at, at + form.len())))
    })
}

fn empty_reason(passage: &Passage, reasons: &[String]) -> Option<Fault> {
    let text = &passage.text;
    reasons.iter().flat_map(|word| text.match_indices(word.as_str())).find_map(|(at, word)| {
        let end = at + word.len();
        let after = text[end..].trim_start_matches('：');
        after.starts_with(['。', '；']).then(|| passage.fault(format!("未写原因：{}", quoted(text, at, end))))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::testing::faults_in;
    use crate::testing::document::TestDocument;

    #[test]
    fn placeholders_are_found_where_something_should_stand() {
        for text in ["XX局2023年收入XX万元。", "20XX年预算。", "主要原因是××。", "其中：***万元。", "ｘｘ单位无此项。"]
        {
            assert_eq!(faults_in(&TEMPLATE_TEXT, text), 1, "{text}");
        }
        for text in ["长3×4米的会议室。", "购置XXL号制服10件。", "二〇〇八年成立。", "张**负责。", "收入12万元。"]
        {
            assert_eq!(faults_in(&TEMPLATE_TEXT, text), 0, "{text}");
        }
    }

    #[test]
    fn only_the_first_places_are_named() {
        let paragraphs = vec!["收入XX万元。"; 30];
        let checks = TestDocument::budget().section("总体说明", &paragraphs).run(&TEMPLATE_TEXT);
        assert_eq!(checks.len(), 8);
        assert!(checks[7].message.contains("共30处"), "{}", checks[7].message);
    }

    #[test]
    fn alternatives_are_found_beside_amounts() {
        assert_eq!(faults_in(&UNRESOLVED_ALTERNATIVE, "比上年增加（减少）12.00万元。"), 1);
        assert_eq!(faults_in(&UNRESOLVED_ALTERNATIVE, "决算数大于(小于)预算数的主要原因是人员变动。"), 1);
        assert_eq!(faults_in(&UNRESOLVED_ALTERNATIVE, "比上年增加/减少12.00万元，减少（增加）3万元。"), 1);
        assert_eq!(faults_in(&UNRESOLVED_ALTERNATIVE, "比上年增加（减少的部分已扣除）12.00万元。"), 0);
        assert_eq!(faults_in(&UNRESOLVED_ALTERNATIVE, "反映增加（减少）变动的情况。"), 0);
    }

    #[test]
    fn reasons_that_are_not_given() {
        assert_eq!(faults_in(&EMPTY_REASON, "比上年增加2万元，主要原因是。"), 1);
        assert_eq!(faults_in(&EMPTY_REASON, "比上年增加2万元，主要原因：；支出减少。"), 1);
        assert_eq!(faults_in(&EMPTY_REASON, "比上年增加2万元，主要原因是人员增加。这是主要原因。"), 0);
        assert_eq!(faults_in(&EMPTY_REASON, "主要原因是："), 0);
    }
}
