//! Data sets read back by Rust readers and compared with the document JSONs they are made of.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::path::{Path, PathBuf};

use parquet::data_type::AsBytes as _;
use parquet::file::reader::{FileReader as _, SerializedFileReader};
use parquet::record::Field;
use rust_decimal::Decimal;
use serde_json::Value;

use super::column::{ColumnType, Table};
use super::value::DECIMAL_SCALE;
use super::{Format, Settings, Summary, TABLES, export};
use crate::document::Document;
use crate::outputs::{document_files, read_document};

fn golden() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("golden")
}

fn documents() -> Vec<Document> {
    let files = document_files(&golden()).expect("goldens");
    files.iter().filter_map(|file| read_document(file).ok()).collect()
}

fn folder() -> tempfile::TempDir {
    tempfile::tempdir().expect("a temporary folder")
}

fn export_all(out: &Path, target: &Path) -> Summary {
    export(out, target, &Format::ALL, &Settings::default()).expect("a data set")
}

/// Writes a document into a folder, after a change.
fn write_changed(folder: &Path, name: &str, change: impl FnOnce(&mut Document)) {
    let mut document = documents().swap_remove(0);
    change(&mut document);
    std::fs::write(folder.join(name), crate::document::to_json(&document).expect("JSON")).expect("a document");
}

/// The rows of a CSV file, by column.
fn csv_rows(path: &Path) -> Vec<BTreeMap<String, String>> {
    let mut reader = csv::Reader::from_path(path).expect("a CSV file");
    reader.deserialize().map(|row| row.expect("a row")).collect()
}

/// A text of a CSV file without what makes it safe.
fn unescaped(text: String) -> String {
    text.strip_prefix('\'').map_or(text.clone(), str::to_owned)
}

fn json_rows(path: &Path) -> Vec<BTreeMap<String, Value>> {
    let text = std::fs::read_to_string(path).expect("a JSON Lines file");
    text.lines().map(|line| serde_json::from_str(line).expect("an object")).collect()
}

/// The rows of a Parquet file as a CSV file would have them, decimals without trailing zeros.
fn parquet_rows(path: &Path) -> Vec<BTreeMap<String, String>> {
    let reader = SerializedFileReader::new(File::open(path).expect("a Parquet file")).expect("a Parquet file");
    let rows = reader.get_row_iter(None).expect("rows").map(|row| row.expect("a row"));
    rows.map(|row| row.get_column_iter().map(|(name, field)| (name.clone(), parquet_text(field))).collect()).collect()
}

fn parquet_text(field: &Field) -> String {
    match field {
        Field::Null => String::new(),
        Field::Bool(truth) => truth.to_string(),
        Field::Long(number) => number.to_string(),
        Field::Str(text) => text.clone(),
        Field::Decimal(decimal) => {
            let bytes: [u8; 16] = decimal.data().as_bytes().try_into().expect("a Decimal128");
            plain(Decimal::from_i128_with_scale(i128::from_be_bytes(bytes), DECIMAL_SCALE))
        }
        other => panic!("no column has {other}"),
    }
}

fn plain(decimal: Decimal) -> String {
    decimal.normalize().to_string()
}

/// A CSV row with its decimals as [`parquet_rows`] has them.
fn normalised(table: &Table, mut row: BTreeMap<String, String>) -> BTreeMap<String, String> {
    for column in table.columns.iter().filter(|column| column.column_type == ColumnType::Decimal) {
        let cell = row.get_mut(column.name).expect("every column is there");
        if !cell.is_empty() {
            *cell = plain(Decimal::from_str_exact(cell).expect("a decimal"));
        }
    }
    row
}

fn sum<'t>(texts: impl Iterator<Item = &'t str>) -> Decimal {
    texts.filter(|text| !text.is_empty()).map(|text| Decimal::from_str_exact(text).expect("a decimal")).sum()
}

