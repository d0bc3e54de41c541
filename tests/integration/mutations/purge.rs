//! Purging: what was deleted long enough ago goes for good, and the feed says so.

use serde_json::{Value, json};

use super::{Answer, Registry};
use crate::cli::process::{complaint, modelry, output};
use crate::support::on_both_databases;

/// One model with one of everything, and what the model is made of, deleted with its supplier.
async fn deleted_supplier(registry: &Registry) -> String {
    let supplier = registry.supplier("acme").await;
    registry.capability("vision").await;
    registry.category("llm", None).await;
    let more = json!({
        "aliases": ["one"],
        "parameters": [{ "name": "a", "type": "INT", "value": 1 }],
        "capabilities": [{ "capability": "vision" }],
        "categories": ["llm"],
        "prices": [{ "component": "INPUT", "amount": "1" }],
    });
    registry.model(&supplier, "m", more).await;
    registry.mutate("deleteSupplier", "supplier { id }", json!({ "id": supplier, "cascade": true })).await.ok();
    supplier
}

async fn purge(registry: &Registry, input: Value) -> Answer {
    registry.mutate("purge", "purged { type count } states", input).await
}

async fn numbers(registry: &Registry, sql: &str) -> Vec<String> {
    registry.database.texts(sql).await
}

/// Kinds and operations of the last changes, newest first.
async fn purged_in_feed(registry: &Registry) -> Vec<String> {
    numbers(registry, "SELECT kind AS value FROM changes WHERE operation = 'purge' ORDER BY id").await
}

const ALL_PURGED: [(&str, i32); 7] = [
    ("ModelPrice", 1),
    ("ModelCategory", 1),
    ("ModelCapability", 1),
    ("ModelParameter", 1),
    ("ModelAlias", 1),
    ("Model", 1),
    ("Supplier", 1),
];

fn counts(rows: &[(&str, i32)]) -> Value {
    rows.iter().map(|(kind, count)| json!({ "type": kind, "count": count })).collect()
}

