//! Whole documents against their golden outputs, a test a case.
//!
//! A new case is one file, one line in `golden/manifest.tsv`, and one blessed golden. `YUSUAN_BLESS=<id>` writes the
//! golden of that case and fails all the same, so that nobody blesses by accident: read the difference, run again.
//! `samples/synthetic` is drawn by [`synthetic`].

#[path = "synthetic/mod.rs"]
mod synthetic;

use std::path::{Path, PathBuf};

use libtest_mimic::{Arguments, Failed, Trial};
use similar::{ChangeTag, TextDiff};
use yusuan::{Options, convert, to_json};

/// Lines of difference shown for a case.
const SHOWN: usize = 80;

/// Folders every file of which must be a case.
const INPUTS: [&str; 2] = ["samples", "samples/synthetic"];

#[derive(Clone)]
struct Case {
    id: String,
    file: PathBuf,
}

fn main() {
    let cases = cases();
    let mut trials: Vec<Trial> = cases
        .iter()
        .cloned()
        .map(|case| Trial::test(case.id.clone(), move || case.compare()).with_kind("golden"))
        .collect();
    trials.push(Trial::test("synthetic_samples_are_as_drawn", synthetic_samples_are_as_drawn));
    trials.push(Trial::test("every_input_is_a_case", move || every_input_is_a_case(&cases)));
    libtest_mimic::run(&Arguments::from_args(), trials).exit();
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn cases() -> Vec<Case> {
    let manifest = std::fs::read_to_string(root().join("golden/manifest.tsv")).expect("golden/manifest.tsv");
    let lines = manifest.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
    let cases = lines.map(|line| {
        let (id, file) = line.split_once('\t').expect("a tab between id and file");
        Case { id: id.to_owned(), file: root().join(file) }
    });
    cases.collect()
}

impl Case {
    fn compare(&self) -> Result<(), Failed> {
        let path = root().join("golden").join(&self.id).with_extension("json");
        let now = outcome(&self.file)?;
        let golden = match std::fs::read_to_string(&path) {
            Ok(golden) => golden,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => String::new(),
            Err(error) => return Err(error.into()),
        };
        if now == golden {
            return Ok(());
        }
        let mut report = format!("output differs from {}\n{}", path.display(), difference(&golden, &now));
        if std::env::var("YUSUAN_BLESS").is_ok_and(|id| id == self.id) {
            path.parent().map_or(Ok(()), std::fs::create_dir_all)?;
            std::fs::write(&path, &now)?;
            report.push_str("\nblessed: read the difference above, then run again without YUSUAN_BLESS");
        }
        Err(report.into())
    }
}

/// What a file gives now: the document, or the error in its place.
fn outcome(file: &Path) -> Result<String, Failed> {
    let bytes = std::fs::read(file).map_err(|error| format!("{}: {error}", file.display()))?;
    let name = file.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    match convert(&bytes, &Options { file: name, ..Options::default() }) {
        Ok(document) => Ok(to_json(&document)?),
        Err(error) => Ok(format!("{{\n  \"error\": \"{error}\"\n}}\n")),
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

fn every_input_is_a_case(cases: &[Case]) -> Result<(), Failed> {
    for folder in INPUTS {
        for entry in std::fs::read_dir(root().join(folder))? {
            let path = entry?.path();
            if path.extension().is_some_and(|extension| extension == "pdf")
                && !cases.iter().any(|case| case.file == path)
            {
                return Err(format!("{} is not in golden/manifest.tsv", path.display()).into());
            }
        }
    }
    Ok(())
}

/// `YUSUAN_DRAW` draws them again, and fails all the same.
fn synthetic_samples_are_as_drawn() -> Result<(), Failed> {
    let mut other = Vec::new();
    for sample in synthetic::ALL {
        let path = root().join(sample.file);
        let drawn = (sample.pdf)();
        if std::fs::read(&path).is_ok_and(|bytes| bytes == drawn) {
            continue;
        }
        if std::env::var_os("YUSUAN_DRAW").is_some() {
            std::fs::write(&path, drawn)?;
        }
        other.push(sample.file);
    }
    if other.is_empty() { Ok(()) } else { Err(format!("not as they are drawn: {}", other.join(", ")).into()) }
}
