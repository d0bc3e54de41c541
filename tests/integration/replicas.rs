//! Read replicas: streaming standbys of a PostgreSQL server, which are paused, killed, silenced and promoted.

mod cluster;
mod failing;
mod reading;
mod settings;
mod tokens;

use std::sync::atomic::{AtomicUsize, Ordering};

use modelry::config::Config;
use modelry::store::replicas::ReplicasState;
use serde_json::json;

use crate::access::until;
use crate::support::{Response, TestApp};
pub use cluster::Cluster;

/// Suppliers alone.
const SUPPLIERS: &str = "{ suppliers { nodes { name displayName } } }";
/// What changes them.
const CREATE: &str =
    "mutation($name: String!) { createSupplier(input: { name: $name }) { supplier { id } userErrors { message } } }";

/// Where a request was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// On a replica.
    Replica,
    /// On the primary, since no replica had caught up.
    Primary,
    /// On the primary, after a replica.
    Again,
    /// In no database.
    Memory,
}

/// Has a server read from this standby.
fn reading_from(url: &str) -> impl FnOnce(&mut Config) + use<> {
    let urls = vec![url.to_owned()];
    move |config| config.database.replica_urls = urls.into()
}

/// As [`reading_from`], and keep answers.
fn keeping(url: &str) -> impl FnOnce(&mut Config) + use<> {
    let reading = reading_from(url);
    move |config| {
        reading(config);
        config.cache.max_bytes = 16 << 20;
    }
}

fn state(app: &TestApp) -> ReplicasState {
    app.parts().replicas().state().expect("replicas")
}

/// Asks what must have no errors, with a token unless that is empty, and says where it was read. Nobody else may ask meanwhile.
async fn ask_with(app: &TestApp, token: &str, query: &str) -> (Response, Place) {
    let before = state(app);
    let request = app.post(json!({ "query": query }).to_string());
    let request = if token.is_empty() { request } else { request.header("modelry-revision", token) };
    let response = Response::of(request).await;
    response.data();
    let after = state(app);
    let place = match (after.by_replica - before.by_replica, after.by_primary - before.by_primary) {
        (1, 0) if after.again > before.again => Place::Again,
        (1, 0) => Place::Replica,
        (0, 1) => Place::Primary,
        (0, 0) => Place::Memory,
        more => panic!("one request is read once, not {more:?}"),
    };
    (response, place)
}

async fn ask(app: &TestApp, query: &str) -> (Response, Place) {
    ask_with(app, "", query).await
}

/// Waits until reads go to the replica.
async fn until_used(app: &TestApp) {
    static ASKED: AtomicUsize = AtomicUsize::new(0);
    until("the replica is used", async || {
        // Each time another question, to which no answer is kept.
        let number = ASKED.fetch_add(1, Ordering::Relaxed);
        ask(app, &format!("{{ asked{number}: capabilities {{ totalCount }} }}")).await.1 == Place::Replica
    })
    .await;
}

/// Waits until the replica is left out.
async fn until_left_out(app: &TestApp) {
    until("the replica is left out", async || !state(app).replicas[0].is_in).await;
}

/// Writes, and answers the token of that.
async fn create(app: &TestApp, name: &str) -> String {
    let written = app.graphql(CREATE, json!({ "name": name })).await;
    assert_eq!(written.data()["createSupplier"]["userErrors"], json!([]));
    let token = written.header("modelry-revision").to_owned();
    assert!(!token.is_empty(), "a write tells what was seen");
    token
}
