//! The grammar of stated numbers, to be read aloud.
//!
//! A *sentence* states *amounts*: a subject, a verb, a number with its unit. After an amount may come, in any order and
//! in brackets or not, its *share* of a whole, a *change* against another year, the *rate* of that change, the amount of
//! the other year that it is *compared with*, and the reason. A change may have a subject of its own; then it is a
//! statement without an amount. Percentage *points* are no change of an amount.
//!
//! What a number is, the words of its clause before it tell, and whether it is a per cent. The first shape that fits
//! decides. In the shapes, a name stands for any of the vocabulary's words of that name, in brackets where they may be
//! missing; `…` is anything, `subject` what the clause names.

use memchr::memmem;

use crate::language::shapes::Shape;
use crate::language::vocabulary::StatementWords;

/// What a number is to the sentence that it stands in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    /// The amount of a subject: 收入预算100万元.
    Amount,
    /// A share of the whole, of the amount before: 占80%.
    Share,
    /// The share of a subject whose amount is not stated here: 货物采购授予中小企业合同金额占货物支出金额的80%.
    ShareOf,
    /// By how much the amount before changed: 比上年增加5万元.
    Change,
    /// By how many per cent it changed: 增长5%.
    Rate,
    /// A per cent alone in brackets, of what stands before the bracket: （5%）.
    Bracketed,
    /// The change of a subject whose amount is not stated here: 收入较去年减少5万元.
    ChangeOf,
    /// The amount that a subject has come to by its change: 减少到10万元.
    Reached,
    /// The amount that the one before is compared with: 比2023年预算数95万元.
    ComparedWith,
    /// A difference of percentages: 提高3个百分点.
    Points,
}

/// What the unit of a number says of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Measured {
    /// Money, or things that are counted.
    Quantity,
    Percent,
    Points,
}

/// A shape: what a number is whose unit and whose words before it in its clause are such.
const SHAPES: [(Role, Measured, &str); 24] = [
    (Role::Points, Measured::Points, "…"),
    (Role::Rate, Measured::Percent, "[and] [compared…] change share_of"),
    (Role::Share, Measured::Percent, "[and] share…"),
    (Role::ShareOf, Measured::Percent, "list subject share_of"),
    (Role::Share, Measured::Percent, "… share_of"),
    (Role::ShareOf, Measured::Percent, "[and] subject share…"),
    (Role::Bracketed, Measured::Percent, ""),
    (Role::Rate, Measured::Percent, "[and] compared… compared_to [basis] [adverb] change [ending]"),
    (Role::Rate, Measured::Percent, "[and] [compared…] change [ending]"),
    (Role::Rate, Measured::Percent, "[and] compared… short_change"),
    (Role::ChangeOf, Measured::Percent, "[and] subject [against…] change [ending]"),
    (Role::Reached, Measured::Quantity, "… change reached"),
    (Role::Change, Measured::Quantity, "[and] compared… compared_to [basis] [adverb] change [ending]"),
    (Role::ChangeOf, Measured::Quantity, "[and] compared… compared_to subject change [ending]"),
    (Role::Change, Measured::Quantity, "[and] [compared…] change [ending]"),
    (Role::Change, Measured::Quantity, "[and] compared… short_change"),
    (Role::ChangeOf, Measured::Quantity, "[and] subject [against…] change [ending]"),
    (Role::ChangeOf, Measured::Quantity, "[and] subject change changed"),
    (Role::ChangeOf, Measured::Quantity, "[and] subject exceeds… basis"),
    (Role::Change, Measured::Quantity, "[and] exceeds… basis"),
    (Role::Change, Measured::Quantity, "[and] compared… exceeds"),
    (Role::ChangeOf, Measured::Quantity, "[and] change [ending] subject"),
    (Role::ComparedWith, Measured::Quantity, "[and] against…"),
    (Role::Amount, Measured::Quantity, "…"),
];

/// The shapes with the vocabulary's words in them.
pub(super) struct Grammar<'w> {
    words: &'w StatementWords,
    shapes: Vec<(Role, Measured, Shape<'w>)>,
    /// The first characters of the words that open a reason or say what an amount is for.
    openers: Vec<char>,
}

/// How a number was read.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Reading<'c> {
    pub(super) role: Role,
    /// What the clause names as its subject; empty where it names none.
    pub(super) subject: &'c str,
}

impl<'w> Grammar<'w> {
    /// The grammar in the words of a vocabulary.
    pub(super) fn new(words: &'w StatementWords) -> Self {
        let words_of = |name: &str| {
            let lists: &[&Vec<String>] = match name {
                "and" => &[&words.connectives, &words.reasons],
                "share" => &[&words.share],
                "share_of" => &[&words.share_of],
                // 比上年, 较2023年年初预算数, 与上年相比: whatever year or budget it names.
                "compared" => &[&words.comparisons],
                "against" => &[&words.comparisons_within],
                "compared_to" => &[&words.comparison_ends],
                "adverb" => &[&words.adverbs],
                "change" => &[&words.increase, &words.decrease],
                "short_change" => &[&words.short_increase, &words.short_decrease],
                "list" => &[&words.list_openers],
                "exceeds" => &[&words.more, &words.less],
                "basis" => &[&words.bases],
                "reached" => &[&words.reached],
                "changed" => &[&words.changed],
                "ending" => &[&words.change_endings],
                _ => return None,
            };
            Some(lists.iter().flat_map(|list| list.iter()).map(String::as_str).collect())
        };
        let shape = |(role, measured, written): (Role, Measured, &str)| (role, measured, Shape::new(written, words_of));
        let firsts = words.reasons.iter().chain(&words.purposes).filter_map(|word| word.chars().next());
        let mut openers: Vec<char> = firsts.collect();
        openers.sort_unstable();
        openers.dedup();
        Self { words, shapes: SHAPES.map(shape).into(), openers }
    }

