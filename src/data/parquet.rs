//! Rows → Parquet: text, 64-bit integers, booleans, and decimals as Decimal128 (precision 38, scale 10).

use std::fs::File;
use std::path::Path;
use std::sync::Arc;

use parquet::basic::{Compression, ConvertedType, LogicalType, Repetition, Type as Physical};
use parquet::data_type::{
    BoolType, ByteArray, ByteArrayType, DataType, FixedLenByteArray, FixedLenByteArrayType, Int64Type,
};
use parquet::errors::ParquetError;
use parquet::file::properties::{WriterProperties, WriterVersion};
use parquet::file::writer::{SerializedFileWriter, SerializedRowGroupWriter};
use parquet::schema::types::Type;

use super::column::{Column, ColumnType, Table};
use super::staging::{Finished, Staged};
use super::value::{DECIMAL_PRECISION, DECIMAL_SCALE, Value};
use super::writer::TableWriter;
use crate::document::Error;

/// Rows that are kept before they are written together: enough to compress well.
const ROW_GROUP_ROWS: usize = 10_000;

/// Bytes that all tables together keep waiting. A limit for each table would be reached by the small ones only after
/// hundreds of documents, and memory would grow until then.
const WAITING_BYTES: usize = 16 * 1024 * 1024;

/// Bytes that a text or decimal takes beside its own: the value that points to it and its allocation, about.
const BYTES_BESIDE: usize = 64;

/// Bytes of a Decimal128.
const DECIMAL_BYTES: i32 = 16;

/// What a file says that it was written by; it must not depend on where.
const CREATED_BY: &str = concat!("yusuan version ", env!("CARGO_PKG_VERSION"));

/// A file a table.
pub(super) struct ParquetWriter {
    files: Vec<TableFile>,
    /// Bytes in the buffers of all tables before something is written, about.
    most_waiting: usize,
}

struct TableFile {
    staged: Staged,
    writer: SerializedFileWriter<File>,
    columns: Vec<ColumnBuffer>,
    /// Rows in the buffers.
    rows: usize,
    /// Bytes in the buffers, about.
    waiting: usize,
}

/// The values of a column that are not yet written.
struct ColumnBuffer {
    /// 1 where there is a value, 0 where there is none; unused if every row has one.
    levels: Vec<i16>,
    required: bool,
    values: Values,
}

enum Values {
    Texts(Vec<ByteArray>),
    Integers(Vec<i64>),
    Decimals(Vec<FixedLenByteArray>),
    Booleans(Vec<bool>),
}

impl ParquetWriter {
    /// Files without rows.
    pub(super) fn new(folder: &Path, tables: &[Table]) -> Result<Self, Error> {
        let properties = WriterProperties::builder()
            .set_writer_version(WriterVersion::PARQUET_1_0)
            .set_compression(Compression::SNAPPY)
            .set_created_by(CREATED_BY.to_owned());
        let properties = Arc::new(properties.build());
        let mut files = Vec::new();
        for table in tables {
            let staged = Staged::new(folder, format!("{}.parquet", table.name))?;
            let writer = schema(table)
                .and_then(|schema| {
                    Ok((schema, staged.handle().map_err(|error| ParquetError::General(error.to_string()))?))
                })
                .and_then(|(schema, file)| SerializedFileWriter::new(file, Arc::new(schema), Arc::clone(&properties)))
                .map_err(|error| staged.failed(&error))?;
            let columns = table.columns.iter().map(ColumnBuffer::new).collect();
            files.push(TableFile { staged, writer, columns, rows: 0, waiting: 0 });
        }
        Ok(Self { files, most_waiting: WAITING_BYTES })
    }
}

impl ParquetWriter {
    /// Bytes in the buffers of all tables, about.
    fn waiting(&self) -> usize {
        self.files.iter().map(|file| file.waiting).sum()
    }

    /// Writes the table that most is waiting for: the others go on filling, so that no row group is tiny.
    fn write_largest(&mut self) -> Result<(), Error> {
        let largest = self.files.iter_mut().max_by_key(|file| file.waiting);
        largest.map_or(Ok(()), TableFile::write_row_group)
    }
}

impl TableWriter for ParquetWriter {
    fn write(&mut self, table: usize, row: &[Value<'_>]) -> Result<(), Error> {
        let file = &mut self.files[table];
        for (column, value) in file.columns.iter_mut().zip(row) {
            file.waiting += column.push(value);
        }
        file.rows += 1;
        if file.rows >= ROW_GROUP_ROWS {
            file.write_row_group()?;
        }
        if self.waiting() > self.most_waiting { self.write_largest() } else { Ok(()) }
    }

    fn finish(self: Box<Self>) -> Result<Vec<Finished>, Error> {
        let mut finished = Vec::new();
        for mut file in self.files {
            file.write_row_group()?;
            file.writer.close().map_err(|error| file.staged.failed(&error))?;
            finished.push(file.staged.finish()?);
        }
        Ok(finished)
    }
}

impl TableFile {
    /// Writes what is in the buffers, if anything is.
    fn write_row_group(&mut self) -> Result<(), Error> {
        if self.rows == 0 {
            return Ok(());
        }
        (self.rows, self.waiting) = (0, 0);
        let columns = &mut self.columns;
        let written = self.writer.next_row_group().and_then(|mut group| {
            for column in columns {
                column.drain(&mut group)?;
            }
            group.close()
        });
        written.map(drop).map_err(|error| self.staged.failed(&error))
    }
}

impl ColumnBuffer {
    fn new(column: &Column) -> Self {
        let values = match column.column_type {
            ColumnType::Text => Values::Texts(Vec::new()),
            ColumnType::Integer => Values::Integers(Vec::new()),
            ColumnType::Decimal => Values::Decimals(Vec::new()),
            ColumnType::Boolean => Values::Booleans(Vec::new()),
        };
        Self { levels: Vec::new(), required: column.required, values }
    }

