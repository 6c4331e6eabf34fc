//! The rows of a performance grid → projects with their indicators.
//!
//! Project, amount and goal are merged downwards over their indicators, level words over theirs, all of it cut at page
//! breaks. A cell at the top of a page either begins something or goes on with what the page before left open; which
//! of the two is told by what stands beside it, and by the vocabulary's complete level words.

use super::packed;
use super::target;
use std::collections::BTreeMap;

use crate::document::PageNumber;
use crate::document::geometry::Rect;
use crate::document::{
    Diagnostic, FundSource, Goal, GoalPeriod, Indicator, LabelledValue, Money, Observation, Project, ProjectField,
    Unplaced,
};
use crate::language::amount;
use crate::language::performance_roles::{Role, field_of, role_of};
use crate::language::relations;
use crate::language::vocabulary::{Labels, PerformanceWords, squeezed};
use crate::parse::sheet::{Covered, SheetRow, Slot};
use crate::text::reflow;

/// The columns of a grid.
pub(super) struct GridColumns {
    /// What each holds, where its label tells.
    pub(super) roles: Vec<Option<Role>>,
    /// The lowest label of each.
    pub(super) labels: Vec<String>,
}

impl GridColumns {
    /// The columns below these labels. A role that several labels name is the first one's.
    pub(super) fn new(labels: Vec<String>, words: &PerformanceWords) -> Self {
        let mut roles: Vec<Option<Role>> = Vec::new();
        for label in &labels {
            let role = role_of(label, words).or_else(|| field_of(label, words));
            let known = role.is_some() && role != Some(Role::Fund) && roles.contains(&role);
            roles.push(role.filter(|_| !known));
        }
        // Whose targets a grid without projects has.
        if !roles.contains(&Some(Role::Project))
            && let Some(column) = roles.iter().position(|role| *role == Some(Role::Department))
        {
            roles[column] = Some(Role::Project);
        }
        Self { roles, labels }
    }

    /// Where the columns of the indicators begin.
    fn first_of_indicators(&self) -> usize {
        let of_indicators = [Role::Level1, Role::Level2, Role::Indicator, Role::Value];
        let first = self.roles.iter().position(|role| role.is_some_and(|role| of_indicators.contains(&role)));
        first.unwrap_or(self.roles.len())
    }

    /// Remarks that are numbers without exception are weights.
    fn take_weights(&mut self, rows: &[SheetRow]) {
        let Some(column) = self.roles.iter().position(|role| *role == Some(Role::Remark)) else { return };
        let mut texts =
            rows.iter().map(|row| row.slots[column].text.as_str()).filter(|text| !text.is_empty()).peekable();
        let has_weights = self.roles.contains(&Some(Role::Weight)) || column < self.first_of_indicators();
        if !has_weights && texts.peek().is_some() && texts.all(|text| amount::parse(text).is_some()) {
            self.roles[column] = Some(Role::Weight);
        }
    }

    fn label(&self, role: Role) -> String {
        let column = self.roles.iter().position(|known| *known == Some(role));
        column.and_then(|column| self.labels.get(column)).cloned().unwrap_or_default()
    }
}

/// A project being read.
struct OpenProject {
    project: Project,
    /// What is not yet known of each of its indicators.
    open_indicators: Vec<OpenIndicator>,
}

/// What of an indicator a page break may still complete.
#[derive(Default)]
struct OpenIndicator {
    /// Its relation as printed.
    relation: Option<String>,
    /// Spaces dropped from its name.
    dropped_spaces: usize,
}

/// An indicator level (一级, 二级), whose cells are merged downwards over their indicators.
struct Level {
    role: Role,
    /// Whether its cells are merged, rather than left empty below the first.
    merges: bool,
    /// The word that holds now.
    word: Option<String>,
    /// Since a cell began empty at the end of a page, its word to follow on the next: the indicator from which it will
    /// hold, and the word before.
    awaited: Option<(usize, Option<String>)>,
}

impl Level {
    fn new(role: Role, rows: &[SheetRow], roles: &[Option<Role>]) -> Self {
        Self { role, merges: merges(rows, roles, role), word: None, awaited: None }
    }

    fn reset(&mut self) {
        (self.word, self.awaited) = (None, None);
    }
}

