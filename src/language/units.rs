//! Units of account in every way they are written: `万元`, `萬元`, `人民币万元`, `元（列至角分）`, `RMB 10,000`; with a label
//! (`金额单位：元`), alone, behind a name in a header (`预算数（万元）`), or behind a figure (`1,234.56万元`).
//!
//! What is read is told in the vocabulary's word for it, whatever the writing: two tables in 萬元 and 人民币万元 count alike.

use std::borrow::Cow;

use super::amount::{self, Amount};
use super::page_numbers;
use super::vocabulary::{Vocabulary, squeezed};

/// Labels of headers in two languages are no longer than this, in characters.
const MAX_LABEL: usize = 60;

/// No unit is longer than this, in bytes, with its currency and what follows it.
const MAX_UNIT: usize = 100;

/// What follows a unit (列至角分, 保留两位小数) is no longer than this, in characters.
const MAX_PRECISION: usize = 14;

/// What some write for a colon.
const OTHER_COLONS: [char; 4] = ['∶', '﹕', '；', ';'];

/// What closes a text behind a unit.
const CLOSING: [char; 4] = ['。', '；', '）', ')'];

/// What the numbers under a header are counted in.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum HeaderUnit {
    /// Money, in the vocabulary's word for its unit of account.
    Account(String),
    /// Something else: 台, %, 个.
    Count(String),
}

/// A unit found behind its label in a text, and what stands before and after both.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct LabelledUnit<'t> {
    pub(crate) before: &'t str,
    pub(crate) unit: &'t str,
    pub(crate) after: &'t str,
}

impl Vocabulary {
    /// Reads a text that is a unit of account and nothing else.
    pub(crate) fn unit_of_account(&self, text: &str) -> Option<&str> {
        self.read_unit(text, false)
    }

    /// Reads a text that has a unit of account with its label, among other things: `部门：某局  金额单位：元（列至角分）`.
    pub(crate) fn labelled_unit<'t>(&'t self, text: &'t str) -> Option<LabelledUnit<'t>> {
        let behind = |colons: &[char]| {
            text.match_indices(colons).find_map(|(at, colon)| {
                let before = self.before_label(&text[..at])?;
                let value = &text[at + colon.len()..];
                let (unit, after) = self.leading_unit(value)?;
                Some(LabelledUnit { before, unit, after })
            })
        };
        // Most texts have none, and looking for one of two characters takes longer.
        let found = if text.contains(':') || text.contains('：') { behind(&[':', '：']) } else { None };
        // ∶ is a ratio sign and ﹕ a small form, but many programs write them.
        let found = found.or_else(|| {
            self.ends_with_unit(text).then(|| behind(&OTHER_COLONS).or_else(|| self.unit_in_sentence(text))).flatten()
        });
        found.or_else(|| {
            let plain = squeezed(text);
            let unit = self.captions.unit_labels.strip_from(&plain)?;
            let unit = self.read_unit(unit, false)?;
            Some(LabelledUnit { before: "", unit, after: "" })
        })
    }

    /// Whether a text ends with the word for a unit, or with what follows one in a sentence.
    fn ends_with_unit(&self, text: &str) -> bool {
        let text = text.trim_end_matches(CLOSING);
        let sentences = &self.captions.unit_sentences;
        self.units.keys().any(|word| text.ends_with(word.as_str()))
            || sentences.iter().any(|(_, after)| !after.is_empty() && text.ends_with(after.as_str()))
    }

    /// The unit that a sentence tells: 金额单位为万元, 以万元为单位.
    fn unit_in_sentence<'t>(&'t self, text: &'t str) -> Option<LabelledUnit<'t>> {
        self.captions.unit_sentences.iter().find_map(|(before, after)| {
            let at = text.rfind(before.as_str())?;
            let told = text[at + before.len()..].trim_end_matches(CLOSING);
            let unit = self.read_unit(told.strip_suffix(after.as_str())?, false)?;
            Some(LabelledUnit { before: text[..at].trim_end(), unit, after: "" })
        })
    }

