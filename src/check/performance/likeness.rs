//! Targets that were copied: the same from one project to another, or twice within one.

use super::grid::Grid;
use crate::check::outcomes::Fault;
use crate::check::rule::Rule;
use crate::document::{Indicator, Project, Severity};
use crate::language::vocabulary::squeezed;

/// Projects must share this many targets: one alone (满意度≥90%) is common to many.
const MIN_COMMON_TARGETS: usize = 2;

/// Two projects whose targets in numbers are all the same are one project paid twice, or one was copied from the
/// other.
pub(super) const PROJECTS_DIFFER: Rule = Rule {
    id: "targets-differ-between-projects",
    severity: Severity::Note,
    title: "不同项目的定量指标不完全相同",
    title_en: "projects do not have the same targets",
    run: |ledger, outcomes| {
        let Some(grid) = Grid::of(ledger) else { return outcomes.not_applicable("没有项目绩效目标", None) };
        let projects: Vec<(usize, &Project, Vec<Target>)> =
            grid.projects().map(|(index, project)| (index, project, targets(project))).collect();
        if projects.iter().filter(|(_, _, targets)| targets.len() >= MIN_COMMON_TARGETS).count() < 2 {
            return outcomes.not_applicable("没有两个项目各有两个以上定量指标", None);
        }
        let mut failed = false;
        for (at, (second, project, targets)) in projects.iter().enumerate() {
            for (first, other, others) in &projects[..at] {
                let same = targets.len() >= MIN_COMMON_TARGETS && targets == others && project.name != other.name;
                if same {
                    failed = true;
                    outcomes.fail(Fault {
                        message: format!(
                            "项目“{}”与“{}”的{}个定量指标完全相同",
                            other.name,
                            project.name,
                            targets.len()
                        ),
                        places: [*first, *second].into_iter().filter_map(|index| grid.place(index)).collect(),
                        ..Fault::default()
                    });
                }
            }
        }
        if !failed {
            outcomes.pass("各项目的定量指标不同", Vec::new());
        }
    },
};

/// One indicator stands once in a project.
pub(super) const INDICATOR_REPEATED: Rule = Rule {
    id: "indicator-repeated",
    severity: Severity::Note,
    title: "同一项目的指标不重复",
    title_en: "no indicator comes twice in a project",
    run: |ledger, outcomes| {
        let Some(grid) = Grid::of(ledger) else { return outcomes.not_applicable("没有项目绩效目标", None) };
        if grid.projects().all(|(_, project)| project.indicators.is_empty()) {
            return outcomes.not_applicable("绩效目标表没有指标", None);
        }
        let mut failed = false;
        for (index, project) in grid.projects() {
            for (at, indicator) in project.indicators.iter().enumerate() {
                if project.indicators[..at].iter().any(|earlier| is_repeated(earlier, indicator)) {
                    failed = true;
                    outcomes.fail(Fault {
                        message: format!("项目“{}”：指标“{}”重复", project.name, indicator.name),
                        actual: Some(indicator.name.clone()),
                        places: grid.indicator_place(index, indicator),
                        ..Fault::default()
                    });
                }
            }
        }
        if !failed {
            outcomes.pass("各项目的指标不重复", Vec::new());
        }
    },
};

/// Name, relation, value and unit of a target.
type Target = [String; 4];

/// The targets of a project that are numbers, in an order of their own.
fn targets(project: &Project) -> Vec<Target> {
    let is_number = |value: &str| value.contains(|c: char| c.is_ascii_digit());
    let numeric = project.indicators.iter().filter(|indicator| indicator.value.as_deref().is_some_and(is_number));
    let mut targets: Vec<Target> = numeric.map(target).collect();
    targets.sort_unstable();
    targets.dedup();
    targets
}

fn target(indicator: &Indicator) -> Target {
    let text = |text: &Option<String>| squeezed(text.as_deref().unwrap_or_default()).into_owned();
    [
        squeezed(&indicator.name).into_owned(),
        indicator.relation.map_or_else(String::new, |relation| relation.sign().to_owned()),
        text(&indicator.value),
        text(&indicator.measure_unit),
    ]
}

fn is_repeated(earlier: &Indicator, indicator: &Indicator) -> bool {
    let is_named = !indicator.name.is_empty() && !indicator.truncated;
    is_named
        && earlier.level1 == indicator.level1
        && earlier.level2 == indicator.level2
        && target(earlier) == target(indicator)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{Check, CheckStatus};
    use crate::testing::document::{TestDocument, indicator};

    fn run(rule: &'static Rule, projects: &[(&str, &[Indicator])]) -> Vec<Check> {
        let all = projects.iter();
        let document = all.fold(TestDocument::budget(), |document, (name, of)| document.project(name, "20.00", of));
        document.run(rule)
    }

    fn count(target: &str) -> Indicator {
        indicator("产出指标/数量指标", target)
    }

    fn yearbook() -> Vec<Indicator> {
        vec![count("出版年鉴|≥|1000|册"), count("印刷差错率|≥|1|%"), count("社会效益|≥|好坏|")]
    }

    #[test]
    fn the_same_numbers_in_two_projects() {
        let mut other = yearbook();
        other.reverse();
        other[0].value = Some("优良中低差".to_owned());
        let found = run(&PROJECTS_DIFFER, &[("编制年鉴", &yearbook()), ("志书年鉴", &other)]);
        assert_eq!((found.len(), found[0].status), (1, CheckStatus::Fail), "words and order do not matter");
        assert_eq!(found[0].places.iter().map(|place| place.project).collect::<Vec<_>>(), [Some(0), Some(1)]);
    }

    #[test]
    fn projects_that_differ_in_one_number() {
        let mut other = yearbook();
        other[1].value = Some("2".to_owned());
        assert_eq!(run(&PROJECTS_DIFFER, &[("甲", &yearbook()), ("乙", &other)])[0].status, CheckStatus::Pass);
        let units = run(&PROJECTS_DIFFER, &[("甲", &yearbook()), ("甲", &yearbook())]);
        assert_eq!(units[0].status, CheckStatus::Pass, "one project of two units");
        let one = [count("满意度|≥|90|%")];
        assert_eq!(run(&PROJECTS_DIFFER, &[("甲", &one), ("乙", &one)])[0].status, CheckStatus::NotApplicable);
    }

    #[test]
    fn an_indicator_twice() {
        let twice = [count("出版年鉴|≥|1000|册"), count("出版年鉴|≥|1000|册")];
        assert_eq!(run(&INDICATOR_REPEATED, &[("甲", &twice)])[0].status, CheckStatus::Fail);
        assert_eq!(run(&INDICATOR_REPEATED, &[("甲", &yearbook())])[0].status, CheckStatus::Pass);
    }
}
