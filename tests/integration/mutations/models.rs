//! Models: their names, their defaults, their successors, and what is known of their abilities.

use futures_util::future::join_all;
use serde_json::{Value, json};

use super::{Registry, model_input};
use crate::support::on_both_databases;

on_both_databases! {
    /// A model is entered with all that belongs to it, and read back so.
    async fn a_model_is_entered_whole(registry: Registry) {
        let supplier = registry.supplier("acme").await;
        let vision = registry.capability("vision").await;
        registry.capability("tool_calling").await;
        registry.category("llm", None).await;
        let input = model_input(&supplier, "m-1", json!({
            "displayName": "模型", "subType": "chat", "releasedOn": "2025-06", "retiresOn": "2027-01-01",
            "aliases": ["m-latest"],
            "parameters": [{ "name": "context_window", "type": "INT", "value": 128_000 }],
            "capabilities": [
                { "capability": vision, "config": { "maxImages": 4 } },
                { "capability": "tool_calling", "support": "UNSUPPORTED", "config": "none" },
            ],
            "categories": ["llm"],
            "prices": [{ "component": "INPUT", "amount": "2.5" }],
        }));
        let selection = "model { name displayName isActive isDefault lifecycleStage releasedOn retiresOn supplier { name }
            aliases { alias } parameters { name value } capabilities { support config capability { name } }
            categories { path } prices { amount serviceMode minContextTokens } }";
        let answer = registry.mutate("createModel", selection, input).await;
        assert_eq!(answer.ok(), &json!({
            "name": "m-1", "displayName": "模型", "isActive": true, "isDefault": false, "lifecycleStage": "ACTIVE",
            "releasedOn": "2025-06", "retiresOn": "2027-01-01", "supplier": { "name": "acme" },
            "aliases": [{ "alias": "m-latest" }],
            "parameters": [{ "name": "context_window", "value": 128_000 }],
            "capabilities": [
                { "support": "UNSUPPORTED", "config": "none", "capability": { "name": "tool_calling" } },
                { "support": "SUPPORTED", "config": { "maxImages": 4 }, "capability": { "name": "vision" } },
            ],
            "categories": [{ "path": "llm" }],
            "prices": [{ "amount": "2.5", "serviceMode": "STANDARD", "minContextTokens": 0 }],
        }));
    }

    /// Within a supplier, no two live models answer to the same name, by their own names or by aliases.
    async fn names_and_aliases_are_one_namespace(registry: Registry) {
        let supplier = registry.supplier("acme").await;
        let a = registry.model(&supplier, "a", json!({ "aliases": ["a-latest"] })).await;
        let b = registry.model(&supplier, "b", json!({})).await;
        let create = async |name: &str, aliases: Value| {
            let input = model_input(&supplier, name, json!({ "aliases": aliases }));
            registry.mutate("createModel", "model { id }", input).await
        };
        assert_eq!(create("a", json!([])).await.wrong(), [("name", "TAKEN")]);
        assert_eq!(create("a-latest", json!([])).await.wrong(), [("name", "TAKEN")]);
        assert_eq!(create("c", json!(["b", "a-latest", "c"])).await.wrong(), [
            ("aliases.2", "TAKEN"), ("aliases.0", "TAKEN"), ("aliases.1", "TAKEN"),
        ]);
        let alias = async |model: &str, alias: &str| {
            registry.mutate("createModelAlias", "alias { id }", json!({ "modelId": model, "alias": alias })).await
        };
        assert_eq!(alias(&b, "a").await.wrong(), [("alias", "TAKEN")]);
        assert_eq!(alias(&b, "a-latest").await.wrong(), [("alias", "TAKEN")]);
        let rename = json!({ "id": b, "name": "a-latest" });
        assert_eq!(registry.mutate("updateModel", "model { id }", rename).await.wrong(), [("name", "TAKEN")]);
        let elsewhere = registry.supplier("other").await;
        registry.model(&elsewhere, "a-latest", json!({})).await;

        let node = registry.node(&a, "... on Model { aliases { id } }").await;
        let id = node["aliases"][0]["id"].as_str().expect("an alias").to_owned();
        registry.mutate("deleteModelAlias", "alias { id }", json!({ "id": id })).await.ok();
        alias(&b, "a-latest").await.ok();
        let restored = registry.mutate("restoreModelAlias", "alias { id }", json!({ "id": id })).await;
        assert_eq!(restored.wrong(), [("id", "TAKEN")]);
    }

    /// Of requests that enter the same name at once, one does, and the others are told that it is taken.
    async fn one_of_many_gets_a_name(registry: Registry) {
        let create = || registry.mutate("createSupplier", "supplier { id }", json!({ "name": "acme" }));
        let answers = join_all((0..6).map(|_| create())).await;
        let refused = answers.iter().filter(|answer| !answer.errors.is_empty());
        assert!(refused.clone().all(|answer| answer.wrong() == [("name", "TAKEN")]));
        assert_eq!(refused.count(), 5);

        let supplier = answers.iter().find(|answer| answer.errors.is_empty()).expect("one").id();
        let model = |alias: &str| model_input(&supplier, "m", json!({ "aliases": [alias], "isDefault": true }));
        let create = |alias| registry.mutate("createModel", "model { id }", model(alias));
        let answers = join_all(["a", "b", "c", "d"].map(create)).await;
        assert_eq!(answers.iter().filter(|answer| answer.errors.is_empty()).count(), 1);
    }

    /// A kind of model has one default: a new one takes it from the old one.
    async fn a_default_is_taken_over(registry: Registry) {
        let supplier = registry.supplier("acme").await;
        let chat = json!({ "subType": "chat", "isDefault": true });
        let a = registry.model(&supplier, "a", chat.clone()).await;
        let b = registry.model(&supplier, "b", chat).await;
        let other = registry.model(&supplier, "c", json!({ "subType": "embedding", "isDefault": true })).await;
        let is_default = async |id: &str| registry.node(id, "... on Model { isDefault }").await["isDefault"].clone();
        assert_eq!((is_default(&a).await, is_default(&b).await), (json!(false), json!(true)));
        registry.mutate("setDefaultModel", "model { id }", json!({ "id": a })).await.ok();
        assert_eq!((is_default(&a).await, is_default(&b).await), (json!(true), json!(false)));
        assert_eq!(is_default(&other).await, true);

        let moved = json!({ "id": other, "subType": "chat" });
        assert_eq!(registry.mutate("updateModel", "model { id }", moved).await.wrong(), [("isDefault", "TAKEN")]);
        registry.mutate("unsetDefaultModel", "model { id }", json!({ "id": a })).await.ok();
        assert_eq!(is_default(&a).await, false);

        registry.mutate("deleteModel", "model { id }", json!({ "id": other })).await.ok();
        registry.model(&supplier, "d", json!({ "subType": "embedding", "isDefault": true })).await;
        let restored = registry.mutate("restoreModel", "model { isDefault }", json!({ "id": other })).await;
        assert_eq!(restored.ok()["isDefault"], false);
    }

    /// Defaults that are set at once leave one.
    async fn defaults_set_at_once_leave_one(registry: Registry) {
        let supplier = registry.supplier("acme").await;
        let models = join_all(["a", "b", "c", "d"].map(|name| registry.model(&supplier, name, json!({})))).await;
        let set = |id: &String| registry.mutate("setDefaultModel", "model { id }", json!({ "id": id }));
        for answer in join_all(models.iter().map(set)).await {
            answer.ok();
        }
        let data = registry.run("{ models(where: { isDefault: { eq: true } }) { totalCount } }", json!({})).await;
        assert_eq!(data["models"]["totalCount"], 1);
    }

    /// A successor is live, and doesn't lead back.
    async fn successors_lead_on(registry: Registry) {
        let supplier = registry.supplier("acme").await;
        let c = registry.model(&supplier, "c", json!({})).await;
        let b = registry.model(&supplier, "b", json!({ "successorId": c })).await;
        let a = registry.model(&supplier, "a", json!({ "successorId": b })).await;
        let follow = async |id: &str, successor: Value| {
            let input = json!({ "id": id, "successorId": successor });
            registry.mutate("updateModel", "model { successor { name } }", input).await
        };
        assert_eq!(follow(&c, json!(c)).await.wrong(), [("successorId", "CYCLE")]);
        assert_eq!(follow(&c, json!(a)).await.wrong(), [("successorId", "CYCLE")]);
        assert_eq!(follow(&c, json!("Model:99")).await.wrong(), [("successorId", "NOT_FOUND")]);
        assert_eq!(follow(&b, Value::Null).await.ok()["successor"], Value::Null);
        assert_eq!(follow(&c, json!(a)).await.ok()["successor"]["name"], "a");
    }

    /// What is known of abilities is entered as described, changed, forgotten and restored.
    async fn abilities_are_attached_and_detached(registry: Registry) {
        let supplier = registry.supplier("acme").await;
        let vision = registry.capability("vision").await;
        registry.capability("reasoning").await;
        let model = registry.model(&supplier, "m", json!({})).await;
        let selection = "model { capabilities { id support config version capability { name } } }";
        let attach = async |list: Value| {
            let input = json!({ "modelId": model, "capabilities": list });
            registry.mutate("attachCapabilities", selection, input).await
        };
        attach(json!([{ "capability": "vision", "config": "x" }])).await.ok();
        let twice = json!([{ "capability": "vision" }, { "capability": vision }]);
        assert_eq!(attach(twice).await.wrong(), [("capabilities.1.capability", "TAKEN")]);
        let list = json!([
            { "capability": vision, "config": "x" },
            { "capability": "reasoning", "support": "UNSUPPORTED", "config": { "a": 1 } },
        ]);
        let answer = attach(list).await;
        let known = answer.ok()["capabilities"].as_array().expect("a list").clone();
        assert_eq!((&known[0]["config"], &known[0]["support"]), (&json!({ "a": 1 }), &json!("UNSUPPORTED")));
        assert_eq!(known[1]["version"], 1, "it was so already");

        let detach = json!({ "modelId": model, "capabilities": ["reasoning"] });
        let answer = registry.mutate("detachCapabilities", selection, detach).await;
        assert_eq!(answer.ok()["capabilities"].as_array().map(Vec::len), Some(1));
        let id = json!({ "id": known[0]["id"] });
        let selection = "modelCapability { config capability { name } }";
        let restored = registry.mutate("restoreModelCapability", selection, id).await;
        assert_eq!(restored.ok(), &json!({ "config": { "a": 1 }, "capability": { "name": "reasoning" } }));
    }
}
