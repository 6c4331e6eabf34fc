//! The printed numbers of a document that can be changed.

use yusuan::document::Rect;
use yusuan::document::{CellPlace, ColumnType, Document, Fact, TableKind};
use yusuan::model::Page;

use crate::glyphs::{self, Run};
use crate::kind::Kind;

/// Signs of a percentage.
const PERCENT: [char; 2] = ['%', '％'];

/// Units of money in prose.
const MONEY: [&str; 3] = ["元", "万元", "亿元"];

/// Words in the names of rows that are totals.
const TOTALS: [&str; 3] = ["合计", "总计", "小计"];

/// Points by which a number may reach beyond the box that it is said to stand in.
const BEYOND: f32 = 1.0;

/// A number that can be changed.
#[derive(Clone, Debug)]
pub struct Target {
    /// Its page, counted from 0.
    pub page: usize,
    /// Its characters; of a row all characters.
    pub run: Run,
    /// The cell it stands in, where it is an amount of a table.
    pub cell: Option<CellPlace>,
    /// The empty cell beside its own, and how far to the right that is.
    pub beside: Option<(CellPlace, f32)>,
}

/// All numbers of a document to which something can be done.
pub fn targets(kind: Kind, document: &Document, pages: &[Page]) -> Vec<Target> {
    let finder = Finder { document, pages };
    match kind {
        Kind::Digit | Kind::Transposed | Kind::Decimal | Kind::Sign | Kind::Blanked => finder.amounts(|_| true),
        Kind::Total => finder.amounts(is_total),
        Kind::Moved => finder.movable(),
        Kind::Row => finder.rows(),
        Kind::Project => finder.projects(),
        Kind::ProseAmount => finder.stated(),
        Kind::ProsePercentage => finder.percentages(),
        Kind::Year => finder.years(),
        Kind::Code => finder.codes(),
    }
}

fn is_total(fact: &Fact) -> bool {
    let is_named = |name: &String| TOTALS.iter().any(|word| name.contains(word));
    fact.code.is_none() && fact.name.as_ref().is_some_and(is_named)
}

fn rect([x0, y0, x1, y1]: [f32; 4]) -> Rect {
    Rect { x0: x0 - BEYOND, y0: y0 - BEYOND, x1: x1 + BEYOND, y1: y1 + BEYOND }
}

struct Finder<'d> {
    document: &'d Document,
    pages: &'d [Page],
}

