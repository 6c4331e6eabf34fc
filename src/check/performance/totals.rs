//! The projects of the grid together → 项目支出 of the tables.

use rust_decimal::Decimal;

use super::claims::{Claim, claims};
use super::grid::{Grid, TableExpenditure, plain};
use crate::check::figure::{Difference, Figure, compare};
use crate::check::ledger::Ledger;
use crate::check::outcomes::{Fault, RuleOutcomes};
use crate::check::rule::Rule;
use crate::document::Severity;

/// The approved amounts of all projects are the 项目支出 of a table. A grid that ties to one table leaves a gap to
/// the tables with more funds: worth a note, and an error where the narrative says that the grid's projects are all of
/// it. A grid of key projects only is smaller than every table, and proves nothing.
pub(super) const PROJECT_AMOUNTS: Rule = Rule {
    id: "project-amounts-are-project-expenditure",
    severity: Severity::Warning,
    title: "绩效目标各项目金额之和 = 项目支出",
    title_en: "amounts of the projects with targets = project expenditure",
    run: |ledger, outcomes| {
        let Some(grid) = Grid::of(ledger) else { return outcomes.not_applicable("没有项目绩效目标", None) };
        match grid.amounts() {
            Ok(amounts) => check(&grid, &amounts, ledger, outcomes),
            Err(why) => outcomes.not_applicable(why, None),
        }
    },
};

fn check(grid: &Grid<'_>, amounts: &[Figure], ledger: &Ledger<'_>, outcomes: &mut RuleOutcomes<'_>) {
    let mut compared: Vec<(TableExpenditure, Difference)> = Vec::new();
    for table in grid.tables() {
        match compare(&table.figures, amounts) {
            Ok(difference) => compared.push((table, difference)),
            Err(_) => return outcomes.not_applicable("绩效目标表或预算表的单位不明", None),
        }
    }
    if compared.is_empty() {
        return outcomes.not_applicable("各表没有项目支出合计", None);
    }
    if compared.iter().any(|(_, difference)| difference.is_rounding()) {
        return tied(grid, amounts, &compared, ledger, outcomes);
    }
    if let Some((table, others)) = without_one(&compared, amounts) {
        let message = || format!("{}：项目支出 = 绩效目标表除一个项目外各项目金额之和", table.table);
        outcomes.compare(&table.figures, &others, message);
        return;
    }
    let is_larger = compared.iter().all(|(_, difference)| difference.amount() < Decimal::ZERO);
    let nearest = compared.iter().min_by_key(|(_, difference)| difference.amount().abs());
    let Some((table, difference)) = nearest else { return };
    if is_larger {
        return outcomes.fail(larger(grid, table, difference, outcomes));
    }
    let gap = grid.gap(&table.figures, amounts, difference);
    let (stated, sum) = (plain(difference.left), plain(difference.right));
    let reason = format!("绩效目标只覆盖部分项目：各项目合计{sum}，{}项目支出{stated}，{gap}", table.table);
    outcomes.not_applicable(reason, table.figures.first().map(|figure| figure.place));
}

/// The table whose 项目支出 is that of all projects but one, and these: a fund that the department hands on to others has
/// targets, too, but is none of its own expenditure.
fn without_one<'c>(
    compared: &'c [(TableExpenditure, Difference)],
    amounts: &[Figure],
) -> Option<(&'c TableExpenditure, Vec<Figure>)> {
    let others = |left_out: usize| {
        amounts.iter().enumerate().filter(|(at, _)| *at != left_out).map(|(_, figure)| *figure).collect::<Vec<Figure>>()
    };
    let ties = |table: &TableExpenditure, others: &[Figure]| {
        others.len() > 1 && compare(&table.figures, others).is_ok_and(|found| found.is_rounding())
    };
    (0..amounts.len()).filter(|at| !amounts[*at].value.is_zero()).find_map(|left_out| {
        let others = others(left_out);
        let (table, _) = compared.iter().find(|(table, _)| ties(table, &others))?;
        Some((table, others))
    })
}

/// The grid holds all projects of one table; the tables with more are looked at.
fn tied(
    grid: &Grid<'_>,
    amounts: &[Figure],
    compared: &[(TableExpenditure, Difference)],
    ledger: &Ledger<'_>,
    outcomes: &mut RuleOutcomes<'_>,
) {
    let claims = claims(ledger);
    for (table, difference) in compared {
        if difference.is_rounding() {
            let message = || format!("{}：项目支出 = 绩效目标表{}个项目金额之和", table.table, grid.len());
            outcomes.compare(&table.figures, amounts, message);
        } else if difference.amount() > Decimal::ZERO {
            let fault = beyond(grid, amounts, table, difference, &claims, ledger, outcomes);
            outcomes.fail(fault);
        }
    }
}

/// A table whose 项目支出 goes beyond the grid. This is a fault, no comparison of figures: one wrong project could not
/// explain it, since the same projects tie to another table.
fn beyond(
    grid: &Grid<'_>,
    amounts: &[Figure],
    table: &TableExpenditure,
    difference: &Difference,
    claims: &[Claim],
    ledger: &Ledger<'_>,
    outcomes: &RuleOutcomes<'_>,
) -> Fault {
    let is_claimed = |claim: &Claim| {
        let stated = claim.amount.and_then(|statement| ledger.statement_figure(statement));
        stated.is_some_and(|stated| compare(&[stated], &table.figures).is_ok_and(|found| found.is_rounding()))
    };
    let claimed = claims.iter().any(is_claimed);
    let addition = if claimed { "；情况说明称此数均已设置绩效目标" } else { "" };
    let gap = grid.gap(&table.figures, amounts, difference);
    let sum = plain(difference.right);
    let stated = plain(difference.left);
    Fault {
        message: format!("{}：项目支出{stated}，绩效目标表{}个项目合计{sum}，{gap}{addition}", table.table, grid.len()),
        actual: Some(stated),
        expected: Some(sum),
        places: table.figures.iter().filter_map(|figure| outcomes.place(figure.place)).collect(),
        severity: Some(if claimed { Severity::Error } else { Severity::Note }),
    }
}

