//! A small document made by hand, for tests of the report.

use crate::document::PageNumber;
use crate::document::{
    Check, CheckPlace, CheckStatus, Column, ColumnType, Confidence, Document, FORMAT, Input, Measure, Narrative,
    Overview, Publication, PublicationKind, Row, Scope, Severity, Source, Table, TableKind, TableLayout, Verification,
};

/// A document with one table on pages 9 and 10, and these checks.
pub(super) fn document(checks: Vec<Check>) -> Document {
    Document {
        format: FORMAT.to_owned(),
        source: Source {
            file: "haidong-2023.pdf".into(),
            sha256: String::new(),
            input: Input::Pdf,
            pages: 45,
            producer: None,
        },
        document: Publication {
            kind: PublicationKind::Budget,
            scope: Scope::Department,
            organisation: Some("海东市人民政府办公室".into()),
            fiscal_year: Some(2023),
            layout: "national".into(),
        },
        overview: Overview::default(),
        tables: vec![table()],
        performance: None,
        narrative: Narrative::default(),
        statements: Vec::new(),
        glossary: Vec::new(),
        facts: Vec::new(),
        checks,
        verification: Verification { amounts: 3, verified: 2, share_pct: Some("66.66".into()), ..Default::default() },
        diagnostics: Vec::new(),
    }
}

fn table() -> Table {
    let column = |path: &[&str], column_type, measure| Column {
        path: path.iter().map(|&label| label.to_owned()).collect(),
        column_type,
        measure,
    };
    let row = |cells: [&str; 4]| Row {
        page: PageNumber(9),
        cells: cells.iter().map(|&cell| (!cell.is_empty()).then(|| cell.to_owned())).collect(),
        ..Row::default()
    };
    Table {
        number: Some(3),
        label: Some("部门公开表3".into()),
        title: Some("支出总表".into()),
        kind: TableKind::ExpenditureSummary,
        unit: Some("万元".into()),
        pages: vec![PageNumber(9), PageNumber(10)],
        layout: TableLayout::Ruled,
        confidence: Confidence::High,
        columns: vec![
            column(&["科目编码"], ColumnType::Code, None),
            column(&["科目名称"], ColumnType::Text, None),
            column(&["2023年预算数", "合计"], ColumnType::Amount, Some(Measure::Total)),
            column(&["2023年预算数", "基本支出"], ColumnType::Amount, Some(Measure::Basic)),
        ],
        rows: vec![
            row(["208", "社会保障和就业支出", "321.27", "321.27"]),
            row(["20805", "行政事业单位养老支出", "330.00", "330.00"]),
            row(["20899", "", "11.28", ""]),
        ],
        notes: Vec::new(),
    }
}

/// A failing comparison of amounts.
pub(super) fn failing(id: &str, severity: Severity, place: CheckPlace) -> Check {
    Check {
        id: id.to_owned(),
        status: CheckStatus::Fail,
        severity,
        expected: Some("320.00".into()),
        actual: Some("330.00".into()),
        difference: Some("10.00".into()),
        tolerance: Some("0.015".into()),
        message: "支出总表：合计 20805 行政事业单位养老支出 = 2080505 + 2080506".into(),
        reason: None,
        doubtful: false,
        suspect: None,
        places: vec![place],
    }
}

/// A cell of the table, with numbers from 1.
pub(super) fn cell(page: u32, row: u32, column: u32) -> CheckPlace {
    CheckPlace { table: Some(1), row: Some(row), column: Some(column), ..CheckPlace::on(PageNumber(page)) }
}
