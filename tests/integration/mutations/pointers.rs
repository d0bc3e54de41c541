//! Names that point to versions, and can be moved.

use serde_json::{Value, json};

use super::Registry;
use crate::support::on_both_databases;

const POINTERS: &str = "... on Model { pointers { name modelVersion { label } } }";

impl Registry {
    async fn point(&self, model: &str, name: &str, more: Value) -> super::Answer {
        let mut input = json!({ "modelId": model, "name": name });
        super::merge(&mut input, more);
        self.mutate("setModelPointer", "pointer { id version modelVersion { label } }", input).await
    }
}

on_both_databases! {
    /// Pointers are made, moved and deleted, and their history tells where they pointed; `latest` moves by itself.
    async fn pointers_move(registry: Registry) {
        let (_, model) = registry.rich_model().await;
        let first = registry.publish(&model, "1").await;
        let pointer = registry.point(&model, "production", json!({ "versionId": first })).await.id();
        registry.publish(&model, "2").await;
        let at = |name: &str, label: &str| json!({ "name": name, "modelVersion": { "label": label } });
        let pointers = registry.node(&model, POINTERS).await;
        assert_eq!(pointers["pointers"], json!([at("latest", "2"), at("production", "1")]));
        let moved = registry.point(&model, "production", json!({ "label": "2", "expectedVersion": 1 })).await;
        assert_eq!(moved.id(), pointer);
        let history = registry.run(
            "query($id: ID!) { node(id: $id) { ... on ModelPointer { model { pointer(name: \"production\") { modelVersion { label } } }
                history(first: 10) { nodes { operation } } } } }",
            json!({ "id": pointer }),
        ).await;
        assert_eq!(history["node"], json!({
            "model": { "pointer": { "modelVersion": { "label": "2" } } },
            "history": { "nodes": [{ "operation": "UPDATE" }, { "operation": "CREATE" }] },
        }));
        registry.mutate("deleteModelPointer", "pointer { id }", json!({ "id": pointer })).await.ok();
        assert_eq!(registry.node(&model, POINTERS).await["pointers"], json!([at("latest", "2")]));
        registry.point(&model, "production", json!({ "label": "1" })).await.ok();
    }

    /// A pointer points to one version of its own model; `latest` is nobody's to move.
    async fn pointers_are_checked(registry: Registry) {
        let (supplier, model) = registry.rich_model().await;
        let other = registry.model(&supplier, "other", json!({})).await;
        let version = registry.publish(&model, "1").await;
        let foreign = registry.publish(&other, "9").await;
        for (name, more, wrong) in [
            ("production", json!({ "versionId": foreign }), ("versionId", "INVALID")),
            ("production", json!({ "label": "9" }), ("label", "NOT_FOUND")),
            ("production", json!({ "versionId": "ModelVersion:999" }), ("versionId", "NOT_FOUND")),
            ("production", json!({ "versionId": model }), ("versionId", "WRONG_TYPE")),
            ("production", json!({}), ("versionId", "REQUIRED")),
            ("production", json!({ "versionId": version, "label": "1" }), ("label", "INVALID")),
            ("production", json!({ "label": "1", "expectedVersion": 1 }), ("expectedVersion", "CONFLICT")),
            ("Production", json!({ "label": "1" }), ("name", "INVALID")),
            ("latest", json!({ "label": "1" }), ("name", "INVALID")),
        ] {
            assert_eq!(registry.point(&model, name, more.clone()).await.wrong(), [wrong], "{name} {more}");
        }
        registry.point(&model, "production", json!({ "label": "1" })).await.ok();
        let stale = registry.point(&model, "production", json!({ "label": "1", "expectedVersion": 7 })).await;
        assert_eq!(stale.wrong(), [("expectedVersion", "CONFLICT")]);
        let latest = registry.node(&model, "... on Model { pointer(name: \"latest\") { id } }").await;
        let id = json!({ "id": latest["pointer"]["id"] });
        let answer = registry.mutate("deleteModelPointer", "pointer { id }", id).await;
        assert_eq!(answer.wrong(), [("id", "INVALID")]);
    }
}
