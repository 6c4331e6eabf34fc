//! A process of its own that converts files, so that what no library can stop ends with the process: an endless loop,
//! an overflowing stack, memory without end. Both sides of the pipe are here.
//!
//! The parent writes one line of JSON, a [`Job`]; the worker reads the file and answers with one line, an [`Answer`].
//! Lines that are no answer are ignored: a dependency may print.

use std::ffi::OsString;
use std::io::{BufRead, BufReader, Read, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, Command, ExitStatus, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::task::{Conversion, Converter, Reply};
use crate::document::{Error, ErrorKind};

/// A worker looks at its time limit itself, between drawing operations; it is killed when it has not by this much more.
const GRACE: Duration = Duration::from_secs(2);

/// As much of a worker's last words is kept, in bytes.
const LAST_WORDS: usize = 4096;

/// A file to convert.
#[derive(Debug, Serialize, Deserialize)]
struct Job {
    number: u64,
    /// Where it is; a path need not be text.
    path: OsString,
    target: String,
}

/// What became of a job.
#[derive(Debug, Serialize, Deserialize)]
struct Answer {
    number: u64,
    reply: Reply,
}

/// Converts what comes in until nothing comes any more: the worker's side. The first line is the [`Conversion`].
///
/// # Errors
/// [`ErrorKind::Io`] if the pipe breaks or does not say what it should, [`ErrorKind::Vocabulary`].
pub(crate) fn serve(
    out: &Path,
    mut requests: impl Iterator<Item = std::io::Result<String>>,
    mut answers: impl Write,
) -> Result<(), Error> {
    let broken = |error: &dyn std::fmt::Display| Error::new(ErrorKind::Io, format!("the worker's pipe: {error}"));
    let conversion: Conversion = match next(&mut requests).map_err(|error| broken(&error))? {
        Some(conversion) => conversion,
        None => return Ok(()),
    };
    limit_memory(conversion.memory)?;
    let mut converter = Converter::new(&conversion, out, &super::journal::temporary_folder(out))?;
    while let Some(job) = next::<Job>(&mut requests).map_err(|error| broken(&error))? {
        let answer = Answer { number: job.number, reply: converter.convert(job.path.as_ref(), &job.target) };
        write_line(&mut answers, &answer).map_err(|error| broken(&error))?;
    }
    Ok(())
}

#[cfg(unix)]
fn limit_memory(bytes: Option<u64>) -> Result<(), Error> {
    let Some(bytes) = bytes else { return Ok(()) };
    let (_, most) = rlimit::Resource::AS.get().map_err(|error| no_limit(&error))?;
    let bytes = bytes.min(most);
    rlimit::Resource::AS.set(bytes, bytes).map_err(|error| no_limit(&error))
}

#[cfg(unix)]
fn no_limit(error: &std::io::Error) -> Error {
    Error::new(ErrorKind::Io, format!("the memory limit cannot be set: {error}"))
}

#[cfg(not(unix))]
fn limit_memory(_: Option<u64>) -> Result<(), Error> {
    Ok(())
}

fn next<T: serde::de::DeserializeOwned>(
    lines: &mut impl Iterator<Item = std::io::Result<String>>,
) -> std::io::Result<Option<T>> {
    let Some(line) = lines.next().transpose()? else { return Ok(None) };
    Ok(Some(serde_json::from_str(&line)?))
}

fn write_line(writer: &mut impl Write, value: &impl Serialize) -> std::io::Result<()> {
    let mut line = serde_json::to_string(value)?;
    line.push('\n');
    writer.write_all(line.as_bytes())?;
    writer.flush()
}

/// Why a worker gave no answer.
#[derive(Debug)]
pub(super) enum Death {
    /// It was killed at the time limit.
    TimedOut,
    /// It ended by itself or was killed by somebody else.
    Ended { status: Option<ExitStatus>, last_words: String },
}

impl Death {
    /// Whether nothing tells that the file is to blame.
    pub(super) fn is_unexplained(&self) -> bool {
        matches!(self, Death::Ended { last_words, .. } if cause(last_words).is_none())
    }

    /// The error of the file that the worker was given.
    pub(super) fn error(&self, conversion: &Conversion) -> Error {
        match self {
            Death::TimedOut => {
                let seconds = conversion.limits.time.as_secs_f64();
                Error::new(ErrorKind::Timeout, format!("not finished after {seconds} s"))
            }
            Death::Ended { status, last_words } => match cause(last_words) {
                Some(Cause::Memory) => {
                    let most = conversion.memory.unwrap_or_default() >> 20;
                    Error::new(ErrorKind::TooLarge, format!("the conversion needs more than {most} MiB of memory"))
                }
                Some(Cause::Stack) => Error::new(ErrorKind::Internal, "the conversion overflowed its stack"),
                None => {
                    let status = status.map_or_else(|| "without a status".to_owned(), |status| status.to_string());
                    let words = last_words.trim();
                    Error::new(ErrorKind::Internal, format!("the worker process ended ({status}) {words}").trim_end())
                }
            },
        }
    }
}

/// What a worker died of.
enum Cause {
    Memory,
    Stack,
}

/// Reads the runtime's last words: it says so before it aborts. Reading a request can fail for want of memory as well.
fn cause(last_words: &str) -> Option<Cause> {
    if last_words.contains("memory allocation of") || last_words.contains("out of memory") {
        Some(Cause::Memory)
    } else if last_words.contains("has overflowed its stack") {
        Some(Cause::Stack)
    } else {
        None
    }
}

/// A worker process: the parent's side. Its three pipes have a thread each, so that nothing waits for a worker longer
/// than its time.
#[derive(Debug)]
pub(super) struct Worker {
    child: Child,
    /// Lines for the worker.
    requests: Sender<Vec<u8>>,
    answers: Receiver<Answer>,
    last_words: Receiver<String>,
    patience: Duration,
    number: u64,
}

impl Worker {
    /// Starts the command, which must call [`serve`].
    pub(super) fn start(command: &[OsString], conversion: &Conversion) -> Result<Self, Error> {
        let failed = |error: &dyn std::fmt::Display| Error::new(ErrorKind::Io, format!("no worker process: {error}"));
        let (program, arguments) = command.split_first().ok_or_else(|| failed(&"no command"))?;
        let mut command = Command::new(program);
        command.args(arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().map_err(|error| failed(&error))?;
        let pipes = (child.stdin.take(), child.stdout.take(), child.stderr.take());
        let (Some(stdin), Some(stdout), Some(stderr)) = pipes else { return Err(failed(&"no pipes")) };
        let (requests, to_send) = channel();
        std::thread::spawn(move || send(stdin, &to_send));
        let (to_hear, answers) = channel();
        std::thread::spawn(move || hear(stdout, &to_hear));
        let (to_tell, last_words) = channel();
        std::thread::spawn(move || to_tell.send(read_last_words(stderr)));
        let worker = Self { child, requests, answers, last_words, patience: conversion.limits.time + GRACE, number: 0 };
        worker.request(conversion);
        Ok(worker)
    }

    /// Has a file converted. A worker that dies of it is gone.
    pub(super) fn convert(mut self, path: &Path, target: &str) -> Result<(Reply, Self), Death> {
        self.number += 1;
        self.request(&Job { number: self.number, path: path.into(), target: target.to_owned() });
        loop {
            match self.answers.recv_timeout(self.patience) {
                Ok(answer) if answer.number == self.number => return Ok((answer.reply, self)),
                Ok(_) => {}
                Err(RecvTimeoutError::Timeout) => return Err(Death::TimedOut),
                Err(RecvTimeoutError::Disconnected) => return Err(self.end()),
            }
        }
    }

    /// A request that cannot be sent has no answer either, which is how its failure is seen.
    fn request(&self, line: &impl Serialize) {
        let mut text = Vec::new();
        if write_line(&mut text, line).is_ok() {
            let _ = self.requests.send(text);
        }
    }

    fn end(mut self) -> Death {
        let last_words = self.last_words.recv_timeout(GRACE).unwrap_or_default();
        let _ = self.child.kill(); // if it has closed its pipe but lives
        Death::Ended { status: self.child.wait().ok(), last_words }
    }
}

impl Drop for Worker {
    fn drop(&mut self) {
        // It is idle, too late, or dead already; then there is nothing to kill.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn send(mut stdin: ChildStdin, requests: &Receiver<Vec<u8>>) {
    for line in requests {
        if stdin.write_all(&line).and_then(|()| stdin.flush()).is_err() {
            return; // a worker that is dead or given up
        }
    }
}

fn hear(stdout: impl Read, answers: &Sender<Answer>) {
    for line in BufReader::new(stdout).lines().map_while(Result::ok) {
        let Ok(answer) = serde_json::from_str(&line) else { continue };
        if answers.send(answer).is_err() {
            return; // a worker that is given up
        }
    }
}

/// The end of what a worker says on its standard error, in which the runtime tells why it aborts.
fn read_last_words(mut pipe: impl Read) -> String {
    let mut kept = Vec::new();
    let mut buffer = [0; LAST_WORDS];
    while let Ok(length @ 1..) = pipe.read(&mut buffer) {
        kept.extend_from_slice(&buffer[..length]);
        let surplus = kept.len().saturating_sub(LAST_WORDS);
        kept.drain(..surplus);
    }
    String::from_utf8_lossy(&kept).into_owned()
}
