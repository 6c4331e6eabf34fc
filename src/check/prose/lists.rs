//! Lists in prose: what is listed after 其中 against the amount before it.

use rust_decimal::Decimal;

use super::Prose;
use super::reading::{Reading, Time};
use crate::check::figure::{Figure, compare};
use crate::check::ledger::Ledger;
use crate::check::outcomes::Fault;
use crate::check::rule::Rule;
use crate::document::Money;
use crate::document::{CheckPlace, Severity};
use crate::model::PlacedStatement;

/// The amounts of a list are together the amount that the list divides. A list may name only some of it: only where it
/// is plainly complete (货物, 工程 and 服务 of a procurement budget) is a difference a finding.
pub(super) const LIST_ADDS_UP: Rule = Rule {
    id: "list-in-text-adds-up",
    severity: Severity::Error,
    title: "文字中“其中”各项之和 = 总额",
    title_en: "a list in the text adds up to the amount that it divides",
    run: |ledger, outcomes| {
        let readings = &Prose::of(ledger).readings;
        for (at, whole) in readings.iter().enumerate() {
            let members = members(&readings[at + 1..], whole);
            if members.len() < 2 {
                continue;
            }
            let figures: Vec<Figure> = members.iter().map(|member| member.figure).collect();
            let holds = compare(&[whole.figure], &figures).is_ok_and(|difference| difference.is_rounding());
            if holds || is_complete(&members, ledger) {
                outcomes.compare(&[whole.figure], &figures, || format!("{}：文字 = 其中各项之和", whole.name()));
            } else {
                outcomes.not_applicable(format!("{}：文字只列出部分项目", whole.name()), Some(whole.figure.place));
            }
        }
        if outcomes.is_silent() {
            outcomes.not_applicable("文字没有分项列举的金额", None);
        }
    },
};

/// The amounts after one that are listed as its parts.
fn members<'r>(after: &'r [Reading], whole: &Reading) -> Vec<&'r Reading> {
    let item = whole.statement().item.as_str();
    let is_member = |reading: &&Reading| {
        reading.shares_paragraph(whole)
            && reading.placed.part_of.as_deref() == Some(item)
            && reading.time == Time::Current
    };
    let next_to = after.iter().take_while(|reading| reading.shares_paragraph(whole));
    next_to.take_while(is_member).collect()
}

/// Whether a list has a member for every kind that there is.
fn is_complete(members: &[&Reading], ledger: &Ledger<'_>) -> bool {
    let kinds = &ledger.vocabulary.checks.complete_list;
    members.len() == kinds.iter().count()
        && kinds.iter().all(|kind| members.iter().any(|member| member.statement().item.contains(kind)))
}

/// A list of fewer kinds only mentions some of what is counted.
const MIN_KINDS: usize = 2;

/// 共有车辆8辆，其中：…: the counts of the kinds are together the count of all.
pub(super) const COUNTS_ADD_UP: Rule = Rule {
    id: "counts-in-text-add-up",
    severity: Severity::Warning,
    title: "文字中各类数量之和 = 总数",
    title_en: "counts of kinds add up to the count of all",
    run: |ledger, outcomes| {
        let statements = ledger.statements;
        let mut at = 0;
        while at < statements.len() {
            let first = &statements[at];
            let unit = &first.statement.unit;
            let is_count = ledger.vocabulary.checks.counted.contain(unit);
            let same = |next: &&PlacedStatement| {
                (next.section, next.paragraph) == (first.section, first.paragraph) && next.statement.unit == *unit
            };
            let members = statements[at + 1..].iter().take_while(same).count();
            let listed = &statements[at + 1..at + 1 + members];
            let opens = listed.first().is_some_and(|next| ledger.vocabulary.checks.of_which.occur_in(&next.words));
            // A second count of all begins a list of its own.
            let end = listed
                .iter()
                .position(|next| next.words.contains('。') || next.words.contains('；'))
                .unwrap_or(members);
            let listed = &listed[..end];
            if is_count && opens && listed.len() >= MIN_KINDS {
                let value = |placed: &PlacedStatement| placed.statement.amount.map(Money::value);
                let sum: Option<Decimal> = listed.iter().map(value).sum();
                if let (Some(all), Some(sum)) = (value(first), sum) {
                    let places = vec![CheckPlace::on(first.statement.page)];
                    let message = format!("{}：共{all}{unit}，各类之和{sum}{unit}", first.statement.item);
                    if all == sum {
                        outcomes.pass(message, places);
                    } else {
                        let (actual, expected) = (Some(all.to_string()), Some(sum.to_string()));
                        outcomes.fail(Fault { message, actual, expected, places, severity: None });
                    }
                }
            }
            at += 1 + if is_count && opens { end } else { 0 };
        }
        if outcomes.is_silent() {
            outcomes.not_applicable("文字没有分类列举的数量", None);
        }
    },
};
