//! Only the columns that a document can look at are read. Nobody can tell: each field shows the same where it alone is asked
//! for, and where the document asks for something besides of which it isn't known what it looks at, so that rows are read whole.
//!
//! In the catalogue here no column that is shown is null, or what a column holds that was not read.

use serde_json::{Value, json};

use crate::support::{TestApp, on_both_databases};

/// Makes a document read whole rows.
const UNKNOWN: &str = "__schema { queryType { name } }";

const CATALOGUE: &str = r#"{"format":"modelry","version":1}
{"kind":"capability","name":"sight","display_name":"Sight","description":"Sees.","capability_type":"modality","input_types":["image"],"output_types":["text"],"domain":"cv"}
{"kind":"category","path":"top","display_name":"Top","description":"All.","category_type":"field","position":2}
{"kind":"category","path":"top/below","display_name":"Below","description":"Some.","category_type":"task","position":3}
{"kind":"supplier","name":"acme","display_name":"Acme","description":"A laboratory.","base_url":"https://api.acme.example/","api_endpoint":"/v1","api_url":"https://acme.example","api_key_required":true,"website":"https://acme.example/home","api_docs":"https://acme.example/docs","category":"lab","logo":"acme.svg","adapter":"openai","extra":{"hand":{"a":1}}}
{"kind":"supplier","name":"joined","display_name":"Joined","base_url":"https://joined.example/","api_endpoint":"/v2"}
{"kind":"model","supplier":"acme","name":"new","display_name":"New","description":"The new one.","model_type":"audio","sub_type":"speech","is_default":true,"lifecycle_stage":"active","released_on":"2026-01","knowledge_cutoff":"2025","deprecated_on":"2026-03-01","retires_on":"2027-01-01","extra":{"hand":{"b":2}},"capabilities":[{"name":"sight","config":"plain"}],"categories":["top/below"]}
{"kind":"model","supplier":"acme","name":"old","display_name":"Old","description":"The old one.","model_type":"audio","sub_type":"music","is_default":true,"lifecycle_stage":"active","released_on":"2024-03-10","knowledge_cutoff":"2023-10","deprecated_on":"2026-02-01","retires_on":"2027-02-01","successor":{"supplier":"acme","name":"new"},"extra":{"hand":{"c":3}},"aliases":["older"],"parameters":[{"name":"warmth","type":"float","value":0.5,"minimum":0.1,"maximum":0.9,"is_default":true,"description":"How warm.","allowed_values":[0.1,0.5]}],"capabilities":[{"name":"sight","support":"unsupported","config_json":{"side":"left"}}],"categories":["top/below"],"prices":[{"component":"output","service_mode":"batch","min_context_tokens":7,"currency":"EUR","amount":"2.0000000000000001","valid_from":"2026-01-01","valid_until":"2027-01-01"}]}
"#;

/// What no file of Modelry's own says.
const BESIDE: &str = "UPDATE model_aliases SET source = 'somebody'; UPDATE model_parameters SET source = 'somebody'; \
    UPDATE model_prices SET source = 'somebody'; \
    UPDATE model_capability_associations SET source = 'somebody', is_default = true";

const TABLES: [&str; 9] = [
    "suppliers",
    "models",
    "model_aliases",
    "model_parameters",
    "capabilities",
    "model_capability_associations",
    "model_categories",
    "model_category_associations",
    "model_prices",
];

/// Each type, and the ways that its rows are loaded in.
const WAYS: [(&str, &[&str]); 8] = [
    (
        "Model",
        &[
            "models { nodes { OBJECT } }",
            "models(last: 5, orderBy: [{ field: RELEASED_ON }, { field: NAME }]) { edges { node { OBJECT } } }",
            "models(where: { search: \"one\" }) { totalCount nodes { OBJECT } }",
            "model(supplier: \"acme\", name: \"older\") { OBJECT }",
            "suppliers { nodes { models { nodes { OBJECT } } } }",
            "capabilities { nodes { models(support: UNSUPPORTED) { nodes { OBJECT } } } }",
            "categories { nodes { models(includeDescendants: true) { nodes { OBJECT } } } }",
            "models { nodes { successor { OBJECT } } }",
            "models { nodes { successorChain { OBJECT } } }",
            "models { nodes { aliases { model { OBJECT } } } }",
            "models { nodes { parameters { model { OBJECT } } } }",
            "models { nodes { capabilities { model { OBJECT } } } }",
            "models { nodes { prices { model { OBJECT } } } }",
        ],
    ),
    (
        "Supplier",
        &[
            "suppliers { nodes { OBJECT } }",
            "supplier(name: \"acme\") { OBJECT }",
            "models { nodes { supplier { OBJECT } } }",
        ],
    ),
    (
        "Category",
        &[
            "categoryTree { OBJECT children { OBJECT } }",
            "categories { nodes { OBJECT parent { OBJECT } ancestors { OBJECT } descendants { OBJECT } children { OBJECT } } }",
            "category(path: \"top/below\") { OBJECT }",
            "models { nodes { categories { OBJECT } } }",
        ],
    ),
    (
        "Capability",
        &[
            "capabilities { nodes { OBJECT } }",
            "capability(name: \"sight\") { OBJECT }",
            "models { nodes { capabilities { capability { OBJECT } } } }",
        ],
    ),
    (
        "ModelParameter",
        &[
            "models { nodes { parameters { OBJECT } } }",
            "models { nodes { parameters(names: [\"warmth\"]) { OBJECT } } }",
        ],
    ),
    ("ModelCapability", &["models { nodes { capabilities { OBJECT } } }"]),
    (
        "ModelPrice",
        &[
            "models { nodes { prices { OBJECT } } }",
            "models { nodes { price(component: OUTPUT, serviceMode: BATCH, contextTokens: 9, currency: \"EUR\") { OBJECT } } }",
        ],
    ),
    ("ModelAlias", &["models { nodes { aliases { OBJECT } } }"]),
];

