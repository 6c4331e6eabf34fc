//! The projects of the grid, and the figures of the tables that they may add up to.

use rust_decimal::Decimal;

use crate::check::figure::{Difference, Figure, Place, compare};
use crate::check::ledger::{Ledger, LedgerTable, bare};
use crate::document::{
    CheckPlace, DiagnosticKind, Direction, Indicator, Measure, Performance, Project, ProjectScope, TableKind,
};

/// Tables whose 项目支出 is that of all projects, or of those of one fund.
const TABLES_OF_PROJECTS: [TableKind; 4] = [
    TableKind::ExpenditureSummary,
    TableKind::GeneralPublicExpenditure,
    TableKind::FiscalAppropriationExpenditure,
    TableKind::ProjectExpenditure,
];

/// Tables that name what is carried over from the year before.
const TABLES_OF_CARRY_OVER: [TableKind; 3] =
    [TableKind::RevenueExpenditureSummary, TableKind::RevenueSummary, TableKind::FiscalAppropriationSummary];

/// The projects of the grid, without the targets of the whole department.
pub(super) struct Grid<'l> {
    ledger: &'l Ledger<'l>,
    performance: &'l Performance,
    /// Places of the projects in `performance.projects`.
    indices: Vec<usize>,
}

/// 项目支出 of one table.
pub(super) struct TableExpenditure {
    /// What people call the table.
    pub(super) table: String,
    /// The figures that make it up: one for each column of the document's year that measures it.
    pub(super) figures: Vec<Figure>,
}

impl<'l> Grid<'l> {
    /// The grid of a document, where it has any project.
    pub(super) fn of(ledger: &'l Ledger<'l>) -> Option<Self> {
        let performance = ledger.performance?;
        let all = performance.projects.iter().enumerate();
        let indices: Vec<usize> =
            all.filter(|(_, project)| project.scope == ProjectScope::Project).map(|(index, _)| index).collect();
        (!indices.is_empty()).then_some(Self { ledger, performance, indices })
    }

    /// The projects with their places.
    pub(super) fn projects(&self) -> impl Iterator<Item = (usize, &'l Project)> {
        self.indices.iter().map(|index| (*index, &self.performance.projects[*index]))
    }

    /// How many projects it has.
    pub(super) fn len(&self) -> usize {
        self.indices.len()
    }

    /// How many names its projects have: a department prints a project once for each of its units.
    pub(super) fn names(&self) -> usize {
        let mut names: Vec<&str> = self.projects().map(|(_, project)| project.name.as_str()).collect();
        names.sort_unstable();
        names.dedup();
        names.len()
    }

    /// Why the projects that were read may not be those of the document.
    pub(super) fn doubt(&self) -> Option<&'static str> {
        if self.ledger.diagnostics.iter().any(|found| found.kind() == DiagnosticKind::PerformanceUnplaced) {
            return Some("绩效目标表有未能归位的内容");
        }
        // A grid that begins its page anew repeats the project that goes on there.
        let repeats = |(index, project): (usize, &Project)| {
            self.projects().any(|(other, earlier)| {
                other < index && earlier.name == project.name && earlier.amount == project.amount
            })
        };
        self.projects().any(repeats).then_some("有同名同额的项目，可能是续页重复")
    }

    /// The amounts of all projects, or why they have no sum.
    pub(super) fn amounts(&self) -> Result<Vec<Figure>, String> {
        if let Some(doubt) = self.doubt() {
            return Err(doubt.to_owned());
        }
        let figures: Vec<Figure> = self.indices.iter().filter_map(|index| self.ledger.project_figure(*index)).collect();
        let missing = self.len() - figures.len();
        if missing > 0 {
            return Err(format!("{missing}个项目没有金额"));
        }
        if figures.iter().all(|figure| figure.value.is_zero()) {
            return Err("项目金额均为0".to_owned());
        }
        Ok(figures)
    }

    /// Whether the amounts add up to the 项目支出 of a table: the grid is meant to hold all projects.
    pub(super) fn is_whole(&self, amounts: &[Figure]) -> bool {
        let ties = |table: &TableExpenditure| compare(&table.figures, amounts).is_ok_and(|found| found.is_rounding());
        self.tables().iter().any(ties)
    }

    /// 项目支出 of every table that has it.
    pub(super) fn tables(&self) -> Vec<TableExpenditure> {
        let of_projects = self.ledger.tables.iter().filter(|table| TABLES_OF_PROJECTS.contains(&table.table.kind));
        of_projects.filter_map(project_expenditure).collect()
    }

    /// What is said of a gap between a figure and the sum of the projects: by how much, and that it is what is carried
    /// over from the year before, where it is.
    pub(super) fn gap(&self, larger: &[Figure], amounts: &[Figure], difference: &Difference) -> String {
        let explains = |carried: &Figure| {
            let with_carried: Vec<Figure> = amounts.iter().copied().chain([*carried]).collect();
            compare(larger, &with_carried).is_ok_and(|found| found.is_rounding())
        };
        let carried = carried_over(self.ledger).into_iter().find(explains);
        let note = if carried.is_some() { "，恰为上年结转" } else { "" };
        format!("差额{}{note}", plain(difference.amount().abs()))
    }

    /// Where a project stands.
    pub(super) fn place(&self, index: usize) -> Option<CheckPlace> {
        let page = self.ledger.page(Place::Project(index))?;
        Some(CheckPlace { project: Some(index), ..CheckPlace::on(page) })
    }

    /// Where an indicator of a project stands.
    pub(super) fn indicator_place(&self, index: usize, indicator: &Indicator) -> Vec<CheckPlace> {
        let page = indicator.pages.first().copied();
        let place = self.place(index).map(|place| CheckPlace { page: page.unwrap_or(place.page), ..place });
        place.into_iter().collect()
    }
}

/// A sum as it is written: with the digits of money, not those of a computation.
pub(super) fn plain(value: Decimal) -> String {
    const DIGITS_OF_MONEY: u32 = 2;
    let normal = value.normalize();
    if normal.scale() >= DIGITS_OF_MONEY { normal.to_string() } else { format!("{normal:.2}") }
}

fn project_expenditure(table: &LedgerTable<'_>) -> Option<TableExpenditure> {
    let measure = match table.table.kind {
        TableKind::ProjectExpenditure => Measure::Total,
        _ => Measure::Project,
    };
    let side = table.side(Direction::Expenditure)?;
    let row = table.total_row(side)?;
    let figures = table.measured(side, row, measure)?;
    let is_empty = figures.iter().all(|figure| figure.value.is_zero());
    (!is_empty).then(|| TableExpenditure { table: table.name(), figures })
}

/// Every figure of the summaries that is carried over from the year before.
fn carried_over(ledger: &Ledger<'_>) -> Vec<Figure> {
    let mut found = Vec::new();
    for table in ledger.tables.iter().filter(|table| TABLES_OF_CARRY_OVER.contains(&table.table.kind)) {
        let Some(side) = table.side(Direction::Revenue) else { continue };
        for (row, named) in side.rows.iter().enumerate() {
            if ledger.vocabulary.checks.carry_over.strip_from(&bare(&named.label, ledger.vocabulary)).is_some() {
                found.extend(table.measured(side, row, Measure::Total).unwrap_or_default());
            }
        }
        if let Some(total) = table.total_row(side) {
            found.extend(table.measured(side, total, Measure::Carryover).unwrap_or_default());
        }
    }
    found.retain(|figure| !figure.value.is_zero());
    found
}
