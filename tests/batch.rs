//! Batches: nothing is lost, nothing is done twice, and what is killed goes on.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::time::Duration;

use serde_json::{Map, Value, json};
use yusuan::ErrorKind;

fn sample(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("samples").join(name)
}

fn folder() -> tempfile::TempDir {
    tempfile::tempdir().expect("a temporary folder")
}

/// The smallest sample under other names, each with a content of its own: what follows the end of a PDF means nothing.
fn release(count: usize) -> tempfile::TempDir {
    let folder = folder();
    let bytes = std::fs::read(sample("haidong-2023-cid.pdf")).expect("a sample");
    for number in 0..count {
        let path = folder.path().join(format!("{}/{number}.pdf", number % 2));
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        std::fs::write(path, [&bytes[..], format!("% {number}\n").as_bytes()].concat()).expect("a file");
    }
    folder
}

/// A line of JSON.
fn object(line: &str) -> Map<String, Value> {
    serde_json::from_str(line).expect("an object")
}

fn rows(out: &Path) -> Vec<Map<String, Value>> {
    let report = std::fs::read_to_string(out.join("report.jsonl")).expect("a report");
    report.lines().map(object).collect()
}

/// The field of a row that has it, a text.
fn text<'r>(row: &'r Map<String, Value>, field: &str) -> Option<&'r str> {
    row.get(field)?.as_str()
}

/// Every file of an output folder but the journal's, and the report without its times.
fn contents(out: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut files = BTreeMap::new();
    for entry in walkdir::WalkDir::new(out).into_iter().filter_entry(|entry| entry.file_name() != ".yusuan") {
        let entry = entry.expect("a readable folder");
        if entry.file_type().is_file() {
            let name = entry.path().strip_prefix(out).expect("inside").to_owned();
            files.insert(name, std::fs::read(entry.path()).expect("a file"));
        }
    }
    let mut timeless = rows(out);
    timeless.iter_mut().for_each(|row| row["milliseconds"] = 0.into());
    files.insert("report.jsonl".into(), format!("{timeless:?}").into_bytes());
    files
}

fn yusuan(arguments: &[&Path]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_yusuan"));
    command.args(arguments);
    command
}

fn convert(input: &Path, out: &Path) -> Command {
    yusuan(&[Path::new("convert"), input, Path::new("--out"), out])
}

fn output(mut command: Command) -> Output {
    command.output().expect("the program starts")
}

/// Converts and returns the sum that is told at the end, without its time.
fn summary(inputs: &[&Path], out: &Path, more: &[&str]) -> Map<String, Value> {
    let mut command = yusuan(&[&[Path::new("convert")], inputs, &[Path::new("--out"), out]].concat());
    command.args(["--log-format", "json"]).args(more);
    let output = output(command);
    let said = String::from_utf8(output.stdout).expect("UTF-8");
    let mut summary = said.lines().last().map(object).expect("a sum");
    summary.remove("seconds").expect("its time");
    summary
}

/// Some counts of a sum.
fn counts<const N: usize>(summary: &Map<String, Value>, names: [&str; N]) -> [Option<u64>; N] {
    names.map(|name| summary[name].as_u64())
}

#[test]
fn what_is_done_is_left_alone_until_content_or_options_change() {
    let (input, out) = (release(2), folder());
    let run = |more: &[&str]| summary(&[input.path()], out.path(), more);
    let unchanged = |summary: Map<String, Value>| summary["unchanged"].as_u64();
    let mut first = run(&[]);
    assert_eq!(counts(&first, ["files", "unchanged", "failed"]), [Some(2), Some(0), Some(0)]);
    first["unchanged"] = json!(2);
    assert_eq!(run(&[]), first);

    std::fs::write(input.path().join("0/0.pdf"), "no PDF any more").expect("a file");
    assert_eq!(counts(&run(&[]), ["unchanged", "failed"]), [Some(1), Some(1)]);
    assert!(!out.path().join("0/0.json").exists(), "the old output would be taken for the file's");

    std::fs::write(out.path().join("1/1.json"), "touched").expect("a file");
    assert_eq!(unchanged(run(&[])), Some(1), "an output that is not as it was is made again");

    let other = ["--max-pages", "3000"];
    assert_eq!(unchanged(run(&other)), Some(0));
    assert_eq!(unchanged(run(&[&other[..], &["--retry-failed"]].concat())), Some(1));
    assert_eq!(unchanged(run(&[&other[..], &["--force"]].concat())), Some(0));
}

