//! The schema's text: what clients are generated from.

use std::path::Path;

use async_graphql::Request;
use modelry::graphql::{self, Schema, SchemaSettings};
use serde_json::Value;

fn schema() -> Schema {
    graphql::schema(&SchemaSettings::default())
}

/// The committed schema is the server's: what changes for clients shows in a change's diff.
#[test]
#[expect(clippy::disallowed_methods, reason = "this is no setting of Modelry's")]
fn the_committed_schema_is_the_current_one() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("schema.graphql");
    let current = graphql::sdl(&schema());
    if std::env::var("UPDATE_SCHEMA").is_ok() {
        std::fs::write(&file, &current).expect("written");
    }
    let committed = std::fs::read_to_string(&file).unwrap_or_default();
    let changed = current.lines().zip(committed.lines()).find(|(current, committed)| current != committed);
    assert!(
        committed == current,
        "schema.graphql is not what the code says, first here: {changed:?}.\n\
         Look at the difference as a client would; then bring the file up to date: UPDATE_SCHEMA=1 cargo test the_committed_schema"
    );
}

/// Whoever reads the schema, in GraphiQL or an editor, finds every word of it explained.
#[tokio::test]
async fn everything_is_described() {
    let query = "{ __schema { types { name description
        fields(includeDeprecated: true) { name description args { name description } }
        inputFields { name description }
        enumValues(includeDeprecated: true) { name description } } } }";
    let schema = graphql::schema(&SchemaSettings::default());
    let response = schema.execute(Request::new(query)).await;
    assert_eq!(response.errors, []);
    let data = serde_json::to_value(response.data).expect("json");
    let mut missing = Vec::new();
    for described in data["__schema"]["types"].as_array().expect("types") {
        let name = described["name"].as_str().expect("a name");
        // What the specification defines, it describes.
        if !name.starts_with("__") && !["Boolean", "Float", "ID", "Int", "String"].contains(&name) {
            undescribed(described, name, &mut missing);
        }
    }
    assert_eq!(missing, Vec::<String>::new());
}

/// Adds to `missing` what of `object`, called `path`, has no description.
fn undescribed(object: &Value, path: &str, missing: &mut Vec<String>) {
    if object["description"].as_str().unwrap_or_default().trim().is_empty() {
        missing.push(path.to_owned());
    }
    for members in ["fields", "args", "inputFields", "enumValues"] {
        for member in object[members].as_array().into_iter().flatten() {
            undescribed(member, &format!("{path}.{}", member["name"].as_str().unwrap_or_default()), missing);
        }
    }
}
