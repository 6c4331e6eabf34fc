//! Tables that are empty, or said to be: the note below, the sentence of the narrative, and the table itself must agree.

use super::passages::{Passage, PassageKind, narrative, plain, sentences, shortened};
use crate::check::ledger::{Ledger, LedgerTable};
use crate::check::outcomes::{Fault, RuleOutcomes};
use crate::check::rule::Rule;
use crate::document::{CheckPlace, ColumnType, Confidence, Measure, Severity, TableKind};
use crate::language::vocabulary::{Vocabulary, WordingWords, squeezed};
use crate::language::years;

/// A table with amounts is not said to be empty, a table without any is, and the narrative says the same.
pub(super) const EMPTY_TABLE_NOTE: Rule = Rule {
    id: "empty-table-note",
    severity: Severity::Error,
    title: "空表与说明一致",
    title_en: "empty tables and what is said of them agree",
    run: |ledger, outcomes| {
        let narrative = narrative(ledger);
        for table in ledger.known_tables().filter(|table| table.table.kind != TableKind::PerformanceTargets) {
            check_note(table, narrative, ledger, outcomes);
            check_denial(table, narrative, ledger, outcomes);
        }
        if outcomes.is_silent() {
            outcomes.not_applicable("没有空表，也没有空表说明", None);
        }
    },
};

/// The note against the table.
fn check_note(table: &LedgerTable<'_>, narrative: &[Passage], ledger: &Ledger<'_>, outcomes: &mut RuleOutcomes<'_>) {
    let words = &ledger.vocabulary.checks.wording;
    let note = table.table.notes.iter().find(|note| says_empty(note, ledger.vocabulary));
    match note {
        Some(note) if table.has_amounts() => {
            let message = format!("{}有数字，表下却说明为空表：「{note}」", table.name());
            outcomes.fail(fault(table, message, None));
        }
        Some(_) => outcomes.pass(format!("{}：空表与说明一致", table.name()), place(table)),
        None if is_surely_empty(table) && ledger.tables.iter().any(LedgerTable::has_amounts) => {
            let is_explained = !table.table.notes.is_empty()
                || narrative.iter().any(|passage| denies(passage, table.table.kind, ledger).is_some())
                || narrative
                    .iter()
                    .any(|passage| words.published_empty.iter().any(|word| passage.text.contains(word.as_str())));
            if is_explained {
                outcomes.pass(format!("{}：空表已有说明", table.name()), place(table));
            } else {
                let message = format!("{}为空表，没有说明", table.name());
                outcomes.fail(fault(table, message, Some(Severity::Note)));
            }
        }
        None => {}
    }
}

/// The narrative's denial against the table.
fn check_denial(table: &LedgerTable<'_>, narrative: &[Passage], ledger: &Ledger<'_>, outcomes: &mut RuleOutcomes<'_>) {
    let Some((passage, denial)) =
        narrative.iter().find_map(|passage| Some((passage, denies(passage, table.table.kind, ledger)?)))
    else {
        return;
    };
    if table.has_amounts() {
        if spends(table, ledger.vocabulary) {
            let message = format!("{}有支出，说明中却称没有：{}", table.name(), shortened(&denial));
            let mut found = fault(table, message, None);
            found.places.extend(passage.place.clone());
            outcomes.fail(found);
        }
    } else {
        outcomes.pass(format!("{}为空，说明中也称没有", table.name()), place(table));
    }
}

fn says_empty(note: &str, vocabulary: &Vocabulary) -> bool {
    let note = squeezed(note);
    vocabulary.notes.empty.occur_in(&note) || vocabulary.checks.wording.empty_notes.occur_in(&note)
}

/// A table that was read without doubt, has columns for amounts, and none in them: neither a figure nor a printed 0.
fn is_surely_empty(table: &LedgerTable<'_>) -> bool {
    let read = table.table;
    let amounts: Vec<usize> =
        (0..read.columns.len()).filter(|column| read.columns[*column].column_type == ColumnType::Amount).collect();
    let is_blank = |row: &crate::document::Row| amounts.iter().all(|column| row.cells[*column].is_none());
    read.confidence == Confidence::High && !amounts.is_empty() && read.rows.iter().all(is_blank)
}

/// Whether a table has expenditure of the year: neither revenue nor what is carried over.
fn spends(table: &LedgerTable<'_>, vocabulary: &Vocabulary) -> bool {
    let columns = &table.table.columns;
    let is_spent = |column: &usize| {
        let other = matches!(columns[*column].measure, None | Some(Measure::PriorYear | Measure::Carryover));
        let path = &columns[*column].path;
        !other && !path.iter().any(|label| vocabulary.checks.wording.not_spent.occur_in(label))
    };
    let mut current = table.sides.iter().flat_map(|side| &side.current).filter(|column| is_spent(column));
    let rows = 0..table.table.rows.len();
    current
        .any(|column| rows.clone().any(|row| table.figure(row, *column).is_some_and(|figure| !figure.value.is_zero())))
}

