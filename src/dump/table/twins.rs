//! Dumps that keep columns by spaces: two lists with codes beside one another, each read by itself.

use std::collections::HashMap;

use super::columns::{Columns, Side};
use super::items::{Item, items};
use super::tokens::{Token, TokenKind, tokens, usual_decimals};
use super::{BodyRow, halves, lines};
use crate::document::PageNumber;
use crate::dump::text::TextLine;
use crate::language::amount;
use crate::language::classification::scheme_of;
use crate::language::vocabulary::{Vocabulary, squeezed};

/// The rows of two lists: items whose codes stand on one line make a row.
pub(in crate::dump) fn rows(body: &[TextLine], columns: &Columns, vocabulary: &Vocabulary) -> Vec<BodyRow> {
    let decimals = usual_decimals(body);
    let tokens = tokens(body, true, true);
    let Some(boundaries) = Boundaries::of(&tokens) else { return Vec::new() };
    let (right, left): (Vec<Token>, Vec<Token>) = tokens.into_iter().partition(|token| boundaries.is_right(token));
    let list = |mut tokens: Vec<Token>, side: &Side| -> Vec<Item> {
        if counts(side, columns, vocabulary) {
            take_counts(&mut tokens);
        }
        let tokens = lines::straighten(halves::unite(tokens, decimals, side), vocabulary);
        let alone = Columns { leaves: columns.leaves.clone(), sides: vec![side.clone()] };
        items(&tokens, &alone, vocabulary)
    };
    let mut left = list(left, &columns.sides[0]).into_iter().peekable();
    let mut right = list(right, &columns.sides[1]).into_iter().peekable();
    let mut rows = Vec::new();
    loop {
        let (one, other) = (left.peek().map(anchor), right.peek().map(anchor));
        let items = match (one, other) {
            (None, None) => return rows,
            (Some(one), Some(other)) if one == other => vec![left.next(), right.next()],
            (Some(one), other) if other.is_none_or(|other| one < other) => vec![left.next(), None],
            _ => vec![None, right.next()],
        };
        let page = items.iter().flatten().filter_map(Item::page).min().unwrap_or(crate::document::PageNumber(1));
        rows.push(BodyRow { page, items });
    }
}

/// Whether the figures of a list are numbers of things (数量).
fn counts(side: &Side, columns: &Columns, vocabulary: &Vocabulary) -> bool {
    let is_count = |column: &usize| {
        columns.leaves[*column].path.last().is_some_and(|label| vocabulary.checks.no_money.occur_in(&squeezed(label)))
    };
    side.amounts.len() == 1 && side.amounts.iter().all(is_count)
}

/// A number without a separator that ends the list's part of a line is its count, and no part of the name.
fn take_counts(tokens: &mut [Token]) {
    for index in 0..tokens.len() {
        let ends_line = tokens.get(index + 1).is_none_or(|next| next.line != tokens[index].line);
        let follows_name = index > 0 && tokens[index - 1].line == tokens[index].line;
        let token = &mut tokens[index];
        let is_number = token.text.bytes().all(|byte| byte.is_ascii_digit());
        if ends_line && follows_name && is_number && token.kind == TokenKind::Text {
            token.kind = TokenKind::Figure(amount::parse(&token.text).map(|amount| amount.value));
        }
    }
}

/// The line of an item's code, or of its figure.
fn anchor(item: &Item) -> usize {
    item.codes.first().or(item.figures.first()).map_or_else(|| item.line(), |token| token.line)
}

/// Where the right list begins, in characters: each page has its columns elsewhere.
struct Boundaries {
    /// Of the pages that have both lists.
    of_pages: HashMap<PageNumber, usize>,
    of_all: usize,
}

impl Boundaries {
    fn of(tokens: &[Token]) -> Option<Boundaries> {
        let all: Vec<&Token> = tokens.iter().collect();
        let (of_all, width) = boundary(&all)?;
        let mut pages: HashMap<PageNumber, Vec<&Token>> = HashMap::new();
        for token in tokens {
            pages.entry(token.page).or_default().push(token);
        }
        // The codes of one list alone are not far apart.
        let own = |tokens: &[&Token]| boundary(tokens).filter(|(_, own)| 2 * own > width).map(|(boundary, _)| boundary);
        let of_pages = pages.into_iter().filter_map(|(page, tokens)| Some((page, own(&tokens)?))).collect();
        Some(Boundaries { of_pages, of_all })
    }

    fn is_right(&self, token: &Token) -> bool {
        token.extent.start >= self.of_pages.get(&token.page).copied().unwrap_or(self.of_all)
    }
}

/// Where the right list begins, and how far apart codes stand, in characters: its codes are the second of their lines,
/// and stand further right than any code of the left list. Long numbers that are no subject's code are counts of the
/// left list.
fn boundary(tokens: &[&Token]) -> Option<(usize, usize)> {
    // Codes of 类 have three digits at least; those below them follow at once.
    let is_class = |token: &&&Token| token.kind == TokenKind::Code && token.text.len() > 2;
    let starts: Vec<usize> = tokens.iter().filter(is_class).map(|token| token.extent.start).collect();
    let (leftmost, rightmost) = (starts.iter().min()?, starts.iter().max()?);
    let middle = (leftmost + rightmost) / 2;
    let is_subject = |token: &&&Token| is_class(token) && scheme_of(&token.text).is_some();
    let right = tokens.iter().filter(is_subject).map(|token| token.extent.start).filter(|start| *start > middle);
    Some((right.min()?, rightmost - leftmost))
}
