//! Rows → one Excel workbook: a sheet a table (`facts`: a sheet a kind of budget table), frozen headers, filters.
//!
//! Amounts are numbers with the digits printed. Excel keeps fifteen digits of a number: a figure with more is text.

use std::path::Path;

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Workbook, Worksheet, XlsxError};

use super::column::{ColumnType, Table};
use super::staging::{Finished, Staged};
use super::value::{DECIMAL_SCALE, FittedDecimal, Value};
use super::writer::TableWriter;
use crate::document::Error;

/// Name of the workbook.
const FILE_NAME: &str = "yusuan.xlsx";

/// Rows that a sheet holds.
const SHEET_ROWS: u32 = 1_048_576;

/// Significant digits that Excel keeps of a number.
const NUMBER_DIGITS: usize = 15;

/// UTF-16 units that a cell holds.
const CELL_UNITS: usize = 32_767;

/// Stands at the end of a text that was cut.
const CUT_MARK: &str = "…【Excel单元格容量所限，以下从略；全文见其他格式】";

/// Widths of columns in characters.
const WIDE_COLUMN: f64 = 40.0;
const TEXT_COLUMN: f64 = 18.0;
const DECIMAL_COLUMN: f64 = 16.0;
const NARROW_COLUMN: f64 = 10.0;

/// The sheet that explains the columns.
const DICTIONARY_SHEET: &str = "columns";

/// The header of [`DICTIONARY_SHEET`], with widths.
const DICTIONARY_COLUMNS: [(&str, f64); 5] = [
    ("table", TEXT_COLUMN),
    ("column", TEXT_COLUMN),
    ("title", TEXT_COLUMN),
    ("type", NARROW_COLUMN),
    ("description", 100.0),
];

/// One workbook for all tables.
pub(super) struct XlsxWriter {
    staged: Staged,
    book: Book,
    tables: Vec<TableSheets>,
    cut_texts: u64,
}

/// What sheets are made with.
struct Book {
    workbook: Workbook,
    formats: Formats,
    /// Rows after which a sheet is continued by another.
    sheet_rows: u32,
}

/// The sheets of a table.
struct TableSheets {
    table: Table,
    /// The column that tells a row's sheet, where there are several.
    key: Option<usize>,
    sheets: Vec<Sheet>,
}

/// A sheet, and those that continue it.
struct Sheet {
    /// The value that its rows have in the key column; empty where there is no key.
    value: &'static str,
    name: String,
    pages: Vec<SheetPage>,
}

struct SheetPage {
    worksheet: Worksheet,
    /// Rows written, with the header.
    rows: u32,
}

struct Formats {
    header: Format,
    /// Of texts that begin as formulas do: they stay texts when somebody edits them.
    quoted: Format,
    /// By the number of digits after the point.
    decimals: Vec<Format>,
}

impl Formats {
    fn new() -> Self {
        let decimals = (0..=DECIMAL_SCALE as usize).map(|digits| {
            let point = if digits == 0 { "" } else { "." };
            Format::new().set_num_format(format!("0{point}{}", "0".repeat(digits)))
        });
        let quoted = Format::new().set_quote_prefix();
        Self { header: Format::new().set_bold(), quoted, decimals: decimals.collect() }
    }
}

impl XlsxWriter {
    /// A workbook without sheets.
    pub(super) fn new(folder: &Path, tables: &[Table]) -> Result<Self, Error> {
        let staged = Staged::new(folder, FILE_NAME)?;
        let mut workbook = Workbook::new();
        // The sheets wait in files, which must not fill a small /tmp.
        workbook.set_tempdir(folder).map_err(|error| staged.failed(&error))?;
        // The bytes must not depend on when they are written.
        let date = ExcelDateTime::from_ymd(2000, 1, 1).map_err(|error| staged.failed(&error))?;
        workbook.set_properties(&DocProperties::new().set_author("yusuan").set_creation_datetime(&date));
        let tables = tables.iter().map(|table| TableSheets::new(*table)).collect();
        let book = Book { workbook, formats: Formats::new(), sheet_rows: SHEET_ROWS };
        Ok(Self { staged, book, tables, cut_texts: 0 })
    }

    fn save(&mut self) -> Result<(), XlsxError> {
        for table in std::mem::take(&mut self.tables) {
            for page in table.sheets.into_iter().flat_map(|sheet| sheet.pages) {
                self.book.workbook.push_worksheet(page.finish(table.table.columns.len())?);
            }
        }
        let dictionary = dictionary(&mut self.book)?;
        self.book.workbook.push_worksheet(dictionary);
        let file =
            self.staged.handle().map_err(|error| XlsxError::IoError(std::io::Error::other(error.to_string())))?;
        self.book.workbook.save_to_writer(std::io::BufWriter::new(file))
    }
}

