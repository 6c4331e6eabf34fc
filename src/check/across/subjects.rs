//! The same subject in several tables.

use crate::check::figure::{Figure, compare};
use crate::check::ledger::LedgerTable;
use crate::check::outcomes::RuleOutcomes;
use crate::check::rule::Rule;
use crate::document::{Direction, Measure, Severity, TableKind};
use crate::language::classification::scheme_of;

/// Tables by functional or economic subject of one document list the same subjects. Where their totals are the same
/// money, so is each subject; where the totals differ, only what agrees is confirmed.
pub(super) const SUBJECTS_AGREE: Rule = Rule {
    id: "subject-agrees-across-tables",
    severity: Severity::Error,
    title: "同一科目在各表金额一致",
    title_en: "a subject has one amount in all tables that cover the same money",
    run: |ledger, outcomes| {
        let tables: Vec<&LedgerTable<'_>> = ledger.known_tables().filter(|table| is_by_subject(table)).collect();
        for (at, first) in tables.iter().enumerate() {
            for second in &tables[at + 1..] {
                for measure in
                    [Measure::Total, Measure::Basic, Measure::Project, Measure::Personnel, Measure::Operating]
                {
                    pair(outcomes, first, second, measure);
                }
            }
        }
        if outcomes.is_silent() {
            outcomes.not_applicable("没有两张列有相同科目的表", None);
        }
    },
};

/// Only tables that list all of something by subject; projects and purchases are divided otherwise.
fn is_by_subject(table: &LedgerTable<'_>) -> bool {
    let is_list = matches!(
        table.table.kind,
        TableKind::RevenueSummary
            | TableKind::ExpenditureSummary
            | TableKind::GeneralPublicExpenditure
            | TableKind::GeneralPublicBasicExpenditure
            | TableKind::GeneralPublicByEconomicClass
            | TableKind::FiscalAppropriationExpenditure
            | TableKind::FiscalAppropriationBasicExpenditure
            | TableKind::BasicExpenditure
    );
    is_list && table.sides.iter().any(|side| side.rows.iter().any(|row| row.code.is_some()))
}

fn pair(outcomes: &mut RuleOutcomes<'_>, first: &LedgerTable<'_>, second: &LedgerTable<'_>, measure: Measure) {
    let wholes = (whole(first, measure), whole(second, measure));
    let (Some(one), Some(other)) = wholes else { return };
    let same_money = compare(&one, &other).is_ok_and(|difference| difference.is_rounding());
    let mut differing: Option<(String, Vec<Figure>)> = None;
    let subjects = subjects(first, measure);
    for (code, label, figures) in subjects {
        let Some(others) = subject(second, code, measure) else { continue };
        let agrees = compare(&figures, &others).is_ok_and(|difference| difference.is_rounding());
        if agrees || same_money {
            outcomes.compare(&figures, &others, || format!("{code} {label}：{} = {}", first.name(), second.name()));
        } else {
            differing.get_or_insert((format!("{code} {label}"), figures));
        }
    }
    if let Some((subject, figures)) = differing {
        let reason = format!("{}与{}口径不同（合计不等），如{subject}", first.name(), second.name());
        outcomes.not_applicable(reason, figures.first().map(|figure| figure.place));
    }
}

/// A table's total of a measure.
fn whole(table: &LedgerTable<'_>, measure: Measure) -> Option<Vec<Figure>> {
    let side = table.side(Direction::Expenditure)?;
    table.measured(side, table.total_row(side)?, measure)
}

/// Every subject of a table with its figures of a measure.
fn subjects<'t>(table: &'t LedgerTable<'_>, measure: Measure) -> Vec<(&'t str, &'t str, Vec<Figure>)> {
    let Some(side) = table.side(Direction::Expenditure) else { return Vec::new() };
    let rows = side.rows.iter().enumerate();
    let found = rows.filter_map(|(index, row)| {
        let code = row.code.as_ref().filter(|code| scheme_of(code).is_some())?;
        let is_only = table.row_coded(side, code) == Some(index);
        let figures = is_only.then(|| table.measured(side, index, measure)).flatten()?;
        Some((code.as_str(), row.label.as_str(), figures))
    });
    found.collect()
}

fn subject(table: &LedgerTable<'_>, code: &str, measure: Measure) -> Option<Vec<Figure>> {
    let side = table.side(Direction::Expenditure)?;
    table.measured(side, table.row_coded(side, code)?, measure)
}
