//! The commands of the README, in both languages, do what it says.

use std::path::PathBuf;
use std::process::Command;

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// The lines of the README's shell blocks.
fn commands(readme: &str) -> Vec<String> {
    let text = std::fs::read_to_string(root().join(readme)).expect("a README");
    let mut inside = false;
    let mut found = Vec::new();
    for line in text.lines() {
        match line {
            "```sh" => inside = true,
            "```" => inside = false,
            _ if inside => found.push(line.to_owned()),
            _ => {}
        }
    }
    found
}

#[test]
fn both_languages_have_the_same_two_commands() {
    assert_eq!(commands("README.md"), commands("README.zh-CN.md"));
    assert_eq!(commands("README.md").len(), 2);
    assert_eq!(commands("README.md")[1], "cargo test");
}

#[test]
fn the_main_command_converts_the_samples() {
    let command = commands("README.md").remove(0);
    let arguments = command.strip_prefix("cargo run --release -- ").expect("cargo runs the program");
    let out = tempfile::tempdir().expect("a temporary folder");
    let arguments = arguments.split(' ').map(|word| match word {
        "out" => out.path().to_str().expect("a path in UTF-8").to_owned(),
        word => word.to_owned(),
    });
    let output =
        Command::new(env!("CARGO_BIN_EXE_yusuan")).current_dir(root()).args(arguments).output().expect("it starts");
    assert_eq!(output.status.code(), Some(2), "one sample is a scan");
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    let readme = std::fs::read_to_string(root().join("README.md")).expect("the README");
    let is_outcome = |line: &&str| ["ok  ", "findings  ", "failed  "].iter().any(|outcome| line.starts_with(outcome));
    let shown = readme.lines().filter(is_outcome);
    for line in shown {
        assert!(said.contains(line), "the README shows a line that was not printed: {line}\n{said}");
    }
    let written = std::fs::read_dir(out.path()).expect("the output").flatten().map(|entry| entry.path());
    assert_eq!(written.filter(|path| path.extension().is_some_and(|extension| extension == "json")).count(), 8);
}

/// The lines of a README's example of `yusuan check`: from the line that names the file to the end of its block.
fn example_of_check(readme: &str) -> Vec<String> {
    let text = std::fs::read_to_string(root().join(readme)).expect("a README");
    let example = text.lines().skip_while(|line| !line.starts_with("samples/haidong-2023-wrongsum.pdf"));
    example.take_while(|line| *line != "```").map(str::to_owned).collect()
}

#[test]
fn the_examples_of_check_are_what_it_prints() {
    for (readme, language) in [("README.md", "en"), ("README.zh-CN.md", "zh")] {
        let arguments = ["check", "samples/haidong-2023-wrongsum.pdf", "--lang", language];
        let output = Command::new(env!("CARGO_BIN_EXE_yusuan")).current_dir(root()).args(arguments).output();
        let said = String::from_utf8_lossy(&output.expect("it starts").stdout).into_owned();
        let shown = example_of_check(readme);
        assert!(shown.len() > 2, "{readme} shows no example");
        for line in shown {
            assert!(said.lines().any(|printed| printed == line), "{readme} shows what is not printed: {line}\n{said}");
        }
    }
}
