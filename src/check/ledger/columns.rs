//! Header paths → which columns are the sum of which.
//!
//! The header is a tree. Within each of its groups the column that is called 合计 or 小计 is the sum of the group's other
//! members; a member that is itself a group stands for its own 合计, or where it has none for all its columns.

use rustc_hash::FxHashMap;

use super::label::is_sum_word;
use super::side::Side;
use crate::document::{Measure, Publication, PublicationKind, Table};
use crate::language::vocabulary::{Vocabulary, squeezed};
use crate::language::years::year_in;

/// What kind of sum a column is, by what its parts measure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ColumnSumKind {
    /// 基本支出 + 项目支出 (+ 上缴 + 经营 + 补助).
    BasicAndProject,
    /// 人员经费 + 公用经费.
    PersonnelAndOperating,
    /// 因公出国 + 公务用车 + 公务接待.
    ThreePublic,
    /// 公务用车购置 + 公务用车运行.
    Vehicles,
    /// Funds, or anything else.
    Funds,
}

/// A column that is the sum of others.
#[derive(Clone, Debug)]
pub(crate) struct ColumnSum {
    /// The sum.
    pub(crate) total: usize,
    /// What it is the sum of.
    pub(crate) parts: Vec<usize>,
    /// The same without columns of unknown meaning, tried where the figures do not bear out the first.
    pub(super) narrower: Option<Vec<usize>>,
    /// Which kind of sum.
    pub(crate) kind: ColumnSumKind,
    /// Whether the labels alone prove the sum; otherwise the figures must bear it out.
    pub(crate) is_certain: bool,
    /// Whether the figures of the table bear it out in most rows.
    pub(crate) is_borne_out: bool,
}

/// A label of the header with what stands under it.
#[derive(Debug, Default)]
struct Header {
    label: String,
    /// The column, where nothing stands under the label.
    column: Option<usize>,
    /// What the label measures.
    measure: Option<Measure>,
    /// Whether the label says that its figures are a sum.
    says_sum: bool,
    /// Whether it names something that is counted elsewhere already: 其中, 政府采购.
    is_aside: bool,
    /// Whether it names expenditure.
    is_spent: bool,
    members: Vec<Header>,
}

/// The sums among a side's columns.
pub(super) fn sums(side: &Side, table: &Table, publication: &Publication, vocabulary: &Vocabulary) -> Vec<ColumnSum> {
    let mut found = Vec::new();
    tree(&side.amounts, table, vocabulary).collect_sums(publication, vocabulary, &mut found);
    found
}

/// The header of some columns as a tree.
fn tree(columns: &[usize], table: &Table, vocabulary: &Vocabulary) -> Header {
    let mut paths: Vec<(usize, Vec<String>)> = columns
        .iter()
        .map(|column| (*column, table.columns[*column].path.iter().map(|label| squeezed(label).into_owned()).collect()))
        .collect();
    pivot(&mut paths, vocabulary);
    let mut root = Header::default();
    for (column, path) in &paths {
        root.insert(*column, path);
    }
    root.explain(table, vocabulary);
    root
}

/// The columns that hold each measure, together with the total, of some columns.
pub(super) fn by_measure(columns: &[usize], table: &Table, vocabulary: &Vocabulary) -> FxHashMap<Measure, Vec<usize>> {
    let header = tree(columns, table, vocabulary);
    let mut measures = Vec::new();
    header.collect_measures(&mut measures);
    measures.push(Measure::Total);
    measures.into_iter().map(|measure| (measure, header.columns_of(measure))).collect()
}