/// Whether the cells of a column are merged downwards.
fn merges(rows: &[SheetRow], roles: &[Option<Role>], role: Role) -> bool {
    let column = roles.iter().position(|known| *known == Some(role));
    column.is_some_and(|column| {
        rows.iter().any(|row| row.slots[column].row_span > 1 && !row.slots[column].text.is_empty())
    })
}

/// Reads the rows of the grid one after another.
pub(super) struct GridReader<'w, 'd> {
    words: &'w PerformanceWords,
    columns: GridColumns,
    projects: Vec<OpenProject>,
    /// Whether project cells are merged over their indicators.
    projects_merge: bool,
    /// The text that holds in each column.
    carried: Vec<String>,
    /// Whether the cell of the last name reached the end of its page.
    name_is_cut: bool,
    /// Amount and goal as printed last.
    last_amount: Option<String>,
    last_goal: Option<String>,
    level1: Level,
    level2: Level,
    diagnostics: &'d mut Vec<Diagnostic>,
}

impl<'w, 'd> GridReader<'w, 'd> {
    /// A reader for these rows, which have these columns.
    pub(super) fn new(
        rows: &[SheetRow],
        mut columns: GridColumns,
        words: &'w PerformanceWords,
        diagnostics: &'d mut Vec<Diagnostic>,
    ) -> Self {
        columns.take_weights(rows);
        Self {
            words,
            projects: Vec::new(),
            carried: Vec::new(),
            name_is_cut: false,
            last_amount: None,
            last_goal: None,
            level1: Level::new(Role::Level1, rows, &columns.roles),
            level2: Level::new(Role::Level2, rows, &columns.roles),
            projects_merge: merges(rows, &columns.roles, Role::Project),
            columns,
            diagnostics,
        }
    }

    /// Begins with a project whose name does not stand in a column.
    pub(super) fn open(&mut self, project: Project) {
        self.projects.push(OpenProject { project, open_indicators: Vec::new() });
    }

