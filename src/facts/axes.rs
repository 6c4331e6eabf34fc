//! Of which year, stage and fund a column's or row's amounts are, and whether they are money.

use crate::document::{Fund, Measure, Publication, PublicationKind, Stage, TableKind};
use crate::language::vocabulary::{Vocabulary, squeezed};
use crate::language::years;

/// Years further from the document's than this are not what its figures are of.
const YEARS_AROUND: u16 = 5;

/// What labels say of the year and stage of a figure.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Axes {
    pub(super) year: Option<u16>,
    pub(super) stage: Option<Stage>,
}

impl Axes {
    /// What a header path says, the lowest label first.
    pub(super) fn of_path(path: &[String], publication: &Publication, vocabulary: &Vocabulary) -> Axes {
        let mut axes = Axes::default();
        for label in path.iter().rev() {
            axes = axes.or(Axes::of_label(label, publication, vocabulary));
        }
        axes
    }

    /// What one label says.
    pub(super) fn of_label(label: &str, publication: &Publication, vocabulary: &Vocabulary) -> Axes {
        let plain = squeezed(label);
        let words = &vocabulary.facts;
        let bare = plain.rsplit_once('(').filter(|_| plain.ends_with(')')).map_or(&*plain, |(before, _)| before);
        let stage = if words.change.occur_in(&plain) {
            Some(Stage::Change)
        } else if words.final_endings.end(bare) {
            Some(Stage::Final)
        } else if words.budget_endings.end(bare) {
            Some(Stage::Budget)
        } else {
            None
        };
        Axes { year: year(&plain, publication, vocabulary), stage }
    }

    /// What is said here, and for the rest what is said there.
    pub(super) fn or(self, other: Axes) -> Axes {
        Axes { year: self.year.or(other.year), stage: self.stage.or(other.stage) }
    }

    /// Year and stage, with those of the publication where nothing is said. A change between two years is of neither.
    pub(super) fn settled(self, publication: &Publication) -> (Option<u16>, Option<Stage>) {
        let stage = self.stage.or(match publication.kind {
            PublicationKind::Budget => Some(Stage::Budget),
            PublicationKind::FinalAccounts => Some(Stage::Final),
            PublicationKind::Unknown => None,
        });
        match stage {
            Some(Stage::Change) => (None, stage),
            _ => (self.year.or(publication.fiscal_year), stage),
        }
    }
}

fn year(plain: &str, publication: &Publication, vocabulary: &Vocabulary) -> Option<u16> {
    let own = publication.fiscal_year?;
    if let Some(named) = years::leading(plain).filter(|year| year.value.abs_diff(own) <= YEARS_AROUND) {
        return Some(named.value);
    }
    // 上年预算数, and 上年 alone; 上年结转 is of this year.
    let is_before = |rest: &str| rest.is_empty() || vocabulary.facts.after_year.contain(rest);
    let rest = vocabulary.years.before.strip_from(plain);
    (rest.is_some_and(is_before) || vocabulary.years.columns_before.contain(plain)).then(|| own - 1)
}

/// Whether a label only names a year, a stage or a change, so that it names no item: 2025年, 增减额.
pub(super) fn is_axis(label: &str, vocabulary: &Vocabulary) -> bool {
    let plain = squeezed(label);
    let rest = years::leading(&plain).map_or(&*plain, |year| &plain[year.end..]);
    let words = &vocabulary.facts;
    let says_when = vocabulary.years.before.contain(&plain) || vocabulary.years.own.contain(&plain);
    let follows_year = rest.len() < plain.len() && rest.is_empty();
    says_when || follows_year || words.after_year.contain(rest) || words.change.strip_from(rest).is_some()
}

/// Whether a column holds money: no shares, counts or prices of one piece.
pub(super) fn is_money(path: &[String], vocabulary: &Vocabulary) -> bool {
    !path.iter().any(|label| vocabulary.checks.no_money.occur_in(&squeezed(label)))
}

/// Whose money the amounts of a column are; of a table of one fund all are that fund's.
pub(super) fn fund(path: &[String], kind: TableKind, vocabulary: &Vocabulary) -> Option<Fund> {
    let said = |label: &String| {
        vocabulary
            .facts
            .unit_fund
            .contain(&squeezed(label))
            .then_some(Fund::UnitFund)
            .or(of_measure(vocabulary.measure(label)?))
    };
    let funds: Vec<Fund> = path.iter().filter_map(said).collect();
    let carried = funds.iter().find(|fund| **fund == Fund::Carryover);
    carried.or(funds.last()).copied().or(of_kind(kind))
}

/// The fund that a name of revenue names (一般公共预算拨款收入).
pub(super) fn fund_of_name(name: &str, vocabulary: &Vocabulary) -> Option<Fund> {
    if vocabulary.facts.unit_fund.contain(&squeezed(name)) {
        return Some(Fund::UnitFund);
    }
    of_measure(vocabulary.measure(name)?)
}

fn of_measure(measure: Measure) -> Option<Fund> {
    match measure {
        Measure::GeneralPublic => Some(Fund::GeneralPublic),
        Measure::GovernmentFund => Some(Fund::GovernmentFund),
        Measure::StateCapital => Some(Fund::StateCapital),
        Measure::SpecialAccount => Some(Fund::FiscalSpecialAccount),
        Measure::Carryover => Some(Fund::Carryover),
        _ => None,
    }
}

fn of_kind(kind: TableKind) -> Option<Fund> {
    match kind {
        TableKind::GeneralPublicExpenditure
        | TableKind::GeneralPublicBasicExpenditure
        | TableKind::GeneralPublicByEconomicClass => Some(Fund::GeneralPublic),
        TableKind::GovernmentFundExpenditure => Some(Fund::GovernmentFund),
        TableKind::StateCapitalExpenditure => Some(Fund::StateCapital),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::document::{national, publication};

    #[test]
    fn labels_say_of_which_year_and_stage_a_figure_is() {
        let publication = publication("某市财政局", 2026);
        let said = |labels: &[&str]| {
            let path: Vec<String> = labels.iter().map(|label| (*label).to_owned()).collect();
            Axes::of_path(&path, &publication, national()).settled(&publication)
        };
        assert_eq!(said(&["2025年预算数", "合计"]), (Some(2025), Some(Stage::Budget)));
        assert_eq!(said(&["上年", "培训费"]), (Some(2025), Some(Stage::Budget)));
        assert_eq!(said(&["上年结转", "一般公共预算"]), (Some(2026), Some(Stage::Budget)));
        assert_eq!(said(&["2024年决算数"]), (Some(2024), Some(Stage::Final)));
        assert_eq!(said(&["增减变化情况", "合计"]), (None, Some(Stage::Change)));
        assert_eq!(said(&["合计"]), (Some(2026), Some(Stage::Budget)));
    }

    #[test]
    fn years_and_changes_name_no_items() {
        let is = |label: &str| is_axis(label, national());
        assert!(is("2025年") && is("2025年预算数") && is("增减变化金额") && is("上年"));
        assert!(!is("2026信访专项经费") && !is("基本支出") && !is("合计"));
    }
}