on_both_databases! {
    /// Children go before what they belong to; the feed tells of each; what was before stays in the history.
    async fn what_was_deleted_goes_for_good(registry: Registry) {
        let supplier = deleted_supplier(&registry).await;
        assert_eq!(*purge(&registry, json!({ "olderThanDays": 0 })).await.ok(), counts(&ALL_PURGED));
        let document = "query($id: ID!) { node(id: $id, deleted: INCLUDE) { id } }";
        assert_eq!(registry.run(document, json!({ "id": supplier })).await["node"], Value::Null);
        assert_eq!(purged_in_feed(&registry).await, ALL_PURGED.map(|(kind, _)| kind));
        assert_eq!(numbers(&registry, "SELECT CAST(count(*) AS TEXT) AS value FROM models_history").await, ["2"]);
        let set = "SELECT CAST(count(DISTINCT change_set) AS TEXT) AS value FROM changes WHERE operation = 'purge'";
        assert_eq!(numbers(&registry, set).await, ["1"], "one change set");
        assert_eq!(*purge(&registry, json!({ "olderThanDays": 0 })).await.ok(), counts(&[]), "nothing is left to purge");
    }

    /// With its history, only the removal itself is left; who was reading the feed further back has to start anew.
    async fn the_history_goes_only_if_asked(registry: Registry) {
        deleted_supplier(&registry).await;
        purge(&registry, json!({ "olderThanDays": 0 })).await.ok();
        let purged = "SELECT CAST(purged AS TEXT) AS value FROM change_feed";
        assert_eq!(numbers(&registry, purged).await, ["0"]);
        let answer = purge(&registry, json!({ "olderThanDays": 0, "withHistory": true })).await;
        assert_eq!(*answer.ok(), counts(&[]), "it went before");
        for table in ["suppliers", "models", "model_aliases", "model_parameters", "model_prices"] {
            let left = format!("SELECT CAST(count(*) AS TEXT) AS value FROM {table}_history");
            assert_eq!(numbers(&registry, &left).await, ["0"], "{table}");
        }
        let kept = "SELECT kind || ' ' || operation AS value FROM changes ORDER BY id";
        let expected: Vec<String> = ["Capability create".to_owned(), "Category create".to_owned()]
            .into_iter()
            .chain(ALL_PURGED.map(|(kind, _)| format!("{kind} purge")))
            .collect();
        assert_eq!(numbers(&registry, kept).await, expected);
        let last = "SELECT CAST(min(id) - 1 AS TEXT) AS value FROM changes WHERE operation = 'purge'";
        assert_eq!(numbers(&registry, purged).await, numbers(&registry, last).await);
    }

    /// Nothing younger goes, and a trial leaves everything as it is.
    async fn only_what_is_old_enough_goes(registry: Registry) {
        deleted_supplier(&registry).await;
        assert_eq!(*purge(&registry, json!({ "olderThanDays": 1 })).await.ok(), counts(&[]));
        let sets = "SELECT CAST(count(*) AS TEXT) AS value FROM change_sets";
        let before = numbers(&registry, sets).await;
        let trial = purge(&registry, json!({ "olderThanDays": 0, "withHistory": true, "dryRun": true })).await;
        assert_eq!(*trial.ok(), counts(&ALL_PURGED));
        assert_eq!(numbers(&registry, sets).await, before);
        assert_eq!(numbers(&registry, "SELECT name AS value FROM models").await, ["m"]);
        for (age, code) in [(-1, "OUT_OF_RANGE"), (400_000, "OUT_OF_RANGE")] {
            assert_eq!(purge(&registry, json!({ "olderThanDays": age })).await.wrong(), [("olderThanDays", code)]);
        }
    }

    /// A model that names a purged one as its successor stays, and forgets it; a category stays while one below it does.
    async fn what_others_refer_to(registry: Registry) {
        let supplier = registry.supplier("acme").await;
        let new = registry.model(&supplier, "new", json!({})).await;
        let old = registry.model(&supplier, "old", json!({ "successorId": new })).await;
        registry.mutate("deleteModel", "model { id }", json!({ "id": new })).await.ok();
        let root = registry.category("llm", None).await;
        let leaf = registry.category("chat", Some(&root)).await;
        for id in [&leaf, &root] {
            registry.mutate("deleteCategory", "category { id }", json!({ "id": id })).await.ok();
        }
        registry.database.execute("UPDATE model_categories SET deleted_at = '2999-01-01T00:00:00.000000Z' WHERE name = 'chat'")
            .await
            .expect("a child that is deleted later");
        assert_eq!(*purge(&registry, json!({ "olderThanDays": 0 })).await.ok(), counts(&[("Model", 1)]));
        let model = registry.node(&old, "... on Model { version successor { name } }").await;
        assert_eq!(model, json!({ "version": 2, "successor": null }));
    }

    /// What a published version shows stays in the history, though the row is gone.
    async fn versions_keep_what_they_show(registry: Registry) {
        let supplier = registry.supplier("acme").await;
        let parameter = json!({ "parameters": [{ "name": "a", "type": "INT", "value": 1 }] });
        let model = registry.model(&supplier, "m", parameter).await;
        registry.database.execute(
            "INSERT INTO model_versions (model_id, label, cut, created_at, updated_at) SELECT models.id, 'v1', (SELECT max(id) FROM changes), \
             models.created_at, models.created_at FROM models",
        ).await.expect("a version");
        let set = json!({ "modelId": model, "parameters": [], "replace": true });
        registry.mutate("setModelParameters", "model { id }", set).await.ok();
        let answer = purge(&registry, json!({ "olderThanDays": 0, "withHistory": true })).await;
        assert_eq!(*answer.ok(), counts(&[("ModelParameter", 1)]));
        let states = "SELECT parameter_value || ' ' || (deleted_at IS NULL) AS value FROM model_parameters_history";
        let states = numbers(&registry, states).await;
        assert_eq!(states.len(), 1, "the state that the version shows: {states:?}");
    }

    /// The same by the command line, which the history names as such.
    async fn the_command_line_purges_too(registry: Registry) {
        deleted_supplier(&registry).await;
        let folder = tempfile::tempdir().expect("a folder");
        let url = registry.database.url().to_owned();
        let command = |more: &[&'static str]| {
            let mut arguments = vec!["purge", "--database-url", &url, "--older-than"];
            arguments.extend(more);
            output(&folder, &arguments)
        };
        let said = |more: &[&'static str]| String::from_utf8(command(more).stdout).expect("text");
        assert!(said(&["0", "--dry-run"]).starts_with("7 objects would be purged\n  ModelPrice: 1\n"));
        assert!(said(&["0", "--with-history", "--actor", "admin", "--reason", "tidy"]).starts_with("7 objects purged\n"));
        let author = "SELECT actor || ' ' || channel || ' ' || operation || ' ' || reason AS value FROM change_sets ORDER BY id DESC LIMIT 1";
        assert_eq!(numbers(&registry, author).await, ["admin cli purge tidy"]);
        let refused = complaint(modelry(&folder, &["purge", "--database-url", &url, "--older-than=-1"]));
        assert!(refused.contains("0 to 365250 days"), "{refused}");
    }
}
