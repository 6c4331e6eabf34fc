//! Columns down their rows: 合计 = sum of classes, 类 = sum of 款 = sum of 项, items and their parts.

use crate::check::figure::Figure;
use crate::check::ledger::{Ledger, LedgerTable, RowSum, RowSumKind, Side};
use crate::check::outcomes::RuleOutcomes;
use crate::check::rule::Rule;
use crate::document::Severity;

/// More parts than this are counted in a message instead of named.
const NAMED_PARTS: usize = 4;

/// 合计 is the sum of the classes (or of the units, or of the items of a list), in every column of amounts.
pub(super) const TOTAL_IS_SUM_OF_CLASSES: Rule = Rule {
    id: "total-is-sum-of-classes",
    severity: Severity::Error,
    title: "合计 = 各类之和",
    title_en: "total = sum of its classes",
    run: |ledger, outcomes| check(ledger, outcomes, RowSumKind::Total),
};

/// 类 is the sum of its 款, 款 of its 项, in every column of amounts.
pub(super) const SUBJECT_IS_SUM_OF_SUBJECTS: Rule = Rule {
    id: "subject-is-sum-of-subjects",
    severity: Severity::Error,
    title: "上级科目 = 下级科目之和",
    title_en: "subject = sum of the subjects below it",
    run: |ledger, outcomes| check(ledger, outcomes, RowSumKind::Subject),
};

/// An item of a list without codes is the sum of the items listed under it (一、本年支出 of （一） to （三十一）). Parts
/// without ordinals count only where the table's own figures bear them out.
pub(super) const ITEM_IS_SUM_OF_PARTS: Rule = Rule {
    id: "item-is-sum-of-parts",
    severity: Severity::Error,
    title: "项目 = 其下各项之和",
    title_en: "item = sum of the items under it",
    run: |ledger, outcomes| check(ledger, outcomes, RowSumKind::Item),
};

/// 收入总计 = 本年收入合计 + 上年结转, 支出总计 = 本年支出合计 + 结转下年.
pub(super) const GRAND_TOTAL: Rule = Rule {
    id: "total-with-carry-over",
    severity: Severity::Error,
    title: "总计 = 本年合计 + 结转结余",
    title_en: "grand total = total of the year + carry-over",
    run: |ledger, outcomes| check(ledger, outcomes, RowSumKind::GrandTotal),
};

fn check(ledger: &Ledger<'_>, outcomes: &mut RuleOutcomes<'_>, kind: RowSumKind) {
    for table in &ledger.tables {
        for side in &table.sides {
            for sum in side.row_sums.iter().filter(|sum| sum.kind == kind) {
                table_sum(table, side, sum, outcomes);
            }
        }
    }
    if outcomes.is_silent() {
        outcomes.not_applicable("没有这样的表", None);
    }
}

fn table_sum(table: &LedgerTable<'_>, side: &Side, sum: &RowSum, outcomes: &mut RuleOutcomes<'_>) {
    if !sum.is_certain && !sum.is_borne_out {
        let filled =
            side.amounts.iter().any(|column| table.figure(sum.total, *column).is_some_and(|f| !f.value.is_zero()));
        if filled {
            let reason = format!("{}：看不出{}由哪些行相加而成", table.name(), side.row_name(sum.total));
            outcomes.not_applicable(reason, Some(table.place(sum.total, side.amounts[0])));
        }
        return;
    }
    for column in &side.amounts {
        column_sum(table, side, sum, *column, outcomes);
    }
}

/// Compares the total of a column with its parts. Where one of them is missing in a row that has other amounts, nothing
/// stands against something; a row without any amount is a heading.
fn column_sum(table: &LedgerTable<'_>, side: &Side, sum: &RowSum, column: usize, outcomes: &mut RuleOutcomes<'_>) {
    let has_total = table.figure(sum.total, column).is_some();
    let has_parts = sum.parts.iter().any(|row| table.figure(*row, column).is_some());
    let total = table.figure_or_nothing(sum.total, column);
    let parts: Vec<Figure> = match has_parts {
        true => sum.parts.iter().filter_map(|row| table.figure(*row, column)).collect(),
        false => sum.parts.iter().map(|row| table.figure_or_nothing(*row, column)).collect(),
    };
    let is_silent = total.value.is_zero() && parts.iter().all(|part| part.value.is_zero());
    if !(has_total && has_parts) && is_silent {
        return;
    }
    let is_heading = !has_total && !table.has_amount(sum.total, &side.amounts);
    let are_headings = !has_parts && !sum.parts.iter().any(|row| table.has_amount(*row, &side.amounts));
    if is_heading || are_headings {
        let (row, what) = (side.row_name(sum.total), table.column_name(column));
        let reason = match is_heading {
            true => format!("{}：{row}没有{what}", table.name()),
            false => format!("{}：{row}的下级没有{what}", table.name()),
        };
        return outcomes.not_applicable(reason, Some(total.place));
    }
    let message = || {
        let parts = match sum.parts.as_slice() {
            [first, .., _] if sum.parts.len() > NAMED_PARTS => {
                format!("{}等{}项之和", side.row_name(*first), sum.parts.len())
            }
            parts => parts.iter().map(|row| side.row_name(*row)).collect::<Vec<_>>().join(" + "),
        };
        format!("{}：{} {} = {parts}", table.name(), table.column_name(column), side.row_name(sum.total))
    };
    outcomes.compare(&[total], &parts, message);
}
