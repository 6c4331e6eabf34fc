//! Checks between tables, each only where the money covered is the same.

mod basic;
mod classes;
mod listed_codes;
mod names;
mod subjects;
mod three_public;
mod totals;

use super::figure::{Figure, compare};
use super::ledger::Ledger;
use super::outcomes::RuleOutcomes;
use super::rule::Rule;
use crate::document::Severity;

use rust_decimal::Decimal;

/// The checks of this folder.
pub(super) static RULES: &[Rule] = &[
    totals::REVENUE_TABLE,
    totals::EXPENDITURE_TABLE,
    totals::APPROPRIATION_TABLES,
    totals::TOTAL_ROW,
    classes::CLASSES_OF_SUMMARY,
    classes::CLASSES_OF_APPROPRIATION,
    subjects::SUBJECTS_AGREE,
    subjects::SUBJECTS_LISTED,
    basic::BASIC_TABLE,
    three_public::ECONOMIC_ITEMS,
    names::ONE_NAME_FOR_A_CODE,
    names::ONE_CODE_FOR_A_NAME,
    names::SUBJECT_OF_THE_YEAR,
    listed_codes::CODE_LISTED,
];

/// Totals that two tables sum from rounded figures drift apart by up to so many last digits: worth a note, not an error.
const DRIFT: u32 = 5;

/// Compares two figures that are the same unless carried-over money is in one of them only: then the carry-over that
/// the document prints must be the whole difference, and the message says so.
fn tie(
    outcomes: &mut RuleOutcomes<'_>,
    ledger: &Ledger<'_>,
    left: &[Figure],
    right: &[Figure],
    message: &str,
) -> Option<bool> {
    let holds =
        |left: &[Figure], right: &[Figure]| compare(left, right).is_ok_and(|difference| difference.is_rounding());
    if !holds(left, right) {
        for carried in ledger.carried_over().into_iter().chain(ledger.carried_on()) {
            let with = |figures: &[Figure]| figures.iter().copied().chain([carried]).collect::<Vec<Figure>>();
            if holds(left, &with(right)) {
                return outcomes.compare(left, &with(right), || format!("{message} + 结转结余（后者不含结转结余）"));
            }
            if holds(&with(left), right) {
                return outcomes.compare(&with(left), right, || format!("{message} − 结转结余（前者不含结转结余）"));
            }
        }
    }
    let drifts = compare(left, right).is_ok_and(|found| {
        let last_digit =
            left.iter().chain(right).map(|figure| figure.half_step).max().unwrap_or_default() * Decimal::TWO;
        found.amount().abs() <= last_digit * Decimal::from(DRIFT)
    });
    let severity = if drifts { Severity::Note } else { outcomes.severity() };
    outcomes.compare_as(severity, left, right, || message.to_owned())
}

#[cfg(test)]
mod tests {
    use crate::document::TableKind;
    use crate::testing::document::TestDocument;

    const BY_SUBJECT: &str = "科目编码|科目名称|合计|基本支出|项目支出";
    const TWO_SIDES: &str = "收入/项目|收入/预算数|支出/项目|支出/预算数";

    fn summary(class: &str) -> TestDocument {
        let rows = [
            &format!("一、一般公共预算拨款收入|90.00|一、一般公共服务支出|{class}")[..],
            "本年收入合计|90.00|本年支出合计|100.00",
            "上年结转|10.00|结转下年|",
            "收入总计|100.00|支出总计|100.00",
        ];
        TestDocument::budget().table(TableKind::RevenueExpenditureSummary, "收支总表", TWO_SIDES, &rows)
    }

    fn with_expenditure(budget: TestDocument, total: &str) -> TestDocument {
        let rows = [&format!("|合计|{total}|60.00|40.00")[..], &format!("201|一般公共服务支出|{total}|60.00|40.00")];
        budget.table(TableKind::ExpenditureSummary, "支出总表", BY_SUBJECT, &rows)
    }

    #[test]
    fn tables_tie_to_the_summary() {
        let budget = with_expenditure(summary("100.00"), "100.00");
        assert_eq!(budget.outcomes("expenditure-table-ties-to-summary"), (1, 0, 0));
        assert_eq!(budget.outcomes("classes-of-summary-tie"), (1, 0, 0));
        let budget = with_expenditure(summary("100.00"), "107.00");
        assert_eq!(budget.outcomes("expenditure-table-ties-to-summary"), (0, 1, 0));
    }

    #[test]
    fn carried_over_money_explains_a_difference() {
        // The table covers the money of the year only: 90 of 100.
        let budget = with_expenditure(summary("100.00"), "90.00");
        assert_eq!(budget.outcomes("expenditure-table-ties-to-summary"), (1, 0, 0));
        let (checks, _) = budget.checked();
        let tie = checks.iter().find(|check| check.id == "expenditure-table-ties-to-summary").expect("the check");
        assert!(tie.message.contains("结转结余"), "{}", tie.message);
    }

