//! The data sets that `yusuan convert` writes beside its documents.

use std::path::Path;
use std::str::FromStr;

use crate::data::{Format, Settings, export};
use crate::outputs::DATASET_FOLDER;
use clap::Args;

use super::CLEAN;

/// What is written beside the documents.
#[derive(Args)]
pub(super) struct DataSetArguments {
    /// Formats, with commas between them: json, csv, jsonl, parquet, xlsx. The document JSONs are always written; the
    /// others are data sets of all documents in OUT, written to OUT/dataset at the end as `yusuan export` does.
    #[arg(long, value_name = "FORMATS", value_delimiter = ',', default_value = "json")]
    format: Vec<FormatName>,

    /// Begin CSV files with a byte order mark, for Excel.
    #[arg(long)]
    bom: bool,

    /// Leave texts of CSV files as they are: spreadsheets take those that begin with = + - @ for formulas.
    #[arg(long)]
    raw: bool,
}

/// A format of the output.
#[derive(Clone, Copy)]
enum FormatName {
    /// The document JSONs.
    Documents,
    /// A data set.
    DataSet(Format),
}

impl FromStr for FormatName {
    type Err = String;

    fn from_str(name: &str) -> Result<Self, String> {
        if name == "json" { Ok(FormatName::Documents) } else { name.parse().map(FormatName::DataSet) }
    }
}

impl DataSetArguments {
    /// Writes the data sets that are asked for, of all documents in the output folder; `is_told` prints what is in
    /// them. Returns the exit code.
    pub(super) fn write(&self, out: &Path, is_told: bool) -> Result<u8, String> {
        let formats = self.format.iter().filter_map(|format| match format {
            FormatName::DataSet(format) => Some(*format),
            FormatName::Documents => None,
        });
        let formats: Vec<Format> = formats.collect();
        if formats.is_empty() {
            return Ok(CLEAN);
        }
        let target = out.join(DATASET_FOLDER);
        let settings = Settings { byte_order_mark: self.bom, raw: self.raw };
        let summary = export(out, &target, &formats, &settings).map_err(|error| error.to_string())?;
        if is_told {
            super::export::print(&summary, &target);
        }
        Ok(super::export::exit_code(&summary))
    }
}
