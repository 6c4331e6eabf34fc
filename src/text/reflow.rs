//! Broken lines → running text (折行还原).
//!
//! A line break that the column's width made leaves nothing behind, nor does a space that only justifies a line.
//! Chinese is written without spaces, so every space or break next to an ideograph or Chinese punctuation is layout.
//! Between Latin letters and numbers a space is kept; a number broken by the width is joined.

use crate::model::{Flow, Glyph, Line};

/// A gap wider than this, in ems, between two Latin characters is a word space. The narrowest word spaces are 0.2 em;
/// kerning and justification inside words stay below.
const WORD_GAP: f32 = 0.18;

/// The text of some lines, joined.
pub(crate) fn text(lines: &[Line]) -> String {
    let mut joined = String::with_capacity(lines.iter().map(|line| length(&line.glyphs)).sum());
    for line in lines {
        append_line(&mut joined, &line.glyphs);
    }
    joined
}

/// The text of one line.
pub(crate) fn line_text(line: &Line) -> String {
    glyphs_text(&line.glyphs)
}

/// The text of glyphs that stand on one line.
pub(crate) fn glyphs_text(glyphs: &[Glyph]) -> String {
    let mut text = String::with_capacity(length(glyphs));
    append_line(&mut text, glyphs);
    text
}

/// How many bytes the text of glyphs has, but for spaces.
fn length(glyphs: &[Glyph]) -> usize {
    glyphs.iter().map(|glyph| glyph.character.len_utf8()).sum()
}

/// Joins two pieces of text as if a line break stood between them.
pub(crate) fn join(first: &mut String, second: &str) {
    if let (Some(before), Some(after)) = (first.chars().next_back(), second.chars().next())
        && needs_space_at_break(before, after)
    {
        first.push(' ');
    }
    first.push_str(second);
}

fn append_line(text: &mut String, glyphs: &[Glyph]) {
    let Some(first) = glyphs.first() else { return };
    if text.chars().next_back().is_some_and(|before| needs_space_at_break(before, first.character)) {
        text.push(' ');
    }
    text.push(first.character);
    for pair in glyphs.windows(2) {
        let [before, after] = pair else { continue };
        if !is_chinese(before.character) && !is_chinese(after.character) && is_spaced(before, after) {
            text.push(' ');
        }
        text.push(after.character);
    }
}

/// Whether a space, explicit or by its width, stands between two neighbours on a line.
pub(crate) fn is_spaced(before: &Glyph, after: &Glyph) -> bool {
    let gap = match after.flow {
        Flow::Right => after.bbox.x0 - before.bbox.x1,
        Flow::Down => after.bbox.y0 - before.bbox.y1,
        Flow::Up => before.bbox.y0 - after.bbox.y1,
    };
    let size = after.size.max(before.size);
    // An explicit space counts only where there is room for it: some producers draw spaces of no width, and a space
    // belongs to the glyph drawn after it, which need not be its neighbour here.
    gap > WORD_GAP * size || (after.space_before && gap > WORD_GAP / 2.0 * size)
}

/// How many spaces between a Latin letter or digit and an ideograph were dropped: such spaces may have been typed,
/// while those between ideographs only justify.
pub(crate) fn dropped_spaces(lines: &[Line]) -> usize {
    let pairs = lines.iter().flat_map(|line| line.glyphs.windows(2));
    let mixed = |pair: &&[Glyph]| is_chinese(pair[0].character) != is_chinese(pair[1].character);
    pairs.filter(mixed).filter(|pair| is_spaced(&pair[0], &pair[1])).count()
}

fn needs_space_at_break(before: char, after: char) -> bool {
    if is_chinese(before) || is_chinese(after) {
        return false;
    }
    let numeric = |c: char| c.is_ascii_digit() || matches!(c, '.' | ',');
    let continues_number = numeric(before) && (numeric(after) || after == '%');
    let is_joined = |c: char| matches!(c, '-' | '/' | '(' | '[');
    !(continues_number || is_joined(before) || matches!(after, ')' | ']' | '/' | '-'))
}

/// Whether a character is an ideograph, Chinese punctuation or a full-width form: no space is ever meant beside it.
pub(crate) fn is_chinese(character: char) -> bool {
    !character.is_ascii()
        && matches!(character,
        '\u{2e80}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{fe10}'..='\u{fe6f}' | '\u{ff00}'..='\u{ffef}'
        | '\u{20000}'..='\u{3ffff}' | '\u{2460}'..='\u{24ff}'
        | '“' | '”' | '‘' | '’' | '—' | '–' | '…' | '·' | '×' | '℃' | '≥' | '≤')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::page::line_at;

    fn reflowed(lines: &[&str]) -> String {
        let lines: Vec<Line> =
            lines.iter().enumerate().map(|(i, text)| line_at(text, 10.0, 20.0 + 12.0 * i as f32, 10.0)).collect();
        text(&lines)
    }

    #[test]
    fn breaks_between_ideographs_leave_nothing() {
        assert_eq!(reflowed(&["市政府驻外联络", "处经费"]), "市政府驻外联络处经费");
    }

    #[test]
    fn spaces_that_justify_leave_nothing() {
        assert_eq!(reflowed(&["促 进 海 东", "市与西安、"]), "促进海东市与西安、");
        assert_eq!(reflowed(&["费用 24 万", "元；"]), "费用24万元；");
        assert_eq!(reflowed(&["海东市 12345 政", "务"]), "海东市12345政务");
    }

    #[test]
    fn latin_words_keep_their_space() {
        assert_eq!(reflowed(&["（Centos", "7.6 16 核", "32G 300G"]), "（Centos 7.6 16核32G 300G");
    }

    #[test]
    fn a_number_broken_by_the_width_is_joined() {
        assert_eq!(reflowed(&["21,118.5", "1"]), "21,118.51");
        assert_eq!(reflowed(&["2801", ".90"]), "2801.90");
        assert_eq!(reflowed(&["100", "%"]), "100%");
    }
}
