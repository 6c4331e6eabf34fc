//! What a number is about: its item in words, and the code where the item is a path of subjects.

use crate::language::PARTICLE;
use crate::language::amount;
use crate::language::ordinals;
use crate::language::vocabulary::StatementWords;
use crate::language::years::{self, Year};
use crate::parse::code_paths::{CodeIndex, split_path};

/// Words between two statements.
const CLAUSE_ENDS: [char; 8] = ['，', '；', '。', '：', ',', ';', ':', '！'];

/// What stands between items and is no part of any.
const JOINTS: [char; 4] = ['、', ' ', '\u{a0}', '\u{3000}'];

/// A word that opens a reason is told from other words' beginnings (主要领导干部用车) by this many characters.
const MIN_OPENER: usize = 3;

/// A heading that stands for an item is shorter than this, in characters.
const MAX_HEADING: usize = 40;

/// A noun after a number is shorter than this, in characters.
const MAX_NOUN: usize = 24;

/// What a number is about.
#[derive(Debug, Default)]
pub(super) struct Item {
    pub(super) item: String,
    pub(super) code: Option<String>,
    pub(super) metric: Option<String>,
    pub(super) path: Vec<(usize, String)>,
    /// Whether the number's own clause does not name the item.
    pub(super) inherited: bool,
}

/// Names items, in the context of a paragraph.
pub(super) struct Items<'p> {
    pub(super) words: &'p StatementWords,
    /// The names of the organisation, which are no part of any item.
    pub(super) organisation: &'p [Option<&'p str>],
    pub(super) codes: &'p CodeIndex<'p>,
    /// The heading that the paragraph stands under or begins with, below that of its section.
    heading: Option<String>,
    /// What the section is about.
    section: Option<String>,
    /// The subject that the paragraph is about, by its path: its name and code.
    topic: Option<(String, Option<String>)>,
}

impl<'p> Items<'p> {
    pub(super) fn new(
        words: &'p StatementWords,
        organisation: &'p [Option<&'p str>],
        codes: &'p CodeIndex<'p>,
        heading: Option<String>,
        section: Option<String>,
    ) -> Self {
        Self { words, organisation, codes, heading, section, topic: None }
    }

    /// Notices the subject that a sentence names by its path: what is stated next is of it.
    pub(super) fn enter_topic(&mut self, before: &str) {
        for sentence in before.split('。') {
            let sentence = ordinals::leading(sentence).map_or(sentence, |ordinal| ordinal.rest);
            let (path, _) = split_path(sentence, self.words);
            if let Some(item) = path.item() {
                self.topic = Some((item.to_owned(), self.codes.find(&path)));
            }
        }
    }

    /// The item of a number. `before` are the words since the number before, `subject` those of its clause, `after` what
    /// follows it, `previous` the item stated before in the sentence.
    pub(super) fn named(&self, before: &str, subject: &str, after: &str, unit: &str, previous: Option<&str>) -> Item {
        let subject = self.plain(subject);
        let (path, rest) = split_path(&subject, self.words);
        if let Some(item) = path.item() {
            let metric = (!rest.is_empty()).then_some(rest);
            return Item {
                item: item.to_owned(),
                code: self.codes.find(&path),
                metric,
                path: path.0,
                inherited: false,
            };
        }
        let (item, metric) = self.split_metric(&subject);
        let is_generic = self.words.generic_items.contains(&item);
        let is_nameless = self.words.nameless_items.contains(&item);
        if let Some(noun) = self.noun_after(after, unit, &item) {
            return Item { item: noun, metric, ..Item::default() };
        }
        if !is_generic && !is_nameless && self.is_item(&item) {
            return Item { item, metric, ..Item::default() };
        }
        // 支出决算 says only what is counted: of the subject that the paragraph names by its path.
        if let Some((topic, code)) = self.topic.as_ref().filter(|_| is_generic) {
            let metric = metric.or(Some(item));
            return Item { item: topic.clone(), code: code.clone(), metric, inherited: true, ..Item::default() };
        }
        let by_heading = self.heading.as_ref().filter(|_| is_nameless || !self.is_item(&item));
        if self.is_item(&item) && by_heading.is_none() {
            let item = if is_nameless { self.section.clone().unwrap_or(item) } else { item };
            return Item { item, metric, inherited: is_nameless, ..Item::default() };
        }
        let found = self.item_before(before).filter(|_| !is_nameless);
        let inherited = found.or(by_heading.cloned()).or(previous.map(str::to_owned)).or(self.section.clone());
        let metric = metric.or(is_nameless.then(|| item.clone()));
        Item { item: inherited.unwrap_or(item), metric, inherited: true, ..Item::default() }
    }

    /// The item of an amount that another is compared with (比2023年年初预算数): that of the other.
    pub(super) fn compared_with(&self, subject: &str, compared: Option<&str>) -> Item {
        let metric = self.words.metrics.iter().find(|word| subject.ends_with(word.as_str())).cloned();
        let item = compared.map(str::to_owned).or_else(|| self.heading.clone()).or_else(|| self.section.clone());
        Item { item: item.unwrap_or_default(), metric, inherited: true, ..Item::default() }
    }

    /// Without the words that lead up to a number: 共, 为.
    pub(super) fn without_fillers(&self, clause: &str) -> String {
        let mut clause = without_open_brackets(clause.trim_matches(JOINTS));
        while let Some(rest) = self.words.fillers.iter().find_map(|word| clause.strip_suffix(word.as_str())) {
            clause = rest.trim_end();
        }
        clause.chars().map(amount::half_width_digit).collect()
    }

    /// A clause without the organisation, and without what only joins it to the clause before.
    fn plain(&self, clause: &str) -> String {
        let mut subject = clause.to_owned();
        for name in self.organisation.iter().flatten() {
            subject = subject.replace(name, "");
        }
        let mut plain = subject.as_str();
        let reasons = || self.words.reasons.iter().filter(|word| word.chars().count() >= MIN_OPENER);
        let leading = || self.words.fillers.iter().chain(&self.words.connectives).chain(reasons());
        while let Some(rest) = leading().find_map(|word| plain.strip_prefix(word.as_str())) {
            plain = without_open_brackets(rest.trim_start_matches(JOINTS));
        }
        plain.trim().to_owned()
    }

    /// Separates the item from what is counted of it (`2023年预算数`).
    fn split_metric(&self, subject: &str) -> (String, Option<String>) {
        let subject = without_leading_year(subject);
        let found = self.words.metrics.iter().find_map(|word| {
            let item = subject.strip_suffix(word.as_str())?;
            Some((item, word.clone()))
        });
        match found {
            // 收入预算 is not a budget of 收入 but an item of its own.
            Some((item, metric)) if item.chars().count() <= 2 || self.words.whole_metrics.contains(&metric) => {
                (subject.to_owned(), Some(metric))
            }
            Some((item, metric)) => (item.trim_end_matches(PARTICLE).to_owned(), Some(metric)),
            None => (subject.to_owned(), None),
        }
    }

    /// Whether a text names something: it is neither empty nor a word that only joins clauses.
    fn is_item(&self, text: &str) -> bool {
        let plain = text.trim_matches(|c: char| !c.is_alphanumeric());
        let joins = |words: &[String]| words.iter().any(|word| word == plain);
        plain.chars().any(char::is_alphabetic) && !joins(&self.words.connectives) && !joins(&self.words.list_openers)
    }

    /// What is counted, where it follows its number: 2个预算单位.
    fn noun_after(&self, after: &str, unit: &str, item: &str) -> Option<String> {
        let counts = self.words.counters.iter().any(|word| word == unit);
        let holds = !self.is_item(item) || self.words.holders.iter().any(|word| item.ends_with(word.as_str()));
        if !counts || !holds {
            return None;
        }
        let end = after.find(|c: char| !c.is_alphabetic() && !matches!(c, '“' | '”')).unwrap_or(after.len());
        let noun = &after[..end];
        let cut = self.words.noun_ends.iter().filter_map(|word| noun.find(word.as_str())).min().unwrap_or(noun.len());
        let noun = noun[..cut].trim_start_matches(PARTICLE);
        (2..=MAX_NOUN).contains(&noun.chars().count()).then(|| noun.to_owned())
    }

    /// The item that stands before the mark that a number follows: 维修（护）费。12.61万元.
    fn item_before(&self, before: &str) -> Option<String> {
        let head = before.trim_end_matches(CLAUSE_ENDS);
        if head.len() == before.len() {
            return None;
        }
        let item = self.plain(&self.without_fillers(head.rsplit(CLAUSE_ENDS).next()?));
        let item = without_ordinal(&item);
        (self.is_item(item) && item.chars().count() <= MAX_HEADING).then(|| item.to_owned())
    }
}

