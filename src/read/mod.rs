//! PDF bytes → pages of positioned glyphs and rulings, upright, in points, y down.
//!
//! hayro interprets the pages ([`pdf`] opens the file, [`recorder`] plays the drawing device), lopdf tells what the file
//! says about itself ([`triage`]), pdf-extract reads the text a second time on request ([`second`]).

mod characters;
mod cut;
mod damage;
mod decompressed;
mod diagnose;
mod font_programs;
mod fonts;
mod functions;
mod ideographs;
mod marks;
mod pdf;
mod placing;
mod recorder;
mod rulings;
mod second;
mod skew;
mod slanted;
mod triage;
mod turn;
#[cfg(feature = "second-reader")]
mod unbounded;
mod undrawn;
mod unencoded;
mod visibility;

use std::sync::Arc;

use crate::document::{self, Error};
use crate::input::{Input, Pages, Reading};

pub(crate) use second::compare_figures;

/// A PDF.
pub(crate) struct Pdf;

impl Input for Pdf {
    const KIND: document::Input = document::Input::Pdf;

    fn pages(bytes: &Arc<Vec<u8>>, reading: &mut Reading<'_>) -> Result<(Pages, Option<String>), Error> {
        let (pages, damage) = pdf::read_pages(bytes, reading.limits, reading.clock)?;
        let triage = triage::triage(bytes);
        diagnose::diagnose(&pages, &damage, &triage, reading.diagnostics)?;
        Ok((Pages::Drawn(pages), triage.producer))
    }
}

#[cfg(test)]
mod tests;
