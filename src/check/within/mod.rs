//! Checks within one table.

mod balance;
mod codes;
mod columns;
mod rows;

use super::rule::Rule;

/// The checks of this folder.
pub(super) static RULES: &[Rule] = &[
    columns::TOTAL_IS_BASIC_PLUS_PROJECT,
    columns::PERSONNEL_PLUS_OPERATING,
    columns::THREE_PUBLIC_IS_SUM,
    columns::VEHICLES_IS_SUM,
    columns::ROW_TOTAL_IS_SUM_OF_FUNDS,
    rows::TOTAL_IS_SUM_OF_CLASSES,
    rows::SUBJECT_IS_SUM_OF_SUBJECTS,
    rows::ITEM_IS_SUM_OF_PARTS,
    rows::GRAND_TOTAL,
    balance::REVENUE_EQUALS_EXPENDITURE,
    codes::CODE_ORDER,
    codes::CODE_UNDER_PARENT,
    codes::DUPLICATE_CODE,
];

#[cfg(test)]
mod tests {
    use crate::check::testing::outcomes;
    use crate::document::{CheckStatus, TableKind};
    use crate::testing::document::TestDocument;

    const BY_SUBJECT: &str = "科目编码|科目名称|合计|基本支出|项目支出";

    fn expenditure(rows: &[&str]) -> TestDocument {
        TestDocument::budget().table(TableKind::ExpenditureSummary, "支出总表", BY_SUBJECT, rows)
    }

    #[test]
    fn codes_and_columns_add_up() {
        let budget = expenditure(&[
            "|合计|30.01|20.00|10.00",
            "201|一般公共服务支出|20.00|20.00|",
            "20103|政府办公厅（室）及相关机构事务|20.00|20.00|",
            "2010301|行政运行|20.00|20.00|",
            "208|社会保障和就业支出|10.00||10.00",
        ]);
        let (checks, facts) = budget.checked();
        assert_eq!(outcomes(&checks, "total-is-basic-plus-project"), (5, 0, 0), "0.01 of two addends is rounding");
        assert_eq!(outcomes(&checks, "total-is-sum-of-classes"), (3, 0, 0));
        assert_eq!(outcomes(&checks, "subject-is-sum-of-subjects"), (4, 0, 0));
        assert!(facts.iter().all(|(_, verified_by)| *verified_by > 0), "{facts:?}");
    }

    #[test]
    fn a_wrong_amount_is_found_in_its_row_and_in_its_column() {
        let budget = expenditure(&[
            "|合计|30.00|20.00|10.00",
            "201|一般公共服务支出|20.00|20.00|",
            "208|社会保障和就业支出|10.00||10.05",
        ]);
        let (checks, _) = budget.checked();
        assert_eq!(outcomes(&checks, "total-is-basic-plus-project"), (2, 1, 0), "a real 0.05 is not excused");
        let suspects: Vec<_> = checks.iter().filter_map(|check| check.suspect.as_ref()).collect();
        assert_eq!((suspects.len(), suspects[0].should_be.as_str()), (2, "10.00"));
        assert_eq!((suspects[0].place.row, suspects[0].place.column), (Some(2), Some(4)));
    }

    #[test]
    fn a_total_that_is_its_first_class_alone_is_wrong() {
        let budget = expenditure(&[
            "|合计|100.00|100.00|",
            "201|一般公共服务支出|100.00|100.00|",
            "208|社会保障和就业支出|5.00|5.00|",
        ]);
        assert_eq!(budget.failures("total-is-sum-of-classes").len(), 2);
    }

    #[test]
    fn three_code_columns_are_one_code() {
        let columns = "类|款|项|科目名称|合计";
        let rows = ["201||||10.00", "201|3|||10.00", "201|3|01|行政运行|9.00", "|||合计|10.00"];
        let budget =
            TestDocument::budget().table(TableKind::GeneralPublicExpenditure, "一般公共预算支出表", columns, &rows);
        let failures = budget.failures("subject-is-sum-of-subjects");
        assert_eq!(failures, [("10.00".to_owned(), "9.00".to_owned())]);
    }

    #[test]
    fn missing_figures_are_never_a_pass() {
        let budget = expenditure(&["|合计|30.00||", "201|一般公共服务支出||20.00|10.00"]);
        assert_eq!(budget.outcomes("total-is-basic-plus-project"), (0, 2, 0), "nothing stands against something");
        let none = TestDocument::budget().outcomes("total-is-basic-plus-project");
        assert_eq!(none, (0, 0, 1));
    }

    #[test]
    fn a_figure_in_the_column_beside_its_own_is_found_and_confirmed_by_no_row() {
        let budget = |moved: &str| {
            expenditure(&["|合计|30.00|20.00|10.00", "201|一般公共服务支出|20.00|20.00|", moved]).checked()
        };
        let (checks, facts) = budget("208|社会保障和就业支出|10.00||10.00");
        assert!(checks.iter().all(|check| check.status != CheckStatus::Fail), "{checks:?}");
        assert!(facts.iter().all(|(_, verified_by)| *verified_by > 0), "{facts:?}");
        let (checks, facts) = budget("208|社会保障和就业支出|10.00|10.00|");
        assert_eq!(outcomes(&checks, "total-is-basic-plus-project").1, 0, "the row still adds up");
        assert_eq!(outcomes(&checks, "total-is-sum-of-classes").1, 2);
        assert_eq!(facts.last(), Some(&("10.00".to_owned(), 0)));
    }

