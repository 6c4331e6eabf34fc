//! Forms of performance targets: labels with their values, and a list of indicators beneath; one or several on a page.

use super::choices::Choices;
use super::performance::{GOALS, NAMES, Targets, merged};
use super::tables::{Align, Figures, PrintedAmount, PrintedProject, Sheet};
use crate::document::{
    Column, ColumnType, FundSource, Goal, GoalPeriod, LabelledValue, PageNumber, Project, ProjectField, TableKind,
};
use crate::testing::document::project;

/// Where values stand: right of their labels, below them, or in their cells behind a colon; or in a table of amounts,
/// with what came of the targets, as evaluations have it.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Form {
    Beside,
    Below,
    Inside,
    Evaluation,
}

const OWNER: &str = "某某市水务局";

/// What is achieved, in an evaluation.
const ACHIEVED: &str = "已完成";

/// The width of all forms, in columns; the first is that of the indicators' heading, where they have one.
const WIDTH: usize = 6;

const VALUE: usize = 4;
const LAST: usize = 5;

/// A form a project, under one another.
pub(super) fn performance_form(choices: &mut Choices) -> Sheet {
    let titles = ["项目支出绩效目标表", "项目绩效目标申报表", "2024年项目绩效目标表"];
    let mut sheet = Sheet::new(TableKind::PerformanceTargets, &titles, &[], choices);
    let column = Column { path: Vec::new(), column_type: ColumnType::Text, measure: None, unit: None };
    (sheet.columns, sheet.note) = (vec![column; WIDTH], None);
    let form = choices.pick(&[Form::Beside, Form::Below, Form::Inside, Form::Evaluation]);
    let has_heading = choices.chance(50);
    let figures = Figures::of(sheet.caption.unit, choices);
    let first = choices.below(NAMES.len());
    let count = choices.within(1, 3);
    for index in 0..count {
        let start = sheet.row_count;
        let name = NAMES[(first + index) % NAMES.len()];
        let mut printed = Writer { sheet: &mut sheet, form }.head(name, &figures, choices);
        let header = sheet.row_count;
        let levels = [1, 2];
        let targets = Targets { levels, name: 3, value: VALUE, merges: has_heading || choices.chance(50) };
        sheet.levels = levels.to_vec();
        let last = if form == Form::Evaluation { "实际完成值" } else { "备注" };
        let labels = ["一级指标", "二级指标", "三级指标", "年度指标值", last];
        labels.iter().zip(1..).for_each(|(label, column)| sheet.cell(column, label, Align::Centre, true, 0.0));
        if !has_heading {
            sheet.cells.retain(|cell| cell.rows.start != header || cell.columns.start != 1);
            sheet.wide_cell(0..2, "一级指标", Align::Centre);
        }
        sheet.row_count += 1;
        printed.indicators = targets.print(&mut sheet, choices);
        for (row, indicator) in (header + 1..).zip(&mut printed.indicators) {
            let text = if form == Form::Evaluation { ACHIEVED } else { "" };
            merged(&mut sheet, LAST, text, Align::Centre, row..row + 1);
            if !text.is_empty() {
                indicator.fields.push(LabelledValue { label: last.to_owned(), value: text.to_owned() });
            }
        }
        if has_heading {
            let rows = header..sheet.row_count;
            merged(&mut sheet, 0, "绩效指标", Align::Centre, rows);
        } else {
            let of_level = |cell: &&mut super::tables::Cell| cell.rows.start > header && cell.columns == (1..2);
            sheet.cells.iter_mut().filter(of_level).for_each(|cell| cell.columns = 0..2);
            // A heading over all rows is not drawn again.
            sheet.repeated = header..if count == 1 { header + 1 } else { header };
        }
        let rows = start..sheet.row_count;
        sheet.projects.push(PrintedProject { project: printed, rows, first_indicator: header + 1 });
    }
    sheet
}

/// Prints what stands above the indicators.
struct Writer<'s> {
    sheet: &'s mut Sheet,
    form: Form,
}

