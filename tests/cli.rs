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

/// Whether a file was converted, be it with findings of the document's own.
fn is_converted(output: &Output) -> bool {
    matches!(output.status.code(), Some(0 | 1))
}

#[test]
fn a_file_is_written_and_the_exit_status_is_that_of_its_line() {
    let out = folder();
    let output = yusuan(&["convert", "--log", "samples/haidong-2023.pdf", "--out", text(out.path())]);
    let expected = if stdout(&output).starts_with("ok  ") { 0 } else { 1 };
    assert_eq!(output.status.code(), Some(expected), "{}{}", stdout(&output), stderr(&output));
    let mut names: Vec<String> =
        std::fs::read_dir(out.path()).unwrap().map(|e| e.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    assert_eq!(names, [".yusuan", "haidong-2023.json", "report.jsonl"], "nothing else is left");
}

#[test]
fn findings_exit_with_1() {
    let out = folder();
    let output = yusuan(&["convert", "--log", "samples/haidong-2023-borderless.pdf", "--out", text(out.path())]);
    assert_eq!(output.status.code(), Some(1));
    assert!(stdout(&output).contains("aligned-table"), "{}", stdout(&output));
}

#[test]
fn a_failure_exits_with_2_and_stops_nothing() {
    let out = folder();
    let broken = out.path().join("broken.pdf");
    std::fs::write(&broken, b"no PDF at all").unwrap();
    let inputs = [text(&broken), "samples/haidong-2023-scan.pdf", "samples/haidong-2023.pdf"];
    let output = yusuan(&[&["convert", "--log"], &inputs[..], &["--out", text(out.path())]].concat());
    assert_eq!(output.status.code(), Some(2));
    let said = stdout(&output);
    assert!(said.contains("not-a-pdf") && said.contains("no-text-layer"), "{said}");
    assert!(said.contains("3 files, ") && said.contains(" 2 failed (1 no-text-layer, 1 not-a-pdf); "), "{said}");
    assert!(out.path().join("haidong-2023.json").exists());
    assert!(!out.path().join("broken.json").exists());
}

#[test]
fn the_same_input_gives_the_same_bytes_in_any_order() {
    let (first, second) = (folder(), folder());
    let files = ["samples/haidong-2023.pdf", "samples/haidong-2024.pdf"];
    yusuan(&["convert", "--log", files[0], files[1], "--out", text(first.path())]);
    yusuan(&["convert", "--log", files[1], files[0], "--out", text(second.path())]);
    for name in ["haidong-2023.json", "haidong-2024.json"] {
        let read = |folder: &tempfile::TempDir| std::fs::read(folder.path().join(name)).unwrap();
        assert!(read(&first) == read(&second), "{name} differs");
    }
}

#[test]
fn the_second_reader_agrees_with_the_first() {
    let out = folder();
    let output =
        yusuan(&["convert", "--log", "samples/haidong-2023.pdf", "--second-reader", "--out", text(out.path())]);
    assert!(is_converted(&output), "{}", stdout(&output));
    let written = std::fs::read_to_string(out.path().join("haidong-2023.json")).unwrap();
    assert!(!written.contains("second-reader-"), "{}", stdout(&output));
}

#[test]
fn a_second_reader_that_panics_is_only_unavailable() {
    let out = folder();
    let output =
        yusuan(&["convert", "--log", "samples/haidong-2023-cid.pdf", "--second-reader", "--out", text(out.path())]);
    assert!(is_converted(&output), "{}", stdout(&output));
    let written = std::fs::read_to_string(out.path().join("haidong-2023-cid.json")).unwrap();
    assert!(written.contains("second-reader-unavailable"));
}

/// The findings of a planted document, by the cells that explain them: page, printed, what it should be.
fn suspects(file: &serde_json::Value) -> Vec<(u64, &str, &str)> {
    let suspects = file["checks"].as_array().expect("checks").iter().map(|check| &check["suspect"]);
    let suspects = suspects.filter(|suspect| !suspect.is_null()).map(|suspect| {
        let words = |field: &str| suspect[field].as_str().expect("a figure");
        (suspect["place"]["page"].as_u64().expect("a page"), words("printed"), words("should_be"))
    });
    suspects.collect()
}

#[test]
fn check_names_the_wrong_cells() {
    let output = yusuan(&["check", "samples/haidong-2023-wrongsum.pdf"]);
    assert_eq!(output.status.code(), Some(1), "{}", stderr(&output));
    let said = stdout(&output);
    for line in [
        "错误  第9页 部门公开表3 支出总表 第8行 20805 行政事业单位养老支出 · 合计、基本支出：印为 330.00万元，应为 320.00万元（差 10.00）",
        "2023年预算数/项目支出：印为 765.66万元，应为 756.66万元（差 9.00）",
        "1 个文件：0 个无发现，1 个有发现，0 个无法转换",
    ] {
        assert!(said.contains(line), "{line} is missing:\n{said}");
    }
}

#[test]
fn check_in_json_has_every_file() {
    let out = folder();
    let broken = out.path().join("broken.pdf");
    std::fs::write(&broken, b"no PDF at all").unwrap();
    let output = yusuan(&["check", text(&broken), "samples/haidong-2023-wrongsum.pdf", "--format", "json"]);
    assert_eq!(output.status.code(), Some(2), "{}", stderr(&output));
    let report: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON and nothing else");
    assert_eq!(report[0]["error"]["kind"], "not-a-pdf");
    assert_eq!(report[0]["verification"], serde_json::Value::Null);
    assert_eq!(report[1]["file"], "samples/haidong-2023-wrongsum.pdf");
    assert_eq!(report[1]["verification"]["amounts"], 199);
    let found = suspects(&report[1]);
    assert!(found.contains(&(9, "330.00", "320.00")), "page 9, row 20805: {found:?}");
    assert!(found.contains(&(12, "765.66", "756.66")), "page 12, row 2010399: {found:?}");
    assert!(found.contains(&(13, "32.00", "30.20")), "page 13, row 30211: {found:?}");
    let checks = report[1]["checks"].as_array().expect("checks");
    assert!(checks.iter().all(|check| check["status"] == "fail"), "passes are not repeated");
}

#[test]
fn check_exits_with_2_after_a_failure_and_still_reports_the_others() {
    let output = yusuan(&["check", "samples/haidong-2023-scan.pdf", "samples/haidong-2023-wrongsum.pdf"]);
    assert_eq!(output.status.code(), Some(2));
    let said = stdout(&output);
    assert!(said.contains("无法转换  没有文字层（no-text-layer: "), "{said}");
    assert!(said.contains("印为 330.00万元，应为 320.00万元"), "{said}");
    assert!(said.contains("2 个文件：0 个无发现，1 个有发现，1 个无法转换"), "{said}");
}

#[test]
fn the_exit_status_of_check_says_whether_anything_was_found() {
    for sample in ["samples/haidong-2023.pdf", "samples/haidong-2023-writer.pdf", "samples/haidong-2023-borderless.pdf"]
    {
        let output = yusuan(&["check", sample, "--severity", "warning", "--format", "json"]);
        let report: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
        let is_empty = |field: &str| report[0][field].as_array().expect("a list").is_empty();
        let expected = if is_empty("checks") && is_empty("diagnostics") { 0 } else { 1 };
        assert_eq!(output.status.code(), Some(expected), "{sample}");
    }
}

/// What stands outside of quotation marks.
fn unquoted(text: &str) -> String {
    let mut depth = 0_usize;
    let outside = text.chars().filter(|character| {
        match character {
            '“' => depth += 1,
            '”' => depth = depth.saturating_sub(1),
            _ => return depth == 0,
        }
        false
    });
    outside.collect()
}

#[test]
fn check_in_english_quotes_the_documents_chinese_and_says_nothing_else_in_it() {
    let output = yusuan(&["check", "samples/haidong-2023-wrongsum.pdf", "--lang", "en", "--severity", "warning"]);
    let said = stdout(&output);
    assert!(said.contains("page 9, “部门公开表3 支出总表”, row 8 “20805 行政事业单位养老支出”"), "{said}");
    assert!(said.contains("printed 330.00 “万元”, should be 320.00 “万元” (difference 10.00)"), "{said}");
    assert!(said.contains("subject = sum of the subjects below it"), "{said}");
    let is_chinese = |character: &char| ('\u{3400}'..='\u{9fff}').contains(character);
    let own: String = unquoted(&said).chars().filter(is_chinese).collect();
    assert_eq!(own, "", "{said}");
}

#[test]
fn check_shows_what_is_grave_enough_and_counts_everything() {
    let check = |severity: &str| {
        let output = yusuan(&["check", "samples/haidong-2023-borderless.pdf", "--severity", severity]);
        assert_eq!(output.status.code(), Some(1), "what is shown does not change the exit status");
        stdout(&output)
    };
    let (all, errors) = (check("note"), check("error"));
    assert!(all.contains("警告  aligned-table ×11"), "{all}");
    assert!(!errors.contains("aligned-table"), "{errors}");
    let counts = |said: &str| said.lines().find(|line| line.contains("核对 ")).map(str::to_owned);
    assert!(counts(&all).is_some() && counts(&all) == counts(&errors), "{all}{errors}");
}

#[test]
fn check_tells_on_request_what_was_not_applicable() {
    let check = |more: &[&str]| stdout(&yusuan(&[&["check", "samples/haidong-2023-wrongsum.pdf"], more].concat()));
    let line = "  不适用  合计 = 基本支出 + 项目支出：政府性基金预算支出表：本表没有数字";
    assert!(check(&["--all"]).contains(line), "{}", check(&["--all"]));
    assert!(!check(&[]).contains("  不适用  "));
    let json: serde_json::Value = serde_json::from_str(&check(&["--all", "--format", "json"])).expect("JSON");
    let checks = json[0]["checks"].as_array().expect("checks");
    assert!(checks.iter().any(|check| check["status"] == "not_applicable" && check["reason"].is_string()));
}

#[test]
fn errors_say_what_to_do() {
    let out = folder();
    let output = yusuan(&["convert", "--log", "no-such-file.pdf", "--out", text(out.path())]);
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("there is no file or folder no-such-file.pdf"), "{}", stderr(&output));
    let output = yusuan(&["convert", "--log", text(out.path()), "--out", text(out.path())]);
    assert!(stderr(&output).contains("no PDF in the inputs"), "{}", stderr(&output));
}