    #[test]
    fn a_heading_without_amounts_is_no_missing_sum() {
        let budget = expenditure(&[
            "|合计|30.00|20.00|10.00",
            "201|一般公共服务支出|||",
            "20103|政府办公厅（室）及相关机构事务|30.00|20.00|10.00",
        ]);
        assert_eq!(budget.outcomes("subject-is-sum-of-subjects").1, 0);
    }

    #[test]
    fn two_sides_balance_and_lists_add_up() {
        let columns = "收入/项目|收入/预算数|支出/项目|支出/预算数";
        let rows = |total: &'static str| {
            [
                "一、本年收入|90.00|一、本年支出|100.00",
                "（一）一般公共预算拨款|90.00|（一）一般公共服务支出|60.00",
                "（二）政府性基金预算拨款||（二）住房保障支出|40.00",
                "二、上年结转|10.00|二、结转下年|",
                total,
            ]
        };
        let budget = |total| {
            let kind = TableKind::FiscalAppropriationSummary;
            TestDocument::budget().table(kind, "财政拨款收支总表", columns, &rows(total))
        };
        let (checks, _) = budget("收入总计|100.00|支出总计|100.00").checked();
        assert_eq!(outcomes(&checks, "revenue-equals-expenditure"), (1, 0, 0));
        assert_eq!(outcomes(&checks, "item-is-sum-of-parts").1, 0);
        assert_eq!(outcomes(&checks, "total-is-sum-of-classes"), (2, 0, 0));
        let (checks, _) = budget("收入总计|100.00|支出总计|110.00").checked();
        assert_eq!(outcomes(&checks, "revenue-equals-expenditure"), (0, 1, 0));
        assert_eq!(outcomes(&checks, "total-is-sum-of-classes"), (1, 1, 0));
    }

    #[test]
    fn three_public_expenses_are_three() {
        let columns = "2023年预算数/合计|2023年预算数/因公出国（境）费|2023年预算数/公务用车购置及运行费/小计|\
                       2023年预算数/公务用车购置及运行费/公务用车购置费|2023年预算数/公务用车购置及运行费/公务用车运行费|\
                       2023年预算数/公务接待费";
        let outcome = |row: &str| {
            let budget = TestDocument::budget().table(TableKind::ThreePublic, "“三公”经费支出表", columns, &[row]);
            (budget.outcomes("three-public-is-sum-of-items"), budget.outcomes("vehicles-is-purchase-plus-operation"))
        };
        assert_eq!(outcome("45.30||27.00||27.00|18.30"), ((1, 0, 0), (1, 0, 0)));
        assert_eq!(outcome("45.30||27.00|5.00|27.00|17.30"), ((0, 1, 0), (0, 1, 0)));
    }

    #[test]
    fn codes_are_in_order_under_their_parents_and_once() {
        let budget = expenditure(&[
            "201|一般公共服务支出|1|1|",
            "20103|政府办公厅（室）及相关机构事务|1|1|",
            "2010350|事业运行|1|1|",
            "2010301|行政运行|1|1|",
            "2010301|行政运行|1|1|",
            "2080505|机关事业单位基本养老保险缴费支出|1|1|",
        ]);
        assert_eq!(budget.failures("codes-in-order").len(), 1);
        assert_eq!(budget.failures("duplicate-code").len(), 1);
        assert_eq!(budget.failures("code-under-its-parent"), [("2080505".to_owned(), "20805".to_owned())]);
    }

    #[test]
    fn of_two_classifications_the_first_is_followed() {
        let columns = "部门科目编码|部门科目名称|政府科目编码|政府科目名称|合计";
        let outcomes = |rows: &[&str]| {
            let kind = TableKind::GeneralPublicBasicExpenditure;
            let budget = TestDocument::budget().table(kind, "一般公共预算基本支出表", columns, rows);
            let of = |id| budget.outcomes(id).1;
            (
                of("codes-in-order"),
                of("duplicate-code"),
                of("subject-is-sum-of-subjects"),
                of("total-is-sum-of-classes"),
            )
        };
        let mut rows = [
            "合计||||9",
            "301|工资福利支出|501|机关工资福利支出|5",
            "30101|基本工资|50101|工资奖金津补贴|3",
            "30102|津贴补贴|50101|工资奖金津补贴|2",
            "301|工资福利支出|505|对事业单位经常性补助|4",
            "30101|基本工资|50501|工资福利支出|4",
        ];
        assert_eq!(outcomes(&rows), (0, 0, 0, 0));
        rows[3] = "30101|津贴补贴|50101|工资奖金津补贴|2";
        assert_eq!(outcomes(&rows).1, 1, "a pair of codes comes once");
    }

    #[test]
    fn a_total_that_covers_other_columns_is_no_sum() {
        let columns = "单位名称|合计|一般公共预算|政府性基金预算";
        let rows = ["甲|10.00|1.00|2.00", "乙|20.00|1.00|2.00"];
        let budget = TestDocument::budget().table(TableKind::RevenueSummary, "收入总表", columns, &rows);
        assert_eq!(budget.outcomes("row-total-is-sum-of-funds"), (0, 0, 1));
    }
}
