//! What a batch shows while it runs: a bar where somebody looks on, lines where they are asked for, nothing otherwise;
//! and its sum at the end.

use std::io::{IsTerminal as _, Write as _};
use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use crate::batch::{Observer, Outcome, ReportRow, Summary};
use clap::ValueEnum;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use serde::Serialize;

/// Form of the lines for each file.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum LogFormat {
    /// Lines of text.
    Text,
    /// JSON, one object a line.
    Json,
}

/// The bar counts bytes: files are of very different size, and the time left follows from bytes.
const BAR: &str = "{bar:30} {percent}%  {msg}  {eta} left";

/// The bar moves by itself this often, so that it is seen to live.
const TICK: Duration = Duration::from_millis(200);

/// Shows a batch on the terminal.
pub(super) struct Progress {
    bar: ProgressBar,
    log: Option<LogFormat>,
    begun: Instant,
    files: AtomicU64,
    finished: AtomicU64,
    pages: AtomicU64,
    failed: AtomicU64,
}

/// A line of the JSON log.
#[derive(Serialize)]
#[serde(tag = "event", rename_all = "snake_case")]
enum Event<'e> {
    File {
        #[serde(flatten)]
        row: &'e ReportRow,
        unchanged: bool,
    },
    Summary {
        #[serde(flatten)]
        summary: &'e Summary,
        seconds: f64,
    },
}

impl Progress {
    pub(super) fn new(log: Option<LogFormat>) -> Self {
        let is_seen = log.is_none() && std::io::stderr().is_terminal();
        let target = if is_seen { ProgressDrawTarget::stderr() } else { ProgressDrawTarget::hidden() };
        let style = ProgressStyle::with_template(BAR).unwrap_or_else(|_| ProgressStyle::default_bar());
        let bar = ProgressBar::with_draw_target(Some(0), target).with_style(style);
        bar.enable_steady_tick(TICK);
        let zero = || AtomicU64::new(0);
        let (files, finished, pages, failed) = (zero(), zero(), zero(), zero());
        Self { bar, log, begun: Instant::now(), files, finished, pages, failed }
    }

    /// Shows the sum of the run.
    pub(super) fn end(&self, summary: &Summary, report: &Path) {
        self.bar.finish_and_clear();
        let seconds = self.begun.elapsed().as_secs_f64();
        if self.log == Some(LogFormat::Json) {
            print_json(&Event::Summary { summary, seconds });
            return;
        }
        let Summary { files, pages, ok, findings, failed, unchanged, duplicates, gone, pruned, .. } = summary;
        let mut line = format!("{files} files, {pages} pages: {ok} ok, {findings} with findings, {failed} failed");
        if !summary.errors.is_empty() {
            let errors: Vec<_> = summary.errors.iter().map(|(code, count)| format!("{count} {code}")).collect();
            line.push_str(&format!(" ({})", errors.join(", ")));
        }
        if *unchanged > 0 {
            line.push_str(&format!("; {unchanged} done before"));
        }
        if *duplicates > 0 {
            line.push_str(&format!("; {duplicates} duplicates"));
        }
        if *gone > 0 {
            line.push_str(&format!("; {gone} documents in the folder have lost their input (--prune removes them)"));
        }
        if *pruned > 0 {
            line.push_str(&format!("; {pruned} documents removed whose input is gone"));
        }
        print_line(&format!("{line}; {seconds:.1} s; {}", report.display()));
    }

    fn message(&self, finished: u64) -> String {
        let (files, pages) = (self.files.load(Ordering::Relaxed), self.pages.load(Ordering::Relaxed));
        let rate = pages as f64 / self.begun.elapsed().as_secs_f64().max(0.001);
        let failed = self.failed.load(Ordering::Relaxed);
        format!("{finished}/{files} files, {pages} pages, {rate:.0} pages/s, {failed} failed")
    }
}

impl Observer for Progress {
    fn begin(&self, files: usize, bytes: u64) {
        self.files.store(files as u64, Ordering::Relaxed);
        self.bar.set_length(bytes);
    }

    fn finish(&self, row: &ReportRow, unchanged: bool) {
        let finished = self.finished.fetch_add(1, Ordering::Relaxed) + 1;
        self.pages.fetch_add(row.counts.map_or(0, |counts| counts.pages.into()), Ordering::Relaxed);
        self.failed.fetch_add(u64::from(row.outcome == Outcome::Failed), Ordering::Relaxed);
        self.bar.set_message(self.message(finished));
        self.bar.inc(row.bytes);
        match self.log {
            Some(LogFormat::Text) => print_line(&line(row, unchanged)),
            Some(LogFormat::Json) => print_json(&Event::File { row, unchanged }),
            None => {}
        }
    }
}

/// What became of a file, on one line.
fn line(row: &ReportRow, unchanged: bool) -> String {
    let file = &row.input;
    let before = if unchanged { " (done before)" } else { "" };
    let contents = row.counts.map_or_else(String::new, |counts| {
        format!(
            "{} pages, {} tables, {} amounts, {} projects, {} statements",
            counts.pages, counts.tables, counts.amounts, counts.projects, counts.statements
        )
    });
    match row.outcome {
        Outcome::Ok => format!("ok        {file}: {contents}{before}"),
        Outcome::Findings => format!("findings  {file}: {contents}; {}{before}", findings(row)),
        Outcome::Failed => {
            let (error, message) =
                (row.error.as_deref().unwrap_or_default(), row.message.as_deref().unwrap_or_default());
            format!("failed    {file}: {error}: {message}{before}")
        }
    }
}

/// What was found, by name: `unmapped-glyphs ×2`.
fn findings(row: &ReportRow) -> String {
    let named = row.findings.iter().map(|(id, &count)| if count > 1 { format!("{id} ×{count}") } else { id.clone() });
    named.collect::<Vec<_>>().join(", ")
}

fn print_json(event: &Event<'_>) {
    if let Ok(line) = serde_json::to_string(event) {
        print_line(&line);
    }
}

/// Prints a line whole, whatever other threads print. A reader that has gone away is no reason to stop converting.
fn print_line(line: &str) {
    let _ = std::io::stdout().lock().write_all(format!("{line}\n").as_bytes());
}
