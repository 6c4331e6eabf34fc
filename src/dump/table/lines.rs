//! Dumps that keep columns by spaces: names broken over lines stand above and below the line of their figures. Brings
//! the tokens of each row together, as the stream of the page had them.

use super::tokens::{Token, TokenKind};
use crate::language::classification::Classification;
use crate::language::vocabulary::{Vocabulary, squeezed};
use crate::text::reflow;

/// What a row without any name costs.
const NAMELESS: usize = 10;

/// What it costs to add to a name that is known whole.
const OVERFULL: usize = 8;

/// What a name costs that its code does not have.
const OTHER_NAME: usize = 4;

/// What each line costs that a name has more above than below, or the other way round.
const UNBALANCED: usize = 1;

/// A line of a table's body.
struct BodyLine {
    tokens: Vec<Token>,
    /// Whether it has a code or a figure; else it is a piece of a name.
    is_main: bool,
}

/// Brings the pieces of names to their rows.
pub(in crate::dump) fn straighten(tokens: Vec<Token>, vocabulary: &Vocabulary) -> Vec<Token> {
    let lines = lines(tokens);
    let mains: Vec<usize> = (0..lines.len()).filter(|index| lines[*index].is_main).collect();
    let Some((&first, &last)) = mains.first().zip(mains.last()) else {
        return lines.into_iter().flat_map(|line| line.tokens).collect();
    };
    // Pieces above the first row and below the last belong to them.
    let gaps: Vec<usize> = mains.windows(2).map(|pair| pair[1] - pair[0] - 1).collect();
    let splits = splits(&lines, &mains, &gaps, first, lines.len() - last - 1, vocabulary);
    let mut straightened = Vec::new();
    for (number, main) in mains.iter().enumerate() {
        let above = if number == 0 { first } else { gaps[number - 1] - splits[number - 1] };
        let below = if number + 1 == mains.len() { lines.len() - last - 1 } else { splits[number] };
        straightened.extend(row(&lines[main - above..=main + below], above));
    }
    straightened
}

fn lines(tokens: Vec<Token>) -> Vec<BodyLine> {
    let mut lines: Vec<BodyLine> = Vec::new();
    for token in tokens {
        let is_main = token.kind != TokenKind::Text;
        match lines.last_mut() {
            Some(line) if line.tokens.last().is_some_and(|last| last.line == token.line) => {
                line.is_main |= is_main;
                line.tokens.push(token);
            }
            _ => lines.push(BodyLine { is_main, tokens: vec![token] }),
        }
    }
    lines
}

/// How many of the lines between each two rows belong to the upper one, so that all names are whole and balanced.
fn splits(
    lines: &[BodyLine],
    mains: &[usize],
    gaps: &[usize],
    before: usize,
    after: usize,
    vocabulary: &Vocabulary,
) -> Vec<usize> {
    // cost[split]: the least cost of the rows so far when so many lines of the gap below go to the last of them.
    let mut choices: Vec<Vec<(usize, usize)>> = Vec::new();
    let mut costs: Vec<usize> = vec![0];
    let mut gap_above = before;
    for (number, main) in mains.iter().enumerate() {
        let gap_below = gaps.get(number).copied().unwrap_or(after);
        let belows = if number + 1 == mains.len() { after..=after } else { 0..=gap_below };
        let mut next = Vec::new();
        for below in belows {
            let ways = costs.iter().enumerate().map(|(taken, cost)| {
                let above = if number == 0 { before } else { gap_above - taken };
                (cost + row_cost(lines, *main, above, below, vocabulary), taken)
            });
            next.push(ways.min().unwrap_or((0, 0)));
        }
        costs = next.iter().map(|(cost, _)| *cost).collect();
        choices.push(next);
        gap_above = gap_below;
    }
    let mut splits = vec![0; gaps.len()];
    let mut below = 0;
    for number in (1..mains.len()).rev() {
        let taken = choices[number][below].1;
        splits[number - 1] = taken;
        below = taken;
    }
    splits
}

fn row_cost(lines: &[BodyLine], main: usize, above: usize, below: usize, vocabulary: &Vocabulary) -> usize {
    let row = &lines[main];
    let own = name(std::slice::from_ref(row));
    let whole = name(&lines[main - above..=main + below]);
    let code: String =
        row.tokens.iter().filter(|token| token.kind == TokenKind::Code).map(|token| token.text.as_str()).collect();
    let is_named = |name: &str| {
        let plain = squeezed(name).into_owned();
        vocabulary.headers.totals.contain(&plain)
            || Classification::national().subjects(&code).iter().any(|subject| squeezed(subject.name) == plain)
    };
    let mut cost = above.abs_diff(below) * UNBALANCED;
    if whole.is_empty() {
        cost += NAMELESS;
    } else if above + below > 0 && is_named(&own) {
        cost += OVERFULL;
    } else if !code.is_empty() && !is_named(&whole) && !Classification::national().subjects(&code).is_empty() {
        cost += OTHER_NAME;
    }
    cost
}

/// The words of some lines, joined.
fn name(lines: &[BodyLine]) -> String {
    let mut name = String::new();
    for token in lines.iter().flat_map(|line| &line.tokens).filter(|token| token.kind == TokenKind::Text) {
        reflow::join(&mut name, &token.text);
    }
    name
}

/// The tokens of a row in the order of a stream: codes, the whole name, figures. `main`: place of its line of figures.
fn row(lines: &[BodyLine], main: usize) -> Vec<Token> {
    if lines.len() == 1 {
        return lines[0].tokens.clone();
    }
    let own = &lines[main].tokens;
    let leads = |token: &&Token| matches!(token.kind, TokenKind::Code | TokenKind::RowNumber(_));
    let mut tokens: Vec<Token> = own.iter().filter(leads).cloned().collect();
    let first_name = own.iter().find(|token| token.kind == TokenKind::Text);
    let template = first_name.or(lines[0].tokens.first()).or(own.first());
    if let Some(template) = template {
        let opens_line = tokens.is_empty();
        let at = own.first().unwrap_or(template);
        tokens.push(Token {
            kind: TokenKind::Text,
            text: name(lines),
            line: at.line,
            page: at.page,
            opens_line,
            ..template.clone()
        });
    }
    tokens.extend(own.iter().filter(|token| matches!(token.kind, TokenKind::Figure(_))).cloned());
    tokens
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dump::{pages, table::tokens::tokens};

    #[test]
    fn pieces_go_to_the_row_between_them() {
        let vocabulary = Vocabulary::national().expect("the built-in vocabulary");
        let dump = [
            "2080501           行政单位离退休          1,761.17       1,761.17",
            "                  机关事业单位基本养老保险缴",
            "2080505                                402.46         402.46",
            "             费支出",
            "                  机关事业单位职业年金缴费支",
            "2080506                                201.24         201.24",
            "             出",
            "20899            其他社会保障和就业支出             1.28           1.28",
        ]
        .join("\n");
        let straightened = straighten(tokens(&pages::lines(&dump, vocabulary), true, true), vocabulary);
        let names: Vec<&str> = straightened
            .iter()
            .filter(|token| token.kind == TokenKind::Text)
            .map(|token| token.text.as_str())
            .collect();
        assert_eq!(
            names,
            [
                "行政单位离退休",
                "机关事业单位基本养老保险缴费支出",
                "机关事业单位职业年金缴费支出",
                "其他社会保障和就业支出"
            ]
        );
    }
}
