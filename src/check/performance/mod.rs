//! Checks of the performance grid (绩效目标): its projects against the tables and the narrative, and its indicators
//! against themselves.
//!
//! 1. [`grid`] holds the projects and what their amounts may be compared with.
//! 2. [`claims`] finds where the narrative says how many projects have targets, and with how much money.
//! 3. [`money`] reads the amounts that an indicator's text names.
//!
//! Many documents publish the targets of key projects only. A grid that falls short proves nothing by itself: it must
//! first tie to the fen to the 项目支出 of one table, which shows that all projects are meant to stand in it.

mod claims;
mod costs;
mod grid;
mod indicators;
mod likeness;
mod listed;
mod money;
mod stated;
mod totals;

use super::rule::Rule;

/// The checks of this folder.
pub(super) static RULES: &[Rule] = &[
    totals::PROJECT_AMOUNTS,
    listed::PROJECT_IN_TABLE,
    listed::PROJECT_IS_SUM_OF_SOURCES,
    stated::PROJECT_COUNT,
    stated::STATED_PROJECT_AMOUNT,
    costs::AMOUNTS_IN_TEXT,
    indicators::TARGET_HAS_UNIT,
    indicators::TEXT_COMPLETE,
    indicators::PROJECT_HAS_INDICATORS,
    indicators::WEIGHTS_SUM,
    likeness::PROJECTS_DIFFER,
    likeness::INDICATOR_REPEATED,
];
