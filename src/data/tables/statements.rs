//! `statements`: one row a figure of the narrative.

use super::super::column::{Column, DOCUMENT_ID, FISCAL_YEAR, ORGANISATION, TO_DOCUMENTS, Table};
use super::super::material::Material;
use super::super::value::Record;

pub(super) const TABLE: Table = Table {
    name: "statements",
    title: "文字陈述",
    description: "One row a figure that the narrative (预算情况说明) states.",
    columns: &[
        DOCUMENT_ID,
        ORGANISATION,
        FISCAL_YEAR,
        Column::integer("statement", "序号", "Number of the statement in the document, from 0.").required(),
        Column::text("section", "章节", "Ordinal of the section."),
        Column::text("subsection", "小节", "Heading numbers below the section."),
        Column::text("item", "事项", "What the figure is about.").wide(),
        Column::text("code", "科目编码", "Functional classification code, where a table has the item.")
            .fiscal("functional-classification:generic:code"),
        Column::text("metric", "指标", "What is counted: `预算数`, `收入`, `支出` …"),
        Column::decimal("amount", "数额", "The figure in its unit.").fiscal("value"),
        Column::text("amount_text", "数额（原文）", "The figure as printed, without thousands separators."),
        Column::text("unit", "单位", "Unit of the figure."),
        Column::text("change_direction", "增减", "`increase`, `decrease`, or `none` where nothing has changed."),
        Column::text("change_word", "增减用语", "The word that says so, as printed."),
        Column::decimal("change_amount", "增减额", "By how much, in the same unit."),
        Column::text("change_amount_text", "增减额（原文）", "The same as printed."),
        Column::decimal("change_pct", "增减幅度", "By how many per cent."),
        Column::text("change_pct_text", "增减幅度（原文）", "The same as printed."),
        Column::decimal("share_pct", "占比", "Share of the whole, in per cent."),
        Column::text("share_pct_text", "占比（原文）", "The same as printed."),
        Column::text("reason", "原因", "The reason given for the change.").wide(),
        Column::integer("page", "页", "Physical page.").required(),
    ],
    primary_key: &["document_id", "statement"],
    foreign_keys: &[TO_DOCUMENTS],
    sheets: None,
    rows,
};

fn rows<'a>(material: &Material<'a>) -> Vec<Record<'a>> {
    let statements = material.document.statements.iter().zip(0..);
    statements
        .map(|(statement, number)| {
            material
                .row()
                .count(Some(number))
                .optional(statement.section.as_deref())
                .optional(statement.subsection.as_deref())
                .text(&statement.item)
                .optional(statement.code.as_deref())
                .optional(statement.metric.as_deref())
                .money(statement.amount)
                .text(&statement.unit)
                .name(statement.change_direction)
                .optional(statement.change_word.as_deref())
                .money(statement.change_amount)
                .money(statement.change_pct)
                .money(statement.share_pct)
                .optional(statement.reason.as_deref())
                .integer(statement.page.0)
        })
        .collect()
}
