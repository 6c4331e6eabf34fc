//! `cells`: one row a cell that is not empty.

use super::super::column::{Column, DOCUMENT_ID, FISCAL_YEAR, ORGANISATION, TO_DOCUMENTS, Table};
use super::super::material::Material;
use super::super::value::{Record, name_of};
use crate::document::CellPlace;

/// Stands between the labels of a header path.
const PATH_SEPARATOR: &str = " / ";

pub(super) const TABLE: Table = Table {
    name: "cells",
    title: "单元格",
    description: "One row a cell that is not empty, of every table, as printed.",
    columns: &[
        DOCUMENT_ID,
        ORGANISATION,
        FISCAL_YEAR,
        Column::integer("table", "表", "Number of the table in the document, from 0.").required(),
        Column::integer("row", "行", "Number of the row in the table, from 0; headers are no rows.").required(),
        Column::integer("column", "列", "Number of the column in the table, from 0.").required(),
        Column::text("table_kind", "表种", "What the table shows; the list is in the JSON Schema.").required(),
        Column::integer("table_number", "表号", "Number in the printed label of the table."),
        Column::text("table_title", "表名", "Title of the table as printed.").wide(),
        Column::text("unit", "单位", "Unit of account of the table as printed."),
        Column::text("header", "表头", "Header labels of the column from the top, with ` / ` between them.").wide(),
        Column::text("column_type", "列类型", "`text`, `code` or `amount`.").required(),
        Column::text("measure", "口径", "What the amounts of the column measure; amount columns only."),
        Column::text("text", "内容", "What the cell holds; amounts are without thousands separators.").wide(),
        Column::integer("page", "页", "Physical page on which the row begins.").required(),
    ],
    primary_key: &["document_id", "table", "row", "column"],
    foreign_keys: &[TO_DOCUMENTS],
    sheets: None,
    rows,
};

fn rows<'a>(material: &Material<'a>) -> Vec<Record<'a>> {
    let mut rows = Vec::new();
    for (table, number) in material.document.tables.iter().zip(0..) {
        let kind = name_of(&table.kind);
        let headers: Vec<String> = table.columns.iter().map(|column| column.path.join(PATH_SEPARATOR)).collect();
        for (row, row_number) in table.rows.iter().zip(0..) {
            let columns = table.columns.iter().zip(&headers);
            for ((cell, (column, header)), column_number) in row.cells.iter().zip(columns).zip(0..) {
                let Some(text) = cell else { continue };
                rows.push(
                    material
                        .row()
                        .cell(CellPlace { table: number, row: row_number, column: column_number })
                        .text(kind.clone())
                        .optional_integer(table.number)
                        .optional(table.title.as_deref())
                        .optional(table.unit.as_deref())
                        .text(header.clone())
                        .name(Some(column.column_type))
                        .name(column.measure)
                        .text(text)
                        .integer(row.page.0),
                );
            }
        }
    }
    rows
}
