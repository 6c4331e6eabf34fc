//! Indicators in one cell: `1、产出指标；数量指标；开展次数；年度指标值：≥1次。2、…`.

use crate::document::{Indicator, LabelledValue, PageNumber};
use crate::language::performance_roles::{Role, field_of};
use crate::language::vocabulary::{PerformanceWords, squeezed};

/// A label before a colon is no longer than this, in characters; a longer text is one with a colon in it.
const MAX_LABEL: usize = 12;

/// The indicators of a text; none of the items that have no levels or no targets.
pub(super) fn indicators(text: &str, words: &PerformanceWords, page: PageNumber) -> Vec<Option<Indicator>> {
    items(text).into_iter().map(|item| indicator(item, words, page)).collect()
}

/// The text divided before its numbers (`2、`).
fn items(text: &str) -> Vec<&str> {
    let mut starts = vec![0];
    for (at, _) in text.match_indices(['、', '.', '．']) {
        let digits = text[..at].chars().rev().take_while(char::is_ascii_digit).count();
        let start = at - digits;
        let begins = digits > 0 && text[..start].trim_end().ends_with(['。', '；', ';', '\n']);
        if begins {
            starts.push(start);
        }
    }
    let ends = starts.iter().copied().skip(1).chain([text.len()]);
    starts.iter().zip(ends).map(|(start, end)| text[*start..end].trim()).collect()
}

fn indicator(item: &str, words: &PerformanceWords, page: PageNumber) -> Option<Indicator> {
    let item = item.trim_start_matches(|c: char| c.is_ascii_digit()).trim_start_matches(['、', '.', '．']);
    let mut indicator = Indicator { pages: vec![page], ..Indicator::default() };
    let mut period = None;
    // A code makes a level of a word that lacks its 指标.
    let is_level = |part: &str, level: &str| level.len() < part.len() || words.level_words.contain(&squeezed(level));
    for part in item.trim_end_matches('。').split(['；', ';']).map(str::trim).filter(|part| !part.is_empty()) {
        let labelled = part.split_once([':', '：']).filter(|_| !indicator.name.is_empty());
        let level = without_code(part);
        if let Some((label, value)) = labelled.filter(|(label, _)| is_value(label, words)) {
            indicator
                .fields
                .extend(indicator.value.take().zip(period.take()).map(|(value, label)| field(label, &value)));
            (period, indicator.value) = (Some(label), Some(value.trim().to_owned()));
        } else if let Some((label, value)) = labelled.filter(|(label, _)| label.chars().count() <= MAX_LABEL) {
            indicator.fields.push(field(label, value));
        } else if is_level(part, level) && indicator.level2.is_none() && indicator.name.is_empty() {
            match indicator.level1 {
                None => indicator.level1 = Some(level.to_owned()),
                Some(_) => indicator.level2 = Some(level.to_owned()),
            }
        } else if let Some(value) = &mut indicator.value {
            // A target may have parts of its own: 一级≤1小时；二级≤2小时.
            value.push('；');
            value.push_str(part);
        } else {
            indicator.name.push_str(part);
        }
    }
    (indicator.level1.is_some() && indicator.value.is_some() && !indicator.name.is_empty()).then_some(indicator)
}

/// A level without the code before it: 1-产出指标.
fn without_code(part: &str) -> &str {
    let behind = part.trim_start_matches(|c: char| c.is_ascii_digit());
    if behind.len() == part.len() {
        part
    } else {
        behind.strip_prefix(['-', '－', '—']).unwrap_or(part).trim_start()
    }
}

/// Whether a label is that of a target, whatever period stands before it (年度指标值, 实施周期指标值).
fn is_value(label: &str, words: &PerformanceWords) -> bool {
    let from = |at: usize| field_of(&label[at..], words) == Some(Role::VALUE);
    label.char_indices().any(|(at, _)| from(at))
}

fn field(label: &str, value: &str) -> LabelledValue {
    LabelledValue { label: label.trim().to_owned(), value: value.trim().to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::vocabulary::Vocabulary;

    #[test]
    fn one_cell_has_several_indicators() {
        let words = &Vocabulary::national().expect("the built-in vocabulary").performance;
        let text =
            "1、产出指标；数量指标；开展次数；年度指标值：≥1次。2、效益指标；社会效益指标；影响；年度指标值：明显。";
        let found: Vec<Indicator> = indicators(text, words, PageNumber(1)).into_iter().flatten().collect();
        let parts: Vec<_> =
            found.iter().map(|one| (one.level2.as_deref(), one.name.as_str(), one.value.as_deref())).collect();
        assert_eq!(parts, [(Some("数量指标"), "开展次数", Some("≥1次")), (Some("社会效益指标"), "影响", Some("明显"))]);
        assert_eq!(indicators("保障运转。", words, PageNumber(1)), [None]);
    }

    #[test]
    fn levels_with_codes_and_targets_of_two_periods() {
        let words = &Vocabulary::national().expect("the built-in vocabulary").performance;
        let text = "1、1-产出指标；11-数量；会议次数；实施周期指标值:≥60场；年度指标值:≥20场；其中线上≥5场。2、说明";
        let found = indicators(text, words, PageNumber(1));
        let one = found[0].as_ref().expect("an indicator");
        assert_eq!((one.level1.as_deref(), one.level2.as_deref()), (Some("产出指标"), Some("数量")));
        assert_eq!((one.name.as_str(), one.value.as_deref()), ("会议次数", Some("≥20场；其中线上≥5场")));
        assert_eq!(one.fields, [field("实施周期指标值", "≥60场")]);
        assert_eq!(found[1], None);
    }
}
