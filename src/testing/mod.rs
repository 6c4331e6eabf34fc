//! Documents for tests, each made at the level that a test looks at: [`document`] has tables, sections and projects as
//! the parsing stage leaves them; [`page`] has characters and cells; [`pdf`] has marks in a file. Nothing else in the
//! tests writes these structures out, so that a change of theirs is a change here.

pub(crate) mod document;
pub(crate) mod page;
pub(crate) mod pdf;
