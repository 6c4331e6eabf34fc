//! Performance targets (绩效目标) → projects with their indicators.
//!
//! They come as one long grid over all projects ([`grid`]), as one form a project ([`form`]), or as a plain table of
//! projects and goals, which is a grid without indicators.

mod assembly;
mod columns;
mod continued;
mod form;
mod graph;
mod grid;
mod indicator;
mod levels;
mod packed;
mod spans;
mod tables;
mod target;

use columns::Columns;
pub(super) use continued::regions;

use super::header;
use super::sheet::{Covered, Sheet, SheetRow, Slot, sheet};
use super::table::{drop_repeated_headers, pages, take_caption_rows};
use crate::document::{Diagnostic, Observation, PageNumber, Performance, Project, ProjectScope, Unplaced};
use crate::language::amount;
use crate::language::performance_roles::{Role, field_of};
use crate::language::relations;
use crate::language::vocabulary::{PerformanceWords, Vocabulary, squeezed};
use crate::model::PlacedText;
use crate::model::{Caption, GridSource, TableRegion};
use crate::text::reflow;

/// Labels of forms are shorter than this, in characters; longer texts are values.
const MAX_LABEL: usize = 20;

/// Whether a text is a label of one of these roles.
fn is_label_of(text: &str, roles: &[Role], words: &PerformanceWords) -> bool {
    text.chars().count() <= MAX_LABEL && field_of(text, words).is_some_and(|role| roles.contains(&role))
}

/// Reads a region as performance targets; `None` where it names no projects with indicators or goals. `organisation`
/// is whose targets a form without a project's name has.
pub(super) fn parse(
    region: &TableRegion,
    organisation: Option<&str>,
    vocabulary: &Vocabulary,
    diagnostics: &mut Vec<Diagnostic>,
    unread: &mut Vec<PlacedText>,
) -> Option<Performance> {
    let mut caption = region.caption.clone();
    let (sheet, header_rows) = header_and_body(sheet(region), &mut caption, vocabulary);
    unread.extend(sheet.lost.iter().cloned());
    let columns = Columns::new(&header::paths(&header_rows, sheet.columns), &vocabulary.performance);
    let mut projects = if columns.has(Role::PROJECT) && (columns.has(Role::INDICATOR) || columns.has(Role::GOAL)) {
        let of_department = form::of_department(&caption, vocabulary);
        let mut projects = grid_projects(
            region,
            caption.organisation.as_deref().or(organisation),
            columns,
            header_rows.len(),
            vocabulary,
            diagnostics,
            unread,
        );
        for project in &mut projects {
            if of_department {
                project.scope = ProjectScope::Department;
            }
            let name = of_department.then(|| project.name.clone());
            project.owner = project.owner.take().or(name).or_else(|| caption.organisation.clone());
        }
        projects
    } else {
        let mut rows = header_rows.clone();
        rows.extend(sheet.rows);
        let context = form::Context { caption: &caption, organisation, vocabulary };
        form::projects(&rows, &context, diagnostics, unread)
    };
    let labels = || header_rows.iter().flat_map(|row| &row.slots).map(|slot| slot.text.as_str());
    let unit = caption.unit.or_else(|| labels().find_map(|label| vocabulary.unit_in(label)));
    for project in projects.iter_mut().filter(|project| project.unit.is_none()) {
        project.unit.clone_from(&unit);
    }
    (!projects.is_empty()).then(|| Performance {
        title: caption.title,
        fiscal_year: caption.fiscal_year,
        unit,
        pages: pages(region),
        projects,
    })
}

/// So many words of levels make a form of targets.
const MIN_LEVELS: usize = 2;

