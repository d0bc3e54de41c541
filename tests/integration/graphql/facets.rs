//! Counts beside a list: the same whichever way they are taken, and of what is live alone.

use serde_json::{Value, json};

use crate::support::{SmallCatalogue, TestApp, fixtures, on_both_databases};

const FACETS: &str =
    "facets { suppliers { value label count } modelTypes { value label count } subTypes { value label count }
    capabilities { value label count } categories { value label count } lifecycleStages { value label count } }";

/// The facets of the models that meet a filter.
async fn facets(app: &TestApp, filter: &str) -> Value {
    app.query(&format!("{{ models(where: {{ {filter} }}) {{ {FACETS} }} }}")).await["models"]["facets"].take()
}

/// A facet as `value count`, in its order.
fn shown(facets: &Value, facet: &str) -> Vec<String> {
    let counts = facets[facet].as_array().expect("counts");
    counts.iter().map(|count| format!("{} {}", count["value"].as_str().expect("a value"), count["count"])).collect()
}

/// Writes past Modelry that leave behind what its own never do: links of deleted models, models of deleted suppliers.
const WRITES: [&str; 9] = [
    "UPDATE models SET deleted_at = created_at WHERE name = 'beta'",
    "UPDATE models SET deleted_at = created_at WHERE name = 'kimi'",
    "UPDATE model_capability_associations SET deleted_at = created_at WHERE model_id IN (SELECT id FROM models WHERE name = 'kimi')",
    "UPDATE capabilities SET deleted_at = created_at WHERE name = 'tool_calling'",
    "UPDATE model_categories SET deleted_at = created_at WHERE path = 'llm/chat'",
    "UPDATE suppliers SET deleted_at = created_at WHERE name = 'moonshot'",
    "UPDATE capabilities SET deleted_at = NULL",
    "UPDATE models SET deleted_at = created_at WHERE name <> 'kimi'",
    "UPDATE models SET deleted_at = NULL",
];

on_both_databases! {
    /// All live models are counted by links alone, and any others by way of the models: to the same numbers in the same order.
    async fn all_models_are_counted_like_any_others(app: SmallCatalogue) {
        let every_one = "not: { id: { in: [] } }";
        assert_eq!(facets(&app, "").await, facets(&app, every_one).await);
        for write in WRITES {
            app.database().execute(write).await.expect("written");
            assert_eq!(facets(&app, "").await, facets(&app, every_one).await, "{write}");
            assert_eq!(facets(&app, "and: [{}]").await, facets(&app, every_one).await, "{write}");
        }
    }

    /// The most frequent first, then by name; what no live model has is not listed.
    async fn the_most_frequent_come_first(app: SmallCatalogue) {
        let all = facets(&app, "").await;
        assert_eq!(shown(&all, "suppliers"), ["acme 3", "local 2", "moonshot 2"]);
        assert_eq!(shown(&all, "modelTypes"), ["language 5", "multimodal 1", "other 1"]);
        assert_eq!(shown(&all, "capabilities"), ["tool_calling 3", "reasoning 1", "vision 1"]);
        assert_eq!(shown(&all, "categories"), ["llm/chat 2", "embedding/text 1", "llm-old 1", "llm/chat/long 1", "llm/reasoning 1"]);

        app.database().execute("UPDATE models SET deleted_at = created_at WHERE name IN ('beta', 'kimi')").await.expect("deleted");
        let fewer = facets(&app, "").await;
        assert_eq!(shown(&fewer, "capabilities"), ["tool_calling 1"], "their links are live, but they aren't");
        assert_eq!(shown(&fewer, "categories"), ["embedding/text 1", "llm-old 1", "llm/chat 1"]);
        assert_eq!(shown(&facets(&app, "deleted: INCLUDE").await, "capabilities"), shown(&all, "capabilities"));
        assert_eq!(shown(&facets(&app, "deleted: ONLY").await, "suppliers"), ["acme 1", "moonshot 1"]);
    }

    /// Values of the same name and label are one, as deleted and live suppliers can be.
    async fn values_of_the_same_names_are_one(app: SmallCatalogue) {
        app.database().execute("UPDATE suppliers SET deleted_at = created_at, name = 'acme', display_name = 'Acme Labs' WHERE name = 'moonshot'").await.expect("renamed");
        assert_eq!(shown(&facets(&app, "").await, "suppliers"), ["acme 5", "local 2"]);
    }

    /// Each parent's list has its own.
    async fn lists_of_parents_have_their_own(app: TestApp) {
        app.import(&fixtures::catalogue(2, 6)).await;
        let query = format!("{{ suppliers {{ nodes {{ models {{ {FACETS} }} }} }} categories(where: {{ path: {{ eq: \"llm/chat\" }} }}) {{
            nodes {{ models {{ {FACETS} }} }} }} }}");
        let data = app.query(&query).await;
        for supplier in data["suppliers"]["nodes"].as_array().expect("suppliers") {
            let facets = &supplier["models"]["facets"];
            assert_eq!(shown(facets, "modelTypes"), ["language 6"]);
            assert_eq!(shown(facets, "capabilities"), ["tool_calling 6", "vision 3"]);
            assert_eq!(shown(facets, "categories"), ["llm/chat 4", "llm/reasoning 2"]);
        }
        let chat = &data["categories"]["nodes"][0]["models"]["facets"];
        assert_eq!(shown(chat, "suppliers"), ["supplier-000 4", "supplier-001 4"]);
        assert_eq!(shown(chat, "categories"), ["llm/chat 8"]);
    }

    /// Where there are no models there is nothing to count.
    async fn no_models_have_no_facets(app: TestApp) {
        let none = json!({ "suppliers": [], "modelTypes": [], "subTypes": [], "capabilities": [], "categories": [], "lifecycleStages": [] });
        assert_eq!(facets(&app, "").await, none);
        assert_eq!(facets(&app, "search: \"x\"").await, none);
    }
}
