//! `yusuan convert`: files and folders → JSON files and a report.

use std::ffi::OsString;
use std::path::PathBuf;
use std::time::Duration;

use crate::batch::{Conversion, REPORT, Redo, Settings, Summary};
use crate::limits::Limits;
use clap::Args;

#[cfg(feature = "data")]
use super::data_sets::DataSetArguments;
use super::inputs::Inputs;
use super::progress::{LogFormat, Progress};
use super::{CLEAN, FAILURE, FINDINGS};

/// Bytes of a mebibyte.
const MEBIBYTE: u64 = 1 << 20;

/// Convert PDFs to document JSON.
///
/// Writes OUT/<name>.json for each PDF, folders below folders kept, and OUT/report.jsonl with a line for each input. A
/// file that fails never stops the others. Started again with the same OUT, it goes on: what is done (same content,
/// same build, same options) is left alone.
#[derive(Args)]
pub(super) struct Arguments {
    #[command(flatten)]
    inputs: Inputs,

    /// Folder for the outputs; made if it is not there.
    #[arg(long, short, value_name = "DIR")]
    out: PathBuf,

    #[cfg(feature = "data")]
    #[command(flatten)]
    data_sets: DataSetArguments,

    /// Files converted at a time; one for each core if not given.
    #[arg(long, short = 'j', value_name = "N", default_value_t = 0, hide_default_value = true)]
    threads: usize,

    /// Convert every file again.
    #[arg(long)]
    force: bool,

    /// Convert those files again that failed.
    #[arg(long, conflicts_with = "force")]
    retry_failed: bool,

    /// Remove the documents of earlier runs whose inputs are gone.
    #[arg(long)]
    prune: bool,

    #[command(flatten)]
    limits: LimitArguments,

    /// Print a line for each file.
    #[arg(long)]
    log: bool,

    /// Form of these lines; implies --log.
    #[arg(long, value_enum, value_name = "FORMAT")]
    log_format: Option<LogFormat>,
}

/// What one file may use.
#[derive(Args)]
struct LimitArguments {
    /// Most time for a file, in seconds.
    #[arg(long, value_name = "SECONDS", default_value_t = Limits::default().time.as_secs())]
    max_time: u64,

    /// Most pages of a file.
    #[arg(long, value_name = "N", default_value_t = Limits::default().pages)]
    max_pages: usize,

    /// Most MiB that the streams of a file may come to when decompressed.
    #[arg(long, value_name = "MIB", default_value_t = Limits::default().decompressed / MEBIBYTE)]
    max_decompressed: u64,

    /// Most MiB of memory (address space) for the conversion of a file; 0 for no limit. On Unix only.
    #[arg(long, value_name = "MIB", default_value_t = 2048)]
    max_memory: u64,
}

pub(super) fn run(arguments: &Arguments) -> Result<u8, String> {
    let settings = arguments.settings()?;
    let progress = Progress::new(arguments.log_format.or(arguments.log.then_some(LogFormat::Text)));
    let summary = crate::batch::run(&settings, &progress);
    let summary = summary.map_err(|error| error.message().to_owned())?;
    progress.end(&summary, &arguments.out.join(REPORT));
    Ok(exit_code(&summary).max(arguments.write_data_sets()?))
}

fn exit_code(summary: &Summary) -> u8 {
    match summary {
        Summary { failed: 1.., .. } => FAILURE,
        Summary { findings: 1.., .. } => FINDINGS,
        _ => CLEAN,
    }
}

impl Arguments {
    /// Writes the data sets that are asked for, of the documents that the report has.
    #[cfg(feature = "data")]
    fn write_data_sets(&self) -> Result<u8, String> {
        self.data_sets.write(&self.out, self.log_format != Some(LogFormat::Json))
    }

    #[cfg(not(feature = "data"))]
    fn write_data_sets(&self) -> Result<u8, String> {
        Ok(CLEAN)
    }

    fn settings(&self) -> Result<Settings, String> {
        let redo = match (self.force, self.retry_failed) {
            (true, _) => Redo::Everything,
            (_, true) => Redo::Failed,
            _ => Redo::Nothing,
        };
        let program = std::env::current_exe().map_err(|error| format!("cannot find this program: {error}"))?;
        // In one argument, so that a folder may be called -x.
        let mut out = OsString::from("--out=");
        out.push(&self.out);
        let worker: [OsString; 3] = [program.into(), "worker".into(), out];
        Ok(Settings {
            inputs: self.inputs.paths.clone(),
            out: self.out.clone(),
            conversion: Conversion {
                vocabulary: self.inputs.vocabulary()?,
                second_reader: self.inputs.second_reader,
                limits: self.limits.limits(),
                memory: Some(self.limits.max_memory.saturating_mul(MEBIBYTE)).filter(|&bytes| bytes > 0),
            },
            threads: self.threads,
            redo,
            prune: self.prune,
            worker: worker.into(),
        })
    }
}

impl LimitArguments {
    fn limits(&self) -> Limits {
        Limits {
            time: Duration::from_secs(self.max_time),
            pages: self.max_pages,
            decompressed: self.max_decompressed.saturating_mul(MEBIBYTE),
        }
    }
}
