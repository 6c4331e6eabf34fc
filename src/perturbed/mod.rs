//! Property tests: small budgets whose content is known, printed in layouts that are perturbed, must be read as they
//! were written.

mod caption;
mod choices;
mod draw;
mod forms;
mod layout;
mod oddity;
mod performance;
mod sheet;
mod tables;

use std::hash::BuildHasher as _;

use proptest::prelude::{Strategy, any, prop_assert};
use proptest::test_runner::{Config, RngSeed, TestCaseError, TestError, TestRunner};
use rustc_hash::FxBuildHasher;

use crate::conversion::{Options, convert};
use crate::document::PageNumber;
use crate::document::{Diagnostic, DiagnosticKind, Document, Performance, Severity, Table, TableKind};
use crate::language::ordinals;
use crate::testing::document::table_of;
use crate::testing::pdf::drawing::pdf;

use caption::CaptionForm;
use choices::{Choices, choices};
use layout::{CutText, Pages, Style, lay_out};
use oddity::Oddity;
use tables::{KnownFact, Sheet, sheet};

/// Budgets for each test; `PROPTEST_CASES` makes them more.
const CASES: u32 = 40;

/// Where the choices of each test begin, so that each run makes the same; `PROPTEST_RNG_SEED` sets another.
const SEED: u64 = 0;

/// After so many steps a failing budget is simple enough; each is a conversion or two.
const MAX_STEPS: u32 = 1000;

const KINDS: [TableKind; 5] = [
    TableKind::ExpenditureSummary,
    TableKind::RevenueExpenditureSummary,
    TableKind::GeneralPublicBasicExpenditure,
    TableKind::ThreePublic,
    TableKind::PerformanceTargets,
];

/// What a budget is made of: what it says, how it is laid out, and where its marks fall. Each is chosen by itself, so
/// that a simpler one leaves the others as they are.
#[derive(Clone, Debug)]
struct Chosen {
    content: Choices,
    style: Choices,
    layout: Choices,
    /// Whether it is read a second time, drawn in another order. Reading takes time, and half of them say enough.
    shuffles: bool,
}

fn chosen() -> impl Strategy<Value = Chosen> {
    (choices(), choices(), choices(), any::<bool>()).prop_map(|(content, style, layout, shuffles)| Chosen {
        content,
        style,
        layout,
        shuffles,
    })
}

/// A budget of one or two tables, laid out.
struct Budget {
    sheets: Vec<Sheet>,
    style: Style,
    pages: Pages,
}

impl Budget {
    /// A budget in a layout that is changed before it is used.
    fn new(
        first: &dyn Fn(&mut Choices) -> Sheet,
        chosen: &Chosen,
        oddities: &[Oddity],
        change: impl Fn(&mut Style),
    ) -> Self {
        let Chosen { mut content, mut style, layout, .. } = chosen.clone();
        let mut sheets = vec![first(&mut content)];
        let kind = sheets[0].kind;
        if content.chance(30) {
            let other = content.pick(&KINDS);
            sheets.extend((other != kind).then(|| sheet(other, &mut content, oddities)));
        }
        let has_cover = style.chance(50);
        let mut style = Style::of(&mut style, oddities);
        change(&mut style);
        leave_out(oddities, &sheets, &mut style);
        let mut pages = lay_out(&sheets, &mut style, has_cover, &mut layout.clone());
        let closes = pages.has_blank_side && !oddities.contains(&Oddity::OpenBlankColumn);
        let keeps = pages.has_lone_level && !oddities.contains(&Oddity::LevelAfterBreak);
        if closes || keeps {
            style.pen.has_sides |= closes;
            style.cut_text = if keeps { CutText::First } else { style.cut_text };
            pages = lay_out(&sheets, &mut style, has_cover, &mut layout.clone());
        }
        Self { sheets, style, pages }
    }

    fn pdf(&self) -> Vec<u8> {
        pdf(&self.pages.drawn)
    }

    fn document(&self) -> Document {
        convert(&self.pdf(), &Options::default()).expect("a document")
    }

    /// The tables that must be read.
    fn tables(&self) -> Vec<Table> {
        let sheets = self.sheets.iter().zip(&self.pages.row_pages);
        sheets.filter(|(sheet, _)| sheet.projects.is_empty()).map(|(sheet, pages)| table(sheet, pages)).collect()
    }

