//! The operators of every type of filter, and how filters are put together.

use serde_json::{Value, json};

use crate::support::{SmallCatalogue, TestApp, each, on_both_databases};

/// The names of the models that meet `filter`, by name; those of the same name by supplier.
pub async fn models(app: &TestApp, filter: &str) -> Vec<String> {
    let query = format!(
        "{{ models(where: {{ {filter} }}, orderBy: [{{ field: NAME }}, {{ field: SUPPLIER }}]) {{
            totalCount nodes {{ name supplier {{ name }} }} }} }}"
    );
    let data = app.query(&query).await;
    let nodes = data["models"]["nodes"].as_array().expect("nodes");
    assert_eq!(data["models"]["totalCount"], nodes.len(), "{filter}");
    nodes.iter().map(shown).collect()
}

/// A model's name; that of `moonshot`'s alpha, which has a namesake, with its supplier's.
fn shown(node: &Value) -> String {
    match (node["supplier"]["name"].as_str(), node["name"].as_str()) {
        (Some("moonshot"), Some("alpha")) => "moonshot/alpha".to_owned(),
        (_, name) => name.unwrap_or_default().to_owned(),
    }
}

/// Checks which models each filter finds.
pub async fn check(app: &TestApp, cases: &[(&str, &[&str])]) {
    for (filter, expected) in cases {
        assert_eq!(&models(app, filter).await, expected, "{filter}");
    }
}

const ALL: &[&str] = &["alpha", "moonshot/alpha", "beta", "delta-1", "delta_1", "gamma-embed", "kimi"];
const NONE: &[&str] = &[];

