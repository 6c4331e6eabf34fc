//! How a table of a data set is declared: the one description from which every format, the data package and the
//! documentation are derived.

use super::material::Material;
use super::value::Record;

/// A table of the data set.
#[derive(Clone, Copy, Debug)]
pub(super) struct Table {
    /// Name: of its files, its resource and its sheet.
    pub name: &'static str,
    /// Chinese title.
    pub title: &'static str,
    /// What one row is.
    pub description: &'static str,
    /// Columns in their order, which is the same in every format.
    pub columns: &'static [Column],
    /// The columns that name a row.
    pub primary_key: &'static [&'static str],
    /// The tables that its rows belong to.
    pub foreign_keys: &'static [ForeignKey],
    /// Sheets of a workbook, where the table has more than one.
    pub sheets: Option<Sheets>,
    /// The rows of one document.
    pub(super) rows: for<'a> fn(&Material<'a>) -> Vec<Record<'a>>,
}

/// The columns by which a table's rows name a row of another; they have the same names there.
#[derive(Clone, Copy, Debug)]
pub(super) struct ForeignKey {
    /// The columns.
    pub columns: &'static [&'static str],
    /// The other table.
    pub table: &'static str,
}

/// Every table belongs to its documents.
pub(super) const TO_DOCUMENTS: ForeignKey = ForeignKey { columns: &["document_id"], table: "documents" };

/// The sheets of a table that has a sheet for each value of one of its columns.
#[derive(Clone, Copy, Debug)]
pub(super) struct Sheets {
    /// The column.
    pub column: &'static str,
    /// Value and name of the sheet, in the order of the sheets.
    pub names: &'static [(&'static str, &'static str)],
}

/// A column.
#[derive(Clone, Copy, Debug)]
pub(super) struct Column {
    /// Name.
    pub name: &'static str,
    /// Chinese title.
    pub title: &'static str,
    /// What its values are.
    pub description: &'static str,
    /// Type of its values.
    pub column_type: ColumnType,
    /// Type of the column in the Fiscal Data Package taxonomy of budgets, where one fits.
    pub fiscal_type: Option<&'static str>,
    /// Whether every row has a value.
    pub required: bool,
    /// Whether its texts are long: sheets give them room.
    pub wide: bool,
}

/// Type of a column's values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ColumnType {
    /// Text.
    Text,
    /// Whole numbers.
    Integer,
    /// Exact decimals.
    Decimal,
    /// True or false.
    Boolean,
}

impl ColumnType {
    /// Name of the type in a Table Schema.
    pub(super) fn name(self) -> &'static str {
        match self {
            ColumnType::Text => "string",
            ColumnType::Integer => "integer",
            ColumnType::Decimal => "number",
            ColumnType::Boolean => "boolean",
        }
    }
}

impl Column {
    /// A column of texts.
    pub(super) const fn text(name: &'static str, title: &'static str, description: &'static str) -> Self {
        Self::new(ColumnType::Text, name, title, description)
    }

    /// A column of whole numbers.
    pub(super) const fn integer(name: &'static str, title: &'static str, description: &'static str) -> Self {
        Self::new(ColumnType::Integer, name, title, description)
    }

    /// A column of exact decimals.
    pub(super) const fn decimal(name: &'static str, title: &'static str, description: &'static str) -> Self {
        Self::new(ColumnType::Decimal, name, title, description)
    }

    /// A column of truths.
    pub(super) const fn boolean(name: &'static str, title: &'static str, description: &'static str) -> Self {
        Self::new(ColumnType::Boolean, name, title, description)
    }

    const fn new(column_type: ColumnType, name: &'static str, title: &'static str, description: &'static str) -> Self {
        Self { name, title, description, column_type, fiscal_type: None, required: false, wide: false }
    }

    /// The column, with a value in every row.
    pub(super) const fn required(mut self) -> Self {
        self.required = true;
        self
    }

    /// The column, with its type in the Fiscal Data Package.
    pub(super) const fn fiscal(mut self, fiscal_type: &'static str) -> Self {
        self.fiscal_type = Some(fiscal_type);
        self
    }

    /// The column, with long texts.
    pub(super) const fn wide(mut self) -> Self {
        self.wide = true;
        self
    }
}

/// The first column of every table.
pub(super) const DOCUMENT_ID: Column =
    Column::text("document_id", "文件标识", "The document: the first 16 hexadecimal digits of its SHA-256.").required();

/// The second column of every table.
pub(super) const ORGANISATION: Column =
    Column::text("organisation", "部门（单位）", "Whose budget or final accounts the document is, as printed.")
        .fiscal("administrative-classification:generic:label");

/// The third column of every table.
pub(super) const FISCAL_YEAR: Column =
    Column::integer("fiscal_year", "年度", "The year of the budget or of the final accounts.")
        .fiscal("date:fiscal-year");
