//! Text dumps of the same document give what its PDF gives, as far as a text allows.

use std::collections::BTreeSet;
use std::path::Path;

use yusuan::document::{Document, Input, Money, Placement};
use yusuan::{Options, convert};

/// Most amounts of the sample that may have several possible columns.
const MAX_AMBIGUOUS: usize = 5;

fn sample(name: &str) -> Vec<u8> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples").join(name);
    std::fs::read(path).expect("a sample")
}

fn converted(bytes: &[u8]) -> Document {
    convert(bytes, &Options::default()).expect("a document")
}

/// Table, row, column and text of each cell; rows are counted within their table. The cell that 合计 is merged over is
/// not told by a text: its words are not compared.
fn amounts(document: &Document) -> BTreeSet<(String, usize, usize, String)> {
    let mut amounts = BTreeSet::new();
    for table in &document.tables {
        for (at, row) in table.rows.iter().enumerate() {
            for (column, cell) in row.cells.iter().enumerate() {
                let is_figure = |text: &&String| text.contains('.') && text.parse::<rust_decimal::Decimal>().is_ok();
                if let Some(text) = cell.as_ref().filter(is_figure) {
                    amounts.insert((table.title.clone().unwrap_or_default(), at, column, text.clone()));
                }
            }
        }
    }
    amounts
}

#[test]
fn the_dump_has_every_amount_of_the_pdf_in_its_cell_or_marked() {
    let (pdf, dump) = (converted(&sample("haidong-2023.pdf")), converted(&sample("haidong-2023-text.txt")));
    assert_eq!(dump.source.input, Input::Text);
    let ambiguous: usize = dump.tables.iter().flat_map(|table| &table.rows).map(|row| row.ambiguous.len()).sum();
    assert!(ambiguous <= MAX_AMBIGUOUS, "{ambiguous} amounts are ambiguous");
    let (expected, found) = (amounts(&pdf), amounts(&dump));
    let missing: Vec<_> = expected.difference(&found).collect();
    let is_marked = |title: &str, at: usize| {
        let tables = dump.tables.iter().filter(|table| table.title.as_deref() == Some(title));
        tables.filter_map(|table| table.rows.get(at)).any(|row| !row.ambiguous.is_empty())
    };
    let unmarked: Vec<_> = missing.iter().filter(|(title, at, ..)| !is_marked(title, *at)).collect();
    assert!(unmarked.is_empty(), "{unmarked:?}");
    assert_eq!(found.len(), expected.len());
}

#[test]
fn the_dump_has_the_prose_and_the_targets_of_the_pdf() {
    let (pdf, dump) = (converted(&sample("haidong-2023.pdf")), converted(&sample("haidong-2023-text.txt")));
    let sections = |document: &Document| -> Vec<Vec<String>> {
        document.narrative.sections.iter().map(|section| section.paragraphs.clone()).collect()
    };
    assert_eq!(sections(&dump), sections(&pdf));
    assert_eq!(dump.statements.len(), pdf.statements.len());
    let projects = |document: &Document| -> Vec<(String, Option<Money>, usize)> {
        let projects = document.performance.iter().flat_map(|performance| &performance.projects);
        projects.map(|project| (project.name.clone(), project.amount, project.indicators.len())).collect()
    };
    assert_eq!(projects(&dump), projects(&pdf));
}

#[test]
fn the_dump_fails_the_checks_that_the_pdf_fails() {
    let failures = |document: &Document| -> Vec<String> {
        let failed = document.checks.iter().filter(|check| check.status == yusuan::document::CheckStatus::Fail);
        let mut ids: Vec<String> = failed.map(|check| format!("{} {:?}", check.id, check.severity)).collect();
        ids.sort();
        ids
    };
    let (pdf, dump) = (converted(&sample("haidong-2023.pdf")), converted(&sample("haidong-2023-text.txt")));
    let errors = |failures: Vec<String>| -> Vec<String> {
        failures.into_iter().filter(|failure| !failure.ends_with("Note")).collect()
    };
    assert_eq!(errors(failures(&dump)), errors(failures(&pdf)));
}

#[test]
fn every_amount_of_a_dump_says_how_it_was_placed() {
    let dump = converted(&sample("haidong-2023-text.txt"));
    assert!(dump.facts.iter().all(|fact| fact.placement.is_some()));
    let of = |wanted: Placement| dump.facts.iter().filter(|fact| fact.placement == Some(wanted)).count();
    assert!(of(Placement::Complete) > 0 && of(Placement::Arithmetic) > 0);
    let pdf = converted(&sample("haidong-2023.pdf"));
    assert!(pdf.facts.iter().all(|fact| fact.placement.is_none()));
}

#[test]
fn encodings_and_line_ends_make_no_difference() {
    let bytes = sample("haidong-2023-text.txt");
    let text = std::str::from_utf8(&bytes).expect("UTF-8");
    let utf16: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let marked = [b"\xef\xbb\xbf", bytes.as_slice()].concat();
    let expected = converted(&bytes).tables;
    for variant in [utf16, marked, text.replace('\n', "\r\n").into_bytes()] {
        assert_eq!(converted(&variant).tables, expected);
    }
}
