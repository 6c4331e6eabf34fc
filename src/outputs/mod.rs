//! A folder of converted documents: the document JSONs that `yusuan convert` wrote, however deep.

#[cfg(feature = "cli")]
mod atomic;

use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

use crate::document::Document;
use crate::document::from_json;
use crate::document::{Error, ErrorKind};
#[cfg(feature = "cli")]
pub(crate) use atomic::{replace_file, write_atomically, write_atomically_through};

/// The folder for data sets inside an output folder; it holds no documents.
pub(crate) const DATASET_FOLDER: &str = "dataset";

/// Every document JSON of an output folder, by path. Files whose name begins with a dot, and the data sets in
/// [`DATASET_FOLDER`], are none.
///
/// # Errors
/// [`ErrorKind::Io`] if the folder cannot be read.
pub(crate) fn document_files(folder: &Path) -> Result<Vec<PathBuf>, Error> {
    let is_hidden = |entry: &walkdir::DirEntry| entry.file_name().to_string_lossy().starts_with('.');
    let is_dataset = |entry: &walkdir::DirEntry| entry.depth() == 1 && entry.file_name() == DATASET_FOLDER;
    let entries = walkdir::WalkDir::new(folder)
        .sort_by_file_name()
        .into_iter()
        .filter_entry(|entry| entry.depth() == 0 || (!is_hidden(entry) && !is_dataset(entry)));
    let mut files = Vec::new();
    for entry in entries {
        let entry = entry.map_err(|error| Error::new(ErrorKind::Io, error.to_string()))?;
        if entry.file_type().is_file() && entry.path().extension().is_some_and(|extension| extension == "json") {
            files.push(entry.into_path());
        }
    }
    Ok(files)
}

/// The report inside an output folder.
pub(crate) const REPORT: &str = "report.jsonl";

/// What the report says of a document.
#[cfg(feature = "data")]
#[derive(Clone, Debug, serde::Deserialize)]
pub(crate) struct Reported {
    /// The file that was converted, as it was named or found.
    pub(crate) input: String,
    /// What became of it.
    pub(crate) outcome: String,
    #[serde(default)]
    output: Option<String>,
}

/// The documents that the report of an output folder has, by their paths below the folder; `None` without a report.
///
/// # Errors
/// [`ErrorKind::Io`] if there is a report that cannot be read.
#[cfg(feature = "data")]
pub(crate) fn reported(folder: &Path) -> Result<Option<std::collections::HashMap<String, Reported>>, Error> {
    let path = folder.join(REPORT);
    let failed = |error: &dyn std::fmt::Display| Error::new(ErrorKind::Io, format!("{}: {error}", path.display()));
    let text = match std::fs::read_to_string(&path) {
        Ok(text) => text,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(failed(&error)),
    };
    let mut documents = std::collections::HashMap::new();
    for line in text.lines() {
        let row: Reported = serde_json::from_str(line).map_err(|error| failed(&error))?;
        if let Some(output) = row.output.clone() {
            documents.insert(output, row);
        }
    }
    Ok(Some(documents))
}

/// Reads one document JSON.
///
/// # Errors
/// [`ErrorKind::Io`], with the path, if the file cannot be read or is no document JSON.
pub(crate) fn read_document(file: &Path) -> Result<Document, Error> {
    let named = |message: String| Error::new(ErrorKind::Io, format!("{}: {message}", file.display()));
    let json = std::fs::read_to_string(file).map_err(|error| named(error.to_string()))?;
    from_json(&json).map_err(|error| named(error.message().to_owned()))
}

/// A file that waits for its name; it goes away if it gets none.
pub(crate) fn temporary_file(folder: &Path) -> std::io::Result<NamedTempFile> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(".yusuan-");
    #[cfg(unix)]
    {
        // As any new file: readable by others where the umask allows it.
        use std::os::unix::fs::PermissionsExt as _;
        builder.permissions(std::fs::Permissions::from_mode(0o666));
    }
    builder.tempfile_in(folder)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_documents_at_any_depth_but_no_data_sets() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        for name in ["b.json", "a/c.json", "a/.hidden.json", "dataset/facts.json", "a/dataset/d.json", "report.jsonl"] {
            let path = folder.path().join(name);
            std::fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
            std::fs::write(path, "{}").expect("a file");
        }
        let found = document_files(folder.path()).expect("a readable folder");
        let names: Vec<_> = found.iter().map(|path| path.strip_prefix(folder.path()).expect("inside")).collect();
        assert_eq!(names, ["a/c.json", "a/dataset/d.json", "b.json"].map(Path::new));
    }

    #[test]
    fn what_is_no_document_is_named() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let path = folder.path().join("x.json");
        std::fs::write(&path, "{}").expect("a file");
        let error = read_document(&path).expect_err("no document");
        assert!(error.message().contains("x.json"), "{error}");
    }
}
