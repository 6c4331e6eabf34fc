//! What is converted and how: the arguments that `convert` and `check` share.

use std::path::{Path, PathBuf};

use clap::Args;
use yusuan::{Document, Error, ErrorKind, Options, Vocabulary, convert};

/// Files and how they are read.
#[derive(Args)]
pub(super) struct Inputs {
    /// PDF files, or folders whose PDFs are converted.
    #[arg(required = true, value_name = "INPUT")]
    inputs: Vec<PathBuf>,

    /// Read the text a second time with another library and report pages on which the figures differ.
    #[arg(long)]
    second_reader: bool,

    /// Use this vocabulary file instead of the built-in one.
    #[arg(long, value_name = "FILE")]
    vocabulary: Option<PathBuf>,
}

impl Inputs {
    /// The files, and how each is converted.
    pub(super) fn open(&self) -> Result<(Vec<PathBuf>, Options), String> {
        let vocabulary = self.vocabulary.as_deref().map(read_vocabulary).transpose()?;
        let files = collect(&self.inputs)?;
        if files.is_empty() {
            return Err("no PDF in the inputs; give PDF files, or folders that hold them".to_owned());
        }
        Ok((
            files,
            Options { file: String::new(), vocabulary, second_reader: self.second_reader, ..Options::default() },
        ))
    }
}

/// Converts one file.
pub(super) fn read_document(file: &Path, options: &Options) -> Result<Document, Error> {
    let bytes = std::fs::read(file).map_err(|error| Error::new(ErrorKind::Io, error.to_string()))?;
    convert(&bytes, &Options { file: file_name(file), ..options.clone() })
}

/// The name of a file without its folder.
pub(super) fn file_name(file: &Path) -> String {
    file.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
}

fn read_vocabulary(path: &Path) -> Result<Vocabulary, String> {
    let text = std::fs::read_to_string(path).map_err(|error| format!("cannot read {}: {error}", path.display()))?;
    Vocabulary::from_toml(&text).map_err(|error| format!("{}: {error}", path.display()))
}

/// The files to convert, in the order given; those of a folder by name.
fn collect(inputs: &[PathBuf]) -> Result<Vec<PathBuf>, String> {
    let mut files = Vec::new();
    for input in inputs {
        let unreadable = |error: std::io::Error| format!("cannot read {}: {error}", input.display());
        if !input.is_dir() {
            if !input.exists() {
                return Err(format!("there is no file or folder {}", input.display()));
            }
            files.push(input.clone());
            continue;
        }
        let mut found = Vec::new();
        for entry in std::fs::read_dir(input).map_err(unreadable)? {
            let path = entry.map_err(unreadable)?.path();
            let is_pdf = path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("pdf"));
            if is_pdf && path.is_file() {
                found.push(path);
            }
        }
        found.sort();
        files.extend(found);
    }
    Ok(files)
}
