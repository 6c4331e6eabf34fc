//! The report's own words, in Chinese and in English.

use super::number::{difference, runs};
use crate::document::ErrorKind;
use crate::document::{CheckStatus, PublicationKind, Scope, Severity};

/// The language of a report. What the documents print stays as it is; English quotes it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Language {
    /// 中文.
    #[default]
    Chinese,
    /// English.
    English,
}

use Language::{Chinese, English};

/// Characters of a printed text that are shown from its beginning, and as many from its end: texts that are cut or
/// repeated show it there. The JSON has all of it.
const END_OF_TEXT: usize = 16;

impl Language {
    /// The words of this language.
    pub(crate) fn pick(self, chinese: &'static str, english: &'static str) -> &'static str {
        match self {
            Chinese => chinese,
            English => english,
        }
    }

    /// The document's own words: in English they are quoted.
    pub(crate) fn quoted(self, text: &str) -> String {
        match self {
            English if !text.is_ascii() => format!("“{text}”"),
            _ => text.to_owned(),
        }
    }

    /// Words of a place, one after another.
    pub(super) fn joined(self, words: &[String]) -> String {
        words.join(self.pick(" ", ", "))
    }

    /// A remark after what it is about.
    pub(crate) fn bracketed(self, text: &str) -> String {
        match self {
            Chinese => format!("（{text}）"),
            English => format!(" ({text})"),
        }
    }

    /// What stands between a heading and what it heads.
    pub(crate) fn colon(self) -> &'static str {
        self.pick("：", ": ")
    }

    /// What stands between the parts of a list.
    pub(crate) fn comma(self) -> &'static str {
        self.pick("，", ", ")
    }

    /// Pages by their numbers; nothing where there are none.
    pub(super) fn pages(self, numbers: Vec<u32>) -> Option<String> {
        let is_one = numbers.windows(2).all(|pair| pair[0] == pair[1]);
        match (self, numbers.is_empty()) {
            (_, true) => None,
            (Chinese, false) => Some(format!("第{}页", runs(numbers, "、"))),
            (English, false) if is_one => Some(format!("page {}", runs(numbers, ", "))),
            (English, false) => Some(format!("pages {}", runs(numbers, ", "))),
        }
    }

    /// A severity, as wide as all of them.
    pub(super) fn severity(self, severity: Severity) -> &'static str {
        match severity {
            Severity::Error => self.pick("错误", "error  "),
            Severity::Warning => self.pick("警告", "warning"),
            Severity::Note => self.pick("提示", "note   "),
        }
    }

    /// As wide as what stands before a finding's first line: its further lines begin there.
    pub(super) fn indent(self) -> &'static str {
        self.pick("        ", "           ")
    }

    /// How a check ended.
    pub(crate) fn status(self, status: CheckStatus) -> &'static str {
        match status {
            CheckStatus::Pass => self.pick("通过", "passed"),
            CheckStatus::Fail => self.pick("不符", "failed"),
            CheckStatus::NotApplicable => self.pick("不适用", "not applicable"),
        }
    }

    /// What is printed and what should be, as far as it is known.
    pub(super) fn printed(self, actual: Option<&str>, expected: Option<&str>) -> Option<String> {
        let is_amount = |text: &str| text.starts_with(|c: char| c.is_ascii_digit() || c == '-');
        let shown = |text: &str| if is_amount(text) { ends(text) } else { self.quoted(&ends(text)) };
        let actual = actual.map(|text| format!("{}{}", self.pick("印为 ", "printed "), shown(text)));
        let expected = expected.map(|text| format!("{}{}", self.pick("应为 ", "should be "), shown(text)));
        let known: Vec<String> = actual.into_iter().chain(expected).collect();
        (!known.is_empty()).then(|| known.join(self.comma()))
    }

    /// A printed figure and what the figures that it was compared with give. Which of them is wrong is not known.
    pub(super) fn compared(self, actual: &str, expected: &str) -> String {
        match self {
            Chinese => format!("印为 {actual}，算得 {expected}"),
            English => format!("printed {actual}, the others give {expected}"),
        }
    }

    /// The difference of two figures and what rounding allows, in brackets; nothing where they are no figures.
    pub(super) fn difference(self, actual: &str, expected: &str, tolerance: Option<&str>) -> String {
        let Some(amount) = difference(actual, expected) else { return String::new() };
        let allowed = tolerance.map(|tolerance| match self {
            Chinese => format!("，允许 {tolerance}"),
            English => format!(", rounding allows {tolerance}"),
        });
        self.bracketed(&format!("{} {amount}{}", self.pick("差", "difference"), allowed.unwrap_or_default()))
    }

    /// An amount with the unit in which it is printed, where that is known.
    pub(super) fn amount(self, figure: &str, unit: Option<&str>) -> String {
        let unit = unit.map(|unit| format!("{}{}", self.pick("", " "), self.quoted(unit)));
        figure.to_owned() + &unit.unwrap_or_default()
    }

    /// How many checks a suspect explains.
    pub(super) fn explains(self, count: usize) -> String {
        match self {
            Chinese => format!("由此可以说明 {count} 项不符："),
            English => format!("explains {}:", counted(count, "failing check")),
        }
    }

    /// What a publication is.
    pub(crate) fn publication(self, kind: PublicationKind, scope: Scope) -> String {
        let kind = match kind {
            PublicationKind::Budget => Some(self.pick("预算", "budget")),
            PublicationKind::FinalAccounts => Some(self.pick("决算", "final accounts")),
            PublicationKind::Unknown => None,
        };
        let scope = match scope {
            Scope::Department => Some(self.pick("部门", "department")),
            Scope::Unit => Some(self.pick("单位", "unit")),
            Scope::Unknown => None,
        };
        let words: Vec<&str> = scope.into_iter().chain(kind).collect();
        words.join(self.pick("", " "))
    }

    /// Why a file could not be converted.
    pub(crate) fn error(self, kind: ErrorKind, message: &str) -> String {
        let Chinese = self else { return format!("{}: {message}", kind.code()) };
        let why = match kind {
            ErrorKind::NotAPdf => "不是 PDF",
            ErrorKind::Encrypted => "已加密，打不开",
            ErrorKind::Damaged => "文件损坏",
            ErrorKind::NoTextLayer => "没有文字层",
            ErrorKind::GarbledText => "文字没有编码对照",
            ErrorKind::Vocabulary => "词汇表不可用",
            ErrorKind::Io => "无法读写",
            ErrorKind::TooLarge => "文件超出处理上限",
            ErrorKind::Timeout => "处理超时",
            ErrorKind::Internal => "程序缺陷",
        };
        format!("{why}（{}: {message}）", kind.code())
    }
}

