//! The figures by which documents are compared: totals of revenue and expenditure, and what is spent on the “三公”.
//!
//! Each is one printed amount; nothing is added up. A total is the greatest amount of its table that no code and no unit
//! claims, as a total is never less than what it is the sum of.

use crate::document::{Direction, Document, Fact, Measure, Money, PublicationKind, Stage, TableKind};
use crate::language::vocabulary::{Vocabulary, squeezed};

/// Of which year and stage.
#[derive(Clone, Copy)]
struct Time {
    year: Option<u16>,
    stage: Option<Stage>,
}

/// Amounts of one year, in yuan.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Figures {
    pub(super) revenue: Option<Money>,
    pub(super) expenditure: Option<Money>,
    pub(super) basic: Option<Money>,
    pub(super) project: Option<Money>,
    pub(super) fiscal_appropriation: Option<Money>,
    pub(super) three_public: Option<Money>,
    pub(super) travel_abroad: Option<Money>,
    pub(super) vehicles: Option<Money>,
    pub(super) vehicle_purchase: Option<Money>,
    pub(super) vehicle_operation: Option<Money>,
    pub(super) reception: Option<Money>,
}

/// The figures of a document's own year, and of the year before where it prints them.
pub(super) fn figures(document: &Document) -> [Figures; 2] {
    let Ok(vocabulary) = Vocabulary::national() else { return Default::default() };
    let publication = &document.document;
    let stage = match publication.kind {
        PublicationKind::Budget => Some(Stage::Budget),
        PublicationKind::FinalAccounts => Some(Stage::Final),
        PublicationKind::Unknown => None,
    };
    let year = publication.fiscal_year;
    let before = year.and_then(|year| year.checked_sub(1));
    let of = |time| Reader { facts: &document.facts, vocabulary, time }.figures();
    let last = if before.is_some() { of(Time { year: before, stage }) } else { Figures::default() };
    [of(Time { year, stage }), last]
}

struct Reader<'d> {
    facts: &'d [Fact],
    vocabulary: &'d Vocabulary,
    time: Time,
}

impl<'d> Reader<'d> {
    fn figures(&self) -> Figures {
        use Direction::{Expenditure, Revenue};
        use TableKind::{
            BasicExpenditure, ExpenditureSummary, FiscalAppropriationSummary, ProjectExpenditure,
            RevenueExpenditureSummary, RevenueSummary,
        };
        let total = |kind, direction| self.total(kind, direction, Measure::Total);
        let revenue = total(RevenueExpenditureSummary, Revenue).or_else(|| total(RevenueSummary, Revenue));
        let by_kind = total(ExpenditureSummary, Expenditure);
        let expenditure = total(RevenueExpenditureSummary, Expenditure).or(by_kind);
        let beside = |measure| self.beside(by_kind?, measure);
        let listed = |measure| self.listed(RevenueExpenditureSummary, Expenditure, measure);
        let basic = beside(Measure::Basic).or_else(|| listed(Measure::Basic));
        let project = beside(Measure::Project).or_else(|| listed(Measure::Project));
        let appropriated = total(FiscalAppropriationSummary, Revenue);
        let appropriated = appropriated.or_else(|| total(FiscalAppropriationSummary, Expenditure));
        let in_revenue = || self.listed(RevenueExpenditureSummary, Revenue, Measure::FiscalAppropriation);
        let item = |measure| self.greatest(|fact| self.is_item(fact, measure));
        let [travel, vehicles, reception] = [Measure::TravelAbroad, Measure::Vehicles, Measure::Reception].map(item);
        Figures {
            revenue: yuan(revenue),
            expenditure: yuan(expenditure),
            basic: yuan(basic.or_else(|| total(BasicExpenditure, Expenditure))),
            project: yuan(project.or_else(|| total(ProjectExpenditure, Expenditure))),
            fiscal_appropriation: yuan(appropriated.or_else(in_revenue)),
            three_public: yuan(self.three_public(&[travel, vehicles, reception])),
            travel_abroad: yuan(travel),
            vehicles: yuan(vehicles),
            vehicle_purchase: yuan(item(Measure::VehiclePurchase)),
            vehicle_operation: yuan(item(Measure::VehicleOperation)),
            reception: yuan(reception),
        }
    }

