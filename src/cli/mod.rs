//! The command line: one file a subcommand, no logic beyond files and exit codes.

mod check;
mod convert;
#[cfg(feature = "data")]
mod data_sets;
mod diff;
#[cfg(feature = "data")]
mod export;
mod inputs;
mod inspect;
mod language;
mod output;
mod progress;
mod schema;
mod worker;

use std::process::ExitCode;

use clap::{Parser, Subcommand};
use serde::Serialize;

use output::{complain, say};

/// Nothing to look at.
const CLEAN: u8 = 0;
/// Everything was converted, but something should be looked at.
const FINDINGS: u8 = 1;
/// Something could not be converted.
const FAILURE: u8 = 2;

/// Turns the budget PDFs that Chinese government departments publish into checked data.
///
/// Exit status: 0 clean, 1 with findings, 2 with failures.
#[derive(Parser)]
#[command(version, arg_required_else_help = true)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    Convert(convert::Arguments),
    Check(check::Arguments),
    Diff(diff::Arguments),
    #[cfg(feature = "data")]
    Export(export::Arguments),
    Inspect(inspect::Arguments),
    Schema(schema::Arguments),
    #[command(hide = true)]
    Worker(worker::Arguments),
}

/// Runs the command that the arguments name.
pub fn run() -> ExitCode {
    // The library turns panics into errors of their file; their backtraces would only alarm.
    std::panic::set_hook(Box::new(|_| {}));
    let outcome = match Arguments::parse().command {
        Command::Convert(arguments) => convert::run(&arguments),
        Command::Check(arguments) => check::run(&arguments),
        Command::Diff(arguments) => diff::run(&arguments),
        #[cfg(feature = "data")]
        Command::Export(arguments) => export::run(&arguments),
        Command::Inspect(arguments) => inspect::run(&arguments),
        Command::Schema(arguments) => schema::run(&arguments),
        Command::Worker(arguments) => worker::run(&arguments),
    };
    let outcome = outcome.and_then(|status| match output::failure() {
        Some(error) => Err(format!("standard output: {error}")),
        None => Ok(status),
    });
    ExitCode::from(outcome.unwrap_or_else(|message| {
        complain!("error: {message}");
        FAILURE
    }))
}

/// Prints a value as indented JSON.
fn print_json(value: &impl Serialize) -> Result<(), String> {
    say!("{}", serde_json::to_string_pretty(value).map_err(|error| error.to_string())?);
    Ok(())
}
