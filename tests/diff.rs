//! Comparisons of the samples, through the library and the command line.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use yusuan::Document;
use yusuan::compare::{CellChange, Comparison, Named, Presence, compare};

/// What differs between the samples of two years.
const CHANGED: &str = include_str!("diff/haidong-2023-2024.tsv");

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn golden(name: &str) -> Document {
    let path = root().join("golden").join(name).with_extension("json");
    yusuan::from_json(&std::fs::read_to_string(path).expect("a golden")).expect("a document")
}

fn compared(old: &Document, new: &Document) -> Comparison {
    compare(Named { file: "old", document: old }, Named { file: "new", document: new }).expect("a comparison")
}

fn amounts(comparison: &Comparison) -> Vec<(&str, &CellChange)> {
    let tables = comparison.tables.iter();
    tables
        .flat_map(|table| table.amounts.iter().map(|cell| (table.label.as_deref().unwrap_or_default(), cell)))
        .collect()
}

fn printed(cell: &CellChange) -> (Option<String>, Option<String>) {
    (
        cell.change.old.as_ref().map(|figure| figure.amount.to_string()),
        cell.change.new.as_ref().map(|figure| figure.amount.to_string()),
    )
}

/// The changed amounts as lines of the list: table, code, name, column, old, new.
fn listed(comparison: &Comparison) -> Vec<String> {
    let lines = amounts(comparison).into_iter().map(|(table, cell)| {
        let (old, new) = printed(cell);
        let (old, new) = (old.unwrap_or_default(), new.unwrap_or_default());
        // The table of the three public expenses has no names: its items are columns.
        let words = [table, cell.row.code.as_deref().unwrap_or_default(), cell.row.name.as_deref().unwrap_or_default()];
        let column = cell.column.join("/");
        [&words[..], &[column.as_str(), old.as_str(), new.as_str()]].concat().join("\t")
    });
    let mut lines: Vec<String> = lines.collect();
    lines.sort();
    lines
}

#[test]
fn two_years_name_exactly_the_changed_figures() {
    let comparison = compared(&golden("haidong-2023"), &golden("haidong-2024"));
    let mut expected: Vec<String> = CHANGED.lines().filter(|line| !line.starts_with('#')).map(str::to_owned).collect();
    expected.sort();
    assert_eq!(listed(&comparison), expected);
    for table in &comparison.tables {
        assert!(table.dropped.is_empty() && table.added.is_empty() && table.renamed.is_empty(), "{table:?}");
        assert!(table.fields.is_empty() && table.columns.is_empty(), "the year is no change: {table:?}");
    }
    let projects: Vec<_> = comparison
        .projects
        .iter()
        .map(|project| {
            let change = project.amount.as_ref().expect("an amount");
            assert!(project.fields.is_empty() && project.indicators.is_empty(), "{project:?}");
            (project.name.as_str(), change.difference.as_deref(), change.percent.as_deref())
        })
        .collect();
    let expected = [
        ("地方志志书年鉴等编制经费", Some("3.50"), Some("16.94")),
        ("海东市12345政务服务便民热线整合扩容项目经费", Some("-40.00"), Some("-11.43")),
    ];
    assert_eq!(projects, expected);
    assert!(comparison.checks.is_empty() && comparison.diagnostics.is_empty() && comparison.publication.is_empty());
    let only_stated = comparison.statements.iter().filter(|statement| statement.presence != Presence::Both).count();
    assert_eq!(only_stated, 0);
}

#[test]
fn the_planted_errors_are_the_only_differences() {
    let comparison = compared(&golden("haidong-2023"), &golden("haidong-2023-wrongsum"));
    let changed: Vec<_> = amounts(&comparison).into_iter().map(|(_, cell)| printed(cell)).collect();
    let expected =
        [("320.00", "330.00"), ("320.00", "330.00"), ("756.66", "765.66"), ("30.20", "32.00"), ("30.20", "32.00")];
    assert_eq!(changed, expected.map(|(old, new)| (Some(old.to_owned()), Some(new.to_owned()))));
    assert!(!comparison.checks.is_empty());
    assert!(comparison.checks.iter().all(|check| check.new == Some(yusuan::document::CheckStatus::Fail)));
}

#[test]
fn a_document_does_not_differ_from_itself_nor_from_another_rendering() {
    for name in ["haidong-2023", "haidong-2023-wrongsum", "haidong-2024"] {
        let document = golden(name);
        assert!(compared(&document, &document).is_empty(), "{name}");
    }
    let document = golden("haidong-2023");
    for name in ["cid", "encrypted", "writer", "borderless"] {
        let mut comparison = compared(&document, &golden(&format!("haidong-2023-{name}")));
        // How well a rendering could be read is a difference, but none of the document.
        comparison.diagnostics.clear();
        assert!(comparison.is_empty(), "{name}: {comparison:?}");
    }
}