#[test]
fn files_of_one_name_never_overwrite_each_other_and_duplicates_are_named() {
    let (first, second, out) = (folder(), folder(), folder());
    std::fs::copy(sample("haidong-2023-cid.pdf"), first.path().join("x.pdf")).expect("a copy");
    std::fs::copy(sample("haidong-2024.pdf"), second.path().join("x.pdf")).expect("a copy");
    std::fs::copy(sample("haidong-2024.pdf"), second.path().join("y.pdf")).expect("a copy");
    let told = summary(&[first.path(), second.path()], out.path(), &[]);
    assert_eq!(counts(&told, ["files", "duplicates"]), [Some(3), Some(1)]);
    let rows = rows(out.path());
    let outputs: Vec<_> = rows.iter().map(|row| text(row, "output").expect("an output")).collect();
    assert_eq!(outputs, ["x.json", "x~2.json", "y.json"]);
    assert_eq!(text(&rows[2], "duplicate_of"), text(&rows[1], "input"));
    let year = |name: &str| {
        let json = std::fs::read_to_string(out.path().join(name)).expect("an output");
        yusuan::from_json(&json).expect("a document").document.fiscal_year
    };
    assert_eq!((year("x.json"), year("x~2.json")), (Some(2023), Some(2024)));

    let reversed = summary(&[second.path(), first.path()], out.path(), &[]);
    assert_eq!(reversed["unchanged"], 3, "each keeps its output in another order");
}

#[cfg(unix)]
#[test]
fn memory_has_a_limit() {
    let (input, out) = (release(1), folder());
    let mut command = convert(input.path(), out.path());
    command.args(["--max-memory", "24"]);
    assert_eq!(output(command).status.code(), Some(2));
    assert_eq!(text(&rows(out.path())[0], "error"), Some(ErrorKind::TooLarge.code()));
}

#[test]
fn killed_twenty_times_and_resumed_it_writes_the_same_bytes() {
    let (input, killed, whole) = (release(8), folder(), folder());
    assert_eq!(output(convert(input.path(), whole.path())).status.code(), Some(1));
    // Sooner and later by turns: 343 has no divisor in common with 900.
    for round in 1..=20 {
        let mut child = convert(input.path(), killed.path()).spawn().expect("the program starts");
        std::thread::sleep(Duration::from_millis(round * 343 % 900));
        child.kill().expect("it can be killed");
        child.wait().expect("it ends");
    }
    let last = output(convert(input.path(), killed.path()));
    assert_eq!(last.status.code(), Some(1), "{}", String::from_utf8_lossy(&last.stderr));
    assert!(contents(killed.path()) == contents(whole.path()), "the outputs differ");
    let left = std::fs::read_dir(killed.path().join(".yusuan/temporary")).expect("a folder").count();
    assert_eq!(left, 0, "half-written files are cleared away");
}

/// A limit on the size of files fails as a full disk does: in the middle of writing.
#[cfg(unix)]
#[test]
fn what_cannot_be_written_is_a_clear_error_and_the_run_goes_on_when_there_is_space() {
    let (input, out) = (release(2), folder());
    let mut full = Command::new("sh");
    full.args(["-c", "trap '' XFSZ; ulimit -f 64; exec \"$@\"", "sh", env!("CARGO_BIN_EXE_yusuan"), "convert"]);
    full.arg(input.path()).arg("--out").arg(out.path());
    let full = output(full);
    let said = String::from_utf8_lossy(&full.stderr).into_owned();
    assert_eq!(full.status.code(), Some(2), "{said}");
    assert!(said.contains("cannot write") && said.contains(".json"), "{said}");
    assert!(!out.path().join("0/0.json").exists() && !out.path().join("1/1.json").exists(), "half a file is left");
    assert_eq!(output(convert(input.path(), out.path())).status.code(), Some(1));
    assert_eq!(rows(out.path()).len(), 2);
}

#[test]
fn an_output_without_a_place_fails_alone() {
    let (input, out) = (release(2), folder());
    std::fs::create_dir_all(out.path().join("0/0.json")).expect("a folder in its place");
    let summary = summary(&[input.path()], out.path(), &[]);
    assert_eq!(counts(&summary, ["failed", "files"]), [Some(1), Some(2)]);
    assert_eq!(text(&rows(out.path())[0], "error"), Some(ErrorKind::Io.code()));
    assert!(out.path().join("1/1.json").is_file());
}

#[test]
fn the_log_is_lines_of_json_when_asked() {
    let out = folder();
    let mut command = convert(&sample("haidong-2023-scan.pdf"), out.path());
    command.args(["--log-format", "json"]);
    let said = String::from_utf8(output(command).stdout).expect("UTF-8");
    let events: Vec<serde_json::Value> = said.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    assert_eq!((&events[0]["event"], &events[0]["error"]), (&"file".into(), &"no-text-layer".into()));
    assert_eq!((&events[1]["event"], &events[1]["failed"]), (&"summary".into(), &1.into()));
}

