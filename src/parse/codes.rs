//! Columns of codes: which belong together, and the whole code of each row, carried down where a parent is printed once.

use crate::document::{ColumnType, Table};
use crate::language::vocabulary::{Vocabulary, squeezed};

/// Digits of the highest level of a code, 类, and of each further one.
const CLASS_DIGITS: usize = 3;
const LEVEL_DIGITS: usize = 2;

/// Digits of the number of a unit: at least these, in pairs behind three.
const UNIT_DIGITS: usize = 6;

/// The columns that together hold the codes of one classification: 类, 款 and 项, or a single one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct CodeGroup {
    /// The columns, from the highest level.
    pub(crate) columns: Vec<usize>,
    /// The column of the names beside them.
    pub(crate) name: Option<usize>,
}

/// What the code columns of a row say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum RowCode {
    /// Nothing, or nothing that is a code.
    None,
    /// A whole code.
    Code(String),
    /// The number of a unit.
    Unit(String),
    /// Words in the place of the code: a 合计 merged over code and name.
    Words(String),
}

/// Whether digits are the number of a unit (234001) and no subject's.
pub(crate) fn is_unit_number(digits: &str) -> bool {
    digits.len() >= UNIT_DIGITS && digits.len() != 7 && digits.bytes().all(|byte| byte.is_ascii_digit())
}

/// The label of a column, its lowest.
pub(crate) fn leaf(table: &Table, column: usize) -> String {
    table.columns[column].path.last().map(|label| squeezed(label).into_owned()).unwrap_or_default()
}

/// The groups of code columns among the columns of a side.
pub(crate) fn groups(table: &Table, side: &[usize], vocabulary: &Vocabulary) -> Vec<CodeGroup> {
    let words = &vocabulary.facts;
    let is_code = |column: usize| {
        if table.columns[column].column_type != ColumnType::Code {
            return false;
        }
        let label = leaf(table, column);
        !words.unit_codes.end(&label) && !words.project_codes.end(&label)
    };
    let mut groups: Vec<CodeGroup> = Vec::new();
    for column in side.iter().copied().filter(|column| is_code(*column)) {
        let label = leaf(table, column);
        let is_level = |label: &str| vocabulary.headers.code_levels.contain(label);
        let goes_on = groups.last().is_some_and(|group| {
            let labels: Vec<String> = group.columns.iter().map(|column| leaf(table, *column)).collect();
            group.columns.last() == column.checked_sub(1).as_ref()
                && labels.iter().all(|known| is_level(known) && *known != label)
        });
        match groups.last_mut() {
            Some(group) if goes_on && is_level(&label) => group.columns.push(column),
            _ => groups.push(CodeGroup { columns: vec![column], name: None }),
        }
    }
    name_groups(table, &mut groups, side);
    groups
}

/// The names of a group stand behind it and before the next; one name for several groups is that of the first.
fn name_groups(table: &Table, groups: &mut [CodeGroup], side: &[usize]) {
    let is_text = |column: &&usize| table.columns[**column].column_type == ColumnType::Text;
    let ends: Vec<Option<usize>> = (0..groups.len()).map(|at| groups.get(at + 1).map(|next| next.columns[0])).collect();
    for (group, end) in groups.iter_mut().zip(ends) {
        let Some(last) = group.columns.last().copied() else { continue };
        let behind = |column: &&usize| **column > last && end.is_none_or(|end| **column < end);
        group.name = side.iter().filter(behind).find(is_text).copied();
    }
    let last = side.iter().rfind(is_text).copied();
    if let Some(first) = groups.first_mut().filter(|group| group.name.is_none()) {
        let before = first.columns[0];
        let nearest = side.iter().rev().filter(|column| **column < before).find(is_text).copied();
        first.name = nearest.or(last);
    }
}

/// The codes of all rows of a group.
pub(crate) fn row_codes(table: &Table, group: &CodeGroup) -> Vec<RowCode> {
    let mut reader = Reader::default();
    let mut codes = Vec::with_capacity(table.rows.len());
    for row in 0..table.rows.len() {
        let pieces: Vec<Option<&str>> =
            group.columns.iter().map(|column| table.rows[row].cells[*column].as_deref().map(str::trim)).collect();
        codes.push(match pieces.as_slice() {
            [only] => reader.single(*only, || next_piece(table, group.columns[0], row)),
            levels => reader.levels(levels),
        });
    }
    codes
}

/// What stands in the next filled cell of a column.
fn next_piece(table: &Table, column: usize, row: usize) -> Option<&str> {
    table.rows[row + 1..].iter().find_map(|row| row.cells[column].as_deref())
}

/// What the rows so far have said.
#[derive(Default)]
struct Reader {
    levels: Vec<String>,
    last: String,
}

