//! What a number is about: its item in words, and the code where the item is a path of subjects.

use crate::language::PARTICLE;
use crate::language::amount;
use crate::language::classification::scheme_of;
use crate::language::ordinals;
use crate::language::short_names::shortens;
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

/// The short name of an organisation has at least this many characters.
const MIN_SHORT_NAME: usize = 2;

/// The code of a class has this many digits.
const SHORTEST_CODE: usize = 3;

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

/// What was stated before in a sentence.
#[derive(Clone, Copy, Debug)]
pub(super) struct Previous<'s> {
    pub(super) item: &'s str,
    pub(super) metric: Option<&'s str>,
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
    /// follows it, `previous` what was stated before in the sentence.
    pub(super) fn named(
        &self,
        before: &str,
        subject: &str,
        after: &str,
        unit: &str,
        previous: Option<Previous<'_>>,
    ) -> Item {
        let subject = self.plain(subject);
        // 2家事业单位的机关运行经费: the first noun is counted, the second is what the next number is of.
        let counted = previous.and_then(|previous| subject.strip_prefix(previous.item)?.strip_prefix(PARTICLE));
        let subject = counted.filter(|rest| self.is_item(rest)).map_or(subject.clone(), str::to_owned);
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
        if let Some((item, rate)) = self.split_rate(&subject) {
            return Item { item: item.to_owned(), metric: Some(rate.to_owned()), ..Item::default() };
        }
        let (item, metric) = match self.is_rate(&subject) {
            true => (subject.clone(), None),
            false => self.split_metric(&subject),
        };
        let (item, code) = split_code(item);
        let is_generic = self.words.generic_items.contains(&item) || self.is_rate(&item);
        let is_nameless = self.words.nameless_items.contains(&item);
        if let Some(noun) = self.noun_after(after, unit, &item) {
            let metric = metric.filter(|_| !item.is_empty());
            return Item { item: noun, metric, ..Item::default() };
        }
        let is_sum = self.words.bare_sums.contains(&item);
        if !is_generic && !is_nameless && !is_sum && self.is_item(&item) {
            return Item { item, code, metric, ..Item::default() };
        }
        // 支出决算 says only what is counted: of the subject that the paragraph names by its path.
        if let Some((topic, code)) = self.topic.as_ref().filter(|_| is_generic) {
            let metric = self.counted(item, metric);
            return Item { item: topic.clone(), code: code.clone(), metric, inherited: true, ..Item::default() };
        }
        if let Some(previous) = previous.as_ref().filter(|previous| is_generic && self.goes_on(&item, previous)) {
            let metric = self.counted(item, metric);
            return Item { item: previous.item.to_owned(), metric, inherited: true, ..Item::default() };
        }
        // 10批次、152人次: what the number before is of, this one is of, too.
        let is_beside = subject.is_empty() && before.trim_matches(JOINTS).is_empty() && !before.is_empty();
        if let Some(previous) = previous.as_ref().filter(|_| is_beside) {
            return Item { item: previous.item.to_owned(), metric, inherited: true, ..Item::default() };
        }
        if let Some(previous) = previous.as_ref().filter(|_| is_sum) {
            return Item { item: previous.item.to_owned(), metric: Some(item), inherited: true, ..Item::default() };
        }
        let by_heading = self.heading.as_ref().filter(|_| is_nameless || !self.is_item(&item));
        if self.is_item(&item) && by_heading.is_none() {
            let item = if is_nameless { self.section.clone().unwrap_or(item) } else { item };
            return Item { item, metric, inherited: is_nameless, ..Item::default() };
        }
        let found = self.item_before(before).filter(|_| !is_nameless);
        let previous = previous.map(|previous| previous.item.to_owned());
        let inherited = found.or(by_heading.cloned()).or(previous).or(self.section.clone());
        let metric = metric.or(is_nameless.then(|| item.clone()));
        Item { item: inherited.unwrap_or(item), metric, inherited: true, ..Item::default() }
    }

    /// Whether words say how far a budget was carried out: 完成年初预算的.
    fn is_rate(&self, item: &str) -> bool {
        let plain = item.trim_end_matches(PARTICLE);
        self.words.completed.iter().any(|word| item.starts_with(word.as_str()))
            && self.words.metrics.iter().any(|word| plain.ends_with(word.as_str()))
    }

    /// 支出完成年初预算的 → what was carried out, and of what.
    fn split_rate<'s>(&self, subject: &'s str) -> Option<(&'s str, &'s str)> {
        let at = self.words.completed.iter().filter_map(|word| subject.rfind(word.as_str())).max()?;
        let (item, rate) = subject.split_at(at);
        let item = without_leading_year(item);
        (self.is_item(item) && self.is_rate(rate)).then(|| (item, rate.trim_end_matches(PARTICLE)))
    }

    /// What is counted, of words that name nothing else.
    fn counted(&self, item: String, metric: Option<String>) -> Option<String> {
        if self.is_rate(&item) { Some(item.trim_end_matches(PARTICLE).to_owned()) } else { metric.or(Some(item)) }
    }

    /// Whether words that name only what is counted go on with the statement before: …支出预算为20万元，支出决算为15万元.
    fn goes_on(&self, item: &str, previous: &Previous<'_>) -> bool {
        let of = |metric: &str| self.words.executed.iter().any(|word| metric.contains(word.as_str()));
        let is_rate = self.is_rate(item);
        let budgeted = previous.metric.is_some_and(|metric| !of(metric));
        is_rate
            || of(item) && budgeted && !self.words.opposites.iter().any(|word| previous.item.contains(word.as_str()))
    }

    /// The item of an amount that another is compared with: its own, where it names one (同比2025年专项债安排3.05亿元), else
    /// that of the other (比2023年年初预算数).
    pub(super) fn compared_with(&self, subject: &str, compared: Option<&str>) -> Item {
        let words = || self.words.comparisons.iter();
        let own = words().filter_map(|word| subject.strip_prefix(word.as_str())).min_by_key(|rest| rest.len());
        let own = without_leading_year(own.unwrap_or_default().trim_start_matches(JOINTS));
        let (item, metric) = self.split_metric(own);
        let is_named = item.len() < own.len() || metric.is_none();
        let is_time = || self.words.bases.iter().any(|word| item.starts_with(word.as_str()));
        if is_named && self.is_item(&item) && !self.words.generic_items.contains(&item) && !is_time() {
            return Item { item, metric, ..Item::default() };
        }
        let metric = self.words.metrics.iter().find(|word| subject.ends_with(word.as_str())).cloned();
        let item = compared.map(str::to_owned).or_else(|| self.heading.clone()).or_else(|| self.section.clone());
        Item { item: item.unwrap_or_default(), metric, inherited: true, ..Item::default() }
    }

    /// The names that a clause lists, where they are so many (收入和支出).
    pub(super) fn names(&self, clause: &str, count: usize) -> Option<Vec<String>> {
        let clause = cut_before(clause, &self.words.comparisons_within);
        let is_comparison = self.words.comparisons_within.iter().any(|word| clause.starts_with(word.as_str()));
        let marked: Vec<&str> = clause.split('、').collect();
        let joined = || -> Vec<&str> {
            let mut parts = marked.clone();
            for word in &self.words.joints {
                parts = parts.into_iter().flat_map(|part| part.split(word.as_str())).collect();
            }
            parts
        };
        let parts = if marked.len() == count { marked.clone() } else { joined() };
        let is_list = !is_comparison && parts.len() == count && parts.iter().all(|part| self.is_item(part));
        is_list.then(|| parts.into_iter().map(str::to_owned).collect())
    }

    /// What stands between two numbers of one list besides the words that join them: nothing, or a change.
    pub(super) fn joining<'t>(&self, between: &'t str) -> Option<&'t str> {
        let mut plain = between.trim_matches(JOINTS);
        while let Some(rest) = self.words.joints.iter().find_map(|word| plain.strip_prefix(word.as_str())) {
            plain = rest.trim_start_matches(JOINTS);
        }
        let changes = self.words.increase.iter().chain(&self.words.decrease);
        (plain.is_empty() || changes.into_iter().any(|word| word == plain)).then_some(plain)
    }

    /// Without the words that lead up to a number: 共, 为; and without the other word of a form (下降(增长)).
    pub(super) fn without_fillers(&self, clause: &str) -> String {
        let clause = self.without_alternative(clause.trim_matches(JOINTS));
        let mut clause = without_open_brackets(clause);
        while let Some(rest) = self.words.fillers.iter().find_map(|word| clause.strip_suffix(word.as_str())) {
            clause = rest.trim_end();
        }
        clause.chars().map(amount::half_width_digit).collect()
    }

    fn without_alternative<'t>(&self, clause: &'t str) -> &'t str {
        let found = clause.strip_suffix(['）', ')']).and_then(|clause| clause.rsplit_once(['（', '(']));
        let words = self.words;
        let long = words.increase.iter().chain(&words.decrease);
        let mut known = long.chain(&words.short_increase).chain(&words.short_decrease);
        let mut is_change = |word: &str| known.any(|other| other == word);
        found.filter(|(_, word)| is_change(word)).map_or(clause, |(first, _)| first)
    }

    /// A clause without the organisation, and without what only joins it to the clause before.
    fn plain(&self, clause: &str) -> String {
        let mut subject = clause.to_owned();
        for name in self.organisation.iter().flatten() {
            subject = subject.replace(name, "");
        }
        let subject = cut_after(&subject, &self.words.inner_openers);
        let mut plain = without_ordinal(subject.trim_start_matches(JOINTS));
        let words = self.words;
        let reasons = || words.reasons.iter().filter(|word| word.chars().count() >= MIN_OPENER);
        let leading = || words.fillers.iter().chain(&words.connectives).chain(&words.purposes).chain(reasons());
        while let Some(rest) = leading().find_map(|word| plain.strip_prefix(word.as_str())) {
            plain = without_open_brackets(rest.trim_start_matches(JOINTS));
        }
        let own = without_leading_year(self.without_short_name(plain));
        let owned = words.owners.iter().find_map(|word| own.strip_prefix(word.as_str()));
        plain = owned.map(without_leading_year).filter(|rest| self.is_item(rest)).unwrap_or(plain);
        plain = self.without_short_name(plain);
        let budgeted = words.budgeting.iter().find_map(|word| without_leading_year(plain).strip_prefix(word.as_str()));
        plain = budgeted.filter(|rest| self.is_item(rest) && !rest.starts_with(PARTICLE)).unwrap_or(plain);
        plain = cut_before(plain, &words.from_words).trim();
        while let Some(rest) = words.item_endings.iter().find_map(|word| plain.strip_suffix(word.as_str())) {
            plain = rest.trim_end_matches(JOINTS);
        }
        plain.to_owned()
    }

    /// A clause without the short name of the organisation in front of its year: 省检察院2018年度培训费.
    fn without_short_name<'t>(&self, clause: &'t str) -> &'t str {
        let Some(year) = years::years(clause).find(|year| year.is_named() && year.start > 0) else { return clause };
        let name = &clause[..year.start];
        let names = self.organisation.iter().flatten();
        let is_short = name.chars().count() >= MIN_SHORT_NAME && names.into_iter().any(|whole| shortens(name, whole));
        if is_short { &clause[year.end..] } else { clause }
    }

    /// Separates the item from what is counted of it (`2023年预算数`).
    fn split_metric(&self, subject: &str) -> (String, Option<String>) {
        let subject = without_leading_year(subject);
        // 收入预算总计 is the 收入预算.
        let ends_with_metric = |rest: &&str| self.words.metrics.iter().any(|word| rest.ends_with(word.as_str()));
        let total =
            self.words.totals.iter().find_map(|word| subject.strip_suffix(word.as_str()).filter(ends_with_metric));
        let subject = total.unwrap_or(subject);
        let found = self.words.metrics.iter().find_map(|word| {
            let item = subject.strip_suffix(word.as_str())?;
            Some((item, word.clone()))
        });
        match found {
            // 收入预算 is not a budget of 收入 but an item of its own, as 一般公共预算 is.
            Some((item, metric)) if self.is_whole(item, &metric) => (subject.to_owned(), Some(metric)),
            Some((item, metric)) => (without_trailing_year(item.trim_end_matches(PARTICLE)).to_owned(), Some(metric)),
            None => (subject.to_owned(), None),
        }
    }

    /// Whether what is counted belongs to the name of the item.
    fn is_whole(&self, item: &str, metric: &str) -> bool {
        let words = self.words;
        let is_fund = || words.fund_budgets.iter().any(|word| item.ends_with(word.as_str()));
        let is_pair = || item.split('、').all(|part| part.chars().count() <= 2);
        item.chars().count() <= 2 || is_pair() || words.whole_metrics.iter().any(|word| word == metric) || is_fund()
    }

    /// Whether a text names something: it is neither empty nor a word that only joins clauses.
    fn is_item(&self, text: &str) -> bool {
        let plain = text.trim_matches(|c: char| !c.is_alphanumeric());
        let joins = |words: &[String]| words.iter().any(|word| word == plain);
        plain.chars().any(char::is_alphabetic) && !joins(&self.words.connectives) && !joins(&self.words.list_openers)
    }

    /// What is counted, where it follows its number: 2个预算单位.
    fn noun_after(&self, after: &str, unit: &str, item: &str) -> Option<String> {
        let is_one_of = |words: &[String]| words.iter().any(|word| word == unit);
        let holds = !self.is_item(item) || self.words.holders.iter().any(|word| item.ends_with(word.as_str()));
        if !is_one_of(&self.words.counters) || !holds && !is_one_of(&self.words.noun_counters) {
            return None;
        }
        let end = after.find(|c: char| !c.is_alphabetic() && !matches!(c, '“' | '”')).unwrap_or(after.len());
        let noun = &after[..end];
        let cut = self.words.noun_ends.iter().filter_map(|word| noun.find(word.as_str())).min().unwrap_or(noun.len());
        let is_none = self.words.no_nouns.iter().any(|word| noun.starts_with(word.as_str()));
        let noun = &noun[..cut];
        ((2..=MAX_NOUN).contains(&noun.chars().count()) && !is_none).then(|| noun.to_owned())
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
    let last = last_clause(before);
    let Some(head) = before.strip_suffix(last).and_then(|head| head.strip_suffix(['：', ':'])) else { return last };
    let bare = last.trim();
    let is_bare = words.lists.iter().any(|list| list.metric == bare);
    if is_bare { last_clause(head) } else { last }
}

