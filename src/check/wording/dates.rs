//! Dates: what stood at the end of the year before is told of that year.

use super::passages::{Passage, PassageKind, look, narrative, quoted};
use crate::check::outcomes::Fault;
use crate::check::rule::Rule;
use crate::document::{PublicationKind, Severity};
use crate::language::years::{Year, years};

/// 截至2022年12月31日，共有车辆8辆: a budget tells what there was in the year before it, or in its own; final accounts at the
/// end of their year. Another year is left from an earlier document.
pub(super) const AS_OF_DATE: Rule = Rule {
    id: "as-of-date",
    severity: Severity::Warning,
    title: "“截至”的日期是上年或本年",
    title_en: "what is told as of a date is told of the year or of the one before",
    run: |ledger, outcomes| {
        let Some(own) = ledger.publication.fiscal_year else {
            outcomes.not_applicable("不知道文件的年份", None);
            return;
        };
        let known = match ledger.publication.kind {
            PublicationKind::Budget => own - 1..=own,
            PublicationKind::FinalAccounts => own..=own + 1,
            PublicationKind::Unknown => {
                outcomes.not_applicable("不是预算、决算", None);
                return;
            }
        };
        let words = &ledger.vocabulary.checks.wording;
        let is_told = |passage: &Passage, year: &Year| {
            let (before, after) = (&passage.text[..year.start], &passage.text[year.end..]);
            let is_date = after.starts_with(|c: char| c.is_ascii_digit())
                || words.dated.iter().any(|word| after.starts_with(word.as_str()));
            year.is_named() && is_date && words.as_of.iter().any(|word| before.ends_with(word.as_str()))
        };
        let dates =
            |passage: &Passage| -> Vec<Year> { years(&passage.text).filter(|year| is_told(passage, year)).collect() };
        let mut prose = narrative(ledger).to_vec();
        prose.retain(|passage| passage.kind == PassageKind::Paragraph && !dates(passage).is_empty());
        look(outcomes, &prose, "“截至”的日期是上年或本年", |passage| {
            let wrong = dates(passage).into_iter().filter(|year| !known.contains(&year.value));
            wrong.map(|year| fault(passage, &year, own)).collect()
        });
    },
};

fn fault(passage: &Passage, year: &Year, own: u16) -> Fault {
    let place = quoted(&passage.text, year.start, year.end);
    let message = format!("“截至”的日期在{}年，文件的年份是{own}：{place}", year.value);
    Fault { actual: Some(year.value.to_string()), ..passage.fault(message) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::document::TestDocument;

    fn faults(kind: PublicationKind, text: &str) -> usize {
        TestDocument::budget().kind(kind).section("说明", &[text]).faults(&AS_OF_DATE).len()
    }

    #[test]
    fn a_budget_tells_of_the_year_before() {
        let count = |text: &str| faults(PublicationKind::Budget, text);
        assert_eq!(count("截至2022年12月31日，共有车辆8辆。"), 0);
        assert_eq!(count("截至2021年12月31日，共有车辆8辆。"), 1);
        assert_eq!(count("截止2021年底，共有车辆8辆。"), 1);
        assert_eq!(count("截至2021年获得的称号，共有车辆8辆。"), 0, "no date");
        assert_eq!(count("2021年12月31日成立。"), 0);
    }

    #[test]
    fn final_accounts_tell_of_their_own() {
        let count = |text: &str| faults(PublicationKind::FinalAccounts, text);
        assert_eq!(count("截至2023年12月31日，共有车辆8辆。"), 0);
        assert_eq!(count("截至2022年12月31日，共有车辆8辆。"), 1);
    }
}
