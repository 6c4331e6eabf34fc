//! The document taken apart → what it says: tables, performance targets, overview, narrative, statements, glossary.

mod account;
mod code_paths;
pub(crate) mod codes;
mod column_units;
mod glossary;
mod header;
mod kind;
mod naming;
mod narrative;
mod overview;
mod paragraphs;
mod performance;
mod publication;
mod sheet;
mod statements;
mod table;

use crate::document::{
    Column, ColumnType, Diagnostic, GlossaryEntry, Narrative, Observation, Overview, Performance, ProjectScope,
    Publication, PublicationKind, Table, TableKind,
};
use crate::language::amount;
use crate::language::classification::scheme_of;
use crate::language::vocabulary::{PartKind, Vocabulary};
use crate::model::{
    Account, GridSource, Heading, Outline, ParsedTable, Part, PlacedStatement, TableRegion, characters,
};

pub(crate) use naming::Naming;
use narrative::PagedSection;
use paragraphs::Paragraph;
#[cfg(any(test, fuzzing))]
pub(crate) use statements::testing::statements_of;

/// Everything that was understood.
#[derive(Clone, Default)]
pub(crate) struct Parsed {
    pub(crate) publication: Publication,
    pub(crate) overview: Overview,
    pub(crate) tables: Vec<ParsedTable>,
    pub(crate) performance: Option<Performance>,
    pub(crate) narrative: Narrative,
    pub(crate) statements: Vec<PlacedStatement>,
    pub(crate) glossary: Vec<GlossaryEntry>,
    /// The entries of the contents, and the titles of the main parts.
    pub(crate) headings: Vec<Heading>,
    /// What became of the characters.
    pub(crate) account: Account,
}

/// Understands the document.
pub(crate) fn parse(outline: &Outline, vocabulary: &Vocabulary, diagnostics: &mut Vec<Diagnostic>) -> Parsed {
    let publication = publication::parse(outline, vocabulary);
    let organisation = publication.organisation.as_deref();
    let mut account = account::of_lines(outline);
    let mut tables = Vec::new();
    let mut performance: Option<Performance> = None;
    let mut budget_units = Vec::new();
    for region in performance::regions(&outline.tables, vocabulary) {
        let region = region.as_ref();
        diagnostics.extend(alignment_doubt(region));
        let title = region.caption.title.as_deref();
        let kind = title.map_or(TableKind::Other, |title| vocabulary.table_kind(title));
        let untold = matches!(kind, TableKind::PerformanceTargets | TableKind::Other);
        let mut unread = Vec::new();
        if untold && let Some(found) = performance::parse(region, organisation, vocabulary, diagnostics, &mut unread) {
            account.read += region.characters() - unread.iter().map(|text| characters(&text.text)).sum::<usize>();
            account.unread.append(&mut unread);
            match &mut performance {
                Some(known) => known.join(found),
                None => performance = Some(found),
            }
            continue;
        }
        if untold {
            diagnostics.extend(performance::doubt(region, vocabulary));
        }
        if budget_units.is_empty() {
            budget_units = overview::budget_units(region, vocabulary);
        }
        tables.push(table::parse(region, vocabulary, &mut account, diagnostics));
    }
    complete_units(&mut tables, diagnostics);
    diagnostics.extend(tables.iter().flat_map(|parsed| lacking(&parsed.table)));
    if let Some(performance) = &mut performance {
        performance.fiscal_year = performance.fiscal_year.or(publication.fiscal_year);
    }
    let mut overview = Overview { budget_units, ..overview::parse(prose(outline, PartKind::Overview), vocabulary) };
    let is_numbered = |part: &&Part| part.kind == Some(PartKind::Narrative) && part.number.is_some();
    let numbered = outline.parts.iter().filter(is_numbered).count();
    let sections: Vec<PagedSection> = prose(outline, PartKind::Narrative)
        .into_iter()
        .flat_map(|(part, paragraphs)| {
            let is_section = numbered > 1 && part.number.is_some();
            narrative::sections(part, paragraphs, is_section)
        })
        .collect();
    if overview.functions.is_empty() {
        overview::read_sections(&sections, vocabulary, &mut overview);
    }
    let names = [publication.organisation_printed.as_deref(), organisation];
    let statements = statements::parse(&sections, &tables, &names, vocabulary);
    diagnostics.extend(as_a_whole(&publication, &tables, performance.is_some(), vocabulary));
    if let Some(first) = sections.first().filter(|_| statements.is_empty()) {
        let page = first.section.pages.first().copied();
        diagnostics
            .push(page.map_or_else(|| Observation::NoStatements.into(), |page| Observation::NoStatements.on(page)));
    }
    let terms = prose(outline, PartKind::Glossary).into_iter().flat_map(|(_, paragraphs)| paragraphs).collect();
    let glossary = glossary::parse(&terms_or_else(terms, &sections, vocabulary), vocabulary);
    let narrative = narrative::narrative(&sections);
    let headings = headings(outline);
    Parsed { publication, overview, tables, performance, narrative, statements, glossary, headings, account }
}

/// The lines that name what the document has: its contents, and the titles of its parts.
fn headings(outline: &Outline) -> Vec<Heading> {
    let titles = outline.parts.iter().filter_map(|part| {
        let text = part.title.clone();
        part.page.filter(|_| !text.is_empty()).map(|page| Heading { page, text })
    });
    outline.contents.iter().cloned().chain(titles).collect()
}

