//! A document as it is, and as it would be read with one number changed.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::LazyLock;
use std::time::Duration;

use yusuan::conversion::Conversion;
use yusuan::document::{CellPlace, CheckStatus, Document, Severity, TableKind};
use yusuan::model::{Glyph, Page};
use yusuan::{Limits, Options};

use crate::kind::Kind;
use crate::random::Random;
use crate::target::{Target, targets};

/// Copies of a conversion share one clock.
static OPTIONS: LazyLock<Options> =
    LazyLock::new(|| Options { limits: Limits { time: Duration::MAX, ..Limits::default() }, ..Options::default() });

/// How many numbers are tried for each mutant that is wanted: not every change changes what is read.
const TRIES: usize = 3;

/// A document whose numbers are changed.
pub struct Subject {
    name: String,
    read: Conversion<'static>,
    document: Document,
    alarms: BTreeMap<Alarm, usize>,
}

/// What a failing check or a diagnostic says.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Alarm {
    severity: Severity,
    id: String,
    message: String,
}

/// What came of changing one number.
#[derive(Clone, Debug)]
pub struct Outcome {
    /// What was done.
    pub kind: Kind,
    /// How grave what was noticed is at most.
    pub noticed: Option<Severity>,
    /// Whether a failing check names the cell.
    pub names_cell: bool,
    /// Whether passing checks confirmed the amount before.
    pub was_verified: bool,
    /// Whether passing checks confirm the false or moved amount.
    pub is_verified: bool,
    /// Whether the document has a table of projects.
    pub has_project_table: bool,
    /// What and where.
    pub description: String,
}

impl Subject {
    /// Reads a file; `None` where there is no document in it.
    pub fn open(file: &Path) -> Option<Self> {
        let bytes = std::fs::read(file).expect("a file");
        let mut read = Conversion::new(bytes, &OPTIONS).expect("the built-in vocabulary");
        read.read().ok()?;
        let document = finish(read.clone())?;
        let alarms = alarms(&document);
        let name = file.file_stem().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        Some(Self { name, read, document, alarms })
    }

    /// So many mutants of each kind.
    pub fn mutate(&self, wanted: usize) -> Vec<Outcome> {
        Kind::ALL.into_iter().flat_map(|kind| self.mutate_as(kind, wanted)).collect()
    }

    fn mutate_as(&self, kind: Kind, wanted: usize) -> Vec<Outcome> {
        let mut random = Random::of(&[&self.name, kind.name()]);
        let mut targets = targets(kind, &self.document, self.read.pages());
        random.shuffle(&mut targets);
        let tried = targets.iter().take(wanted * TRIES);
        tried.filter_map(|target| self.outcome(kind, target, &mut random)).take(wanted).collect()
    }

    /// What comes of one change; `None` where it changes nothing of what is read.
    fn outcome(&self, kind: Kind, target: &Target, random: &mut Random) -> Option<Outcome> {
        let mut pages = self.read.pages().to_vec();
        let printed = change(kind, target, &mut pages[target.page], random)?;
        let document = finish(self.read.clone().with_pages(pages))?;
        if said(&document) == said(&self.document) {
            return None;
        }
        let new = |(alarm, count): &(Alarm, usize)| self.alarms.get(alarm).is_none_or(|before| before < count);
        let found: Vec<Alarm> = alarms(&document).into_iter().filter(new).map(|(alarm, _)| alarm).collect();
        let verified = |document: &Document, cell: CellPlace| {
            document.facts.iter().any(|fact| fact.place == cell && fact.verified_by > 0)
        };
        let now = target.beside.map(|(cell, _)| cell).or(target.cell);
        Some(Outcome {
            kind,
            noticed: found.iter().map(|alarm| alarm.severity).max(),
            names_cell: names(&document, target, &found),
            was_verified: target.cell.is_some_and(|cell| verified(&self.document, cell)),
            is_verified: kind.leaves_an_amount() && now.is_some_and(|cell| verified(&document, cell)),
            has_project_table: self.document.tables.iter().any(|table| table.kind == TableKind::ProjectExpenditure),
            description: format!(
                "{} p{} {printed} {}",
                self.name,
                self.read.pages()[target.page].number.0,
                target.cell.map_or_else(|| self.around(target), |cell| self.called(cell))
            ),
        })
    }

