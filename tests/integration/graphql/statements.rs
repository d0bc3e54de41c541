//! How often the database is asked: once for each kind of thing in a document, however many of them there are.

use serde_json::json;

use crate::support::{SmallCatalogue, TestApp, fixtures, on_both_databases};

const MODELS: &str = "query ($first: Int!) { models(first: $first) { totalCount nodes {
    name supplier { name } parameters { name } capabilities { support capability { name } } categories { name } prices { amount }
} } }";

const SUPPLIERS: &str = "{ suppliers(first: 50) { nodes {
    name models(first: 10) { totalCount nodes { parameters { name } capabilities { support } categories { name } } }
} } }";

on_both_databases! {
    /// One for the page, one for the count, one for each of five relations: with 1, 10 and 50 models alike.
    async fn a_list_takes_as_many_whatever_its_length(app: TestApp) {
        app.import(&fixtures::catalogue(5, 12)).await;
        for first in [1, 10, 50] {
            let response = app.graphql(MODELS, json!({ "first": first })).await;
            assert_eq!(response.data()["models"]["nodes"].as_array().map(Vec::len), Some(first));
            assert_eq!(response.statements(), 7, "with {first} models");
        }
    }

    /// The models of all suppliers of a page are one list each, loaded together.
    async fn lists_of_many_parents_are_loaded_together(app: TestApp) {
        app.import(&fixtures::catalogue(50, 12)).await;
        let response = app.graphql(SUPPLIERS, json!({})).await;
        let suppliers = response.data()["suppliers"]["nodes"].as_array().expect("suppliers");
        assert_eq!(suppliers.len(), 50);
        for supplier in suppliers {
            assert_eq!(supplier["models"]["totalCount"], 12);
            assert_eq!(supplier["models"]["nodes"].as_array().map(Vec::len), Some(10));
        }
        assert!(response.statements() <= 7, "{} statements", response.statements());
    }

    /// Likewise the models of capabilities and of categories.
    async fn models_behind_links_are_loaded_together(app: TestApp) {
        app.import(&fixtures::catalogue(3, 12)).await;
        for (query, most) in [
            ("{ capabilities { nodes { name models(first: 3) { totalCount nodes { name supplier { name } } } } } }", 4),
            ("{ categories { nodes { path models(first: 3, includeDescendants: true) { totalCount nodes { name supplier { name } } } } } }", 4),
            ("{ models(first: 5) { nodes { categories { models(first: 2) { nodes { name } } } } } }", 3),
            ("{ models(first: 5) { nodes { capabilities { capability { models(first: 2) { nodes { name } } } } } } }", 3),
        ] {
            let response = app.graphql(query, json!({})).await;
            response.data();
            assert_eq!(response.statements(), most, "{query}");
        }
    }

    /// A tree costs one, whatever its depth.
    async fn a_tree_takes_one(app: SmallCatalogue) {
        let query = "{ categoryTree { name children { name children { name children { name } } } } }";
        assert_eq!(app.graphql(query, json!({})).await.statements(), 1);
    }

    /// What is above and below all categories of a list costs one each.
    async fn ways_up_and_down_the_tree_are_loaded_together(app: SmallCatalogue) {
        for (query, expected) in [
            ("{ categories { nodes { path ancestors { path } } } }", 2),
            ("{ categories { nodes { path descendants { path } } } }", 2),
            ("{ categories { nodes { path parent { path } children { path } } } }", 3),
        ] {
            assert_eq!(app.graphql(query, json!({})).await.statements(), expected, "{query}");
        }
    }

    /// Objects of five types by their ids cost five, however many there are.
    async fn nodes_take_one_for_each_type(app: SmallCatalogue) {
        let ids = ["Model:1", "Supplier:1", "Category:1", "Model:2", "Capability:1", "ModelPrice:1", "Supplier:2", "Model:3"];
        let response = app.graphql("query ($ids: [ID!]!) { nodes(ids: $ids) { id } }", json!({ "ids": ids })).await;
        let found: Vec<&str> = response.data()["nodes"].as_array().expect("nodes").iter().filter_map(|node| node["id"].as_str()).collect();
        assert_eq!(found, ids);
        assert_eq!(response.statements(), 5);
    }

    /// Facets cost one each, and only those that are asked for.
    async fn facets_take_one_each(app: SmallCatalogue) {
        for (facets, expected) in [
            ("suppliers { count }", 1),
            ("suppliers { count } capabilities { count }", 2),
            ("suppliers { count } modelTypes { count } subTypes { count } capabilities { count } categories { count } lifecycleStages { count }", 6),
        ] {
            let query = format!("{{ models {{ facets {{ {facets} }} }} }}");
            assert_eq!(app.graphql(&query, json!({})).await.statements(), expected, "{facets}");
        }
    }

    /// A search finds its page and how many there are by one statement, in whatever names and fragments they are asked for.
    /// Behind a cursor, sorted by what is computed, or without a search they are two.
    async fn a_search_is_counted_with_its_page(app: SmallCatalogue) {
        let cursor = app.query("{ models(first: 1, where: { search: \"a\" }) { pageInfo { endCursor } } }").await["models"]["pageInfo"]["endCursor"].to_string();
        for (arguments, selected, expected) in [
            ("where: { search: \"alpha\" }", "totalCount nodes { name }", 1),
            ("where: { search: \"a\" }", "edges { cursor } pageInfo { hasNextPage } n: totalCount", 1),
            ("where: { or: [{ search: \"a\" }, { isActive: { eq: false } }] }", "... on ModelConnection { totalCount nodes { name } }", 1),
            ("where: { search: \"a\" }", "totalCount", 1),
            ("where: { search: \"a\" }", "totalCount nodes @skip(if: true) { name }", 1),
            (&format!("first: 2, after: {cursor}, where: {{ search: \"a\" }}"), "totalCount nodes { name }", 2),
            ("orderBy: [{ parameter: \"context_window\" }], where: { search: \"a\" }", "totalCount nodes { name }", 2),
            ("where: { search: \"\" }", "totalCount nodes { name }", 2),
            ("where: { isActive: { eq: true } }", "totalCount nodes { name }", 2),
        ] {
            let query = format!("{{ models({arguments}) {{ {selected} }} }}");
            let response = app.graphql(&query, json!({})).await;
            response.data();
            assert_eq!(response.statements(), expected, "{query}");
        }
    }

    /// What is not selected is not loaded: neither rows nor counts.
    async fn what_is_not_selected_costs_nothing(app: SmallCatalogue) {
        for (query, expected) in [
            ("{ models { totalCount } }", 1),
            ("{ models { nodes { name } } }", 1),
            ("{ models { nodes { name } edges { cursor } pageInfo { endCursor } } }", 1),
            ("{ __typename }", 0),
        ] {
            assert_eq!(app.graphql(query, json!({})).await.statements(), expected, "{query}");
        }
    }

    /// The way back from parameters, prices, aliases and associations to their models costs one each.
    async fn ways_back_to_models_are_loaded_together(app: SmallCatalogue) {
        let query = "{ models { nodes { parameters { model { name } } prices { model { name } } aliases { model { name } }
                       capabilities { model { name } } successor { name } } } }";
        assert_eq!(app.graphql(query, json!({})).await.statements(), 1 + 4 + 4 + 1);
    }
}
