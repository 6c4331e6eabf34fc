//! Words by which the checks know what adds up to what, and what is said.

use serde::Deserialize;

use super::{Labels, TableTitles};
use crate::document::TableKind;

/// Words by which the checks know what adds up to what.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct CheckWords {
    pub(crate) sum_words: Labels,
    pub(crate) nameless_sums: Labels,
    pub(crate) loose_endings: Labels,
    pub(crate) stated_endings: Labels,
    pub(crate) of_which: Labels,
    pub(crate) asides: Labels,
    pub(crate) budgeted: Labels,
    pub(crate) no_money: Labels,
    pub(crate) carry_over: Labels,
    pub(crate) leading_words: Labels,
    pub(crate) budgeted_words: Labels,
    pub(crate) completion: Labels,
    pub(crate) complete_list: Labels,
    pub(crate) counted: Labels,
    pub(crate) target_words: Labels,
    pub(crate) project_words: Labels,
    pub(crate) project_counters: Labels,
    pub(crate) project_levels: Labels,
    pub(crate) partial_words: Labels,
    pub(crate) fund_words: Labels,
    pub(crate) cost_levels: Labels,
    pub(crate) harmless_words: Labels,
    pub(crate) uncountable_words: Labels,
    #[serde(rename = "section")]
    pub(crate) sections: Vec<TableTitles>,
    #[serde(rename = "whole")]
    pub(crate) wholes: Vec<WholeNames>,
    pub(crate) wording: WordingWords,
}

/// What prose calls the total of a table.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct WholeNames {
    pub(crate) kind: TableKind,
    pub(crate) names: Labels,
}

/// Words by which the checks of wording know what is said, in full-width punctuation; the file tells what each is.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct WordingWords {
    pub(crate) empty_notes: Labels,
    pub(crate) as_of: Vec<String>,
    pub(crate) dated: Vec<String>,
    pub(crate) published_empty: Vec<String>,
    pub(crate) government_fund: Vec<String>,
    pub(crate) state_capital: Vec<String>,
    pub(crate) denials: Vec<String>,
    pub(crate) denied: Vec<String>,
    pub(crate) no_denial: Vec<String>,
    pub(crate) not_spent: Labels,
    pub(crate) paper_numbers: Vec<String>,
    pub(crate) ourselves: Vec<String>,
    pub(crate) looking_back: Vec<String>,
    pub(crate) comparisons: Vec<String>,
    pub(crate) joining: Vec<String>,
    pub(crate) closing: Vec<String>,
    pub(crate) comparison_followers: Vec<String>,
    pub(crate) unchanged_comparisons: Vec<String>,
    pub(crate) budgets: Vec<String>,
    pub(crate) stated_sums: Vec<String>,
    pub(crate) money: Vec<String>,
    pub(crate) with_year_before: Vec<String>,
    pub(crate) about: Vec<String>,
    pub(crate) name_endings: Vec<String>,
    pub(crate) this_department: Vec<String>,
    pub(crate) department_budgets: Vec<String>,
    pub(crate) placeholders: String,
    pub(crate) before_placeholder: Vec<String>,
    pub(crate) after_placeholder: Vec<String>,
    pub(crate) opposites: Vec<[String; 2]>,
    pub(crate) amount_signs: Vec<String>,
    pub(crate) reasons: Vec<String>,
    pub(crate) doubled_marks: Vec<String>,
}
