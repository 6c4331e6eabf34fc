//! 收入总计 = 支出总计.

use crate::check::ledger::Span;
use crate::check::rule::Rule;
use crate::document::{Direction, Measure, Severity, TableKind};

/// A table that sets revenue against expenditure balances: what is not spent is carried over.
pub(super) const REVENUE_EQUALS_EXPENDITURE: Rule = Rule {
    id: "revenue-equals-expenditure",
    severity: Severity::Error,
    title: "收入总计 = 支出总计",
    title_en: "total revenue = total expenditure",
    run: |ledger, outcomes| {
        let kinds = [TableKind::RevenueExpenditureSummary, TableKind::FiscalAppropriationSummary];
        for table in ledger.tables.iter().filter(|table| kinds.contains(&table.table.kind)) {
            let figures = |direction| {
                let side = table.side(direction)?;
                let row = table.span_row(side, Span::All, ledger)?;
                // A closing row that lies across several lists of expenditure has its figure in the last of them.
                table.measured(side, row, Measure::Total).or_else(|| {
                    let others = table.sides.iter().rev().filter(|other| other.direction == Some(direction));
                    others.filter_map(|other| table.measured(other, row, Measure::Total)).next()
                })
            };
            let revenue = figures(Direction::Revenue);
            let expenditure = figures(Direction::Expenditure);
            match (revenue, expenditure) {
                (Some(revenue), Some(expenditure)) => {
                    outcomes.compare(&revenue, &expenditure, || format!("{}：收入总计 = 支出总计", table.name()));
                }
                _ => outcomes.not_applicable(format!("{}：缺少收入总计或支出总计", table.name()), None),
            }
        }
        if outcomes.is_silent() {
            outcomes.not_applicable("没有收支总表", None);
        }
    },
};
