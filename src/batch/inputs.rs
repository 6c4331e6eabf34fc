//! Arguments → the files to convert, and where the output of each goes.

use std::collections::HashSet;
use std::io::Read;
use std::path::{Path, PathBuf};

use walkdir::{DirEntry, WalkDir};

use crate::document::{Error, ErrorKind};
use crate::outputs::DATASET_FOLDER;

/// What is a text is told by so many bytes of its beginning, however long it is.
const HEAD: u64 = 64 * 1024;

/// Why a pipe, a device or a socket is not read.
const NO_FILE: &str = "not a regular file";

/// A file that was asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Input {
    /// The file, reached from the argument that named it or its folder.
    pub path: PathBuf,
    /// Its path below the folder that was named; the bare name where the file itself was.
    pub relative: PathBuf,
    /// Its size; 0 where it cannot be told.
    pub bytes: u64,
}

/// What the arguments name: the files, and what could not be looked into.
#[derive(Debug, Default)]
pub(crate) struct Found {
    /// The files in the order of the arguments; those of a folder, however deep, by name. None twice.
    pub files: Vec<Input>,
    /// Folders and files below the arguments that cannot be reached, with the reason.
    pub unreachable: Vec<(PathBuf, String)>,
}

/// Finds the PDFs and text dumps that the arguments name: files whatever they are called; below folders, what ends in
/// `.pdf`, and what ends in `.txt` if it is Chinese text. Symbolic links are followed.
///
/// # Errors
/// [`ErrorKind::Io`] if there is no file or folder that an argument names.
pub(crate) fn find(arguments: &[PathBuf]) -> Result<Found, Error> {
    let mut found = Found::default();
    let mut known = HashSet::new();
    for argument in arguments {
        if argument.is_dir() {
            walk(argument, &mut known, &mut found);
        } else if argument.is_file() {
            let relative = argument.file_name().map(PathBuf::from).unwrap_or_default();
            add(argument.clone(), relative, &mut known, &mut found);
        } else if argument.exists() {
            found.unreachable.push((argument.clone(), NO_FILE.to_owned()));
        } else {
            return Err(Error::new(ErrorKind::Io, format!("there is no file or folder {}", argument.display())));
        }
    }
    Ok(found)
}

fn walk(folder: &Path, known: &mut HashSet<PathBuf>, found: &mut Found) {
    for entry in WalkDir::new(folder).follow_links(true).sort_by_file_name() {
        match entry {
            Ok(entry) if is_pdf(&entry) || is_dump(&entry) => {
                let relative = entry.path().strip_prefix(folder).unwrap_or(entry.path()).to_owned();
                add(entry.into_path(), relative, known, found);
            }
            Ok(entry) if is_special(&entry) => found.unreachable.push((entry.into_path(), NO_FILE.to_owned())),
            Ok(_) => {}
            Err(error) => {
                let path = error.path().unwrap_or(folder).to_owned();
                found.unreachable.push((path, error.to_string()));
            }
        }
    }
}

fn is_pdf(entry: &DirEntry) -> bool {
    has_extension(entry, "pdf") && entry.file_type().is_file()
}

/// Whether a file is a text dump, or a PDF that is called one: folders hold other texts too. One that cannot be read is
/// for the report to tell of.
fn is_dump(entry: &DirEntry) -> bool {
    let told = |head: Vec<u8>| crate::dump::is_dump(&head) || crate::dump::has_pdf_header(&head);
    has_extension(entry, "txt") && entry.file_type().is_file() && head(entry.path()).map_or(true, told)
}

/// The beginning of a file, up to the end of a line where there is more.
fn head(path: &Path) -> std::io::Result<Vec<u8>> {
    let mut head = Vec::new();
    std::fs::File::open(path)?.take(HEAD).read_to_end(&mut head)?;
    if head.len() as u64 == HEAD
        && let Some(end) = head.iter().rposition(|byte| *byte == b'\n')
        && !head.starts_with(&[0xFF, 0xFE])
    {
        head.truncate(end);
    }
    Ok(head)
}

/// Whether what is called a PDF or a text is a pipe, a device or a socket. Opening one may wait for ever.
fn is_special(entry: &DirEntry) -> bool {
    let kind = entry.file_type();
    !kind.is_file() && !kind.is_dir() && (has_extension(entry, "pdf") || has_extension(entry, "txt"))
}