/// The words that a number is about: those after the last comma, or where a colon leaves only 支出 or 收入 after it,
/// those before the colon as well (住房公积金（项）：支出…).
pub(super) fn clause_of<'t>(before: &'t str, words: &StatementWords) -> &'t str {
    let last = before.rsplit(CLAUSE_ENDS).next().unwrap_or(before);
    let Some(head) = before.strip_suffix(last).and_then(|head| head.strip_suffix(['：', ':'])) else { return last };
    let bare = last.trim();
    let is_bare = words.lists.iter().any(|list| list.metric == bare);
    if is_bare { head.rsplit(CLAUSE_ENDS).next().unwrap_or(last) } else { last }
}

/// A clause without a bracket at its beginning that was closed before it, or that is not closed in it.
fn without_open_brackets(clause: &str) -> &str {
    let mut plain = clause.trim_start_matches(['）', ')']).trim_end_matches(['（', '(']);
    while let Some(inner) = plain.strip_prefix(['（', '(']).filter(|inner| !inner.contains(['）', ')'])) {
        plain = inner.trim_start_matches(JOINTS);
    }
    plain
}

/// What a paragraph's first words name as its subject, where they are a heading: `（一）公务接待费。…`, `1.会议费：…`.
pub(super) fn heading_of(paragraph: &str) -> Option<String> {
    let ordinal = ordinals::leading(paragraph)?;
    let end = ordinal.rest.find(['。', '：', ':']).unwrap_or(ordinal.rest.len());
    let heading = ordinal.rest[..end].trim();
    let is_heading = (2..=MAX_HEADING).contains(&heading.chars().count())
        && !heading.contains(['，', '；', ','])
        && !heading.contains(|c: char| c.is_ascii_digit());
    is_heading.then(|| heading.to_owned())
}

fn without_ordinal(text: &str) -> &str {
    ordinals::leading(text).map_or(text, |ordinal| ordinal.rest)
}

/// A text without the year that it begins with.
pub(super) fn without_leading_year(subject: &str) -> &str {
    years::leading(subject).filter(Year::is_named).map_or(subject, |year| &subject[year.end..])
}
