//! Whole documents against their golden outputs.
//!
//! A new case is one PDF, one line in `golden/manifest.tsv`, and one blessed golden. `YUSUAN_BLESS=<id>` writes the
//! golden of that case and fails all the same, so that nobody blesses by accident: read the difference, run again.

use std::path::{Path, PathBuf};

use similar::{ChangeTag, TextDiff};
use yusuan::{Options, convert, to_json};

/// Lines of difference shown for a case.
const SHOWN: usize = 80;

struct Case {
    id: String,
    pdf: PathBuf,
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn cases() -> Vec<Case> {
    let manifest = std::fs::read_to_string(root().join("golden/manifest.tsv")).expect("golden/manifest.tsv");
    let lines = manifest.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
    let cases = lines.map(|line| {
        let (id, pdf) = line.split_once('\t').expect("a tab between id and PDF");
        Case { id: id.to_owned(), pdf: root().join(pdf) }
    });
    cases.collect()
}

/// What the case gives now: the document, or the error in its place.
fn outcome(pdf: &Path) -> String {
    let bytes = std::fs::read(pdf).unwrap_or_else(|error| panic!("{}: {error}", pdf.display()));
    let file = pdf.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    match convert(&bytes, &Options { file, ..Options::default() }) {
        Ok(document) => to_json(&document).expect("JSON"),
        Err(error) => format!("{{\n  \"error\": \"{error}\"\n}}\n"),
    }
}

fn difference(golden: &str, now: &str) -> String {
    let diff = TextDiff::from_lines(golden, now);
    let changes = diff.iter_all_changes().filter(|change| change.tag() != ChangeTag::Equal);
    let lines: Vec<String> = changes
        .map(|change| {
            let sign = if change.tag() == ChangeTag::Delete { '-' } else { '+' };
            let line = change.new_index().or(change.old_index()).unwrap_or_default() + 1;
            format!("{line:>6} {sign}{}", change.value().trim_end())
        })
        .collect();
    let more = lines.len().saturating_sub(SHOWN);
    let tail = if more > 0 { format!("\n… and {more} lines more") } else { String::new() };
    lines[..lines.len().min(SHOWN)].join("\n") + &tail
}

#[test]
fn samples_give_their_golden_outputs() {
    let bless = std::env::var("YUSUAN_BLESS").ok();
    let mut failures = Vec::new();
    for Case { id, pdf } in cases() {
        let path = root().join("golden").join(&id).with_extension("json");
        let now = outcome(&pdf);
        let golden = std::fs::read_to_string(&path).unwrap_or_default();
        if now == golden {
            continue;
        }
        let mut report = format!("{id}: output differs from {}\n{}", path.display(), difference(&golden, &now));
        if bless.as_deref() == Some(id.as_str()) {
            std::fs::write(&path, &now).expect("a writable golden");
            report.push_str("\nblessed: read the difference above, then run again without YUSUAN_BLESS");
        }
        failures.push(report);
    }
    assert!(failures.is_empty(), "\n{}", failures.join("\n\n"));
}

#[test]
fn every_sample_is_a_case() {
    let listed: Vec<PathBuf> = cases().into_iter().map(|case| case.pdf).collect();
    for entry in std::fs::read_dir(root().join("samples")).expect("samples").flatten() {
        let path = entry.path();
        if path.extension().is_some_and(|extension| extension == "pdf") {
            assert!(listed.contains(&path), "{} is not in golden/manifest.tsv", path.display());
        }
    }
}
