//! Files that are there whole or not at all: all of a data set is written before any of it takes its name.

use std::fs::File;
use std::io::{Read as _, Seek as _, SeekFrom};
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};
use tempfile::NamedTempFile;

use crate::document::{Error, ErrorKind};
use crate::outputs::temporary_file;

/// Bytes read at a time for a file's digest.
const CHUNK_BYTES: usize = 64 * 1024;

/// A file that waits for its name.
pub(super) struct Staged {
    /// The name that it will have.
    pub(super) name: String,
    file: NamedTempFile,
}

/// What a file turned out to be.
pub(super) struct Finished {
    staged: Staged,
    /// Its length.
    pub(super) bytes: u64,
    /// Its SHA-256 in hexadecimal.
    pub(super) sha256: String,
}

impl Staged {
    /// A new file beside the one it will become.
    pub(super) fn new(folder: &Path, name: impl Into<String>) -> Result<Self, Error> {
        let name = name.into();
        let file = temporary_file(folder).map_err(|error| unwritable(&folder.join(&name), &error))?;
        Ok(Self { name, file })
    }

    /// A second handle to write with.
    pub(super) fn handle(&self) -> Result<File, Error> {
        self.file.as_file().try_clone().map_err(|error| self.failed(&error))
    }

    /// What went wrong with this file.
    pub(super) fn failed(&self, error: &dyn std::fmt::Display) -> Error {
        unwritable(Path::new(&self.name), error)
    }

    /// The file with its length and digest, once all is written.
    pub(super) fn finish(mut self) -> Result<Finished, Error> {
        match measure(self.file.as_file_mut()) {
            Ok((bytes, sha256)) => Ok(Finished { staged: self, bytes, sha256 }),
            Err(error) => Err(self.failed(&error)),
        }
    }
}

impl Finished {
    /// The name that it will have.
    pub(super) fn name(&self) -> &str {
        &self.staged.name
    }

    /// Gives the file its name, in the place of an older one.
    pub(super) fn publish(self, folder: &Path) -> Result<PathBuf, Error> {
        let path = folder.join(&self.staged.name);
        self.staged.file.persist(&path).map_err(|error| unwritable(&path, &error.error))?;
        Ok(path)
    }
}

fn measure(file: &mut File) -> std::io::Result<(u64, String)> {
    file.seek(SeekFrom::Start(0))?;
    let (mut digest, mut bytes, mut chunk) = (Sha256::new(), 0, vec![0; CHUNK_BYTES]);
    loop {
        let read = file.read(&mut chunk)?;
        if read == 0 {
            break;
        }
        digest.update(&chunk[..read]);
        bytes += read as u64;
    }
    Ok((bytes, const_hex::encode(digest.finalize())))
}

fn unwritable(path: &Path, error: &dyn std::fmt::Display) -> Error {
    Error::new(ErrorKind::Io, format!("cannot write {}: {error}", path.display()))
}
