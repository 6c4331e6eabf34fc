//! Dumps that keep columns by spaces: rows whose figures stand on two lines, because some were broken or are not on the
//! height of the others.

use super::columns::Side;
use super::tokens::{Token, TokenKind};
use crate::dump::placement::can_add_up;
use crate::language::amount;

/// The last digits of broken figures stand at most this many lines below.
const REACH: usize = 2;

/// So many lines of figures may belong to one row.
const MAX_RUN: usize = 6;

/// The last digits of a broken figure are no more than this.
const MAX_DIGITS: usize = 2;

/// Makes broken figures whole and brings the figures of each row to one line.
pub(in crate::dump) fn unite(tokens: Vec<Token>, decimals: usize, side: &Side) -> Vec<Token> {
    let mut lines = by_line(tokens);
    rejoin(&mut lines, decimals);
    merge(&mut lines, side);
    lines.into_iter().flatten().collect()
}

fn by_line(tokens: Vec<Token>) -> Vec<Vec<Token>> {
    let mut lines: Vec<Vec<Token>> = Vec::new();
    for token in tokens {
        match lines.last_mut() {
            Some(line) if line.last().is_some_and(|last| last.line == token.line) => line.push(token),
            _ => lines.push(vec![token]),
        }
    }
    lines
}

/// A line of bare digits that are as many as the broken figures above it completes them.
fn rejoin(lines: &mut Vec<Vec<Token>>, decimals: usize) {
    let mut index = 0;
    while index < lines.len() {
        let is_tail = |token: &Token| {
            let is_number = matches!(token.kind, TokenKind::RowNumber(_));
            !is_number && token.text.len() <= MAX_DIGITS && token.text.bytes().all(|byte| byte.is_ascii_digit())
        };
        let tails: Vec<String> = match lines[index].iter().all(is_tail) {
            true => lines[index].iter().map(|token| token.text.clone()).collect(),
            false => Vec::new(),
        };
        let broken_line = (1..=REACH).filter_map(|back| index.checked_sub(back)).find(|above| {
            let broken = lines[*above].iter().filter(|token| missing_digits(token, decimals) > 0);
            !tails.is_empty()
                && broken.clone().count() == tails.len()
                && broken.zip(&tails).all(|(token, tail)| missing_digits(token, decimals) == tail.len())
        });
        let Some(above) = broken_line else {
            index += 1;
            continue;
        };
        let mut tails = tails.into_iter();
        for token in lines[above].iter_mut().filter(|token| missing_digits(token, decimals) > 0) {
            token.text.extend(tails.next());
            token.kind = TokenKind::Figure(amount::parse(&token.text).map(|amount| amount.value));
            token.rejoined = true;
        }
        lines.remove(index);
    }
}

/// Brings lines of nothing but figures to the line beside them whose names lack them, in tables of several lists.
pub(in crate::dump) fn unite_lists(tokens: Vec<Token>) -> Vec<Token> {
    let mut lines = by_line(tokens);
    let mut index = 0;
    while index < lines.len() {
        let is_bare = lines[index].iter().all(|token| matches!(token.kind, TokenKind::Figure(_)));
        let beside = [Some(index + 1).filter(|next| *next < lines.len()), index.checked_sub(1)];
        let lacking = beside
            .into_iter()
            .flatten()
            .filter(|_| is_bare)
            .find_map(|other| Some((other, with_lacking(&lines[other], &lines[index])?)));
        match lacking {
            Some((other, merged)) => {
                lines[other] = merged;
                lines.remove(index);
            }
            None => index += 1,
        }
    }
    lines.into_iter().flatten().collect()
}

/// A line with figures that its names lack: each stands right of a name, with nothing between but others of them.
fn with_lacking(line: &[Token], figures_only: &[Token]) -> Option<Vec<Token>> {
    let number = line.first()?.line;
    let mut all: Vec<(bool, &Token)> =
        line.iter().map(|token| (false, token)).chain(figures_only.iter().map(|token| (true, token))).collect();
    all.sort_by_key(|(_, token)| token.extent.start);
    let fits = all.iter().enumerate().filter(|(_, (added, _))| *added).all(|(at, _)| {
        let before = all[..at].iter().rev().find(|(added, _)| !added);
        before.is_some_and(|(_, token)| matches!(token.kind, TokenKind::Text | TokenKind::RowNumber(_)))
    });
    let overlaps = all.windows(2).any(|pair| pair[1].1.extent.start < pair[0].1.extent.end);
    let united = all.into_iter().map(|(added, token)| Token {
        line: number,
        opens_line: token.opens_line && !added,
        ..token.clone()
    });
    (fits && !overlaps).then(|| united.collect())
}

