//! The cells above the indicators of a form → labels with their values.
//!
//! A value stands right of its label, below it, or in its cell behind a colon. Where several values stand right of one
//! label, the labels above them tell them apart; a label beside other labels only groups them.

use super::MAX_LABEL;
use crate::document::PageNumber;
use crate::language::performance_roles::{Role, field_of};
use crate::language::vocabulary::{PerformanceWords, squeezed};
use crate::model::PlacedText;
use crate::parse::sheet::{Covered, SheetRow, Slot};
use crate::text::reflow;

/// A value with its label.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Labelled {
    /// What the label means, where the vocabulary knows it.
    pub(super) role: Option<Role>,
    /// The label beside or above the value.
    pub(super) label: String,
    /// The label above the value, where it has one beside it as well.
    pub(super) above: Option<String>,
    pub(super) value: String,
    pub(super) page: PageNumber,
    /// The row of the value.
    pub(super) row: usize,
}

/// A cell with text.
struct Node<'r> {
    row: usize,
    column: usize,
    slot: &'r Slot,
    text: String,
    /// The role of a label; `None` of values.
    role: Option<Role>,
    taken: bool,
}

/// The cells of some rows.
pub(super) struct Graph<'r> {
    rows: &'r [SheetRow],
    nodes: Vec<Node<'r>>,
    words: &'r PerformanceWords,
    found: Vec<Labelled>,
}

impl<'r> Graph<'r> {
    pub(super) fn new(rows: &'r [SheetRow], words: &'r PerformanceWords) -> Self {
        let mut graph = Self { rows, nodes: Vec::new(), words, found: Vec::new() };
        for (row, cells) in rows.iter().enumerate() {
            for (column, slot) in cells.slots.iter().enumerate() {
                if slot.covered == Covered::Own && !slot.text.is_empty() {
                    graph.add(row, column, slot);
                }
            }
        }
        graph
    }

    /// Adds a cell; one with a label and its value in it is both.
    fn add(&mut self, row: usize, column: usize, slot: &'r Slot) {
        let text = slot.text.clone();
        if let Some((label, value)) = text.split_once([':', '：'])
            && !value.trim().is_empty()
            && let Some(role) = self.label_role(label)
        {
            self.find(Some(role), label, None, value.trim(), row);
            return;
        }
        let role = self.label_role(&text);
        self.nodes.push(Node { row, column, slot, text, role, taken: false });
    }

    /// The role of a label: with 其中 before it, too.
    fn label_role(&self, text: &str) -> Option<Role> {
        let plain = squeezed(text);
        let short = plain.chars().count() <= MAX_LABEL;
        let bare = self.words.among_them.strip_from(&plain).unwrap_or(&plain).trim_start_matches([':', '、']);
        let has_digit = plain.contains(|c: char| c.is_ascii_digit());
        short.then(|| field_of(bare, self.words)).flatten().filter(|role| !has_digit || *role != Role::Other)
    }

    fn find(&mut self, role: Option<Role>, label: &str, above: Option<String>, value: &str, row: usize) {
        let (label, value, page) = (label.to_owned(), value.to_owned(), self.rows[row].page);
        self.found.push(Labelled { role, label, above, value, page, row });
    }

    /// The nodes right of a node, up to the next label.
    fn right_of(&self, index: usize) -> Vec<usize> {
        let node = &self.nodes[index];
        let in_row = (index + 1..self.nodes.len()).take_while(|other| self.nodes[*other].row == node.row);
        in_row.take_while(|other| self.nodes[*other].role.is_none()).filter(|other| !self.nodes[*other].taken).collect()
    }

    /// Whether the next node in the row is a label.
    fn groups(&self, index: usize) -> bool {
        let next = self.nodes.get(index + 1).filter(|next| next.row == self.nodes[index].row);
        next.is_some_and(|next| next.role.is_some())
    }

    /// The values below a label, up to the next label in its columns.
    fn below(&self, index: usize) -> Vec<usize> {
        let node = &self.nodes[index];
        let columns = node.column..node.column + node.slot.column_span.max(1);
        let under = (index + 1..self.nodes.len())
            .filter(|other| self.nodes[*other].row >= node.row + node.slot.row_span.max(1))
            .filter(|other| columns.contains(&self.nodes[*other].column));
        let mut values = Vec::new();
        for other in under {
            if self.nodes[other].role.is_some() {
                break;
            }
            values.push(other);
        }
        values
    }

