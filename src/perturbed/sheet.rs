//! Building a [`Sheet`]: header trees, rows, figures, and the facts that follow from them.

use super::choices::Choices;
use super::oddity::Oddity;
use super::tables::{Align, Caption, Cell, Codes, Figures, KnownFact, PrintedAmount, Sheet, Unit};
use crate::document::{Column, ColumnType, Direction, Measure, TableKind};

const TEN_THOUSAND: Unit = Unit { name: "万元", yuan: 10_000 };
const YUAN: Unit = Unit { name: "元", yuan: 1 };

/// Labels that all say that this is the document's third table.
const LABELS: [&str; 6] = ["部门公开表3", "表三", "公开03表", "附表3", "公开表三", "单位公开表3"];

const NOTES: [&str; 3] = [
    "注：本表反映部门本年度预算情况。",
    "注：本表金额转换为万元时，因四舍五入可能存在尾差。",
    "备注：本表包括上年结转资金安排的支出。",
];

impl Sheet {
    /// A table with a caption and a header. In `header`, `<` goes on with the cell to the left and `^` with the cell
    /// above.
    pub(super) fn new(kind: TableKind, titles: &[&'static str], header: &[&[&str]], choices: &mut Choices) -> Self {
        let label = choices.chance(70).then(|| choices.pick(&LABELS));
        let caption = Caption { label, title: choices.pick(titles), unit: choices.pick(&[TEN_THOUSAND, YUAN]) };
        let mut sheet = Self {
            kind,
            caption,
            header_rows: header.len(),
            repeated: 0..header.len(),
            levels: Vec::new(),
            row_count: header.len(),
            cells: Vec::new(),
            note: choices.chance(40).then(|| choices.pick(&NOTES)),
            columns: Vec::new(),
            rows: Vec::new(),
            read: Vec::new(),
            facts: Vec::new(),
            projects: Vec::new(),
        };
        let width = header.first().map_or(0, |row| row.len());
        sheet.columns =
            vec![Column { path: Vec::new(), column_type: ColumnType::Text, measure: None, unit: None }; width];
        for (row, labels) in header.iter().enumerate() {
            for (column, label) in labels.iter().enumerate().filter(|(_, label)| !matches!(**label, "<" | "^")) {
                let right = (column + 1..width).take_while(|at| labels[*at] == "<").count();
                let below = (row + 1..header.len()).take_while(|at| header[*at][column] == "^").count();
                let columns = column..column + 1 + right;
                sheet.columns[columns.clone()].iter_mut().for_each(|known| known.path.push((*label).to_owned()));
                sheet.cells.push(Cell {
                    text: (*label).to_owned(),
                    rows: row..row + 1 + below,
                    columns,
                    align: Align::Centre,
                    bold: true,
                    indent: 0.0,
                    flows: false,
                });
            }
        }
        for column in &mut sheet.columns {
            let leaf = column.path.last().map_or("", String::as_str);
            if leaf.ends_with("编码") || matches!(leaf, "类" | "款" | "项") {
                column.column_type = ColumnType::Code;
            }
        }
        sheet
    }

    /// Makes the last columns amounts.
    pub(super) fn measures(&mut self, measures: &[Measure]) {
        let first = self.columns.len() - measures.len();
        for (column, measure) in self.columns[first..].iter_mut().zip(measures) {
            (column.column_type, column.measure) = (ColumnType::Amount, Some(*measure));
        }
    }

    /// Now and then, a row that numbers the columns; `words` are the columns that have 栏次 instead of a number.
    pub(super) fn column_numbers(&mut self, choices: &mut Choices, words: &[usize]) {
        if !choices.chance(35) {
            return;
        }
        let mut number = 0;
        for column in 0..self.columns.len() {
            let is_word = words.contains(&column);
            number += usize::from(!is_word);
            let text = if is_word { "栏次".to_owned() } else { number.to_string() };
            self.cell(column, &text, Align::Centre, false, 0.0);
        }
        self.row_count += 1;
        self.header_rows += 1;
        self.repeated.end += 1;
    }

    /// A cell of the row being built, over these columns.
    pub(super) fn wide_cell(&mut self, columns: std::ops::Range<usize>, text: &str, align: Align) {
        self.cell(columns.start, text, align, false, 0.0);
        self.cells.last_mut().expect("the cell just made").columns = columns;
    }

    /// A cell of the row being built.
    pub(super) fn cell(&mut self, column: usize, text: &str, align: Align, bold: bool, indent: f32) {
        self.cells.push(Cell {
            text: text.to_owned(),
            rows: self.row_count..self.row_count + 1,
            columns: column..column + 1,
            align,
            bold,
            indent,
            flows: false,
        });
    }

    pub(super) fn end_row(&mut self) {
        self.rows.push(std::mem::take(&mut self.read));
        self.row_count += 1;
    }

    /// The fact of a figure, if it is one.
    pub(super) fn fact(
        &mut self,
        figure: &PrintedAmount,
        direction: Option<Direction>,
        code: Option<&str>,
        name: Option<&str>,
        measure: Measure,
    ) {
        let Some(yuan) = &figure.yuan else { return };
        self.facts.push(KnownFact {
            table: self.kind,
            direction,
            code: code.map(str::to_owned),
            // 类, 款 and 项 have codes of three, five and seven digits.
            level: code.map(|code| (code.len() / 2) as u8),
            name: name.map(str::to_owned),
            measure,
            amount: figure.read.clone().unwrap_or_default(),
            unit: Some(self.caption.unit.name.to_owned()),
            amount_yuan: Some(yuan.clone()),
        });
    }

    /// A total, and some of the rows of a classification.
    pub(super) fn coded_rows(
        &mut self,
        items: &[(&str, &str)],
        codes: Codes,
        choices: &mut Choices,
        oddities: &[Oddity],
    ) {
        let code_columns = match codes {
            Codes::Whole => 1,
            Codes::Levels(levels) => levels,
        };
        let words: Vec<usize> = (0..=code_columns).filter(|_| choices.chance(50)).collect();
        self.column_numbers(choices, &words);
        let figures = Figures::of(self.caption.unit, choices);
        let total = choices.chance(80).then_some(("", "合计"));
        let align = choices.pick(&[Align::Left, Align::Centre]);
        let indent = choices.pick(&[0.0, 0.5, 1.0]);
        let first = choices.below(3);
        let last = choices.within(first + 2, items.len());
        for (code, name) in total.into_iter().chain(items[first..last].iter().copied()) {
            let is_total = code.is_empty();
            let pieces: Vec<&str> = match codes {
                Codes::Whole => vec![code],
                Codes::Levels(levels) => (0..levels).map(|level| piece(code, level)).collect(),
            };
            for (column, text) in pieces.iter().enumerate() {
                self.cell(column, text, align, is_total, 0.0);
                self.read.push((!text.is_empty()).then(|| (*text).to_owned()));
            }
            let level = (code.len() / 2) as f32;
            let (name_align, name_indent) = if is_total { (Align::Centre, 0.0) } else { (Align::Left, level * indent) };
            self.cell(code_columns, name, name_align, is_total, name_indent);
            self.read.push(Some(name.to_owned()));
            let code = (!is_total).then_some(code);
            for column in code_columns + 1..self.columns.len() {
                let first_amount = column == code_columns + 1;
                let figure = if first_amount { figures.amount(choices) } else { figures.entry(choices) };
                self.cell(column, &figure.printed, Align::Right, is_total, 0.0);
                let measure = self.columns[column].measure.expect("an amount column");
                self.fact(&figure, Some(Direction::Expenditure), code, Some(name), measure);
                self.read.push(figure.read);
            }
            self.end_row();
        }
        let merges = total.is_some() && choices.chance(40) && oddities.contains(&Oddity::MergedTotal);
        self.merge_total(merges, code_columns);
    }

    /// Merges the cells of code and name of the total, whose word then stands in the first.
    fn merge_total(&mut self, merges: bool, code_columns: usize) {
        if !merges {
            return;
        }
        let row = self.header_rows;
        self.cells.retain(|cell| cell.rows.start != row || cell.columns.start >= code_columns);
        for cell in self.cells.iter_mut().filter(|cell| cell.rows.start == row && cell.columns.start == code_columns) {
            cell.columns = 0..code_columns + 1;
        }
        self.rows[0].swap(0, code_columns);
    }
}

/// The digits of a code that stand in the column of a level.
fn piece(code: &str, level: usize) -> &str {
    let (from, to) = [(0, 3), (3, 5), (5, 7)][level];
    code.get(from..to).unwrap_or("")
}

impl Figures {
    pub(super) fn of(unit: Unit, choices: &mut Choices) -> Self {
        Self {
            digits: choices.pick(&[2, 2, 2, 2, 0, 4]),
            thousands: choices.chance(50),
            brackets: choices.chance(20),
            unit,
        }
    }

