//! PDF bytes → pages of positioned glyphs and rulings, upright, in points, y down.
//!
//! hayro interprets the pages ([`pdf`] opens the file, [`recorder`] plays the drawing device), lopdf tells what the file
//! says about itself ([`triage`]), pdf-extract reads the text a second time on request ([`second`]).

mod characters;
mod decompressed;
mod diagnose;
mod font_programs;
mod fonts;
mod ideographs;
mod pdf;
mod recorder;
mod rulings;
mod second;
mod triage;
mod turn;
mod unbounded;
mod unencoded;
mod visibility;

pub(crate) use diagnose::diagnose;
pub(crate) use pdf::read_pages;
pub(crate) use second::compare_figures;
pub(crate) use triage::triage;

#[cfg(test)]
pub(crate) mod testing;
#[cfg(test)]
mod tests;
