//! Prices over time.

use modelry::registry::transfer::apply::{Counts, Kind};
use serde_json::{Value, json};

use super::{File, from_litellm, from_models_dev};
use crate::support::{TestDatabase, on_both_databases};

fn priced(cost: Value) -> File {
    from_models_dev(&json!({"acme": {"id": "acme", "models": {"one": {"id": "one", "cost": cost}}}}))
}

/// Amount, first day and end of the model's prices, and whose they are.
async fn history(database: &TestDatabase) -> Vec<String> {
    let one = database.model("one").await;
    let text = |price: &Value, key: &str| price[key].as_str().unwrap_or("-").to_owned();
    let prices = one["prices"].as_array().map(Vec::as_slice).unwrap_or_default();
    let shown = |price: &Value| {
        ["component", "amount", "valid_from", "valid_until", "source"].map(|key| text(price, key)).join(" ")
    };
    prices.iter().map(shown).collect()
}

on_both_databases! {
    async fn a_changed_price_begins_on_the_day_of_the_import(database: TestDatabase) {
        database.import(priced(json!({"input": 2, "output": 8})), "2026-01-01").await;
        let report = database.import(priced(json!({"input": 1.5, "output": 8})), "2026-03-01").await;
        assert_eq!(report.of(Kind::Prices), Counts { updated: 1, unchanged: 1, ..Counts::default() });
        assert_eq!(report.of(Kind::Models), Counts { unchanged: 1, ..Counts::default() });
        assert_eq!(history(&database).await, [
            "input 2 - 2026-03-01 models-dev",
            "input 1.5 2026-03-01 - models-dev",
            "output 8 - - models-dev",
        ]);
    }

    async fn a_price_that_changes_twice_a_day_has_one_row_for_it(database: TestDatabase) {
        database.import(priced(json!({"input": 2})), "2026-01-01").await;
        database.import(priced(json!({"input": 3})), "2026-03-01").await;
        database.import(priced(json!({"input": 4})), "2026-03-01").await;
        assert_eq!(history(&database).await, [
            "input 2 - 2026-03-01 models-dev",
            "input 4 2026-03-01 - models-dev",
        ]);
    }

    async fn a_price_no_longer_stated_ends(database: TestDatabase) {
        database.import(priced(json!({"input": 2, "output": 8})), "2026-01-01").await;
        database.import(priced(json!({"input": 2, "output": 8, "reasoning": 9})), "2026-02-01").await;
        let report = database.import(priced(json!({"input": 2})), "2026-03-01").await;
        assert_eq!(report.of(Kind::Prices).removed, 2);
        assert_eq!(history(&database).await, [
            "input 2 - - models-dev",
            "output 8 - 2026-03-01 models-dev",
            "reasoning 9 2026-02-01 2026-03-01 models-dev",
        ]);
        let again = database.import(priced(json!({"input": 2, "output": 8})), "2026-04-01").await;
        assert_eq!(again.of(Kind::Prices), Counts { created: 1, unchanged: 1, ..Counts::default() });
        assert_eq!(history(&database).await[2], "output 8 2026-04-01 - models-dev");
        database.import(priced(json!({"input": 2})), "2026-04-01").await;
        assert_eq!(history(&database).await.len(), 3, "a price that began today leaves no trace");
    }

    async fn another_source_ends_prices_only_by_stating_others(database: TestDatabase) {
        database.import(priced(json!({"input": 2, "output": 8})), "2026-01-01").await;
        let litellm = |cost: f64| from_litellm(&json!({"one": {"litellm_provider": "acme", "mode": "chat",
            "input_cost_per_token": cost}}));
        database.import(litellm(0.000_002), "2026-02-01").await;
        assert_eq!(history(&database).await, ["input 2 - - models-dev", "output 8 - - models-dev"]);
        database.import(litellm(0.000_003), "2026-02-01").await;
        assert_eq!(history(&database).await, [
            "input 2 - 2026-02-01 models-dev",
            "input 3 2026-02-01 - litellm",
            "output 8 - - models-dev",
        ]);
    }

    async fn an_import_can_be_dated(database: TestDatabase) {
        use modelry::registry::transfer::apply::{Options, apply};
        database.import(priced(json!({"input": 2})), "2026-05-01").await;
        let File(draft, origin) = priced(json!({"input": 1}));
        let options = Options { as_of: "2025-11-29".parse().ok(), ..Options::default() };
        let report = apply(database.store(), draft, origin, &options, &crate::transfer::noon("2026-05-02")).await.expect("imported");
        assert_eq!(report.as_of.to_string(), "2025-11-29");
        assert_eq!(history(&database).await, [
            "input 2 - 2025-11-29 models-dev",
            "input 1 2025-11-29 - models-dev",
        ]);
    }
}
