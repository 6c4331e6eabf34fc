//! The columns of a grid, or of the indicators of a form, by their labels.

use crate::language::amount;
use crate::language::performance_roles::{Block, Role, field_of, ranked_column};
use crate::language::vocabulary::PerformanceWords;
use crate::parse::header;
use crate::parse::sheet::{Covered, SheetRow, Slot};

/// A header of indicators has at most this many rows.
const MAX_HEADER_ROWS: usize = 3;

/// The columns of a grid.
#[derive(Clone, Debug)]
pub(super) struct Columns {
    /// What each holds, where its label tells.
    pub(super) roles: Vec<Option<Role>>,
    /// The lowest label of each.
    pub(super) labels: Vec<String>,
    /// Whether a label above the lowest ones says that there are targets.
    heads_targets: bool,
    /// Whether all of them are of indicators, the project's name standing elsewhere.
    is_list: bool,
}

impl Columns {
    /// The columns below these labels, from the top of each down. Of several that name one role, the one that the
    /// vocabulary ranks first has it, or else the leftmost.
    pub(super) fn new(paths: &[Vec<String>], words: &PerformanceWords) -> Self {
        let labels: Vec<String> = paths.iter().map(|path| path.last().cloned().unwrap_or_default()).collect();
        let named: Vec<_> = paths.iter().map(|path| ranked_path(path, words)).collect();
        let is_first = |column: usize, rank: usize, role: Role| {
            let rivals = named.iter().enumerate().filter_map(|(other, named)| named.map(|named| (other, named)));
            rivals.filter(|(_, (_, known))| *known == role).all(|(other, (its, _))| (rank, column) <= (its, other))
        };
        let own = |(column, named): (usize, &Option<(usize, Role)>)| {
            named.filter(|(rank, role)| words.has_many(*role) || is_first(column, *rank, *role)).map(|(_, role)| role)
        };
        let roles = named.iter().enumerate().map(own).collect();
        let above =
            |path: &Vec<String>| path.iter().rev().skip(1).any(|label| field_of(label, words) == Some(Role::VALUE));
        let mut columns = Self { roles, labels, heads_targets: paths.iter().any(above), is_list: false };
        columns.complete();
        columns
    }

    /// The columns of a list of indicators in a form.
    pub(super) fn of_list(paths: &[Vec<String>], words: &PerformanceWords) -> Self {
        Self { is_list: true, ..Self::new(paths, words) }
    }

    /// Roles that a label has only where no other column has it.
    fn complete(&mut self) {
        // Whose targets a grid without projects has.
        if !self.has(Role::PROJECT)
            && let Some(column) = self.place(Role::DEPARTMENT)
        {
            self.roles[column] = Some(Role::PROJECT);
        }
        // Beside levels or targets, a heading of indicators is that of their names.
        let last = |role: Role| self.roles.iter().rposition(|known| *known == Some(role));
        let level = last(Role::LEVEL2).or(last(Role::LEVEL1));
        if !self.has(Role::INDICATOR)
            && let Some(column) = last(Role::GROUP)
            && level.map_or(self.place(Role::VALUE) > Some(column), |level| level < column)
        {
            self.roles[column] = Some(Role::INDICATOR);
        }
    }

    pub(super) fn place(&self, role: Role) -> Option<usize> {
        self.roles.iter().position(|known| *known == Some(role))
    }

    pub(super) fn has(&self, role: Role) -> bool {
        self.place(role).is_some()
    }

    /// Whether these are the columns of indicators: their names, and a level or a target.
    pub(super) fn has_indicators(&self) -> bool {
        let has_levels = self.has(Role::LEVEL1) && self.has(Role::LEVEL2);
        self.has(Role::INDICATOR) && (self.has(Role::VALUE) || self.heads_targets || has_levels)
    }

    /// Whether targets stand in the cells of their indicators (培训人数≥100人).
    pub(super) fn lack_targets(&self) -> bool {
        !self.has(Role::VALUE) && !self.has(Role::RELATION) && !self.heads_targets
    }