    fn slot<'r>(&self, row: &'r SheetRow, role: Role) -> Option<&'r Slot> {
        super::cell_of(row, &self.columns.roles, role)
    }

    fn text(&self, row: &SheetRow, role: Role) -> Option<String> {
        self.slot(row, role).map(|slot| slot.text.clone())
    }

    /// Whether a merged cell begins in this row, empty and down to the end of the page: its text follows on the next.
    fn begins_cut(row: &SheetRow, column: usize, merges: bool) -> bool {
        let slot = &row.slots[column];
        let begins = !row.opens_page && slot.covered == Covered::Own && slot.text.is_empty();
        begins && merges && slot.row_span > row.rows_below
    }

    /// Whether a project begins whose name the page break has pushed to the next page.
    fn begins_nameless(&self, row: &SheetRow) -> bool {
        let Some(column) = self.columns.roles.iter().position(|known| *known == Some(Role::Project)) else {
            return false;
        };
        let slot = &row.slots[column];
        let begins = !row.opens_page && slot.covered == Covered::Own && slot.text.is_empty();
        begins && (self.slot(row, Role::Amount).is_some() || Self::begins_cut(row, column, self.projects_merge))
    }

    /// Reads one row.
    pub(super) fn row(&mut self, row: &SheetRow) {
        self.carried.resize(row.slots.len(), String::new());
        for (held, slot) in self.carried.iter_mut().zip(&row.slots).filter(|(_, slot)| !slot.text.is_empty()) {
            held.clone_from(&slot.text);
        }
        let opens_project = self.project(row);
        let opens_level = self.level(row, Role::Level1);
        // Where the first level's word stands in the middle of its rows, the second one that holds is a part of it already.
        let held = |words: &PerformanceWords, level: &Level| {
            level.word.as_deref().is_some_and(|word| !words.levels_above(word).is_empty())
        };
        let is_part = held(self.words, &self.level2) && !self.contradicts(self.level1.word.as_deref());
        if (opens_level && !is_part) || self.lacks_second_level(row) {
            self.level2.reset();
        }
        let opens_level = self.level(row, Role::Level2) || opens_level;
        self.indicator(row, opens_project || opens_level);
        if let Some(open) = self.projects.last_mut() {
            add_page(&mut open.project.pages, row.page);
        }
    }

    /// Whether the second level that holds is no part of this first one.
    fn contradicts(&self, level1: Option<&str>) -> bool {
        let above = self.level2.word.as_deref().map(|word| self.words.levels_above(word)).unwrap_or_default();
        level1.is_none_or(|word| !above.contains(&&*squeezed(word)))
    }

    /// Whether the first level is printed again at the top of a page, and no second one beside it.
    fn lacks_second_level(&self, row: &SheetRow) -> bool {
        let column = self.columns.roles.iter().position(|known| *known == Some(Role::Level2));
        let is_empty = column.is_some_and(|column| {
            let slot = &row.slots[column];
            slot.covered == Covered::Own && slot.text.is_empty()
        });
        row.opens_page && is_empty && self.level2.awaited.is_none() && self.slot(row, Role::Level1).is_some()
    }

    /// Name, amount and goal. Returns whether a project begins.
    fn project(&mut self, row: &SheetRow) -> bool {
        let (name, amount, goal) =
            (self.text(row, Role::Project), self.text(row, Role::Amount), self.text(row, Role::Goal));
        let awaits_name = self.projects.last().is_some_and(|open| open.project.name.is_empty());
        let awaits_rest = awaits_name || self.awaits_amount(&amount);
        let goes_on = if row.opens_page { amount.is_none() || name.is_none() || awaits_rest } else { name.is_none() };
        if let Some(slot) = self.slot(row, Role::Project) {
            self.name_is_cut = slot.row_span > row.rows_below;
        }
        // Where cells are printed again on each page, only the goal may go on.
        if row.opens_page
            && let Some(open) = self.projects.last_mut()
            && name.as_ref() == Some(&open.project.name)
            && (amount.is_none() || self.last_amount == amount)
        {
            if goal != self.last_goal {
                // The cell has what the page before cut off, or all of it once more.
                let known = open.project.goal.take().unwrap_or_default();
                open.project.goal = match &goal {
                    Some(whole) if whole.starts_with(&known) => Some(whole.clone()),
                    _ => Some(known),
                };
                if !goal
                    .as_ref()
                    .zip(open.project.goal.as_ref())
                    .is_some_and(|(piece, known)| known.contains(piece.as_str()))
                {
                    append(&mut open.project.goal, goal.clone());
                }
                self.last_goal = goal;
            }
            return false;
        }
        let goes_on = goes_on && !self.begins_nameless(row);
        if amount.is_some() || goal.is_some() {
            (self.last_amount, self.last_goal) = (amount.clone(), goal.clone());
        }
        let completes = goes_on && awaits_name && name.is_some();
        let mut beside = Project::default();
        if completes {
            self.beside_name(row, &mut beside);
        }
        let (amount, unread) = self.amount(amount, row.page);
        match (self.projects.last_mut(), goes_on) {
            (Some(open), true) => {
                if let Some(name) = name {
                    reflow::join(&mut open.project.name, &name);
                }
                append(&mut open.project.goal, goal);
                open.project.amount = open.project.amount.or(amount);
                open.project.owner = open.project.owner.take().or(beside.owner);
                open.project.funds.extend(beside.funds);
                open.project.fields.extend(beside.fields);
                open.project.fields.extend(unread);
                false
            }
            _ => {
                self.drop_nameless();
                let name = name.unwrap_or_default();
                let (pages, fields) = (vec![row.page], unread.into_iter().collect());
                let mut project = Project { name, amount, goal, pages, fields, ..Project::default() };
                self.beside_name(row, &mut project);
                self.open(project);
                self.level1.reset();
                self.level2.reset();
                true
            }
        }
    }

    /// Whether a column stands before the projects, whose cells may be merged over several of them.
    fn is_merged(&self, column: usize) -> bool {
        self.columns.roles.iter().position(|role| *role == Some(Role::Project)).is_some_and(|project| column < project)
    }

    /// Whether an amount at the top of a page may be that of a project begun before: it has none, its name was cut by the page
    /// break, and the projects before it have amounts.
    fn awaits_amount(&self, amount: &Option<String>) -> bool {
        let Some((open, before)) = self.projects.split_last() else { return false };
        let others_have = before.iter().all(|other| other.project.amount.is_some());
        amount.is_some() && self.name_is_cut && open.project.amount.is_none() && others_have && !before.is_empty()
    }

    /// What else the columns left of the indicators say of a project.
    fn beside_name(&self, row: &SheetRow, project: &mut Project) {
        for column in 0..self.columns.first_of_indicators() {
            let slot = &row.slots[column];
            // A unit's cell may be merged over all of its projects.
            let carried = self.carried.get(column).filter(|_| slot.covered == Covered::Above && self.is_merged(column));
            let text =
                if slot.covered == Covered::Own { slot.text.clone() } else { carried.cloned().unwrap_or_default() };
            if text.is_empty() {
                continue;
            }
            let label = self.columns.labels[column].clone();
            match self.columns.roles[column] {
                Some(Role::Project | Role::Amount | Role::Goal | Role::Group | Role::Sequence) => {}
                Some(Role::Owner | Role::Department | Role::Supervisor) if project.owner.is_none() => {
                    project.owner = Some(text);
                }
                Some(Role::Fund) if amount::parse(&text).is_some() => {
                    let amount = amount::parse(&text).map(|amount| amount.value.into());
                    project.funds.push(FundSource { source: label, amount });
                }
                _ => project.fields.push(ProjectField { label, value: text, page: row.page }),
            }
        }
    }

    /// What else the row of an indicator says.
    fn beside_target(&self, row: &SheetRow) -> Vec<LabelledValue> {
        let own =
            [Role::Level1, Role::Level2, Role::Indicator, Role::Relation, Role::Value, Role::MeasureUnit, Role::Weight];
        let has_place = |column: &usize| {
            self.columns.roles[*column]
                .is_some_and(|role| own.contains(&role) || matches!(role, Role::Project | Role::Amount | Role::Goal))
        };
        let columns = (self.columns.first_of_indicators()..row.slots.len()).filter(|column| !has_place(column));
        let texts = columns.filter(|column| {
            let slot = &row.slots[*column];
            slot.covered == Covered::Own && !slot.text.is_empty()
        });
        let label = |column: usize| self.columns.labels.get(column).cloned().unwrap_or_default();
        texts.map(|column| LabelledValue { label: label(column), value: row.slots[column].text.clone() }).collect()
    }

    /// An amount, or the words that stand in its place.
    fn amount(&mut self, text: Option<String>, page: PageNumber) -> (Option<Money>, Option<ProjectField>) {
        let Some(text) = text else { return (None, None) };
        match amount::parse(&text) {
            Some(amount) => (Some(amount.value.into()), None),
            None => {
                self.diagnostics.push(Observation::UnreadableAmount { text: text.clone() }.on(page));
                (None, Some(ProjectField { label: self.columns.label(Role::Amount), value: text, page }))
            }
        }
    }

    /// A project that never got its name was none: its indicators belong to the project before.
    fn drop_nameless(&mut self) {
        let nameless = self.projects.last().is_some_and(|open| open.project.name.is_empty());
        if nameless
            && self.projects.len() > 1
            && let Some(open) = self.projects.pop()
        {
            if let Some(amount) = &open.project.amount {
                let page = open.project.pages.first().copied().unwrap_or(PageNumber(0));
                self.unplaced(Unplaced::Amount(amount.to_string()), page);
            }
            if let Some(before) = self.projects.last_mut() {
                before.project.indicators.extend(open.project.indicators);
                before.open_indicators.extend(open.open_indicators);
                open.project.pages.iter().for_each(|page| add_page(&mut before.project.pages, *page));
            }
        }
    }

    /// A level word. Returns whether a level begins.
    fn level(&mut self, row: &SheetRow, role: Role) -> bool {
        let Some(column) = self.columns.roles.iter().position(|known| *known == Some(role)) else { return false };
        let text = self.text(row, role);
        let reprinted = role == Role::Level2 && self.slot(row, Role::Level1).is_some();
        let indicators = self.projects.last_mut().map_or(&mut [][..], |open| &mut open.project.indicators[..]);
        let level = if role == Role::Level1 { &mut self.level1 } else { &mut self.level2 };
        if row.opens_page
            && let Some((from, before)) = level.awaited.take()
        {
            // Where the first level is printed again and this one is not, or its column is not on the page, it has no word.
            let absent = reprinted || row.slots[column].bbox == Rect::default();
            level.word = text.clone().or(before.filter(|_| !absent));
            for indicator in indicators.iter_mut().skip(from) {
                *level_of(indicator, level.role) = level.word.clone();
            }
            return false;
        }
        let Some(text) = text else {
            let cut = Self::begins_cut(row, column, level.merges);
            if cut {
                level.awaited = Some((indicators.len(), level.word.take()));
            }
            return cut;
        };
        if row.opens_page
            && let Some(piece) = &level.word
        {
            let whole = format!("{piece}{text}");
            let complete = |word: &str| self.words.level_words.contain(&squeezed(word));
            if !complete(piece) && complete(&whole) {
                for word in indicators.iter_mut().rev().map(|indicator| level_of(indicator, role)) {
                    if word.as_ref() != Some(piece) {
                        break;
                    }
                    *word = Some(whole.clone());
                }
                level.word = Some(whole);
                return false;
            }
        }
        // A word printed again at the top of a page goes on with its group.
        let is_same = row.opens_page && level.word.as_ref() == Some(&text);
        level.word = Some(text);
        !is_same
    }

    fn indicator(&mut self, row: &SheetRow, opens_group: bool) {
        let name = self.slot(row, Role::Indicator);
        let target = [Role::Relation, Role::Value, Role::MeasureUnit].map(|role| self.text(row, role));
        let has_target = target.iter().any(Option::is_some);
        if name.is_none() && !has_target {
            self.packed(row);
            return;
        }
        let (name, dropped) = name.map_or((None, 0), |slot| (Some(slot.text.clone()), slot.dropped_spaces));
        let (level1, level2) = (self.level1.word.clone(), self.level2.word.clone());
        let shares_target = self.shares_target(row);
        if let Some(last) = self.projects.last_mut().and_then(|open| open.project.indicators.last_mut())
            && !has_target
            && shares_target
            && last.value.is_some()
            && name.as_ref().is_some_and(|name| !name.contains(|c: char| c.is_ascii_digit()))
        {
            reflow::join(&mut last.name, &name.unwrap_or_default());
            return;
        }
        let Some(open) = self.projects.last_mut() else { return };
        if let (Some(last), Some(open_last)) = (open.project.indicators.last_mut(), open.open_indicators.last_mut())
            && row.opens_page
            && !opens_group
            && (name.is_none() || !begins_target(last, open_last, &target))
        {
            if let Some(name) = name {
                reflow::join(&mut last.name, &name);
            }
            let [relation, value, measure_unit] = target;
            append(&mut open_last.relation, relation);
            append(&mut last.value, value);
            append(&mut last.measure_unit, measure_unit);
            add_page(&mut last.pages, row.page);
            open_last.dropped_spaces += dropped;
            return;
        }
        if name.is_none() {
            self.unplaced(Unplaced::Target, row.page);
        }
        let [relation, value, measure_unit] = target;
        let name = name.unwrap_or_default();
        let pages = vec![row.page];
        let indicator = Indicator {
            level1,
            level2,
            name,
            value,
            measure_unit,
            weight: self.text(row, Role::Weight),
            fields: self.beside_target(row),
            pages,
            ..Indicator::default()
        };
        if let Some(open) = self.projects.last_mut() {
            open.project.indicators.push(indicator);
            open.open_indicators.push(OpenIndicator { relation, dropped_spaces: dropped });
        }
    }

    /// Whether the target of the row above goes on beside this one, and the row has no other text: its name was cut into
    /// boxes.
    fn shares_target(&self, row: &SheetRow) -> bool {
        let column_of = |role: Role| self.columns.roles.iter().position(|known| *known == Some(role));
        let goes_on = column_of(Role::Value).is_some_and(|column| row.slots[column].covered == Covered::Above);
        let alone = row.slots.iter().filter(|slot| !slot.text.is_empty()).count() == 1;
        goes_on && alone
    }

    /// Indicators that stand in one cell of a grid without columns for them.
    fn packed(&mut self, row: &SheetRow) {
        if self.columns.roles.contains(&Some(Role::Indicator)) {
            return;
        }
        let Some(text) = self.text(row, Role::Group) else { return };
        let Some(open) = self.projects.last_mut() else { return };
        for indicator in packed::indicators(&text, self.words, row.page) {
            open.project.indicators.push(indicator);
            open.open_indicators.push(OpenIndicator::default());
        }
    }

    fn unplaced(&mut self, what: Unplaced, page: PageNumber) {
        self.diagnostics.push(Observation::PerformanceUnplaced { what }.on(page));
    }

    /// The projects.
    pub(super) fn finish(mut self) -> Vec<Project> {
        self.drop_nameless();
        let nameless = self.projects.iter().find(|open| open.project.name.is_empty());
        if let Some(page) = nameless.and_then(|open| open.project.pages.first().copied()) {
            self.unplaced(Unplaced::Project, page);
        }
        let limits = &self.words.text_limits;
        let relation_label = self.columns.label(Role::Relation);
        let finished = self.projects.into_iter().map(|open| {
            let OpenProject { mut project, open_indicators } = open;
            if project.goals.is_empty() {
                let goal = project.goal.clone();
                project.goals.extend(goal.map(|text| Goal { period: GoalPeriod::Annual, text }));
            }
            self.diagnostics.extend(complete_levels(&mut project.indicators, self.words));
            for (indicator, open) in project.indicators.iter_mut().zip(open_indicators) {
                indicator.truncated = is_truncated(&indicator.name, open.dropped_spaces, limits);
                match open.relation {
                    Some(printed) => {
                        let unit = indicator.measure_unit.as_deref();
                        match unit
                            .filter(|unit| relations::whole(unit).is_some() && relations::whole(&printed).is_none())
                        {
                            // The two stand in each other's column.
                            Some(sign) => {
                                indicator.relation = relations::whole(sign);
                                indicator.measure_unit = Some(printed);
                            }
                            None => take_relation(indicator, printed, &relation_label),
                        }
                    }
                    None => take_target_apart(indicator, &self.words.no_units),
                }
            }
            project
        });
        finished.collect()
    }
}

