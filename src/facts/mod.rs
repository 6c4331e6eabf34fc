//! Tables → facts: one for each amount of money, with its place, what it is of, and its exact value in yuan.
//!
//! `sides.rs` reads a side's words and codes, row by row: `parse::codes` carries codes down and joins them, `owners.rs` does
//! so with units and projects (`units.rs`), `words.rs` takes names apart. `axes.rs` tells year, stage and fund, `leaves.rs`
//! and `nesting.rs` which facts have no parts, `ambiguity.rs` which are not told apart.

mod ambiguity;
mod axes;
mod leaves;
mod nesting;
mod owners;
mod sides;
mod units;
mod words;

use rust_decimal::Decimal;

use crate::document::{CellPlace, Diagnostic, Direction, Fact, Fund, Measure, Money, Publication, TableKind, rounded};
use crate::language::amount;
use crate::language::vocabulary::{Vocabulary, squeezed};
use crate::model::ParsedTable;
use crate::parse::Naming;
use axes::Axes;
use sides::{Context, RowSubject, Side};
use units::Units;

/// Yuan are written with this many digits after the point at least: jiao and fen.
const YUAN_DIGITS: u32 = 2;

/// The facts of all tables of a publication.
pub(crate) fn facts(tables: &[ParsedTable], publication: &Publication, vocabulary: &Vocabulary) -> Vec<Fact> {
    let units = Units::of(tables, publication, vocabulary);
    let of_table = |(index, parsed): (usize, &ParsedTable)| {
        let context = Context { table: &parsed.table, publication, vocabulary, units: &units };
        table_facts(index, parsed, &context)
    };
    tables.iter().enumerate().flat_map(of_table).collect()
}

/// Says of which tables facts are not told apart by anything that identifies them.
pub(crate) fn ambiguities(facts: &[Fact], tables: &[ParsedTable]) -> Vec<Diagnostic> {
    ambiguity::diagnostics(facts, tables)
}

/// An amount column with what is the same for all its facts.
struct AmountColumn {
    at: usize,
    side: usize,
    measure: Measure,
    direction: Option<Direction>,
    axes: Axes,
    /// The item, where items stand in columns.
    item: Option<String>,
}

fn table_facts(index: usize, parsed: &ParsedTable, context: &Context) -> Vec<Fact> {
    let table = context.table;
    let (columns, sides) = amount_columns(context);
    let mut facts = Vec::new();
    let mut leaves = Vec::new();
    for (row, boxes) in parsed.boxes.iter().enumerate().take(table.rows.len()) {
        for column in &columns {
            let Some(amount) = table.rows[row].cells[column.at].as_deref().and_then(amount::parse) else { continue };
            let subject = &sides[column.side][row];
            let mut fact = fact(context, column, subject, row);
            fact.place.table = index;
            fact.amount = amount.value.into();
            let yuan = fact.unit.as_ref().and_then(|unit| context.vocabulary.units.get(unit)).copied();
            fact.amount_yuan = yuan.and_then(|yuan| in_yuan(amount.value, yuan));
            fact.page = parsed.page_of(row, column.at);
            fact.bbox = rounded(boxes[column.at]);
            fact.placement = parsed.placements.get(row).and_then(|row| *row.get(column.at)?);
            let is_item = column.item.is_some();
            leaves.push(leaves::Place { row, side: column.side, column: column.at, value: amount.value, is_item });
            facts.push(fact);
        }
    }
    leaves::mark(&mut facts, &leaves, &sides, parsed, context.vocabulary);
    facts
}

