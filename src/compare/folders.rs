//! Two folders → the documents that belong together: by organisation, kind, scope and year.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Comparison, Named, compare, kind_name, scope_name};
use crate::document::Publication;
use crate::document::{Error, ErrorKind};
use crate::language::vocabulary::squeezed;
use crate::outputs::{document_files, read_document};

/// A document of a folder, as far as it must be known to find its counterpart.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Entry {
    /// Its file.
    pub file: PathBuf,
    /// What it publishes.
    pub document: Publication,
}

/// A file of a folder that is no document JSON.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Unreadable {
    /// The file.
    pub file: String,
    /// What is wrong with it.
    pub message: String,
}

/// Which year of the new folder belongs to a year of the old one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum YearOfNew {
    /// The same.
    Same,
    /// The following.
    Following,
}

/// Which documents of two folders belong together.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Pairing {
    /// The old file and the new one, in the order of their keys.
    pub pairs: Vec<(PathBuf, PathBuf)>,
    /// Documents without a counterpart.
    pub unmatched: Vec<Unmatched>,
    /// Documents with several counterparts.
    pub ambiguous: Vec<Ambiguous>,
}

/// A document without a counterpart.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Unmatched {
    /// Whether it is in the old folder.
    pub is_old: bool,
    /// Its file.
    pub file: String,
    /// What it publishes.
    pub document: Publication,
}

/// Documents of one organisation, kind, scope and year: which belongs to which is not known.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Ambiguous {
    /// The files in the old folder.
    pub old: Vec<String>,
    /// The files in the new folder.
    pub new: Vec<String>,
}

/// Two folders compared: what `yusuan diff --format json` prints. Two single documents make one comparison.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Comparisons {
    /// The documents that belong together, also those in which nothing differs.
    pub comparisons: Vec<Comparison>,
    /// Documents without a counterpart.
    pub unmatched: Vec<Unmatched>,
    /// Documents with several counterparts, which are not compared.
    pub ambiguous: Vec<Ambiguous>,
    /// Files that could not be read or converted.
    pub unreadable: Vec<Unreadable>,
}

impl Comparisons {
    /// Whether everything was compared and nothing differs.
    pub(crate) fn is_empty(&self) -> bool {
        self.comparisons.iter().all(Comparison::is_empty)
            && self.unmatched.is_empty()
            && self.ambiguous.is_empty()
            && self.unreadable.is_empty()
    }
}

/// The documents of a folder, and the files that are none.
///
/// # Errors
/// [`ErrorKind::Io`] if the folder cannot be read.
pub(crate) fn entries(folder: &Path) -> Result<(Vec<Entry>, Vec<Unreadable>), Error> {
    let (mut entries, mut unreadable) = (Vec::new(), Vec::new());
    for file in document_files(folder)? {
        match publication(&file) {
            Ok(document) => entries.push(Entry { file, document }),
            Err(message) => unreadable.push(Unreadable { file: file.display().to_string(), message }),
        }
    }
    Ok((entries, unreadable))
}

/// What a document JSON publishes, without reading more of it.
fn publication(file: &Path) -> Result<Publication, String> {
    #[derive(Deserialize)]
    struct Head {
        document: Publication,
    }
    let json = std::fs::read_to_string(file).map_err(|error| error.to_string())?;
    let head: Head = serde_json::from_str(&json).map_err(|error| format!("no document JSON: {error}"))?;
    Ok(head.document)
}

/// What must agree, with the year in the old folder: organisation, kind, scope, year.
type Key = (String, &'static str, &'static str, Option<u16>);

/// The key of a document; `None` where it is not known whose it is, or of which year when that must follow another.
fn key(document: &Publication, is_old: bool, year_of_new: YearOfNew) -> Option<Key> {
    let organisation = document.organisation.as_deref().map(squeezed)?.into_owned();
    let year = match (year_of_new, is_old) {
        (YearOfNew::Same, _) => document.fiscal_year,
        (YearOfNew::Following, true) => Some(document.fiscal_year?),
        (YearOfNew::Following, false) => Some(document.fiscal_year?.checked_sub(1)?),
    };
    Some((organisation, kind_name(document.kind), scope_name(document.scope), year))
}

/// Pairs the documents of two folders, which may be the same one. What has no counterpart is unmatched, unless it is
/// the counterpart of another: the last year of a folder that is compared with itself.
pub(crate) fn pair(old: &[Entry], new: &[Entry], year_of_new: YearOfNew) -> Pairing {
    let mut groups: BTreeMap<Key, (Vec<&Entry>, Vec<&Entry>)> = BTreeMap::new();
    let mut alone: Vec<(bool, &Entry)> = Vec::new();
    for (is_old, entry) in old.iter().map(|entry| (true, entry)).chain(new.iter().map(|entry| (false, entry))) {
        match key(&entry.document, is_old, year_of_new) {
            Some(key) if is_old => groups.entry(key).or_default().0.push(entry),
            Some(key) => groups.entry(key).or_default().1.push(entry),
            None => alone.push((is_old, entry)),
        }
    }
    let mut pairing = Pairing::default();
    let name = |entry: &&Entry| entry.file.display().to_string();
    for (old, new) in groups.values() {
        match (old.as_slice(), new.as_slice()) {
            ([old], [new]) => pairing.pairs.push((old.file.clone(), new.file.clone())),
            ([], entries) => alone.extend(entries.iter().map(|entry| (false, *entry))),
            (entries, []) => alone.extend(entries.iter().map(|entry| (true, *entry))),
            (old, new) => {
                let mut ambiguous =
                    Ambiguous { old: old.iter().map(name).collect(), new: new.iter().map(name).collect() };
                ambiguous.old.sort();
                ambiguous.new.sort();
                pairing.ambiguous.push(ambiguous);
            }
        }
    }
    pairing.unmatched = unmatched(alone, &pairing);
    pairing
}

