//! What mutations and imports leave in the history.

use serde_json::{Value, json};
use tempfile::TempDir;

use super::tables::{assert_whole, change_sets};
use crate::support::{EmptyDatabase, SmallCatalogue, TestApp, each, fixtures, on_both_databases};

/// Executes a mutation, and answers its payload, which may have user errors.
pub async fn attempt(app: &TestApp, mutation: &str, selection: &str, input: Value) -> Value {
    let (initial, rest) = mutation.split_at(1);
    let of = format!("{}{rest}Input", initial.to_uppercase());
    let document = format!(
        "mutation($input: {of}!) {{ {mutation}(input: $input) {{ {selection} userErrors {{ field code message }} }} }}"
    );
    app.graphql(&document, json!({ "input": input })).await.data()[mutation].clone()
}

/// Executes a mutation, in which nothing may be wrong.
pub async fn mutate(app: &TestApp, mutation: &str, selection: &str, input: Value) -> Value {
    let payload = attempt(app, mutation, selection, input).await;
    assert_eq!(payload["userErrors"], json!([]), "{mutation}");
    payload
}

const CHANGE_SET: &str = "changeSet { id databaseId operation reason totalCount summary { type operation count } }";

on_both_databases! {
    /// A deletion with all that it takes is one change set, and so is the restoration.
    async fn cascades_are_one_change_set(app: SmallCatalogue) {
        let before = change_sets(app.database()).await;
        let data = app.query("{ supplier(name: \"acme\") { id models { totalCount } } }").await;
        let (id, models) = (&data["supplier"]["id"], &data["supplier"]["models"]["totalCount"]);
        let input = json!({ "id": id, "cascade": true, "reason": "closed" });
        let deleted = mutate(&app, "deleteSupplier", CHANGE_SET, input).await["changeSet"].clone();
        assert_eq!((&deleted["operation"], &deleted["reason"]), (&json!("deleteSupplier"), &json!("closed")));
        let summary = deleted["summary"].as_array().expect("a list");
        assert!(summary.contains(&json!({ "type": "MODEL", "operation": "DELETE", "count": models })), "{summary:?}");
        assert!(summary.iter().all(|count| count["operation"] == "DELETE"), "{summary:?}");
        let restored = mutate(&app, "restoreSupplier", CHANGE_SET, json!({ "id": id })).await["changeSet"].clone();
        assert_eq!(restored["totalCount"], deleted["totalCount"]);
        assert!(restored["summary"].as_array().expect("a list").iter().all(|count| count["operation"] == "RESTORE"));
        assert_eq!(change_sets(app.database()).await, before + 2);
        assert_whole(app.database(), "restoring").await;
    }

    /// What is refused, or changes nothing, leaves no change set.
    async fn nothing_leaves_nothing(app: SmallCatalogue) {
        let before = change_sets(app.database()).await;
        let data = app.query("{ supplier(name: \"acme\") { id displayName } model(supplier: \"acme\", name: \"alpha\") { id } }").await;
        let (supplier, shown) = (&data["supplier"]["id"], &data["supplier"]["displayName"]);
        for (mutation, input, refused) in [
            ("createSupplier", json!({ "name": "acme" }), true),
            ("updateSupplier", json!({ "id": supplier, "name": "no name" }), true),
            ("deleteSupplier", json!({ "id": supplier }), true),
            ("updateSupplier", json!({ "id": supplier, "displayName": shown }), false),
            ("updateSupplier", json!({ "id": supplier, "displayName": "x", "expectedVersion": 99 }), true),
            ("updateSupplier", json!({ "id": supplier, "displayName": "x", "reason": "x".repeat(10_001) }), true),
            ("restoreSupplier", json!({ "id": supplier }), false),
        ] {
            let payload = attempt(&app, mutation, "changeSet { id }", input.clone()).await;
            assert_eq!(payload["changeSet"], Value::Null, "{mutation} {input}");
            assert_eq!(payload["userErrors"] != json!([]), refused, "{mutation} {input}: {payload}");
        }
        assert_eq!(change_sets(app.database()).await, before);
    }

    /// Mutations of one document are a change set each, and each answers with its own, or with none.
    async fn each_mutation_has_its_own(app: SmallCatalogue) {
        let document = "mutation { a: createSupplier(input: { name: \"a\" }) { supplier { id } changeSet { databaseId changes { nodes { objectId } } } }
            same: updateModel(input: { id: \"Model:1\" }) { changeSet { databaseId } }
            b: createSupplier(input: { name: \"b\" }) { supplier { id } changeSet { databaseId changes { nodes { objectId } } } } }";
        let data = app.query(document).await;
        assert_eq!(data["same"]["changeSet"], Value::Null);
        for name in ["a", "b"] {
            assert_eq!(data[name]["changeSet"]["changes"]["nodes"], json!([{ "objectId": data[name]["supplier"]["id"] }]));
        }
        assert!(data["a"]["changeSet"]["databaseId"].as_i64() < data["b"]["changeSet"]["databaseId"].as_i64());
    }

    /// A clock that goes backwards changes nothing of the order: moments increase all the same.
    async fn a_clock_that_is_set_back_keeps_the_order(app: TestApp) {
        for (name, now) in [("a", "2026-06-15T12:00:00Z"), ("b", "2026-01-01T00:00:00Z"), ("c", "2026-01-01T00:00:00Z")] {
            app.parts().clock().set(serde_json::from_value(json!(now)).expect("a moment"));
            mutate(&app, "createSupplier", "supplier { id }", json!({ "name": name })).await;
        }
        let data = app.query("{ changeSets { nodes { databaseId createdAt } } changes { nodes { after } } suppliers { nodes { createdAt } } }").await;
        let moments: Vec<&str> = each(&data["changeSets"]["nodes"], "createdAt");
        assert!(moments.is_sorted_by(|newer, older| newer > older), "{moments:?}");
        assert!(moments.iter().all(|moment| moment.starts_with("2026-06-15T12:00:00")), "{moments:?}");
        let changes = data["changes"]["nodes"].as_array().expect("changes");
        let names: Vec<&str> = changes.iter().map(|change| change["after"]["name"].as_str().expect("a name")).collect();
        assert_eq!(names, ["a", "b", "c"]);
    }

    /// An import is one change set, with its author, reason and file; one that changes nothing is none.
    async fn an_import_is_one_change_set(database: EmptyDatabase) {
        let folder = TempDir::new().expect("a folder");
        std::fs::write(folder.path().join("small.jsonl"), fixtures::SMALL).expect("written");
        let arguments = ["import", "modelry", "small.jsonl", "--actor", "ada", "--reason", "the first", "--as-of", "2026-03-01", "--json", "--database-url", database.url()];
        for number in [json!(1), Value::Null] {
            let output = crate::cli::process::output(&folder, &arguments);
            assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
            let report: Value = serde_json::from_slice(&output.stdout).expect("a report");
            assert_eq!(report["change_set"], number);
        }
        let app = TestApp::over(database.into_inner(), |_| {}).await;
        let data = app.query("{ changeSets { nodes { actor channel operation reason source { format name hash date } summary { operation count } } } }").await;
        let sets = data["changeSets"]["nodes"].as_array().expect("change sets");
        assert_eq!(sets.len(), 1);
        assert!(sets[0]["summary"].as_array().expect("a list").iter().all(|count| count["operation"] == "CREATE"));
        let source = &sets[0]["source"];
        assert_eq!(source["hash"].as_str().map(str::len), Some(64));
        assert_eq!((&source["format"], &source["name"], &source["date"]), (&json!("modelry"), &json!("small.jsonl"), &json!("2026-03-01")));
        let expected = json!(["ada", "IMPORT", "importCatalogue", "the first"]);
        assert_eq!(json!([sets[0]["actor"], sets[0]["channel"], sets[0]["operation"], sets[0]["reason"]]), expected);
        assert_whole(app.database(), "an import").await;
    }
}
