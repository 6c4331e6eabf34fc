//! What the narrative says of the projects with targets → the grid.

use std::cmp::Ordering;

use rust_decimal::Decimal;

use super::claims::{Claim, claims};
use super::grid::{Grid, plain};
use crate::check::figure::{Figure, Place, compare};
use crate::check::ledger::Ledger;
use crate::check::outcomes::{Fault, RuleOutcomes};
use crate::check::rule::Rule;
use crate::document::Severity;
use crate::language::vocabulary::squeezed;

/// The narrative's number of projects is that of the grid. Fewer in the grid is an error only where the grid's amounts
/// are a table's whole 项目支出: otherwise only some projects are published.
pub(super) const PROJECT_COUNT: Rule = Rule {
    id: "project-count",
    severity: Severity::Error,
    title: "情况说明的绩效目标项目数 = 绩效目标表的项目数",
    title_en: "number of projects in the narrative = number of projects in the grid",
    run: |ledger, outcomes| each_claim(ledger, outcomes, count),
};

/// The amount that the narrative states beside that number is the sum of the grid's projects, under the same
/// conditions.
pub(super) const STATED_PROJECT_AMOUNT: Rule = Rule {
    id: "stated-project-amount",
    severity: Severity::Error,
    title: "情况说明的绩效目标项目金额 = 绩效目标表各项目金额之和",
    title_en: "amount of the projects in the narrative = sum of the projects in the grid",
    run: |ledger, outcomes| each_claim(ledger, outcomes, amount),
};

const PARTLY_PUBLISHED: &str = "绩效目标表公开的只是部分项目";

