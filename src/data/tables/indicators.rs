//! `indicators`: one row a performance indicator.

use super::super::column::{Column, DOCUMENT_ID, FISCAL_YEAR, ForeignKey, ORGANISATION, TO_DOCUMENTS, Table};
use super::super::material::Material;
use super::super::value::Record;
use crate::document::Relation;

pub(super) const TABLE: Table = Table {
    name: "indicators",
    title: "绩效指标",
    description: "One row a performance indicator (绩效指标) of a project.",
    columns: &[
        DOCUMENT_ID,
        ORGANISATION,
        FISCAL_YEAR,
        Column::integer("project", "项目序号", "Number of the project in the document, from 0.").required(),
        Column::integer("indicator", "序号", "Number of the indicator in the project, from 0.").required(),
        Column::text("project_name", "项目名称", "Name of the project.")
            .fiscal("activity:generic:project:label")
            .wide(),
        Column::text("level1", "一级指标", "First level."),
        Column::text("level2", "二级指标", "Second level."),
        Column::text("name", "三级指标", "Third level: what is measured.").wide(),
        Column::text("relation", "关系", "How the target is meant: `≥`, `≤`, `=`, `>` or `<`."),
        Column::decimal("value", "目标值", "The target, where it is a figure."),
        Column::text("value_text", "目标值（原文）", "The target as printed."),
        Column::text("measure_unit", "计量单位", "Unit of the target."),
        Column::decimal("weight", "权重", "Weight of the indicator, where it is a figure."),
        Column::text("weight_text", "权重（原文）", "Weight as printed."),
        Column::boolean("truncated", "被截断", "Whether the source cuts the name off.").required(),
        Column::integer("first_page", "起始页", "First physical page."),
        Column::integer("last_page", "终止页", "Last physical page."),
    ],
    primary_key: &["document_id", "project", "indicator"],
    foreign_keys: &[TO_DOCUMENTS, ForeignKey { columns: &["document_id", "project"], table: "projects" }],
    sheets: None,
    rows,
};

fn rows<'a>(material: &Material<'a>) -> Vec<Record<'a>> {
    let Some(performance) = &material.document.performance else { return Vec::new() };
    let mut rows = Vec::new();
    for (project, project_number) in performance.projects.iter().zip(0..) {
        for (indicator, number) in project.indicators.iter().zip(0..) {
            rows.push(
                material
                    .row()
                    .count(Some(project_number))
                    .count(Some(number))
                    .text(&project.name)
                    .optional(indicator.level1.as_deref())
                    .optional(indicator.level2.as_deref())
                    .text(&indicator.name)
                    .optional(indicator.relation.map(Relation::sign))
                    .figure(indicator.value.as_deref())
                    .optional(indicator.measure_unit.as_deref())
                    .figure(indicator.weight.as_deref())
                    .boolean(indicator.truncated)
                    .pages(&indicator.pages),
            );
        }
    }
    rows
}
