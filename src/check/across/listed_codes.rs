//! Subject codes of purchases and projects: the money is spent under a subject that the tables of subjects list.

use rustc_hash::FxHashSet;

use crate::check::ledger::LedgerTable;
use crate::check::outcomes::Fault;
use crate::check::rule::Rule;
use crate::document::{CheckPlace, Scheme, Severity, TableKind};
use crate::language::classification::scheme_of;

/// A subject on the lowest level of the functional classification has so many digits.
const ITEM_DIGITS: usize = 7;

/// So many subjects of purchases or projects must be listed elsewhere for the one that is not to be strange.
const MIN_LISTED: usize = 2;

/// What is bought and what projects cost is a part of the expenditure, under one of its subjects.
pub(super) const CODE_LISTED: Rule = Rule {
    id: "code-among-the-subjects",
    severity: Severity::Warning,
    title: "项目、采购的科目编码见于支出表",
    title_en: "codes of projects and purchases are among the subjects of expenditure",
    run: |ledger, outcomes| {
        let (parts, subjects): (Vec<_>, Vec<_>) = ledger.known_tables().partition(|table| lists_parts(table));
        let subjects: FxHashSet<&str> = subjects.into_iter().flat_map(items).map(|(_, code)| code).collect();
        for table in parts {
            let used: Vec<(usize, &str)> = items(table).collect();
            let (listed, strange): (Vec<_>, Vec<_>) = used.into_iter().partition(|(_, code)| subjects.contains(code));
            let is_told = listed.len() >= MIN_LISTED && strange.len() < listed.len();
            for (row, code) in strange.iter().filter(|_| is_told) {
                outcomes.fail(Fault {
                    message: format!("{}：科目编码{code}不见于支出表", table.name()),
                    actual: Some((*code).to_owned()),
                    places: vec![CheckPlace::on(table.table.rows[*row].page).cell(table.index, *row, None)],
                    ..Fault::default()
                });
            }
            if is_told && strange.is_empty() {
                let page = table.table.pages.first().map(|page| CheckPlace::on(*page));
                outcomes.pass(table.name(), page.into_iter().collect());
            }
        }
        if outcomes.is_silent() {
            outcomes.not_applicable("没有可对照的项目或采购科目", None);
        }
    },
};

fn lists_parts(table: &LedgerTable<'_>) -> bool {
    matches!(table.table.kind, TableKind::Procurement | TableKind::ProjectExpenditure)
}

/// The functional codes of the lowest level in a table, with their rows.
fn items<'l>(table: &'l LedgerTable<'_>) -> impl Iterator<Item = (usize, &'l str)> {
    table.sides.iter().flat_map(|side| {
        side.rows.iter().enumerate().filter_map(|(index, row)| {
            let code = row.code.as_deref()?;
            let is_item = code.len() == ITEM_DIGITS && scheme_of(code) == Some(Scheme::Functional);
            is_item.then_some((index, code))
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::document::TestDocument;

    #[test]
    fn a_purchase_under_a_subject_that_nobody_lists() {
        let with = |code: &str| {
            let expenditure = ["2010301|行政运行|10.00", "2080501|行政单位离退休|5.00"];
            let purchases = ["2010301|桌子|1.00", "2080501|椅子|1.00", &format!("{code}|电脑|2.00")];
            TestDocument::budget()
                .table(TableKind::ExpenditureSummary, "支出总表", "科目编码|科目名称|合计", &expenditure)
                .table(TableKind::Procurement, "政府采购预算表", "科目编码|采购项目|合计", &purchases)
                .faults(&CODE_LISTED)
        };
        assert_eq!(with("2010301"), []);
        assert_eq!(with("2050301"), [Severity::Warning]);
    }
}
