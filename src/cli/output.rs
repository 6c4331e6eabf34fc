//! What the commands print.
//!
//! A reader that has seen enough closes the pipe (`yusuan check … | head`): what follows is dropped, and the command ends
//! as it would have. Where standard output cannot take it for another reason, as on a full disk, the command fails.

use std::fmt::Arguments;
use std::io::{ErrorKind, Write, stderr, stdout};
use std::sync::OnceLock;

/// Why standard output took no more.
static FAILED: OnceLock<String> = OnceLock::new();

/// Prints a line to standard output, as `println!` does, and never panics.
macro_rules! say {
    ($($text:tt)*) => { $crate::cli::output::line(format_args!($($text)*)) };
}

/// Prints a line to standard error, as `eprintln!` does, and never panics.
macro_rules! complain {
    ($($text:tt)*) => { $crate::cli::output::complaint(format_args!($($text)*)) };
}

pub(super) use {complain, say};

/// See [`say`].
pub(super) fn line(text: Arguments<'_>) {
    let mut out = stdout().lock();
    if let Err(error) = out.write_fmt(text).and_then(|()| out.write_all(b"\n")).and_then(|()| out.flush())
        && error.kind() != ErrorKind::BrokenPipe
    {
        FAILED.get_or_init(|| error.to_string());
    }
}

/// See [`complain`]. There is nowhere left to tell that standard error is closed.
pub(super) fn complaint(text: Arguments<'_>) {
    let mut out = stderr().lock();
    let _ = out.write_fmt(text).and_then(|()| out.write_all(b"\n"));
}

/// Why some of what was said could not be printed.
pub(super) fn failure() -> Option<&'static str> {
    FAILED.get().map(String::as_str)
}
