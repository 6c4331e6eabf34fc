//! The pipeline as one value that keeps what each stage has made: [`convert`] runs it in one go, those
//! who measure, draw or debug a stage at a time.
//!
//! ```
//! # fn main() -> Result<(), yusuan::Error> {
//! # let bytes = std::fs::read("samples/haidong-2023.pdf").expect("the sample");
//! let options = yusuan::Options::default();
//! let mut conversion = yusuan::conversion::Conversion::new(bytes, &options)?;
//! conversion.read()?;
//! conversion.lay_out()?;
//! conversion.segment()?;
//! conversion.parse()?;
//! conversion.account();
//! conversion.state_facts();
//! conversion.check()?;
//! assert_eq!(conversion.finish().tables.len(), 10);
//! # Ok(())
//! # }
//! ```

use std::sync::Arc;

use crate::coverage;
use crate::document::{
    Check, Coverage, Diagnostic, Document, Error, FORMAT, Fact, Input as InputKind, Source, Verification,
};
use crate::dump::{self, TextDump};
use crate::input::{Input, Pages, Reading};
use crate::language::vocabulary::Vocabulary;
use crate::limits::{Clock, Limits, apart};
use crate::model::{Account, Outline, Page, PageLayout};
use crate::parse::Parsed;
use crate::read::Pdf;
use crate::{check, facts, grid, parse, read, segment};

/// How to convert.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// Name of the file, for `source.file`.
    pub file: String,
    /// What the documents call things; the built-in vocabulary where there is none.
    pub vocabulary: Option<Vocabulary>,
    /// Reads the text a second time, by another library, and names the pages on which the figures differ. Without the
    /// feature `second-reader`, a diagnostic says that there is no such reader.
    pub second_reader: bool,
    /// What the conversion may use.
    pub limits: Limits,
}

/// Converts one PDF.
///
/// # Errors
/// Of the [kinds](crate::ErrorKind), `NotAPdf`, `Encrypted`, `Damaged`, `NoTextLayer` and `GarbledText` say what the file
/// lacks; `TooLarge` and `Timeout` that it needs more than [`Limits`] allow; `Internal` is a defect, of which a panic in any
/// dependency is one.
pub fn convert(bytes: &[u8], options: &Options) -> Result<Document, Error> {
    convert_shared(&Arc::new(bytes.to_vec()), options)
}

/// [`convert`] without a copy of the file.
pub(crate) fn convert_shared(bytes: &Arc<Vec<u8>>, options: &Options) -> Result<Document, Error> {
    apart(|| {
        let mut conversion = Conversion::new(Arc::clone(bytes), options)?;
        conversion.run()?;
        Ok(conversion.finish())
    })
}

/// A document on its way through the pipeline. The stages come in the order of the methods; each takes what the one
/// before it has left, and one that is left out leaves nothing for those after it.
#[derive(Clone)]
pub struct Conversion<'o> {
    bytes: Arc<Vec<u8>>,
    options: &'o Options,
    vocabulary: &'o Vocabulary,
    clock: Clock,
    keeps_layouts: bool,
    input: InputKind,
    producer: Option<String>,
    page_count: usize,
    diagnostics: Vec<Diagnostic>,
    pages: Vec<Page>,
    layouts: Vec<PageLayout>,
    outline: Outline,
    parsed: Parsed,
    facts: Vec<Fact>,
    checks: Vec<Check>,
    verification: Verification,
    characters: usize,
    account: Account,
    coverage: Coverage,
}

