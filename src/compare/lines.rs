//! A document's tables as lines of figures: one for each row, of a table with two sides one for each row and side.

use crate::document::{ColumnType, Direction, Document, Fact, Measure, Table, TableKind};
use crate::document::{Error, ErrorKind};
use crate::language::ordinals::{self, OrdinalStyle};
use crate::language::vocabulary::Vocabulary;
use crate::parse::Naming;

use super::years::relative;

/// A table with its figures.
pub(super) struct Figures<'d> {
    pub(super) kind: TableKind,
    /// The table as read.
    pub(super) table: &'d Table,
    /// The title without its year, as a key.
    pub(super) title: Option<String>,
    pub(super) columns: Vec<AmountColumn>,
    pub(super) lines: Vec<Line<'d>>,
}

/// A side of a table: what it shows, and which of several such sides it is.
pub(super) type Side = (Option<Direction>, usize);

/// A column of amounts.
pub(super) struct AmountColumn {
    pub(super) side: Side,
    pub(super) path: Vec<String>,
    /// The path without its years, as a key.
    pub(super) key: String,
    pub(super) measure: Measure,
}

/// A row, or one side of it.
pub(super) struct Line<'d> {
    pub(super) side: Side,
    pub(super) code: Option<String>,
    pub(super) name: Option<String>,
    /// The name without its year, as a key.
    pub(super) key: String,
    /// The key without the ordinal before it: what stands further down has another.
    pub(super) bare: String,
    /// The heading above it, likewise: the same name under another heading is another item.
    pub(super) section: String,
    /// Amounts, each with its column among the table's amount columns.
    pub(super) cells: Vec<(usize, &'d Fact)>,
}

/// The figures of every table.
pub(super) fn figures(document: &Document) -> Result<Vec<Figures<'_>>, Error> {
    let vocabulary = Vocabulary::national()?;
    let fiscal_year = document.document.fiscal_year;
    let mut facts: Vec<Vec<&Fact>> = vec![Vec::new(); document.tables.len()];
    for fact in &document.facts {
        let table = facts.get_mut(fact.place.table);
        table.ok_or_else(|| Error::new(ErrorKind::Io, "a fact stands in no table of its document"))?.push(fact);
    }
    let tables = document.tables.iter().zip(facts);
    Ok(tables.map(|(table, facts)| Reader::new(table, fiscal_year, vocabulary).figures(&facts)).collect())
}

/// Reads the lines of one table.
struct Reader<'d> {
    table: &'d Table,
    fiscal_year: Option<u16>,
    /// For each column of amounts its place in the table and what names its rows.
    sources: Vec<(usize, Naming)>,
    /// For each column of amounts the number of its side.
    sides: Vec<usize>,
}

impl<'d> Reader<'d> {
    fn new(table: &'d Table, fiscal_year: Option<u16>, vocabulary: &Vocabulary) -> Self {
        let sources: Vec<(usize, Naming)> = (0..table.columns.len())
            .filter(|column| table.columns[*column].column_type == ColumnType::Amount)
            .filter_map(|column| Some((column, Naming::of(table, column, vocabulary)?)))
            .collect();
        let mut names: Vec<(Option<usize>, Option<Direction>)> = Vec::new();
        let sides = sources.iter().map(|(_, source)| {
            let side = (source.name, source.direction);
            names.iter().position(|name| *name == side).unwrap_or_else(|| {
                names.push(side);
                names.len() - 1
            })
        });
        let sides = sides.collect();
        Self { table, fiscal_year, sources, sides }
    }