/// A table without rulings is named, as its cells were placed by alignment.
fn alignment_doubt(region: &TableRegion) -> Option<Diagnostic> {
    let grid = region.grids.iter().find(|grid| grid.source == GridSource::Aligned)?;
    Some(Observation::AlignedTable.on(grid.page).at(grid.bbox))
}

/// What is wrong with a document as a whole: it is no budget, or does not say whose.
fn as_a_whole(
    publication: &Publication,
    tables: &[ParsedTable],
    has_targets: bool,
    vocabulary: &Vocabulary,
) -> Option<Diagnostic> {
    let knows_table = has_targets || tables.iter().any(|parsed| parsed.table.kind != TableKind::Other);
    // A header that speaks of budgeted figures belongs to a budget, whatever the table is.
    let words = &vocabulary.document;
    let speaks_of_budget = |label: &String| words.budget.occur_in(label) || words.final_accounts.occur_in(label);
    let columns = || tables.iter().flat_map(|parsed| &parsed.table.columns).flat_map(|column| &column.path);
    if publication.kind == PublicationKind::Unknown && !knows_table && !columns().any(speaks_of_budget) {
        return Some(Observation::NotABudget.into());
    }
    (publication.organisation.is_none() && publication.kind != PublicationKind::Unknown)
        .then(|| Observation::NoOrganisation.into())
}

/// The paragraphs of the glossary; in documents that have no part for it, those of the sections that explain terms.
fn terms_or_else(terms: Vec<Paragraph>, sections: &[PagedSection], vocabulary: &Vocabulary) -> Vec<Paragraph> {
    if !terms.is_empty() {
        return terms;
    }
    let of_terms = |paged: &&PagedSection| vocabulary.part_kind(&paged.section.title) == Some(PartKind::Glossary);
    sections.iter().filter(of_terms).flat_map(|paged| paged.paragraphs.iter().cloned()).collect()
}

/// The parts of a kind with their paragraphs.
fn prose(outline: &Outline, kind: PartKind) -> Vec<(&Part, Vec<Paragraph>)> {
    let parts = outline.parts.iter().filter(|part| part.kind == Some(kind));
    parts.map(|part| (part, paragraphs::paragraphs(&part.lines))).collect()
}

/// What is not known of a table with codes or amounts: its kind, its unit.
fn lacking(table: &Table) -> Vec<Diagnostic> {
    let columns = table.columns.iter().enumerate();
    let filled = |wanted: ColumnType, is: &dyn Fn(&str) -> bool| {
        let columns = columns.clone().filter(|(_, column)| column.column_type == wanted);
        let mut cells = columns.flat_map(|(at, _)| table.rows.iter().filter_map(move |row| row.cells[at].as_deref()));
        cells.any(is)
    };
    // Columns of counts have whole numbers.
    let is_money = |text: &str| text.contains('.') && amount::parse(text).is_some();
    let has_amounts = filled(ColumnType::Amount, &is_money);
    let has_codes = filled(ColumnType::Code, &|text| scheme_of(text).is_some());
    let title = || table.title.clone();
    let mut found = Vec::new();
    if table.kind == TableKind::Other && (has_amounts || has_codes) {
        found.push(Observation::TableOfNoKind { title: title() });
    }
    let is_unknown = |column: &Column| column.column_type == ColumnType::Amount && column.unit.is_none();
    if table.unit.is_none() && has_amounts && table.columns.iter().any(is_unknown) {
        found.push(Observation::TableWithoutUnit { title: title() });
    }
    let at_page = |found: Observation| match table.pages.first() {
        Some(page) => found.on(*page),
        None => found.into(),
    };
    found.into_iter().map(at_page).collect()
}

/// Where a document prints its unit once, it holds for the tables after it as well. That is named: gravely where the
/// document has several units, and the one before need not be the one meant.
fn complete_units(tables: &mut [ParsedTable], diagnostics: &mut Vec<Diagnostic>) {
    let mut printed: Vec<String> = tables.iter().filter_map(|parsed| parsed.table.unit.clone()).collect();
    printed.sort();
    printed.dedup();
    let mut known: Option<String> = None;
    for parsed in tables {
        let table = &mut parsed.table;
        if let Some(unit) = &table.unit {
            known = Some(unit.clone());
        } else if table.kind != TableKind::Other
            && let Some(unit) = &known
        {
            // What is no budget table may count anything; a budget table counts in the document's unit.
            let (title, unit) = (table.title.clone(), unit.clone());
            table.unit = Some(unit.clone());
            let found = match printed.len() {
                0 | 1 => Observation::UnitInherited { title, unit },
                _ => Observation::UncertainUnit { title, unit },
            };
            diagnostics.push(match table.pages.first() {
                Some(page) => found.on(*page),
                None => found.into(),
            });
        }
    }
}

impl Performance {
    /// Adds the projects of another grid of the same document.
    fn join(&mut self, mut other: Performance) {
        // A form that goes on on the next page repeats its indicators' header, but neither name nor goal.
        if let (Some(open), Some(first)) = (self.projects.last_mut(), other.projects.first())
            && first.scope == ProjectScope::Department
            && first.name == open.name
            && first.goal.is_none()
        {
            let rest = other.projects.remove(0);
            open.indicators.extend(rest.indicators);
            open.pages.extend(rest.pages.into_iter().filter(|page| !open.pages.contains(page)).collect::<Vec<_>>());
        }
        self.projects.extend(other.projects);
        self.pages.extend(other.pages.into_iter().filter(|page| !self.pages.contains(page)).collect::<Vec<_>>());
        self.unit = self.unit.take().or(other.unit);
    }
}
