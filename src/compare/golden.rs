//! New outputs against golden ones: the regression mode.
//!
//! A golden file is the document JSON that a conversion must give, byte for byte, or `{"error": …}` where it must fail.
//! [`cases`] lists what belongs together by name, [`Case::run`] compares one, and what differs is told as a
//! [`Comparison`] and as the paths of the JSON where the bytes differ.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{Comparison, Named, compare};
use crate::conversion::{Options, convert};
use crate::document::Document;
use crate::document::{Error, ErrorKind};
use crate::document::{from_json, to_json};
use crate::outputs::document_files;
use crate::outputs::write_atomically;

/// Differing paths of the JSON that are told of a case.
const SHOWN_PATHS: usize = 10;

/// What must be, and what is.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Case {
    /// Name below both folders, without extension.
    pub name: String,
    /// The golden file, where there is one.
    golden: Option<PathBuf>,
    /// The new output, or the PDF that gives it.
    new: Option<PathBuf>,
    /// Whether no output at all is what a golden error expects: outputs are written of what can be converted only.
    may_be_absent: bool,
}

/// How a case ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum CaseStatus {
    /// Byte for byte the golden file.
    Same,
    /// Something differs.
    Different,
    /// There is a golden file, but no new output.
    Missing,
    /// There is a new output, but no golden file.
    Extra,
}

/// What became of a case.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct CaseResult {
    /// Name below both folders, without extension.
    pub name: String,
    /// How it ended.
    pub status: CaseStatus,
    /// What differs, where both are documents.
    pub comparison: Option<Comparison>,
    /// The error that the golden file expects.
    pub golden_error: Option<String>,
    /// The error that there is now.
    pub new_error: Option<String>,
    /// The first values of the JSON that differ.
    pub paths: Vec<PathChange>,
    /// How many values differ in all.
    pub path_count: usize,
    /// The new output, for blessing.
    #[serde(skip)]
    text: Option<String>,
}

/// Whether every new output is its golden one.
pub(crate) fn is_clean(cases: &[CaseResult]) -> bool {
    cases.iter().all(|case| case.status == CaseStatus::Same)
}

/// A value that differs.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct PathChange {
    /// Its place: `tables[3].rows[0].cells[1]`.
    pub path: String,
    /// The golden value as JSON; null where there is none.
    pub old: Option<String>,
    /// The new value as JSON; null where there is none.
    pub new: Option<String>,
}

/// The cases of a golden folder: each golden file with the new output of its name. `new` is a folder of outputs or of
/// PDFs, or one file, which is compared alone.
///
/// # Errors
/// [`ErrorKind::Io`] if a folder cannot be read, a file is neither JSON nor PDF, or two outputs have one name.
pub(crate) fn cases(golden: &Path, new: &Path) -> Result<Vec<Case>, Error> {
    let mut goldens = BTreeMap::new();
    for file in document_files(golden)? {
        goldens.insert(name(&file, golden), file);
    }
    let mut outputs: BTreeMap<String, PathBuf> = BTreeMap::new();
    let folder = if new.is_dir() { new } else { new.parent().unwrap_or(Path::new("")) };
    for file in outputs_in(new)? {
        if let Some(other) = outputs.insert(name(&file, folder), file.clone()) {
            let message = format!("{} and {} would be one output", other.display(), file.display());
            return Err(Error::new(ErrorKind::Io, message));
        }
    }
    let may_be_absent = outputs.values().any(|file| !is_input(file));
    let mut names: Vec<&String> = outputs.keys().collect();
    if new.is_dir() {
        names.extend(goldens.keys());
        names.sort();
        names.dedup();
    }
    let case = |name: &String| Case {
        name: name.clone(),
        golden: goldens.get(name).cloned(),
        new: outputs.get(name).cloned(),
        may_be_absent,
    };
    Ok(names.into_iter().map(case).collect())
}

/// A file's name below a folder, without its extension.
fn name(file: &Path, folder: &Path) -> String {
    let below = file.strip_prefix(folder).unwrap_or(file);
    below.with_extension("").to_string_lossy().replace('\\', "/")
}

/// Whether a file is to be converted: a PDF, or a text dump.
fn is_input(file: &Path) -> bool {
    let has = |wanted: &str| file.extension().is_some_and(|extension| extension.eq_ignore_ascii_case(wanted));
    has("pdf") || (has("txt") && std::fs::read(file).is_ok_and(|bytes| crate::dump::is_dump(&bytes)))
}