    /// Whether a fact is of the year and stage; of a year before what was spent will do where no budget is printed.
    fn is_of_time(&self, fact: &Fact) -> bool {
        fact.year == self.time.year && (self.time.stage.is_none() || fact.stage == self.time.stage)
    }

    /// The greatest amount among some facts of the first table that has any.
    fn greatest(&self, wanted: impl Fn(&Fact) -> bool) -> Option<&'d Fact> {
        let mut found: Option<&Fact> = None;
        for fact in self.facts.iter().filter(|fact| self.is_of_time(fact) && wanted(fact)) {
            match found {
                Some(known) if known.place.table != fact.place.table => break,
                Some(known) if known.amount.value() >= fact.amount.value() => {}
                _ => found = Some(fact),
            }
        }
        found
    }

    /// The total of a kind of table.
    fn total(&self, kind: TableKind, direction: Direction, measure: Measure) -> Option<&'d Fact> {
        let is_total = |fact: &Fact| {
            fact.table == kind && fact.direction == Some(direction) && fact.measure == measure && fact.code.is_none()
        };
        self.greatest(|fact| is_total(fact) && fact.owner.is_none()).or_else(|| self.greatest(is_total))
    }

    /// What stands in the row of a fact in the column of a measure.
    fn beside(&self, total: &Fact, measure: Measure) -> Option<&'d Fact> {
        let place = total.place;
        self.greatest(|fact| {
            (fact.place.table, fact.place.row) == (place.table, place.row)
                && fact.direction == total.direction
                && fact.measure == measure
        })
    }

    /// The item of a summary whose name is that of a measure.
    fn listed(&self, kind: TableKind, direction: Direction, measure: Measure) -> Option<&'d Fact> {
        self.greatest(|fact| {
            fact.table == kind
                && fact.direction == Some(direction)
                && fact.measure == Measure::Total
                && fact.code.is_none()
                && fact.name.as_deref().is_some_and(|name| self.vocabulary.measure(name) == Some(measure))
        })
    }

    /// Whether a fact is one of the “三公”.
    fn is_item(&self, fact: &Fact, item: Measure) -> bool {
        let is_named = || fact.name.as_deref().is_some_and(|name| self.vocabulary.measure(name) == Some(item));
        fact.table == TableKind::ThreePublic && is_named()
    }

    /// The total of the “三公”: of several sums the one that is named so, else the one that its items add up to. Any other may
    /// be the total of meetings and training, too, which many print beside them.
    fn three_public(&self, items: &[Option<&Fact>]) -> Option<&'d Fact> {
        let words = &self.vocabulary.facts.three_public;
        let name = |fact: &Fact| fact.name.as_deref().map(|name| squeezed(name).into_owned()).unwrap_or_default();
        let is_named = |fact: &Fact| words.occur_in(&name(fact));
        let is_sum = |fact: &Fact| {
            let name = name(fact);
            is_named(fact)
                || self.vocabulary.headers.totals.contain(&name)
                || self.vocabulary.checks.sum_words.end(&name)
        };
        let here = |fact: &Fact| fact.table == TableKind::ThreePublic;
        let sum = items.iter().flatten().map(|fact| fact.amount.value()).sum();
        let named = self.greatest(|fact| here(fact) && is_named(fact));
        let added_up = || self.greatest(|fact| here(fact) && is_sum(fact) && fact.amount.value() == sum);
        named.or_else(added_up)
    }
}

fn yuan(fact: Option<&Fact>) -> Option<Money> {
    fact?.amount_yuan
}