/// Names a region that no projects were read from although it has targets. A form nobody filled in has none.
pub(super) fn doubt(region: &TableRegion, vocabulary: &Vocabulary) -> Option<Diagnostic> {
    let texts = || region.grids.iter().flat_map(|grid| &grid.cells).map(|cell| reflow::text(&cell.lines));
    let words = &vocabulary.performance;
    // Without a label above the values, the words of the levels tell what they are (指标1：修复渠道≥20公里).
    let levels = texts().filter(|text| words.level_words.contain(&squeezed(text))).take(MIN_LEVELS).count();
    let has_targets = texts().any(|text| relations::is_in(&text))
        && (levels == MIN_LEVELS || texts().any(|text| is_label_of(&text, &[Role::VALUE], words)));
    let page = region.grids.first()?.page;
    has_targets.then(|| Observation::PerformanceUnplaced { what: Unplaced::Form }.on(page))
}

/// The projects of a grid. Its totals are named, and are none of them.
fn grid_projects(
    region: &TableRegion,
    organisation: Option<&str>,
    columns: Columns,
    header_rows: usize,
    vocabulary: &Vocabulary,
    diagnostics: &mut Vec<Diagnostic>,
    unread: &mut Vec<PlacedText>,
) -> Vec<Project> {
    let is_aligned = region.grids.iter().any(|grid| grid.source == GridSource::Aligned);
    let respanned = is_aligned.then(|| with_merged_cells(region, &columns, header_rows));
    let sheet = sheet(respanned.as_ref().unwrap_or(region));
    let (mut sheet, header_rows) = header_and_body(sheet, &mut Caption::default(), vocabulary);
    drop_repeated_headers(&mut sheet, &header_rows);
    sheet.drop_furniture(|row| header::is_column_numbers(row, vocabulary));
    let is_sum =
        |row: &mut SheetRow| is_total(row, &columns, vocabulary) || is_organisation(row, &columns, organisation);
    for row in sheet.rows.extract_if(.., is_sum) {
        let amount = columns.text(&row, Role::AMOUNT);
        diagnostics.push(Observation::ProjectsTotal { amount }.on(row.page));
        let named = [Role::PROJECT, Role::AMOUNT].map(|role| columns.place(role));
        let others = row.slots.iter().enumerate().filter(|(column, _)| !named.contains(&Some(*column)));
        let figures = others.filter(|(_, slot)| amount::parse(&slot.text).is_some());
        let placed = |slot: &Slot| PlacedText { page: row.page, bbox: slot.bbox, text: slot.text.clone() };
        unread.extend(figures.map(|(_, slot)| placed(slot)));
    }
    sheet.tidy();
    let mut reader = grid::GridReader::new(&sheet.rows, columns, &vocabulary.performance, diagnostics, unread);
    for row in &sheet.rows {
        reader.row(row);
    }
    reader.finish()
}

/// Whether a row is the total of the projects, and none of them.
fn is_total(row: &SheetRow, columns: &Columns, vocabulary: &Vocabulary) -> bool {
    let says_total = row.labels().iter().any(|(_, label)| vocabulary.headers.totals.contain(label));
    says_total && columns.slot(row, Role::INDICATOR).is_none() && columns.slot(row, Role::GOAL).is_none()
}

/// Whether a row adds up an organisation's projects: it has a name and an amount, and all cells of targets are empty.
fn is_organisation(row: &SheetRow, columns: &Columns, organisation: Option<&str>) -> bool {
    let targets = [Role::GOAL, Role::LEVEL1, Role::LEVEL2, Role::INDICATOR, Role::VALUE];
    let is_empty = |role: Role| {
        let slot = columns.place(role).map(|column| &row.slots[column]);
        slot.is_none_or(|slot| slot.covered == Covered::Own && slot.text.is_empty() && slot.row_span == 1)
    };
    let Some(name) = columns.slot(row, Role::PROJECT) else { return false };
    let is_named = organisation.is_some_and(|organisation| squeezed(&name.text) == squeezed(organisation));
    let adds_up = columns.has(Role::LEVEL1) && columns.slot(row, Role::AMOUNT).is_some();
    (is_named || adds_up) && name.row_span == 1 && targets.into_iter().all(is_empty)
}

