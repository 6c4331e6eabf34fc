//! The columns of words and codes on a side of a table, and what they say of each row: code, name, second
//! classification, owner, year and stage.

use rustc_hash::FxHashSet;

use super::axes::{self, Axes};
use super::owners::Owners;
use super::units::Units;
use super::words;
use crate::document::{ColumnType, Publication, Scheme, Subject, Table, TableKind};
use crate::language::amount;
use crate::language::ordinals;
use crate::language::vocabulary::{Vocabulary, squeezed};
use crate::language::years;
use crate::parse::Naming;
use crate::parse::codes::{self, CodeGroup, RowCode, leaf};

/// What a side's columns say of a row.
#[derive(Clone, Debug, Default)]
pub(super) struct RowSubject {
    pub(super) code: Option<String>,
    pub(super) scheme: Option<Scheme>,
    pub(super) name: Option<String>,
    pub(super) second: Option<Subject>,
    pub(super) owner: Option<String>,
    pub(super) axes: Axes,
    /// Whether its name is that of a total.
    pub(super) is_total: bool,
    /// Whether it is counted in the row above already.
    pub(super) is_of_which: bool,
    /// Whether it is a part of what was carried over from the year before.
    pub(super) is_carried: bool,
    /// Whether it is a unit's row, whose parts are the rows below.
    pub(super) is_owners: bool,
    /// The number of the unit whose row it is.
    pub(super) number: Option<String>,
    /// The name as printed, for its ordinal.
    pub(super) printed: Option<String>,
    /// Which of the side's columns of names are the first and the last with words.
    pub(super) depth: Option<(usize, usize)>,
}

/// What all sides of a table need to know.
pub(super) struct Context<'c> {
    pub(super) table: &'c Table,
    pub(super) publication: &'c Publication,
    pub(super) vocabulary: &'c Vocabulary,
    pub(super) units: &'c Units,
}

/// The columns of one side.
pub(super) struct Side {
    /// Columns of words and codes, from left to right.
    columns: Vec<usize>,
    groups: Vec<CodeGroup>,
    /// Columns of names, the most telling first.
    names: Vec<usize>,
    /// The column that says what is bought.
    goods: Option<usize>,
    owners: Owners,
}

/// The columns of words and codes to the left of an amount, back to the amounts of the side before. Counts, shares and
/// remarks end no side.
pub(super) fn columns_beside(context: &Context, amount: usize) -> Vec<usize> {
    let Context { table, vocabulary, .. } = context;
    let is_amount = |column: usize| table.columns[column].column_type == ColumnType::Amount;
    let mut found: Vec<usize> = Vec::new();
    for column in (0..amount).rev() {
        let label = leaf(table, column);
        let is_remark = vocabulary.facts.running.contain(&label) || is_trailing_remark(context, column);
        if is_amount(column) {
            if !found.is_empty() && axes::is_money(&table.columns[column].path, vocabulary) {
                break;
            }
        } else if !is_remark {
            found.push(column);
        }
    }
    found.reverse();
    found
}

/// A remark between two amounts begins no side of its own.
fn is_trailing_remark(context: &Context, column: usize) -> bool {
    let Context { table, vocabulary, .. } = context;
    let is_amount = |column: usize| table.columns[column].column_type == ColumnType::Amount;
    vocabulary.facts.remarks.end(&leaf(table, column)) && (0..column).any(is_amount)
}

impl Side {
    pub(super) fn new(context: &Context, columns: Vec<usize>, naming: &Naming) -> Self {
        let Context { table, vocabulary, .. } = context;
        let groups = codes::groups(table, &columns, vocabulary);
        let owners = Owners::new(context, &columns, &groups);
        let is_name = |column: &usize| {
            columns.contains(column) && !owners.has(*column) && !vocabulary.facts.remarks.end(&leaf(table, *column))
        };
        let names = naming.names.iter().copied().filter(is_name).collect();
        let is_goods = |column: &usize| {
            table.kind == TableKind::Procurement && vocabulary.facts.goods.contain(&leaf(table, *column))
        };
        let goods = columns.iter().copied().find(is_goods);
        Self { columns, groups, names, goods, owners }
    }

