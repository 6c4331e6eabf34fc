//! `facts`: one row an amount of a table.

use super::super::column::{Column, DOCUMENT_ID, FISCAL_YEAR, ForeignKey, ORGANISATION, Sheets, TO_DOCUMENTS, Table};
use super::super::material::Material;
use super::super::value::Record;
use crate::document::Scheme;

pub(super) const TABLE: Table = Table {
    name: "facts",
    title: "金额",
    description: "One row an amount of a budget table: what it is, its exact value as printed and in yuan, where it stands.",
    columns: &[
        DOCUMENT_ID,
        ORGANISATION,
        FISCAL_YEAR,
        Column::integer("fact", "序号", "Number of the amount in the document, from 0.").required(),
        Column::text("publication", "预算或决算", "`budget` 预算, `final_accounts` 决算 or `unknown`.")
            .fiscal("phase:id")
            .required(),
        Column::text("table_kind", "表种", "What the table shows; the list is in the JSON Schema.").required(),
        Column::integer(
            "table",
            "表",
            "Number of the table in the document, from 0; with row and column the key of its cell.",
        ),
        Column::integer("row", "行", "Number of the row in the table, from 0."),
        Column::integer("column", "列", "Number of the column in the table, from 0."),
        Column::text("direction", "收支方向", "`revenue` 收入 or `expenditure` 支出, where the table says.")
            .fiscal("direction"),
        Column::text(
            "scheme",
            "分类",
            "Classification of the code: `functional` 功能分类, `economic` 部门经济分类, `government_economic` 政府经济分类.",
        ),
        Column::text(
            "code",
            "科目编码",
            "The whole code: levels in several columns are joined, printed once carried down.",
        ),
        Column::text("functional_code", "功能分类编码", "The code, where it is one of 支出功能分类 (2…).")
            .fiscal("functional-classification:generic:code"),
        Column::text(
            "economic_code",
            "经济分类编码",
            "The code, where it is one of 支出经济分类 (3… of departments, 5… of governments).",
        )
        .fiscal("economic-classification:generic:code"),
        Column::text("name", "名称", "Name of the row, or of the item where items stand in columns.").wide(),
        Column::integer("level", "级次", "1 类, 2 款, 3 项."),
        Column::text("second_code", "第二分类编码", "Code of a further classification in the row."),
        Column::text("second_name", "第二分类名称", "Its name."),
        Column::text(
            "owner",
            "所属",
            "The unit, department or project that the row belongs to, where the table lists several.",
        )
        .wide(),
        Column::text("measure", "口径", "What the amount measures; the list is in the JSON Schema.").required(),
        Column::text("fund", "资金", "Whose money it is, where the table says; the list is in the JSON Schema."),
        Column::integer("year", "年份", "Fiscal year that the figure is of; null of a change between two years."),
        Column::text("stage", "阶段", "`budget` 预算数, `final` 决算数 or `change` 增减额."),
        Column::boolean("leaf", "末级", "Whether it has no parts in its table: the sum over leaves is the total.")
            .required(),
        Column::decimal("amount", "金额", "The amount in the unit printed."),
        Column::text("amount_text", "金额（原文）", "The same with the digits printed.").required(),
        Column::text("unit", "单位", "Unit of account as printed."),
        Column::decimal("amount_yuan", "金额（元）", "The amount in yuan; null where the unit is not known.")
            .fiscal("value"),
        Column::text("amount_yuan_text", "金额（元，文本）", "The same as text."),
        Column::integer("page", "页", "Physical page.").required(),
        Column::text("bbox", "位置", "Box of the cell in points from the upper left: x0 y0 x1 y1."),
        Column::integer("verified_by", "印证次数", "How many passing checks confirm the amount.").required(),
        Column::text(
            "placement",
            "定位方式",
            "Text dumps only: how the amount was given its column; `ambiguous` means that others are possible.",
        ),
    ],
    primary_key: &["document_id", "fact"],
    foreign_keys: &[TO_DOCUMENTS, TO_CELLS],
    sheets: Some(Sheets { column: "table_kind", names: SHEETS }),
    rows,
};

const TO_CELLS: ForeignKey = ForeignKey { columns: &["document_id", "table", "row", "column"], table: "cells" };

/// The sheets of a workbook: a kind of budget table each.
const SHEETS: &[(&str, &str)] = &[
    ("revenue_expenditure_summary", "收支总表"),
    ("revenue_summary", "收入总表"),
    ("expenditure_summary", "支出总表"),
    ("fiscal_appropriation_summary", "财政拨款收支总表"),
    ("general_public_expenditure", "一般公共预算支出表"),
    ("general_public_basic_expenditure", "一般公共预算基本支出表"),
    ("three_public", "“三公”经费支出表"),
    ("government_fund_expenditure", "政府性基金预算支出表"),
    ("state_capital_expenditure", "国有资本经营预算支出表"),
    ("basic_expenditure", "基本支出表"),
    ("project_expenditure", "项目支出表"),
    ("general_public_by_economic_class", "一般公共预算支出按经济分类"),
    ("fiscal_appropriation_expenditure", "财政拨款支出表"),
    ("fiscal_appropriation_basic_expenditure", "财政拨款基本支出表"),
    ("operating_expenses", "机关运行经费表"),
    ("procurement", "政府采购预算表"),
    ("performance_targets", "绩效目标表"),
    ("other", "其他表"),
];

fn rows<'a>(material: &Material<'a>) -> Vec<Record<'a>> {
    let document = material.document;
    let facts = document.facts.iter().zip(0..);
    facts
        .map(|(fact, number)| {
            let code = fact.code.as_deref();
            let kind = fact.scheme;
            material
                .row()
                .count(Some(number))
                .name(Some(document.document.kind))
                .name(Some(fact.table))
                .cell(fact.place)
                .name(fact.direction)
                .name(fact.scheme)
                .optional(code)
                .optional(code.filter(|_| kind == Some(Scheme::Functional)))
                .optional(code.filter(|_| kind.is_some_and(|kind| kind != Scheme::Functional)))
                .optional(fact.name.as_deref())
                .optional_integer(fact.level)
                .optional(fact.second.as_ref().map(|second| second.code.as_str()))
                .optional(fact.second.as_ref().and_then(|second| second.name.as_deref()))
                .optional(fact.owner.as_deref())
                .name(Some(fact.measure))
                .name(fact.fund)
                .optional_integer(fact.year)
                .name(fact.stage)
                .boolean(fact.leaf)
                .money(Some(fact.amount))
                .optional(fact.unit.as_deref())
                .money(fact.amount_yuan)
                .integer(fact.page.0)
                .bbox(Some(fact.bbox))
                .integer(fact.verified_by)
                .name(fact.placement)
        })
        .collect()
}