    /// Whether a reason, or what an amount is for, may begin with a character: nearly none does.
    pub(super) fn may_open(&self, character: char) -> bool {
        self.openers.contains(&character)
    }

    /// What a number is after the words of its clause.
    pub(super) fn read<'c>(&self, clause: &'c str, measured: Measured) -> Reading<'c> {
        let mut shapes = self.shapes.iter().filter(|(_, own, _)| *own == measured);
        let read = |(role, _, shape): &(Role, Measured, Shape<'w>)| {
            Some(Reading { role: *role, subject: shape.subject(clause)? })
        };
        // A per cent that is neither share nor rate is the amount of its subject: 覆盖率95%.
        shapes.find_map(read).unwrap_or(Reading { role: Role::Amount, subject: clause })
    }

    /// Where a text says that something stays as it was, and the words that say so: 与上年持平, 较上年没有变化,
    /// 与2024年预算数一致.
    pub(super) fn unchanged<'t>(&self, text: &'t str) -> Vec<(usize, &'t str)> {
        let words = self.words.unchanged.iter().chain(&self.words.unchanged_after_comparison);
        if !words.into_iter().any(|word| memmem::find(text.as_bytes(), word.as_bytes()).is_some()) {
            return Vec::new();
        }
        let mut end = 0;
        let clauses = text.split_inclusive(UNCHANGED_ENDS).map(move |clause| {
            end += clause.len();
            (end - clause.len(), clause)
        });
        let found = clauses.filter_map(|(start, clause)| {
            let plain = first_of(&self.words.unchanged, clause, 0);
            let compared = || {
                let after =
                    self.words.comparisons.iter().filter_map(|word| Some(clause.find(word.as_str())? + word.len()));
                let after = after.min()?;
                let is_other = self.words.no_comparisons.iter().any(|word| clause.contains(word.as_str()));
                first_of(&self.words.unchanged_after_comparison, clause, after).filter(|_| !is_other)
            };
            plain.or_else(compared).map(|(at, word)| (start + at, word))
        });
        found.collect()
    }
}

/// Ends of the clauses that say that something stays as it was.
const UNCHANGED_ENDS: [char; 5] = ['，', '。', '；', ',', ';'];

/// The first of some words in a text from a place on.
fn first_of<'t>(words: &[String], text: &'t str, from: usize) -> Option<(usize, &'t str)> {
    let found = words.iter().filter_map(|word| Some((from + text[from..].find(word.as_str())?, word.len())));
    let first = found.min_by_key(|(at, length)| (*at, std::cmp::Reverse(*length)));
    first.map(|(at, length)| (at, &text[at..at + length]))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::vocabulary::Vocabulary;

    fn read(clause: &str, measured: Measured) -> (Role, String) {
        let vocabulary = Vocabulary::national().expect("the built-in vocabulary");
        let found = Grammar::new(&vocabulary.statements).read(clause, measured);
        (found.role, found.subject.to_owned())
    }

    #[test]
    fn each_shape_is_read() {
        use Measured::*;
        for (clause, measured, role, subject) in [
            ("收入预算", Quantity, Role::Amount, ""),
            ("占支出的", Percent, Role::Share, ""),
            ("比上年", Quantity, Role::ComparedWith, ""),
            ("比2023年年初预算数", Quantity, Role::ComparedWith, ""),
            ("比上年增加", Quantity, Role::Change, ""),
            ("同比下降", Percent, Role::Rate, ""),
            ("比上年减", Quantity, Role::Change, ""),
            ("新增", Quantity, Role::Amount, ""),
            ("和2025年相比减少", Quantity, Role::Change, ""),
            ("与2025年相比各增加", Quantity, Role::Change, ""),
            ("和2025年相比预算减少", Quantity, Role::Change, ""),
            ("与上年相比收、支总计增加", Quantity, Role::ChangeOf, "收、支总计"),
            ("增幅", Percent, Role::Rate, ""),
            ("", Percent, Role::Bracketed, ""),
            ("收入较去年减少", Quantity, Role::ChangeOf, "收入"),
            ("2026年预算比2025年预算增加", Quantity, Role::ChangeOf, "2026年预算"),
            ("其中基本支出减少", Quantity, Role::ChangeOf, "基本支出"),
            ("业务维持增加支出", Quantity, Role::ChangeOf, "业务维持"),
            ("减少在职人员", Quantity, Role::ChangeOf, "在职人员"),
            ("本年数小于上年预算数", Quantity, Role::ChangeOf, "本年数"),
            ("减少到", Quantity, Role::Reached, ""),
            ("货物采购金额占货物支出金额的", Percent, Role::ShareOf, "货物采购金额"),
            ("其中预留给小微企业的比例", Percent, Role::ShareOf, "预留给小微企业的"),
            ("事业收入较上年增长", Percent, Role::ChangeOf, "事业收入"),
            ("提高", Points, Role::Points, ""),
            ("覆盖率", Percent, Role::Amount, "覆盖率"),
        ] {
            assert_eq!(read(clause, measured), (role, subject.to_owned()), "{clause}");
        }
    }
}
