//! How much a conversion may use, and how it ends where it needs more.
//!
//! What can be counted is counted before it is used, so that the same file always ends at the same limit: pages, bytes
//! after decompression, marks on a page and in the document. Only [`Limits::time`] depends on the machine.

use std::any::Any;
use std::panic::resume_unwind;
use std::time::{Duration, Instant};

use serde::{Deserialize, Serialize};

use crate::document::{Error, ErrorKind};

/// What one file may use before its conversion ends with [`ErrorKind::TooLarge`](crate::ErrorKind::TooLarge) or
/// [`ErrorKind::Timeout`](crate::ErrorKind::Timeout).
///
/// The defaults leave room for anything that a department publishes and stop what only a hostile file needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Limits {
    /// Longest time that the conversion may take. It is looked at between drawing operations, pages and stages: a
    /// single operation that does not end is stopped only where the conversion has a process of its own, as in the
    /// command line's batches.
    pub time: Duration,
    /// Most pages.
    pub pages: usize,
    /// Most bytes that all streams of the file may come to when they are decompressed, each as often as the pages use
    /// it.
    pub decompressed: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self { time: Duration::from_secs(60), pages: 2000, decompressed: 1 << 30 }
    }
}

/// A document with more characters, rulings and areas than this (two thousand full pages have some three million)
/// would take more memory than it can be worth.
pub(crate) const MAX_MARKS: usize = 6_000_000;

/// The stack of a conversion, in bytes of address space, of which only what is used costs memory. Forms nested as deep
/// as hayro follows them (50) need some 3 MB of it in a debug build.
const STACK: usize = 64 << 20;

/// The time that a conversion has left.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Clock {
    started: Instant,
    limit: Duration,
}

impl Clock {
    /// Starts the time of a conversion.
    pub(crate) fn start(limits: &Limits) -> Self {
        Self { started: Instant::now(), limit: limits.time }
    }

    /// Whether there is time left.
    ///
    /// # Errors
    /// [`ErrorKind::Timeout`] where there is none; `stage` is what was being done.
    pub(crate) fn check(&self, stage: &str) -> Result<(), Error> {
        if self.started.elapsed() <= self.limit {
            return Ok(());
        }
        let limit = self.limit.as_secs_f32();
        let message =
            format!("{stage} was not done when the time limit of {limit} s ended; a higher one lets it go on");
        Err(Error::new(ErrorKind::Timeout, message))
    }

    /// [`check`](Self::check) for places that cannot return an error, such as the callbacks of an interpreter: unwinds
    /// to [`apart`], which returns it. Nothing is printed, as no panic is raised.
    pub(crate) fn check_or_unwind(&self, stage: &str) {
        if let Err(error) = self.check(stage) {
            resume_unwind(Box::new(error));
        }
    }
}

/// Runs a conversion on a stack of its own, so that deep nesting in a file does not depend on the stack of the caller,
/// and turns whatever unwinds out of it into an error.
///
/// # Errors
/// Those of `work`; those it unwound with; [`ErrorKind::Internal`] for a panic; [`ErrorKind::TooLarge`] where memory
/// does not suffice for the stack.
pub(crate) fn apart<T: Send>(work: impl FnOnce() -> Result<T, Error> + Send) -> Result<T, Error> {
    std::thread::scope(|scope| {
        let thread = std::thread::Builder::new().stack_size(STACK).spawn_scoped(scope, work);
        let thread = thread
            .map_err(|error| Error::new(ErrorKind::TooLarge, format!("no memory for a stack of its own: {error}")))?;
        thread.join().unwrap_or_else(|payload| Err(unwound(payload)))
    })
}

/// The error in what unwound.
fn unwound(payload: Box<dyn Any + Send>) -> Error {
    let payload = match payload.downcast::<Error>() {
        Ok(error) => return *error,
        Err(other) => other,
    };
    let message = payload.downcast_ref::<String>().cloned();
    let message = message.or_else(|| payload.downcast_ref::<&str>().map(|&text| text.to_owned()));
    Error::new(ErrorKind::Internal, message.unwrap_or_else(|| "a panic without a message".to_owned()))
}

/// Adds the marks of a page to those of the document.
///
/// # Errors
/// [`ErrorKind::TooLarge`] where they are more than any document needs.
pub(crate) fn count_marks(total: &mut usize, marks: usize) -> Result<(), Error> {
    *total += marks;
    if *total <= MAX_MARKS {
        return Ok(());
    }
    Err(Error::new(ErrorKind::TooLarge, format!("the pages have more than {MAX_MARKS} characters and rulings")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clock_without_time_says_what_was_not_done() {
        let clock = Clock::start(&Limits { time: Duration::ZERO, ..Limits::default() });
        std::thread::sleep(Duration::from_millis(1));
        let error = clock.check("reading page 3").expect_err("no time");
        assert_eq!(error.kind(), ErrorKind::Timeout);
        assert!(error.message().starts_with("reading page 3 was not done"), "{error}");
    }

    #[test]
    fn what_unwinds_is_an_error() {
        let clock = Clock { started: Instant::now() - Duration::from_secs(2), limit: Duration::from_secs(1) };
        let timeout: Result<(), Error> = apart(|| {
            clock.check_or_unwind("reading");
            Ok(())
        });
        assert_eq!(timeout.expect_err("no time").kind(), ErrorKind::Timeout);
        let text: Result<(), Error> = apart(|| resume_unwind(Box::new("a defect")));
        let error = text.expect_err("a panic");
        assert_eq!((error.kind(), error.message()), (ErrorKind::Internal, "a defect"));
    }
}
