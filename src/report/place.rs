//! A place of a check, in words: readers count rows and columns from 1, the JSON from 0.

use super::words::Language;
use crate::document::{CheckPlace, ColumnType, Document, Table};

/// Characters of a row's or a project's name that are shown: enough to find it.
const MAX_NAME: usize = 40;

/// Pages of further tables that are named; the JSON has all of them.
const MAX_OTHER_TABLES: usize = 6;

/// A place in words: page, table by label and title, row by number and name, column by its header.
pub(super) fn in_words(place: &CheckPlace, document: &Document, language: Language) -> String {
    let mut words = vec![page(place, language)];
    if let Some(table) = table(place, document) {
        words.push(language.quoted(&name(table, place)));
        words.extend(row(place, table, language));
        words.extend(column(place, table, language));
    }
    words.extend(statement(place, document, language));
    words.extend(project(place, document, language));
    language.joined(&words)
}

/// Further places, shortly: `第14、27-32页、第10页 部门公开表4 财政拨款收支总表`. Those in the first place's table, and those
/// in none, are only pages.
pub(super) fn in_short(
    first: &CheckPlace,
    others: &[&CheckPlace],
    document: &Document,
    language: Language,
) -> Option<String> {
    let mut pages = Vec::new();
    let mut tables = Vec::new();
    for other in others {
        match table(other, document).filter(|_| other.table != first.table) {
            Some(table) => {
                let words = language.joined(&[page(other, language), language.quoted(&name(table, other))]);
                if !tables.contains(&words) {
                    tables.push(words);
                }
            }
            None if other.page != first.page => pages.push(other.page.0),
            None => {}
        }
    }
    let more = tables.len() > MAX_OTHER_TABLES;
    tables.truncate(MAX_OTHER_TABLES);
    let places: Vec<String> = language.pages(pages).into_iter().chain(tables).collect();
    let more = if more { language.pick("等", " …") } else { "" };
    (!places.is_empty()).then(|| places.join(language.pick("、", "; ")) + more)
}

/// What the column of a place is called.
pub(super) fn column_name(place: &CheckPlace, document: &Document) -> Option<String> {
    let path = &table(place, document)?.columns.get(place.column?)?.path;
    (!path.is_empty()).then(|| path.join("/"))
}

/// The unit in which an amount is printed at a place.
pub(super) fn unit<'d>(place: &CheckPlace, document: &'d Document) -> Option<&'d str> {
    if let Some(table) = table(place, document) {
        let column =
            place.column.and_then(|column| table.columns.get(column)).and_then(|column| column.unit.as_deref());
        return column.or(table.unit.as_deref());
    }
    if let Some(statement) = place.statement.and_then(|index| document.statements.get(index)) {
        return Some(statement.unit.as_str());
    }
    document.performance.as_ref()?.projects.get(place.project?)?.unit.as_deref()
}

/// The words of the narrative that state what a place is about.
pub(super) fn words_of(place: &CheckPlace, document: &Document) -> Option<String> {
    let stated = document.statements.get(place.statement?)?.place.as_ref()?;
    let text = document.narrative.sections.get(stated.section)?.paragraphs.get(stated.paragraph)?;
    let words: String = text.chars().take(stated.end).skip(stated.start).collect();
    (!words.is_empty()).then_some(words)
}

/// The table of a place.
pub(super) fn table<'d>(place: &CheckPlace, document: &'d Document) -> Option<&'d Table> {
    document.tables.get(place.table?)
}

fn page(place: &CheckPlace, language: Language) -> String {
    match language {
        Language::Chinese => format!("第{}页", place.page.0),
        Language::English => format!("page {}", place.page.0),
    }
}

/// Label and title as printed; a table that prints neither by its number in the output.
fn name(table: &Table, place: &CheckPlace) -> String {
    let printed: Vec<&str> = [table.label.as_deref(), table.title.as_deref()].into_iter().flatten().collect();
    match (printed.is_empty(), place.table) {
        (true, Some(index)) => format!("#{}", index + 1),
        _ => printed.join(" "),
    }
}

fn row(place: &CheckPlace, table: &Table, language: Language) -> Option<String> {
    let name = row_name(table, place.row?, place.column);
    let number = place.row? + 1;
    Some(match (language, name) {
        (Language::Chinese, Some(name)) => format!("第{number}行 {name}"),
        (Language::Chinese, None) => format!("第{number}行"),
        (Language::English, Some(name)) => format!("row {number} “{name}”"),
        (Language::English, None) => format!("row {number}"),
    })
}

/// What a row is called beside a column: the codes and texts nearest to the left of it, since a table of two sides has
/// a name for each.
fn row_name(table: &Table, row: usize, column: Option<usize>) -> Option<String> {
    let cells = &table.rows.get(row)?.cells;
    let is_label =
        |column: usize| table.columns.get(column).is_some_and(|column| column.column_type != ColumnType::Amount);
    let first = || (0..table.columns.len()).find(|column| is_label(*column));
    let beside = column.and_then(|column| (0..=column).rev().find(|column| is_label(*column))).or_else(first)?;
    let start = (0..beside).rev().take_while(|column| is_label(*column)).last().unwrap_or(beside);
    let labels: Vec<usize> = (start..table.columns.len()).take_while(|column| is_label(*column)).collect();
    let printed = |wanted: fn(ColumnType) -> bool| {
        let columns = labels.iter().filter(move |column| wanted(table.columns[**column].column_type));
        columns.filter_map(|column| cells.get(*column)?.as_deref())
    };
    let code: String = printed(|kind| kind == ColumnType::Code).collect();
    let code = (!code.is_empty()).then_some(code.as_str());
    let words: Vec<&str> = code.into_iter().chain(printed(|kind| kind == ColumnType::Text)).collect();
    (!words.is_empty()).then(|| shortened(&words.join(" ")))
}

