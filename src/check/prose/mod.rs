//! What the narrative states, against the tables and against itself.
//!
//! Each stated amount is read with what it is about and of which year ([`reading`]), and looked for among the figures
//! that the tables name ([`named`]).

mod echoes;
mod execution;
mod growth;
mod lists;
mod named;
mod reading;
mod repeats;
mod shares;
mod subjects;
mod tables;

use super::examination::Examination;
use super::rule::Rule;

/// What the narrative says, and the figures that it can be compared with.
#[derive(Debug)]
pub(in crate::check) struct Prose {
    /// Every stated amount of money.
    readings: Vec<reading::Reading>,
    /// The figures that prose can name.
    figures: named::Figures,
}

impl Prose {
    /// Of a document; read once.
    fn of<'l>(ledger: &'l Examination<'_>) -> &'l Self {
        ledger.prose.get_or_init(|| Self { readings: reading::readings(ledger), figures: named::Figures::of(ledger) })
    }
}

/// The checks of this folder.
pub(super) static RULES: &[Rule] = &[
    tables::STATEMENT_MATCHES_TABLE,
    tables::CHANGE_MATCHES_PRIOR_YEAR,
    repeats::AMOUNT_STATED_ALIKE,
    echoes::EQUAL_AMOUNTS_CHANGE_ALIKE,
    echoes::NEARLY_EQUAL,
    echoes::YEAR_OF_AMOUNT,
    growth::RATE_FROM_CHANGE,
    growth::RATE_FROM_TWO_AMOUNTS,
    growth::CHANGE_FROM_TWO_AMOUNTS,
    growth::COMPLETION_RATE,
    execution::EXECUTION_IN_WORDS,
    shares::SHARE_OF_WHOLE,
    lists::LIST_ADDS_UP,
    lists::COUNTS_ADD_UP,
    subjects::SUBJECT_NAME_IN_TEXT,
];

#[cfg(test)]
mod tests {
    use crate::check::testing::outcomes;
    use crate::document::{PublicationKind, Severity, TableKind};
    use crate::testing::document::TestDocument;

    fn with_table() -> TestDocument {
        let columns = "科目编码|科目名称|合计|基本支出|项目支出";
        let rows = [
            "|合计|30.00|20.00|10.00",
            "201|一般公共服务支出|30.00|20.00|10.00",
            "20103|政府办公厅（室）及相关机构事务|30.00|20.00|10.00",
            "2010301|行政运行|20.00|20.00|",
            "2010350|事业运行|10.00||10.00",
        ];
        TestDocument::budget().table(TableKind::GeneralPublicExpenditure, "一般公共预算支出表", columns, &rows)
    }

    fn stated(text: &str) -> TestDocument {
        with_table().section("关于某市财政局2023年一般公共预算当年拨款情况说明", &[text])
    }

    #[test]
    fn stated_amounts_are_those_of_the_table() {
        let id = "stated-amount-matches-table";
        assert_eq!(stated("某市财政局2023年一般公共预算当年拨款30.00万元。").outcomes(id), (1, 0, 0));
        assert_eq!(stated("基本支出20万元，项目支出10万元。").outcomes(id), (2, 0, 0));
        let path = "一般公共服务支出（类）政府办公厅（室）及相关机构事务（款）行政运行（项）2023年预算数为21.00万元。";
        assert_eq!(stated(path).failures(id), [("21.00".to_owned(), "20.00".to_owned())]);
        assert_eq!(stated("某市财政局购买办公用品3.00万元。").outcomes(id), (0, 0, 1), "nothing to compare with");
        assert_eq!(stated("上年预算数为25.00万元。").outcomes(id).1, 0, "of another year");
    }

    #[test]
    fn a_wrong_unit_is_a_wrong_amount() {
        let failures = stated("2023年一般公共预算当年拨款30.00元。").failures("stated-amount-matches-table");
        assert_eq!(failures.len(), 1);
    }

    #[test]
    fn rates_follow_from_changes() {
        let id = "growth-rate-from-change";
        assert_eq!(stated("基本支出20.00万元，比上年增加5.00万元，增长33.33%。").outcomes(id), (1, 0, 0));
        assert_eq!(stated("基本支出20.00万元，比上年增加5.00万元，增长25.00%。").outcomes(id), (0, 1, 0));
        assert_eq!(stated("基本支出20.00万元，比上年减少5.00万元，下降20%。").outcomes(id), (1, 0, 0));
        assert_eq!(stated("基本支出20.00万元，比上年增加20.00万元，增长100%。").outcomes(id).1, 0, "from nothing");
        let apart =
            |rate: &str| format!("2023年收入、支出总计20.00万元。与上年相比，收、支总计各增加5.00万元，增长{rate}%。");
        assert_eq!(stated(&apart("33.33")).outcomes(id), (1, 0, 0), "in a clause of its own");
        assert_eq!(stated(&apart("25.00")).outcomes(id), (0, 1, 0));
    }

    #[test]
    fn rates_follow_from_two_amounts_and_so_does_their_direction() {
        let id = "growth-rate-from-two-amounts";
        let text = |rate: &str| {
            format!("2022年当年预算执行数为43269.3万元，2023年预算安排3845.49万元，比2022年预算执行数{rate}。")
        };
        assert_eq!(stated(&text("减少91.11%")).outcomes(id), (1, 0, 0));
        assert_eq!(stated(&text("增加17.62%")).failures(id), [("17.62%".to_owned(), "-91.11%".to_owned())]);
        let text = "2023年预算数为7.61万元，2022年预算数为9.23万元，和2022年相比预算减少1.52万元。";
        assert_eq!(stated(text).outcomes("change-from-two-amounts"), (0, 1, 0));
    }

