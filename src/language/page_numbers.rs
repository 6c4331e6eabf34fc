//! Numbers that are printed on pages to count them: `7`, `- 7 -`, `第 7 页`, `第7页 共20页`, `7 / 20`, `Page 7 of 20`,
//! `第七页`, `vii`, `Ⅶ`.

use std::sync::LazyLock;

use regex::Regex;
use unicode_normalization::UnicodeNormalization;

use super::ordinals;
use super::patterns::compiled;
use super::vocabulary::squeezed;

/// The number of a page, by what stands around it, in a text without white space.
static PATTERN: LazyLock<Regex> = LazyLock::new(|| {
    let numeral = "[0-9]{1,4}|[〇零一二三四五六七八九十百]{1,4}";
    compiled(&format!(
        "^([-—–―─·•~]*)(第?|[Pp]age|PAGE|[Pp]\\.?)({numeral})(页?)(?:[(,]?(?:,?共|/共?|[Oo]f|OF)(?:{numeral})页?\\)?)?([-—–―─·•~]*)$"
    ))
});

/// Page numbers in Roman numerals count contents and prefaces: no more than this many pages of them.
const MAX_ROMAN: u32 = 60;

/// … none of which takes more letters than this (xxxviii).
const MAX_ROMAN_LETTERS: usize = 7;

/// A day or a time of day, as programs print it: 2024-02-15, 2024年2月15日, 10:30.
static DATE: LazyLock<Regex> =
    LazyLock::new(|| compiled(r"(?:19|20)[0-9]{2}[^0-9][0-9]{1,2}[^0-9][0-9]{1,2}(?:[^0-9]|$)|[0-9]{1,2}:[0-9]{2}"));

/// A text that is the number of a page and nothing else.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct PrintedNumber {
    pub(crate) number: u32,
    /// Whether dashes on both sides, 第 or 页 say that it is one; a bare number may be a figure.
    pub(crate) is_marked: bool,
}

/// Whether a marked number may begin with this character: a dash or 第.
pub(crate) fn may_begin_marked(character: char) -> bool {
    // Asked of every character of every table: a search in a list would take ten times as long.
    matches!(character, '-' | '—' | '–' | '―' | '─' | '·' | '•' | '~' | '第')
}

/// Whether a line names a day or a time of day, as the time at which its page was printed.
pub(crate) fn has_date(line: &str) -> bool {
    DATE.is_match(&squeezed(line))
}

/// Whether a line begins with a day in figures (2024/2/15), as what a browser prints above each page does.
pub(crate) fn begins_with_date(line: &str) -> bool {
    without_date(line).len() < line.len()
}

/// A line without the day in figures, and the time, that it begins with.
pub(crate) fn without_date(line: &str) -> &str {
    let is_part = |c: char| c.is_ascii_digit() || matches!(c, '/' | '-' | ':' | '.' | ' ');
    let rest = line.trim_start_matches(is_part);
    let day = &line[..line.len() - rest.len()];
    let year = day.bytes().take_while(u8::is_ascii_digit).count();
    let is_day = year == 4 && DATE.find(day).is_some_and(|found| found.start() == 0);
    if is_day { rest } else { line }
}

/// Reads a line as the number of its page.
pub(crate) fn read(line: &str) -> Option<PrintedNumber> {
    let text = squeezed(line);
    let Some(found) = PATTERN.captures(&text) else { return roman(&text) };
    let has = |group: usize| found.get(group).is_some_and(|part| !part.is_empty());
    let is_marked = (has(1) && has(5)) || has(2) || has(4);
    // 1 2 are two figures.
    let is_one = is_marked || found[3].len() < text.len() || !line.trim().contains(char::is_whitespace);
    let number = match found[3].parse() {
        Ok(number) => Some(number),
        // 一 alone is an item, not a page.
        Err(_) => ordinals::chinese_value(&found[3]).filter(|_| is_marked),
    };
    Some(PrintedNumber { number: number.filter(|_| is_one)?, is_marked })
}

/// A number in Roman numerals, of Latin letters in one case or of the numerals' own characters, between dashes or not.
fn roman(text: &str) -> Option<PrintedNumber> {
    let bare = text.trim_matches(['-', '—', '–', '―', '─', '·', '•', '~']);
    if bare.is_empty() || bare.chars().count() > MAX_ROMAN_LETTERS {
        return None;
    }
    let is_lower = bare.chars().all(|c| c.is_ascii_lowercase() || ('ⅰ'..='ⅿ').contains(&c));
    let is_upper = bare.chars().all(|c| c.is_ascii_uppercase() || ('Ⅰ'..='Ⅿ').contains(&c));
    if !(is_lower || is_upper) {
        return None;
    }
    let letters: String = bare.nfkc().collect::<String>().to_ascii_lowercase();
    let number = (1..=MAX_ROMAN).find(|number| written_in_roman(*number) == letters)?;
    Some(PrintedNumber { number, is_marked: bare.len() < text.len() })
}

fn written_in_roman(number: u32) -> String {
    let mut rest = number;
    let mut written = String::new();
    for (value, letters) in [(50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")] {
        while rest >= value {
            written.push_str(letters);
            rest -= value;
        }
    }
    written
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_pages() {
        let marked = |number| Some(PrintedNumber { number, is_marked: true });
        for line in ["- 7 -", "—7—", "第 7 页", "第7页 共20页", "第7页，共 20 页", "7页", "·7·"] {
            assert_eq!(read(line), marked(7), "{line}");
        }
        for line in ["第七页", "第 七 页 共 九 页", "Page 7 of 20", "第7页(共20页)", "—Ⅶ—"] {
            assert_eq!(read(line), marked(7), "{line}");
        }
        let bare = |number| Some(PrintedNumber { number, is_marked: false });
        assert_eq!(["vii", "Ⅶ", "VII", "XL"].map(read), [7, 7, 7, 40].map(bare));
        assert_eq!(["7", " 12 ", "7 / 20", "- 7"].map(read), [7, 12, 7, 7].map(bare));
    }

    #[test]
    fn a_day_before_a_title_is_told_from_a_year() {
        assert_eq!(without_date("2024/2/15 10:30 支出总表"), "支出总表");
        assert_eq!(without_date("2024-02-15支出总表"), "支出总表");
        for line in ["2024年支出总表", "2024 支出总表", "支出总表", "1.2.3支出"] {
            assert_eq!(without_date(line), line);
        }
    }

    #[test]
    fn figures_and_words_are_none() {
        for line in ["", "-", "1 2", "2,801.90", "2,801", "20230101", "共20页", "一", "7月", "iiii", "civil", "Vi"]
        {
            assert_eq!(read(line), None, "{line}");
        }
    }
}
