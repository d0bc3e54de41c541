//! `GET /metrics`.

use std::collections::BTreeSet;
use std::net::SocketAddr;

use insta::assert_snapshot;
use modelry::config::MetricsAccess;
use modelry::http;
use openmetrics_parser::{openmetrics, prometheus};
use serde_json::json;

use crate::access::until;
use crate::cli::process::PATIENCE;
use crate::push::socket::Socket;
use crate::support::DatabaseKind;
use crate::support::app::client;
use crate::support::fixtures::catalogue;
use crate::support::{Fixture as _, Response, SmallCatalogue, TestApp, TestDatabase, on_both_databases};

/// What `/metrics` says to who accepts `OpenMetrics`.
async fn metrics(app: &TestApp) -> String {
    let response = Response::of(app.get("/metrics").header("accept", "application/openmetrics-text")).await;
    assert_eq!(response.status, 200);
    assert_eq!(response.header("content-type"), "application/openmetrics-text; version=1.0.0; charset=utf-8");
    response.text
}

/// The value of a series, as it is written.
fn value<'a>(metrics: &'a str, series: &str) -> Option<&'a str> {
    metrics.lines().find_map(|line| line.strip_prefix(series)?.strip_prefix(' '))
}

/// All series, without their values.
fn series(metrics: &str) -> BTreeSet<&str> {
    let samples = metrics.lines().filter(|line| !line.starts_with('#'));
    samples.filter_map(|line| line.rsplit_once(' ')).map(|(series, _)| series).collect()
}

