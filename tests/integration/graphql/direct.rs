//! Most objects are put together by plain calls, the others by the library that knows the whole schema. Nobody can tell which:
//! a field that is asked for twice is always the library's, and each test asks for `id` once, and then twice.

use serde_json::{Value, json};

use crate::support::{Response, TestApp, fixtures, on_both_databases};

/// Where objects of each type are found.
const ROOTS: [(&str, &str); 8] = [
    ("Model", "models(first: 100, where: { deleted: INCLUDE }) { nodes { OBJECT } edges { node { OBJECT } } }"),
    ("Supplier", "suppliers(first: 100) { nodes { OBJECT } }"),
    ("Category", "categoryTree { OBJECT children { OBJECT children { OBJECT } } }"),
    ("Capability", "capabilities(first: 100) { nodes { OBJECT } }"),
    ("ModelParameter", "models(first: 100) { nodes { parameters { OBJECT } } }"),
    ("ModelCapability", "models(first: 100) { nodes { capabilities { OBJECT } } }"),
    ("ModelPrice", "models(first: 100) { nodes { prices { OBJECT } } }"),
    ("ModelAlias", "models(first: 100) { nodes { aliases { OBJECT } } }"),
];

const FIELDS: &str = "query($type: String!) { __type(name: $type) { fields { name args { defaultValue type { kind } } \
    type { name kind ofType { name kind ofType { name kind ofType { name kind } } } } } } }";

/// What is asked with `id` once and twice, and is the same: data, errors and how many statements it took.
async fn is_the_same(app: &TestApp, query: &str) -> Response {
    // As long as the other, so that errors are at the same place.
    let once = app.graphql(&query.replace("OBJECT", "id   "), json!({})).await;
    let twice = app.graphql(&query.replace("OBJECT", "id id"), json!({})).await;
    let told = |response: &Response| (response.json["data"].to_string(), response.json["errors"].to_string());
    assert_eq!(told(&once), told(&twice), "{query}");
    assert_eq!(once.statements(), twice.statements(), "{query}");
    once
}

/// The innermost type, and its kind.
fn named(kind: &Value) -> (&str, &str) {
    match &kind["ofType"] {
        Value::Null => (kind["name"].as_str().expect("a name"), kind["kind"].as_str().expect("a kind")),
        inner => named(inner),
    }
}

/// Whether a field has to be given an argument.
fn needs_more(field: &Value) -> bool {
    let arguments = field["args"].as_array().expect("arguments");
    arguments.iter().any(|argument| argument["type"]["kind"] == "NON_NULL" && argument["defaultValue"].is_null())
}

/// How every field of a type is selected that needs no argument, and leads nowhere or to an object with an id.
async fn selections(app: &TestApp, name: &str) -> Vec<String> {
    let described = app.graphql(FIELDS, json!({ "type": name })).await;
    let fields = described.data()["__type"]["fields"].as_array().expect("fields").clone();
    let selection = |field: &Value| {
        let own = field["name"].as_str().expect("a name");
        let leads_on = ROOTS.iter().any(|(name, _)| *name == named(&field["type"]).0);
        match named(&field["type"]).1 {
            _ if needs_more(field) => None,
            "OBJECT" if leads_on => Some(format!("{own} {{ __typename id version }}")),
            "SCALAR" | "ENUM" => Some(own.to_owned()),
            _ => None,
        }
    };
    fields.iter().filter_map(selection).collect()
}