fn has_extension(entry: &DirEntry, wanted: &str) -> bool {
    entry.path().extension().is_some_and(|extension| extension.eq_ignore_ascii_case(wanted))
}

/// Reads a whole file, if it is one: opening a pipe or a device may wait for ever.
///
/// # Errors
/// [`ErrorKind::Io`] says why it cannot be read.
pub(crate) fn read(path: &Path) -> Result<Vec<u8>, Error> {
    let io = |error: std::io::Error| Error::new(ErrorKind::Io, error.to_string());
    if !std::fs::metadata(path).map_err(io)?.is_file() {
        return Err(Error::new(ErrorKind::Io, NO_FILE));
    }
    std::fs::read(path).map_err(io)
}

fn add(path: PathBuf, relative: PathBuf, known: &mut HashSet<PathBuf>, found: &mut Found) {
    if known.insert(absolute(&path)) {
        let bytes = path.metadata().map_or(0, |metadata| metadata.len());
        found.files.push(Input { path, relative, bytes });
    }
}

/// The path from the root, without looking at links.
fn absolute(path: &Path) -> PathBuf {
    std::path::absolute(path).unwrap_or_else(|_| path.to_owned())
}

/// A file from the root, in words: what the journal knows it by.
pub(super) fn identity(path: &Path) -> String {
    absolute(path).to_string_lossy().into_owned()
}

/// The output of each input, below the output folder: its relative path ending in `.json`. Where that is taken, by an
/// earlier input or by another file of an earlier run (`owner` tells its identity), a number is added: `x.json`,
/// `x~2.json`.
///
/// An output whose owner is there no more is free. Names that differ in case only count as one, as some file systems
/// take them.
pub(super) fn outputs<'o>(inputs: &[Input], owner: impl Fn(&str) -> Option<&'o str>) -> Vec<String> {
    let mut taken = HashSet::new();
    let outputs = inputs.iter().map(|input| {
        let itself = identity(&input.path);
        let is_free = |name: &String| {
            !taken.contains(&name.to_lowercase())
                && owner(name).is_none_or(|other| other == itself || !may_exist(other))
        };
        let stem = stem(&input.relative);
        let mut names = std::iter::once(format!("{stem}.json")).chain((2..).map(|n: u64| format!("{stem}~{n}.json")));
        let name = names.find(is_free).unwrap_or_default();
        taken.insert(name.to_lowercase());
        name
    });
    outputs.collect()
}

/// Whether a file is there; of one whose name is not known exactly, nobody can say.
fn may_exist(identity: &str) -> bool {
    identity.contains(char::REPLACEMENT_CHARACTER) || Path::new(identity).is_file()
}

/// Most bytes of an output's name before its ending. File systems take 255; `.json` is longer than `.pdf`, and a number
/// may come before it.
const MAX_NAME: usize = 235;

