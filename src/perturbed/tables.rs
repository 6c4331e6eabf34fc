//! Small budget tables whose content is known: what is printed, and what must be read.

use std::ops::Range;

use super::choices::Choices;
use super::oddity::Oddity;
use super::performance::performance_grid;
use crate::document::{Column, ColumnType, Direction, Measure, Project, TableKind};

/// Where a cell's text stands in its width.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Align {
    Left,
    Centre,
    Right,
}

/// A cell: rows count from the top of the header.
#[derive(Clone, Debug)]
pub(super) struct Cell {
    pub(super) text: String,
    pub(super) rows: Range<usize>,
    pub(super) columns: Range<usize>,
    pub(super) align: Align,
    pub(super) bold: bool,
    /// Indentation in ems.
    pub(super) indent: f32,
    /// Whether a page break may cut the text.
    pub(super) flows: bool,
}

/// What stands above a table.
#[derive(Clone, Debug)]
pub(super) struct Caption {
    pub(super) label: Option<&'static str>,
    pub(super) title: &'static str,
    pub(super) unit: Unit,
}

/// A unit of account.
#[derive(Clone, Copy, Debug)]
pub(super) struct Unit {
    pub(super) name: &'static str,
    pub(super) yuan: i128,
}

/// A fact that must be found.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct KnownFact {
    pub(super) table: TableKind,
    pub(super) direction: Option<Direction>,
    pub(super) code: Option<String>,
    pub(super) level: Option<u8>,
    pub(super) name: Option<String>,
    pub(super) measure: Measure,
    pub(super) amount: String,
    pub(super) unit: Option<String>,
    pub(super) amount_yuan: Option<String>,
}

/// A table: how it is printed, and what must be read.
#[derive(Clone, Debug)]
pub(super) struct Sheet {
    pub(super) kind: TableKind,
    pub(super) caption: Caption,
    /// Rows above those of the table's content.
    pub(super) header_rows: usize,
    /// Rows that are drawn again where the header is repeated.
    pub(super) repeated: Range<usize>,
    /// Columns of the levels of indicators.
    pub(super) levels: Vec<usize>,
    pub(super) row_count: usize,
    pub(super) cells: Vec<Cell>,
    pub(super) note: Option<&'static str>,
    pub(super) columns: Vec<Column>,
    /// Cells of the rows below the header, as they must be read.
    pub(super) rows: Vec<Vec<Option<String>>>,
    /// Cells of the row being built.
    pub(super) read: Vec<Option<String>>,
    pub(super) facts: Vec<KnownFact>,
    /// Projects with performance targets.
    pub(super) projects: Vec<PrintedProject>,
}

/// A project with its targets. Pages are not known yet: those of its fields are their rows.
#[derive(Clone, Debug)]
pub(super) struct PrintedProject {
    pub(super) project: Project,
    pub(super) rows: Range<usize>,
    /// The first of the rows of its indicators.
    pub(super) first_indicator: usize,
}

/// How amounts are printed all over a table.
pub(super) struct Figures {
    /// Digits after the point.
    pub(super) digits: u32,
    pub(super) thousands: bool,
    pub(super) brackets: bool,
    pub(super) unit: Unit,
}

/// An amount as it is printed, read, and in yuan.
pub(super) struct PrintedAmount {
    pub(super) printed: String,
    pub(super) read: Option<String>,
    pub(super) yuan: Option<String>,
}

const FUNCTIONS: [(&str, &str); 13] = [
    ("201", "一般公共服务支出"),
    ("20103", "政府办公厅（室）及相关机构事务"),
    ("2010301", "行政运行"),
    ("2010302", "一般行政管理事务"),
    ("208", "社会保障和就业支出"),
    ("20805", "行政事业单位养老支出"),
    ("2080505", "机关事业单位基本养老保险缴费支出"),
    ("210", "卫生健康支出"),
    ("21011", "行政事业单位医疗"),
    ("2101101", "行政单位医疗"),
    ("221", "住房保障支出"),
    ("22102", "住房改革支出"),
    ("2210201", "住房公积金"),
];

const ECONOMIC: [(&str, &str); 9] = [
    ("301", "工资福利支出"),
    ("30101", "基本工资"),
    ("30102", "津贴补贴"),
    ("30108", "机关事业单位基本养老保险缴费"),
    ("302", "商品和服务支出"),
    ("30201", "办公费"),
    ("30239", "其他交通费用"),
    ("303", "对个人和家庭的补助"),
    ("30305", "生活补助"),
];

const REVENUES: [&str; 6] = [
    "一、一般公共预算拨款收入",
    "二、政府性基金预算拨款收入",
    "三、国有资本经营预算拨款收入",
    "四、财政专户管理资金收入",
    "五、事业收入",
    "六、上级补助收入",
];

