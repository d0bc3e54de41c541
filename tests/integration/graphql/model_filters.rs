//! Filters on what models lead to: suppliers, abilities, categories, parameters, prices.

use super::filters::{check, models};
use crate::support::{SmallCatalogue, on_both_databases};

const NONE: &[&str] = &[];

on_both_databases! {
    /// By who offers them; a deleted supplier is none.
    async fn suppliers(app: SmallCatalogue) {
        check(&app, &[
            ("supplier: { name: { eq: \"local\" } }", &["delta-1", "delta_1"]),
            ("supplier: { isActive: { eq: false } }", &["delta-1", "delta_1"]),
            ("supplier: { or: [{ displayName: { contains: \"月\" } }, { category: { eq: \"server\" } }] }", &["moonshot/alpha", "delta-1", "delta_1", "kimi"]),
            ("not: { supplier: { name: { in: [\"acme\", \"local\"] } } }", &["moonshot/alpha", "kimi"]),
        ]).await;
    }

    /// By what they are known to be able to do, or not to; what is not said is unknown.
    async fn capabilities(app: SmallCatalogue) {
        check(&app, &[
            ("capabilities: { allOf: [\"tool_calling\"] }", &["alpha", "beta", "kimi"]),
            ("capabilities: { allOf: [\"tool_calling\", \"vision\"] }", &["beta"]),
            ("capabilities: { allOf: [\"tool_calling\", \"nothing\"] }", NONE),
            ("capabilities: { anyOf: [\"vision\", \"reasoning\"] }", &["beta"]),
            ("capabilities: { anyOf: [] }", NONE),
            ("capabilities: { allUnsupported: [\"vision\"] }", &["alpha"]),
            ("capabilities: { noneOf: [\"vision\"], allOf: [\"tool_calling\"] }", &["alpha", "kimi"]),
            ("capabilities: { noneOf: [\"tool_calling\", \"vision\"] }", &["moonshot/alpha", "delta-1", "delta_1", "gamma-embed"]),
            ("capabilities: { allOf: [\"tool_calling\"], allUnsupported: [\"vision\"] }", &["alpha"]),
        ]).await;
    }

    /// By category, alone or with those below it; a name that starts alike is not below.
    async fn categories(app: SmallCatalogue) {
        check(&app, &[
            ("category: { path: \"llm/chat\" }", &["alpha", "kimi"]),
            ("category: { name: \"chat\" }", &["alpha", "kimi"]),
            ("category: { path: \"llm\" }", NONE),
            ("category: { path: \"llm\", includeDescendants: true }", &["alpha", "beta", "kimi"]),
            ("category: { name: \"llm-old\", includeDescendants: true }", &["delta-1"]),
            ("not: { category: { path: \"llm\", includeDescendants: true } }, modelType: { eq: LANGUAGE }", &["moonshot/alpha", "delta_1", "gamma-embed"]),
        ]).await;
        let id = app.query("{ category(path: \"llm/chat\") { id } }").await["category"]["id"].to_string();
        check(&app, &[(&format!("category: {{ id: {{ eq: {id} }}, includeDescendants: true }}"), &["alpha", "beta", "kimi"])]).await;
        let message = app.bad_input("{ models(where: { category: { includeDescendants: true } }) { totalCount } }").await;
        assert_eq!(message, "where.category: give an id, a name or a path");
    }

    /// By parameters: numbers by size, texts and flags by value. A model without the parameter meets `isNull` alone.
    async fn parameters(app: SmallCatalogue) {
        check(&app, &[
            ("parameters: [{ name: \"context_window\", gte: 200000 }]", &["beta", "kimi"]),
            ("parameters: [{ name: \"context_window\", lte: 127999.5 }]", &["gamma-embed"]),
            ("parameters: [{ name: \"context_window\", gte: 128000, lte: 128000 }]", &["alpha"]),
            ("parameters: [{ name: \"context_window\", eq: 128000 }]", &["alpha"]),
            ("parameters: [{ name: \"context_window\", in: [8192, 200000, 1] }]", &["beta", "gamma-embed"]),
            ("parameters: [{ name: \"context_window\", in: [] }]", NONE),
            ("parameters: [{ name: \"temperature\", eq: 0.7 }]", &["alpha"]),
            ("parameters: [{ name: \"tokenizer\", eq: \"cl100k\" }]", &["alpha"]),
            ("parameters: [{ name: \"tokenizer\", eq: 100 }]", NONE),
            ("parameters: [{ name: \"streaming\", eq: true }]", &["alpha"]),
            ("parameters: [{ name: \"streaming\", in: [true, false] }]", &["alpha", "beta"]),
            ("parameters: [{ name: \"context_window\" }]", &["alpha", "beta", "gamma-embed", "kimi"]),
            ("parameters: [{ name: \"context_window\", isNull: false }]", &["alpha", "beta", "gamma-embed", "kimi"]),
            ("parameters: [{ name: \"context_window\", isNull: true }]", &["moonshot/alpha", "delta-1", "delta_1"]),
            ("parameters: [{ name: \"context_window\", gte: 1 }, { name: \"streaming\", eq: false }]", &["beta"]),
            ("parameters: []", &["alpha", "moonshot/alpha", "beta", "delta-1", "delta_1", "gamma-embed", "kimi"]),
            ("or: [{ parameters: [{ name: \"streaming\", eq: true }] }, { parameters: [{ name: \"context_window\", gte: 500000 }] }]", &["alpha", "kimi"]),
        ]).await;
        let message = app.bad_input("{ models(where: { parameters: [{ name: \"x\", eq: [1] }] }) { totalCount } }").await;
        assert_eq!(message, "where.parameters: eq and in take numbers, texts and flags");
        let both = "{ models(where: { parameters: [{ name: \"x\", isNull: true, gte: 1 }] }) { totalCount } }";
        let message = app.bad_input(both).await;
        assert_eq!(message, "where.parameters: isNull: true goes with no other condition; use or to ask for either");
    }

    /// By prices of today: exact to the last digit, by currency, mode and tier.
    async fn prices(app: SmallCatalogue) {
        check(&app, &[
            ("prices: [{ component: INPUT, lte: \"1.00\" }]", &["beta", "gamma-embed"]),
            ("prices: [{ component: INPUT, lte: \"0.049999999999999996\" }]", &["beta", "gamma-embed"]),
            ("prices: [{ component: INPUT, lte: \"0.049999999999999995\" }]", &["gamma-embed"]),
            ("prices: [{ component: INPUT, gte: \"0.049999999999999997\" }]", &["alpha"]),
            ("prices: [{ component: INPUT, eq: \"0.049999999999999996\" }]", &["beta"]),
            ("prices: [{ component: INPUT, eq: \"2.50\" }]", &["alpha"]),
            ("prices: [{ component: INPUT, gte: 2, lte: 3 }]", &["alpha"]),
            ("prices: [{ component: INPUT, currency: \"CNY\" }]", &["kimi"]),
            ("prices: [{ component: INPUT, currency: \"EUR\" }]", NONE),
            ("prices: [{ component: INPUT, serviceMode: BATCH, lte: 2 }]", &["alpha"]),
            ("prices: [{ component: INPUT, minContextTokens: 200000, eq: 5 }]", &["alpha"]),
            ("prices: [{ component: INPUT, minContextTokens: 100 }]", NONE),
            ("prices: [{ component: OUTPUT }, { component: INPUT }]", &["alpha"]),
            ("prices: [{ component: INPUT, isNull: true }]", &["moonshot/alpha", "delta-1", "delta_1", "kimi"]),
            ("prices: [{ component: INPUT, isNull: false, lte: 1 }]", &["beta", "gamma-embed"]),
            ("not: { prices: [{ component: INPUT, lte: 1 }] }", &["alpha", "moonshot/alpha", "delta-1", "delta_1", "kimi"]),
        ]).await;
        let both = "{ models(where: { prices: [{ component: INPUT, isNull: true, lte: \"1\" }] }) { totalCount } }";
        let message = app.bad_input(both).await;
        assert_eq!(message, "where.prices: isNull: true goes with no other condition; use or to ask for either");
    }

    /// Prices of the past hold no longer.
    async fn past_prices_do_not_count(app: SmallCatalogue) {
        assert_eq!(models(&app, "prices: [{ component: INPUT, eq: \"0.1\" }]").await, NONE);
        assert_eq!(models(&app, "prices: [{ component: INPUT, eq: \"0.02\" }]").await, ["gamma-embed"]);
        let data = app.query("{ model(supplier: \"acme\", name: \"gamma-embed\") {
            today: prices { amount } then: prices(on: \"2025-12-31\") { amount } first: prices(on: \"2026-01-01\") { amount } all: prices(anyDay: true) { amount }
        } }").await;
        assert_eq!(data["model"].to_string(), concat!(
            r#"{"today":[{"amount":"0.02"}],"then":[{"amount":"0.1"}],"first":[{"amount":"0.02"}],"#,
            r#""all":[{"amount":"0.1"},{"amount":"0.02"}]}"#,
        ));
    }

    /// What can't be read as its type is refused by the argument's name, before anything runs.
    async fn values_of_the_wrong_type_are_refused(app: SmallCatalogue) {
        for filter in [
            "prices: [{ component: INPUT, lte: \"-1\" }]",
            "prices: [{ component: INPUT, lte: \"1e400\" }]",
            "prices: [{ component: GOLD }]",
            "releasedOn: { gte: \"2025-13\" }",
            "deprecatedOn: { eq: \"2025-02-30\" }",
            "deprecatedOn: { eq: \"2025-2-3\" }",
            "createdAt: { eq: \"yesterday\" }",
            "nothing: { eq: 1 }",
            "name: { eq: 1 }",
        ] {
            let response = app.graphql(&format!("{{ models(where: {{ {filter} }}) {{ totalCount }} }}"), serde_json::json!({})).await;
            assert_eq!(response.errors().len(), 1, "{filter}: {}", response.text);
            assert!(["BAD_USER_INPUT", "GRAPHQL_VALIDATION_FAILED"].contains(&response.code()), "{filter}: {}", response.text);
        }
    }
}
