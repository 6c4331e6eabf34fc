//! Interprets every page of the PDFs given and does nothing with what is drawn: the least that any program built on
//! hayro spends on them, and therefore what yusuan's own time is compared with (`benches/peers.py`).
//!
//! ```sh
//! cargo run --release --example bare_interpretation -- samples/haidong-2023.pdf
//! ```

use std::process::ExitCode;

use hayro_interpret::hayro_syntax::Pdf;
use hayro_interpret::kurbo::Rect;
use hayro_interpret::{Context, DummyDevice, InterpreterCache, InterpreterSettings, TransformExt, interpret_page};

fn main() -> ExitCode {
    let mut unreadable = false;
    for file in std::env::args_os().skip(1) {
        let pages = std::fs::read(&file).ok().and_then(interpret);
        match pages {
            Some(pages) => println!("{}: {pages} pages", file.display()),
            None => println!("{}: cannot be read", file.display()),
        }
        unreadable |= pages.is_none();
    }
    if unreadable { ExitCode::FAILURE } else { ExitCode::SUCCESS }
}

/// Interprets a file as yusuan does, one cache a document, and tells how many pages it has.
fn interpret(file: Vec<u8>) -> Option<usize> {
    let pdf = Pdf::new(file).ok()?;
    let cache = InterpreterCache::new();
    for page in pdf.pages().iter() {
        let (width, height) = page.render_dimensions();
        let bounds = Rect::new(0.0, 0.0, width.into(), height.into());
        let transform = page.initial_transform(true).to_kurbo();
        let mut context = Context::new(transform, bounds, &cache, pdf.xref(), InterpreterSettings::default());
        interpret_page(page, &mut context, &mut DummyDevice);
    }
    Some(pdf.pages().len())
}
