//! Anchors and the texts between them → projects with their indicators.

use super::anchors::{Anchor, Piece, Target};
use super::columns::{self, DOUBT, Place, Shares, Style};
use super::header::Header;
use super::tokens::{Token, is_number, joined, width};
use crate::document::PageNumber;
use crate::document::{Diagnostic, Observation};
use crate::language::performance_roles::Role;
use crate::text::reflow;

/// Words as wide as this, in ems, may be cells of their own beside others on a line.
const MIN_CELL_WIDTH: f32 = 3.0;

/// Width of a space, in ems.
const SPACE: f32 = 0.25;

/// Lines shorter than their column by more than this, in ems, end their cell.
const SHORT: f32 = 1.0;

/// Names in diagnostics are cut after so many characters.
const SHOWN: usize = 24;

/// Where more texts and targets than this share of the indicators have no place, the dump has another order.
const MAX_UNPLACED: f32 = 0.2;

/// A text whose lines cost more than this has no place in the columns that it should be of.
const MAX_COST: f32 = 4.0;

/// At most so many texts are looked at to find the widths of the columns.
const MAX_FITTED: usize = 12;

/// Texts with more lines than this are not among them.
const MAX_FITTED_LINES: usize = 40;

/// An indicator.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct IndicatorRow {
    pub(super) page: PageNumber,
    /// Number of the first level's cell, and its word.
    pub(super) level1: (usize, String),
    /// Number of the second level's cell, and its word.
    pub(super) level2: (usize, String),
    pub(super) name: String,
    pub(super) target: Target,
}

/// A project.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Project {
    pub(super) page: PageNumber,
    pub(super) name: String,
    pub(super) amount: String,
    pub(super) goal: String,
    pub(super) rows: Vec<IndicatorRow>,
}

/// Reads pieces one after another.
pub(super) struct Reader<'t> {
    tokens: &'t [Token],
    header: &'t Header,
    widths: Vec<f32>,
    projects: Vec<Project>,
    level1: (usize, String),
    level2: (usize, String),
    /// Whether the last lines of the cells written last end them, by column.
    complete: Vec<bool>,
    /// What is in doubt: the indicator's text, its page, and why.
    doubts: Vec<(String, PageNumber, &'static str)>,
    /// How many texts or targets have no cell or text.
    unplaced: usize,
}

/// The lines of a text: places of their words.
type Lines = Vec<Vec<usize>>;

impl<'t> Reader<'t> {
    pub(super) fn new(tokens: &'t [Token], header: &'t Header, pieces: &[Piece]) -> Self {
        let columns = header.columns.len();
        let mut reader = Self {
            tokens,
            header,
            widths: vec![0.0; columns],
            projects: Vec::new(),
            level1: (0, String::new()),
            level2: (0, String::new()),
            complete: vec![true; columns],
            doubts: Vec::new(),
            unplaced: 0,
        };
        reader.widths = reader.measured_widths(pieces);
        reader
    }

    /// The widths of the columns of text: from texts that can be of one column only, then from how the others fit.
    fn measured_widths(&self, pieces: &[Piece]) -> Vec<f32> {
        let mut pure: Vec<Vec<Vec<f32>>> = vec![Vec::new(); self.header.columns.len()];
        let mut mixed = Vec::new();
        let mut previous = None;
        for piece in pieces {
            let places = self.new_places(previous, &piece.anchor);
            let mut text = piece.text.clone();
            self.drop_number(&mut text, &places, previous);
            let lines = self.lines(&text, places.len() > 1);
            if !lines.is_empty() && self.page_break(previous_at(pieces, piece), &piece.text).is_none() {
                match places.as_slice() {
                    [] => {}
                    [place] => pure[place.column].push(self.measured(&lines).iter().map(|line| line.width).collect()),
                    _ => mixed.push((self.measured(&lines), places)),
                }
            }
            previous = Some(&piece.anchor);
        }
        let known: Vec<Option<f32>> = pure.iter().map(|cells| columns::usual_width(cells)).collect();
        mixed.retain(|(lines, _): &(Vec<columns::Piece>, Vec<Place>)| lines.len() <= MAX_FITTED_LINES);
        mixed.truncate(MAX_FITTED);
        columns::fit(&mixed, &known)
    }

    fn measured(&self, lines: &Lines) -> Vec<columns::Piece> {
        let line_of = |line: &Vec<usize>| self.tokens[line[0]].line;
        let same = |place: usize| place > 0 && line_of(&lines[place - 1]) == line_of(&lines[place]);
        let pieces = lines.iter().enumerate();
        let piece = |(place, line): (usize, &Vec<usize>)| columns::Piece {
            width: self.line_width(line),
            same_line: same(place),
            ends_sentence: line.last().is_some_and(|last| ends_sentence(&self.tokens[*last].text)),
        };
        pieces.map(piece).collect()
    }

