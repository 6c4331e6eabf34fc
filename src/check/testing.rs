//! Small budgets written down as tables and paragraphs, for the tests of the checks.

use super::{Material, check};
use crate::document::PageNumber;
use crate::document::geometry::Rect;
use crate::document::{
    Check, CheckStatus, Column, ColumnType, Confidence, Narrative, Publication, PublicationKind, Row, Scope, Section,
    Table, TableKind, TableLayout,
};
use crate::facts;
use crate::language::vocabulary::{Vocabulary, squeezed};
use crate::model::ParsedTable;
use crate::parse::statements_of;

/// A budget of 某局 for 2023, on one page, in 万元.
#[derive(Default)]
pub(crate) struct Budget<'t> {
    tables: Vec<ParsedTable>,
    sections: Vec<(&'t str, Vec<&'t str>)>,
}

/// How many checks of an id passed, failed and were not applicable.
pub(crate) type Outcomes = (usize, usize, usize);

impl<'t> Budget<'t> {
    /// With a table: its columns by their header paths (`支出/合计`), its rows by their cells, separated by `|`.
    pub(crate) fn table(mut self, kind: TableKind, title: &str, columns: &str, rows: &[&str]) -> Self {
        let columns: Vec<Column> = columns.split('|').map(column).collect();
        let cells = |row: &&str| row.split('|').map(|cell| (!cell.is_empty()).then(|| cell.to_owned())).collect();
        let rows: Vec<Row> =
            rows.iter().map(|row| Row { page: PageNumber(1), cells: cells(row), ..Row::default() }).collect();
        let (width, height) = (columns.len(), rows.len());
        let table = Table {
            number: None,
            label: None,
            title: Some(title.to_owned()),
            kind,
            unit: Some("万元".to_owned()),
            pages: vec![PageNumber(1)],
            layout: TableLayout::Ruled,
            confidence: Confidence::High,
            columns,
            rows,
            notes: Vec::new(),
        };
        let boxes = vec![vec![Rect::default(); width]; height];
        self.tables.push(ParsedTable {
            table,
            boxes,
            placements: Vec::new(),
            indents: vec![vec![0.0; width]; height],
            organisation: None,
        });
        self
    }

    /// With the last table in another unit.
    pub(crate) fn unit(mut self, unit: Option<&str>) -> Self {
        if let Some(last) = self.tables.last_mut() {
            last.table.unit = unit.map(str::to_owned);
        }
        self
    }

    /// With a section of the narrative.
    pub(crate) fn section(mut self, title: &'t str, paragraphs: &[&'t str]) -> Self {
        self.sections.push((title, paragraphs.to_vec()));
        self
    }

    /// All checks, and how many passing ones confirm each amount.
    pub(crate) fn checked(&self) -> (Vec<Check>, Vec<(String, u32)>) {
        self.checked_as(PublicationKind::Budget)
    }

    /// The same of final accounts.
    pub(crate) fn checked_as(&self, kind: PublicationKind) -> (Vec<Check>, Vec<(String, u32)>) {
        let vocabulary = Vocabulary::national().expect("the built-in vocabulary");
        let publication = Publication {
            kind,
            scope: Scope::Department,
            organisation: Some("某局".to_owned()),
            fiscal_year: Some(2023),
            layout: "national".to_owned(),
        };
        let sections = self.sections.iter().map(|(title, paragraphs)| Section {
            number: None,
            title: (*title).to_owned(),
            paragraphs: paragraphs.iter().map(|text| (*text).to_owned()).collect(),
            pages: vec![PageNumber(1)],
        });
        let narrative = Narrative { sections: sections.collect() };
        let statements = statements_of(&self.sections, &self.tables);
        let material = Material {
            publication: &publication,
            tables: &self.tables,
            performance: None,
            narrative: &narrative,
            statements: &statements,
            diagnostics: &[],
        };
        let mut facts = facts::facts(&self.tables, vocabulary);
        let (checks, _) = check(&material, &mut facts, vocabulary);
        (checks, facts.into_iter().map(|placed| (placed.fact.amount, placed.fact.verified_by)).collect())
    }

    /// Code, name and amount of every fact.
    pub(crate) fn facts(&self) -> Vec<(Option<String>, Option<String>, String)> {
        let vocabulary = Vocabulary::national().expect("the built-in vocabulary");
        let facts = facts::facts(&self.tables, vocabulary).into_iter();
        facts.map(|placed| (placed.fact.code, placed.fact.name, placed.fact.amount)).collect()
    }

    /// The outcomes of one check.
    pub(crate) fn outcomes(&self, id: &str) -> Outcomes {
        outcomes(&self.checked().0, id)
    }

    /// What the failures of one check have as printed and as it should be.
    pub(crate) fn failures(&self, id: &str) -> Vec<(String, String)> {
        let failed = |check: &Check| check.id == id && check.status == CheckStatus::Fail;
        let found = self.checked().0.into_iter().filter(failed);
        found.map(|check| (check.actual.unwrap_or_default(), check.expected.unwrap_or_default())).collect()
    }
}

/// The outcomes of one check among all.
pub(crate) fn outcomes(checks: &[Check], id: &str) -> Outcomes {
    let count = |status| checks.iter().filter(|check| check.id == id && check.status == status).count();
    (count(CheckStatus::Pass), count(CheckStatus::Fail), count(CheckStatus::NotApplicable))
}

/// A column as the header tells: codes, amounts, or words.
fn column(path: &str) -> Column {
    let vocabulary = Vocabulary::national().expect("the built-in vocabulary");
    let path: Vec<String> = path.split('/').map(str::to_owned).collect();
    let leaf = path.last().map(|label| squeezed(label)).unwrap_or_default();
    let measure = path.iter().rev().find_map(|label| vocabulary.measure(label));
    let (column_type, measure) = if vocabulary.headers.code.contain(&leaf) {
        (ColumnType::Code, None)
    } else if is_words(&leaf, vocabulary) {
        (ColumnType::Text, None)
    } else {
        (ColumnType::Amount, measure)
    };
    Column { path, column_type, measure }
}

fn is_words(label: &str, vocabulary: &Vocabulary) -> bool {
    let words = &vocabulary.headers;
    [&words.name, &words.unit_names, &words.column_numbers].into_iter().any(|labels| labels.contain(label))
        || words.text_endings.end(label)
}