fn each_claim(
    ledger: &Ledger<'_>,
    outcomes: &mut RuleOutcomes<'_>,
    check: impl Fn(&Grid<'_>, &Claim, &Ledger<'_>, &mut RuleOutcomes<'_>),
) {
    let Some(grid) = Grid::of(ledger) else { return outcomes.not_applicable("没有项目绩效目标", None) };
    for claim in claims(ledger) {
        check(&grid, &claim, ledger, outcomes);
    }
    if outcomes.is_silent() {
        outcomes.not_applicable("情况说明没有写明绩效目标的项目数或金额", None);
    }
}

fn count(grid: &Grid<'_>, claim: &Claim, ledger: &Ledger<'_>, outcomes: &mut RuleOutcomes<'_>) {
    let stated = |index: &usize| usize::try_from(ledger.statements[*index].statement.amount?.value()).ok();
    let place = claim.counts.first().map(|index| Place::Statement(*index));
    let written = place.and_then(|place| outcomes.place(place));
    let fits = |number: usize| number == grid.len() || number == grid.names();
    if let Some(number) = claim.counts.iter().filter_map(stated).find(|number| fits(*number)) {
        let message = format!("情况说明与绩效目标表均为{number}个项目");
        return outcomes.pass(message, written.into_iter().collect());
    }
    let [only] = claim.counts.as_slice() else {
        return outcomes.not_applicable("情况说明同一句中有几个项目数", place);
    };
    let Some(number) = stated(only) else { return };
    if let Some(doubt) = grid.doubt() {
        return outcomes.not_applicable(doubt, place);
    }
    let severity = match number.cmp(&grid.len()) {
        Ordering::Greater if !is_whole(grid) => return outcomes.not_applicable(PARTLY_PUBLISHED, place),
        Ordering::Greater if !may_count_otherwise(grid, claim, ledger) => Severity::Error,
        _ => Severity::Warning,
    };
    outcomes.fail(Fault {
        message: format!("情况说明称绩效目标涉及项目{number}个，绩效目标表列{}个项目", grid.len()),
        actual: Some(number.to_string()),
        expected: Some(grid.len().to_string()),
        places: written.into_iter().collect(),
        severity: Some(severity),
    });
}

/// Whether the narrative may count the same projects on another level: it names the level (二级项目), or has the same
/// amount for another number.
fn may_count_otherwise(grid: &Grid<'_>, claim: &Claim, ledger: &Ledger<'_>) -> bool {
    let words = &ledger.vocabulary.checks;
    let names_level =
        |index: &usize| words.project_levels.occur_in(&squeezed(&ledger.statements[*index].statement.item));
    let stated = claim.amount.and_then(|statement| ledger.statement_figure(statement));
    let same_amount = stated
        .zip(grid.amounts().ok())
        .is_some_and(|(stated, amounts)| compare(&[stated], &amounts).is_ok_and(|found| found.is_rounding()));
    claim.counts.iter().any(names_level) || same_amount
}

fn is_whole(grid: &Grid<'_>) -> bool {
    grid.amounts().is_ok_and(|amounts| grid.is_whole(&amounts))
}

fn amount(grid: &Grid<'_>, claim: &Claim, ledger: &Ledger<'_>, outcomes: &mut RuleOutcomes<'_>) {
    let Some(statement) = claim.amount else { return };
    let Some(stated) = ledger.statement_figure(statement) else { return };
    let place = Some(stated.place);
    let amounts = match grid.amounts() {
        Ok(amounts) => amounts,
        Err(why) => return outcomes.not_applicable(why, place),
    };
    let Ok(difference) = compare(&[stated], &amounts) else {
        return outcomes.not_applicable("绩效目标表的单位不明", place);
    };
    let severity = match judged(grid, claim, &amounts, difference.amount()) {
        _ if difference.is_rounding() => Severity::Error,
        Ok(severity) => severity,
        Err(why) => return outcomes.not_applicable(why, place),
    };
    outcomes.compare_as(severity, &[stated], &amounts, || {
        let gap = grid.gap(&[stated], &amounts, &difference);
        let gap = if difference.is_rounding() { String::new() } else { format!("，{gap}") };
        let (stated, sum) = (plain(difference.left), plain(difference.right));
        format!("情况说明称绩效目标涉及金额{stated}，绩效目标表{}个项目合计{sum}{gap}", grid.len())
    });
}

/// How grave a gap between the narrative and the grid is, or why it says nothing.
fn judged(grid: &Grid<'_>, claim: &Claim, amounts: &[Figure], gap: Decimal) -> Result<Severity, &'static str> {
    if claim.is_of_one_fund {
        return Err("情况说明的金额只是一种资金");
    }
    if claim.counts.len() > 1 {
        return Err("情况说明同一句中有几个项目数");
    }
    match (grid.is_whole(amounts), gap > Decimal::ZERO) {
        (true, _) => Ok(Severity::Error),
        (false, true) => Err(PARTLY_PUBLISHED),
        (false, false) => Ok(Severity::Warning),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{Check, CheckStatus, TableKind};
    use crate::testing::document::TestDocument;

    /// Two projects of 40 and 20, a table with so much 项目支出, and a sentence about so many projects and so much money.
    fn document(table: &str, number: &str, amount: &str) -> TestDocument {
        TestDocument::budget()
            .project("甲", "40.00", &[])
            .project("乙", "20.00", &[])
            .expenditure(TableKind::GeneralPublicExpenditure, "一般公共预算支出表", table)
            .section("绩效", &[&format!("均实行绩效目标管理，涉及项目{number}个，预算金额{amount}万元。")])
    }

    fn outcome(checks: &[Check]) -> (CheckStatus, Severity) {
        assert_eq!(checks.len(), 1, "{checks:?}");
        (checks[0].status, checks[0].severity)
    }

    #[test]
    fn a_whole_grid_must_have_the_number() {
        assert_eq!(outcome(&document("60.00", "2", "60").run(&PROJECT_COUNT)).0, CheckStatus::Pass);
        let fewer = document("60.00", "3", "90").run(&PROJECT_COUNT);
        assert_eq!(outcome(&fewer), (CheckStatus::Fail, Severity::Error));
        assert_eq!((fewer[0].actual.as_deref(), fewer[0].expected.as_deref()), (Some("3"), Some("2")));
    }

    #[test]
    fn a_grid_of_some_projects_may_have_fewer_but_not_more() {
        assert_eq!(outcome(&document("90.00", "3", "90").run(&PROJECT_COUNT)).0, CheckStatus::NotApplicable);
        let more = document("90.00", "1", "90").run(&PROJECT_COUNT);
        assert_eq!(outcome(&more), (CheckStatus::Fail, Severity::Warning));
    }

    #[test]
    fn projects_of_another_level_are_a_warning() {
        let same_amount = document("60.00", "3", "60").run(&PROJECT_COUNT);
        assert_eq!(outcome(&same_amount), (CheckStatus::Fail, Severity::Warning));
        let level = TestDocument::budget()
            .project("甲", "60.00", &[])
            .expenditure(TableKind::GeneralPublicExpenditure, "一般公共预算支出表", "60.00")
            .section("绩效", &["均编报绩效目标，涉及二级项目3个。"]);
        assert_eq!(outcome(&level.run(&PROJECT_COUNT)), (CheckStatus::Fail, Severity::Warning));
    }

    #[test]
    fn projects_of_several_units_count_once() {
        let document = document("90.00", "2", "90").project("甲", "30.00", &[]);
        assert_eq!(outcome(&document.run(&PROJECT_COUNT)).0, CheckStatus::Pass);
    }

    #[test]
    fn the_amount_beside_the_number() {
        assert_eq!(outcome(&document("60.00", "2", "60").run(&STATED_PROJECT_AMOUNT)).0, CheckStatus::Pass);
        let carried = document("60.00", "2", "140").carry_over("80.00");
        let found = carried.run(&STATED_PROJECT_AMOUNT);
        assert_eq!(outcome(&found), (CheckStatus::Fail, Severity::Error));
        assert!(found[0].message.contains("差额80.00，恰为上年结转"), "{}", found[0].message);
        assert_eq!(outcome(&document("90.00", "3", "90").run(&STATED_PROJECT_AMOUNT)).0, CheckStatus::NotApplicable);
        let less = document("90.00", "2", "50").run(&STATED_PROJECT_AMOUNT);
        assert_eq!(outcome(&less), (CheckStatus::Fail, Severity::Warning));
    }

    #[test]
    fn an_amount_of_one_fund_is_not_all() {
        let document = document("60.00", "2", "60");
        let document = document.section("基金", &["绩效目标涉及政府性基金预算20万元，项目2个。"]);
        let found = document.run(&STATED_PROJECT_AMOUNT);
        assert_eq!(
            found.iter().map(|check| check.status).collect::<Vec<_>>(),
            [CheckStatus::Pass, CheckStatus::NotApplicable]
        );
    }

    #[test]
    fn silence_is_said() {
        let silent = TestDocument::budget().project("甲", "40.00", &[]);
        assert_eq!(outcome(&silent.run(&PROJECT_COUNT)).0, CheckStatus::NotApplicable);
    }
}
