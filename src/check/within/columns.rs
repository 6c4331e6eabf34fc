//! Rows across their columns: 合计 = 基本支出 + 项目支出, and the other sums that a header states.

use crate::check::figure::Figure;
use crate::check::ledger::{ColumnSum, ColumnSumKind, Ledger, LedgerTable, Side};
use crate::check::outcomes::RuleOutcomes;
use crate::check::rule::Rule;
use crate::document::Severity;

/// Every row of a table whose header divides a total into 基本支出 and 项目支出 (and 上缴, 经营, 补助 where it has
/// them): the total is their sum. A digit misprinted or misread in either shows here.
pub(super) const TOTAL_IS_BASIC_PLUS_PROJECT: Rule = Rule {
    id: "total-is-basic-plus-project",
    severity: Severity::Error,
    title: "合计 = 基本支出 + 项目支出",
    title_en: "total = basic + project expenditure",
    run: |ledger, outcomes| check(ledger, outcomes, ColumnSumKind::BasicAndProject),
};

/// 基本支出 is 人员经费 and 公用经费; there is no third kind.
pub(super) const PERSONNEL_PLUS_OPERATING: Rule = Rule {
    id: "basic-is-personnel-plus-operating",
    severity: Severity::Error,
    title: "基本支出 = 人员经费 + 公用经费",
    title_en: "basic expenditure = personnel + operating expenses",
    run: |ledger, outcomes| check(ledger, outcomes, ColumnSumKind::PersonnelAndOperating),
};

/// “三公”经费 are three: travel abroad, vehicles, reception.
pub(super) const THREE_PUBLIC_IS_SUM: Rule = Rule {
    id: "three-public-is-sum-of-items",
    severity: Severity::Error,
    title: "“三公”经费 = 因公出国（境）费 + 公务用车购置及运行费 + 公务接待费",
    title_en: "“three public” expenses = travel abroad + vehicles + reception",
    run: |ledger, outcomes| check(ledger, outcomes, ColumnSumKind::ThreePublic),
};

/// Vehicles cost their purchase and their operation.
pub(super) const VEHICLES_IS_SUM: Rule = Rule {
    id: "vehicles-is-purchase-plus-operation",
    severity: Severity::Error,
    title: "公务用车购置及运行费 = 购置费 + 运行费",
    title_en: "vehicles = purchase + operation",
    run: |ledger, outcomes| check(ledger, outcomes, ColumnSumKind::Vehicles),
};

/// Every row: its total is the sum of the funds (or other parts) that the header lists beside it. Where the header
/// alone does not prove that, the table's own figures must bear it out in most rows.
pub(super) const ROW_TOTAL_IS_SUM_OF_FUNDS: Rule = Rule {
    id: "row-total-is-sum-of-funds",
    severity: Severity::Error,
    title: "合计 = 各资金来源之和",
    title_en: "row total = sum of its fund columns",
    run: |ledger, outcomes| check(ledger, outcomes, ColumnSumKind::Funds),
};

fn check(ledger: &Ledger<'_>, outcomes: &mut RuleOutcomes<'_>, kind: ColumnSumKind) {
    for table in &ledger.tables {
        for side in &table.sides {
            for sum in side.sums.iter().filter(|sum| sum.kind == kind) {
                table_sum(table, side, sum, outcomes);
            }
        }
    }
    if outcomes.is_silent() {
        outcomes.not_applicable("没有这样的表", None);
    }
}

fn table_sum(table: &LedgerTable<'_>, side: &Side, sum: &ColumnSum, outcomes: &mut RuleOutcomes<'_>) {
    let place = table.place(0, sum.total);
    if !sum.is_certain && !sum.is_borne_out {
        let filled = (0..side.rows.len()).any(|row| table.figure(row, sum.total).is_some_and(|f| !f.value.is_zero()));
        let reason = if filled {
            "各列之和在本表多数行与合计不符：合计不止这些列"
        } else {
            "本表没有数字"
        };
        return outcomes.not_applicable(format!("{}：{reason}", table.name()), Some(place));
    }
    let mut compared = false;
    for row in 0..side.rows.len() {
        compared |= row_sum(table, side, sum, row, outcomes);
    }
    if !compared {
        outcomes.not_applicable(format!("{}：本表没有数字", table.name()), Some(place));
    }
}

/// Compares the total of a row with its parts. Where one of them is missing, nothing stands against something. Returns
/// whether there was anything to say.
fn row_sum(table: &LedgerTable<'_>, side: &Side, sum: &ColumnSum, row: usize, outcomes: &mut RuleOutcomes<'_>) -> bool {
    let has_total = table.figure(row, sum.total).is_some();
    let has_parts = sum.parts.iter().any(|column| table.figure(row, *column).is_some());
    let total = table.figure_or_nothing(row, sum.total);
    let parts: Vec<Figure> = match has_parts {
        true => sum.parts.iter().filter_map(|column| table.figure(row, *column)).collect(),
        false => sum.parts.iter().map(|column| table.figure_or_nothing(row, *column)).collect(),
    };
    let is_silent = total.value.is_zero() && parts.iter().all(|part| part.value.is_zero());
    if !(has_total && has_parts) && is_silent {
        return false;
    }
    let message = || {
        let parts: Vec<&str> = sum.parts.iter().map(|column| table.column_name(*column)).collect();
        format!("{}：{} {} = {}", table.name(), side.row_name(row), table.column_name(sum.total), parts.join(" + "))
    };
    outcomes.compare_in_row(total, &parts, message).is_some()
}
