//! What is done already: a line for each finished file, kept in the output folder so that a killed run goes on.
//!
//! A file's output is in its place before its line is written, so a line means that the output was there. The last line
//! may be torn by a kill; it is dropped. Whether an output is still as it was written is told by its seal.

use std::collections::HashMap;
use std::fs::{File, OpenOptions};
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::sync::Mutex;

use serde::{Deserialize, Serialize};

use super::report::ReportRow;
use super::task::Seal;
use crate::document::{Error, ErrorKind};
use crate::outputs::write_atomically_through;

/// The folder of the journal inside an output folder.
const FOLDER: &str = ".yusuan";

/// The folder for files that are being written, on the file system of the outputs.
pub(super) fn temporary_folder(out: &Path) -> PathBuf {
    out.join(FOLDER).join("temporary")
}

/// A finished file.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct Entry {
    /// Where its output goes or, for a file that failed, would go; below the output folder.
    pub(super) target: String,
    /// The file from the root; bytes that are no UTF-8 are replaced.
    pub(super) owner: String,
    /// Version, sources and options of the conversion.
    pub(super) fingerprint: String,
    /// What the output was like; none of a file that failed.
    pub(super) seal: Option<Seal>,
    /// Its line of the report.
    pub(super) row: ReportRow,
}

/// The journal of an output folder, held by one run at a time.
#[derive(Debug)]
pub(super) struct Journal {
    temporary: PathBuf,
    entries: HashMap<String, Entry>,
    file: Mutex<File>,
    /// Held until the run ends; the system lets go of it even when the run is killed.
    lock: File,
}

impl Journal {
    /// Opens the journal of an output folder, or begins one. What an earlier run left half-written is cleared away.
    pub(super) fn open(out: &Path) -> Result<Self, Error> {
        let folder = out.join(FOLDER);
        let failed = |error: std::io::Error| Error::new(ErrorKind::Io, format!("{}: {error}", folder.display()));
        std::fs::create_dir_all(&folder).map_err(failed)?;
        let lock = File::create(folder.join("lock")).map_err(failed)?;
        if lock.try_lock().is_err() {
            return Err(Error::new(ErrorKind::Io, format!("another run is writing to {}", out.display())));
        }
        let temporary = temporary_folder(out);
        if temporary.exists() {
            std::fs::remove_dir_all(&temporary).map_err(failed)?;
        }
        std::fs::create_dir_all(&temporary).map_err(failed)?;
        let path = folder.join("journal.jsonl");
        let (entries, is_clean) = load(&path).map_err(failed)?;
        if !is_clean {
            compact(&path, &temporary, &entries)?;
        }
        let file = OpenOptions::new().create(true).append(true).open(&path).map_err(failed)?;
        Ok(Self { temporary, entries, file: Mutex::new(file), lock })
    }

    /// [`temporary_folder`].
    pub(super) fn temporary(&self) -> &Path {
        &self.temporary
    }

    /// What an earlier run knew of a target.
    pub(super) fn entry(&self, target: &str) -> Option<&Entry> {
        self.entries.get(target)
    }

    /// The documents below the output folder whose inputs are gone: by target, in order. A name that is no UTF-8 cannot be
    /// looked for, and its document stays.
    pub(super) fn gone(&self, out: &Path) -> Vec<String> {
        let is_gone = |entry: &&Entry| {
            let may_be_looked_for = !entry.owner.contains(char::REPLACEMENT_CHARACTER);
            may_be_looked_for
                && matches!(Path::new(&entry.owner).try_exists(), Ok(false))
                && out.join(&entry.target).exists()
        };
        let mut gone: Vec<String> = self.entries.values().filter(is_gone).map(|entry| entry.target.clone()).collect();
        gone.sort();
        gone
    }

    /// Removes documents, the folders that they leave empty, and what is known of them.
    pub(super) fn prune(&mut self, out: &Path, targets: &[String]) -> Result<(), Error> {
        for target in targets {
            let path = out.join(target);
            let failed = |error| Error::new(ErrorKind::Io, format!("cannot remove {}: {error}", path.display()));
            std::fs::remove_file(&path).map_err(failed)?;
            let folders = path.ancestors().skip(1).take_while(|folder| *folder != out);
            // A folder that is not empty stays.
            let _ = folders.map(std::fs::remove_dir).find(Result::is_err);
            self.entries.remove(target);
        }
        if targets.is_empty() {
            return Ok(());
        }
        let path = out.join(FOLDER).join("journal.jsonl");
        compact(&path, &self.temporary, &self.entries)?;
        let failed = |error| Error::new(ErrorKind::Io, format!("{}: {error}", path.display()));
        self.file = Mutex::new(OpenOptions::new().append(true).open(&path).map_err(failed)?);
        Ok(())
    }