/// How many digits after the point a figure lacks.
fn missing_digits(token: &Token, decimals: usize) -> usize {
    let is_figure = matches!(token.kind, TokenKind::Figure(Some(_)));
    let fraction = token.text.split_once('.').filter(|_| is_figure).map(|(_, fraction)| fraction.len());
    fraction.map_or(0, |digits| decimals.saturating_sub(digits))
}

/// Brings lines of nothing but figures to the row beside them that has room for them and, with them, adds up.
fn merge(lines: &mut Vec<Vec<Token>>, side: &Side) {
    let mut index = 0;
    while index < lines.len() {
        let run = lines[index..].iter().take(MAX_RUN).take_while(|line| is_bare(line)).count();
        // As many lines at once as add up: a row may have a figure on each.
        let found = (1..=run).rev().find_map(|length| {
            let figures: Vec<Token> = lines[index..index + length].concat();
            let (other, merged) = row_for(lines, index, length, &figures, side)?;
            Some((other, merged, length))
        });
        match found {
            Some((other, merged, length)) => {
                lines[other] = merged;
                lines.drain(index..index + length);
                index = index.saturating_sub(1);
            }
            None => index += 1,
        }
    }
}

fn is_bare(line: &[Token]) -> bool {
    !line.is_empty() && line.iter().all(|token| matches!(token.kind, TokenKind::Figure(_)))
}

/// The row above or below some lines of figures that they belong to, with them in it.
fn row_for(
    lines: &[Vec<Token>],
    index: usize,
    length: usize,
    bare: &[Token],
    side: &Side,
) -> Option<(usize, Vec<Token>)> {
    // An empty line parts rows.
    let parted = |line: usize| lines.get(line).and_then(|line| line.first()).is_none_or(|token| token.after_gap);
    let after = index + length;
    let above = index.checked_sub(1).filter(|_| !parted(index) || parted(after));
    let below = Some(after).filter(|_| after < lines.len() && (!parted(after) || parted(index)));
    let merged = [above, below].into_iter().flatten().filter_map(|other| {
        let merged = merged(&lines[other], bare, side)?;
        let own = figures(&lines[other]);
        // A row that adds up without them needs no more.
        let lacks_all = own.is_empty() && lines[other].iter().any(|token| token.kind == TokenKind::Code);
        let gains = lacks_all || !can_add_up(&own, side) || !can_add_up(bare, side);
        (gains && can_add_up(&figures(&merged), side)).then_some((other, merged))
    });
    // Where both could have them, the row that is shorter of figures has.
    merged.min_by_key(|(other, _)| figures(&lines[*other]).len())
}

fn figures(line: &[Token]) -> Vec<Token> {
    line.iter().filter(|token| matches!(token.kind, TokenKind::Figure(_))).cloned().collect()
}

/// Two lines as one, in the order of their columns; `None` where they overlap, are too many, or one has no name.
fn merged(row: &[Token], figures_only: &[Token], side: &Side) -> Option<Vec<Token>> {
    let is_named = row.iter().any(|token| !matches!(token.kind, TokenKind::Figure(_)));
    let own = figures(row);
    let overlaps = own.iter().any(|one| {
        figures_only.iter().any(|other| one.extent.start < other.extent.end && other.extent.start < one.extent.end)
    });
    if !is_named || overlaps || own.len() + figures_only.len() > side.amounts.len() {
        return None;
    }
    let line = row.first()?.line;
    let mut all: Vec<Token> = own.into_iter().chain(figures_only.iter().cloned()).collect();
    all.sort_by_key(|token| token.extent.start);
    let words = row.iter().filter(|token| !matches!(token.kind, TokenKind::Figure(_))).cloned();
    let figures = all.into_iter().map(|token| Token { line, opens_line: false, ..token });
    Some(words.chain(figures).collect())
}
