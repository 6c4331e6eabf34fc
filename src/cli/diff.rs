//! `yusuan diff`: two documents, two folders, or outputs against golden ones → what differs.

use std::path::{Path, PathBuf};

use crate::compare::folders::{self, Comparisons, YearOfNew};
use crate::compare::report::ComparisonReport;
use crate::compare::{Comparison, Named, compare, golden};
use crate::conversion::Options;
use crate::document::Document;
use clap::{Args, ValueEnum};

use super::inputs::read_document;
use super::language::LanguageName;
use super::output::say;
use super::{CLEAN, FAILURE, FINDINGS, print_json};

/// Show what differs between two documents, or two folders of documents.
///
/// Amounts with difference and percentage, rows, projects and indicators that were dropped or added, numbers of the
/// narrative, checks that end otherwise. OLD and NEW are document JSONs or PDFs, or folders of document JSONs whose
/// documents are matched by organisation, kind, scope and year. Exit status: 0 where nothing differs; 1 where something
/// does, or a document has no counterpart; 2 where a file cannot be read or converted, which never stops the others.
#[derive(Args)]
#[command(override_usage = "yusuan diff [OPTIONS] <OLD> <NEW>\n       yusuan diff [OPTIONS] --golden <DIR> <NEW>")]
pub(super) struct Arguments {
    /// Document JSON or PDF, or folder of document JSONs; with --golden the new outputs or PDFs.
    old: PathBuf,

    /// Document JSON or PDF, or folder of document JSONs.
    #[arg(required_unless_present = "golden", conflicts_with = "golden")]
    new: Option<PathBuf>,

    /// Match each document of the folder OLD with that of the following year in NEW, which may be the same folder.
    #[arg(long, conflicts_with = "golden")]
    year_on_year: bool,

    /// Compare new outputs, byte for byte, with the golden ones in this folder.
    ///
    /// Outputs have the names of their golden files; NEW may also be one file, which is compared alone. A golden file
    /// `{"error": …}` expects that the conversion fails so.
    #[arg(long, value_name = "DIR")]
    golden: Option<PathBuf>,

    /// Write what differs over the golden files; the exit status is 1 all the same this once.
    #[arg(long, requires = "golden")]
    bless: bool,

    /// Text for people, or one JSON document.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,

    /// Language of the text; the JSON is the same in both.
    #[arg(long, value_enum, default_value_t = LanguageName::Zh)]
    lang: LanguageName,
}

/// Form of the report.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// Lines of text.
    Text,
    /// JSON.
    Json,
}

pub(super) fn run(arguments: &Arguments) -> Result<u8, String> {
    let old = &arguments.old;
    match (&arguments.golden, &arguments.new) {
        (Some(golden), _) => run_golden(arguments, golden, old),
        (None, Some(new)) if old.is_dir() && new.is_dir() => run_folders(arguments, old, new),
        (None, Some(new)) if old.is_dir() == new.is_dir() => run_documents(arguments, old, new),
        (None, _) => Err("give two documents or two folders".to_owned()),
    }
}

fn run_documents(arguments: &Arguments, old: &Path, new: &Path) -> Result<u8, String> {
    if arguments.year_on_year {
        return Err("--year-on-year matches folders; two documents are compared whatever their years".to_owned());
    }
    let comparison = compare_documents(old, new)?;
    match arguments.format {
        Format::Text => say!("{}", arguments.report().comparison(&comparison).trim_end()),
        Format::Json => {
            let comparisons = Comparisons { comparisons: vec![comparison.clone()], ..Comparisons::default() };
            print_json(&comparisons)?;
        }
    }
    Ok(if comparison.is_empty() { CLEAN } else { FINDINGS })
}

fn compare_documents(old: &Path, new: &Path) -> Result<Comparison, String> {
    let (before, after) = (open(old)?, open(new)?);
    let (old, new) = (old.display().to_string(), new.display().to_string());
    compare(Named { file: &old, document: &before }, Named { file: &new, document: &after })
        .map_err(|error| error.to_string())
}

/// Reads a document JSON, or converts a PDF.
fn open(file: &Path) -> Result<Document, String> {
    if !file.exists() {
        return Err(format!("there is no file or folder {}", file.display()));
    }
    if file.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("pdf")) {
        return read_document(file, &Options::default()).map_err(|error| format!("{}: {error}", file.display()));
    }
    crate::outputs::read_document(file).map_err(|error| error.to_string())
}

fn run_folders(arguments: &Arguments, old: &Path, new: &Path) -> Result<u8, String> {
    let year_of_new = if arguments.year_on_year { YearOfNew::Following } else { YearOfNew::Same };
    let report = arguments.report();
    let comparisons = folders::compare_folders(old, new, year_of_new, |comparison| {
        if arguments.format == Format::Text {
            say!("{}", report.comparison(comparison));
        }
    })
    .map_err(|error| error.to_string())?;
    match arguments.format {
        Format::Text => say!("{}", report.rest(&comparisons)),
        Format::Json => print_json(&comparisons)?,
    }
    Ok(match &comparisons {
        Comparisons { unreadable, .. } if !unreadable.is_empty() => FAILURE,
        comparisons if comparisons.is_empty() => CLEAN,
        _ => FINDINGS,
    })
}

fn run_golden(arguments: &Arguments, golden: &Path, new: &Path) -> Result<u8, String> {
    let report = arguments.report();
    let cases = golden::cases(golden, new).map_err(|error| error.to_string())?;
    if cases.is_empty() {
        return Err(format!("neither {} nor {} holds a document", golden.display(), new.display()));
    }
    let (mut results, mut blessed) = (Vec::new(), 0);
    for case in cases {
        let result = case.run(&Options::default()).map_err(|error| error.to_string())?;
        if let (Format::Text, Some(text)) = (arguments.format, report.case(&result)) {
            say!("{text}");
        }
        if arguments.bless && result.bless(golden).map_err(|error| error.to_string())? {
            blessed += 1;
        }
        results.push(result);
    }
    match arguments.format {
        Format::Text => say!("{}", report.golden_summary(&results, blessed)),
        Format::Json => print_json(&results)?,
    }
    Ok(if golden::is_clean(&results) { CLEAN } else { FINDINGS })
}

impl Arguments {
    fn report(&self) -> ComparisonReport {
        let language = self.lang.language();
        ComparisonReport { language }
    }
}
