//! Figures of checks, subtracted exactly; numbers of pages, shortly.

use crate::language::amount;

/// The first figure less the second, or `None` where one of them is no figure.
pub(super) fn difference(actual: &str, expected: &str) -> Option<String> {
    let (actual, expected) = (amount::parse(actual)?.value, amount::parse(expected)?.value);
    Some(actual.checked_sub(expected)?.to_string())
}

/// Numbers in order with runs drawn together: `6、7、9-11`.
pub(super) fn runs(mut numbers: Vec<u32>, separator: &str) -> String {
    numbers.sort_unstable();
    numbers.dedup();
    let mut runs: Vec<(u32, u32)> = Vec::new();
    for number in numbers {
        match runs.last_mut() {
            Some((_, end)) if *end + 1 == number => *end = number,
            _ => runs.push((number, number)),
        }
    }
    let shown = runs.iter().map(|(start, end)| match end - start {
        0 => start.to_string(),
        1 => format!("{start}{separator}{end}"),
        _ => format!("{start}-{end}"),
    });
    shown.collect::<Vec<_>>().join(separator)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn differences_are_exact_and_signed() {
        assert_eq!(difference("0.30", "0.10").as_deref(), Some("0.20"));
        assert_eq!(difference("756.66", "765.66").as_deref(), Some("-9.00"));
        assert_eq!(difference("2080505", "—"), None);
    }

    #[test]
    fn runs_of_three_are_drawn_together() {
        assert_eq!(runs(vec![17, 6, 7, 9, 10, 11, 9], "、"), "6、7、9-11、17");
        assert_eq!(runs(Vec::new(), ", "), "");
    }
}
