//! Whether accounts came to more or less than their budget, in words, against the two amounts.

use std::cmp::Ordering;

use super::Prose;
use super::reading::{Reading, Time};
use crate::check::figure::compare;
use crate::check::ledger::Ledger;
use crate::check::outcomes::{Fault, RuleOutcomes};
use crate::check::rule::Rule;
use crate::document::{PublicationKind, Severity};
use crate::language::vocabulary::StatementWords;

/// Between what was spent and what was budgeted stand at most this many characters besides their words: 与, 年初.
const MOST_BETWEEN: usize = 6;

/// 年初预算为10万元，支出决算为12万元，决算数大于预算数的主要原因是…: the words must fit the amounts. They are often left from
/// the sentence that was copied.
pub(super) const EXECUTION_IN_WORDS: Rule = Rule {
    id: "execution-in-words",
    severity: Severity::Error,
    title: "决算数大于、等于或小于预算数，与两数相符",
    title_en: "what is said of accounts and budget fits the two amounts",
    run: |ledger, outcomes| {
        if ledger.publication.kind != PublicationKind::FinalAccounts {
            return outcomes.not_applicable("不是决算", None);
        }
        let words = &ledger.vocabulary.statements;
        let readings = &Prose::of(ledger).readings;
        for (section, paragraph, text) in paragraphs(ledger) {
            let own: Vec<&Reading> = readings
                .iter()
                .filter(|reading| (reading.placed.section, reading.placed.paragraph) == (section, paragraph))
                .collect();
            for claim in claims(text, words) {
                let before: Vec<&Reading> = own.iter().filter(|own| own.placed.start < claim.at).copied().collect();
                if let Some((budget, spent)) = pair(&before, words) {
                    judge(&claim, budget, spent, outcomes);
                }
            }
        }
        if outcomes.is_silent() {
            outcomes.not_applicable("没有说明决算数与预算数大小的文字", None);
        }
    },
};

fn judge(claim: &Claim<'_>, budget: &Reading, spent: &Reading, outcomes: &mut RuleOutcomes<'_>) {
    let Ok(difference) = compare(&[spent.figure], &[budget.figure]) else { return };
    let found = difference.left.cmp(&difference.right);
    let places = outcomes.place(spent.figure.place).into_iter().collect();
    let printed = |reading: &Reading| format!("{}{}", reading.figure.value, reading.statement().unit);
    let amounts = format!("预算{}，决算{}", printed(budget), printed(spent));
    let message = format!("{}：文字称「{}」，{amounts}", spent.name(), claim.words);
    if claim.order == found {
        return outcomes.pass(message, places);
    }
    // What differs may be printed alike.
    let severity = (found == Ordering::Equal).then_some(Severity::Note);
    outcomes.fail(Fault { message, places, severity, ..Fault::default() });
}

/// The paragraphs of the narrative, each with the places of its section and of itself.
fn paragraphs<'l>(ledger: &'l Ledger<'_>) -> impl Iterator<Item = (usize, usize, &'l str)> {
    ledger.narrative.sections.iter().enumerate().flat_map(|(section, found)| {
        found.paragraphs.iter().enumerate().map(move |(paragraph, text)| (section, paragraph, text.as_str()))
    })
}

/// What is said of accounts against their budget.
struct Claim<'t> {
    /// Where, in bytes.
    at: usize,
    words: &'t str,
    /// How the accounts stand to the budget.
    order: Ordering,
}

/// All that a text says of it: 决算数大于年初预算数, 决算数与预算数持平. What is roughly so says nothing.
fn claims<'t>(text: &'t str, words: &StatementWords) -> Vec<Claim<'t>> {
    let mut found = Vec::new();
    let mut end = 0;
    for clause in text.split_inclusive(['，', '。', '；', ',', ';']) {
        let start = end;
        end += clause.len();
        found.extend(claim(clause, words).map(|(words, order)| Claim { at: start, words, order }));
    }
    found
}

fn claim<'c>(clause: &'c str, words: &StatementWords) -> Option<(&'c str, Ordering)> {
    let is_spent = |basis: &&String| words.executed.iter().any(|word| basis.contains(word.as_str()));
    let sums = || words.bases.iter().filter(|basis| words.metrics.contains(basis));
    let (start, spent) = longest(sums().filter(is_spent), clause)?;
    let rest = &clause[start + spent..];
    let (at, budget) = longest(sums().filter(|basis| !is_spent(basis)), rest)?;
    let (between, behind) = (&rest[..at], &rest[at + budget..]);
    if between.chars().count() > MOST_BETWEEN || words.roughly.iter().any(|word| clause.contains(word.as_str())) {
        return None;
    }
    let end = start + spent + at + budget;
    let begins = |words: &[String]| words.iter().any(|word| between.starts_with(word.as_str()));
    let unchanged = || words.unchanged.iter().chain(&words.unchanged_after_comparison);
    let (length, order) = if begins(&words.more) {
        (0, Ordering::Greater)
    } else if begins(&words.less) {
        (0, Ordering::Less)
    } else if begins(&words.equals) {
        (0, Ordering::Equal)
    } else {
        let word = unchanged().find(|word| behind.starts_with(word.as_str()))?;
        (word.len(), Ordering::Equal)
    };
    Some((&clause[start..end + length], order))
}

/// Where the first of some words stands, and the bytes of the longest one there.
fn longest<'w>(words: impl Iterator<Item = &'w String>, text: &str) -> Option<(usize, usize)> {
    let found = words.filter_map(|word| Some((text.find(word.as_str())?, word.len())));
    found.min_by_key(|(at, length)| (*at, std::cmp::Reverse(*length)))
}

/// The last two amounts before some words, where they are the budget and the accounts of one thing.
fn pair<'r>(before: &[&'r Reading], words: &StatementWords) -> Option<(&'r Reading, &'r Reading)> {
    let is_spent = |reading: &Reading| {
        let metric = reading.statement().metric.as_deref().unwrap_or_default();
        reading.time == Time::Current && words.executed.iter().any(|word| metric.contains(word.as_str()))
    };
    let [.., budget, spent] = before else { return None };
    let is_pair = budget.time == Time::Budgeted && is_spent(spent) && budget.statement().item == spent.statement().item;
    is_pair.then_some((*budget, *spent))
}
