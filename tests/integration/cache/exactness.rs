//! When an answer is given again, and when it isn't.

use modelry::domain::Role;
use serde_json::json;

use super::{Keeping, LIST, SUPPLIERS, ask, beside, state};
use crate::support::{TestDatabase, on_both_databases};

/// Prices, which suppliers have nothing to do with.
const PRICES: &str = "{ models(first: 10) { nodes { prices { amount } } } }";
/// A moment that is the present one.
const MOMENT: &str = "2026-06-16T00:00:00Z";
const CREATE: &str =
    "mutation($name: String!) { createSupplier(input: { name: $name }) { supplier { id } userErrors { message } } }";

/// Every table but the migrations' own.
async fn tables(database: &TestDatabase) -> Vec<String> {
    let sql = database.dialect(
        "SELECT name AS value FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name NOT LIKE '\\_\\_%' ESCAPE '\\'
         AND name NOT LIKE 'model_search_%'",
        "SELECT tablename::text AS value FROM pg_tables WHERE schemaname = 'public' AND tablename NOT LIKE '\\_\\_%'",
    );
    database.texts(sql).await
}

on_both_databases! {
    /// The second time nothing is asked of the database, and the answer is the same to the letter but for its cost's balance.
    async fn an_answer_is_given_again(app: Keeping) {
        let Keeping(app) = app;
        let (first, is_hit) = ask(&app, LIST).await;
        assert!(!is_hit && first.statements() > 0);
        let (second, is_hit) = ask(&app, LIST).await;
        assert!(is_hit, "{}", second.header("cache-status"));
        assert_eq!((second.statements(), second.data()), (0, first.data()));
        assert_eq!(second.header("content-type"), first.header("content-type"));
        let cost = |response: &crate::support::Response| response.json["extensions"]["cost"]["requestedQueryCost"].clone();
        assert_eq!(cost(&second), cost(&first));
    }

    /// A change of a table makes answers untrue that mention it, and no others; who writes, reads it.
    async fn a_change_ends_what_it_concerns(app: Keeping) {
        let Keeping(app) = app;
        for query in [LIST, SUPPLIERS, PRICES] {
            ask(&app, query).await;
            assert!(ask(&app, query).await.1, "{query}");
        }
        app.graphql(CREATE, json!({ "name": "new" })).await.data();
        let (suppliers, is_hit) = ask(&app, SUPPLIERS).await;
        assert!(!is_hit && suppliers.text.contains("\"new\""), "{}", suppliers.text);
        assert!(ask(&app, LIST).await.1, "none of its suppliers has changed");
        assert!(ask(&app, PRICES).await.1, "no price has changed");
    }

    /// An answer about one model stays while others change, and ends with whatever of its own does.
    async fn a_point_stays_while_others_change(app: Keeping) {
        let Keeping(app) = app;
        let point = "{ node(id: \"Model:1\") { ... on Model { name description supplier { displayName } parameters { name } } } }";
        let supplier = app.graphql("{ node(id: \"Model:1\") { ... on Model { supplier { id } } } }", json!({})).await;
        let supplier = supplier.data()["node"]["supplier"]["id"].as_str().expect("an id").to_owned();
        let other = if supplier == "Supplier:1" { "Supplier:2" } else { "Supplier:1" };
        let update = "mutation($v: UpdateModelInput!) { r: updateModel(input: $v) { userErrors { message } } }";
        let rename = "mutation($v: UpdateSupplierInput!) { r: updateSupplier(input: $v) { userErrors { message } } }";
        let parameter = "mutation($v: CreateModelParameterInput!) { r: createModelParameter(input: $v) { userErrors { message } } }";
        ask(&app, point).await;
        for (document, input, stays) in [
            (update, json!({ "id": "Model:2", "description": "another's" }), true),
            (update, json!({ "id": "Model:1", "description": "its own" }), false),
            (rename, json!({ "id": other, "displayName": "Another" }), true),
            (rename, json!({ "id": supplier, "displayName": "Its own" }), false),
            (parameter, json!({ "modelId": "Model:2", "name": "fresh", "type": "INT", "value": 1 }), true),
            (parameter, json!({ "modelId": "Model:1", "name": "fresh", "type": "INT", "value": 1 }), false),
        ] {
            let written = app.graphql(document, json!({ "v": input })).await;
            assert_eq!(written.data()["r"]["userErrors"], json!([]), "{input}");
            assert_eq!(ask(&app, point).await.1, stays, "{input}");
        }
    }

    /// Nothing that isn't there is kept for longer than it isn't.
    async fn what_is_missing_may_come(app: Keeping) {
        let Keeping(app) = app;
        let last = app.graphql("{ models(first: 100) { totalCount } }", json!({})).await.data()["models"]["totalCount"].clone();
        let next = last.as_i64().expect("a number") + 1;
        let missing = format!("{{ node(id: \"Model:{next}\") {{ id }} }}");
        assert!(!ask(&app, &missing).await.1);
        assert!(ask(&app, &missing).await.1);
        let made = app
            .graphql(
                "mutation { createModel(input: { supplierId: \"Supplier:1\", name: \"fresh\", modelType: LANGUAGE }) { model { id } } }",
                json!({}),
            )
            .await;
        assert_eq!(made.data()["createModel"]["model"]["id"], json!(format!("Model:{next}")), "ids follow one another");
        assert!(ask(&app, &missing).await.0.text.contains(&format!("Model:{next}")));
    }

    /// A list stays while what only tells about models beyond its page changes, and ends with what chooses its rows.
    async fn a_list_stays_while_it_would_be_the_same(app: Keeping) {
        let Keeping(app) = app;
        let list = "{ models(first: 2) { totalCount nodes { id description } } }";
        let described = "{ models(first: 2, where: { description: { contains: \"e\" } }) { nodes { id } } }";
        let all = app.graphql("{ models(first: 100) { nodes { id } } }", json!({})).await;
        let all: Vec<String> = serde_json::from_value::<Vec<serde_json::Value>>(all.data()["models"]["nodes"].clone())
            .expect("a list")
            .iter()
            .map(|node| node["id"].as_str().expect("an id").to_owned())
            .collect();
        let (first, last) = (&all[0], &all[all.len() - 1]);
        let update = "mutation($v: UpdateModelInput!) { r: updateModel(input: $v) { userErrors { message } } }";
        for (query, input, stays) in [
            (list, json!({ "id": last, "description": "beyond the page" }), true),
            (list, json!({ "id": first, "description": "on the page" }), false),
            (list, json!({ "id": last, "isActive": false }), false),
            (described, json!({ "id": last, "description": "elsewhere" }), false),
        ] {
            ask(&app, query).await;
            let written = app.graphql(update, json!({ "v": input })).await;
            assert_eq!(written.data()["r"]["userErrors"], json!([]), "{input}");
            assert_eq!(ask(&app, query).await.1, stays, "{query} after {input}");
        }
    }

    /// What belongs to a model never changes to another: an answer about the one that it left would not be heard to be untrue.
    async fn rows_stay_with_their_model(app: Keeping) {
        let Keeping(app) = app;
        for table in ["model_parameters", "model_prices", "model_capability_associations", "model_category_associations"] {
            let error = app
                .database()
                .execute(&format!("UPDATE {table} SET model_id = model_id % 2 + 1"))
                .await
                .expect_err("refused");
            assert!(error.to_string().contains("rows never change to another model"), "{table}: {error}");
        }
    }

    /// What another server of the same database wrote is read within a moment, and never half.
    async fn other_servers_are_heard_of(app: Keeping) {
        let Keeping(app) = app;
        let other = beside(&app).await;
        ask(&app, SUPPLIERS).await;
        assert!(ask(&app, SUPPLIERS).await.1);
        other.graphql(CREATE, json!({ "name": "elsewhere" })).await.data();
        let started = std::time::Instant::now();
        while !ask(&app, SUPPLIERS).await.0.text.contains("elsewhere") {
            assert!(started.elapsed().as_secs() < 60, "it is never heard of");
            tokio::time::sleep(std::time::Duration::from_millis(5)).await;
        }
    }

    /// What SQL past every server changed counts too.
    async fn raw_changes_are_heard_of(app: Keeping) {
        let Keeping(app) = app;
        ask(&app, SUPPLIERS).await;
        app.database().execute("UPDATE suppliers SET display_name = 'Changed by hand'").await.expect("changed");
        app.parts().own().learn_changes().await.expect("learned");
        let (suppliers, is_hit) = ask(&app, SUPPLIERS).await;
        assert!(!is_hit && suppliers.text.contains("Changed by hand"), "{}", suppliers.text);
    }

    /// What is different for each who asks, or has errors, or is not of the catalogue, is not kept.
    async fn what_is_nobody_elses_is_not_kept(app: Keeping) {
        let Keeping(app) = app;
        for query in [
            "{ viewer { name } }",
            "{ apiTokens { nodes { name } } }",
            "{ auditLog { nodes { action } } }",
            "{ rateLimit { remaining } suppliers { totalCount } }",
            "{ suppliers { nodes { keys { label } } } }",
        ] {
            for _ in 0..2 {
                let response = app.graphql(query, json!({})).await;
                assert_ne!(response.header("cache-status"), "modelry; hit", "{query}: {}", response.text);
            }
        }
        for _ in 0..2 {
            let wrong = app.graphql("{ node(id: \"x\") { id } }", json!({})).await;
            assert_eq!((wrong.code(), wrong.header("cache-status")), ("BAD_USER_INPUT", ""), "{}", wrong.text);
        }
        assert_eq!(state(&app).await.hits, 0);
    }

    /// Who may not read the catalogue gets nothing of it, kept or not.
    async fn kept_answers_are_for_who_may_read(app: Keeping) {
        let Keeping(app) = app;
        ask(&app, SUPPLIERS).await;
        assert!(ask(&app, SUPPLIERS).await.1);
        let only_access = |token: &mut modelry::registry::api_token::NewApiToken| {
            token.scopes = Some(vec![modelry::domain::Scope::AccessManage]);
        };
        let token = app.make_token_with("keeper", Role::Admin, only_access).await;
        let refused = crate::access::ask(&app, Some(&token), SUPPLIERS, json!({})).await;
        assert_eq!(refused.code(), "FORBIDDEN", "{}", refused.text);
        let reader = app.make_token("reader", Role::Viewer).await;
        let read = crate::access::ask(&app, Some(&reader), SUPPLIERS, json!({})).await;
        assert_eq!(read.header("cache-status"), "modelry; hit", "{}", read.text);
    }

    /// An answer about a past that nothing can be added to stays whatever changes; one about a moment that a change can still be
    /// of does not.
    async fn what_was_stays(app: Keeping) {
        let Keeping(app) = app;
        let at = |time: &str| format!("{{ at(time: \"{time}\") {{ suppliers {{ nodes {{ name }} }} }} }}");
        app.parts().clock().set(serde_json::from_value(json!(MOMENT)).expect("a moment"));
        let (past, present) = (at("2026-01-01T00:00:00Z"), at(MOMENT));
        ask(&app, &past).await;
        ask(&app, &present).await;
        assert!(ask(&app, &present).await.1);
        app.graphql(CREATE, json!({ "name": "at-this-moment" })).await.data();
        assert!(ask(&app, &past).await.1, "nothing was added to it");
        let (found, is_hit) = ask(&app, &present).await;
        assert!(!is_hit && found.text.contains("at-this-moment"), "{}", found.text);
    }

    /// An answer holds for a day: prices and stages of life go by the calendar.
    async fn a_day_ends_all(app: Keeping) {
        let Keeping(app) = app;
        ask(&app, LIST).await;
        assert!(ask(&app, LIST).await.1);
        app.parts().clock().set(serde_json::from_value(json!("2026-06-16T00:00:00Z")).expect("a moment"));
        assert!(!ask(&app, LIST).await.1);
        app.parts().clock().set(serde_json::from_value(json!("2026-06-15T23:00:00Z")).expect("a moment"));
        assert!(ask(&app, LIST).await.1, "a clock that is set back finds its day again");
    }

    /// Every table of the database is one that answers are known to depend on, or one that nothing is kept of.
    async fn every_table_is_known(app: Keeping) {
        let Keeping(app) = app;
        for table in tables(app.database()).await {
            let found = modelry::store::tables::Tables::named(&table);
            assert_ne!(found, modelry::store::tables::Tables::default(), "{table} is missing in store/tables.rs");
        }
    }
}