/// First levels that are not placed, or are placed so that the second one is no part of them: the one of which it is a part,
/// where that is told by the vocabulary. Each page on which that was needed is named.
fn complete_levels(indicators: &mut [Indicator], words: &PerformanceWords) -> Vec<Diagnostic> {
    let mut inferred: BTreeMap<PageNumber, usize> = BTreeMap::new();
    let printed: Vec<String> =
        indicators.iter().filter_map(|one| one.level1.as_deref().map(|word| squeezed(word).into_owned())).collect();
    for indicator in indicators {
        let Some(level2) = &indicator.level2 else { continue };
        let above = words.levels_above(level2);
        let known = indicator.level1.as_deref().map(squeezed);
        let fits = known.as_deref().is_some_and(|word| above.contains(&word) || !words.level1_words.contain(word));
        let wanted = above.iter().find(|word| known.is_none() || printed.iter().any(|other| other == *word));
        if let Some(word) = wanted.filter(|_| !fits) {
            indicator.level1 = Some((*word).to_owned());
            let page = indicator.pages.first().copied().unwrap_or_default();
            *inferred.entry(page).or_default() += 1;
        }
    }
    inferred.into_iter().map(|(page, count)| Observation::LevelInferred { count }.on(page)).collect()
}

fn level_of(indicator: &mut Indicator, role: Role) -> &mut Option<String> {
    if role == Role::Level1 { &mut indicator.level1 } else { &mut indicator.level2 }
}

