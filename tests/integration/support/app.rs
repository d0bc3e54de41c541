//! A server of Modelry's, over HTTP, on a database of its own.

use std::net::SocketAddr;
use std::ops::Deref;

use modelry::app::App;
use modelry::auth::Secret;
use modelry::config::Config;
use modelry::domain::{ChangeChannel, Role};
use modelry::http;
use modelry::registry::api_token::{self, Giver, NewApiToken};
use modelry::registry::clock::Clock;
use modelry::registry::transfer::apply::{self, Options, Origin};
use modelry::registry::transfer::own;
use modelry::store::Author;
use reqwest::header::HeaderMap;
use serde_json::{Value, json};
use tokio::task::JoinHandle;

use super::fixtures;
use super::{DatabaseKind, Fixture, TestDatabase};

/// The day that it is for every [`TestApp`], whatever the calendar says.
pub const NOW: &str = "2026-06-15T12:00:00.000000Z";

/// A server that listens on a free port of this machine, over a database without rows; stops when dropped.
pub struct TestApp {
    app: App,
    address: SocketAddr,
    client: reqwest::Client,
    token: Option<String>,
    server: JoinHandle<()>,
    database: TestDatabase,
}

/// A [`TestApp`] that has the small catalogue of [`fixtures::SMALL`].
pub struct SmallCatalogue(TestApp);

impl Fixture for TestApp {
    async fn on(kind: DatabaseKind) -> Self {
        Self::over(TestDatabase::on(kind).await, |_| {}).await
    }
}

impl Fixture for SmallCatalogue {
    async fn on(kind: DatabaseKind) -> Self {
        let app = TestApp::on(kind).await;
        app.import(fixtures::SMALL).await;
        Self(app)
    }
}

impl Deref for SmallCatalogue {
    type Target = TestApp;

    fn deref(&self) -> &TestApp {
        &self.0
    }
}

impl TestApp {
    /// Serves this database, which has the current schema, with settings of one's own. What is sent to it carries the token
    /// of an admin.
    pub async fn over(database: TestDatabase, change: impl FnOnce(&mut Config)) -> Self {
        let mut app = Self::start(database, change).await;
        app.app.set_migrated();
        let token = app.make_token("tests", Role::Admin).await;
        app.client = client_with(&token);
        app.token = Some(token);
        app
    }

    /// Another server of the same database, asked with the same token.
    pub async fn beside(&self, change: impl FnOnce(&mut Config)) -> Self {
        let mut other = Self::start(self.database.another(), change).await;
        other.app.set_migrated();
        other.token.clone_from(&self.token);
        other.client = self.token.as_deref().map_or_else(client, client_with);
        other.app.access().refresh().await.expect("the token is known");
        other
    }

    /// A new token of this name, good at once.
    pub async fn make_token(&self, name: &str, role: Role) -> String {
        self.make_token_with(name, role, |_| {}).await
    }

    /// A new token of this name, good at once, with more than a name and a role.
    pub async fn make_token_with(&self, name: &str, role: Role, change: impl FnOnce(&mut NewApiToken)) -> String {
        let secret = Secret::token().expect("a token");
        let author = Author::new("test", ChangeChannel::Cli, "createApiToken", self.app.clock().now());
        let mut token = NewApiToken {
            name: name.to_owned(),
            role,
            scopes: None,
            expires_at: None,
            hash: secret.hash().to_hex(),
            hint: secret.hint(),
        };
        change(&mut token);
        api_token::create(self.app.store(), author, &Giver::unlimited(), token).await.expect("a token");
        self.app.access().refresh().await.expect("the token is known");
        secret.expose().to_owned()
    }

    /// The token that requests carry; `None` if the server was only started.
    pub fn token(&self) -> Option<&str> {
        self.token.as_deref()
    }

    /// Serves this database, whatever its state, and turns requests away.
    pub async fn start(database: TestDatabase, change: impl FnOnce(&mut Config)) -> Self {
        let mut config = Config { database_url: database.url().to_owned(), ..Config::default() };
        config.database.connections = 4;
        config.database.wait_timeout_ms = 60_000;
        config.database.connect_timeout_ms = 60_000;
        config.http.server_timing = true;
        config.secrets.key_file = Some(database.key_file());
        // What a test sends comes all at once, and a machine that tests is busy.
        config.http.header_timeout_ms = 60_000;
        config.http.body_timeout_ms = 60_000;
        config.limits.request_timeout_ms = 600_000;
        // What is tested is what the database comes to; `cache` tests what is kept.
        config.cache.max_bytes = 0;
        config.limits.cost_per_minute = 0;
        config.limits.requests_per_second = 0;
        config.limits.mutations_per_minute = 0;
        change(&mut config);
        let now = serde_json::from_value(json!(NOW)).expect("a moment");
        let app = App::new(config, Clock::fixed(now)).expect("the parts of a server");
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let address = listener.local_addr().expect("an address");
        let served = app.clone();
        let server = tokio::spawn(async move {
            let router = http::router(served.clone());
            let never = std::future::pending();
            http::server::serve(listener, router, &served.config().http, never).await.expect("served");
        });
        Self { app, address, client: client(), token: None, server, database }
    }

