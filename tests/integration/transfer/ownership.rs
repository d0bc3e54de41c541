//! Whose a fact is, and who may take it away.

use serde_json::{Value, json};

use super::{File, from_litellm, from_models_dev, from_openrouter, row};
use crate::support::{TestDatabase, on_both_databases};

fn models_dev(model: Value) -> File {
    from_models_dev(&json!({"acme": {"id": "acme", "env": ["KEY"], "models": {"one": model}}}))
}

fn litellm(mut model: Value) -> File {
    model["litellm_provider"] = json!("acme");
    from_litellm(&json!({"one": model}))
}

on_both_databases! {
    async fn a_source_takes_away_only_what_it_brought(database: TestDatabase) {
        database.import(models_dev(json!({"limit": {"context": 1000, "input": 900}, "tool_call": true})), "2026-01-01").await;
        database.import(litellm(json!({"max_input_tokens": 900, "max_output_tokens": 100, "supports_vision": true})), "2026-01-01").await;
        let one = database.model("one").await;
        assert_eq!(row(&one, "parameters", "max_input_tokens")["source"], "models-dev", "repeated, not taken over");

        database.import(models_dev(json!({})), "2026-01-02").await;
        let one = database.model("one").await;
        let names: Vec<&Value> = one["parameters"].as_array().expect("a list").iter().map(|row| &row["name"]).collect();
        assert_eq!(names, ["max_output_tokens"]);
        assert_eq!(row(&one, "capabilities", "vision")["source"], "litellm");
        assert!(row(&one, "capabilities", "tool_calling").is_null());
    }

    async fn another_value_takes_a_fact_over(database: TestDatabase) {
        database.import(models_dev(json!({"limit": {"input": 900}, "tool_call": true})), "2026-01-01").await;
        database.import(litellm(json!({"max_input_tokens": 800, "supports_function_calling": false})), "2026-01-01").await;
        let one = database.model("one").await;
        assert_eq!(row(&one, "parameters", "max_input_tokens")["value"], 800);
        assert_eq!(row(&one, "parameters", "max_input_tokens")["source"], "litellm");
        assert_eq!(row(&one, "capabilities", "tool_calling")["support"], "unsupported");
        database.import(models_dev(json!({})), "2026-01-02").await;
        assert_eq!(row(&database.model("one").await, "parameters", "max_input_tokens")["value"], 800);
    }

    async fn what_was_made_by_hand_stays(database: TestDatabase) {
        database.import(models_dev(json!({"limit": {"input": 900}, "tool_call": true})), "2026-01-01").await;
        database.execute(
            "UPDATE model_parameters SET source = NULL, description = 'by hand', maximum = 900; \
             UPDATE model_capability_associations SET source = NULL, config = 'by hand'; \
             UPDATE suppliers SET description = 'by hand'",
        ).await.expect("changed by hand");
        let before = database.rows().await;
        database.import(models_dev(json!({"limit": {"input": 900}, "tool_call": true})), "2026-01-02").await;
        assert_eq!(database.rows().await, before, "facts that are only repeated");
        database.import(models_dev(json!({})), "2026-01-03").await;
        assert_eq!(database.rows().await, before, "facts that are no longer stated");
        assert_eq!(database.supplier("acme").await["description"], "by hand");
        database.import(models_dev(json!({"limit": {"input": 1200}})), "2026-01-04").await;
        let one = database.model("one").await;
        let limit = row(&one, "parameters", "max_input_tokens");
        assert_eq!((&limit["value"], &limit["source"]), (&json!(1200), &json!("models-dev")));
        assert_eq!((&limit["description"], &limit["maximum"]), (&json!("by hand"), &Value::Null));
    }

    async fn what_a_file_doesnt_say_stays_as_it_was(database: TestDatabase) {
        database.import(models_dev(json!({"name": "One", "description": "d", "knowledge": "2025"})), "2026-01-01").await;
        database.import(litellm(json!({"mode": "embedding"})), "2026-01-01").await;
        database.import(litellm(json!({"rpm": 5})), "2026-01-02").await;
        let one = database.model("one").await;
        assert_eq!((&one["display_name"], &one["description"], &one["knowledge_cutoff"]), (&json!("One"), &json!("d"), &json!("2025")));
        assert_eq!((&one["sub_type"], &one["model_type"]), (&json!("embedding"), &json!("language")));
    }

    async fn sources_keep_their_leftovers_apart(database: TestDatabase) {
        database.import(models_dev(json!({"odd": 1.50})), "2026-01-01").await;
        database.import(litellm(json!({"odd": "x"})), "2026-01-01").await;
        let one = database.model("one").await;
        assert_eq!(one["extra"], json!({"litellm": {"@key": "one", "odd": "x"}, "models-dev": {"odd": 1.50}}));
        database.import(models_dev(json!({})), "2026-01-02").await;
        assert_eq!(database.model("one").await["extra"], json!({"litellm": {"@key": "one", "odd": "x"}}));
        assert_eq!(database.supplier("acme").await["extra"], json!({"models-dev": {"env": ["KEY"]}}));
    }

    async fn an_alias_passes_from_one_model_to_another(database: TestDatabase) {
        let file = |owner: &str| {
            let model = |id: &str| {
                let slug = if id == owner { "x/latest" } else { id };
                json!({"id": id, "canonical_slug": slug, "pricing": {}, "context_length": 5})
            };
            let mut first = model("x/a");
            first["pricing"] = json!({"prompt": "0"});
            from_openrouter(&json!({"data": [first, model("x/b")]}))
        };
        database.import(file("x/a"), "2026-01-01").await;
        assert_eq!(database.model("x/a").await["aliases"][0]["alias"], "x/latest");
        let report = database.import(file("x/b"), "2026-01-02").await;
        assert_eq!(report.of(modelry::registry::transfer::apply::Kind::Aliases).updated, 1);
        assert_eq!(database.model("x/b").await["aliases"][0]["alias"], "x/latest");
        assert!(database.model("x/a").await["aliases"].is_null());
    }
}