    /// What it says of every row.
    pub(super) fn rows(&self, context: &Context) -> Vec<RowSubject> {
        let table = context.table;
        let codes: Vec<Vec<RowCode>> = self.groups.iter().map(|group| codes::row_codes(table, group)).collect();
        let mut reader = self.owners.reader();
        let mut is_carried = false;
        (0..table.rows.len())
            .map(|row| {
                let of_row: Vec<&RowCode> = codes.iter().map(|codes| &codes[row]).collect();
                let mut subject = self.subject(context, row, &of_row);
                reader.read(context, row, &of_row, &mut subject);
                let printed = subject.printed.as_deref().unwrap_or_default();
                if subject.is_total || ordinals::leading(printed).is_some() || begins_carry_over(printed, context) {
                    is_carried = begins_carry_over(printed, context);
                }
                subject.is_carried = is_carried;
                subject
            })
            .collect()
    }

    fn subject(&self, context: &Context, row: usize, codes: &[&RowCode]) -> RowSubject {
        let Context { table, publication, vocabulary, .. } = context;
        let cell = |column: usize| table.rows[row].cells[column].as_deref();
        let mut found: Vec<Subject> = Vec::new();
        for (group, code) in self.groups.iter().zip(codes) {
            if let RowCode::Code(code) = code {
                let name = group.name.and_then(cell).map(|name| self.plain_name(name, context));
                found.push(Subject { scheme: words::scheme(code), code: code.clone(), name });
            }
        }
        let mut subject = RowSubject::default();
        for column in
            self.columns.iter().copied().filter(|column| table.columns[*column].column_type == ColumnType::Text)
        {
            let Some(text) = cell(column) else { continue };
            if axes::is_axis(text, vocabulary) {
                subject.axes = subject.axes.or(Axes::of_label(text, publication, vocabulary));
            } else if let Some((code, name)) = words::split_code(text, publication.fiscal_year, vocabulary)
                && !found.iter().any(|known| known.code == code)
                && !self.owners.has(column)
            {
                let name = Some(words::bare(name, vocabulary).to_owned());
                found.push(Subject { scheme: words::scheme(code), code: code.to_owned(), name });
            }
        }
        let printed = self.printed_name(context, row, codes, !found.is_empty());
        let mut found = found.into_iter();
        if let Some(leading) = found.next() {
            subject.second = found.find(|other| other.scheme != leading.scheme || other.code != leading.code);
            let bought = self.goods.and_then(cell).map(|name| self.plain_name(name, context));
            (subject.code, subject.scheme, subject.name) =
                (Some(leading.code), leading.scheme, bought.or(leading.name));
        } else {
            subject.name = printed.as_deref().map(|name| self.plain_name(name, context));
        }
        let plain = subject.name.as_deref().map(squeezed).unwrap_or_default();
        subject.is_total = subject.code.is_none()
            && (vocabulary.headers.totals.contain(&plain) || vocabulary.checks.sum_words.end(&plain));
        subject.is_of_which = printed.as_deref().is_some_and(|name| words::is_of_which(name, vocabulary));
        subject.printed = printed;
        let filled = |column: &usize| cell(*column).is_some();
        let mut left_to_right = self.names.clone();
        left_to_right.sort_unstable();
        subject.depth = left_to_right.iter().position(filled).zip(left_to_right.iter().rposition(filled));
        subject
    }

    fn plain_name(&self, text: &str, context: &Context) -> String {
        let Context { publication, vocabulary, .. } = context;
        let text = words::split_code(text, publication.fiscal_year, vocabulary).map_or(text, |(_, name)| name);
        words::bare(words::without_goods_number(text), vocabulary).to_owned()
    }

    /// Words in the place of the number of a unit or project: a 合计 merged over number and name.
    fn words_for_code(&self, table: &Table, row: usize) -> Option<String> {
        let is_code = |column: &&usize| table.columns[**column].column_type == ColumnType::Code;
        let texts = self.columns.iter().filter(is_code).filter_map(|column| table.rows[row].cells[*column].as_deref());
        texts.filter(|text| !text.contains(|c: char| c.is_ascii_digit())).map(str::to_owned).next()
    }

