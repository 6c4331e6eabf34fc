//! Whose a row is: the unit or project under which a table lists it.

use rustc_hash::FxHashMap;

use super::sides::{Context, RowSubject};
use super::units::{is_total, is_unit_column};
use super::words;
use crate::document::{ColumnType, Table, TableKind};
use crate::language::vocabulary::squeezed;
use crate::parse::codes::{CodeGroup, RowCode, is_unit_number, leaf};

/// The columns of a side that say whose its rows are.
#[derive(Clone, Debug, Default)]
pub(super) struct Owners {
    units: Vec<usize>,
    unit_codes: Vec<usize>,
    /// The columns of words to the left of those of units.
    before_units: Vec<usize>,
    /// Columns of projects to which something further right belongs.
    projects: Vec<usize>,
    /// The columns of words to the left of these.
    before_projects: Vec<usize>,
    /// The first column of names, where units may stand among other things.
    mixed: Option<usize>,
}

impl Owners {
    pub(super) fn new(context: &Context, columns: &[usize], groups: &[CodeGroup]) -> Self {
        let Context { table, vocabulary, .. } = context;
        let of_type = |column: &usize, column_type| table.columns[*column].column_type == column_type;
        let units: Vec<usize> = columns.iter().copied().filter(|at| is_unit_column(table, *at, vocabulary)).collect();
        let unit_codes = columns.iter().copied();
        let unit_codes = unit_codes.filter(|at| vocabulary.facts.unit_codes.end(&leaf(table, *at))).collect();
        let is_project = |column: &usize| {
            of_type(column, ColumnType::Text) && vocabulary.facts.projects.contain(&leaf(table, *column))
        };
        let has_own_name = |column: usize| groups.iter().any(|group| group.name.is_some_and(|name| name != column));
        let is_item = |column: &usize| {
            of_type(column, ColumnType::Text)
                && vocabulary.headers.item_name_endings.end(&leaf(table, *column))
                && !is_project(column)
        };
        let has_items = |project: usize| {
            table.kind == TableKind::Procurement && columns.iter().any(|column| *column > project && is_item(column))
        };
        let projects: Vec<usize> =
            columns.iter().copied().filter(is_project).filter(|at| has_own_name(*at) || has_items(*at)).collect();
        let is_mixed = |column: &&usize| of_type(column, ColumnType::Text) && !units.contains(column);
        let mixed = columns.iter().find(is_mixed).copied();
        let before =
            |column: &usize| of_type(column, ColumnType::Text) && projects.first().is_some_and(|first| column < first);
        let before_projects = columns.iter().copied().filter(before).collect();
        let before_units = columns.iter().copied().filter(|at| {
            of_type(at, ColumnType::Text)
                && units.first().is_some_and(|unit| at < unit)
                && !vocabulary.facts.running.contain(&leaf(table, *at))
        });
        let before_units = before_units.collect();
        Self { units, unit_codes, before_units, projects, before_projects, mixed }
    }

    /// Whether a column says whose rows are, and does not name them.
    pub(super) fn has(&self, column: usize) -> bool {
        self.units.contains(&column) || self.projects.contains(&column)
    }

    /// The number in a column of units' numbers.
    fn own_number<'t>(&self, table: &'t Table, row: usize) -> Option<&'t str> {
        let number = self.unit_codes.iter().find_map(|column| table.rows[row].cells[*column].as_deref())?;
        number.contains(|c: char| c.is_ascii_digit()).then_some(number)
    }

    /// The first column of words before those of units that is filled.
    fn first_word(&self, table: &Table, row: usize) -> Option<usize> {
        self.before_units.iter().copied().find(|column| table.rows[row].cells[*column].is_some())
    }

    pub(super) fn reader(&self) -> OwnerReader<'_> {
        OwnerReader { columns: self, unit: None, begins: None, project: None, numbered: FxHashMap::default() }
    }
}

/// Carries owners down the rows.
pub(super) struct OwnerReader<'o> {
    columns: &'o Owners,
    unit: Option<String>,
    /// Where the words of the row begin that a unit stands in.
    begins: Option<usize>,
    project: Option<String>,
    /// The units of the rows so far by their numbers.
    numbered: FxHashMap<String, String>,
}

