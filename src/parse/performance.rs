//! The performance grid (绩效目标表) → projects with their indicators.
//!
//! One long grid: project, amount and goal merged downwards over their indicators, level words merged over theirs, all
//! of it cut at page breaks. A cell at the top of a page either begins something or goes on with what the page before
//! left open; which of the two is told by what stands beside it, and by the vocabulary's complete level words.

use super::header;
use super::sheet::{Covered, Sheet, SheetRow, Slot, sheet};
use super::table::{drop_repeated_headers, pages, take_caption_rows};
use crate::amount;
use crate::document::{Diagnostic, Indicator, Performance, Project, Severity};
use crate::model::{PageNumber, TableRegion};
use crate::reflow;
use crate::vocabulary::{Labels, PerformanceWords, Vocabulary, squeezed};

/// What a column of the grid holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Role {
    Project,
    Amount,
    Goal,
    Level1,
    Level2,
    Indicator,
    Relation,
    Value,
    MeasureUnit,
}

/// Reads a region as a performance grid; `None` where its header does not name projects and indicators.
pub(super) fn parse(
    region: &TableRegion,
    vocabulary: &Vocabulary,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<Performance> {
    let mut sheet = sheet(region);
    let mut caption = region.caption.clone();
    take_caption_rows(&mut sheet, &mut caption, vocabulary);
    let count = header::header_rows(&sheet.rows, vocabulary);
    let header_rows: Vec<SheetRow> = sheet.rows.drain(..count).collect();
    let roles = roles(&header_rows, &sheet, &vocabulary.performance);
    let has = |role| roles.contains(&Some(role));
    if !(has(Role::Project) && has(Role::Indicator)) {
        return None;
    }
    drop_repeated_headers(&mut sheet, &header_rows);
    let mut reader = GridReader {
        words: &vocabulary.performance,
        roles,
        projects: Vec::new(),
        level1: None,
        level2: None,
        diagnostics,
    };
    for row in sheet.rows.iter().filter(|row| !row.is_empty()) {
        reader.row(row);
    }
    let projects = reader.finish();
    Some(Performance {
        title: caption.title,
        fiscal_year: caption.fiscal_year,
        unit: caption.unit,
        pages: pages(region),
        projects,
    })
}

fn roles(header_rows: &[SheetRow], sheet: &Sheet, words: &PerformanceWords) -> Vec<Option<Role>> {
    let known: [(&Labels, Role); 9] = [
        (&words.level1, Role::Level1),
        (&words.level2, Role::Level2),
        (&words.indicator, Role::Indicator),
        (&words.relation, Role::Relation),
        (&words.value, Role::Value),
        (&words.measure_unit, Role::MeasureUnit),
        (&words.amount, Role::Amount),
        (&words.goal, Role::Goal),
        (&words.project, Role::Project),
    ];
    let role = |path: &Vec<String>| {
        let leaf = squeezed(path.last()?);
        known.iter().find(|(labels, _)| labels.contain(&leaf)).map(|(_, role)| *role)
    };
    header::paths(header_rows, sheet.columns).iter().map(role).collect()
}

/// A project being read.
struct OpenProject {
    project: Project,
    /// Spaces dropped from the name of the indicator read last.
    dropped_spaces: Vec<usize>,
}

/// Reads the rows of the grid one after another.
struct GridReader<'w, 'd> {
    words: &'w PerformanceWords,
    roles: Vec<Option<Role>>,
    projects: Vec<OpenProject>,
    level1: Option<String>,
    level2: Option<String>,
    diagnostics: &'d mut Vec<Diagnostic>,
}

impl GridReader<'_, '_> {
    fn slot<'r>(&self, row: &'r SheetRow, role: Role) -> Option<&'r Slot> {
        let column = self.roles.iter().position(|known| *known == Some(role))?;
        row.slots.get(column).filter(|slot| slot.covered == Covered::Own && !slot.text.is_empty())
    }

    fn text(&self, row: &SheetRow, role: Role) -> Option<String> {
        self.slot(row, role).map(|slot| slot.text.clone())
    }

    fn row(&mut self, row: &SheetRow) {
        let opens_project = self.project(row);
        let opens_level = self.level(row, Role::Level1) | self.level(row, Role::Level2);
        self.indicator(row, opens_project || opens_level);
        if let Some(open) = self.projects.last_mut() {
            add_page(&mut open.project.pages, row.page);
        }
    }

    /// Name, amount and goal. Returns whether a project begins.
    fn project(&mut self, row: &SheetRow) -> bool {
        let (name, amount, goal) =
            (self.text(row, Role::Project), self.text(row, Role::Amount), self.text(row, Role::Goal));
        let goes_on = row.opens_page && amount.is_none() || name.is_none();
        let amount = amount.map(|text| self.amount(&text, row.page));
        match (self.projects.last_mut(), goes_on) {
            (Some(open), true) => {
                if let Some(name) = name {
                    reflow::join(&mut open.project.name, &name);
                }
                append(&mut open.project.goal, goal);
                open.project.amount = open.project.amount.take().or(amount);
                false
            }
            _ => {
                let Some(name) = name else {
                    self.warn("performance-unplaced", "text before the first project", row.page);
                    return false;
                };
                let project = Project { name, amount, goal, pages: vec![row.page], indicators: Vec::new() };
                self.projects.push(OpenProject { project, dropped_spaces: Vec::new() });
                (self.level1, self.level2) = (None, None);
                true
            }
        }
    }

    fn amount(&mut self, text: &str, page: PageNumber) -> String {
        match amount::parse(text) {
            Some(amount) => amount.text,
            None => {
                self.warn("unreadable-amount", &format!("no amount where one should be: {text}"), page);
                text.to_owned()
            }
        }
    }

    /// A level word. Returns whether a level begins.
    fn level(&mut self, row: &SheetRow, role: Role) -> bool {
        let Some(text) = self.text(row, role) else { return false };
        let current = if role == Role::Level1 { &mut self.level1 } else { &mut self.level2 };
        if row.opens_page
            && let Some(cut) = current
        {
            let whole = format!("{cut}{text}");
            let complete = |word: &str| self.words.level_words.contain(&squeezed(word));
            if !complete(cut) && complete(&whole) {
                *current = Some(whole.clone());
                self.mend_level(role, &whole);
                return false;
            }
        }
        *current = Some(text);
        if role == Role::Level1 {
            self.level2 = None;
        }
        true
    }

    /// A level word cut by the page break is completed in the indicators that already have its first piece.
    fn mend_level(&mut self, role: Role, whole: &str) {
        let Some(open) = self.projects.last_mut() else { return };
        for indicator in open.project.indicators.iter_mut().rev() {
            let level = if role == Role::Level1 { &mut indicator.level1 } else { &mut indicator.level2 };
            match level {
                Some(piece) if *piece != whole && whole.starts_with(piece.as_str()) => *level = Some(whole.to_owned()),
                _ => break,
            }
        }
    }

    fn indicator(&mut self, row: &SheetRow, opens_group: bool) {
        let name = self.slot(row, Role::Indicator);
        let target = [Role::Relation, Role::Value, Role::MeasureUnit].map(|role| self.text(row, role));
        let has_target = target.iter().any(Option::is_some);
        if name.is_none() && !has_target {
            return;
        }
        let (name, dropped) = name.map_or((None, 0), |slot| (Some(slot.text.clone()), slot.dropped_spaces));
        let (level1, level2) = (self.level1.clone(), self.level2.clone());
        let Some(open) = self.projects.last_mut() else { return };
        if let Some(last) = open.project.indicators.last_mut()
            && row.opens_page
            && !opens_group
            && (name.is_none() || !(has_target && has_any_target(last)))
        {
            if let Some(name) = name {
                reflow::join(&mut last.name, &name);
            }
            let [relation, value, measure_unit] = target;
            append(&mut last.relation, relation);
            append(&mut last.value, value);
            append(&mut last.measure_unit, measure_unit);
            add_page(&mut last.pages, row.page);
            if let Some(spaces) = open.dropped_spaces.last_mut() {
                *spaces += dropped;
            }
            return;
        }
        if name.is_none() {
            self.warn("performance-unplaced", "a target without an indicator", row.page);
        }
        let [relation, value, measure_unit] = target;
        let name = name.unwrap_or_default();
        let pages = vec![row.page];
        let indicator =
            Indicator { level1, level2, name, relation, value, measure_unit, truncated: false, pages };
        if let Some(open) = self.projects.last_mut() {
            open.project.indicators.push(indicator);
            open.dropped_spaces.push(dropped);
        }
    }

    fn warn(&mut self, id: &str, message: &str, page: PageNumber) {
        self.diagnostics.push(Diagnostic::new(Severity::Warning, id, message).on(page));
    }

    fn finish(self) -> Vec<Project> {
        let limits = &self.words.text_limits;
        let finished = self.projects.into_iter().map(|open| {
            let OpenProject { mut project, dropped_spaces } = open;
            for (indicator, dropped) in project.indicators.iter_mut().zip(dropped_spaces) {
                indicator.truncated = is_truncated(&indicator.name, dropped, limits);
            }
            project
        });
        finished.collect()
    }
}

