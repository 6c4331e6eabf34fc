//! The words of a table's body → codes, figures and text.

use std::ops::Range;

use rust_decimal::Decimal;

use crate::document::PageNumber;
use crate::dump::text::TextLine;
use crate::language::amount;

/// Codes of subjects and of organisations have at least this many digits; those of 款 and 项 in columns of their own
/// have two.
const MIN_CODE_DIGITS: usize = 3;

/// A fraction stands at most this many lines below its whole number.
const FRACTION_REACH: usize = 3;

/// What a word is.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::dump) enum TokenKind {
    /// A code, or the part of it that one level has.
    Code,
    /// A figure; `None` for a dash that stands for nothing.
    Figure(Option<Decimal>),
    /// Words.
    Text,
    /// The number of a row, on the side of that number.
    RowNumber(usize),
}

/// A word of a table's body.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::dump) struct Token {
    /// What it is.
    pub(in crate::dump) kind: TokenKind,
    /// As printed; a figure broken over two lines is whole again.
    pub(in crate::dump) text: String,
    /// Its line.
    pub(in crate::dump) line: usize,
    /// Its page.
    pub(in crate::dump) page: PageNumber,
    /// Where it stands in its line, in characters.
    pub(in crate::dump) extent: Range<usize>,
    /// Whether it is the first of its line.
    pub(in crate::dump) opens_line: bool,
    /// Whether an empty line stands above its line.
    pub(in crate::dump) after_gap: bool,
    /// Whether its pieces stood on two lines.
    pub(in crate::dump) rejoined: bool,
}

impl Token {
    /// Adds the last digits, which stood on another line.
    fn complete(&mut self, digits: &str) {
        self.text.push_str(digits);
        self.kind = TokenKind::Figure(amount::parse(&self.text).map(|amount| amount.value));
        self.rejoined = true;
    }

    /// Whether it is a figure or a dash.
    pub(in crate::dump) fn is_figure(&self) -> bool {
        matches!(self.kind, TokenKind::Figure(_))
    }
}

/// The tokens of some lines. `has_codes`, `has_names`: whether the table has columns of codes and of names.
pub(in crate::dump) fn tokens(lines: &[TextLine], has_codes: bool, has_names: bool) -> Vec<Token> {
    let decimals = usual_decimals(lines);
    let mut tokens: Vec<Token> = Vec::new();
    for line in lines {
        for (index, word) in line.words.iter().enumerate() {
            let opens_line = index == 0;
            if let Some(broken) = fraction_of(&tokens, &word.text, word.column, line.number) {
                tokens[broken].complete(&word.text);
                continue;
            }
            if opens_line
                && let Some(last) = tokens.last_mut()
                && continues_figure(last, &word.text, decimals)
            {
                last.complete(&word.text);
                continue;
            }
            let follows_code =
                tokens.last().is_some_and(|last| last.kind == TokenKind::Code && last.line == line.number);
            let follows_figure = tokens.last().is_some_and(|last| last.is_figure() && last.line == line.number);
            let context = Context { has_codes, has_names, decimals, opens_line, follows_code, follows_figure };
            tokens.push(Token {
                kind: context.kind(&word.text),
                text: word.text.clone(),
                line: line.number,
                page: line.page,
                extent: word.column..word.end(),
                opens_line,
                after_gap: line.after_gap,
                rejoined: false,
            });
        }
    }
    tokens
}

/// The figure that a word is the fraction of: `.62` goes on from the whole number before it or, where columns are kept by
/// spaces, from the one that ends above where it begins.
fn fraction_of(tokens: &[Token], word: &str, column: usize, line: usize) -> Option<usize> {
    let digits = word.strip_prefix('.')?;
    let is_digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    if !is_digits(digits) {
        return None;
    }
    let is_whole = |token: &Token| is_digits(&token.text.replace(',', "")) && token.kind != TokenKind::Code;
    let mut near = tokens.iter().enumerate().rev().take_while(|(_, token)| token.line + FRACTION_REACH >= line);
    let above = near.find(|(_, token)| is_whole(token) && token.line < line && token.extent.end.abs_diff(column) <= 1);
    let before = tokens.last().filter(|last| is_whole(last)).map(|_| tokens.len() - 1);
    above.map(|(index, _)| index).or(before)
}

/// The digits after the point that most figures have.
pub(in crate::dump) fn usual_decimals(lines: &[TextLine]) -> usize {
    let mut counts = [0usize; 7];
    for word in lines.iter().flat_map(|line| &line.words) {
        if amount::parse(&word.text).is_some()
            && let Some((_, fraction)) = word.text.split_once('.')
        {
            counts[fraction.len().min(6)] += 1;
        }
    }
    let most = (1..counts.len()).rev().max_by_key(|digits| counts[*digits]).unwrap_or(0);
    if counts[most] == 0 { 0 } else { most }
}

/// Whether a word at the beginning of a line holds the last digits of the figure that ends the line before.
fn continues_figure(last: &Token, word: &str, decimals: usize) -> bool {
    let all_digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let is_numeral = last.text.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b',' | b'.' | b'-'));
    if decimals == 0 || !is_numeral || last.kind == TokenKind::Code {
        return false;
    }
    match last.text.split_once('.') {
        Some((_, fraction)) => fraction.len() < decimals && all_digits(word) && word.len() + fraction.len() == decimals,
        None => {
            last.text.contains(',')
                && word.strip_prefix('.').is_some_and(|fraction| all_digits(fraction) && fraction.len() == decimals)
        }
    }
}

/// What is known where a word stands.
struct Context {
    has_codes: bool,
    decimals: usize,
    has_names: bool,
    opens_line: bool,
    follows_code: bool,
    follows_figure: bool,
}

impl Context {
    fn kind(&self, word: &str) -> TokenKind {
        let is_number = !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_digit());
        if is_number && self.has_codes && self.is_code(word) {
            return TokenKind::Code;
        }
        if amount::is_dash(word) {
            return TokenKind::Figure(None);
        }
        let share = word.strip_suffix('%').and_then(amount::parse);
        match amount::parse(word).or(share) {
            // In tables of decimals, whole numbers are parts of names, but for a bare zero and for those among figures.
            Some(_) if is_number && self.decimals > 0 && word != "0" && self.has_names && !self.follows_figure => {
                TokenKind::Text
            }
            Some(amount) => TokenKind::Figure(Some(amount.value)),
            None if word.ends_with('.') && amount::parse(&word[..word.len() - 1]).is_some() && word.contains(',') => {
                TokenKind::Figure(None)
            }
            None => TokenKind::Text,
        }
    }

    fn is_code(&self, word: &str) -> bool {
        let may_be = self.decimals > 0 || self.opens_line || self.follows_code;
        let is_level = word.len() < MIN_CODE_DIGITS && (self.follows_code || self.opens_line && word.len() == 2);
        may_be && (word.len() >= MIN_CODE_DIGITS || is_level)
    }
}
