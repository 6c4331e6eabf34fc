//! Codes and their names: one name for a code in the whole document, and the one that the year's 政府收支分类科目 has.

use rustc_hash::{FxHashMap, FxHashSet};

use crate::check::ledger::{Ledger, LedgerTable};
use crate::check::outcomes::Fault;
use crate::check::rule::Rule;
use crate::document::{CheckPlace, Scheme, Severity, TableKind};
use crate::language::classification::Judgement;
use crate::language::classification::scheme_of;

/// A code has one name everywhere in the document; two names for one code are a misprinted code or a misprinted name.
pub(super) const ONE_NAME_FOR_A_CODE: Rule = Rule {
    id: "one-name-for-a-code",
    severity: Severity::Warning,
    title: "同一科目编码名称一致",
    title_en: "a code has one name in the whole document",
    run: |ledger, outcomes| {
        let mut known: FxHashMap<&str, &Named<'_>> = FxHashMap::default();
        let named = classified(ledger);
        let mut consistent = true;
        for subject in &named {
            let first = *known.entry(subject.code).or_insert(subject);
            if first.stem == subject.stem {
                continue;
            }
            consistent = false;
            let is_cut = is_cut(subject.stem, first.stem) || is_cut(first.stem, subject.stem);
            let mut place = subject.place.clone();
            place.column = None;
            outcomes.fail(Fault {
                message: format!("{}：“{}”，第{}页作“{}”", subject.code, subject.name, first.place.page.0, first.name),
                actual: Some(subject.name.to_owned()),
                expected: Some(first.name.to_owned()),
                places: vec![place, first.place.clone()],
                severity: is_cut.then_some(Severity::Note),
            });
        }
        match (named.is_empty(), consistent) {
            (true, _) => outcomes.not_applicable("没有带科目编码的表", None),
            (false, true) => outcomes.pass(format!("{}个科目编码名称一致", known.len()), Vec::new()),
            (false, false) => {}
        }
    },
};

/// A name of which at least this many characters are left is told by its beginning.
const MIN_BEGINNING: usize = 4;

/// Whether a name is the beginning of another: its cell cuts it off.
fn is_cut(name: &str, whole: &str) -> bool {
    name.chars().count() >= MIN_BEGINNING && whole.starts_with(name)
}

/// A subject's name has one code in all tables: where two tables have it once each, with codes that the other does not
/// have, one of the codes is misprinted.
pub(super) const ONE_CODE_FOR_A_NAME: Rule = Rule {
    id: "one-code-for-a-name",
    severity: Severity::Warning,
    title: "同一科目名称编码一致",
    title_en: "a subject's name has one code in all tables",
    run: |ledger, outcomes| {
        let tables: Vec<Coded<'_>> =
            ledger.known_tables().filter(|table| lists_subjects(table)).map(Coded::of).collect();
        let mut told: FxHashSet<(&str, &str)> = FxHashSet::default();
        for (at, later) in tables.iter().enumerate() {
            for Named { code, stem, place, .. } in &later.subjects {
                let expected = later
                    .only_code(code, stem)
                    .and_then(|_| tables[..at].iter().find_map(|first| first.other_code(code, stem, later)));
                let Some(expected) = expected else { continue };
                if told.insert((code, expected)) {
                    outcomes.fail(Fault {
                        message: format!("“{stem}”：编码{code}，他表作{expected}"),
                        actual: Some((*code).to_owned()),
                        expected: Some(expected.to_owned()),
                        places: vec![place.clone()],
                        ..Fault::default()
                    });
                }
            }
        }
        if outcomes.is_silent() {
            outcomes.pass("各科目名称编码一致", Vec::new());
        }
    },
};