impl TableWriter for XlsxWriter {
    fn write(&mut self, table: usize, row: &[Value<'_>]) -> Result<(), Error> {
        let sheets = &mut self.tables[table];
        let cut = sheets.write(row, &mut self.book).map_err(|error| self.staged.failed(&error))?;
        self.cut_texts += cut;
        Ok(())
    }

    fn finish(mut self: Box<Self>) -> Result<Vec<Finished>, Error> {
        self.save().map_err(|error| self.staged.failed(&error))?;
        Ok(vec![self.staged.finish()?])
    }

    fn cut_texts(&self) -> u64 {
        self.cut_texts
    }
}

impl TableSheets {
    fn new(table: Table) -> Self {
        let names = table.sheets.map_or(&[("", table.name)][..], |sheets| sheets.names).to_vec();
        let key = table.sheets.and_then(|sheets| table.columns.iter().position(|column| column.name == sheets.column));
        let sheet = |(value, name): (&'static str, &str)| Sheet { value, name: name.to_owned(), pages: Vec::new() };
        Self { table, key, sheets: names.into_iter().map(sheet).collect() }
    }

    /// Writes a row; tells how many texts were cut.
    fn write(&mut self, row: &[Value<'_>], book: &mut Book) -> Result<u64, XlsxError> {
        let value = self.key.and_then(|key| match &row[key] {
            Value::Text(text) => Some(text.as_ref()),
            _ => None,
        });
        let found = self.sheets.iter().position(|sheet| value.is_none_or(|value| sheet.value == value));
        // A value that no sheet is for goes to the last: the sheet of all others.
        let last = self.sheets.len() - 1;
        let sheet = &mut self.sheets[found.unwrap_or(last)];
        sheet.page(&self.table, book)?.write(row, &book.formats)
    }
}

impl Sheet {
    /// The page that has room for another row.
    fn page(&mut self, table: &Table, book: &mut Book) -> Result<&mut SheetPage, XlsxError> {
        let is_full = self.pages.last().is_none_or(|page| page.rows >= book.sheet_rows);
        if is_full {
            let name = match self.pages.len() {
                0 => self.name.clone(),
                before => format!("{} ({})", self.name, before + 1),
            };
            self.pages.push(SheetPage::new(&name, table, book)?);
        }
        let last = self.pages.len() - 1;
        Ok(&mut self.pages[last])
    }
}

impl SheetPage {
    /// A page with the header.
    fn new(name: &str, table: &Table, book: &mut Book) -> Result<Self, XlsxError> {
        let mut worksheet = book.workbook.new_worksheet_with_constant_memory()?;
        worksheet.set_name(name)?.set_freeze_panes(1, 0)?;
        for (column, at) in table.columns.iter().zip(0..) {
            let width = match column.column_type {
                ColumnType::Text if column.wide => WIDE_COLUMN,
                ColumnType::Text => TEXT_COLUMN,
                ColumnType::Decimal => DECIMAL_COLUMN,
                ColumnType::Integer | ColumnType::Boolean => NARROW_COLUMN,
            };
            worksheet.set_column_width(at, width)?;
            worksheet.write_string_with_format(0, at, column.name, &book.formats.header)?;
        }
        Ok(Self { worksheet, rows: 1 })
    }

    fn write(&mut self, row: &[Value<'_>], formats: &Formats) -> Result<u64, XlsxError> {
        let mut cut_texts = 0;
        for (value, column) in row.iter().zip(0..) {
            match value {
                Value::Null => {}
                Value::Text(text) => match cut(text) {
                    Some(short) => {
                        cut_texts += 1;
                        self.worksheet.write_string(self.rows, column, short)?;
                    }
                    None if text.starts_with(['=', '+', '-', '@']) => {
                        self.worksheet.write_string_with_format(self.rows, column, text.as_ref(), &formats.quoted)?;
                    }
                    None => {
                        self.worksheet.write_string(self.rows, column, text.as_ref())?;
                    }
                },
                #[expect(clippy::cast_precision_loss, reason = "numbers of pages, rows and pieces")]
                Value::Integer(number) => {
                    self.worksheet.write_number(self.rows, column, *number as f64)?;
                }
                Value::Boolean(truth) => {
                    self.worksheet.write_boolean(self.rows, column, *truth)?;
                }
                Value::Figure(figure) => self.write_figure(column, figure, formats)?,
            }
        }
        self.rows += 1;
        Ok(cut_texts)
    }

    fn write_figure(&mut self, column: u16, figure: &FittedDecimal<'_>, formats: &Formats) -> Result<(), XlsxError> {
        let digits = figure.text.split_once('.').map_or(0, |(_, fraction)| fraction.len());
        match (as_number(&figure.text), formats.decimals.get(digits)) {
            (Some(number), Some(format)) => {
                self.worksheet.write_number_with_format(self.rows, column, number, format)?;
            }
            _ => {
                self.worksheet.write_string(self.rows, column, figure.text.as_ref())?;
            }
        }
        Ok(())
    }

    /// The worksheet, with a filter over all rows.
    fn finish(mut self, columns: usize) -> Result<Worksheet, XlsxError> {
        let last_column = u16::try_from(columns.saturating_sub(1)).unwrap_or(u16::MAX);
        self.worksheet.autofilter(0, 0, self.rows - 1, last_column)?;
        Ok(self.worksheet)
    }
}

/// The number that Excel shows with the same digits; `None` where it would lose some.
fn as_number(text: &str) -> Option<f64> {
    let digits = text.bytes().filter(u8::is_ascii_digit).skip_while(|digit| *digit == b'0').count();
    if digits <= NUMBER_DIGITS { text.parse().ok() } else { None }
}

/// A text that a cell has no room for, cut and marked; `None` where there is room.
fn cut(text: &str) -> Option<String> {
    // A text has no more UTF-16 units than bytes.
    if text.len() <= CELL_UNITS || text.encode_utf16().count() <= CELL_UNITS {
        return None;
    }
    let mut room = CELL_UNITS - CUT_MARK.encode_utf16().count();
    let fits = |character: &char| {
        let left = room.checked_sub(character.len_utf16());
        room = left.unwrap_or(0);
        left.is_some()
    };
    let mut short: String = text.chars().take_while(fits).collect();
    short.push_str(CUT_MARK);
    Some(short)
}

/// The sheet that explains the columns of the others.
fn dictionary(book: &mut Book) -> Result<Worksheet, XlsxError> {
    let mut worksheet = book.workbook.new_worksheet_with_constant_memory()?;
    worksheet.set_name(DICTIONARY_SHEET)?.set_freeze_panes(1, 0)?;
    for ((name, width), at) in DICTIONARY_COLUMNS.into_iter().zip(0..) {
        worksheet.set_column_width(at, width)?;
        worksheet.write_string_with_format(0, at, name, &book.formats.header)?;
    }
    let columns = super::TABLES.iter().flat_map(|table| table.columns.iter().map(move |column| (table, column)));
    for ((table, column), row) in columns.zip(1..) {
        let texts = [table.name, column.name, column.title, column.column_type.name(), column.description];
        for (text, at) in texts.into_iter().zip(0..) {
            worksheet.write_string(row, at, text)?;
        }
    }
    Ok(worksheet)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::TABLES;

    #[test]
    fn a_full_sheet_is_continued_by_another() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let mut writer = XlsxWriter::new(folder.path(), &TABLES).expect("a workbook");
        writer.book.sheet_rows = 3;
        for number in 0..5 {
            writer.write(0, &[Value::Integer(number)]).expect("a row");
        }
        let pages = writer.tables[0].sheets[0].pages.iter();
        let pages: Vec<_> = pages.map(|page| (page.worksheet.name(), page.rows)).collect();
        assert_eq!(
            pages,
            [("documents".to_owned(), 3), ("documents (2)".to_owned(), 3), ("documents (3)".to_owned(), 2)]
        );
        assert_eq!(Box::new(writer).finish().expect("a workbook").len(), 1);
    }

    #[test]
    fn sheets_have_names_that_excel_takes() {
        for (_, name) in TABLES.iter().filter_map(|table| table.sheets).flat_map(|sheets| sheets.names) {
            // Room for the number of a continuation.
            assert!(name.chars().count() <= 26, "{name}");
        }
    }

    #[test]
    fn numbers_keep_their_digits_or_stay_text() {
        assert_eq!(as_number("2801.90"), Some(2801.9));
        assert_eq!(as_number("-0.00"), Some(0.0));
        assert_eq!(as_number("0.0000000012"), Some(1.2e-9));
        assert_eq!(as_number("1234567890123.45"), Some(1_234_567_890_123.45));
        assert_eq!(as_number("12345678901234.56"), None);
    }

    #[test]
    fn long_texts_are_cut_with_a_mark() {
        assert_eq!(cut(&"预".repeat(CELL_UNITS)), None);
        let short = cut(&"预".repeat(CELL_UNITS + 1)).expect("too long");
        assert_eq!(short.encode_utf16().count(), CELL_UNITS);
        assert!(short.ends_with(CUT_MARK));
        // Characters of two units are never halved.
        let short = cut(&"𠮷".repeat(CELL_UNITS)).expect("too long");
        assert!(short.encode_utf16().count() <= CELL_UNITS);
    }
}
