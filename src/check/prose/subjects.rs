//! Names of subjects in the text.

use rustc_hash::FxHashMap;

use crate::check::figure::Place;
use crate::check::ledger::{Ledger, names_agree};
use crate::check::outcomes::Fault;
use crate::check::rule::Rule;
use crate::document::Severity;
use crate::language::classification::Judgement;

/// Digits of a code on a level: 类 3, 款 5, 项 7.
const LENGTHS: [usize; 3] = [3, 5, 7];

/// A path of subjects (…（类）…（款）…（项）) names each level as the tables do. A name that the year's classification has
/// dropped is an old one; any other is a misprint.
pub(super) const SUBJECT_NAME_IN_TEXT: Rule = Rule {
    id: "subject-name-in-text",
    severity: Severity::Warning,
    title: "文字中的科目名称与表和当年科目一致",
    title_en: "a subject is named in the text as in the tables",
    run: |ledger, outcomes| {
        let names = names(ledger);
        for (index, placed) in ledger.statements.iter().enumerate() {
            let Some(code) = placed.statement.code.as_deref().filter(|_| !placed.path.is_empty()) else { continue };
            let place = outcomes.place(Place::Statement(index));
            let mut agrees = true;
            for (level, name) in &placed.path {
                let Some(part) = LENGTHS.get(*level).and_then(|length| code.get(..*length)) else { continue };
                let Some(known) = names.get(part).filter(|known| !names_agree(known, name, ledger.vocabulary)) else {
                    continue;
                };
                agrees = false;
                let year = ledger.publication.fiscal_year;
                let judgement = year.map(|year| ledger.classification.judge(part, name, year));
                let (severity, what) = match judgement {
                    Some(Judgement::Renamed(_)) => (Severity::Warning, "是旧名称，"),
                    Some(Judgement::AsInStandard) => continue,
                    _ => (Severity::Note, ""),
                };
                outcomes.fail(Fault {
                    message: format!("{part}：文字作“{name}”，{what}表作“{known}”"),
                    actual: Some(name.clone()),
                    expected: Some((*known).to_owned()),
                    places: place.iter().cloned().collect(),
                    severity: Some(severity),
                });
            }
            if agrees {
                outcomes.pass(format!("{code}：文字与表名称一致"), place.into_iter().collect());
            }
        }
        if outcomes.is_silent() {
            outcomes.not_applicable("文字没有写明科目的类、款、项", None);
        }
    },
};

/// The name of each code in the tables; the first one printed.
fn names<'l>(ledger: &'l Ledger<'_>) -> FxHashMap<&'l str, &'l str> {
    let mut names = FxHashMap::default();
    for side in ledger.known_tables().flat_map(|table| &table.sides) {
        for row in &side.rows {
            if let Some(code) = &row.code {
                names.entry(code.as_str()).or_insert(row.label.as_str());
            }
        }
    }
    names
}
