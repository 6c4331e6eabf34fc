//! Sentences written from the grammar's own shapes, with random subjects and figures, and read back.

use proptest::prelude::*;

use super::*;
use crate::document::{Money, PageNumber, Section, Statement};
use crate::parse::paragraphs::Paragraph;

const SUBJECTS: [&str; 6] =
    ["收入预算", "项目支出", "机关运行经费", "“三公”经费", "公务用车购置及运行维护费", "会议费"];
const VERBS: [&str; 3] = ["", "为", "共计"];
const UNITS: [&str; 4] = ["万元", "元", "亿元", "万"];
const AGAINST: [&str; 5] = ["比上年", "较2023年年初预算数", "与上年相比", "同比", ""];
const CHANGES: [(&str, &str); 4] = [("增加", "增长"), ("减少", "下降"), ("增加", "增幅"), ("减少", "降幅")];

/// What a sentence says.
#[derive(Clone, Debug)]
struct Said {
    subject: &'static str,
    verb: &'static str,
    year: bool,
    amount: String,
    unit: &'static str,
    share: Option<String>,
    change: Option<Change>,
}

#[derive(Clone, Debug)]
struct Change {
    against: &'static str,
    words: (&'static str, &'static str),
    amount: String,
    rate: Option<(String, bool)>,
    reason: bool,
    /// Whether it stands in a sentence of its own, with its own subject.
    apart: bool,
}

fn figure() -> impl Strategy<Value = String> {
    (1u32..9_999_999, 0u32..100).prop_map(|(whole, cents)| format!("{whole}.{cents:02}"))
}

fn change() -> impl Strategy<Value = Change> {
    let rate = proptest::option::of(((1u32..100).prop_map(|rate| format!("{rate}.5")), any::<bool>()));
    let words = (proptest::sample::select(&AGAINST[..]), proptest::sample::select(&CHANGES[..]));
    (words, figure(), rate, any::<bool>(), any::<bool>()).prop_map(|((against, words), amount, rate, reason, apart)| {
        Change { against, words, amount, rate, reason, apart }
    })
}

fn said() -> impl Strategy<Value = Said> {
    let words = (
        proptest::sample::select(&SUBJECTS[..]),
        proptest::sample::select(&VERBS[..]),
        proptest::sample::select(&UNITS[..]),
    );
    let share = proptest::option::of((1u32..100).prop_map(|share| share.to_string()));
    (words, any::<bool>(), figure(), share, proptest::option::of(change())).prop_map(
        |((subject, verb, unit), year, amount, share, change)| Said {
            subject,
            verb,
            year,
            amount,
            unit,
            share,
            change,
        },
    )
}

impl Said {
    fn written(&self) -> String {
        let year = if self.year { "2024年某局" } else { "" };
        let mut text = format!("{year}{}{}{}{}", self.subject, self.verb, self.amount, self.unit);
        if let Some(share) = &self.share {
            text += &format!("，占支出的{share}%");
        }
        if let Some(change) = &self.change {
            let (joint, subject) = if change.apart { ("。", self.subject) } else { ("，", "") };
            text += &format!("{joint}{subject}{}{}{}{}", change.against, change.words.0, change.amount, self.unit);
            match &change.rate {
                Some((rate, true)) => text += &format!("（{rate}%）"),
                Some((rate, false)) => text += &format!("，{}{rate}%", change.words.1),
                None => {}
            }
            if change.reason {
                text += "，主要原因是人员变动";
            }
        }
        text + "。"
    }
}

/// The statements of a paragraph that stands under no heading.
pub(super) fn read(text: &str) -> Vec<Statement> {
    let section = Section { number: None, title: String::new(), paragraphs: Vec::new(), pages: Vec::new() };
    let sections = [PagedSection { section, paragraphs: vec![Paragraph::of(text, PageNumber(1))] }];
    let vocabulary = Vocabulary::national().expect("the built-in vocabulary");
    parse(&sections, &[], &[Some("某局")], vocabulary).into_iter().map(|placed| placed.statement).collect()
}

