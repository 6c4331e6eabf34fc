//! A small document with given checks, for tests of the report.

use crate::document::{Check, CheckPlace, CheckStatus, Document, PageNumber, Severity, TableKind, Verification};
use crate::testing::document::TestDocument;

/// A document with one table on pages 9 and 10, and these checks.
pub(super) fn document(checks: Vec<Check>) -> Document {
    let columns = "科目编码|科目名称|2023年预算数/合计|2023年预算数/基本支出";
    let rows = ["208|社会保障和就业支出|321.27|321.27", "20805|行政事业单位养老支出|330.00|330.00", "20899||11.28|"];
    let document = TestDocument::budget()
        .table(TableKind::ExpenditureSummary, "支出总表", columns, &rows)
        .change_table(|parsed| {
            parsed.table.label = Some("部门公开表3".to_owned());
            parsed.table.pages = vec![PageNumber(9), PageNumber(10)];
        })
        .written();
    let verification = Verification { amounts: 3, verified: 2, share_pct: Some("66.66".into()), ..Default::default() };
    Document { checks, verification, ..document }
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

/// A cell of the table, by row and column as readers count them: from 1.
pub(super) fn cell(page: u32, row: usize, column: usize) -> CheckPlace {
    CheckPlace { table: Some(0), row: Some(row - 1), column: Some(column - 1), ..CheckPlace::on(PageNumber(page)) }
}
