//! What words mean: the vocabulary of the document families, and how amounts, ordinals, years, labels and codes are
//! written. Knows texts only, nothing of pages.

/// The particle between a word and what it belongs to (安排的支出): documents put it in and leave it out.
pub(crate) const PARTICLE: char = '的';

pub(crate) mod amount;
pub(crate) mod characters;
pub(crate) mod classification;
pub(crate) mod ordinals;
pub(crate) mod page_numbers;
pub(crate) mod patterns;
pub(crate) mod performance_roles;
pub(crate) mod quantities;
#[cfg(feature = "data")]
pub(crate) mod regions;
pub(crate) mod relations;
pub(crate) mod shapes;
pub(crate) mod short_names;
pub(crate) mod table_labels;
pub(crate) mod units;
pub(crate) mod vocabulary;
pub(crate) mod years;
