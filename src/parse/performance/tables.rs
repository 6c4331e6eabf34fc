//! The tables within a form: its tasks, and its goals.

use super::graph::{Graph, Node};
use crate::language::performance_roles::{Block, Role};
use crate::text::reflow;

/// Marks of the cells of a table of tasks, in place of a label above.
pub(super) const TASK: &str = "task";
pub(super) const TOTAL: &str = "tasks-total";

impl Graph<'_> {
    /// The tasks of a form: rows below the labels of their names. Each cell with the label of its column; the sum of the
    /// tasks has the role of its own label.
    pub(super) fn take_tasks(&mut self) {
        let Some(head) = self.nodes.iter().position(|node| node.role == Some(Role::TASK)) else { return };
        let (row, column) = (self.nodes[head].row, self.nodes[head].column);
        let mut first = row + self.nodes[head].slot.row_span.max(1);
        // Where the header's cells are not merged downwards, its second row has labels only.
        let only_labels = |at: usize| {
            let mut cells = self.nodes.iter().filter(|node| node.row == at).peekable();
            cells.peek().is_some() && cells.all(|node| matches!(node.role, Some(Role::FUND | Role::TASKS_AMOUNT)))
        };
        while only_labels(first) {
            first += 1;
        }
        // What stands left of all tasks heads something else, unless it is their own heading, printed again overleaf.
        let heading = self.nodes[..head].iter().rev().find(|node| node.row <= row && node.column < column);
        let heading = heading.map(|node| node.text.clone());
        let is_end = |node: &Node<'_>| {
            let begins = |role: Role| role.block == Block::Goals || matches!(role, Role::LEVEL1 | Role::PROJECT);
            let is_left = node.column < column && Some(&node.text) != heading.as_ref();
            node.row >= first && (is_left || (node.column <= column && node.role.is_some_and(begins)))
        };
        let end = self.nodes.iter().find(|node| is_end(node)).map_or(self.rows.len(), |node| node.row);
        let headers: Vec<(usize, usize, (usize, Role), String)> = self
            .nodes
            .iter()
            .filter(|node| (row..first.max(row + 1)).contains(&node.row) && node.column >= column)
            .filter_map(|node| Some((node.column, node.slot.column_span.max(1), node.named()?, node.text.clone())))
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
            if let Some((_, _, named, label)) = head_of(node.column) {
                let totals =
                    self.nodes.iter().any(|other| other.row == node.row && other.role == Some(Role::TASKS_TOTAL));
                let (named, label, at, text) = (*named, label.clone(), node.row, node.text.clone());
                let above = Some(if totals { TOTAL } else { TASK }.to_owned());
                if node.role != Some(Role::TASKS_TOTAL) {
                    self.find(Some(named), &label, above, &text, at);
                }
                self.nodes[index].taken = true;
            }
        }
    }

    /// The goals: all texts beside their label, in as many boxes and pages as they go on; or below it.
    pub(super) fn take_goals(&mut self) {
        for index in 0..self.nodes.len() {
            let node = &self.nodes[index];
            let Some(named) = node.named().filter(|(_, role)| role.block == Block::Goals && !node.taken) else {
                continue;
            };
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
                self.find(Some(named), &label, None, &text, row);
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
}
