//! Outputs are valid by the JSON Schema that `yusuan schema` prints.

use std::path::Path;

use serde_json::Value;

#[test]
fn golden_outputs_fit_the_schema() {
    let schema: Value = serde_json::from_str(&yusuan::json_schema()).expect("the schema is JSON");
    assert_eq!(schema["$schema"], "https://json-schema.org/draft/2020-12/schema");
    let validator = jsonschema::validator_for(&schema).expect("the schema is a schema");
    let golden = Path::new(env!("CARGO_MANIFEST_DIR")).join("golden");
    let mut checked = 0;
    for entry in std::fs::read_dir(golden).expect("golden").flatten() {
        if entry.path().extension().is_none_or(|extension| extension != "json") {
            continue;
        }
        let text = std::fs::read_to_string(entry.path()).expect("a golden");
        let document: Value = serde_json::from_str(&text).expect("JSON");
        if document.get("error").is_some() {
            continue;
        }
        let errors: Vec<String> = validator.iter_errors(&document).map(|error| error.to_string()).collect();
        assert!(errors.is_empty(), "{}: {errors:?}", entry.path().display());
        checked += 1;
    }
    assert!(checked >= 7, "only {checked} goldens were checked");
}

#[test]
fn the_schema_refuses_what_is_not_in_it() {
    let schema: Value = serde_json::from_str(&yusuan::json_schema()).expect("JSON");
    let validator = jsonschema::validator_for(&schema).expect("a schema");
    assert!(!validator.is_valid(&serde_json::json!({ "format": "yusuan.document/1" })));
}
