//! Header labels → what each column holds, which columns belong to one side, and which add up to which.

use std::ops::Range;

use crate::dump::header::HeaderNode;
use crate::language::vocabulary::{Vocabulary, squeezed};

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::dump) enum Role {
    /// Classification codes.
    Code,
    /// Words: names before the figures, remarks after them.
    Text,
    /// The numbers of rows (序号, 行次).
    Number,
    /// Figures.
    Amount,
}

/// A column.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::dump) struct Leaf {
    /// Its labels from the top.
    pub(in crate::dump) path: Vec<String>,
    /// What it holds.
    pub(in crate::dump) role: Role,
    /// Where its label stands in the lines of a dump that keeps columns by spaces, in characters.
    pub(in crate::dump) extent: Option<Range<usize>>,
}

/// Columns that make one list: codes, a name, figures, remarks. A table of revenue and expenditure has two or more.
#[derive(Clone, Debug, Default, PartialEq)]
pub(in crate::dump) struct Side {
    /// Columns of codes.
    pub(in crate::dump) codes: Vec<usize>,
    /// Columns of words before the figures.
    pub(in crate::dump) names: Vec<usize>,
    /// The column of row numbers.
    pub(in crate::dump) number: Option<usize>,
    /// The subject of another classification, which stands between the name and the figures.
    pub(in crate::dump) counterpart: Option<Counterpart>,
    /// Columns of figures.
    pub(in crate::dump) amounts: Vec<usize>,
    /// Columns of words after the figures, which only the last side has.
    pub(in crate::dump) remarks: Vec<usize>,
    /// Which figures of a row add up to which.
    pub(in crate::dump) sums: Vec<Sum>,
}

/// Columns of a second code and name (部门经济科目, 政府经济科目).
#[derive(Clone, Debug, PartialEq)]
pub(in crate::dump) struct Counterpart {
    /// The column of codes.
    pub(in crate::dump) code: usize,
    /// The column of names.
    pub(in crate::dump) name: usize,
}

/// A figure that is the sum of others in its row; all numbers are places in [`Side::amounts`].
#[derive(Clone, Debug, PartialEq)]
pub(in crate::dump) struct Sum {
    /// The total.
    pub(in crate::dump) total: usize,
    /// What it is the sum of.
    pub(in crate::dump) addends: Vec<usize>,
}

/// The columns of a table.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::dump) struct Columns {
    /// From left to right.
    pub(in crate::dump) leaves: Vec<Leaf>,
    /// The lists that stand beside one another.
    pub(in crate::dump) sides: Vec<Side>,
}

impl Columns {
    /// The columns below the labels of a header.
    pub(in crate::dump) fn of(roots: &[HeaderNode], vocabulary: &Vocabulary) -> Columns {
        let mut paths = Vec::new();
        for root in roots {
            collect_paths(root, &mut Vec::new(), &mut paths);
        }
        Self::of_paths(paths.into_iter().map(|path| (path, None)).collect(), vocabulary)
    }

    /// Columns by their paths and, where known, extents.
    pub(in crate::dump) fn of_paths(
        paths: Vec<(Vec<String>, Option<Range<usize>>)>,
        vocabulary: &Vocabulary,
    ) -> Columns {
        let leaves: Vec<Leaf> = paths
            .into_iter()
            .map(|(path, extent)| Leaf { role: role(path.last().map_or("", String::as_str), vocabulary), path, extent })
            .collect();
        let mut columns = Columns { sides: Vec::new(), leaves };
        columns.name_the_first(vocabulary);
        columns.sides = sides(&columns.leaves, vocabulary);
        columns
    }

