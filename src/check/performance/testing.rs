//! Documents built by hand for the tests of this folder.

use std::cell::OnceCell;

use super::super::ledger::{Ledger, LedgerTable};
use super::super::outcomes::Outcomes;
use super::super::rule::Rule;
use crate::document::PageNumber;
use crate::document::geometry::Rect;
use crate::document::{
    Check, Column, ColumnType, Confidence, Indicator, Measure, Narrative, Performance, Project, ProjectScope,
    Publication, PublicationKind, Row, Scope, Section, Statement, Table, TableKind, TableLayout,
};
use crate::language::classification::Classification;
use crate::language::vocabulary::Vocabulary;
use crate::model::{ParsedTable, PlacedStatement};

const SECTION: &str = "十";
const PAGE: PageNumber = PageNumber(1);

/// A document with one section of narrative; all amounts are in 万元.
#[derive(Default)]
pub(super) struct TestDocument {
    projects: Vec<Project>,
    paragraphs: Vec<String>,
    statements: Vec<PlacedStatement>,
    tables: Vec<ParsedTable>,
}

impl TestDocument {
    pub(super) fn project(&mut self, name: &str, amount: &str) -> &mut Project {
        self.projects.push(Project {
            name: name.to_owned(),
            scope: ProjectScope::Project,
            amount: Some(amount.to_owned()),
            goal: None,
            pages: vec![PAGE],
            indicators: Vec::new(),
        });
        self.projects.last_mut().expect("just pushed")
    }

    pub(super) fn paragraph(&mut self, text: &str) {
        self.paragraphs.push(text.to_owned());
    }

    pub(super) fn statement(&mut self, item: &str, amount: &str, unit: &str) {
        let statement = Statement {
            section: Some(SECTION.to_owned()),
            subsection: None,
            item: item.to_owned(),
            code: None,
            metric: None,
            amount: amount.to_owned(),
            unit: unit.to_owned(),
            change_direction: None,
            change_amount: None,
            change_pct: None,
            share_pct: None,
            reason: None,
            page: PAGE,
        };
        let words = String::new();
        self.statements.push(PlacedStatement {
            statement,
            section: 0,
            paragraph: 0,
            start: 0,
            end: 0,
            words,
            part_of: None,
            path: Vec::new(),
        });
    }

    /// A table of one row whose 项目支出 is so much.
    pub(super) fn expenditure(&mut self, kind: TableKind, title: &str, project: &str) {
        let columns = vec![
            column(&["科目名称"], None),
            column(&["合计"], Some(Measure::Total)),
            column(&["基本支出"], Some(Measure::Basic)),
            column(&["项目支出"], Some(Measure::Project)),
        ];
        let cells = ["合计", "9999.00", "0.00", project];
        self.tables.push(table(kind, title, columns, &[&cells]));
    }

    /// A 收支总表 that carries over so much.
    pub(super) fn carry_over(&mut self, amount: &str) {
        let columns = vec![
            column(&["收入", "项目"], None),
            column(&["收入", "预算数"], Some(Measure::Total)),
            column(&["支出", "项目"], None),
            column(&["支出", "预算数"], Some(Measure::Total)),
        ];
        let rows: [&[&str]; 2] =
            [&["上年结转", amount, "结转下年", "0.00"], &["收入总计", "9999.00", "支出总计", "9999.00"]];
        self.tables.push(table(TableKind::RevenueExpenditureSummary, "收支总表", columns, &rows));
    }

    pub(super) fn run(&self, rule: &'static Rule) -> Vec<Check> {
        self.with_ledger(|ledger| {
            let mut outcomes = Outcomes::default();
            outcomes.run(rule, ledger);
            outcomes.checks
        })
    }

    pub(super) fn with_ledger<T>(&self, look: impl FnOnce(&Ledger<'_>) -> T) -> T {
        let vocabulary = Vocabulary::national().expect("the built-in vocabulary");
        let publication = publication();
        let performance = Performance {
            title: None,
            fiscal_year: publication.fiscal_year,
            unit: Some("万元".to_owned()),
            pages: vec![PAGE],
            projects: self.projects.clone(),
        };
        let section = Section {
            number: Some(SECTION.to_owned()),
            title: String::new(),
            paragraphs: self.paragraphs.clone(),
            pages: vec![PAGE],
        };
        let narrative = Narrative { sections: vec![section] };
        let tables = self.tables.iter().enumerate();
        look(&Ledger {
            publication: &publication,
            tables: tables.map(|(at, table)| LedgerTable::new(at, table, &publication, vocabulary)).collect(),
            performance: Some(&performance),
            narrative: &narrative,
            statements: &self.statements,
            diagnostics: &[],
            vocabulary,
            classification: Classification::national(),
            prose: OnceCell::new(),
            passages: OnceCell::new(),
        })
    }
}

/// An indicator that counts something.
pub(super) fn count(name: &str, value: &str, measure_unit: Option<&str>) -> Indicator {
    Indicator {
        level1: Some("产出指标".to_owned()),
        level2: Some("数量指标".to_owned()),
        name: name.to_owned(),
        relation: Some("≥".to_owned()),
        value: Some(value.to_owned()),
        measure_unit: measure_unit.map(str::to_owned),
        weight: None,
        truncated: false,
        pages: vec![PAGE],
    }
}

/// A cost indicator.
pub(super) fn cost(name: &str, value: &str, measure_unit: Option<&str>) -> Indicator {
    Indicator {
        level1: Some("成本指标".to_owned()),
        level2: Some("经济成本指标".to_owned()),
        relation: Some("≤".to_owned()),
        ..count(name, value, measure_unit)
    }
}

fn publication() -> Publication {
    Publication {
        kind: PublicationKind::Budget,
        scope: Scope::Department,
        organisation: None,
        fiscal_year: Some(2023),
        layout: "national".to_owned(),
    }
}

fn column(path: &[&str], measure: Option<Measure>) -> Column {
    let path = path.iter().map(|label| (*label).to_owned()).collect();
    let column_type = if measure.is_some() { ColumnType::Amount } else { ColumnType::Text };
    Column { path, column_type, measure }
}

fn table(kind: TableKind, title: &str, columns: Vec<Column>, rows: &[&[&str]]) -> ParsedTable {
    let (height, width) = (rows.len(), columns.len());
    let row = |cells: &&[&str]| Row {
        page: PAGE,
        cells: cells.iter().map(|cell| Some((*cell).to_owned())).collect(),
        ..Row::default()
    };
    let table = Table {
        number: None,
        label: None,
        title: Some(title.to_owned()),
        kind,
        unit: Some("万元".to_owned()),
        pages: vec![PAGE],
        layout: TableLayout::Ruled,
        confidence: Confidence::High,
        columns,
        rows: rows.iter().map(row).collect(),
        notes: Vec::new(),
    };
    let nowhere = Rect { x0: 0.0, y0: 0.0, x1: 0.0, y1: 0.0 };
    let boxes = vec![vec![nowhere; width]; height];
    ParsedTable { table, boxes, placements: Vec::new(), indents: vec![vec![0.0; width]; height], organisation: None }
}
