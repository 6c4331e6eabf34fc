//! What became of the lines that the parsing stage was given.

use crate::language::amount;
use crate::language::vocabulary::PartKind;
use crate::model::{Account, Outline, PlacedLine, PlacedText, characters};

/// A line of a cover says what is published, by whom and when; a longer one, in characters, is prose that has no part, and
/// one with an amount says something that is nowhere else.
const MAX_COVER_LINE: usize = 60;

/// The cover and the parts: what is read as prose, and what nobody reads.
pub(super) fn of_lines(outline: &Outline) -> Account {
    let mut account = Account::default();
    for line in &outline.cover {
        let length = characters(&line.text);
        let is_of_cover = length <= MAX_COVER_LINE && !amount::stands_in(&line.text);
        if is_of_cover { account.read += length } else { account.unread.push(placed(line)) }
    }
    for part in &outline.parts {
        match part.kind {
            Some(PartKind::Overview | PartKind::Narrative | PartKind::Glossary) => {
                account.read += part.lines.iter().map(|line| characters(&line.text)).sum::<usize>();
            }
            Some(PartKind::Tables) | None => account.unread.extend(part.lines.iter().map(placed)),
        }
    }
    account
}

fn placed(line: &PlacedLine) -> PlacedText {
    PlacedText { page: line.page, bbox: line.line.bbox, text: line.text.clone() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Part;
    use crate::testing::page::placed_line;

    #[test]
    fn prose_is_read_where_a_part_has_it_and_unread_elsewhere() {
        let cover = |text: &str| {
            let outline = Outline { cover: vec![placed_line(1, text, 10.0, 20.0)], ..Outline::default() };
            of_lines(&outline).unread.len()
        };
        assert_eq!((cover("2023年部门预算"), cover("收入 1,234.56 万元")), (0, 1));
        let part = |kind, text: &str| Part { kind, lines: vec![placed_line(1, text, 10.0, 20.0)], ..Part::default() };
        let outline = Outline {
            cover: vec![placed_line(1, "某市财政局 2023年部门预算", 10.0, 20.0)],
            parts: vec![part(Some(PartKind::Narrative), "收入 100 万元。"), part(None, "附件")],
            ..Outline::default()
        };
        let account = of_lines(&outline);
        assert_eq!(account.read, characters("某市财政局2023年部门预算收入100万元。"));
        let unread: Vec<&str> = account.unread.iter().map(|unread| unread.text.as_str()).collect();
        assert_eq!(unread, ["附件"]);
    }
}
