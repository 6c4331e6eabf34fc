//! How much a conversion may use.

use std::time::Duration;

use serde::{Deserialize, Serialize};

/// What one file may use before its conversion ends with [`ErrorKind::TooLarge`](crate::ErrorKind::TooLarge) or
/// [`ErrorKind::Timeout`](crate::ErrorKind::Timeout).
///
/// The defaults leave room for anything that a department publishes and stop what only a hostile file needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Limits {
    /// Longest time that reading the pages may take. It is looked at between drawing operations: a single operation
    /// that does not end is stopped only where the conversion has a process of its own, as in the command line's
    /// batches.
    pub time: Duration,
    /// Most pages.
    pub pages: usize,
    /// Most bytes that all streams of the file may come to when they are decompressed.
    pub decompressed: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self { time: Duration::from_secs(60), pages: 2000, decompressed: 1 << 30 }
    }
}
