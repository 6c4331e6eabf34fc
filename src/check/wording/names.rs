//! Whose document it is: the organisation's name in headings and above tables, and 部门 in the document of a 单位.

use super::passages::{Passage, PassageKind, look, narrative, plain, quoted, report};
use crate::check::ledger::{Ledger, LedgerTable};
use crate::check::outcomes::Fault;
use crate::check::rule::Rule;
use crate::document::{CheckPlace, Scope, Severity, TableKind};
use crate::language::vocabulary::{WordingWords, squeezed};
use crate::language::years;

/// A name of an organisation has at least this many characters; shorter words (本部门) only stand for it.
const MIN_NAME: usize = 4;

/// A name above one table is odd where at least this many other tables bear the document's own.
const MIN_OTHER_TABLES: usize = 2;

/// Headings and tables name the organisation of the cover; another is left from the document that was copied.
pub(super) const ORGANISATION_NAME: Rule = Rule {
    id: "organisation-name",
    severity: Severity::Warning,
    title: "标题和表头的单位名称与文件一致",
    title_en: "headings and tables name the document's organisation",
    run: |ledger, outcomes| {
        let Some(own) = ledger.publication.organisation.as_deref() else {
            outcomes.not_applicable("不知道文件的单位名称", None);
            return;
        };
        let words = &ledger.vocabulary.checks.wording;
        let titles = narrative(ledger);
        let mut named: Vec<(&Passage, &str)> =
            titles.iter().filter_map(|title| Some((title, named_in(title, words)?))).collect();
        if named.is_empty() && ledger.tables.iter().all(|table| table.organisation.is_none()) {
            outcomes.not_applicable("标题和表头没有写单位名称", None);
            return;
        }
        named.retain(|(_, name)| is_other(name, own, words));
        let mut faults: Vec<Fault> = named.iter().map(|(title, name)| title_fault(title, name, own)).collect();
        faults.extend(other_above_table(ledger, own, words));
        report(outcomes, faults, "单位名称一致");
    },
};

/// The document of a single unit speaks of 本单位 and its 单位预算.
pub(super) const DEPARTMENT_SAID_IN_UNIT_DOCUMENT: Rule = Rule {
    id: "department-said-in-unit-document",
    severity: Severity::Note,
    title: "单位文件不称“部门”",
    title_en: "the document of a unit does not speak of a department",
    run: |ledger, outcomes| {
        if ledger.publication.scope != Scope::Unit {
            outcomes.not_applicable("不是单位的预算或决算", None);
            return;
        }
        let year = ledger.publication.fiscal_year;
        let words = said_of_department(year, &ledger.vocabulary.checks.wording);
        let passages = narrative(ledger);
        let places =
            |passage: &Passage| words.iter().map(|word| passage.text.matches(word.as_str()).count()).sum::<usize>();
        let count: usize = passages.iter().map(places).sum();
        let mut is_first = true;
        look(outcomes, passages, "没有称“部门”", |passage| {
            let at = words.iter().find_map(|word| Some((passage.text.find(word.as_str())?, word.len())));
            let fault = at.filter(|_| std::mem::take(&mut is_first)).map(|(at, length)| {
                let place = quoted(&passage.text, at, at + length);
                passage.fault(format!("单位文件中称“部门”，共{count}处：{place}"))
            });
            fault.into_iter().collect()
        });
    },
};

/// 本部门, 2023年部门预算, 2023年度部门决算. 部门预算 alone can name the system of budgets.
fn said_of_department(year: Option<u16>, words: &WordingWords) -> Vec<String> {
    let of_year = |budget: &String| year.map(|year| years::written_before(year, budget));
    let budgets = words.department_budgets.iter().filter_map(of_year).flatten();
    words.this_department.iter().cloned().chain(budgets).collect()
}

/// The organisation in a title: 某局 in `关于某局2023年…`.
fn named_in<'p>(passage: &'p Passage, words: &WordingWords) -> Option<&'p str> {
    let title = Some(&passage.text).filter(|_| passage.kind == PassageKind::SectionTitle)?;
    let about = words.about.iter().find_map(|word| title.strip_prefix(word.as_str()))?;
    let year = years::years(about).next()?.start;
    (year > 0).then(|| &about[..year])
}

fn title_fault(title: &Passage, name: &str, own: &str) -> Fault {
    let message = format!("标题中的单位是「{name}」，文件的单位是「{own}」");
    Fault { actual: Some(name.to_owned()), expected: Some(own.to_owned()), ..title.fault(message) }
}

