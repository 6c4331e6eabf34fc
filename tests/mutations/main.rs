//! How much of what is wrong on a page is noticed: one printed number at a time is changed on the pages as they were
//! read, everything after the reading runs again, and what the checks now say is compared with what they said before.
//!
//! ```sh
//! cargo test --test mutations                                  # the fixed part, against .ci/mutation_floor
//! YUSUAN_MUTATE=a.pdf,folder cargo test --test mutations       # the table for these documents
//! ```
//!
//! `YUSUAN_MUTANTS` sets how many mutants of each kind a document gives, `YUSUAN_SHOW` names a kind of which every
//! mutant is printed that nothing noticed. The choices are seeded by the file's name: each run makes the same.

mod document;
mod glyphs;
mod kind;
mod random;
mod table;
mod target;

use std::path::{Path, PathBuf};

use rayon::prelude::*;

use document::Subject;
use table::Table;

/// Mutants of each kind that a document gives, where `YUSUAN_MUTANTS` does not say.
const MUTANTS: usize = 3;

fn main() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mutants = std::env::var("YUSUAN_MUTANTS").ok().and_then(|number| number.parse().ok()).unwrap_or(MUTANTS);
    let given = std::env::var("YUSUAN_MUTATE").ok();
    let files = match &given {
        Some(given) => given.split(',').flat_map(|path| pdfs(Path::new(path))).collect(),
        None => fixed(root),
    };
    let subjects: Vec<Subject> = files.par_iter().filter_map(|file| Subject::open(file)).collect();
    let found: Vec<_> = subjects.par_iter().flat_map(|subject| subject.mutate(mutants)).collect();
    let table = Table::of(&found);
    println!("{} documents, {} mutants\n\n{table}", subjects.len(), found.len());
    if given.is_none() {
        let floor = std::fs::read_to_string(root.join(".ci/mutation_floor")).expect("the floor");
        let worse = table.below(&floor);
        assert!(worse.is_empty(), "below .ci/mutation_floor:\n{}", worse.join("\n"));
    }
}

/// The documents of the fixed part: the samples, and where `YUSUAN_CORPUS` is set, those with ground truth in it.
fn fixed(root: &Path) -> Vec<PathBuf> {
    const SAMPLES: [&str; 4] = ["haidong-2023.pdf", "haidong-2024.pdf", "haidong-2023-borderless.pdf", "synthetic"];
    SAMPLES.iter().flat_map(|sample| pdfs(&root.join("samples").join(sample))).collect()
}

/// A PDF, or all in a folder.
fn pdfs(path: &Path) -> Vec<PathBuf> {
    if path.is_file() {
        return vec![path.to_owned()];
    }
    let entries = std::fs::read_dir(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let mut files: Vec<PathBuf> = entries.map(|entry| entry.expect("an entry").path()).collect();
    files.retain(|file| file.extension().is_some_and(|ending| ending == "pdf"));
    files.sort();
    files
}
