//! Sentences as departments of a dozen provinces write them, and how they are read: `sentences.txt`.
//!
//! Below each sentence stands what it states, a line for each number: what it is about, of which code and what of it, the
//! amount, its change, its share, the reason. `YUSUAN_BLESS=sentences` writes the readings anew; read the difference.

use super::written::read;
use crate::document::{ChangeDirection, Statement};

const PATH: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/src/parse/statements/sentences.txt");

/// How readings are set in.
const INDENT: &str = "    ";

fn reading(statement: &Statement) -> String {
    let mut said = statement.item.clone();
    let mut add = |label: &str, value: Option<String>| {
        if let Some(value) = value {
            said += &format!(" | {label}{value}");
        }
    };
    add("", statement.code.clone());
    add("的", statement.metric.clone());
    add("", statement.amount.map(|amount| format!("{amount}{}", statement.unit)));
    let sign = statement.change_direction.map(|direction| match direction {
        ChangeDirection::Increase => "+",
        ChangeDirection::Decrease => "-",
        ChangeDirection::None => "=",
    });
    add(sign.unwrap_or_default(), statement.change_word.clone());
    add("", statement.change_amount.map(|change| format!("{change}{}", statement.unit)));
    add("", statement.change_pct.map(|rate| format!("{rate}%")));
    add("占", statement.share_pct.map(|share| format!("{share}%")));
    add("因", statement.reason.clone());
    said
}

#[test]
fn sentences_are_read_as_they_are_meant() {
    let expected = std::fs::read_to_string(PATH).expect("the sentences");
    let mut found = String::new();
    for line in expected.lines().filter(|line| !line.starts_with(INDENT)) {
        found += &format!("{line}\n");
        if !line.starts_with('#') {
            read(line).iter().for_each(|statement| found += &format!("{INDENT}{}\n", reading(statement)));
        }
    }
    if std::env::var("YUSUAN_BLESS").is_ok_and(|id| id == "sentences") {
        std::fs::write(PATH, &found).expect("the sentences");
    }
    for (found, expected) in found.lines().zip(expected.lines()) {
        assert_eq!(found, expected);
    }
    assert_eq!(found.lines().count(), expected.lines().count());
}
