//! The 政府收支分类科目: which name a subject's code has in which years.
//!
//! The table is `subjects.tsv`, data harvested from published budgets. It is a part of the standard and says of itself
//! how it came about. [`Classification::judge`] therefore speaks up only where the table is sure: a code or a year that
//! it does not cover proves nothing.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use crate::document::Scheme;
use crate::document::{Error, ErrorKind};
use crate::language::PARTICLE;
use crate::language::ordinals;
use crate::language::vocabulary::squeezed;

/// The national table.
const SUBJECTS: &str = include_str!("subjects.tsv");

/// Digits of a code's first level, 类.
const CLASS_DIGITS: usize = 3;

/// Digits that each further level (款, 项) adds.
const LEVEL_DIGITS: usize = 2;

/// Documents that must agree on a name before another one is called wrong.
const WITNESSES: u16 = 2;

/// Documents that must print a name with one code, and none with another, before another code is called wrong.
const WITNESSES_OF_A_CODE: u16 = 4;

/// The edition of this year gave some functional subjects new codes (2089901 became 2089999); the table has the new ones.
const RENUMBERED: u16 = 2020;

/// The classification of a code, by its first digit and its length; `None` for what cannot be a subject's code.
pub(crate) fn scheme_of(code: &str) -> Option<Scheme> {
    if !code.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    match (code.bytes().next()?, code.len()) {
        (b'2', 3 | 5 | 7) => Some(Scheme::Functional),
        (b'3', 3 | 5) => Some(Scheme::Economic),
        (b'5', 3 | 5) => Some(Scheme::GovernmentEconomic),
        _ => None,
    }
}

/// The word for a classification in the table.
fn word(scheme: Scheme) -> &'static str {
    match scheme {
        Scheme::Functional => "functional",
        Scheme::Economic => "economic",
        Scheme::GovernmentEconomic => "government_economic",
    }
}

/// One name of a subject and the years in which it is the name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Subject {
    pub(crate) code: &'static str,
    pub(crate) name: &'static str,
    /// The first year.
    pub(crate) from: u16,
    /// The last year, inclusive.
    pub(crate) to: u16,
    /// How many documents print the code with this name; 0 for what is known from the standard alone.
    pub(crate) documents: u16,
    /// The name as names are compared.
    comparable: String,
}

impl Subject {
    fn covers(&self, year: u16) -> bool {
        (self.from..=self.to).contains(&year)
    }

    fn is_class(&self) -> bool {
        self.code.len() == CLASS_DIGITS
    }

    /// Whether a name other than this one is surely another: enough documents print this one, or it is a 类, and those
    /// are from the standard itself.
    fn is_certain(&self) -> bool {
        self.is_class() || self.documents >= WITNESSES
    }
}

