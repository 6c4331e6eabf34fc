//! Workers that do not do as they should; the command line cannot choose them. `tests/batch.rs` has the rest.

use std::time::Duration;

use super::{Conversion, Observer, Outcome, REPORT, ReportRow, Settings, run};
use crate::document::ErrorKind;
use crate::limits::Limits;

/// Looks on without a word.
struct Silent;

impl Observer for Silent {
    fn begin(&self, _: usize, _: u64) {}
    fn finish(&self, _: &ReportRow, _: bool) {}
}

/// A stand-in for a worker: a shell script.
fn run_with_worker(script: &str, time: Duration) -> ReportRow {
    let (input, out) = (tempfile::tempdir().expect("a folder"), tempfile::tempdir().expect("a folder"));
    std::fs::write(input.path().join("x.pdf"), "is read by nobody").expect("a file");
    let limits = Limits { time, ..Limits::default() };
    let conversion = Conversion { limits, memory: Some(64 << 20), ..Conversion::default() };
    let worker = ["sh", "-c", script].map(Into::into).to_vec();
    let (inputs, out_folder) = (vec![input.path().to_owned()], out.path().to_owned());
    run(&Settings { inputs, out: out_folder, conversion, worker, ..Settings::default() }, &Silent).expect("a run");
    let report = std::fs::read_to_string(out.path().join(REPORT)).expect("a report");
    serde_json::from_str(&report).expect("one row")
}

#[test]
fn a_worker_that_never_answers_is_stopped() {
    let row = run_with_worker("exec sleep 1000", Duration::from_millis(10));
    assert_eq!((row.outcome, row.error.as_deref()), (Outcome::Failed, Some(ErrorKind::Timeout.code())));
}

#[test]
fn a_worker_that_dies_says_what_of() {
    let cause = |script: &str| {
        let row = run_with_worker(script, Duration::from_secs(60));
        (row.error.expect("an error"), row.message.expect("a message"))
    };
    let (code, message) = cause("echo 'memory allocation of 99 bytes failed' >&2; kill -ABRT $$");
    assert_eq!((code.as_str(), message.contains("64 MiB")), (ErrorKind::TooLarge.code(), true), "{message}");
    let (code, message) = cause("echo \"thread 'main' has overflowed its stack\" >&2; kill -ABRT $$");
    assert_eq!((code.as_str(), message.contains("stack")), (ErrorKind::Internal.code(), true), "{message}");
    let (code, message) = cause("kill -KILL $$");
    assert_eq!((code.as_str(), message.contains("signal: 9")), (ErrorKind::Internal.code(), true), "{message}");
}
