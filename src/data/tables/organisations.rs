//! `organisations`: one row an organisation whose budgets or final accounts are in the data set.

use super::super::column::{Column, Table};
use super::super::value::Record;

pub(super) const TABLE: Table = Table {
    name: "organisations",
    title: "部门（单位）",
    description: "One row an organisation whose documents are in the data set: its name, how documents print it, and the \
                  region that the name says.",
    columns: &[
        Column::text("organisation", "部门（单位）", "The name alone, as all tables have it.")
            .fiscal("administrative-classification:generic:label")
            .required(),
        Column::text("printed_names", "原文名称", "How its documents print the name, with `；` between several.")
            .wide(),
        Column::text(
            "region",
            "地区",
            "The region that the name begins with, from its highest level; null where none.",
        ),
        Column::text(
            "level",
            "级次",
            "The lowest level of the region in the word of the name: 省, 市, 区, 县, 街道 ….",
        ),
        Column::integer("documents", "文件数", "Number of its documents.").required(),
        Column::integer("first_year", "起始年度", "The earliest fiscal year of these."),
        Column::integer("last_year", "终止年度", "The latest."),
    ],
    primary_key: &["organisation"],
    foreign_keys: &[],
    sheets: None,
    // They are written at the end: `data::organisations` gathers them.
    rows: |_| Vec::<Record<'_>>::new(),
};
