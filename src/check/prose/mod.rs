//! What the narrative states, against the tables and against itself.
//!
//! Each stated amount is read with what it is about and of which year ([`reading`]), and looked for among the figures
//! that the tables name ([`named`]).

mod growth;
mod lists;
mod named;
mod reading;
mod repeats;
mod shares;
mod tables;

use super::rule::Rule;

/// The checks of this folder.
pub(super) static RULES: &[Rule] = &[
    tables::STATEMENT_MATCHES_TABLE,
    tables::CHANGE_MATCHES_PRIOR_YEAR,
    repeats::AMOUNT_STATED_ALIKE,
    growth::RATE_FROM_CHANGE,
    growth::RATE_FROM_TWO_AMOUNTS,
    growth::CHANGE_FROM_TWO_AMOUNTS,
    growth::COMPLETION_RATE,
    shares::SHARE_OF_WHOLE,
    lists::LIST_ADDS_UP,
    lists::COUNTS_ADD_UP,
];