fn has_any_target(indicator: &Indicator) -> bool {
    indicator.relation.is_some() || indicator.value.is_some() || indicator.measure_unit.is_some()
}

fn append(text: &mut Option<String>, piece: Option<String>) {
    match (text.as_mut(), piece) {
        (Some(text), Some(piece)) => reflow::join(text, &piece),
        (None, piece) => *text = piece,
        _ => {}
    }
}

fn add_page(pages: &mut Vec<PageNumber>, page: PageNumber) {
    if pages.last() != Some(&page) {
        pages.push(page);
    }
}

/// Whether a text has exactly the length at which a reporting system cuts, and does not end as a sentence does. Typed
/// spaces count, but reflow cannot tell them from layout: the limit must lie between the length without and with the
/// spaces that were dropped, or be the length without any.
fn is_truncated(text: &str, dropped_spaces: usize, limits: &[usize]) -> bool {
    let all = text.chars().count();
    let bare = text.chars().filter(|c| *c != ' ').count();
    let ends_sentence = text.ends_with(['。', '！', '？']);
    !ends_sentence && limits.iter().any(|limit| *limit == bare || (all..=all + dropped_spaces).contains(limit))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_of_the_limit_is_truncated() {
        let text = |length: usize| "字".repeat(length);
        assert!(is_truncated(&text(150), 0, &[150]));
        assert!(is_truncated(&text(147), 3, &[150]));
        assert!(!is_truncated(&text(149), 0, &[150]));
        assert!(!is_truncated(&(text(149) + "。"), 0, &[150]));
    }
}
