//! PDF bytes → pages: opens the file, within its limits and without the font programs that nothing is read from.

use std::sync::Arc;

use hayro_interpret::InterpreterCache;
use hayro_interpret::hayro_syntax::object::{Array, Dict, Stream};
use hayro_interpret::hayro_syntax::page::Page as PdfPage;
use hayro_interpret::hayro_syntax::{DecryptionError, LoadPdfError, Pdf};

use super::characters::CharacterFinder;
use super::damage::{self, Damage};
use super::decompressed::{self, CompressedStream, ContentCounter};
use super::font_programs::{self, FontPrograms, Places};
use super::fonts::FontWalk;
use super::functions;
use super::recorder::read_page;
use super::unencoded;
use crate::document::PageNumber;
use crate::document::{Error, ErrorKind};
use crate::limits::{self, Clock, Limits};
use crate::model::Page;

/// Reads every page of a PDF, and tells what is missing from the file.
///
/// # Errors
/// [`ErrorKind::NotAPdf`], [`ErrorKind::Encrypted`] (a password is needed), [`ErrorKind::Damaged`],
/// [`ErrorKind::TooLarge`] or [`ErrorKind::Timeout`]. It unwinds with the last where hayro is in between.
pub(crate) fn read_pages(file: &Arc<Vec<u8>>, limits: &Limits, clock: &Clock) -> Result<(Vec<Page>, Damage), Error> {
    functions::check(file)?;
    let streams = decompressed::compressed_streams(file);
    let mut damage = Damage { ends_early: damage::ends_early(file), incomplete: Vec::new() };
    if let Some((spared, characters, incomplete)) = open_without_programs(file, &streams, limits, clock)? {
        let reading = read_all(&spared, Programs::LeftOut, characters, limits, clock)?;
        if !reading.needs_programs {
            damage.incomplete = [incomplete, reading.without_content].concat();
            return Ok((reading.pages, damage));
        }
    }
    decompressed::check_streams(&streams, &Places::default(), limits, clock)?;
    let whole = open(Arc::clone(file), limits)?;
    let mut characters = CharacterFinder::new(file);
    let incomplete = visit_fonts(&whole, clock, &mut |font| unencoded::note(font, &mut characters))?;
    let reading = read_all(&whole, Programs::Whole, characters, limits, clock)?;
    damage.incomplete = [incomplete, reading.without_content].concat();
    Ok((reading.pages, damage))
}

/// A file opened, what finds its characters, and the pages that name fonts or forms which are not there.
type Opened<'f> = (Pdf, CharacterFinder<'f>, Vec<PageNumber>);

/// The file without the font programs that no font should need; `None` where it cannot be read without them.
fn open_without_programs<'f>(
    file: &'f [u8],
    streams: &[CompressedStream<'_>],
    limits: &Limits,
    clock: &Clock,
) -> Result<Option<Opened<'f>>, Error> {
    let likely = font_programs::likely_needless(streams);
    decompressed::check_streams(streams, &likely, limits, clock)?;
    let copy = Arc::new(font_programs::without(file, &likely));
    let pdf = match open(Arc::clone(&copy), limits) {
        Ok(pdf) => pdf,
        Err(error) if likely.is_empty() => return Err(error),
        Err(_) => return Ok(None),
    };
    let (mut programs, mut characters) = (FontPrograms::default(), CharacterFinder::new(file));
    let incomplete = visit_fonts(&pdf, clock, &mut |font| {
        programs.note(font, &copy);
        unencoded::note(font, &mut characters);
    })?;
    let needless = programs.needless();
    if needless == likely {
        return Ok(Some((pdf, characters, incomplete)));
    }
    decompressed::check_streams(streams, &needless, limits, clock)?;
    let pdf = open(Arc::new(font_programs::without(file, &needless)), limits);
    Ok(pdf.ok().map(|pdf| (pdf, characters, incomplete)))
}

