//! What was noticed, by kind.

use std::fmt;

use yusuan::document::Severity;

use crate::document::Outcome;
use crate::kind::Kind;

/// A line of the table.
#[derive(Debug, Default)]
struct Line {
    mutants: usize,
    noticed: usize,
    graver_than_note: usize,
    named: usize,
    verified: usize,
    verified_unnoticed: usize,
    left_verified: usize,
}

/// What was noticed, by kind.
pub struct Table(Vec<(String, Line)>);

impl Table {
    /// Of all outcomes.
    pub fn of(outcomes: &[Outcome]) -> Self {
        let shown = std::env::var("YUSUAN_SHOW").unwrap_or_default();
        let mut lines = Vec::new();
        for kind in Kind::ALL {
            let of_kind: Vec<&Outcome> = outcomes.iter().filter(|outcome| outcome.kind == kind).collect();
            for outcome in of_kind.iter().filter(|_| shown == kind.name() || shown == "all") {
                if outcome.noticed.is_none() {
                    println!("unnoticed {}: {}", kind.name(), outcome.description);
                }
                if outcome.is_verified {
                    println!("left verified {}: {}", kind.name(), outcome.description);
                }
            }
            lines.push((kind.name().to_owned(), Line::of(&of_kind)));
            if kind == Kind::Project {
                let listed: Vec<&Outcome> = of_kind.into_iter().filter(|outcome| outcome.has_project_table).collect();
                lines.push(("project-in-table".to_owned(), Line::of(&listed)));
            }
        }
        lines.push(("all".to_owned(), Line::of(&outcomes.iter().collect::<Vec<_>>())));
        Self(lines)
    }

    /// What falls short of a floor: `name least-share-noticed most-left-verified`, in per cent.
    pub fn below(&self, floor: &str) -> Vec<String> {
        let mut worse = Vec::new();
        for line in floor.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
            let words: Vec<&str> = line.split_whitespace().collect();
            let [name, least, most] = words[..] else { panic!("{line}: a name and two numbers") };
            let number = |text: &str| text.parse::<f64>().expect("a number");
            let found = self.0.iter().find(|(other, _)| other == name);
            let (_, found) = found.unwrap_or_else(|| panic!("{name} is no kind"));
            let noticed = share(found.noticed, found.mutants);
            let left = share(found.left_verified, found.mutants);
            if noticed < number(least) || left > number(most) {
                worse.push(format!("{name}: noticed {noticed:.1} of {least}, left verified {left:.1} of {most}"));
            }
        }
        worse
    }
}

impl Line {
    fn of(outcomes: &[&Outcome]) -> Self {
        let count = |is: fn(&Outcome) -> bool| outcomes.iter().filter(|outcome| is(outcome)).count();
        Self {
            mutants: outcomes.len(),
            noticed: count(|outcome| outcome.noticed.is_some()),
            graver_than_note: count(|outcome| outcome.noticed.is_some_and(|severity| severity != Severity::Note)),
            named: count(|outcome| outcome.names_cell),
            verified: count(|outcome| outcome.was_verified),
            verified_unnoticed: count(|outcome| outcome.was_verified && outcome.noticed.is_none()),
            left_verified: count(|outcome| outcome.is_verified),
        }
    }
}

fn share(part: usize, whole: usize) -> f64 {
    if whole == 0 { 100.0 } else { 100.0 * part as f64 / whole as f64 }
}

impl fmt::Display for Table {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(
            f,
            "| mutation | mutants | noticed | by error or warning | cell named | verified, and unnoticed | left verified |"
        )?;
        writeln!(f, "|---|---|---|---|---|---|---|")?;
        for (name, line) in &self.0 {
            writeln!(
                f,
                "| {name} | {} | {:.1} % | {:.1} % | {:.1} % | {} of {} | {} |",
                line.mutants,
                share(line.noticed, line.mutants),
                share(line.graver_than_note, line.mutants),
                share(line.named, line.mutants),
                line.verified_unnoticed,
                line.verified,
                line.left_verified,
            )?;
        }
        Ok(())
    }
}