fn header_and_body(mut sheet: Sheet, caption: &mut Caption, vocabulary: &Vocabulary) -> (Sheet, Vec<SheetRow>) {
    take_caption_rows(&mut sheet, caption, vocabulary);
    let count = header::header_rows(&sheet.rows, vocabulary);
    let header_rows = sheet.rows.drain(..count).collect();
    (sheet, header_rows)
}

/// The region with the cells of project and levels merged downwards, where no rulings say how far they go.
fn with_merged_cells(region: &TableRegion, columns: &Columns, header_rows: usize) -> TableRegion {
    let merged = [Role::PROJECT, Role::AMOUNT, Role::GOAL, Role::LEVEL1, Role::LEVEL2];
    let places: Vec<usize> = (0..columns.roles.len())
        .filter(|column| columns.roles[*column].is_some_and(|role| merged.contains(&role)))
        .collect();
    let mut region = region.clone();
    for grid in region.grids.iter_mut().filter(|grid| grid.source == GridSource::Aligned) {
        spans::merge_down(grid, &places, header_rows);
    }
    region
}

/// Adds the rest of a text that may have none yet.
fn append(text: &mut Option<String>, piece: Option<String>) {
    match (text.as_mut(), piece) {
        (Some(text), Some(piece)) => reflow::join(text, &piece),
        (None, piece) => *text = piece,
        _ => {}
    }
}