    /// Width of a line: spaces count beside letters and digits, while those between ideographs only justify.
    fn line_width(&self, line: &[usize]) -> f32 {
        let words: f32 = line.iter().map(|at| width(&self.tokens[*at].text)).sum();
        let gaps = line.windows(2).filter(|pair| !self.is_between_ideographs(pair[0], pair[1])).count();
        words + SPACE * gaps as f32
    }

    fn is_between_ideographs(&self, before: usize, after: usize) -> bool {
        let (before, after) = (self.tokens[before].text.chars().next_back(), self.tokens[after].text.chars().next());
        before.is_none_or(reflow::is_chinese) && after.is_none_or(reflow::is_chinese)
    }

    /// The lines of a text. Where it may be several cells, wide words are lines of their own.
    fn lines(&self, text: &[usize], divided: bool) -> Lines {
        let mut lines: Lines = Vec::new();
        for at in text {
            let token = &self.tokens[*at];
            let wide = |at: usize| width(&self.tokens[at].text) >= MIN_CELL_WIDTH;
            match lines.last_mut() {
                Some(line) if self.tokens[line[0]].line == token.line => {
                    let last = line[line.len() - 1];
                    let apart = divided && wide(last) && wide(*at) && self.is_between_ideographs(last, *at);
                    if apart { lines.push(vec![*at]) } else { line.push(*at) }
                }
                _ => lines.push(vec![*at]),
            }
        }
        lines
    }

    /// Place in a text of its first word on another page than the word before it.
    fn page_break(&self, before: Option<usize>, text: &[usize]) -> Option<usize> {
        let mut page = before.map(|at| self.tokens[at].page);
        text.iter().position(|at| {
            let this = self.tokens[*at].page;
            page.replace(this).is_some_and(|page| page != this)
        })
    }

    /// The cells that begin between two anchors.
    fn new_places(&self, previous: Option<&Anchor>, next: &Anchor) -> Vec<Place> {
        let header = self.header;
        let amount = header.place(Role::AMOUNT);
        let level = header.place(Role::LEVEL2).or(header.place(Role::LEVEL1));
        let first_level = header.place(Role::LEVEL1).or(header.place(Role::LEVEL2));
        let targets = [Role::RELATION, Role::VALUE, Role::MEASURE_UNIT, Role::WEIGHT];
        let target = targets.iter().filter_map(|role| header.place(*role)).min().unwrap_or(header.columns.len());
        let after_amount = amount.map_or(0, |amount| amount + 1);
        let follows_amount = matches!(previous, Some(Anchor::Amount(_)));
        let indicator = level.map(|level| level + 1).or(header.place(Role::INDICATOR)).unwrap_or(target);
        let (first, second) = match next {
            Anchor::Amount(_) if follows_amount => (after_amount..header.columns.len(), 0..after_amount),
            Anchor::Amount(_) => (0..after_amount, 0..0),
            Anchor::Level { .. } if follows_amount => (after_amount..first_level.unwrap_or(target), 0..0),
            Anchor::Level { first: true, .. } if amount.is_none() => (0..first_level.unwrap_or(0), 0..0),
            Anchor::Level { .. } => (0..0, 0..0),
            Anchor::Target(_) if follows_amount => (after_amount..target, 0..0),
            Anchor::Target(_) => (indicator..target, 0..0),
            Anchor::End if follows_amount => (after_amount..header.columns.len(), 0..0),
            Anchor::End => (0..0, 0..0),
        };
        let role = |column: usize| header.columns[column].role;
        let is_text =
            |column: &usize| matches!(role(*column), None | Some(Role::PROJECT | Role::GOAL | Role::INDICATOR));
        let required = |column: usize| amount.is_some() && role(column).is_some() && role(column) != Some(Role::GOAL);
        let columns = first.chain(second).filter(is_text);
        columns
            .map(|column| Place { column, required: required(column), style: self.style(column), rest_of: None })
            .collect()
    }

    fn style(&self, column: usize) -> Style {
        match self.header.columns[column].role {
            Some(Role::GOAL) => Style::Prose,
            Some(Role::PROJECT) => Style::Name,
            _ => Style::Any,
        }
    }

    /// The cells of the page before that may go on.
    fn rests(&self, roles: &[Role]) -> Vec<Place> {
        let begun = !self.projects.is_empty();
        let columns = roles.iter().filter_map(|role| self.header.place(*role)).filter(|_| begun);
        columns
            .map(|column| Place {
                column,
                required: false,
                style: self.style(column),
                rest_of: Some(self.complete[column]),
            })
            .collect()
    }

