//! Where the narrative says how many projects have targets: `涉及项目15个，预算金额836.66万元`.

use crate::check::ledger::Ledger;
use crate::document::Statement;
use crate::language::vocabulary::{CheckWords, squeezed};

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

/// A statement and where in a section it stands.
struct Placed {
    /// Place of the statement.
    statement: usize,
    /// Place of its sentence.
    sentence: usize,
    /// Where its number and unit end in the sentence.
    end: usize,
}

/// All such sentences.
pub(super) fn claims(ledger: &Ledger<'_>) -> Vec<Claim> {
    let mut found: Vec<Claim> = Vec::new();
    for (index, section) in ledger.narrative.sections.iter().enumerate() {
        let texts = section.paragraphs.iter().flat_map(|paragraph| paragraph.split(SENTENCE_ENDS));
        let sentences: Vec<String> = texts.map(|text| without_separators(&squeezed(text))).collect();
        let placed = placed(index, &sentences, ledger);
        for (at, sentence) in sentences.iter().enumerate() {
            let own: Vec<&Placed> = placed.iter().filter(|placed| placed.sentence == at).collect();
            found.extend(claim(sentence, &own, ledger));
        }
    }
    found
}

/// Finds the statements of a section in its sentences: both are in the order of the text.
fn placed(section: usize, sentences: &[String], ledger: &Ledger<'_>) -> Vec<Placed> {
    let mut found = Vec::new();
    let (mut at, mut from) = (0, 0);
    for (index, placed) in ledger.statements.iter().enumerate().filter(|(_, placed)| placed.section == section) {
        let statement = &placed.statement;
        let Some(amount) = statement.amount else { continue };
        let number = format!("{amount}{}", squeezed(&statement.unit));
        let after = |sentence: usize| if sentence == at { from } else { 0 };
        let place = (at..sentences.len())
            .find_map(|sentence| Some((sentence, end_of(&number, &sentences[sentence], after(sentence))?)));
        if let Some((sentence, end)) = place {
            (at, from) = (sentence, end);
            found.push(Placed { statement: index, sentence, end });
        }
    }
    found
}

/// Where a number ends in a sentence, looked for from a place on.
fn end_of(number: &str, sentence: &str, from: usize) -> Option<usize> {
    let is_whole = |at: &usize| !sentence[..*at].ends_with(|c: char| c.is_ascii_digit() || c == '.');
    let starts = sentence[from..].match_indices(number).map(|(at, _)| from + at);
    starts.into_iter().find(is_whole).map(|at| at + number.len())
}

fn claim(sentence: &str, own: &[&Placed], ledger: &Ledger<'_>) -> Option<Claim> {
    let words = &ledger.vocabulary.checks;
    if !words.target_words.occur_in(sentence) {
        return None;
    }
    let counts_projects = |at: &usize| {
        let Placed { statement, end, .. } = own[*at];
        counts_projects(&ledger.statements[*statement].statement, &sentence[*end..], words)
    };
    let counts: Vec<usize> = (0..own.len()).filter(counts_projects).collect();
    let (first, last) = (counts.first()?, counts.last()?);
    let is_money =
        |at: &usize| ledger.vocabulary.units.contains_key(&ledger.statements[own[*at].statement].statement.unit);
    // The amount follows the number of projects, or stands just before it.
    let following = Some(last + 1).filter(|at| *at < own.len() && is_money(at));
    let amount = following.or_else(|| first.checked_sub(1).filter(is_money));
    Some(Claim {
        counts: counts.iter().map(|at| own[*at].statement).collect(),
        amount: amount.map(|at| own[at].statement),
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

/// A text without the commas between thousands.
fn without_separators(text: &str) -> String {
    let is_digit = |c: Option<&char>| c.is_some_and(char::is_ascii_digit);
    let characters: Vec<char> = text.chars().collect();
    let is_separator = |at: usize| {
        characters[at] == ',' && at > 0 && is_digit(characters.get(at - 1)) && is_digit(characters.get(at + 1))
    };
    (0..characters.len()).filter(|at| !is_separator(*at)).map(|at| characters[at]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::document::TestDocument;
    use rust_decimal::Decimal;

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
        let mut another = TestDocument::budget().section("绩效", &["绩效目标涉及项目15个。"]);
        another.parsed.statements[0].statement.amount = Some(Decimal::from(5).into());
        assert!(another.with_ledger(claims).is_empty(), "another number");
    }
}