    /// The performance targets that must be read; without their year, which the document's title may give.
    fn performance(&self) -> Option<Performance> {
        let sheets = self.sheets.iter().zip(&self.pages.row_pages);
        let (sheet, row_pages) = sheets.into_iter().find(|(sheet, _)| !sheet.projects.is_empty())?;
        let projects = sheet.projects.iter().map(|printed| {
            let mut project = printed.project.clone();
            project.pages = distinct(&row_pages[printed.rows.clone()]);
            project.fields.iter_mut().for_each(|field| field.page = PageNumber(row_pages[field.page.0 as usize]));
            for (indicator, row) in project.indicators.iter_mut().zip(printed.first_indicator..) {
                indicator.pages = vec![PageNumber(row_pages[row])];
            }
            project
        });
        Some(Performance {
            title: Some(sheet.caption.title.to_owned()),
            fiscal_year: None,
            unit: Some(sheet.caption.unit.name.to_owned()),
            pages: distinct(&row_pages[sheet.header_rows..]),
            projects: projects.collect(),
        })
    }

    fn facts(&self) -> Vec<KnownFact> {
        self.sheets.iter().flat_map(|sheet| sheet.facts.clone()).collect()
    }
}

fn table(sheet: &Sheet, row_pages: &[u32]) -> Table {
    let body = &row_pages[sheet.header_rows..];
    let mut table = table_of(sheet.kind, sheet.caption.title, sheet.columns.clone(), sheet.rows.clone()).table;
    table.rows.iter_mut().zip(body).for_each(|(row, page)| row.page = PageNumber(*page));
    Table {
        number: sheet.caption.label.map(|_| 3),
        label: sheet.caption.label.map(str::to_owned),
        unit: Some(sheet.caption.unit.name.to_owned()),
        pages: distinct(body),
        notes: sheet.note.map(str::to_owned).into_iter().collect(),
        ..table
    }
}

fn distinct(pages: &[u32]) -> Vec<PageNumber> {
    let mut pages: Vec<PageNumber> = pages.iter().copied().map(PageNumber).collect();
    pages.dedup();
    pages
}

fn known_facts(document: &Document) -> Vec<KnownFact> {
    let facts = document.facts.iter().cloned().map(|fact| KnownFact {
        table: fact.table,
        direction: fact.direction,
        code: fact.code,
        level: fact.level,
        name: fact.name,
        measure: fact.measure,
        amount: fact.amount.to_string(),
        unit: fact.unit,
        amount_yuan: fact.amount_yuan.map(|yuan| yuan.to_string()),
    });
    facts.collect()
}

/// What is wrong with the reading of a budget, in a few words; nothing where it is right.
fn faults(budget: &Budget, document: &Document) -> Vec<String> {
    let mut faults = Vec::new();
    let coverage = document.coverage.clone().unwrap_or_default();
    if coverage.read + coverage.furniture + coverage.unread != coverage.characters {
        faults.push(format!("characters are not accounted for: {coverage:?}"));
    }
    let wanted = budget.tables();
    if document.tables.len() != wanted.len() {
        faults.push(format!("{} tables instead of {}", document.tables.len(), wanted.len()));
    }
    for (found, wanted) in document.tables.iter().zip(&wanted) {
        if found != wanted {
            faults.push(format!("read    {found:?}\nprinted {wanted:?}"));
        }
    }
    let mut performance = document.performance.clone().map(|found| Performance { fiscal_year: None, ..found });
    let wanted = budget.performance();
    // The organisation above a grid is its projects' owner; it is drawn in some captions only.
    if wanted.iter().flat_map(|wanted| &wanted.projects).all(|project| project.owner.is_none()) {
        performance.iter_mut().flat_map(|found| &mut found.projects).for_each(|project| project.owner = None);
    }
    if performance != wanted {
        faults.push(format!("read    {performance:?}\nprinted {wanted:?}"));
    }
    let (facts, mut wanted) = (known_facts(document), budget.facts());
    // Names are printed with ordinals, which facts do without.
    for name in wanted.iter_mut().filter_map(|fact| fact.name.as_mut()) {
        *name = ordinals::leading(name).map_or(name.clone(), |ordinal| ordinal.rest.to_owned());
    }
    if facts.len() != wanted.len() {
        faults.push(format!("{} facts instead of {}", facts.len(), wanted.len()));
    }
    let different = facts.iter().zip(&wanted).find(|(found, wanted)| found != wanted);
    faults.extend(different.map(|(found, wanted)| format!("read    {found:?}\nprinted {wanted:?}")));
    // What is drawn has no cover that says whose budget it is.
    let is_grave =
        |found: &&Diagnostic| found.severity() >= Severity::Warning && found.kind() != DiagnosticKind::NoOrganisation;
    let grave = document.diagnostics.iter().filter(is_grave);
    faults.extend(grave.map(|diagnostic| format!("{diagnostic:?}")));
    faults
}

/// Takes the oddities that were not asked for out of a layout.
fn leave_out(oddities: &[Oddity], sheets: &[Sheet], style: &mut Style) {
    let is_odd = |oddity: Oddity| oddities.contains(&oddity);
    let has_open_top = |sheet: &Sheet| sheet.cells[0].columns.len() == sheet.columns.len();
    if sheets.iter().any(has_open_top) && !is_odd(Oddity::OpenTop) {
        style.pen.has_sides = true;
    }
    style.keeps_first_project |= !is_odd(Oddity::NameAfterBreak);
}