    /// The unit of account that a header label names: 预算数（万元）, 金额（单位：元）, 金额/万元, 万元.
    pub(crate) fn unit_in(&self, label: &str) -> Option<String> {
        match self.header_unit(label)?.1 {
            HeaderUnit::Account(unit) => Some(unit),
            HeaderUnit::Count(_) => None,
        }
    }

    /// What the numbers under a header label are counted in, with the label without it, squeezed.
    pub(crate) fn header_unit(&self, label: &str) -> Option<(String, HeaderUnit)> {
        let plain = squeezed(label);
        for (open, _) in plain.rmatch_indices('(') {
            let close = open + plain[open..].find(')')?;
            if let Some(unit) = self.any_unit(&plain[open + 1..close]) {
                return Some((format!("{}{}", &plain[..open], &plain[close + 1..]), unit));
            }
        }
        if let Some(bare) = plain.strip_suffix('%') {
            return Some((bare.to_owned(), HeaderUnit::Count("%".to_owned())));
        }
        // 金额/万元, 金额：万元, 万元.
        let (bare, unit) = plain.rsplit_once(['/', ':', ',']).unwrap_or(("", &plain));
        let unit = self.read_unit(unit, false)?.to_owned();
        let bare = self.captions.unit_labels.strip_end(bare).unwrap_or(bare);
        Some((bare.to_owned(), HeaderUnit::Account(unit)))
    }

    /// Reads a cell as an amount of money with its unit.
    pub(crate) fn amount_with_unit(&self, cell: &str) -> Option<(Amount, &str)> {
        let plain = squeezed(cell);
        // Most cells are words or figures alone.
        let first = plain.find(|c: char| c.is_ascii_digit())?;
        let last = plain.rfind(|c: char| c.is_ascii_digit())?;
        if first > 0 && !self.is_before_figure(&plain[..first]) {
            return None;
        }
        let (figure, unit) = plain.split_at(last + 1);
        let figure = self.unit_writing.currencies.strip_from(figure).unwrap_or(figure);
        let (figure, unit) = match (figure.strip_prefix('('), unit.strip_prefix(')')) {
            (Some(_), Some(rest)) => (format!("{figure})"), rest),
            _ => (figure.to_owned(), unit),
        };
        let unit = match (unit, first) {
            ("", 0) => return None,
            // A sign of the currency alone means yuan.
            ("", _) if self.unit_writing.currencies.strip_from(&plain).is_some() => self.read_unit("1", true)?,
            // Behind the sign of a currency a multiple alone is a unit: ¥5万.
            _ => self.read_unit(unit, self.unit_writing.currencies.strip_from(&plain).is_some())?,
        };
        Some((amount::parse(&figure)?, unit))
    }

    fn is_before_figure(&self, text: &str) -> bool {
        let rest = self.unit_writing.currencies.strip_from(text).unwrap_or(text);
        matches!(rest, "" | "-" | "−" | "(" | "+")
    }

    /// The unit of account or of a count that a squeezed text is, with or without its label.
    fn any_unit(&self, text: &str) -> Option<HeaderUnit> {
        let unit = text.rsplit_once(':').map_or(text, |(_, unit)| unit);
        if let Some(unit) = self.read_unit(unit, false) {
            return Some(HeaderUnit::Account(unit.to_owned()));
        }
        let is_count = unit == "%" || self.statements.units.contain(unit);
        is_count.then(|| HeaderUnit::Count(unit.to_owned()))
    }

