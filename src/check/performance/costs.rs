//! The amounts in the text of cost indicators → the project's approved amount.

use rust_decimal::Decimal;

use super::grid::{Grid, plain};
use super::money::{Money, amounts};
use crate::check::figure::{Figure, Place, compare};
use crate::check::ledger::Ledger;
use crate::check::outcomes::RuleOutcomes;
use crate::check::rule::Rule;
use crate::document::{Indicator, Project, Severity};
use crate::language::amount;
use crate::language::vocabulary::{CheckWords, squeezed};
use crate::language::years::years;

/// A cost indicator that lists what the money is for cannot list more than the project has. It may list less.
///
/// Texts that speak of unit prices, of several years, of totals beside their parts, or of money that is not the
/// project's cost are not added up.
pub(super) const AMOUNTS_IN_TEXT: Rule = Rule {
    id: "amounts-in-indicator-text",
    severity: Severity::Error,
    title: "成本指标所列金额之和 ≤ 项目金额",
    title_en: "amounts listed in a cost indicator ≤ amount of its project",
    run: |ledger, outcomes| {
        let Some(grid) = Grid::of(ledger) else { return outcomes.not_applicable("没有项目绩效目标", None) };
        for (index, project) in grid.projects() {
            let Some(approved) = ledger.project_figure(index) else { continue };
            if approved.yuan.is_none() {
                return outcomes.not_applicable("绩效目标表的单位不明", Some(approved.place));
            }
            for indicator in costs(project, &ledger.vocabulary.checks) {
                check(indicator, project, approved, ledger, outcomes);
            }
        }
        if outcomes.is_silent() {
            outcomes.not_applicable("成本指标没有写明可与项目金额相比的金额", None);
        }
    },
};

fn costs<'p>(project: &'p Project, words: &'p CheckWords) -> impl Iterator<Item = &'p Indicator> {
    let is_cost =
        |level: &Option<String>| level.as_deref().is_some_and(|level| words.cost_levels.contain(&squeezed(level)));
    project.indicators.iter().filter(move |indicator| is_cost(&indicator.level1) || is_cost(&indicator.level2))
}

fn check(
    indicator: &Indicator,
    project: &Project,
    approved: Figure,
    ledger: &Ledger<'_>,
    outcomes: &mut RuleOutcomes<'_>,
) {
    let listed = listed(indicator, approved.place, ledger);
    let Some(difference) = compare(&listed, &[approved]).ok().filter(|_| !approved.value.is_zero()) else { return };
    let is_less = !difference.is_rounding() && difference.amount() < Decimal::ZERO;
    if listed.len() == 1 {
        if !is_less {
            let message = || format!("项目“{}”：成本指标所列金额不超过项目金额", project.name);
            outcomes.compare_as(Severity::Warning, &listed, &[approved], message);
        }
        return;
    }
    if is_less {
        let reason = format!("项目“{}”：成本指标只列出部分金额", project.name);
        return outcomes.not_applicable(reason, Some(approved.place));
    }
    outcomes.compare(&listed, &[approved], || {
        let (sum, whole) = (plain(difference.left), plain(difference.right));
        let parts: Vec<String> = listed.iter().map(|figure| figure.value.to_string()).collect();
        format!("项目“{}”：成本指标所列金额{} = {sum}，项目金额{whole}", project.name, parts.join(" + "))
    });
}

/// The amounts that an indicator lists, where they are parts of the project's cost.
fn listed(indicator: &Indicator, place: Place, ledger: &Ledger<'_>) -> Vec<Figure> {
    let texts = [Some(indicator.name.as_str()), indicator.value.as_deref(), indicator.measure_unit.as_deref()];
    let texts = texts.map(|text| squeezed(text.unwrap_or_default()));
    let year = ledger.publication.fiscal_year;
    let words = &ledger.vocabulary.checks;
    if indicator.truncated || texts.iter().any(|text| is_other_money(text, words) || names_other_year(text, year)) {
        return Vec::new();
    }
    let [name, value, unit] = &texts;
    let amounts = |text: &str| amounts(text, ledger.vocabulary);
    let Some((named, valued)) = amounts(name).zip(amounts(value)) else { return Vec::new() };
    let found = match (named.is_empty(), valued.is_empty()) {
        (false, _) => named,
        (true, false) => valued,
        (true, true) => {
            amounts(&format!("{value}{unit}")).filter(|_| amount::parse(value).is_some()).unwrap_or_default()
        }
    };
    let figures: Vec<Figure> =
        found.iter().map(|Money { value, yuan }| Figure::new(*value, value.scale(), Some(*yuan), place)).collect();
    without_parts(figures)
}

