//! Lines → text and tables: where the tables of a dump begin and end.
//!
//! A table is a header below a caption (title, organisation, unit), or a header like the one before at the top of a
//! page. It goes on to the next caption, note, heading or sentence; its own caption and header, repeated on a later
//! page, are left out.

mod below;

use std::ops::Range;

use super::table::columns::{Columns, Role};
use super::text::TextLine;
use super::{header, header_columns, twin_lists};
use crate::document::TableKind;
use crate::language::amount;
use crate::language::ordinals::{self, OrdinalStyle};
use crate::language::vocabulary::{PartKind, Vocabulary, squeezed};
use crate::text::captions::{CaptionPiece, read_piece};

/// A caption takes at most this many lines.
const MAX_CAPTION_LINES: usize = 8;

/// A header takes at most this many lines; vertical labels take one a character.
const MAX_HEADER_LINES: usize = 120;

/// A line without figures that is longer than this, in characters, and has a comma or a full stop is a sentence.
const SENTENCE: usize = 24;

/// Lines of a table's body that are looked at to count its figures.
const PROBE: usize = 120;

/// A gap of so many spaces stands in no text: such a line keeps columns.
const COLUMN_GAP: usize = 2;

/// A share of lines with such gaps by which a dump is known to keep columns.
const MIN_COLUMN_SHARE: f64 = 0.3;

/// A table of the dump.
#[derive(Clone, Debug)]
pub(super) struct Region {
    /// What its title names.
    pub(super) kind: TableKind,
    /// Yuan in its unit of account, where it names one.
    pub(super) yuan: Option<u64>,
    /// Its first line.
    pub(super) first: usize,
    /// The lines of its caption, by number.
    pub(super) caption: Vec<usize>,
    /// Its columns; none where the table is left to the grammar of performance targets.
    pub(super) columns: Option<Columns>,
    /// The lines of its header, by number.
    pub(super) header: Range<usize>,
    /// The lines of its body, by number, without repeated captions and headers.
    pub(super) body: Vec<usize>,
    /// The line after its last.
    pub(super) end: usize,
    /// Whether its lines keep columns by spaces.
    pub(super) keeps_columns: bool,
}

impl Region {
    /// The lines of the body.
    pub(super) fn body_lines(&self, lines: &[TextLine]) -> Vec<TextLine> {
        self.body.iter().map(|line| lines[*line].clone()).collect()
    }
}

/// Finds the tables of a dump.
pub(super) fn find(lines: &[TextLine], vocabulary: &Vocabulary) -> Vec<Region> {
    let finder = Finder { lines, vocabulary };
    let mut regions: Vec<Region> = Vec::new();
    let mut at = 0;
    while at < lines.len() {
        match finder.table_at(at, regions.last()) {
            Some(region) => {
                at = region.end.max(at + 1);
                regions.push(region);
            }
            None => at += 1,
        }
    }
    regions
}

struct Finder<'l> {
    lines: &'l [TextLine],
    vocabulary: &'l Vocabulary,
}

/// What a caption says, and the lines that it takes.
struct CaptionLines {
    title: Option<String>,
    yuan: Option<u64>,
    /// Whether a unit or organisation was named: then the header follows.
    is_labelled: bool,
    lines: Range<usize>,
}