const EXPENDITURES: [&str; 8] = [
    "一、一般公共服务支出",
    "二、外交支出",
    "三、国防支出",
    "四、公共安全支出",
    "五、教育支出",
    "六、科学技术支出",
    "七、文化旅游体育与传媒支出",
    "八、社会保障和就业支出",
];

/// Whether codes stand in one column or one a level.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Codes {
    Whole,
    Levels(usize),
}

/// The table of a kind as choices make it.
pub(super) fn sheet(kind: TableKind, choices: &mut Choices, oddities: &[Oddity]) -> Sheet {
    match kind {
        TableKind::ExpenditureSummary => expenditure_summary(choices, oddities),
        TableKind::RevenueExpenditureSummary => revenue_expenditure_summary(choices),
        TableKind::GeneralPublicBasicExpenditure => basic_expenditure(choices, oddities),
        TableKind::ThreePublic => three_public(choices),
        _ => performance_grid(choices),
    }
}

fn expenditure_summary(choices: &mut Choices, oddities: &[Oddity]) -> Sheet {
    let (header, codes): (&[&[&str]], _) = match choices.below(5) {
        0 => (&[&["科目编码", "科目名称", "合计", "基本支出", "项目支出"]], Codes::Whole),
        1 => (
            &[&["功能分类科目", "<", "合计", "基本支出", "项目支出"], &["科目编码", "科目名称", "^", "^", "^"]],
            Codes::Whole,
        ),
        2 => (
            &[
                &["科目编码", "<", "<", "科目名称", "合计", "基本支出", "项目支出"],
                &["类", "款", "项", "^", "^", "^", "^"],
            ],
            Codes::Levels(3),
        ),
        3 => (
            &[
                &["支出功能分类科目", "<", "<", "<", "本年支出", "<", "<"],
                &["科目编码", "<", "<", "科目名称", "合计", "基本支出", "项目支出"],
                &["类", "款", "项", "^", "^", "^", "^"],
            ],
            Codes::Levels(3),
        ),
        _ => (&[&["科目", "<", "本年支出", "<", "<"], &["编码", "名称", "合计", "基本支出", "项目支出"]], Codes::Whole),
    };
    let titles = [
        "支出总表",
        "部门支出预算总表",
        "2024年部门支出总体情况表",
        "支出预算总表",
        "部门支出总体情况表",
        "2024年支出决算表",
    ];
    let mut sheet = Sheet::new(TableKind::ExpenditureSummary, &titles, header, choices);
    sheet.measures(&[Measure::Total, Measure::Basic, Measure::Project]);
    sheet.coded_rows(&FUNCTIONS, codes, choices, oddities);
    sheet
}

fn basic_expenditure(choices: &mut Choices, oddities: &[Oddity]) -> Sheet {
    let (header, codes): (&[&[&str]], _) = match choices.below(4) {
        0 => (&[&["科目编码", "科目名称", "合计", "人员经费", "公用经费"]], Codes::Whole),
        1 => (
            &[
                &["支出经济分类科目", "<", "2024年基本支出", "<", "<"],
                &["科目编码", "科目名称", "合计", "人员经费", "公用经费"],
            ],
            Codes::Whole,
        ),
        2 => (
            &[
                &["经济分类科目", "<", "<", "本年基本支出", "<", "<"],
                &["科目编码", "<", "科目名称", "合计", "人员经费", "公用经费"],
                &["类", "款", "^", "^", "^", "^"],
            ],
            Codes::Levels(2),
        ),
        _ => (
            &[&["科目编码", "<", "科目名称", "合计", "人员经费", "公用经费"], &["类", "款", "^", "^", "^", "^"]],
            Codes::Levels(2),
        ),
    };
    let titles = [
        "一般公共预算基本支出表",
        "一般公共预算基本支出情况表",
        "2024年一般公共预算基本支出预算表",
        "一般公共预算财政拨款基本支出表",
    ];
    let mut sheet = Sheet::new(TableKind::GeneralPublicBasicExpenditure, &titles, header, choices);
    sheet.measures(&[Measure::Total, Measure::Personnel, Measure::Operating]);
    sheet.coded_rows(&ECONOMIC, codes, choices, oddities);
    sheet
}