    /// What stands around a number that is in no cell, in the order in which it was drawn.
    fn around(&self, target: &Target) -> String {
        const SHOWN: usize = 16;
        let glyphs = &self.read.pages()[target.page].glyphs;
        let (first, last) = (target.run.iter().min().copied(), target.run.iter().max().copied());
        let (Some(first), Some(last)) = (first, last) else { return String::new() };
        let shown = first.saturating_sub(SHOWN)..(last + SHOWN + 1).min(glyphs.len());
        glyphs[shown].iter().map(|glyph| glyph.character).collect()
    }

    /// What people call a cell.
    fn called(&self, cell: CellPlace) -> String {
        let table = &self.document.tables[cell.table];
        let title = table.title.clone().unwrap_or_default();
        let row = table.rows[cell.row].cells[..cell.column].iter().flatten().cloned().collect::<Vec<_>>().join(" ");
        format!(
            "{title} t{} r{} c{} | {row} | {}",
            cell.table,
            cell.row,
            cell.column,
            table.columns[cell.column].path.join("/")
        )
    }
}

/// The document that the rest of the stages make; `None` where there is none.
fn finish(mut read: Conversion<'static>) -> Option<Document> {
    read.lay_out().ok()?;
    read.segment().ok()?;
    read.parse().ok()?;
    read.account();
    read.state_facts();
    read.check().ok()?;
    Some(read.finish())
}

/// What a document says, without what is found of it.
fn said(document: &Document) -> Document {
    let mut said = document.clone();
    said.checks.clear();
    said.diagnostics.clear();
    said.verification = Default::default();
    said.coverage = None;
    said.facts.iter_mut().for_each(|fact| fact.verified_by = 0);
    said
}

/// The failing checks, and the diagnostics that are more than notes, each with how often it says the same.
fn alarms(document: &Document) -> BTreeMap<Alarm, usize> {
    let failing = document.checks.iter().filter(|check| check.status == CheckStatus::Fail);
    let checks =
        failing.map(|check| Alarm { severity: check.severity, id: check.id.clone(), message: check.message.clone() });
    let doubts = document.diagnostics.iter().filter(|found| found.severity() != Severity::Note);
    let diagnostics = doubts.map(|found| Alarm {
        severity: found.severity(),
        id: format!("{:?}", found.kind()),
        message: format!("{:?} {}", found.page, found.message),
    });
    let mut counted = BTreeMap::new();
    for alarm in checks.chain(diagnostics) {
        *counted.entry(alarm).or_default() += 1;
    }
    counted
}

/// Whether one of the new alarms names the cell.
fn names(document: &Document, target: &Target, new: &[Alarm]) -> bool {
    let Some(cell) = target.cell else { return false };
    let checks = document.checks.iter().filter(|check| check.status == CheckStatus::Fail);
    let mut named =
        checks.filter(|check| new.iter().any(|alarm| alarm.id == check.id && alarm.message == check.message));
    named.any(|check| {
        let is_cell = |place: &yusuan::document::CheckPlace| {
            (place.table, place.row, place.column) == (Some(cell.table), Some(cell.row), Some(cell.column))
        };
        check.places.iter().any(is_cell)
    })
}

