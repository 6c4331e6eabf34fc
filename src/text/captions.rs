//! The lines above a table → label, title, organisation, unit.

use crate::document::TableKind;
use crate::language::ordinals;
use crate::language::table_labels as labels;
use crate::language::vocabulary::{Vocabulary, squeezed};
use crate::language::years;
use crate::model::{Caption, Line};
use crate::text::reflow;

/// Pieces of a line further apart than this, in ems, are separate statements (部门名称 on the left, 单位 on the right).
const PIECE_GAP: f32 = 1.0;

/// No title is shorter than this, in characters (收支表).
const MIN_TITLE: usize = 3;

/// No title is longer than this, in characters.
const MAX_TITLE: usize = 48;

/// Words in brackets below a title are fewer than this, in characters.
const MAX_SUFFIX: usize = 30;

/// What a piece of text above a table says.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum CaptionPiece {
    /// A label, with the title that follows it.
    Label {
        text: String,
        number: Option<u32>,
        title: Option<String>,
    },
    Unit(String),
    Organisation(String),
    FiscalYear(u16),
    Title(String),
    /// Words in brackets below a title that belong to it.
    TitleSuffix(String),
    /// Text beside the unit that says nothing known, as the rest of a name broken over two lines.
    Fragment(String),
    /// A single character that belongs to nothing.
    Stray,
}

/// Reads one line as part of a caption; `None` where it is ordinary text.
pub(crate) fn read_line(line: &Line, vocabulary: &Vocabulary) -> Option<Vec<CaptionPiece>> {
    let texts: Vec<String> = pieces(line).into_iter().flat_map(|text| statements(text, vocabulary)).collect();
    let read: Vec<Option<CaptionPiece>> = texts.iter().map(|text| read_piece(text, vocabulary)).collect();
    if texts.len() > 1 && read.iter().any(|piece| matches!(piece, Some(CaptionPiece::Unit(_)))) {
        // Where a unit stands, everything on its line belongs to the caption.
        return Some(read.into_iter().zip(&texts).map(|(piece, text)| known_or_fragment(piece, text)).collect());
    }
    let read: Option<Vec<CaptionPiece>> = read.into_iter().collect();
    if texts.len() == 1 {
        return read;
    }
    // A title spaced out to fill its line (收 支 总 表) falls into pieces, but is one. Beside a whole title, a single
    // character is the edge of one that is cut by its page.
    let without_strays = |pieces: &Vec<CaptionPiece>| {
        let known = || pieces.iter().filter(|piece| **piece != CaptionPiece::Stray).cloned();
        let names_kind = |text: &str| vocabulary.table_kind(text) != TableKind::Other;
        known().any(|piece| matches!(piece, CaptionPiece::Title(text) if names_kind(&text))).then(|| known().collect())
    };
    read.clone()
        .filter(|pieces| !pieces.contains(&CaptionPiece::Stray))
        .or_else(|| read_piece(&reflow::line_text(line), vocabulary).map(|piece| vec![piece]))
        .or_else(|| read.as_ref().and_then(without_strays))
}

fn known_or_fragment(piece: Option<CaptionPiece>, text: &str) -> CaptionPiece {
    piece.filter(|piece| *piece != CaptionPiece::Stray).unwrap_or_else(|| CaptionPiece::Fragment(text.to_owned()))
}

/// Whether a text could stand above a table.
pub(crate) fn is_caption(text: &str, vocabulary: &Vocabulary) -> bool {
    // Words in brackets alone may stand anywhere.
    let read = read_piece(text, vocabulary);
    read.is_some_and(|piece| !matches!(piece, CaptionPiece::Stray | CaptionPiece::TitleSuffix(_)))
}

/// Reads a text (a line's piece, or a cell that spans a grid) as part of a caption.
pub(crate) fn read_piece(text: &str, vocabulary: &Vocabulary) -> Option<CaptionPiece> {
    let plain = squeezed(text);
    if plain.chars().count() <= 1 {
        return Some(CaptionPiece::Stray);
    }
    labelled(&plain, text, vocabulary)
        .or_else(|| label(text, vocabulary))
        .or_else(|| bracketed(&plain, text, vocabulary))
        .or_else(|| vocabulary.unit_of_account(&plain).map(|unit| CaptionPiece::Unit(unit.to_owned())))
        .or_else(|| title(text, &plain, vocabulary).map(CaptionPiece::Title))
}

