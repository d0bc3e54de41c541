//! Soft deletion: names become free, children go along, and what comes back is exactly what went.

use serde_json::{Value, json};

use super::Registry;
use crate::support::on_both_databases;

const WHOLE: &str = "... on Model { aliases { alias } parameters { name } prices(anyDay: true) { amount }
    capabilities { capability { name } } categories { path } }";

fn rich() -> Value {
    json!({
        "aliases": ["one", "two"],
        "parameters": [{ "name": "a", "type": "INT", "value": 1 }, { "name": "b", "type": "INT", "value": 1 }],
        "capabilities": [{ "capability": "vision" }],
        "categories": ["llm"],
        "prices": [{ "component": "INPUT", "amount": "1" }, { "component": "OUTPUT", "amount": "2" }],
    })
}

on_both_databases! {
    /// A successor that is deleted is no successor to those that live; deleted models are found by their supplier.
    async fn deleted_models_are_shown_only_if_asked_for(registry: Registry) {
        let supplier = registry.supplier("acme").await;
        let new = registry.model(&supplier, "new", json!({})).await;
        let old = registry.model(&supplier, "old", json!({ "successorId": new })).await;
        let successor = async || registry.node(&old, "... on Model { successor { name } }").await["successor"].clone();
        assert_eq!(successor().await["name"], "new");
        registry.mutate("deleteModel", "model { id }", json!({ "id": new })).await.ok();
        assert_eq!(successor().await, Value::Null);
        registry.mutate("deleteSupplier", "supplier { id }", json!({ "id": supplier, "cascade": true })).await.ok();
        let found = registry.run(
            "{ models(where: { deleted: ONLY, supplier: { name: { eq: \"acme\" } } }) { nodes { name successor { name } } } }",
            json!({}),
        ).await;
        assert_eq!(found["models"]["nodes"], json!([
            { "name": "new", "successor": null },
            { "name": "old", "successor": { "name": "new" } },
        ]));
    }

    /// A name is free again once its holder is deleted, and is not given back while another holds it.
    async fn deletion_frees_the_name(registry: Registry) {
        let first = registry.supplier("acme").await;
        let create = async || registry.mutate("createSupplier", "supplier { id }", json!({ "name": "acme" })).await;
        assert_eq!(create().await.wrong(), [("name", "TAKEN")]);
        let deleted = registry.mutate("deleteSupplier", "supplier { deletedAt version }", json!({ "id": first })).await;
        assert!(deleted.ok()["deletedAt"].is_string() && deleted.ok()["version"] == 2);
        let second = create().await.id();
        let restore = async || registry.mutate("restoreSupplier", "supplier { id }", json!({ "id": first })).await;
        assert_eq!(restore().await.wrong(), [("id", "TAKEN")]);
        registry.mutate("deleteSupplier", "supplier { id }", json!({ "id": second })).await.ok();
        restore().await.ok();
        restore().await.ok();
        let again = registry.mutate("deleteSupplier", "supplier { id }", json!({ "id": second })).await;
        assert_eq!(again.wrong(), [("id", "NOT_FOUND")]);
    }

    /// A supplier with live models is deleted with them or not at all; what comes back is what went with it.
    async fn a_supplier_comes_back_with_its_models(registry: Registry) {
        registry.capability("vision").await;
        registry.category("llm", None).await;
        let supplier = registry.supplier("acme").await;
        let model = registry.model(&supplier, "m", rich()).await;
        let earlier = registry.model(&supplier, "earlier", json!({})).await;
        registry.mutate("deleteModel", "model { id }", json!({ "id": earlier })).await.ok();
        let node = registry.node(&model, "... on Model { parameters { id } aliases { id } }").await;
        // In one request, so that only the moments of deletion tell the two apart.
        let document = "mutation($b: ID!, $s: ID!) {
            b: deleteModelParameter(input: { id: $b }) { userErrors { code } }
            refused: deleteSupplier(input: { id: $s }) { userErrors { code message } }
            s: deleteSupplier(input: { id: $s, cascade: true }) { supplier { deletedAt } userErrors { code } }
        }";
        let variables = json!({ "b": node["parameters"][1]["id"], "s": supplier });
        let data = registry.run(document, variables).await;
        assert_eq!(data["refused"]["userErrors"][0]["code"], "IN_USE");
        assert!(data["refused"]["userErrors"][0]["message"].as_str().expect("a text").contains("1 live"), "{data}");
        assert_eq!(data["s"]["userErrors"], json!([]));
        assert_eq!(registry.node(&model, "id").await, Value::Null);

        let orphan = registry.mutate("restoreModel", "model { id }", json!({ "id": model })).await;
        assert_eq!(orphan.wrong(), [("id", "NOT_FOUND")]);
        assert!(orphan.messages[0].contains("acme"), "{:?}", orphan.messages);
        registry.mutate("restoreSupplier", "supplier { id }", json!({ "id": supplier })).await.ok();
        assert_eq!(registry.node(&earlier, "id").await, Value::Null);
        assert_eq!(registry.node(&model, WHOLE).await, json!({
            "aliases": [{ "alias": "one" }, { "alias": "two" }],
            "parameters": [{ "name": "a" }],
            "prices": [{ "amount": "1" }, { "amount": "2" }],
            "capabilities": [{ "capability": { "name": "vision" } }],
            "categories": [{ "path": "llm" }],
        }));
    }

    /// What belongs to a model goes and comes with it, at one moment; none of it comes back without it.
    async fn a_model_comes_back_whole(registry: Registry) {
        registry.capability("vision").await;
        registry.category("llm", None).await;
        let supplier = registry.supplier("acme").await;
        let model = registry.model(&supplier, "m", rich()).await;
        let before = registry.node(&model, WHOLE).await;
        let ids = registry.node(&model, "... on Model { parameters { id } prices { id } aliases { id } capabilities { id } }");
        let ids = ids.await;
        registry.mutate("deleteModel", "model { id }", json!({ "id": model })).await.ok();
        for (mutation, object, list) in [
            ("restoreModelParameter", "parameter", "parameters"),
            ("restoreModelPrice", "price", "prices"),
            ("restoreModelAlias", "alias", "aliases"),
            ("restoreModelCapability", "modelCapability", "capabilities"),
        ] {
            let input = json!({ "id": ids[list][0]["id"] });
            let answer = registry.mutate(mutation, &format!("{object} {{ id }}"), input).await;
            assert_eq!(answer.wrong(), [("id", "NOT_FOUND")], "{mutation}");
        }
        let tables = ["models", "model_aliases", "model_parameters", "model_prices", "model_capability_associations",
                      "model_category_associations"];
        let moments = tables.map(|table| format!("SELECT CAST(deleted_at AS TEXT) AS value FROM {table}"));
        let moments = registry.database.texts(&moments.join(" UNION ")).await;
        assert_eq!(moments.len(), 1, "{moments:?}");
        registry.mutate("restoreModel", "model { id }", json!({ "id": model })).await.ok();
        assert_eq!(registry.node(&model, WHOLE).await, before);
    }

    /// A model whose name or alias was taken since stays deleted.
    async fn a_models_names_may_be_taken(registry: Registry) {
        let supplier = registry.supplier("acme").await;
        let model = registry.model(&supplier, "m", json!({ "aliases": ["latest"] })).await;
        registry.mutate("deleteModel", "model { id }", json!({ "id": model })).await.ok();
        let other = registry.model(&supplier, "latest", json!({ "aliases": ["m"] })).await;
        let restore = async || registry.mutate("restoreModel", "model { id }", json!({ "id": model })).await;
        assert_eq!(restore().await.wrong(), [("id", "TAKEN"), ("id", "TAKEN")]);
        registry.mutate("deleteModel", "model { id }", json!({ "id": other })).await.ok();
        restore().await.ok();
    }

    /// Single children are deleted and restored by themselves, unless their key was taken since.
    async fn children_come_back_alone(registry: Registry) {
        let supplier = registry.supplier("acme").await;
        let model = registry.model(&supplier, "m", json!({})).await;
        let parameter = json!({ "modelId": model, "name": "a", "type": "INT", "value": 1 });
        let price = json!({ "modelId": model, "component": "INPUT", "amount": "1" });
        for (kind, object, input) in [("ModelParameter", "parameter", parameter), ("ModelPrice", "price", price)] {
            let selection = format!("{object} {{ id }}");
            let create = async || registry.mutate(&format!("create{kind}"), &selection, input.clone()).await;
            let id = json!({ "id": create().await.id() });
            registry.mutate(&format!("delete{kind}"), &selection, id.clone()).await.ok();
            let second = json!({ "id": create().await.id() });
            let restored = registry.mutate(&format!("restore{kind}"), &selection, id.clone()).await;
            assert_eq!(restored.wrong(), [("id", "TAKEN")], "{kind}");
            registry.mutate(&format!("delete{kind}"), &selection, second).await.ok();
            registry.mutate(&format!("restore{kind}"), &selection, id).await.ok();
        }
    }

    /// A capability that something is known of is deleted with that or not at all, and comes back with it.
    async fn a_capability_comes_back_with_what_is_known(registry: Registry) {
        let vision = registry.capability("vision").await;
        let supplier = registry.supplier("acme").await;
        let model = registry.model(&supplier, "m", json!({ "capabilities": [{ "capability": "vision" }] })).await;
        let delete = async |cascade: bool| {
            let input = json!({ "id": vision, "cascade": cascade });
            registry.mutate("deleteCapability", "capability { id }", input).await
        };
        assert_eq!(delete(false).await.wrong(), [("id", "IN_USE")]);
        delete(true).await.ok();
        let known = async || registry.node(&model, "... on Model { capabilities { support } }").await["capabilities"].clone();
        assert_eq!(known().await, json!([]));
        registry.mutate("restoreCapability", "capability { id }", json!({ "id": vision })).await.ok();
        assert_eq!(known().await, json!([{ "support": "SUPPORTED" }]));
    }
}
