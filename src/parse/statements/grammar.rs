//! The grammar of stated numbers, to be read aloud.
//!
//! A *sentence* states *amounts*: a subject, a verb, a number with its unit. After an amount may come, in any order and
//! in brackets or not, its *share* of a whole, a *change* against another year, the *rate* of that change, the amount of
//! the other year that it is *compared with*, and the reason. A change may have a subject of its own; then it is a
//! statement without an amount. Percentage *points* are no change of an amount.
//!
//! What a number is, the words of its clause before it tell, and whether it is a per cent. The first shape that fits
//! decides. In the shapes, a name in braces stands for any of the vocabulary's words of that name.

use regex::Regex;

use crate::language::patterns::{any_of, compiled};
use crate::language::vocabulary::StatementWords;

/// What a number is to the sentence that it stands in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    /// The amount of a subject: 收入预算100万元.
    Amount,
    /// A share of the whole, of the amount before: 占80%.
    Share,
    /// By how much the amount before changed: 比上年增加5万元.
    Change,
    /// By how many per cent it changed: 增长5%.
    Rate,
    /// A per cent alone in brackets, of what stands before the bracket: （5%）.
    Bracketed,
    /// The change of a subject whose amount is not stated here: 收入较去年减少5万元.
    ChangeOf,
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
const SHAPES: [(Role, Measured, &str); 11] = [
    (Role::Points, Measured::Points, "^.*$"),
    (Role::Share, Measured::Percent, "^{and}{share}.*$"),
    (Role::Share, Measured::Percent, "^.*{share_of}$"),
    (Role::Bracketed, Measured::Percent, "^$"),
    (Role::Rate, Measured::Percent, "^{and}{compared}?{change}{ending}?$"),
    (Role::ChangeOf, Measured::Percent, "^{and}(?P<subject>.+?){within}?(?P<word>{change}){ending}?$"),
    (Role::Change, Measured::Quantity, "^{and}{compared}?{change}{ending}?$"),
    (Role::ChangeOf, Measured::Quantity, "^{and}(?P<subject>.+?){within}?(?P<word>{change}){ending}?$"),
    (Role::ChangeOf, Measured::Quantity, "^{and}(?P<subject>.+?)(?P<word>{change}){changed}$"),
    (Role::ComparedWith, Measured::Quantity, "^{and}{against}.*$"),
    (Role::Amount, Measured::Quantity, "^(?P<subject>.*)$"),
];

/// The shapes with the vocabulary's words in them.
pub(super) struct Grammar {
    shapes: Vec<(Role, Measured, Regex)>,
    unchanged: Regex,
}

/// How a number was read.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Reading<'c> {
    pub(super) role: Role,
    /// What the clause names as its subject; empty where it names none.
    pub(super) subject: &'c str,
}

impl Grammar {
    /// The grammar in the words of a vocabulary.
    pub(super) fn new(words: &StatementWords) -> Self {
        let any = |words: &[String]| format!("(?:{})", any_of(words.iter().map(String::as_str)));
        let both: Vec<String> = words.increase.iter().chain(&words.decrease).cloned().collect();
        let names = [
            ("{and}", format!("{}?", any(&words.connectives))),
            ("{share}", any(&words.share)),
            ("{share_of}", any(&words.share_of)),
            // 比上年, 较2023年年初预算数, 与上年相比: whatever year or budget it names.
            ("{compared}", format!("{}.*?", any(&words.comparisons))),
            ("{within}", format!("(?:{}.*?)", any(&words.comparisons_within))),
            ("{against}", any(&words.comparisons_within)),
            ("{change}", any(&both)),
            ("{changed}", any(&words.changed)),
            ("{ending}", any(&words.change_endings)),
        ];
        // {compared} and {within} are optional as a whole.
        let filled = |shape: &str| {
            let shape = shape.replace("{compared}?", "(?:{compared})?");
            names.iter().fold(shape, |shape, (name, pattern)| shape.replace(name, pattern))
        };
        let shapes = SHAPES.iter().map(|(_, _, shape)| compiled(&filled(shape)));
        // 与上年持平, 较上年没有变化, 与2024年预算数一致
        let unchanged = format!(
            "{}|{}[^，。；,;]*?{}",
            any(&words.unchanged),
            any(&words.comparisons),
            any(&words.unchanged_after_comparison)
        );
        let patterns = words.patterns.get_or_init(|| shapes.chain([compiled(&unchanged)]).collect());
        let shapes = SHAPES.iter().zip(patterns).map(|((role, measured, _), shape)| (*role, *measured, shape.clone()));
        Self { shapes: shapes.collect(), unchanged: patterns[SHAPES.len()].clone() }
    }

    /// What a number is after the words of its clause.
    pub(super) fn read<'c>(&self, clause: &'c str, measured: Measured) -> Reading<'c> {
        let shapes = self.shapes.iter().filter(|(_, own, _)| *own == measured);
        let read = |(role, _, shape): &(Role, Measured, Regex)| {
            let found = shape.captures(clause)?;
            let subject = found.name("subject").map_or("", |subject| subject.as_str());
            Some(Reading { role: *role, subject })
        };
        // A per cent that is neither share nor rate is the amount of its subject: 覆盖率95%.
        shapes.into_iter().find_map(read).unwrap_or(Reading { role: Role::Amount, subject: clause })
    }

    /// Where a text says that something stays as it was, and the words that say so.
    pub(super) fn unchanged<'t>(&self, text: &'t str) -> impl Iterator<Item = (usize, &'t str)> {
        self.unchanged.find_iter(text).map(|found| (found.start(), found.as_str()))
    }
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
            ("收入预算", Quantity, Role::Amount, "收入预算"),
            ("占支出的", Percent, Role::Share, ""),
            ("比上年", Quantity, Role::ComparedWith, ""),
            ("比2023年年初预算数", Quantity, Role::ComparedWith, ""),
            ("比上年增加", Quantity, Role::Change, ""),
            ("同比下降", Percent, Role::Rate, ""),
            ("和2025年相比预算减少", Quantity, Role::Change, ""),
            ("增幅", Percent, Role::Rate, ""),
            ("", Percent, Role::Bracketed, ""),
            ("收入较去年减少", Quantity, Role::ChangeOf, "收入"),
            ("2026年预算比2025年预算增加", Quantity, Role::ChangeOf, "2026年预算"),
            ("其中基本支出减少", Quantity, Role::ChangeOf, "基本支出"),
            ("业务维持增加支出", Quantity, Role::ChangeOf, "业务维持"),
            ("事业收入较上年增长", Percent, Role::ChangeOf, "事业收入"),
            ("提高", Points, Role::Points, ""),
            ("覆盖率", Percent, Role::Amount, "覆盖率"),
        ] {
            assert_eq!(read(clause, measured), (role, subject.to_owned()), "{clause}");
        }
    }
}
