//! The subprotocol `graphql-transport-ws`.

use serde_json::json;

use super::socket::{Closed, Socket};
use super::{CHANGED, all_changes, create_supplier, present, until_streams_are};
use crate::support::{DatabaseKind, Fixture as _, SmallCatalogue, TestApp, TestDatabase, on_both_databases};

async fn app(change: impl FnOnce(&mut modelry::config::Config)) -> TestApp {
    TestApp::over(TestDatabase::on(DatabaseKind::Sqlite).await, change).await
}

fn closed(code: u16, reason: &str) -> Closed {
    Closed { code, reason: reason.to_owned() }
}

on_both_databases! {
    /// Queries, mutations and subscriptions run side by side on one socket, each under its own id.
    async fn a_socket_carries_operations_of_all_kinds(app: SmallCatalogue) {
        let mut socket = Socket::open(&app).await;
        socket.subscribe("s", CHANGED, json!({ "after": present(&app).await })).await;
        socket.subscribe("q", "{ supplier(name: \"acme\") { displayName } }", json!({})).await;
        let next = socket.receive().await;
        assert_eq!((&next["id"], &next["type"]), (&json!("q"), &json!("next")), "{next}");
        assert_eq!(next["payload"]["data"], json!({ "supplier": { "displayName": "Acme Labs" } }), "{next}");
        assert_eq!(socket.receive().await, json!({ "id": "q", "type": "complete" }));

        let before = present(&app).await;
        socket.subscribe("m", "mutation { createSupplier(input: { name: \"new\" }) { supplier { name } } }", json!({})).await;
        let (mut made, mut change, mut completed) = (false, None, false);
        for _ in 0..3 {
            let message = socket.receive().await;
            match (message["id"].as_str(), message["type"].as_str()) {
                (Some("m"), Some("next")) => made = message["payload"]["data"]["createSupplier"]["supplier"]["name"] == "new",
                (Some("m"), Some("complete")) => completed = true,
                (Some("s"), Some("next")) => change = Some(message["payload"]["data"]["changed"].clone()),
                _ => panic!("{message}"),
            }
        }
        assert!(made && completed);
        assert_eq!(change, all_changes(&app, Some(&before)).await.pop());
    }
}

/// An operation that can't be executed fails alone; the others go on.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_failed_operation_leaves_the_socket_open() {
    let app = app(|_| {}).await;
    let mut socket = Socket::open(&app).await;
    for (query, code) in [
        ("{", "GRAPHQL_PARSE_FAILED"),
        ("{ nothing }", "GRAPHQL_VALIDATION_FAILED"),
        ("subscription { changed { nothing } }", "GRAPHQL_VALIDATION_FAILED"),
        ("subscription($a: String!) { changed(after: $a) { cursor } }", "GRAPHQL_VALIDATION_FAILED"),
        ("subscription { changed(ids: [\"x\"]) { cursor } }", "BAD_USER_INPUT"),
        ("subscription { changed(suppliers: [\"nobody\"]) { cursor } }", "BAD_USER_INPUT"),
        ("subscription { changed(after: \"x\") { cursor } }", "FEED_RESYNC"),
    ] {
        socket.subscribe("1", query, json!({})).await;
        let error = socket.error("1").await;
        assert_eq!(error["extensions"]["code"], code, "{query}: {error}");
    }
    // An error of a field is a result like others.
    socket.subscribe("1", "{ node(id: \"x\") { id } }", json!({})).await;
    assert_eq!(socket.receive().await["payload"]["errors"][0]["extensions"]["code"], "BAD_USER_INPUT");
    assert_eq!(socket.receive().await, json!({ "id": "1", "type": "complete" }));
}

