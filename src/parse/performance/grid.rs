//! The rows of a performance grid → projects with their indicators.
//!
//! Project, amount and goal are merged downwards over their indicators, level words over theirs, all of it cut at page
//! breaks. A cell at the top of a page either begins something or goes on with what the page before left open; which
//! of the two is told by what stands beside it, and by the vocabulary's complete level words.

use super::columns::Columns;
use super::indicator::{IndicatorRow, OpenIndicator};
use super::levels::{self, Levels};
use super::{add_page, append, packed};
use crate::document::{
    Diagnostic, FundSource, Goal, GoalPeriod, Money, Observation, PageNumber, Project, ProjectField, Unplaced,
};
use crate::language::amount;
use crate::language::performance_roles::Role;
use crate::language::vocabulary::PerformanceWords;
use crate::model::PlacedText;
use crate::parse::sheet::{Covered, SheetRow};
use crate::text::reflow;

/// How a sentence ends.
const SENTENCE_ENDS: [char; 4] = ['。', '；', ';', '！'];

/// A project being read.
struct OpenProject {
    project: Project,
    /// The number of its name's cell, which may be merged over several projects.
    name_cell: usize,
    indicators: Vec<OpenIndicator>,
}

/// What a row says of a project itself.
struct ProjectCells {
    name: Option<String>,
    amount: Option<String>,
    goal: Option<String>,
}

/// Reads the rows of the grid one after another.
pub(super) struct GridReader<'w, 'd> {
    words: &'w PerformanceWords,
    columns: Columns,
    projects: Vec<OpenProject>,
    /// Whether project cells are merged over their indicators.
    projects_merge: bool,
    /// Whether those of amounts are.
    amounts_merge: bool,
    /// The text that held in each column above the row being read.
    carried: Vec<String>,
    /// Whether the cell of the last name reached the end of its page.
    name_is_cut: bool,
    /// Amount and goal as printed last.
    last_amount: Option<String>,
    last_goal: Option<String>,
    levels: Levels<'w>,
    diagnostics: &'d mut Vec<Diagnostic>,
    /// What nothing was made of.
    unread: &'d mut Vec<PlacedText>,
}

impl<'w, 'd> GridReader<'w, 'd> {
    /// A reader for these rows, which have these columns.
    pub(super) fn new(
        rows: &[SheetRow],
        mut columns: Columns,
        words: &'w PerformanceWords,
        diagnostics: &'d mut Vec<Diagnostic>,
        unread: &'d mut Vec<PlacedText>,
    ) -> Self {
        columns.take_weights(rows);
        Self {
            words,
            projects: Vec::new(),
            carried: vec![String::new(); columns.roles.len()],
            name_is_cut: false,
            last_amount: None,
            last_goal: None,
            levels: Levels::new(rows, &columns, words),
            projects_merge: columns.merge(rows, Role::PROJECT),
            amounts_merge: columns.merge(rows, Role::AMOUNT),
            columns,
            diagnostics,
            unread,
        }
    }

    /// Begins with a project whose name does not stand in a column.
    pub(super) fn open(&mut self, project: Project) {
        let name_cell = self.projects.len();
        self.projects.push(OpenProject { project, name_cell, indicators: Vec::new() });
    }

    /// Reads one row.
    pub(super) fn row(&mut self, row: &SheetRow) {
        let opens_project = self.project(row);
        let indicators = self.projects.last_mut().map_or(&mut [][..], |open| &mut open.indicators[..]);
        let opens_level = self.levels.row(row, &self.columns, indicators);
        self.indicator(row, opens_project || opens_level);
        if let Some(open) = self.projects.last_mut() {
            add_page(&mut open.project.pages, row.page);
        }
        for (held, slot) in self.carried.iter_mut().zip(&row.slots).filter(|(_, slot)| !slot.text.is_empty()) {
            held.clone_from(&slot.text);
        }
    }

