//! Checks within one table.

mod balance;
mod codes;
mod columns;
mod rows;

use super::rule::Rule;

/// The checks of this folder.
pub(super) static RULES: &[Rule] = &[
    columns::TOTAL_IS_BASIC_PLUS_PROJECT,
    columns::PERSONNEL_PLUS_OPERATING,
    columns::THREE_PUBLIC_IS_SUM,
    columns::VEHICLES_IS_SUM,
    columns::ROW_TOTAL_IS_SUM_OF_FUNDS,
    rows::TOTAL_IS_SUM_OF_CLASSES,
    rows::SUBJECT_IS_SUM_OF_SUBJECTS,
    rows::ITEM_IS_SUM_OF_PARTS,
    rows::GRAND_TOTAL,
    balance::REVENUE_EQUALS_EXPENDITURE,
    codes::CODE_ORDER,
    codes::CODE_UNDER_PARENT,
    codes::DUPLICATE_CODE,
];