/// The words after the last mark between two statements that does not stand in a bracket (比2022年（上一年度，下同）增加).
fn last_clause(text: &str) -> &str {
    let mut end = text.len();
    while let Some((at, mark)) =
        text[..end].char_indices().rev().find(|(_, c)| CLAUSE_ENDS.contains(c) || is_closing(*c))
    {
        if !is_closing(mark) {
            return &text[at + mark.len_utf8()..];
        }
        end = text[..at].rfind(['（', '(']).unwrap_or(at);
    }
    text
}

fn is_closing(character: char) -> bool {
    matches!(character, '）' | ')')
}

/// A clause without what stands before its words: spaces, a closing bracket.
pub(super) fn without_joints(clause: &str) -> &str {
    clause.trim_start_matches(JOINTS).trim_start_matches(['）', ')']).trim_start_matches(JOINTS)
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
pub(super) fn heading_of(paragraph: &str, words: &StatementWords) -> Option<String> {
    let ordinal = ordinals::leading(paragraph)?;
    let end = ordinal.rest.find(['。', '：', ':']).unwrap_or(ordinal.rest.len());
    let heading = ordinal.rest[..end].trim();
    let is_heading = (2..=MAX_HEADING).contains(&heading.chars().count())
        && !heading.contains(['，', '；', ','])
        && !heading.contains(|c: char| c.is_ascii_digit());
    let plain = words.heading_endings.iter().find_map(|word| heading.strip_suffix(word.as_str()));
    is_heading.then(|| plain.filter(|plain| plain.chars().count() >= 2).unwrap_or(heading).to_owned())
}

/// What stands after the last of some words, where that is something.
fn cut_after<'t>(text: &'t str, words: &[String]) -> &'t str {
    let ends = words.iter().filter_map(|word| text.rfind(word.as_str()).map(|at| at + word.len()));
    ends.max().map(|end| &text[end..]).filter(|rest| !rest.is_empty()).unwrap_or(text)
}

