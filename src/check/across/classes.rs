//! The classes that summaries list by name against those that tables list by code.

use crate::check::figure::{Figure, compare};
use crate::check::ledger::{Ledger, LedgerTable, RowKind};
use crate::check::outcomes::RuleOutcomes;
use crate::check::rule::Rule;
use crate::document::{Direction, Measure, Severity, TableKind};

/// Each class of 收支总表 against the class of the same name in 支出总表.
pub(super) const CLASSES_OF_SUMMARY: Rule = Rule {
    id: "classes-of-summary-tie",
    severity: Severity::Error,
    title: "收支总表各类支出 = 支出总表各类支出",
    title_en: "classes of the summary = classes of the expenditure table",
    run: |ledger, outcomes| {
        let pair = (TableKind::RevenueExpenditureSummary, TableKind::ExpenditureSummary);
        classes(ledger, outcomes, pair, Measure::Total);
    },
};

/// Each class of 财政拨款收支总表 (its column of the general public budget) against that of 一般公共预算支出表.
pub(super) const CLASSES_OF_APPROPRIATION: Rule = Rule {
    id: "classes-of-appropriation-tie",
    severity: Severity::Error,
    title: "财政拨款收支总表各类一般公共预算支出 = 一般公共预算支出表各类支出",
    title_en: "classes of the appropriation summary = classes of the general public expenditure table",
    run: |ledger, outcomes| {
        let pair = (TableKind::FiscalAppropriationSummary, TableKind::GeneralPublicExpenditure);
        classes(ledger, outcomes, pair, Measure::GeneralPublic);
    },
};

fn classes(ledger: &Ledger<'_>, outcomes: &mut RuleOutcomes<'_>, kinds: (TableKind, TableKind), measure: Measure) {
    for summary in ledger.of_kind(kinds.0) {
        for table in ledger.of_kind(kinds.1) {
            pair(outcomes, summary, table, measure);
        }
    }
    if outcomes.is_silent() {
        outcomes.not_applicable("没有可比的两张表", None);
    }
}

/// Compares class by class. Where the sums of all classes differ, other money is in one of the tables (carry-over,
/// other funds): then a class that differs proves nothing.
fn pair(outcomes: &mut RuleOutcomes<'_>, summary: &LedgerTable<'_>, table: &LedgerTable<'_>, measure: Measure) {
    let Some(side) = table.side(Direction::Expenditure) else { return };
    let mut pairs: Vec<Class> = Vec::new();
    for (row, class) in side.rows.iter().enumerate() {
        let is_class = class.code.as_ref().is_some_and(|code| code.len() == 3);
        if !is_class || table.row_coded(side, class.code.as_deref().unwrap_or_default()) != Some(row) {
            continue;
        }
        let listed =
            summary.sides.iter().filter(|side| side.direction == Some(Direction::Expenditure)).find_map(|side| {
                let row = summary.row_named(side, &class.label).filter(|row| side.rows[*row].kind == RowKind::Item)?;
                let figures = summary.measured(side, row, measure);
                figures.or_else(|| summary.measured(side, row, Measure::Total))
            });
        let own = table.measured_or_nothing(side, row, Measure::Total);
        if let (Some(listed), Some(own)) = (listed, own) {
            pairs.push(Class { name: class.label.clone(), listed, own });
        }
    }
    let all = |figures: fn(&Class) -> &[Figure]| -> Vec<Figure> {
        pairs.iter().flat_map(|class| figures(class).iter().copied()).collect()
    };
    let wholes = (all(|class| &class.listed), all(|class| &class.own));
    let same_money = compare(&wholes.0, &wholes.1).is_ok_and(|difference| difference.is_rounding())
        || same_totals(summary, table, measure);
    for Class { name, listed, own } in pairs {
        let agrees = compare(&listed, &own).is_ok_and(|difference| difference.is_rounding());
        if agrees || same_money {
            outcomes.compare(&listed, &own, || format!("{name}：{} = {}", summary.name(), table.name()));
        } else {
            let reason = format!("{name}：{}与{}口径不同（总额不等）", summary.name(), table.name());
            outcomes.not_applicable(reason, listed.first().map(|figure| figure.place));
        }
    }
}

/// Whether a summary and a table have the same total of expenditure.
fn same_totals(summary: &LedgerTable<'_>, table: &LedgerTable<'_>, measure: Measure) -> bool {
    let whole = |table: &LedgerTable<'_>, measure| {
        let side = table.side(Direction::Expenditure)?;
        table.measured(side, table.total_row(side)?, measure)
    };
    let listed = whole(summary, measure).or_else(|| whole(summary, Measure::Total));
    listed
        .zip(whole(table, Measure::Total))
        .is_some_and(|(listed, own)| compare(&listed, &own).is_ok_and(|difference| difference.is_rounding()))
}

/// A class with its figures in the summary and in the table.
struct Class {
    name: String,
    listed: Vec<Figure>,
    own: Vec<Figure>,
}
