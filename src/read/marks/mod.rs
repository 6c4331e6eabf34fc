//! Characters that stand on a page and belong to none of its texts: watermarks, stamps, struck-out text, and the numbers
//! of footnotes. What belongs to a figure has its size, its baseline and its colour.
//!
//! They are known by how they look and where they stand, never by what they say.

mod beside;
mod over;

pub(super) use beside::beside_text;
pub(super) use over::{Ink, ink_of, over_text, own_ink};
