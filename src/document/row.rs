//! Rows of tables, and how the figures of text dumps came into their columns.

use std::borrow::Cow;
use std::collections::BTreeMap;

use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::ser::{SerializeSeq, SerializeStruct};
use serde::{Deserialize, Serialize, Serializer};

use super::PageNumber;

/// A row of a table.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(from = "WrittenRow")]
pub struct Row {
    /// The page it begins on.
    pub page: PageNumber,
    /// One string or null for each column: null is empty; amounts are without thousands separators. In text dumps, a
    /// figure that several columns could have is an object.
    pub cells: Vec<Option<String>>,
    /// Of figures that several columns could have, by the column that they were written into: all those columns.
    pub ambiguous: BTreeMap<usize, Vec<usize>>,
}

/// How a figure of a text dump, which has no rulings, was given its column.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Placement {
    /// The row has a figure for every column of figures.
    Complete,
    /// By the columns that the dump keeps by spaces.
    Columns,
    /// Only so do the table's rows and columns add up.
    Arithmetic,
    /// Other parts of the document state the figure under the column's name.
    Stated,
    /// Several columns are possible, and the figure was written into one of them.
    Ambiguous,
}

/// A row of a table.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct WrittenRow {
    /// The page it begins on.
    page: PageNumber,
    /// One string or null for each column: null is empty; amounts are without thousands separators. In text dumps, a
    /// figure that several columns could have is an object.
    cells: Vec<Option<WrittenCell>>,
}

/// A cell as it is written.
#[derive(Deserialize, JsonSchema)]
#[serde(untagged)]
enum WrittenCell {
    /// Its text.
    Text(String),
    /// A figure that several columns could have.
    Ambiguous(AmbiguousCell),
}

/// A figure of a text dump that several columns could have.
#[derive(Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct AmbiguousCell {
    /// The figure.
    text: String,
    /// Always `ambiguous`.
    placement: Placement,
    /// The columns that it could have, counted from 0; this cell's is one of them.
    columns: Vec<usize>,
}

impl JsonSchema for Row {
    fn schema_name() -> Cow<'static, str> {
        "Row".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        WrittenRow::json_schema(generator)
    }
}

impl From<WrittenRow> for Row {
    fn from(written: WrittenRow) -> Self {
        let mut row = Row { page: written.page, ..Row::default() };
        for (column, cell) in written.cells.into_iter().enumerate() {
            row.cells.push(cell.map(|cell| match cell {
                WrittenCell::Text(text) => text,
                WrittenCell::Ambiguous(cell) => {
                    row.ambiguous.insert(column, cell.columns);
                    cell.text
                }
            }));
        }
        row
    }
}

impl Serialize for Row {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut written = serializer.serialize_struct("Row", 2)?;
        written.serialize_field("page", &self.page)?;
        match self.ambiguous.is_empty() {
            true => written.serialize_field("cells", &self.cells)?,
            false => written.serialize_field("cells", &Cells(self))?,
        }
        written.end()
    }
}

/// The cells of a row of which some are ambiguous.
struct Cells<'r>(&'r Row);

impl Serialize for Cells<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut cells = serializer.serialize_seq(Some(self.0.cells.len()))?;
        for (column, text) in self.0.cells.iter().enumerate() {
            match (text, self.0.ambiguous.get(&column)) {
                (Some(text), Some(columns)) => cells.serialize_element(&AmbiguousCell {
                    text: text.clone(),
                    placement: Placement::Ambiguous,
                    columns: columns.clone(),
                })?,
                _ => cells.serialize_element(text)?,
            }
        }
        cells.end()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_ambiguous_figure_is_an_object_and_comes_back() {
        let mut row = Row { page: PageNumber(3), cells: vec![None, Some("27.00".to_owned()), None], ..Row::default() };
        assert_eq!(serde_json::to_string(&row).expect("JSON"), r#"{"page":3,"cells":[null,"27.00",null]}"#);
        row.ambiguous.insert(1, vec![1, 2]);
        let json = serde_json::to_string(&row).expect("JSON");
        assert_eq!(json, r#"{"page":3,"cells":[null,{"text":"27.00","placement":"ambiguous","columns":[1,2]},null]}"#);
        assert_eq!(serde_json::from_str::<Row>(&json).expect("a row"), row);
    }
}
