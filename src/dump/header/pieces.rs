//! The words of a header, and where the header ends.

use super::labels;
use crate::dump::text::{TextLine, Word};
use crate::language::amount;
use crate::language::ordinals;
use crate::language::vocabulary::{Labels, Vocabulary, squeezed};
use crate::language::years;

/// A header has at most this many lines: twenty columns whose letters stand one below another.
const MAX_LINES: usize = 200;

/// A word of at most so many characters before figures may be the rest of a name broken over two lines.
const REST_OF_NAME: usize = 1;

/// A header has at most this many words.
const MAX_PIECES: usize = 400;

/// Words longer than this are not searched for labels that stand together without a space.
const MAX_GLUED: usize = 24;

/// A word of a header.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Piece {
    /// Its characters as printed.
    pub(super) text: String,
    /// Its characters in comparable form.
    pub(super) plain: String,
    /// The line that it stands on, counted from the header's first.
    pub(super) line: usize,
    /// Whether no space stands between it and the one before: a word that may be the end of one label and the beginning
    /// of the next.
    pub(super) glued: bool,
    /// Whether its line begins with it.
    pub(super) first_in_line: bool,
    /// Whether its line ends with it.
    pub(super) last_in_line: bool,
}

/// The words of a header.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Pieces {
    /// The words in the order of the dump.
    pub(super) pieces: Vec<Piece>,
    /// How many lines the header has; one that the body's first row shares is not counted.
    pub(super) lines: usize,
    /// Whether the last words may be the name of the first row, whose figures stand on the next line.
    pub(super) may_have_spilled: bool,
}

/// The words from the beginning of `lines` to the first line that is no header.
pub(super) fn read(lines: &[TextLine], vocabulary: &Vocabulary) -> Pieces {
    let mut found = Pieces::default();
    let mut caption: Option<String> = None;
    let page = lines.first().map(|line| line.page).unwrap_or_default();
    for (index, line) in lines.iter().enumerate().take(MAX_LINES) {
        found.lines = index;
        if line.page != page && !is_code_levels(line, vocabulary) {
            break;
        }
        let next = lines.get(index + 1).and_then(|next| next.words.first());
        if has_figure(line, next) {
            found.may_have_spilled = may_follow_spilled(line);
            take_code_levels(line, index, vocabulary, &mut found.pieces);
            break;
        }
        let plain = squeezed(&line.text()).into_owned();
        if ends_header(&plain, vocabulary) {
            break;
        }
        let ends_caption = caption.as_ref().is_some_and(|caption| is_rest_of_unit(caption, &plain, vocabulary));
        let has_unit =
            line.words.iter().any(|word| is_labelled(&squeezed(&word.text), &vocabulary.captions.unit_labels));
        let is_caption = has_unit || is_labelled(&plain, &vocabulary.document.organisation_labels);
        // 其中 over the parts of 合计 is no label of a column.
        let is_of_which = vocabulary.checks.of_which.contain(plain.trim_end_matches(':'));
        let is_unit = is_of_which || found.pieces.is_empty() && vocabulary.units.contains_key(&plain);
        if found.pieces.len() > MAX_PIECES {
            break;
        }
        if !is_caption && !ends_caption && !is_unit {
            take(line, index, vocabulary, &mut found.pieces);
        }
        caption = is_caption.then_some(plain);
        found.lines = index + 1;
    }
    found
}

/// Appends a line's words; a year and what follows it are one (2026 年预算数).
fn take(line: &TextLine, index: usize, vocabulary: &Vocabulary, pieces: &mut Vec<Piece>) {
    let mut words: Vec<String> = Vec::new();
    for word in &line.words {
        let is_after_year = words.last().is_some_and(|year| years::is_broken(&squeezed(year), &word.text));
        match words.last_mut().filter(|_| is_after_year) {
            Some(year) => year.push_str(&word.text),
            None => words.push(word.text.clone()),
        }
    }
    let start = pieces.len();
    for word in words {
        for (place, part) in parts(&word, vocabulary).into_iter().enumerate() {
            let first_in_line = pieces.len() == start;
            let plain = squeezed(part).into_owned();
            pieces.push(Piece {
                text: part.to_owned(),
                plain,
                line: index,
                glued: place > 0,
                first_in_line,
                last_in_line: false,
            });
        }
    }
    if let Some(last) = pieces.last_mut() {
        last.last_in_line = true;
    }
}

