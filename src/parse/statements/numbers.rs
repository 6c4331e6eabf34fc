//! The numbers of a text that state something, with their units.

use crate::language::amount::half_width_digit;
use crate::language::quantities::Quantity;
use crate::language::vocabulary::StatementWords;

/// A number in a text.
#[derive(Clone, Copy, Debug)]
pub(super) struct Number<'t> {
    pub(super) start: usize,
    /// End of the number and its unit.
    pub(super) end: usize,
    pub(super) digits: &'t str,
    pub(super) unit: &'t str,
}

/// All numbers with a unit, without those that only describe an item (单价50万元以上), number something (第5项) or count
/// time (3个月).
pub(super) fn numbers<'t>(text: &'t str, words: &'t StatementWords) -> impl Iterator<Item = Number<'t>> {
    words.units.quantities(text).filter_map(|Quantity { start, digits_end, end, unit, .. }| {
        let unit = unit?;
        let (before, after) = (&text[..start], &text[end..]);
        let follows = |words: &[String]| words.iter().any(|word| after.starts_with(word.as_str()));
        let counts = words.counters.iter().any(|word| word == unit);
        let is_other = follows(&words.thresholds)
            || counts && follows(&words.times)
            || words.ordinal_marks.iter().any(|word| before.ends_with(word.as_str()));
        // （01项） is a level of a code with its digits.
        let is_level = words.levels.iter().any(|level| level.trim_matches(['（', '）']) == unit)
            && before.ends_with(['（', '('])
            && after.starts_with(['）', ')']);
        // 万 stands for 万元 where nothing is counted after it: 50万人.
        let is_short = words.unit_names.contains_key(unit) && after.starts_with(char::is_alphanumeric);
        let start = start - sign_before(before);
        (!is_other && !is_level && !is_short).then(|| Number { start, end, digits: &text[start..digits_end], unit })
    })
}

/// The bytes of the minus sign that a text ends with; after a number it is the mark of a range.
fn sign_before(text: &str) -> usize {
    let Some(rest) = text.strip_suffix(['-', '－', '−']) else { return 0 };
    let is_sign =
        rest.ends_with(|c: char| !c.is_ascii_alphanumeric() && !c.is_whitespace() && half_width_digit(c) == c);
    if is_sign { text.len() - rest.len() } else { 0 }
}