impl Caption {
    /// Adds what a piece says. Lines of one title are joined, but a title that names a table by itself needs none of
    /// the lines above it.
    pub(crate) fn add(&mut self, piece: CaptionPiece, vocabulary: &Vocabulary) {
        match piece {
            CaptionPiece::Label { text, number, title } => {
                (self.label, self.number) = (Some(text), number);
                self.title = title.or(self.title.take());
            }
            CaptionPiece::TitleSuffix(suffix) => {
                if let Some(title) = &mut self.title {
                    title.push_str(&suffix);
                }
            }
            CaptionPiece::Unit(unit) => self.unit = Some(unit),
            CaptionPiece::Organisation(name) => self.organisation = Some(name),
            CaptionPiece::FiscalYear(year) => self.fiscal_year = Some(year),
            CaptionPiece::Title(text) => match &mut self.title {
                Some(title) if vocabulary.table_kind(&text) == TableKind::Other => reflow::join(title, &text),
                _ => self.title = Some(text),
            },
            // The rest of a name goes on from the line above.
            CaptionPiece::Fragment(text) if !text.contains(['：', ':']) => {
                if let Some(name) = &mut self.organisation {
                    reflow::join(name, &text);
                }
            }
            CaptionPiece::Fragment(_) | CaptionPiece::Stray => {}
        }
    }

    /// Whether nothing was said.
    pub(crate) fn is_empty(&self) -> bool {
        *self == Caption::default()
    }
}

/// The pieces of a line between wide gaps.
pub(crate) fn pieces(line: &Line) -> Vec<String> {
    let mut texts = Vec::new();
    let mut start = 0;
    for index in 1..=line.glyphs.len() {
        let is_gap = line
            .glyphs
            .get(index)
            .is_none_or(|glyph| glyph.bbox.x0 - line.glyphs[index - 1].bbox.x1 > PIECE_GAP * glyph.size);
        if is_gap {
            texts.push(reflow::glyphs_text(&line.glyphs[start..index]));
            start = index;
        }
    }
    // `单位：` and its value may stand apart.
    let mut joined: Vec<String> = Vec::new();
    for text in texts {
        match joined.last_mut() {
            Some(last) if last.ends_with(['：', ':']) => last.push_str(&text),
            _ => joined.push(text),
        }
    }
    joined
}

/// The statements of a piece: a unit is one of its own.
fn statements(text: String, vocabulary: &Vocabulary) -> Vec<String> {
    let apart = without_unit(text, vocabulary);
    match apart.as_slice() {
        [text] => parted(text, vocabulary).into_iter().map(str::to_owned).collect(),
        _ => apart,
    }
}

/// A text and the unit in brackets at its end (支出总表（单位：万元）), apart.
fn without_unit(text: String, vocabulary: &Vocabulary) -> Vec<String> {
    let trimmed = text.trim_end_matches(['：', ':']);
    let bracket = trimmed.ends_with(['）', ')']).then(|| trimmed.rfind(['（', '('])).flatten();
    let Some(open) = bracket.filter(|open| *open > 0) else { return vec![text] };
    let (before, unit) = trimmed.split_at(open);
    match vocabulary.labelled_unit(unit.trim_matches(['（', '(', '）', ')'])) {
        // What a colon ends is a sentence, and no title.
        Some(_) => vec![format!("{before}{}", &text[trimmed.len()..]), unit.to_owned()],
        None => vec![text],
    }
}

/// The statements of one piece: a unit with its label parts what stands before it (a title, an organisation) from what
/// stands after it.
pub(crate) fn parted<'t>(text: &'t str, vocabulary: &'t Vocabulary) -> Vec<&'t str> {
    match vocabulary.labelled_unit(text) {
        Some(found) if !(found.before.is_empty() && found.after.is_empty()) => {
            let at = found.before.len();
            let unit = text[at..text.len() - found.after.len()].trim();
            [&text[..at], unit, found.after].into_iter().filter(|text| !text.is_empty()).collect()
        }
        _ => vec![text],
    }
}

/// `单位：万元`, `部门名称：…`, `预算年度：2023`.
fn labelled(plain: &str, text: &str, vocabulary: &Vocabulary) -> Option<CaptionPiece> {
    if let Some(found) = vocabulary.labelled_unit(text).filter(|found| found.before.is_empty()) {
        return Some(CaptionPiece::Unit(found.unit.to_owned()));
    }
    let (label, value) = plain.split_once(':')?;
    let words = &vocabulary.captions;
    if words.year_labels.contain(label) {
        return years::year_in(value).map(CaptionPiece::FiscalYear);
    }
    if vocabulary.document.organisation_labels.contain(label) {
        let name = text.split_once(['：', ':']).map_or("", |(_, name)| name.trim());
        return Some(CaptionPiece::Organisation(name.to_owned()));
    }
    None
}

