//! How the patterns of this room are made. Each is declared once, beside the function that reads by it, and compiled
//! once.

use regex::Regex;

/// Compiles a pattern of our own.
///
/// # Panics
/// On a pattern that is none: a mistake in the code, which the tests of its reader meet first.
pub(crate) fn compiled(pattern: &str) -> Regex {
    Regex::new(pattern).unwrap_or_else(|error| panic!("{error}"))
}
