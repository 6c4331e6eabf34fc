//! The kinds as their documentation tells them, and `docs/diagnostics.md`, which is made of it.

use std::path::PathBuf;

use strum::IntoEnumIterator;

use super::super::{Severity, json_schema};
use super::DiagnosticKind;

/// The documentation of every kind by its id, as the JSON Schema has it.
fn described() -> Vec<(String, String)> {
    let schema: serde_json::Value = serde_json::from_str(&json_schema()).expect("the schema is JSON");
    let kinds = schema["$defs"]["DiagnosticKind"]["oneOf"].as_array().expect("the schema lists the kinds").clone();
    let text = |value: &serde_json::Value| value.as_str().expect("text").to_owned();
    kinds.iter().map(|kind| (text(&kind["const"]), text(&kind["description"]))).collect()
}

/// The page of the documentation.
fn page() -> String {
    let mut page = "\
# Diagnostics

<!-- Made of the documentation of `DiagnosticKind` by a test: `YUSUAN_BLESS=diagnostics cargo test --lib diagnostics` -->

What the conversion itself could not read, place or understand stands in `diagnostics` of the document JSON. The `id` is
stable and decides the `severity`; `message` says in English what was found in the single case; `yusuan check` tells the
kind in Chinese or English. A warning makes the exit status 1, a note does not. Where a kind puts figures in doubt, checks
that fail on its page are marked `doubtful`.

A new kind is a variant of `Observation` (`src/document/diagnostics/observation.rs`) with its documentation; the compiler
then asks for its severity, its words in both languages and its message, and a test asks for this page.

| id | severity | figures in doubt | 中文 | English |
|---|---|---|---|---|
"
    .to_owned();
    for kind in DiagnosticKind::iter() {
        let severity = match kind.severity() {
            Severity::Note => "note",
            Severity::Warning => "warning",
            Severity::Error => "error",
        };
        let doubt = if kind.doubts_figures() { "yes" } else { "" };
        let (id, chinese, english) = (kind.id(), kind.chinese(), kind.english());
        page.push_str(&format!("| [`{id}`](#{id}) | {severity} | {doubt} | {chinese} | {english} |\n"));
    }
    for (id, description) in described() {
        page.push_str(&format!("\n## {id}\n\n{description}\n"));
    }
    page
}

#[test]
fn the_page_tells_every_kind_as_the_code_does() {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("docs/diagnostics.md");
    let (now, expected) = (std::fs::read_to_string(&path).unwrap_or_default(), page());
    if now != expected && std::env::var("YUSUAN_BLESS").is_ok_and(|name| name == "diagnostics") {
        std::fs::write(&path, &expected).expect("docs/diagnostics.md is written");
    }
    assert!(now == expected, "docs/diagnostics.md is stale: run with YUSUAN_BLESS=diagnostics, then again");
}

#[test]
fn the_schema_lists_every_id_once() {
    let mut described: Vec<String> = described().into_iter().map(|(id, _)| id).collect();
    let ids: Vec<&str> = DiagnosticKind::iter().map(DiagnosticKind::id).collect();
    assert_eq!(described, ids);
    assert!(ids.iter().all(|id| id.chars().all(|c| c.is_ascii_lowercase() || c == '-')), "{ids:?}");
    described.sort();
    described.dedup();
    assert_eq!(described.len(), ids.len());
}

#[test]
fn every_kind_speaks_both_languages() {
    let is_chinese = |c: char| ('\u{4e00}'..='\u{9fff}').contains(&c);
    for kind in DiagnosticKind::iter() {
        assert!(kind.chinese().chars().any(is_chinese), "{kind:?} has no Chinese");
        assert!(kind.english().contains(' ') && kind.english().is_ascii(), "{kind:?} has no English");
    }
    let mut words: Vec<&str> = DiagnosticKind::iter().flat_map(|kind| [kind.chinese(), kind.english()]).collect();
    let count = words.len();
    words.sort_unstable();
    words.dedup();
    assert_eq!(words.len(), count, "two kinds say the same");
}

#[test]
fn documentation_says_what_why_and_what_to_do() {
    for (id, description) in described() {
        let paragraphs: Vec<&str> = description.split("\n\n").collect();
        let [_, why, what] = paragraphs[..] else { panic!("{id}: {description}") };
        assert!(why.starts_with("Why it matters: ") && what.starts_with("What to do: "), "{id}: {description}");
    }
}
