//! Where the narrative says how many projects have targets: `涉及项目15个，预算金额836.66万元`.

use crate::check::ledger::Ledger;
use crate::document::Statement;
use crate::language::vocabulary::{CheckWords, squeezed};
use crate::model::PlacedStatement;

/// Ends of the parts of a text that speak of one thing.
const SENTENCE_ENDS: [char; 3] = ['。', '；', ';'];

/// A sentence about targets that states a number of projects.
#[derive(Debug, PartialEq)]
pub(super) struct Claim {
    /// Places of the statements of numbers of projects; more than one where it divides them (一级项目7个、二级项目16个).
    pub(super) counts: Vec<usize>,
    /// Place of the statement of the amount beside the number.
    pub(super) amount: Option<usize>,
    /// Whether the amount is that of one fund only, by the sentence's own words.
    pub(super) is_of_one_fund: bool,
}

/// All such sentences.
pub(super) fn claims(ledger: &Ledger<'_>) -> Vec<Claim> {
    let mut found: Vec<Claim> = Vec::new();
    let mut rest = ledger.statements.iter().enumerate().peekable();
    for (section, index) in ledger.narrative.sections.iter().zip(0..) {
        for (paragraph, number) in section.paragraphs.iter().zip(0..) {
            let mut start = 0;
            for sentence in paragraph.split_inclusive(SENTENCE_ENDS) {
                let end = start + sentence.len();
                let place = |placed: &PlacedStatement| (placed.section, placed.paragraph, placed.start);
                let until_here = || rest.next_if(|(_, placed)| place(placed) < (index, number, end));
                let own: Vec<Own<'_>> = std::iter::from_fn(until_here)
                    .filter(|(_, placed)| placed.statement.amount.is_some())
                    .filter_map(|(at, placed)| {
                        let after = sentence.get(placed.end.checked_sub(start)?..)?;
                        Some(Own { at, statement: &placed.statement, after })
                    })
                    .collect();
                found.extend(claim(&squeezed(sentence), &own, ledger));
                start = end;
            }
        }
    }
    found
}

/// A number that a sentence states.
struct Own<'l> {
    /// Place of its statement.
    at: usize,
    statement: &'l Statement,
    /// What follows it in the sentence.
    after: &'l str,
}

fn claim(sentence: &str, own: &[Own<'_>], ledger: &Ledger<'_>) -> Option<Claim> {
    let words = &ledger.vocabulary.checks;
    if !words.target_words.occur_in(sentence) {
        return None;
    }
    let counts_projects = |at: &usize| counts_projects(own[*at].statement, &squeezed(own[*at].after), words);
    let counts: Vec<usize> = (0..own.len()).filter(counts_projects).collect();
    let (first, last) = (counts.first()?, counts.last()?);
    let is_money = |at: &usize| ledger.vocabulary.units.contains_key(&own[*at].statement.unit);
    // The amount follows the number of projects, or stands just before it.
    let following = Some(last + 1).filter(|at| *at < own.len() && is_money(at));
    let amount = following.or_else(|| first.checked_sub(1).filter(is_money));
    Some(Claim {
        counts: counts.iter().map(|at| own[*at].at).collect(),
        amount: amount.map(|at| own[at].at),
        is_of_one_fund: words.fund_words.occur_in(sentence),
    })
}

/// Whether a statement is a number of projects (项目15个, 15个项目), and not of some of them only. `after` is what
/// follows it.
fn counts_projects(statement: &Statement, after: &str, words: &CheckWords) -> bool {
    let item = squeezed(&statement.item);
    words.project_counters.contain(&statement.unit)
        && (words.project_words.end(&item) || words.project_words.strip_from(after).is_some())
        && !words.partial_words.occur_in(&item)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::document::TestDocument;

    fn found(text: &str) -> Vec<Claim> {
        TestDocument::budget().section("绩效", &[text]).with_ledger(claims)
    }

    #[test]
    fn numbers_with_their_amounts() {
        let one = [Claim { counts: vec![0], amount: Some(1), is_of_one_fund: false }];
        assert_eq!(found("预算均实行绩效目标管理，涉及项目15个，预算金额836.66万元。"), one);
        let before = [Claim { counts: vec![1], amount: Some(0), is_of_one_fund: false }];
        assert_eq!(found("涉及预算资金22,701.77万元，设置并编报7个项目绩效目标。"), before);
    }

    #[test]
    fn one_fund_is_noticed() {
        let claims = found("均实行绩效目标管理，涉及一般公共预算当年拨款15858.46万元，一级项目17个。");
        assert_eq!(claims, [Claim { counts: vec![1], amount: Some(0), is_of_one_fund: true }]);
    }

    #[test]
    fn what_is_no_number_of_projects_with_targets() {
        assert_eq!(found("绩效目标涉及项目15个。").len(), 1);
        assert!(found("开展绩效自评的项目4个。").is_empty(), "no targets");
        assert!(found("编报绩效目标的单位2个。").is_empty(), "no projects");
        assert!(found("公开绩效目标的重点项目3个。").is_empty(), "some of them");
    }
}
