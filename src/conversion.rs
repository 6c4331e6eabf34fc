//! The pipeline one stage at a time, for those who measure or watch it. [`convert`](crate::convert) does the same in one
//! go, and with less to hold in memory.
//!
//! ```
//! # fn main() -> Result<(), yusuan::Error> {
//! # let bytes = std::fs::read("samples/haidong-2023.pdf").expect("the sample");
//! let mut run = yusuan::conversion::Run::new(&bytes, yusuan::Vocabulary::national()?);
//! run.read()?;
//! run.lay_out();
//! run.segment();
//! run.parse();
//! run.normalise();
//! run.check();
//! assert_eq!(run.finish().expect("a document").tables.len(), 10);
//! # Ok(())
//! # }
//! ```

use std::sync::Arc;

use crate::document::Error;
use crate::document::{Check, Diagnostic, Document, Verification};
use crate::language::vocabulary::Vocabulary;
use crate::limits::{Clock, Limits, apart};
use crate::model::{Outline, Page, PageLayout, PlacedFact};
use crate::{Options, check, facts, grid, parse, read, segment};

/// A document on its way through the pipeline. The stages come in the order of the methods; each takes what the one
/// before it has left, and one that is left out leaves nothing for those after it. What a stage has made is kept until
/// the next has run, so that a copy can run the same stage again.
#[derive(Clone)]
pub struct Run<'d> {
    bytes: &'d [u8],
    vocabulary: &'d Vocabulary,
    diagnostics: Vec<Diagnostic>,
    producer: Option<String>,
    pages: Vec<Page>,
    layouts: Vec<PageLayout>,
    outline: Outline,
    parsed: Option<parse::Parsed>,
    facts: Vec<PlacedFact>,
    checks: Vec<Check>,
    verification: Verification,
}

impl<'d> Run<'d> {
    /// A run over a PDF of which nothing is read yet.
    pub fn new(bytes: &'d [u8], vocabulary: &'d Vocabulary) -> Self {
        Self {
            bytes,
            vocabulary,
            diagnostics: Vec::new(),
            producer: None,
            pages: Vec::new(),
            layouts: Vec::new(),
            outline: Outline::default(),
            parsed: None,
            facts: Vec::new(),
            checks: Vec::new(),
            verification: Verification::default(),
        }
    }

    /// Reads the characters and rulings of all pages.
    ///
    /// # Errors
    /// Those of [`convert`](crate::convert).
    pub fn read(&mut self) -> Result<(), Error> {
        let limits = Limits::default();
        self.pages = apart(|| read::read_pages(&Arc::new(self.bytes.to_vec()), &limits, &Clock::start(&limits)))?;
        let triage = read::triage(self.bytes);
        read::diagnose(&self.pages, &triage, &mut self.diagnostics)?;
        self.producer = triage.producer;
        Ok(())
    }

    /// Divides the pages into lines and tables.
    pub fn lay_out(&mut self) {
        let mut layouts: Vec<_> = self.pages.iter().map(grid::layout).collect();
        segment::drop_furniture(&mut layouts, self.vocabulary);
        let with_aligned = layouts.into_iter().map(|layout| grid::find_aligned_tables(layout, self.vocabulary));
        self.layouts = with_aligned.collect();
    }

    /// Takes the document apart into cover, parts and tables.
    pub fn segment(&mut self) {
        let layouts = std::mem::take(&mut self.layouts);
        self.outline = segment::segment(layouts, self.vocabulary, &mut self.diagnostics);
    }

    /// Understands what each part says.
    pub fn parse(&mut self) {
        self.parsed = Some(parse::parse(&self.outline, self.vocabulary, &mut self.diagnostics));
    }

    /// Makes facts of the tables.
    pub fn normalise(&mut self) {
        self.facts = self.parsed.as_ref().map_or_else(Vec::new, |p| facts::facts(&p.tables, self.vocabulary));
    }

    /// Compares the document with itself.
    pub fn check(&mut self) {
        let Some(parsed) = &self.parsed else { return };
        let material = check::Material::of(parsed, &self.diagnostics);
        (self.checks, self.verification) = check::check(&material, &mut self.facts, self.vocabulary);
    }

    /// How many pages were read.
    pub fn page_count(&self) -> usize {
        self.pages.len()
    }

    /// The document, without the name of its file; `None` where nothing was parsed.
    pub fn finish(self) -> Option<Document> {
        let source = crate::source(
            self.bytes,
            crate::document::Input::Pdf,
            self.pages.len(),
            self.producer,
            &Options::default(),
        );
        let parsed = self.parsed?;
        let verified = (self.checks, self.verification);
        Some(crate::document(source, parsed, self.facts, verified, self.diagnostics))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_stages_make_the_document_that_convert_makes() -> Result<(), Error> {
        let bytes = std::fs::read("samples/haidong-2023.pdf").expect("the sample");
        let mut run = Run::new(&bytes, Vocabulary::national()?);
        run.read()?;
        run.lay_out();
        run.segment();
        run.parse();
        run.normalise();
        run.check();
        let document = crate::convert(&bytes, &Options::default())?;
        assert_eq!(crate::to_json(&run.finish().expect("parsed"))?, crate::to_json(&document)?);
        Ok(())
    }
}