/// Code and name against the classification of the document's year, as far as the shipped table knows it: a subject's
/// old name, another subject's name, a class that does not exist.
pub(super) const SUBJECT_OF_THE_YEAR: Rule = Rule {
    id: "subject-as-in-classification",
    severity: Severity::Warning,
    title: "科目编码和名称与当年政府收支分类科目一致",
    title_en: "code and name are those of the year's classification",
    run: |ledger, outcomes| {
        let Some(year) = ledger.publication.fiscal_year else {
            return outcomes.not_applicable("年度不明", None);
        };
        let mut seen: FxHashSet<(&str, &str)> = FxHashSet::default();
        let (mut known, mut unknown) = (0, 0);
        for subject in &named(ledger) {
            if !seen.insert((subject.code, subject.name)) {
                continue;
            }
            let fault = |expected: Option<&str>, message: String| Fault {
                message,
                actual: Some(subject.name.to_owned()),
                expected: expected.map(str::to_owned),
                places: vec![subject.place.clone()],
                ..Fault::default()
            };
            let (code, name) = (subject.code, subject.name);
            match ledger.classification.judge(code, name, year) {
                Judgement::AsInStandard => known += 1,
                Judgement::NotCovered => unknown += 1,
                Judgement::Renamed(now) => {
                    let message = format!("{code}“{name}”是旧名称，{year}年应为“{}”", now.name);
                    outcomes.fail(fault(Some(now.name), message));
                }
                Judgement::OtherName(now) => {
                    let message = format!("{code}在{year}年政府收支分类科目中是“{}”，此处作“{name}”", now.name);
                    outcomes.fail(fault(Some(now.name), message));
                }
                Judgement::OtherCode(known) => {
                    let message = format!("“{name}”在政府收支分类科目中是{}，此处作{code}", known.code);
                    outcomes.fail(fault(Some(known.code), message));
                }
                Judgement::NoSuchClass => {
                    outcomes.fail(fault(None, format!("政府收支分类科目没有{}类：{code}“{name}”", &code[..3])));
                }
            }
        }
        if known > 0 {
            outcomes.pass(format!("{known}个科目与政府收支分类科目一致"), Vec::new());
        }
        if unknown > 0 {
            outcomes.not_applicable(format!("科目表未收录{unknown}个科目"), None);
        }
        if outcomes.is_silent() {
            outcomes.not_applicable("没有带科目编码的表", None);
        }
    },
};

/// A name on one level of a classification.
type NameOfLevel<'t> = (Option<Scheme>, usize, &'t str);

/// The codes of a table, and the names in it.
struct Coded<'t> {
    subjects: Vec<Named<'t>>,
    codes: FxHashSet<&'t str>,
    /// The code of each name; `None` for one that comes with several.
    names: FxHashMap<NameOfLevel<'t>, Option<&'t str>>,
}

impl<'t> Coded<'t> {
    fn of(table: &'t LedgerTable<'_>) -> Self {
        let subjects: Vec<Named<'t>> =
            named_in(table).filter(|subject| !subject.stem.is_empty() && scheme_of(subject.code).is_some()).collect();
        let mut names: FxHashMap<NameOfLevel<'t>, Option<&'t str>> = FxHashMap::default();
        for Named { code, stem, .. } in &subjects {
            let known = names.entry((scheme_of(code), code.len(), stem)).or_insert(Some(code));
            if known.is_some_and(|known| known != *code) {
                *known = None;
            }
        }
        Self { codes: subjects.iter().map(|subject| subject.code).collect(), subjects, names }
    }

    /// The one code that a name has here on the level of a code.
    fn only_code(&self, code: &str, stem: &str) -> Option<&'t str> {
        self.names.get(&(scheme_of(code), code.len(), stem)).copied().flatten()
    }

    /// The one code that a name has here, where neither table has the code of the other.
    fn other_code(&self, code: &str, stem: &str, later: &Coded<'_>) -> Option<&'t str> {
        let own = self.only_code(code, stem)?;
        (own != code && !self.codes.contains(code) && !later.codes.contains(own)).then_some(own)
    }
}

/// A code with its name, where it is printed.
struct Named<'t> {
    code: &'t str,
    name: &'t str,
    /// The name in the form in which names are compared.
    stem: &'t str,
    place: CheckPlace,
}

/// Every code with a name in the tables that list subjects. Tables of projects and purchases have other names beside
/// the codes.
fn named<'l>(ledger: &'l Ledger<'_>) -> Vec<Named<'l>> {
    let tables = ledger.known_tables().filter(|table| lists_subjects(table));
    tables.flat_map(named_in).collect()
}

/// The same, without the codes that no classification can have.
fn classified<'l>(ledger: &'l Ledger<'_>) -> Vec<Named<'l>> {
    named(ledger).into_iter().filter(|subject| scheme_of(subject.code).is_some()).collect()
}

/// Every code with a name in one table: of the leading classification, and of the one that divides it, whose name is the
/// next in the row.
fn named_in<'l>(table: &'l LedgerTable<'_>) -> impl Iterator<Item = Named<'l>> {
    table.sides.iter().flat_map(move |side| {
        side.rows.iter().enumerate().flat_map(move |(index, row)| {
            let second_name = row.other_labels.first().map(String::as_str);
            let codes = [
                (row.code.as_deref(), Some((row.label.as_str(), row.stem.as_str()))),
                (row.second.as_deref(), second_name.map(|name| (name, name))),
            ];
            codes.into_iter().filter_map(move |(code, name)| {
                let code = code?;
                let (name, stem) = name.filter(|(name, _)| !name.is_empty())?;
                let place = CheckPlace::on(table.table.rows[index].page).cell(table.index, index, side.name);
                Some(Named { code, name, stem, place })
            })
        })
    })
}

fn lists_subjects(table: &LedgerTable<'_>) -> bool {
    !matches!(
        table.table.kind,
        TableKind::Procurement | TableKind::ProjectExpenditure | TableKind::PerformanceTargets | TableKind::Other
    )
}
