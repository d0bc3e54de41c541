//! From one object to another: by natural keys and aliases, by ids, up and down the tree, there and back.

use serde_json::json;

use crate::support::{SmallCatalogue, each, on_both_databases};

on_both_databases! {
    /// Suppliers, models, capabilities and categories have keys that people know.
    async fn natural_keys(app: SmallCatalogue) {
        let data = app.query("{
            supplier(name: \"moonshot\") { displayName }
            model(supplier: \"moonshot\", name: \"alpha\") { isActive supplier { name } }
            capability(name: \"vision\") { domain inputTypes outputTypes }
            category(path: \"llm/chat/long\") { name depth }
        }").await;
        assert_eq!(data, json!({
            "supplier": { "displayName": "月之暗面" },
            "model": { "isActive": false, "supplier": { "name": "moonshot" } },
            "capability": { "domain": "CV", "inputTypes": ["image"], "outputTypes": [] },
            "category": { "name": "long", "depth": 2 },
        }));
    }

    /// What isn't there is null, and no error; what is deleted isn't there.
    async fn what_is_not_there_is_null(app: SmallCatalogue) {
        for table in ["suppliers", "models", "capabilities"] {
            app.database().execute(&format!("UPDATE {table} SET deleted_at = created_at WHERE name IN ('local', 'beta', 'vision')")).await.expect("deleted");
        }
        let data = app.query("{
            a: supplier(name: \"local\") { id } b: supplier(name: \"ACME\") { id } c: model(supplier: \"acme\", name: \"beta\") { id }
            d: model(supplier: \"local\", name: \"delta-1\") { id } e: capability(name: \"vision\") { id } f: category(path: \"chat\") { id }
            g: model(supplier: \"acme\", name: \"\") { id }
        }").await;
        assert_eq!(data, json!({ "a": null, "b": null, "c": null, "d": null, "e": null, "f": null, "g": null }));
    }

    /// A model answers to its aliases, within its supplier; a model's own name goes before another's alias.
    async fn aliases(app: SmallCatalogue) {
        let query = "{
            latest: model(supplier: \"acme\", name: \"alpha-latest\") { name }
            chinese: model(supplier: \"acme\", name: \"阿尔法\") { name aliases { alias } }
            elsewhere: model(supplier: \"moonshot\", name: \"alpha-latest\") { name }
        }";
        assert_eq!(app.query(query).await, json!({
            "latest": { "name": "alpha" },
            "chinese": { "name": "alpha", "aliases": [{ "alias": "alpha-latest" }, { "alias": "阿尔法" }] },
            "elsewhere": null,
        }));
        app.database().execute("UPDATE model_aliases SET alias = 'beta' WHERE alias = 'alpha-latest'").await.expect("changed");
        let data = app.query("{ model(supplier: \"acme\", name: \"beta\") { name } }").await;
        assert_eq!(data["model"]["name"], "beta");
    }

    /// The default model of a kind of work; without a sub-type, the default that has none.
    async fn default_models(app: SmallCatalogue) {
        let data = app.query("{
            chat: defaultModel(type: LANGUAGE, subType: \"chat\") { name }
            embedding: defaultModel(type: LANGUAGE, subType: \"embedding\") { name }
            plain: defaultModel(type: LANGUAGE) { name }
            none: defaultModel(type: VIDEO) { name }
        }").await;
        assert_eq!(data, json!({
            "chat": { "name": "alpha" }, "embedding": { "name": "gamma-embed" }, "plain": { "name": "delta_1" }, "none": null,
        }));
    }

    /// `nodes` answers in the order of the ids, with null for what isn't there.
    async fn nodes_answer_in_the_order_of_the_ids(app: SmallCatalogue) {
        app.database().execute("UPDATE suppliers SET deleted_at = created_at WHERE id = 2").await.expect("deleted");
        let query = "query ($deleted: Deleted) { nodes(deleted: $deleted, ids: [\"Supplier:3\", \"Supplier:2\", \"Model:999999\", \"Capability:1\", \"Supplier:3\"]) { id __typename } }";
        let [third, second, capability] =
            [("Supplier:3", "Supplier"), ("Supplier:2", "Supplier"), ("Capability:1", "Capability")].map(|(id, name)| json!({ "id": id, "__typename": name }));
        for (deleted, expected) in [
            (json!(null), json!([third, null, null, capability, third])),
            (json!("INCLUDE"), json!([third, second, null, capability, third])),
            (json!("ONLY"), json!([null, second, null, null, null])),
        ] {
            assert_eq!(app.graphql(query, json!({ "deleted": deleted })).await.data()["nodes"], expected, "{deleted}");
        }
        let data = app.query("{ live: node(id: \"Supplier:2\") { id } any: node(id: \"Supplier:2\", deleted: INCLUDE) { id } }").await;
        assert_eq!(data, json!({ "live": null, "any": { "id": "Supplier:2" } }));
    }

    /// What is no id is said to be none; so are too many.
    async fn ids_that_are_none_are_refused(app: SmallCatalogue) {
        assert_eq!(app.bad_input("{ node(id: \"42\") { id } }").await, "\"42\" is not an id; ids look like \"Model:42\"");
        let many = json!(vec!["Model:1"; 101]).to_string();
        assert_eq!(app.bad_input(&format!("{{ nodes(ids: {many}) {{ id }} }}")).await, "ids: at most 100");
    }

    /// A part of the tree, down to a depth.
    async fn parts_of_the_tree(app: SmallCatalogue) {
        let llm = app.query("{ category(path: \"llm\") { id } }").await["category"]["id"].to_string();
        let data = app.query(&format!("{{
            below: categoryTree(rootId: {llm}, maxDepth: 2) {{ path children {{ path children {{ path }} }} }}
            roots: categoryTree(maxDepth: 1) {{ path children {{ path }} }}
        }}")).await;
        assert_eq!(data, json!({
            "below": [{ "path": "llm", "children": [{ "path": "llm/reasoning", "children": [] }, { "path": "llm/chat", "children": [] }] }],
            "roots": [{ "path": "embedding", "children": [] }, { "path": "llm", "children": [] }, { "path": "llm-old", "children": [] }],
        }));
        for (arguments, message) in [
            ("maxDepth: 0", "maxDepth: must be 1 to 20, not 0"),
            ("maxDepth: 21", "maxDepth: must be 1 to 20, not 21"),
            ("rootId: \"Category:999999\"", "rootId: there is no such category"),
            ("rootId: \"Model:1\"", "rootId: \"Model:1\" is not the id of a Category; those look like \"Category:42\""),
        ] {
            assert_eq!(app.bad_input(&format!("{{ categoryTree({arguments}) {{ path }} }}")).await, message);
        }
    }

    /// Up, down, and all the way; a name that starts alike is not below.
    async fn ways_through_the_tree(app: SmallCatalogue) {
        let data = app.query("{
            long: category(path: \"llm/chat/long\") { ancestors { path } parent { path } children { path } descendants { path } }
            llm: category(path: \"llm\") { ancestors { path } parent { path } children { path } descendants { path } direct: descendants(maxDepth: 1) { path } }
        }").await;
        assert_eq!(data["long"], json!({
            "ancestors": [{ "path": "llm" }, { "path": "llm/chat" }], "parent": { "path": "llm/chat" }, "children": [], "descendants": [],
        }));
        assert_eq!(data["llm"], json!({
            "ancestors": [], "parent": null, "children": [{ "path": "llm/reasoning" }, { "path": "llm/chat" }],
            "descendants": [{ "path": "llm/chat" }, { "path": "llm/chat/long" }, { "path": "llm/reasoning" }],
            "direct": [{ "path": "llm/chat" }, { "path": "llm/reasoning" }],
        }));
    }

    /// Models of a supplier, with an ability, in a category; and from each of them back.
    async fn there_and_back(app: SmallCatalogue) {
        let data = app.query("{
            supplier(name: \"local\") { models { nodes { name supplier { name } } } }
            tools: capability(name: \"tool_calling\") { models { nodes { name } } }
            blind: capability(name: \"vision\") { models(support: UNSUPPORTED) { nodes { name } } }
            chat: category(path: \"llm/chat\") { models { nodes { name } } }
            llm: category(path: \"llm\") { none: models { totalCount } all: models(includeDescendants: true) { totalCount nodes { name categories { path } } } }
        }").await;
        assert_eq!(data["supplier"]["models"]["nodes"], json!([
            { "name": "delta-1", "supplier": { "name": "local" } }, { "name": "delta_1", "supplier": { "name": "local" } },
        ]));
        assert_eq!(each(&data["tools"]["models"]["nodes"], "name"), ["alpha", "beta", "kimi"]);
        assert_eq!(each(&data["blind"]["models"]["nodes"], "name"), ["alpha"]);
        assert_eq!(each(&data["chat"]["models"]["nodes"], "name"), ["alpha", "kimi"]);
        assert_eq!(data["llm"], json!({ "none": { "totalCount": 0 }, "all": { "totalCount": 3, "nodes": [
            { "name": "alpha", "categories": [{ "path": "llm/chat" }] },
            { "name": "beta", "categories": [{ "path": "llm/chat/long" }, { "path": "llm/reasoning" }] },
            { "name": "kimi", "categories": [{ "path": "llm/chat" }] },
        ] } }));
    }

    /// Lists under different names, with different arguments, don't mix.
    async fn lists_with_different_arguments_stand_beside_each_other(app: SmallCatalogue) {
        let data = app.query("{ suppliers { nodes { name
            one: models(first: 1) { nodes { name } }
            language: models(where: { modelType: { eq: LANGUAGE } }, orderBy: [{ field: NAME, direction: DESC }]) { nodes { name } }
        } } }").await;
        let acme = &data["suppliers"]["nodes"][0];
        assert_eq!(each(&acme["one"]["nodes"], "name"), ["alpha"]);
        assert_eq!(each(&acme["language"]["nodes"], "name"), ["gamma-embed", "alpha"]);
    }

    /// Some of a model's parameters, by name.
    async fn parameters_by_name(app: SmallCatalogue) {
        let data = app.query("{ model(supplier: \"acme\", name: \"alpha\") { parameters(names: [\"tokenizer\", \"context_window\", \"x\"]) { name value } } }").await;
        assert_eq!(data["model"]["parameters"], json!([{ "name": "context_window", "value": 128_000 }, { "name": "tokenizer", "value": "cl100k" }]));
    }
}
