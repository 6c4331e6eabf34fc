//! One input of a batch: left alone if it is done, converted by a worker otherwise, noted in the journal.

use std::path::Path;
use std::sync::{Mutex, PoisonError};
use std::time::Instant;

use super::inputs::{Input, identity};
use super::journal::{Entry, Journal};
use super::report::{Outcome, ReportRow};
use super::task::{Reply, Seal};
use super::worker::Worker;
use super::{Redo, Settings};
use crate::document::{Error, ErrorKind, sha256};

/// What the files of a run share.
pub(super) struct Batch<'s> {
    settings: &'s Settings,
    pub(super) journal: Journal,
    fingerprint: String,
    idle: Mutex<Vec<Worker>>,
}

impl<'s> Batch<'s> {
    pub(super) fn open(settings: &'s Settings) -> Result<Self, Error> {
        std::fs::create_dir_all(&settings.out).map_err(|error| {
            Error::new(ErrorKind::Io, format!("cannot make the folder {}: {error}", settings.out.display()))
        })?;
        let journal = Journal::open(&settings.out)?;
        let options = serde_json::to_string(&settings.conversion)
            .map_err(|error| Error::new(ErrorKind::Internal, format!("the options: {error}")))?;
        let build = concat!(env!("CARGO_PKG_VERSION"), " ", env!("YUSUAN_BUILD"));
        let fingerprint = format!("{build} {}", &sha256(options.as_bytes())[..16]);
        Ok(Self { settings, journal, fingerprint, idle: Mutex::new(Vec::new()) })
    }

    /// One file: its row, and whether it was done already.
    pub(super) fn convert(&self, input: &Input, target: &str) -> Result<(ReportRow, bool), Error> {
        let name = input.path.to_string_lossy().into_owned();
        if let Err(error) = self.check_size(input) {
            self.remove_output(target)?;
            return Ok((ReportRow::failed(name, input.bytes, &error), false));
        }
        if let Some(entry) = self.journal.entry(target)
            && self.is_done(entry, &input.path)
        {
            return Ok((ReportRow { input: name, ..entry.row.clone() }, true));
        }
        let begun = Instant::now();
        let reply = self.reply(&input.path, target)?;
        let milliseconds = u64::try_from(begun.elapsed().as_millis()).unwrap_or(u64::MAX);
        if let Reply::Unreadable { message } = reply {
            // What cannot be read today may have been read yesterday: its output may be all that is left.
            return Ok((ReportRow::failed(name, input.bytes, &Error::new(ErrorKind::Io, message)), false));
        }
        let (row, seal) = self.row(name, target, reply)?;
        let row = ReportRow { milliseconds, ..told_apart(row, input) };
        let (target, owner) = (target.to_owned(), identity(&input.path));
        let fingerprint = self.fingerprint.clone();
        self.journal.add(&Entry { target, owner, fingerprint, seal, row: row.clone() })?;
        Ok((row, false))
    }

    /// What a reply means, and what the output is like.
    fn row(&self, name: String, target: &str, reply: Reply) -> Result<(ReportRow, Option<Seal>), Error> {
        match reply {
            Reply::Unwritable { message } | Reply::Unreadable { message } => Err(Error::new(ErrorKind::Io, message)),
            Reply::Failed { error, message } => {
                self.remove_output(target)?;
                Ok((
                    ReportRow { error: Some(error), message: Some(message), ..ReportRow::new(name, Outcome::Failed) },
                    None,
                ))
            }
            Reply::Converted { sha256, bytes, counts, findings, has_findings, seal } => {
                let outcome = if has_findings { Outcome::Findings } else { Outcome::Ok };
                let output = Some(target.to_owned());
                let (sha256, counts) = (Some(sha256), Some(counts));
                Ok((ReportRow { output, sha256, bytes, counts, findings, ..ReportRow::new(name, outcome) }, Some(seal)))
            }
        }
    }

    /// A file larger than what its streams may come to is not even read.
    fn check_size(&self, input: &Input) -> Result<(), Error> {
        let most = self.settings.conversion.limits.decompressed;
        if input.bytes <= most {
            return Ok(());
        }
        let message = format!("the file has {} bytes, more than the {most} that its streams may come to", input.bytes);
        Err(Error::new(ErrorKind::TooLarge, message))
    }

    /// Whether a file of this content is done: the same build and options made it, and its output is as it was.
    fn is_done(&self, entry: &Entry, path: &Path) -> bool {
        let redo = match self.settings.redo {
            Redo::Everything => true,
            Redo::Failed => entry.row.outcome == Outcome::Failed,
            Redo::Nothing => false,
        };
        !redo
            && entry.fingerprint == self.fingerprint
            && std::fs::read(path).is_ok_and(|bytes| entry.row.sha256.as_ref() == Some(&sha256(&bytes)))
            && self.is_intact(entry)
    }

    fn is_intact(&self, entry: &Entry) -> bool {
        entry.seal.is_none_or(|seal| {
            std::fs::read(self.settings.out.join(&entry.target)).is_ok_and(|output| Seal::of(&output) == seal)
        })
    }

    /// A file that failed has no output: what an earlier version or content of it gave would be taken for it.
    fn remove_output(&self, target: &str) -> Result<(), Error> {
        let path = self.settings.out.join(target);
        if !path.is_file() {
            return Ok(());
        }
        std::fs::remove_file(&path)
            .map_err(|error| Error::new(ErrorKind::Io, format!("cannot remove {}: {error}", path.display())))
    }

    fn reply(&self, path: &Path, target: &str) -> Result<Reply, Error> {
        let conversion = &self.settings.conversion;
        // A worker that somebody else killed says nothing about the file: once more, with a new one.
        for attempt in 0..2 {
            let idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner).pop();
            let worker = idle.map_or_else(|| Worker::start(&self.settings.worker, conversion), Ok)?;
            match worker.convert(path, target) {
                Ok((reply, worker)) => {
                    self.idle.lock().unwrap_or_else(PoisonError::into_inner).push(worker);
                    return Ok(reply);
                }
                Err(death) if attempt == 0 && death.is_unexplained() => {}
                Err(death) => return Ok(Reply::failed(&death.error(conversion))),
            }
        }
        Ok(Reply::failed(&Error::new(ErrorKind::Internal, "no worker process survives this file")))
    }
}

/// A row with hash and length of the file, which a file that failed has not told.
fn told_apart(row: ReportRow, input: &Input) -> ReportRow {
    if row.sha256.is_some() {
        return row;
    }
    match std::fs::read(&input.path) {
        Ok(bytes) => ReportRow { sha256: Some(sha256(&bytes)), bytes: bytes.len() as u64, ..row },
        Err(_) => ReportRow { bytes: input.bytes, ..row },
    }
}