/// Changes a page. Returns what was printed and what stands there now; `None` where the number has no such change.
fn change(kind: Kind, target: &Target, page: &mut Page, random: &mut Random) -> Option<String> {
    let run = &target.run;
    let text = |page: &Page| run.iter().map(|at| page.glyphs[*at].character).collect::<String>();
    let before = text(page);
    match kind {
        Kind::Digit | Kind::Total | Kind::Project | Kind::ProseAmount | Kind::ProsePercentage | Kind::Code => {
            replace_digit(page, run, random)?;
        }
        Kind::Transposed => transpose(page, run, random)?,
        Kind::Decimal if !before.contains('.') => {
            page.glyphs.remove(*run.last().filter(|_| run.len() > 1)?);
            return Some(format!("{before} without its last digit"));
        }
        Kind::Decimal => move_point(page, run, random)?,
        Kind::Sign => return turn_sign(page, run).then(|| format!("{before} → −")),
        Kind::Moved => {
            let (_, by) = target.beside?;
            for at in run {
                let bbox = &mut page.glyphs[*at].bbox;
                (bbox.x0, bbox.x1) = (bbox.x0 + by, bbox.x1 + by);
            }
            return Some(format!("{before} moved"));
        }
        Kind::Blanked | Kind::Row => {
            let mut gone: Vec<usize> = run.clone();
            gone.sort_unstable();
            for at in gone.into_iter().rev() {
                page.glyphs.remove(at);
            }
            return Some(format!("{before} gone"));
        }
        Kind::Year => {
            const BY: [i32; 4] = [-2, -1, 1, 2];
            let year: i32 = before.parse().ok()?;
            let other = (year + BY[random.below(BY.len())]).to_string();
            for (at, digit) in run.iter().zip(other.chars()) {
                page.glyphs[*at].character = digit;
            }
        }
    }
    let after = text(page);
    (after != before).then(|| format!("{before} → {after}"))
}

fn replace_digit(page: &mut Page, run: &[usize], random: &mut Random) -> Option<()> {
    let digits: Vec<usize> = run.iter().copied().filter(|at| page.glyphs[*at].character.is_ascii_digit()).collect();
    let chosen = random.below(digits.len().max(1));
    let at = *digits.get(chosen)?;
    page.glyphs[at].character = random.other_digit(page.glyphs[at].character, chosen == 0 && digits.len() > 1);
    Some(())
}

fn transpose(page: &mut Page, run: &[usize], random: &mut Random) -> Option<()> {
    let can = |at: &usize| {
        let (left, right) = (page.glyphs[run[*at]].character, page.glyphs[run[*at + 1]].character);
        let leads = *at == 0 && right == '0';
        left.is_ascii_digit() && right.is_ascii_digit() && left != right && !leads
    };
    let places: Vec<usize> = (0..run.len().saturating_sub(1)).filter(can).collect();
    let at = *places.get(random.below(places.len().max(1)))?;
    swap(page, run[at], run[at + 1]);
    Some(())
}

/// Moves the point by one digit.
fn move_point(page: &mut Page, run: &[usize], random: &mut Random) -> Option<()> {
    let point = run.iter().position(|at| page.glyphs[*at].character == '.')?;
    let to_left = point > 1 && random.below(2) == 0;
    let other = if to_left { point - 1 } else { point + 1 };
    swap(page, run[point], *run.get(other)?);
    Some(())
}

fn swap(page: &mut Page, one: usize, other: usize) {
    let character = page.glyphs[one].character;
    page.glyphs[one].character = page.glyphs[other].character;
    page.glyphs[other].character = character;
}

/// Puts a minus before a number, or takes it away.
fn turn_sign(page: &mut Page, run: &[usize]) -> bool {
    let Some(first) = run.first() else { return false };
    if !page.glyphs[*first].character.is_ascii_digit() {
        page.glyphs.remove(*first);
        return true;
    }
    let digit = page.glyphs[*first];
    let width = digit.bbox.width();
    let mut minus = Glyph { character: '-', ..digit };
    (minus.bbox.x0, minus.bbox.x1) = (digit.bbox.x0 - width, digit.bbox.x0);
    page.glyphs.insert(*first, minus);
    true
}
