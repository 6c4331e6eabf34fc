//! Many files → a folder of documents, with a report of every file, whatever happens on the way.
//!
//! 1. [`find`] walks the arguments; each file gets an output of its own below the output folder (`inputs`).
//! 2. A file that the journal of the folder knows as done, with the same content, build and options, is left alone.
//! 3. The others are converted, the largest first so that none is left to run alone at the end, by as many workers as
//!    there are threads. A worker is a process of its own (`worker`), which can be stopped.
//! 4. Each finished file is noted in the journal at once; at the end `report.jsonl` has a line for every input.
//!
//! A run that is killed goes on when it is started again, and the outputs are the same bytes as if it had not been.

mod file;
mod inputs;
mod journal;
mod report;
mod task;
#[cfg(all(test, unix))]
mod tests;
mod worker;

use std::cmp::Reverse;
use std::collections::HashMap;
use std::ffi::OsString;
use std::path::{Path, PathBuf};

use rayon::iter::{ParallelBridge, ParallelIterator};

pub(crate) use inputs::{find, read};
pub(crate) use report::{Outcome, ReportRow, Summary};
pub(crate) use task::Conversion;
pub(crate) use worker::serve;

use crate::document::{Error, ErrorKind};
pub(crate) use crate::outputs::REPORT;
use crate::outputs::write_atomically_through;
use file::Batch;
use inputs::outputs;

/// What a run does again although it is done.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Redo {
    /// Nothing: a file that could not even be read is not done.
    #[default]
    Nothing,
    /// Every file that failed.
    Failed,
    /// Every file.
    Everything,
}

/// A run over many files.
#[derive(Clone, Debug, Default)]
pub(crate) struct Settings {
    /// Files and folders.
    pub inputs: Vec<PathBuf>,
    /// Folder for the outputs; made if it is not there.
    pub out: PathBuf,
    /// How each file is converted.
    pub conversion: Conversion,
    /// Files converted at a time; 0 for one a core.
    pub threads: usize,
    /// What is done again.
    pub redo: Redo,
    /// Removes the documents whose inputs are gone.
    pub prune: bool,
    /// Command that calls [`serve`] with the same output folder.
    pub worker: Vec<OsString>,
}

/// Who looks on. Called from several threads.
pub(crate) trait Observer: Sync {
    /// So many files and bytes will be looked at.
    fn begin(&self, files: usize, bytes: u64);
    /// A file is finished; `unchanged` if an earlier run had done it.
    fn finish(&self, row: &ReportRow, unchanged: bool);
}

/// Converts every file. What fails is in the report and stops nothing.
///
/// # Errors
/// [`ErrorKind::Io`] if an input does not exist, no PDF is found, or the output folder cannot be written to (full,
/// say): what is done by then is kept, and the same run goes on from there. [`ErrorKind::Vocabulary`].
pub(crate) fn run(settings: &Settings, observer: &dyn Observer) -> Result<Summary, Error> {
    let found = find(&settings.inputs)?;
    if found.files.is_empty() && found.unreachable.is_empty() {
        return Err(Error::new(ErrorKind::Io, "no PDF in the inputs; give PDF files, or folders that hold them"));
    }
    let mut batch = Batch::open(settings)?;
    let gone = batch.journal.gone(&settings.out);
    if settings.prune {
        batch.journal.prune(&settings.out, &gone)?;
    }
    let batch = batch;
    let targets = outputs(&found.files, |target| batch.journal.entry(target).map(|entry| entry.owner.as_str()));
    observer.begin(found.files.len(), found.files.iter().map(|file| file.bytes).sum());

    let mut order: Vec<usize> = (0..found.files.len()).collect();
    order.sort_by_key(|&index| Reverse(found.files[index].bytes));
    let one = |index: usize| -> Result<_, Error> {
        let (row, unchanged) = batch.convert(&found.files[index], &targets[index])?;
        observer.finish(&row, unchanged);
        Ok((index, row, unchanged))
    };
    let pool = rayon::ThreadPoolBuilder::new().num_threads(settings.threads).build();
    let pool = pool.map_err(|error| Error::new(ErrorKind::Internal, format!("no threads: {error}")))?;
    let mut done: Vec<_> = pool.install(|| order.into_iter().par_bridge().map(one).collect::<Result<_, Error>>())?;
    done.sort_by_key(|&(index, ..)| index);

    let mut summary =
        Summary { unchanged: done.iter().filter(|(_, _, unchanged)| *unchanged).count(), ..Summary::default() };
    (if settings.prune { &mut summary.pruned } else { &mut summary.gone }).clone_from(&gone.len());
    let unreachable = found.unreachable.iter().map(|(path, reason)| {
        let row = ReportRow::failed(path.to_string_lossy().into_owned(), 0, &Error::new(ErrorKind::Io, reason));
        observer.finish(&row, false);
        row
    });
    let mut rows: Vec<ReportRow> = done.into_iter().map(|(_, row, _)| row).chain(unreachable).collect();
    mark_duplicates(&mut rows);
    rows.iter().for_each(|row| summary.add(row));
    write_report(&settings.out.join(REPORT), batch.journal.temporary(), &rows)?;
    Ok(summary)
}

/// Names, in each row whose content an earlier one has, the first that has it.
fn mark_duplicates(rows: &mut [ReportRow]) {
    let mut first: HashMap<String, String> = HashMap::new();
    for row in rows {
        let Some(sha256) = &row.sha256 else { continue };
        row.duplicate_of = first.get(sha256).cloned();
        if row.duplicate_of.is_none() {
            first.insert(sha256.clone(), row.input.clone());
        }
    }
}

fn write_report(path: &Path, temporary: &Path, rows: &[ReportRow]) -> Result<(), Error> {
    let mut text = String::new();
    for row in rows {
        let line = serde_json::to_string(row)
            .map_err(|error| Error::new(ErrorKind::Internal, format!("the report: {error}")))?;
        text.push_str(&line);
        text.push('\n');
    }
    write_atomically_through(temporary, path, text.as_bytes())
}