#[test]
fn every_format_has_the_rows_of_the_documents() {
    let target = folder();
    let summary = export_all(&golden(), target.path());
    let documents = documents();
    assert_eq!((summary.documents, summary.duplicates), (documents.len() as u64, 0));
    let cells = documents.iter().flat_map(|document| &document.tables).flat_map(|table| &table.rows);
    let cells = cells.flat_map(|row| &row.cells).flatten().count() as u64;
    let organisations: BTreeSet<_> =
        documents.iter().filter_map(|document| document.document.organisation.as_deref()).collect();
    let count = |of: fn(&Document) -> usize| documents.iter().map(|document| of(document) as u64).sum::<u64>();
    let expected = [
        ("documents", documents.len() as u64),
        ("summary", documents.len() as u64),
        ("organisations", organisations.len() as u64),
        ("facts", count(|document| document.facts.len())),
        ("cells", cells),
        (
            "projects",
            count(|document| document.performance.as_ref().map_or(0, |performance| performance.projects.len())),
        ),
        (
            "indicators",
            count(|document| {
                let projects = document.performance.iter().flat_map(|performance| &performance.projects);
                projects.map(|project| project.indicators.len()).sum()
            }),
        ),
        ("statements", count(|document| document.statements.len())),
        ("checks", count(|document| document.checks.len())),
        ("diagnostics", count(|document| document.diagnostics.len())),
    ];
    assert_eq!(summary.rows, expected);
    for table in &TABLES {
        let path = |ending| target.path().join(format!("{}.{ending}", table.name));
        let rows = csv_rows(&path("csv")).into_iter();
        let in_csv: Vec<BTreeMap<_, _>> =
            rows.map(|row| row.into_iter().map(|(name, cell)| (name, unescaped(cell))).collect()).collect();
        let in_json = json_rows(&path("jsonl"));
        assert_eq!(in_csv.len(), in_json.len(), "{}", table.name);
        for (csv, json) in in_csv.iter().zip(&in_json) {
            for (name, cell) in csv {
                let same = match &json[name] {
                    Value::Null => cell.is_empty(),
                    Value::String(text) => text == cell,
                    Value::Bool(truth) => cell.parse() == Ok(*truth),
                    Value::Number(number) => cell.parse().ok() == number.as_i64(),
                    other => panic!("no column has {other}"),
                };
                assert!(same, "{}.{name}: {cell} in CSV, {} in JSON", table.name, json[name]);
            }
        }
        let normalised: Vec<_> = in_csv.into_iter().map(|row| normalised(table, row)).collect();
        assert_eq!(normalised, parquet_rows(&path("parquet")), "{}", table.name);
    }
}

#[test]
fn amounts_are_those_of_the_documents_and_stand_in_their_cells() {
    let target = folder();
    export_all(&golden(), target.path());
    let facts = csv_rows(&target.path().join("facts.csv"));
    let documents = documents();
    let stated = || documents.iter().flat_map(|document| &document.facts);
    let printed: Vec<String> = stated().map(|fact| fact.amount.to_string()).collect();
    assert_eq!(facts.iter().map(|fact| fact["amount"].as_str()).collect::<Vec<_>>(), printed);
    let in_yuan: Vec<String> = stated().filter_map(|fact| fact.amount_yuan).map(|yuan| yuan.to_string()).collect();
    assert_eq!(sum(facts.iter().map(|fact| fact["amount_yuan"].as_str())), sum(in_yuan.iter().map(String::as_str)));
    let key = |row: &BTreeMap<String, String>| ["document_id", "table", "row", "column"].map(|name| row[name].clone());
    let cells = csv_rows(&target.path().join("cells.csv"));
    let cells: BTreeMap<_, _> = cells.iter().map(|cell| (key(cell), cell)).collect();
    for fact in &facts {
        let cell = cells.get(&key(fact)).unwrap_or_else(|| panic!("no cell for {fact:?}"));
        assert_eq!((&cell["text"], &cell["page"]), (&fact["amount_text"], &fact["page"]));
    }
}

#[test]
fn codes_go_to_their_classification() {
    let target = folder();
    export_all(&golden(), target.path());
    for fact in csv_rows(&target.path().join("facts.csv")) {
        let expected = match fact["code"].chars().next() {
            Some('2') => (fact["code"].as_str(), ""),
            Some('3' | '5') => ("", fact["code"].as_str()),
            _ => ("", ""),
        };
        assert_eq!((fact["functional_code"].as_str(), fact["economic_code"].as_str()), expected);
    }
}

#[test]
fn the_same_documents_give_the_same_bytes() {
    let (first, second) = (folder(), folder());
    let files = export_all(&golden(), first.path()).files;
    export_all(&golden(), second.path());
    let present = std::fs::read_dir(first.path()).expect("a folder").count();
    assert_eq!(present, files.len(), "nothing but the files of the summary is left");
    for file in files {
        let name = file.file_name().expect("a name");
        let read = |folder: &Path| std::fs::read(folder.join(name)).expect("a file");
        assert!(read(first.path()) == read(second.path()), "{} differs", file.display());
    }
}

#[test]
fn what_is_no_document_and_what_is_there_twice_stops_nothing() {
    let (out, target) = (folder(), folder());
    write_changed(out.path(), "a.json", |_| {});
    write_changed(out.path(), "b.json", |document| document.source.file = "copy.pdf".to_owned());
    write_changed(out.path(), "c.json", |document| document.source.sha256.replace_range(63.., "!"));
    // Another digest with the same first digits would have the same id.
    write_changed(out.path(), "d.json", |document| document.source.sha256.replace_range(40.., &"0".repeat(24)));
    std::fs::write(out.path().join("e.json"), "{}").expect("a file");
    let summary = export_all(out.path(), target.path());
    assert_eq!((summary.documents, summary.duplicates), (1, 1));
    let names: Vec<_> = summary.unreadable.iter().filter_map(|(file, _)| file.file_name()).collect();
    assert_eq!(names, ["c.json", "d.json", "e.json"]);
    assert_eq!(csv_rows(&target.path().join("documents.csv"))[0]["output"], "a.json");
}

