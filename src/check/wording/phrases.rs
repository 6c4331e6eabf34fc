//! Years that stand apart from those of the same words elsewhere in the document, or from the document's own.

use rustc_hash::FxHashMap;

use super::passages::{passages, plain, quoted, report};
use crate::check::examination::Examination;
use crate::check::outcomes::Fault;
use crate::check::rule::Rule;
use crate::document::{CheckPlace, ColumnType, Project, Severity};
use crate::language::years::{self, Year, years};

/// So many characters behind a year make its phrase. Shorter ones (年度。) say nothing.
const PHRASE: usize = 5;
const MIN_PHRASE: usize = 4;

/// So many places must agree on the year of a phrase for the one that does not to stand out: where its year is not near the document's,
/// and where it is.
const MIN_AGREEING: usize = 3;
const MIN_AGREEING_NEAR: usize = 8;

/// Documents say the same of each subject: 2022年预算执行数为…，2023年预算安排…. Where one place names another year than all
/// the rest, it was left from an earlier document or mistyped.
pub(super) const YEAR_IN_PHRASE: Rule = Rule {
    id: "year-in-phrase",
    severity: Severity::Warning,
    title: "同样说法的年份一致",
    title_en: "the same words name the same year throughout",
    run: |ledger, outcomes| {
        let Some(own) = ledger.publication.fiscal_year else {
            outcomes.not_applicable("不知道文件的年份", None);
            return;
        };
        let texts = texts(ledger);
        let mut phrases: FxHashMap<String, Vec<(u16, usize, Year)>> = FxHashMap::default();
        for (index, (text, _)) in texts.iter().enumerate() {
            for year in years(text).filter(Year::is_named) {
                if let Some(phrase) = phrase(&text[..year.start], &text[year.end..]) {
                    phrases.entry(phrase).or_default().push((year.value, index, year));
                }
            }
        }
        let mut odd: Vec<(usize, Year, u16, usize)> = phrases.values().filter_map(|said| apart(said, own)).collect();
        odd.sort_unstable_by_key(|(index, year, ..)| (*index, year.start));
        let faults = odd.into_iter().map(|(index, year, other, count)| {
            let (text, place) = &texts[index];
            let place_quoted = quoted(text, year.start, year.end);
            Fault {
                message: format!("{place_quoted}中的年份是{}，同样的说法另有{count}处，都是{other}", year.value),
                actual: Some(year.value.to_string()),
                expected: Some(other.to_string()),
                places: vec![place.clone()],
                ..Fault::default()
            }
        });
        report(outcomes, faults.collect(), "同样说法的年份一致");
    },
};

/// The columns of a table are of the document's year or of the one before.
pub(super) const YEAR_OF_COLUMNS: Rule = Rule {
    id: "year-of-columns",
    severity: Severity::Warning,
    title: "表头中的年份是本年或上年",
    title_en: "columns are of the document's year or of the one before",
    run: |ledger, outcomes| {
        let Some(own) = ledger.publication.fiscal_year else {
            outcomes.not_applicable("不知道文件的年份", None);
            return;
        };
        let words = &ledger.vocabulary.checks.wording;
        let mut faults = Vec::new();
        for table in ledger.known_tables() {
            let Some(page) = table.table.pages.first() else { continue };
            let amounts = table.table.columns.iter().filter(|column| column.column_type == ColumnType::Amount);
            let mut labels: Vec<&String> = amounts.flat_map(|column| &column.path).collect();
            labels.dedup();
            for label in labels {
                let looks_back = words.looking_back.iter().any(|word| label.contains(word.as_str()));
                let is_strange = |year: &Year| !looks_back && year.value != own && year.value + 1 != own;
                faults.extend(years(label).find(is_strange).map(|year| Fault {
                    message: format!("表头「{label}」中的年份是{}，文件的年份是{own}", year.value),
                    actual: Some(year.value.to_string()),
                    places: vec![CheckPlace { table: Some(table.index), ..CheckPlace::on(*page) }],
                    ..Fault::default()
                }));
            }
        }
        report(outcomes, faults, "表头中的年份是本年或上年");
    },
};

