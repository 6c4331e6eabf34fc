//! The command line as a user meets it: exit codes, messages, files.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn yusuan(arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_yusuan"));
    command.current_dir(root()).args(arguments).output().expect("the program starts")
}

fn stdout(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

fn stderr(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

fn folder() -> tempfile::TempDir {
    tempfile::tempdir().expect("a temporary folder")
}

fn text(path: &Path) -> &str {
    path.to_str().expect("a path in UTF-8")
}

#[test]
fn a_clean_file_exits_with_0_and_is_written() {
    let out = folder();
    let output = yusuan(&["convert", "samples/haidong-2023.pdf", "--out", text(out.path())]);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    let names: Vec<String> =
        std::fs::read_dir(out.path()).unwrap().map(|e| e.unwrap().file_name().into_string().unwrap()).collect();
    assert_eq!(names, ["haidong-2023.json"], "nothing but the output is left");
}

#[test]
fn findings_exit_with_1() {
    let out = folder();
    let output = yusuan(&["convert", "samples/haidong-2023-borderless.pdf", "--out", text(out.path())]);
    assert_eq!(output.status.code(), Some(1));
    assert!(stdout(&output).contains("aligned-table"), "{}", stdout(&output));
}

#[test]
fn a_failure_exits_with_2_and_stops_nothing() {
    let out = folder();
    let broken = out.path().join("broken.pdf");
    std::fs::write(&broken, b"no PDF at all").unwrap();
    let inputs = [text(&broken), "samples/haidong-2023-scan.pdf", "samples/haidong-2023.pdf"];
    let output = yusuan(&[&["convert"], &inputs[..], &["--out", text(out.path())]].concat());
    assert_eq!(output.status.code(), Some(2));
    let said = stdout(&output);
    assert!(said.contains("not-a-pdf") && said.contains("no-text-layer"), "{said}");
    assert!(said.contains("3 files: 1 ok, 0 with findings, 2 failed"), "{said}");
    assert!(out.path().join("haidong-2023.json").exists());
    assert!(!out.path().join("broken.json").exists());
}

#[test]
fn two_files_of_one_name_never_overwrite_each_other() {
    let out = folder();
    let other = folder();
    let copy = other.path().join("haidong-2023.pdf");
    std::fs::copy(root().join("samples/haidong-2024.pdf"), &copy).unwrap();
    let output = yusuan(&["convert", "samples/haidong-2023.pdf", text(&copy), "--out", text(out.path())]);
    assert_eq!(output.status.code(), Some(2));
    assert!(stdout(&output).contains("would overwrite"), "{}", stdout(&output));
    let written = std::fs::read_to_string(out.path().join("haidong-2023.json")).unwrap();
    assert!(written.contains("\"fiscal_year\": 2023"));
}

#[test]
fn the_same_input_gives_the_same_bytes_in_any_order() {
    let (first, second) = (folder(), folder());
    let files = ["samples/haidong-2023.pdf", "samples/haidong-2024.pdf"];
    yusuan(&["convert", files[0], files[1], "--out", text(first.path())]);
    yusuan(&["convert", files[1], files[0], "--out", text(second.path())]);
    for name in ["haidong-2023.json", "haidong-2024.json"] {
        let read = |folder: &tempfile::TempDir| std::fs::read(folder.path().join(name)).unwrap();
        assert!(read(&first) == read(&second), "{name} differs");
    }
}

#[test]
fn the_second_reader_agrees_with_the_first() {
    let out = folder();
    let output = yusuan(&["convert", "samples/haidong-2023.pdf", "--second-reader", "--out", text(out.path())]);
    assert_eq!(output.status.code(), Some(0), "{}", stdout(&output));
}

#[test]
fn a_second_reader_that_panics_is_only_unavailable() {
    let out = folder();
    let output = yusuan(&["convert", "samples/haidong-2023-cid.pdf", "--second-reader", "--out", text(out.path())]);
    assert_eq!(output.status.code(), Some(0), "{}", stdout(&output));
    let written = std::fs::read_to_string(out.path().join("haidong-2023-cid.json")).unwrap();
    assert!(written.contains("second-reader-unavailable"));
}

#[test]
fn errors_say_what_to_do() {
    let out = folder();
    let output = yusuan(&["convert", "no-such-file.pdf", "--out", text(out.path())]);
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("there is no file or folder no-such-file.pdf"), "{}", stderr(&output));
    let output = yusuan(&["convert", text(out.path()), "--out", text(out.path())]);
    assert!(stderr(&output).contains("no PDF in the inputs"), "{}", stderr(&output));
}

#[test]
fn another_vocabulary_can_be_used_and_its_mistakes_are_named() {
    let out = folder();
    let file = out.path().join("own.toml");
    std::fs::write(&file, "family = \"own\"\ncolour = \"blue\"\n").unwrap();
    let convert = |vocabulary: &Path| {
        yusuan(&["convert", "samples/haidong-2023.pdf", "--vocabulary", text(vocabulary), "--out", text(out.path())])
    };
    let output = convert(&file);
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("colour"), "{}", stderr(&output));
    let own = std::fs::read_to_string(root().join("src/vocabulary/national.toml")).unwrap();
    std::fs::write(&file, own.replace("family = \"national\"", "family = \"own\"")).unwrap();
    assert_eq!(convert(&file).status.code(), Some(0));
    let written = std::fs::read_to_string(out.path().join("haidong-2023.json")).unwrap();
    assert!(written.contains("\"layout\": \"own\""));
}

#[test]
fn every_stage_can_be_drawn() {
    let out = folder();
    for stage in ["glyphs", "rulings", "cells", "tables"] {
        let svg = out.path().join(stage).with_extension("svg");
        let arguments = ["inspect", "samples/haidong-2023.pdf", "--page", "9", "--stage", stage, "--out", text(&svg)];
        let output = yusuan(&arguments);
        assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
        let drawn = std::fs::read_to_string(&svg).unwrap();
        assert!(drawn.starts_with("<svg") && drawn.trim_end().ends_with("</svg>"));
        let expected = match stage {
            "rulings" => "<line",
            "tables" => "ExpenditureSummary: 支出总表",
            "cells" => "2,881.90",
            _ => "U+",
        };
        assert!(drawn.contains(expected), "{stage} shows no {expected}");
    }
    let output = yusuan(&["inspect", "samples/haidong-2023.pdf", "--page", "99", "--stage", "cells", "--out", "x.svg"]);
    assert!(stderr(&output).contains("there is no page 99"), "{}", stderr(&output));
}