    /// The projects, with what is in doubt; `None` where so much is in doubt that the cells cannot stand in the order
    /// of the rows.
    pub(super) fn read(mut self, pieces: &[Piece], diagnostics: &mut Vec<Diagnostic>) -> Option<Vec<Project>> {
        for (number, piece) in pieces.iter().enumerate() {
            let previous = number.checked_sub(1).map(|before| &pieces[before]);
            self.piece(previous, piece);
        }
        let rows: usize = self.projects.iter().map(|project| project.rows.len().max(1)).sum();
        let is_odd = |project: &&Project| {
            let bare = project.rows.is_empty() && project.goal.is_empty() && self.header.has(Role::GOAL);
            bare || project.name.is_empty() || project.name.contains(['。', '；'])
        };
        let odd = self.projects.iter().filter(is_odd).count();
        let misread = self.unplaced as f32 > MAX_UNPLACED * rows as f32;
        if misread || odd as f32 > MAX_UNPLACED * self.projects.len() as f32 {
            return None;
        }
        for (name, page, why) in &self.doubts {
            let name = name.chars().take(SHOWN).collect();
            diagnostics.push(Observation::UncertainIndicator { why, name }.on(*page));
        }
        Some(self.projects)
    }

    fn piece(&mut self, previous: Option<&Piece>, piece: &Piece) {
        let previous_anchor = previous.map(|piece| &piece.anchor);
        let mut text = piece.text.clone();
        let new = self.new_places(previous_anchor, &piece.anchor);
        self.drop_number(&mut text, &new, previous_anchor);
        let page_break = self.page_break(previous.map(|piece| piece.at), &text);
        let mut cells: Vec<(Place, Vec<usize>)> = Vec::new();
        let mut doubtful = false;
        let follows_amount = matches!(previous_anchor, Some(Anchor::Amount(_)));
        match page_break {
            Some(0) if !self.projects.is_empty() && !follows_amount => {
                let mut places = self.rests(&[Role::PROJECT, Role::GOAL, Role::INDICATOR]);
                places.extend(new);
                doubtful |= self.share(&text, places, &mut cells);
            }
            Some(at) if at > 0 && new.len() == 1 => {
                let last = new[0].clone();
                doubtful |= self.share(&text[..at], new, &mut cells);
                self.measure(&cells);
                let mut places = self.rests(&[Role::PROJECT, Role::GOAL]);
                places.retain(|place| place.column < last.column);
                places.push(Place { rest_of: Some(false), required: false, ..last });
                doubtful |= self.share(&text[at..], places, &mut cells);
            }
            _ if new.is_empty() && !text.is_empty() => {
                let places = self.rests(&[Role::INDICATOR]);
                if !self.projects.is_empty() && !matches!(piece.anchor, Anchor::End) {
                    self.unplaced += 1;
                    let message = "text that no cell is expected to have";
                    self.doubts.push((joined(&self.words(&text)), self.tokens[text[0]].page, message));
                    doubtful |= self.share(&text, places, &mut cells);
                }
            }
            _ => doubtful |= self.share(&text, new, &mut cells),
        }
        doubtful |= page_break == Some(0) && self.may_belong_before(&cells);
        self.measure(&cells);
        let within = page_break.is_some_and(|at| at > 0);
        self.write(piece, cells, doubtful, within);
    }

    /// Whether a new indicator opens a page whose first lines may be the rest of the one before.
    fn may_belong_before(&self, cells: &[(Place, Vec<usize>)]) -> bool {
        let Some(column) = self.header.place(Role::INDICATOR) else { return false };
        let own: Vec<&Place> = cells.iter().map(|(place, _)| place).filter(|place| place.column == column).collect();
        own.len() == 1 && own[0].rest_of.is_none() && !self.complete[column]
    }

    /// Leaves out the number of a row, before a project's name.
    fn drop_number(&self, text: &mut Vec<usize>, places: &[Place], previous: Option<&Anchor>) {
        let begins_project = places.iter().any(|place| self.header.columns[place.column].role == Some(Role::PROJECT));
        if !(self.header.numbered && begins_project) {
            return;
        }
        let inside = matches!(previous, Some(Anchor::Amount(_)));
        let alone = |at: usize| self.tokens[at].first && self.tokens[at].last;
        let number = |at: &usize| is_number(&self.tokens[*at].text) && !self.tokens[*at].text.contains('.');
        let place = match inside {
            true => text.iter().rposition(|at| number(at) && alone(*at)),
            false => text.first().filter(|at| number(at)).map(|_| 0),
        };
        if let Some(place) = place {
            text.remove(place);
        }
    }

    fn words(&self, text: &[usize]) -> Vec<Token> {
        text.iter().map(|at| self.tokens[*at].clone()).collect()
    }