    /// The cell of a role in a row, where one begins there and has text.
    pub(super) fn slot<'r>(&self, row: &'r SheetRow, role: Role) -> Option<&'r Slot> {
        row.slots.get(self.place(role)?).filter(|slot| slot.covered == Covered::Own && !slot.text.is_empty())
    }

    pub(super) fn text(&self, row: &SheetRow, role: Role) -> Option<String> {
        self.slot(row, role).map(|slot| slot.text.clone())
    }

    /// Whether the label of the projects' names is that of units, too (单位名称、项目名称).
    pub(super) fn lists_units(&self, words: &PerformanceWords) -> bool {
        self.label(Role::PROJECT).split('、').any(|part| field_of(part, words) == Some(Role::DEPARTMENT))
    }

    pub(super) fn label(&self, role: Role) -> String {
        self.place(role).map(|column| self.labels[column].clone()).unwrap_or_default()
    }

    /// Where the columns of the indicators begin.
    pub(super) fn first_of_indicators(&self) -> usize {
        if self.is_list {
            return 0;
        }
        let of_indicators = [Role::LEVEL1, Role::LEVEL2, Role::INDICATOR, Role::VALUE];
        let first = self.roles.iter().position(|role| role.is_some_and(|role| of_indicators.contains(&role)));
        first.unwrap_or(self.roles.len())
    }

    /// Whether the cells of a role are merged downwards.
    pub(super) fn merge(&self, rows: &[SheetRow], role: Role) -> bool {
        let merged = |slot: &Slot| slot.row_span > 1 && !slot.text.is_empty();
        self.place(role).is_some_and(|column| rows.iter().any(|row| merged(&row.slots[column])))
    }

    /// Remarks that are numbers without exception are weights.
    pub(super) fn take_weights(&mut self, rows: &[SheetRow]) {
        let Some(column) = self.place(Role::REMARK) else { return };
        let mut texts =
            rows.iter().map(|row| row.slots[column].text.as_str()).filter(|text| !text.is_empty()).peekable();
        let has_weights = self.has(Role::WEIGHT) || column < self.first_of_indicators();
        if !has_weights && texts.peek().is_some() && texts.all(|text| amount::parse(text).is_some()) {
            self.roles[column] = Some(Role::WEIGHT);
        }
    }
}

/// The role of a column by its lowest label, which may want the word that is above it: 一级 below 绩效指标.
fn ranked_path(path: &[String], words: &PerformanceWords) -> Option<(usize, Role)> {
    let (label, above) = path.split_last()?;
    let is_below_group = above.last().is_some_and(|above| field_of(above, words) == Some(Role::GROUP));
    let completed = || {
        let mut known = words.group.iter().filter_map(|word| ranked_column(&format!("{label}{word}"), words));
        known.find(|(_, role)| role.block == Block::Indicators)
    };
    ranked_column(label, words).or_else(|| is_below_group.then(completed).flatten())
}

/// A header of indicators in a form.
pub(super) struct IndicatorHeader {
    /// How many rows it has.
    pub(super) rows: usize,
    /// The labels of each column.
    pub(super) paths: Vec<Vec<String>>,
    /// What stands left of all of the indicators (绩效指标).
    pub(super) heading: Option<String>,
}

/// The header of indicators that begins with the first of these rows.
pub(super) fn indicator_header(rows: &[SheetRow], words: &PerformanceWords) -> Option<IndicatorHeader> {
    let first = rows.first()?;
    let of_indicators = |slot: &Slot| {
        let role = (!slot.text.is_empty()).then(|| ranked_column(&slot.text, words)).flatten();
        role.is_some_and(|(_, role)| role.block == Block::Indicators)
    };
    let labels = first.slots.iter().filter(|slot| of_indicators(slot));
    let height = labels.map(|slot| slot.row_span).max()?.clamp(1, MAX_HEADER_ROWS.min(rows.len()));
    let mut paths = header::paths(&rows[..height], first.slots.len());
    let mut heading = None;
    for (path, slot) in paths.iter_mut().zip(&first.slots).filter(|(_, slot)| slot.row_span > height) {
        path.clear();
        heading = Some(slot.text.clone()).filter(|text| !text.is_empty()).or(heading);
    }
    Columns::new(&paths, words).has_indicators().then_some(IndicatorHeader { rows: height, paths, heading })
}

/// The columns of each list of indicators below one header. Two lists stand side by side where names and targets are
/// headed twice; a first level that is headed once is that of both.
pub(super) fn lists(paths: &[Vec<String>], words: &PerformanceWords) -> Vec<Vec<usize>> {
    let role = |column: usize| paths[column].last().and_then(|label| ranked_column(label, words)).map(|(_, role)| role);
    let all: Vec<usize> = (0..paths.len()).collect();
    let places = |wanted: Role| all.iter().copied().filter(move |column| role(*column) == Some(wanted));
    let begins = |column: &usize| matches!(role(*column), Some(Role::LEVEL1 | Role::LEVEL2 | Role::INDICATOR));
    let names: Vec<usize> = places(Role::INDICATOR).collect();
    let [first, second] = names[..] else { return vec![all] };
    let cut = (first + 1..=second).find(begins).unwrap_or(second);
    let (left, mut right) = (all[..cut].to_vec(), all[cut..].to_vec());
    let is_list = |list: &[usize]| places(Role::VALUE).any(|column| list.contains(&column));
    if !is_list(&left) || !is_list(&right) {
        return vec![all];
    }
    let shared = left.iter().copied().find(|column| role(*column) == Some(Role::LEVEL1));
    let has_own = right.iter().any(|column| role(*column) == Some(Role::LEVEL1));
    right.splice(..0, shared.filter(|_| !has_own));
    vec![left, right]
}

/// Some columns of a row.
pub(super) fn of_columns(row: &SheetRow, columns: &[usize]) -> SheetRow {
    SheetRow { slots: columns.iter().map(|column| row.slots[*column].clone()).collect(), ..row.clone() }
}