/// What stands before the first of some words, where that is something.
fn cut_before<'t>(text: &'t str, words: &[String]) -> &'t str {
    let starts = words.iter().filter_map(|word| text.find(word.as_str()));
    starts.min().filter(|start| *start > 0).map_or(text, |start| &text[..start])
}

/// `行政运行（2010301）`, `2010301行政运行` or `2010301-行政运行` → name and code.
fn split_code(item: String) -> (String, Option<String>) {
    let is_code = |text: &str| scheme_of(text).is_some();
    if let Some((name, code)) = item.trim_end_matches(['）', ')']).rsplit_once(['（', '('])
        && item.ends_with(['）', ')'])
        && is_code(code)
        && !name.is_empty()
    {
        return (name.to_owned(), Some(code.to_owned()));
    }
    let name = item.trim_start_matches(|c: char| c.is_ascii_digit());
    let code = &item[..item.len() - name.len()];
    let plain = name.trim_start_matches(['-', '－', '—', ' ']);
    // 365天 is no subject.
    let is_certain = plain.len() < name.len() || code.len() > SHORTEST_CODE;
    let name = plain;
    if is_code(code) && is_certain && name.chars().count() >= 2 {
        (name.to_owned(), Some(code.to_owned()))
    } else {
        (item, None)
    }
}

/// A text without the year that it ends with (公务用车购置费2026年).
fn without_trailing_year(text: &str) -> &str {
    let last = years::years(text).last().filter(|year| year.is_named() && year.end == text.len() && year.start > 0);
    last.map_or(text, |year| text[..year.start].trim_end_matches(JOINTS))
}

fn without_ordinal(text: &str) -> &str {
    ordinals::leading(text).map_or(text, |ordinal| ordinal.rest)
}

/// A text without the year that it begins with.
pub(super) fn without_leading_year(subject: &str) -> &str {
    years::leading(subject).filter(Year::is_named).map_or(subject, |year| &subject[year.end..])
}