impl OwnerReader<'_> {
    /// Gives a row its owner. A unit's own row has its name, where nothing else names it.
    pub(super) fn read(&mut self, context: &Context, row: usize, codes: &[&RowCode], subject: &mut RowSubject) {
        let Context { table, vocabulary, .. } = context;
        let cell = |column: &usize| table.rows[row].cells[*column].as_deref();
        let unit = self.columns.units.iter().find_map(cell);
        let own_number = self.columns.own_number(table, row);
        // Some print the subject's code once more in the column of units' numbers.
        let own_number = own_number.filter(|number| subject.code.as_deref() != Some(*number));
        subject.number = own_number.map(str::to_owned);
        let says_total = unit.is_some_and(|unit| is_total(&squeezed(unit), vocabulary));
        if (subject.is_total && unit.is_none() && own_number.is_none()) || says_total {
            (self.unit, self.project) = (None, None);
            if says_total && subject.name.is_none() && subject.code.is_none() {
                subject.name = unit.map(|unit| words::bare(unit, vocabulary).to_owned());
                subject.is_total = true;
            }
            return;
        }
        if let Some(unit) = unit {
            let (number, name) = words::split_unit_number(unit);
            let number = own_number.or(number);
            self.begins = self.columns.first_word(table, row);
            let whole = number.and_then(|number| context.units.numbered(number));
            let whole = whole.filter(|whole| whole.starts_with(name.trim()));
            let name = whole.map_or(name.trim(), String::as_str);
            self.unit = Some(context.units.called(number, name));
            subject.is_owners = subject.name.is_none() && subject.code.is_none();
            if subject.is_owners {
                subject.name = Some(name.to_owned());
            }
        } else {
            // A unit beside the names is no more that of a row whose words begin further left.
            if self.columns.first_word(table, row).is_some_and(|first| self.begins.is_some_and(|begins| first < begins))
            {
                (self.unit, self.begins) = (None, None);
            }
            self.read_numbers(context, row, codes, subject);
        }
        self.read_project(context, row);
        subject.owner = self.project.clone().or_else(|| self.unit.clone());
        if subject.is_owners {
            (subject.code, subject.scheme, subject.second) = (None, None, None);
        }
        if subject.name.is_none() && subject.code.is_none() {
            subject.name.clone_from(&subject.owner);
        }
    }

    /// Units by their numbers, and by their names among other things.
    fn read_numbers(&mut self, context: &Context, row: usize, codes: &[&RowCode], subject: &mut RowSubject) {
        let Context { table, units, .. } = context;
        let cell = |column: &usize| table.rows[row].cells[*column].as_deref();
        let in_code_column = codes.iter().find_map(|code| match code {
            RowCode::Unit(number) => Some(number.as_str()),
            _ => None,
        });
        let in_own_column = subject.number.as_deref();
        let printed = self.columns.mixed.as_ref().and_then(cell).unwrap_or_default();
        let (number_in_name, name) = words::split_unit_number(printed);
        let name = name.trim();
        let number = in_own_column.or(in_code_column).or(number_in_name.filter(|_| units.name(name)));
        let is_subject = subject.code.is_some() && in_own_column.is_none() && !units.name(name);
        if number.is_none() && (is_subject || !self.may_be_units(context) || !units.name(name)) {
            return;
        }
        // 1 全额 is no unit, but ends the one before.
        let is_number =
            number.is_none_or(|number| is_unit_number(number) || units.numbered(number).is_some() || number.len() == 3);
        if !is_number {
            self.unit = None;
            return;
        }
        let known = number.and_then(|number| units.numbered(number));
        let is_own_row = units.name(name) || known.is_some_and(|known| squeezed(known) == squeezed(name));
        // A subject's row has its unit's number, but not its name.
        let is_units_row = subject.code.is_none() || in_code_column.is_some();
        let is_named_by_number =
            is_units_row && (in_code_column.is_some() || in_own_column.is_some() && self.is_list_of_units(context));
        if is_own_row || (is_named_by_number && !name.is_empty()) {
            self.unit = Some(units.called(number, name));
            self.numbered.extend(number.map(|number| (number.to_owned(), name.to_owned())));
            subject.is_owners = in_own_column.is_none() || subject.code.is_none();
            // A purchase's unit keeps the code of what is bought.
            if subject.code.is_some() && in_own_column.is_some() {
                subject.is_owners = false;
            }
        } else {
            let known = known.or_else(|| self.numbered.get(number?));
            let named = known.map(|known| units.called(number, known));
            self.unit = named.or_else(|| number.map(str::to_owned));
        }
    }

    /// Whether the table has no names but those of units and what is theirs.
    fn is_list_of_units(&self, context: &Context) -> bool {
        let Context { table, vocabulary, .. } = context;
        self.columns.mixed.is_some_and(|column| vocabulary.facts.units.occur_in(&leaf(table, column)))
    }

    /// Whether units may stand among the names: not in the summaries, where names are items of revenue and expenditure.
    fn may_be_units(&self, context: &Context) -> bool {
        !matches!(context.table.kind, TableKind::RevenueExpenditureSummary | TableKind::FiscalAppropriationSummary)
    }

    /// A project is that of the rows below, until something left of it begins anew.
    fn read_project(&mut self, context: &Context, row: usize) {
        let cells = &context.table.rows[row].cells;
        if let Some(project) = self.columns.projects.iter().rev().find_map(|column| cells[*column].as_deref()) {
            self.project = Some(words::bare(project, context.vocabulary).to_owned());
        } else if self.columns.before_projects.iter().any(|at| cells[*at].is_some()) {
            self.project = None;
        }
    }
}
