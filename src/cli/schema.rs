//! `yusuan schema`: the JSON Schema of the output.

use clap::Args;

use super::CLEAN;
use super::output::say;

/// Print the JSON Schema (2020-12) of the document JSON.
#[derive(Args)]
pub(super) struct Arguments {}

pub(super) fn run(_: &Arguments) -> Result<u8, String> {
    say!("{}", crate::document::json_schema());
    Ok(CLEAN)
}
