//! Economic items of basic expenditure against the “three public” expenses.

use crate::check::figure::{Figure, compare};
use crate::check::ledger::{Ledger, LedgerTable};
use crate::check::rule::Rule;
use crate::document::{Direction, Measure, Severity, TableKind};

/// Economic codes of 政府收支分类科目 whose money is “three public” expense.
const ITEMS: [(&str, Measure); 4] = [
    ("30212", Measure::TravelAbroad),
    ("30217", Measure::Reception),
    ("30231", Measure::VehicleOperation),
    ("31013", Measure::VehiclePurchase),
];

/// What basic expenditure pays for reception, travel abroad and vehicles is part of the “three public” expenses; these
/// may be larger, as projects pay for them too, but not smaller.
pub(super) const ECONOMIC_ITEMS: Rule = Rule {
    id: "three-public-covers-basic-items",
    severity: Severity::Warning,
    title: "“三公”经费不少于基本支出中的相应科目",
    title_en: "“three public” expenses are at least what basic expenditure pays for them",
    run: |ledger, outcomes| {
        for basic in ledger.of_kind(TableKind::GeneralPublicBasicExpenditure) {
            for (code, measure) in ITEMS {
                let Some(paid) = item(basic, code) else { continue };
                let Some(stated) = three_public(ledger, measure) else {
                    outcomes.not_applicable(format!("“三公”经费表没有与{code}相应的数字"), None);
                    continue;
                };
                let Ok(difference) = compare(&stated, &paid) else { continue };
                let message = || format!("{code} {}：“三公”经费表 = 基本支出表", label(basic, code));
                if difference.is_rounding() || difference.amount().is_sign_negative() {
                    outcomes.compare(&stated, &paid, message);
                } else {
                    let reason = format!("{code}：“三公”经费多于基本支出所列，项目支出也可列支");
                    outcomes.not_applicable(reason, stated.first().map(|figure| figure.place));
                }
            }
        }
        if outcomes.is_silent() {
            outcomes.not_applicable("基本支出表没有“三公”经费科目", None);
        }
    },
};

fn item(table: &LedgerTable<'_>, code: &str) -> Option<Vec<Figure>> {
    table.sides.iter().find_map(|side| {
        let row = table.row_coded(side, code)?;
        table.measured(side, row, Measure::Total).or_else(|| table.measured(side, row, Measure::Basic))
    })
}

fn label(table: &LedgerTable<'_>, code: &str) -> String {
    let found = table.sides.iter().find_map(|side| Some(side.rows[table.row_coded(side, code)?].label.clone()));
    found.unwrap_or_default()
}

/// A “three public” item of the document's year, from the one table that has it.
fn three_public(ledger: &Ledger<'_>, measure: Measure) -> Option<Vec<Figure>> {
    let mut tables = ledger.of_kind(TableKind::ThreePublic);
    let (table, None) = (tables.next()?, tables.next()) else { return None };
    let side = table.side(Direction::Expenditure)?;
    if let Some(row) = table.total_row(side)
        && let Some(figures) = table.measured(side, row, measure)
    {
        return Some(figures);
    }
    // Items that stand in rows.
    let is_item = |row: &usize| ledger.vocabulary.measure(&side.rows[*row].label) == Some(measure);
    let row = (0..side.rows.len()).find(is_item)?;
    table.measured(side, row, Measure::Total)
}