/// The outputs, PDFs and text dumps that `new` is or holds.
fn outputs_in(new: &Path) -> Result<Vec<PathBuf>, Error> {
    if !new.is_dir() {
        return Ok(vec![new.to_owned()]);
    }
    let mut files = document_files(new)?;
    for entry in walkdir::WalkDir::new(new).sort_by_file_name() {
        let entry = entry.map_err(|error| Error::new(ErrorKind::Io, error.to_string()))?;
        if entry.file_type().is_file() && is_input(entry.path()) {
            files.push(entry.into_path());
        }
    }
    Ok(files)
}

impl Case {
    /// Compares the new output with the golden one. `options` say how a PDF is converted.
    ///
    /// # Errors
    /// [`ErrorKind::Io`] if a file cannot be read.
    pub(crate) fn run(&self, options: &Options) -> Result<CaseResult, Error> {
        let golden = self.golden.as_deref().map(read).transpose()?;
        let new = self.new.as_deref().map(|file| output(file, options)).transpose()?;
        let mut result = CaseResult {
            name: self.name.clone(),
            status: CaseStatus::Same,
            comparison: None,
            golden_error: golden.as_deref().and_then(error_of),
            new_error: new.as_deref().and_then(error_of),
            paths: Vec::new(),
            path_count: 0,
            text: None,
        };
        match (&golden, &new) {
            (Some(golden), Some(new)) if golden != new => result.tell(golden, new)?,
            (Some(_), Some(_)) => {}
            (Some(_), None) if self.may_be_absent && result.golden_error.is_some() => {}
            (Some(_), None) => result.status = CaseStatus::Missing,
            (None, _) => result.status = CaseStatus::Extra,
        }
        result.text = new;
        Ok(result)
    }
}

impl CaseResult {
    /// What differs between two texts.
    fn tell(&mut self, golden: &str, new: &str) -> Result<(), Error> {
        self.status = CaseStatus::Different;
        if let (Ok(before), Ok(after)) = (from_json(golden), from_json(new)) {
            let named = |document| Named { file: &self.name, document };
            self.comparison = Some(compare(named(&before), named(&after))?);
        }
        let values = (serde_json::from_str(golden), serde_json::from_str(new));
        if let (Ok(golden), Ok(new)) = values {
            let mut paths = Vec::new();
            differing_paths(String::new(), Some(&golden), Some(&new), &mut paths);
            self.path_count = paths.len();
            paths.truncate(SHOWN_PATHS);
            self.paths = paths;
        }
        Ok(())
    }

    /// Makes the new output the golden one, where the two differ or there is none.
    ///
    /// # Errors
    /// [`ErrorKind::Io`] if it cannot be written.
    pub(crate) fn bless(&self, golden: &Path) -> Result<bool, Error> {
        let Some(text) = self.text.as_deref().filter(|_| self.status != CaseStatus::Same) else { return Ok(false) };
        let file = golden.join(format!("{}.json", self.name));
        if let Some(folder) = file.parent() {
            std::fs::create_dir_all(folder)
                .map_err(|error| Error::new(ErrorKind::Io, format!("{}: {error}", folder.display())))?;
        }
        write_atomically(&file, text)?;
        Ok(true)
    }
}

fn read(file: &Path) -> Result<String, Error> {
    std::fs::read_to_string(file).map_err(|error| Error::new(ErrorKind::Io, format!("{}: {error}", file.display())))
}

/// What a file gives: its text, or of a PDF or text dump that of its conversion.
fn output(file: &Path, options: &Options) -> Result<String, Error> {
    if !is_input(file) {
        return read(file);
    }
    let bytes =
        std::fs::read(file).map_err(|error| Error::new(ErrorKind::Io, format!("{}: {error}", file.display())))?;
    let name = file.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    golden_text(&convert(&bytes, &Options { file: name, ..options.clone() }))
}

/// The golden file of an outcome: the document, or the error in its place.
///
/// # Errors
/// [`ErrorKind::Internal`] if it cannot be written as JSON, which would be a defect.
pub(crate) fn golden_text(outcome: &Result<Document, Error>) -> Result<String, Error> {
    match outcome {
        Ok(document) => to_json(document),
        Err(error) => {
            let json = serde_json::to_string_pretty(&GoldenError { error: error.to_string() });
            let json = json.map_err(|error| Error::new(ErrorKind::Internal, format!("cannot be JSON: {error}")))?;
            Ok(json + "\n")
        }
    }
}

/// A golden file that expects an error.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct GoldenError {
    error: String,
}

fn error_of(text: &str) -> Option<String> {
    serde_json::from_str::<GoldenError>(text).ok().map(|golden| golden.error)
}