/// Whether a target is one of its own, beside that of the indicator before: both have one, and the second is not the
/// rest of a cut value. A relation cannot be cut, so a second one begins a target; a target without one goes on.
fn begins_target(
    before: &Indicator,
    open: &OpenIndicator,
    [relation, value, measure_unit]: &[Option<String>; 3],
) -> bool {
    let has_target = relation.is_some() || value.is_some() || measure_unit.is_some();
    let had_target = open.relation.is_some() || before.value.is_some() || before.measure_unit.is_some();
    has_target && had_target && (relation.is_some() || open.relation.is_none())
}

/// A printed relation: a sign, or a word (定性) that is none and is kept with the label of its column.
fn take_relation(indicator: &mut Indicator, printed: String, label: &str) {
    indicator.relation = relations::whole(&printed);
    if indicator.relation.is_none() {
        indicator.fields.push(LabelledValue { label: label.to_owned(), value: printed });
    }
}

/// A target that stands in one cell is taken apart.
fn take_target_apart(indicator: &mut Indicator, no_units: &Labels) {
    if indicator.measure_unit.is_none()
        && let Some(target) = indicator.value.as_deref().and_then(|value| target::split(value, no_units))
    {
        indicator.relation = target.relation;
        indicator.value = Some(target.value);
        indicator.measure_unit = target.measure_unit;
    }
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
