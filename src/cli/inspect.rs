//! `yusuan inspect`: a page with one stage drawn over it.

use std::path::PathBuf;

use crate::inspect::{DrawnStage, inspect};
use clap::{Args, ValueEnum};

use crate::conversion::Options;
use crate::document::PageNumber;
use crate::outputs::write_atomically;

use super::CLEAN;
use super::output::say;

/// Draw a page with what one stage of the conversion made of it, as SVG.
#[derive(Args)]
pub(super) struct Arguments {
    /// PDF file.
    #[arg(value_name = "FILE")]
    file: PathBuf,

    /// Physical page, first = 1.
    #[arg(long, short, value_name = "N")]
    page: u32,

    /// What to draw over the page.
    #[arg(long, short, value_enum)]
    stage: StageName,

    /// SVG file to write; a browser shows it, with the text of each cell when pointed at.
    #[arg(long, short, value_name = "SVG")]
    out: PathBuf,
}

/// Stages of the conversion.
#[derive(Clone, Copy, ValueEnum)]
enum StageName {
    /// Characters as read: boxes, and what no reader sees.
    Glyphs,
    /// Table lines as read and joined.
    Rulings,
    /// Cells with their text.
    Cells,
    /// Tables with what they were taken for.
    Tables,
    /// What became of each character: green read, grey furniture, red unread.
    Coverage,
}

pub(super) fn run(arguments: &Arguments) -> Result<u8, String> {
    let bytes =
        std::fs::read(&arguments.file).map_err(|error| format!("cannot read {}: {error}", arguments.file.display()))?;
    let stage = match arguments.stage {
        StageName::Glyphs => DrawnStage::Glyphs,
        StageName::Rulings => DrawnStage::Rulings,
        StageName::Cells => DrawnStage::Cells,
        StageName::Tables => DrawnStage::Tables,
        StageName::Coverage => DrawnStage::Coverage,
    };
    let svg = inspect(&bytes, PageNumber(arguments.page), stage, &Options::default())
        .map_err(|error| format!("{}: {error}", arguments.file.display()))?;
    write_atomically(&arguments.out, &svg).map_err(|error| error.to_string())?;
    say!("{}", arguments.out.display());
    Ok(CLEAN)
}
