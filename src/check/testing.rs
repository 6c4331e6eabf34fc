//! What the checks find in a [`TestDocument`].

use super::examination::Examination;
use super::ledger::Ledger;
use super::outcomes;
use super::rule::Rule;
use super::{DocumentParts, check};
use crate::document::{Check, CheckStatus, Severity, TableKind};
use crate::testing::document::{TestDocument, national};

/// How many checks of an id passed, failed and were not applicable.
pub(crate) type OutcomeCounts = (usize, usize, usize);

impl TestDocument {
    /// All checks, and how many passing ones confirm each amount.
    pub(crate) fn checked(&self) -> (Vec<Check>, Vec<(String, u32)>) {
        let mut facts = self.facts();
        let (checks, _) = check(&DocumentParts::of(&self.parsed, &self.diagnostics), &mut facts, national());
        (checks, facts.into_iter().map(|fact| (fact.amount.to_string(), fact.verified_by)).collect())
    }

    /// The outcomes of one check among all.
    pub(crate) fn outcomes(&self, id: &str) -> OutcomeCounts {
        outcomes(&self.checked().0, id)
    }

    /// What the failures of one check have as printed and as it should be.
    pub(crate) fn failures(&self, id: &str) -> Vec<(String, String)> {
        let failed = |check: &Check| check.id == id && check.status == CheckStatus::Fail;
        let found = self.checked().0.into_iter().filter(failed);
        found.map(|check| (check.actual.unwrap_or_default(), check.expected.unwrap_or_default())).collect()
    }

    /// With a table of one row whose 项目支出 is so much.
    pub(super) fn expenditure(self, kind: TableKind, title: &str, project: &str) -> Self {
        self.table(kind, title, "科目名称|合计|基本支出|项目支出", &[&format!("合计|9999.00|0.00|{project}")])
    }

    /// With a 收支总表 that carries over so much.
    pub(super) fn carry_over(self, amount: &str) -> Self {
        let rows = [&format!("上年结转|{amount}|结转下年|0.00"), "收入总计|9999.00|支出总计|9999.00"];
        let columns = "收入/项目|收入/预算数|支出/项目|支出/预算数";
        self.table(TableKind::RevenueExpenditureSummary, "收支总表", columns, &rows)
    }

    /// Looks at what the checks see.
    pub(super) fn with_ledger<T>(&self, look: impl FnOnce(&Ledger<'_>) -> T) -> T {
        look(&super::ledger(&DocumentParts::of(&self.parsed, &self.diagnostics), national()))
    }

    /// Everything that one rule writes down; no rule is silent.
    pub(super) fn run(&self, rule: &'static Rule) -> Vec<Check> {
        let mut outcomes = outcomes::Outcomes::default();
        let ledger = super::ledger(&DocumentParts::of(&self.parsed, &self.diagnostics), national());
        outcomes.run(rule, &Examination::of(ledger));
        assert!(!outcomes.checks.is_empty(), "{} is silent", rule.id);
        outcomes.checks
    }

    /// How grave each failure is that one rule finds.
    pub(super) fn faults(&self, rule: &'static Rule) -> Vec<Severity> {
        let failed = self.run(rule).into_iter().filter(|check| check.status == CheckStatus::Fail);
        failed.map(|check| check.severity).collect()
    }
}

/// The outcomes of one check among all.
pub(crate) fn outcomes(checks: &[Check], id: &str) -> OutcomeCounts {
    let count = |status| checks.iter().filter(|check| check.id == id && check.status == status).count();
    (count(CheckStatus::Pass), count(CheckStatus::Fail), count(CheckStatus::NotApplicable))
}

/// How many faults a rule finds in one paragraph of a budget.
pub(super) fn faults_in(rule: &'static Rule, paragraph: &str) -> usize {
    TestDocument::budget().section("总体说明", &[paragraph]).faults(rule).len()
}
