//! What changes the identity of a build, and what does not.

#[path = "../build.rs"]
#[allow(dead_code, reason = "its main function is cargo's")]
mod build;

use std::path::Path;

/// What cargo says of some build.
const VARIABLES: [(&str, &str); 6] = [
    ("CARGO_CFG_TARGET_OS", "linux"),
    ("CARGO_FEATURE_CLI", "1"),
    ("OPT_LEVEL", "3"),
    ("OUT_DIR", "/somewhere"),
    ("PROFILE", "release"),
    ("TARGET", "x86_64-unknown-linux-gnu"),
];

const COMPILER: &str = "rustc 1.95.0";

/// A project of a few files.
fn project() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder");
    for name in
        ["Cargo.lock", "Cargo.toml", "build.rs", "src/lib.rs", "src/language/vocabulary/national.toml", "README.md"]
    {
        write(folder.path(), name, name);
    }
    folder
}

fn write(folder: &Path, name: &str, text: &str) {
    let path = folder.join(name);
    std::fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
    std::fs::write(path, text).expect("a file");
}

fn identity(folder: &Path, variables: &[(&str, &str)], compiler: &str) -> String {
    let owned = variables.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
    build::identity(folder, owned, compiler)
}

fn of(folder: &Path) -> String {
    identity(folder, &VARIABLES, COMPILER)
}

#[test]
fn where_a_build_is_made_and_what_is_not_in_it_changes_nothing() {
    let (here, there) = (project(), project());
    write(there.path(), "README.md", "another");
    let elsewhere = VARIABLES.map(|(name, value)| (name, if name == "OUT_DIR" { "/elsewhere" } else { value }));
    let mut turned = elsewhere;
    turned.reverse();
    assert_eq!(identity(there.path(), &turned, COMPILER), of(here.path()));
}

#[test]
fn every_file_of_the_build_changes_it() {
    let unchanged = of(project().path());
    for name in
        ["Cargo.lock", "Cargo.toml", "build.rs", "src/lib.rs", "src/language/vocabulary/national.toml", "src/new.rs"]
    {
        let folder = project();
        write(folder.path(), name, "changed");
        assert_ne!(of(folder.path()), unchanged, "{name}");
    }
    let folder = project();
    std::fs::rename(folder.path().join("src/lib.rs"), folder.path().join("src/main.rs")).expect("another name");
    assert_ne!(of(folder.path()), unchanged, "a name");
}

#[test]
fn every_setting_of_the_build_changes_it() {
    let folder = project();
    let unchanged = of(folder.path());
    for at in VARIABLES.iter().enumerate().filter(|(_, (name, _))| *name != "OUT_DIR").map(|(at, _)| at) {
        let mut other = VARIABLES;
        other[at].1 = "other";
        assert_ne!(identity(folder.path(), &other, COMPILER), unchanged, "{}", VARIABLES[at].0);
    }
    for added in [("CARGO_FEATURE_DATA", "1"), ("CARGO_ENCODED_RUSTFLAGS", "-Ctarget-cpu=native")] {
        let other = [&VARIABLES[..], &[added]].concat();
        assert_ne!(identity(folder.path(), &other, COMPILER), unchanged, "{}", added.0);
    }
    assert_ne!(identity(folder.path(), &VARIABLES, "rustc 1.96.0"), unchanged, "the compiler");
}
