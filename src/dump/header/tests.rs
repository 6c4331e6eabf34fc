use super::*;
use crate::dump::text::testing;

fn lines(text: &str) -> Vec<TextLine> {
    testing::lines(text.split('/').map(|line| (1, line.trim())))
}

fn paths(nodes: &[HeaderNode], above: &str, found: &mut Vec<String>) {
    for node in nodes {
        let path = if above.is_empty() { node.label.clone() } else { format!("{above}>{}", node.label) };
        if node.children.is_empty() {
            found.push(path);
        } else {
            paths(&node.children, &path, found);
        }
    }
}

/// The columns' paths and the number of lines of the header at the beginning of `text`, whose lines stand between `/`.
fn read_paths(text: &str, figures: usize) -> (Vec<String>, usize) {
    let vocabulary = Vocabulary::national().expect("the built-in vocabulary");
    let header = read(&lines(text), figures, vocabulary).expect("a header");
    let mut found = Vec::new();
    paths(&header.roots, "", &mut found);
    (found, header.lines)
}

fn columns(text: &str, figures: usize) -> String {
    read_paths(text, figures).0.join(" ")
}

#[test]
fn two_sides() {
    let (paths, lines) =
        read_paths("收 入 支 出 / 项 目 2026 年预算数 项 目 2026 年预算数 / 一、财政拨款 1.00 一、支出 1.00", 2);
    assert_eq!(paths, ["收入>项目", "收入>2026年预算数", "支出>项目", "支出>2026年预算数"]);
    assert_eq!(lines, 2);
}

#[test]
fn broken_labels() {
    let text = "预算单位 小计 / 上年结 / 转 / 一般公共预算拨 / 款收入 / 财政专户管理资 / 金收入 / 事业收 / 入 / 合计 3.00 1.00 2.00";
    assert_eq!(columns(text, 3), "预算单位 小计 上年结转 一般公共预算拨款收入 财政专户管理资金收入 事业收入");
}

#[test]
fn letters_one_a_line() {
    let text = "类 / 型 / 合计 / 事 / 业 / 收 / 入 / 事 / 业 / 单 / 位 / 经 / 营 / 收 / 入 / 甲 2.00 1.00 1.00";
    assert_eq!(columns(text, 3), "类型 合计 事业收入 事业单位经营收入");
}

#[test]
fn spans_of_three_rows() {
    let text = "上年预算数 2023年预算数 / 合计 公务用车购置及运行费 / 公务接待费 合计 公务用车购置及运行费 / 公务接待费 / \
                小计 购置费 运行费 小计 购置费 运行费 / 3.00 1.00";
    let year = |year: &str| {
        let vehicles = format!("{year}>公务用车购置及运行费");
        format!("{year}>合计 {vehicles}>小计 {vehicles}>购置费 {vehicles}>运行费 {year}>公务接待费")
    };
    assert_eq!(columns(text, 2), format!("{} {}", year("上年预算数"), year("2023年预算数")));
}

#[test]
fn every_column_divided() {
    let text = "财政拨款“三公”经费 / 合计 / 公务用车购置及运行费 / 公务接待费 / 小计 购置费 运行费 / \
                预算数 决算数 预算数 决算数 预算数 决算数 预算数 决算数 预算数 决算数 / 注：无";
    let (paths, _) = read_paths(text, 0);
    assert_eq!(paths.len(), 10);
    assert_eq!(paths[0], "财政拨款“三公”经费>合计>预算数");
    assert_eq!(paths[3], "财政拨款“三公”经费>公务用车购置及运行费>小计>决算数");
    assert_eq!(paths[9], "财政拨款“三公”经费>公务接待费>决算数");
}

#[test]
fn codes_below_an_item() {
    let text = "项目 支出预算 / 功能分类科目编码 / 功能分类科目名称 合计 基本支出 项目支出 / 类 款 项 / 204 支出 2.00 1.00 1.00";
    let code = "项目>功能分类科目编码";
    let names = "项目>功能分类科目名称 支出预算>合计 支出预算>基本支出 支出预算>项目支出";
    assert_eq!(columns(text, 3), format!("{code}>类 {code}>款 {code}>项 {names}"));
}

#[test]
fn cells_without_a_space_between() {
    let text = "项目 / 合计 基本支出 项目支出功能分类 / 科目编码 科目名称 / 205 教育支出 2.00 1.00 1.00";
    assert_eq!(columns(text, 3), "项目>功能分类科目编码 项目>科目名称 合计 基本支出 项目支出");
}

#[test]
fn spanning_labels_first() {
    let text = "财政拨款 单位资金 / 支出项目类别 总计 / 小计 / 一般公共 / 预算拨款 / 政府性基金 / 预算拨款 / 事业收入 其他收入 / \
                甲局 2.00 1.00 1.00 0.00 0.50 0.50";
    let appropriation = "财政拨款>小计 财政拨款>一般公共预算拨款 财政拨款>政府性基金预算拨款";
    assert_eq!(columns(text, 6), format!("支出项目类别 总计 {appropriation} 单位资金>事业收入 单位资金>其他收入"));
}

#[test]
fn the_first_row_is_no_header() {
    let (paths, lines) = read_paths("科目编码 科目名称 合计 / 合计 / 注：本表无数据", 0);
    assert_eq!((paths.len(), lines), (3, 1));
    let (paths, lines) = read_paths("项目名称 合计 项目支出 / 甲乙丙丁 / 戊己 / 2.00 2.00", 2);
    assert_eq!((paths.len(), lines), (3, 1));
}

#[test]
fn no_header() {
    let vocabulary = Vocabulary::national().expect("the built-in vocabulary");
    assert_eq!(read(&lines("甲乙丙丁 / 戊己庚辛 / 1.00 2.00"), 2, vocabulary), None);
    assert_eq!(read(&lines("201 支出 1.00"), 1, vocabulary), None);
    assert_eq!(read(&[], 0, vocabulary), None);
}