    /// Name, amount and goal. Returns whether a project begins.
    fn project(&mut self, row: &SheetRow) -> bool {
        let [name, amount, goal] = [Role::PROJECT, Role::AMOUNT, Role::GOAL].map(|role| self.columns.text(row, role));
        let cells = ProjectCells { name, amount, goal };
        if self.is_printed_again(row, &cells) {
            self.name_is_cut |=
                self.columns.slot(row, Role::PROJECT).is_some_and(|slot| slot.row_span > row.rows_below);
            self.complete_goal(cells.goal);
            self.go_on_beside(row);
            return false;
        }
        let shares_name = self.shares_name(row, &cells);
        let goes_on = !shares_name && self.goes_on(row, &cells);
        if let Some(slot) = self.columns.slot(row, Role::PROJECT) {
            self.name_is_cut = slot.row_span > row.rows_below;
        }
        if cells.amount.is_some() || cells.goal.is_some() {
            (self.last_amount, self.last_goal) = (cells.amount.clone(), cells.goal.clone());
        }
        if shares_name {
            self.begin_beside(row, cells);
        } else if goes_on && !self.projects.is_empty() {
            self.go_on(row, cells);
        } else {
            self.begin(row, cells);
        }
        !goes_on
    }

    /// Whether another project begins beside the cell of a name, which is merged over the projects of several units: the one
    /// before has an amount and a goal, and here are others. Where a page break cuts them, the amount may follow overleaf.
    fn shares_name(&self, row: &SheetRow, cells: &ProjectCells) -> bool {
        let Some(column) = self.columns.place(Role::PROJECT) else { return false };
        let Some(open) = self.projects.last() else { return false };
        let goes_on = match row.opens_page {
            true => cells.name.is_none() || self.awaits_name(),
            false => row.slots[column].covered == Covered::Above,
        };
        let is_whole = open.project.amount.is_some() && open.project.goal.is_some();
        // At the top of a page, figure and goal may be the rest of what the page break cut.
        let is_finished = open.project.goal.as_ref().is_some_and(|goal| goal.ends_with(SENTENCE_ENDS));
        let differs = is_finished && cells.amount != self.last_amount && cells.goal != self.last_goal;
        let has_own = cells.amount.is_some() && cells.goal.is_some() && (differs || !row.opens_page);
        let is_cut = |column: usize| levels::begins_cut(row, column, true);
        let goal_is_cut = |column: usize| {
            let slot = &row.slots[column];
            slot.covered == Covered::Own && slot.row_span > row.rows_below
        };
        let begins_cut = self.amounts_merge
            && self.columns.place(Role::AMOUNT).is_some_and(is_cut)
            && self.columns.place(Role::GOAL).is_some_and(goal_is_cut);
        goes_on && is_whole && (has_own || begins_cut)
    }

    /// Begins a project beside the cell of the name before.
    fn begin_beside(&mut self, row: &SheetRow, cells: ProjectCells) {
        if let Some(rest) = &cells.name {
            self.go_on_with_name(rest);
        }
        let Some((name, name_cell)) = self.projects.last().map(|open| (open.project.name.clone(), open.name_cell))
        else {
            return;
        };
        self.start(row, ProjectCells { name: Some(name), ..cells });
        if let Some(open) = self.projects.last_mut() {
            open.name_cell = name_cell;
        }
    }

    /// Adds the rest of the last name to all projects that its cell is merged over.
    fn go_on_with_name(&mut self, rest: &str) {
        let Some(name_cell) = self.projects.last().map(|open| open.name_cell) else { return };
        for open in self.projects.iter_mut().rev().take_while(|open| open.name_cell == name_cell) {
            reflow::join(&mut open.project.name, rest);
        }
    }

    /// Whether a row goes on with the project before it.
    fn goes_on(&self, row: &SheetRow, cells: &ProjectCells) -> bool {
        let awaits_rest = self.awaits_name() || self.awaits_amount(&cells.amount);
        let goes_on = match row.opens_page {
            true => cells.amount.is_none() || cells.name.is_none() || awaits_rest,
            false => cells.name.is_none(),
        };
        goes_on && !self.begins_nameless(row)
    }

    fn awaits_name(&self) -> bool {
        self.projects.last().is_some_and(|open| open.project.name.is_empty())
    }

