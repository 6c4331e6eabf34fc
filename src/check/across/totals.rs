//! The totals of the tables against those of the summaries.

use super::tie;
use crate::check::figure::{Figure, compare};
use crate::check::ledger::{Ledger, LedgerTable, RowKind, Side, Span};
use crate::check::outcomes::{Fault, RuleOutcomes};
use crate::check::rule::Rule;
use crate::document::{CheckPlace, Direction, Measure, Severity, TableKind};
use crate::language::ordinals;

/// 收入总表 lists by unit, fund or subject what 收支总表 sums. A revenue table with a column of carry-over covers what
/// 收入总计 does, one without what 本年收入合计 does.
pub(super) const REVENUE_TABLE: Rule = Rule {
    id: "revenue-table-ties-to-summary",
    severity: Severity::Error,
    title: "收入总表合计 = 收支总表收入",
    title_en: "total of the revenue table = revenue in the summary",
    run: |ledger, outcomes| {
        against_summary(ledger, outcomes, TableKind::RevenueSummary, Direction::Revenue);
    },
};

/// 支出总表 lists by subject what 收支总表 sums.
pub(super) const EXPENDITURE_TABLE: Rule = Rule {
    id: "expenditure-table-ties-to-summary",
    severity: Severity::Error,
    title: "支出总表合计 = 收支总表支出",
    title_en: "total of the expenditure table = expenditure in the summary",
    run: |ledger, outcomes| {
        against_summary(ledger, outcomes, TableKind::ExpenditureSummary, Direction::Expenditure);
    },
};

/// What is spent of fiscal appropriations is spent from the general public budget, government funds and the state
/// capital operating budget, each of which has a table.
pub(super) const APPROPRIATION_TABLES: Rule = Rule {
    id: "appropriation-tables-tie-to-summary",
    severity: Severity::Error,
    title: "财政拨款支出 = 一般公共预算支出 + 政府性基金预算支出 + 国有资本经营预算支出",
    title_en: "fiscal appropriation expenditure = general public + government fund + state capital expenditure",
    run: |ledger, outcomes| {
        for summary in ledger.of_kind(TableKind::FiscalAppropriationSummary) {
            let Some(whole) = expenditure_of(summary, ledger) else {
                outcomes.not_applicable(format!("{}：没有支出总计", summary.name()), None);
                continue;
            };
            let kinds = [
                (TableKind::GeneralPublicExpenditure, Measure::GeneralPublic),
                (TableKind::GovernmentFundExpenditure, Measure::GovernmentFund),
                (TableKind::StateCapitalExpenditure, Measure::StateCapital),
            ];
            let tables = kinds.map(|(kind, _)| total_of(ledger, kind, Direction::Expenditure));
            let Some(Some(general)) = tables.first().cloned() else {
                outcomes.not_applicable("没有一般公共预算支出表", None);
                continue;
            };
            let parts: Vec<Figure> = tables.into_iter().flatten().flatten().collect();
            let message = format!("{}：支出 = 各项预算支出表之和", summary.name());
            // Where a table is missing, or has a title that we do not know, its money is missing as well.
            let is_complete = kinds.iter().all(|(kind, _)| ledger.of_kind(*kind).next().is_some());
            let adds_up = compare(&whole, &parts).is_ok_and(|difference| difference.is_rounding());
            if is_complete || adds_up {
                tie(outcomes, ledger, &whole, &parts, &message);
            } else {
                let reason = format!("{}：缺少政府性基金或国有资本经营预算支出表", summary.name());
                outcomes.not_applicable(reason, whole.first().map(|figure| figure.place));
            }
            // The column of the general public budget alone, where there is one.
            let by_fund = summary.side(Direction::Expenditure).and_then(|side| {
                let row = summary.span_row(side, Span::ThisYear, ledger).or_else(|| summary.total_row(side))?;
                summary.measured(side, row, Measure::GeneralPublic)
            });
            if let Some(by_fund) = by_fund.filter(|_| parts.len() > 1) {
                let message = format!("{}：一般公共预算支出 = 一般公共预算支出表合计", summary.name());
                tie(outcomes, ledger, &by_fund, &general, &message);
            }
        }
        if outcomes.is_silent() {
            outcomes.not_applicable("没有财政拨款收支总表", None);
        }
    },
};

/// A document that closes its tables with totals closes all of them: a table without one has lost it.
pub(super) const TOTAL_ROW: Rule = Rule {
    id: "total-row-missing",
    severity: Severity::Note,
    title: "各表都有合计行",
    title_en: "every table has a row for its total",
    run: |ledger, outcomes| {
        let lists = ledger.known_tables().filter(|table| lists_classes(table));
        let (with, without): (Vec<_>, Vec<_>) = lists.partition(|table| has_total(table));
        if with.len() >= MIN_TOTALS && without.len() * 2 <= with.len() {
            for table in without {
                let place = table.table.pages.first().map(|page| CheckPlace::on(*page));
                outcomes.fail(Fault {
                    message: format!("{}没有合计行，其他表都有", table.name()),
                    places: place.into_iter().map(|place| CheckPlace { table: Some(table.index), ..place }).collect(),
                    ..Fault::default()
                });
            }
        }
        match (with.is_empty(), outcomes.is_silent()) {
            (true, _) => outcomes.not_applicable("没有列出合计的表", None),
            (false, true) => outcomes.pass(format!("{}张表都有合计行", with.len()), Vec::new()),
            (false, false) => {}
        }
    },
};

