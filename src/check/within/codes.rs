//! Subject codes in a table: their order, their parents, and that none comes twice.

use crate::check::ledger::{Ledger, LedgerTable, RowKind, Side};
use crate::check::outcomes::{Fault, RuleOutcomes};
use crate::check::rule::Rule;
use crate::document::{CheckPlace, Severity};
use crate::language::classification::scheme_of;

/// Codes stand in the order of the classification; one out of order is often misprinted, or in the wrong row. Where a
/// second classification divides them, they may begin again with each of its codes.
pub(super) const CODE_ORDER: Rule = Rule {
    id: "codes-in-order",
    severity: Severity::Warning,
    title: "科目编码依次排列",
    title_en: "codes stand in the order of the classification",
    run: |ledger, outcomes| {
        each_block(ledger, outcomes, |table, block, outcomes| {
            let mut in_order = true;
            for pair in block.windows(2) {
                let (Coded { code: before, second: second_before, .. }, Coded { row, code, second }) =
                    (pair[0], pair[1]);
                // A parent stands before its children, so that codes compare as texts do.
                let begins_again = second_before.zip(second).is_some_and(|(before, second)| before < second);
                if code < before && !begins_again {
                    in_order = false;
                    outcomes.fail(Fault {
                        message: format!("{}：科目编码{code}排在{before}之后", table.name()),
                        actual: Some(code.to_owned()),
                        places: vec![place(table, row)],
                        ..Fault::default()
                    });
                }
            }
            in_order
        });
    },
};

/// A row's code stands under its parent: 项 under their 款, 款 under their 类, in a table that prints those.
pub(super) const CODE_UNDER_PARENT: Rule = Rule {
    id: "code-under-its-parent",
    severity: Severity::Warning,
    title: "下级科目列在上级科目之下",
    title_en: "each code stands under its parent",
    run: |ledger, outcomes| {
        each_block(ledger, outcomes, |table, block, outcomes| {
            let has_length = |length: usize| block.iter().any(|coded| coded.code.len() == length);
            let mut complete = true;
            for Coded { row, code, .. } in block {
                let parent = match code.len() {
                    5 if has_length(3) => &code[..3],
                    7 if has_length(5) => &code[..5],
                    _ => continue,
                };
                if !block.iter().any(|other| other.row < *row && other.code == parent) {
                    complete = false;
                    outcomes.fail(Fault {
                        message: format!("{}：{code}之上没有{parent}", table.name()),
                        actual: Some((*code).to_owned()),
                        expected: Some(parent.to_owned()),
                        places: vec![place(table, *row)],
                        ..Fault::default()
                    });
                }
            }
            complete
        });
    },
};

/// One code comes once in a table, or once for each unit; where a second classification divides it, once with each code of
/// that.
pub(super) const DUPLICATE_CODE: Rule = Rule {
    id: "duplicate-code",
    severity: Severity::Warning,
    title: "科目编码不重复",
    title_en: "no code comes twice",
    run: |ledger, outcomes| {
        each_block(ledger, outcomes, |table, block, outcomes| {
            let mut unique = true;
            for (at, Coded { row, code, second }) in block.iter().enumerate() {
                if block[..at].iter().any(|other| other.code == *code && other.second == *second) {
                    unique = false;
                    outcomes.fail(Fault {
                        message: format!("{}：科目编码{code}重复", table.name()),
                        actual: Some((*code).to_owned()),
                        places: vec![place(table, *row)],
                        ..Fault::default()
                    });
                }
            }
            unique
        });
    },
};

/// A row with its codes.
#[derive(Clone, Copy)]
struct Coded<'s> {
    row: usize,
    code: &'s str,
    second: Option<&'s str>,
}

fn place(table: &LedgerTable<'_>, row: usize) -> CheckPlace {
    CheckPlace::on(table.table.rows[row].page).cell(table.index, row, None)
}

/// Looks at the subject codes of each block of each table: of the whole table, or of each unit that it lists.
fn each_block(
    ledger: &Ledger<'_>,
    outcomes: &mut RuleOutcomes<'_>,
    look: impl Fn(&LedgerTable<'_>, &[Coded<'_>], &mut RuleOutcomes<'_>) -> bool,
) {
    for table in ledger.known_tables() {
        let mut looked_at = false;
        let mut in_order = true;
        for side in &table.sides {
            for block in blocks(side) {
                looked_at = true;
                in_order &= look(table, &block, outcomes);
            }
        }
        if looked_at && in_order {
            outcomes
                .pass(table.name(), table.table.pages.first().map(|page| CheckPlace::on(*page)).into_iter().collect());
        }
    }
    if outcomes.is_silent() {
        outcomes.not_applicable("没有带科目编码的表", None);
    }
}

/// The codes of a side with their rows, divided where a unit's name stands between them. Tables that list the projects
/// of each code again and again have no such order.
fn blocks(side: &Side) -> Vec<Vec<Coded<'_>>> {
    let mut blocks = vec![Vec::new()];
    for (index, row) in side.rows.iter().enumerate() {
        match &row.code {
            Some(code) if scheme_of(code).is_some() => {
                if let Some(block) = blocks.last_mut() {
                    block.push(Coded { row: index, code, second: row.second.as_deref() });
                }
            }
            None if row.kind == RowKind::Item => blocks.push(Vec::new()),
            _ => {}
        }
    }
    let has_levels = |block: &Vec<Coded<'_>>| block.iter().any(|coded| coded.code.len() == 3);
    blocks.retain(|block| block.len() > 1 && has_levels(block));
    blocks
}
