//! Files made to hurt: each ends at a limit with its error, or with a document that says what it lacks.
//!
//! Each runs in a process of its own, as a stack that overflows ends the whole process. `YUSUAN_HOSTILE_FILES=<folder>
//! cargo test --test hostile -- --ignored` writes the files down, to be tried on anything else.

#[path = "../src/testing/pdf/bytes.rs"]
mod bytes;
#[path = "hostile/cases.rs"]
mod cases;
#[path = "hostile/file.rs"]
mod file;

use std::process::Command;
use std::time::Duration;

use rayon::iter::{IntoParallelRefIterator, ParallelIterator};
use yusuan::{Limits, Options, convert};

use cases::{CASES, Case, Outcome};

/// Names the case that a child process converts.
const CASE: &str = "YUSUAN_HOSTILE_CASE";

/// Makes the child process read a second time by the other library.
const SECOND: &str = "YUSUAN_HOSTILE_SECOND";

/// Limits that are quick to reach in a debug build; time for a machine that has much else to do.
const LIMITS: Limits = Limits { time: Duration::from_secs(120), pages: 2000, decompressed: 64 << 20 };

/// The time for what never ends.
const SHORT: Duration = Duration::from_secs(3);

/// The child: converts the case that the environment names and prints what became of it.
#[test]
#[ignore = "is what the others start"]
fn child() {
    let Ok(name) = std::env::var(CASE) else { return };
    let case = CASES.iter().find(|case| case.name == name).expect("a case of this name");
    let second_reader = std::env::var_os(SECOND).is_some();
    let never_ends = matches!(case.outcome, Outcome::Error("timeout"));
    let limits = if never_ends { Limits { time: SHORT, ..LIMITS } } else { LIMITS };
    let options = Options { limits, second_reader, ..Options::default() };
    match convert(&(case.file)(), &options) {
        Ok(document) => {
            let ids: Vec<&str> = document.diagnostics.iter().map(|found| found.kind().id()).collect();
            println!("\noutcome document {}", ids.join(" "));
        }
        Err(error) => println!("\noutcome error {error}"),
    }
}

/// What became of a case in a child process.
fn outcome(case: &Case, second_reader: bool) -> String {
    let mut command = Command::new(std::env::current_exe().expect("this test"));
    command.args(["--exact", "child", "--nocapture", "--ignored"]).env(CASE, case.name).env_remove(SECOND);
    if second_reader {
        command.env(SECOND, "1");
    }
    let output = command.output().expect("a child process");
    let text = String::from_utf8_lossy(&output.stdout);
    let line = text.lines().find_map(|line| line.strip_prefix("outcome "));
    line.map(str::to_owned).unwrap_or_else(|| {
        format!(
            "died of {}: {}",
            output.status,
            String::from_utf8_lossy(&output.stderr).chars().take(400).collect::<String>()
        )
    })
}

fn complaint(case: &Case, outcome: &str) -> Option<String> {
    let ended = match case.outcome {
        Outcome::Error(code) => outcome.starts_with(&format!("error {code}:")),
        Outcome::Diagnostic(id) => outcome.starts_with("document") && outcome.split(' ').any(|found| found == id),
        Outcome::Ends => !outcome.starts_with("died") && !outcome.starts_with("error internal"),
    };
    (!ended).then(|| format!("{}: {outcome}, not {:?}", case.name, case.outcome))
}

#[test]
fn every_hostile_file_ends_as_it_should() {
    let outcomes = CASES.par_iter().map(|case| (case, outcome(case, false)));
    let complaints: Vec<String> = outcomes
        .filter_map(|(case, outcome)| {
            println!("{:<55} {outcome}", case.name);
            complaint(case, &outcome)
        })
        .collect();
    assert!(complaints.is_empty(), "{}", complaints.join("\n"));
}

#[test]
#[cfg(feature = "second-reader")]
fn the_second_reader_survives_what_the_first_does() {
    let complaints: Vec<String> = CASES
        .par_iter()
        .filter(|case| matches!(case.outcome, Outcome::Ends)) // of the others the first reader makes no document
        .filter(|case| !case.name.starts_with("dump-")) // a text is read once
        .filter_map(|case| {
            let outcome = outcome(case, true);
            outcome.starts_with("died").then(|| format!("{}: {outcome}", case.name))
        })
        .collect();
    assert!(complaints.is_empty(), "{}", complaints.join("\n"));
}

#[test]
#[ignore = "writes the files to the folder YUSUAN_HOSTILE_FILES"]
fn the_files_are_written_down_on_request() {
    let Some(folder) = std::env::var_os("YUSUAN_HOSTILE_FILES").map(std::path::PathBuf::from) else { return };
    std::fs::create_dir_all(&folder).expect("a folder");
    for case in CASES {
        std::fs::write(folder.join(case.name).with_extension("pdf"), (case.file)()).expect("a file");
    }
}