/// Fewer tables with totals show no custom of the document.
const MIN_TOTALS: usize = 2;

/// Whether a table lists several classes, by code or by ordinal, so that a total closes them.
fn lists_classes(table: &LedgerTable<'_>) -> bool {
    let kinds = [
        TableKind::RevenueExpenditureSummary,
        TableKind::FiscalAppropriationSummary,
        TableKind::RevenueSummary,
        TableKind::ExpenditureSummary,
        TableKind::GeneralPublicExpenditure,
        TableKind::GeneralPublicBasicExpenditure,
    ];
    let classes = |side: &Side| {
        let is_class = |row: &usize| {
            let row = &side.rows[*row];
            row.code.as_ref().is_some_and(|code| code.len() == 3) || ordinals::leading(&row.label).is_some()
        };
        (0..side.rows.len()).filter(is_class).filter(|row| table.has_amount(*row, &side.current)).count()
    };
    kinds.contains(&table.table.kind) && table.sides.iter().any(|side| classes(side) > 1)
}

fn has_total(table: &LedgerTable<'_>) -> bool {
    let mut rows = table.sides.iter().flat_map(|side| &side.rows);
    // A row of the whole unit may stand in for the total.
    rows.any(|row| row.kind == RowKind::Total)
        || table.sides.iter().any(|side| side.rows.len() > 1 && table.total_row(side).is_some())
}

/// A table's total against the side of 收支总表 that covers the same.
fn against_summary(ledger: &Ledger<'_>, outcomes: &mut RuleOutcomes<'_>, kind: TableKind, direction: Direction) {
    let summaries: Vec<&LedgerTable<'_>> = ledger.of_kind(TableKind::RevenueExpenditureSummary).collect();
    for table in ledger.of_kind(kind) {
        let total = table.side(direction).filter(|side| divides(table, side)).and_then(|side| {
            let row = table.total_row(side)?;
            table.measured(side, row, Measure::Total)
        });
        let Some(total) = total else {
            outcomes.not_applicable(format!("{}：看不出合计", table.name()), None);
            continue;
        };
        let [summary] = summaries.as_slice() else {
            outcomes.not_applicable("没有唯一的收支总表", None);
            continue;
        };
        let spans = [Span::ThisYear, Span::All].map(|span| summary_total(summary, direction, span, ledger));
        let covers_carry_over = table.side(direction).is_some_and(|side| {
            let row = table.total_row(side);
            row.and_then(|row| table.measured(side, row, Measure::Carryover)).is_some()
        });
        let [year, all] = spans;
        let wanted = if covers_carry_over { all.or(year) } else { year.or(all) };
        match wanted {
            Some(wanted) => {
                let message = format!("{}合计 = {}相应总额", table.name(), summary.name());
                tie(outcomes, ledger, &total, &wanted, &message);
            }
            None => outcomes.not_applicable(format!("{}：看不出总计", summary.name()), None),
        }
    }
    if outcomes.is_silent() {
        outcomes.not_applicable("没有这样的表", None);
    }
}

/// Whether a table divides what it totals by subject, unit or kind of expenditure, as the tables meant do.
fn divides(table: &LedgerTable<'_>, side: &Side) -> bool {
    let by_kind = || {
        let row = table.total_row(side)?;
        table.measured(side, row, Measure::Basic)
    };
    side.rows.len() > 1 || by_kind().is_some()
}

fn summary_total(
    summary: &LedgerTable<'_>,
    direction: Direction,
    span: Span,
    ledger: &Ledger<'_>,
) -> Option<Vec<Figure>> {
    let sides = summary.sides.iter().filter(|side| side.direction == Some(direction));
    sides.filter_map(|side| summary.measured(side, summary.span_row(side, span, ledger)?, Measure::Total)).next()
}

/// The expenditure of the year in a summary, else all of it.
fn expenditure_of(summary: &LedgerTable<'_>, ledger: &Ledger<'_>) -> Option<Vec<Figure>> {
    let of = |span| summary_total(summary, Direction::Expenditure, span, ledger);
    of(Span::ThisYear).or_else(|| of(Span::All))
}

/// The total of the one table of a kind.
fn total_of(ledger: &Ledger<'_>, kind: TableKind, direction: Direction) -> Option<Vec<Figure>> {
    let mut tables = ledger.of_kind(kind);
    let (table, None) = (tables.next()?, tables.next()) else { return None };
    let side = table.side(direction)?;
    table.measured(side, table.total_row(side)?, Measure::Total)
}
