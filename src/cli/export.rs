//! `yusuan export`: a folder of document JSONs → a data set.

use std::path::{Path, PathBuf};

use crate::data::{Format, Settings, Summary, export};
use crate::outputs::DATASET_FOLDER;
use clap::Args;

use super::output::{complain, say};
use super::{CLEAN, FINDINGS};

/// Write a folder of document JSONs as a data set.
///
/// Writes tidy tables (documents, summary, organisations, facts, cells, projects, indicators, statements, checks,
/// diagnostics) and a `datapackage.json` that describes them. A document that is there twice is taken once; where OUT has a
/// report, only documents that the report has are taken. Exit status: 1 where a JSON
/// file is no document, which never stops the others, or where there is no document at all; 2 where nothing could be
/// written.
#[derive(Args)]
pub(super) struct Arguments {
    /// Folder that `yusuan convert` wrote.
    #[arg(value_name = "OUT")]
    out: PathBuf,

    /// Formats, with commas between them: csv, jsonl, parquet, xlsx.
    #[arg(long, value_name = "FORMATS", value_delimiter = ',', default_value = "csv")]
    format: Vec<Format>,

    /// Begin CSV files with a byte order mark, for Excel.
    #[arg(long)]
    bom: bool,

    /// Leave texts of CSV files as they are: spreadsheets take those that begin with = + - @ for formulas.
    #[arg(long)]
    raw: bool,

    /// Folder for the data set; made if it is not there. [default: OUT/dataset]
    #[arg(long, value_name = "DIR")]
    to: Option<PathBuf>,
}

pub(super) fn run(arguments: &Arguments) -> Result<u8, String> {
    let target = arguments.to.clone().unwrap_or_else(|| arguments.out.join(DATASET_FOLDER));
    let settings = Settings { byte_order_mark: arguments.bom, raw: arguments.raw };
    let summary = export(&arguments.out, &target, &arguments.format, &settings).map_err(|error| error.to_string())?;
    print(&summary, &target);
    Ok(exit_code(&summary))
}

/// The exit code of a data set.
pub(super) fn exit_code(summary: &Summary) -> u8 {
    if summary.unreadable.is_empty() && summary.documents > 0 { CLEAN } else { FINDINGS }
}

/// Says what is in a data set, and what is not.
pub(super) fn print(summary: &Summary, target: &Path) {
    for (file, error) in &summary.unreadable {
        complain!("left out  {}: {error}", file.display());
    }
    say!(
        "{} documents, {} duplicates left out, {} files that are no documents",
        summary.documents,
        summary.duplicates,
        summary.unreadable.len()
    );
    if summary.unreported > 0 {
        say!("{} documents left out that the report does not have", summary.unreported);
    }
    for (table, rows) in &summary.rows {
        say!("  {table}: {rows} rows");
    }
    if summary.figures_as_text > 0 {
        say!("{} figures have more digits than a decimal column holds: see the text beside", summary.figures_as_text);
    }
    if summary.cut_texts > 0 {
        say!(
            "{} texts are longer than an Excel cell: cut there with a mark, whole in the other formats",
            summary.cut_texts
        );
    }
    say!("{} files in {}", summary.files.len(), target.display());
}