impl Finder<'_> {
    fn page(&self, number: yusuan::PageNumber) -> Option<usize> {
        self.pages.iter().position(|page| page.number == number)
    }

    /// The characters of a fact's amount, where they stand in its cell once.
    fn printed(&self, fact: &Fact) -> Option<(usize, Run)> {
        let page = self.page(fact.page)?;
        let among = glyphs::within(&self.pages[page], rect(fact.bbox));
        let run = glyphs::numbers(&self.pages[page], &among, &fact.amount.to_string()).into_iter().next()?;
        Some((page, run))
    }

    fn facts(&self) -> impl Iterator<Item = &Fact> {
        self.document.facts.iter().filter(|fact| !fact.amount.value().is_zero())
    }

    fn amounts(&self, chosen: fn(&Fact) -> bool) -> Vec<Target> {
        let found = self.facts().filter(|fact| chosen(fact)).filter_map(|fact| {
            let (page, run) = self.printed(fact)?;
            Some(Target { page, run, cell: Some(fact.place), beside: None })
        });
        found.collect()
    }

    /// Amounts beside an empty cell of a column of amounts.
    fn movable(&self) -> Vec<Target> {
        let found = self.facts().filter_map(|fact| {
            let (page, run) = self.printed(fact)?;
            let table = &self.document.tables[fact.place.table];
            let is_amount = |column: usize| table.columns[column].column_type == ColumnType::Amount;
            let CellPlace { row, column, .. } = fact.place;
            let left = (0..column).rev().find(|other| is_amount(*other));
            let right = (column + 1..table.columns.len()).find(|other| is_amount(*other));
            let free = [right, left].into_iter().flatten().find(|other| table.rows[row].cells[*other].is_none())?;
            let other = self.document.facts.iter().find(|other| {
                other.place.table == fact.place.table && other.place.column == free && other.page == fact.page
            })?;
            let middle = |fact: &Fact| (fact.bbox[0] + fact.bbox[2]) / 2.0;
            let beside = Some((CellPlace { column: free, ..fact.place }, middle(other) - middle(fact)));
            Some(Target { page, run, cell: Some(fact.place), beside })
        });
        found.collect()
    }

    /// All characters of each row with an amount.
    fn rows(&self) -> Vec<Target> {
        let mut found: Vec<Target> = Vec::new();
        for fact in self.facts() {
            let is_same = |target: &Target| {
                target.cell.is_some_and(|cell| (cell.table, cell.row) == (fact.place.table, fact.place.row))
            };
            let Some(page) = self.page(fact.page).filter(|_| !found.iter().any(is_same)) else { continue };
            let band = self.band(fact.place);
            let area = Rect { x0: 0.0, x1: self.pages[page].width, ..band };
            let run = glyphs::within(&self.pages[page], area);
            found.push(Target { page, run, cell: Some(fact.place), beside: None });
        }
        found
    }

    /// From the top to the bottom of a row: of the lowest of its cells.
    fn band(&self, place: CellPlace) -> Rect {
        let same =
            self.document.facts.iter().filter(|other| (other.place.table, other.place.row) == (place.table, place.row));
        let boxes = same.map(|fact| Rect::from_corners(fact.bbox[0], fact.bbox[1], fact.bbox[2], fact.bbox[3]));
        boxes.min_by(|a, b| a.height().total_cmp(&b.height())).unwrap_or_default()
    }

    fn projects(&self) -> Vec<Target> {
        let projects = self.document.performance.iter().flat_map(|performance| &performance.projects);
        let mut found = Vec::new();
        for project in projects {
            let Some(amount) = project.amount.filter(|amount| !amount.value().is_zero()) else { continue };
            for page in project.pages.iter().filter_map(|page| self.page(*page)) {
                let runs = glyphs::numbers(&self.pages[page], &self.all(page), &amount.to_string());
                found.extend(runs.into_iter().map(|run| Target { page, run, cell: None, beside: None }));
            }
        }
        found
    }

    fn all(&self, page: usize) -> Run {
        let Page { width, height, .. } = self.pages[page];
        glyphs::within(&self.pages[page], Rect { x0: 0.0, y0: 0.0, x1: width, y1: height })
    }

    fn stated(&self) -> Vec<Target> {
        let money = self.document.statements.iter().filter(|found| MONEY.contains(&found.unit.as_str()));
        let found = money.filter_map(|statement| {
            let amount = statement.amount.filter(|amount| !amount.value().is_zero())?;
            let page = self.page(statement.page)?;
            let among = glyphs::within(&self.pages[page], rect(statement.bbox));
            let run = glyphs::numbers(&self.pages[page], &among, &amount.to_string()).into_iter().next()?;
            Some(Target { page, run, cell: None, beside: None })
        });
        found.collect()
    }

    /// The rates and shares of the statements: the first such percentage after the amount.
    fn percentages(&self) -> Vec<Target> {
        let mut found = Vec::new();
        for statement in &self.document.statements {
            for stated in [statement.change_pct, statement.share_pct].into_iter().flatten() {
                let Some(page) = self.page(statement.page).filter(|_| !stated.value().is_zero()) else { continue };
                let Page { width, height, .. } = self.pages[page];
                let below = Rect { x0: 0.0, y0: statement.bbox[1] - BEYOND, x1: width, y1: height };
                let among = glyphs::within(&self.pages[page], below);
                let is_percentage = |run: &Run| {
                    let end = run.last().and_then(|last| among.iter().position(|at| at == last));
                    let next = end.and_then(|end| among.get(end + 1));
                    next.is_some_and(|at| PERCENT.contains(&self.pages[page].glyphs[*at].character))
                };
                let runs = glyphs::numbers(&self.pages[page], &among, &stated.to_string());
                let run = runs.into_iter().find(is_percentage);
                found.extend(run.map(|run| Target { page, run, cell: None, beside: None }));
            }
        }
        found
    }

    /// The document's year and the one before, wherever 年 follows.
    fn years(&self) -> Vec<Target> {
        let Some(own) = self.document.document.fiscal_year else { return Vec::new() };
        let mut found = Vec::new();
        for (page, read) in self.pages.iter().enumerate() {
            let among = self.all(page);
            for year in [own, own - 1] {
                let is_year = |run: &Run| {
                    let end = run.last().and_then(|last| among.iter().position(|at| at == last));
                    let next = end.and_then(|end| among.get(end + 1));
                    next.is_some_and(|at| read.glyphs[*at].character == '年')
                };
                let runs = glyphs::numbers(read, &among, &year.to_string()).into_iter().filter(is_year);
                found.extend(runs.map(|run| Target { page, run, cell: None, beside: None }));
            }
        }
        found
    }

    /// Codes in columns of their own or before a name, in the rows that have an amount.
    fn codes(&self) -> Vec<Target> {
        let mut found: Vec<Target> = Vec::new();
        let mut last = None;
        for fact in &self.document.facts {
            let CellPlace { table, row, .. } = fact.place;
            let read = &self.document.tables[table];
            let Some(page) = self.page(fact.page) else { continue };
            if last.replace((table, row)) == Some((table, row)) || read.kind == TableKind::Other {
                continue;
            }
            let band = self.band(fact.place);
            let area = Rect { x0: 0.0, x1: fact.bbox[0], ..band };
            let among = glyphs::within(&self.pages[page], area);
            for cell in read.rows[row].cells[..fact.place.column].iter().flatten() {
                let runs = code_in(cell).map(|code| glyphs::numbers(&self.pages[page], &among, code));
                let run = runs.and_then(|runs| runs.into_iter().next());
                found.extend(run.map(|run| Target { page, run, cell: None, beside: None }));
            }
        }
        found
    }
}

/// The code in a cell: all of it, or the digits before a name.
fn code_in(cell: &str) -> Option<&str> {
    let inner = cell.strip_prefix(['[', '【']).unwrap_or(cell);
    let end = inner.find(|c: char| !c.is_ascii_digit()).unwrap_or(inner.len());
    let code = &inner[..end];
    let is_whole = end == inner.len() && code.len() >= 2;
    (is_whole || (code.len() >= 3 && code.starts_with(['2', '3', '5']))).then_some(code).filter(|code| !code.is_empty())
}
