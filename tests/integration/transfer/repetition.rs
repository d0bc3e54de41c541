//! The same file again, and the next one.

use modelry::registry::transfer::apply::{Counts, Kind};
use serde_json::{Value, json};

use super::{from_litellm, from_models_dev, from_openrouter, row};
use crate::support::{TestDatabase, on_both_databases};

pub fn snapshot() -> Value {
    json!({"acme": {"id": "acme", "name": "Acme", "env": ["ACME_KEY"], "npm": "@ai-sdk/openai", "models": {
        "one": {"id": "one", "name": "One", "tool_call": true, "reasoning": false, "open_weights": true,
            "release_date": "2025-05", "family": "ones", "beta_note": "soon",
            "modalities": {"input": ["text", "image"], "output": ["text"]},
            "limit": {"context": 128_000, "output": 4096},
            "cost": {"input": 2.5, "output": 10, "cache_read": 0.25, "odd": 1}},
        "two": {"id": "two", "name": "Two", "limit": {"context": 8000}, "cost": {"input": 1, "output": 2}}}}})
}

on_both_databases! {
    async fn the_same_file_twice_changes_nothing(database: TestDatabase) {
        let first = database.import(from_models_dev(&snapshot()), "2026-01-01").await;
        assert!(first.changes_anything);
        let before = database.rows().await;
        let second = database.import(from_models_dev(&snapshot()), "2026-02-01").await;
        assert_eq!(database.rows().await, before);
        assert!(!second.changes_anything);
        for kind in Kind::ALL {
            let Counts { created, unchanged, .. } = first.of(kind);
            let expected = match kind {
                // Third parties define none; they were made because they were named.
                Kind::Capabilities | Kind::Categories => 0,
                _ => created + unchanged,
            };
            assert_eq!(second.of(kind), Counts { unchanged: expected, ..Counts::default() }, "{kind:?}");
        }
    }

    async fn facts_of_a_file_are_found(database: TestDatabase) {
        database.import(from_models_dev(&snapshot()), "2026-01-01").await;
        let (acme, one) = (database.supplier("acme").await, database.model("one").await);
        assert_eq!(acme["display_name"], "Acme");
        assert_eq!(acme["adapter"], "openai");
        assert_eq!(acme["api_key_required"], true);
        assert_eq!(acme["extra"]["models-dev"]["env"], json!(["ACME_KEY"]));
        assert_eq!(one["model_type"], "multimodal");
        assert_eq!(one["released_on"], "2025-05");
        assert_eq!(row(&one, "parameters", "context_window")["value"], 128_000);
        assert_eq!(row(&one, "parameters", "family")["value"], "ones");
        assert_eq!(row(&one, "parameters", "family")["source"], "models-dev");
        assert_eq!(row(&one, "capabilities", "vision")["source"], "models-dev");
        assert_eq!(row(&one, "capabilities", "reasoning")["support"], "unsupported");
        assert_eq!(row(&one, "prices", "cache_read")["amount"], "0.25");
        assert_eq!(row(&one, "categories", "multimodal/chat")["source"], "models-dev");
        let numbers = "SELECT CAST(number_value AS TEXT) AS value FROM model_parameters \
                       WHERE parameter_name = 'context_window' ORDER BY number_value";
        let numbers: Vec<f64> =
            database.texts(numbers).await.iter().map(|text| text.parse().expect("a number")).collect();
        assert_eq!(numbers, [8000.0, 128_000.0]);
    }

    async fn leftovers_are_kept_counted_and_given_back(database: TestDatabase) {
        let report = database.import(from_models_dev(&snapshot()), "2026-01-01").await;
        let homeless: Vec<(&str, usize)> = report.homeless.iter().map(|(name, times)| (name.as_str(), *times)).collect();
        assert_eq!(homeless, [("beta_note", 1), ("cost.odd", 1), ("supplier.env", 1)]);
        let one = database.model("one").await;
        assert_eq!(one["extra"]["models-dev"], json!({"beta_note": "soon", "cost": {"odd": 1}}));

        let draft = modelry::registry::transfer::snapshot::snapshot(database.store()).await.expect("a snapshot");
        let mut out = Vec::new();
        modelry::registry::transfer::models_dev::write(&draft, &mut out).expect("written");
        let back: Value = serde_json::from_slice(&out).expect("JSON");
        let mut expected = snapshot();
        // What a list of modalities leaves out can't be told from a list that isn't there.
        expected["acme"]["models"]["one"]["cost"]["input"] = json!(2.5);
        assert_eq!(back["acme"]["models"]["one"], expected["acme"]["models"]["one"]);
        assert_eq!(back["acme"]["env"], expected["acme"]["env"]);
    }

    async fn the_next_file_changes_exactly_what_differs(database: TestDatabase) {
        database.import(from_models_dev(&snapshot()), "2026-01-01").await;
        let before = database.rows().await;
        let mut next = snapshot();
        let one = &mut next["acme"]["models"]["one"];
        one["limit"]["context"] = json!(200_000);
        one["name"] = json!("One!");
        one["open_weights"] = json!(false);
        one.as_object_mut().expect("an object").remove("family");
        next["acme"]["models"]["three"] = json!({"id": "three", "name": "Three"});
        let told = database.rehearse(from_models_dev(&next), "2026-02-01").await;
        assert_eq!(database.rows().await, before, "a dry run writes nothing");

        let report = database.import(from_models_dev(&next), "2026-02-01").await;
        assert_eq!((&told.counts, &told.homeless), (&report.counts, &report.homeless), "and tells what is done");
        assert!(told.dry_run && !report.dry_run);
        let changed: Vec<String> = told.changed.iter().flat_map(|changed| &changed.fields).map(|change| {
            let [before, after] = [&change.before, &change.after].map(|value| value.as_deref().unwrap_or("-"));
            format!("{}: {before} -> {after}", change.field)
        }).collect();
        assert_eq!(changed, [
            "display_name: One -> One!",
            "parameters.context_window: 128000 -> 200000",
            "parameters.family: ones -> -",
            "capabilities.open_weights: supported -> unsupported",
        ]);
        assert_eq!(told.changed[0].record, "acme/one");
        let counts = |created, updated, unchanged, removed| Counts { created, updated, unchanged, removed };
        assert_eq!(report.of(Kind::Models), counts(1, 1, 1, 0));
        assert_eq!(report.of(Kind::Parameters), counts(0, 1, 4, 1));
        assert_eq!(report.of(Kind::Prices), counts(0, 0, 5, 0));
        let moved = database.rows().await.iter().filter(|row| !before.contains(row)).count();
        // The model, its parameters (one changed, one gone), its ability; the new model and its category.
        assert_eq!(moved, 1 + 2 + 1 + 2);
    }

    async fn files_of_other_formats_are_taken_alike(database: TestDatabase) {
        let litellm = json!({"acme/one": {"litellm_provider": "acme", "mode": "chat", "max_input_tokens": 1000,
            "input_cost_per_token": 1e-06, "supports_vision": true, "oddity": [1]}});
        let openrouter = json!({"data": [{"id": "acme/one", "canonical_slug": "acme/one-2025", "name": "Acme: One",
            "context_length": 1000, "pricing": {"prompt": "0.000001", "completion": "0.000002"}, "oddity": {"a": 1}}]});
        database.import(from_litellm(&litellm), "2026-01-01").await;
        database.import(from_openrouter(&openrouter), "2026-01-01").await;
        let before = database.rows().await;
        assert!(!database.import(from_litellm(&litellm), "2026-01-02").await.changes_anything);
        assert!(!database.import(from_openrouter(&openrouter), "2026-01-02").await.changes_anything);
        assert_eq!(database.rows().await, before);
        let one = database.model("acme/one").await;
        assert_eq!(row(&one, "aliases", "acme/one-2025")["source"], "openrouter");
        assert_eq!(one["extra"]["openrouter"]["oddity"], json!({"a": 1}));
        assert_eq!(database.model("one").await["extra"]["litellm"]["oddity"], json!([1]));
    }
}
