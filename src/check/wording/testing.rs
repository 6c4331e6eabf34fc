//! Short invented documents for the unit tests of this folder.

use crate::check::Material;
use crate::check::outcomes::Outcomes;
use crate::check::rule::Rule;
use crate::document::PageNumber;
use crate::document::{
    Check, CheckStatus, Column, ColumnType, Confidence, Diagnostic, Measure, Narrative, Publication, PublicationKind,
    Row, Scope, Section, Severity, Table, TableKind, TableLayout,
};
use crate::language::vocabulary::Vocabulary;
use crate::model::ParsedTable;

/// A document in the making.
pub(super) struct Invented {
    pub(super) publication: Publication,
    pub(super) tables: Vec<ParsedTable>,
    pub(super) narrative: Narrative,
    pub(super) diagnostics: Vec<Diagnostic>,
}

impl Invented {
    /// A budget of 某市财政局 for 2023.
    pub(super) fn budget() -> Self {
        let publication = Publication {
            kind: PublicationKind::Budget,
            scope: Scope::Department,
            organisation: Some("某市财政局".to_owned()),
            fiscal_year: Some(2023),
            layout: "national".to_owned(),
        };
        let narrative = Narrative { sections: Vec::new() };
        Self { publication, tables: Vec::new(), narrative, diagnostics: Vec::new() }
    }

    /// Final accounts of the same.
    pub(super) fn final_accounts() -> Self {
        let mut invented = Self::budget();
        invented.publication.kind = PublicationKind::FinalAccounts;
        invented
    }

    /// With a section of the narrative on page 2.
    pub(super) fn section(mut self, title: &str, paragraphs: &[&str]) -> Self {
        self.narrative.sections.push(Section {
            number: Some("一".to_owned()),
            title: title.to_owned(),
            paragraphs: paragraphs.iter().map(|paragraph| (*paragraph).to_owned()).collect(),
            pages: vec![PageNumber(2)],
        });
        self
    }

    /// With a table on page 1 of one row, or of none where there is no amount.
    pub(super) fn table(mut self, title: &str, kind: TableKind, amount: Option<&str>, notes: &[&str]) -> Self {
        let column = |label: &str, column_type, measure| Column { path: vec![label.to_owned()], column_type, measure };
        let row = |amount: &str| Row {
            page: PageNumber(1),
            cells: vec![Some("城乡社区支出".to_owned()), Some(amount.to_owned())],
            ..Row::default()
        };
        let rows: Vec<Row> = amount.into_iter().map(row).collect();
        let boxes = vec![vec![crate::document::geometry::Rect::default(); 2]; rows.len()];
        let indents = vec![vec![0.0; 2]; rows.len()];
        let table = Table {
            number: None,
            label: None,
            title: Some(title.to_owned()),
            kind,
            unit: Some("万元".to_owned()),
            pages: vec![PageNumber(1)],
            layout: TableLayout::Ruled,
            confidence: Confidence::High,
            columns: vec![
                column("科目名称", ColumnType::Text, None),
                column("合计", ColumnType::Amount, Some(Measure::Total)),
            ],
            rows,
            notes: notes.iter().map(|note| (*note).to_owned()).collect(),
        };
        self.tables.push(ParsedTable { table, boxes, placements: Vec::new(), indents, organisation: None });
        self
    }

    /// With the organisation's name above the last table.
    pub(super) fn above(mut self, organisation: &str) -> Self {
        if let Some(last) = self.tables.last_mut() {
            last.organisation = Some(organisation.to_owned());
        }
        self
    }

    /// Everything that a rule writes down.
    pub(super) fn checks(&self, rule: &'static Rule) -> Vec<Check> {
        let material = Material {
            publication: &self.publication,
            tables: &self.tables,
            performance: None,
            narrative: &self.narrative,
            statements: &[],
            diagnostics: &self.diagnostics,
        };
        let vocabulary = Vocabulary::national().expect("the built-in vocabulary");
        let ledger = crate::check::ledger(&material, vocabulary);
        let mut outcomes = Outcomes::default();
        outcomes.run(rule, &ledger);
        assert!(!outcomes.checks.is_empty(), "{} is silent", rule.id);
        outcomes.checks
    }

    /// How grave each failure is that a rule finds.
    pub(super) fn failures(&self, rule: &'static Rule) -> Vec<Severity> {
        let checks = self.checks(rule);
        checks.iter().filter(|check| check.status == CheckStatus::Fail).map(|check| check.severity).collect()
    }
}

/// How many failures a rule finds in one paragraph of a budget.
pub(super) fn failures_in(rule: &'static Rule, paragraph: &str) -> usize {
    Invented::budget().section("总体说明", &[paragraph]).failures(rule).len()
}