/// How a printed code and name stand to the classification of a year.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Judgement<'c> {
    /// The name is the code's name in that year, perhaps abbreviated or with more words around it.
    AsInStandard,
    /// The name is one that the code had in other years; in that year it is this one.
    Renamed(&'c Subject),
    /// The code has this name in that year, and never had the printed one.
    OtherName(&'c Subject),
    /// The table does not know the code, or not in that year, or is not sure enough of it.
    NotCovered,
    /// The table does not know the code, and the name is surely that of another one.
    OtherCode(&'c Subject),
    /// No 类 begins as the code does.
    NoSuchClass,
}

/// The subjects, by code.
#[derive(Debug, Default)]
pub(crate) struct Classification {
    /// Sorted by code, then by year.
    subjects: Vec<Subject>,
    codes_by_name: FxHashMap<String, Vec<&'static str>>,
}

static NATIONAL: LazyLock<Classification> = LazyLock::new(|| Classification::from_tsv(SUBJECTS).unwrap_or_default());

impl Classification {
    /// The built-in table. (An unreadable one would cover nothing; a test reads the file.)
    pub(crate) fn national() -> &'static Classification {
        &NATIONAL
    }

    /// Reads a table: `#` comments, then rows of kind, code, name, from, to and documents, separated by tabs and sorted
    /// by code and year.
    ///
    /// # Errors
    /// [`ErrorKind::Vocabulary`] quotes the line at fault.
    fn from_tsv(text: &'static str) -> Result<Classification, Error> {
        let mut table = Classification::default();
        for line in text.lines().filter(|line| !line.starts_with('#')) {
            let subject = subject(line).ok_or_else(|| malformed("not a subject", line))?;
            if table.subjects.last().is_some_and(|last| (last.code, last.from) >= (subject.code, subject.from)) {
                return Err(malformed("out of order", line));
            }
            let codes = table.codes_by_name.entry(subject.comparable.clone()).or_default();
            if codes.last() != Some(&subject.code) {
                codes.push(subject.code);
            }
            table.subjects.push(subject);
        }
        Ok(table)
    }

    /// Every edition of a code's name, in the order of years; empty for an unknown code.
    pub(crate) fn subjects(&self, code: &str) -> &[Subject] {
        let start = self.subjects.partition_point(|subject| subject.code < code);
        let count = self.subjects[start..].partition_point(|subject| subject.code == code);
        &self.subjects[start..start + count]
    }

    /// The codes that have a name in some year.
    pub(crate) fn codes_named(&self, name: &str) -> &[&'static str] {
        self.codes_by_name.get(&comparable(name)).map_or(&[], Vec::as_slice)
    }

    /// How a printed code and name stand to the classification of a year.
    ///
    /// A false alarm is worse than a miss, so a name that abbreviates the standard's or adds to it passes, unless it is
    /// the name of a sibling: 电费 is no way of writing 邮电费.
    pub(crate) fn judge(&self, code: &str, name: &str, year: u16) -> Judgement<'_> {
        let printed = comparable(name);
        let Some(scheme) = scheme_of(code).filter(|_| !printed.is_empty()) else {
            // 4210201 beside 住房公积金: no classification begins with a 4, but the name is a subject's.
            let is_long = matches!(code.len(), 5 | 7) && code.bytes().all(|byte| byte.is_ascii_digit());
            // Cities add levels to the economic classification (3010201); their class exists.
            let is_subject = is_long && self.codes_by_name.contains_key(&printed);
            return if is_subject && self.subjects(&code[..CLASS_DIGITS]).is_empty() {
                Judgement::NoSuchClass
            } else {
                Judgement::NotCovered
            };
        };
        let editions = self.subjects(code);
        if editions.is_empty() {
            // The table has every 类: a missing one does not exist.
            let missing = self.subjects(&code[..CLASS_DIGITS]).is_empty();
            // Organisations have codes too; what makes this one a subject's is its name.
            let is_subject = self.codes_by_name.contains_key(&printed) || self.ends_as_a_class(&printed);
            if missing {
                return if is_subject { Judgement::NoSuchClass } else { Judgement::NotCovered };
            }
            let only = self.only_code_of(&printed, code).filter(|_| year >= RENUMBERED || scheme != Scheme::Functional);
            return only.map_or(Judgement::NotCovered, Judgement::OtherCode);
        }
        let Some(valid) = editions.iter().find(|subject| subject.covers(year)) else { return Judgement::NotCovered };
        if valid.comparable == printed {
            return Judgement::AsInStandard;
        }
        if editions.iter().any(|subject| subject.comparable == printed) {
            return Judgement::Renamed(valid);
        }
        if !self.is_siblings_name(code, &printed) {
            if is_form_of(&printed, &valid.comparable) {
                return Judgement::AsInStandard;
            }
            if editions.iter().any(|subject| is_form_of(&printed, &subject.comparable)) {
                return Judgement::Renamed(valid);
            }
        }
        // A three-digit code may be an organisation's: 222 is 粮油物资储备支出 and somebody's transport bureau.
        let is_organisation = valid.is_class() && !self.ends_as_a_class(&printed);
        if valid.is_certain() && !is_organisation { Judgement::OtherName(valid) } else { Judgement::NotCovered }
    }

    /// The one subject of a name on a code's level of its classification, where many documents print it so. The same
    /// name may stand under several sections (行政运行): then it tells no code.
    fn only_code_of(&self, printed: &str, code: &str) -> Option<&Subject> {
        let alike = |other: &&&str| other.len() == code.len() && scheme_of(other) == scheme_of(code);
        let mut codes = self.codes_by_name.get(printed)?.iter().filter(alike);
        let only = codes.next().filter(|_| codes.next().is_none())?;
        self.subjects(only)
            .iter()
            .find(|subject| subject.comparable == printed && subject.documents >= WITNESSES_OF_A_CODE)
    }

    /// Whether a name is that of another code under the same parent.
    fn is_siblings_name(&self, code: &str, printed: &str) -> bool {
        let parent = code.len().checked_sub(LEVEL_DIGITS).filter(|&length| length >= CLASS_DIGITS).unwrap_or(0);
        let is_sibling =
            |other: &&str| other.len() == code.len() && *other != code && other[..parent] == code[..parent];
        self.codes_by_name.get(printed).is_some_and(|codes| codes.iter().any(is_sibling))
    }

    /// Whether a name ends with the same two characters (支出, 补助) as the name of some 类.
    fn ends_as_a_class(&self, printed: &str) -> bool {
        let ending = |name: &str| name.char_indices().nth_back(1).map(|(at, _)| name[at..].to_owned());
        let Some(end) = ending(printed) else { return false };
        self.subjects.iter().any(|subject| subject.is_class() && subject.comparable.ends_with(&end))
    }
}

