//! `yusuan worker`: the process that `convert` starts to read files in. Not for people.

use std::path::PathBuf;
use std::sync::mpsc::{Receiver, channel};

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
    let requests = requests_while_somebody_asks();
    crate::batch::serve(&arguments.out, requests.into_iter(), std::io::stdout().lock())
        .map_err(|error| error.to_string())?;
    Ok(CLEAN)
}

/// The lines of standard input. Where they end, whoever asked has gone or given this process up, and it ends at once, in
/// the middle of a file: nobody waits for its output, and a later run may have written another.
fn requests_while_somebody_asks() -> Receiver<std::io::Result<String>> {
    let (sender, receiver) = channel();
    std::thread::spawn(move || {
        for line in std::io::stdin().lines() {
            if sender.send(line).is_err() {
                return;
            }
        }
        std::process::exit(CLEAN.into());
    });
    receiver
}
