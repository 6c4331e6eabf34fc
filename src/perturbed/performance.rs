//! A grid of performance targets.

use super::choices::Choices;
use super::tables::{Align, Figures, PrintedProject, Sheet};
use crate::document::{ColumnType, Goal, GoalPeriod, Indicator, Project, TableKind};
use crate::testing::document::{indicator, project};

pub(super) const NAMES: [&str; 5] =
    ["办公用房维修改造项目", "信息系统运行维护费", "乡村振兴衔接补助资金", "预算绩效管理专项业务经费", "会议费"];

pub(super) const GOALS: [&str; 4] = [
    "保障单位正常运转，按时完成年度各项工作任务。",
    "完成信息系统的日常运行维护，保障系统安全稳定运行，为预算管理提供技术支撑，全年故障处理及时率达到95%以上。",
    "改善办公条件。",
    "通过项目实施，进一步提高财政资金使用效益，促进当地经济社会发展，切实提升人民群众的获得感、幸福感和安全感。",
];

/// Levels with the indicators below them.
const INDICATORS: [(&str, &str, &[&str]); 8] = [
    ("产出指标", "数量指标", &["维修改造办公用房面积", "举办培训班次数", "检查单位数量"]),
    ("产出指标", "质量指标", &["工程验收合格率", "系统正常运行率"]),
    ("产出指标", "时效指标", &["资金支付及时性", "项目按时完成率"]),
    ("产出指标", "成本指标", &["项目总成本控制数"]),
    ("效益指标", "经济效益指标", &["节约财政资金"]),
    ("效益指标", "社会效益指标", &["提升公共服务水平", "带动就业人数"]),
    ("效益指标", "可持续影响指标", &["长效管理机制健全性"]),
    ("满意度指标", "服务对象满意度指标", &["受益群众满意度", "单位职工满意度"]),
];

/// Targets with their relation, value and unit.
const TARGETS: [(&str, &str, &str, &str); 7] = [
    ("≥95%", "≥", "95", "%"),
    ("≤20万元", "≤", "20", "万元"),
    ("=100%", "=", "100", "%"),
    (">=2次", "≥", "2", "次"),
    ("≥13459.00(平方米)", "≥", "13459.00", "平方米"),
    ("效果明显", "", "效果明显", ""),
    ("及时", "", "及时", ""),
];

/// What has more characters may be cut by a page break.
const MAX_WORD: usize = 20;

const AMOUNT: usize = 1;
const GOAL: usize = 2;
const LEVEL_1: usize = 3;
const LEVEL_2: usize = 4;
const INDICATOR: usize = 5;
const VALUE: usize = 6;

pub(super) fn performance_grid(choices: &mut Choices) -> Sheet {
    let header: &[&[&str]] = match choices.below(3) {
        0 => &[&["项目名称", "批复数", "绩效目标", "一级指标", "二级指标", "三级指标", "指标值"]],
        1 => &[
            &["项目名称", "批复数", "绩效目标", "绩效指标", "<", "<", "<"],
            &["^", "^", "^", "一级指标", "二级指标", "三级指标", "指标值"],
        ],
        _ => &[&["项目名称", "项目金额", "年度绩效目标", "一级指标", "二级指标", "三级指标", "绩效指标值"]],
    };
    let titles =
        ["项目支出绩效目标表", "部门预算项目支出绩效目标公开表", "2024年预算项目绩效目标表", "项目绩效目标申报表"];
    let mut sheet = Sheet::new(TableKind::PerformanceTargets, &titles, header, choices);
    sheet.note = None;
    sheet.columns[AMOUNT].column_type = ColumnType::Amount;
    sheet.levels = vec![LEVEL_1, LEVEL_2];
    let figures = Figures::of(sheet.caption.unit, choices);
    let first = choices.below(NAMES.len());
    for index in 0..choices.within(1, 3) {
        let name = NAMES[(first + index) % NAMES.len()];
        let start = sheet.row_count;
        let columns = Targets { levels: [LEVEL_1, LEVEL_2], name: INDICATOR, value: VALUE, merges: true };
        let indicators = columns.print(&mut sheet, choices);
        let rows = start..sheet.row_count;
        let figure = figures.amount(choices);
        let goal = choices.pick(&GOALS);
        for (column, text, align) in
            [(0, name, Align::Left), (AMOUNT, figure.printed.as_str(), Align::Right), (GOAL, goal, Align::Left)]
        {
            merged(&mut sheet, column, text, align, rows.clone());
        }
        let goals = vec![Goal { period: GoalPeriod::Annual, text: goal.to_owned() }];
        let goal = Some(goal.to_owned());
        let project = Project {
            amount: figure.read.map(|read| read.parse().expect("a decimal")),
            unit: Some(sheet.caption.unit.name.to_owned()),
            goal,
            goals,
            ..project(name, "", &indicators)
        };
        sheet.projects.push(PrintedProject { project, first_indicator: rows.start, rows });
    }
    sheet
}

/// Where the indicators of a project stand.
pub(super) struct Targets {
    pub(super) levels: [usize; 2],
    pub(super) name: usize,
    pub(super) value: usize,
    /// Whether the cells of levels are merged downwards, and not printed again in each row.
    pub(super) merges: bool,
}

impl Targets {
    /// Prints some indicators, a row each.
    pub(super) fn print(&self, sheet: &mut Sheet, choices: &mut Choices) -> Vec<Indicator> {
        let mut found = Vec::new();
        let mut level_1: Option<(&str, usize)> = None;
        let levels: Vec<_> = INDICATORS.iter().filter(|_| choices.chance(70)).collect();
        let levels = if levels.is_empty() { vec![&INDICATORS[0]] } else { levels };
        for (upper, lower, names) in levels {
            let start = sheet.row_count;
            if let Some((before, from)) = level_1
                && before != *upper
            {
                self.level(sheet, 0, before, from..start);
                level_1 = None;
            }
            level_1 = level_1.or(Some((upper, start)));
            for name in &names[..choices.within(1, names.len())] {
                let (printed, relation, value, unit) = choices.pick(&TARGETS);
                sheet.cell(self.name, name, Align::Left, false, 0.0);
                sheet.cell(self.value, printed, Align::Centre, false, 0.0);
                sheet.row_count += 1;
                found.push(indicator(&format!("{upper}/{lower}"), &format!("{name}|{relation}|{value}|{unit}")));
            }
            self.level(sheet, 1, lower, start..sheet.row_count);
        }
        if let Some((upper, from)) = level_1 {
            self.level(sheet, 0, upper, from..sheet.row_count);
        }
        found
    }

    fn level(&self, sheet: &mut Sheet, level: usize, word: &str, rows: std::ops::Range<usize>) {
        if self.merges {
            merged(sheet, self.levels[level], word, Align::Centre, rows);
        } else {
            rows.for_each(|row| merged(sheet, self.levels[level], word, Align::Centre, row..row + 1));
        }
    }
}

pub(super) fn merged(sheet: &mut Sheet, column: usize, text: &str, align: Align, rows: std::ops::Range<usize>) {
    sheet.cell(column, text, align, false, 0.0);
    let cell = sheet.cells.last_mut().expect("the cell just made");
    (cell.rows, cell.flows) = (rows, text.chars().count() > MAX_WORD);
}