/// Every text in which phrases are looked for, with its place.
fn texts(ledger: &Examination<'_>) -> Vec<(String, CheckPlace)> {
    let mut texts: Vec<(String, CheckPlace)> = passages(ledger)
        .iter()
        .filter(|passage| passage.text.contains(years::YEAR))
        .filter_map(|passage| Some((passage.text.clone(), passage.place.clone()?)))
        .collect();
    for table in &ledger.tables {
        for (index, row) in table.table.rows.iter().enumerate() {
            let named = row.cells.iter().flatten().filter(|cell| cell.contains(years::YEAR));
            let place = CheckPlace { table: Some(table.index), row: Some(index), ..CheckPlace::on(row.page) };
            texts.extend(named.map(|cell| (plain(cell), place.clone())));
        }
    }
    for project in ledger.performance.iter().flat_map(|performance| &performance.projects) {
        let Some(page) = project.pages.first() else { continue };
        let named = said_of(project).filter(|text| text.contains(years::YEAR));
        texts.extend(named.map(|text| (plain(text), CheckPlace::on(*page))));
    }
    texts
}

/// What a project's form says in words.
fn said_of(project: &Project) -> impl Iterator<Item = &str> {
    let goals =
        project.goals.iter().map(|goal| goal.text.as_str()).filter(|goal| Some(*goal) != project.goal.as_deref());
    let indicators = project.indicators.iter();
    let indicators = indicators.flat_map(|indicator| [Some(indicator.name.as_str()), indicator.value.as_deref()]);
    [Some(project.name.as_str()), project.goal.as_deref()].into_iter().chain(indicators).flatten().chain(goals)
}

/// The words behind a year, any digit as good as another; `None` where there are too few. What is done by a date and what
/// was so up to it (截至) differ in what stands before.
fn phrase(before: &str, after: &str) -> Option<String> {
    let is_date = after.starts_with(|c: char| c.is_ascii_digit());
    let leads_up = before.chars().rev().take(if is_date { 2 } else { 0 });
    let after = after.chars().take(PHRASE).map(|c| if c.is_ascii_digit() { '0' } else { c });
    let phrase: String = after.chain(leads_up).collect();
    (phrase.chars().count() >= MIN_PHRASE).then_some(phrase)
}

/// The one place of a phrase that names another year than all the others, their year, and how many they are.
fn apart(said: &[(u16, usize, Year)], own: u16) -> Option<(usize, Year, u16, usize)> {
    let (first, others) = (said.first()?.0, said.len() - 1);
    let differs = said.iter().filter(|(year, ..)| *year != first).count();
    let odd_one = match differs {
        1 => said.iter().find(|(year, ..)| *year != first)?,
        _ if differs == others && others > 1 => &said[0],
        _ => return None,
    };
    let mut rest = said.iter().filter(|place| *place != odd_one).map(|(year, ..)| *year);
    let agreed = rest.next()?;
    // What is planned for the next year is told as well.
    let is_near = (own - 1..=own + 1).contains(&odd_one.0);
    let enough = others >= if is_near { MIN_AGREEING_NEAR } else { MIN_AGREEING };
    (enough && rest.all(|year| year == agreed)).then_some((odd_one.1, odd_one.2, agreed, others))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::TableKind;
    use crate::testing::document::TestDocument;

    fn sections(years: &[u16]) -> TestDocument {
        let sentences: Vec<String> =
            years.iter().map(|year| format!("某项支出{year}年当年预算执行数为1.00万元。")).collect();
        let sentences: Vec<&str> = sentences.iter().map(String::as_str).collect();
        TestDocument::budget().section("收入支出情况", &sentences)
    }

    #[test]
    fn one_place_of_many_names_another_year() {
        assert_eq!(sections(&[2022, 2022, 2020, 2022]).faults(&YEAR_IN_PHRASE), [Severity::Warning]);
        assert_eq!(sections(&[2020, 2022, 2022, 2022]).faults(&YEAR_IN_PHRASE), [Severity::Warning]);
        assert_eq!(sections(&[2022, 2022, 2022, 2022]).faults(&YEAR_IN_PHRASE), []);
    }

    #[test]
    fn the_year_and_the_one_before_may_share_a_phrase() {
        assert_eq!(sections(&[2022, 2022, 2023, 2022]).faults(&YEAR_IN_PHRASE), []);
        assert_eq!(sections(&[2022, 2020, 2021, 2022, 2022]).faults(&YEAR_IN_PHRASE), []);
    }

    #[test]
    fn columns_of_another_year() {
        let table = |columns: &str| {
            let document =
                TestDocument::budget().table(TableKind::ExpenditureSummary, "支出总表", columns, &["合计|1.00|1.00"]);
            document.faults(&YEAR_OF_COLUMNS)
        };
        assert_eq!(table("科目|2022年预算数|2023年预算数"), []);
        assert_eq!(table("科目|2022年预算数|2025年预算数"), [Severity::Warning]);
        assert_eq!(table("科目|2021年结转|2023年预算数"), []);
    }
}