fn add_page(pages: &mut Vec<PageNumber>, page: PageNumber) {
    if pages.last() != Some(&page) {
        pages.push(page);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::page;

    /// The vocabulary with something at its end.
    fn vocabulary(more: &str) -> Vocabulary {
        Vocabulary::from_toml(&format!("{}\n{more}", Vocabulary::NATIONAL)).expect("a vocabulary")
    }

    fn read(rows: &[&[&str]], vocabulary: &Vocabulary) -> (Option<Performance>, Vec<PlacedText>) {
        let grids = vec![page::table(1, 100.0, rows)];
        let region = TableRegion { caption: Caption::default(), grids, notes: Vec::new(), column_leaves: Vec::new() };
        let mut unread = Vec::new();
        (parse(&region, None, vocabulary, &mut Vec::new(), &mut unread), unread)
    }

    const FORM: &[&[&str]] = &[
        &["项目名称", "河道治理", "", ""],
        &["受益人口", "约三万", "户数", "一千余"],
        &["一级指标", "二级指标", "三级指标", "指标值"],
        &["产出指标", "数量指标", "治理长度", "≥3公里"],
    ];

    #[test]
    fn a_field_is_a_change_of_the_vocabulary() {
        // Two labels beside one another group what stands below them, where nobody knows them.
        let field = r#"
            [[performance.field]]
            block = "project"
            value = "text"
            labels = ["受益人口", "户数"]
        "#;
        let (found, unread) = read(FORM, &vocabulary(field));
        let fields = found.expect("a project").projects.remove(0).fields;
        let fields: Vec<_> = fields.iter().map(|field| (field.label.as_str(), field.value.as_str())).collect();
        assert_eq!((fields, unread.len()), (vec![("受益人口", "约三万"), ("户数", "一千余")], 0));
    }

    #[test]
    fn a_label_is_a_change_of_the_vocabulary() {
        let field = r#"
            [[performance.field]]
            block = "project"
            value = "owner"
            labels = ["受益人口"]
        "#;
        let (found, _) = read(FORM, &vocabulary(field));
        assert_eq!(found.expect("a project").projects[0].owner.as_deref(), Some("约三万"));
    }

    #[test]
    fn what_no_column_takes_is_unread() {
        let (found, unread) = read(
            &[
                &["项目名称", "预算数", "绩效目标", "一级指标", "二级指标", "三级指标", "指标值", "备注"],
                &["河道治理", "3.00", "治理", "产出指标", "数量指标", "治理长度", "≥3公里", ""],
                &["", "", "", "", "", "", "", "另见附件"],
            ],
            &vocabulary(""),
        );
        assert_eq!(found.expect("a project").projects[0].indicators.len(), 1);
        assert_eq!(unread.iter().map(|text| text.text.as_str()).collect::<Vec<_>>(), ["另见附件"]);
    }

    #[test]
    fn a_name_may_be_merged_over_the_projects_of_several_units() {
        let header: &[&str] = &["项目名称", "项目总额", "绩效目标", "一级指标", "二级指标", "三级指标", "指标值"];
        let first: &[&str] = &["运维", "3.00", "保障运行。", "产出指标", "数量指标", "系统数量", "≥3个"];
        let second: &[&str] = &["", "5.00", "保障网络。", "产出指标", "数量指标", "专线数量", "≥2条"];
        let mut grid = page::table(1, 100.0, &[header, first, second]);
        grid.cells.retain(|cell| (cell.rows.start, cell.columns.start) != (2, 0));
        let name = grid.cells.iter_mut().find(|cell| (cell.rows.start, cell.columns.start) == (1, 0));
        name.expect("a cell").rows = 1..3;
        let (caption, grids) = (Caption::default(), vec![grid]);
        let region = TableRegion { caption, grids, notes: Vec::new(), column_leaves: Vec::new() };
        let found = parse(&region, None, &vocabulary(""), &mut Vec::new(), &mut Vec::new()).expect("projects");
        let said: Vec<_> = found
            .projects
            .iter()
            .map(|project| (project.name.as_str(), project.goal.as_deref(), project.indicators.len()))
            .collect();
        assert_eq!(said, [("运维", Some("保障运行。"), 1), ("运维", Some("保障网络。"), 1)]);
    }

    #[test]
    fn a_name_alone_among_units_and_projects_is_a_unit() {
        let header: &[&str] = &["单位名称、项目名称", "年度绩效目标", "一级指标", "二级指标", "三级指标", "指标值"];
        let unit: &[&str] = &["某局", "", "", "", "", ""];
        let row: &[&str] = &["防火", "无重大火灾", "产出指标", "数量指标", "巡护里程", "≥6公里"];
        let (found, _) = read(&[header, unit, row], &vocabulary(""));
        let projects = found.expect("projects").projects;
        let said: Vec<_> = projects.iter().map(|project| (project.name.as_str(), project.owner.as_deref())).collect();
        assert_eq!(said, [("防火", Some("某局"))]);
    }

    #[test]
    fn the_budget_is_not_guessed_among_figures_below_words_nobody_knows() {
        let rows: &[&[&str]] = &[
            &["项目名称", "路灯", "", ""],
            &["", "年初安排", "调整后", "实际支出"],
            &["资金总额", "1.00", "2.00", "3.00"],
            &["一级指标", "二级指标", "三级指标", "指标值"],
            &["产出指标", "数量指标", "路灯数量", "≥3盏"],
        ];
        let (found, _) = read(rows, &vocabulary(""));
        let project = found.expect("a project").projects.remove(0);
        assert_eq!((project.amount, project.fields.len()), (None, 3));
    }

    #[test]
    fn levels_may_want_the_word_above_them() {
        let header: &[&str] = &["项目名称", "绩效目标", "绩效指标", "绩效指标", "绩效指标", "绩效指标"];
        let leaves: &[&str] = &["", "", "一级", "二级", "三级", "指标值"];
        let paths: Vec<Vec<String>> = header
            .iter()
            .zip(leaves)
            .map(|(above, leaf)| {
                [*above, *leaf].iter().filter(|text| !text.is_empty()).map(|text| text.to_string()).collect()
            })
            .collect();
        let columns = Columns::new(&paths, &vocabulary("").performance);
        let wanted = [Role::PROJECT, Role::GOAL, Role::LEVEL1, Role::LEVEL2, Role::INDICATOR, Role::VALUE];
        assert_eq!(columns.roles, wanted.map(Some));
    }
}
