//! `yusuan check`: files and folders → a report of what does not add up.

use crate::document::Severity;
use crate::report::{FileFindings, Report, Tally};
use clap::{Args, ValueEnum};

use super::inputs::{Inputs, read_document};
use super::language::LanguageName;
use super::output::say;
use super::{CLEAN, FAILURE, FINDINGS, print_json};

/// Report where documents contradict themselves.
///
/// Converts each file and shows every figure that does not agree with the others: where it stands, what is printed,
/// what it should be, and by how much it differs. Nothing is written. Exit status: 1 where a check fails or the
/// conversion warns, whatever `--severity` shows; 2 where a file cannot be converted, which never stops the others.
#[derive(Args)]
pub(super) struct Arguments {
    #[command(flatten)]
    inputs: Inputs,

    /// Text for people, or one JSON list with an element for each file.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,

    /// Language of the text; the JSON is the same in both.
    #[arg(long, value_enum, default_value_t = LanguageName::Zh)]
    lang: LanguageName,

    /// Least severity that is shown; the counts are of all.
    #[arg(long, value_enum, default_value_t = SeverityName::Note)]
    severity: SeverityName,

    /// Also show the checks that could not be applied, with the reason (always in Chinese).
    #[arg(long)]
    all: bool,
}

/// Form of the report.
#[derive(Clone, Copy, ValueEnum)]
enum Format {
    /// Lines of text.
    Text,
    /// JSON.
    Json,
}

/// Severity of a finding.
#[derive(Clone, Copy, ValueEnum)]
enum SeverityName {
    /// The document certainly contradicts itself.
    Error,
    /// Something is probably wrong or misread.
    Warning,
    /// Worth knowing.
    Note,
}

pub(super) fn run(arguments: &Arguments) -> Result<u8, String> {
    let (files, options) = arguments.inputs.open()?;
    let report = arguments.report();
    let mut tally = Tally::default();
    let mut list: Vec<FileFindings> = Vec::new();
    for file in &files {
        let outcome = read_document(file, &options);
        let name = file.display().to_string();
        tally.add(&outcome);
        match arguments.format {
            Format::Text => say!("{}", report.text(&name, &outcome)),
            Format::Json => list.push(report.file(&name, &outcome)),
        }
    }
    match arguments.format {
        Format::Text => say!("{}", report.summary(&tally)),
        Format::Json => print_json(&list)?,
    }
    Ok(exit_code(&tally))
}

impl Arguments {
    fn report(&self) -> Report {
        let language = self.lang.language();
        let minimum = match self.severity {
            SeverityName::Error => Severity::Error,
            SeverityName::Warning => Severity::Warning,
            SeverityName::Note => Severity::Note,
        };
        Report { language, minimum, with_not_applicable: self.all }
    }
}

/// The exit code of a report.
fn exit_code(tally: &Tally) -> u8 {
    match tally {
        Tally { failed: 1.., .. } => FAILURE,
        Tally { with_findings: 1.., .. } => FINDINGS,
        _ => CLEAN,
    }
}
