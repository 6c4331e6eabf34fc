//! What was written → `datapackage.json`: a Data Package (version 2) that describes every table and column.

use serde_json::{Map, Value, json};

use super::Format;
use super::column::{Column, ForeignKey, Table};
use super::staging::Finished;

/// Name of the file.
pub(super) const FILE_NAME: &str = "datapackage.json";

/// The profiles of the standard.
const PACKAGE_PROFILE: &str = "https://datapackage.org/profiles/2.0/datapackage.json";
const RESOURCE_PROFILE: &str = "https://datapackage.org/profiles/2.0/dataresource.json";
const SCHEMA_PROFILE: &str = "https://datapackage.org/profiles/2.0/tableschema.json";

/// The formats that can carry a schema, the best described first. A workbook has several sheets for one table.
const WITH_SCHEMA: [Format; 3] = [Format::Csv, Format::JsonLines, Format::Parquet];

/// The package of what was written, as indented JSON. Each table is described once, in the first of
/// [`WITH_SCHEMA`] that was written; the other files are named with their length and digest.
pub(super) fn describe(tables: &[Table], written: &[(Format, Vec<Finished>)]) -> String {
    let described = WITH_SCHEMA.into_iter().find(|format| written.iter().any(|(other, _)| other == format));
    let mut resources = Vec::new();
    for (format, files) in written {
        for (at, file) in files.iter().enumerate() {
            let table = tables.get(at).filter(|_| *format != Format::Xlsx);
            resources.push(match table {
                Some(table) if Some(*format) == described => table_resource(table, *format, file),
                Some(table) => file_resource(&format!("{}-{}", table.name, format.name()), Some(table), *format, file),
                None => file_resource("workbook", None, *format, file),
            });
        }
    }
    let package = json!({
        "$schema": PACKAGE_PROFILE,
        "name": "yusuan-dataset",
        "title": "部门预算数据集",
        "description": "Budgets and final accounts of Chinese government departments, read from the PDFs that they \
                        publish. Amounts are exact decimals; `amount_yuan` and `value` columns are in CNY.",
        "keywords": ["budget", "china", "open-data", "部门预算", "决算"],
        "resources": resources,
    });
    format!("{package:#}\n")
}

/// A file without a schema of its own.
fn file_resource(name: &str, table: Option<&Table>, format: Format, file: &Finished) -> Value {
    let title = table.map_or("工作簿", |table| table.title);
    json!({
        "$schema": RESOURCE_PROFILE,
        "name": name,
        "path": file.name(),
        "title": title,
        "format": format.name(),
        "mediatype": format.media_type(),
        "bytes": file.bytes,
        "hash": format!("sha256:{}", file.sha256),
    })
}

/// A table with its schema.
fn table_resource(table: &Table, format: Format, file: &Finished) -> Value {
    let mut resource = file_resource(table.name, Some(table), format, file);
    resource["type"] = json!("table");
    resource["description"] = json!(table.description);
    if format != Format::Parquet {
        resource["encoding"] = json!("utf-8");
    }
    resource["schema"] = schema(table);
    resource
}

fn schema(table: &Table) -> Value {
    let mut schema = json!({
        "$schema": SCHEMA_PROFILE,
        "fields": table.columns.iter().map(field).collect::<Vec<_>>(),
        "primaryKey": table.primary_key,
        "missingValues": [""],
    });
    if !table.foreign_keys.is_empty() {
        schema["foreignKeys"] = table.foreign_keys.iter().map(foreign_key).collect();
    }
    schema
}

fn field(column: &Column) -> Value {
    let mut field = Map::new();
    field.insert("name".to_owned(), json!(column.name));
    field.insert("type".to_owned(), json!(column.column_type.name()));
    field.insert("title".to_owned(), json!(column.title));
    field.insert("description".to_owned(), json!(column.description));
    if let Some(fiscal_type) = column.fiscal_type {
        field.insert("columnType".to_owned(), json!(fiscal_type));
    }
    if column.required {
        field.insert("constraints".to_owned(), json!({ "required": true }));
    }
    Value::Object(field)
}

fn foreign_key(key: &ForeignKey) -> Value {
    json!({ "fields": key.columns, "reference": { "resource": key.table, "fields": key.columns } })
}
