//! Tables → facts: one for each amount, with its place, code, level, measure, direction, and its exact value in yuan.

use rust_decimal::Decimal;

use crate::document::{CellPlace, Fact, Measure, Money, Publication, PublicationKind, Stage, rounded};
use crate::language::amount;
use crate::language::classification::scheme_of;
use crate::language::vocabulary::{Vocabulary, squeezed};
use crate::model::ParsedTable;
use crate::parse::Naming;

/// Yuan are written with this many digits after the point at least: jiao and fen.
const YUAN_DIGITS: u32 = 2;

/// The facts of all tables of a publication.
pub(crate) fn facts(tables: &[ParsedTable], publication: &Publication, vocabulary: &Vocabulary) -> Vec<Fact> {
    let of_table = |(index, parsed)| table_facts(index, parsed, publication, vocabulary);
    tables.iter().enumerate().flat_map(of_table).collect()
}

fn table_facts(index: usize, parsed: &ParsedTable, publication: &Publication, vocabulary: &Vocabulary) -> Vec<Fact> {
    let table = &parsed.table;
    let namings: Vec<Option<Naming>> =
        (0..table.columns.len()).map(|column| Naming::of(table, column, vocabulary)).collect();
    let mut facts = Vec::new();
    for (at, (row, boxes)) in table.rows.iter().zip(&parsed.boxes).enumerate() {
        for (column, naming) in namings.iter().enumerate() {
            let Some(naming) = naming else { continue };
            let Some(text) = &row.cells[column] else { continue };
            let Some(amount) = amount::parse(text) else { continue };
            let (code, name) = naming.code_and_name(&row.cells);
            let unit = table.columns[column].unit.as_ref().or(table.unit.as_ref());
            let yuan = unit.and_then(|unit| vocabulary.units.get(unit)).copied();
            facts.push(Fact {
                place: CellPlace { table: index, row: at, column },
                table: table.kind,
                direction: naming.direction,
                scheme: code.as_deref().and_then(scheme_of),
                level: code.as_deref().and_then(level),
                code,
                name: naming.item.clone().or(name),
                second: None,
                owner: None,
                measure: naming.measure,
                fund: None,
                year: year(naming.measure, publication),
                stage: stage(publication.kind),
                leaf: true,
                amount: amount.value.into(),
                unit: unit.cloned(),
                amount_yuan: yuan.and_then(|yuan| in_yuan(amount.value, yuan)),
                page: row.page,
                bbox: rounded(boxes[column]),
                verified_by: 0,
                placement: parsed.placements.get(at).and_then(|row| *row.get(column)?),
            });
        }
    }
    mark_leaves(&mut facts, vocabulary);
    facts
}

/// The year that a figure is of: the publication's, or the one before it in a column that says so.
fn year(measure: Measure, publication: &Publication) -> Option<u16> {
    let years_before = u16::from(measure == Measure::PriorYear);
    publication.fiscal_year.map(|year| year - years_before)
}

fn stage(kind: PublicationKind) -> Option<Stage> {
    match kind {
        PublicationKind::Budget => Some(Stage::Budget),
        PublicationKind::FinalAccounts => Some(Stage::Final),
        PublicationKind::Unknown => None,
    }
}

/// Marks the facts of a table's rows that have parts: totals, and codes with longer codes below them.
fn mark_leaves(facts: &mut [Fact], vocabulary: &Vocabulary) {
    let mut codes: Vec<String> = facts.iter().filter_map(|fact| fact.code.clone()).collect();
    codes.sort_unstable();
    codes.dedup();
    let has_parts = |code: &str| {
        let next = codes.partition_point(|other| other.as_str() <= code);
        codes.get(next).is_some_and(|other| other.starts_with(code))
    };
    let is_total = |name: &str| vocabulary.headers.totals.contain(&squeezed(name));
    for fact in facts {
        fact.leaf = match &fact.code {
            Some(code) => !has_parts(code),
            None => !fact.name.as_deref().is_some_and(is_total),
        };
    }
}