    /// Keeps a value; tells how many bytes it takes, about.
    fn push(&mut self, value: &Value<'_>) -> usize {
        let mut bytes = size_of::<i16>();
        let is_kept = match (&mut self.values, value) {
            (Values::Texts(kept), Value::Text(text)) => {
                // Neighbouring rows mostly repeat their texts: one copy serves them all.
                let same = kept.last().filter(|last| last.data() == text.as_bytes()).cloned();
                bytes += BYTES_BESIDE + if same.is_some() { 0 } else { text.len() };
                kept.push(same.unwrap_or_else(|| ByteArray::from(text.as_bytes().to_vec())));
                true
            }
            (Values::Integers(kept), Value::Integer(number)) => {
                bytes += size_of::<i64>();
                kept.push(*number);
                true
            }
            (Values::Decimals(kept), Value::Figure(figure)) => {
                bytes += BYTES_BESIDE + size_of_val(&figure.units);
                kept.push(FixedLenByteArray::from(figure.units.to_be_bytes().to_vec()));
                true
            }
            (Values::Booleans(kept), Value::Boolean(truth)) => {
                bytes += size_of::<bool>();
                kept.push(*truth);
                true
            }
            _ => false,
        };
        self.levels.push(i16::from(is_kept));
        bytes
    }

    fn drain(&mut self, group: &mut SerializedRowGroupWriter<'_, File>) -> Result<(), ParquetError> {
        let levels = std::mem::take(&mut self.levels);
        let levels = (!self.required).then_some(levels.as_slice());
        match &mut self.values {
            Values::Texts(kept) => write_column::<ByteArrayType>(group, std::mem::take(kept), levels),
            Values::Integers(kept) => write_column::<Int64Type>(group, std::mem::take(kept), levels),
            Values::Decimals(kept) => write_column::<FixedLenByteArrayType>(group, std::mem::take(kept), levels),
            Values::Booleans(kept) => write_column::<BoolType>(group, std::mem::take(kept), levels),
        }
    }
}

fn write_column<T: DataType>(
    group: &mut SerializedRowGroupWriter<'_, File>,
    values: Vec<T::T>,
    levels: Option<&[i16]>,
) -> Result<(), ParquetError> {
    let Some(mut column) = group.next_column()? else {
        return Err(ParquetError::General("a row has more values than its table has columns".to_owned()));
    };
    column.typed::<T>().write_batch(&values, levels, None)?;
    column.close()
}

fn schema(table: &Table) -> Result<Type, ParquetError> {
    let fields = table.columns.iter().map(|column| field(column).map(Arc::new));
    Type::group_type_builder(table.name).with_fields(fields.collect::<Result<_, _>>()?).build()
}

fn field(column: &Column) -> Result<Type, ParquetError> {
    let repetition = if column.required { Repetition::REQUIRED } else { Repetition::OPTIONAL };
    let of = |physical| Type::primitive_type_builder(column.name, physical).with_repetition(repetition);
    match column.column_type {
        ColumnType::Text => of(Physical::BYTE_ARRAY)
            .with_logical_type(Some(LogicalType::String))
            .with_converted_type(ConvertedType::UTF8)
            .build(),
        ColumnType::Integer => of(Physical::INT64).build(),
        ColumnType::Boolean => of(Physical::BOOLEAN).build(),
        ColumnType::Decimal => {
            let (scale, precision) = (DECIMAL_SCALE.cast_signed(), DECIMAL_PRECISION.cast_signed());
            of(Physical::FIXED_LEN_BYTE_ARRAY)
                .with_length(DECIMAL_BYTES)
                .with_logical_type(Some(LogicalType::decimal(scale, precision)))
                .with_converted_type(ConvertedType::DECIMAL)
                .with_precision(precision)
                .with_scale(scale)
                .build()
        }
    }
}

#[cfg(test)]
mod tests {
    use parquet::file::reader::{FileReader as _, SerializedFileReader};

    use super::*;
    use crate::data::TABLES;

    /// A row of a table whose texts all say the same.
    fn row(table: &Table, text: &'static str) -> Vec<Value<'static>> {
        let value = |column: &Column| match column.column_type {
            ColumnType::Text => Value::Text(text.into()),
            ColumnType::Integer => Value::Integer(1),
            ColumnType::Boolean => Value::Boolean(true),
            ColumnType::Decimal => Value::Null,
        };
        table.columns.iter().map(value).collect()
    }

    #[test]
    fn tables_together_keep_no_more_than_the_limit_and_lose_no_row() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let mut writer = ParquetWriter::new(folder.path(), &TABLES).expect("files");
        writer.most_waiting = 20_000;
        let mut was_written_early = false;
        for at in (0..TABLES.len()).cycle().take(TABLES.len() * 40) {
            writer.write(at, &row(&TABLES[at], "预算")).expect("a row");
            assert!(writer.waiting() <= writer.most_waiting);
            was_written_early |= writer.files[at].rows == 0;
        }
        assert!(was_written_early);
        let staged = Box::new(writer).finish().expect("files");
        for (table, file) in TABLES.iter().zip(staged) {
            let path = file.publish(folder.path()).expect("a file");
            let reader = SerializedFileReader::new(File::open(path).expect("a file")).expect("Parquet");
            assert_eq!(reader.metadata().file_metadata().num_rows(), 40, "{}", table.name);
        }
    }
}