#[test]
fn every_changed_amount_is_named_alone() {
    let document = golden("haidong-2023");
    for index in 0..document.facts.len() {
        let mut changed = document.clone();
        let fact = &mut changed.facts[index];
        fact.amount = "123456.78".parse().expect("a decimal");
        fact.amount_yuan = Some("1234567800.00".parse().expect("a decimal"));
        let comparison = compared(&document, &changed);
        let amounts = amounts(&comparison);
        assert_eq!(amounts.len(), 1, "fact {index}");
        let cell = amounts[0].1;
        let old = &document.facts[index];
        assert_eq!(printed(cell), (Some(old.amount.to_string()), Some("123456.78".to_owned())), "fact {index}");
        let column = &document.tables[old.place.table].columns[old.place.column];
        assert_eq!((&cell.row.code, Some(cell.measure)), (&old.code, column.measure), "fact {index}");
        let rest = Comparison { tables: Vec::new(), ..comparison.clone() };
        assert!(rest.is_empty() && comparison.tables.len() == 1, "fact {index}");
    }
}

#[test]
fn a_comparison_turned_around_has_its_signs_changed() {
    let (old, new) = (golden("haidong-2023"), golden("haidong-2024"));
    let (there, back) = (compared(&old, &new), compared(&new, &old));
    let turned = |difference: &Option<String>| {
        let difference = difference.as_deref().expect("a difference");
        difference.strip_prefix('-').map_or_else(|| format!("-{difference}"), str::to_owned)
    };
    let (there, back) = (amounts(&there), amounts(&back));
    assert_eq!(there.len(), back.len());
    for ((_, there), (_, back)) in there.into_iter().zip(back) {
        assert_eq!(turned(&there.change.difference), *back.change.difference.as_ref().expect("a difference"));
        assert_eq!((&there.change.old, &there.change.new), (&back.change.new, &back.change.old));
        assert_eq!(there.row, back.row);
    }
}

#[test]
fn rows_that_moved_and_names_that_changed_are_the_same_rows() {
    let old = golden("haidong-2023");
    let mut new = old.clone();
    let at = old.tables.iter().position(|table| table.number == Some(3)).expect("table 3");
    // Names stand in cells and in facts; a moved row takes its facts along.
    let row = new.tables[at].rows.iter().position(|row| row.cells[0].as_deref() == Some("2010301")).expect("行政运行");
    new.tables[at].rows[row].cells[1] = Some("行政运转".to_owned());
    let kind = new.tables[at].kind;
    for fact in new.facts.iter_mut().filter(|fact| fact.table == kind && fact.code.as_deref() == Some("2010301")) {
        fact.name = Some("行政运转".to_owned());
    }
    let comparison = compared(&old, &new);
    assert_eq!(comparison.tables.len(), 1);
    let table = &comparison.tables[0];
    assert_eq!((table.renamed.len(), table.amounts.len(), table.dropped.len(), table.added.len()), (1, 0, 0, 0));
    let last = new.tables[at].rows.len() - 1;
    new = old.clone();
    new.tables[at].rows.swap(last, last - 1);
    let of_table: Vec<usize> = (0..new.facts.len()).filter(|fact| new.facts[*fact].table == kind).collect();
    let (first, end) = (of_table[of_table.len() - 4], of_table[of_table.len() - 1]);
    new.facts[first..=end].rotate_left(2);
    assert!(compared(&old, &new).is_empty(), "a row that moved is no change");
}

fn yusuan(arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_yusuan"));
    command.current_dir(root()).arg("diff").args(arguments).output().expect("the program starts")
}

