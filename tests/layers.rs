//! The rooms of `src/` stand in an order, that of the headings in ARCHITECTURE.md, and import only those above their
//! own. Tests may import what they like.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use regex::Regex;

/// A use of one room in another.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Import {
    from: String,
    to: String,
    place: String,
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// The rooms in their order: "### `document/`", "### `limits.rs`".
fn order() -> Vec<String> {
    let text = std::fs::read_to_string(root().join("ARCHITECTURE.md")).expect("ARCHITECTURE.md");
    let heading = Regex::new(r"(?m)^### `(\w+)(?:/|\.rs)`").expect("a pattern");
    heading.captures_iter(&text).map(|found| found[1].to_owned()).collect()
}

/// The Rust files of a folder, however deep, in order.
fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path());
    let mut paths: Vec<PathBuf> = entries.collect();
    paths.sort();
    paths.into_iter().flat_map(|path| if path.is_dir() { files(&path) } else { vec![path] }).collect()
}

/// A module's names from the root: `src/check/prose/mod.rs` is check, prose.
fn module(file: &Path) -> Vec<String> {
    let below = file.strip_prefix(root().join("src")).expect("a source file").with_extension("");
    let names = below.iter().map(|name| name.to_string_lossy().into_owned());
    names.filter(|name| name != "mod").collect()
}

/// Whether a whole module is only compiled for tests or fuzzing.
fn is_for_tests(module: &[String]) -> bool {
    module.iter().any(|name| matches!(name.as_str(), "testing" | "tests" | "perturbed" | "fuzzing" | "documentation"))
}

/// Code without its comments and without what stands behind `#[cfg(test)]` at the end of a file.
fn code(text: &str) -> String {
    let end = text.find("#[cfg(test)]\nmod ").filter(|at| text[*at..].contains('{')).unwrap_or(text.len());
    let lines = text[..end].lines();
    lines.map(|line| line.split("//").next().unwrap_or("")).collect::<Vec<_>>().join("\n")
}

/// What a module's code names of other rooms. `crate::` names a room or, which is none, something of `lib.rs`.
fn imports(module: &[String], text: &str) -> Vec<Import> {
    let path = Regex::new(r"\bcrate::(?:(\w+)|\{([^}]*)\})").expect("a pattern");
    let mut found = Vec::new();
    for names in path.captures_iter(text) {
        let listed = names.get(1).or(names.get(2)).map_or("", |names| names.as_str());
        // Of `{amount, years::{self, year_in}}` only the first names are rooms.
        for name in listed.split(',').filter_map(|name| name.trim().split("::").next()).filter(|name| !name.is_empty())
        {
            let import =
                Import { from: module[0].clone(), to: name.to_owned(), place: format!("src/{}", module.join("/")) };
            found.push(import);
        }
    }
    let upwards = Regex::new(r"\b((?:super::)+)(\w+)").expect("a pattern");
    for names in upwards.captures_iter(text) {
        let levels = names[1].len() / "super::".len();
        if levels >= module.len() {
            let place = format!("src/{}", module.join("/"));
            found.push(Import { from: module[0].clone(), to: names[2].to_owned(), place });
        }
    }
    found
}

/// What breaks the order.
fn faults(order: &[String], imports: &[Import]) -> BTreeSet<String> {
    let rank = |room: &str| order.iter().position(|known| known == room);
    let mut faults = BTreeSet::new();
    for import in imports.iter().filter(|import| import.from != import.to) {
        match (rank(&import.from), rank(&import.to)) {
            (Some(from), Some(to)) if to < from => {}
            (Some(_), Some(_)) => {
                faults.insert(format!("{}: {} may not import {}", import.place, import.from, import.to));
            }
            (None, _) => {
                faults.insert(format!("{}: the room {} has no heading in ARCHITECTURE.md", import.place, import.from));
            }
            (_, None) => {
                faults.insert(format!("{}: crate::{} is no room: import it from where it is", import.place, import.to));
            }
        }
    }
    faults
}

#[test]
fn a_room_imports_only_rooms_above_it() {
    let order = order();
    let mut found = Vec::new();
    for file in files(&root().join("src")) {
        let module = module(&file);
        if is_for_tests(&module) || matches!(module[0].as_str(), "lib" | "main") {
            continue;
        }
        assert!(order.contains(&module[0]), "the room {} has no heading in ARCHITECTURE.md", module[0]);
        found.extend(imports(&module, &code(&std::fs::read_to_string(&file).expect("a source file"))));
    }
    assert!(found.len() > 100, "imports are found");
    let faults = faults(&order, &found);
    assert!(faults.is_empty(), "{} imports break the order:\n{}", faults.len(), Vec::from_iter(faults).join("\n"));
}

#[test]
fn every_heading_names_a_room() {
    for room in order() {
        let source = root().join("src").join(&room);
        assert!(source.is_dir() || source.with_extension("rs").is_file(), "there is no room {room}");
    }
}

#[test]
fn an_import_upwards_is_a_fault() {
    let order = ["document", "text", "grid"].map(str::to_owned);
    let of = |module: &[&str], text: &str| {
        let module: Vec<String> = module.iter().map(|name| (*name).to_owned()).collect();
        faults(&order, &imports(&module, &code(text)))
    };
    assert!(of(&["grid", "cells"], "use crate::document::{Rect, PageNumber};\nuse super::edges;").is_empty());
    assert_eq!(of(&["text", "lines"], "use crate::grid::Edges;").len(), 1);
    assert_eq!(of(&["text"], "use super::grid::Edges;").len(), 1, "by another way");
    assert_eq!(of(&["text", "lines"], "use crate::{document, grid};").len(), 1);
    assert_eq!(of(&["text", "lines"], "fn f() { crate::grid::lay_out() }").len(), 1);
    assert_eq!(of(&["text", "lines"], "use crate::Options;").len(), 1, "what lib.rs passes on");
    assert_eq!(of(&["unknown"], "use crate::document::Rect;").len(), 1);
    assert!(of(&["text"], "// crate::grid is below").is_empty());
    assert!(of(&["text"], "fn f() {}\n#[cfg(test)]\nmod tests {\n    use crate::grid::Edges;\n}").is_empty());
}
