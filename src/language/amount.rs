//! Amounts as printed → exact decimals.

use std::borrow::Cow;

use rust_decimal::Decimal;

/// A printed amount.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Amount {
    /// The figure without thousands separators; digits after the point are kept (`2801.90`).
    pub(crate) text: String,
    /// Its exact value.
    pub(crate) value: Decimal,
    /// Whether the thousands separators stand where they should: a figure cut or joined wrongly shows there.
    pub(crate) well_grouped: bool,
}

/// Most digits of a figure, before and after the point: the whole of all public money has 14 in fen. With more, a few sums
/// and products would leave the 96 bits of exact decimals.
const MAX_DIGITS: usize = 18;

/// Reads a cell as an amount: `2,801.90`, `２８０１.９０`, `-80.00`, `(80.00)`. `None` for anything else, including a
/// dash, an empty cell, and a figure of more than [`MAX_DIGITS`].
pub(crate) fn parse(cell: &str) -> Option<Amount> {
    if let Some(amount) = parse_short(cell) {
        return Some(amount);
    }
    // Most cells hold words: their first character tells, and nothing is built for them.
    if !cell.chars().all(may_stand_in_amount) {
        return None;
    }
    let plain = plain(cell);
    let (negative, digits) = signed(plain.as_ref());
    let (whole, fraction) = digits.split_once('.').map_or((digits, None), |(whole, fraction)| (whole, Some(fraction)));
    let is_digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    let is_whole = |b: u8| b.is_ascii_digit() || b == b',';
    let apostrophes = whole.contains(['\'', '’']).then(|| whole.replace(['\'', '’'], ","));
    let whole = match &apostrophes {
        Some(commas) if is_well_grouped(commas) => commas.as_str(),
        Some(_) => return None,
        None => whole,
    };
    if !whole.starts_with(|c: char| c.is_ascii_digit())
        || !whole.bytes().all(is_whole)
        || fraction.is_some_and(|f| !is_digits(f))
    {
        return None;
    }
    let mut text = String::with_capacity(plain.len());
    if negative {
        text.push('-');
    }
    whole.split(',').for_each(|group| text.push_str(group));
    if let Some(fraction) = fraction {
        text.push('.');
        text.push_str(fraction);
    }
    if text.bytes().filter(u8::is_ascii_digit).count() > MAX_DIGITS {
        return None;
    }
    let value = Decimal::from_str_exact(&text).ok()?;
    Some(Amount { text, value, well_grouped: is_well_grouped(whole) })
}

/// Reads the figure that nearly every cell with one holds: digits and separators, perhaps a point and digits after it,
/// and nothing else.
fn parse_short(cell: &str) -> Option<Amount> {
    if cell.len() > MAX_DIGITS || !cell.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let (mut number, mut point, mut separated) = (0_i64, None, false);
    for (at, byte) in cell.bytes().enumerate() {
        match byte {
            b'0'..=b'9' => number = number * 10 + i64::from(byte - b'0'),
            b'.' if point.is_none() => point = Some(at),
            b',' if point.is_none() => separated = true,
            _ => return None,
        }
    }
    let whole = &cell[..point.unwrap_or(cell.len())];
    let decimals = point.map_or(0, |point| cell.len() - point - 1);
    let text = if separated { cell.replace(',', "") } else { cell.to_owned() };
    let value = Decimal::new(number, u32::try_from(decimals).ok()?);
    (point.is_none() || decimals > 0).then(|| Amount { text, value, well_grouped: is_well_grouped(whole) })
}

/// Whether a squeezed figure is negative, and its digits: `-80`, `(80)`, `▲80`, `80-`.
fn signed(plain: &str) -> (bool, &str) {
    const SIGNS: [char; 6] = ['-', '−', '－', '–', '▲', '△'];
    if let Some(rest) = plain.strip_prefix(SIGNS) {
        return (true, rest);
    }
    if let Some(rest) = plain.strip_prefix('(').and_then(|rest| rest.strip_suffix(')')) {
        return (true, rest);
    }
    match plain.strip_suffix('-') {
        Some(rest) => (true, rest),
        None => (false, plain.strip_prefix('+').unwrap_or(plain)),
    }
}

/// Whether a text ends with two figures or more, which no one amount is: `1,234.56/1,200.00`, `88.20 88.00`.
pub(crate) fn ends_with_several(text: &str) -> bool {
    let is_part = |c: char| half_width_digit(c).is_ascii_digit() || ",，.．/／()（） \u{3000}".contains(c);
    let start = text.trim_end_matches(is_part).len();
    let tail = &text[start..];
    // The point tells a figure from a date or a code.
    if tail.matches(['.', '．']).count() < 2 {
        return false;
    }
    let parts: Vec<&str> =
        tail.split(['/', '／', '(', ')', '（', '）', ' ', '\u{3000}']).filter(|part| !part.is_empty()).collect();
    let decimal = |part: &&&str| part.contains(['.', '．']) && parse(part).is_some();
    let stuck = |part: &&str| part.matches(['.', '．']).count() > 1;
    parts.iter().filter(decimal).count() >= 2
        || (parts.len() == 1 && parts.iter().any(|part| stuck(part) && is_stuck(part)))
}

/// Whether figures with two decimals follow one another without anything between them: `88.2088.00`.
fn is_stuck(part: &str) -> bool {
    let mut rest = part;
    let mut count = 0;
    while let Some(point) = rest.find('.') {
        let Some(end) = rest.get(point + 1..point + 3).filter(|d| d.bytes().all(|b| b.is_ascii_digit())) else {
            return false;
        };
        if parse(&rest[..point]).is_none() {
            return false;
        }
        rest = &rest[point + 1 + end.len()..];
        count += 1;
    }
    rest.is_empty() && count >= 2
}

