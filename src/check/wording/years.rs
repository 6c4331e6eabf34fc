//! Years: titles name the document's own, and comparisons the one before it.

use super::passages::{Passage, PassageKind, look, narrative, passages, quoted, sentences, shortened};
use crate::check::outcomes::Fault;
use crate::check::rule::Rule;
use crate::document::{CheckPlace, PublicationKind, Severity};
use crate::language::vocabulary::WordingWords;
use crate::language::years::{Year, years};

/// The subject of a sentence is named within this many bytes of its beginning: an ordinal and a name may come before.
const MAX_SUBJECT_START: usize = 90;

/// The titles of tables and sections name the document's year; another is left from an earlier document.
pub(super) const YEAR_IN_TITLES: Rule = Rule {
    id: "year-in-titles",
    severity: Severity::Warning,
    title: "标题中的年份是文件的年份",
    title_en: "titles name the document's year",
    run: |ledger, outcomes| {
        let Some(own) = ledger.publication.fiscal_year else {
            outcomes.not_applicable("不知道文件的年份", None);
            return;
        };
        let words = &ledger.vocabulary.checks.wording;
        let mut titles = passages(ledger).to_vec();
        titles.retain(|passage| passage.is_title() && years(&passage.text).next().is_some());
        look(outcomes, &titles, "标题中的年份一致", |title| {
            other_year(title, own, words).into_iter().collect()
        });
    },
};

/// A budget is compared with the year before, final accounts with the year before or the budget of their year.
pub(super) const COMPARISON_YEAR: Rule = Rule {
    id: "comparison-year",
    severity: Severity::Warning,
    title: "比较的基准年份正确",
    title_en: "comparisons are with the year before",
    run: |ledger, outcomes| {
        let Some(own) = ledger.publication.fiscal_year.filter(|_| ledger.publication.kind != PublicationKind::Unknown)
        else {
            outcomes.not_applicable("不知道文件的年份，或不是预算、决算", None);
            return;
        };
        let judge = Judge { own, kind: ledger.publication.kind, words: &ledger.vocabulary.checks.wording };
        let mut prose = narrative(ledger).to_vec();
        prose.retain(|passage| passage.kind == PassageKind::Paragraph && years(&passage.text).next().is_some());
        look(outcomes, &prose, "比较的基准年份一致", |passage| {
            sentences(&passage.text).filter_map(|sentence| judge.fault(passage, sentence)).collect()
        });
    },
};

/// The narrative speaks of the sums of the document's year and of the year before; the targets are those of its year.
pub(super) const YEAR_OF_SUMS: Rule = Rule {
    id: "year-of-sums",
    severity: Severity::Note,
    title: "文字和绩效目标所述年份是本年或上年",
    title_en: "sums and targets are those of the year or of the one before",
    run: |ledger, outcomes| {
        let Some(own) = ledger.publication.fiscal_year.filter(|_| ledger.publication.kind != PublicationKind::Unknown)
        else {
            outcomes.not_applicable("不知道文件的年份，或不是预算、决算", None);
            return;
        };
        let targets = ledger.performance.and_then(|performance| Some((performance.fiscal_year?, performance)));
        if let Some((year, performance)) = targets.filter(|(year, _)| *year != own) {
            outcomes.fail(Fault {
                message: format!("绩效目标的年份是{year}，文件的年份是{own}"),
                actual: Some(year.to_string()),
                expected: Some(own.to_string()),
                places: performance.pages.first().copied().map(CheckPlace::on).into_iter().collect(),
                ..Fault::default()
            });
        }
        let words = &ledger.vocabulary.checks.wording;
        look(outcomes, passages(ledger), "所述年份是本年或上年", |passage| {
            let sentences = sentences(&passage.text).filter(|_| !passage.is_title());
            sentences.filter_map(|sentence| strange_year(passage, sentence, own, words)).collect()
        });
    },
};

/// A year of a budget or of accounts that is neither the document's nor the one before, in a sentence about amounts.
fn strange_year(passage: &Passage, sentence: &str, own: u16, words: &WordingWords) -> Option<Fault> {
    if has(sentence, &words.looking_back) {
        return None;
    }
    let between = if has(sentence, &words.money) { MOST_BETWEEN } else { MOST_BETWEEN_WITHOUT_AMOUNT };
    let is_strange = |year: &Year| {
        let is_near = year.value == own || year.value + 1 == own;
        // A sum of the year is named right behind it: 2023年预算数, 2023年部门预算.
        let behind: String = sentence[year.end..].chars().take(between).collect();
        !is_near && year.is_named() && has(clause(&behind), &words.stated_sums)
    };
    let year = years(sentence).find(is_strange)?;
    let place = quoted(sentence, year.start, year.end);
    let message = format!("说的是{}年的预算或决算，文件的年份是{own}：{place}", year.value);
    Some(Fault { actual: Some(year.value.to_string()), ..passage.fault(message) })
}

