//! What a connection's arguments may be, and what is said of those that can't be taken.

use serde_json::json;

use crate::support::{SmallCatalogue, TestApp, fixtures, on_both_databases};

on_both_databases! {
    /// Twenty rows, unless something is said.
    async fn a_page_has_twenty_rows(app: TestApp) {
        app.import(&fixtures::catalogue(1, 30)).await;
        let data = app.query("{ models { totalCount nodes { id } pageInfo { hasNextPage hasPreviousPage } } }").await;
        assert_eq!(data["models"]["nodes"].as_array().map(Vec::len), Some(20));
        assert_eq!(data["models"]["totalCount"], 30);
        assert_eq!(data["models"]["pageInfo"], json!({ "hasNextPage": true, "hasPreviousPage": false }));
    }

    /// A list without rows has pages without rows.
    async fn an_empty_list_has_an_empty_page(app: TestApp) {
        let query = "{ models { totalCount nodes { id } edges { cursor }
                       pageInfo { hasNextPage hasPreviousPage startCursor endCursor } facets { suppliers { value } } } }";
        assert_eq!(app.query(query).await, json!({ "models": {
            "totalCount": 0, "nodes": [], "edges": [],
            "pageInfo": { "hasNextPage": false, "hasPreviousPage": false, "startCursor": null, "endCursor": null },
            "facets": { "suppliers": [] },
        } }));
    }

    /// Numbers of rows out of bounds, and windows that contradict themselves, are refused by the argument's name.
    async fn windows_that_are_none_are_refused(app: SmallCatalogue) {
        let cursor = app.query("{ models(first: 1) { pageInfo { endCursor } } }").await["models"]["pageInfo"]["endCursor"].to_string();
        let window = |arguments: &str| format!("{{ models({arguments}) {{ nodes {{ id }} }} }}").replace("CURSOR", &cursor);
        for (arguments, message) in [
            ("first: 0", "first: must be 1 to 100, not 0"),
            ("first: -1", "first: must be 1 to 100, not -1"),
            ("first: 101", "first: must be 1 to 100, not 101"),
            ("last: 0", "last: must be 1 to 100, not 0"),
            ("last: 101", "last: must be 1 to 100, not 101"),
            ("first: 1, last: 1", "first, last: give one of them, not both"),
            ("after: CURSOR, before: CURSOR", "after, before: give one of them, not both"),
            ("first: 1, before: CURSOR", "first goes with after, and last with before"),
            ("last: 1, after: CURSOR", "first goes with after, and last with before"),
        ] {
            assert_eq!(app.bad_input(&window(arguments)).await, message, "{arguments}");
        }
    }

    /// A cursor serves the list that gave it, sorted as it was then, and no other.
    async fn a_cursor_of_another_list_is_refused(app: SmallCatalogue) {
        let data = app.query("{ suppliers(first: 1) { pageInfo { endCursor } } models(first: 1) { pageInfo { endCursor } } }").await;
        let models = data["models"]["pageInfo"]["endCursor"].as_str().expect("a cursor");
        let suppliers = data["suppliers"]["pageInfo"]["endCursor"].as_str().expect("a cursor");
        for (arguments, named) in [
            (format!("first: 1, after: \"{suppliers}\""), "after: this cursor is of another list"),
            (format!("last: 1, before: \"{suppliers}\""), "before: this cursor is of another list"),
            (format!("after: \"{models}\", orderBy: [{{ field: NAME, direction: DESC }}]"), "after: this cursor is of another list"),
            (format!("after: \"{models}\", orderBy: [{{ field: NAME }}, {{ field: SUPPLIER }}]"), "after: this cursor is of another list"),
            (format!("after: \"{}\"", models.replace('W', "X")), "after: this is not a cursor"),
            (format!("after: \"{}\"", &models[..models.len() - 3]), "after: this is not a cursor"),
            ("after: \"\"".to_owned(), "after: this is not a cursor"),
            ("after: \"Model:1\"".to_owned(), "after: this is not a cursor"),
            ("after: \"月\"".to_owned(), "after: this is not a cursor"),
        ] {
            let message = app.bad_input(&format!("{{ models({arguments}) {{ nodes {{ id }} }} }}")).await;
            assert!(message.starts_with(named), "{arguments}: {message}");
        }
        let nested = format!("{{ suppliers(first: 1) {{ nodes {{ models(after: \"{suppliers}\") {{ nodes {{ id }} }} }} }} }}");
        assert!(app.bad_input(&nested).await.starts_with("after: this cursor is of another list"));
    }

    /// A filter chooses rows, not places: its lists take the same cursors.
    async fn a_cursor_survives_another_filter(app: SmallCatalogue) {
        let data = app.query("{ models(first: 3) { pageInfo { endCursor } nodes { name } } }").await;
        let cursor = &data["models"]["pageInfo"]["endCursor"];
        let query = format!("{{ models(after: {cursor}, where: {{ modelType: {{ eq: LANGUAGE }} }}) {{ nodes {{ name }} }} }}");
        assert_eq!(app.query(&query).await["models"]["nodes"], json!([{ "name": "delta_1" }, { "name": "gamma-embed" }, { "name": "kimi" }]));
    }

    /// At most three keys; each names one thing to sort by.
    async fn orders_that_are_none_are_refused(app: SmallCatalogue) {
        for (order, message) in [
            ("{ field: NAME }, { field: NAME }, { field: NAME }, { field: NAME }", "orderBy: at most 3 keys"),
            ("{ direction: DESC }", "orderBy: each key takes exactly one of field, parameter and price"),
            ("{ field: NAME, parameter: \"x\" }", "orderBy: each key takes exactly one of field, parameter and price"),
        ] {
            assert_eq!(app.bad_input(&format!("{{ models(orderBy: [{order}]) {{ nodes {{ id }} }} }}")).await, message);
        }
    }

    /// An empty order is the usual one.
    async fn an_empty_order_is_the_usual_one(app: SmallCatalogue) {
        let data = app.query("{ usual: models { nodes { id } } empty: models(orderBy: []) { nodes { id } } }").await;
        assert_eq!(data["usual"], data["empty"]);
    }
}