impl Finder<'_> {
    fn table_at(&self, at: usize, before: Option<&Region>) -> Option<Region> {
        if let Some(region) = before.and_then(|before| self.continued_by_labels(at, before)) {
            return Some(region);
        }
        let caption = self.caption_at(at);
        let start = caption.as_ref().map_or(at, |caption| caption.lines.end);
        if start >= self.lines.len() {
            return None;
        }
        // A header without a caption of its own goes on with the table before.
        let Some(caption) = caption else { return self.continued(at, before?) };
        let title = caption.title.clone().unwrap_or_default();
        let kind = self.vocabulary.table_kind(&title);
        if kind == TableKind::PerformanceTargets {
            let body = self.body(start, start..start, &caption, true);
            let end = body.last().map_or(start, |last| last + 1);
            let region = Region {
                kind,
                yuan: caption.yuan,
                first: caption.lines.start,
                caption: caption.lines.collect(),
                columns: None,
                header: start..start,
                end,
                body,
                keeps_columns: false,
            };
            return (!region.body.is_empty()).then_some(region);
        }
        let probe = &self.lines[start..self.lines.len().min(start + PROBE)];
        let keeps_columns = keeps_columns(probe);
        let found = self.header(start, keeps_columns);
        if caption.title.is_none()
            && let Some(region) = self.title_below(&caption)
        {
            return Some(region);
        }
        let (columns, header_lines) = found?;
        let header = start..start + header_lines;
        let mut body =
            self.body(header.end, header.clone(), &caption, columns.sides.iter().any(|side| !side.remarks.is_empty()));
        self.trim(&mut body);
        let end = body.last().map_or(header.end, |last| last + 1);
        if caption.title.is_none()
            && let Some(below) = self.title_at_foot(end)
        {
            return Some(Region {
                kind: below.kind,
                yuan: caption.yuan,
                first: caption.lines.start,
                caption: caption.lines.chain(std::iter::once(below.title)).collect(),
                columns: Some(columns),
                header,
                body: self.with_total_name(body, &below),
                end: below.end,
                keeps_columns,
            });
        }
        Some(Region {
            kind,
            yuan: caption.yuan,
            first: caption.lines.start,
            caption: caption.lines.collect(),
            columns: Some(columns),
            header,
            body,
            end,
            keeps_columns,
        })
    }

    /// A page that goes on with a table whose header was not in one piece: the same labels, in whatever order.
    fn continued_by_labels(&self, at: usize, before: &Region) -> Option<Region> {
        let columns = before.columns.as_ref().filter(|_| before.header.is_empty())?;
        let is_known = |line: &TextLine| {
            let known =
                |word: &str| columns.leaves.iter().any(|leaf| leaf.path.iter().any(|label| label.contains(word)));
            line.words.iter().all(|word| known(&word.text))
        };
        let is_caption = |line: &TextLine| {
            self.pieces(line).is_some_and(|pieces| {
                pieces.iter().all(|piece| matches!(piece, CaptionPiece::Unit(_) | CaptionPiece::Organisation(_)))
            })
        };
        let start = at + self.lines[at..].iter().take_while(|line| is_caption(line)).count();
        let labels = self.lines[start..].iter().take_while(|line| is_known(line)).count();
        let body_start = start + labels;
        let goes_on =
            self.lines.get(body_start).is_some_and(|line| line.words.iter().any(|word| is_figure(&word.text)));
        (at == before.end && labels > 1 && goes_on).then_some(())?;
        Some(self.going_on(before, at, body_start..body_start))
    }

    /// A header that is repeated at the top of a page goes on with its table.
    fn continued(&self, at: usize, before: &Region) -> Option<Region> {
        let goes_on = before.columns.is_some() && at >= before.end && self.repeats(at, &before.header);
        goes_on.then(|| self.going_on(before, at, at..at + before.header.len()))
    }

    /// The part of a table that begins at `at`, after the part before it.
    fn going_on(&self, before: &Region, at: usize, header: Range<usize>) -> Region {
        let caption = CaptionLines { title: None, yuan: before.yuan, is_labelled: true, lines: at..at };
        let body = self.body(header.end, header.clone(), &caption, false);
        let end = body.last().map_or(header.end, |last| last + 1);
        Region { header, body, end, first: at, caption: Vec::new(), ..before.clone() }
    }

    /// Reads the lines of a caption: at least a title or a unit.
    fn caption_at(&self, at: usize) -> Option<CaptionLines> {
        let mut caption = CaptionLines { title: None, yuan: None, is_labelled: false, lines: at..at };
        for line in self.lines[at..].iter().take(MAX_CAPTION_LINES) {
            let pieces = self.pieces(line);
            let Some(pieces) = pieces.filter(|pieces| !pieces.contains(&CaptionPiece::Stray)) else { break };
            // The header's own words are no titles.
            let is_label = |piece: &CaptionPiece| {
                let CaptionPiece::Title(title) = piece else { return false };
                self.vocabulary.is_exact_header_word(&squeezed(title))
            };
            if caption.lines.end > at && pieces.iter().all(is_label) {
                break;
            }
            for piece in pieces {
                caption.add(piece, self.vocabulary);
            }
            caption.lines.end += 1;
        }
        let says = caption.title.is_some() || caption.yuan.is_some();
        (says && caption.lines.end > at).then_some(caption)
    }

    /// What a line says as part of a caption; `None` where it is something else.
    fn pieces(&self, line: &TextLine) -> Option<Vec<CaptionPiece>> {
        let text = line.text();
        if is_sentence(&text) || line.words.iter().any(|word| is_figure(&word.text)) {
            return None;
        }
        let read: Vec<Option<CaptionPiece>> =
            caption_texts(line, self.vocabulary).iter().map(|text| read_piece(text, self.vocabulary)).collect();
        if read.len() > 1 && read.iter().any(|piece| matches!(piece, Some(CaptionPiece::Unit(_)))) {
            // Where a unit stands, everything on its line belongs to the caption.
            let known = read.into_iter().flatten().filter(|piece| *piece != CaptionPiece::Stray);
            return Some(known.collect());
        }
        if let Some(piece) = read_piece(&text, self.vocabulary).filter(|piece| !holds_a_unit(piece, self.vocabulary)) {
            return Some(vec![piece]);
        }
        let split: Option<Vec<CaptionPiece>> = read.into_iter().collect();
        split.or_else(|| read_piece(&text, self.vocabulary).map(|piece| vec![piece]))
    }

    fn header(&self, start: usize, keeps_columns: bool) -> Option<(Columns, usize)> {
        let limit = self.lines.len().min(start + MAX_HEADER_LINES);
        let limit = (start..limit).find(|at| self.ends_table(*at, false)).unwrap_or(limit);
        let lines = &self.lines[start..limit];
        let figures = self.figures(start);
        let by_columns = || header_columns::read(lines, figures, self.vocabulary);
        if let Some(found) = twin_lists::read(lines, self.vocabulary) {
            return Some(found);
        }
        let by_stream = || {
            let header = header::read(lines, figures, self.vocabulary)?;
            Some((Columns::of(&header.roots, self.vocabulary), header.lines))
        };
        let fits = |(columns, _): &(Columns, usize)| {
            columns.leaves.iter().filter(|leaf| leaf.role == Role::Amount).count() >= figures
        };
        let found =
            if keeps_columns { by_columns().filter(fits).or_else(by_stream) } else { by_stream().or_else(by_columns) };
        let found = found.map(|(columns, lines)| (columns.fit(figures, self.vocabulary), lines));
        found.filter(|(columns, _)| {
            columns.leaves.len() > 1 && columns.leaves.iter().any(|leaf| leaf.role == Role::Amount)
        })
    }

    /// Most figures that a line of the body has.
    fn figures(&self, start: usize) -> usize {
        let lines = (start..self.lines.len()).take(PROBE).take_while(|at| !self.ends_table(*at, true));
        let count = |at: usize| self.lines[at].words.iter().filter(|word| is_figure(&word.text)).count();
        lines.map(count).max().unwrap_or(0)
    }

    /// The lines of a table's body.
    fn body(&self, start: usize, header: Range<usize>, caption: &CaptionLines, has_sentences: bool) -> Vec<usize> {
        let mut body = Vec::new();
        let mut at = start;
        while at < self.lines.len() {
            if let Some(after) = self.repetition(at, &header, caption) {
                at = after;
                continue;
            }
            if self.ends_table(at, has_sentences) {
                break;
            }
            body.push(at);
            at += 1;
        }
        body
    }

    /// The line after a repetition of the table's caption and header, or of one of them, that begins at `at`.
    fn repetition(&self, at: usize, header: &Range<usize>, caption: &CaptionLines) -> Option<usize> {
        let mut after = at;
        if let Some(again) = self.caption_at(at) {
            let same = match (&again.title, &caption.title) {
                (Some(again), Some(title)) => self.plain_title(again) == self.plain_title(title),
                (None, _) => again.is_labelled,
                _ => false,
            };
            if !same {
                return None;
            }
            after = again.lines.end;
            // A caption alone, without the header, would be the next table's.
            if header.is_empty() {
                return (again.title.is_some()).then_some(after);
            }
        }
        (!header.is_empty() && self.repeats(after, header)).then(|| after + header.len())
    }

    fn plain_title(&self, title: &str) -> String {
        let mut plain = squeezed(title).into_owned();
        for word in self.vocabulary.captions.continued.iter() {
            plain = plain.replace(word, "");
        }
        plain
    }

    /// Whether the lines from `at` on are those of a header.
    fn repeats(&self, at: usize, header: &Range<usize>) -> bool {
        !header.is_empty()
            && at + header.len() <= self.lines.len()
            && header.clone().zip(at..).all(|(known, again)| {
                let text = |index: usize| squeezed(&self.lines[index].text()).into_owned();
                text(known) == text(again)
            })
    }

    fn begins_caption(&self, line: &TextLine) -> bool {
        // A bare 万元 may be the measure unit of a target.
        let is_labelled = || self.vocabulary.captions.unit_labels.occur_in(&squeezed(&line.text()));
        let title = |piece: &CaptionPiece| match piece {
            CaptionPiece::Unit(_) => is_labelled(),
            CaptionPiece::Label { .. } | CaptionPiece::Organisation(_) => true,
            CaptionPiece::Title(title) => self.vocabulary.table_kind(title) != TableKind::Other,
            _ => false,
        };
        self.pieces(line).is_some_and(|pieces| pieces.iter().any(title)) || self.lists_a_table(line)
    }

    /// Whether a line has a table's label, its title and more: a list of tables says of each whether it is empty.
    fn lists_a_table(&self, line: &TextLine) -> bool {
        let [label, title, _, ..] = line.words.as_slice() else { return false };
        let is_label =
            matches!(read_piece(&label.text, self.vocabulary), Some(CaptionPiece::Label { title: None, .. }));
        let is_title = matches!(read_piece(&title.text, self.vocabulary), Some(CaptionPiece::Title(_)));
        is_label && is_title
    }

    fn ends_table(&self, at: usize, has_sentences: bool) -> bool {
        let line = &self.lines[at];
        let text = line.text();
        let plain = squeezed(&text).into_owned();
        let is_note =
            self.vocabulary.notes.prefixes.strip_from(&plain).is_some_and(|rest| rest.starts_with([':', '1', '一']));
        let is_part = ordinals::leading(&text).is_some_and(|ordinal| ordinal.style == OrdinalStyle::Part);
        let has_figures = line.words.iter().any(|word| is_figure(&word.text));
        let is_prose = !has_sentences && !has_figures && is_sentence(&plain);
        let is_empty_note = self.vocabulary.notes.empty.occur_in(&plain);
        is_note || is_part || is_prose || is_empty_note || self.begins_caption(line) || self.is_heading(&plain)
    }

    /// Whether a line is a heading of the narrative: an ordinal and words that name such a part.
    fn is_heading(&self, plain: &str) -> bool {
        let is_numbered = ordinals::leading(plain).is_some_and(|ordinal| ordinal.style == OrdinalStyle::Chinese);
        let prose = |kind: PartKind| matches!(kind, PartKind::Narrative | PartKind::Glossary);
        is_numbered && self.vocabulary.parts.iter().any(|part| prose(part.kind) && part.titles.occur_in(plain))
    }

    /// Drops a heading's first line from the end of the body, which only its second line or the sentence below shows.
    fn trim(&self, body: &mut Vec<usize>) {
        while let Some(last) = body.last() {
            let text = self.lines[*last].text();
            let opens_prose = ordinals::leading(&text).is_some_and(|ordinal| {
                self.vocabulary.dump.heading_openings.strip_from(&squeezed(ordinal.rest)).is_some()
            });
            if !opens_prose {
                return;
            }
            body.pop();
        }
    }
}