on_both_databases! {
    /// Texts: exactly, one of, a part, the start, none at all, and the contrary of each.
    async fn texts(app: SmallCatalogue) {
        check(&app, &[
            ("name: { eq: \"alpha\" }", &["alpha", "moonshot/alpha"]),
            ("name: { eq: \"ALPHA\" }", NONE),
            ("name: { in: [\"beta\", \"kimi\", \"nobody\"] }", &["beta", "kimi"]),
            ("name: { in: [] }", NONE),
            ("name: { contains: \"TA\" }", &["beta", "delta-1", "delta_1"]),
            ("name: { startsWith: \"DEL\" }", &["delta-1", "delta_1"]),
            ("displayName: { isNull: true }", &["moonshot/alpha", "delta-1", "gamma-embed"]),
            ("displayName: { isNull: false }", &["alpha", "beta", "delta_1", "kimi"]),
            ("displayName: { contains: \"文本\" }", &["kimi"]),
            ("description: { contains: \"thinks\" }", &["beta"]),
            ("alias: { startsWith: \"阿\" }", &["alpha"]),
            ("alias: { in: [\"first\", \"月影\"] }", &["moonshot/alpha", "kimi"]),
            ("subType: { not: { eq: \"chat\" } }", &["delta-1", "delta_1", "gamma-embed"]),
            ("name: { not: { not: { eq: \"beta\" } } }", &["beta"]),
            ("name: { startsWith: \"d\", contains: \"-\" }", &["delta-1"]),
            ("name: {}", ALL),
            ("", ALL),
        ]).await;
    }

    /// `%`, `_` and `\` have no meaning in texts.
    async fn signs_in_texts_are_taken_literally(app: SmallCatalogue) {
        check(&app, &[
            ("name: { contains: \"delta_\" }", &["delta_1"]),
            ("name: { startsWith: \"delta_\" }", &["delta_1"]),
            ("name: { contains: \"%\" }", NONE),
            ("description: { contains: \"50%_off\" }", &["alpha"]),
            ("description: { contains: \"5%o\" }", NONE),
            ("name: { contains: \"\\\\\" }", NONE),
            ("name: { contains: \"' OR '1'='1\" }", NONE),
        ]).await;
    }

    /// Flags and members of closed sets.
    async fn flags_and_closed_sets(app: SmallCatalogue) {
        check(&app, &[
            ("isDefault: { eq: true }", &["alpha", "delta_1", "gamma-embed"]),
            ("isActive: { eq: false }", &["moonshot/alpha"]),
            ("isActive: { not: { eq: true } }", &["moonshot/alpha"]),
            ("isActive: { isNull: true }", NONE),
            ("supplier: { apiKeyRequired: { isNull: true } }", &["moonshot/alpha", "kimi"]),
            ("supplier: { apiKeyRequired: { not: { eq: true } } }", &["moonshot/alpha", "delta-1", "delta_1", "kimi"]),
            ("modelType: { eq: MULTIMODAL }", &["beta"]),
            ("modelType: { in: [MULTIMODAL, OTHER] }", &["beta", "delta-1"]),
            ("modelType: { in: [] }", NONE),
            ("modelType: { not: { in: [LANGUAGE] } }", &["beta", "delta-1"]),
            ("lifecycleStage: { in: [DRAFT, DEPRECATED] }", &["beta", "delta-1"]),
        ]).await;
    }

    /// Dates of known precision count as their first day; as an upper bound, as their last.
    async fn partial_dates(app: SmallCatalogue) {
        check(&app, &[
            ("releasedOn: { eq: \"2025-03\" }", &["beta"]),
            ("releasedOn: { gte: \"2025-03\" }", &["alpha", "beta", "kimi"]),
            ("releasedOn: { gte: \"2025-03-02\" }", &["alpha", "kimi"]),
            ("releasedOn: { lte: \"2025-03-10\" }", &["alpha", "beta", "gamma-embed"]),
            ("releasedOn: { lte: \"2025-03-09\" }", &["beta", "gamma-embed"]),
            ("releasedOn: { lte: \"2025-03\" }", &["alpha", "beta", "gamma-embed", "kimi"]),
            ("releasedOn: { gte: \"2024\", lte: \"2024\" }", &["gamma-embed"]),
            ("releasedOn: { lte: \"2023\" }", NONE),
            ("releasedOn: { isNull: true }", &["moonshot/alpha", "delta-1", "delta_1"]),
            ("releasedOn: { not: { gte: \"2025\" } }", &["moonshot/alpha", "delta-1", "delta_1", "gamma-embed"]),
            ("knowledgeCutoff: { eq: \"2024-10\" }", &["alpha"]),
        ]).await;
    }

    /// Days and moments.
    async fn days_and_moments(app: SmallCatalogue) {
        app.database().execute("UPDATE models SET updated_at = '2026-06-15T12:00:00.000001Z' WHERE name = 'kimi'").await.expect("changed");
        check(&app, &[
            ("deprecatedOn: { eq: \"2026-01-31\" }", &["beta"]),
            ("deprecatedOn: { lte: \"2026-01-30\" }", NONE),
            ("deprecatedOn: { isNull: false }", &["beta"]),
            ("retiresOn: { gte: \"2026-12-31\", lte: \"2026-12-31\" }", &["beta"]),
            ("retiresOn: { not: { lte: \"2030-01-01\" }, isNull: false }", NONE),
            ("createdAt: { eq: \"2026-06-15T12:00:00Z\" }", ALL),
            ("createdAt: { eq: \"2026-06-15T14:00:00+02:00\" }", ALL),
            ("createdAt: { isNull: true }", NONE),
            ("updatedAt: { gte: \"2026-06-15T12:00:00.000001Z\" }", &["kimi"]),
            ("updatedAt: { lte: \"2026-06-15T12:00:00Z\", }", &["alpha", "moonshot/alpha", "beta", "delta-1", "delta_1", "gamma-embed"]),
        ]).await;
    }

    /// All of, one of, none of; nested as deep as one likes. `not` includes rows without a value.
    async fn and_or_not(app: SmallCatalogue) {
        check(&app, &[
            ("and: [{ name: { contains: \"a\" } }, { displayName: { isNull: false } }]", &["alpha", "beta", "delta_1"]),
            ("or: [{ name: { eq: \"kimi\" } }, { name: { eq: \"beta\" } }]", &["beta", "kimi"]),
            ("not: { displayName: { contains: \"a\" } }", &["moonshot/alpha", "delta-1", "gamma-embed", "kimi"]),
            ("and: []", ALL),
            ("or: []", NONE),
            ("not: {}", NONE),
            ("name: { startsWith: \"d\" }, or: [{ modelType: { eq: OTHER } }, { not: { isDefault: { eq: true } } }]", &["delta-1"]),
            ("or: [{ and: [{ isActive: { eq: false } }, { name: { eq: \"alpha\" } }] }, { not: { or: [{ name: { contains: \"a\" } }] } }]", &["moonshot/alpha", "kimi"]),
        ]).await;
    }

    /// A null asks nothing, like a filter left out.
    async fn null_asks_nothing(app: SmallCatalogue) {
        let query = "query ($where: ModelWhere, $name: StringFilter) { a: models(where: $where) { totalCount }
                       b: models(where: { name: $name, search: null, deleted: null }) { totalCount } }";
        let response = app.graphql(query, json!({ "where": null, "name": { "eq": null, "in": null } })).await;
        assert_eq!(response.data(), &json!({ "a": { "totalCount": 7 }, "b": { "totalCount": 7 } }));
    }

    /// Deleted rows are left out, put in, or all there is.
    async fn deleted_rows(app: SmallCatalogue) {
        app.database().execute("UPDATE models SET deleted_at = created_at WHERE name = 'beta'").await.expect("deleted");
        check(&app, &[
            ("modelType: { eq: MULTIMODAL }", NONE),
            ("deleted: EXCLUDE, modelType: { eq: MULTIMODAL }", NONE),
            ("deleted: INCLUDE, name: { in: [\"beta\", \"kimi\"] }", &["beta", "kimi"]),
            ("deleted: ONLY", &["beta"]),
        ]).await;
        let data = app.query("{ suppliers(where: { name: { eq: \"acme\" } }) { nodes {
            live: models { totalCount } all: models(where: { deleted: INCLUDE }) { totalCount } gone: models(where: { deleted: ONLY }) { nodes { name } }
        } } }").await;
        assert_eq!(data["suppliers"]["nodes"][0], json!({
            "live": { "totalCount": 2 }, "all": { "totalCount": 3 }, "gone": { "nodes": [{ "name": "beta" }] },
        }));
    }

    /// Ids, of their own type only.
    async fn ids(app: SmallCatalogue) {
        let data = app.query("{ beta: model(supplier: \"acme\", name: \"beta\") { id } kimi: model(supplier: \"moonshot\", name: \"kimi\") { id } }").await;
        let (beta, kimi) = (&data["beta"]["id"], &data["kimi"]["id"]);
        check(&app, &[
            (&format!("id: {{ eq: {beta} }}"), &["beta"]),
            (&format!("id: {{ in: [{kimi}, {beta}, \"Model:999999\"] }}"), &["beta", "kimi"]),
            ("id: { in: [] }", NONE),
            (&format!("id: {{ not: {{ in: [{beta}, {kimi}] }} }}, modelType: {{ eq: LANGUAGE }}"), &["alpha", "moonshot/alpha", "delta_1", "gamma-embed"]),
        ]).await;
        for id in ["Supplier:1", "1", "", "Model:x", "model:1"] {
            let message = app.bad_input(&format!("{{ models(where: {{ id: {{ eq: \"{id}\" }} }}) {{ totalCount }} }}")).await;
            assert_eq!(message, format!("id: \"{id}\" is not the id of a Model; those look like \"Model:42\""));
        }
    }

    /// The filters of suppliers, capabilities and categories.
    async fn other_lists(app: SmallCatalogue) {
        for (list, filter, field, expected) in [
            ("suppliers", "category: { eq: \"lab\" }", "name", vec!["acme"]),
            ("suppliers", "adapter: { isNull: true }", "name", vec!["local", "moonshot"]),
            ("suppliers", "isActive: { eq: false }", "name", vec!["local"]),
            ("suppliers", "or: [{ name: { eq: \"acme\" } }, { displayName: { contains: \"月\" } }]", "name", vec!["acme", "moonshot"]),
            ("suppliers", "not: { description: { isNull: true } }", "name", vec!["acme"]),
            ("capabilities", "domain: { eq: NLP }", "name", vec!["reasoning", "tool_calling"]),
            ("capabilities", "domain: { not: { in: [NLP, CV] } }", "name", vec!["transcription"]),
            ("capabilities", "capabilityType: { isNull: true }", "name", vec!["transcription"]),
            ("capabilities", "isActive: { eq: false }", "name", vec!["vision"]),
            ("categories", "isRoot: true", "path", vec!["embedding", "llm", "llm-old"]),
            ("categories", "isRoot: false, path: { startsWith: \"llm/\" }", "path", vec!["llm/chat", "llm/chat/long", "llm/reasoning"]),
            ("categories", "categoryType: { eq: \"field\" }, name: { contains: \"-\" }", "path", vec!["llm-old"]),
        ] {
            let data = app.query(&format!("{{ list: {list}(where: {{ {filter} }}) {{ nodes {{ {field} }} }} }}")).await;
            assert_eq!(each(&data["list"]["nodes"], field), expected, "{list} {filter}");
        }
        let llm = app.query("{ category(path: \"llm\") { id } }").await;
        let data = app.query(&format!("{{ categories(where: {{ parentId: {{ eq: {} }} }}) {{ nodes {{ path }} }} }}", llm["category"]["id"])).await;
        assert_eq!(each(&data["categories"]["nodes"], "path"), ["llm/chat", "llm/reasoning"]);
    }

    /// Texts with a NUL, which no text of a catalogue has, find nothing; huge ones likewise.
    async fn odd_texts_are_no_errors(app: SmallCatalogue) {
        for text in ["\u{0}", "🦀", &"z".repeat(100_000)] {
            for operator in ["eq", "contains", "startsWith"] {
                let query = "query ($name: StringFilter) { models(where: { name: $name }) { totalCount } }";
                let response = app.graphql(query, json!({ "name": { operator: text } })).await;
                assert_eq!(response.data(), &json!({ "models": { "totalCount": 0 } }), "{operator}");
            }
        }
    }
}