#[test]
fn data_sets_are_written_at_the_end_and_are_no_documents_the_next_time() {
    let (input, out) = (release(2), folder());
    let data_set = |format: &str| {
        let mut command = convert(input.path(), out.path());
        command.args(["--format", format]);
        output(command)
    };
    for _ in 0..2 {
        let written = data_set("json,csv,parquet");
        assert_eq!(written.status.code(), Some(1), "{}", String::from_utf8_lossy(&written.stderr));
        let said = String::from_utf8_lossy(&written.stdout).into_owned();
        assert!(said.contains("2 documents"), "{said}");
        for name in ["facts.csv", "facts.parquet", "datapackage.json"] {
            assert!(out.path().join("dataset").join(name).is_file(), "{name} is missing");
        }
    }
    let unknown = data_set("json,xml");
    assert!(String::from_utf8_lossy(&unknown.stderr).contains("no format `xml`"));
}

#[test]
fn documents_whose_input_is_gone_are_counted_and_removed_on_request() {
    let (input, out) = (release(3), folder());
    summary(&[input.path()], out.path(), &[]);
    std::fs::remove_file(input.path().join("1/1.pdf")).expect("a file");
    let names = ["files", "gone", "pruned"];
    assert_eq!(counts(&summary(&[input.path()], out.path(), &[]), names), [Some(2), Some(1), Some(0)]);
    assert!(out.path().join("1/1.json").exists(), "nothing is removed unasked");
    assert_eq!(counts(&summary(&[input.path()], out.path(), &["--prune"]), names), [Some(2), Some(0), Some(1)]);
    assert!(!out.path().join("1").exists(), "nor is its folder left");
    let last = summary(&[input.path()], out.path(), &["--prune"]);
    assert_eq!(counts(&last, ["unchanged", "gone", "pruned"]), [Some(2), Some(0), Some(0)]);
}

/// A page whose forms draw ten forms each, twelve deep: nothing is drawn, and nobody has the time to find out.
#[cfg(target_os = "linux")]
fn endless() -> Vec<u8> {
    use std::fmt::Write;
    let mut pdf = String::from("%PDF-1.4\n1 0 obj <</Type/Catalog/Pages 2 0 R>> endobj\n");
    pdf.push_str("2 0 obj <</Type/Pages/Kids[3 0 R]/Count 1/MediaBox[0 0 9 9]>> endobj\n");
    pdf.push_str("3 0 obj <</Type/Page/Parent 2 0 R/Contents 4 0 R/Resources<</XObject<</F 5 0 R>>>>>> endobj\n");
    pdf.push_str("4 0 obj <</Length 5>> stream\n/F Do\nendstream endobj\n");
    for level in 5..17 {
        let (draws, next) = ("/F Do ".repeat(10), level + 1);
        write!(pdf, "{level} 0 obj <</Type/XObject/Subtype/Form/BBox[0 0 9 9]/Length 60").expect("a text");
        write!(pdf, "/Resources<</XObject<</F {next} 0 R>>>>>> stream\n{draws}\nendstream endobj\n").expect("a text");
    }
    pdf.push_str("17 0 obj <</Type/XObject/Subtype/Form/BBox[0 0 9 9]/Length 1>> stream\nn\nendstream endobj\n");
    pdf.push_str("trailer <</Root 1 0 R>>\n%%EOF\n");
    pdf.into_bytes()
}

#[cfg(target_os = "linux")]
#[test]
fn workers_end_with_the_run_that_started_them() {
    use std::time::{Duration, Instant};
    let (input, out) = (folder(), folder());
    std::fs::write(input.path().join("x.pdf"), endless()).expect("a file");
    let of_this_run = out.path().to_string_lossy().into_owned();
    let workers = || {
        let processes = std::fs::read_dir("/proc").expect("/proc").flatten();
        let commands = processes.filter_map(|process| std::fs::read_to_string(process.path().join("cmdline")).ok());
        commands.filter(|command| command.contains("\0worker\0") && command.contains(&of_this_run)).count()
    };
    let until = |wanted: usize| {
        let start = Instant::now();
        while workers() != wanted && start.elapsed() < Duration::from_secs(30) {
            std::thread::sleep(Duration::from_millis(20));
        }
        workers()
    };
    let mut run = convert(input.path(), out.path()).spawn().expect("the program starts");
    assert_eq!(until(1), 1, "no worker was started");
    run.kill().expect("it can be killed");
    run.wait().expect("it ends");
    assert_eq!(until(0), 0, "the worker goes on");
}