/// The values that differ, in the order of the golden JSON.
fn differing_paths(path: String, old: Option<&Value>, new: Option<&Value>, found: &mut Vec<PathChange>) {
    match (old, new) {
        (Some(Value::Object(old)), Some(Value::Object(new))) => {
            let added = new.keys().filter(|key| !old.contains_key(*key));
            for key in old.keys().chain(added) {
                let dot = if path.is_empty() { "" } else { "." };
                differing_paths(format!("{path}{dot}{key}"), old.get(key), new.get(key), found);
            }
        }
        (Some(Value::Array(old)), Some(Value::Array(new))) => {
            for index in 0..old.len().max(new.len()) {
                differing_paths(format!("{path}[{index}]"), old.get(index), new.get(index), found);
            }
        }
        (old, new) if old == new => {}
        (old, new) => {
            let text = |value: Option<&Value>| value.map(Value::to_string);
            found.push(PathChange { path, old: text(old), new: text(new) });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn paths(old: &str, new: &str) -> Vec<(String, Option<String>, Option<String>)> {
        let value = |text: &str| serde_json::from_str::<Value>(text).expect("JSON");
        let mut found = Vec::new();
        differing_paths(String::new(), Some(&value(old)), Some(&value(new)), &mut found);
        found.into_iter().map(|change| (change.path, change.old, change.new)).collect()
    }

    #[test]
    fn values_that_differ_are_named_by_their_path() {
        let found = paths(r#"{"a":[1,{"b":"x"}],"c":null}"#, r#"{"a":[1,{"b":"y"},2],"d":0}"#);
        let text = |text: &str| Some(text.to_owned());
        let expected = [
            ("a[1].b".to_owned(), text("\"x\""), text("\"y\"")),
            ("a[2]".to_owned(), None, text("2")),
            ("c".to_owned(), text("null"), None),
            ("d".to_owned(), None, text("0")),
        ];
        assert_eq!(found, expected);
    }

    fn folder(files: &[(&str, &str)]) -> tempfile::TempDir {
        let folder = tempfile::tempdir().expect("a temporary folder");
        for (name, text) in files {
            let path = folder.path().join(name);
            std::fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
            std::fs::write(path, text).expect("a file");
        }
        folder
    }

    fn statuses(golden: &Path, new: &Path) -> Vec<(String, CaseStatus)> {
        let cases = cases(golden, new).expect("readable folders");
        let results = cases.iter().map(|case| case.run(&Options::default()).expect("readable files"));
        results.map(|result| (result.name, result.status)).collect()
    }

    #[test]
    fn missing_and_extra_outputs_are_named() {
        let golden = folder(&[("a.json", "{}"), ("b/c.json", "{}"), ("scan.json", r#"{"error": "no-text-layer: x"}"#)]);
        let new = folder(&[("a.json", "{}"), ("d.json", "{}")]);
        let expected = [
            ("a".to_owned(), CaseStatus::Same),
            ("b/c".to_owned(), CaseStatus::Missing),
            ("d".to_owned(), CaseStatus::Extra),
            ("scan".to_owned(), CaseStatus::Same),
        ];
        assert_eq!(statuses(golden.path(), new.path()), expected, "outputs of what fails are not written");
        assert_eq!(statuses(golden.path(), &new.path().join("a.json")), expected[..1], "one file is compared alone");
    }

    #[test]
    fn an_expected_error_is_compared_with_the_one_of_the_pdf() {
        let error = convert(b"no PDF", &Options::default());
        let golden = folder(&[("a.json", &golden_text(&error).expect("JSON")), ("b.json", "{}")]);
        let new = folder(&[("a.pdf", "no PDF"), ("b.pdf", "no PDF")]);
        let expected = [("a".to_owned(), CaseStatus::Same), ("b".to_owned(), CaseStatus::Different)];
        assert_eq!(statuses(golden.path(), new.path()), expected);
    }

    #[test]
    fn blessing_writes_what_differs_and_nothing_else() {
        let golden = folder(&[("a.json", "{}"), ("b.json", "[1]"), ("gone.json", "{}")]);
        let new = folder(&[("a.json", "{}"), ("b.json", "[2]"), ("c/d.json", "[3]")]);
        let mut blessed = Vec::new();
        for case in cases(golden.path(), new.path()).expect("readable folders") {
            let result = case.run(&Options::default()).expect("readable files");
            if result.bless(golden.path()).expect("a writable folder") {
                blessed.push(result.name);
            }
        }
        assert_eq!(blessed, ["b", "c/d"]);
        assert_eq!(std::fs::read_to_string(golden.path().join("c/d.json")).expect("blessed"), "[3]");
        assert!(golden.path().join("gone.json").exists(), "nothing is deleted");
    }

    #[test]
    fn two_outputs_of_one_name_are_an_error() {
        let new = folder(&[("a.json", "{}"), ("a.pdf", "")]);
        let error = cases(new.path(), new.path()).expect_err("two of one name");
        assert!(error.message().contains("a.json"), "{error}");
    }
}
