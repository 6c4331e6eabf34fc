//! No figure that another program sees on a page is missing from the document without a warning that names the page.
//!
//! The other program is poppler's `pdftotext`. Skipped, with a word, where it is not installed or where `YUSUAN_CORPUS`
//! (a folder with PDFs in `unlabelled/` and `performance/`) is not set.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::Command;

use regex::Regex;
use yusuan::document::Severity;
use yusuan::{Document, Options, convert, to_json};

/// The PDFs of the corpus.
fn pdfs(corpus: &Path) -> Vec<PathBuf> {
    let folders = ["unlabelled", "performance"].map(|name| corpus.join(name));
    let entries = folders.iter().filter_map(|folder| std::fs::read_dir(folder).ok()).flatten();
    let mut pdfs: Vec<PathBuf> = entries.map(|entry| entry.expect("an entry").path()).collect();
    pdfs.retain(|path| path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("pdf")));
    pdfs.sort();
    pdfs
}

/// The text of each page as poppler sees it; `None` where it is not installed.
fn seen(pdf: &Path) -> Option<Vec<String>> {
    let output = Command::new("pdftotext").arg("-layout").arg(pdf).arg("-").output().ok()?;
    Some(String::from_utf8_lossy(&output.stdout).split('\u{c}').map(str::to_owned).collect())
}

/// Figures with a point in them, without thousands separators. Whole numbers may be codes, years or page numbers.
fn figures(text: &str) -> BTreeSet<String> {
    let figure = Regex::new(r"[0-9][0-9,]*\.[0-9]+").expect("a pattern");
    figure.find_iter(text).map(|found| found.as_str().replace(',', "")).collect()
}

/// The pages of figures that the document lacks, where no warning names the page.
fn silent(document: &Document, pages: &[String]) -> Vec<String> {
    // A narrow cell may break a figure, of which poppler sees two pieces: a piece is enough.
    let written = to_json(document).expect("JSON").replace(',', "");
    let warned: BTreeSet<u32> = document
        .diagnostics
        .iter()
        .filter(|found| found.severity() >= Severity::Warning)
        .filter_map(|found| found.page.map(|page| page.0))
        .collect();
    let mut missing = Vec::new();
    for (page, text) in (1..).zip(pages) {
        let lacking: Vec<String> = figures(text).into_iter().filter(|figure| !written.contains(figure)).collect();
        if !lacking.is_empty() && !warned.contains(&page) {
            missing.push(format!("page {page}: {}", lacking.join(" ")));
        }
    }
    missing
}

#[test]
fn no_figure_is_missing_silently() {
    let Some(corpus) = std::env::var_os("YUSUAN_CORPUS") else {
        return eprintln!("skipped: YUSUAN_CORPUS is not set");
    };
    let mut faults = Vec::new();
    for pdf in pdfs(Path::new(&corpus)) {
        let Ok(document) = convert(&std::fs::read(&pdf).expect("a file"), &Options::default()) else { continue };
        let Some(pages) = seen(&pdf) else { return eprintln!("skipped: pdftotext is not installed") };
        let name = pdf.file_name().unwrap_or_default().to_string_lossy();
        faults.extend(silent(&document, &pages).into_iter().map(|missing| format!("{name}, {missing}")));
    }
    assert!(faults.is_empty(), "{} pages:\n{}", faults.len(), faults.join("\n"));
}

#[test]
fn a_figure_that_is_nowhere_is_noticed() {
    let bytes = std::fs::read("samples/haidong-2023.pdf").expect("the sample");
    let document = convert(&bytes, &Options::default()).expect("a document");
    assert_eq!(silent(&document, &["2,801.90 and 123,456.78".to_owned()]), ["page 1: 123456.78"]);
}