impl CaptionLines {
    fn add(&mut self, piece: CaptionPiece, vocabulary: &Vocabulary) {
        match piece {
            CaptionPiece::Title(text) => self.set_title(text, vocabulary),
            CaptionPiece::Label { title: Some(text), .. } => self.set_title(text, vocabulary),
            CaptionPiece::Unit(unit) => {
                self.yuan = vocabulary.units.get(&unit).copied();
                self.is_labelled = true;
            }
            CaptionPiece::Organisation(_) | CaptionPiece::FiscalYear(_) => self.is_labelled = true,
            _ => {}
        }
    }

    fn set_title(&mut self, text: String, vocabulary: &Vocabulary) {
        match &mut self.title {
            Some(title) if vocabulary.table_kind(&text) == TableKind::Other => title.push_str(&text),
            _ => self.title = Some(text),
        }
    }
}

fn holds_a_unit(piece: &CaptionPiece, vocabulary: &Vocabulary) -> bool {
    // An organisation that goes on with the unit is two pieces.
    matches!(piece, CaptionPiece::Organisation(name) if vocabulary.captions.unit_labels.occur_in(&squeezed(name)))
}

/// The texts of a caption line: a new one begins with each label (部门名称：… 单位：万元), and after a wide gap.
pub(super) fn caption_texts(line: &TextLine, vocabulary: &Vocabulary) -> Vec<String> {
    let mut texts: Vec<String> = Vec::new();
    let mut end = 0;
    for word in &line.words {
        let labelled = matches!(
            read_piece(&word.text, vocabulary),
            Some(CaptionPiece::Unit(_) | CaptionPiece::Organisation(_) | CaptionPiece::FiscalYear(_))
        );
        let apart = word.column >= end + COLUMN_GAP;
        match texts.last_mut() {
            Some(text) if !labelled && !apart => {
                text.push(' ');
                text.push_str(&word.text);
            }
            _ => texts.push(word.text.clone()),
        }
        end = word.end();
    }
    texts
}

fn keeps_columns(lines: &[TextLine]) -> bool {
    let several = lines.iter().filter(|line| line.words.len() > 1);
    let wide = |line: &&TextLine| line.words.windows(2).any(|pair| pair[1].column >= pair[0].end() + COLUMN_GAP);
    let with_gaps = several.clone().filter(wide).count();
    with_gaps as f64 > MIN_COLUMN_SHARE * several.count() as f64
}

fn is_sentence(text: &str) -> bool {
    text.chars().count() > SENTENCE && text.contains(['，', '。'])
}

fn is_figure(word: &str) -> bool {
    amount::parse(word).is_some() && (word.contains(['.', ',']) || word == "0")
}
