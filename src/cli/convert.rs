//! `yusuan convert`: files and folders → JSON files.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use clap::Args;
use yusuan::document::{CheckStatus, Severity};
use yusuan::{Document, Error, ErrorKind, Options, Vocabulary, convert, to_json, write_atomically};

use super::{CLEAN, FAILURE, FINDINGS};

/// Convert PDFs to document JSON.
///
/// Prints a line for each file: `ok`, `findings` (the JSON is written, and its diagnostics should be looked at) or
/// `failed` with the reason. A file that fails never stops the others.
#[derive(Args)]
pub(super) struct Arguments {
    /// PDF files, or folders whose PDFs are converted.
    #[arg(required = true, value_name = "INPUT")]
    inputs: Vec<PathBuf>,

    /// Folder for the JSON files, one `<name>.json` for each `<name>.pdf`; made if it is not there.
    #[arg(long, short, value_name = "DIR")]
    out: PathBuf,

    /// Read the text a second time with another library and report pages on which the figures differ.
    #[arg(long)]
    second_reader: bool,

    /// Use this vocabulary file instead of the built-in one.
    #[arg(long, value_name = "FILE")]
    vocabulary: Option<PathBuf>,
}

/// Counts of a run.
#[derive(Default)]
struct Summary {
    clean: usize,
    findings: usize,
    failed: usize,
}

pub(super) fn run(arguments: &Arguments) -> Result<u8, String> {
    let vocabulary = arguments.vocabulary.as_deref().map(read_vocabulary).transpose()?;
    let files = collect(&arguments.inputs)?;
    if files.is_empty() {
        return Err("no PDF in the inputs; give PDF files, or folders that hold them".to_owned());
    }
    std::fs::create_dir_all(&arguments.out)
        .map_err(|error| format!("cannot make the folder {}: {error}", arguments.out.display()))?;
    let mut summary = Summary::default();
    let mut taken: BTreeMap<PathBuf, PathBuf> = BTreeMap::new();
    for file in &files {
        let name = file.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let target = arguments.out.join(Path::new(&name).with_extension("json"));
        let options = Options { file: name, vocabulary: vocabulary.clone(), second_reader: arguments.second_reader };
        let outcome = match taken.get(&target) {
            Some(other) => {
                Err(Error::new(ErrorKind::Io, format!("its output would overwrite that of {}", other.display())))
            }
            None => convert_file(file, &target, &options),
        };
        taken.insert(target, file.clone());
        summary.add(file, &outcome);
    }
    println!(
        "{} files: {} ok, {} with findings, {} failed; JSON in {}",
        files.len(),
        summary.clean,
        summary.findings,
        summary.failed,
        arguments.out.display()
    );
    Ok(match summary {
        Summary { failed: 1.., .. } => FAILURE,
        Summary { findings: 1.., .. } => FINDINGS,
        _ => CLEAN,
    })
}

impl Summary {
    fn add(&mut self, file: &Path, outcome: &Result<Document, Error>) {
        let file = file.display();
        match outcome {
            Err(error) => {
                self.failed += 1;
                println!("failed    {file}: {error}");
            }
            Ok(document) if document.has_findings() => {
                self.findings += 1;
                println!("findings  {file}: {}; {}", contents(document), findings(document));
            }
            Ok(document) => {
                self.clean += 1;
                println!("ok        {file}: {}", contents(document));
            }
        }
    }
}

fn contents(document: &Document) -> String {
    let projects = document.performance.as_ref().map_or(0, |performance| performance.projects.len());
    format!(
        "{} pages, {} tables, {} amounts, {projects} projects, {} statements",
        document.source.pages,
        document.tables.len(),
        document.facts.len(),
        document.statements.len()
    )
}

/// What was found, by name: `unmapped-glyphs ×2`.
fn findings(document: &Document) -> String {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for diagnostic in document.diagnostics.iter().filter(|diagnostic| diagnostic.severity > Severity::Note) {
        *counts.entry(&diagnostic.id).or_default() += 1;
    }
    for check in document.checks.iter().filter(|check| check.status == CheckStatus::Fail) {
        *counts.entry(&check.id).or_default() += 1;
    }
    let named = counts.into_iter().map(|(id, count)| if count > 1 { format!("{id} ×{count}") } else { id.to_owned() });
    named.collect::<Vec<_>>().join(", ")
}

fn convert_file(file: &Path, target: &Path, options: &Options) -> Result<Document, Error> {
    let bytes = std::fs::read(file).map_err(|error| Error::new(ErrorKind::Io, error.to_string()))?;
    let document = convert(&bytes, options)?;
    write_atomically(target, &to_json(&document)?)?;
    Ok(document)
}

fn read_vocabulary(path: &Path) -> Result<Vocabulary, String> {
    let text = std::fs::read_to_string(path).map_err(|error| format!("cannot read {}: {error}", path.display()))?;
    Vocabulary::from_toml(&text).map_err(|error| format!("{}: {error}", path.display()))
}

/// The files to convert, in the order given; those of a folder by name.
fn collect(inputs: &[PathBuf]) -> Result<Vec<PathBuf>, String> {
    let mut files = Vec::new();
    for input in inputs {
        let unreadable = |error: std::io::Error| format!("cannot read {}: {error}", input.display());
        if !input.is_dir() {
            if !input.exists() {
                return Err(format!("there is no file or folder {}", input.display()));
            }
            files.push(input.clone());
            continue;
        }
        let mut found = Vec::new();
        for entry in std::fs::read_dir(input).map_err(unreadable)? {
            let path = entry.map_err(unreadable)?.path();
            let is_pdf = path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("pdf"));
            if is_pdf && path.is_file() {
                found.push(path);
            }
        }
        found.sort();
        files.extend(found);
    }
    Ok(files)
}
