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

/// The formats that a schema can describe, in the order in which they are taken. A workbook has several sheets for one
/// table.
const WITH_SCHEMA: [Format; 3] = [Format::Csv, Format::JsonLines, Format::Parquet];

/// The package of what was written, as indented JSON.
///
/// Each table is described once, in the first of [`WITH_SCHEMA`] that was written. The files of the other formats hold
/// the same rows; they are named in `otherFiles`, a property of ours: as resources they would give every table several
/// names, and validators would read each again.
pub(super) fn describe(tables: &[Table], written: &[(Format, Vec<Finished>)]) -> String {
    let described = WITH_SCHEMA.into_iter().find(|format| written.iter().any(|(other, _)| other == format));
    let (mut resources, mut others) = (Vec::new(), Vec::new());
    for (format, files) in written {
        if Some(*format) == described {
            resources.extend(tables.iter().zip(files).map(|(table, file)| table_resource(table, *format, file)));
        } else {
            others.extend(files.iter().map(|file| file_properties(*format, file)));
        }
    }
    if described.is_none() {
        resources.extend(others.drain(..).map(workbook_resource));
    }
    let mut package = json!({
        "$schema": PACKAGE_PROFILE,
        "name": "yusuan-dataset",
        "title": "部门预算数据集",
        "description": "Budgets and final accounts of Chinese government departments, read from the PDFs that they \
                        publish. Amounts are exact decimals; columns of type `value` are in CNY: in yuan, or in the unit \
                        beside them.",
        "keywords": ["budget", "china", "open-data", "部门预算", "决算"],
        "resources": resources,
    });
    if !others.is_empty() {
        package["otherFiles"] = Value::Array(others);
    }
    format!("{package:#}\n")
}

/// What is known of a file.
fn file_properties(format: Format, file: &Finished) -> Value {
    json!({
        "path": file.name(),
        "format": format.name(),
        "mediatype": format.media_type(),
        "bytes": file.bytes,
        "hash": format!("sha256:{}", file.sha256),
    })
}

/// A workbook without other formats beside it.
fn workbook_resource(mut resource: Value) -> Value {
    resource["$schema"] = json!(RESOURCE_PROFILE);
    resource["name"] = json!("workbook");
    resource["title"] = json!("工作簿");
    resource
}

/// A table with its schema.
fn table_resource(table: &Table, format: Format, file: &Finished) -> Value {
    let mut resource = file_properties(format, file);
    resource["$schema"] = json!(RESOURCE_PROFILE);
    resource["name"] = json!(table.name);
    resource["title"] = json!(table.title);
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
