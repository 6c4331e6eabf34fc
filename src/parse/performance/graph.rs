//! The cells above the indicators of a form → labels with their values.
//!
//! A value stands right of its label, below it, or in its cell behind a colon. Where several values stand right of one
//! label, the labels above them tell them apart; a label beside other labels only groups them.

use super::MAX_LABEL;
use crate::document::PageNumber;
use crate::language::performance_roles::{Block, Role, ValueType, ranked_field};
use crate::language::vocabulary::{Labels, PerformanceWords, Vocabulary, squeezed};
use crate::model::PlacedText;
use crate::parse::sheet::{Covered, SheetRow, Slot};
use crate::text::reflow;

/// A value with its label.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Labelled {
    /// What the label means, where the vocabulary knows it.
    pub(super) role: Option<Role>,
    /// How the vocabulary ranks it among the fields of one role.
    pub(super) rank: usize,
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
    /// The role of a label, and its rank; `None` of values.
    role: Option<Role>,
    rank: usize,
    taken: bool,
}

impl Node<'_> {
    fn named(&self) -> Option<(usize, Role)> {
        Some((self.rank, self.role?))
    }

    fn is_short(&self) -> bool {
        squeezed(&self.text).chars().count() <= MAX_LABEL
    }
}

/// The cells of some rows.
pub(super) struct Graph<'r> {
    rows: &'r [SheetRow],
    nodes: Vec<Node<'r>>,
    words: &'r PerformanceWords,
    /// Words of sums.
    totals: &'r Labels,
    found: Vec<Labelled>,
}

impl<'r> Graph<'r> {
    pub(super) fn new(rows: &'r [SheetRow], vocabulary: &'r Vocabulary) -> Self {
        let (words, totals) = (&vocabulary.performance, &vocabulary.headers.totals);
        let mut graph = Self { rows, nodes: Vec::new(), words, totals, found: Vec::new() };
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
        let colons = text.char_indices().filter(|(_, letter)| matches!(letter, ':' | '：'));
        let parts = colons.map(|(at, colon)| (&text[..at], text[at + colon.len_utf8()..].trim()));
        let known = parts.filter_map(|(label, value)| Some((self.label_role(label)?, label, value)));
        if let Some((named, label, value)) = { known }.find(|(_, _, value)| !value.is_empty()) {
            self.find(Some(named), label, None, value, row);
            return;
        }
        let (rank, role) = self.label_role(&text).unzip();
        self.nodes.push(Node { row, column, slot, text, role, rank: rank.unwrap_or_default(), taken: false });
    }

    /// The role of a label with its rank: with 其中 before it, too.
    fn label_role(&self, text: &str) -> Option<(usize, Role)> {
        let plain = squeezed(text);
        let short = plain.chars().count() <= MAX_LABEL;
        let bare = self.words.among_them.strip_from(&plain).unwrap_or(&plain).trim_start_matches([':', '、']);
        let has_digit = plain.contains(|c: char| c.is_ascii_digit());
        short.then(|| ranked_field(bare, self.words)).flatten().filter(|(_, role)| !has_digit || !role.is_kept())
    }

    fn find(&mut self, named: Option<(usize, Role)>, label: &str, above: Option<String>, value: &str, row: usize) {
        let (label, value, page) = (label.to_owned(), value.to_owned(), self.rows[row].page);
        let (rank, role) = named.unzip();
        self.found.push(Labelled { role, rank: rank.unwrap_or_default(), label, above, value, page, row });
    }

    /// The nodes right of a node, up to the next label.
    fn right_of(&self, index: usize) -> Vec<usize> {
        let node = &self.nodes[index];
        let in_row = (index + 1..self.nodes.len()).take_while(|other| self.nodes[*other].row == node.row);
        in_row.take_while(|other| self.nodes[*other].role.is_none()).filter(|other| !self.nodes[*other].taken).collect()
    }

    /// The values of a label right of it: a text, or all figures of its row.
    fn values_of(&self, index: usize) -> Vec<usize> {
        let mut right = self.right_of(index);
        let figures = right.iter().skip(1).take_while(|other| is_figure(&self.nodes[**other].text)).count();
        right.truncate(1 + figures);
        right
    }

