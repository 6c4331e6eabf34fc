//! The list of budget units (序号, 单位名称, 备注), which has a header but no caption and no figures.

use super::drawing::{DrawnCell, grid};
use super::text::TextLine;
use crate::model::Grid;
use crate::vocabulary::{Vocabulary, squeezed};

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
