//! Tokens → items: codes, a name, the figures after it, the remarks after those.

use super::columns::{Columns, Side};
use super::tokens::{Token, TokenKind};
use crate::document::PageNumber;
use crate::dump::placement::can_add_up;
use crate::language::classification::Classification;
use crate::language::classification::scheme_of;
use crate::language::ordinals;
use crate::language::vocabulary::{Vocabulary, squeezed};
use crate::text::reflow;

/// What one side of a row says.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::dump) struct Item {
    /// The number of its row, and the side whose rows it counts.
    pub(in crate::dump) number: Option<(usize, Token)>,
    /// Its codes, one a level where levels have columns of their own.
    pub(in crate::dump) codes: Vec<Token>,
    /// The pieces of its name; those that stand in columns of their own are apart.
    pub(in crate::dump) names: Vec<Name>,
    /// The code and the name of its subject in another classification.
    pub(in crate::dump) counterpart: Option<(Token, String)>,
    /// Its figures in order, dashes among them.
    pub(in crate::dump) figures: Vec<Token>,
    /// What follows the figures.
    pub(in crate::dump) remarks: String,
    /// Other sides of the table that it could as well be on.
    pub(in crate::dump) other_sides: Vec<usize>,
}

/// A piece of text with its place.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::dump) struct Name {
    /// Its text; line breaks are gone.
    pub(in crate::dump) text: String,
    /// The line that it begins on.
    pub(in crate::dump) line: usize,
    /// Its page.
    pub(in crate::dump) page: PageNumber,
    /// Where it begins in its line, in characters.
    pub(in crate::dump) column: usize,
}

impl Item {
    fn new() -> Self {
        Item {
            number: None,
            codes: Vec::new(),
            names: Vec::new(),
            counterpart: None,
            figures: Vec::new(),
            remarks: String::new(),
            other_sides: Vec::new(),
        }
    }

    fn is_empty(&self) -> bool {
        self.number.is_none() && self.codes.is_empty() && self.names.is_empty() && self.figures.is_empty()
    }

    /// Whether something was named: further codes or names then belong to another item.
    fn is_named(&self) -> bool {
        !self.names.is_empty() || !self.figures.is_empty()
    }

    /// Its code, all levels joined.
    pub(in crate::dump) fn code(&self) -> String {
        self.codes.iter().map(|token| token.text.as_str()).collect()
    }

    /// Its name.
    pub(in crate::dump) fn name(&self) -> String {
        let mut name = String::new();
        for piece in &self.names {
            reflow::join(&mut name, &piece.text);
        }
        name
    }

    /// The line that it begins on.
    pub(in crate::dump) fn line(&self) -> usize {
        let tokens = self.codes.iter().chain(&self.figures).map(|token| token.line);
        let number = self.number.iter().map(|(_, token)| token.line);
        tokens.chain(self.names.iter().map(|name| name.line)).chain(number).min().unwrap_or(0)
    }

    /// The page that it begins on.
    pub(in crate::dump) fn page(&self) -> Option<PageNumber> {
        let tokens = self.codes.iter().chain(&self.figures).map(|token| token.page);
        let number = self.number.iter().map(|(_, token)| token.page);
        tokens.chain(self.names.iter().map(|name| name.page)).chain(number).min()
    }

    /// Where its first word stands in its line, in characters.
    pub(in crate::dump) fn column(&self) -> usize {
        let first = self.line();
        let tokens = self.codes.iter().chain(&self.figures).filter(|token| token.line == first);
        let names = self.names.iter().filter(|name| name.line == first);
        tokens.map(|token| token.extent.start).chain(names.map(|name| name.column)).min().unwrap_or(0)
    }
}

/// Makes items of tokens in the order of the dump.
pub(in crate::dump) fn items(tokens: &[Token], columns: &Columns, vocabulary: &Vocabulary) -> Vec<Item> {
    let alone = columns.sides.as_slice();
    let mut reader = Reader {
        side: if let [side] = alone { Some(side) } else { None },
        widest: columns.widest(),
        has_names: columns.sides.iter().any(|side| !side.names.is_empty()),
        numbers_first: (0..columns.sides.len()).map(|side| columns.is_numbered_first(side)).collect(),
        names_wanted: columns.sides.iter().map(|side| side.names.len()).max().unwrap_or(0),
        has_remarks: columns.sides.iter().any(|side| !side.remarks.is_empty()),
        vocabulary,
        items: Vec::new(),
        item: Item::new(),
    };
    let mut index = 0;
    while index < tokens.len() {
        index += reader.read(&tokens[index..]);
    }
    reader.close();
    with_totals_below(reader.items, vocabulary)
}