    /// The words that name a row: those beside its code, else the most telling that are filled, else those in the place
    /// of a code.
    fn printed_name(&self, context: &Context, row: usize, codes: &[&RowCode], is_coded: bool) -> Option<String> {
        let Context { table, vocabulary, .. } = context;
        let named = |column: &usize| {
            let text = table.rows[row].cells[*column].as_deref()?;
            let is_name = !axes::is_axis(text, vocabulary) && amount::parse(text).is_none();
            is_name.then(|| text.to_owned())
        };
        let first = |code: &&RowCode| match code {
            RowCode::Words(words) => Some(words.clone()),
            _ => None,
        };
        let beside = self.groups.first().and_then(|group| group.name).filter(|_| is_coded);
        let goods = || self.goods.as_ref().filter(|_| is_coded || beside.is_none()).and_then(named);
        let names = goods().or_else(|| beside.as_ref().and_then(named)).or_else(|| self.names.iter().find_map(named));
        names.or_else(|| codes.iter().find_map(first)).or_else(|| self.words_for_code(table, row))
    }
}

/// Whether a name is that of what was carried over.
fn begins_carry_over(printed: &str, context: &Context) -> bool {
    let plain = squeezed(words::bare(printed, context.vocabulary)).into_owned();
    context.vocabulary.checks.carry_over.strip_from(&plain).is_some()
}

/// A total that closes several lists beside each other may have its name in one of them and its amount in the next.
pub(super) fn inherited_total(table: &Table, row: usize, column: usize, vocabulary: &Vocabulary) -> Option<String> {
    let cells = &table.rows[row].cells;
    let nearest = (0..column).rev().find_map(|at| Some((at, cells[at].as_deref()?)))?;
    let is_total = vocabulary.checks.sum_words.end(&squeezed(nearest.1)) && amount::parse(nearest.1).is_none();
    is_total.then(|| words::bare(nearest.1, vocabulary).to_owned())
}

/// Whether the columns of a table are its items (三公): at least two of them are named by one.
pub(super) fn has_items_in_columns(table: &Table, vocabulary: &Vocabulary) -> bool {
    let items: FxHashSet<String> = table.columns.iter().filter_map(|column| item(&column.path, vocabulary)).collect();
    items.len() >= 2 && table.kind != TableKind::Other
}

/// The item that a header path names: the lowest label that is one of the “三公”.
fn item(path: &[String], vocabulary: &Vocabulary) -> Option<String> {
    use crate::document::Measure::{Reception, TravelAbroad, VehicleOperation, VehiclePurchase, Vehicles};
    let is_item = |label: &&String| {
        let measure = vocabulary.measure(label);
        matches!(measure, Some(TravelAbroad | Vehicles | VehiclePurchase | VehicleOperation | Reception))
    };
    path.iter().rev().find(is_item).cloned()
}

/// The name of what a column's amounts are for, where the columns are the items.
pub(super) fn column_item(path: &[String], vocabulary: &Vocabulary) -> Option<String> {
    let known = item(path, vocabulary);
    let lowest = path.iter().rev().find(|label| {
        !axes::is_axis(label, vocabulary)
            && (vocabulary.headers.parts.occur_in(&squeezed(label))
                || vocabulary.measure(label).is_none()
                || item(&[(*label).clone()], vocabulary).is_some())
    });
    let total = || path.iter().find(|label| vocabulary.checks.sum_words.end(&squeezed(label)));
    // 会议费 stands below no item; 小计 below one is that item's.
    let label = known.or_else(|| lowest.or_else(total).or(path.last()).cloned())?;
    let name = words::bare(&label, vocabulary);
    let after_year = years::leading(name).filter(|year| year.is_named()).map(|year| &name[year.end..]);
    Some(after_year.filter(|rest| !rest.is_empty()).unwrap_or(name).to_owned())
}
