//! `projects`: one row a project with performance targets.

use super::super::column::{Column, DOCUMENT_ID, FISCAL_YEAR, ORGANISATION, TO_DOCUMENTS, Table};
use super::super::material::Material;
use super::super::value::Record;

pub(super) const TABLE: Table = Table {
    name: "projects",
    title: "绩效项目",
    description: "One row a project with performance targets (绩效目标).",
    columns: &[
        DOCUMENT_ID,
        ORGANISATION,
        FISCAL_YEAR,
        Column::integer("project", "序号", "Number of the project in the document, from 0.").required(),
        Column::text(
            "name",
            "项目名称",
            "Name of the project; the organisation's for the targets of a whole department.",
        )
        .fiscal("activity:generic:project:label")
        .wide(),
        Column::text("scope", "范围", "`project` one project, `department` the whole department.").required(),
        Column::decimal("amount", "金额", "Approved amount (批复数) in the unit printed.").fiscal("value"),
        Column::text("amount_text", "金额（原文）", "The same with the digits printed."),
        Column::text("unit", "单位", "Unit of account of the amounts as printed."),
        Column::integer("target_year", "目标年度", "Year printed above the targets, else the document's."),
        Column::text("goal", "绩效目标", "What the project shall achieve.").wide(),
        Column::integer("indicators", "指标数", "Number of its indicators.").required(),
        Column::integer("first_page", "起始页", "First physical page."),
        Column::integer("last_page", "终止页", "Last physical page."),
    ],
    primary_key: &["document_id", "project"],
    foreign_keys: &[TO_DOCUMENTS],
    sheets: None,
    rows,
};

fn rows<'a>(material: &Material<'a>) -> Vec<Record<'a>> {
    let Some(performance) = &material.document.performance else { return Vec::new() };
    let projects = performance.projects.iter().zip(0..);
    projects
        .map(|(project, number)| {
            material
                .row()
                .count(Some(number))
                .text(&project.name)
                .name(Some(project.scope))
                .money(project.amount)
                .optional(project.unit.as_deref())
                .optional_integer(performance.fiscal_year)
                .optional(project.goal.as_deref())
                .count(Some(project.indicators.len()))
                .pages(&project.pages)
        })
        .collect()
}