    /// Columns whose labels are no measures hold words where no row has so many figures.
    pub(in crate::dump) fn fit(self, figures: usize, vocabulary: &Vocabulary) -> Columns {
        let amounts = |leaves: &[Leaf]| leaves.iter().filter(|leaf| leaf.role == Role::Amount).count();
        let mut leaves = self.leaves;
        while figures > 0 && amounts(&leaves) > figures {
            let is_measure = |leaf: &Leaf| {
                let known = |label: &String| {
                    vocabulary.measure(label).is_some()
                        || vocabulary.stream_headers.labels.contain(&squeezed(label))
                        || vocabulary.stream_headers.labels.end_distinctly(&squeezed(label))
                };
                leaf.path.iter().any(known)
            };
            let unknown = leaves.iter_mut().find(|leaf| leaf.role == Role::Amount && !is_measure(leaf));
            let Some(unknown) = unknown else { break };
            unknown.role = Role::Text;
        }
        let sides = sides(&leaves, vocabulary);
        Columns { leaves, sides }
    }

    /// A table without any name has its names in the first column, if its label is no measure.
    fn name_the_first(&mut self, vocabulary: &Vocabulary) {
        let named = self.leaves.iter().any(|leaf| leaf.role == Role::Text);
        let is_measure = |leaf: &Leaf| leaf.path.last().is_some_and(|label| vocabulary.measure(label).is_some());
        if let Some(first) =
            self.leaves.first_mut().filter(|leaf| !named && leaf.role == Role::Amount && !is_measure(leaf))
        {
            first.role = Role::Text;
        }
    }

    /// Whether the numbers of a side stand before its codes and names, as those of whole rows do.
    pub(in crate::dump) fn is_numbered_first(&self, side: usize) -> bool {
        let own = &self.sides[side];
        own.number.is_some_and(|number| own.codes.iter().chain(&own.names).all(|column| number < *column))
    }

    /// Whether the first side alone has numbers, before its names: they count the rows of all sides.
    pub(in crate::dump) fn number_whole_rows(&self) -> bool {
        self.is_numbered_first(0) && self.sides[1..].iter().all(|side| side.number.is_none())
    }

    /// Whether some column holds codes.
    pub(in crate::dump) fn have_codes(&self) -> bool {
        self.leaves.iter().any(|leaf| leaf.role == Role::Code)
    }

    /// Whether some column before the figures holds words.
    pub(in crate::dump) fn have_names(&self) -> bool {
        self.sides.iter().any(|side| !side.names.is_empty())
    }

    /// How many columns hold figures.
    pub(in crate::dump) fn amounts(&self) -> usize {
        self.leaves.iter().filter(|leaf| leaf.role == Role::Amount).count()
    }

    /// Most columns of figures on one side.
    pub(in crate::dump) fn widest(&self) -> usize {
        self.sides.iter().map(|side| side.amounts.len()).max().unwrap_or(0)
    }
}

fn collect_paths(node: &HeaderNode, above: &mut Vec<String>, paths: &mut Vec<Vec<String>>) {
    above.push(node.label.clone());
    if node.children.is_empty() {
        paths.push(above.clone());
    }
    for child in &node.children {
        collect_paths(child, above, paths);
    }
    above.pop();
}

fn role(label: &str, vocabulary: &Vocabulary) -> Role {
    let words = &vocabulary.headers;
    let label = squeezed(label).into_owned();
    // 项目（按功能分类）is a name as 项目 is.
    let bare = label.split('(').next().unwrap_or(&label);
    let is_name = |label: &str| words.name.contain(label) || words.text_endings.end(label);
    // 收入 and 支出 over nothing else are figures.
    let is_side = words.revenue_side.end(&label) || words.expenditure_side.end(&label);
    let is_other = vocabulary.measure(&label).is_none() && words.other.contain(&label) && !is_side;
    if vocabulary.overview.unit_sequence.contain(&label) || words.column_numbers.contain(&label) {
        Role::Number
    } else if words.code_levels.contain(&label) || words.code_endings.end(&label) {
        Role::Code
    } else if is_name(&label) || is_name(bare) || is_other {
        Role::Text
    } else {
        Role::Amount
    }
}

