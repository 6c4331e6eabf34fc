//! The figures of the tables by the names that prose gives them.

use crate::check::figure::Figure;
use crate::check::ledger::{Ledger, LedgerTable, RowKind, Side, names_agree, stem};
use crate::document::{Measure, TableKind};
use crate::parse::year_in;
use crate::vocabulary::squeezed;

use super::reading::Reading;

/// Measures that prose names by themselves: 基本支出, 公务接待费.
const MEASURES: [Measure; 11] = [
    Measure::Basic,
    Measure::Project,
    Measure::Personnel,
    Measure::Operating,
    Measure::Carryover,
    Measure::GeneralPublic,
    Measure::TravelAbroad,
    Measure::Vehicles,
    Measure::VehiclePurchase,
    Measure::VehicleOperation,
    Measure::Reception,
];

/// A figure of a table with the name that prose may give it.
#[derive(Clone, Debug)]
pub(super) struct Named {
    /// Kind of its table.
    pub(super) kind: TableKind,
    /// Name of its table.
    pub(super) table: String,
    /// Its code, where it has one.
    code: Option<String>,
    /// Its names in the form in which they are compared.
    names: Vec<String>,
    /// Whether it is of the row that is the table's total.
    is_whole: bool,
    /// What it measures, where that names it.
    measure: Option<Measure>,
    /// The figures that make it up.
    pub(super) figures: Vec<Figure>,
    /// The same of the year before, where the table has it.
    pub(super) prior: Option<Vec<Figure>>,
}

/// All figures that prose can name.
pub(super) fn named(ledger: &Ledger<'_>) -> Vec<Named> {
    let mut found = Vec::new();
    for table in ledger.known_tables() {
        for side in &table.sides {
            rows(table, side, ledger, &mut found);
            whole(table, side, ledger, &mut found);
        }
    }
    found
}

/// Each item of a table by its name and code.
fn rows(table: &LedgerTable<'_>, side: &Side, ledger: &Ledger<'_>, found: &mut Vec<Named>) {
    for (index, row) in side.rows.iter().enumerate() {
        if matches!(row.kind, RowKind::Blank | RowKind::Total) {
            continue;
        }
        let Some(figures) = table.measured(side, index, Measure::Total, ledger) else { continue };
        let of_which =
            ledger.vocabulary.checks.of_which.strip_from(&row.label).map(|rest| rest.trim_start_matches(':'));
        let labels = std::iter::once(of_which.unwrap_or(&row.label)).chain(row.other_labels.iter().map(String::as_str));
        found.push(Named {
            kind: table.table.kind,
            table: table.name(),
            code: row.code.clone(),
            names: labels.map(stem).filter(|name| !name.is_empty()).collect(),
            is_whole: false,
            measure: None,
            figures,
            prior: table.measured_before(side, index, Measure::Total, ledger),
        });
    }
}

/// The total of a table, and its parts by measure.
fn whole(table: &LedgerTable<'_>, side: &Side, ledger: &Ledger<'_>, found: &mut Vec<Named>) {
    let Some(row) = table.total_row(side) else { return };
    let kind = table.table.kind;
    let mut push = |names: Vec<String>, measure: Option<Measure>, of: Measure| {
        if let Some(figures) = table.measured(side, row, of, ledger) {
            let prior = table.measured_before(side, row, of, ledger);
            found.push(Named { kind, table: table.name(), code: None, names, is_whole: true, measure, figures, prior });
        }
    };
    let wholes = ledger.vocabulary.checks.wholes.iter().filter(|whole| whole.kind == kind);
    push(wholes.flat_map(|whole| whole.names.iter().map(stem)).collect(), None, Measure::Total);
    for measure in MEASURES {
        push(Vec::new(), Some(measure), measure);
    }
}

impl Named {
    /// Whether it is of a whole table, not of one of its rows.
    pub(super) fn is_whole(&self) -> bool {
        self.is_whole
    }

    /// Whether a stated amount is of this figure, by its code, else by its name.
    fn is_meant(&self, reading: &Reading<'_>, wanted: &Wanted) -> bool {
        if let Some(code) = &reading.statement().code {
            return self.code.as_ref() == Some(code);
        }
        self.names.iter().any(|name| wanted.names.contains(name))
            || self.measure.is_some_and(|measure| wanted.measure == Some(measure))
    }
}

/// The names that a stated amount may have in a table.
struct Wanted {
    names: Vec<String>,
    measure: Option<Measure>,
}

/// The figures that a stated amount may be of.
pub(super) fn meant<'n>(reading: &Reading<'_>, named: &'n [Named], ledger: &Ledger<'_>) -> Vec<&'n Named> {
    let wanted = wanted(&reading.statement().item, ledger);
    if wanted.names.is_empty() && reading.statement().code.is_none() {
        return Vec::new();
    }
    named.iter().filter(|named| named.is_meant(reading, &wanted)).collect()
}

fn wanted(item: &str, ledger: &Ledger<'_>) -> Wanted {
    let plain = without_leading(&squeezed(item), ledger);
    let mut names = vec![stem(&plain)];
    for ending in ["预算数", "决算数", "预算", "决算", "合计", "总计"] {
        if let Some(shorter) = plain.strip_suffix(ending) {
            names.push(stem(shorter));
        }
    }
    names.retain(|name| !name.is_empty());
    let labels = |measure: Measure| {
        let words = ledger.vocabulary.measures.iter().filter(move |words| words.name == measure);
        words.flat_map(|words| words.labels.iter())
    };
    let measure = MEASURES.into_iter().find(|measure| labels(*measure).any(|label| names_agree(label, &plain)));
    Wanted { names, measure }
}

/// An item without its year and the words that do not belong to its name.
fn without_leading(item: &str, ledger: &Ledger<'_>) -> String {
    let mut rest = item;
    loop {
        let before = rest;
        if year_in(rest).is_some() && rest.starts_with(|c: char| c.is_ascii_digit()) {
            let year: &str = rest.trim_start_matches(|c: char| c.is_ascii_digit());
            rest = year.trim_start_matches('年').trim_start_matches('度');
        }
        rest = ledger.vocabulary.checks.leading_words.strip_from(rest).unwrap_or(rest);
        rest = rest.trim_start_matches([':', '(', ')', '"']);
        if rest == before || rest.is_empty() {
            return rest.to_owned();
        }
    }
}
