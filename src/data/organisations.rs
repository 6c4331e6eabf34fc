//! Organisations, gathered from all documents: what grows with their number, and not with that of the documents.

use std::collections::{BTreeMap, BTreeSet};

use super::value::Record;
use crate::document::Document;
use crate::language::regions::region_of;
use crate::language::vocabulary::Vocabulary;

/// What the documents say of an organisation.
#[derive(Debug, Default)]
struct Organisation {
    printed: BTreeSet<String>,
    documents: u32,
    years: Option<(u16, u16)>,
}

/// The organisations of the documents so far, by name.
#[derive(Debug, Default)]
pub(super) struct Organisations(BTreeMap<String, Organisation>);

impl Organisations {
    /// Adds whose a document is.
    pub(super) fn add(&mut self, document: &Document) {
        let publication = &document.document;
        let Some(name) = &publication.organisation else { return };
        let known = self.0.entry(name.clone()).or_default();
        let printed = publication.organisation_printed.as_ref().unwrap_or(name);
        if !known.printed.contains(printed) {
            known.printed.insert(printed.clone());
        }
        known.documents += 1;
        if let Some(year) = publication.fiscal_year {
            let (first, last) = known.years.unwrap_or((year, year));
            known.years = Some((first.min(year), last.max(year)));
        }
    }

    /// Their rows, in the order of their names.
    pub(super) fn rows(&self) -> Vec<Record<'_>> {
        let vocabulary = Vocabulary::national().ok();
        let row = |(name, known): (&'_ String, &'_ Organisation)| {
            let region = vocabulary.and_then(|vocabulary| region_of(name, &vocabulary.regions));
            let printed: Vec<&str> = known.printed.iter().map(String::as_str).collect();
            Record::default()
                .text(name.clone())
                .text(printed.join(PRINTED_SEPARATOR))
                .text(region.map(|region| region.name.to_owned()).unwrap_or_default())
                .text(region.map(|region| region.level.to_owned()).unwrap_or_default())
                .integer(known.documents)
                .optional_integer(known.years.map(|(first, _)| first))
                .optional_integer(known.years.map(|(_, last)| last))
        };
        self.0.iter().map(row).collect()
    }
}

/// Stands between several printed names.
const PRINTED_SEPARATOR: &str = "；";
