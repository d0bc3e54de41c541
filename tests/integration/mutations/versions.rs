//! Versions of models: what they hold, and what differs between them.

use serde_json::{Value, json};

use super::Registry;
use crate::support::on_both_databases;

impl Registry {
    /// A model with one of everything, and its supplier.
    pub(super) async fn rich_model(&self) -> (String, String) {
        let supplier = self.supplier("acme").await;
        self.capability("vision").await;
        self.category("llm", None).await;
        let model = self.model(
            &supplier,
            "m",
            json!({
                "displayName": "Model",
                "aliases": ["m-latest"],
                "parameters": [{ "name": "context_window", "type": "INT", "value": 1000 }],
                "capabilities": [{ "capability": "vision", "config": { "maxImages": 4 } }],
                "categories": ["llm"],
                "prices": [{ "component": "INPUT", "amount": "2.5" }],
            }),
        );
        let model = model.await;
        (supplier, model)
    }

    /// Publishes a version; its id.
    pub(super) async fn publish(&self, model: &str, label: &str) -> String {
        let input = json!({ "modelId": model, "label": label });
        self.mutate("publishModelVersion", "modelVersion { id }", input).await.id()
    }

    /// What differs between two states.
    pub(super) async fn compare(&self, a: Value, b: Value) -> Value {
        let document = format!(
            "query($a: ModelStateRef!, $b: ModelStateRef!) {{ compareModelVersions(a: $a, b: $b) {{ identical {DIFFERENCES} }} }}"
        );
        self.run(&document, json!({ "a": a, "b": b })).await["compareModelVersions"].clone()
    }

    /// Changes every kind of thing about the rich model.
    pub(super) async fn change_everything(&self, model: &str) {
        let update = json!({ "id": model, "displayName": "Renamed", "isActive": false });
        self.mutate("updateModel", "model { id }", update).await.ok();
        let parts = self.node(model, "... on Model { aliases { id } prices { id } }").await;
        let alias = json!({ "id": parts["aliases"][0]["id"] });
        self.mutate("deleteModelAlias", "alias { id }", alias).await.ok();
        let alias = json!({ "modelId": model, "alias": "m-stable" });
        self.mutate("createModelAlias", "alias { id }", alias).await.ok();
        let price = json!({ "id": parts["prices"][0]["id"], "amount": "3" });
        self.mutate("updateModelPrice", "price { id }", price).await.ok();
        let capabilities = json!({ "modelId": model, "capabilities": ["vision"] });
        self.mutate("detachCapabilities", "model { id }", capabilities).await.ok();
        let parameters = json!({ "modelId": model, "parameters": [
            { "name": "context_window", "type": "INT", "value": 2000 },
            { "name": "streaming", "type": "BOOL", "value": true },
        ] });
        self.mutate("setModelParameters", "model { id }", parameters).await.ok();
        let removal = json!({ "modelId": model, "categories": ["llm"] });
        self.mutate("detachCategories", "model { id }", removal).await.ok();
    }
}

/// Every kind of difference.
pub(super) const DIFFERENCES: &str = "differences { __typename
    ... on FieldDifference { change field before after }
    ... on AliasDifference { change alias }
    ... on ParameterDifference { change name before { value } after { value } }
    ... on CapabilityDifference { change name before { config support } after { config } }
    ... on CategoryDifference { change path }
    ... on PriceDifference { change component before after } }";

/// All that is to be told of `change_everything`.
pub(super) fn everything_changed() -> Value {
    json!([
        { "__typename": "FieldDifference", "change": "CHANGED", "field": "displayName", "before": "Model", "after": "Renamed" },
        { "__typename": "FieldDifference", "change": "CHANGED", "field": "isActive", "before": true, "after": false },
        { "__typename": "AliasDifference", "change": "REMOVED", "alias": "m-latest" },
        { "__typename": "AliasDifference", "change": "ADDED", "alias": "m-stable" },
        { "__typename": "ParameterDifference", "change": "CHANGED", "name": "context_window",
          "before": { "value": 1000 }, "after": { "value": 2000 } },
        { "__typename": "ParameterDifference", "change": "ADDED", "name": "streaming",
          "before": null, "after": { "value": true } },
        { "__typename": "CapabilityDifference", "change": "REMOVED", "name": "vision",
          "before": { "config": { "maxImages": 4 }, "support": "SUPPORTED" }, "after": null },
        { "__typename": "CategoryDifference", "change": "REMOVED", "path": "llm" },
        { "__typename": "PriceDifference", "change": "CHANGED", "component": "INPUT", "before": "2.5", "after": "3" },
    ])
}

