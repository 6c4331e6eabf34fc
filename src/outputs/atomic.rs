//! Files written so that they are there whole or not at all.

use std::io::Write;
use std::path::Path;

use super::temporary_file;
use crate::document::{Error, ErrorKind};

/// Writes a file so that it is there whole or not at all: into a temporary file beside it, which then takes its name.
///
/// # Errors
/// [`ErrorKind::Io`] with the path and the cause.
pub(crate) fn write_atomically(path: &Path, contents: &str) -> Result<(), Error> {
    let folder = path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    write_atomically_through(folder, path, contents.as_bytes())
}

/// [`write_atomically`] with the temporary file in a folder of its own on the same file system, where what a killed
/// run leaves behind is easily found.
pub(crate) fn write_atomically_through(temporary: &Path, path: &Path, contents: &[u8]) -> Result<(), Error> {
    replace_file(temporary, path, contents)
        .map_err(|error| Error::new(ErrorKind::Io, format!("cannot write {}: {error}", path.display())))
}

/// The same, with the system's own error.
pub(crate) fn replace_file(temporary: &Path, path: &Path, contents: &[u8]) -> std::io::Result<()> {
    // A pipe, a device or a link in the place of the file is somebody's, and no output of an earlier run.
    if std::fs::symlink_metadata(path).is_ok_and(|there| !there.is_file()) {
        return Err(std::io::Error::new(std::io::ErrorKind::AlreadyExists, "what is there is no regular file"));
    }
    let mut file = temporary_file(temporary)?;
    file.write_all(contents)?;
    file.persist(path).map_err(|error| error.error)?;
    Ok(())
}
