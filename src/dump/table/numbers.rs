//! The numbers of rows (序号, 行次): what counts on in the column that the header has for them is no name, no code and no
//! figure.

use super::columns::Columns;
use super::tokens::{Token, TokenKind};
use crate::dump::text::TextLine;
use crate::language::amount;
use crate::language::vocabulary::{Vocabulary, squeezed};

/// Without a word, so many numbers count the columns.
const MIN_NUMBERS: u32 = 3;

/// So many rows may lack their number.
const MAX_SKIPPED: u32 = 2;

/// Marks the tokens that are numbers of rows.
pub(in crate::dump) fn mark(tokens: &mut [Token], columns: &Columns) {
    let mut sides: Vec<Counting> = (0..columns.sides.len())
        .filter(|side| columns.sides[*side].number.is_some())
        .map(|side| Counting { side, is_first: columns.is_numbered_first(side), last: None })
        .collect();
    let mut start = 0;
    while start < tokens.len() {
        let line = tokens[start].line;
        let length = tokens[start..].iter().take_while(|token| token.line == line).count();
        mark_line(&mut tokens[start..start + length], &mut sides);
        start += length;
    }
}

/// How far the numbers of a side have got.
struct Counting {
    side: usize,
    /// Whether they stand before names and codes.
    is_first: bool,
    last: Option<u32>,
}

impl Counting {
    /// Whether a number is the next. `counted`: whether a side further left has its number in the same line.
    fn expects(&self, value: u32, opens_line: bool, counted: bool) -> bool {
        // Rows are counted from one again below a new organisation, or on a new page.
        let begins_anew = value == 1 && self.side == 0 && (opens_line || !self.is_first);
        let counts_on = match self.last {
            Some(last) if self.is_first && self.side == 0 => value > last && value <= last + 1 + MAX_SKIPPED,
            Some(last) => value == last + 1,
            // What the numbers of a further list begin with depends on those before.
            None => self.side > 0 && counted,
        };
        begins_anew || counts_on
    }
}

fn mark_line(line: &mut [Token], sides: &mut [Counting]) {
    let mut next = 0;
    for (index, token) in line.iter_mut().enumerate() {
        let Some(value) = bare(&token.text) else { continue };
        let opens_line = index == 0;
        let found = (next..sides.len()).find(|at| {
            let counting = &sides[*at];
            let in_place = !counting.is_first || counting.side > 0 || opens_line;
            in_place && counting.expects(value, opens_line, next > 0)
        });
        if let Some(at) = found {
            token.kind = TokenKind::RowNumber(sides[at].side);
            sides[at].last = Some(value);
            next = at + 1;
        }
    }
}

/// The number that a word is, if it has nothing but digits and no more than rows need.
fn bare(word: &str) -> Option<u32> {
    let is_number = (1..=4).contains(&word.len()) && word.bytes().all(|byte| byte.is_ascii_digit());
    (is_number && !word.starts_with('0')).then(|| word.parse().ok()).flatten()
}

/// Whether a line only numbers the columns: 栏次 1 2 3, `** ** 1 2 3`.
pub(in crate::dump) fn numbers_columns(line: &TextLine, vocabulary: &Vocabulary) -> bool {
    let is_word = |text: &str| {
        let plain = squeezed(text);
        vocabulary.headers.column_numbers.contain(&plain) || plain.chars().all(|character| character == '*')
    };
    let mut last = 0;
    let mut has_word = false;
    let counts = line.words.iter().all(|word| {
        if is_word(&word.text) || amount::is_dash(&word.text) {
            has_word |= is_word(&word.text);
            return true;
        }
        // 1=2+3: a column that is the sum of others.
        let number = word.text.split(['=', '＝']).next().unwrap_or_default();
        let counts_on = bare(number) == Some(last + 1);
        last += 1;
        counts_on
    });
    counts && (has_word && last > 0 || last >= MIN_NUMBERS)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dump::pages;
    use crate::dump::table::tokens::tokens;

    fn numbers(labels: &[&str], dump: &str) -> Vec<String> {
        let vocabulary = Vocabulary::national().expect("the built-in vocabulary");
        let paths = labels.iter().map(|path| (path.split('/').map(str::to_owned).collect(), None)).collect();
        let columns = Columns::of_paths(paths, vocabulary);
        let mut tokens = tokens(&pages::lines(dump, vocabulary), columns.have_codes(), columns.have_names());
        mark(&mut tokens, &columns);
        let number = |token: &Token| match token.kind {
            TokenKind::RowNumber(side) => Some(format!("{side}:{}", token.text)),
            _ => None,
        };
        tokens.iter().filter_map(number).collect()
    }

    #[test]
    fn the_numbers_of_two_lists_count_on_each_by_itself() {
        let labels = ["收入/项目", "收入/行次", "收入/金额", "支出/项目", "支出/行次", "支出/金额"];
        let dump = "一、财政拨款收入 1 19,572.91 一、一般公共服务支出 32 10,685.56\n二、上级补助收入 2 二、外交支出 33\n\
                    3 三、国防支出 34\n本年收入合计 4 19,572.91 35\n";
        assert_eq!(numbers(&labels, dump), ["0:1", "1:32", "0:2", "1:33", "0:3", "1:34", "0:4", "1:35"]);
    }

    #[test]
    fn a_number_that_opens_a_row_is_no_code() {
        let labels = ["序号", "单位编码", "单位名称", "合计"];
        let rows: Vec<String> = (1..=11).map(|row| format!("{row} {} 某某局 12.50\n", 271_000 + row)).collect();
        let expected: Vec<String> = (1..=11).map(|row| format!("0:{row}")).collect();
        assert_eq!(numbers(&labels, &rows.concat()), expected);
    }

    #[test]
    fn lines_that_number_the_columns_are_known() {
        let vocabulary = Vocabulary::national().expect("the built-in vocabulary");
        let are = |dump: &str| {
            pages::lines(dump, vocabulary).iter().map(|line| numbers_columns(line, vocabulary)).collect::<Vec<_>>()
        };
        assert_eq!(are("栏次 1 栏次 2\n** ** 1=2+3 2 3\n1 2 3\n30 61\n1 2.00\n"), [true, true, true, false, false]);
    }
}