#[test]
fn a_figure_with_too_many_digits_is_never_rounded() {
    let (out, target) = (folder(), folder());
    let long = "0.123456789012";
    write_changed(out.path(), "a.json", |document| document.facts[0].amount = long.parse().expect("a decimal"));
    assert_eq!(export_all(out.path(), target.path()).figures_as_text, 1);
    let facts = csv_rows(&target.path().join("facts.csv"));
    assert_eq!((facts[0]["amount"].as_str(), facts[0]["amount_text"].as_str()), ("", long));
    let in_parquet = parquet_rows(&target.path().join("facts.parquet"));
    assert_eq!((in_parquet[0]["amount"].as_str(), in_parquet[0]["amount_text"].as_str()), ("", long));
}

#[test]
fn texts_are_not_altered() {
    let (out, target) = (folder(), folder());
    let texts =
        ["=1+1", "+86", "-", "@a", "'=1", "-12.30", "a\"b,c\nd\r\ne", "预".repeat(40_000).as_str()].map(str::to_owned);
    write_changed(out.path(), "a.json", |document| {
        for (diagnostic, text) in texts.iter().enumerate() {
            let mut changed = documents().remove(0).diagnostics.remove(0);
            changed.message.clone_from(text);
            document.diagnostics.insert(diagnostic, changed);
        }
    });
    let summary = export_all(out.path(), target.path());
    assert_eq!(summary.cut_texts, 1, "the longest is too long for an Excel cell");
    let in_csv = csv_rows(&target.path().join("diagnostics.csv"));
    let in_parquet = parquet_rows(&target.path().join("diagnostics.parquet"));
    for (at, text) in texts.iter().enumerate() {
        assert_eq!((&unescaped(in_csv[at]["message"].clone()), &in_parquet[at]["message"]), (text, text));
        let is_safe = !in_csv[at]["message"].starts_with(['=', '+', '-', '@']);
        assert!(is_safe || text == "-12.30", "{text}");
    }
    let raw = Settings { raw: true, ..Settings::default() };
    export(out.path(), target.path(), &[Format::Csv], &raw).expect("a data set");
    let in_csv = csv_rows(&target.path().join("diagnostics.csv"));
    assert!(texts.iter().zip(&in_csv).all(|(text, row)| *text == row["message"]));
}

#[test]
fn a_report_tells_which_documents_there_are() {
    let (out, target) = (folder(), folder());
    write_changed(out.path(), "a.json", |_| {});
    write_changed(out.path(), "b.json", |document| document.source.sha256.replace_range(..2, "00"));
    let report = r#"{"input":"in/a.pdf","outcome":"findings","output":"a.json","bytes":1,"milliseconds":1}"#;
    std::fs::write(out.path().join("report.jsonl"), format!("{report}\n")).expect("a report");
    let summary = export_all(out.path(), target.path());
    assert_eq!((summary.documents, summary.unreported), (1, 1));
    let documents = csv_rows(&target.path().join("documents.csv"));
    let told = ["input_path", "input_folder", "outcome"].map(|name| documents[0][name].as_str());
    assert_eq!(told, ["in/a.pdf", "in", "findings"]);
}

#[test]
fn documents_are_summed_up() {
    let target = folder();
    export_all(&golden(), target.path());
    let summaries = csv_rows(&target.path().join("summary.csv"));
    let of = |year: &str| {
        let is_of = |row: &&BTreeMap<String, String>| {
            row["organisation"] == "海东市人民政府办公室" && row["fiscal_year"] == year
        };
        summaries.iter().find(is_of).expect("the real sample").clone()
    };
    let (first, second) = (of("2023"), of("2024"));
    for (column, amount) in [
        ("revenue_yuan", "28819000.00"),
        ("expenditure_yuan", "28819000.00"),
        ("basic_yuan", "20452400.00"),
        ("project_yuan", "8366600.00"),
        ("three_public_yuan", "453000.00"),
        ("vehicles_yuan", "270000.00"),
        ("reception_yuan", "183000.00"),
        ("travel_abroad_yuan", ""),
        ("three_public_before_yuan", "447000.00"),
    ] {
        assert_eq!(first[column], amount, "{column}");
    }
    assert_eq!(
        second["three_public_before_yuan"], first["three_public_yuan"],
        "one year's budget is the next one's past"
    );
    let organisations = csv_rows(&target.path().join("organisations.csv"));
    let own = organisations.iter().find(|row| row["organisation"] == "海东市人民政府办公室").expect("its row");
    let told = ["region", "level", "first_year", "last_year"].map(|name| own[name].as_str());
    assert_eq!(told, ["海东市", "市", "2023", "2024"]);
}