fn column(place: &CheckPlace, table: &Table, language: Language) -> Option<String> {
    let number = place.column? + 1;
    let path = &table.columns.get(place.column?)?.path;
    let name = language.quoted(&path.join("/"));
    Some(match (language, path.is_empty()) {
        (Language::Chinese, true) => format!("第{number}列"),
        (Language::Chinese, false) => format!("· {name}"),
        (Language::English, true) => format!("column {number}"),
        (Language::English, false) => format!("column {name}"),
    })
}

fn statement(place: &CheckPlace, document: &Document, language: Language) -> Option<String> {
    let statement = document.statements.get(place.statement?)?;
    let metric = statement.metric.as_deref().filter(|metric| *metric != statement.item);
    let item = shortened(&[Some(statement.item.as_str()), metric].into_iter().flatten().collect::<Vec<_>>().join(" "));
    let section = statement.section.as_deref().unwrap_or_default();
    Some(match language {
        Language::Chinese => format!("情况说明{section} “{item}”"),
        Language::English => format!("narrative {}", language.quoted(&format!("{section} {item}"))),
    })
}

fn project(place: &CheckPlace, document: &Document, language: Language) -> Option<String> {
    let project = document.performance.as_ref()?.projects.get(place.project?)?;
    let name = shortened(&project.name);
    Some(match language {
        Language::Chinese => format!("绩效目标 “{name}”"),
        Language::English => format!("performance targets of “{name}”"),
    })
}

fn shortened(name: &str) -> String {
    if name.chars().count() <= MAX_NAME {
        return name.to_owned();
    }
    name.chars().take(MAX_NAME).chain(['…']).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::PageNumber;
    use crate::report::testing::{cell, document};
    use crate::testing::document::{column, statement};

    #[test]
    fn a_cell_is_named_by_table_row_and_column() {
        let document = document(Vec::new());
        assert_eq!(
            in_words(&cell(9, 2, 3), &document, Language::Chinese),
            "第9页 部门公开表3 支出总表 第2行 20805 行政事业单位养老支出 · 2023年预算数/合计"
        );
        assert_eq!(
            in_words(&cell(9, 3, 4), &document, Language::English),
            "page 9, “部门公开表3 支出总表”, row 3 “20899”, column “2023年预算数/基本支出”"
        );
    }

    #[test]
    fn what_is_not_there_is_left_out() {
        let document = document(Vec::new());
        let on_page = CheckPlace::on(PageNumber(22));
        assert_eq!(in_words(&on_page, &document, Language::Chinese), "第22页");
        let beyond = CheckPlace { table: Some(7), statement: Some(3), project: Some(1), ..on_page };
        assert_eq!(in_words(&beyond, &document, Language::English), "page 22");
        assert_eq!(in_words(&cell(9, 99, 99), &document, Language::Chinese), "第9页 部门公开表3 支出总表 第99行");
    }

    #[test]
    fn each_side_of_a_table_names_its_own_rows() {
        let mut document = document(Vec::new());
        let table = &mut document.tables[0];
        for (path, text) in [("支出/项目", "二、支出"), ("支出/合计", "1.00")] {
            table.columns.push(column(path));
            table.rows[0].cells.push(Some(text.to_owned()));
        }
        assert_eq!(row_name(&document.tables[0], 0, Some(5)).as_deref(), Some("二、支出"));
        assert_eq!(row_name(&document.tables[0], 0, Some(3)).as_deref(), Some("208 社会保障和就业支出"));
        assert_eq!(row_name(&document.tables[0], 0, None).as_deref(), Some("208 社会保障和就业支出"));
    }

    #[test]
    fn a_statement_is_named_by_its_section_and_item() {
        let mut document = document(Vec::new());
        let stated = |item: &str| statement("十", item, "预算金额", "836.66", "万元");
        document.statements = vec![stated("项目预算"), stated("预算金额")];
        let place = |number| CheckPlace { statement: Some(number), ..CheckPlace::on(PageNumber(26)) };
        assert_eq!(in_words(&place(0), &document, Language::Chinese), "第26页 情况说明十 “项目预算 预算金额”");
        assert_eq!(in_words(&place(1), &document, Language::English), "page 26, narrative “十 预算金额”");
    }

    #[test]
    fn further_places_are_pages_and_other_tables() {
        let document = document(Vec::new());
        let in_short = |first: &CheckPlace, others: &[CheckPlace]| {
            super::in_short(first, &others.iter().collect::<Vec<_>>(), &document, Language::Chinese)
        };
        assert_eq!(in_short(&cell(9, 1, 3), &[cell(10, 3, 3), cell(9, 2, 3)]).as_deref(), Some("第10页"));
        let prose = CheckPlace::on(PageNumber(22));
        let pages = [27, 28, 29].map(|page| CheckPlace::on(PageNumber(page)));
        assert_eq!(in_short(&prose, &pages).as_deref(), Some("第27-29页"));
        let table = [cell(10, 3, 3), cell(10, 3, 4)];
        assert_eq!(in_short(&prose, &table).as_deref(), Some("第10页 部门公开表3 支出总表"));
        assert_eq!(in_short(&prose, &[]), None);
    }
}