/// Of a total that stands beside its parts, only the total.
fn without_parts(figures: Vec<Figure>) -> Vec<Figure> {
    for (at, figure) in figures.iter().enumerate() {
        let others: Vec<Figure> = figures[..at].iter().chain(&figures[at + 1..]).copied().collect();
        if others.len() > 1 && compare(&[*figure], &others).is_ok_and(|found| found.is_rounding()) {
            return vec![*figure];
        }
    }
    figures
}

/// Whether a text speaks of money that may not be added up to the cost of the year.
fn is_other_money(text: &str, words: &CheckWords) -> bool {
    let plain = words.harmless_words.iter().fold(text.to_owned(), |text, word| text.replace(word, ""));
    words.uncountable_words.occur_in(&plain)
}

/// Whether a text names a year other than the document's.
fn names_other_year(text: &str, fiscal_year: Option<u16>) -> bool {
    years(text).any(|year| year.is_named() && Some(year.value) != fiscal_year)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{Check, CheckStatus};
    use crate::testing::document::{TestDocument, indicator};

    fn run(amount: &str, indicator: Indicator) -> Vec<Check> {
        TestDocument::budget().project("热线整合扩容项目经费", amount, &[indicator]).run(&AMOUNTS_IN_TEXT)
    }

    fn cost(name: &str, value: &str, unit: Option<&str>) -> Indicator {
        indicator("成本指标/经济成本指标", &format!("{name}|≤|{value}|{}", unit.unwrap_or_default()))
    }

    fn outcome(amount: &str, indicator: Indicator) -> (CheckStatus, Severity) {
        let checks = run(amount, indicator);
        assert_eq!(checks.len(), 1, "{checks:?}");
        (checks[0].status, checks[0].severity)
    }

    const LIST: &str = "软件购置110万元，装修及设备45万元，平台每年运行维护费215万元（人工130万元，专线85万元";

    #[test]
    fn a_list_beyond_the_project() {
        let checks = run("350.00", cost(LIST, "按指标值完成", None));
        assert_eq!((checks[0].status, checks[0].severity), (CheckStatus::Fail, Severity::Error));
        assert_eq!(checks[0].difference.as_deref(), Some("20.00"));
    }

    #[test]
    fn a_list_of_all_and_of_some() {
        assert_eq!(outcome("370.00", cost(LIST, "按指标值完成", None)).0, CheckStatus::Pass);
        assert_eq!(outcome("400.00", cost(LIST, "按指标值完成", None)).0, CheckStatus::NotApplicable);
    }

    #[test]
    fn what_is_not_added_up() {
        for text in [
            "总投资500万元，设备200万元",
            "每台设备200万元，软件200万元",
            "2021年200万元，2023年200万元",
            "软件200万元，其中采购200万元",
            "设备20-40万元，软件400万元",
        ] {
            assert_eq!(outcome("350.00", cost(text, "按指标值完成", None)).0, CheckStatus::NotApplicable, "{text}");
        }
        let cut = Indicator { truncated: true, ..cost(LIST, "按指标值完成", None) };
        assert_eq!(outcome("350.00", cut).0, CheckStatus::NotApplicable);
    }

    #[test]
    fn harmless_words_do_not_hinder() {
        let text = "公共服务费200万元，每年日常维护费200万元";
        assert_eq!(outcome("350.00", cost(text, "按指标值完成", None)), (CheckStatus::Fail, Severity::Error));
    }

    #[test]
    fn a_total_beside_its_parts_counts_once() {
        let text = "项目费用350万元，采购110万元，维护240万元";
        assert_eq!(outcome("350.00", cost(text, "按指标值完成", None)).0, CheckStatus::Pass);
    }

    #[test]
    fn one_amount_alone_is_a_warning() {
        let beyond = (CheckStatus::Fail, Severity::Warning);
        assert_eq!(outcome("350.00", cost("运维成本", "3600000", Some("元"))), beyond);
        assert_eq!(outcome("350.00", cost("运维成本", "360万元", None)), beyond);
        assert_eq!(outcome("350.00", cost("运维成本", "350", Some("万元"))).0, CheckStatus::Pass);
        assert_eq!(outcome("350.00", cost("运维成本", "17", Some("万元"))).0, CheckStatus::NotApplicable);
        assert_eq!(outcome("0.10", cost("专家费标准", "15", Some("万元/个"))).0, CheckStatus::NotApplicable);
    }
}