/// What the client has ended sends nothing more, and its id is free.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_completed_subscription_is_over() {
    let app = app(|_| {}).await;
    let mut socket = Socket::open(&app).await;
    socket.subscribe("1", CHANGED, json!({})).await;
    socket.send(&json!({ "type": "complete", "id": "1" })).await;
    socket.settle().await;
    create_supplier(&app, "one").await;
    let before = present(&app).await;
    socket.subscribe("1", CHANGED, json!({ "after": before })).await;
    create_supplier(&app, "two").await;
    assert_eq!(socket.changes("1", 1).await, all_changes(&app, Some(&before)).await);
    drop(socket);
    until_streams_are(&app, 0).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn breaches_of_the_protocol_close_the_socket_with_its_codes() {
    let app = app(|config| config.http.max_body_bytes = 2_000).await;
    let connect = async || Socket::connect(&app, "graphql-transport-ws", None).await.expect("a socket");
    let mut early = connect().await;
    early.subscribe("1", "{ __typename }", json!({})).await;
    assert_eq!(early.closed().await, closed(4401, "Unauthorized"));

    let mut twice = Socket::open(&app).await;
    twice.send(&json!({ "type": "connection_init" })).await;
    assert_eq!(twice.closed().await, closed(4429, "Too many initialisation requests"));

    let mut duplicate = Socket::open(&app).await;
    duplicate.subscribe("型", CHANGED, json!({})).await;
    duplicate.subscribe("型", CHANGED, json!({})).await;
    assert_eq!(duplicate.closed().await, closed(4409, "Subscriber for 型 already exists"));

    for (text, reason) in [
        ("hello", "not JSON: expected value at line 1 column 1"),
        (r#"{"type":"start"}"#, "no message is of the type \"start\""),
        (r#"{"type":"subscribe","id":"1","payload":{"query":7}}"#, "\"query\" must be a text that is not empty"),
    ] {
        let mut invalid = Socket::open(&app).await;
        invalid.send_text(text).await;
        assert_eq!(invalid.closed().await, closed(4400, reason));
    }

    let mut large = Socket::open(&app).await;
    large.subscribe("1", &format!("{{ __typename }} # {}", "x".repeat(2_000)), json!({})).await;
    assert_eq!(large.closed().await, closed(1009, "the message is too large"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_says_nothing_is_not_kept() {
    let app = app(|config| config.push.init_timeout_ms = 50).await;
    let mut silent = Socket::connect(&app, "graphql-transport-ws", None).await.expect("a socket");
    assert_eq!(silent.closed().await, closed(4408, "Connection initialisation timeout"));
    until_streams_are(&app, 0).await;
}

/// A client that answers no ping is given up; one that does stays, however little happens.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn signs_of_life_keep_a_socket_open() {
    let app = app(|config| config.push.keepalive_ms = 100).await;
    let mut lively = Socket::open(&app).await;
    let deaf = Socket::open(&app).await;
    // Reading is what answers pings.
    let reading = tokio::time::timeout(std::time::Duration::from_millis(1_500), lively.next()).await;
    assert!(reading.is_err(), "{reading:?}");
    until_streams_are(&app, 1).await;
    lively.settle().await;
    drop(deaf);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_socket_is_refused_with_a_reason() {
    let app = app(|config| {
        config.push.max_streams = 1;
        config.http.allowed_origins = vec!["https://console.example".to_owned()];
    })
    .await;
    let refused = async |protocol: &str, origin: Option<&str>| {
        let (status, body) = Socket::connect(&app, protocol, origin).await.err().expect("a refusal");
        let error = &body["errors"][0];
        let text = |value: &serde_json::Value| value.as_str().unwrap_or_default().to_owned();
        (status, text(&error["extensions"]["code"]), text(&error["message"]))
    };
    let protocol = "graphql-transport-ws";
    let (status, _, message) = refused(protocol, Some("http://evil.example")).await;
    assert_eq!((status, message.contains("allowed_origins")), (403, true), "{message}");
    let (status, _, message) = refused("graphql-ws", None).await;
    assert_eq!((status, message.as_str()), (400, "ask for the subprotocol graphql-transport-ws"));

    let own = app.url("");
    for origin in [None, Some(own.as_str()), Some("https://console.example")] {
        let socket = Socket::connect(&app, protocol, origin).await.expect("a socket");
        let (status, code, _) = refused(protocol, None).await;
        assert_eq!((status, code.as_str()), (503, "UNAVAILABLE"), "one is all there may be");
        drop(socket);
        until_streams_are(&app, 0).await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_socket_runs_a_hundred_operations_and_no_more() {
    let app = app(|_| {}).await;
    let mut socket = Socket::open(&app).await;
    for number in 0..100 {
        socket.subscribe(&number.to_string(), CHANGED, json!({})).await;
    }
    socket.settle().await;
    socket.subscribe("100", CHANGED, json!({})).await;
    assert_eq!(socket.error("100").await["message"], "a WebSocket runs at most 100 operations at once");
    socket.send(&json!({ "type": "complete", "id": "7" })).await;
    socket.subscribe("100", "{ __typename }", json!({})).await;
    assert_eq!(socket.receive().await["payload"]["data"]["__typename"], "Query");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_server_that_stops_tells_its_clients_to_come_back() {
    let app = app(|_| {}).await;
    let mut socket = Socket::open(&app).await;
    socket.subscribe("1", CHANGED, json!({})).await;
    app.parts().streams().stop();
    assert_eq!(socket.closed().await, closed(1012, "the server is stopping; connect again"));
    app.parts().streams().ended().await;
    let (status, _) = Socket::connect(&app, "graphql-transport-ws", None).await.err().expect("a refusal");
    assert_eq!(status, 503);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn before_the_database_is_ready_there_are_no_sockets() {
    let app = TestApp::start(TestDatabase::on(DatabaseKind::Sqlite).await, |_| {}).await;
    let (status, body) = Socket::connect(&app, "graphql-transport-ws", None).await.err().expect("a refusal");
    assert_eq!((status, &body["errors"][0]["extensions"]["code"]), (503, &json!("UNAVAILABLE")));
}