    #[test]
    fn appropriations_are_compared_with_all_their_tables() {
        let budget = |tables: &[(TableKind, &str)]| {
            let rows = ["一、本年收入|100.00|一、本年支出|100.00", "收入总计|100.00|支出总计|100.00"];
            let kind = TableKind::FiscalAppropriationSummary;
            let mut budget = TestDocument::budget().table(kind, "财政拨款收支总表", TWO_SIDES, &rows);
            for (kind, total) in tables {
                budget = budget.table(*kind, "支出表", BY_SUBJECT, &[&format!("|合计|{total}|{total}|")]);
            }
            budget.outcomes("appropriation-tables-tie-to-summary")
        };
        let general = |total| (TableKind::GeneralPublicExpenditure, total);
        let funds = (TableKind::GovernmentFundExpenditure, "30.00");
        let state = (TableKind::StateCapitalExpenditure, "0.00");
        assert_eq!(budget(&[general("70.00"), funds, state]), (1, 0, 0));
        assert_eq!(budget(&[general("60.00"), funds, state]), (0, 1, 0));
        assert_eq!(budget(&[general("100.00")]), (1, 0, 0));
        assert_eq!(budget(&[general("70.00")]), (0, 0, 1), "the fund's table is missing, not its money");
    }

    #[test]
    fn subjects_of_tables_that_cover_the_same_money_agree() {
        let two = |second: &str| {
            let rows =
                ["|合计|30.00|30.00|", "201|一般公共服务支出|10.00|10.00|", "208|社会保障和就业支出|20.00|20.00|"];
            let others = [&format!("|合计|{second}|{second}|")[..], "201|一般公共服务支出|15.00|15.00|"];
            TestDocument::budget().table(TableKind::ExpenditureSummary, "支出总表", BY_SUBJECT, &rows).table(
                TableKind::GeneralPublicExpenditure,
                "一般公共预算支出表",
                BY_SUBJECT,
                &others,
            )
        };
        assert_eq!(two("30.00").failures("subject-agrees-across-tables").len(), 2, "the total and its basic part");
        let (passed, failed, not_applicable) = two("25.00").outcomes("subject-agrees-across-tables");
        assert_eq!((passed, failed, not_applicable), (0, 0, 2), "other money is in one of them");
    }

    #[test]
    fn basic_expenditure_ties_in_any_unit() {
        let budget = |total: &str| {
            let function = ["|合计|100.00|60.00|40.00"];
            let economic =
                [&format!("|合计|{total}|500000.00|100000.00")[..], "301|工资福利支出|600000.00|500000.00|100000.00"];
            TestDocument::budget()
                .table(TableKind::GeneralPublicExpenditure, "一般公共预算支出表", BY_SUBJECT, &function)
                .table(
                    TableKind::GeneralPublicBasicExpenditure,
                    "一般公共预算基本支出表",
                    "科目编码|科目名称|合计|人员经费|公用经费",
                    &economic,
                )
                .unit(Some("元"))
        };
        assert_eq!(budget("600000.00").outcomes("basic-expenditure-ties"), (1, 0, 0));
        assert_eq!(budget("610000.00").outcomes("basic-expenditure-ties"), (0, 1, 0));
        assert_eq!(budget("600000.00").unit(None).outcomes("basic-expenditure-ties"), (0, 0, 1), "an unknown unit");
    }

    #[test]
    fn three_public_expenses_cover_what_basic_expenditure_pays() {
        let budget = |reception: &str| {
            TestDocument::budget()
                .table(
                    TableKind::GeneralPublicBasicExpenditure,
                    "一般公共预算基本支出表",
                    "科目编码|科目名称|合计",
                    &["|合计|18.30", "30217|公务接待费|18.30"],
                )
                .table(TableKind::ThreePublic, "“三公”经费支出表", "合计|公务接待费", &[&format!("50.00|{reception}")])
        };
        assert_eq!(budget("18.30").outcomes("three-public-covers-basic-items"), (1, 0, 0));
        assert_eq!(budget("17.30").outcomes("three-public-covers-basic-items"), (0, 1, 0));
        assert_eq!(budget("20.00").outcomes("three-public-covers-basic-items"), (0, 0, 1), "projects may pay as well");
    }

    #[test]
    fn codes_have_one_name_and_that_of_the_year() {
        let named = |name: &str| {
            let rows = ["210|卫生健康支出|1|1|".to_owned(), format!("20805|{name}|1|1|")];
            let rows: Vec<&str> = rows.iter().map(String::as_str).collect();
            let others = ["20805|行政事业单位养老支出|1|1|"];
            TestDocument::budget().table(TableKind::ExpenditureSummary, "支出总表", BY_SUBJECT, &rows).table(
                TableKind::GeneralPublicExpenditure,
                "一般公共预算支出表",
                BY_SUBJECT,
                &others,
            )
        };
        assert_eq!(named("行政事业单位养老支出").outcomes("one-name-for-a-code"), (1, 0, 0));
        assert_eq!(named("行政事业单位养老支出").failures("subject-as-in-classification"), []);
        let old = named("行政事业单位离退休");
        assert_eq!(old.outcomes("one-name-for-a-code").1, 1);
        let expected = ("行政事业单位离退休".to_owned(), "行政事业单位养老支出".to_owned());
        assert_eq!(old.failures("subject-as-in-classification"), [expected]);
    }
}