    #[test]
    fn accounts_are_more_or_less_than_their_budget_as_is_said() {
        let id = "execution-in-words";
        let outcomes = |budget: &str, spent: &str, words: &str| {
            let text = format!("公务接待费年初预算为{budget}万元，支出决算为{spent}万元，{words}的主要原因是压缩。");
            TestDocument::budget().kind(PublicationKind::FinalAccounts).section("说明", &[&text]).outcomes(id)
        };
        assert_eq!(outcomes("5.00", "3.00", "决算数小于年初预算数"), (1, 0, 0));
        assert_eq!(outcomes("5.00", "3.00", "决算数大于预算数"), (0, 1, 0));
        assert_eq!(outcomes("5.00", "3.00", "决算数等于预算数"), (0, 1, 0));
        assert_eq!(outcomes("5.00", "3.00", "决算数与年初预算数持平"), (0, 1, 0));
        assert_eq!(outcomes("5.00", "5.00", "决算数与年初预算数持平"), (1, 0, 0));
        assert_eq!(outcomes("5.00", "4.99", "决算数与年初预算数基本持平"), (0, 0, 1), "about the same");
    }

    #[test]
    fn a_last_digit_cut_off_is_a_note() {
        let (checks, _) = stated("房屋2000.00万元，比上年增加500.00万元，增长33.32%。").checked();
        let found = checks.iter().find(|check| check.id == "growth-rate-from-change").expect("the check");
        assert_eq!(found.severity, Severity::Note);
    }

    #[test]
    fn changes_are_those_of_the_table() {
        let columns = "上年预算数/合计|上年预算数/公务接待费|2023年预算数/合计|2023年预算数/公务接待费";
        let outcome = |change: &str| {
            let text = format!("某市财政局2023年“三公”经费预算数为45.30万元，比上年{change}。");
            TestDocument::budget()
                .table(TableKind::ThreePublic, "“三公”经费支出表", columns, &["44.70|17.70|45.30|18.30"])
                .section("关于某市财政局2023年“三公”经费预算情况说明", &[&text])
                .outcomes("stated-change-matches-prior-year")
        };
        assert_eq!(outcome("增加0.60万元"), (1, 0, 0));
        assert_eq!(outcome("减少0.60万元"), (0, 1, 0));
        assert_eq!(outcome("增加0.90万元"), (0, 1, 0));
    }

    #[test]
    fn shares_are_of_their_whole() {
        let id = "share-of-whole";
        let text = "支出预算30.00万元，其中：基本支出20.00万元，占66.67%；项目支出10.00万元，占33.33%。";
        assert_eq!(stated(text).outcomes(id), (2, 0, 0));
        let text = "支出预算30.00万元，其中：基本支出20.00万元，占66.67%；项目支出10.00万元，占35.33%。";
        assert_eq!(stated(text).failures(id), [("35.33%".to_owned(), "33.33%".to_owned())]);
    }

    #[test]
    fn complete_lists_and_counts_add_up() {
        let procurement = |works: &str| {
            format!(
                "政府采购预算总额80万元，其中：政府采购货物预算50万元、政府采购工程预算{works}万元、政府采购服务预算10万元。"
            )
        };
        assert_eq!(stated(&procurement("20")).outcomes("list-in-text-adds-up"), (1, 0, 0));
        assert_eq!(stated(&procurement("25")).outcomes("list-in-text-adds-up"), (0, 1, 0));
        let cars = |first: &str| format!("共有车辆8辆，其中，领导干部用车{first}辆、一般公务用车7辆、其他用车0辆。");
        assert_eq!(stated(&cars("1")).outcomes("counts-in-text-add-up"), (1, 0, 0));
        assert_eq!(stated(&cars("2")).outcomes("counts-in-text-add-up"), (0, 1, 0));
    }

    #[test]
    fn one_paragraph_states_one_amount() {
        let text = "一般公共服务支出（类）政府办公厅（室）及相关机构事务（款）行政运行（项）20.00万元。\
                    2022年当年预算执行数为19.00万元，2023年预算安排21.00万元，比2022年预算执行数增加10.53%。";
        assert_eq!(stated(text).failures("amount-stated-alike"), [("21.00".to_owned(), "20.00".to_owned())]);
    }

    #[test]
    fn old_names_of_subjects_are_found_in_the_text() {
        let columns = "科目编码|科目名称|合计";
        let rows = ["210|卫生健康支出|9.00", "21011|行政事业单位医疗|9.00", "2101101|行政单位医疗|9.00"];
        let text = "医疗卫生与计划生育支出（210类）行政事业单位医疗（11款）行政单位医疗（01项）9.00万元。";
        let budget = TestDocument::budget()
            .table(TableKind::GeneralPublicExpenditure, "一般公共预算支出表", columns, &rows)
            .section("预算编制说明", &[text]);
        let expected = ("医疗卫生与计划生育支出".to_owned(), "卫生健康支出".to_owned());
        assert_eq!(budget.failures("subject-name-in-text"), [expected]);
    }

    #[test]
    fn completion_is_spent_of_budgeted() {
        let outcome = |rate: &str| {
            let text =
                format!("一般公共预算财政拨款支出年初预算为40.00万元，支出决算为30.00万元，完成年初预算的{rate}%。");
            let (checks, _) = stated(&text).kind(PublicationKind::FinalAccounts).checked();
            outcomes(&checks, "completion-rate")
        };
        assert_eq!(outcome("75.00"), (1, 0, 0));
        assert_eq!(outcome("80.00"), (0, 1, 0));
    }
}