    /// What stands before the label of a unit at the end of a text.
    fn before_label<'t>(&self, text: &'t str) -> Option<&'t str> {
        let labels = self.captions.unit_labels.iter().chain(self.captions.amount_labels.iter());
        let found = labels.filter_map(|label| without_end(text, label)).next()?;
        Some(found.trim_end().trim_end_matches(['(', '（', '[', '【']).trim_end())
    }

    /// The unit that a text begins with, up to its end or to a space, and the rest.
    fn leading_unit<'t>(&self, text: &'t str) -> Option<(&str, &'t str)> {
        if let Some(unit) = self.read_unit(text, true) {
            return Some((unit, ""));
        }
        let text = text.trim_start();
        let spaces = text.char_indices().filter(|(_, character)| character.is_whitespace());
        spaces.into_iter().find_map(|(at, _)| Some((self.read_unit(&text[..at], true)?, text[at..].trim_start())))
    }

    /// Reads a unit; behind a label a currency or a multiple alone is one (单位：万, 单位：人民币).
    fn read_unit(&self, text: &str, labelled: bool) -> Option<&str> {
        let plain = squeezed(text);
        let plain = plain.trim_matches(['(', ')', '[', ']', '【', '】']);
        // 万元； alone is the end of a sentence.
        let plain = if labelled { plain.trim_end_matches(['.', '。', ';', '；']) } else { plain };
        if plain.is_empty() || plain.len() > MAX_UNIT {
            return None;
        }
        if let Some((word, _)) = self.units.get_key_value(plain) {
            return Some(word);
        }
        let plain = plain.to_ascii_lowercase();
        let words = &self.unit_writing;
        let (has_currency, rest) = strip(&plain, |text| words.currencies.strip_from(text));
        let rest = rest.trim_start_matches(['(', ':', '/']);
        let (multiple, rest) = self.leading_multiple(rest);
        let (multiple, rest) = match (multiple, self.leading_word_of_multiple(rest)) {
            // 10 thousand.
            (Some(number), (Some(more), rest)) => (number.checked_mul(more), rest),
            (multiple, _) => (multiple, rest),
        };
        let (has_name, rest) = strip(rest, |text| words.names.strip_from(text));
        let (has_currency_after, rest) = strip(rest, |text| words.currencies.strip_from(text.trim_start_matches('(')));
        let has_currency = has_currency || has_currency_after;
        // 10,000元 is an amount; RMB 10,000 and, behind a label, 10,000元 are units.
        let is_figure = plain.contains(|c: char| c.is_ascii_digit()) && !has_currency && !labelled;
        let is_unit = !is_figure
            && (has_name || (has_currency && multiple.is_some()) || (labelled && (has_currency || multiple.is_some())));
        let says_precision = |rest: &str| {
            let begins =
                rest.starts_with(['(', ')']) || (rest.starts_with([',', '、', '，']) && rest.chars().count() > 1);
            (begins && rest.chars().count() <= MAX_PRECISION)
                || page_numbers::read(rest).is_some_and(|number| number.is_marked)
        };
        if !is_unit || !(rest.is_empty() || says_precision(rest)) {
            return None;
        }
        let yuan = multiple.unwrap_or(1);
        self.units.iter().find(|(_, value)| **value == yuan).map(|(word, _)| word.as_str())
    }

    /// The number that a text begins with, in digits or words.
    fn leading_multiple<'t>(&self, text: &'t str) -> (Option<u64>, &'t str) {
        let length = text.find(|c: char| !matches!(c, '0'..='9' | ',')).unwrap_or(text.len());
        let (digits, rest) = text.split_at(length);
        match digits.replace(',', "").parse() {
            Ok(number) => (Some(number), rest),
            Err(_) => self.leading_word_of_multiple(text),
        }
    }

    /// The number that a text begins with in words.
    fn leading_word_of_multiple<'t>(&self, text: &'t str) -> (Option<u64>, &'t str) {
        let multiples = self.unit_writing.multiples.iter();
        let fitting = multiples.filter(|(word, _)| text.starts_with(word.as_str()));
        match fitting.max_by_key(|(word, _)| word.len()) {
            Some((word, number)) => (Some(*number), &text[word.len()..]),
            None => (None, text),
        }
    }

    /// A header label without its unit and, where it is printed in two languages, without the other one; squeezed.
    pub(crate) fn bare_label<'t>(&self, label: &'t str) -> Cow<'t, str> {
        let plain = squeezed(label);
        let is_chinese =
            |text: &str| text.chars().all(|c| !c.is_ascii_alphabetic() && !matches!(c, '(' | '/' | ':' | '%'));
        if is_chinese(&plain) || plain.chars().count() > MAX_LABEL {
            return plain;
        }
        let bare = match self.header_unit(&plain) {
            Some((bare, HeaderUnit::Account(_))) if !bare.is_empty() => bare,
            _ => plain.into_owned(),
        };
        Cow::Owned(chinese_part(&bare).unwrap_or(bare))
    }
}

