//! The figures of the tables by the names that prose gives them.

use rustc_hash::FxHashMap;

use crate::check::figure::Figure;
use crate::check::ledger::{Ledger, LedgerTable, RowKind, Side, stem};
use crate::document::{Measure, TableKind};
use crate::language::vocabulary::squeezed;
use crate::language::years;

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
    /// The other figures of the document's year in its row: of one fund, or of one kind of expenditure.
    pub(super) parts: Vec<Figure>,
    /// The same of the year before, where the table has it.
    pub(super) prior: Option<Vec<Figure>>,
}

/// All figures that prose can name, found by their names.
#[derive(Debug)]
pub(super) struct Figures {
    named: Vec<Named>,
    by_name: FxHashMap<String, Vec<usize>>,
    by_code: FxHashMap<String, Vec<usize>>,
    by_measure: FxHashMap<Measure, Vec<usize>>,
    /// The measures by the names that prose has for them.
    measures: FxHashMap<String, Measure>,
}

impl Figures {
    pub(super) fn of(ledger: &Ledger<'_>) -> Self {
        let named = collect(ledger);
        let mut figures = Self {
            named: Vec::new(),
            by_name: FxHashMap::default(),
            by_code: FxHashMap::default(),
            by_measure: FxHashMap::default(),
            measures: FxHashMap::default(),
        };
        for (index, one) in named.iter().enumerate() {
            for name in &one.names {
                figures.by_name.entry(name.clone()).or_default().push(index);
            }
            if let Some(code) = &one.code {
                figures.by_code.entry(code.clone()).or_default().push(index);
            }
            if let Some(measure) = one.measure {
                figures.by_measure.entry(measure).or_default().push(index);
            }
        }
        for words in ledger.vocabulary.measures.iter().filter(|words| MEASURES.contains(&words.name)) {
            for label in words.labels.iter() {
                figures.measures.entry(stem(label, ledger.vocabulary)).or_insert(words.name);
            }
        }
        figures.named = named;
        figures
    }

    /// Those that are of a whole table and one figure each.
    pub(super) fn wholes(&self) -> impl Iterator<Item = Figure> {
        let wholes = self.named.iter().filter(|named| named.is_whole && named.figures.len() == 1);
        wholes.filter_map(|named| named.figures.first().copied())
    }

    /// The figures that a stated amount may be of, in the order of the document: those of its code, else of its name.
    pub(super) fn meant(&self, reading: &Reading, ledger: &Ledger<'_>) -> Vec<&Named> {
        let mut found: Vec<usize> = match &reading.statement().code {
            Some(code) => self.by_code.get(code).cloned().unwrap_or_default(),
            None => {
                let wanted = self.wanted(&reading.statement().item, ledger);
                let by_measure = wanted.measure.and_then(|measure| self.by_measure.get(&measure));
                let by_name = wanted.names.iter().filter_map(|name| self.by_name.get(name));
                by_name.chain(by_measure).flatten().copied().collect()
            }
        };
        found.sort_unstable();
        found.dedup();
        found.into_iter().map(|index| &self.named[index]).collect()
    }

    fn wanted(&self, item: &str, ledger: &Ledger<'_>) -> Wanted {
        let plain = without_leading(&squeezed(item), ledger);
        let own = stem(&plain, ledger.vocabulary);
        let measure = self.measures.get(&own).copied();
        let mut names = vec![own];
        let endings = ledger.vocabulary.checks.stated_endings.iter();
        names.extend(endings.filter_map(|ending| Some(stem(plain.strip_suffix(ending)?, ledger.vocabulary))));
        names.retain(|name| !name.is_empty());
        Wanted { names, measure }
    }
}

/// All figures that prose can name.
fn collect(ledger: &Ledger<'_>) -> Vec<Named> {
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
        let Some(figures) = table.measured(side, index, Measure::Total) else { continue };
        let of_which =
            ledger.vocabulary.checks.of_which.strip_from(&row.label).map(|rest| rest.trim_start_matches(':'));
        let own = of_which.map_or_else(|| row.stem.clone(), |name| stem(name, ledger.vocabulary));
        let others = row.other_labels.iter().map(|label| stem(label, ledger.vocabulary));
        found.push(Named {
            kind: table.table.kind,
            table: table.name(),
            code: row.code.clone(),
            names: std::iter::once(own).chain(others).filter(|name| !name.is_empty()).collect(),
            is_whole: false,
            measure: None,
            parts: parts(table, side, index, &figures),
            figures,
            prior: table.measured_before(side, index, Measure::Total),
        });
    }
}

/// The figures of a row besides those that are its whole.
fn parts(table: &LedgerTable<'_>, side: &Side, row: usize, whole: &[Figure]) -> Vec<Figure> {
    let figures = side.current.iter().filter_map(|column| table.figure(row, *column));
    figures.filter(|figure| !whole.iter().any(|other| other.place == figure.place)).collect()
}

/// The total of a table, and its parts by measure.
fn whole(table: &LedgerTable<'_>, side: &Side, ledger: &Ledger<'_>, found: &mut Vec<Named>) {
    let Some(row) = table.total_row(side) else { return };
    let kind = table.table.kind;
    let mut push = |names: Vec<String>, measure: Option<Measure>, of: Measure| {
        if let Some(figures) = table.measured(side, row, of) {
            let prior = table.measured_before(side, row, of);
            found.push(Named {
                kind,
                table: table.name(),
                code: None,
                names,
                is_whole: true,
                measure,
                figures,
                parts: Vec::new(),
                prior,
            });
        }
    };
    let wholes = ledger.vocabulary.checks.wholes.iter().filter(|whole| whole.kind == kind);
    let names = wholes.flat_map(|whole| whole.names.iter().map(|name| stem(name, ledger.vocabulary)));
    push(names.collect(), None, Measure::Total);
    for measure in MEASURES {
        push(Vec::new(), Some(measure), measure);
    }
}

/// The names that a stated amount may have in a table.
struct Wanted {
    names: Vec<String>,
    measure: Option<Measure>,
}

/// An item without its year and the words that do not belong to its name.
fn without_leading(item: &str, ledger: &Ledger<'_>) -> String {
    let mut rest = item;
    loop {
        let before = rest;
        rest = years::leading(rest).map_or(rest, |year| &rest[year.end..]);
        rest = ledger.vocabulary.checks.leading_words.strip_from(rest).unwrap_or(rest);
        rest = rest.trim_start_matches([':', '(', ')', '"']);
        if rest == before || rest.is_empty() {
            return rest.to_owned();
        }
    }
}