/// The subject that a row of the table tells of.
fn subject(line: &'static str) -> Option<Subject> {
    let mut fields = line.split('\t');
    let kind = fields.next()?;
    let code = fields.next()?;
    let name = fields.next()?;
    let numbers = fields.map(|field| field.parse().ok()).collect::<Option<Vec<u16>>>()?;
    let [from, to, documents] = numbers[..] else { return None };
    let comparable = comparable(name);
    let is_sound = word(scheme_of(code)?) == kind && from <= to && !comparable.is_empty();
    is_sound.then_some(Subject { code, name, from, to, documents, comparable })
}

fn malformed(what: &str, line: &str) -> Error {
    Error::new(ErrorKind::Vocabulary, format!("subjects.tsv: {what}: {line}"))
}

/// A name as names are compared: no ordinal before it, no spaces, brackets or punctuation, and no 的, which documents
/// put in and leave out.
fn comparable(name: &str) -> String {
    let name = ordinals::leading(name).map_or(name, |ordinal| ordinal.rest);
    squeezed(name).chars().filter(|&c| c.is_alphanumeric() && c != PARTICLE).collect()
}

/// Whether one of two names has all characters of the other in the same order, as an abbreviation and its full form do.
fn is_form_of(one: &str, other: &str) -> bool {
    abbreviates(one, other) || abbreviates(other, one)
}