fn printed(figure: Option<Money>) -> Option<String> {
    figure.map(|figure| figure.to_string())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn what_is_written_is_read(sentences in proptest::collection::vec(said(), 1..4)) {
        let text: String = sentences.iter().map(Said::written).collect();
        let mut found = read(&text).into_iter();
        for said in &sentences {
            let stated = found.next().ok_or_else(|| TestCaseError::fail(format!("an amount is missing: {text}")))?;
            prop_assert_eq!(&stated.item, said.subject, "{}", text);
            prop_assert_eq!(printed(stated.amount), Some(said.amount.clone()), "{}", text);
            prop_assert_eq!(printed(stated.share_pct), said.share.clone(), "{}", text);
            let Some(change) = &said.change else {
                prop_assert_eq!(stated.change_direction, None, "{}", text);
                continue;
            };
            let changed = if change.apart {
                prop_assert_eq!(stated.change_amount, None, "{}", text);
                let changed = found.next().ok_or_else(|| TestCaseError::fail(format!("a change is missing: {text}")))?;
                prop_assert_eq!((&changed.item, changed.amount), (&said.subject.to_owned(), None), "{}", text);
                changed
            } else {
                stated
            };
            prop_assert_eq!(printed(changed.change_amount), Some(change.amount.clone()), "{}", text);
            prop_assert_eq!(printed(changed.change_pct), change.rate.clone().map(|(rate, _)| rate), "{}", text);
            prop_assert_eq!(changed.change_word.as_deref(), Some(change.words.0), "{}", text);
            prop_assert_eq!(changed.reason.as_deref(), change.reason.then_some("人员变动"), "{}", text);
        }
        prop_assert_eq!(found.next(), None, "{}", text);
    }
}

/// Sentences of other shapes, each with what is to be read: item, amount, change, rate, share.
fn shaped(names: (&str, &str), figures: &[String; 3], rate: &str) -> Vec<(String, Vec<Row>)> {
    let ((one, other), [a, b, c]) = (names, figures);
    let row = |item: &str, cells: [&str; 4]| -> Row {
        (item.to_owned(), cells.map(|cell| (!cell.is_empty()).then(|| cell.to_owned())))
    };
    vec![
        (
            format!("{one}和{other}分别为{a}万元和{b}万元。"),
            vec![row(one, [a, "", "", ""]), row(other, [b, "", "", ""])],
        ),
        (
            format!("{one}、{other}分别增加{a}万元、减少{b}万元。"),
            vec![row(one, ["", a, "", ""]), row(other, ["", b, "", ""])],
        ),
        (
            format!("{one}{a}万元，其中，{other}{b}万元，占{rate}%；比上年增加{c}万元。"),
            vec![row(one, [a, "", "", ""]), row(other, [b, c, "", rate])],
        ),
        (
            format!("{one}{a}万元，其中：{other}{b}万元。比上年增加{c}万元，增长{rate}%。"),
            vec![row(one, [a, c, rate, ""]), row(other, [b, "", "", ""])],
        ),
        (format!("{one}占{other}的{rate}%。"), vec![row(one, ["", "", "", rate])]),
        (
            format!("{one}{a}万元，比年初预算数增加{b}万元，比2023年度减少{c}万元，降低{rate}%。"),
            vec![row(one, [a, b, "", ""]), row(one, ["", c, rate, ""])],
        ),
        (format!("{one}{a}万元，本年数小于上年预算数{b}万元。"), vec![row(one, [a, b, "", ""])]),
        (format!("{one}（2080505）{a}万元，较上年无增减。"), vec![row(one, [a, "", "", ""])]),
        (
            format!("{one}{a}万元，主要用于{other}{b}万元，比上年减少{c}万元（{rate}%）。"),
            vec![row(one, [a, c, rate, ""]), row(other, [b, "", "", ""])],
        ),
        (
            format!("{one}年初预算为{a}万元，支出决算为{b}万元，完成年初预算的{rate}%。"),
            vec![row(one, [a, "", "", ""]), row(one, [b, "", "", ""]), row(one, [rate, "", "", ""])],
        ),
    ]
}

type Row = (String, [Option<String>; 4]);

const NAMES: [(&str, &str); 5] = [
    ("基本支出", "项目支出"),
    ("公务接待费", "公务用车运行维护费"),
    ("人员经费", "公用经费"),
    ("会议费", "培训费"),
    ("财政拨款支出", "住房保障支出"),
];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn other_shapes_are_read(
        names in proptest::sample::select(&NAMES[..]),
        figures in [figure(), figure(), figure()],
        rate in (1u32..99).prop_map(|rate| format!("{rate}.5")),
        before in proptest::option::of(said()),
    ) {
        for (sentence, expected) in shaped(names, &figures, &rate) {
            // What was said before has no part in it.
            let text = before.as_ref().map(Said::written).unwrap_or_default() + &sentence;
            let found = read(&text);
            let cells = |s: &Statement| [s.amount, s.change_amount, s.change_pct, s.share_pct].map(printed);
            let rows: Vec<Row> = found.iter().map(|s| (s.item.clone(), cells(s))).collect();
            let own = rows.len().saturating_sub(expected.len());
            prop_assert_eq!(&rows[own..], expected.as_slice(), "{}", text);
        }
    }
}
