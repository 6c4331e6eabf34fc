//! The indicators of each project by themselves: units, texts that the reporting system cut, weights.

use rust_decimal::Decimal;

use super::grid::Grid;
use crate::check::ledger::Ledger;
use crate::check::outcomes::{Fault, RuleOutcomes};
use crate::check::rule::Rule;
use crate::document::{Indicator, Project, Severity};
use crate::language::amount;
use crate::language::vocabulary::{Vocabulary, squeezed};
use crate::language::years;

/// A number without a unit does not say what shall be achieved.
pub(super) const TARGET_HAS_UNIT: Rule = Rule {
    id: "target-has-unit",
    severity: Severity::Note,
    title: "定量指标有度量单位",
    title_en: "targets that are numbers have a unit",
    run: |ledger, outcomes| {
        let has_unit = |indicator: &Indicator| indicator.measure_unit.is_some() || has_own_unit(indicator);
        let of_all = |grid: &Grid<'_>| grid.projects().any(|(_, project)| project.indicators.iter().any(has_unit));
        if Grid::of(ledger).is_some_and(|grid| !of_all(&grid)) {
            return outcomes.not_applicable("绩效目标表没有度量单位一栏", None);
        }
        each_indicator(ledger, outcomes, "度量单位齐全", |project, indicator| {
            let value = indicator.value.as_deref()?;
            lacks_unit(indicator, value).then(|| Fault {
                message: format!("项目“{}”：指标“{}”的指标值{value}没有度量单位", project.name, indicator.name),
                actual: Some(value.to_owned()),
                ..Fault::default()
            })
        });
    },
};

/// Reporting systems cut long texts at a limit of theirs: what follows is lost.
pub(super) const TEXT_COMPLETE: Rule = Rule {
    id: "indicator-text-complete",
    severity: Severity::Note,
    title: "指标文字完整",
    title_en: "indicator texts are complete",
    run: |ledger, outcomes| {
        each_indicator(ledger, outcomes, "指标文字完整", |project, indicator| {
            indicator.truncated.then(|| Fault {
                message: format!("项目“{}”：指标文字被填报系统截断，其后内容缺失", project.name),
                actual: Some(indicator.name.clone()),
                ..Fault::default()
            })
        });
    },
};

/// A project in a grid of indicators has at least one.
pub(super) const PROJECT_HAS_INDICATORS: Rule = Rule {
    id: "project-has-indicators",
    severity: Severity::Note,
    title: "每个项目都有绩效指标",
    title_en: "every project has indicators",
    run: |ledger, outcomes| {
        each_project(ledger, outcomes, "各项目都有绩效指标", |project| {
            project
                .indicators
                .is_empty()
                .then(|| Fault {
                    message: format!("项目“{}”没有绩效指标", project.name), ..Fault::default()
                })
        });
    },
};

/// The weights of a project's indicators are shares of 100. Ten of them may be kept for the execution of the budget
/// (预算执行率), which is no indicator of the grid.
pub(super) const WEIGHTS_SUM: Rule = Rule {
    id: "weights-sum-to-hundred",
    severity: Severity::Warning,
    title: "指标权重之和为100",
    title_en: "weights of a project's indicators sum to 100",
    run: |ledger, outcomes| {
        let weighted =
            |grid: &Grid<'_>| grid.projects().any(|(_, project)| weights(project, ledger.vocabulary).is_some());
        if Grid::of(ledger).is_some_and(|grid| !weighted(&grid)) {
            return outcomes.not_applicable("指标没有权重", None);
        }
        each_project(ledger, outcomes, "权重之和为100", |project| {
            let sum: Decimal = weights(project, ledger.vocabulary)?.into_iter().sum();
            (!WHOLE_WEIGHTS.contains(&sum)).then(|| Fault {
                message: format!("项目“{}”：指标权重之和为{}", project.name, sum.normalize()),
                actual: Some(sum.normalize().to_string()),
                expected: Some("100".to_owned()),
                ..Fault::default()
            })
        });
    },
};

/// All of the weights, with and without those of the execution of the budget.
const WHOLE_WEIGHTS: [Decimal; 2] = [Decimal::ONE_HUNDRED, Decimal::from_parts(90, 0, 0, false, 0)];

/// The weights of a project, where each of its indicators has one.
fn weights(project: &Project, vocabulary: &Vocabulary) -> Option<Vec<Decimal>> {
    let weight = |indicator: &Indicator| {
        let text = squeezed(indicator.weight.as_deref()?);
        let bare = vocabulary.performance.weight_units.strip_end(&text).unwrap_or(&text);
        amount::parse(bare).map(|weight| weight.value)
    };
    let all: Option<Vec<Decimal>> = project.indicators.iter().map(weight).collect();
    all.filter(|weights| !weights.is_empty())
}

/// Whether a target is a bare number: neither its name nor its value says of what. A year by which it is to be reached
/// needs no unit.
fn lacks_unit(indicator: &Indicator, value: &str) -> bool {
    let is_named = squeezed(&indicator.name).ends_with(')');
    indicator.measure_unit.is_none() && !is_named && amount::parse(value).is_some() && years::whole(value).is_none()
}

