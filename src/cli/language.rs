//! The language of what is printed for people.

use crate::report::Language;
use clap::ValueEnum;

/// Language of a report.
#[derive(Clone, Copy, ValueEnum)]
pub(super) enum LanguageName {
    /// 中文.
    Zh,
    /// English.
    En,
}

impl LanguageName {
    /// The language as the library knows it.
    pub(super) fn language(self) -> Language {
        match self {
            LanguageName::Zh => Language::Chinese,
            LanguageName::En => Language::English,
        }
    }
}