/// Takes 类 款 项 from the line of the body's first row, whose 合计 stands in the header's last row.
fn take_code_levels(line: &TextLine, index: usize, vocabulary: &Vocabulary, pieces: &mut Vec<Piece>) {
    let is_level = |word: &&Word| vocabulary.headers.code_levels.contain(&word.text);
    let words: Vec<Word> = line.words.iter().take_while(is_level).cloned().collect();
    if words.len() > 1 {
        take(&TextLine { words, ..line.clone() }, index, vocabulary, pieces);
    }
}

/// A word divided where a label may end and the next begin: some extractors leave out the space between two cells.
fn parts<'w>(word: &'w str, vocabulary: &Vocabulary) -> Vec<&'w str> {
    let characters = word.chars().count();
    if characters > MAX_GLUED || labels::is_exact(&squeezed(word), vocabulary) {
        return vec![word];
    }
    let is_label = |part: &str| {
        let plain = squeezed(part).into_owned();
        let is_long = plain.chars().count() >= labels::DISTINCT || vocabulary.checks.sum_words.contain(&plain);
        is_long && labels::is_exact(&plain, vocabulary)
    };
    let mut parts = Vec::new();
    let mut begin = 0;
    for (at, _) in word.char_indices().skip(1) {
        let opens_bracket = word[at..].starts_with(['（', '(']);
        let ends_label = word[at..].chars().nth(1).is_some() && is_label(&word[begin..at]);
        if !opens_bracket
            && (ends_label || is_label(&word[at..]) || labels::begins_label(&squeezed(&word[at..]), vocabulary))
        {
            parts.push(&word[begin..at]);
            begin = at;
        }
    }
    parts.push(&word[begin..]);
    parts
}

/// Whether a line is 类 款 项: some files draw them last, after the page's other text.
fn is_code_levels(line: &TextLine, vocabulary: &Vocabulary) -> bool {
    line.words.len() > 1 && line.words.iter().all(|word| vocabulary.headers.code_levels.contain(&word.text))
}

/// Whether a line has a figure or code; a year before 年 is none. `next` is the word after the line.
fn has_figure(line: &TextLine, next: Option<&Word>) -> bool {
    let following = line.words.iter().skip(1).map(Some).chain([next]);
    line.words.iter().zip(following).any(|(word, following)| {
        let plain = squeezed(&word.text).into_owned();
        let in_label = following.is_some_and(|word| years::is_broken(&plain, &word.text));
        amount::parse(&plain).is_some() && !in_label
    })
}

/// Whether a line is figures, or figures after the rest of a name that began on the line before; a code alone is none.
fn may_follow_spilled(line: &TextLine) -> bool {
    let is_figure = |word: &Word| amount::parse(&word.text).is_some() || amount::is_dash(&word.text);
    let is_code = |words: &[Word]| words.len() == 1 && words[0].text.chars().all(|c| c.is_ascii_digit());
    match line.words.as_slice() {
        [name, figures @ ..] if !is_figure(name) => {
            name.text.chars().count() <= REST_OF_NAME && !figures.is_empty() && figures.iter().all(is_figure)
        }
        words => !is_code(words) && words.iter().all(is_figure),
    }
}

/// Whether a line is the first item of a body, a total with its colon, a note, a title, a sentence or a numbering of
/// columns.
fn ends_header(plain: &str, vocabulary: &Vocabulary) -> bool {
    let is_note = vocabulary.notes.prefixes.strip_from(plain).is_some_and(|rest| rest.starts_with(':'));
    let is_total = plain.strip_suffix(':').is_some_and(|label| vocabulary.headers.totals.contain(label));
    let is_title = vocabulary.captions.title_endings.occur_in(plain);
    let numbers_columns = vocabulary.headers.column_numbers.strip_from(plain).is_some() || plain.starts_with("**");
    let is_nothing = vocabulary.stream_headers.nothing.contain(plain);
    let is_sentence = plain.contains(['。', ';']);
    ordinals::leading(plain).is_some()
        || is_nothing
        || is_note
        || is_total
        || is_title
        || numbers_columns
        || is_sentence
}

/// Whether a text is of the caption (部门名称：…, 单位：元), which some files draw between the header's rows.
fn is_labelled(plain: &str, labels: &Labels) -> bool {
    labels.iter().any(|label| plain.strip_prefix(label).is_some_and(|rest| rest.starts_with(':')))
}

/// Whether a line is the rest of the unit that a caption's line ends with (单位：万 / 元).
fn is_rest_of_unit(caption: &str, plain: &str, vocabulary: &Vocabulary) -> bool {
    let begun = caption.rsplit_once(':').map_or("", |(_, unit)| unit);
    !vocabulary.units.contains_key(begun) && vocabulary.units.contains_key(&format!("{begun}{plain}"))
}