/// Whether a value holds a number and what it counts (95%, 30批).
fn has_own_unit(indicator: &Indicator) -> bool {
    let value = indicator.value.as_deref().unwrap_or_default();
    value.contains(|c: char| c.is_ascii_digit()) && amount::parse(value).is_none()
}

fn each_indicator(
    ledger: &Ledger<'_>,
    outcomes: &mut RuleOutcomes<'_>,
    in_order: &str,
    look: impl Fn(&Project, &Indicator) -> Option<Fault>,
) {
    let Some(grid) = Grid::of(ledger) else { return outcomes.not_applicable("没有项目绩效目标", None) };
    let mut looked_at = false;
    let mut failed = false;
    for (index, project) in grid.projects() {
        for indicator in &project.indicators {
            looked_at = true;
            if let Some(fault) = look(project, indicator) {
                failed = true;
                outcomes.fail(Fault { places: grid.indicator_place(index, indicator), ..fault });
            }
        }
    }
    match (looked_at, failed) {
        (false, _) => outcomes.not_applicable("绩效目标表没有指标", None),
        (true, false) => outcomes.pass(in_order, Vec::new()),
        _ => {}
    }
}

fn each_project(
    ledger: &Ledger<'_>,
    outcomes: &mut RuleOutcomes<'_>,
    in_order: &str,
    look: impl Fn(&Project) -> Option<Fault>,
) {
    let Some(grid) = Grid::of(ledger) else { return outcomes.not_applicable("没有项目绩效目标", None) };
    if grid.projects().all(|(_, project)| project.indicators.is_empty()) {
        return outcomes.not_applicable("绩效目标表没有指标", None);
    }
    if let Some(doubt) = grid.doubt() {
        return outcomes.not_applicable(doubt, None);
    }
    let mut failed = false;
    for (index, project) in grid.projects() {
        if let Some(fault) = look(project) {
            failed = true;
            outcomes.fail(Fault { places: grid.place(index).into_iter().collect(), ..fault });
        }
    }
    if !failed {
        outcomes.pass(in_order, Vec::new());
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{Check, CheckStatus};
    use crate::testing::document::{TestDocument, indicator};

    fn run(rule: &'static Rule, indicators: Vec<Indicator>) -> Vec<Check> {
        TestDocument::budget().project("甲", "40.00", &indicators).run(rule)
    }

    fn count(name: &str, value: &str, unit: Option<&str>) -> Indicator {
        indicator("产出指标/数量指标", &format!("{name}|≥|{value}|{}", unit.unwrap_or_default()))
    }

    fn failures(checks: &[Check]) -> usize {
        checks.iter().filter(|check| check.status == CheckStatus::Fail).count()
    }

    #[test]
    fn bare_numbers_lack_a_unit() {
        let with = count("接待批次", "30", Some("批"));
        let found = run(&TARGET_HAS_UNIT, vec![with.clone(), count("接待人次", "280", None)]);
        assert_eq!((failures(&found), found[0].severity), (1, Severity::Note));
        let excused = vec![
            with,
            count("完成年份", "2023", None),
            count("满意度（%）", "90", None),
            count("满意度", "90%", None),
            count("工作质量", "优良中低差", None),
        ];
        assert_eq!(run(&TARGET_HAS_UNIT, excused)[0].status, CheckStatus::Pass);
    }

    #[test]
    fn a_form_without_units_is_not_blamed() {
        let found = run(&TARGET_HAS_UNIT, vec![count("接待批次", "30", None)]);
        assert_eq!(found[0].status, CheckStatus::NotApplicable);
    }

    #[test]
    fn cut_texts_are_named_one_by_one() {
        let cut = Indicator { truncated: true, ..count("购置12345应用服务器", "20", Some("台")) };
        assert_eq!(failures(&run(&TEXT_COMPLETE, vec![cut.clone(), cut, count("接待批次", "30", Some("批"))])), 2);
        assert_eq!(run(&TEXT_COMPLETE, vec![count("接待批次", "30", Some("批"))])[0].status, CheckStatus::Pass);
    }

    #[test]
    fn a_project_without_indicators_among_others() {
        let one = [count("接待批次", "30", Some("批"))];
        let document = TestDocument::budget().project("甲", "40.00", &one).project("乙", "20.00", &[]);
        assert_eq!(failures(&document.run(&PROJECT_HAS_INDICATORS)), 1);
        assert_eq!(run(&PROJECT_HAS_INDICATORS, Vec::new())[0].status, CheckStatus::NotApplicable);
    }

    #[test]
    fn weights_are_shares_of_a_hundred() {
        let weigh = |weights: &[&str]| -> Vec<Check> {
            let weighted =
                |weight: &&str| Indicator { weight: Some((*weight).to_owned()), ..count("指标", "1", Some("个")) };
            run(&WEIGHTS_SUM, weights.iter().map(weighted).collect())
        };
        assert_eq!(weigh(&["50", "30", "20"])[0].status, CheckStatus::Pass);
        assert_eq!(weigh(&["50%", "40%"])[0].status, CheckStatus::Pass);
        let found = weigh(&["50", "30"]);
        assert_eq!((found[0].status, found[0].severity), (CheckStatus::Fail, Severity::Warning));
        assert_eq!(run(&WEIGHTS_SUM, vec![count("指标", "1", None)])[0].status, CheckStatus::NotApplicable);
    }
}