/// Takes something off the beginning of a text, and tells whether it was there.
fn strip<'t>(text: &'t str, off: impl Fn(&'t str) -> Option<&'t str>) -> (bool, &'t str) {
    off(text).map_or((false, text), |rest| (true, rest))
}

/// A text without a label at its end, between whose characters spaces may stand.
fn without_end<'t>(text: &'t str, label: &str) -> Option<&'t str> {
    let mut rest = text;
    for wanted in label.chars().rev() {
        rest = rest.trim_end();
        let last = rest.chars().next_back()?;
        if squeezed(last.encode_utf8(&mut [0; 4])).chars().next()?.to_ascii_lowercase() != wanted {
            return None;
        }
        rest = &rest[..rest.len() - last.len_utf8()];
    }
    Some(rest)
}

/// The Chinese part of a squeezed text in two languages (合计Total, 合计/Total, Total(合计)); `None` where it is not.
fn chinese_part(text: &str) -> Option<String> {
    let is_latin = |c: char| c.is_ascii_alphabetic();
    let is_chinese = |c: char| matches!(c, '\u{3400}'..='\u{9fff}');
    // A, IT and PPP belong to Chinese names.
    let words = text.split(|c: char| !is_latin(c)).filter(|word| word.len() >= 4);
    if !text.contains(is_chinese) || words.count() == 0 {
        return None;
    }
    let first = text.find(is_chinese)?;
    let last = text.rfind(is_chinese)?;
    let end = last + text[last..].chars().next().map_or(0, char::len_utf8);
    let inner = &text[first..end];
    // Words of the other language between Chinese ones part no two languages.
    (!inner.contains(is_latin)).then(|| {
        let closes = text[end..].starts_with(')') && inner.contains('(');
        if closes { format!("{inner})") } else { inner.to_owned() }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn vocabulary() -> &'static Vocabulary {
        Vocabulary::national().expect("the built-in vocabulary")
    }

    #[test]
    fn units_are_read_however_they_are_written() {
        let written = [
            "万元",
            "萬元",
            " 万 元",
            "人民币万元",
            "万元人民币",
            "人民币（万元）",
            "RMB 10,000",
            "10,000 RMB",
            "万元（保留两位小数）",
            "万元、%",
            "Ten thousand yuan",
            "RMB'0000",
            "人民币/万元",
            "RMB 10 thousand",
        ];
        for text in written {
            assert_eq!(vocabulary().unit_of_account(text), Some("万元"), "{text}");
        }
        for text in ["元", "人民币元", "元（列至角分）", "Yuan", "圆", "人民币：元"] {
            assert_eq!(vocabulary().unit_of_account(text), Some("元"), "{text}");
        }
        assert_eq!(
            ["千元", "仟", "亿元", "RMB million"].map(|text| vocabulary().unit_of_account(text)),
            [Some("千元"), None, Some("亿元"), Some("百万元")]
        );
    }

    #[test]
    fn what_is_no_unit() {
        for text in [
            "",
            "10,000",
            "10,000元",
            "1000 元",
            "人民币",
            "万",
            "元/人",
            "万元；",
            "万元，",
            "万元。",
            "某局",
            "万美元",
            "元旦",
            "万元以上的项目",
            "1,234.56万元",
        ] {
            assert_eq!(vocabulary().unit_of_account(text), None, "{text}");
        }
    }

    #[test]
    fn labels_tell_a_unit_among_other_things() {
        let read = |text| vocabulary().labelled_unit(text).map(|found| (found.before, found.unit, found.after));
        assert_eq!(read("单位：万元"), Some(("", "万元", "")));
        assert_eq!(read("（单 位：人民币万元）"), Some(("", "万元", "")));
        assert_eq!(read("金额单位：元（列至角分）"), Some(("", "元", "")));
        assert_eq!(read("部门名称：某局 单位：萬元"), Some(("部门名称：某局", "万元", "")));
        assert_eq!(read("支出总表（单位：亿元）"), Some(("支出总表", "亿元", "")));
        assert_eq!(read("单位：元 预算年度：2024"), Some(("", "元", "预算年度：2024")));
        assert_eq!(read("Unit: RMB 10,000"), Some(("", "万元", "")));
        assert_eq!(read("Unit: 10,000 yuan"), Some(("", "万元", "")));
        assert_eq!(read("单位∶万元"), Some(("", "万元", "")));
        assert_eq!(read("金额：万元"), Some(("", "万元", "")));
        assert_eq!(read("单位：１万元"), Some(("", "万元", "")));
        assert_eq!(read("金额单位为万元"), Some(("金额", "万元", "")));
        assert_eq!(read("金额以万元计"), Some(("金额", "万元", "")));
        assert_eq!((read("支出以万元计算"), read("金额：5万元")), (None, None));
        assert_eq!(read("单位万元"), Some(("", "万元", "")));
        assert_eq!((read("单位：某局"), read("单位名称：万元店")), (None, None));
    }

    #[test]
    fn headers_name_units_of_money_and_of_counts() {
        let read = |label| vocabulary().header_unit(label);
        let account = |bare: &str, unit: &str| Some((bare.to_owned(), HeaderUnit::Account(unit.to_owned())));
        let count = |bare: &str, unit: &str| Some((bare.to_owned(), HeaderUnit::Count(unit.to_owned())));
        assert_eq!(read("其中：财政拨款（万元）"), account("其中:财政拨款", "万元"));
        assert_eq!(read("金额（单位：元）"), account("金额", "元"));
        assert_eq!(read("金额/万元"), account("金额", "万元"));
        assert_eq!(read("万元"), account("", "万元"));
        assert_eq!(read("数量（台）"), count("数量", "台"));
        assert_eq!(read("增减%"), count("增减", "%"));
        assert_eq!((read("因公出国（境）费"), read("科目名称")), (None, None));
    }

    #[test]
    fn bilingual_labels_are_known_by_their_chinese_part() {
        let bare = |label: &str| vocabulary().bare_label(label).into_owned();
        assert_eq!(bare("合计\nTotal"), "合计");
        assert_eq!(bare("基本支出 / Basic expenditure"), "基本支出");
        assert_eq!(bare("Total（合计）"), "合计");
        assert_eq!(bare("因公出国（境） Abroad"), "因公出国(境)");
        assert_eq!(bare("预算数（万元）"), "预算数");
        assert_eq!(bare("PPP项目"), "PPP项目");
    }

    #[test]
    fn cells_have_their_own_units() {
        let read = |cell| vocabulary().amount_with_unit(cell).map(|(amount, unit)| (amount.text, unit));
        let is = |text: &str, unit| Some((text.to_owned(), unit));
        assert_eq!(read("1,234.56万元"), is("1234.56", "万元"));
        assert_eq!(read("-80 元"), is("-80", "元"));
        assert_eq!(read("（80.00）万元"), is("-80.00", "万元"));
        assert_eq!(read("¥1,234.56"), is("1234.56", "元"));
        assert_eq!(read("人民币1.5亿元"), is("1.5", "亿元"));
        for cell in ["1,234.56", "12%", "3台", "共5万元", "2023年", "万元", "5-10万元", ""] {
            assert_eq!(read(cell), None, "{cell}");
        }
    }
}
