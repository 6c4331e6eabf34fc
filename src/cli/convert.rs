//! `yusuan convert`: files and folders → JSON files.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use clap::Args;
use yusuan::document::{Check, CheckStatus, Severity};
use yusuan::findings::Tally;
use yusuan::{Document, Error, ErrorKind, Options, to_json, write_atomically};

use super::exit_code;
use super::inputs::{Inputs, file_name, read_document};

/// Convert PDFs to document JSON.
///
/// Prints a line for each file: `ok`, `findings` (the JSON is written, and its diagnostics should be looked at) or
/// `failed` with the reason. A file that fails never stops the others.
#[derive(Args)]
pub(super) struct Arguments {
    #[command(flatten)]
    inputs: Inputs,

    /// Folder for the JSON files, one `<name>.json` for each `<name>.pdf`; made if it is not there.
    #[arg(long, short, value_name = "DIR")]
    out: PathBuf,
}

pub(super) fn run(arguments: &Arguments) -> Result<u8, String> {
    let (files, options) = arguments.inputs.open()?;
    std::fs::create_dir_all(&arguments.out)
        .map_err(|error| format!("cannot make the folder {}: {error}", arguments.out.display()))?;
    let mut tally = Tally::default();
    let mut taken: BTreeMap<PathBuf, PathBuf> = BTreeMap::new();
    for file in &files {
        let target = arguments.out.join(Path::new(&file_name(file)).with_extension("json"));
        let outcome = match taken.get(&target) {
            Some(other) => {
                Err(Error::new(ErrorKind::Io, format!("its output would overwrite that of {}", other.display())))
            }
            None => convert_file(file, &target, &options),
        };
        taken.insert(target, file.clone());
        tally.add(&outcome);
        println!("{}", line(file, &outcome));
    }
    println!(
        "{} files: {} ok, {} with findings, {} failed; JSON in {}",
        files.len(),
        tally.clean,
        tally.with_findings,
        tally.failed,
        arguments.out.display()
    );
    Ok(exit_code(&tally))
}

/// What became of a file.
fn line(file: &Path, outcome: &Result<Document, Error>) -> String {
    let file = file.display();
    match outcome {
        Err(error) => format!("failed    {file}: {error}"),
        Ok(document) if document.has_findings() => {
            format!("findings  {file}: {}; {}", contents(document), findings(document))
        }
        Ok(document) => format!("ok        {file}: {}", contents(document)),
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
    let failed = |check: &&Check| check.status == CheckStatus::Fail && check.severity > Severity::Note;
    for check in document.checks.iter().filter(failed) {
        *counts.entry(&check.id).or_default() += 1;
    }
    let named = counts.into_iter().map(|(id, count)| if count > 1 { format!("{id} ×{count}") } else { id.to_owned() });
    named.collect::<Vec<_>>().join(", ")
}

fn convert_file(file: &Path, target: &Path, options: &Options) -> Result<Document, Error> {
    let document = read_document(file, options)?;
    write_atomically(target, &to_json(&document)?)?;
    Ok(document)
}