    /// An amount, or something in the place of one.
    pub(super) fn entry(&self, choices: &mut Choices) -> PrintedAmount {
        match choices.below(10) {
            0 => self.empty(),
            1 => PrintedAmount { printed: "-".to_owned(), read: Some("-".to_owned()), yuan: None },
            2 => self.figure(0),
            3 => self.figure(-(choices.within(1, 999_999) as i128)),
            _ => self.amount(choices),
        }
    }

    pub(super) fn amount(&self, choices: &mut Choices) -> PrintedAmount {
        let limit = choices.pick(&[99, 9_999, 999_999, 99_999_999]);
        self.figure(choices.within(1, limit) as i128)
    }

    pub(super) fn empty(&self) -> PrintedAmount {
        PrintedAmount { printed: String::new(), read: None, yuan: None }
    }

    /// An amount, in units of its last digit.
    fn figure(&self, value: i128) -> PrintedAmount {
        let one = 10_i128.pow(self.digits);
        let (whole, fraction) = (value.abs() / one, value.abs() % one);
        let fraction = match self.digits {
            0 => String::new(),
            digits => format!(".{fraction:0width$}", width = digits as usize),
        };
        let sign = if value < 0 { "-" } else { "" };
        let grouped = if self.thousands { grouped(whole) } else { whole.to_string() };
        let printed = match self.brackets && value < 0 {
            true => format!("({grouped}{fraction})"),
            false => format!("{sign}{grouped}{fraction}"),
        };
        let read = Some(format!("{sign}{whole}{fraction}"));
        PrintedAmount { printed, read, yuan: Some(in_yuan(value * self.unit.yuan, self.digits)) }
    }
}

fn grouped(whole: i128) -> String {
    if whole < 1000 { whole.to_string() } else { format!("{},{:03}", grouped(whole / 1000), whole % 1000) }
}

/// Yuan with two digits after the point, or as many more as there are.
fn in_yuan(mut value: i128, mut digits: u32) -> String {
    while digits < 2 {
        (value, digits) = (value * 10, digits + 1);
    }
    while digits > 2 && value % 10 == 0 {
        (value, digits) = (value / 10, digits - 1);
    }
    let one = 10_i128.pow(digits);
    let sign = if value < 0 { "-" } else { "" };
    format!("{sign}{}.{:0width$}", value.abs() / one, value.abs() % one, width = digits as usize)
}