/// A text without white space, its signs and digits half-width; printed so already, it is not copied.
fn plain(cell: &str) -> Cow<'_, str> {
    if cell.bytes().all(|b| b.is_ascii_graphic()) {
        return Cow::Borrowed(cell);
    }
    let mut plain = String::with_capacity(cell.len());
    plain.extend(cell.chars().filter(|c| !c.is_whitespace()).map(half_width));
    Cow::Owned(plain)
}

/// Whether a character occurs in amounts: digits, separators, signs and brackets of either width, white space.
fn may_stand_in_amount(character: char) -> bool {
    matches!(
        character,
        '0'..='9' | '.' | ',' | '(' | ')' | '+' | '-' | '−' | '\u{ff01}'..='\u{ff5e}' | '–' | '▲' | '△' | '\'' | '’'
    ) || character.is_whitespace()
}

/// Whether a text has a figure with a point or separators in it; a bare whole number may be anything.
pub(crate) fn stands_in(text: &str) -> bool {
    let is_separated = |word: &str| word.contains(['.', ',', '．', '，']) && parse(word).is_some();
    text.split(|c: char| c.is_whitespace() || !(c.is_numeric() || matches!(c, '.' | ',' | '．' | '，' | '-')))
        .any(is_separated)
}

/// Whether a text is a dash that stands for nothing.
pub(crate) fn is_dash(cell: &str) -> bool {
    let text = cell.trim();
    !text.is_empty() && text.chars().all(|c| matches!(c, '-' | '—' | '–' | '－' | '−'))
}

fn is_well_grouped(whole: &str) -> bool {
    let Some((first, rest)) = whole.split_once(',') else { return true };
    (1..=3).contains(&first.len()) && rest.split(',').all(|group| group.len() == 3)
}

/// A full-width digit as ASCII; anything else as it is.
pub(crate) fn half_width_digit(character: char) -> char {
    if ('０'..='９').contains(&character) { half_width(character) } else { character }
}

/// Full-width digits and signs as ASCII.
fn half_width(character: char) -> char {
    match character {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(character as u32 - 0xfee0).unwrap_or(character),
        _ => character,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(cell: &str) -> Option<String> {
        parse(cell).map(|amount| amount.text)
    }

    #[test]
    fn figures_keep_their_digits() {
        assert_eq!(text("2,801.90").as_deref(), Some("2801.90"));
        assert_eq!(text("0.00").as_deref(), Some("0.00"));
        assert_eq!(text(" 21,118.51 ").as_deref(), Some("21118.51"));
    }

    #[test]
    fn short_figures_are_read_as_long_ones() {
        assert_eq!(parse_short("1,234,567.80"), parse("1,234,567.80 "));
        for cell in ["0", "007", "12.50", "0.00", "123456789012345678", "12345678901234.56", "99999999999999.999"] {
            let amount = parse_short(cell).expect("a figure");
            assert_eq!((amount.text.as_str(), amount.value), (cell, Decimal::from_str_exact(cell).expect("a number")));
            assert_eq!(amount.value.scale() as usize, cell.split_once('.').map_or(0, |(_, rest)| rest.len()));
        }
    }

    #[test]
    fn full_width_figures_are_figures() {
        assert_eq!(text("２，８０１．９０").as_deref(), Some("2801.90"));
    }

    #[test]
    fn negative_figures() {
        assert_eq!(text("-80.00").as_deref(), Some("-80.00"));
        for written in ["（80.00）", "–80.00", "▲80.00", "△ 80.00", "80.00-", "－80.00"] {
            assert_eq!(text(written).as_deref(), Some("-80.00"), "{written}");
        }
    }

    #[test]
    fn an_apostrophe_may_part_thousands() {
        assert_eq!(text("27'163’500.00").as_deref(), Some("27163500.00"));
        assert_eq!((text("27'16"), text("'23")), (None, None));
    }

    #[test]
    fn what_is_no_figure() {
        for cell in ["", "-", "—", "合计", "2023年", "1.2.3", ".5", "5.", ",5", "12%", "2-3"] {
            assert_eq!(text(cell), None, "{cell}");
        }
    }

    #[test]
    fn a_figure_that_no_sum_may_hold_is_no_amount() {
        assert_eq!(text("999,999,999,999,999,999").as_deref(), Some("999999999999999999"));
        for cell in ["1234567890123456789", "1.2345678901234567890", "1,234,567,890,123,456.789"] {
            assert_eq!(text(cell), None, "{cell}");
        }
    }

    #[test]
    fn misplaced_separators_are_noticed() {
        let grouped = |cell| parse(cell).is_some_and(|amount| amount.well_grouped);
        assert!(grouped("2,801.90") && grouped("1,234,567") && grouped("12345"));
        assert!(!grouped("2,80.90") && !grouped("12,3456") && !grouped("1234,567"));
    }

    #[test]
    fn two_figures_are_no_amount() {
        for text in
            ["1,234.56/1,200.00", "1,234.56（1,200.00）", "88.20 88.00", "合计基本支出1,000.00 1,000.00", "88.2088.00"]
        {
            assert!(ends_with_several(text), "{text}");
        }
        for text in ["1,234.56", "2024.01.15", "1.2.3", "合计88.20", "2024/2025", "21,118.51", "", "版本1.0 2024"] {
            assert!(!ends_with_several(text), "{text}");
        }
    }
}