    fn figures(self, facts: &[&'d Fact]) -> Figures<'d> {
        let columns = (0..self.sources.len()).map(|index| self.column(index)).collect();
        let side_count = self.sides.iter().max().map_or(0, |last| last + 1);
        let mut lines: Vec<Line<'d>> = Vec::new();
        for side in 0..side_count {
            let mut section = String::new();
            for row in 0..self.table.rows.len() {
                let is_here = |fact: &&&Fact| fact.place.row == row && self.side_of(fact.place.column) == Some(side);
                let cells = facts.iter().filter(is_here);
                let cells: Vec<(usize, &Fact)> =
                    cells.filter_map(|fact| Some((self.amount_column(fact.place.column)?, *fact))).collect();
                lines.extend(self.line(row, side, cells, &mut section));
            }
        }
        let title = self.table.title.as_deref().map(|title| relative(title, self.fiscal_year));
        Figures { kind: self.table.kind, table: self.table, title, columns, lines }
    }

    /// A row of one side; `None` where it has neither name nor figures. `section` is the heading so far.
    fn line(&self, row: usize, side: usize, cells: Vec<(usize, &'d Fact)>, section: &mut String) -> Option<Line<'d>> {
        let index = self.sides.iter().position(|at| *at == side)?;
        let source = &self.sources[index].1;
        let named = cells.first().filter(|_| source.name.is_some() || !source.codes.is_empty());
        let (code, name) = match named {
            Some((_, fact)) => (fact.code.clone(), fact.name.clone()),
            None => source.code_and_name(&self.table.rows[row].cells),
        };
        if cells.is_empty() && code.is_none() && name.is_none() {
            return None;
        }
        let key = name.as_deref().map(|name| relative(name, self.fiscal_year)).unwrap_or_default();
        let ordinal = ordinals::leading(&key);
        let bare = ordinal.map_or(key.as_str(), |ordinal| ordinal.rest).to_owned();
        if code.is_none() && ordinal.is_some_and(|ordinal| ordinal.style <= OrdinalStyle::Chinese) {
            section.clone_from(&bare);
        }
        let section = section.clone();
        Some(Line { side: self.side(index), code, name, key, bare, section, cells })
    }

    fn column(&self, index: usize) -> AmountColumn {
        let (column, source) = &self.sources[index];
        let path = self.table.columns[*column].path.clone();
        let key = relative(&path.join("/"), self.fiscal_year);
        AmountColumn { side: self.side(index), path, key, measure: source.measure }
    }

    /// The side of a column of amounts, by what it shows: 收入 keeps its place where a table gains another side.
    fn side(&self, index: usize) -> Side {
        let direction = self.sources[index].1.direction;
        let mut before: Vec<usize> = (0..index)
            .filter(|other| self.sources[*other].1.direction == direction && self.sides[*other] != self.sides[index])
            .map(|other| self.sides[other])
            .collect();
        before.dedup();
        (direction, before.len())
    }

    fn amount_column(&self, column: usize) -> Option<usize> {
        self.sources.iter().position(|(at, _)| *at == column)
    }

    fn side_of(&self, column: usize) -> Option<usize> {
        self.amount_column(column).map(|index| self.sides[index])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::document;

    /// A table of two sides, of which the right one has two columns.
    fn table(rows: &[&str]) -> Table {
        let columns = "收入/项目|收入/2023年预算数|支出/项目|支出/合计|支出/一般公共预算";
        document::table(TableKind::FiscalAppropriationSummary, "2023年财政拨款收支总表", columns, rows).table
    }

    fn read(table: &Table) -> Figures<'_> {
        Reader::new(table, Some(2023), Vocabulary::national().expect("the vocabulary")).figures(&[])
    }

    #[test]
    fn each_side_of_a_row_is_a_line_and_the_year_is_in_no_key() {
        let table = table(&["一、本年收入|1|一、本年支出|1|1"]);
        let figures = read(&table);
        let sides: Vec<Side> = figures.lines.iter().map(|line| line.side).collect();
        assert_eq!(sides, [(Some(Direction::Revenue), 0), (Some(Direction::Expenditure), 0)]);
        assert_eq!(figures.columns[0].key, "收入/{+0}年预算数");
        assert_eq!(figures.title.as_deref(), Some("{+0}年财政拨款收支总表"));
    }

    #[test]
    fn a_line_knows_its_heading_and_its_name_without_an_ordinal() {
        let table = table(&[
            "一、本年收入||（八）卫生健康支出||",
            "（一）一般公共预算||||",
            "二、上年结转||||",
            "（一）一般公共预算||||",
        ]);
        let figures = read(&table);
        let keys: Vec<_> = figures.lines.iter().map(|line| (line.bare.as_str(), line.section.as_str())).collect();
        let expected = [
            ("本年收入", "本年收入"),
            ("一般公共预算", "本年收入"),
            ("上年结转", "上年结转"),
            ("一般公共预算", "上年结转"),
            ("卫生健康支出", ""),
        ];
        assert_eq!(keys, expected, "an empty side is no line");
    }
}