#[test]
fn the_package_describes_what_was_written() {
    let target = folder();
    for (formats, described, others) in [
        (&Format::ALL[..], "csv", 21),
        (&[Format::Parquet, Format::JsonLines], "jsonl", 10),
        (&[Format::Xlsx], "xlsx", 0),
    ] {
        export(&golden(), target.path(), formats, &Settings::default()).expect("a data set");
        let text = std::fs::read_to_string(target.path().join("datapackage.json")).expect("a package");
        let package: Value = serde_json::from_str(&text).expect("JSON");
        assert_eq!(package["$schema"], "https://datapackage.org/profiles/2.0/datapackage.json");
        let resources = package["resources"].as_array().expect("a list");
        assert!(resources.iter().all(|resource| resource["format"] == described), "{described}");
        assert_eq!(package["otherFiles"].as_array().map_or(0, Vec::len), others, "{described}");
        for file in resources.iter().chain(package["otherFiles"].as_array().into_iter().flatten()) {
            let path = target.path().join(file["path"].as_str().expect("a path"));
            assert_eq!(file["bytes"].as_u64(), Some(path.metadata().expect("a file").len()), "{}", path.display());
        }
        let Some(schema) = resources.iter().find(|resource| resource["name"] == "facts").map(|facts| &facts["schema"])
        else {
            continue;
        };
        let names = schema["fields"].as_array().expect("fields").iter().map(|field| field["name"].as_str());
        let declared = TABLES.iter().find(|table| table.name == "facts").expect("facts").columns;
        assert!(names.eq(declared.iter().map(|column| Some(column.name))));
    }
}

#[test]
fn keys_name_columns_that_are_there() {
    for table in &TABLES {
        let has = |name: &&str| table.columns.iter().any(|column| column.name == *name);
        assert!(table.primary_key.iter().all(has), "{}", table.name);
        for key in table.foreign_keys {
            let other = TABLES.iter().find(|other| other.name == key.table).expect("a table");
            assert!(key.columns.iter().all(has), "{}", table.name);
            assert_eq!(key.columns, other.primary_key, "{} → {}", table.name, key.table);
        }
    }
}

#[test]
fn every_kind_of_table_has_a_sheet() {
    let schema: Value = serde_json::from_str(&crate::document::json_schema()).expect("JSON");
    let kinds = schema["$defs"]["TableKind"]["oneOf"].as_array().expect("a list of kinds");
    let kinds: Vec<_> = kinds.iter().map(|kind| kind["const"].as_str().expect("a name")).collect();
    let sheets = TABLES.iter().find_map(|table| table.sheets).expect("a table with sheets");
    assert_eq!(sheets.names.iter().map(|(kind, _)| *kind).collect::<Vec<_>>(), kinds);
}

#[test]
fn the_documentation_has_every_table_and_column() {
    const BEGIN: &str = "<!-- tables: begin -->\n";
    const END: &str = "<!-- tables: end -->";
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("docs/data-sets.md");
    let text = std::fs::read_to_string(&path).expect("docs/data-sets.md");
    let (before, rest) = text.split_once(BEGIN).expect("the mark where the tables begin");
    let (now, after) = rest.split_once(END).expect("the mark where they end");
    let expected: String = TABLES.iter().map(documented).collect();
    if now != expected && std::env::var("YUSUAN_BLESS").is_ok_and(|name| name == "data-sets") {
        std::fs::write(&path, format!("{before}{BEGIN}{expected}{END}{after}")).expect("a writable file");
    }
    assert!(now == expected, "docs/data-sets.md is stale: run with YUSUAN_BLESS=data-sets, then again");
}

/// A table's part of the documentation.
fn documented(table: &Table) -> String {
    let mut text = format!("\n### `{}` {}\n\n{}\n", table.name, table.title, table.description);
    text += &format!("Key: `{}`.", table.primary_key.join("`, `"));
    for key in table.foreign_keys {
        text += &format!(" `{}` → `{}`.", key.columns.join("`, `"), key.table);
    }
    text += "\n\n| column | 标题 | type | meaning | Fiscal Data Package |\n|---|---|---|---|---|\n";
    for column in table.columns {
        let fiscal = column.fiscal_type.map(|name| format!("`{name}`")).unwrap_or_default();
        let required = if column.required { ", required" } else { "" };
        let kind = column.column_type.name();
        text += &format!(
            "| `{}` | {} | {kind}{required} | {} | {fiscal} |\n",
            column.name, column.title, column.description
        );
    }
    text
}
