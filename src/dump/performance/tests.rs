//! Tests of the whole grammar on short tables.

use super::*;
use crate::document::DiagnosticKind;
use crate::dump::text::testing;
use crate::text::reflow;

/// The lines of a dump, given as pages of lines between which `|` stands.
fn lines(pages: &[&str]) -> Vec<TextLine> {
    testing::lines((1..).zip(pages).flat_map(|(page, text)| text.split('|').map(move |line| (page, line))))
}

/// The texts of the cells of some pages, row by row, with the kinds of what is in doubt.
fn read(pages: &[&str]) -> (Vec<Vec<String>>, Vec<DiagnosticKind>) {
    let mut diagnostics = Vec::new();
    let vocabulary = Vocabulary::national().expect("the national vocabulary is sound");
    let grids = grids(&lines(pages), vocabulary, &mut diagnostics).unwrap_or_default();
    let row = |grid: &Grid, row: usize| -> Vec<String> {
        grid.cells.iter().filter(|cell| cell.rows.start == row).map(|cell| reflow::text(&cell.lines)).collect()
    };
    let rows = grids.iter().flat_map(|grid| (0..grid.row_count()).map(|number| row(grid, number)).collect::<Vec<_>>());
    (rows.collect(), diagnostics.into_iter().map(|diagnostic| diagnostic.kind()).collect())
}

const HEADER: &str =
    "项目名称 批复数 绩效目标|绩效指标|绩效指|标性质|绩效指|标值|绩效度|量单位|一级指|标|二级|指标|三级指标";

#[test]
fn cells_follow_one_another() {
    let page = format!(
        "{HEADER}|会议经|费 40.00|开好全年各次会|议。|产出指|标|数量|指标|会议次数 ≥ 30 次|定性评价|会议情况|定性|优良中|低差"
    );
    let (rows, doubts) = read(&[&page]);
    assert_eq!(rows[0].len(), 9);
    assert_eq!(rows[0][5], "三级指标");
    assert_eq!(rows[1][..6], ["会议经费", "40.00", "开好全年各次会议。", "产出指标", "数量指标", "会议次数"]);
    assert_eq!(rows[1][6..], ["≥", "30", "次"]);
    assert_eq!(rows[2], ["定性评价会议情况", "定性", "优良中低差", ""]);
    assert!(doubts.is_empty(), "{doubts:?}");
}

#[test]
fn a_level_word_that_a_page_break_cuts_is_whole() {
    let first = format!("{HEADER}|会议费|40.00|开会。|效益指|标|社会|效益|印刷正确|率|≥ 95 %");
    let (rows, _) = read(&[&first, "指标|培训费|20.00|培训。|产出指|标|数量|指标|培训次数 ≥ 3 次"]);
    assert_eq!(rows[1][4..6], ["社会效益指标", "印刷正确率"]);
    assert_eq!(rows[2][..3], ["培训费", "20.00", "培训。"]);
}

#[test]
fn an_indicator_goes_on_over_the_page_break_after_its_target() {
    let first = format!(
        "{HEADER}|办公场所的设备|购置费|40.00|保障日常工作需要，|保障设备安全。|产出指|标|数量|指标|购置设备|台数|≥ 5 台|质量|指标|设备符合|要求并且|定性|优良中|低差"
    );
    let (rows, _) = read(&[&first, "安全|时效|指标|及时完成|定性 好坏"]);
    assert_eq!(rows[2][1], "设备符合要求并且安全");
    assert_eq!(rows[3][4..6], ["时效指标", "及时完成"]);
}

#[test]
fn projects_and_goals_are_told_by_the_widths_of_their_lines() {
    let page = "项目 预算数（万元） 绩效目标|会议费用及培|训费|750|通过全年召开各次会议有效|推动工作。|设备购置费用|300|购置全年所需的各种办公设|备，保障工作。";
    let (rows, _) = read(&[page]);
    assert_eq!(rows[1], ["会议费用及培训费", "750", "通过全年召开各次会议有效推动工作。"]);
    assert_eq!(rows[2], ["设备购置费用", "300", "购置全年所需的各种办公设备，保障工作。"]);
}

#[test]
fn another_order_is_not_read() {
    let (rows, doubts) = read(&["绩效指标|≥|30|项目名称|批复数|40.00|接待批次"]);
    assert!(rows.is_empty());
    assert_eq!(doubts, [DiagnosticKind::PerformanceUnread]);
}

#[test]
fn words_after_every_printing_of_the_header_are_its_own() {
    let header = "项目名称 项目总额 绩效目标 一级指标 二级指标 三级指标 指标性质 指标值 计量单位|财政资金";
    let first = format!("{header}|会议费|40.00|开会。|产出指标 数量指标 会议次数 ≥ 3 次");
    let (rows, _) = read(&[&first, &format!("{header}|培训费|20.00|培训。|产出指标 数量指标 培训次数 ≥ 5 次")]);
    assert_eq!(rows[1][0], "会议费");
    assert_eq!(rows[2][0], "培训费");
}