on_both_databases! {
    async fn both_formats_are_what_they_say(app: SmallCatalogue) {
        app.query("{ models { totalCount } }").await;
        let text = metrics(&app).await;
        // The parser doesn't know that histograms may have units.
        let text = text.replace("# UNIT modelry_graphql_request_duration_seconds seconds\n", "");
        openmetrics::parse_openmetrics(&text).unwrap_or_else(|error| panic!("{error}\n{text}"));
        let plain = Response::of(app.get("/metrics")).await;
        assert_eq!(plain.header("content-type"), "text/plain; version=0.0.4; charset=utf-8");
        prometheus::parse_prometheus(&plain.text).unwrap_or_else(|error| panic!("{error}\n{}", plain.text));
    }

    async fn operations_are_counted_by_kind_and_code(app: SmallCatalogue) {
        app.query("{ models { totalCount } }").await;
        app.query("{ models { totalCount } }").await;
        app.bad_input("{ models(first: 1000) { totalCount } }").await;
        app.graphql("{ nothing }", json!({})).await;
        app.graphql("mutation { createSupplier(input: { name: \"new\" }) { supplier { id } } }", json!({})).await.data();
        Response::of(app.post("no JSON")).await;
        let text = metrics(&app).await;
        for (labels, count) in [
            (r#"kind="query",code="OK""#, "2"),
            (r#"kind="query",code="BAD_USER_INPUT""#, "1"),
            (r#"kind="query",code="GRAPHQL_VALIDATION_FAILED""#, "1"),
            (r#"kind="mutation",code="OK""#, "1"),
            (r#"kind="unknown",code="BAD_REQUEST""#, "1"),
        ] {
            let series = format!("modelry_graphql_requests_total{{{labels}}}");
            assert_eq!(value(&text, &series), Some(count), "{series}\n{text}");
        }
        let durations = "modelry_graphql_request_duration_seconds_count";
        assert_eq!(value(&text, &format!("{durations}{{kind=\"query\"}}")), Some("4"), "{text}");
        let answers = r#"modelry_http_requests_total{method="POST",route="/graphql",status="200"}"#;
        assert_eq!(value(&text, answers), Some("4"), "{text}");
    }

    async fn a_sockets_operations_are_counted_one_by_one(app: SmallCatalogue) {
        let mut socket = Socket::open(&app).await;
        for id in ["1", "2"] {
            let payload = json!({ "query": "{ models { totalCount } }" });
            socket.send(&json!({ "id": id, "type": "subscribe", "payload": payload })).await;
            assert_eq!(socket.receive().await["type"], "next");
            assert_eq!(socket.receive().await["type"], "complete");
        }
        let text = metrics(&app).await;
        assert_eq!(value(&text, "modelry_streams_open"), Some("1"), "{text}");
        let started = std::time::Instant::now();
        // An operation is told of when it has ended, which is after its last message was sent.
        while value(&metrics(&app).await, r#"modelry_graphql_requests_total{kind="query",code="OK"}"#) != Some("2") {
            assert!(started.elapsed() < PATIENCE, "{text}");
            tokio::time::sleep(std::time::Duration::from_millis(20)).await;
        }
    }

    async fn statements_connections_and_the_feed_are_told(app: SmallCatalogue) {
        app.query("{ models { nodes { name } } }").await;
        app.query("{ at(time: \"2026-06-01T00:00:00Z\") { models { nodes { name } } } }").await;
        let text = metrics(&app).await;
        let number = |series: &str| -> f64 {
            let value = value(&text, series).unwrap_or_else(|| panic!("{series} is missing:\n{text}"));
            value.parse().expect("a number")
        };
        for purpose in ["read", "write", "past"] {
            assert!(number(&format!("modelry_sql_statements_total{{purpose=\"{purpose}\"}}")) > 0.0, "{text}");
        }
        let pool = app.database().dialect("readers", "all");
        assert!(number(&format!("modelry_pool_connections{{pool=\"{pool}\",state=\"idle\"}}")) >= 1.0, "{text}");
        assert!(number("modelry_feed_position") > 10.0, "{text}");
        assert!(number("process_cpu_seconds_total") > 0.0, "{text}");
        assert_eq!((number("modelry_ready"), number("modelry_database_up")), (1.0, 1.0), "{text}");
    }

    /// Names of operations, documents, paths, methods, ids and traces of clients' own make no series: a thousand clients make
    /// as many as ten.
    async fn what_clients_make_up_makes_no_series(app: SmallCatalogue) {
        let mut sizes = BTreeSet::new();
        for round in 0..4 {
            for number in 0..10 * (round + 1) {
                make_up(&app, &format!("evil{round}x{number}")).await;
            }
            let text = metrics(&app).await;
            assert!(!text.contains("evil"), "{text}");
            sizes.insert(series(&text).len());
        }
        // The first scrape isn't yet counted while it is answered.
        assert!(sizes.len() <= 2, "{sizes:?}");
    }
}

async fn make_up(app: &TestApp, name: &str) {
    let query = format!("query {name} {{ models(after: \"{name}\") {{ totalCount {name} }} }}");
    let body = json!({ "query": query, "operationName": name, "variables": { (name): name } }).to_string();
    let ids = |request: reqwest::RequestBuilder| request.header("x-request-id", name).header("traceparent", name);
    Response::of(ids(app.post(body))).await;
    Response::of(ids(app.get(&format!("/{name}/metrics?{name}={name}")))).await;
    let method = reqwest::Method::from_bytes(name.to_uppercase().as_bytes()).expect("a method");
    Response::of(ids(app.request(method, "/graphql"))).await;
}

/// A request that is refused for a limit, or given up, is no success: not by its code, over HTTP and over a WebSocket.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn limits_and_time_have_their_codes() {
    let database = TestDatabase::on(DatabaseKind::Sqlite).await;
    let app = TestApp::over(database, |config| config.limits.mutations_per_minute = 1).await;
    let write = "mutation($name: String!) { createSupplier(input: { name: $name }) { userErrors { code } } }";
    app.graphql(write, json!({ "name": "one" })).await.data();
    assert_eq!(app.graphql(write, json!({ "name": "two" })).await.status, 429);
    let mut socket = Socket::open(&app).await;
    socket.subscribe("1", write, json!({ "name": "three" })).await;
    assert_eq!(socket.error("1").await["extensions"]["code"], "RATE_LIMITED");
    until("both are told", async || {
        let text = metrics(&app).await;
        value(&text, r#"modelry_graphql_requests_total{kind="mutation",code="RATE_LIMITED"}"#) == Some("2")
    })
    .await;
    let text = metrics(&app).await;
    assert_eq!(value(&text, r#"modelry_graphql_requests_total{kind="mutation",code="OK"}"#), Some("1"), "{text}");
    for (limit, count) in [("mutations_per_minute", "2"), ("cost_per_minute", "0"), ("streams_per_caller", "0")] {
        let series = format!("modelry_limits_refused_total{{limit=\"limits.{limit}\"}}");
        assert_eq!(value(&text, &series), Some(count), "{text}");
    }
    assert_eq!(value(&text, "modelry_limits_callers"), Some("1"), "{text}");
    assert_eq!(value(&text, "modelry_limits_shared"), Some("0"), "{text}");
}

/// A request that is given up is none that went well.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_given_up_has_its_code() {
    let database = TestDatabase::on(DatabaseKind::Sqlite).await;
    let app = TestApp::over(database, |config| config.limits.request_timeout_ms = 1).await;
    app.import(&catalogue(20, 50)).await;
    let query = "{ models(first: 100) { totalCount facets { suppliers { count } capabilities { count } }
        nodes { parameters { name } capabilities { support } prices { amount } categories { path } } } }";
    assert_eq!(app.graphql(query, json!({})).await.code(), "TIMEOUT");
    let text = metrics(&app).await;
    assert_eq!(value(&text, r#"modelry_graphql_requests_total{kind="query",code="TIMEOUT"}"#), Some("1"), "{text}");
}

/// Who is not let in is counted by the reason.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_is_not_let_in_is_counted() {
    let app = TestApp::on(DatabaseKind::Sqlite).await;
    for authorization in ["Basic dTpw", "Bearer x", "Bearer y"] {
        let request = client().get(app.url("/graphql?query={__typename}")).header("authorization", authorization);
        assert_eq!(Response::of(request).await.status, 401);
    }
    Socket::connect_sending(&app, &[("origin", "https://evil.example")]).await.err().expect("a refusal");
    let text = metrics(&app).await;
    for (reason, count) in [("malformed", "1"), ("unknown", "2"), ("origin", "1")] {
        let series = format!("modelry_auth_refused_total{{reason=\"{reason}\"}}");
        assert_eq!(value(&text, &series), Some(count), "{text}");
    }
}

/// The names are an interface: who changes one breaks somebody's dashboard.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn names_and_types() {
    let app = SmallCatalogue::on(DatabaseKind::Sqlite).await;
    app.query("{ models { totalCount } }").await;
    Response::of(client().get(app.url("/graphql")).header("authorization", "Bearer x")).await;
    metrics(&app).await;
    let text = metrics(&app).await;
    let types: Vec<_> = text.lines().filter_map(|line| line.strip_prefix("# TYPE ")).collect();
    assert_snapshot!(types.join("\n"), @r"
    modelry_http_requests counter
    modelry_http_requests_in_flight gauge
    modelry_graphql_requests counter
    modelry_graphql_request_duration_seconds histogram
    modelry_auth_refused counter
    process_cpu_seconds counter
    process_start_time_seconds gauge
    process_resident_memory_bytes gauge
    process_virtual_memory_bytes gauge
    process_open_fds gauge
    process_max_fds gauge
    process_threads gauge
    modelry_build info
    modelry_ready gauge
    modelry_database_up gauge
    modelry_streams_open gauge
    modelry_streams_max gauge
    modelry_limits_refused counter
    modelry_limits_callers gauge
    modelry_limits_shared gauge
    modelry_cache_requests counter
    modelry_cache_evicted counter
    modelry_cache_answers gauge
    modelry_cache_size_bytes gauge
    modelry_search_questions counter
    modelry_search_index_models gauge
    modelry_search_index_size_bytes gauge
    modelry_feed_followers gauge
    modelry_feed_position gauge
    modelry_feed_lag_changes gauge
    modelry_pool_connections gauge
    modelry_pool_connections_max gauge
    modelry_pool_waiting gauge
    modelry_sql_statements counter
    modelry_sql_statement_time_seconds counter
    ");
}

/// Where anybody may come, metrics are shown only to who is allowed to see them by a setting.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn they_are_not_shown_where_anybody_may_come() {
    for (listen, access, status) in [
        ("127.0.0.1:1", MetricsAccess::Loopback, 200),
        ("0.0.0.0:1", MetricsAccess::Loopback, 404),
        ("192.0.2.1:1", MetricsAccess::Loopback, 404),
        ("0.0.0.0:1", MetricsAccess::Public, 200),
        ("127.0.0.1:1", MetricsAccess::Off, 404),
    ] {
        let database = TestDatabase::on(DatabaseKind::Sqlite).await;
        let app = TestApp::over(database, |config| {
            config.listen = listen.parse().expect("an address");
            config.telemetry.metrics = access;
        })
        .await;
        assert_eq!(Response::of(app.get("/metrics")).await.status, status, "{listen} {access:?}");
    }
}

/// A listener of their own serves metrics, and nothing else.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn they_can_have_an_address_of_their_own() {
    let app = SmallCatalogue::on(DatabaseKind::Sqlite).await;
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let address: SocketAddr = listener.local_addr().expect("an address");
    let router = http::metrics_router(app.parts().clone());
    let server = tokio::spawn(async move { axum::serve(listener, router).await });
    for (path, status) in [("/metrics", 200), ("/graphql?query={__typename}", 404), ("/graphiql", 404), ("/", 404)] {
        let response = Response::of(client().get(format!("http://{address}{path}"))).await;
        assert_eq!(response.status, status, "{path}");
    }
    server.abort();
}