    /// Whether an amount at the top of a page may be that of a project begun before: it has none, its name was cut by the page
    /// break, and most projects before it have amounts.
    fn awaits_amount(&self, amount: &Option<String>) -> bool {
        let Some((open, before)) = self.projects.split_last() else { return false };
        let others = before.iter().filter(|other| other.project.amount.is_some()).count();
        amount.is_some() && self.name_is_cut && open.project.amount.is_none() && 2 * others > before.len()
    }

    /// Whether a project begins whose name the page break has pushed to the next page.
    fn begins_nameless(&self, row: &SheetRow) -> bool {
        let Some(column) = self.columns.place(Role::PROJECT) else { return false };
        let slot = &row.slots[column];
        let begins = !row.opens_page && slot.covered == Covered::Own && slot.text.is_empty();
        let is_cut = || levels::begins_cut(row, column, self.projects_merge);
        begins && (self.columns.slot(row, Role::AMOUNT).is_some() || is_cut())
    }

    /// Whether the cells of a project are printed again at the top of a page.
    fn is_printed_again(&self, row: &SheetRow, cells: &ProjectCells) -> bool {
        let name = self.projects.last().map(|open| &open.project.name);
        row.opens_page
            && name.is_some()
            && cells.name.as_ref() == name
            && (cells.amount.is_none() || self.last_amount == cells.amount)
    }

    /// The goal of a project whose cells are printed again: what the page before cut off, or all of it once more.
    fn complete_goal(&mut self, goal: Option<String>) {
        let Some(open) = self.projects.last_mut().filter(|_| goal != self.last_goal) else { return };
        let known = open.project.goal.take().unwrap_or_default();
        let is_known = goal.as_ref().is_none_or(|piece| known.contains(piece.as_str()));
        open.project.goal = match &goal {
            Some(whole) if whole.starts_with(&known) => Some(whole.clone()),
            _ => Some(known),
        };
        let whole = open.project.goal.clone();
        if !is_known && whole != goal {
            append(&mut open.project.goal, goal.clone());
        }
        self.last_goal = goal;
    }

    fn go_on(&mut self, row: &SheetRow, cells: ProjectCells) {
        let completes = self.awaits_name() && cells.name.is_some();
        let beside = completes.then(|| self.beside_name(row));
        if !completes {
            self.go_on_beside(row);
        }
        let known = self.projects.last().and_then(|open| open.project.amount);
        let (amount, unread) = self.amount(cells.amount, row.page);
        let label = self.columns.label(Role::AMOUNT);
        if let Some(rest) = &cells.name {
            self.go_on_with_name(rest);
        }
        if let Some(other) = amount.filter(|_| known.is_some() && amount != known) {
            self.unplaced(Unplaced::Amount(other.to_string()), row.page);
        }
        let Some(open) = self.projects.last_mut() else { return };
        let project = &mut open.project;
        append(&mut project.goal, cells.goal);
        if let Some(beside) = beside {
            project.owner = project.owner.take().or(beside.owner);
            project.funds.extend(beside.funds);
            project.fields.extend(beside.fields);
        }
        project.fields.extend(unread);
        if known.is_none() {
            project.amount = amount;
        } else if amount.is_some() && amount != known {
            let value = amount.map(|amount| amount.to_string()).unwrap_or_default();
            project.fields.push(ProjectField { label, value, page: row.page });
        }
    }

    fn begin(&mut self, row: &SheetRow, cells: ProjectCells) {
        self.drop_nameless();
        self.start(row, cells);
    }

    fn start(&mut self, row: &SheetRow, cells: ProjectCells) {
        let (amount, unread) = self.amount(cells.amount, row.page);
        let mut project = self.beside_name(row);
        (project.name, project.goal) = (cells.name.unwrap_or_default(), cells.goal);
        (project.amount, project.pages) = (amount, vec![row.page]);
        project.fields.splice(..0, unread);
        self.open(project);
        self.levels.reset();
    }

    /// Whether a column stands before the projects, whose cells may be merged over several of them.
    fn is_merged(&self, column: usize) -> bool {
        self.columns.place(Role::PROJECT).is_some_and(|project| column < project)
    }