/// A new side begins where words or codes follow figures; what follows the last figures are remarks.
fn sides(leaves: &[Leaf], vocabulary: &Vocabulary) -> Vec<Side> {
    let mut sides: Vec<Side> = vec![Side::default()];
    let last_amount = leaves.iter().rposition(|leaf| leaf.role == Role::Amount);
    for (index, leaf) in leaves.iter().enumerate() {
        let opens = leaf.role != Role::Amount
            && sides.last().is_some_and(|side| !side.amounts.is_empty())
            && last_amount.is_some_and(|last| index < last);
        if opens {
            sides.push(Side::default());
        }
        let Some(side) = sides.last_mut() else { continue };
        match leaf.role {
            Role::Amount => side.amounts.push(index),
            _ if !side.amounts.is_empty() => side.remarks.push(index),
            Role::Number if side.number.is_none() => side.number = Some(index),
            Role::Code if opens_counterpart(side, &leaves[index..]) => {
                side.counterpart = Some(Counterpart { code: index, name: index + 1 });
            }
            Role::Code => side.codes.push(index),
            Role::Text if side.counterpart.as_ref().is_some_and(|other| other.name == index) => {}
            Role::Text | Role::Number => side.names.push(index),
        }
    }
    for side in &mut sides {
        side.sums = sums(leaves, &side.amounts, vocabulary);
    }
    sides
}

/// Whether the columns from here on are a second code and name, right before the figures.
fn opens_counterpart(side: &Side, leaves: &[Leaf]) -> bool {
    let roles: Vec<Role> = leaves.iter().take(3).map(|leaf| leaf.role).collect();
    !side.codes.is_empty() && !side.names.is_empty() && roles == [Role::Code, Role::Text, Role::Amount]
}

/// A column of figures on the way to its sums.
struct Addend<'l> {
    /// Its place among the side's figures.
    place: usize,
    /// Labels above it that still distinguish it.
    path: &'l [String],
}

fn sums(leaves: &[Leaf], amounts: &[usize], vocabulary: &Vocabulary) -> Vec<Sum> {
    // 合计, 因公出国… may each stand over 预算数 and 决算数: what adds up is of one such label.
    let mut variants: Vec<(Option<String>, Vec<Addend>)> = Vec::new();
    for (place, column) in amounts.iter().enumerate() {
        let path = leaves[*column].path.as_slice();
        let last = path.last().map(|label| squeezed(label).into_owned()).unwrap_or_default();
        let splits = path.len() > 1 && is_variant(&last, vocabulary) && repeats(leaves, amounts, &last);
        let (variant, path) = if splits { (Some(last), &path[..path.len() - 1]) } else { (None, path) };
        match variants.iter_mut().find(|(known, _)| *known == variant) {
            Some((_, addends)) => addends.push(Addend { place, path }),
            None => variants.push((variant, vec![Addend { place, path }])),
        }
    }
    let mut sums = Vec::new();
    for (_, addends) in &variants {
        sums_of_level(addends, 0, vocabulary, &mut sums);
    }
    sums
}

fn is_variant(label: &str, vocabulary: &Vocabulary) -> bool {
    vocabulary.checks.budgeted.contain(label) || vocabulary.dump.settled.end(label)
}

fn repeats(leaves: &[Leaf], amounts: &[usize], label: &str) -> bool {
    let same = |column: &&usize| leaves[**column].path.last().is_some_and(|last| squeezed(last) == label);
    amounts.iter().filter(same).count() > 1
}

