//! Small documents written down as tables and paragraphs.

use crate::conversion::Conversion;
use crate::conversion::Options;
use crate::document::geometry::Rect;
use crate::document::{
    Column, ColumnType, Confidence, Diagnostic, Document, Fact, Indicator, KindBy, Money, PageNumber, Performance,
    Project, Publication, PublicationKind, Relation, Row, Scope, Section, Statement, Table, TableKind, TableLayout,
};
use crate::facts;
use crate::language::vocabulary::{Vocabulary, squeezed};
use crate::model::ParsedTable;
use crate::parse::{Parsed, statements_of};

/// Where every table stands.
pub(crate) const TABLE_PAGE: PageNumber = PageNumber(1);

/// Where the narrative stands.
pub(crate) const NARRATIVE_PAGE: PageNumber = PageNumber(2);

/// Where the performance targets stand.
pub(crate) const PROJECT_PAGE: PageNumber = PageNumber(3);

const UNIT: &str = "万元";

/// A document in the making. Its statements are those that its narrative makes.
pub(crate) struct TestDocument {
    pub(crate) parsed: Parsed,
    pub(crate) diagnostics: Vec<Diagnostic>,
}

impl TestDocument {
    /// The budget of 某市财政局 for 2023, empty.
    pub(crate) fn budget() -> Self {
        let parsed = Parsed { publication: publication("某市财政局", 2023), ..Parsed::default() };
        Self { parsed, diagnostics: Vec::new() }
    }

    /// As a budget or as final accounts.
    pub(crate) fn kind(mut self, kind: PublicationKind) -> Self {
        self.parsed.publication.kind = kind;
        self
    }

    /// With the figures of a department or of a unit.
    pub(crate) fn scope(mut self, scope: Scope) -> Self {
        self.parsed.publication.scope = scope;
        self
    }

    /// With a [`table`].
    pub(crate) fn table(mut self, kind: TableKind, title: &str, columns: &str, rows: &[&str]) -> Self {
        self.parsed.tables.push(table(kind, title, columns, rows));
        self.read_statements()
    }

    /// With the last table changed.
    pub(crate) fn change_table(mut self, change: impl FnOnce(&mut ParsedTable)) -> Self {
        change(self.parsed.tables.last_mut().expect("a table to change"));
        self
    }

    /// With the last table in another unit, or in none.
    pub(crate) fn unit(self, unit: Option<&str>) -> Self {
        self.change_table(|last| last.table.unit = unit.map(str::to_owned))
    }

    /// With notes below the last table.
    pub(crate) fn notes(self, notes: &[&str]) -> Self {
        self.change_table(|last| last.table.notes = owned(notes))
    }

    /// With an organisation's name above the last table.
    pub(crate) fn above(self, organisation: &str) -> Self {
        self.change_table(|last| last.organisation = Some(organisation.to_owned()))
    }

    /// With a section of the narrative.
    pub(crate) fn section(mut self, title: &str, paragraphs: &[&str]) -> Self {
        self.parsed.narrative.sections.push(Section {
            number: None,
            title: title.to_owned(),
            paragraphs: owned(paragraphs),
            pages: vec![NARRATIVE_PAGE],
        });
        self.read_statements()
    }

    /// With a [`project`].
    pub(crate) fn project(mut self, name: &str, amount: &str, indicators: &[Indicator]) -> Self {
        let performance = self.parsed.performance.get_or_insert_with(|| Performance {
            title: None,
            fiscal_year: self.parsed.publication.fiscal_year,
            unit: Some(UNIT.to_owned()),
            pages: vec![PROJECT_PAGE],
            projects: Vec::new(),
        });
        performance.projects.push(project(name, amount, indicators));
        self
    }

    /// With something that the earlier stages found.
    pub(crate) fn diagnostic(mut self, diagnostic: Diagnostic) -> Self {
        self.diagnostics.push(diagnostic);
        self
    }

    /// The amounts of its tables.
    pub(crate) fn facts(&self) -> Vec<Fact> {
        facts::facts(&self.parsed.tables, &self.parsed.publication, national())
    }

    /// The document as it is written, unchecked.
    pub(crate) fn written(self) -> Document {
        let options = Options { file: "test.pdf".to_owned(), ..Options::default() };
        let conversion = Conversion::new(b"%PDF-".to_vec(), &options).expect("the built-in vocabulary");
        let mut conversion = conversion.with_parsed(self.parsed, self.diagnostics);
        conversion.state_facts();
        conversion.finish()
    }

    fn read_statements(mut self) -> Self {
        let Parsed { publication, narrative, tables, statements, .. } = &mut self.parsed;
        *statements = statements_of(narrative, publication.organisation.as_deref(), tables);
        self
    }
}

/// A department's budget.
pub(crate) fn publication(organisation: &str, fiscal_year: u16) -> Publication {
    Publication {
        kind: PublicationKind::Budget,
        scope: Scope::Department,
        organisation: printed(organisation),
        organisation_printed: None,
        fiscal_year: Some(fiscal_year),
        layout: "national".to_owned(),
    }
}