fn stdout(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

fn text(path: &Path) -> &str {
    path.to_str().expect("a path in UTF-8")
}

/// A folder with copies of golden files under other names.
fn folder(files: &[(&str, &str)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder");
    for (golden, name) in files {
        let path = folder.path().join(name);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        std::fs::copy(root().join("golden").join(golden), path).expect("a copy");
    }
    folder
}

#[test]
fn a_document_and_its_pdf_do_not_differ() {
    let output = yusuan(&["golden/haidong-2023.json", "samples/haidong-2023.pdf"]);
    assert_eq!(output.status.code(), Some(0), "{}", stdout(&output));
    assert!(stdout(&output).contains("没有不同"));
}

#[test]
fn differences_exit_with_1_and_failures_with_2() {
    let output = yusuan(&["golden/haidong-2023.json", "golden/haidong-2024.json", "--lang", "en"]);
    assert_eq!(output.status.code(), Some(1));
    let said = stdout(&output);
    assert!(said.contains("30217 公务接待费") && said.contains("-1.64%"), "{said}");
    assert!(said.contains("  18.30  →    18.00       -0.30"), "{said}");
    for arguments in [
        ["golden/haidong-2023.json", "no-such.json"],
        ["golden/haidong-2023.json", "golden"],
        ["golden/haidong-2023.json", "samples/haidong-2023-scan.pdf"],
    ] {
        assert_eq!(yusuan(&arguments).status.code(), Some(2), "{arguments:?}");
    }
}

#[test]
fn folders_are_matched_by_organisation_kind_and_year() {
    let old = folder(&[("haidong-2023.json", "a/x.json"), ("haidong-2024.json", "b.json")]);
    let new = folder(&[("haidong-2024.json", "c.json"), ("haidong-2023-cid.json", "d/e/f.json")]);
    let output = yusuan(&[text(old.path()), text(new.path()), "--format", "json"]);
    assert_eq!(output.status.code(), Some(0), "{}", stdout(&output));
    let json: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
    let files: Vec<_> = json["comparisons"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|pair| {
            let name = |side: &str| pair[side]["file"].as_str().expect("a file").rsplit('/').next().map(str::to_owned);
            (name("old"), name("new"))
        })
        .collect();
    let name = |name: &str| Some(name.to_owned());
    assert_eq!(files, [(name("x.json"), name("f.json")), (name("b.json"), name("c.json"))]);
}

#[test]
fn year_on_year_matches_a_year_with_the_following() {
    let folder = folder(&[("haidong-2023.json", "x.json"), ("haidong-2024.json", "y.json")]);
    let output = yusuan(&[text(folder.path()), text(folder.path()), "--year-on-year"]);
    assert_eq!(output.status.code(), Some(1));
    let said = stdout(&output);
    assert!(said.contains("比较 1 对：1 对有不同；0 份没有对应文件"), "{said}");
    let alone = self::folder(&[("haidong-2023.json", "x.json")]);
    let output = yusuan(&[text(alone.path()), text(alone.path()), "--year-on-year", "--lang", "en"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(stdout(&output).contains("no counterpart in the new folder"), "{}", stdout(&output));
}

#[test]
fn what_is_no_document_or_has_several_counterparts_is_named() {
    let old = folder(&[("haidong-2023.json", "x.json")]);
    let new = folder(&[("haidong-2023.json", "x.json"), ("haidong-2023-cid.json", "y.json")]);
    let output = yusuan(&[text(old.path()), text(new.path())]);
    assert_eq!(output.status.code(), Some(1));
    assert!(stdout(&output).contains("有多份，未比较"), "{}", stdout(&output));
    let new = folder(&[("haidong-2023.json", "x.json"), ("haidong-2023-scan.json", "scan.json")]);
    let output = yusuan(&[text(old.path()), text(new.path())]);
    assert_eq!(output.status.code(), Some(2));
    assert!(stdout(&output).contains("scan.json"), "{}", stdout(&output));
}

#[test]
fn samples_are_their_golden_outputs_and_blessing_fails_once() {
    let output = yusuan(&["--golden", "golden", "samples"]);
    assert_eq!(output.status.code(), Some(0), "{}", stdout(&output));

    let golden = folder(&[("haidong-2023.json", "a.json"), ("haidong-2023-scan.json", "scan.json")]);
    let new = folder(&[("haidong-2023-wrongsum.json", "a.json")]);
    let run = |more: &[&str]| yusuan(&[&["--golden", text(golden.path()), text(new.path())], more].concat());
    let output = run(&["--bless"]);
    assert_eq!(output.status.code(), Some(1), "blessing fails once");
    let said = stdout(&output);
    assert!(said.contains("320.00  →  330.00") && said.contains("已写入 1 份基准文件"), "{said}");
    assert_eq!(run(&[]).status.code(), Some(0), "an expected failure leaves no output");
}

#[test]
fn golden_outputs_that_say_the_same_differ_in_their_bytes() {
    let golden = folder(&[("haidong-2023.json", "a.json")]);
    let new = folder(&[("haidong-2023-cid.json", "a.json")]);
    let output = yusuan(&["--golden", text(golden.path()), text(new.path()), "--lang", "en"]);
    assert_eq!(output.status.code(), Some(1));
    let said = stdout(&output);
    assert!(said.contains("the content is the same, the JSON is not") && said.contains(".bbox[2]: "), "{said}");
}
