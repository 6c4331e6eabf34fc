//! What is converted and how: the arguments that `convert` and `check` share.

use std::path::{Path, PathBuf};

use crate::batch::find;
use crate::conversion::{Options, convert};
use crate::document::{Document, Error};
use crate::language::vocabulary::Vocabulary;
use clap::Args;

/// Files and how they are read.
#[derive(Args)]
pub(super) struct Inputs {
    /// PDF files, or folders whose PDFs are converted, however deep.
    #[arg(required = true, value_name = "INPUT")]
    pub(super) paths: Vec<PathBuf>,

    /// Read the text a second time with another library and report pages on which the figures differ.
    #[arg(long)]
    pub(super) second_reader: bool,

    /// Use this vocabulary file instead of the built-in one.
    #[arg(long, value_name = "FILE")]
    vocabulary: Option<PathBuf>,
}

impl Inputs {
    /// The files, and how each is converted. A file that cannot be reached is in the list all the same: reading it
    /// will say why.
    pub(super) fn open(&self) -> Result<(Vec<PathBuf>, Options), String> {
        let vocabulary = self.vocabulary()?.as_deref().map(Vocabulary::from_toml).transpose();
        let vocabulary = vocabulary.map_err(|error| error.to_string())?;
        let found = find(&self.paths).map_err(|error| error.message().to_owned())?;
        let unreachable = found.unreachable.into_iter().map(|(path, _)| path);
        let files: Vec<PathBuf> = found.files.into_iter().map(|file| file.path).chain(unreachable).collect();
        if files.is_empty() {
            return Err("no PDF in the inputs; give PDF files, or folders that hold them".to_owned());
        }
        Ok((files, Options { vocabulary, second_reader: self.second_reader, ..Options::default() }))
    }

    /// Text of the vocabulary file, which is known to be good.
    pub(super) fn vocabulary(&self) -> Result<Option<String>, String> {
        let Some(path) = &self.vocabulary else { return Ok(None) };
        let text = std::fs::read_to_string(path).map_err(|error| format!("cannot read {}: {error}", path.display()))?;
        Vocabulary::from_toml(&text).map_err(|error| format!("{}: {error}", path.display()))?;
        Ok(Some(text))
    }
}

/// Converts one file.
pub(super) fn read_document(file: &Path, options: &Options) -> Result<Document, Error> {
    let bytes = crate::batch::read(file)?;
    let name = file.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    convert(&bytes, &Options { file: name, ..options.clone() })
}