const FIELDS: &str = "query($type: String!) { __type(name: $type) { fields { name args { defaultValue type { kind } } \
    type { ...Named ofType { ...Named ofType { ...Named ofType { ...Named } } } } } } } \
    fragment Named on __Type { name kind enumValues { name } }";

/// A field, how it is selected, and the value that would be shown if its column had not been read.
struct Field {
    name: String,
    selection: String,
    first: Value,
}

/// The fields of a type that show something of its rows, or lead to others.
async fn fields(app: &TestApp, of: &str) -> Vec<Field> {
    let described = app.graphql(FIELDS, json!({ "type": of })).await;
    let fields = described.data()["__type"]["fields"].as_array().expect("fields").clone();
    fields.iter().filter_map(field).collect()
}

fn field(described: &Value) -> Option<Field> {
    let name = described["name"].as_str().expect("a name").to_owned();
    let mut kind = &described["type"];
    while kind["name"].is_null() {
        kind = &kind["ofType"];
    }
    let of = kind["name"].as_str().expect("a type");
    let arguments = described["args"].as_array().expect("arguments");
    let needs_more =
        arguments.iter().any(|argument| argument["type"]["kind"] == "NON_NULL" && argument["defaultValue"].is_null());
    let selection = match kind["kind"].as_str() {
        Some("SCALAR" | "ENUM") => name.clone(),
        _ if name == "price" => {
            "price(component: OUTPUT, serviceMode: BATCH, contextTokens: 9, currency: \"EUR\") { id }".to_owned()
        }
        _ if needs_more => return None,
        _ if of == "ModelConnection" => format!("{name} {{ nodes {{ id }} }}"),
        _ if WAYS.iter().any(|(known, _)| *known == of) => format!("{name} {{ id }}"),
        _ => return None,
    };
    Some(Field { name, selection, first: kind["enumValues"][0]["name"].clone() })
}

/// The values of a field, wherever it is shown.
fn shown<'a>(name: &str, value: &'a Value, found: &mut Vec<&'a Value>) {
    match value {
        Value::Array(values) => values.iter().for_each(|value| shown(name, value, found)),
        Value::Object(fields) => {
            found.extend(fields.get(name));
            fields.values().for_each(|value| shown(name, value, found));
        }
        _ => {}
    }
}

/// Whether a value tells that its column was read.
fn tells(value: &Value, first: &Value) -> bool {
    !value.is_null()
        && *value != json!(false)
        && *value != json!("")
        && *value != json!([])
        && *value != json!(0)
        && (first.is_null() || value != first)
}

/// Asks for a field alone, by this way, and compares it with what whole rows show. Whether its value tells that it was read.
async fn is_the_same(app: &TestApp, way: &str, field: &Field) -> bool {
    let query = way.replace("OBJECT", &field.selection);
    let alone = app.graphql(&format!("{{ {query} }}"), json!({})).await;
    let whole = app.graphql(&format!("{{ {query} {UNKNOWN} }}"), json!({})).await;
    let (alone_data, mut whole_data) = (alone.data().clone(), whole.data().clone());
    whole_data.as_object_mut().expect("an object").remove("__schema");
    assert_eq!(alone_data, whole_data, "{query}");
    assert_eq!(alone.statements(), whole.statements(), "{query}");
    let mut values = Vec::new();
    shown(&field.name, &alone_data, &mut values);
    values.into_iter().any(|value| tells(value, &field.first))
}

/// The way to an object by its id.
fn by_id(of: &str, id: &Value, deleted: &str) -> String {
    format!("node(id: {id}, deleted: {deleted}) {{ ... on {of} {{ OBJECT }} }}")
}