/// A grid with more than any table has.
fn larger(grid: &Grid<'_>, table: &TableExpenditure, difference: &Difference, outcomes: &RuleOutcomes<'_>) -> Fault {
    let sum = plain(difference.right);
    let stated = plain(difference.left);
    let gap = plain(difference.amount().abs());
    Fault {
        message: format!("绩效目标表{}个项目合计{sum}，大于{}的项目支出{stated}，多{gap}", grid.len(), table.table),
        actual: Some(sum),
        expected: Some(stated),
        places: table.figures.iter().filter_map(|figure| outcomes.place(figure.place)).collect(),
        severity: None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{Check, CheckStatus, TableKind};
    use crate::testing::document::TestDocument;

    const SUMMARY: (TableKind, &str) = (TableKind::ExpenditureSummary, "支出总表");
    const GENERAL: (TableKind, &str) = (TableKind::GeneralPublicExpenditure, "一般公共预算支出表");

    /// Two projects of 40 and 20.
    fn document(tables: &[((TableKind, &str), &str)]) -> TestDocument {
        let projects = TestDocument::budget().project("甲", "40.00", &[]).project("乙", "20.00", &[]);
        tables.iter().fold(projects, |document, ((kind, title), amount)| document.expenditure(*kind, title, amount))
    }

    fn outcomes(checks: &[Check]) -> Vec<(CheckStatus, Severity)> {
        checks.iter().map(|check| (check.status, check.severity)).collect()
    }

    #[test]
    fn a_grid_of_all_projects_ties() {
        let checks = document(&[(SUMMARY, "60.00"), (GENERAL, "60.00")]).run(&PROJECT_AMOUNTS);
        assert!(checks.len() == 2 && checks.iter().all(|check| check.status == CheckStatus::Pass), "{checks:?}");
    }

    #[test]
    fn the_gap_to_a_wider_table_is_a_note() {
        let wider = document(&[(SUMMARY, "140.00"), (GENERAL, "60.00")]);
        let checks = wider.run(&PROJECT_AMOUNTS);
        assert_eq!(outcomes(&checks), [(CheckStatus::Fail, Severity::Note), (CheckStatus::Pass, Severity::Warning)]);
        assert!(
            checks[0].message.contains("差额80.00") && !checks[0].message.contains("结转"),
            "{}",
            checks[0].message
        );
        assert!(wider.carry_over("80.00").run(&PROJECT_AMOUNTS)[0].message.contains("恰为上年结转"));
        let narrower = document(&[(SUMMARY, "60.00"), (GENERAL, "50.00")]).run(&PROJECT_AMOUNTS);
        assert_eq!(outcomes(&narrower), [(CheckStatus::Pass, Severity::Warning)], "one fund may have less");
    }

    #[test]
    fn it_is_an_error_where_the_narrative_claims_all_of_it() {
        let text = "均实行绩效目标管理，涉及项目2个，预算金额140万元。";
        let claimed = document(&[(SUMMARY, "140.00"), (GENERAL, "60.00")]).section("绩效", &[text]);
        assert_eq!(outcomes(&claimed.run(&PROJECT_AMOUNTS))[0], (CheckStatus::Fail, Severity::Error));
    }

    #[test]
    fn key_projects_prove_nothing() {
        let checks = document(&[(SUMMARY, "140.00"), (GENERAL, "90.00")]).run(&PROJECT_AMOUNTS);
        assert_eq!(checks[0].status, CheckStatus::NotApplicable);
        assert!(checks[0].reason.as_deref().is_some_and(|reason| reason.contains("差额30.00")), "{checks:?}");
    }

    #[test]
    fn one_project_may_be_of_other_money() {
        let handed_on = document(&[(SUMMARY, "60.00")]).project("惠民资金", "2149.09", &[]);
        assert_eq!(outcomes(&handed_on.run(&PROJECT_AMOUNTS)), [(CheckStatus::Pass, Severity::Warning)]);
    }

    #[test]
    fn more_than_every_table_is_a_warning() {
        let checks = document(&[(SUMMARY, "50.00"), (GENERAL, "40.00")]).run(&PROJECT_AMOUNTS);
        assert_eq!(outcomes(&checks), [(CheckStatus::Fail, Severity::Warning)]);
    }

    #[test]
    fn doubtful_grids_are_not_summed() {
        let repeated = document(&[(SUMMARY, "60.00")]).project("乙", "20.00", &[]);
        assert_eq!(outcomes(&repeated.run(&PROJECT_AMOUNTS))[0].0, CheckStatus::NotApplicable);
        let incomplete = document(&[(SUMMARY, "60.00")]).project("丙", "", &[]);
        assert_eq!(outcomes(&incomplete.run(&PROJECT_AMOUNTS))[0].0, CheckStatus::NotApplicable);
    }
}