const CONTENT: &str =
    "... on ModelVersion { label notes pointers { name } model { name } content { name supplier displayName
    isActive aliases categories parameters { name type value } capabilities { capability support config }
    prices { component amount currency } } }";

on_both_databases! {
    /// A version holds the model as it was when it was published, whatever becomes of it.
    async fn a_version_stays_as_it_was(registry: Registry) {
        let (_, model) = registry.rich_model().await;
        let input = json!({ "modelId": model, "label": "1.0", "notes": "First." });
        let version = registry.mutate("publishModelVersion", "modelVersion { id changeSet: createdAt }", input).await.id();
        let content = registry.node(&version, CONTENT).await;
        assert_eq!(content, json!({
            "label": "1.0", "notes": "First.", "pointers": [{ "name": "latest" }], "model": { "name": "m" },
            "content": {
                "name": "m", "supplier": "acme", "displayName": "Model", "isActive": true, "aliases": ["m-latest"],
                "categories": ["llm"], "parameters": [{ "name": "context_window", "type": "INT", "value": 1000 }],
                "capabilities": [{ "capability": "vision", "support": "SUPPORTED", "config": { "maxImages": 4 } }],
                "prices": [{ "component": "INPUT", "amount": "2.5", "currency": "USD" }],
            },
        }));
        registry.change_everything(&model).await;
        assert_eq!(registry.node(&version, CONTENT).await, content);
    }

    /// Versions are listed newest first and found by label; a whole page's contents cost what one's does.
    async fn versions_are_listed(registry: Registry) {
        let (_, model) = registry.rich_model().await;
        for label in ["1", "2", "3"] {
            registry.publish(&model, label).await;
        }
        let document = "query($id: ID!, $first: Int) { node(id: $id) { ... on Model {
            versions(first: $first) { totalCount nodes { label content { name } } pageInfo { hasNextPage } }
            versionLabelled(label: \"2\") { label } missing: versionLabelled(label: \"9\") { label } } } }";
        let found = registry.run(document, json!({ "id": model, "first": 2 })).await["node"].clone();
        let named = |label: &str| json!({ "label": label, "content": { "name": "m" } });
        assert_eq!(found, json!({
            "versions": { "totalCount": 3, "nodes": [named("3"), named("2")], "pageInfo": { "hasNextPage": true } },
            "versionLabelled": { "label": "2" }, "missing": null,
        }));
    }

    /// A label is taken once in a model, and must be one.
    async fn labels_are_checked(registry: Registry) {
        let (supplier, model) = registry.rich_model().await;
        let other = registry.model(&supplier, "other", json!({})).await;
        let publish = async |model: &str, label: &str| {
            let input = json!({ "modelId": model, "label": label });
            registry.mutate("publishModelVersion", "modelVersion { id }", input).await
        };
        publish(&model, "1").await.ok();
        publish(&other, "1").await.ok();
        assert_eq!(publish(&model, "1").await.wrong(), [("label", "TAKEN")]);
        assert_eq!(publish(&model, " 1").await.wrong(), [("label", "INVALID")]);
        assert_eq!(publish("Model:999", "1").await.wrong(), [("modelId", "NOT_FOUND")]);
        let input = json!({ "modelId": model, "label": "2", "notes": "x".repeat(10_001) });
        let answer = registry.mutate("publishModelVersion", "modelVersion { id }", input).await;
        assert_eq!(answer.wrong(), [("notes", "TOO_LONG")]);
    }

    /// Versions and pointers go with their model, and come back with it.
    async fn versions_go_with_their_model(registry: Registry) {
        let (_, model) = registry.rich_model().await;
        let version = registry.publish(&model, "1").await;
        registry.mutate("deleteModel", "model { id }", json!({ "id": model })).await.ok();
        assert_eq!(registry.node(&version, CONTENT).await, Value::Null);
        registry.mutate("restoreModel", "model { id }", json!({ "id": model })).await.ok();
        assert_eq!(registry.node(&version, CONTENT).await["pointers"], json!([{ "name": "latest" }]));
    }

    /// Two versions, two moments and two change sets of a model can be compared, in any mixture.
    async fn states_are_compared(registry: Registry) {
        let (_, model) = registry.rich_model().await;
        let before = registry.publish(&model, "before").await;
        let set = registry.last_change_set().await;
        let moment = registry.run("{ changeSets(first: 1) { nodes { createdAt } } }", json!({})).await;
        let moment = moment["changeSets"]["nodes"][0]["createdAt"].clone();
        registry.change_everything(&model).await;
        let after = registry.publish(&model, "after").await;
        for a in [
            json!({ "version": before }),
            json!({ "model": model, "time": moment }),
            json!({ "model": model, "changeSet": set }),
        ] {
            for b in [json!({ "version": after }), json!({ "model": model })] {
                let found = registry.compare(a.clone(), b.clone()).await;
                assert_eq!(found["differences"], everything_changed(), "{a} {b}");
                assert_eq!(found["identical"], false);
            }
        }
        let same = registry.compare(json!({ "version": after }), json!({ "model": model })).await;
        assert_eq!(same, json!({ "identical": true, "differences": [] }));
    }

    /// Different models are compared by the names of what belongs to them.
    async fn models_are_compared(registry: Registry) {
        let (supplier, model) = registry.rich_model().await;
        let other = registry.model(&supplier, "n", json!({
            "displayName": "Model",
            "parameters": [{ "name": "context_window", "type": "INT", "value": 1000 }],
            "capabilities": [{ "capability": "vision", "config": { "maxImages": 4 } }],
            "prices": [{ "component": "INPUT", "amount": "2.5" }],
        })).await;
        let found = registry.compare(json!({ "model": model }), json!({ "model": other })).await;
        assert_eq!(found["differences"], json!([
            { "__typename": "FieldDifference", "change": "CHANGED", "field": "name", "before": "m", "after": "n" },
            { "__typename": "AliasDifference", "change": "REMOVED", "alias": "m-latest" },
            { "__typename": "CategoryDifference", "change": "REMOVED", "path": "llm" },
        ]));
    }

    /// A state is named in one of the ways there are, and must exist.
    async fn states_are_named_in_one_way(registry: Registry) {
        let (_, model) = registry.rich_model().await;
        let version = registry.publish(&model, "1").await;
        let set = registry.last_change_set().await;
        let document = "query($a: ModelStateRef!, $b: ModelStateRef!) { compareModelVersions(a: $a, b: $b) { identical } }";
        for (b, said) in [
            (json!({}), "b: give version alone"),
            (json!({ "version": version, "model": model }), "b: give version alone"),
            (json!({ "time": "2026-01-01T00:00:00Z" }), "b: give version alone"),
            (json!({ "model": model, "time": "2026-01-01T00:00:00Z", "changeSet": set }), "b: give version alone"),
            (json!({ "model": version }), "b.model: "),
            (json!({ "version": "ModelVersion:999" }), "b.version: there is no such version"),
            (json!({ "model": "Model:999" }), "b: the model isn't there"),
            (json!({ "model": model, "changeSet": "ChangeSet:999" }), "b.changeSet: there is no such change set"),
            (json!({ "model": model, "time": "2000-01-01T00:00:00Z" }), "b: the model isn't there"),
        ] {
            let refusal = registry.refusal(document, json!({ "a": { "model": model }, "b": b })).await;
            assert!(refusal.starts_with(said), "{refusal}");
        }
    }
}

impl Registry {
    /// The id of the change set that was made last.
    pub(super) async fn last_change_set(&self) -> String {
        let found = self.run("{ changeSets(first: 1) { nodes { id } } }", json!({})).await;
        found["changeSets"]["nodes"][0]["id"].as_str().expect("an id").to_owned()
    }
}