/// Where every group has the same lowest labels (预算数, 决算数; or the funds under each item), the groups are repeated
/// for each of them: such labels become the highest.
fn pivot(paths: &mut [(usize, Vec<String>)], vocabulary: &Vocabulary) {
    let lowest = |prefix: &[String]| -> Vec<String> {
        let under = paths.iter().filter(|(_, path)| path.split_last().is_some_and(|(_, above)| above == prefix));
        under.filter_map(|(_, path)| path.last().cloned()).collect()
    };
    let Some((_, first)) = paths.first() else { return };
    let Some((_, prefix)) = first.split_last() else { return };
    let wanted = lowest(prefix);
    let repeats = wanted.len() >= 2
        && paths.len() > wanted.len()
        && !wanted.iter().any(|label| is_sum_word(label, vocabulary))
        && paths.iter().all(|(_, path)| path.split_last().is_some_and(|(_, above)| lowest(above) == wanted));
    if repeats {
        for (_, path) in paths.iter_mut() {
            path.rotate_right(1);
        }
        paths.sort_by_key(|(_, path)| wanted.iter().position(|label| path.first() == Some(label)));
    }
}

impl Header {
    fn insert(&mut self, column: usize, path: &[String]) {
        let Some((label, rest)) = path.split_first() else {
            self.column = Some(column);
            return;
        };
        // A label that comes again after another one is a new group of the same name.
        let same = self.members.last().is_some_and(|last| last.label == *label && last.column.is_none());
        if !same || rest.is_empty() {
            self.members.push(Header { label: label.clone(), ..Header::default() });
        }
        if let Some(last) = self.members.last_mut() {
            last.insert(column, rest);
        }
    }

    /// Looks up what each label says.
    fn explain(&mut self, table: &Table, vocabulary: &Vocabulary) {
        let words = &vocabulary.checks;
        let by_label = vocabulary.measure(&self.label);
        self.measure = by_label.or_else(|| table.columns[self.column?].measure);
        self.says_sum = is_sum_word(&self.label, vocabulary);
        let is_of_which = words.of_which.strip_from(&self.label).is_some_and(|rest| vocabulary.measure(rest).is_none());
        self.is_aside = is_of_which || words.asides.occur_in(&self.label);
        self.is_spent = vocabulary.headers.expenditure_side.end(&self.label);
        self.members.iter_mut().for_each(|member| member.explain(table, vocabulary));
    }

    fn collect_measures(&self, found: &mut Vec<Measure>) {
        found.extend(self.measure);
        self.members.iter().for_each(|member| member.collect_measures(found));
    }

    /// The member that is the sum of the others: the one called 合计, else the first where it is called 预算数 and has
    /// members of other names beside it (本年预算 | 编制预算 | 上年结转).
    fn own_total(&self) -> Option<usize> {
        let is_total = |member: &Header| member.column.is_some() && member.says_sum;
        let is_whole = |member: &Header| member.column.is_some() && member.measure == Some(Measure::Total);
        let leads = || self.members.len() > 2 && self.members.first().is_some_and(is_whole);
        self.members.iter().position(is_total).or_else(|| leads().then_some(0))
    }

    /// The columns that together are the whole of this label.
    fn whole(&self) -> Vec<usize> {
        if let Some(column) = self.column {
            return vec![column];
        }
        match self.own_total() {
            Some(total) => self.members[total].column.into_iter().collect(),
            None => self.members.iter().filter(|member| !member.is_aside).flat_map(Header::whole).collect(),
        }
    }

    fn collect_sums(&self, publication: &Publication, vocabulary: &Vocabulary, found: &mut Vec<ColumnSum>) {
        for member in &self.members {
            member.collect_sums(publication, vocabulary, found);
        }
        let Some(total) = self.own_total() else { return };
        let is_other = |label: &String| is_of_other_year(std::slice::from_ref(label), publication, vocabulary);
        let is_part = |member: &&Header| !member.is_aside && !is_other(&member.label);
        // What stands before the total is not its part: 2025年预算数 | 合计 | …
        let parts: Vec<&Header> = self.members[total + 1..].iter().filter(is_part).collect();
        let measures: Vec<Option<Measure>> = parts.iter().map(|part| part.measure).collect();
        let columns_of = |parts: &[&Header]| -> Vec<usize> { parts.iter().flat_map(|part| part.whole()).collect() };
        let columns = columns_of(&parts);
        let is_known =
            |measure: &Option<Measure>| measure.is_some_and(|m| !matches!(m, Measure::Total | Measure::Other));
        let known: Vec<&Header> =
            parts.iter().zip(&measures).filter(|(_, m)| is_known(m)).map(|(part, _)| *part).collect();
        let narrower = (known.len() < parts.len() && !known.is_empty()).then(|| columns_of(&known));
        let Some(column) = self.members[total].column.filter(|_| !columns.is_empty()) else { return };
        let (kind, is_certain) = kind(&measures);
        found.push(ColumnSum { total: column, parts: columns, narrower, kind, is_certain, is_borne_out: false });
    }