fn revenue_expenditure_summary(choices: &mut Choices) -> Sheet {
    let header: &[&[&str]] = match choices.below(3) {
        0 => &[&["收入", "<", "支出", "<"], &["项目", "预算数", "项目", "预算数"]],
        1 => &[&["收入", "<", "支出", "<"], &["项目", "金额", "项目（按功能分类）", "金额"]],
        _ => &[&["本年收入", "<", "本年支出", "<"], &["项目", "2024年预算数", "项目", "2024年预算数"]],
    };
    let titles = ["收支总表", "部门收支预算总表", "2024年收支总体情况表", "收入支出预算总表", "部门收支总体情况表"];
    let mut sheet = Sheet::new(TableKind::RevenueExpenditureSummary, &titles, header, choices);
    for amounts in [1, 3] {
        let column = &mut sheet.columns[amounts];
        (column.column_type, column.measure) = (ColumnType::Amount, Some(Measure::Total));
    }
    sheet.column_numbers(choices, &[0, 2]);
    let figures = Figures::of(sheet.caption.unit, choices);
    let (revenues, expenditures) = (choices.within(2, REVENUES.len()), choices.within(2, EXPENDITURES.len()));
    let length = revenues.max(expenditures);
    for index in 0..length + 1 {
        let is_total = index == length;
        let names = match is_total {
            true => [Some("收入总计"), Some("支出总计")],
            false => [(index < revenues).then(|| REVENUES[index]), (index < expenditures).then(|| EXPENDITURES[index])],
        };
        for (side, name) in names.into_iter().enumerate() {
            let figure = match name {
                Some(_) if is_total => figures.amount(choices),
                Some(_) => figures.entry(choices),
                None => figures.empty(),
            };
            let at = side * 2;
            let align = if is_total { Align::Centre } else { Align::Left };
            sheet.cell(at, name.unwrap_or(""), align, is_total, 0.0);
            sheet.cell(at + 1, &figure.printed, Align::Right, is_total, 0.0);
            let direction = if side == 0 { Direction::Revenue } else { Direction::Expenditure };
            sheet.fact(&figure, Some(direction), None, name, Measure::Total);
            sheet.read.extend([name.map(str::to_owned), figure.read]);
        }
        sheet.end_row();
    }
    sheet
}

fn three_public(choices: &mut Choices) -> Sheet {
    const ITEMS: [Measure; 6] = [
        Measure::Total,
        Measure::TravelAbroad,
        Measure::Vehicles,
        Measure::VehiclePurchase,
        Measure::VehicleOperation,
        Measure::Reception,
    ];
    const NAMES: [&str; 6] =
        ["合计", "因公出国（境）费用", "公务用车购置及运行费", "公务用车购置费", "公务用车运行费", "公务接待费"];
    let years: &[&str] = choices.pick(&[&["2024年预算数"][..], &["上年预算数", "2024年预算数"]]);
    let has_units = choices.chance(50);
    let mut header: Vec<Vec<&str>> = vec![Vec::new(); 3];
    if has_units {
        header[0].push("单位名称");
        header[1].push("^");
        header[2].push("^");
    }
    for year in years {
        header[0].extend([*year, "<", "<", "<", "<", "<"]);
        header[1].extend(["合计", "因公出国（境）费用", "公务用车购置及运行费", "<", "<", "公务接待费"]);
        header[2].extend(["^", "^", "小计", "公务用车购置费", "公务用车运行费", "^"]);
    }
    let header: Vec<&[&str]> = header.iter().map(Vec::as_slice).collect();
    let titles = [
        "一般公共预算“三公”经费支出表",
        "“三公”经费支出预算表",
        "2024年“三公”经费支出情况表",
        "财政拨款“三公”经费支出表",
    ];
    let mut sheet = Sheet::new(TableKind::ThreePublic, &titles, &header, choices);
    // Of what is an item of its own, the year is an axis of its facts.
    let measure =
        |year: &str, item: usize| if year == "上年预算数" && item == 0 { Measure::PriorYear } else { ITEMS[item] };
    let measures: Vec<Measure> = years.iter().flat_map(|year| (0..6).map(|item| measure(year, item))).collect();
    sheet.measures(&measures);
    sheet.column_numbers(choices, &[]);
    let figures = Figures::of(sheet.caption.unit, choices);
    let units = ["某市财政局本级", "某市国库集中支付中心", "某市财政投资评审中心", "某市非税收入管理局"];
    let count = if has_units { choices.within(1, units.len()) } else { 1 };
    for unit in &units[..count] {
        if has_units {
            sheet.cell(0, unit, Align::Left, false, 0.0);
            sheet.read.push(Some((*unit).to_owned()));
        }
        for _ in years {
            for (item, name) in NAMES.iter().enumerate() {
                let figure = if item == 0 { figures.amount(choices) } else { figures.entry(choices) };
                sheet.cell(sheet.read.len(), &figure.printed, Align::Right, false, 0.0);
                sheet.fact(&figure, Some(Direction::Expenditure), None, Some(name), ITEMS[item]);
                sheet.read.push(figure.read);
            }
        }
        sheet.end_row();
    }
    sheet
}
