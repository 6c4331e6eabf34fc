//! Tells the program which build it is, so that the journal of a batch knows outputs of another build.
//!
//! The version alone does not tell: it stays the same while code, vocabulary, libraries or compiler change. What can
//! change an output is in the identity; where it was built, and when, is not.

use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};
use std::process::Command;

/// Files and folders that the build is made of: the code with its vocabulary, the libraries, features and profiles.
const SOURCES: [&str; 4] = ["Cargo.lock", "Cargo.toml", "build.rs", "src"];

/// What cargo tells of a build beside its files.
const SETTINGS: [&str; 4] = ["CARGO_ENCODED_RUSTFLAGS", "OPT_LEVEL", "PROFILE", "TARGET"];

/// How names of what it tells begin, of which there are many: features, and what `cfg` can ask for.
const SETTING_PREFIXES: [&str; 2] = ["CARGO_CFG_", "CARGO_FEATURE_"];

fn main() {
    for source in SOURCES {
        println!("cargo::rerun-if-changed={source}");
    }
    let settings = std::env::vars_os().filter_map(|(name, value)| {
        let name = name.into_string().ok()?;
        Some((name, value.to_string_lossy().into_owned()))
    });
    let compiler = std::env::var_os("RUSTC").map(|program| version(&program)).unwrap_or_default();
    println!("cargo::rustc-env=YUSUAN_BUILD={}", identity(Path::new("."), settings, &compiler));
}

/// What the compiler says of itself.
fn version(compiler: &OsStr) -> String {
    let output = Command::new(compiler).arg("-vV").output();
    output.map(|output| String::from_utf8_lossy(&output.stdout).into_owned()).unwrap_or_default()
}

/// The identity of a build, in hexadecimal digits: of the sources in a folder, the settings among the variables, and the
/// compiler.
pub fn identity(folder: &Path, variables: impl IntoIterator<Item = (String, String)>, compiler: &str) -> String {
    let mut files = Vec::new();
    SOURCES.iter().for_each(|source| collect(folder, Path::new(source), &mut files));
    files.sort();
    let mut hasher = DefaultHasher::new();
    for file in files {
        (file.to_string_lossy(), std::fs::read(folder.join(&file)).unwrap_or_default()).hash(&mut hasher);
    }
    let settings: BTreeMap<String, String> = variables.into_iter().filter(|(name, _)| is_setting(name)).collect();
    (settings, compiler).hash(&mut hasher);
    format!("{:016x}", hasher.finish())
}

fn is_setting(name: &str) -> bool {
    SETTINGS.contains(&name) || SETTING_PREFIXES.iter().any(|prefix| name.starts_with(prefix))
}

/// A file, or those of a folder, however deep.
fn collect(root: &Path, source: &Path, files: &mut Vec<PathBuf>) {
    let Ok(entries) = std::fs::read_dir(root.join(source)) else { return files.push(source.to_owned()) };
    for entry in entries.flatten() {
        collect(root, &source.join(entry.file_name()), files);
    }
}
