//! The performance grid (绩效目标表) of a dump: a grammar over its words.
//!
//! Level words, targets and amounts are told by themselves ([`anchors`]); the text between two of them belongs to the
//! columns that the header names between theirs ([`reading`]), and where that is more than one, or a cell may go on
//! over a page break, the widths of the columns' lines decide ([`columns`]).

mod anchors;
mod cells;
mod columns;
mod header;
mod reading;
#[cfg(test)]
mod tests;
mod tokens;

use super::text::TextLine;
use crate::document::{Diagnostic, Observation};
use crate::language::performance_roles::{Role, role_of};
use crate::language::vocabulary::{PerformanceWords, Vocabulary, squeezed};
use crate::model::Grid;
use header::Header;
use tokens::Token;

/// So many spaces are a gap between columns.
const WIDE_GAP: usize = 3;

/// Where more than this share of the lines has such gaps, columns are kept by spaces.
const SPACED_SHARE: f32 = 0.2;

/// Reads the lines below a performance table's caption (header first; repeated headers, page numbers and page breaks
/// inside) as a grid a page; `None` where they are none.
pub(super) fn grids(
    lines: &[TextLine],
    vocabulary: &Vocabulary,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<Vec<Grid>> {
    let page = lines.first()?.page;
    let grids = stream_grids(lines, vocabulary, diagnostics);
    if grids.is_none() {
        diagnostics.push(Observation::PerformanceUnread.on(page));
    }
    grids
}

/// The grids of lines in which the cells follow one another, row by row.
fn stream_grids(lines: &[TextLine], vocabulary: &Vocabulary, diagnostics: &mut Vec<Diagnostic>) -> Option<Vec<Grid>> {
    if keeps_columns(lines) {
        return None;
    }
    let tokens = tokens::tokens(lines);
    let header = header::read(&tokens, vocabulary)?;
    let anchored = header.has(Role::AMOUNT) || header.has(Role::LEVEL1);
    if !anchored || lacks_columns(&tokens, &header, &vocabulary.performance) {
        return None;
    }
    let pieces = anchors::Finder::new(&tokens, &header, vocabulary).pieces();
    let projects = reading::Reader::new(&tokens, &header, &pieces).read(&pieces, diagnostics)?;
    let has_indicators = projects.iter().any(|project| !project.rows.is_empty());
    let sound = !projects.is_empty() && (has_indicators || !header.has(Role::INDICATOR));
    sound.then(|| cells::grids(&header, &projects))
}

/// Whether columns are kept by spaces, so that lines of neighbouring cells are mixed.
fn keeps_columns(lines: &[TextLine]) -> bool {
    let is_spaced = |line: &&TextLine| {
        let begins = line.words.first().is_some_and(|word| word.column >= WIDE_GAP);
        begins || line.words.windows(2).any(|pair| pair[1].column >= pair[0].end() + WIDE_GAP)
    };
    lines.iter().filter(is_spaced).count() as f32 > SPACED_SHARE * lines.len() as f32
}

/// Whether labels or level words stand below the header that belong to columns which it has not: it is not whole.
fn lacks_columns(tokens: &[Token], header: &Header, words: &PerformanceWords) -> bool {
    let kept = [Role::LEVEL1, Role::LEVEL2, Role::INDICATOR, Role::RELATION, Role::VALUE];
    let no_levels = !header.has(Role::LEVEL1) && !header.has(Role::LEVEL2);
    tokens[header.end..].iter().filter(|token| token.first && token.last).any(|token| {
        let text = squeezed(&token.text).into_owned();
        let labels = role_of(&text, words).is_some_and(|role| kept.contains(&role) && !header.has(role));
        labels || (no_levels && words.level_words.contain(&text))
    })
}