    /// The one member that is all that is spent.
    fn spent(&self) -> Option<&Header> {
        let mut spent = self.members.iter().filter(|member| member.is_spent && member.measure == Some(Measure::Total));
        spent.next().filter(|_| spent.next().is_none())
    }

    /// The columns that together hold a measure: of each label that names it, the whole.
    fn columns_of(&self, wanted: Measure) -> Vec<usize> {
        if wanted == Measure::Total {
            return match self.own_total().and_then(|total| self.members[total].column) {
                Some(column) => vec![column],
                None if self.members.len() == 1 => self.members[0].columns_of(wanted),
                // 本年支出 between what was there before and what is left.
                None => match self.spent() {
                    Some(spent) => spent.whole(),
                    None => self.column.into_iter().collect(),
                },
            };
        }
        if !self.label.is_empty() && self.measure == Some(wanted) {
            return self.whole();
        }
        self.members.iter().flat_map(|member| member.columns_of(wanted)).collect()
    }
}

/// Whether a header path speaks of another year than the document's, of the change from one to the other, or in final
/// accounts of what was budgeted.
pub(super) fn is_of_other_year(path: &[String], publication: &Publication, vocabulary: &Vocabulary) -> bool {
    let words = &vocabulary.checks;
    path.iter().any(|label| {
        let label = squeezed(label);
        let named = year_in(&label);
        let other = named.is_some() && publication.fiscal_year.is_some() && named != publication.fiscal_year;
        let budgeted = publication.kind == PublicationKind::FinalAccounts && words.budgeted.contain(&label);
        other || budgeted || vocabulary.years.other_columns.occur_in(&label)
    })
}

/// Whether a header path speaks of the year before the document's.
pub(super) fn is_of_year_before(path: &[String], publication: &Publication, vocabulary: &Vocabulary) -> bool {
    let before = publication.fiscal_year.map(|year| year - 1);
    path.iter().any(|label| {
        let label = squeezed(label);
        (before.is_some() && year_in(&label) == before) || vocabulary.years.columns_before.contain(&label)
    })
}

/// The kind of a sum, and whether its parts prove it.
fn kind(parts: &[Option<Measure>]) -> (ColumnSumKind, bool) {
    use Measure::{
        AffiliateGrant, Basic, InstitutionOperation, Operating, Personnel, Project, Reception, Remittance,
        TravelAbroad, VehicleOperation, VehiclePurchase, Vehicles,
    };
    let all = |allowed: &[Measure]| parts.iter().all(|part| part.is_some_and(|measure| allowed.contains(&measure)));
    let has = |measure: Measure| parts.contains(&Some(measure));
    if has(Basic) && has(Project) {
        let complete = all(&[Basic, Project, InstitutionOperation, Remittance, AffiliateGrant]);
        (ColumnSumKind::BasicAndProject, complete)
    } else if has(Personnel) && has(Operating) {
        (ColumnSumKind::PersonnelAndOperating, all(&[Personnel, Operating]))
    } else if has(TravelAbroad) && has(Reception) {
        (ColumnSumKind::ThreePublic, has(Vehicles) && all(&[TravelAbroad, Vehicles, Reception]))
    } else if has(VehiclePurchase) && has(VehicleOperation) {
        (ColumnSumKind::Vehicles, all(&[VehiclePurchase, VehicleOperation]))
    } else {
        (ColumnSumKind::Funds, false)
    }
}