/// Reads budgets in any layout; then shuffles what is drawn and reads it again.
fn check(kind: TableKind, oddities: &[Oddity]) {
    check_in_style(kind, oddities, |_| {});
}

/// Checks one form of caption in any layout.
fn check_caption(form: CaptionForm) {
    check_in_style(TableKind::ExpenditureSummary, &[], |style| style.caption = form);
}

fn check_in_style(kind: TableKind, oddities: &[Oddity], change: impl Fn(&mut Style)) {
    check_sheets(&|choices| sheet(kind, choices, oddities), oddities, change);
}

fn check_sheets(first: &dyn Fn(&mut Choices) -> Sheet, oddities: &[Oddity], change: impl Fn(&mut Style)) {
    let own = Config::default();
    let config = Config {
        cases: if std::env::var_os("PROPTEST_CASES").is_some() { own.cases } else { CASES },
        rng_seed: if own.rng_seed == RngSeed::Random { RngSeed::Fixed(SEED) } else { own.rng_seed },
        failure_persistence: None,
        max_shrink_iters: MAX_STEPS,
        ..own
    };
    let outcome = TestRunner::new(config)
        .run(&chosen(), |chosen| check_budget(Budget::new(first, &chosen, oddities, &change), chosen.shuffles));
    match outcome {
        Ok(()) => {}
        // The choices themselves say nothing to a reader.
        Err(TestError::Fail(why, chosen)) => {
            panic!("{why}\n{:?}", Budget::new(first, &chosen, oddities, &change).style)
        }
        Err(TestError::Abort(why)) => panic!("{why}"),
    }
}

fn check_budget(mut budget: Budget, shuffles: bool) -> Result<(), TestCaseError> {
    let document = budget.document();
    let faults = faults(&budget, &document);
    prop_assert!(faults.is_empty(), "{}", faults.join("\n"));
    if shuffles {
        for page in &mut budget.pages.drawn {
            page.marks.sort_by_cached_key(|mark| FxBuildHasher.hash_one(mark));
        }
        let mut shuffled = budget.document();
        shuffled.source.sha256.clone_from(&document.source.sha256);
        prop_assert!(shuffled == document, "the drawing order matters");
    }
    Ok(())
}

#[test]
fn expenditure_summaries() {
    check(TableKind::ExpenditureSummary, &[]);
}

#[test]
fn two_sided_summaries() {
    check(TableKind::RevenueExpenditureSummary, &[]);
}

#[test]
fn basic_expenditure_by_economic_class() {
    check(TableKind::GeneralPublicBasicExpenditure, &[]);
}

#[test]
fn three_public_expenses() {
    check(TableKind::ThreePublic, &[]);
}

#[test]
fn performance_grids() {
    check(TableKind::PerformanceTargets, &[]);
}

#[test]
fn performance_forms() {
    check_sheets(&forms::performance_form, &[], |_| {});
}

#[test]
fn a_total_merged_over_code_and_name() {
    check(TableKind::ExpenditureSummary, &[Oddity::MergedTotal]);
}

#[test]
fn a_repeated_title() {
    check(TableKind::ExpenditureSummary, &[Oddity::RepeatedTitle]);
}

#[test]
#[ignore = "bug: without side borders, a first header row of one cell is cut off, and the caption with it"]
fn an_open_header_of_one_cell() {
    check(TableKind::ThreePublic, &[Oddity::OpenTop]);
}

#[test]
#[ignore = "bug: without side borders, a page with an empty first or last column is another table"]
fn an_open_page_with_an_empty_outer_column() {
    check(TableKind::PerformanceTargets, &[Oddity::OpenBlankColumn]);
}

#[test]
fn a_first_project_whose_name_follows_on_the_next_page() {
    check(TableKind::PerformanceTargets, &[Oddity::NameAfterBreak]);
}

#[test]
#[ignore = "bug: a level that is cut by the page break, its word on the next page, is lost where no other of its column \
            is merged"]
fn a_level_that_only_the_page_break_shows_to_be_merged() {
    check(TableKind::PerformanceTargets, &[Oddity::LevelAfterBreak]);
}

#[test]
fn a_label_and_a_title_with_a_space_between() {
    check_caption(CaptionForm::Spaced);
}

#[test]
fn a_unit_in_brackets() {
    check_caption(CaptionForm::UnitInBrackets);
}

#[test]
fn a_label_in_brackets() {
    check_caption(CaptionForm::LabelInBrackets);
}

#[test]
fn a_unit_beside_the_title() {
    check_caption(CaptionForm::UnitBesideTitle);
}