/// So many characters stand at most between a year and the name of its sum; and in a sentence that has no amount (某局2023年部门
/// 预算编制范围).
const MOST_BETWEEN: usize = 12;
const MOST_BETWEEN_WITHOUT_AMOUNT: usize = 5;

/// The one year of a title, where it is not the document's. Titles that look back (执行情况, 结转, 绩效自评) may name
/// another.
fn other_year(passage: &Passage, own: u16, words: &WordingWords) -> Option<Fault> {
    let text = &passage.text;
    let mut named = years(text);
    let (Some(year), None) = (named.next(), named.next()) else { return None };
    let looks_back = words.looking_back.iter().any(|word| text.contains(word.as_str()));
    // 2022年12月31日 and 〔2022〕5号 are dates and numbers of papers.
    let after = &text[year.end..];
    let is_date = after.starts_with(|c: char| c.is_ascii_digit())
        || words.paper_numbers.iter().any(|mark| after.starts_with(mark.as_str()));
    if year.value == own || looks_back || is_date {
        return None;
    }
    let message = format!("标题{}中的年份是{}，文件的年份是{own}", quoted(text, year.start, year.end), year.value);
    Some(Fault { actual: Some(year.value.to_string()), expected: Some(own.to_string()), ..passage.fault(message) })
}

/// What the years of comparisons are judged by.
struct Judge<'v> {
    own: u16,
    kind: PublicationKind,
    words: &'v WordingWords,
}

impl Judge<'_> {
    /// What is wrong with the years of a sentence about amounts.
    fn fault(&self, passage: &Passage, sentence: &str) -> Option<Fault> {
        let is_about_amounts = has(sentence, &self.words.money) && sentence.contains(|c: char| c.is_ascii_digit());
        if !is_about_amounts && !has(sentence, &self.words.unchanged_comparisons) {
            return None;
        }
        let named: Vec<Year> = years(sentence).filter(Year::is_named).collect();
        let subject = named.first().copied().filter(|year| self.is_subject(sentence, year));
        let bases = named.iter().filter(|year| self.is_base(sentence, year));
        let wrong = bases.clone().find_map(|base| self.wrong_base(passage, sentence, *base, subject));
        wrong.or_else(|| self.outdated(passage, sentence, subject?, &named))
    }

    /// Whether a year opens its sentence, at most after an ordinal and a name.
    fn is_subject(&self, sentence: &str, year: &Year) -> bool {
        let before = &sentence[..year.start];
        let opens = before.len() <= MAX_SUBJECT_START && !before.contains(['，', '：']);
        opens && !has(before, &self.words.reasons) && !self.is_base(sentence, year)
    }

    /// Whether a year is the base of a comparison: 比2022年增加, 与2022年度决算数相比, 较2022年年初预算.
    fn is_base(&self, sentence: &str, year: &Year) -> bool {
        let before = &sentence[..year.start];
        let after = &sentence[year.end..];
        let ends = |words: &[String]| words.iter().any(|word| before.ends_with(word.as_str()));
        let is_followed = self.words.comparison_followers.iter().any(|word| after.starts_with(word.as_str()));
        // 与 and 和 join as well as compare.
        (ends(&self.words.comparisons) && is_followed)
            || (ends(&self.words.joining) && has(clause(after), &self.words.closing))
    }

    /// What is wrong with a base: it is the subject's own year, and not the budget of which that year's accounts are
    /// the outcome; or the sentence is about the document's year, and the base not the year before. What a sentence
    /// gives as a reason may look further back.
    fn wrong_base(&self, passage: &Passage, sentence: &str, base: Year, subject: Option<Year>) -> Option<Fault> {
        if has(&sentence[..base.start], &self.words.reasons) {
            return None;
        }
        let of = subject.map_or(self.own, |year| year.value);
        let looks_back = self.kind == PublicationKind::FinalAccounts || of != self.own;
        let with_budget = looks_back && has(clause(&sentence[base.end..]), &self.words.budgets);
        let place = quoted(sentence, base.start, base.end);
        let expected = (of == self.own).then(|| (self.own - 1).to_string());
        let message = if base.value == of && !with_budget {
            format!("{of}年与自身比较，文件的年份是{}：{place}", self.own)
        } else if base.value != of && of == self.own && base.value + 1 != self.own {
            format!("比较的基准年份是{}，应是{}：{place}", base.value, self.own - 1)
        } else {
            return None;
        };
        Some(Fault { actual: Some(base.value.to_string()), expected, ..passage.fault(message) })
    }

    /// A sentence that begins with another year and states and compares its budget as a document of that year does.
    fn outdated(&self, passage: &Passage, sentence: &str, subject: Year, named: &[Year]) -> Option<Fault> {
        let clause = clause(&sentence[subject.end..]);
        let begins = subject.start == 0 && subject.value != self.own;
        let states = has(clause, &self.words.stated_sums) && has(clause, &self.words.money);
        let names_own = named.iter().any(|year| year.value == self.own);
        let compares = has(sentence, &self.words.with_year_before)
            || named.iter().any(|year| year.value + 1 == subject.value && self.is_base(sentence, year));
        (begins && states && !names_own && compares).then(|| {
            let message = format!("整句说的是{}年，文件的年份是{}：{}", subject.value, self.own, shortened(sentence));
            Fault { severity: Some(Severity::Note), ..passage.fault(message) }
        })
    }
}

