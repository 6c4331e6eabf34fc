//! `checks`: one row a comparison.

use super::super::column::{Column, DOCUMENT_ID, FISCAL_YEAR, ORGANISATION, TO_DOCUMENTS, Table};
use super::super::material::Material;
use super::super::value::Record;

pub(super) const TABLE: Table = Table {
    name: "checks",
    title: "核对",
    description: "One row a comparison of the document's figures with each other. A check that could not be applied is no pass.",
    columns: &[
        DOCUMENT_ID,
        ORGANISATION,
        FISCAL_YEAR,
        Column::integer("check", "序号", "Number of the check in the document, from 0.").required(),
        Column::text("rule", "规则", "Stable name of the rule (`id` in the document JSON).").required(),
        Column::text("status", "结果", "`pass`, `fail` or `not_applicable`.").required(),
        Column::text("severity", "严重程度", "Of a failure: `error`, `warning` or `note`.").required(),
        Column::text("message", "说明", "What was compared.").wide(),
        Column::decimal("expected", "应为", "What should stand there, where it is a figure."),
        Column::text("expected_text", "应为（原文）", "What should stand there, as text."),
        Column::decimal("actual", "实为", "What stands there, where it is a figure."),
        Column::text("actual_text", "实为（原文）", "What stands there, as text."),
        Column::decimal("difference", "差额", "The difference."),
        Column::text("difference_text", "差额（文本）", "The difference, as text."),
        Column::decimal("tolerance", "容差", "The difference that rounding allows."),
        Column::text("tolerance_text", "容差（文本）", "The same as text."),
        Column::text("reason", "不适用原因", "Why it could not be applied.").wide(),
        Column::boolean("doubtful", "存疑", "Whether a failure could be our own misreading.").required(),
        Column::integer("page", "页", "Physical page of the first place: what should be looked at first."),
        Column::integer("table", "表", "Table of the first place, from 0."),
        Column::integer("row", "行", "Row of the first place, from 0."),
        Column::integer("column", "列", "Column of the first place, from 0."),
        Column::integer("statement", "陈述", "Statement of the first place, from 0."),
        Column::integer("project", "项目", "Project of the first place, from 0."),
        Column::integer("place_count", "位置数", "How many places were compared.").required(),
        Column::text(
            "places",
            "全部位置",
            "All places, as JSON: a list of objects with page, table, row, column, statement, project.",
        )
        .wide(),
        Column::integer(
            "suspect_page",
            "疑点页",
            "Page of the one cell that explains this failure and others with it.",
        ),
        Column::integer("suspect_table", "疑点表", "Table of that cell."),
        Column::integer("suspect_row", "疑点行", "Row of that cell."),
        Column::integer("suspect_column", "疑点列", "Column of that cell."),
        Column::text("suspect_printed", "疑点原数", "What is printed in that cell."),
        Column::text("suspect_should_be", "疑点应为", "What would make the checks pass."),
        Column::integer("suspect_explains", "疑点解释数", "How many failing checks that cell explains."),
    ],
    primary_key: &["document_id", "check"],
    foreign_keys: &[TO_DOCUMENTS],
    sheets: None,
    rows,
};

fn rows<'a>(material: &Material<'a>) -> Vec<Record<'a>> {
    let checks = material.document.checks.iter().zip(0..);
    checks
        .map(|(check, number)| {
            let (first, suspect) = (check.places.first(), check.suspect.as_ref());
            let places = serde_json::to_string(&check.places).ok().filter(|_| first.is_some());
            material
                .row()
                .count(Some(number))
                .text(&check.id)
                .name(Some(check.status))
                .name(Some(check.severity))
                .text(&check.message)
                .figure(check.expected.as_deref())
                .figure(check.actual.as_deref())
                .figure(check.difference.as_deref())
                .figure(check.tolerance.as_deref())
                .optional(check.reason.as_deref())
                .boolean(check.doubtful)
                .place(first)
                .count(first.and_then(|place| place.statement))
                .count(first.and_then(|place| place.project))
                .count(Some(check.places.len()))
                .text(places.unwrap_or_default())
                .place(suspect.map(|suspect| &suspect.place))
                .optional(suspect.map(|suspect| suspect.printed.as_str()))
                .optional(suspect.map(|suspect| suspect.should_be.as_str()))
                .optional_integer(suspect.map(|suspect| suspect.explains))
        })
        .collect()
}
