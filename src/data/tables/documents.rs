//! `documents`: one row a document.

use super::super::column::{Column, DOCUMENT_ID, FISCAL_YEAR, ORGANISATION, Table};
use super::super::material::Material;
use super::super::value::Record;
use crate::report::has_findings;

pub(super) const TABLE: Table = Table {
    name: "documents",
    title: "文件",
    description: "One row a document: what it is, how much it holds, how much of it its own arithmetic confirms.",
    columns: &[
        DOCUMENT_ID,
        ORGANISATION,
        FISCAL_YEAR,
        Column::text("publication", "预算或决算", "`budget` 预算, `final_accounts` 决算 or `unknown`.")
            .fiscal("phase:id")
            .required(),
        Column::text("scope", "部门或单位", "`department` 部门, `unit` 单位 or `unknown`.").required(),
        Column::text("layout", "版式", "The layout family whose vocabulary was used.").required(),
        Column::text("file", "文件名", "Name of the file that was converted.").wide(),
        Column::text("input_path", "输入路径", "The file as it was named or found, where a report tells.").wide(),
        Column::text("input_folder", "输入文件夹", "The folder of that path.").wide(),
        Column::text(
            "outcome",
            "结果",
            "`ok`, or `findings` where something should be looked at, as the report has it.",
        ),
        Column::text("output", "输出文件", "Its document JSON, relative to the output folder.").wide().required(),
        Column::text("sha256", "SHA-256", "SHA-256 of the file, whole.").wide().required(),
        Column::text("input", "输入类型", "`pdf` or `text`.").required(),
        Column::integer("pages", "页数", "Number of physical pages.").required(),
        Column::text("producer", "制作软件", "The program that made the file, as it says itself.").wide(),
        Column::integer("tables", "表格数", "Number of tables.").required(),
        Column::integer("projects", "项目数", "Number of projects with performance targets.").required(),
        Column::integer("statements", "陈述数", "Number of figures that the narrative states.").required(),
        Column::integer("amounts", "金额数", "Number of amounts in the tables, each a row of `facts`.").required(),
        Column::integer("verified", "已印证", "Of these, how many a passing check confirms.").required(),
        Column::decimal("verified_pct", "印证比例", "The share of these in per cent."),
        Column::text("verified_pct_text", "印证比例（原文）", "The share with the digits of the document JSON."),
        Column::integer("checks_passed", "通过", "Number of checks that passed.").required(),
        Column::integer("checks_failed", "未通过", "Number of checks that failed, of any severity.").required(),
        Column::integer("checks_not_applicable", "不适用", "Number of checks that could not be applied.").required(),
        Column::boolean("has_findings", "有待核查", "Whether a check or a diagnostic should be looked at.").required(),
    ],
    primary_key: &["document_id"],
    foreign_keys: &[],
    sheets: None,
    rows,
};

fn rows<'a>(material: &Material<'a>) -> Vec<Record<'a>> {
    let document = material.document;
    let (publication, source, verification) = (&document.document, &document.source, &document.verification);
    let path = material.reported.map(|reported| reported.input.as_str());
    let projects = document.performance.as_ref().map_or(0, |performance| performance.projects.len());
    let row = material
        .row()
        .name(Some(publication.kind))
        .name(Some(publication.scope))
        .text(&publication.layout)
        .text(&source.file)
        .optional(path)
        .optional(path.and_then(folder_of))
        .optional(material.reported.map(|reported| reported.outcome.as_str()))
        .text(material.output)
        .text(&source.sha256)
        .name(Some(source.input))
        .integer(source.pages)
        .optional(source.producer.as_deref())
        .count(Some(document.tables.len()))
        .count(Some(projects))
        .count(Some(document.statements.len()))
        .integer(verification.amounts)
        .integer(verification.verified)
        .figure(verification.share_pct.as_deref())
        .integer(verification.passed)
        .integer(verification.failed)
        .integer(verification.not_applicable)
        .boolean(has_findings(document));
    vec![row]
}

/// What stands before the last separator of a path, of whatever system.
fn folder_of(path: &str) -> Option<&str> {
    path.rfind(['/', '\\']).map(|end| &path[..end])
}
