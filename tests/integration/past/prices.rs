//! Prices have two times: when they hold, and when that was known.

use serde_json::{Value, json};

use super::Registry;
use crate::support::on_both_databases;

const MODEL: &str = concat!(
    "{\"format\":\"modelry\",\"version\":1}\n{\"kind\":\"supplier\",\"name\":\"acme\"}\n",
    "{\"kind\":\"model\",\"supplier\":\"acme\",\"name\":\"alpha\",\"model_type\":\"language\",\"prices\":[",
    "{\"component\":\"input\",\"currency\":\"USD\",\"amount\":\"5\",\"valid_until\":\"2025-01-01\"},",
    "{\"component\":\"input\",\"currency\":\"USD\",\"amount\":\"4\",\"valid_from\":\"2025-01-01\"},",
    "{\"component\":\"input\",\"currency\":\"USD\",\"amount\":\"8\",\"valid_from\":\"2025-01-01\",\"min_context_tokens\":200000},",
    "{\"component\":\"input\",\"currency\":\"USD\",\"amount\":\"2\",\"service_mode\":\"batch\"},",
    "{\"component\":\"output\",\"currency\":\"CNY\",\"amount\":\"30\",\"valid_from\":\"2999-01-01\"}]}\n",
);

async fn amount(registry: &Registry, arguments: &str) -> Value {
    let fields = format!("model(supplier: \"acme\", name: \"alpha\") {{ price({arguments}) {{ amount }} }}");
    registry.now(&fields).await.data()["model"]["price"]["amount"].clone()
}

on_both_databases! {
    /// By component, day, mode, tier and currency, of which all but the first have a usual one.
    async fn one_price_is_chosen(registry: Registry) {
        registry.import(MODEL).await;
        for (arguments, expected) in [
            ("component: INPUT", json!("4")),
            ("component: INPUT, on: \"2024-12-31\"", json!("5")),
            ("component: INPUT, on: \"2025-01-01\"", json!("4")),
            ("component: INPUT, contextTokens: 199999", json!("4")),
            ("component: INPUT, contextTokens: 200000", json!("8")),
            ("component: INPUT, contextTokens: 9000000, on: \"2024-01-01\"", json!("5")),
            ("component: INPUT, serviceMode: BATCH, contextTokens: 300000", json!("2")),
            ("component: INPUT, serviceMode: FLEX", Value::Null),
            ("component: INPUT, currency: \"CNY\"", Value::Null),
            ("component: OUTPUT, currency: \"CNY\"", Value::Null),
            ("component: OUTPUT, currency: \"CNY\", on: \"2999-01-01\"", json!("30")),
        ] {
            assert_eq!(amount(&registry, arguments).await, expected, "{arguments}");
        }
        let refused = registry.0.bad_input("{ models { nodes { price(component: INPUT, contextTokens: -1) { amount } } } }").await;
        assert_eq!(refused, "contextTokens: must be 0 or more, not -1");
    }

    /// The prices of a page are loaded once, whichever are asked for.
    async fn prices_of_a_page_are_one_statement(registry: Registry) {
        registry.import(&crate::support::fixtures::catalogue(2, 10)).await;
        let response = registry.now("models { nodes { prices { amount } input: price(component: INPUT) { amount } output: price(component: OUTPUT) { amount } } }").await;
        response.data();
        assert_eq!(response.statements(), 2);
    }

    /// "Today" as of a moment is the moment's day: in prices, and in filters and orders by them.
    async fn today_is_the_moments_day(registry: Registry) {
        registry.import(MODEL).await;
        let day = registry.moment().await.split('T').next().expect("a day").to_owned();
        let known = registry.moment().await;
        // From the next day on another price holds; and later the clock stands there.
        let next: chrono::NaiveDate = day.parse::<chrono::NaiveDate>().expect("a day") + chrono::Days::new(1);
        registry.execute(&format!("UPDATE model_prices SET valid_until = '{next}' WHERE amount_nanos = 4000000000")).await;
        assert!(registry.mutate("createModelPrice", json!({ "modelId": "Model:1", "component": "INPUT", "amount": "3", "validFrom": next.to_string() })).await);
        let both = registry.moment().await;
        let later = format!("{}T12:00:00Z", next + chrono::Days::new(1));
        registry.0.parts().clock().set(serde_json::from_value(json!(later)).expect("a moment"));
        let fields = format!("models(where: {{ prices: [{{ component: INPUT, eq: \"4\" }}] }}) {{ totalCount }} \
            model(supplier: \"acme\", name: \"alpha\") {{ price(component: INPUT) {{ amount }} prices {{ amount }} next: price(component: INPUT, on: \"{next}\") {{ amount }} }}");
        let read = async |moment: Option<&str>| {
            let response = match moment { Some(moment) => registry.at(moment, &fields).await, None => registry.now(&fields).await };
            let data = match moment { Some(_) => &response.data()["at"], None => response.data() };
            (data["models"]["totalCount"].clone(), data["model"]["price"]["amount"].clone(), data["model"]["next"]["amount"].clone())
        };
        assert_eq!(read(None).await, (json!(0), json!("3"), json!("3")));
        assert_eq!(read(Some(&both)).await, (json!(1), json!("4"), json!("3")));
        assert_eq!(read(Some(&known)).await, (json!(1), json!("4"), json!("4")), "nobody knew yet");
        assert_eq!(read(Some(&later)).await, (json!(0), json!("3"), json!("3")));
    }
}