    /// Whether a text nobody knows stands in the place of a label: before one value or a row of figures, with no other text
    /// before it that is no value, and below no label that has its values there.
    fn stands_for_label(&self, index: usize, values: &[usize]) -> bool {
        let node = &self.nodes[index];
        let before = index.checked_sub(1).map(|before| &self.nodes[before]).filter(|other| other.row == node.row);
        let follows_value = before.is_none_or(|other| other.taken || other.role.is_some());
        let right = self.right_of(index);
        let is_told = right.len() == 1 || right.iter().all(|value| is_figure(&self.nodes[*value].text));
        let is_apart = self.above(index).is_none_or(|above| self.nodes[above].taken);
        let is_word = node.is_short() && !is_figure(&node.text);
        is_word && !values.is_empty() && follows_value && is_told && is_apart
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
            // A wider cell begins something else.
            let end = self.nodes[other].column + self.nodes[other].slot.column_span.max(1);
            if self.nodes[other].role.is_some() || end > columns.end {
                break;
            }
            values.push(other);
        }
        values
    }

    /// The label above a value in its column.
    fn above(&self, index: usize) -> Option<usize> {
        // Figures between them are values of the same label, as this one is.
        let is_one_of_many = is_figure(&self.nodes[index].text);
        let over = self.over(index).take_while(|other| {
            let other = &self.nodes[*other];
            other.role.is_some() || (is_one_of_many && is_figure(&other.text))
        });
        { over }.find(|other| self.nodes[*other].role.is_some())
    }

    /// The label above one that stands twice in its row: 财政拨款 below the funds of the year, and below those of all years.
    fn above_twin(&self, index: usize) -> Option<usize> {
        let node = &self.nodes[index];
        let is_twin = |(at, other): (usize, &Node<'r>)| at != index && other.row == node.row && other.text == node.text;
        let has_twin = node.role.is_some() && self.nodes.iter().enumerate().any(is_twin);
        let amount = |other: &usize| self.nodes[*other].role == Some(Role::AMOUNT);
        has_twin.then(|| self.over(index).find(amount)).flatten()
    }

    /// The text that heads the column of one of several values beside a label, known or not.
    fn column_head(&self, index: usize) -> Option<usize> {
        let head = self.over(index).find(|other| !is_figure(&self.nodes[*other].text))?;
        Some(head).filter(|head| self.nodes[*head].is_short() && self.nodes[*head].column >= self.nodes[index].column)
    }

    /// The nodes above one that cover its column, from the nearest up.
    fn over(&self, index: usize) -> impl Iterator<Item = usize> + '_ {
        let node = &self.nodes[index];
        let covers = move |other: &Node<'r>| {
            let columns = other.column..other.column + other.slot.column_span.max(1);
            other.row < node.row && columns.contains(&node.column)
        };
        (0..index).rev().filter(move |other| covers(&self.nodes[*other]))
    }

    /// The label of several others right below a label that it spans: 财政拨款 over 合计 and 基本支出.
    fn parent(&self, index: usize) -> Option<usize> {
        let node = &self.nodes[index];
        let parent = self.over(index).next()?;
        let other = &self.nodes[parent];
        let is_wider = other.slot.column_span > node.slot.column_span.max(1);
        let is_next = other.row + other.slot.row_span.max(1) == node.row;
        (other.role.is_some() && is_wider && is_next).then_some(parent)
    }

    /// The tasks of a form: rows below the labels of their names. Each cell with the label of its column; the sum of the
    /// tasks has the role of its own label.
    fn take_tasks(&mut self) {
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
    fn take_goals(&mut self) {
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

    /// The values right of the labels, and of texts nobody knows that stand in their place.
    fn take_right(&mut self) {
        for index in 0..self.nodes.len() {
            let node = &self.nodes[index];
            if node.taken || node.role == Some(Role::GROUP) {
                continue;
            }
            let values = self.values_of(index);
            if self.heads_figures(index, &values) {
                continue;
            }
            if node.role.is_some() || self.stands_for_label(index, &values) {
                self.link(index, &values);
            }
        }
    }

    /// Whether a label of amounts has text beside it and figures below: it heads their column.
    fn heads_figures(&self, index: usize, values: &[usize]) -> bool {
        let is_amount = self.nodes[index].role.is_some_and(|role| role.value == ValueType::Amount);
        let figure = |value: &usize| is_figure(&self.nodes[*value].text);
        is_amount && !values.first().is_none_or(figure) && self.below(index).first().is_some_and(figure)
    }

    /// The values below the labels that have none beside them.
    fn take_below(&mut self) {
        for index in 0..self.nodes.len() {
            let node = &self.nodes[index];
            if !node.taken && node.role.is_some() && node.role != Some(Role::GROUP) {
                let below = self.below(index);
                self.link(index, &below);
            }
        }
    }

    fn link(&mut self, index: usize, values: &[usize]) {
        let Some(first) = values.first() else { return };
        let (mut named, mut label) = (self.nodes[index].named(), self.nodes[index].text.clone());
        if let Some(parent) = self.parent(index).filter(|_| self.nodes[index].row != self.nodes[*first].row) {
            let parent = &self.nodes[parent];
            // The total below a label is what it stands for.
            match self.totals.contain(&squeezed(&label)) {
                true => (named, label) = (parent.named(), parent.text.clone()),
                false => (named, label) = (None, format!("{} {label}", parent.text)),
            }
        }
        for value in values.iter().copied() {
            if self.nodes[value].taken {
                continue;
            }
            let head = match values.len() {
                1 => self.above(value).or_else(|| self.above_twin(index)),
                _ => self.column_head(value),
            };
            let above = head.map(|head| self.nodes[head].text.clone()).filter(|above| *above != self.nodes[index].text);
            if let Some(head) = head.filter(|head| values.len() > 1 && self.nodes[*head].role.is_none()) {
                self.nodes[head].taken = true;
            }
            let (text, row) = (self.nodes[value].text.clone(), self.nodes[value].row);
            self.find(named, &label, above, &text, row);
            self.nodes[value].taken = true;
            self.nodes[index].taken = true;
        }
    }

    /// The figures that stand below texts nobody knows, each below its own.
    fn take_columns(&mut self) {
        for index in 0..self.nodes.len() {
            let node = &self.nodes[index];
            if node.taken || node.role.is_some() || !is_figure(&node.text) {
                continue;
            }
            let is_over = |other: &Node<'r>| {
                let is_label = other.role.is_none() && !is_figure(&other.text) && other.is_short();
                let same = (other.column, other.slot.column_span) == (node.column, node.slot.column_span);
                is_label && same && other.row + other.slot.row_span.max(1) == node.row
            };
            if let Some(label) = self.nodes[..index].iter().rposition(is_over) {
                self.nodes[label].taken = false;
                self.link(label, &[index]);
            }
        }
    }

    /// The texts that stand beside a heading and have no label of their own.
    fn take_headed(&mut self) {
        for index in 0..self.nodes.len() {
            let node = &self.nodes[index];
            if node.taken || node.role.is_some() {
                continue;
            }
            let is_left = |other: &Node<'r>| {
                let rows = other.row..other.row + other.slot.row_span.max(1);
                other.role == Some(Role::GROUP) && other.column < node.column && rows.contains(&node.row)
            };
            if let Some(heading) = self.nodes[..index].iter().rposition(is_left) {
                self.link(heading, &[index]);
            }
        }
    }

    /// Texts nobody knows that only head labels.
    fn take_headings(&mut self) {
        for index in 0..self.nodes.len() {
            let is_heading = self.nodes[index].role.is_none() && self.nodes[index].is_short() && self.groups(index);
            self.nodes[index].taken |= is_heading;
        }
    }

    /// All values with their labels, and the texts that have none.
    pub(super) fn read(mut self) -> (Vec<Labelled>, Vec<PlacedText>) {
        self.take_tasks();
        self.take_goals();
        self.take_right();
        self.take_below();
        self.take_columns();
        self.take_headings();
        self.take_headed();
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Caption, TableRegion};
    use crate::parse::sheet::sheet;
    use crate::testing::document::national;
    use crate::testing::page;

    /// The labelled values of rows, `label above = value`, and the texts without a label.
    fn read(rows: &[&[&str]], merge: &[(usize, usize, usize, usize)]) -> (Vec<String>, Vec<String>) {
        let mut grid = page::table(1, 100.0, rows);
        for (row, column, row_span, column_span) in merge.iter().copied() {
            let (rows, columns) = (row..row + row_span, column..column + column_span);
            grid.cells.retain(|cell| {
                let inside = rows.contains(&cell.rows.start) && columns.contains(&cell.columns.start);
                !inside || (cell.rows.start, cell.columns.start) == (row, column)
            });
            let cell = grid.cells.iter_mut().find(|cell| (cell.rows.start, cell.columns.start) == (row, column));
            let cell = cell.expect("a cell");
            (cell.rows, cell.columns) = (rows, columns);
        }
        let grids = vec![grid];
        let region = TableRegion { caption: Caption::default(), grids, notes: Vec::new(), column_leaves: Vec::new() };
        let (found, unread) = Graph::new(&sheet(&region).rows, national()).read();
        let found = found.into_iter().map(|one| {
            let above = one.above.map(|above| format!(" {above}")).unwrap_or_default();
            format!("{}{above} = {}", one.label, one.value)
        });
        (found.collect(), unread.into_iter().map(|text| text.text).collect())
    }

    #[test]
    fn values_stand_beside_below_or_inside() {
        let (found, unread) = read(&[&["项目名称", "河道治理", "资金总额", "3.00"]], &[]);
        assert_eq!((found, unread.len()), (vec!["项目名称 = 河道治理".into(), "资金总额 = 3.00".into()], 0));
        let (found, _) = read(&[&["项目名称", "资金总额"], &["河道治理", "3.00"]], &[]);
        assert_eq!(found, ["项目名称 = 河道治理", "资金总额 = 3.00"]);
        let (found, _) = read(&[&["项目名称：河道治理", "其中：财政拨款：3.00"]], &[]);
        assert_eq!(found, ["项目名称 = 河道治理", "其中：财政拨款 = 3.00"]);
    }

    #[test]
    fn one_of_several_figures_is_told_by_the_label_above() {
        let (found, unread) =
            read(&[&["", "年初预算数", "全年预算数", "结余数"], &["年度资金总额", "1.00", "2.00", "3.00"]], &[]);
        assert_eq!(
            found,
            ["年度资金总额 年初预算数 = 1.00", "年度资金总额 全年预算数 = 2.00", "年度资金总额 结余数 = 3.00"]
        );
        assert!(unread.is_empty(), "{unread:?}");
    }

    #[test]
    fn a_total_below_a_label_is_what_it_stands_for() {
        let (found, _) = read(&[&["财政拨款", ""], &["合计", "基本支出"], &["3.00", "1.00"]], &[(0, 0, 1, 2)]);
        assert_eq!(found, ["财政拨款 = 3.00", "财政拨款 基本支出 = 1.00"]);
    }

    #[test]
    fn a_label_nobody_knows_has_one_text_beside_it() {
        let (found, unread) = read(&[&["单位名称", "某局", "邮政编码", "710000"]], &[]);
        assert_eq!((found, unread.len()), (vec!["单位名称 = 某局".into(), "邮政编码 = 710000".into()], 0));
        let (_, unread) = read(&[&["预算安排", "拨付情况", "结余情况"]], &[]);
        assert_eq!(unread.len(), 3, "texts beside one another are no labels of each other");
    }

    #[test]
    fn tasks_end_where_something_else_is_headed() {
        let rows: &[&[&str]] = &[
            &["年度主要任务", "任务名称", "主要内容"],
            &["", "治理", "治理河道"],
            &["年度部门整体支出预算", "资金总额", "5.00"],
        ];
        let (found, _) = read(rows, &[(0, 0, 2, 1)]);
        assert_eq!(found, ["任务名称 task = 治理", "主要内容 task = 治理河道", "资金总额 = 5.00"]);
    }
}
