//! A second, independent reading of the text by pdf-extract, used only to compare the figures of each page.
//!
//! pdf-extract panics on predefined CMaps and misreads some widths; it is run only on request, and a panic means no
//! more than that there is no second reading.

use std::panic::{AssertUnwindSafe, catch_unwind};

/// The text of every page as the second reader has it.
pub(crate) enum SecondReading {
    /// Page texts, first page first.
    Pages(Vec<String>),
    /// The second reader failed; why.
    Unavailable(String),
}

/// Reads the file a second time.
pub(crate) fn second_reading(file: &[u8]) -> SecondReading {
    match catch_unwind(AssertUnwindSafe(|| pdf_extract::extract_text_from_mem_by_pages(file))) {
        Ok(Ok(pages)) => SecondReading::Pages(pages),
        Ok(Err(error)) => SecondReading::Unavailable(error.to_string()),
        Err(_) => SecondReading::Unavailable("the second reader panicked".to_owned()),
    }
}