#[test]
fn another_vocabulary_can_be_used_and_its_mistakes_are_named() {
    let out = folder();
    let file = out.path().join("own.toml");
    std::fs::write(&file, "family = \"own\"\ncolour = \"blue\"\n").unwrap();
    let convert = |vocabulary: &Path| {
        yusuan(&[
            "convert",
            "--log",
            "samples/haidong-2023.pdf",
            "--vocabulary",
            text(vocabulary),
            "--out",
            text(out.path()),
        ])
    };
    let output = convert(&file);
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("colour"), "{}", stderr(&output));
    let own = std::fs::read_to_string(root().join("src/language/vocabulary/national.toml")).unwrap();
    std::fs::write(&file, own.replace("family = \"national\"", "family = \"own\"")).unwrap();
    assert!(is_converted(&convert(&file)));
    let written = std::fs::read_to_string(out.path().join("haidong-2023.json")).unwrap();
    assert!(written.contains("\"layout\": \"own\""));
}

#[cfg(target_os = "linux")]
#[test]
fn closed_pipes_are_quiet_and_full_disks_are_told() {
    let run = |arguments: &str, to: &str| {
        let shell =
            format!("'{}' {arguments} {to}; echo \"status ${{PIPESTATUS[0]}}\" >&2", env!("CARGO_BIN_EXE_yusuan"));
        let output = Command::new("bash").current_dir(root()).args(["-c", &shell]).output().expect("bash");
        stderr(&output)
    };
    for arguments in ["schema", "check samples/haidong-2023.pdf", "check --format json samples/haidong-2023.pdf"] {
        let status = if arguments == "schema" { 0 } else { 1 };
        assert_eq!(run(arguments, "| true"), format!("status {status}\n"), "{arguments}");
        let full = run(arguments, "> /dev/full");
        assert!(full.starts_with("error: standard output: ") && full.ends_with("status 2\n"), "{arguments}: {full}");
    }
}

#[cfg(unix)]
#[test]
fn a_link_or_a_pipe_is_not_replaced_by_an_output() {
    let folder = folder();
    let (link, target) = (folder.path().join("x.svg"), folder.path().join("target"));
    std::fs::write(&target, "somebody's").expect("a file");
    std::os::unix::fs::symlink(&target, &link).expect("a link");
    let arguments = ["inspect", "samples/haidong-2023.pdf", "--page", "9", "--stage", "cells", "-o", text(&link)];
    let output = yusuan(&arguments);
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("no regular file"), "{}", stderr(&output));
    assert!(link.is_symlink());
    assert_eq!(std::fs::read_to_string(&target).expect("the file"), "somebody's");
}

#[test]
fn an_output_folder_may_have_a_name_like_an_option() {
    let folder = folder();
    let mut command = Command::new(env!("CARGO_BIN_EXE_yusuan"));
    let sample = root().join("samples/haidong-2023.pdf");
    let output = command.current_dir(folder.path()).args(["convert", text(&sample), "--out=-x"]).output();
    assert!(is_converted(&output.expect("the program starts")));
    assert!(folder.path().join("-x/haidong-2023.json").is_file());
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