/// An object of each type.
async fn ids(app: &TestApp) -> Vec<(&'static str, Value)> {
    let found = app
        .query(
            "{ model(supplier: \"acme\", name: \"old\") { id supplier { id } categories { id } aliases { id } parameters { id } \
             prices { id } capabilities { id capability { id } } } }",
        )
        .await;
    let model = &found["model"];
    vec![
        ("Model", model["id"].clone()),
        ("Supplier", model["supplier"]["id"].clone()),
        ("Category", model["categories"][0]["id"].clone()),
        ("Capability", model["capabilities"][0]["capability"]["id"].clone()),
        ("ModelParameter", model["parameters"][0]["id"].clone()),
        ("ModelCapability", model["capabilities"][0]["id"].clone()),
        ("ModelPrice", model["prices"][0]["id"].clone()),
        ("ModelAlias", model["aliases"][0]["id"].clone()),
    ]
}

on_both_databases! {
    /// Whoever adds a field without writing down its columns, or takes one away, reads it here.
    async fn a_field_alone_shows_what_it_shows_of_whole_rows(app: TestApp) {
        app.import(CATALOGUE).await;
        app.database().execute(BESIDE).await.expect("the rest is filled in");
        let mut asked = 0;
        for ((of, ways), (_, id)) in WAYS.iter().zip(ids(&app).await) {
            let by_id = by_id(of, &id, "EXCLUDE");
            for field in fields(&app, of).await {
                let mut is_told = false;
                for way in ways.iter().copied().chain([by_id.as_str()]) {
                    is_told |= is_the_same(&app, way, &field).await;
                    asked += 1;
                }
                assert!(is_told || field.name == "deletedAt", "{of}.{}: nothing here tells that it was read", field.name);
            }
        }
        assert!(asked > 600, "{asked} fields by all ways");
    }

    /// Deleted rows are found by their ids, and tell when they were deleted; what takes their place is shown beside.
    async fn a_field_of_a_deleted_row_is_the_same(app: TestApp) {
        app.import(CATALOGUE).await;
        app.database().execute(BESIDE).await.expect("the rest is filled in");
        let ids = ids(&app).await;
        for table in TABLES {
            let delete = format!("UPDATE {table} SET deleted_at = '2026-06-01T00:00:00.000000Z'");
            app.database().execute(&delete).await.expect("deleted");
        }
        for (of, id) in ids {
            let gone = app.query(&format!("{{ {} }}", by_id(of, &id, "EXCLUDE").replace("OBJECT", "id"))).await;
            assert_eq!(gone["node"], Value::Null);
            for field in fields(&app, of).await {
                for deleted in ["INCLUDE", "ONLY"] {
                    let is_told = is_the_same(&app, &by_id(of, &id, deleted), &field).await;
                    assert!(is_told || !["deletedAt", "successor"].contains(&field.name.as_str()), "{of}.{}", field.name);
                }
            }
        }
    }

    /// Fragments, and documents of several operations, look at what any of their parts looks at.
    async fn documents_of_any_shape_are_read_as_they_need(app: TestApp) {
        app.import(CATALOGUE).await;
        let shown = json!({ "supplier": { "logo": "acme.svg" }, "description": "The old one.", "isDefault": true });
        for query in [
            "{ model(supplier: \"acme\", name: \"old\") { ...A } } fragment A on Model { supplier { logo } ...B } fragment B on Model { description isDefault }",
            "{ model(supplier: \"acme\", name: \"old\") { ... { supplier { ... on Supplier { logo } } description ... on Model { isDefault } } } }",
            "{ model(supplier: \"acme\", name: \"old\") { supplier { logo } description @include(if: true) isDefault } }",
            "{ model(supplier: \"acme\", name: \"old\") { supplier { logo @skip(if: false) } ... on Node { ... on Model { description } } isDefault } }",
        ] {
            assert_eq!(app.query(query).await["model"], shown, "{query}");
        }
        let two = "query Names { suppliers { nodes { name } } } query Logos { suppliers { nodes { mark: logo } } }";
        let body = json!({ "query": two, "operationName": "Logos" }).to_string();
        let logos = crate::support::Response::of(app.post(body)).await;
        assert_eq!(logos.data()["suppliers"]["nodes"][0]["mark"], "acme.svg");
    }

    /// What a mutation reads and answers is whole.
    async fn mutations_read_whole_rows(app: TestApp) {
        app.import(CATALOGUE).await;
        let (_, id) = ids(&app).await.swap_remove(0);
        let rename = format!(
            "mutation {{ updateModel(input: {{ id: {id}, displayName: \"Older\" }}) {{ model {{ displayName }} userErrors {{ message }} }} }}"
        );
        let renamed = app.query(&rename).await;
        assert_eq!(renamed["updateModel"], json!({ "model": { "displayName": "Older" }, "userErrors": [] }));
        let found = app.query("{ model(supplier: \"acme\", name: \"old\") { displayName description retiresOn extra } }").await;
        let kept = json!({ "displayName": "Older", "description": "The old one.", "retiresOn": "2027-02-01", "extra": { "hand": { "c": 3 } } });
        assert_eq!(found["model"], kept);
    }
}
