//! `diagnostics`: one row a thing that could not be read, placed or understood.

use super::super::column::{Column, DOCUMENT_ID, FISCAL_YEAR, ORGANISATION, TO_DOCUMENTS, Table};
use super::super::material::Material;
use super::super::value::Record;

pub(super) const TABLE: Table = Table {
    name: "diagnostics",
    title: "诊断",
    description: "One row a thing that could not be read, placed or understood.",
    columns: &[
        DOCUMENT_ID,
        ORGANISATION,
        FISCAL_YEAR,
        Column::integer("diagnostic", "序号", "Number of the diagnostic in the document, from 0.").required(),
        Column::text("severity", "严重程度", "`error`, `warning` or `note`.").required(),
        Column::text("finding", "名称", "Stable name of the finding (`id` in the document JSON).").required(),
        Column::text("message", "说明", "What was found, in words.").wide(),
        Column::integer("page", "页", "Physical page, where it has one."),
        Column::text("bbox", "位置", "Box in points from the upper left: x0 y0 x1 y1."),
    ],
    primary_key: &["document_id", "diagnostic"],
    foreign_keys: &[TO_DOCUMENTS],
    sheets: None,
    rows,
};

fn rows<'a>(material: &Material<'a>) -> Vec<Record<'a>> {
    let diagnostics = material.document.diagnostics.iter().zip(0..);
    diagnostics
        .map(|(diagnostic, number)| {
            material
                .row()
                .count(Some(number))
                .name(Some(diagnostic.severity()))
                .text(diagnostic.kind().id())
                .text(&diagnostic.message)
                .optional_integer(diagnostic.page.map(|page| page.0))
                .bbox(diagnostic.bbox)
        })
        .collect()
}