/// Figures without a name whose total's name stands below them.
fn with_totals_below(items: Vec<Item>, vocabulary: &Vocabulary) -> Vec<Item> {
    let mut joined: Vec<Item> = Vec::with_capacity(items.len());
    for item in items {
        let is_total_alone = item.codes.is_empty() && item.figures.is_empty() && is_total(&item.name(), vocabulary);
        match joined.last_mut() {
            Some(above)
                if is_total_alone
                    && above.codes.is_empty()
                    && above.names.is_empty()
                    && !above.figures.is_empty()
                    && item.number.is_none() =>
            {
                above.names = item.names
            }
            _ => joined.push(item),
        }
    }
    joined
}

struct Reader<'v> {
    /// The side, where there is one only.
    side: Option<&'v Side>,
    widest: usize,
    has_names: bool,
    /// Whether, on each side, rows begin with their number.
    numbers_first: Vec<bool>,
    /// Most columns of names on one side.
    names_wanted: usize,
    has_remarks: bool,
    vocabulary: &'v Vocabulary,
    items: Vec<Item>,
    item: Item,
}

impl Reader<'_> {
    /// Reads the first of the tokens, and those that go with it; returns how many.
    fn read(&mut self, tokens: &[Token]) -> usize {
        let token = &tokens[0];
        match &token.kind {
            TokenKind::RowNumber(side) => {
                let is_another = self.item.number.is_some() || !self.item.figures.is_empty();
                if self.numbers_first[*side] || is_another {
                    self.close();
                }
                self.item.number = Some((*side, token.clone()));
                1
            }
            TokenKind::Code if self.begins_counterpart(token) => {
                self.item.counterpart = Some((token.clone(), String::new()));
                1
            }
            TokenKind::Code => {
                let is_next = !self.item.codes.is_empty() && token.text.len() > 2 && !self.has_room_for_code(token);
                if self.item.is_named() || is_next {
                    self.close();
                }
                self.item.codes.push(token.clone());
                1
            }
            TokenKind::Figure(_) => {
                // A line that has more figures than the header has columns keeps them: that shows that one is wrong.
                let is_overfull = self.side.is_some()
                    && self.item.figures.last().is_some_and(|last| last.line == token.line && !token.opens_line);
                let is_full = self.item.figures.len() >= self.widest && !is_overfull;
                let nameless = !self.has_names && token.opens_line && !self.item.figures.is_empty() && is_full;
                if nameless || is_full || self.is_another_row(tokens) {
                    self.close();
                }
                self.item.figures.push(token.clone());
                1
            }
            TokenKind::Text => {
                if !self.item.figures.is_empty() && !self.completes_name(token) {
                    let remarks = if self.has_remarks { remark_length(tokens) } else { 0 };
                    if remarks > 0 && self.item.remarks.is_empty() {
                        for piece in &tokens[..remarks] {
                            reflow::join(&mut self.item.remarks, &piece.text);
                        }
                        return remarks;
                    }
                    self.close();
                }
                self.name(token);
                1
            }
        }
    }

    /// Whether rows begin with their numbers, and this is one of them: all up to the next number is of this row.
    fn is_in_numbered_row(&self) -> bool {
        self.side.is_some() && self.item.number.as_ref().is_some_and(|(side, _)| self.numbers_first[*side])
    }

    /// Whether the line goes on with a code for which the side has a column of its own (科目编码, 单位编码).
    fn has_room_for_code(&self, token: &Token) -> bool {
        !token.opens_line && self.side.is_some_and(|side| self.item.codes.len() < side.codes.len())
    }

    /// Whether a code after the name is that of the other classification.
    fn begins_counterpart(&self, token: &Token) -> bool {
        let item = &self.item;
        let expects = self.side.is_some_and(|side| side.counterpart.is_some())
            && item.counterpart.is_none()
            && !item.codes.is_empty()
            && !item.names.is_empty()
            && item.figures.is_empty();
        expects && (!token.opens_line || self.is_in_numbered_row())
    }

    /// Whether the figures of a new line are another row's: each add up alone, but not together.
    fn is_another_row(&self, tokens: &[Token]) -> bool {
        let Some(side) = self.side.filter(|side| !side.sums.is_empty()) else { return false };
        if !tokens[0].opens_line || self.item.figures.is_empty() {
            return false;
        }
        let line = tokens.iter().take_while(|token| token.is_figure() && token.line == tokens[0].line);
        let next: Vec<Token> = line.cloned().collect();
        let together = [self.item.figures.as_slice(), &next].concat();
        can_add_up(&self.item.figures, side) && can_add_up(&next, side) && !can_add_up(&together, side)
    }

    /// Whether a text after the figures is the last piece of the name before them: only together they are a name.
    fn completes_name(&self, token: &Token) -> bool {
        let before = self.item.name();
        !before.is_empty()
            && token.opens_line
            && !is_complete(&before, self.vocabulary)
            && !is_complete(&token.text, self.vocabulary)
            && is_complete(&format!("{before}{}", token.text), self.vocabulary)
    }

    fn name(&mut self, token: &Token) {
        let name = |token: &Token| Name {
            text: token.text.clone(),
            line: token.line,
            page: token.page,
            column: token.extent.start,
        };
        if let Some((_, own)) = &mut self.item.counterpart {
            reflow::join(own, &token.text);
            return;
        }
        // A number that stands after the name ends it.
        if self.item.number.as_ref().is_some_and(|(side, _)| !self.numbers_first[*side]) {
            self.close();
        }
        let is_in_numbered_row = self.is_in_numbered_row();
        let Some(before) = self.item.names.last_mut() else {
            self.item.names.push(name(token));
            return;
        };
        let begins_item = ordinals::leading(&token.text).is_some();
        let begins = begins_item || has_code(&token.text);
        let same_line = before.line == token.line && !token.opens_line;
        let complete = is_complete(&before.text, self.vocabulary);
        // What follows a code is its name, up to the first figure; only totals have none.
        let named_by_code = !self.item.codes.is_empty() && self.names_wanted <= 1;
        let goes_on = if is_in_numbered_row && self.names_wanted <= 1 {
            true
        } else if named_by_code {
            !self.vocabulary.checks.sum_words.end(&squeezed(&token.text))
        } else if begins {
            false
        } else if same_line {
            // Words of one line: a figure or Latin word within a name, else the next cell.
            let spaced = before.text.chars().last().zip(token.text.chars().next());
            !complete && spaced.is_some_and(|(last, first)| !reflow::is_chinese(last) || !reflow::is_chinese(first))
        } else {
            !is_total(&token.text, self.vocabulary)
                && (!complete || !is_complete(&token.text, self.vocabulary) && !stands_alone(&token.text))
        };
        if goes_on {
            reflow::join(&mut before.text, &token.text);
            before.line = before.line.min(token.line);
        } else if self.names_wanted > 1 && self.item.names.len() < self.names_wanted && !begins_item {
            self.item.names.push(name(token));
        } else {
            self.close();
            self.item.names.push(name(token));
        }
    }

    fn close(&mut self) {
        let item = std::mem::replace(&mut self.item, Item::new());
        if !item.is_empty() {
            self.items.push(item);
        }
    }
}