fn unmatched(alone: Vec<(bool, &Entry)>, pairing: &Pairing) -> Vec<Unmatched> {
    let is_named = |entry: &Entry| {
        let file = entry.file.display().to_string();
        pairing.pairs.iter().any(|(old, new)| *old == entry.file || *new == entry.file)
            || pairing.ambiguous.iter().any(|group| group.old.contains(&file) || group.new.contains(&file))
    };
    let alone = alone.into_iter().filter(|(_, entry)| !is_named(entry));
    let mut unmatched: Vec<Unmatched> = alone
        .map(|(is_old, entry)| Unmatched {
            is_old,
            file: entry.file.display().to_string(),
            document: entry.document.clone(),
        })
        .collect();
    // A folder compared with itself has each of its documents on both sides.
    unmatched.sort_by(|first, second| (!first.is_old, &first.file).cmp(&(!second.is_old, &second.file)));
    let mut seen = std::collections::BTreeSet::new();
    unmatched.retain(|document| seen.insert(document.file.clone()));
    unmatched
}

/// Compares two folders of document JSONs. `each` is called with every comparison as soon as it is made, so that only
/// two documents are held at once.
///
/// # Errors
/// [`ErrorKind::Io`] if a folder cannot be read or holds nothing to compare.
pub(crate) fn compare_folders(
    old: &Path,
    new: &Path,
    year_of_new: YearOfNew,
    mut each: impl FnMut(&Comparison),
) -> Result<Comparisons, Error> {
    let ((old_entries, mut unreadable), (new_entries, others)) = (entries(old)?, entries(new)?);
    // A folder compared with itself has its faults once.
    unreadable.extend(others.into_iter().filter(|_| old != new));
    for (folder, entries) in [(old, &old_entries), (new, &new_entries)] {
        if entries.is_empty() {
            let message = format!("{} holds no document JSON; yusuan convert writes them", folder.display());
            return Err(Error::new(ErrorKind::Io, message));
        }
    }
    let Pairing { pairs, unmatched, ambiguous } = pair(&old_entries, &new_entries, year_of_new);
    let mut comparisons = Vec::new();
    for (old, new) in pairs {
        match compare_files(&old, &new) {
            Ok(comparison) => {
                each(&comparison);
                comparisons.push(comparison);
            }
            Err(error) => {
                unreadable.push(Unreadable { file: new.display().to_string(), message: error.to_string() });
            }
        }
    }
    Ok(Comparisons { comparisons, unmatched, ambiguous, unreadable })
}

fn compare_files(old: &Path, new: &Path) -> Result<Comparison, Error> {
    let (before, after) = (read_document(old)?, read_document(new)?);
    let (old, new) = (old.display().to_string(), new.display().to_string());
    compare(Named { file: &old, document: &before }, Named { file: &new, document: &after })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::document::publication;

    fn entry(file: &str, organisation: &str, year: u16) -> Entry {
        Entry { file: file.into(), document: publication(organisation, year) }
    }

    fn files(pairing: &Pairing) -> Vec<(&str, &str)> {
        pairing.pairs.iter().map(|(old, new)| (old.to_str().expect("UTF-8"), new.to_str().expect("UTF-8"))).collect()
    }

    #[test]
    fn documents_belong_together_by_organisation_kind_and_year() {
        let old = [entry("o/a", "财政局", 2023), entry("o/b", "民政局", 2023), entry("o/c", "财政局", 2024)];
        let new = [entry("n/c", "财政 局", 2024), entry("n/a", "财政局", 2023), entry("n/d", "司法局", 2023)];
        let pairing = pair(&old, &new, YearOfNew::Same);
        assert_eq!(files(&pairing), [("o/a", "n/a"), ("o/c", "n/c")]);
        let alone: Vec<(bool, &str)> = pairing.unmatched.iter().map(|one| (one.is_old, one.file.as_str())).collect();
        assert_eq!(alone, [(true, "o/b"), (false, "n/d")]);
        let mut turned = (old.clone(), new.clone());
        turned.0.reverse();
        turned.1.reverse();
        assert_eq!(pair(&turned.0, &turned.1, YearOfNew::Same), pairing, "their order does not matter");
    }

    #[test]
    fn a_year_belongs_to_the_following_one() {
        let folder = [entry("a", "财政局", 2022), entry("b", "财政局", 2023), entry("c", "财政局", 2024)];
        let pairing = pair(&folder, &folder, YearOfNew::Following);
        assert_eq!(files(&pairing), [("a", "b"), ("b", "c")]);
        assert_eq!(pairing.unmatched, [], "each is compared with another");
        let other = [entry("x", "民政局", 2024)];
        let pairing = pair(&folder[..1], &other, YearOfNew::Following);
        assert_eq!(pairing.unmatched.len(), 2);
    }

    #[test]
    fn several_counterparts_are_named_and_not_guessed() {
        let old = [entry("o/a", "财政局", 2023)];
        let new = [entry("n/b", "财政局", 2023), entry("n/a", "财政局", 2023)];
        let pairing = pair(&old, &new, YearOfNew::Same);
        assert!(pairing.pairs.is_empty() && pairing.unmatched.is_empty());
        assert_eq!(pairing.ambiguous, [Ambiguous { old: vec!["o/a".into()], new: vec!["n/a".into(), "n/b".into()] }]);
    }

    #[test]
    fn a_document_of_nobody_has_no_counterpart() {
        let (old, new) = ([entry("o/a", "", 2023)], [entry("n/a", "", 2023)]);
        assert_eq!(pair(&old, &new, YearOfNew::Same).unmatched.len(), 2);
    }
}
