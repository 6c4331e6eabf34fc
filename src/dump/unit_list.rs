//! The list of budget units (序号, 单位名称, 备注), which has a header but no caption and no figures.

use super::drawing::{DrawnCell, grid};
use super::text::TextLine;
use crate::language::vocabulary::{Vocabulary, squeezed};
use crate::model::Grid;

/// Reads the list that begins at the first of the lines: its grid, and how many lines it takes.
pub(super) fn read(lines: &[TextLine], vocabulary: &Vocabulary) -> Option<(Grid, usize)> {
    let header = lines.first()?;
    let labels: Vec<String> = header.words.iter().map(|word| squeezed(&word.text).into_owned()).collect();
    let [sequence, name, ..] = labels.as_slice() else { return None };
    let words = &vocabulary.overview;
    (words.unit_sequence.contain(sequence) && words.unit_name.contain(name)).then_some(())?;
    let columns = labels.len();
    let mut rows: Vec<Vec<String>> = vec![header.words.iter().map(|word| word.text.clone()).collect()];
    for line in &lines[1..] {
        if line.page != header.page || line.words[0].text.parse() != Ok(rows.len()) || line.words.len() < 2 {
            break;
        }
        // Words beyond the columns belong to the name.
        let extra = (line.words.len()).saturating_sub(columns);
        let name: String = line.words[1..2 + extra].iter().map(|word| word.text.as_str()).collect();
        let mut row = vec![line.words[0].text.clone(), name];
        row.extend(line.words[2 + extra..].iter().map(|word| word.text.clone()));
        rows.push(row);
    }
    let taken = rows.len();
    let cells = rows.into_iter().enumerate().flat_map(|(at, row)| {
        row.into_iter().enumerate().map(move |(column, text)| DrawnCell {
            rows: at..at + 1,
            columns: column..column + 1,
            text,
            placement: None,
        })
    });
    (taken > 1).then(|| (grid(header.page, 0.0, taken, columns, cells.collect()), taken))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dump::pages;
    use crate::text::reflow;

    /// The rows of the list at the beginning of a dump, and how many lines it takes.
    fn list(dump: &str) -> Option<(Vec<String>, usize)> {
        let vocabulary = Vocabulary::national().expect("the built-in vocabulary");
        let (grid, taken) = read(&pages::lines(dump, vocabulary), vocabulary)?;
        let text = |row: usize| {
            let cells = grid.cells.iter().filter(|cell| cell.rows.start == row);
            let texts =
                cells.map(|cell| cell.lines.first().map_or(String::new(), |line| reflow::glyphs_text(&line.glyphs)));
            texts.collect::<Vec<_>>().join("|")
        };
        Some(((0..grid.ys.len() - 1).map(text).collect(), taken))
    }

    #[test]
    fn rows_count_on_from_one() {
        let dump = "序号 单位名称 备注\n1 某局（本级） 行政\n2 某中心 事业\n二、部门职责\n";
        let rows = ["序号|单位名称|备注", "1|某局（本级）|行政", "2|某中心|事业"];
        assert_eq!(list(dump), Some((rows.map(str::to_owned).to_vec(), 3)));
    }

    #[test]
    fn words_that_have_no_column_are_of_the_name() {
        let (rows, _) = list("序号 单位名称\n1 某省 某局\n").expect("a list");
        assert_eq!(rows[1], "1|某省某局");
    }

    #[test]
    fn what_does_not_count_or_has_another_header_is_no_list() {
        assert_eq!(list("序号 单位名称\n某局\n"), None);
        assert_eq!(list("科目编码 科目名称\n1 某局\n"), None);
    }
}
