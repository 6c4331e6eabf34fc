//! Numbers that are printed on pages to count them: `7`, `- 7 -`, `第 7 页`, `第7页 共20页`, `7 / 20`.

use std::sync::LazyLock;

use regex::Regex;

use super::patterns::compiled;
use super::vocabulary::squeezed;

/// The number of a page, by what stands around it, in a text without white space.
static PATTERN: LazyLock<Regex> =
    LazyLock::new(|| compiled("^([-—–―─·•~]*)(第?)([0-9]{1,4})(页?)(?:(?:,?共|/共?)[0-9]{1,4}页?)?([-—–―─·•~]*)$"));

/// A text that is the number of a page and nothing else.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct PrintedNumber {
    pub(crate) number: u32,
    /// Whether dashes on both sides, 第 or 页 say that it is one; a bare number may be a figure.
    pub(crate) is_marked: bool,
}

/// Whether a marked number may begin with this character: a dash or 第.
pub(crate) fn may_begin_marked(character: char) -> bool {
    "-—–―─·•~第".contains(character)
}

/// Reads a line as the number of its page.
pub(crate) fn read(line: &str) -> Option<PrintedNumber> {
    let text = squeezed(line);
    let found = PATTERN.captures(&text)?;
    let has = |group: usize| found.get(group).is_some_and(|part| !part.is_empty());
    let is_marked = (has(1) && has(5)) || has(2) || has(4);
    // 1 2 are two figures.
    let is_one = is_marked || found[3].len() < text.len() || !line.trim().contains(char::is_whitespace);
    let number = found[3].parse().ok().filter(|_| is_one)?;
    Some(PrintedNumber { number, is_marked })
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
        let bare = |number| Some(PrintedNumber { number, is_marked: false });
        assert_eq!(["7", " 12 ", "7 / 20", "- 7"].map(read), [7, 12, 7, 7].map(bare));
    }

    #[test]
    fn figures_and_words_are_none() {
        for line in ["", "-", "1 2", "2,801.90", "2,801", "20230101", "共20页", "第一页", "7月"] {
            assert_eq!(read(line), None, "{line}");
        }
    }
}