impl<'o> Conversion<'o> {
    /// A conversion of a file of which nothing is read yet. Its time runs from now on.
    ///
    /// # Errors
    /// [`ErrorKind::Vocabulary`](crate::ErrorKind::Vocabulary) if the built-in vocabulary cannot be read, a defect.
    pub fn new(bytes: impl Into<Arc<Vec<u8>>>, options: &'o Options) -> Result<Self, Error> {
        let bytes = bytes.into();
        let vocabulary = match &options.vocabulary {
            Some(own) => own,
            None => Vocabulary::national()?,
        };
        let input = if dump::is_dump(&bytes) { TextDump::KIND } else { Pdf::KIND };
        Ok(Self {
            bytes,
            options,
            vocabulary,
            clock: Clock::start(&options.limits),
            keeps_layouts: false,
            input,
            producer: None,
            page_count: 0,
            diagnostics: Vec::new(),
            pages: Vec::new(),
            layouts: Vec::new(),
            outline: Outline::default(),
            parsed: Parsed::default(),
            facts: Vec::new(),
            checks: Vec::new(),
            verification: Verification::default(),
            characters: 0,
            account: Account::default(),
            coverage: Coverage::default(),
        })
    }

    /// The same conversion, keeping a copy of the layouts that segmenting takes apart.
    pub fn keeping_layouts(mut self) -> Self {
        self.keeps_layouts = true;
        self
    }

    /// Reads the characters and rulings of all pages; of a text dump its lines and tables.
    ///
    /// # Errors
    /// Those of [`convert`].
    pub fn read(&mut self) -> Result<(), Error> {
        apart(|| self.read_here())
    }

    /// [`read`](Self::read) on the stack of the caller, to which it may unwind.
    fn read_here(&mut self) -> Result<(), Error> {
        let mut reading = Reading {
            vocabulary: self.vocabulary,
            limits: &self.options.limits,
            clock: &self.clock,
            diagnostics: &mut self.diagnostics,
        };
        let (pages, producer) = match self.input {
            InputKind::Text => TextDump::pages(&self.bytes, &mut reading)?,
            InputKind::Pdf | InputKind::Scan => Pdf::pages(&self.bytes, &mut reading)?,
        };
        self.producer = producer;
        match pages {
            Pages::Drawn(pages) => (self.page_count, self.pages) = (pages.len(), pages),
            Pages::LaidOut(layouts) => {
                (self.page_count, self.layouts) = (layouts.len(), layouts);
                self.characters = self.layouts.iter().map(PageLayout::characters).sum();
            }
        }
        Ok(())
    }

    /// The same conversion, with these pages as if they had been read: for those who draw pages of their own, or change
    /// what stands on one to see what comes of it.
    pub fn with_pages(mut self, pages: Vec<Page>) -> Self {
        (self.page_count, self.pages) = (pages.len(), pages);
        self
    }

    /// Divides the pages into lines and tables.
    ///
    /// # Errors
    /// [`ErrorKind::TooLarge`](crate::ErrorKind::TooLarge) and [`ErrorKind::Timeout`](crate::ErrorKind::Timeout).
    pub fn lay_out(&mut self) -> Result<(), Error> {
        if self.pages.is_empty() {
            return Ok(());
        }
        if self.options.second_reader {
            let ruled: Vec<PageLayout> = self.pages.iter().map(grid::layout).collect();
            read::compare_figures(&self.bytes, &ruled, &mut self.diagnostics);
        }
        self.layouts = grid::lay_out(&self.pages, self.vocabulary, &self.clock)?;
        // What is drawn twice, as fake bold is, is one character from here on.
        self.characters = self.layouts.iter().map(PageLayout::characters).sum();
        Ok(())
    }

    /// Takes the document apart into cover, parts and tables.
    ///
    /// # Errors
    /// [`ErrorKind::Timeout`](crate::ErrorKind::Timeout), as for the stages after it.
    pub fn segment(&mut self) -> Result<(), Error> {
        let layouts = match self.keeps_layouts {
            true => self.layouts.clone(),
            false => std::mem::take(&mut self.layouts),
        };
        self.outline = segment::segment(layouts, self.vocabulary, &mut self.diagnostics);
        self.clock.check("segmenting the document")
    }

    /// Understands what each part says.
    ///
    /// # Errors
    /// [`ErrorKind::Timeout`](crate::ErrorKind::Timeout).
    pub fn parse(&mut self) -> Result<(), Error> {
        self.parsed = parse::parse(&self.outline, self.vocabulary, &mut self.diagnostics);
        self.clock.check("parsing the document")
    }