/// The words up to the next comma or full stop.
fn clause(text: &str) -> &str {
    text.split(['，', '。', '；']).next().unwrap_or(text)
}

fn has(text: &str, words: &[String]) -> bool {
    words.iter().any(|word| text.contains(word.as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::testing::faults_in;
    use crate::document::TableKind;
    use crate::testing::document::TestDocument;

    #[test]
    fn titles_of_another_year() {
        let table = |title: &str| {
            let document = TestDocument::budget().table(
                TableKind::ExpenditureSummary,
                title,
                "科目名称|合计",
                &["城乡社区支出|1.00"],
            );
            document.faults(&YEAR_IN_TITLES).len()
        };
        assert_eq!(table("2022年部门支出预算总表"), 1);
        assert_eq!(table("2022部门综合预算支出总表"), 1);
        assert_eq!(table("2023年部门支出预算总表"), 0);
        assert_eq!(table("2023年支出预算与2022年比较表"), 0);
        assert_eq!(table("2022年结转资金支出表"), 0);
        let section = TestDocument::budget().section("关于某市财政局2022年收入预算情况说明", &["2022年的事。"]);
        assert_eq!(section.faults(&YEAR_IN_TITLES), [Severity::Warning]);
    }

    #[test]
    fn budgets_are_compared_with_the_year_before() {
        let count = |text: &str| faults_in(&COMPARISON_YEAR, text);
        assert_eq!(count("2023年预算1万元，比2022年增加1万元。"), 0);
        assert_eq!(count("支出1万元，较2022年年初预算减少1万元，主要原因是2021年有项目。"), 0);
        assert_eq!(count("2023年预算1万元，比2021年增加1万元。"), 1);
        assert_eq!(count("2023年预算1万元，与2021年预算持平。"), 1);
        assert_eq!(count("2023年预算1万元，比2023年增加1万元。"), 1);
        assert_eq!(count("2022年预算1万元，比2022年增加1万元。"), 1);
        assert_eq!(count("2021年和2019年决算共1万元。"), 0);
        assert_eq!(count("到2030年比2020年增长一倍。"), 0);
        assert_eq!(count("支出增加1万元，主要原因是2022年压减，比2022年增加1万元，比2019年增加2万元。"), 0);
        assert_eq!(count("2022年决算1万元，比2022年年初预算减少1万元。"), 0);
    }

    #[test]
    fn final_accounts_are_compared_with_their_own_budget_too() {
        let count = |text: &str| {
            TestDocument::budget()
                .kind(PublicationKind::FinalAccounts)
                .section("说明", &[text])
                .faults(&COMPARISON_YEAR)
                .len()
        };
        assert_eq!(count("支出1万元，比2023年年初预算增加1万元。"), 0);
        assert_eq!(count("与2022年度相比，收入增加1万元。"), 0);
        assert_eq!(count("与2021年度相比，收入增加1万元。"), 1);
        assert_eq!(count("与2023年度相比，收入增加1万元。"), 1);
    }

    #[test]
    fn sums_of_a_distant_year_are_noted() {
        let count = |text: &str| faults_in(&YEAR_OF_SUMS, text);
        assert_eq!(count("2021年“三公”经费预算数为1万元，比2022年减少1万元。"), 1);
        assert_eq!(count("2023年预算数为1万元，2022年预算执行数为2万元。"), 0);
        assert_eq!(count("2018年机构改革后，支出1万元。"), 0);
    }

    #[test]
    fn a_sentence_of_another_year_is_noted() {
        let severities = |text: &str| TestDocument::budget().section("说明", &[text]).faults(&COMPARISON_YEAR);
        assert_eq!(severities("2022年“三公”经费预算数为1万元，比上年增加1万元。"), [Severity::Note]);
        assert_eq!(severities("截至2022年12月底，共有车辆8辆。"), []);
        assert_eq!(severities("2022年预算数为1万元。"), []);
        assert_eq!(severities("2022年预算数为1万元，2023年预算数为2万元，比上年增加1万元。"), []);
    }
}
