//! Single values: what is taken, what is refused, and that all mistakes are told at once.

use serde_json::{Value, json};

use super::{Registry, merge, model_input};
use crate::support::on_both_databases;

on_both_databases! {
    /// Each mistake of an input is told by its path, those in nested lists too, and nothing is entered.
    async fn all_mistakes_are_told_at_once(registry: Registry) {
        let supplier = registry.supplier("acme").await;
        let input = model_input(&supplier, " m", json!({
            "displayName": "x".repeat(201),
            "subType": "No Snake",
            "parameters": [
                { "name": "context_window", "type": "INT", "value": 8 },
                { "name": "Top P", "type": "FLOAT", "value": "high" },
                { "name": "temperature", "type": "FLOAT", "value": 3, "maximum": 2 },
                { "name": "context_window", "type": "INT", "value": 9 },
            ],
            "capabilities": [{ "capability": "nothing" }, { "capability": "Supplier:1" }],
            "categories": ["no/where", "Category:99"],
            "aliases": ["", "a", "a"],
            "prices": [
                { "component": "INPUT", "amount": "1" },
                { "component": "INPUT", "amount": "2" },
                { "component": "OUTPUT", "amount": "-1", "currency": "usd", "minContextTokens": -1 },
            ],
        }));
        let answer = registry.mutate("createModel", "model { id }", input).await;
        assert_eq!(answer.wrong(), [
            ("name", "INVALID"),
            ("displayName", "TOO_LONG"),
            ("subType", "INVALID"),
            ("aliases.0", "INVALID"),
            ("aliases.2", "TAKEN"),
            ("parameters.1.name", "INVALID"),
            ("parameters.1.value", "WRONG_TYPE"),
            ("parameters.2.value", "OUT_OF_RANGE"),
            ("parameters.3.name", "TAKEN"),
            ("capabilities.0.capability", "NOT_FOUND"),
            ("capabilities.1.capability", "WRONG_TYPE"),
            ("categories.0", "NOT_FOUND"),
            ("categories.1", "NOT_FOUND"),
            ("prices.1.validFrom", "TAKEN"),
            ("prices.2.amount", "INVALID"),
            ("prices.2.currency", "INVALID"),
            ("prices.2.minContextTokens", "OUT_OF_RANGE"),
        ]);
        let models = registry.run("{ models { totalCount } }", json!({})).await;
        assert_eq!(models["models"]["totalCount"], 0);
    }

    /// An amount is a plain decimal, as text or as a number; anything else is a user error that says what would be right.
    async fn amounts_are_plain_decimals(registry: Registry) {
        let supplier = registry.supplier("acme").await;
        let model = registry.model(&supplier, "m", json!({})).await;
        for amount in [json!("1e-12"), json!(1e-12), json!("-1"), json!(-1), json!("NaN"), json!("")] {
            let input = json!({ "modelId": model, "component": "INPUT", "amount": amount });
            let answer = registry.mutate("createModelPrice", "price { id }", input).await;
            assert_eq!(answer.wrong(), [("amount", "INVALID")], "{amount}");
        }
        // More digits than a reader of JSON keeps: rounded, they would be another price.
        let document = "mutation($m: ID!, $a: Decimal!) {
            createModelPrice(input: { modelId: $m, component: INPUT, amount: $a }) { userErrors { code } } }";
        let variables = json!({ "m": model, "a": 0.123_456_789_012_345_68 });
        let refusal = registry.refusal(document, variables).await;
        assert!(refusal.contains("write it as text"), "{refusal}");
        let price = |amount: Value, from: &str| {
            json!({ "modelId": model, "component": "INPUT", "amount": amount, "validFrom": from })
        };
        let first = registry.mutate("createModelPrice", "price { id amount unit currency }", {
            let mut input = price(json!("0.000000000001"), "2026-01-01");
            input["validUntil"] = json!("2026-02-01");
            input
        }).await;
        assert_eq!(first.ok()["amount"], "0.000000000001");
        assert_eq!((&first.ok()["unit"], &first.ok()["currency"]), (&json!("1M tokens"), &json!("USD")));
        let overlapping = registry.mutate("createModelPrice", "price { id }", price(json!(2), "2026-01-31")).await;
        assert_eq!(overlapping.wrong(), [("validFrom", "TAKEN")]);
        let following = registry.mutate("createModelPrice", "price { id }", price(json!(0.25), "2026-02-01")).await;
        let earlier = json!({ "id": following.id(), "validFrom": "2026-01-15", "amount": "x" });
        let answer = registry.mutate("updateModelPrice", "price { id }", earlier).await;
        assert_eq!(answer.wrong(), [("amount", "INVALID")]);
        let earlier = json!({ "id": following.id(), "validFrom": null });
        assert_eq!(registry.mutate("updateModelPrice", "price { id }", earlier).await.wrong(), [("validFrom", "TAKEN")]);
    }

    /// A model that isn't there hides nothing else that is wrong with its parameters.
    async fn a_missing_model_and_a_wrong_value_are_told_together(registry: Registry) {
        let input = json!({ "modelId": "Model:999", "parameters": [{ "name": "p", "type": "INT", "value": "x" }] });
        let answer = registry.mutate("setModelParameters", "model { id }", input).await;
        assert_eq!(answer.wrong(), [("modelId", "NOT_FOUND"), ("parameters.0.value", "WRONG_TYPE")]);
    }

    /// Ids that name nothing, something deleted or something else are told apart.
    async fn ids_must_lead_somewhere(registry: Registry) {
        let supplier = registry.supplier("acme").await;
        let model = registry.model(&supplier, "m", json!({})).await;
        for (id, code) in [("Model:999", "NOT_FOUND"), (supplier.as_str(), "WRONG_TYPE"), ("m", "INVALID")] {
            let answer = registry.mutate("updateModel", "model { id }", json!({ "id": id, "name": "" })).await;
            assert_eq!(answer.wrong(), [("name", "INVALID"), ("id", code)], "{id}");
        }
        registry.mutate("deleteModel", "model { id }", json!({ "id": model })).await.ok();
        let input = json!({ "id": model, "description": "x" });
        assert_eq!(registry.mutate("updateModel", "model { id }", input).await.wrong(), [("id", "NOT_FOUND")]);
        let orphan = model_input("Supplier:77", "n", json!({}));
        assert_eq!(registry.mutate("createModel", "model { id }", orphan).await.wrong(), [("supplierId", "NOT_FOUND")]);
    }

    /// A field that is left out stays, one that is null becomes empty, and one that can't be empty says so.
    async fn absent_and_null_differ(registry: Registry) {
        let input = json!({ "name": "acme", "displayName": "Acme", "description": "d", "logo": "/a.svg" });
        let id = registry.mutate("createSupplier", "supplier { id }", input).await.id();
        let input = json!({ "id": id, "description": null });
        let answer = registry.mutate("updateSupplier", "supplier { displayName description version }", input).await;
        assert_eq!(answer.ok(), &json!({ "displayName": "Acme", "description": null, "version": 2 }));
        let input = json!({ "id": id, "name": null, "isActive": null, "logo": "javascript:x" });
        let answer = registry.mutate("updateSupplier", "supplier { id }", input).await;
        assert_eq!(answer.wrong(), [("name", "REQUIRED"), ("isActive", "REQUIRED"), ("logo", "INVALID")]);
    }

    /// A change is made to the version that was seen, or not at all; one that changes nothing leaves the version.
    async fn versions_guard_against_lost_changes(registry: Registry) {
        let id = registry.supplier("acme").await;
        let selection = "supplier { version }";
        let change = |version: i64, text: &str| json!({ "id": id, "expectedVersion": version, "description": text });
        let answer = registry.mutate("updateSupplier", selection, change(1, "a")).await;
        assert_eq!(answer.ok()["version"], 2);
        let answer = registry.mutate("updateSupplier", selection, change(1, "b")).await;
        assert_eq!(answer.wrong(), [("expectedVersion", "CONFLICT")]);
        assert!(answer.messages[0].contains("is 2"), "{:?}", answer.messages);
        assert_eq!(registry.mutate("updateSupplier", selection, change(2, "a")).await.ok()["version"], 2);
        let input = json!({ "id": id, "expectedVersion": 1 });
        assert_eq!(registry.mutate("deleteSupplier", selection, input).await.wrong(), [("expectedVersion", "CONFLICT")]);
    }

    /// A text that PostgreSQL can't keep is refused by both databases, wherever it stands.
    async fn no_text_breaks_a_database(registry: Registry) {
        let supplier = registry.supplier("acme").await;
        let input = model_input(&supplier, "a\0", json!({
            "description": "a\0",
            "subType": "a\0",
            "isDefault": true,
            "aliases": ["b\0"],
            "categories": ["c\0"],
            "capabilities": [{ "capability": "d\0", "config": "e\0" }],
            "parameters": [{ "name": "p", "type": "STRING", "value": "\0" }, { "name": "j", "type": "JSON", "value": "\0" }],
        }));
        let answer = registry.mutate("createModel", "model { id }", input).await;
        let fields: Vec<&str> = answer.wrong().into_iter().map(|(field, _)| field).collect();
        assert_eq!(fields, [
            "name", "description", "subType", "aliases.0", "parameters.0.value", "capabilities.0.capability",
            "capabilities.0.config", "categories.0",
        ]);
    }

    /// A parameter stays of its type and within its bounds, whichever of them is changed.
    async fn parameters_stay_consistent(registry: Registry) {
        let supplier = registry.supplier("acme").await;
        let model = registry.model(&supplier, "m", json!({})).await;
        let input = json!({ "modelId": model, "name": "temperature", "type": "FLOAT", "value": 1, "maximum": 2,
                            "allowedValues": [0.5, 1] });
        let parameter = registry.mutate("createModelParameter", "parameter { id }", input).await.id();
        let selection = "parameter { type value minimum maximum allowedValues version }";
        let change = async |more: Value| {
            let mut input = json!({ "id": parameter });
            merge(&mut input, more);
            registry.mutate("updateModelParameter", selection, input).await
        };
        assert_eq!(change(json!({ "maximum": 0.75 })).await.wrong(), [("value", "OUT_OF_RANGE")]);
        assert_eq!(change(json!({ "value": 0.75 })).await.wrong(), [("value", "OUT_OF_RANGE")]);
        assert_eq!(change(json!({ "minimum": 3 })).await.wrong(), [("maximum", "OUT_OF_RANGE"), ("value", "OUT_OF_RANGE")]);
        assert_eq!(change(json!({ "type": "STRING" })).await.errors.len(), 4);
        let answer = change(json!({ "value": 0.5, "maximum": null })).await;
        let expected = json!({ "type": "FLOAT", "value": 0.5, "minimum": null, "maximum": null,
                               "allowedValues": [0.5, 1], "version": 2 });
        assert_eq!(answer.ok(), &expected);
    }

    /// Parameters are set by name, all or none; with `replace`, the others go.
    async fn parameters_are_set_in_bulk(registry: Registry) {
        let supplier = registry.supplier("acme").await;
        let model = registry.model(&supplier, "m", json!({
            "parameters": [{ "name": "a", "type": "INT", "value": 1 }, { "name": "b", "type": "INT", "value": 1 }],
        })).await;
        let selection = "model { parameters { name value version } }";
        let set = async |parameters: Value, replace: bool| {
            let input = json!({ "modelId": model, "parameters": parameters, "replace": replace });
            registry.mutate("setModelParameters", selection, input).await
        };
        let int = |name: &str, value: Value| json!({ "name": name, "type": "INT", "value": value });
        let answer = set(json!([int("b", json!(2)), int("c", json!("x"))]), false).await;
        assert_eq!(answer.wrong(), [("parameters.1.value", "WRONG_TYPE")]);
        let answer = set(json!([int("a", json!(1)), int("b", json!(2)), int("c", json!(3))]), false).await;
        let row = |name: &str, value: i64, version: i64| json!({ "name": name, "value": value, "version": version });
        assert_eq!(answer.ok()["parameters"], json!([row("a", 1, 1), row("b", 2, 2), row("c", 3, 1)]));
        let answer = set(json!([int("c", json!(3))]), true).await;
        assert_eq!(answer.ok()["parameters"], json!([row("c", 3, 1)]));
        let many: Vec<Value> = (0..101).map(|number| int(&format!("p{number}"), json!(number))).collect();
        assert_eq!(set(json!(many), false).await.wrong(), [("parameters", "TOO_MANY")]);
    }
}