    /// Shares a text out among places. Returns whether that is in doubt.
    fn share(&mut self, text: &[usize], places: Vec<Place>, cells: &mut Vec<(Place, Vec<usize>)>) -> bool {
        let lines = self.lines(text, places.len() > 1);
        if lines.is_empty() || places.is_empty() {
            return false;
        }
        let Shares { counts, margin, cost } = columns::share_out_surely(&self.measured(&lines), &places, &self.widths);
        self.unplaced += usize::from(cost > MAX_COST);
        let mut rest = lines.as_slice();
        for (place, count) in places.iter().zip(counts) {
            let (own, others) = rest.split_at(count);
            if count > 0 {
                cells.push((place.clone(), own.concat()));
            }
            rest = others;
        }
        margin < DOUBT
    }

    /// Keeps whether the cells written last seem complete: by their last line and the end of their sentence.
    fn measure(&mut self, cells: &[(Place, Vec<usize>)]) {
        for (place, text) in cells {
            let Some(last) = text.last() else { continue };
            let line: Vec<usize> =
                text.iter().copied().filter(|at| self.tokens[*at].line == self.tokens[*last].line).collect();
            let own = self.line_width(&line);
            self.complete[place.column] =
                ends_sentence(&self.tokens[*last].text) || own < self.widths[place.column] - SHORT;
        }
    }

    fn write(&mut self, piece: &Piece, cells: Vec<(Place, Vec<usize>)>, doubtful: bool, within: bool) {
        let mut name = String::new();
        let page = self.tokens[cells.last().map_or(piece.at, |(_, text)| text[0])].page;
        for (place, text) in cells {
            let words = joined(&self.words(&text));
            match (self.header.columns[place.column].role, place.rest_of.is_some()) {
                (Some(Role::PROJECT), false) => {
                    self.projects.push(Project { page: self.tokens[text[0]].page, name: words, ..Project::default() });
                    self.level1 = (self.level1.0 + 1, String::new());
                    self.level2 = (self.level2.0 + 1, String::new());
                }
                (Some(Role::PROJECT), true) => self.append(|project| &mut project.name, &words),
                (Some(Role::GOAL), _) => self.append(|project| &mut project.goal, &words),
                (Some(Role::INDICATOR), true) if !within => {
                    self.continue_indicator(&words, doubtful);
                }
                (Some(Role::INDICATOR), _) => name.push_str(&words),
                _ => {}
            }
        }
        match &piece.anchor {
            Anchor::Amount(amount) => {
                if let Some(project) = self.projects.last_mut() {
                    project.amount = amount.clone();
                }
            }
            Anchor::Level { first: true, word } => {
                self.level1 = (self.level1.0 + 1, word.clone());
                self.level2 = (self.level2.0 + 1, String::new());
            }
            Anchor::Level { word, .. } => self.level2 = (self.level2.0 + 1, word.clone()),
            Anchor::Target(target) => self.indicator(name, target.clone(), page, doubtful),
            Anchor::End => {}
        }
    }

    fn append(&mut self, field: impl Fn(&mut Project) -> &mut String, words: &str) {
        if let Some(project) = self.projects.last_mut() {
            reflow::join(field(project), words);
        }
    }

    fn continue_indicator(&mut self, words: &str, doubtful: bool) {
        let Some(row) = self.projects.last_mut().and_then(|project| project.rows.last_mut()) else { return };
        reflow::join(&mut row.name, words);
        if doubtful {
            self.doubts.push((row.name.clone(), row.page, "an indicator that may not go on over the page break"));
        }
    }

    fn indicator(&mut self, name: String, target: Target, page: PageNumber, doubtful: bool) {
        let has_levels = [Role::LEVEL1, Role::LEVEL2].map(|role| self.header.has(role));
        let lacks = (has_levels[0] && self.level1.1.is_empty()) || (has_levels[1] && self.level2.1.is_empty());
        self.unplaced += usize::from(name.is_empty() || lacks);
        let Some(project) = self.projects.last_mut() else {
            self.unplaced += 1;
            self.doubts.push((name, page, "an indicator without a project"));
            return;
        };
        let why = match (name.is_empty(), lacks, doubtful) {
            (true, ..) => Some("a target without an indicator"),
            (_, true, _) => Some("an indicator without its level"),
            (.., true) => Some("an indicator whose text may not be its own"),
            _ => None,
        };
        self.doubts.extend(why.map(|why| (name.clone(), page, why)));
        let (level1, level2) = (self.level1.clone(), self.level2.clone());
        project.rows.push(IndicatorRow { page, level1, level2, name, target });
    }
}

fn ends_sentence(text: &str) -> bool {
    text.ends_with(['。', '！', '；'])
}

/// Place of the anchor before a piece.
fn previous_at(pieces: &[Piece], piece: &Piece) -> Option<usize> {
    let place = pieces.iter().position(|other| std::ptr::eq(other, piece))?;
    place.checked_sub(1).map(|before| pieces[before].at)
}
