//! Glyphs → lines, broken lines → text (折行还原), and what a line above a table says.

pub(crate) mod captions;
pub(crate) mod lines;
pub(crate) mod reflow;
