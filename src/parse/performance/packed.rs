//! Indicators in one cell: `1、产出指标；数量指标；开展次数；年度指标值：≥1次。2、…`.

use crate::document::{Indicator, PageNumber};
use crate::language::performance_roles::{Role, field_of};
use crate::language::vocabulary::{PerformanceWords, squeezed};

/// The indicators of a text; none where it has no levels or no targets.
pub(super) fn indicators(text: &str, words: &PerformanceWords, page: PageNumber) -> Vec<Indicator> {
    items(text).into_iter().filter_map(|item| indicator(item, words, page)).collect()
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
    for part in item.trim_end_matches('。').split(['；', ';']).map(str::trim).filter(|part| !part.is_empty()) {
        let labelled = part.split_once([':', '：']).filter(|(label, _)| field_of(label, words) == Some(Role::VALUE));
        if let Some((_, value)) = labelled {
            indicator.value = Some(value.trim().to_owned());
        } else if words.level_words.contain(&squeezed(part)) && indicator.level2.is_none() && indicator.name.is_empty()
        {
            match indicator.level1 {
                None => indicator.level1 = Some(part.to_owned()),
                Some(_) => indicator.level2 = Some(part.to_owned()),
            }
        } else {
            indicator.name.push_str(part);
        }
    }
    (indicator.level1.is_some() && indicator.value.is_some() && !indicator.name.is_empty()).then_some(indicator)
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
        let found = indicators(text, words, PageNumber(1));
        let parts: Vec<_> =
            found.iter().map(|one| (one.level2.as_deref(), one.name.as_str(), one.value.as_deref())).collect();
        assert_eq!(parts, [(Some("数量指标"), "开展次数", Some("≥1次")), (Some("社会效益指标"), "影响", Some("明显"))]);
        assert!(indicators("保障运转。", words, PageNumber(1)).is_empty());
    }
}
