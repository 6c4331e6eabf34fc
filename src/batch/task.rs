//! One file of a batch, converted and written: what a worker does.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::report::{Counts, findings};
use crate::conversion::{Options, convert_shared};
use crate::document::Document;
use crate::document::to_json;
use crate::document::{Error, ErrorKind};
use crate::language::vocabulary::Vocabulary;
use crate::limits::Limits;
use crate::outputs::replace_file;
use crate::report::has_findings;

/// How the files of a batch are converted.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(crate) struct Conversion {
    /// Text of the vocabulary file; the built-in vocabulary where there is none.
    pub vocabulary: Option<String>,
    /// Reads the text a second time, by another library.
    pub second_reader: bool,
    /// What a file may use.
    pub limits: Limits,
    /// Most memory of a worker process in bytes of address space; no limit where there is none, nor on systems that
    /// know no such limit (only Unix does).
    pub memory: Option<u64>,
}

/// What became of a file.
#[derive(Debug, Serialize, Deserialize)]
pub(super) enum Reply {
    /// The document is written.
    Converted {
        /// SHA-256 of the file.
        sha256: String,
        /// Its length.
        bytes: u64,
        counts: Counts,
        findings: BTreeMap<String, usize>,
        has_findings: bool,
        seal: Seal,
    },
    /// The file cannot be read.
    Unreadable { message: String },
    /// The file cannot be converted.
    Failed { error: String, message: String },
    /// The output cannot be written, and no other will be.
    Unwritable { message: String },
}

/// What tells an output that is as it was written. A checksum does: nobody forges outputs of their own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Seal {
    bytes: usize,
    crc32: u32,
}

impl Seal {
    pub(super) fn of(output: &[u8]) -> Self {
        Self { bytes: output.len(), crc32: crc32fast::hash(output) }
    }
}

impl Reply {
    pub(super) fn failed(error: &Error) -> Self {
        Reply::Failed { error: error.kind().code().to_owned(), message: error.message().to_owned() }
    }
}

/// Converts files, one after the other.
#[derive(Debug)]
pub(super) struct Converter {
    options: Options,
    out: PathBuf,
    temporary: PathBuf,
}

impl Converter {
    /// # Errors
    /// [`ErrorKind::Vocabulary`] if the text of the vocabulary is none.
    pub(super) fn new(conversion: &Conversion, out: &Path, temporary: &Path) -> Result<Self, Error> {
        let vocabulary = conversion.vocabulary.as_deref().map(Vocabulary::from_toml).transpose()?;
        let options = Options {
            file: String::new(),
            vocabulary,
            second_reader: conversion.second_reader,
            limits: conversion.limits,
        };
        Ok(Self { options, out: out.to_owned(), temporary: temporary.to_owned() })
    }

    /// Reads and converts a file, and writes its document to the target, below the output folder.
    pub(super) fn convert(&mut self, path: &Path, target: &str) -> Reply {
        let bytes = match std::fs::read(path) {
            Ok(bytes) => Arc::new(bytes),
            Err(error) if error.kind() == std::io::ErrorKind::OutOfMemory => {
                return Reply::failed(&Error::new(ErrorKind::TooLarge, "the file needs more memory than is allowed"));
            }
            Err(error) => return Reply::Unreadable { message: error.to_string() },
        };
        self.options.file = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let converted = convert_shared(&bytes, &self.options).and_then(|document| Ok((to_json(&document)?, document)));
        match converted {
            Ok((json, document)) => self.write(&document, json.as_bytes(), target, bytes.len()),
            Err(error) => Reply::failed(&error),
        }
    }

    fn write(&self, document: &Document, json: &[u8], target: &str, bytes: usize) -> Reply {
        match write_below(&self.out, target, &self.temporary, json) {
            Ok(()) => Reply::Converted {
                sha256: document.source.sha256.clone(),
                bytes: bytes as u64,
                counts: Counts::of(document),
                findings: findings(document),
                has_findings: has_findings(document),
                seal: Seal::of(json),
            },
            Err(error) => {
                let message = format!("cannot write {}: {error}", self.out.join(target).display());
                if is_of_the_name(&error) {
                    Reply::failed(&Error::new(ErrorKind::Io, message))
                } else {
                    Reply::Unwritable { message }
                }
            }
        }
    }
}

fn write_below(out: &Path, target: &str, temporary: &Path, json: &[u8]) -> std::io::Result<()> {
    let path = out.join(target);
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder)?;
    }
    replace_file(temporary, &path, json)
}

/// Whether an error is about this one output: a file stands where a folder should, or the file system does not take
/// the name. The others can still be written.
fn is_of_the_name(error: &std::io::Error) -> bool {
    use std::io::ErrorKind::{AlreadyExists, InvalidFilename, InvalidInput, IsADirectory, NotADirectory};
    matches!(error.kind(), AlreadyExists | InvalidFilename | InvalidInput | IsADirectory | NotADirectory)
}