/// 类 1, 款 2, 项 3, by the length of the code.
fn level(code: &str) -> Option<u8> {
    let is_code = code.bytes().all(|b| b.is_ascii_digit());
    match code.len() {
        3 if is_code => Some(1),
        5 if is_code => Some(2),
        7 if is_code => Some(3),
        _ => None,
    }
}

/// An exact amount in yuan.
fn in_yuan(value: Decimal, unit: u64) -> Option<Money> {
    let mut yuan = value.checked_mul(Decimal::from(unit))?.normalize();
    if yuan.scale() < YUAN_DIGITS {
        yuan.rescale(YUAN_DIGITS);
    }
    Some(yuan.into())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::TableKind;
    use crate::testing::document::{national, publication, table};

    #[test]
    fn yuan_are_exact() {
        let yuan = |text: &str, unit| {
            in_yuan(Decimal::from_str_exact(text).expect("a decimal"), unit).map(|yuan| yuan.to_string())
        };
        assert_eq!(yuan("937.12", 10_000).as_deref(), Some("9371200.00"));
        assert_eq!(yuan("80", 10_000).as_deref(), Some("800000.00"));
        assert_eq!(yuan("0.123456", 10_000).as_deref(), Some("1234.56"));
        assert_eq!(yuan("12345.678", 1).as_deref(), Some("12345.678"));
    }

    #[test]
    fn codes_have_levels() {
        assert_eq!(["201", "20103", "2010301", "A2010301", "30"].map(level), [Some(1), Some(2), Some(3), None, None]);
    }

    /// Codes and names of the amounts of a table with these columns and rows.
    fn named(columns: &str, rows: &[&str]) -> Vec<(Option<String>, Option<String>)> {
        let tables = [table(TableKind::ProjectExpenditure, "项目支出表", columns, rows)];
        let facts = facts(&tables, &publication("某市财政局", 2023), national());
        facts.into_iter().map(|fact| (fact.code, fact.name)).collect()
    }

    fn name(name: &str) -> (Option<String>, Option<String>) {
        (None, Some(name.to_owned()))
    }

    #[test]
    fn an_amount_is_named_by_its_item_and_not_by_unit_or_number() {
        assert_eq!(named("项目名称|项目单位|合计", &["驻京经费|某局|5.00"]), [name("驻京经费")]);
        assert_eq!(named("项目|行次|决算数", &["一、一般公共服务支出|32|5.00"]), [name("一、一般公共服务支出")]);
        assert_eq!(named("采购物品名称|组织形式|合计", &["打印机|集中采购|5.00"]), [name("打印机")]);
    }

    #[test]
    fn where_the_item_is_empty_the_next_words_name_the_amount() {
        let rows = ["合计|||5.00", "|信访|某局|5.00"];
        assert_eq!(named("类别|项目名称|项目单位|合计", &rows), [name("合计"), name("信访")]);
        let rows = ["某局|||5.00", "|2010301||5.00"];
        let coded = (Some("2010301".to_owned()), None);
        assert_eq!(named("预算单位|科目编码|科目名称|合计", &rows), [name("某局"), coded]);
    }

    #[test]
    fn quantities_do_not_part_names_from_amounts() {
        assert_eq!(named("采购物品名称|数量|规格型号|预算数", &["打印机|2|A4|5.00"]), [name("打印机")]);
    }

    #[test]
    fn two_codes_beside_each_other_stay_two() {
        let coded = |code: &str| (Some(code.to_owned()), Some("打印机".to_owned()));
        assert_eq!(named("类|款|类|款|科目名称|预算数", &["310|02|503|06|打印机|5.00"]), [coded("50306")]);
        assert_eq!(named("科目名称|类|款|类|款|预算数", &["打印机|310|02|503|06|5.00"]), [coded("31002")]);
    }
}