/// A label alone, with a title after it, or in brackets after a title.
fn label(text: &str, vocabulary: &Vocabulary) -> Option<CaptionPiece> {
    if let Some(found) = labels::split(text, vocabulary) {
        let title = title(found.rest, &squeezed(found.rest), vocabulary);
        let fits = found.rest.is_empty() || title.is_some();
        return fits.then(|| CaptionPiece::Label { text: found.label.trim().to_owned(), number: found.number, title });
    }
    let (bare, label) = split_bracketed_label(text.trim(), vocabulary)?;
    let title = title(bare, &squeezed(bare), vocabulary)?;
    let number = labels::label_number(label, vocabulary)?;
    Some(CaptionPiece::Label { text: label.to_owned(), number, title: Some(title) })
}

/// `（单位：万元）`: the unit. `（2026年度）`: the year. `（按经济分类科目分）`: the rest of a title.
fn bracketed(plain: &str, text: &str, vocabulary: &Vocabulary) -> Option<CaptionPiece> {
    let inner = plain.strip_prefix('(')?.strip_suffix(')')?;
    if let Some(unit) = vocabulary.unit_of_account(inner) {
        return Some(CaptionPiece::Unit(unit.to_owned()));
    }
    if inner.contains(['(', ')']) || inner.chars().count() > MAX_SUFFIX || ordinals::leading(plain).is_some() {
        return None;
    }
    Some(match years::whole(inner) {
        Some(year) => CaptionPiece::FiscalYear(year.value),
        None => CaptionPiece::TitleSuffix(text.trim().to_owned()),
    })
}

/// A short text that ends as titles of tables do; `plain` is the text squeezed.
fn title(text: &str, plain: &str, vocabulary: &Vocabulary) -> Option<String> {
    let is_sentence = plain.contains(['。', ',', ';', ':', '；', '，']);
    // Printed in two languages, a title ends as its Chinese part does.
    let chinese = plain.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let plain = if chinese.is_empty() { plain } else { chinese };
    let length = plain.chars().count();
    let words = &vocabulary.captions;
    let bare = plain.trim_end_matches(|c| matches!(c, '(' | ')') || words.continued.contain_letter(c));
    let mut beside_brackets = plain.match_indices('(').map(|(at, _)| &plain[..at]).chain([bare]);
    let ends_as_title = beside_brackets.any(|text| words.title_endings.end(text));
    let says_only_continued = words.continued.contain(plain);
    ((MIN_TITLE..=MAX_TITLE).contains(&length) && !is_sentence && ends_as_title && !says_only_continued)
        .then(|| text.trim().to_owned())
}

/// `收支总表（预算表1）` → title and label.
fn split_bracketed_label<'t>(text: &'t str, vocabulary: &Vocabulary) -> Option<(&'t str, &'t str)> {
    let open = text.rfind(['（', '(']).filter(|open| *open > 0)?;
    let label = text[open..].trim_matches(['（', '(', '）', ')']).trim();
    labels::label_number(label, vocabulary)?;
    Some((text[..open].trim_end(), label))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::geometry::Rect;
    use crate::testing::page::{glyphs_at, line_at};

    fn vocabulary() -> &'static Vocabulary {
        Vocabulary::national().expect("the built-in vocabulary")
    }

    #[test]
    fn a_line_with_two_statements_is_read_as_two() {
        let glyphs =
            [glyphs_at("部门名称：某局", 20.0, 50.0, 10.0), glyphs_at("单位：万元", 400.0, 50.0, 10.0)].concat();
        let bbox = Rect::around(glyphs.iter().map(|g| g.bbox)).expect("glyphs");
        let read = read_line(&Line { glyphs, bbox }, vocabulary());
        assert_eq!(read, Some(vec![CaptionPiece::Organisation("某局".into()), CaptionPiece::Unit("万元".into())]));
    }

    #[test]
    fn labels_and_titles_are_told_apart() {
        let read = |text| read_line(&line_at(text, 20.0, 50.0, 10.0), vocabulary());
        assert_eq!(
            read("部门公开表1"),
            Some(vec![CaptionPiece::Label { text: "部门公开表1".into(), number: Some(1), title: None }])
        );
        assert_eq!(read("收支总表"), Some(vec![CaptionPiece::Title("收支总表".into())]));
        assert_eq!(read("本部门没有此项支出，故无此表"), None);
    }

    #[test]
    fn a_stray_character_says_nothing() {
        let mut caption = Caption::default();
        caption.add(read_piece("日", vocabulary()).expect("a stray"), vocabulary());
        assert!(caption.is_empty());
    }
}