    /// The label above a value in its column.
    fn above(&self, index: usize) -> Option<&Node<'r>> {
        let node = &self.nodes[index];
        let over = self.nodes[..index].iter().rev().filter(|other| {
            let columns = other.column..other.column + other.slot.column_span.max(1);
            other.row < node.row && columns.contains(&node.column)
        });
        over.take_while(|other| other.role.is_some() || is_figure(&other.text)).find(|other| other.role.is_some())
    }

    /// The tasks of a form: rows below the labels of their names. Each cell with the label of its column; the sum of the
    /// tasks has the role of its own label.
    fn take_tasks(&mut self) {
        let Some(head) = self.nodes.iter().position(|node| node.role == Some(Role::Task)) else { return };
        let (row, column) = (self.nodes[head].row, self.nodes[head].column);
        let mut first = row + self.nodes[head].slot.row_span.max(1);
        // Where the header's cells are not merged downwards, its second row has labels only.
        let only_labels = |at: usize| {
            let mut cells = self.nodes.iter().filter(|node| node.row == at).peekable();
            cells.peek().is_some() && cells.all(|node| matches!(node.role, Some(Role::Fund | Role::TasksAmount)))
        };
        while only_labels(first) {
            first += 1;
        }
        let is_end = |node: &Node<'_>| {
            node.column <= column
                && node.row >= first
                && matches!(
                    node.role,
                    Some(Role::Goal | Role::LongGoal | Role::MediumGoal | Role::Level1 | Role::Project)
                )
        };
        let end = self.nodes.iter().find(|node| is_end(node)).map_or(self.rows.len(), |node| node.row);
        let headers: Vec<(usize, usize, Role, String)> = self
            .nodes
            .iter()
            .filter(|node| (row..first.max(row + 1)).contains(&node.row) && node.column >= column)
            .filter_map(|node| Some((node.column, node.slot.column_span.max(1), node.role?, node.text.clone())))
            .collect();
        let head_of = |at: usize| headers.iter().rev().find(|(from, span, ..)| (*from..*from + *span).contains(&at));
        for index in 0..self.nodes.len() {
            let node = &self.nodes[index];
            if (row..first).contains(&node.row) && node.column >= column {
                self.nodes[index].taken = true;
                continue;
            }
            if !(first..end).contains(&node.row) || node.column < column {
                continue;
            }
            if let Some((_, _, role, label)) = head_of(node.column) {
                let totals =
                    self.nodes.iter().any(|other| other.row == node.row && other.role == Some(Role::TasksTotal));
                let (role, label, at, text) = (*role, label.clone(), node.row, node.text.clone());
                let above = Some(if totals { TOTAL } else { TASK }.to_owned());
                if node.role != Some(Role::TasksTotal) {
                    self.find(Some(role), &label, above, &text, at);
                }
                self.nodes[index].taken = true;
            }
        }
    }

    /// The goals: all texts beside their label, in as many boxes and pages as they go on; or below it.
    fn take_goals(&mut self) {
        for index in 0..self.nodes.len() {
            let node = &self.nodes[index];
            let Some(role @ (Role::Goal | Role::LongGoal | Role::MediumGoal)) = node.role else { continue };
            if node.taken {
                continue;
            }
            let mut values = self.right_of(index);
            if values.is_empty() || self.groups(index) {
                values = self.below(index);
            } else {
                let last = node.row + node.slot.row_span.max(1);
                values.extend(self.beside(index, last));
            }
            values.retain(|value| !self.nodes[*value].taken);
            let mut text = String::new();
            for value in &values {
                let piece = self.nodes[*value].text.clone();
                reflow::join(&mut text, &piece);
                self.nodes[*value].taken = true;
            }
            self.nodes[index].taken = true;
            if !text.is_empty() {
                let (label, row) = (self.nodes[index].text.clone(), self.nodes[index].row);
                self.find(Some(role), &label, None, &text, row);
            }
        }
    }

    /// The values beside a label in the rows below its first, and in those after it that have no label of their own.
    fn beside(&self, index: usize, last: usize) -> Vec<usize> {
        let node = &self.nodes[index];
        let mut values = Vec::new();
        for row in node.row + 1..self.rows.len() {
            let in_row: Vec<usize> = (0..self.nodes.len()).filter(|other| self.nodes[*other].row == row).collect();
            let labelled = in_row.iter().any(|other| self.nodes[*other].role.is_some());
            if row >= last && (labelled || in_row.len() > 1) {
                break;
            }
            values.extend(
                in_row
                    .into_iter()
                    .filter(|other| self.nodes[*other].role.is_none() && self.nodes[*other].column > node.column),
            );
        }
        values
    }

    /// The values right of the labels, and right of texts nobody knows with one value beside them.
    fn take_right(&mut self) {
        for index in 0..self.nodes.len() {
            let node = &self.nodes[index];
            if node.taken || node.role == Some(Role::Group) {
                continue;
            }
            let right = self.right_of(index);
            let plain = squeezed(&node.text);
            let short = plain.chars().count() <= MAX_LABEL && !is_figure(&plain);
            let stands_for_label = short && right.len() == 1 && self.above(index).is_none();
            if node.role.is_none() && !stands_for_label {
                continue;
            }
            self.link(index, &right);
        }
    }

    /// The values below the labels that have none beside them.
    fn take_below(&mut self) {
        for index in 0..self.nodes.len() {
            let node = &self.nodes[index];
            if !node.taken && node.role.is_some() && node.role != Some(Role::Group) {
                let below = self.below(index);
                self.link(index, &below);
            }
        }
    }

    fn link(&mut self, index: usize, values: &[usize]) {
        let (role, label) = (self.nodes[index].role, self.nodes[index].text.clone());
        for value in values.iter().copied() {
            if self.nodes[value].taken {
                continue;
            }
            let above = self.above(value).map(|node| node.text.clone()).filter(|above| *above != label);
            let (text, row) = (self.nodes[value].text.clone(), self.nodes[value].row);
            self.find(role, &label, above, &text, row);
            self.nodes[value].taken = true;
            self.nodes[index].taken = true;
        }
    }

    /// All values with their labels, and the texts that have none.
    pub(super) fn read(mut self) -> (Vec<Labelled>, Vec<PlacedText>) {
        self.take_tasks();
        self.take_goals();
        self.take_right();
        self.take_below();
        let left = self.nodes.iter().filter(|node| !node.taken && node.role.is_none());
        let unread = left.map(|node| PlacedText {
            page: self.rows[node.row].page,
            bbox: node.slot.bbox,
            text: node.text.clone(),
        });
        (self.found, unread.collect())
    }
}

/// Marks of the cells of a table of tasks, in place of a label above.
pub(super) const TASK: &str = "task";
pub(super) const TOTAL: &str = "tasks-total";

/// Whether a text is no more than a figure or a placeholder.
fn is_figure(text: &str) -> bool {
    text.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | ',' | '-' | '%' | '/' | '—' | ' '))
}