/// The amount columns of a table that hold money, and what the sides that they belong to say of each row.
fn amount_columns(context: &Context) -> (Vec<AmountColumn>, Vec<Vec<RowSubject>>) {
    let Context { table, publication, vocabulary, .. } = context;
    let has_items = sides::has_items_in_columns(table, vocabulary);
    let mut known: Vec<Vec<usize>> = Vec::new();
    let mut sides: Vec<Vec<RowSubject>> = Vec::new();
    let mut columns = Vec::new();
    for at in 0..table.columns.len() {
        let path = &table.columns[at].path;
        let Some(naming) = Naming::of(table, at, vocabulary).filter(|_| axes::is_money(path, vocabulary)) else {
            continue;
        };
        let beside = sides::columns_beside(context, at);
        let side = known.iter().position(|known| *known == beside).unwrap_or_else(|| {
            known.push(beside.clone());
            sides.push(Side::new(context, beside.clone(), &naming).rows(context));
            sides.len() - 1
        });
        let item = if has_items || beside.is_empty() { sides::column_item(path, vocabulary) } else { None };
        let axes = Axes::of_path(path, publication, vocabulary);
        let measure = match naming.measure {
            Measure::PriorYear => Measure::Total,
            other => other,
        };
        let direction =
            if is_revenue(table.kind, path, vocabulary) { Some(Direction::Revenue) } else { naming.direction };
        columns.push(AmountColumn { at, side, measure, direction, axes, item });
    }
    keep_one_total(&mut columns, context);
    (columns, sides)
}

/// A 小计 below a label of its own (当年预算) is no total beside the 合计 of the same direction, year, stage and fund.
fn keep_one_total(columns: &mut [AmountColumn], context: &Context) {
    let Context { table, vocabulary, .. } = context;
    let path = |column: &AmountColumn| &table.columns[column.at].path;
    let is_outermost = |column: &AmountColumn| column.measure == Measure::Total && path(column).len() == 1;
    let key = |column: &AmountColumn| {
        let fund = axes::fund(path(column), table.kind, vocabulary);
        (column.side, column.direction, column.axes, fund)
    };
    let whole: Vec<_> = columns.iter().filter(|column| is_outermost(column)).map(key).collect();
    let is_part = |column: &AmountColumn| {
        column.measure == Measure::Total
            && path(column).len() > 1
            && column.item.is_none()
            && whole.contains(&key(column))
    };
    let parts: Vec<usize> = (0..columns.len()).filter(|at| is_part(&columns[*at])).collect();
    parts.into_iter().for_each(|at| columns[at].measure = Measure::Other);
}

/// Whether a column of a table of one fund, which has both sides in its columns, is that of its revenue (本年收入).
fn is_revenue(kind: TableKind, path: &[String], vocabulary: &Vocabulary) -> bool {
    matches!(kind, TableKind::GovernmentFundExpenditure | TableKind::StateCapitalExpenditure)
        && path.iter().any(|label| vocabulary.headers.revenue_side.end(&squeezed(label)))
        && !path.iter().any(|label| vocabulary.headers.expenditure_side.end(&squeezed(label)))
}

/// A fact without its amount.
fn fact(context: &Context, column: &AmountColumn, subject: &RowSubject, row: usize) -> Fact {
    let Context { table, publication, vocabulary, .. } = context;
    let header = &table.columns[column.at];
    let inherited = || sides::inherited_total(table, row, column.at, vocabulary);
    let name = column.item.clone().or_else(|| subject.name.clone());
    let name = name.or_else(|| if subject.code.is_none() { inherited() } else { None });
    let (year, stage) = subject.axes.or(column.axes).settled(publication);
    let of_name = || name.as_deref().filter(|_| is_by_fund(table.kind, column.direction));
    let carried = (subject.is_carried && column.direction == Some(Direction::Revenue)).then_some(Fund::Carryover);
    let fund = axes::fund(&header.path, table.kind, vocabulary)
        .or(carried)
        .or_else(|| of_name().and_then(|name| axes::fund_of_name(name, vocabulary)));
    Fact {
        place: CellPlace { table: 0, row, column: column.at },
        table: table.kind,
        direction: column.direction,
        scheme: subject.scheme,
        level: subject.code.as_deref().and_then(level),
        code: subject.code.clone(),
        name,
        second: subject.second.clone(),
        owner: subject.owner.clone(),
        measure: column.measure,
        fund,
        year,
        stage,
        leaf: true,
        amount: Decimal::ZERO.into(),
        unit: header.unit.as_ref().or(table.unit.as_ref()).cloned(),
        amount_yuan: None,
        page: table.rows[row].page,
        bbox: [0.0; 4],
        verified_by: 0,
        placement: None,
    }
}