/// Both ends of a long text.
pub(crate) fn ends(text: &str) -> String {
    let characters: Vec<char> = text.chars().collect();
    if characters.len() <= 2 * END_OF_TEXT + 1 {
        return text.to_owned();
    }
    let (first, last) = (&characters[..END_OF_TEXT], &characters[characters.len() - END_OF_TEXT..]);
    first.iter().chain(&['…']).chain(last).collect()
}

/// A number of things in English: `1 file`, `2 files`.
pub(crate) fn counted(count: usize, thing: &str) -> String {
    format!("{count} {thing}{}", if count == 1 { "" } else { "s" })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_that_differ_show_by_how_much() {
        assert_eq!(Chinese.difference("330.00", "320.00", Some("0.015")), "（差 10.00，允许 0.015）");
        assert_eq!(English.difference("9", "10", None), " (difference -1)");
        assert_eq!(English.difference("增加", "减少", None), "", "words have no difference");
    }

    #[test]
    fn only_what_is_known_is_said() {
        assert_eq!(Chinese.printed(Some("15"), Some("13")).as_deref(), Some("印为 15，应为 13"));
        assert_eq!(English.printed(Some("增加"), None).as_deref(), Some("printed “增加”"));
        assert_eq!(English.printed(None, None), None);
    }

    #[test]
    fn a_long_text_shows_both_ends() {
        let text = format!("互联网边界防火墙1台，费用8万元；{}；全流量分析设备1台，", "上联边界防火墙".repeat(9));
        let said = "印为 互联网边界防火墙1台，费用8万元…边界防火墙；全流量分析设备1台，";
        assert_eq!(Chinese.printed(Some(&text), None).as_deref(), Some(said));
    }

    #[test]
    fn a_publication_of_which_nothing_is_known_is_not_named() {
        assert_eq!(Chinese.publication(PublicationKind::Budget, Scope::Department), "部门预算");
        assert_eq!(English.publication(PublicationKind::FinalAccounts, Scope::Unknown), "final accounts");
        assert_eq!(English.publication(PublicationKind::Unknown, Scope::Unknown), "");
    }
}
