//! The cells above the indicators of a form → labels with their values.
//!
//! A value stands right of its label, below it, or in its cell behind a colon. Where several values stand right of one
//! label, the labels above them tell them apart; a label beside other labels only groups them.

use super::MAX_LABEL;
use crate::document::PageNumber;
use crate::language::performance_roles::{Role, ValueType, ranked_field};
use crate::language::vocabulary::{Labels, PerformanceWords, Vocabulary, squeezed};
use crate::model::PlacedText;
use crate::parse::sheet::{Covered, SheetRow, Slot};

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
pub(super) struct Node<'r> {
    pub(super) row: usize,
    pub(super) column: usize,
    pub(super) slot: &'r Slot,
    pub(super) text: String,
    /// The role of a label, and its rank; `None` of values.
    pub(super) role: Option<Role>,
    rank: usize,
    pub(super) taken: bool,
}

impl Node<'_> {
    pub(super) fn named(&self) -> Option<(usize, Role)> {
        Some((self.rank, self.role?))
    }

    fn is_short(&self) -> bool {
        squeezed(&self.text).chars().count() <= MAX_LABEL
    }
}

/// The cells of some rows.
pub(super) struct Graph<'r> {
    pub(super) rows: &'r [SheetRow],
    pub(super) nodes: Vec<Node<'r>>,
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

    pub(super) fn find(
        &mut self,
        named: Option<(usize, Role)>,
        label: &str,
        above: Option<String>,
        value: &str,
        row: usize,
    ) {
        let (label, value, page) = (label.to_owned(), value.to_owned(), self.rows[row].page);
        let (rank, role) = named.unzip();
        self.found.push(Labelled { role, rank: rank.unwrap_or_default(), label, above, value, page, row });
    }

    /// The nodes right of a node, up to the next label.
    pub(super) fn right_of(&self, index: usize) -> Vec<usize> {
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
    pub(super) fn groups(&self, index: usize) -> bool {
        let next = self.nodes.get(index + 1).filter(|next| next.row == self.nodes[index].row);
        next.is_some_and(|next| next.role.is_some())
    }

    /// The values below a label, up to the next label in its columns.
    pub(super) fn below(&self, index: usize) -> Vec<usize> {
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