impl Writer<'_> {
    fn head(&mut self, name: &str, figures: &Figures, choices: &mut Choices) -> Project {
        let goal = choices.pick(&GOALS);
        let (amount, fund) = (figures.amount(choices), figures.amount(choices));
        match self.form {
            Form::Beside => {
                self.row(&[(0..2, "项目名称"), (2..WIDTH, name)]);
                self.row(&[(0..2, "预算单位"), (2..WIDTH, OWNER)]);
                self.row(&[
                    (0..2, "资金总额"),
                    (2..3, &amount.printed),
                    (3..VALUE, "财政拨款"),
                    (VALUE..WIDTH, &fund.printed),
                ]);
                self.row(&[(0..2, "年度绩效目标"), (2..WIDTH, goal)]);
            }
            Form::Below => {
                self.row(&[(0..2, "项目名称"), (2..3, "预算单位"), (3..VALUE, "资金总额"), (VALUE..WIDTH, "财政拨款")]);
                self.row(&[(0..2, name), (2..3, OWNER), (3..VALUE, &amount.printed), (VALUE..WIDTH, &fund.printed)]);
                self.row(&[(0..WIDTH, "年度绩效目标")]);
                self.row(&[(0..WIDTH, goal)]);
            }
            Form::Inside => {
                self.row(&[(0..WIDTH, &format!("项目名称：{name}"))]);
                self.row(&[(0..WIDTH, &format!("预算单位：{OWNER}"))]);
                let [amount, fund] = [&amount, &fund].map(|figure| &figure.printed);
                self.row(&[(0..3, &format!("资金总额：{amount}")), (3..WIDTH, &format!("财政拨款：{fund}"))]);
                self.row(&[(0..WIDTH, &format!("年度绩效目标：{goal}"))]);
            }
            Form::Evaluation => return self.evaluation(name, goal, [amount, fund], figures, choices),
        }
        self.project(name, goal, &amount, &fund)
    }

    /// The amounts of an evaluation: what was budgeted at first, in the whole year, and spent.
    fn evaluation(
        &mut self,
        name: &str,
        goal: &str,
        [amount, fund]: [PrintedAmount; 2],
        figures: &Figures,
        choices: &mut Choices,
    ) -> Project {
        self.row(&[(0..2, "项目名称"), (2..WIDTH, name)]);
        self.row(&[(0..2, "实施单位"), (2..WIDTH, OWNER)]);
        let heads = ["年初预算数", "全年预算数", "全年执行数"];
        self.row(&[(1..3, ""), (3..4, heads[0]), (4..5, heads[1]), (5..6, heads[2])]);
        let mut project = self.project(name, goal, &amount, &fund);
        for (label, source, own) in
            [("年度资金总额", "年度资金总额", &amount), ("其中：当年财政拨款", "当年财政拨款", &fund)]
        {
            let [early, spent] = [0, 1].map(|_| figures.amount(choices));
            let row = self.sheet.row_count;
            self.row(&[(1..3, label), (3..4, &early.printed), (4..5, &own.printed), (5..6, &spent.printed)]);
            for (head, figure) in [(heads[0], early), (heads[2], spent)] {
                let label = format!("{label} {head}");
                project.fields.push(ProjectField { label, value: figure.printed, page: PageNumber(row as u32) });
            }
            project.funds.iter_mut().for_each(|fund| fund.source = source.to_owned());
        }
        let rows = self.sheet.row_count - 3..self.sheet.row_count;
        merged(self.sheet, 0, "项目资金", Align::Centre, rows);
        self.row(&[(0..2, "年度总体目标"), (2..WIDTH, goal)]);
        project
    }

    fn project(&self, name: &str, goal: &str, amount: &PrintedAmount, fund: &PrintedAmount) -> Project {
        let money = |figure: &PrintedAmount| figure.read.as_deref().map(|read| read.parse().expect("a decimal"));
        Project {
            owner: Some(OWNER.to_owned()),
            amount: money(amount),
            unit: Some(self.sheet.caption.unit.name.to_owned()),
            funds: vec![FundSource { source: "财政拨款".to_owned(), amount: money(fund) }],
            goal: Some(goal.to_owned()),
            goals: vec![Goal { period: GoalPeriod::Annual, text: goal.to_owned() }],
            ..project(name, "", &[])
        }
    }

    fn row(&mut self, cells: &[(std::ops::Range<usize>, &str)]) {
        for (columns, text) in cells {
            let align = if text.chars().count() > 8 { Align::Left } else { Align::Centre };
            self.sheet.wide_cell(columns.clone(), text, align);
        }
        self.sheet.row_count += 1;
    }
}
