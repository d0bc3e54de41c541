//! The documents that clients are known to send, as they send them. Names in them don't change.

use serde_json::{Value, json};

use crate::support::{DatabaseKind, Fixture as _, Response, SmallCatalogue, on_both_databases};

const LIST: &str = include_str!("documents/list.graphql");
const PICK: &str = include_str!("documents/pick.graphql");
const ONE: &str = include_str!("documents/one.graphql");
const BY_ID: &str = include_str!("documents/by-id.graphql");
const TREE: &str = include_str!("documents/tree.graphql");
const SEARCH: &str = include_str!("documents/search.graphql");
const DESCRIBE: &str = include_str!("documents/describe.graphql");
const NEW: &str = include_str!("documents/new.graphql");

on_both_databases! {
    /// All about the models of a type, page by page.
    async fn list(app: SmallCatalogue) {
        let mut response = app.graphql(LIST, json!({ "type": "LANGUAGE" })).await;
        assert_eq!(response.statements(), 7, "the page, the count, and one for each relation");
        let info = response.json["data"]["models"]["pageInfo"].take();
        let after = app.graphql(LIST, json!({ "type": "LANGUAGE", "after": info["endCursor"] })).await;
        insta::assert_json_snapshot!("list", response.data());
        assert_eq!(info["hasNextPage"], false);
        assert_eq!(after.data()["models"]["nodes"], json!([]), "nothing is behind the last one");
    }

    /// The cheapest models with these abilities, and how the choice falls into groups.
    async fn pick(app: SmallCatalogue) {
        assert_eq!(app.query(PICK).await, json!({ "models": {
            "facets": {
                "suppliers": [{ "value": "acme", "count": 1 }],
                "capabilities": [
                    { "value": "reasoning", "count": 1 },
                    { "value": "tool_calling", "count": 1 },
                    { "value": "vision", "count": 1 },
                ],
            },
            "nodes": [{ "name": "beta", "supplier": { "name": "acme" } }],
        } }));
    }

    /// A model by the names that its API has for it and its supplier.
    async fn one(app: SmallCatalogue) {
        let found = app.graphql(ONE, json!({ "supplier": "moonshot", "name": "kimi" })).await;
        let model = &found.data()["model"];
        assert_eq!(model["supplier"], json!({ "name": "moonshot" }));
        assert_eq!(model["name"], "kimi");
        assert!(model["id"].as_str().is_some_and(|id| id.starts_with("Model:")), "{model}");
        let missing = app.graphql(ONE, json!({ "supplier": "moonshot", "name": "beta" })).await;
        assert_eq!(missing.data(), &json!({ "model": null }));
    }

    /// Any object by its id.
    async fn by_id(app: SmallCatalogue) {
        let gamma = app.query("{ model(supplier: \"acme\", name: \"gamma-embed\") { id } }").await;
        let id = &gamma["model"]["id"];
        let model = app.graphql(BY_ID, json!({ "id": id })).await;
        assert_eq!(model.data(), &json!({ "node": {
            "id": id,
            "name": "gamma-embed",
            "parameters": [{ "name": "context_window", "value": 8192 }],
        } }));
        let supplier = app.graphql(BY_ID, json!({ "id": "Supplier:1" })).await;
        assert_eq!(supplier.data(), &json!({ "node": { "id": "Supplier:1" } }));
    }

    /// The tree of categories, by position.
    async fn tree(app: SmallCatalogue) {
        assert_eq!(app.query(TREE).await, json!({ "categoryTree": [
            { "name": "embedding", "children": [{ "name": "text", "children": [] }] },
            { "name": "llm", "children": [
                { "name": "reasoning", "children": [] },
                { "name": "chat", "children": [{ "name": "long" }] },
            ] },
            { "name": "llm-old", "children": [] },
        ] }));
    }

    /// Models by words in their texts.
    async fn search(app: SmallCatalogue) {
        let found = app.graphql(SEARCH, json!({ "q": "上下文" })).await;
        assert_eq!(found.data(), &json!({ "models": { "totalCount": 1, "nodes": [{ "name": "kimi" }] } }));
    }

    /// A model gets another description, or none.
    async fn describe(app: SmallCatalogue) {
        let beta = app.query("{ model(supplier: \"acme\", name: \"beta\") { id } }").await;
        let id = &beta["model"]["id"];
        for text in [json!("用于测试"), json!(null)] {
            let changed = app.graphql(DESCRIBE, json!({ "id": id, "text": text })).await;
            assert_eq!(changed.data(), &json!({ "updateModel": { "model": { "id": id, "description": text }, "userErrors": [] } }));
        }
    }

    /// A model is entered with what belongs to it; a name that is taken is told with its path.
    async fn new(app: SmallCatalogue) {
        let acme = app.query("{ supplier(name: \"acme\") { id } }").await;
        let input = json!({
            "supplierId": acme["supplier"]["id"], "name": "omega", "displayName": "Omega", "modelType": "LANGUAGE", "subType": "chat",
            "parameters": [{ "name": "context_window", "type": "INT", "value": 4096 }],
            "capabilities": [{ "capability": "vision", "config": { "maxImages": 2 } }],
            "categories": ["llm"],
        });
        let created = app.graphql(NEW, json!({ "input": input })).await;
        let id = &created.data()["createModel"]["model"]["id"];
        assert_eq!(created.data()["createModel"]["userErrors"], json!([]));
        let found = app.graphql(BY_ID, json!({ "id": id })).await;
        assert_eq!(found.data(), &json!({ "node": {
            "id": id, "name": "omega", "parameters": [{ "name": "context_window", "value": 4096 }],
        } }));
        let refused = app.graphql(NEW, json!({ "input": input })).await;
        let payload = &refused.data()["createModel"];
        assert_eq!((refused.status, &payload["model"]), (200, &json!(null)));
        assert_eq!(payload["userErrors"][0]["field"], json!(["name"]), "{payload}");
        assert_eq!(payload["userErrors"][0]["code"], "TAKEN", "{payload}");
    }

    /// Keys of every object stand as the document has them, whichever field was ready first.
    async fn keys_come_in_the_order_of_the_selection(app: SmallCatalogue) {
        let query = "{ z: models(first: 2) { totalCount nodes { prices { unit amount } name supplier { name id } id } }
                       a: suppliers(first: 1) { nodes { name id } totalCount } }";
        let response = app.graphql(query, json!({})).await;
        let expected = r#"{"data":{"z":{"totalCount":7,"nodes":[{"prices":[{"unit":"1M tokens","amount":"1.25"},{"#;
        assert!(response.text.starts_with(expected), "{}", response.text);
        let keys = |value: &Value| value.as_object().expect("an object").keys().cloned().collect::<Vec<_>>();
        assert_eq!(keys(&response.data()["z"]["nodes"][1]), ["prices", "name", "supplier", "id"]);
        assert_eq!(keys(&response.data()["a"]), ["nodes", "totalCount"]);
    }

    /// A field that can't be null and fails takes the nearest object with it that can be; the rest is answered.
    async fn a_failing_field_empties_the_nearest_that_may_be_empty(app: SmallCatalogue) {
        app.database().execute("UPDATE model_parameters SET parameter_value = 'soon' WHERE id = 1").await.expect("damage");
        let query = "{ good: supplier(name: \"acme\") { name }
                       bad: model(supplier: \"acme\", name: \"alpha\") { name parameters { name value } } }";
        let response = app.graphql(query, json!({})).await;
        assert_eq!(response.status, 200);
        assert_eq!(response.json["data"], json!({ "good": { "name": "acme" }, "bad": null }));
        let path = response.errors()[0]["path"].to_string();
        assert!(path.starts_with(r#"["bad","parameters",0"#), "{path}");
    }

    /// What a client of this schema caches by: ids of all objects that one document meets are different.
    async fn ids_are_unique_across_types(app: SmallCatalogue) {
        let query = "{ models { nodes { id supplier { id } aliases { id } parameters { id } prices { id } categories { id }
                       capabilities { id capability { id } } } } }";
        let data = app.query(query).await;
        let mut ids = Vec::new();
        collect_ids(&data, &mut ids);
        ids.sort();
        ids.dedup();
        let types: Vec<&str> = ids.iter().map(|id| id.split(':').next().unwrap_or_default()).collect();
        let mut distinct = types.clone();
        distinct.dedup();
        assert_eq!(distinct, [
            "Capability", "Category", "Model", "ModelAlias", "ModelCapability", "ModelParameter", "ModelPrice", "Supplier",
        ]);
        assert_eq!(types.iter().filter(|name| **name == "Model").count(), 7);
    }
}

fn collect_ids(value: &Value, ids: &mut Vec<String>) {
    match value {
        Value::Object(fields) => {
            ids.extend(fields.get("id").and_then(Value::as_str).map(str::to_owned));
            fields.values().for_each(|field| collect_ids(field, ids));
        }
        Value::Array(items) => items.iter().for_each(|item| collect_ids(item, ids)),
        _ => {}
    }
}

/// Everything about one model, in the words of both databases.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn both_databases_answer_alike() {
    let query = include_str!("documents/everything.graphql");
    let mut answers = Vec::new();
    for kind in [DatabaseKind::Sqlite, DatabaseKind::Postgres] {
        let app = SmallCatalogue::on(kind).await;
        let response: Response = app.graphql(query, json!({})).await;
        answers.push(response.data().clone());
    }
    assert_eq!(answers[0], answers[1]);
    insta::assert_json_snapshot!("everything", answers[0]);
}