/// The sentence by which a paragraph says that the organisation spends nothing of a fund.
fn denies(passage: &Passage, kind: TableKind, ledger: &Ledger<'_>) -> Option<String> {
    let words = &ledger.vocabulary.checks.wording;
    let funds = match kind {
        TableKind::GovernmentFundExpenditure => &words.government_fund,
        TableKind::StateCapitalExpenditure => &words.state_capital,
        _ => return None,
    };
    let is_denial = |sentence: &&str| {
        let at = funds.iter().find_map(|fund| sentence.find(fund.as_str()).map(|at| (at, at + fund.len())));
        at.is_some_and(|(start, end)| {
            let denied = words.denials.iter().find_map(|word| sentence[..start].strip_suffix(word.as_str()));
            let clause = sentence[end..].split(['，', '。', '；', '、']).next().unwrap_or_default();
            denied.is_some_and(|subject| is_own(subject, ledger))
                && words.denied.iter().any(|word| clause.contains(word.as_str()))
                && !words.no_denial.iter().any(|word| clause.contains(word.as_str()))
        })
    };
    let mut found = sentences(&passage.text).filter(|_| passage.kind == PassageKind::Paragraph);
    found.find(is_denial).map(str::to_owned)
}

/// Whether the subject of a sentence is the document's organisation in its year: nothing is left without these.
fn is_own(subject: &str, ledger: &Ledger<'_>) -> bool {
    let words: &WordingWords = &ledger.vocabulary.checks.wording;
    let mut rest = subject.to_owned();
    if let Some(name) = &ledger.publication.organisation {
        rest = rest.replace(&plain(name), "");
    }
    if let Some(year) = ledger.publication.fiscal_year {
        let [year, whole_year] = years::written_before(year, "");
        rest = rest.replace(&whole_year, "").replace(&year, "");
    }
    for word in &words.ourselves {
        rest = rest.replace(word.as_str(), "");
    }
    rest.is_empty()
}

fn place(table: &LedgerTable<'_>) -> Vec<CheckPlace> {
    let number = Some(table.index);
    let first = table.table.pages.first().copied();
    first.map(|page| CheckPlace { table: number, ..CheckPlace::on(page) }).into_iter().collect()
}

fn fault(table: &LedgerTable<'_>, message: String, severity: Option<Severity>) -> Fault {
    Fault { message, places: place(table), severity, ..Fault::default() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::document::TestDocument;

    const FUND: TableKind = TableKind::GovernmentFundExpenditure;
    const NOTE: &str = "注：本部门2023年无政府性基金预算支出，故本表为空表。";

    const COLUMNS: &str = "科目名称|合计";

    /// A budget with a table of a fund that has one row, or none where there is no amount, and with another table.
    fn with_fund(amount: Option<&str>) -> TestDocument {
        let rows: Vec<String> = amount.map(|amount| format!("城乡社区支出|{amount}")).into_iter().collect();
        let rows: Vec<&str> = rows.iter().map(String::as_str).collect();
        TestDocument::budget().table(TableKind::ExpenditureSummary, "支出总表", COLUMNS, &["城乡社区支出|5.00"]).table(
            FUND,
            "政府性基金预算支出表",
            COLUMNS,
            &rows,
        )
    }

    #[test]
    fn a_note_of_emptiness_below_amounts_is_an_error() {
        let document = |amount| with_fund(amount).notes(&[NOTE]);
        assert_eq!(document(Some("47.91")).faults(&EMPTY_TABLE_NOTE), [Severity::Error]);
        assert_eq!(document(Some("0.00")).faults(&EMPTY_TABLE_NOTE), []);
        assert_eq!(document(None).faults(&EMPTY_TABLE_NOTE), []);
    }

    #[test]
    fn an_empty_table_should_be_explained() {
        assert_eq!(with_fund(None).faults(&EMPTY_TABLE_NOTE), [Severity::Note]);
        assert_eq!(with_fund(Some("0.00")).faults(&EMPTY_TABLE_NOTE), []);
        let explained = with_fund(None).section("基金", &["本部门2023年没有使用政府性基金预算拨款安排的支出。"]);
        assert_eq!(explained.faults(&EMPTY_TABLE_NOTE), []);
    }

    #[test]
    fn the_narrative_must_not_deny_what_the_table_has() {
        let document = |sentence: &str| with_fund(Some("3.00")).section("基金", &[sentence]).faults(&EMPTY_TABLE_NOTE);
        let error = [Severity::Error];
        assert_eq!(document("某市财政局2023年没有使用政府性基金预算拨款安排的支出。"), error);
        assert_eq!(document("本部门无政府性基金预算财政拨款收入和支出。"), error);
        assert_eq!(document("所属学校2023年没有使用政府性基金预算拨款安排的支出。"), []);
        assert_eq!(document("本部门无2022年结转的政府性基金预算拨款支出。"), []);
        assert_eq!(document("本部门无政府性基金预算收入。"), []);
    }
}
