//! Writers at once: changes are numbered in the order in which they become visible.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use serde_json::{Value, json};

use super::mutations::{attempt, mutate};
use super::tables::{assert_whole, change_sets};
use crate::support::{DatabaseKind, TestApp, on_both_databases};

const WRITERS: usize = 4;
const EACH: usize = 15;

on_both_databases! {
    /// Two who have seen the same version: one changes the row, the other is told; there is one change set.
    async fn of_two_writers_on_one_row_one_is_told(app: TestApp) {
        let supplier = mutate(&app, "createSupplier", "supplier { id version }", json!({ "name": "acme" })).await["supplier"].clone();
        let before = change_sets(app.database()).await;
        let change = async |name: &str| {
            let input = json!({ "id": supplier["id"], "expectedVersion": supplier["version"], "displayName": name });
            attempt(&app, "updateSupplier", "changeSet { id }", input).await
        };
        let (one, other) = tokio::join!(change("one"), change("other"));
        let (won, lost) = if one["userErrors"] == json!([]) { (one, other) } else { (other, one) };
        assert_eq!(won["userErrors"], json!([]));
        assert_eq!(lost["userErrors"][0]["code"], "CONFLICT");
        assert!(won["changeSet"]["id"].is_string() && lost["changeSet"] == Value::Null);
        assert_eq!(change_sets(app.database()).await, before + 1);
    }

    /// Who polls the feed while others write sees every change once, in order, and skips none.
    async fn a_reader_of_the_feed_misses_nothing(app: TestApp) {
        let app = Arc::new(app);
        let done = Arc::new(AtomicBool::new(false));
        let reader = tokio::spawn(poll(Arc::clone(&app), Arc::clone(&done)));
        let writers = (0..WRITERS).map(|writer| {
            let app = Arc::clone(&app);
            tokio::spawn(async move {
                for number in 0..EACH {
                    let name = format!("s{writer}-{number}");
                    if number % 3 == 0 && app.database().kind() == DatabaseKind::Postgres {
                        let sql = format!("INSERT INTO suppliers (name, created_at, updated_at) VALUES ('{name}', '2026-01-01T00:00:00.000000Z', '2026-01-01T00:00:00.000000Z')");
                        app.database().execute(&sql).await.expect("a row");
                    } else {
                        mutate(&app, "createSupplier", "supplier { id }", json!({ "name": name })).await;
                    }
                }
            })
        });
        for written in futures_util::future::join_all(writers).await {
            written.expect("a writer ends");
        }
        done.store(true, Ordering::SeqCst);
        let seen = reader.await.expect("the reader ends");
        assert!(seen.is_sorted_by(|one, next| one < next), "{seen:?}");
        assert_eq!(seen.len(), WRITERS * EACH);
        assert_whole(app.database(), "writers at once").await;
    }
}

/// Reads the feed until it has been read to the end after `done`.
async fn poll(app: Arc<TestApp>, done: Arc<AtomicBool>) -> Vec<i64> {
    let (mut seen, mut after) = (Vec::new(), None::<String>);
    loop {
        let last_time = done.load(Ordering::SeqCst);
        let query =
            "query ($after: String) { changes(after: $after, first: 5) { nodes { number } endCursor hasNextPage } }";
        let feed = app.graphql(query, json!({ "after": after })).await.data()["changes"].clone();
        let nodes = feed["nodes"].as_array().expect("changes");
        seen.extend(nodes.iter().map(|node| node["number"].as_i64().expect("a number")));
        after = feed["endCursor"].as_str().map(str::to_owned);
        if last_time && feed["hasNextPage"] == false {
            return seen;
        }
    }
}
