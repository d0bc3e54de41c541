//! Answers that are kept: they are given again exactly as long as they are true.

mod concurrency;
mod exactness;
mod headers;
mod large;
mod random;

use modelry::cache::CacheState;
use modelry::config::Config;
use serde_json::json;

use crate::support::{DatabaseKind, Fixture, Response, TestApp, TestDatabase, fixtures};

/// A list with relations, as a picker asks for it.
const LIST: &str =
    "{ models(first: 10) { totalCount nodes { name supplier { name } capabilities { capability { name } } } } }";
/// Suppliers alone.
const SUPPLIERS: &str = "{ suppliers { nodes { name displayName } } }";

/// A server that keeps answers, with the small catalogue.
pub struct Keeping(pub TestApp);

impl Fixture for Keeping {
    async fn on(kind: DatabaseKind) -> Self {
        let app = TestApp::over(TestDatabase::on(kind).await, keep).await;
        app.import(fixtures::SMALL).await;
        app.parts().own().learn_changes().await.expect("learned");
        Self(app)
    }
}

/// Has a server keep answers.
fn keep(config: &mut Config) {
    config.cache.max_bytes = 16 << 20;
    config.push.poll_ms = 20;
}

/// Another server of the same database that keeps answers.
async fn beside(app: &TestApp) -> TestApp {
    let other = app.beside(keep).await;
    other.parts().own().learn_changes().await.expect("learned");
    other
}

/// Asks, and says whether the answer was kept.
async fn ask(app: &TestApp, query: &str) -> (Response, bool) {
    let response = app.graphql(query, json!({})).await;
    response.data();
    let is_hit = response.header("cache-status") == "modelry; hit";
    (response, is_hit)
}

/// What became of those who asked so far.
async fn state(app: &TestApp) -> CacheState {
    app.parts().answers().state().await
}
