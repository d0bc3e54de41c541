//! Subscriptions, as clients meet them over either transport.

mod event_streams;
mod feed;
mod instances;
pub mod socket;
mod sockets;

use serde_json::{Value, json};

use crate::support::TestApp;

/// A subscription to all that a test looks at.
pub const CHANGED: &str =
    "subscription($after: String) { changed(after: $after) { cursor number type operation objectId } }";

/// Makes so many suppliers, named `prefix-0`, `prefix-1`, ..., each by a mutation of its own.
pub async fn create_suppliers(app: &TestApp, prefix: &str, count: usize) {
    for number in 0..count {
        create_supplier(app, &format!("{prefix}-{number}")).await;
    }
}

/// Makes a supplier; its global id.
pub async fn create_supplier(app: &TestApp, name: &str) -> String {
    let create = "mutation($name: String!) { createSupplier(input: { name: $name }) { supplier { id } userErrors { message } } }";
    let response = app.graphql(create, json!({ "name": name })).await;
    response.data()["createSupplier"]["supplier"]["id"].as_str().expect("an id").to_owned()
}

/// All changes of the feed behind a cursor, as queries see them: what subscribers must be given.
pub async fn all_changes(app: &TestApp, after: Option<&str>) -> Vec<Value> {
    let query = "query($after: String) { changes(after: $after, first: 1000) { nodes { cursor number type operation objectId } } }";
    let response = app.graphql(query, json!({ "after": after })).await;
    response.data()["changes"]["nodes"].as_array().expect("changes").clone()
}

/// The cursor of the feed's present end.
pub async fn present(app: &TestApp) -> String {
    app.query("{ changeFeedCursor }").await["changeFeedCursor"].as_str().expect("a cursor").to_owned()
}

/// Waits until so many streams are open.
pub async fn until_streams_are(app: &TestApp, count: usize) {
    let started = std::time::Instant::now();
    while app.parts().streams().count() != count {
        let open = app.parts().streams().count();
        assert!(started.elapsed().as_secs() < 60, "{open} streams are open, not {count}");
        tokio::time::sleep(std::time::Duration::from_millis(10)).await;
    }
}
