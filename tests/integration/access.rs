//! Who may come in and do what, as clients meet it. What `docs/access.md` promises is what is tested.

mod audit;
mod command;
mod policy;
mod provider;
mod sensitive;
pub mod sessions;
mod streams;
mod tokens;

use modelry::domain::Role;
use serde_json::{Value, json};

use crate::support::app::{client, client_with};
use crate::support::{Response, TestApp};

/// Executes a document as whoever has this token; as nobody in particular without one.
pub async fn ask(app: &TestApp, token: Option<&str>, query: &str, variables: Value) -> Response {
    ask_at(&app.url("/graphql"), token, query, variables).await
}

/// As [`ask`], at another address.
pub async fn ask_at(url: &str, token: Option<&str>, query: &str, variables: Value) -> Response {
    let client = token.map_or_else(client, client_with);
    let body = json!({ "query": query, "variables": variables }).to_string();
    let request = client.post(url).header("content-type", "application/json").body(body);
    Response::of(request.header("accept", "application/graphql-response+json")).await
}

/// The name and the role of whoever has this token.
pub async fn viewer(app: &TestApp, token: Option<&str>) -> (String, String) {
    let response = ask(app, token, "{ viewer { name role } }", json!({})).await;
    let viewer = &response.data()["viewer"];
    let text = |field: &str| viewer[field].as_str().unwrap_or("none").to_owned();
    (text("name"), text("role"))
}

/// Waits until a condition holds.
pub async fn until(what: &str, mut holds: impl AsyncFnMut() -> bool) {
    let started = std::time::Instant::now();
    while !holds().await {
        assert!(started.elapsed().as_secs() < 60, "it takes too long until {what}");
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
}

/// Roles, the names that tests give to tokens that have them.
pub const ROLES: [(Role, &str); 3] = [(Role::Viewer, "reader"), (Role::Editor, "writer"), (Role::Admin, "boss")];
