//! The same subject in several tables.

use crate::check::figure::{Figure, compare};
use crate::check::ledger::LedgerTable;
use crate::check::outcomes::{Fault, RuleOutcomes};
use crate::check::rule::Rule;
use crate::document::{Direction, Measure, Severity, TableKind};
use crate::language::classification::scheme_of;

/// Digits of a code: 类, 款, 项.
const CODE_LENGTHS: [usize; 3] = [3, 5, 7];

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
    let same_money = same_money(first, second, measure);
    let Some(same_money) = same_money else { return };
    let mut differing: Option<(String, Vec<Figure>)> = None;
    for Common { subject, figures, others, is_missing } in common(first, second, measure) {
        let agrees = compare(&figures, &others).is_ok_and(|difference| difference.is_rounding());
        if same_money || (agrees && !is_missing) {
            outcomes.compare(&figures, &others, || format!("{subject}：{} = {}", first.name(), second.name()));
        } else if !is_missing {
            differing.get_or_insert((subject, figures));
        }
    }
    if let Some((subject, figures)) = differing {
        let reason = format!("{}与{}口径不同（合计不等），如{subject}", first.name(), second.name());
        outcomes.not_applicable(reason, figures.first().map(|figure| figure.place));
    }
}

/// Tables with the same total list the same subjects, each as far down as the other: a code that stands in one of them
/// alone is misprinted there, or its row is missing in the other.
pub(super) const SUBJECTS_LISTED: Rule = Rule {
    id: "subject-listed-in-both-tables",
    severity: Severity::Warning,
    title: "合计相等的两张表列有相同的科目",
    title_en: "tables with the same total list the same subjects",
    run: |ledger, outcomes| {
        let tables: Vec<&LedgerTable<'_>> = ledger.known_tables().filter(|table| is_by_subject(table)).collect();
        for (at, first) in tables.iter().enumerate() {
            for second in &tables[at + 1..] {
                if same_money(first, second, Measure::Total) == Some(true) {
                    listed(first, second, outcomes);
                    listed(second, first, outcomes);
                }
            }
        }
        if outcomes.is_silent() {
            outcomes.not_applicable("没有合计相等、列有相同科目的两张表", None);
        }
    },
};

/// Looks for each subject of a table in another with the same total. Where most subjects of a level are not in both, the
/// tables are divided otherwise.
fn listed(table: &LedgerTable<'_>, other: &LedgerTable<'_>, outcomes: &mut RuleOutcomes<'_>) {
    let (Some(side), Some(others)) = (table.side(Direction::Expenditure), other.side(Direction::Expenditure)) else {
        return;
    };
    for length in CODE_LENGTHS {
        let is_of_level = |row: &usize| {
            let code = side.rows[*row].code.as_deref();
            code.is_some_and(|code| code.len() == length && scheme_of(code).is_some())
                && table.has_amount(*row, &side.current)
        };
        let rows = (0..side.rows.len()).filter(is_of_level);
        let (common, missing): (Vec<usize>, Vec<usize>) =
            rows.partition(|row| side.rows[*row].code.as_ref().is_some_and(|code| others.by_code.contains_key(code)));
        if common.len() <= missing.len() {
            continue;
        }
        for row in missing {
            let place = table.place(row, side.name.unwrap_or(0));
            outcomes.fail(Fault {
                message: format!("{}：{}，{}没有这一科目", table.name(), side.row_name(row), other.name()),
                actual: side.rows[row].code.clone(),
                places: outcomes.place(place).into_iter().collect(),
                ..Fault::default()
            });
        }
    }
}

/// Whether the totals of a measure are the same money; `None` where one of the tables has none.
fn same_money(first: &LedgerTable<'_>, second: &LedgerTable<'_>, measure: Measure) -> Option<bool> {
    let (one, other) = (whole(first, measure)?, whole(second, measure)?);
    Some(compare(&one, &other).is_ok_and(|difference| difference.is_rounding()))
}

/// A table's total of a measure.
fn whole(table: &LedgerTable<'_>, measure: Measure) -> Option<Vec<Figure>> {
    let side = table.side(Direction::Expenditure)?;
    table.measured(side, table.total_row(side)?, measure)
}

/// A subject that two tables have, with its figures in each.
struct Common {
    subject: String,
    figures: Vec<Figure>,
    others: Vec<Figure>,
    /// Whether one of them has nothing for it.
    is_missing: bool,
}

/// Every subject that stands once in each of two tables, with its figures of a measure.
fn common(first: &LedgerTable<'_>, second: &LedgerTable<'_>, measure: Measure) -> Vec<Common> {
    let (Some(side), Some(others)) = (first.side(Direction::Expenditure), second.side(Direction::Expenditure)) else {
        return Vec::new();
    };
    let found = side.rows.iter().enumerate().filter_map(|(row, named)| {
        let code = named.code.as_ref().filter(|code| scheme_of(code).is_some())?;
        let is_only = first.row_coded(side, code) == Some(row);
        let other = second.row_coded(others, code).filter(|_| is_only)?;
        let printed = (first.measured(side, row, measure), second.measured(others, other, measure));
        let is_missing = printed.0.is_none() || printed.1.is_none();
        if printed.0.is_none() && printed.1.is_none() {
            return None;
        }
        Some(Common {
            subject: side.row_name(row),
            figures: printed.0.or_else(|| first.measured_or_nothing(side, row, measure))?,
            others: printed.1.or_else(|| second.measured_or_nothing(others, other, measure))?,
            is_missing,
        })
    });
    found.collect()
}
