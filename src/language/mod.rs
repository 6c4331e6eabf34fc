//! What words mean: the vocabulary of the document families, and how amounts, ordinals, years, labels and codes are
//! written. Knows texts only, nothing of pages.

pub(crate) mod amount;
pub(crate) mod classification;
pub(crate) mod ordinals;
pub(crate) mod page_numbers;
mod patterns;
pub(crate) mod performance_roles;
pub(crate) mod quantities;
pub(crate) mod relations;
pub(crate) mod table_labels;
pub(crate) mod vocabulary;
pub(crate) mod years;