impl Reader {
    /// The code of a row with a column for each level.
    fn levels(&mut self, pieces: &[Option<&str>]) -> RowCode {
        let Some(lowest) = pieces.iter().rposition(|piece| piece.is_some_and(|piece| !piece.is_empty())) else {
            return RowCode::None;
        };
        let words = pieces.iter().flatten().find(|piece| !piece.contains(|c: char| c.is_ascii_digit()));
        if let Some(words) = words.filter(|words| !words.is_empty()) {
            return RowCode::Words((*words).to_owned());
        }
        self.levels.resize(pieces.len(), String::new());
        for (level, piece) in pieces.iter().enumerate().take(lowest + 1) {
            let Some(piece) = piece.filter(|piece| !piece.is_empty()) else { continue };
            let digits: String = piece.chars().filter(char::is_ascii_digit).collect();
            let piece = if level > 0 && digits.len() == 1 { format!("0{digits}") } else { digits };
            if self.levels[level] != piece {
                self.levels[level] = piece;
                self.levels[level + 1..].iter_mut().for_each(String::clear);
            }
        }
        self.levels[lowest + 1..].iter_mut().for_each(String::clear);
        self.joined(lowest).map_or(RowCode::None, RowCode::Code)
    }

    /// The levels down to one, joined; a level that repeats those above it (201 | 20103) replaces them.
    fn joined(&self, lowest: usize) -> Option<String> {
        let mut code = String::new();
        for piece in &self.levels[..=lowest] {
            let is_whole = piece.len() > LEVEL_DIGITS && !code.is_empty() && piece.starts_with(&code);
            match (piece.is_empty(), is_whole) {
                (true, _) => return None,
                (_, true) => code.clone_from(piece),
                _ => code.push_str(piece),
            }
        }
        Some(code)
    }

    /// The code of a row with one column for all levels, where a lower one may be printed alone (208, 05, 2080505).
    fn single<'t>(&mut self, piece: Option<&str>, next: impl Fn() -> Option<&'t str>) -> RowCode {
        let Some(piece) = piece.filter(|piece| !piece.is_empty()) else { return RowCode::None };
        let is_mark = |c: char| matches!(c, '[' | ']' | '【' | '】' | '-' | ' ' | '.');
        let digits = piece.trim_matches(is_mark);
        if !digits.contains(|c: char| c.is_ascii_digit()) {
            return RowCode::Words(piece.to_owned());
        }
        if !digits.bytes().all(|byte| byte.is_ascii_digit()) {
            return RowCode::None;
        }
        if is_unit_number(digits) {
            return RowCode::Unit(digits.to_owned());
        }
        let code = match digits.len() {
            LEVEL_DIGITS => self.under(digits, next()),
            length if length >= CLASS_DIGITS => Some(digits.to_owned()),
            _ => None,
        };
        let Some(code) = code else { return RowCode::None };
        self.last.clone_from(&code);
        RowCode::Code(code)
    }

    /// The whole code of a level that is printed alone: under the row before, or beside it where the next row says so.
    fn under(&self, level: &str, next: Option<&str>) -> Option<String> {
        let mut parents = [self.last.len(), CLASS_DIGITS + LEVEL_DIGITS, CLASS_DIGITS]
            .into_iter()
            .filter(|length| *length >= CLASS_DIGITS && *length <= self.last.len() && *length < 7)
            .map(|length| format!("{}{level}", &self.last[..length]));
        let candidates: Vec<String> = parents.by_ref().collect();
        let leads =
            |code: &&String| next.is_some_and(|next| next.len() > code.len() && next.starts_with(code.as_str()));
        candidates.iter().find(leads).or(candidates.first()).cloned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::TableKind;
    use crate::testing::document::{national, table};

    fn codes(columns: &str, rows: &[&str]) -> Vec<RowCode> {
        let table = table(TableKind::ExpenditureSummary, "支出总表", columns, rows).table;
        let side: Vec<usize> = (0..table.columns.len()).collect();
        row_codes(&table, &groups(&table, &side, national())[0])
    }

    fn code(code: &str) -> RowCode {
        RowCode::Code(code.to_owned())
    }

    #[test]
    fn levels_are_carried_down_and_joined() {
        let rows = ["205|||教育", "|08||进修", "||05|培训", "||99|其他", "|2|1|小学", "合计|||", "208|||社保", "|||无"];
        let expected = ["205", "20508", "2050805", "2050899", "2050201"].map(code);
        let found = codes("类|款|项|科目名称", &rows);
        assert_eq!(found[..5], expected);
        assert_eq!(found[5..], [RowCode::Words("合计".to_owned()), code("208"), RowCode::None]);
    }

    #[test]
    fn a_level_without_its_parent_is_no_code() {
        assert_eq!(codes("类|款|项|科目名称", &["||05|培训"]), [RowCode::None]);
    }

    #[test]
    fn a_level_alone_belongs_under_the_row_before() {
        let rows = ["208|a", "05|b", "2080505|c", "06|d", "2080601|e", "234001|某局", "A0201|f", "[210]|g"];
        let mut expected = ["208", "20805", "2080505", "20806", "2080601"].map(code).to_vec();
        expected.extend([RowCode::Unit("234001".to_owned()), RowCode::None, code("210")]);
        assert_eq!(codes("科目编码|科目名称", &rows), expected);
    }
}
