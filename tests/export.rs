//! `yusuan export` as a user meets it; what is in a data set is tested where it is made.

use std::process::Command;

#[test]
fn the_command_line_exports() {
    let out = tempfile::tempdir().expect("a temporary folder");
    let golden = concat!(env!("CARGO_MANIFEST_DIR"), "/golden/haidong-2023.json");
    std::fs::copy(golden, out.path().join("a.json")).expect("a document");
    let run = |arguments: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_yusuan"));
        command.arg("export").arg(out.path()).args(arguments).output().expect("the program starts")
    };
    let output = run(&["--format", "csv,jsonl", "--bom"]);
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    assert!(String::from_utf8_lossy(&output.stdout).contains("1 documents, 0 duplicates"));
    let csv = std::fs::read(out.path().join("dataset/facts.csv")).expect("a CSV file");
    assert!(csv.starts_with("\u{feff}document_id,".as_bytes()));
    // The data set is no document of the next one.
    assert_eq!(run(&[]).status.code(), Some(0));
    std::fs::write(out.path().join("b.json"), "{}").expect("a file");
    let output = run(&[]);
    assert_eq!(output.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&output.stderr).contains("b.json"));
    assert_eq!(run(&["--format", "ods"]).status.code(), Some(2));
}