/// Whether a text begins with a subject's code: `2130201-行政运行`.
fn has_code(text: &str) -> bool {
    text.split_once(['-', '－']).is_some_and(|(code, _)| scheme_of(code).is_some())
}

/// How many of the texts at the beginning of the tokens are a remark: up to the last that ends a sentence, before the
/// next figure or code.
fn remark_length(tokens: &[Token]) -> usize {
    let texts = tokens.iter().take_while(|token| token.kind == TokenKind::Text);
    let ends = texts.enumerate().filter(|(_, token)| token.text.ends_with(['。', '；', ';']));
    ends.last().map_or(0, |(index, _)| index + 1)
}

/// Whether a text is a name that is known whole.
fn is_complete(text: &str, vocabulary: &Vocabulary) -> bool {
    let plain = squeezed(text).into_owned();
    let bare = ordinals::leading(&plain).map_or(plain.as_str(), |ordinal| ordinal.rest);
    vocabulary.headers.totals.contain(bare)
        || vocabulary.checks.sum_words.end(bare)
        || !Classification::national().codes_named(bare).is_empty()
        || vocabulary.is_exact_header_word(bare)
        || vocabulary.checks.carry_over.contain(bare)
}

/// Whether a text is the name of a total, and no tail of another name.
fn is_total(text: &str, vocabulary: &Vocabulary) -> bool {
    let plain = squeezed(text).into_owned();
    vocabulary.headers.totals.contain(&plain) || (vocabulary.checks.sum_words.end(&plain) && plain.chars().count() > 2)
}

/// Whether a text cannot be the tail of another: it is long, or a whole name.
fn stands_alone(text: &str) -> bool {
    ordinals::leading(text).is_some()
}
