//! Inputs: what pages can be had from.
//!
//! A PDF gives glyphs and rulings, a text dump pages that are divided into lines and tables already, since it has no
//! geometry. Each is an implementation of [`Input`]; the stages after it know nothing of where the pages came from.

use crate::document::{self, Diagnostic, Error};
use crate::language::vocabulary::Vocabulary;
use crate::limits::{Clock, Limits};
use crate::model::{Page, PageLayout};

/// What an input may use, and where it says what is odd about itself.
pub(crate) struct Reading<'r> {
    /// What the documents call things.
    pub(crate) vocabulary: &'r Vocabulary,
    /// What the conversion may use.
    pub(crate) limits: &'r Limits,
    /// The time that is left.
    pub(crate) clock: &'r Clock,
    /// What was found.
    pub(crate) diagnostics: &'r mut Vec<Diagnostic>,
}

/// The pages of an input.
#[derive(Clone, Debug)]
pub(crate) enum Pages {
    /// Glyphs and rulings, to be laid out.
    Drawn(Vec<Page>),
    /// Lines and tables.
    LaidOut(Vec<PageLayout>),
}

/// Something that pages can be had from.
pub(crate) trait Input {
    /// What it is, for `source.input`.
    const KIND: document::Input;

    /// Its pages, and the program that made the file where it says so.
    ///
    /// # Errors
    /// Those that [`convert`](crate::convert) names for the input.
    fn pages(bytes: &std::sync::Arc<Vec<u8>>, reading: &mut Reading<'_>) -> Result<(Pages, Option<String>), Error>;
}
