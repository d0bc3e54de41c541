//! What a model cost and could do over time, as its catalogue told it snapshot by snapshot.

use serde_json::{Value, json};

use super::Registry;
use crate::support::on_both_databases;
use crate::transfer::{File, from_models_dev};

fn snapshot(name: &str, input: f64, context: Option<u32>) -> File {
    let limit = context.map_or_else(|| json!({}), |context| json!({ "context": context, "output": 4096 }));
    let model = json!({ "id": name, "name": name, "cost": { "input": input, "output": 8 }, "limit": limit });
    from_models_dev(
        &json!({ "acme": { "id": "acme", "name": "Acme", "env": [], "npm": "x", "models": { name: model } } }),
    )
}

/// Three snapshots of a model.
async fn imported(registry: &Registry) {
    for (input, context, day) in
        [(2.0, Some(8192), "2025-11-29"), (2.0, Some(128_000), "2026-03-16"), (1.5, None, "2026-05-25")]
    {
        registry.database.import(snapshot("m", input, context), day).await;
    }
}

on_both_databases! {
    /// Prices by the days from which they hold.
    async fn prices_have_a_history(registry: Registry) {
        imported(&registry).await;
        let document = "{ model(supplier: \"acme\", name: \"m\") {
            input: priceHistory(component: INPUT) { amount currency validFrom validUntil source }
            cached: priceHistory(component: CACHE_READ) { amount }
            batch: priceHistory(component: INPUT, serviceMode: BATCH) { amount }
            euros: priceHistory(component: INPUT, currency: \"EUR\") { amount }
            large: priceHistory(component: INPUT, minContextTokens: 200000) { amount }
        } }";
        let model = registry.run(document, json!({})).await["model"].clone();
        let price = |amount: &str, from: Value, until: Value| {
            json!({ "amount": amount, "currency": "USD", "validFrom": from, "validUntil": until, "source": "models-dev" })
        };
        assert_eq!(model["input"], json!([
            price("2", Value::Null, json!("2026-05-25")),
            price("1.5", json!("2026-05-25"), Value::Null),
        ]));
        for none in ["cached", "batch", "euros", "large"] {
            assert_eq!(model[none], json!([]), "{none}");
        }
    }

    /// Parameters by the moments at which the registry learned of them, with the days of the files that said so.
    async fn parameters_have_a_history(registry: Registry) {
        imported(&registry).await;
        let document = "{ model(supplier: \"acme\", name: \"m\") {
            parameterHistory(name: \"context_window\") { type value since until source sourceDate }
            none: parameterHistory(name: \"nothing\") { value }
        } }";
        let model = registry.run(document, json!({})).await["model"].clone();
        let states = model["parameterHistory"].as_array().expect("a list");
        let shown: Vec<Value> = states.iter().map(|state| json!([state["value"], state["sourceDate"]])).collect();
        assert_eq!(shown, [json!([8192, "2025-11-29"]), json!([128_000, "2026-03-16"])]);
        assert_eq!(states[0]["until"], states[1]["since"]);
        assert!(states[1]["until"].is_string(), "the last snapshot no longer says it: {states:?}");
        assert_eq!(model["none"], json!([]));
    }

    /// One statement for the histories of a whole page; values that stay as they are aren't told twice.
    async fn histories_of_a_page_are_one_statement(registry: Registry) {
        let supplier = registry.supplier("acme").await;
        for name in ["a", "b", "c"] {
            let parameters = json!({ "parameters": [{ "name": "limit", "type": "INT", "value": 1 }] });
            let model = registry.model(&supplier, name, parameters).await;
            let described = json!([{ "name": "limit", "type": "INT", "value": 1, "description": "said more of" }]);
            let set = json!({ "modelId": model, "parameters": described });
            registry.mutate("setModelParameters", "model { id }", set).await.ok();
        }
        let store = registry.database.store().counted();
        let document = "{ models { nodes { parameterHistory(name: \"limit\") { value until } } } }";
        let found = registry.run_on(&store, document, json!({})).await;
        let once = json!({ "parameterHistory": [{ "value": 1, "until": null }] });
        assert_eq!(found["models"]["nodes"], json!([once, once, once]));
        assert_eq!(store.statistics().statements(), 2);
    }
}
