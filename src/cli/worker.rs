//! `yusuan worker`: the process that `convert` starts to read files in. Not for people.

use std::path::PathBuf;

use clap::Args;

use super::CLEAN;

/// Convert the files that come in through standard input.
#[derive(Args)]
pub(super) struct Arguments {
    /// Folder for the outputs.
    #[arg(long)]
    out: PathBuf,
}

pub(super) fn run(arguments: &Arguments) -> Result<u8, String> {
    crate::batch::serve(&arguments.out, std::io::stdin().lock(), std::io::stdout().lock())
        .map_err(|error| error.to_string())?;
    Ok(CLEAN)
}