    /// The columns left of the indicators that say more of a project than its name, amount and goal.
    fn columns_beside(&self) -> impl Iterator<Item = usize> + use<> {
        let roles = self.columns.roles[..self.columns.first_of_indicators()].to_vec();
        let placed = [Role::PROJECT, Role::AMOUNT, Role::GOAL, Role::GROUP, Role::SEQUENCE];
        (0..roles.len()).filter(move |column| roles[*column].is_none_or(|role| !placed.contains(&role)))
    }

    /// What else the columns left of the indicators say of a project that begins.
    fn beside_name(&self, row: &SheetRow) -> Project {
        let mut project = Project::default();
        for column in self.columns_beside() {
            let slot = &row.slots[column];
            // A unit's cell may be merged over all of its projects.
            let carried = self.carried.get(column).filter(|_| slot.covered == Covered::Above && self.is_merged(column));
            let text =
                if slot.covered == Covered::Own { slot.text.clone() } else { carried.cloned().unwrap_or_default() };
            if text.is_empty() {
                continue;
            }
            let label = self.columns.labels[column].clone();
            match (self.columns.roles[column], amount::parse(&text)) {
                (Some(Role::OWNER | Role::DEPARTMENT | Role::SUPERVISOR), _) if project.owner.is_none() => {
                    project.owner = Some(text);
                }
                (Some(Role::FUND), Some(amount)) => {
                    project.funds.push(FundSource { source: label, amount: Some(amount.value.into()) });
                }
                (Some(Role { period: Some(period), .. }), _) => project.goals.push(Goal { period, text }),
                _ => project.fields.push(ProjectField { label, value: text, page: row.page }),
            }
        }
        project
    }

    /// The same in a further row of a project: the rest of what a page break cut, something new, or all of it printed again.
    fn go_on_beside(&mut self, row: &SheetRow) {
        for column in self.columns_beside() {
            let slot = &row.slots[column];
            let is_new = !slot.text.is_empty() && slot.covered == Covered::Own && slot.text != self.carried[column];
            let Some(open) = self.projects.last_mut().filter(|_| is_new) else { continue };
            let (label, value) = (self.columns.labels[column].clone(), slot.text.clone());
            let has_fund = open.project.funds.iter().any(|fund| fund.source == label);
            if self.columns.roles[column] == Some(Role::FUND)
                && !has_fund
                && let Some(amount) = amount::parse(&value)
            {
                open.project.funds.push(FundSource { source: label, amount: Some(amount.value.into()) });
                continue;
            }
            match open.project.fields.iter_mut().rev().find(|field| field.label == label) {
                Some(cut) if row.opens_page => reflow::join(&mut cut.value, &value),
                _ => open.project.fields.push(ProjectField { label, value, page: row.page }),
            }
        }
    }

    /// An amount, or the words that stand in its place.
    fn amount(&mut self, text: Option<String>, page: PageNumber) -> (Option<Money>, Option<ProjectField>) {
        let Some(text) = text else { return (None, None) };
        match amount::parse(&text) {
            Some(amount) => (Some(amount.value.into()), None),
            None => {
                self.diagnostics.push(Observation::UnreadableAmount { text: text.clone() }.on(page));
                (None, Some(ProjectField { label: self.columns.label(Role::AMOUNT), value: text, page }))
            }
        }
    }

    /// A project that never got its name was none: its indicators belong to the project before.
    fn drop_nameless(&mut self) {
        if !self.awaits_name() || self.projects.len() < 2 {
            return;
        }
        let Some(open) = self.projects.pop() else { return };
        if let Some(amount) = &open.project.amount {
            let page = open.project.pages.first().copied().unwrap_or(PageNumber(0));
            self.unplaced(Unplaced::Amount(amount.to_string()), page);
        }
        if let Some(before) = self.projects.last_mut() {
            before.indicators.extend(open.indicators);
            open.project.pages.iter().for_each(|page| add_page(&mut before.project.pages, *page));
        }
    }

