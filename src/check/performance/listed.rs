//! Each project of the grid → its row in the table of projects, and the sources of its money.

use rustc_hash::FxHashMap;

use super::grid::Grid;
use crate::check::figure::{Figure, compare};
use crate::check::ledger::{Ledger, LedgerTable, Side, stem};
use crate::check::outcomes::RuleOutcomes;
use crate::check::rule::Rule;
use crate::document::{Direction, Measure, Project, Severity, TableKind};

/// The table of projects and the targets name the same projects, each with one amount. Where fewer than three quarters
/// of the projects that both name agree, the table may be of other money, and a difference is only noted.
pub(super) const PROJECT_IN_TABLE: Rule = Rule {
    id: "project-amount-in-table",
    severity: Severity::Warning,
    title: "绩效目标表的项目金额 = 项目支出表中该项目金额",
    title_en: "amount of a project with targets = its amount in the table of projects",
    run: |ledger, outcomes| {
        let Some(grid) = Grid::of(ledger) else { return outcomes.not_applicable("没有项目绩效目标", None) };
        for table in ledger.of_kind(TableKind::ProjectExpenditure) {
            against_table(&grid, table, ledger, outcomes);
        }
        if outcomes.is_silent() {
            outcomes.not_applicable("没有列有这些项目的项目支出表", None);
        }
    },
};

/// A project's money is that of its sources together, where the form names them.
pub(super) const PROJECT_IS_SUM_OF_SOURCES: Rule = Rule {
    id: "project-is-sum-of-sources",
    severity: Severity::Warning,
    title: "项目金额 = 各资金来源之和",
    title_en: "amount of a project = sum of the sources of its money",
    run: |ledger, outcomes| {
        let Some(grid) = Grid::of(ledger) else { return outcomes.not_applicable("没有项目绩效目标", None) };
        let projects: Vec<(Figure, Vec<Figure>, &Project)> = grid
            .projects()
            .filter_map(|(index, project)| {
                let whole = ledger.project_figure(index)?;
                let sources = sources(project, whole);
                (!sources.is_empty()).then_some((whole, sources, project))
            })
            .collect();
        let pairs: Vec<(&[Figure], &[Figure])> =
            projects.iter().map(|(whole, sources, _)| (std::slice::from_ref(whole), sources.as_slice())).collect();
        if mostly_agree(&pairs) {
            for (whole, sources, project) in &projects {
                outcomes.compare(&[*whole], sources, || format!("项目“{}”：金额 = 各资金来源之和", project.name));
            }
        }
        if outcomes.is_silent() {
            outcomes.not_applicable("绩效目标表没有列出资金来源", None);
        }
    },
};

fn sources(project: &Project, whole: Figure) -> Vec<Figure> {
    let figure =
        |amount: crate::document::Money| Figure::new(amount.value(), amount.value().scale(), whole.yuan, whole.place);
    project.funds.iter().filter_map(|source| source.amount.map(figure)).collect()
}

fn against_table(grid: &Grid<'_>, table: &LedgerTable<'_>, ledger: &Ledger<'_>, outcomes: &mut RuleOutcomes<'_>) {
    let Some(side) = table.side(Direction::Expenditure) else { return };
    let rows = rows_by_name(side, ledger);
    // A project that a department prints once for each of its units has the rows of all of them.
    let mut projects: Vec<(String, Vec<Figure>)> = Vec::new();
    for (index, project) in grid.projects() {
        let Some(figure) = ledger.project_figure(index) else { continue };
        let name = stem(&project.name, ledger.vocabulary);
        match projects.iter_mut().find(|(known, _)| *known == name) {
            Some((_, figures)) => figures.push(figure),
            None => projects.push((name, vec![figure])),
        }
    }
    let listed: Vec<Listed> = projects
        .into_iter()
        .filter_map(|(name, figures)| {
            let amount = |row: &usize| table.measured(side, *row, Measure::Total);
            let rows: Vec<Vec<Figure>> = rows.get(&name)?.iter().filter_map(amount).collect();
            (!rows.is_empty()).then(|| Listed { amounts: meant(&figures, &rows), name, figures })
        })
        .collect();
    let agreeing = listed.iter().filter(|project| project.agrees()).count();
    if agreeing == 0 {
        return;
    }
    let severity = if agreeing * 4 >= listed.len() * 3 { outcomes.severity() } else { Severity::Note };
    for Listed { name, figures, amounts } in &listed {
        if let Some(amounts) = amounts {
            outcomes.compare_as(severity, figures, amounts, || format!("项目“{name}”：绩效目标表 = {}", table.name()));
        }
    }
}

/// A project with its amounts in the targets and in the table.
struct Listed {
    name: String,
    figures: Vec<Figure>,
    /// `None` where several rows have its name and none of them its amount.
    amounts: Option<Vec<Figure>>,
}

impl Listed {
    fn agrees(&self) -> bool {
        self.amounts.as_ref().is_some_and(|amounts| agree(&self.figures, amounts))
    }
}

/// The amounts of a project among the rows of its name: all of them, or one, where a heading and its only part have the
/// same name. `None` where there are several and none agrees.
fn meant(figures: &[Figure], rows: &[Vec<Figure>]) -> Option<Vec<Figure>> {
    let all: Vec<Figure> = rows.iter().flatten().copied().collect();
    if rows.len() == 1 || agree(figures, &all) {
        return Some(all);
    }
    rows.iter().find(|row| agree(figures, row)).cloned()
}

/// The rows of a side by the names in them.
fn rows_by_name(side: &Side, ledger: &Ledger<'_>) -> FxHashMap<String, Vec<usize>> {
    let mut rows: FxHashMap<String, Vec<usize>> = FxHashMap::default();
    for (index, row) in side.rows.iter().enumerate() {
        let others = row.other_labels.iter().map(|label| stem(label, ledger.vocabulary));
        for name in others.chain([row.stem.clone()]).filter(|name| !name.is_empty()) {
            let known = rows.entry(name).or_default();
            if known.last() != Some(&index) {
                known.push(index);
            }
        }
    }
    rows
}

/// Whether at least half of the pairs are of the same money; the evidence that they are meant to be.
fn mostly_agree(pairs: &[(&[Figure], &[Figure])]) -> bool {
    let agreeing = pairs.iter().filter(|(one, other)| agree(one, other)).count();
    agreeing > 0 && agreeing * 2 >= pairs.len()
}

fn agree(one: &[Figure], other: &[Figure]) -> bool {
    compare(one, other).is_ok_and(|difference| difference.is_rounding())
}
