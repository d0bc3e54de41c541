//! Free text: any part of any word finds a model, in Chinese as in English, whatever the query language of the database.

use serde_json::json;

use crate::support::{SmallCatalogue, TestApp, each, on_both_databases};

/// The models that hold this text, as `supplier/name` in the order of names.
async fn found(app: &TestApp, text: &str) -> Vec<String> {
    let query = "query ($text: String!) { models(where: { search: $text }) { nodes { name supplier { name } } } }";
    let response = app.graphql(query, json!({ "text": text })).await;
    let nodes = &response.data()["models"]["nodes"];
    let suppliers =
        nodes.as_array().expect("nodes").iter().map(|node| node["supplier"]["name"].as_str().unwrap_or_default());
    suppliers.zip(each(nodes, "name")).map(|(supplier, name)| format!("{supplier}/{name}")).collect()
}

async fn check(app: &TestApp, cases: &[(&str, &[&str])]) {
    for (text, expected) in cases {
        assert_eq!(&found(app, text).await, expected, "{text:?}");
    }
}

const NOTHING: &[&str] = &[];

on_both_databases! {
    /// In names, display names, descriptions and aliases, and across them.
    async fn words_are_found_wherever_they_stand(app: SmallCatalogue) {
        check(&app, &[
            ("gamma", &["acme/gamma-embed"]),
            ("One", &["acme/alpha"]),
            ("thinks", &["acme/beta"]),
            ("latest", &["acme/alpha"]),
            ("first", &["acme/alpha", "moonshot/alpha"]),
            ("amm", &["acme/gamma-embed"]),
            ("be", &["acme/beta", "acme/gamma-embed"]),
            ("k", &["acme/beta", "moonshot/kimi"]),
            ("nowhere", NOTHING),
        ]).await;
    }

    /// One character, two, three and more.
    async fn chinese_is_found_by_any_part(app: SmallCatalogue) {
        check(&app, &[
            ("长", &["moonshot/kimi"]),
            ("文本", &["moonshot/kimi"]),
            ("长文本", &["moonshot/kimi"]),
            ("支持超长上下文", &["moonshot/kimi"]),
            ("月影", &["moonshot/kimi"]),
            ("阿尔法", &["acme/alpha"]),
            ("尔", &["acme/alpha"]),
            ("长 上下文", &["moonshot/kimi"]),
            ("文长", NOTHING),
        ]).await;
    }

    /// Upper and lower case are alike, also beyond ASCII where a word has three letters.
    async fn case_does_not_matter(app: SmallCatalogue) {
        app.database().execute("UPDATE models SET display_name = 'École Ünïcode' WHERE name = 'gamma-embed'").await.expect("changed");
        check(&app, &[
            ("ALPHA", &["acme/alpha", "moonshot/alpha"]),
            ("oNe", &["acme/alpha"]),
            ("BE", &["acme/beta", "acme/gamma-embed"]),
            ("éCOLE", &["acme/gamma-embed"]),
            ("ÜNÏCODE", &["acme/gamma-embed"]),
        ]).await;
    }

    /// All words, in any order.
    async fn every_word_must_be_there(app: SmallCatalogue) {
        check(&app, &[
            ("first alpha", &["acme/alpha", "moonshot/alpha"]),
            ("  One\n\tfirst  ", &["acme/alpha"]),
            ("alpha thinks", NOTHING),
        ]).await;
        assert_eq!(found(&app, "").await.len(), 7, "no word asks nothing");
    }

    /// What the databases' own languages give a meaning to stands for itself.
    async fn signs_are_taken_literally(app: SmallCatalogue) {
        app.database().execute("UPDATE models SET description = 'a \"quoted\" word, C:\\new, x*y, (a) OR b, ''s'' NEAR-by' WHERE name = 'kimi'").await.expect("changed");
        check(&app, &[
            ("\"quoted\"", &["moonshot/kimi"]),
            ("\"", &["moonshot/kimi"]),
            ("\"one", NOTHING),
            ("x*y", &["moonshot/kimi"]),
            ("alp*", NOTHING),
            ("*", &["moonshot/kimi"]),
            ("AND", &["acme/beta", "local/delta_1"]),
            ("delta AND epsilon", &["local/delta_1"]),
            ("alpha OR beta", NOTHING),
            ("NOT", NOTHING),
            ("NEAR-by", &["moonshot/kimi"]),
            ("-alpha", NOTHING),
            ("delta-1", &["local/delta-1"]),
            ("C:\\new", &["moonshot/kimi"]),
            ("50%_", &["acme/alpha"]),
            ("%", &["acme/alpha"]),
            ("d%a", NOTHING),
            ("l_a", NOTHING),
            ("delta_1", &["local/delta_1"]),
            ("name:alpha", NOTHING),
            ("(a)", &["moonshot/kimi"]),
            ("'s'", &["moonshot/kimi"]),
            ("^alpha", NOTHING),
            ("{document}:", NOTHING),
        ]).await;
    }

    /// A search finds what is so now.
    async fn changes_are_found_at_once(app: SmallCatalogue) {
        let database = app.database();
        database.execute("UPDATE models SET name = 'omega' WHERE name = 'beta'").await.expect("renamed");
        database.execute("UPDATE model_aliases SET alias = 'sunlight' WHERE alias = 'first'").await.expect("changed");
        database.execute("UPDATE model_aliases SET deleted_at = created_at WHERE alias = '月影'").await.expect("deleted");
        check(&app, &[
            ("omega", &["acme/omega"]),
            ("sunlight", &["moonshot/alpha"]),
            ("first", &["acme/alpha"]),
            ("月影", NOTHING),
        ]).await;
        database.execute("UPDATE models SET deleted_at = created_at WHERE name = 'omega'").await.expect("deleted");
        check(&app, &[("omega", NOTHING)]).await;
    }

    /// A page and how many there are come together, and are what they are each by itself: in any order, from either end.
    async fn pages_and_totals_agree(app: SmallCatalogue) {
        let selected = "edges { cursor node { name } } pageInfo { startCursor endCursor hasNextPage hasPreviousPage }";
        for text in ["a", "al", "alpha", "delta", "文本", "%", "nowhere", "alpha first"] {
            for order in [
                "{ field: NAME }",
                "{ field: DISPLAY_NAME, direction: DESC }",
                "{ field: MODEL_TYPE }, { field: RELEASED_ON, direction: DESC }, { field: NAME }",
                "{ field: NAME }, { field: NAME, direction: DESC }",
                "{ field: CREATED_AT }",
                "{ parameter: \"context_window\" }",
                "{ field: SUPPLIER }",
            ] {
                for window in ["first: 1", "first: 3", "first: 100", "last: 2"] {
                    for filter in ["", ", isActive: { eq: true }", ", deleted: INCLUDE", ", capabilities: { allOf: [\"tool_calling\"] }"] {
                        let list = format!("models({window}, orderBy: [{order}], where: {{ search: {text:?}{filter} }})");
                        let apart = app.query(&format!("{{ page: {list} {{ {selected} }} count: {list} {{ totalCount }} }}")).await;
                        let mut together = app.query(&format!("{{ {list} {{ totalCount {selected} }} }}")).await["models"].take();
                        let total = together.as_object_mut().and_then(|list| list.remove("totalCount")).expect("a total");
                        assert_eq!(together, apart["page"], "{list}");
                        assert_eq!(total, apart["count"]["totalCount"], "{list}");
                    }
                }
            }
        }
    }

    /// Behind a cursor the total is still that of the whole list.
    async fn totals_are_of_the_whole_list(app: SmallCatalogue) {
        let list = "{ models(first: 2, where: { search: \"a\" }, orderBy: [{ field: NAME }]) { totalCount pageInfo { endCursor } } }";
        let first = app.query(list).await["models"].take();
        let rest = format!("models(first: 2, after: {}, ", first["pageInfo"]["endCursor"]);
        let second = app.query(&list.replace("models(first: 2, ", &rest)).await["models"].take();
        assert_eq!(first["totalCount"], second["totalCount"]);
        assert_ne!(first["pageInfo"], second["pageInfo"]);
    }

    /// Long texts and odd ones are searches like any other.
    async fn odd_texts_are_no_errors(app: SmallCatalogue) {
        for text in ["\u{0}", "a\u{0}b", "\u{feff}", "🦀", "'; DROP TABLE models; --", &"x ".repeat(500), &"y".repeat(5000)] {
            assert_eq!(found(&app, text).await, NOTHING, "{text:?}");
        }
    }

    /// Suppliers, capabilities and categories are searched by their names and descriptions.
    async fn other_lists_are_searched_too(app: SmallCatalogue) {
        let data = app.query("{
            suppliers(where: { search: \"实验 ACME\" }) { nodes { name } }
            capabilities(where: { search: \"functions\" }) { nodes { name } }
            categories(where: { search: \"聊天\" }) { nodes { path } }
            none: suppliers(where: { search: \"%\" }) { nodes { name } }
        }").await;
        assert_eq!(data, json!({
            "suppliers": { "nodes": [{ "name": "acme" }] },
            "capabilities": { "nodes": [{ "name": "tool_calling" }] },
            "categories": { "nodes": [{ "path": "llm/chat" }] },
            "none": { "nodes": [] },
        }));
    }
}
