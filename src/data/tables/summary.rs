//! `summary`: one row a document, with the figures by which documents are compared.

use super::super::column::{Column, DOCUMENT_ID, FISCAL_YEAR, ORGANISATION, TO_DOCUMENTS, Table};
use super::super::figures::{Figures, figures};
use super::super::material::Material;
use super::super::value::Record;

pub(super) const TABLE: Table = Table {
    name: "summary",
    title: "摘要",
    description: "One row a document: its totals and its “three public” expenses in yuan, of its own year and of the year \
                  before where it prints them. Each is an amount printed in a table, null where none is found.",
    columns: &[
        DOCUMENT_ID,
        ORGANISATION,
        FISCAL_YEAR,
        Column::text("publication", "预算或决算", "`budget` 预算, `final_accounts` 决算 or `unknown`.")
            .fiscal("phase:id")
            .required(),
        Column::text("scope", "部门或单位", "`department` 部门, `unit` 单位 or `unknown`.").required(),
        Column::decimal("revenue_yuan", "收入总计", "Total revenue with what was carried over (收支总表)."),
        Column::decimal("expenditure_yuan", "支出总计", "Total expenditure with what is carried over (收支总表)."),
        Column::decimal("basic_yuan", "基本支出", "Basic expenditure (支出总表)."),
        Column::decimal("project_yuan", "项目支出", "Project expenditure (支出总表)."),
        Column::decimal(
            "fiscal_appropriation_yuan",
            "财政拨款",
            "Total of the fiscal appropriation (财政拨款收支总表).",
        ),
        Column::decimal("three_public_yuan", "“三公”经费", "“Three public” expenses, all three."),
        Column::decimal("travel_abroad_yuan", "因公出国（境）费", "Of these, travel abroad."),
        Column::decimal("vehicles_yuan", "公务用车费", "Of these, vehicles: purchase and operation."),
        Column::decimal("vehicle_purchase_yuan", "公务用车购置费", "Purchase of vehicles."),
        Column::decimal("vehicle_operation_yuan", "公务用车运行费", "Operation of vehicles."),
        Column::decimal("reception_yuan", "公务接待费", "Of these, reception."),
        Column::decimal("revenue_before_yuan", "上年收入总计", "The same of the year before."),
        Column::decimal("expenditure_before_yuan", "上年支出总计", "The same of the year before."),
        Column::decimal("basic_before_yuan", "上年基本支出", "The same of the year before."),
        Column::decimal("project_before_yuan", "上年项目支出", "The same of the year before."),
        Column::decimal("fiscal_appropriation_before_yuan", "上年财政拨款", "The same of the year before."),
        Column::decimal("three_public_before_yuan", "上年“三公”经费", "The same of the year before."),
        Column::decimal("travel_abroad_before_yuan", "上年因公出国（境）费", "The same of the year before."),
        Column::decimal("vehicles_before_yuan", "上年公务用车费", "The same of the year before."),
        Column::decimal("vehicle_purchase_before_yuan", "上年公务用车购置费", "The same of the year before."),
        Column::decimal("vehicle_operation_before_yuan", "上年公务用车运行费", "The same of the year before."),
        Column::decimal("reception_before_yuan", "上年公务接待费", "The same of the year before."),
        Column::integer("amounts", "金额数", "Number of amounts in the tables.").required(),
        Column::decimal("verified_pct", "印证比例", "The share of these in per cent that a passing check confirms."),
    ],
    primary_key: &["document_id"],
    foreign_keys: &[TO_DOCUMENTS],
    sheets: None,
    rows,
};

fn rows<'a>(material: &Material<'a>) -> Vec<Record<'a>> {
    let document = material.document;
    let [own, before] = figures(document);
    let row = material.row().name(Some(document.document.kind)).name(Some(document.document.scope));
    let verification = &document.verification;
    let row = with_figures(with_figures(row, own), before).integer(verification.amounts);
    vec![row.figure_alone(verification.share_pct.as_deref())]
}

/// The row with the figures of a year, in the order of the columns.
fn with_figures<'a>(row: Record<'a>, of: Figures) -> Record<'a> {
    let figures = [
        of.revenue,
        of.expenditure,
        of.basic,
        of.project,
        of.fiscal_appropriation,
        of.three_public,
        of.travel_abroad,
        of.vehicles,
        of.vehicle_purchase,
        of.vehicle_operation,
        of.reception,
    ];
    figures.into_iter().fold(row, |row, figure| row.figure_alone(figure.map(|money| money.to_string())))
}
