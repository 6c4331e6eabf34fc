//! What became of every visible character of the document.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::PageNumber;

/// Every visible character of the document, by what became of it: `read + furniture + unread = characters`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Coverage {
    /// Visible characters, without white space.
    pub characters: u32,
    /// Those that stand in the output.
    pub read: u32,
    /// Those of running heads, page numbers, contents pages and ornaments.
    pub furniture: u32,
    /// Those that nothing was made of.
    pub unread: u32,
    /// The pages that have unread characters.
    pub pages: Vec<PageCoverage>,
}

/// What is unread on a page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PageCoverage {
    /// Physical page.
    pub page: PageNumber,
    /// Unread characters.
    pub unread: u32,
    /// The first of them.
    pub text: String,
}
