//! PDF bytes → pages of positioned glyphs and rulings.

mod characters;
mod ideographs;
mod pdf;
mod rulings;
mod second;
mod triage;
mod turn;
mod visibility;

pub(crate) use pdf::read_pages;
pub(crate) use second::{SecondReading, second_reading};
pub(crate) use triage::triage;

#[cfg(test)]
pub(crate) mod testing;
#[cfg(test)]
mod tests;
