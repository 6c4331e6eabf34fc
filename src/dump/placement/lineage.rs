//! Which rows are the sum of which, by codes, ordinals and the names of totals.

use super::families::Family;
use crate::dump::table::items::Item;
use crate::language::ordinals;
use crate::language::vocabulary::{Vocabulary, squeezed};

/// Where a row stands among the others: the rows whose rank begins with its own are below it.
#[derive(Clone, Debug, PartialEq)]
enum Rank {
    /// By its code.
    Code(String),
    /// By the style of its ordinal.
    Ordinal(u32),
    /// A total of all rows before or after it.
    Total { of_the_year: bool },
    /// Neither.
    None,
}

/// The families among the items of one side, in the order of the table.
pub(in crate::dump) fn families(items: &[&Item], vocabulary: &Vocabulary) -> Vec<Family> {
    let ranks: Vec<Rank> = items.iter().map(|item| rank(item, vocabulary)).collect();
    let mut children: Vec<Vec<usize>> = vec![Vec::new(); ranks.len()];
    let mut stack: Vec<usize> = Vec::new();
    let mut tops: Vec<usize> = Vec::new();
    let mut opening: Option<usize> = None;
    for (index, rank) in ranks.iter().enumerate() {
        if let Rank::Total { of_the_year } = rank {
            close_total(index, *of_the_year, &mut tops, &mut children, &mut opening);
            stack.clear();
            continue;
        }
        while stack.last().is_some_and(|above| !is_below(&ranks[*above], rank)) {
            stack.pop();
        }
        match stack.last() {
            Some(parent) => children[*parent].push(index),
            None if *rank == Rank::None && !has_ordinals(&ranks) && tops.is_empty() && opening.is_none() => {
                // The first row of a table of codes, without one: the organisation, whose sum it is.
                opening = Some(index);
                continue;
            }
            None => tops.push(index),
        }
        stack.push(index);
    }
    if let Some(total) = opening {
        children[total] = tops;
    }
    let families = children.into_iter().enumerate().filter(|(_, children)| !children.is_empty());
    families.map(|(parent, children)| Family { parent, children }).collect()
}

fn has_ordinals(ranks: &[Rank]) -> bool {
    ranks.iter().any(|rank| matches!(rank, Rank::Ordinal(_)))
}

/// A total at the beginning is the sum of what follows, one at the end of what came before; that of the year is a part
/// of the total after it.
fn close_total(
    index: usize,
    of_the_year: bool,
    tops: &mut Vec<usize>,
    children: &mut [Vec<usize>],
    opening: &mut Option<usize>,
) {
    if tops.is_empty() {
        if let Some(outer) = opening.replace(index) {
            // 合计 above the total of the only organisation.
            children[outer].push(index);
        }
        return;
    }
    children[index] = std::mem::take(tops);
    if of_the_year {
        tops.push(index);
    }
}

fn rank(item: &Item, vocabulary: &Vocabulary) -> Rank {
    let name = item.name();
    let plain = squeezed(&name).into_owned();
    if !item.code().is_empty() {
        return Rank::Code(item.code());
    }
    if let Some((code, _)) = plain.strip_prefix('[').and_then(|rest| rest.split_once(']')) {
        return Rank::Code(code.to_owned());
    }
    if vocabulary.headers.totals.contain(&plain) || vocabulary.checks.sum_words.end(plain.trim_end_matches(':')) {
        return Rank::Total { of_the_year: vocabulary.years.own.strip_from(&plain).is_some() };
    }
    match ordinals::leading(&plain) {
        Some(ordinal) => Rank::Ordinal(ordinal.style as u32),
        None => Rank::None,
    }
}

fn is_below(above: &Rank, rank: &Rank) -> bool {
    match (above, rank) {
        (Rank::Code(above), Rank::Code(code)) => code.len() > above.len() && code.starts_with(above.as_str()),
        (Rank::Ordinal(above), Rank::Ordinal(own)) => own > above,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::PageNumber;
    use crate::dump::table::items::Name;

    fn found(names: &[&str]) -> Vec<(usize, Vec<usize>)> {
        let item = |name: &&str| Item {
            number: None,
            counterpart: None,
            codes: Vec::new(),
            names: vec![Name { text: (*name).to_owned(), line: 0, page: PageNumber(1), column: 0 }],
            figures: Vec::new(),
            remarks: String::new(),
            other_sides: Vec::new(),
        };
        let items: Vec<Item> = names.iter().map(item).collect();
        let vocabulary = Vocabulary::national().expect("the built-in vocabulary");
        let found = families(&items.iter().collect::<Vec<_>>(), vocabulary);
        found.into_iter().map(|family| (family.parent, family.children)).collect()
    }

    #[test]
    fn codes_and_the_total_above_them() {
        let names = ["合计", "[201]一般公共服务支出", "[20103]办公厅", "[2010301]行政运行", "[208]社会保障和就业支出"];
        assert_eq!(found(&names), [(0, vec![1, 4]), (1, vec![2]), (2, vec![3])]);
    }

    #[test]
    fn ordinals_and_the_totals_below_them() {
        let names = ["一、本年支出", "（一）一般公共服务支出", "（二）外交支出", "二、结转下年", "支出总计"];
        assert_eq!(found(&names), [(0, vec![1, 2]), (4, vec![0, 3])]);
        let names = ["一、一般公共服务支出", "二、外交支出", "本年支出合计", "结转下年", "支出总计"];
        assert_eq!(found(&names), [(2, vec![0, 1]), (4, vec![2, 3])]);
    }
}