/// The one table that bears another name than the document and all other tables. Where several do, they are the
/// tables of the department's units.
fn other_above_table(ledger: &Ledger<'_>, own: &str, words: &WordingWords) -> Option<Fault> {
    let of_units = [TableKind::PerformanceTargets, TableKind::ProjectExpenditure, TableKind::Procurement];
    let named = ledger.known_tables().filter(|table| !of_units.contains(&table.table.kind));
    let named = named.filter_map(|table| Some((table, table.organisation?)));
    let (others, same): (Vec<_>, Vec<_>) = named.partition(|(_, name)| is_other(name, own, words));
    let [(table, name)] = others[..] else { return None };
    (same.len() >= MIN_OTHER_TABLES).then(|| table_fault(table, name, own))
}

fn table_fault(table: &LedgerTable<'_>, name: &str, own: &str) -> Fault {
    let number = Some(table.index);
    let place = |page| CheckPlace { table: number, ..CheckPlace::on(page) };
    Fault {
        message: format!("{}：表头的单位是「{name}」，文件的单位是「{own}」", table.name()),
        actual: Some(name.to_owned()),
        expected: Some(own.to_owned()),
        places: table.table.pages.first().copied().map(place).into_iter().collect(),
        severity: None,
    }
}

/// Whether a name is clearly another's: neither is the other with something left out (区划, （本级）, 部门, or the
/// characters that an abbreviation drops: 卫健委 for 卫生健康委员会).
fn is_other(name: &str, own: &str, words: &WordingWords) -> bool {
    let (name, own) = (core(name, words), core(own, words));
    let is_name = |text: &str| text.chars().count() >= MIN_NAME && !text.contains(|c: char| c.is_ascii());
    is_name(&name) && is_name(&own) && !is_within(&name, &own) && !is_within(&own, &name)
}

fn core(name: &str, words: &WordingWords) -> String {
    let name = plain(name);
    let name = name.split('（').next().unwrap_or(&name);
    let without = words
        .name_endings
        .iter()
        .fold(name.to_owned(), |name, ending| name.strip_suffix(ending.as_str()).map(str::to_owned).unwrap_or(name));
    squeezed(&without).into_owned()
}

/// Whether all characters of `short` come in `long` in their order.
fn is_within(short: &str, long: &str) -> bool {
    let mut rest = long.chars();
    short.chars().all(|character| rest.any(|other| other == character))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::document::TestDocument;

    fn titled(title: &str) -> usize {
        TestDocument::budget().section(title, &[]).faults(&ORGANISATION_NAME).len()
    }

    #[test]
    fn another_organisation_in_a_heading() {
        assert_eq!(titled("关于某市教育局2023年收入预算情况说明"), 1);
        assert_eq!(titled("关于某市财政局2023年收入预算情况说明"), 0);
        assert_eq!(titled("关于财政局（本级）2023年收入预算情况说明"), 0);
        assert_eq!(titled("关于某省某市财政局部门2023年收入预算情况说明"), 0);
        assert_eq!(titled("关于本部门2023年收入预算情况说明"), 0);
    }

    #[test]
    fn one_table_with_another_name_but_not_the_tables_of_units() {
        let table = |document: TestDocument, name: &str| {
            let rows = ["城乡社区支出|1.00"];
            document.table(TableKind::ExpenditureSummary, "支出总表", "科目名称|合计", &rows).above(name)
        };
        let names = |names: &[&str]| {
            names
                .iter()
                .fold(TestDocument::budget(), |document, name| table(document, name))
                .faults(&ORGANISATION_NAME)
                .len()
        };
        assert_eq!(names(&["某市财政局", "某市财政局", "某市教育局"]), 1);
        assert_eq!(names(&["某市财政局", "某市财政局", "某市第一中学", "某市第二中学"]), 0);
        assert_eq!(names(&["某市教育局"]), 0);
    }

    #[test]
    fn departments_in_the_document_of_a_unit() {
        let document = |scope, text: &str| {
            let document = TestDocument::budget().scope(scope).section("总体说明", &[text]);
            document.faults(&DEPARTMENT_SAID_IN_UNIT_DOCUMENT).len()
        };
        assert_eq!(document(Scope::Unit, "本部门2023年部门预算收入1万元。"), 1);
        assert_eq!(document(Scope::Unit, "本单位执行部门预算管理制度。"), 0);
        assert_eq!(document(Scope::Department, "本部门2023年部门预算收入1万元。"), 0);
    }
}