fn abbreviates(short: &str, long: &str) -> bool {
    let mut rest = long.chars();
    short.chars().all(|c| rest.any(|other| other == c))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    fn judge(code: &str, name: &str, year: u16) -> Judgement<'static> {
        Classification::national().judge(code, name, year)
    }

    /// The name that a judgement sets against the printed one.
    fn expected(judgement: Judgement<'_>) -> Option<&'static str> {
        match judgement {
            Judgement::Renamed(subject) | Judgement::OtherName(subject) => Some(subject.name),
            _ => None,
        }
    }

    #[test]
    fn the_table_is_well_formed() {
        let table = Classification::from_tsv(SUBJECTS).expect("subjects.tsv");
        assert!(table.subjects.len() > 400, "{} rows", table.subjects.len());
        for pair in table.subjects.windows(2) {
            assert!(pair[0].code != pair[1].code || pair[0].to < pair[1].from, "overlap: {pair:?}");
        }
        for subject in &table.subjects {
            assert!(subject.from >= 2018 && subject.to <= 2026, "years without documents: {subject:?}");
        }
    }

    #[test]
    fn every_subject_has_its_class() {
        let table = Classification::national();
        let is_orphan = |subject: &&Subject| table.subjects(&subject.code[..CLASS_DIGITS]).is_empty();
        let orphans: Vec<_> = table.subjects.iter().filter(is_orphan).collect();
        assert!(orphans.is_empty(), "{orphans:?}");
    }

    #[test]
    fn the_sections_that_no_document_prints_are_known() {
        let table = Classification::national();
        let items = table.subjects.iter().filter(|subject| subject.code.len() == CLASS_DIGITS + 2 * LEVEL_DIGITS);
        let sections = items.map(|item| &item.code[..CLASS_DIGITS + LEVEL_DIGITS]);
        let missing: BTreeSet<_> = sections.filter(|section| table.subjects(section).is_empty()).collect();
        assert_eq!(missing, BTreeSet::from(["21110", "21302", "21508", "22406"]));
    }

    #[test]
    fn a_malformed_line_is_an_error_that_quotes_it() {
        for line in [
            "functional\t2010301\t行政运行\t2018\t2026",
            "functional\t30101\t基本工资\t2018\t2026\t3",
            "economic\t3010201\t规范性津补贴\t2026\t2026\t2",
            "economic\t30101\t基本工资\t2026\t2018\t3",
            "economic\t30101\t、\t2018\t2026\t3",
            "economic\t30101\t基本工资\tMMXVIII\t2026\t3",
            "",
        ] {
            let text: &'static str = format!("# a comment\n{line}\n").leak();
            let error = Classification::from_tsv(text).expect_err(line);
            assert!(error.message().ends_with(line), "{error}");
        }
        let unsorted = "economic\t30102\t津贴补贴\t2018\t2026\t3\neconomic\t30101\t基本工资\t2018\t2026\t3\n";
        assert!(Classification::from_tsv(unsorted).is_err());
    }

    #[test]
    fn a_code_tells_its_kind() {
        assert_eq!(scheme_of("201"), Some(Scheme::Functional));
        assert_eq!(scheme_of("2010301"), Some(Scheme::Functional));
        assert_eq!(scheme_of("30101"), Some(Scheme::Economic));
        assert_eq!(scheme_of("50101"), Some(Scheme::GovernmentEconomic));
        for other in ["", "2", "201030", "3010201", "105001", "A0201", "２０１", "401"] {
            assert_eq!(scheme_of(other), None, "{other}");
        }
    }

    #[test]
    fn a_code_has_its_editions() {
        let table = Classification::national();
        assert_eq!(table.subjects("20805").len(), 2);
        assert!(table.subjects("2080").is_empty());
    }

    #[test]
    fn the_standards_name_may_be_written_in_several_ways() {
        for (code, name) in [
            ("201", "一、一般公共服务支出"),
            ("201", "一般公共服务"),
            ("30213", "维修(护)费"),
            ("30213", "维修 （护） 费"),
            ("30231", "公务用车运行费"),
            ("30399", "其他对个人和家庭补助"),
            ("2080505", "机关事业单位基本养老保险缴费"),
            ("2010301", "2010301-行政运行"),
        ] {
            assert_eq!(judge(code, name, 2024), Judgement::AsInStandard, "{code} {name}");
        }
    }

    #[test]
    fn an_old_name_is_called_old_only_when_it_is() {
        let judgement = judge("20805", "行政事业单位离退休", 2024);
        assert!(matches!(judgement, Judgement::Renamed(_)), "{judgement:?}");
        assert_eq!(expected(judgement), Some("行政事业单位养老支出"));
        assert_eq!(judge("20805", "行政事业单位离退休", 2019), Judgement::AsInStandard);
        assert_eq!(expected(judge("207", "七、文化体育与传媒支出", 2019)), Some("文化旅游体育与传媒支出"));
        assert_eq!(expected(judge("20805", "行政事业单位离退休支出", 2024)), Some("行政事业单位养老支出"));
    }

    #[test]
    fn another_name_is_reported_with_the_right_one() {
        for (code, name, right) in [
            ("30213", "维护（护）费", "维修（护）费"),
            ("30208", "物业管理费", "取暖费"),
            ("30207", "电费", "邮电费"),
            ("208", "卫生健康支出", "社会保障和就业支出"),
        ] {
            let judgement = judge(code, name, 2026);
            assert!(matches!(judgement, Judgement::OtherName(_)), "{code} {name}: {judgement:?}");
            assert_eq!(expected(judgement), Some(right));
        }
    }

    #[test]
    fn what_the_table_does_not_cover_is_not_judged() {
        for (code, name, year) in [
            ("2010301", "行政运行", 2031),
            ("2010199", "其他人大事务支出", 2017),
            ("2019901", "国家赔偿费用支出", 2024),
            ("2014004", "信访工作", 2024),
            ("30101", "—", 2024),
            ("222", "西安市交通运输局", 2022),
            ("253", "西安市住房和城乡建设局", 2022),
            ("A0201", "信息化设备", 2024),
        ] {
            assert_eq!(judge(code, name, year), Judgement::NotCovered, "{code} {name}");
        }
    }

    #[test]
    fn a_name_that_is_surely_another_codes() {
        let other = |code: &str, name: &str| match judge(code, name, 2024) {
            Judgement::OtherCode(subject) => Some(subject.code),
            _ => None,
        };
        assert_eq!(other("50401", "办公经费"), Some("50201"));
        assert_eq!(other("2210205", "住房公积金"), Some("2210201"));
        assert_eq!(other("2011199", "行政运行"), None);
        assert_eq!(judge("2089901", "其他社会保障和就业支出", 2019), Judgement::NotCovered);
        assert_eq!(judge("3010201", "津贴补贴", 2019), Judgement::NotCovered);
        assert_eq!(judge("4210201", "住房公积金", 2024), Judgement::NoSuchClass);
        assert_eq!(judge("40101", "第一中学", 2024), Judgement::NotCovered);
    }

    #[test]
    fn a_class_that_does_not_exist_is_reported_for_subjects_only() {
        assert_eq!(judge("2530101", "行政运行", 2024), Judgement::NoSuchClass);
        assert_eq!(judge("305", "转移性支出", 2024), Judgement::NoSuchClass);
        assert_eq!(judge("582", "其他支出", 2024), Judgement::NoSuchClass);
        assert_eq!(judge("25301", "西安市住房和城乡建设局", 2022), Judgement::NotCovered);
    }
}