/// Shows every font of a file, once. Gives the pages that name fonts or forms which are not there.
fn visit_fonts(pdf: &Pdf, clock: &Clock, visit: &mut impl FnMut(&Dict<'_>)) -> Result<Vec<PageNumber>, Error> {
    let mut fonts = FontWalk::default();
    let mut incomplete = Vec::new();
    for (page, number) in pdf.pages().iter().zip(1..) {
        clock.check("looking for the fonts")?;
        if !fonts.visit(page, visit) {
            incomplete.push(PageNumber(number));
        }
    }
    Ok(incomplete)
}

fn open(file: Arc<Vec<u8>>, limits: &Limits) -> Result<Pdf, Error> {
    let pdf = Pdf::new(Arc::clone(&file)).map_err(|error| load_error(&file, error))?;
    let pages = pdf.pages().len();
    if pages == 0 {
        return Err(Error::new(ErrorKind::Damaged, "no page can be found in the file"));
    }
    if pages > limits.pages {
        let message = format!("the file has {pages} pages; the limit is {}", limits.pages);
        return Err(Error::new(ErrorKind::TooLarge, message));
    }
    Ok(pdf)
}

/// Which font programs there are to read from.
#[derive(Clone, Copy, PartialEq)]
enum Programs {
    Whole,
    /// All but those of which nothing should be read.
    LeftOut,
}

/// The pages of a file, or those before the first for which a font program was needed that had been left out.
struct Reading {
    pages: Vec<Page>,
    /// Pages whose content is named and not there.
    without_content: Vec<PageNumber>,
    needs_programs: bool,
}

fn read_all(
    pdf: &Pdf,
    programs: Programs,
    mut characters: CharacterFinder<'_>,
    limits: &Limits,
    clock: &Clock,
) -> Result<Reading, Error> {
    let cache = InterpreterCache::new();
    let mut drawn = Vec::new(); // one allocation for all pages
    let mut contents = ContentCounter::new(limits);
    let mut marks = 0;
    let mut pages = Vec::with_capacity(pdf.pages().len());
    let mut without_content = Vec::new();
    for (pdf_page, number) in pdf.pages().iter().zip(1..) {
        clock.check("reading the pages")?;
        contents.add(pdf_page, PageNumber(number))?;
        let page = read_page(pdf_page, PageNumber(number), pdf, &cache, &mut characters, &mut drawn, clock);
        if programs == Programs::LeftOut && (contents.clips_by_text() || characters.missed_a_program()) {
            return Ok(Reading { pages, without_content, needs_programs: true });
        }
        if lacks_content(pdf_page) {
            without_content.push(page.number);
        }
        limits::count_marks(&mut marks, page.glyphs.len() + page.hidden.len() + page.rulings.len())?;
        pages.push(page);
    }
    Ok(Reading { pages, without_content, needs_programs: false })
}

/// Whether a page names content, or a piece of it, that is not there.
fn lacks_content(page: &PdfPage<'_>) -> bool {
    let dict = page.raw();
    if !dict.contains_key("Contents") {
        return false;
    }
    match dict.get::<Array<'_>>("Contents") {
        Some(pieces) => pieces.raw_iter().count() != pieces.iter::<Stream<'_>>().count(),
        None => page.page_stream().is_none(),
    }
}

fn load_error(file: &[u8], error: LoadPdfError) -> Error {
    match error {
        LoadPdfError::Decryption(DecryptionError::PasswordProtected) => {
            Error::new(ErrorKind::Encrypted, "the file opens only with a password")
        }
        LoadPdfError::Decryption(other) => {
            Error::new(ErrorKind::Encrypted, format!("the encryption cannot be undone: {other:?}"))
        }
        LoadPdfError::Invalid if !file.windows(5).take(1024).any(|bytes| bytes == b"%PDF-") => {
            Error::new(ErrorKind::NotAPdf, "the file has no PDF header")
        }
        LoadPdfError::Invalid => Error::new(ErrorKind::Damaged, "neither cross-reference table nor pages can be read"),
    }
}