/// Whether the names of a side are funds: the revenue of a summary.
fn is_by_fund(kind: TableKind, direction: Option<Direction>) -> bool {
    direction == Some(Direction::Revenue)
        && matches!(kind, TableKind::RevenueExpenditureSummary | TableKind::FiscalAppropriationSummary)
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
    use crate::document::Scheme;
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

    /// The facts of a table with these columns and rows.
    fn of(columns: &str, rows: &[&str]) -> Vec<Fact> {
        let tables = [table(TableKind::ProjectExpenditure, "项目支出表", columns, rows)];
        facts(&tables, &publication("某市财政局", 2023), national())
    }

    /// Codes and names of the amounts of such a table.
    fn named(columns: &str, rows: &[&str]) -> Vec<(Option<String>, Option<String>)> {
        of(columns, rows).into_iter().map(|fact| (fact.code, fact.name)).collect()
    }

    fn name(name: &str) -> (Option<String>, Option<String>) {
        (None, Some(name.to_owned()))
    }

    #[test]
    fn an_amount_is_named_by_its_item_and_not_by_unit_or_number() {
        assert_eq!(named("项目名称|项目单位|合计", &["驻京经费|某局|5.00"]), [name("驻京经费")]);
        assert_eq!(named("项目|行次|决算数", &["一、一般公共服务支出|32|5.00"]), [name("一般公共服务支出")]);
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
    fn of_two_codes_beside_each_other_the_first_leads() {
        for (columns, row) in [
            ("类|款|类|款|科目名称|预算数", "310|02|503|06|打印机|5.00"),
            ("科目名称|类|款|类|款|预算数", "打印机|310|02|503|06|5.00"),
        ] {
            let fact = &of(columns, &[row])[0];
            assert_eq!((fact.code.as_deref(), fact.name.as_deref()), (Some("31002"), Some("打印机")), "{columns}");
            let second = fact.second.as_ref().expect("a second classification");
            assert_eq!((second.scheme, second.code.as_str()), (Some(Scheme::GovernmentEconomic), "50306"));
        }
        let columns = "部门经济科目编码|部门经济科目名称|政府经济科目编码|政府经济科目名称|合计";
        let facts = of(columns, &["301|工资福利支出|||9.00", "30101|基本工资|50101|工资奖金津补贴|9.00"]);
        assert_eq!((facts[0].code.as_deref(), &facts[0].second, facts[0].leaf), (Some("301"), &None, false));
        let second = facts[1].second.as_ref().expect("a second classification");
        assert_eq!((second.code.as_str(), second.name.as_deref()), ("50101", Some("工资奖金津补贴")));
        assert_eq!((facts[1].name.as_deref(), facts[1].leaf), (Some("基本工资"), true));
    }

    /// Names and owners.
    fn owned(columns: &str, rows: &[&str]) -> Vec<(Option<String>, Option<String>)> {
        of(columns, rows).into_iter().map(|fact| (fact.name, fact.owner)).collect()
    }

    #[test]
    fn rows_belong_to_the_unit_above_them() {
        let pair = |name: &str, owner: &str| (Some(name.to_owned()), (!owner.is_empty()).then(|| owner.to_owned()));
        let rows = ["1||合计|5", "2|234001|某市气象局|5", "3||防雷经费|3", "4||观测经费|2"];
        let expected = [
            pair("合计", ""),
            pair("某市气象局", "某市气象局"),
            pair("防雷经费", "某市气象局"),
            pair("观测经费", "某市气象局"),
        ];
        assert_eq!(owned("序号|单位编码|单位（项目）名称|项目金额", &rows), expected);
        let rows = ["某局|201|公共服务|5", "|20103|办公室|5", "合计|||5"];
        let expected = [pair("公共服务", "某局"), pair("办公室", "某局"), pair("合计", "")];
        assert_eq!(owned("单位名称|科目编码|科目名称|合计", &rows), expected);
        let rows = ["234|某市气象局|5", "234001|某市气象局机关|5", "208|社会保障和就业支出|5"];
        let facts = of("功能科目编码|功能科目名称|合计", &rows);
        assert_eq!(facts[1].code, None, "a unit's number is no subject's code");
        assert_eq!((facts[2].code.as_deref(), facts[2].owner.as_deref()), (Some("208"), Some("某市气象局机关")));
    }

    #[test]
    fn leaves_add_up_to_the_total() {
        let rows = ["||合计|10", "201||公共服务|6", "|03|办公室|6", "208||社保|4", "|05|养老|3", "|99|其他|1"];
        let sum: Decimal =
            of("类|款|科目名称|合计", &rows).iter().filter(|fact| fact.leaf).map(|fact| fact.amount.value()).sum();
        assert_eq!(sum, Decimal::TEN);
    }

    /// The names of the leaves of such a table.
    fn leaves(columns: &str, rows: &[&str]) -> Vec<String> {
        of(columns, rows).into_iter().filter(|fact| fact.leaf).filter_map(|fact| fact.name).collect()
    }

    #[test]
    fn sums_tell_parts_where_words_do_not() {
        let rows = ["合计|9.00", "某局|9.00", "通用项目|4.00", "活动|4.00", "专用项目|5.00", "设备|2.00", "修缮|3.00"];
        assert_eq!(leaves("项目名称|合计", &rows), ["活动", "设备", "修缮"]);
        let twins = ["合计|14.00", "援藏|14.00", "资金|7.00", "资金项目|7.00"];
        assert_eq!(leaves("项目名称|合计", &twins), ["资金", "资金项目"]);
        // Nothing adds up: what words tell stays.
        assert_eq!(leaves("项目名称|合计", &["合计|100", "甲|9", "乙|9"]), ["甲", "乙"]);
        let rows = ["合计|9.00", "公务接待费|3.00", "公务用车费|6.00", "其中：（1）运行费|4.00", "（2）购置费|2.00"];
        assert_eq!(leaves("项目|合计", &rows), ["公务接待费", "运行费", "购置费"]);
        // One row with its items in columns has no parts.
        let facts = of("合计|基本支出|项目支出", &["5|3|2"]);
        assert!(facts.iter().all(|fact| fact.leaf));
        let rows = ["|合计|5", "114|某局|5", "114001|某局本级|3", "114002|某中心|2"];
        assert_eq!(leaves("单位编码|单位名称|合计", &rows), ["某局本级", "某中心"]);
    }

    #[test]
    fn numbers_beside_a_subject_are_its_units_or_its_own() {
        let pair = |name: &str, owner: &str| (Some(name.to_owned()), (!owner.is_empty()).then(|| owner.to_owned()));
        let rows = ["|||118001|某局本级|5", "213|||213|农林水支出|5", "213|03|01|2130301|行政运行|5"];
        let expected = [pair("某局本级", "某局本级"), pair("农林水支出", "某局本级"), pair("行政运行", "某局本级")];
        assert_eq!(owned("类|款|项|单位代码|单位（科目）名称|合计", &rows), expected);
        let rows = ["|||061001|某局机关|5", "214|01|01|061001|行政运行|5"];
        assert_eq!(owned("类|款|项|单位代码|单位（科目）名称|合计", &rows)[1], pair("行政运行", "某局机关"));
        let rows = ["运转类||某局|5", "|养护|某局机关|5", "特定目标类|||3", "|修路|某局机关|3"];
        assert_eq!(owned("类别|项目名称|项目单位|合计", &rows)[2], pair("特定目标类", ""));
        assert_eq!(owned("采购物品名称|单位|数量|合计", &["打印机|台|2|5"]), [pair("打印机", "")]);
    }

    #[test]
    fn one_column_is_the_total_of_a_year() {
        let measures =
            |columns: &str, row: &str| of(columns, &[row]).into_iter().map(|fact| fact.measure).collect::<Vec<_>>();
        let found = measures("项目名称|合计|当年预算/小计", "修缮|5|4");
        assert_eq!(found, [Measure::Total, Measure::Other]);
        let found = measures("项目名称|2022年预算数/合计|2023年预算数/合计", "修缮|5|4");
        assert_eq!(found, [Measure::Total, Measure::Total]);
    }

    #[test]
    fn counts_shares_and_prices_are_no_facts() {
        let facts = of("采购物品名称|数量|单价|金额|占比", &["打印机|2|3|6|100"]);
        assert_eq!(facts.len(), 1);
        assert_eq!(facts[0].amount.to_string(), "6");
    }
}