/// A table: its columns by their header paths, as in `科目名称|支出/合计`, its rows by their cells, as in `行政运行|1.00`.
pub(crate) fn table(kind: TableKind, title: &str, columns: &str, rows: &[&str]) -> ParsedTable {
    let rows = rows.iter().map(|row| row.split('|').map(printed).collect());
    table_of(kind, title, columns.split('|').map(column).collect(), rows.collect())
}

/// A table of columns and cells.
pub(crate) fn table_of(
    kind: TableKind,
    title: &str,
    columns: Vec<Column>,
    rows: Vec<Vec<Option<String>>>,
) -> ParsedTable {
    let (width, height) = (columns.len(), rows.len());
    let table = Table {
        number: None,
        label: None,
        title: Some(title.to_owned()),
        kind,
        kind_by: (kind != TableKind::Other).then_some(KindBy::Title),
        unit: Some(UNIT.to_owned()),
        pages: vec![TABLE_PAGE],
        layout: TableLayout::Ruled,
        confidence: Confidence::High,
        columns,
        rows: rows.into_iter().map(|cells| Row { page: TABLE_PAGE, cells, ..Row::default() }).collect(),
        notes: Vec::new(),
    };
    ParsedTable {
        table,
        boxes: vec![vec![Rect::default(); width]; height],
        placements: Vec::new(),
        indents: vec![vec![0.0; width]; height],
        organisation: None,
        column_leaves: Vec::new(),
    }
}

/// A column as its header tells: codes, amounts, or words.
pub(crate) fn column(path: &str) -> Column {
    let vocabulary = national();
    let path: Vec<String> = path.split('/').map(str::to_owned).collect();
    let leaf = path.last().map(|label| squeezed(label)).unwrap_or_default();
    let measure = path.iter().rev().find_map(|label| vocabulary.measure(label));
    let (column_type, measure) = if vocabulary.headers.code.contain(&leaf) || vocabulary.headers.code_endings.end(&leaf)
    {
        (ColumnType::Code, None)
    } else if is_words(&leaf, vocabulary) {
        (ColumnType::Text, None)
    } else {
        (ColumnType::Amount, measure)
    };
    Column { path, column_type, measure, unit: None }
}

fn is_words(label: &str, vocabulary: &Vocabulary) -> bool {
    let words = &vocabulary.headers;
    [&words.name, &words.unit_names, &words.column_numbers].into_iter().any(|labels| labels.contain(label))
        || words.text_endings.end(label)
}

/// A project; an amount of no characters is none.
pub(crate) fn project(name: &str, amount: &str, indicators: &[Indicator]) -> Project {
    Project {
        name: name.to_owned(),
        amount: money(amount),
        unit: Some(UNIT.to_owned()),
        pages: vec![PROJECT_PAGE],
        indicators: indicators.to_vec(),
        ..Project::default()
    }
}

/// An indicator: name, relation, value and unit, as in `接待批次|≥|30|批`, below `产出指标/数量指标`.
pub(crate) fn indicator(levels: &str, target: &str) -> Indicator {
    let (level1, level2) = levels.split_once('/').expect("two levels");
    let mut target = target.split('|').map(printed);
    let mut next = || target.next().flatten();
    let relations = [Relation::AtLeast, Relation::AtMost, Relation::Equal, Relation::More, Relation::Less];
    Indicator {
        level1: printed(level1),
        level2: printed(level2),
        name: next().expect("a name"),
        relation: next().and_then(|sign| relations.into_iter().find(|relation| relation.sign() == sign)),
        value: next(),
        measure_unit: next(),
        pages: vec![PROJECT_PAGE],
        ..Indicator::default()
    }
}

/// A number that a section states of an item.
pub(crate) fn statement(section: &str, item: &str, metric: &str, amount: &str, unit: &str) -> Statement {
    Statement {
        section: Some(section.to_owned()),
        subsection: None,
        item: item.to_owned(),
        code: None,
        metric: printed(metric),
        amount: money(amount),
        unit: unit.to_owned(),
        change_direction: None,
        change_word: None,
        change_amount: None,
        change_pct: None,
        share_pct: None,
        reason: None,
        page: NARRATIVE_PAGE,
        bbox: [0.0; 4],
        place: None,
    }
}

/// The built-in vocabulary.
pub(crate) fn national() -> &'static Vocabulary {
    Vocabulary::national().expect("the built-in vocabulary")
}

fn owned(texts: &[&str]) -> Vec<String> {
    texts.iter().map(|text| (*text).to_owned()).collect()
}

fn money(text: &str) -> Option<Money> {
    (!text.is_empty()).then(|| text.parse().expect("a decimal"))
}

/// A cell, where there is anything in it.
fn printed(text: &str) -> Option<String> {
    (!text.is_empty()).then(|| text.to_owned())
}
