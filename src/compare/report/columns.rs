//! Lines whose parts stand below each other, Chinese characters being two columns wide.

use unicode_width::UnicodeWidthStr;

/// How a column is aligned.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Align {
    Left,
    Right,
}

/// Spaces between columns.
const GAP: &str = "  ";

/// The rows as lines, each part as wide as the widest of its column; no spaces at the end.
pub(super) fn aligned<const N: usize>(rows: &[[String; N]], align: [Align; N]) -> Vec<String> {
    let mut widths = [0; N];
    for row in rows {
        for (width, part) in widths.iter_mut().zip(row) {
            *width = part.width().max(*width);
        }
    }
    let line = |row: &[String; N]| {
        let parts = row.iter().zip(widths).zip(align).filter(|((_, width), _)| *width > 0);
        let parts = parts.map(|((part, width), align)| {
            let space = " ".repeat(width - part.width());
            if align == Align::Left { format!("{part}{space}") } else { format!("{space}{part}") }
        });
        parts.collect::<Vec<_>>().join(GAP).trim_end().to_owned()
    };
    rows.iter().map(line).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chinese_characters_are_two_columns_wide() {
        let rows = [["科目", "1.00", ""], ["ab", "20.00", ""]].map(|row| row.map(str::to_owned));
        let lines = aligned(&rows, [Align::Left, Align::Right, Align::Left]);
        assert_eq!(lines, ["科目   1.00", "ab    20.00"]);
    }
}