/// A relative path with `/` between its parts and without its extension. Bytes that are no UTF-8 are replaced. Names
/// that would hide a document from those who read the output folder are changed: `.x` to `_.x`, the folder of the data
/// sets to `dataset~`.
fn stem(relative: &Path) -> String {
    let whole = relative.with_extension("");
    let mut parts: Vec<String> =
        whole.components().map(|part| part.as_os_str().to_string_lossy().into_owned()).collect();
    for part in parts.iter_mut().filter(|part| part.starts_with('.')) {
        part.insert(0, '_');
    }
    if parts.len() > 1 && parts[0] == DATASET_FOLDER {
        parts[0].push('~');
    }
    if let Some(name) = parts.last_mut() {
        name.truncate(name.floor_char_boundary(MAX_NAME));
    }
    parts.join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn input(path: &str, relative: &str) -> Input {
        Input { path: path.into(), relative: relative.into(), bytes: 0 }
    }

    #[test]
    fn folders_are_walked_and_no_file_comes_twice() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        for name in ["b.PDF", "a/x.pdf", "a/b/x.pdf", "a/notes.txt", ".hidden.pdf"] {
            let path = folder.path().join(name);
            std::fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
            std::fs::write(path, "x").expect("a file");
        }
        let found = find(&[folder.path().to_owned(), folder.path().join("b.PDF")]).expect("a folder");
        let names: Vec<_> = found.files.iter().map(|file| file.relative.as_path()).collect();
        assert_eq!(names, [".hidden.pdf", "a/b/x.pdf", "a/x.pdf", "b.PDF"].map(Path::new));
        assert_eq!(found.files[0].bytes, 1);
    }

    #[test]
    fn texts_are_told_by_their_beginning() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let write = |name: &str, bytes: &[u8]| std::fs::write(folder.path().join(name), bytes).expect("a file");
        write("dump.txt", "某市财政局部门预算\n".repeat(10_000).as_bytes());
        write("pdf.txt", b"%PDF-1.7");
        write("english.txt", b"nothing Chinese");
        let sparse = std::fs::File::create(folder.path().join("sparse.txt")).expect("a file");
        sparse.set_len(1 << 40).expect("a sparse file");
        let found = find(&[folder.path().to_owned()]).expect("a folder");
        let names: Vec<_> = found.files.iter().map(|file| file.relative.as_path()).collect();
        assert_eq!(names, ["dump.txt", "pdf.txt"].map(Path::new));
    }

    #[cfg(unix)]
    #[test]
    fn sockets_are_named_and_never_opened() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let socket = folder.path().join("x.pdf");
        let _listener = std::os::unix::net::UnixListener::bind(&socket).expect("a socket");
        for argument in [folder.path(), &socket] {
            let found = find(&[argument.to_owned()]).expect("a folder");
            assert_eq!((found.files.len(), &found.unreachable), (0, &vec![(socket.clone(), NO_FILE.to_owned())]));
        }
        assert_eq!(read(&socket).expect_err("no file").message(), NO_FILE);
    }

    #[test]
    fn what_does_not_exist_is_an_error() {
        assert_eq!(find(&["no/such.pdf".into()]).expect_err("nothing").kind(), ErrorKind::Io);
    }

    #[cfg(unix)]
    #[test]
    fn a_loop_of_links_ends_and_is_named() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        std::os::unix::fs::symlink(folder.path(), folder.path().join("again")).expect("a link");
        std::fs::write(folder.path().join("x.pdf"), "x").expect("a file");
        let found = find(&[folder.path().to_owned()]).expect("a folder");
        assert_eq!((found.files.len(), found.unreachable.len()), (1, 1));
    }

    #[test]
    fn trees_are_mirrored_and_names_never_collide() {
        let inputs = [
            input("d/a/x.pdf", "a/x.pdf"),
            input("d/x.pdf", "x.pdf"),
            input("e/x.pdf", "x.pdf"),
            input("X.PDF", "X.PDF"),
        ];
        assert_eq!(outputs(&inputs, |_| None), ["a/x.json", "x.json", "x~2.json", "X~3.json"]);
    }

    #[test]
    fn no_document_hides_among_the_data_sets_or_behind_a_dot() {
        let inputs = [input("d/dataset/x.pdf", "dataset/x.pdf"), input("d/.a/.x.pdf", ".a/.x.pdf")];
        assert_eq!(outputs(&inputs, |_| None), ["dataset~/x.json", "_.a/_.x.json"]);
    }

    #[test]
    fn a_name_as_long_as_can_be_has_room_for_its_ending() {
        let name = "预".repeat(83) + ".pdf";
        let other = "预".repeat(82) + "算.pdf";
        let outputs = outputs(&[input(&name, &name), input(&other, &other)], |_| None);
        assert_eq!(outputs, ["预".repeat(78) + ".json", "预".repeat(78) + "~2.json"]);
    }

    #[test]
    fn an_output_of_another_file_is_left_alone_while_that_file_exists() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let other = folder.path().join("x.pdf");
        let owner = |name: &str| (name == "x.json").then(|| other.to_str().expect("UTF-8"));
        let inputs = [input("x.pdf", "x.pdf")];
        assert_eq!(outputs(&inputs, owner), ["x.json"], "its owner is gone");
        std::fs::write(&other, "x").expect("a file");
        assert_eq!(outputs(&inputs, owner), ["x~2.json"]);
    }
}