    /// Applies a catalogue in Modelry's own format.
    pub async fn import(&self, catalogue: &str) {
        let draft = own::read(catalogue.as_bytes()).expect("a sound catalogue");
        apply::apply(self.app.store(), draft, Origin::Own, &Options::default(), self.app.clock())
            .await
            .expect("the catalogue is applied");
    }

    /// The parts of the server.
    pub const fn parts(&self) -> &App {
        &self.app
    }

    /// The database behind it.
    pub const fn database(&self) -> &TestDatabase {
        &self.database
    }

    /// The address of this path.
    pub fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    /// A request for this path, to be sent as it is.
    pub fn get(&self, path: &str) -> reqwest::RequestBuilder {
        self.client.get(self.url(path))
    }

    /// A request by this method.
    pub fn request(&self, method: reqwest::Method, path: &str) -> reqwest::RequestBuilder {
        self.client.request(method, self.url(path))
    }

    /// A request that sends JSON to the GraphQL endpoint.
    pub fn post(&self, body: impl Into<reqwest::Body>) -> reqwest::RequestBuilder {
        self.client.post(self.url("/graphql")).header("content-type", "application/json").body(body)
    }

    /// Executes a document with variables, `json!({})` for none.
    pub async fn graphql(&self, query: &str, variables: Value) -> Response {
        let body = json!({ "query": query, "variables": variables }).to_string();
        Response::of(self.post(body).header("accept", "application/graphql-response+json")).await
    }

    /// What a document without variables answers, which must be free of errors.
    pub async fn query(&self, query: &str) -> Value {
        self.graphql(query, json!({})).await.data().clone()
    }

    /// The message of the one error that a document without variables has; its code must be `BAD_USER_INPUT`.
    pub async fn bad_input(&self, query: &str) -> String {
        let response = self.graphql(query, json!({})).await;
        let errors = response.errors();
        assert_eq!(errors.len(), 1, "{query}: {}", response.text);
        assert_eq!(errors[0]["extensions"]["code"], "BAD_USER_INPUT", "{query}: {}", response.text);
        errors[0]["message"].as_str().expect("a message").to_owned()
    }
}

impl Drop for TestApp {
    fn drop(&mut self) {
        self.server.abort();
        self.app.close();
    }
}

/// A client that keeps to what it is told: no proxies of the environment, no redirections, no credentials.
pub fn client() -> reqwest::Client {
    client_sending(HeaderMap::new())
}

/// As [`client`], with a token.
pub fn client_with(token: &str) -> reqwest::Client {
    let authorization = format!("Bearer {token}").parse().expect("a header");
    client_sending(HeaderMap::from_iter([(reqwest::header::AUTHORIZATION, authorization)]))
}

fn client_sending(headers: HeaderMap) -> reqwest::Client {
    // Fails if another test was first, which is as well.
    drop(rustls::crypto::ring::default_provider().install_default());
    let builder = reqwest::Client::builder().no_proxy().redirect(reqwest::redirect::Policy::none());
    builder.default_headers(headers).build().expect("a client")
}

/// An answer, read to its end.
pub struct Response {
    /// The status.
    pub status: u16,
    /// The headers.
    pub headers: HeaderMap,
    /// The body.
    pub text: String,
    /// The body as JSON; null if it is none.
    pub json: Value,
}

impl Response {
    /// Sends a request and reads the answer.
    pub async fn of(request: reqwest::RequestBuilder) -> Self {
        let response = request.send().await.expect("an answer");
        let (status, headers) = (response.status().as_u16(), response.headers().clone());
        let bytes = response.bytes().await.expect("a body");
        let text = String::from_utf8_lossy(&bytes).into_owned();
        Self { status, headers, json: serde_json::from_str(&text).unwrap_or_default(), text }
    }

    /// The result, which must be free of errors.
    pub fn data(&self) -> &Value {
        assert!(self.json.get("errors").is_none(), "{}", self.text);
        &self.json["data"]
    }

    /// The errors.
    pub fn errors(&self) -> &[Value] {
        self.json["errors"].as_array().map(Vec::as_slice).unwrap_or_default()
    }

    /// The code of the first error.
    pub fn code(&self) -> &str {
        self.json["errors"][0]["extensions"]["code"].as_str().unwrap_or_default()
    }

    /// A header's text; empty if it is missing.
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
    }

    /// How many statements the database was asked, as the `Server-Timing` header says.
    pub fn statements(&self) -> usize {
        let timing = self.header("server-timing");
        let count = timing.split_once("desc=\"").and_then(|(_, rest)| rest.split(' ').next()?.parse().ok());
        count.unwrap_or_else(|| panic!("no count of statements in {timing:?}: {}", self.text))
    }
}

/// The names, or whatever `field` is, of a list of objects.
pub fn each<'a>(list: &'a Value, field: &str) -> Vec<&'a str> {
    let objects = list.as_array().unwrap_or_else(|| panic!("no list: {list}"));
    objects.iter().map(|object| object[field].as_str().unwrap_or("null")).collect()
}
