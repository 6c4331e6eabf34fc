//! Checks of what the document says rather than of what it counts: notes against tables, years, names, text that was
//! left from a template, punctuation, and pages without text.
//!
//! They read [`passages`]. None of them compares figures, and most only note what a reader would like to have corrected.

mod dates;
mod empty_tables;
mod names;
mod pages;
mod passages;
mod phrases;
mod punctuation;
mod template;
mod years;

use super::rule::Rule;

pub(super) use passages::Passages;

/// The checks of this folder.
pub(super) static RULES: &[Rule] = &[
    empty_tables::EMPTY_TABLE_NOTE,
    years::YEAR_IN_TITLES,
    years::COMPARISON_YEAR,
    years::YEAR_OF_SUMS,
    phrases::YEAR_IN_PHRASE,
    phrases::YEAR_OF_COLUMNS,
    dates::AS_OF_DATE,
    names::ORGANISATION_NAME,
    names::DEPARTMENT_SAID_IN_UNIT_DOCUMENT,
    template::TEMPLATE_TEXT,
    template::UNRESOLVED_ALTERNATIVE,
    template::EMPTY_REASON,
    punctuation::DOUBLED_PUNCTUATION,
    punctuation::UNBALANCED_QUOTATION_MARK,
    pages::BLANK_PAGE,
    pages::CLIPPED_TEXT,
];