on_both_databases! {
    /// Whatever a new field is made of, it is told here if the two ways differ.
    async fn every_field_is_the_same_either_way(app: TestApp) {
        app.import(fixtures::SMALL).await;
        let mut asked = 0;
        for (name, root) in ROOTS {
            let selections = selections(&app, name).await;
            for selection in &selections {
                let object = root.replace("OBJECT", &format!("OBJECT {selection}"));
                is_the_same(&app, &format!("{{ {object} }}")).await;
                asked += 1;
            }
            let all = root.replace("OBJECT", &format!("OBJECT __typename {}", selections.join(" ")));
            let response = is_the_same(&app, &format!("{{ {all} }}")).await;
            assert!(response.text.len() > 100, "{name}: {}", response.text);
        }
        assert!(asked > 80, "{asked} fields");
    }

    /// By an id too, and as of the past.
    async fn nodes_are_the_same_either_way(app: TestApp) {
        app.import(fixtures::SMALL).await;
        let found = app.query("{ models(first: 1) { nodes { id parameters { id } prices { id } capabilities { id } supplier { id } } } }").await;
        let model = &found["models"]["nodes"][0];
        let ids = [&model["id"], &model["parameters"][0]["id"], &model["prices"][0]["id"], &model["capabilities"][0]["id"], &model["supplier"]["id"]];
        for id in ids {
            for query in [
                format!("{{ node(id: {id}) {{ OBJECT }} }}"),
                format!("{{ node(id: {id}) {{ ... on Model {{ OBJECT name supplier {{ name }} }} }} }}"),
                format!("{{ node(id: {id}) {{ ... on Node {{ OBJECT }} ...Named }} }} fragment Named on Model {{ called: name }}"),
            ] {
                is_the_same(&app, &query).await;
            }
        }
        let past = "{ at(time: \"2999-01-01T00:00:00Z\") { models(first: 5) { nodes { OBJECT lifecycleStage prices { amount } } } } }";
        is_the_same(&app, past).await;
        is_the_same(&app, &past.replace("2999", "1999")).await;
    }

    /// Fragments are looked through; what is selected twice, has arguments or is unknown to a plan is left to the library.
    async fn documents_of_any_shape_are_the_same(app: TestApp) {
        app.import(fixtures::SMALL).await;
        for query in [
            "{ models { nodes { ...A } } } fragment A on Model { OBJECT ...B } fragment B on Model { first: name second: name }",
            "{ models { nodes { ... { OBJECT } ... on Model { name } ... on Node { id } } } }",
            "{ models { nodes { OBJECT parameters(names: [\"context_window\"]) { name value } } } }",
            "{ models { nodes { OBJECT supplier { name } supplier { displayName } } } }",
            "query($no: Boolean = false) { models { nodes { OBJECT name @include(if: $no) displayName @skip(if: $no) } } }",
            "{ models { nodes { OBJECT supplier { models(first: 2) { totalCount nodes { name } } } } } }",
            "{ models { nodes { OBJECT successor { name successor { name } } successorChain { name supplier { name } } } } }",
            "{ suppliers { nodes { OBJECT models { nodes { id capabilities { capability { name } } } } } } }",
            "{ categories { nodes { OBJECT parent { path parent { path } } ancestors { path } children { path } } } }",
            "{ models { nodes { OBJECT versions { nodes { label } } pointers { name modelVersion { label } } } } }",
        ] {
            is_the_same(&app, query).await;
        }
    }

    /// A variable that isn't given has its default in conditions too, and one that is given as null has none.
    async fn conditions_know_the_defaults_of_variables(app: TestApp) {
        app.import(fixtures::SMALL).await;
        let query = "query ($with: Boolean! = true, $without: Boolean! = true) { models(first: 1) { nodes { name @include(if: $with) id @skip(if: $without) } } }";
        for (variables, expected) in [
            (json!({}), json!([{ "name": "alpha" }])),
            (json!({ "without": false }), json!([{ "name": "alpha", "id": "Model:1" }])),
            (json!({ "with": false, "without": false }), json!([{ "id": "Model:1" }])),
        ] {
            assert_eq!(app.graphql(query, variables.clone()).await.data()["models"]["nodes"], expected, "{variables}");
        }
        let refused = app.graphql(query, json!({ "with": null })).await;
        assert!(!refused.errors().is_empty(), "{}", refused.text);
    }

    /// A value that can't be read is an error at its place, and empties what must have it.
    async fn errors_are_the_same_either_way(app: TestApp) {
        app.import(fixtures::SMALL).await;
        app.database()
            .execute("UPDATE model_parameters SET parameter_value = 'no number' WHERE parameter_name = 'context_window'")
            .await
            .expect("broken");
        let response = is_the_same(&app, "{ models(first: 100) { nodes { OBJECT parameters { name value } } } }").await;
        assert_eq!(response.errors()[0]["path"][0], "models", "{}", response.text);
    }
}