    fn indicator(&mut self, row: &SheetRow, opens_group: bool) {
        let read = IndicatorRow::new(row, &self.columns);
        if read.name.is_none() && !read.has_target() {
            self.without_target(row);
            return;
        }
        let shares_target = self.shares_target(row);
        let Some(open) = self.projects.last_mut() else { return };
        let last = open.indicators.last_mut();
        if let (Some(last), Some(name)) = (last, &read.name)
            && !read.has_target()
            && shares_target
            && last.indicator.value.is_some()
            && !name.contains(|c: char| c.is_ascii_digit())
        {
            reflow::join(&mut last.indicator.name, name);
            return;
        }
        if let Some(last) = open.indicators.last_mut()
            && row.opens_page
            && !opens_group
            && !last.is_followed_by(&read)
        {
            last.append(read, row.page);
            return;
        }
        let is_nameless = read.name.is_none();
        open.indicators.push(OpenIndicator::new(read, self.levels.placed(), row.page));
        if is_nameless {
            self.unplaced(Unplaced::Target, row.page);
        }
    }

    /// Whether the target of the row above goes on beside this one, and the row has no other text: its name was cut into
    /// boxes.
    fn shares_target(&self, row: &SheetRow) -> bool {
        let goes_on = self.columns.place(Role::VALUE).is_some_and(|column| row.slots[column].covered == Covered::Above);
        let alone = row.slots.iter().filter(|slot| !slot.text.is_empty()).count() == 1;
        goes_on && alone
    }

    /// A row without a name or a target: indicators that stand in one cell of a grid without columns for them, or the rest of
    /// what the row of an indicator says. What belongs to none is unread.
    fn without_target(&mut self, row: &SheetRow) {
        if !self.columns.has(Role::INDICATOR)
            && let Some(text) = self.columns.text(row, Role::GROUP)
            && let Some(open) = self.projects.last_mut()
        {
            let packed = packed::indicators(&text, self.words, row.page);
            if let (true, Some(slot)) = (packed.contains(&None), self.columns.slot(row, Role::GROUP)) {
                self.unread.push(PlacedText { page: row.page, bbox: slot.bbox, text: slot.text.clone() });
            }
            open.indicators.extend(packed.into_iter().flatten().map(OpenIndicator::whole));
        }
        let placed = [Role::LEVEL1, Role::LEVEL2, Role::GROUP, Role::PROJECT, Role::AMOUNT, Role::GOAL];
        for column in self.columns.first_of_indicators()..row.slots.len() {
            let slot = &row.slots[column];
            let has_place = self.columns.roles[column].is_some_and(|role| placed.contains(&role));
            if slot.covered == Covered::Own && !slot.text.is_empty() && !has_place {
                self.unread.push(PlacedText { page: row.page, bbox: slot.bbox, text: slot.text.clone() });
            }
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
        let finished = self.projects.into_iter().map(|open| {
            let OpenProject { mut project, mut indicators, .. } = open;
            if let Some(goal) = &project.goal
                && !project.goals.iter().any(|known| known.text == *goal)
            {
                project.goals.insert(0, Goal { period: GoalPeriod::Annual, text: goal.clone() });
            }
            self.diagnostics.extend(levels::complete(&mut indicators, self.words));
            let indicators = indicators.into_iter().map(|open| open.finish(&self.columns, self.words));
            project.indicators.extend(indicators);
            project
        });
        let projects = finished.collect();
        match self.columns.lists_units(self.words) {
            true => take_units(projects),
            false => projects,
        }
    }
}

/// Takes names that stand alone among units and projects for the unit whose projects follow.
fn take_units(projects: Vec<Project>) -> Vec<Project> {
    let is_bare = |project: &Project| {
        let says_nothing = project.goals.is_empty() && project.indicators.is_empty() && project.fields.is_empty();
        says_nothing && project.amount.is_none() && project.funds.is_empty()
    };
    let mut unit: Option<String> = None;
    let mut kept: Vec<Project> = Vec::with_capacity(projects.len());
    let mut following = projects.into_iter().peekable();
    while let Some(mut project) = following.next() {
        if is_bare(&project) && following.peek().is_some_and(|next| !is_bare(next)) {
            unit = Some(project.name);
            continue;
        }
        project.owner = project.owner.or_else(|| unit.clone());
        kept.push(project);
    }
    kept
}
