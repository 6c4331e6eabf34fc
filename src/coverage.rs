//! Every visible character accounted for: read, furniture or unread.
//!
//! The stages say what became of what they took ([`Account`](crate::model::Account)); here it is added up, and what is
//! unread and could matter is named.

use std::collections::BTreeMap;

use crate::document::geometry::Rect;
use crate::document::{Coverage, Diagnostic, Observation, PageCoverage, PageNumber};
use crate::language::amount;
use crate::model::{Account, Outline, PlacedLine, PlacedText, characters};

/// So many characters of what is unread on a page are quoted.
const QUOTED: usize = 40;

/// What became of all characters of the document; `characters` is how many there are.
pub(crate) fn of(characters: usize, outline: &Outline, parsed: &Account) -> (Coverage, Account) {
    let mut account = Account {
        read: outline.read,
        furniture: outline.furniture.iter().map(placed).collect(),
        unread: outline.unread.iter().map(placed).collect(),
    };
    account.add(parsed.clone());
    let coverage = Coverage {
        characters: number(characters),
        read: number(account.read),
        furniture: number(count(&account.furniture)),
        unread: number(count(&account.unread)),
        pages: by_page(&account.unread).iter().map(page_coverage).collect(),
    };
    (coverage, account)
}

/// Names the pages on which an amount, or more than a line of text, is unread.
pub(crate) fn unread(account: &Account) -> Vec<Diagnostic> {
    let pages = by_page(&account.unread);
    let matters = |texts: &&Vec<&PlacedText>| texts.len() > 1 || texts.iter().any(|text| amount::stands_in(&text.text));
    let found = pages.iter().filter(|(_, texts)| matters(texts)).map(|(page, texts)| {
        let bbox = Rect::around(texts.iter().map(|text| text.bbox)).unwrap_or_default();
        let characters = texts.iter().map(|text| characters(&text.text)).sum();
        Observation::UnreadText { characters, text: quoted(texts) }.on(*page).at(bbox)
    });
    found.collect()
}

fn placed(line: &PlacedLine) -> PlacedText {
    PlacedText { page: line.page, bbox: line.line.bbox, text: line.text.clone() }
}

fn by_page(texts: &[PlacedText]) -> BTreeMap<PageNumber, Vec<&PlacedText>> {
    let mut pages: BTreeMap<PageNumber, Vec<&PlacedText>> = BTreeMap::new();
    for text in texts {
        pages.entry(text.page).or_default().push(text);
    }
    pages
}

fn page_coverage((page, texts): (&PageNumber, &Vec<&PlacedText>)) -> PageCoverage {
    let unread = texts.iter().map(|text| characters(&text.text)).sum();
    PageCoverage { page: *page, unread: number(unread), text: quoted(texts) }
}

fn quoted(texts: &[&PlacedText]) -> String {
    let joined: Vec<&str> = texts.iter().map(|text| text.text.as_str()).collect();
    joined.join(" ").chars().take(QUOTED).collect()
}

fn count(texts: &[PlacedText]) -> usize {
    texts.iter().map(|text| characters(&text.text)).sum()
}

fn number(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(page: u32, text: &str) -> PlacedText {
        PlacedText { page: PageNumber(page), bbox: Rect::default(), text: text.to_owned() }
    }

    fn named(unread: &[PlacedText]) -> Vec<u32> {
        let account = Account { unread: unread.to_vec(), ..Account::default() };
        super::unread(&account).iter().filter_map(|found| found.page).map(|page| page.0).collect()
    }

    #[test]
    fn an_amount_or_more_than_a_line_is_named() {
        assert!(named(&[text(3, "附件")]).is_empty());
        assert_eq!(named(&[text(3, "附件"), text(3, "下同")]), [3]);
        assert_eq!(named(&[text(3, "共计 1,234.56 万元")]), [3]);
        assert!(named(&[text(3, "2023"), text(4, "第 2 页")]).is_empty());
    }

    #[test]
    fn what_every_stage_says_is_added_up() {
        let parsed = Account { read: 5, furniture: vec![text(1, "目 录")], unread: vec![text(2, "附件")] };
        let outline = Outline { read: 3, ..Outline::default() };
        let (coverage, _) = of(12, &outline, &parsed);
        assert_eq!((coverage.characters, coverage.read, coverage.furniture, coverage.unread), (12, 8, 2, 2));
        assert_eq!(coverage.pages, [PageCoverage { page: PageNumber(2), unread: 2, text: "附件".to_owned() }]);
    }
}