    /// Notes that a file is finished.
    pub(super) fn add(&self, entry: &Entry) -> Result<(), Error> {
        let failed = |error: String| Error::new(ErrorKind::Io, format!("cannot write the journal: {error}"));
        let mut line = serde_json::to_string(entry).map_err(|error| failed(error.to_string()))?;
        line.push('\n');
        let mut file = self.file.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        file.write_all(line.as_bytes()).map_err(|error| failed(error.to_string()))
    }
}

impl Drop for Journal {
    fn drop(&mut self) {
        // Closing alone would leave it with a process that is being started just now and has not closed its copy yet.
        let _ = self.lock.unlock();
    }
}

/// The latest entry of each target, and whether the file holds nothing else.
fn load(path: &Path) -> std::io::Result<(HashMap<String, Entry>, bool)> {
    let mut entries = HashMap::new();
    let file = match File::open(path) {
        Ok(file) => file,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok((entries, true)),
        Err(error) => return Err(error),
    };
    let mut is_clean = true;
    let mut reader = BufReader::new(file);
    let mut line = Vec::new();
    while reader.read_until(b'\n', &mut line)? > 0 {
        match serde_json::from_slice::<Entry>(&line) {
            Ok(entry) if line.ends_with(b"\n") => {
                is_clean &= entries.insert(entry.target.clone(), entry).is_none();
            }
            _ => is_clean = false,
        }
        line.clear();
    }
    Ok((entries, is_clean))
}

fn compact(path: &Path, temporary: &Path, entries: &HashMap<String, Entry>) -> Result<(), Error> {
    let mut targets: Vec<_> = entries.keys().collect();
    targets.sort();
    let mut text = String::new();
    for target in targets {
        let line = serde_json::to_string(&entries[target])
            .map_err(|error| Error::new(ErrorKind::Internal, format!("the journal: {error}")))?;
        text.push_str(&line);
        text.push('\n');
    }
    write_atomically_through(temporary, path, text.as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(target: &str, milliseconds: u64) -> Entry {
        let error = Error::new(ErrorKind::Encrypted, "a password");
        Entry {
            target: target.to_owned(),
            owner: "/x.pdf".to_owned(),
            fingerprint: "1".to_owned(),
            seal: None,
            row: ReportRow { milliseconds, ..ReportRow::failed("x.pdf".to_owned(), 1, &error) },
        }
    }

    #[test]
    fn what_was_noted_is_known_again_and_a_torn_line_is_dropped() {
        let out = tempfile::tempdir().expect("a temporary folder");
        let journal = Journal::open(out.path()).expect("a journal");
        journal.add(&entry("a.json", 1)).expect("written");
        journal.add(&entry("a.json", 2)).expect("written");
        journal.add(&entry("b.json", 3)).expect("written");
        drop(journal);
        let path = out.path().join(".yusuan/journal.jsonl");
        let whole = std::fs::read(&path).expect("the journal");
        std::fs::write(&path, &whole[..whole.len() - 1]).expect("a torn journal");
        std::fs::write(out.path().join(".yusuan/temporary/left"), "half").expect("a file");

        let journal = Journal::open(out.path()).expect("a journal");
        assert_eq!(journal.entry("a.json"), Some(&entry("a.json", 2)));
        assert_eq!(journal.entry("b.json"), None, "its line is torn");
        assert!(!journal.temporary().join("left").exists());
        let kept = std::fs::read_to_string(&path).expect("the journal");
        assert_eq!(kept.lines().count(), 1, "{kept}");
    }

    #[test]
    fn two_runs_never_write_to_one_folder() {
        let out = tempfile::tempdir().expect("a temporary folder");
        let first = Journal::open(out.path()).expect("a journal");
        let error = Journal::open(out.path()).expect_err("held");
        assert!(error.message().contains("another run"), "{error}");
        drop(first);
        Journal::open(out.path()).expect("free again");
    }
}