    /// Accounts for every visible character, and names what was not read.
    pub fn account(&mut self) {
        let (coverage, account) = coverage::of(self.characters, &self.outline, &self.parsed.account);
        self.diagnostics.extend(coverage::unread(&account));
        (self.coverage, self.account) = (coverage, account);
    }

    /// Makes facts of the tables.
    pub fn state_facts(&mut self) {
        self.facts = facts::facts(&self.parsed.tables, &self.parsed.publication, self.vocabulary);
        self.diagnostics.extend(facts::ambiguities(&self.facts, &self.parsed.tables));
    }

    /// Compares the document with itself.
    ///
    /// # Errors
    /// [`ErrorKind::Timeout`](crate::ErrorKind::Timeout).
    pub fn check(&mut self) -> Result<(), Error> {
        let parts = check::DocumentParts::of(&self.parsed, &self.diagnostics);
        (self.checks, self.verification) = check::check(&parts, &mut self.facts, self.vocabulary);
        self.clock.check("checking the document")
    }

    /// Every stage, on the stack of the caller.
    ///
    /// # Errors
    /// Those of [`convert`].
    pub(crate) fn run(&mut self) -> Result<(), Error> {
        self.read_here()?;
        self.lay_out()?;
        self.segment()?;
        self.parse()?;
        self.account();
        self.state_facts();
        self.check()
    }

    /// How many pages were read.
    pub fn page_count(&self) -> usize {
        self.page_count
    }

    /// The pages as read; none of a text dump.
    pub fn pages(&self) -> &[Page] {
        &self.pages
    }

    /// The pages divided into lines and tables, before segmenting or where they are kept.
    pub fn layouts(&self) -> &[PageLayout] {
        &self.layouts
    }

    /// What became of the characters.
    pub(crate) fn accounted(&self) -> &Account {
        &self.account
    }

    /// What was understood.
    pub(crate) fn parsed(&self) -> &Parsed {
        &self.parsed
    }

    /// The document of what the stages have made so far.
    pub fn finish(self) -> Document {
        Document {
            format: FORMAT.to_owned(),
            source: Source {
                file: self.options.file.clone(),
                sha256: crate::document::sha256(&self.bytes),
                input: self.input,
                pages: u32::try_from(self.page_count).unwrap_or(u32::MAX),
                producer: self.producer,
            },
            document: self.parsed.publication,
            overview: self.parsed.overview,
            tables: self.parsed.tables.into_iter().map(|parsed| parsed.table).collect(),
            performance: self.parsed.performance,
            narrative: self.parsed.narrative,
            statements: self.parsed.statements.into_iter().map(|placed| placed.statement).collect(),
            glossary: self.parsed.glossary,
            facts: self.facts,
            checks: self.checks,
            verification: self.verification,
            coverage: Some(self.coverage),
            diagnostics: self.diagnostics,
        }
    }
}

/// For tests, which write down what is parsed.
#[cfg(test)]
impl Conversion<'_> {
    /// The same conversion, with this as if it had been read and parsed.
    pub(crate) fn with_parsed(mut self, parsed: Parsed, diagnostics: Vec<Diagnostic>) -> Self {
        (self.parsed, self.diagnostics) = (parsed, diagnostics);
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_stages_make_the_document_that_convert_makes() -> Result<(), Error> {
        for sample in ["samples/haidong-2023.pdf", "samples/haidong-2023-text.txt"] {
            let bytes = std::fs::read(sample).expect("the sample");
            let options = Options::default();
            let mut conversion = Conversion::new(bytes.clone(), &options)?.keeping_layouts();
            conversion.read()?;
            conversion.lay_out()?;
            conversion.segment()?;
            conversion.parse()?;
            conversion.account();
            conversion.state_facts();
            conversion.check()?;
            assert_eq!(conversion.layouts().len(), conversion.page_count(), "layouts are kept");
            let document = crate::conversion::convert(&bytes, &options)?;
            assert_eq!(crate::to_json(&conversion.finish())?, crate::document::to_json(&document)?);
        }
        Ok(())
    }
}
