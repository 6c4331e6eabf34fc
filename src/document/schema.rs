//! The JSON Schema of the output, generated from its types.

use schemars::generate::SchemaSettings;

use super::Document;

/// The JSON Schema (2020-12) of [`Document`], as indented JSON.
pub fn json_schema() -> String {
    let schema = SchemaSettings::draft2020_12().into_generator().into_root_schema_for::<Document>();
    format!("{:#}", schema.as_value())
}
