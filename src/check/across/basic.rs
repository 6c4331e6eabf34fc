//! 基本支出 in the tables by function against 基本支出表, which divides it by economic class.

use super::tie;
use crate::check::ledger::LedgerTable;
use crate::check::rule::Rule;
use crate::document::{Direction, Measure, Severity, TableKind};

/// The basic expenditure of a table by function is what the table of basic expenditure of the same money divides by
/// economic class; so are its personnel and operating expenses.
pub(super) const BASIC_TABLE: Rule = Rule {
    id: "basic-expenditure-ties",
    severity: Severity::Error,
    title: "支出表的基本支出 = 基本支出表合计",
    title_en: "basic expenditure by function = total of the basic expenditure table",
    run: |ledger, outcomes| {
        let pairs = [
            (TableKind::GeneralPublicExpenditure, TableKind::GeneralPublicBasicExpenditure),
            (TableKind::FiscalAppropriationExpenditure, TableKind::FiscalAppropriationBasicExpenditure),
            (TableKind::ExpenditureSummary, TableKind::BasicExpenditure),
        ];
        for (function, economic) in pairs {
            for table in ledger.of_kind(function) {
                for basic in ledger.of_kind(economic) {
                    for measure in [Measure::Basic, Measure::Personnel, Measure::Operating] {
                        let whole = |table: &LedgerTable<'_>, measure| {
                            let side = table.side(Direction::Expenditure)?;
                            table.measured(side, table.total_row(side)?, measure)
                        };
                        let own = if measure == Measure::Basic { basic_total(basic) } else { whole(basic, measure) };
                        if let (Some(stated), Some(own)) = (whole(table, measure), own) {
                            let message = format!("{} = {}", table.name(), basic.name());
                            tie(outcomes, ledger, &stated, &own, &message);
                        }
                    }
                }
            }
        }
        if outcomes.is_silent() {
            outcomes.not_applicable("没有可比的基本支出", None);
        }
    },
};

/// The total of a table of basic expenditure: of its only side, or of both where personnel and operating expenses stand
/// beside each other.
fn basic_total(table: &LedgerTable<'_>) -> Option<Vec<crate::check::figure::Figure>> {
    let of = |side| {
        let row = table.total_row(side)?;
        table.measured(side, row, Measure::Total).or_else(|| table.measured(side, row, Measure::Basic))
    };
    let totals: Option<Vec<_>> = table.sides.iter().map(of).collect();
    totals.map(|totals| totals.into_iter().flatten().collect())
}