/// The sums among columns that share their labels above `depth`, and among those below each of their labels. Returns
/// the columns that stand for all of them together.
fn sums_of_level(addends: &[Addend], depth: usize, vocabulary: &Vocabulary, sums: &mut Vec<Sum>) -> Vec<usize> {
    let mut total = None;
    let mut parts = Vec::new();
    // 小计 is no sum of what alone is named as being of it (其中).
    let mut are_all = false;
    let mut start = 0;
    while start < addends.len() {
        let label = addends[start].path.get(depth).map(|label| squeezed(label).into_owned()).unwrap_or_default();
        let same = |addend: &Addend| addend.path.get(depth).is_some_and(|other| squeezed(other) == label);
        let length = addends[start..].iter().take_while(|addend| same(addend)).count().max(1);
        let group = &addends[start..start + length];
        start += length;
        let is_leaf = length == 1 && group[0].path.len() <= depth + 1;
        let words = &vocabulary.checks;
        if is_leaf && total.is_none() && words.sum_words.end(&label) {
            total = Some(group[0].place);
            continue;
        }
        let represents = if is_leaf { vec![group[0].place] } else { sums_of_level(group, depth + 1, vocabulary, sums) };
        let beside = [&vocabulary.years.other_columns, &words.asides, &words.no_money];
        let is_beside = beside.iter().any(|words| words.occur_in(&label));
        let is_of_which = vocabulary.checks.of_which.strip_from(&label).is_some();
        let is_counted = length == 1 && is_of_which && !parts.is_empty();
        are_all |= !is_of_which && !is_beside;
        if !is_beside && !is_counted {
            parts.extend(represents);
        }
    }
    match total {
        Some(total) if !parts.is_empty() && are_all => {
            sums.push(Sum { total, addends: parts });
            vec![total]
        }
        Some(total) => vec![total],
        None => parts,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn columns(paths: &[&str]) -> Columns {
        let paths = paths.iter().map(|path| (path.split('/').map(str::to_owned).collect(), None)).collect();
        Columns::of_paths(paths, Vocabulary::national().expect("the built-in vocabulary"))
    }

    fn sums(side: &Side) -> Vec<(usize, Vec<usize>)> {
        side.sums.iter().map(|sum| (sum.total, sum.addends.clone())).collect()
    }

    #[test]
    fn totals_are_the_sums_of_their_neighbours_and_of_the_groups_beside_them() {
        let columns = columns(&[
            "功能分类科目/科目编码",
            "功能分类科目/科目名称",
            "2025年预算数",
            "2026年预算数/总计",
            "2026年预算数/基本支出/小计",
            "2026年预算数/基本支出/人员经费",
            "2026年预算数/基本支出/公用经费",
            "2026年预算数/项目支出",
        ]);
        let side = &columns.sides[0];
        assert_eq!((side.codes.len(), side.names.len(), side.amounts.len()), (1, 1, 6));
        assert_eq!(sums(side), [(2, vec![3, 4]), (1, vec![2, 5])]);
    }

    #[test]
    fn figures_of_two_years_under_each_item_add_up_year_by_year() {
        let columns = columns(&[
            "合计/预算数",
            "合计/决算数",
            "因公出国（境）费/预算数",
            "因公出国（境）费/决算数",
            "公务用车/小计/预算数",
            "公务用车/小计/决算数",
            "公务用车/购置费/预算数",
            "公务用车/购置费/决算数",
        ]);
        assert_eq!(sums(&columns.sides[0]), [(4, vec![6]), (0, vec![2, 4]), (5, vec![7]), (1, vec![3, 5])]);
    }

    #[test]
    fn words_after_figures_open_a_side() {
        let columns = columns(&[
            "收入/项目",
            "收入/预算数",
            "支出/项目（按功能分类）",
            "支出/合计",
            "支出/一般公共预算",
            "支出/政府性基金预算",
        ]);
        let sides: Vec<(usize, usize)> =
            columns.sides.iter().map(|side| (side.names.len(), side.amounts.len())).collect();
        assert_eq!(sides, [(1, 1), (1, 3)]);
        assert_eq!(sums(&columns.sides[1]), [(0, vec![1, 2])]);
    }

    #[test]
    fn what_is_named_as_a_part_alone_is_no_addend() {
        let columns =
            columns(&["项目", "合计", "一般公共预算拨款/小计", "一般公共预算拨款/其中：专项资金", "政府性基金拨款"]);
        assert_eq!(sums(&columns.sides[0]), [(0, vec![1, 3])]);
    }

    #[test]
    fn numbers_and_second_subjects_are_no_names() {
        let columns =
            columns(&["序号", "部门经济科目编码", "部门经济科目名称", "政府经济科目编码", "政府经济科目名称", "合计"]);
        let side = &columns.sides[0];
        assert_eq!((side.number, side.codes.as_slice(), side.names.as_slice()), (Some(0), &[1][..], &[2][..]));
        assert_eq!(side.counterpart, Some(Counterpart { code: 3, name: 4 }));
        assert!(columns.number_whole_rows());
    }
}
