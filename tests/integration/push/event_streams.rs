//! Results as a stream of events.

use std::time::Duration;

use serde_json::{Value, json};

use super::{CHANGED, all_changes, create_supplier, create_suppliers, present, until_streams_are};
use crate::support::{DatabaseKind, Fixture as _, Response, SmallCatalogue, TestApp, TestDatabase, on_both_databases};

/// An event as it came: its name, its id, its data.
#[derive(Debug, Default, Clone, PartialEq)]
struct Event {
    name: String,
    id: Option<String>,
    data: String,
}

/// A stream of events that is read as it comes.
struct Events {
    response: reqwest::Response,
    unread: String,
}

impl Events {
    async fn of(request: reqwest::RequestBuilder) -> Self {
        let response = request.header("accept", "text/event-stream").send().await.expect("an answer");
        assert_eq!(response.status(), 200);
        assert_eq!(response.headers()["content-type"], "text/event-stream");
        assert_eq!(response.headers()["cache-control"], "no-cache");
        Self { response, unread: String::new() }
    }

    async fn subscribed(app: &TestApp, after: Option<&str>) -> Self {
        Self::of(app.post(json!({ "query": CHANGED, "variables": { "after": after } }).to_string())).await
    }

    /// The next event; `None` if the stream has ended.
    async fn next(&mut self) -> Option<Event> {
        loop {
            if let Some((block, rest)) = self.unread.split_once("\n\n") {
                let (block, rest) = (block.to_owned(), rest.to_owned());
                self.unread = rest;
                // Comments keep the connection open.
                if !block.starts_with(':') {
                    return Some(read(&block));
                }
                continue;
            }
            let chunk = tokio::time::timeout(Duration::from_secs(60), self.response.chunk()).await.expect("in time");
            self.unread.push_str(std::str::from_utf8(&chunk.expect("a chunk")?).expect("text"));
        }
    }

    async fn changes(&mut self, count: usize) -> Vec<Value> {
        let mut changes = Vec::new();
        for _ in 0..count {
            let event = self.next().await.expect("an event");
            let result: Value = serde_json::from_str(&event.data).expect("JSON");
            let change = result["data"]["changed"].clone();
            assert_eq!((event.name.as_str(), event.id.as_deref()), ("next", change["cursor"].as_str()), "{result}");
            changes.push(change);
        }
        changes
    }
}

fn read(block: &str) -> Event {
    let mut event = Event::default();
    for line in block.lines() {
        let (field, value) = line.split_once(':').expect("a field");
        let value = value.trim_start().to_owned();
        match field {
            "event" => event.name = value,
            "id" => event.id = Some(value),
            "data" => event.data = value,
            _ => panic!("{line}"),
        }
    }
    event
}

fn complete() -> Event {
    Event { name: "complete".to_owned(), ..Event::default() }
}

on_both_databases! {
    /// By POST and by GET: what was missed, then what comes. Each event's id is its cursor.
    async fn the_feed_is_a_stream_of_events(app: TestApp) {
        create_suppliers(&app, "old", 5).await;
        let all = all_changes(&app, None).await;
        let after = all[1]["cursor"].as_str().expect("a cursor");
        let mut posted = Events::subscribed(&app, Some(after)).await;
        let variables = json!({ "after": after }).to_string();
        let mut got = Events::of(app.get("/graphql").query(&[("query", CHANGED), ("variables", &variables)])).await;
        let (mut by_post, mut by_get) = (posted.changes(3).await, got.changes(3).await);
        create_suppliers(&app, "new", 2).await;
        by_post.extend(posted.changes(2).await);
        by_get.extend(got.changes(2).await);
        let all = all_changes(&app, None).await;
        assert_eq!(by_post, all[2..]);
        assert_eq!(by_get, all[2..]);
        drop((posted, got));
        until_streams_are(&app, 0).await;
    }

    /// A browser's `EventSource` sends the id of the last event when it comes back, and the same address.
    async fn the_last_events_id_goes_before_the_argument(app: TestApp) {
        create_suppliers(&app, "old", 4).await;
        let all = all_changes(&app, None).await;
        let request = app.get("/graphql").query(&[("query", "subscription { changed { cursor number type operation objectId } }")]);
        let mut events = Events::of(request.header("last-event-id", all[2]["cursor"].as_str().expect("a cursor"))).await;
        assert_eq!(events.changes(1).await, all[3..]);
    }

    async fn queries_and_mutations_are_streams_of_one_result(app: SmallCatalogue) {
        let mut events = Events::of(app.post(json!({ "query": "{ supplier(name: \"acme\") { displayName } }" }).to_string())).await;
        let result: Value = serde_json::from_str(&events.next().await.expect("a result").data).expect("JSON");
        assert_eq!(result["data"], json!({ "supplier": { "displayName": "Acme Labs" } }), "{result}");
        assert_eq!(events.next().await, Some(complete()));
        assert_eq!(events.next().await, None);
        let create = "mutation { createSupplier(input: { name: \"new\" }) { supplier { name } } }";
        let mut events = Events::of(app.post(json!({ "query": create }).to_string())).await;
        assert!(events.next().await.expect("a result").data.contains("\"new\""));
    }
}

async fn app(change: impl FnOnce(&mut modelry::config::Config)) -> TestApp {
    TestApp::over(TestDatabase::on(DatabaseKind::Sqlite).await, change).await
}

/// What is wrong with the operation is a result; what is wrong with the request is a status.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn errors_of_operations_are_results() {
    let app = app(|_| {}).await;
    for (query, code) in [
        ("{", "GRAPHQL_PARSE_FAILED"),
        ("subscription { nothing }", "GRAPHQL_VALIDATION_FAILED"),
        ("subscription { changed(ids: [\"x\"]) { cursor } }", "BAD_USER_INPUT"),
        ("subscription { changed(after: \"x\") { cursor } }", "FEED_RESYNC"),
    ] {
        let mut events = Events::of(app.post(json!({ "query": query }).to_string())).await;
        let event = events.next().await.expect("a result");
        let result: Value = serde_json::from_str(&event.data).expect("JSON");
        assert_eq!(
            (event.name.as_str(), &result["errors"][0]["extensions"]["code"]),
            ("next", &json!(code)),
            "{query}"
        );
        assert!(result.get("data").is_none(), "{result}");
        assert_eq!(events.next().await, Some(complete()));
    }
    let stream = |request: reqwest::RequestBuilder| Response::of(request.header("accept", "text/event-stream"));
    let no_query = stream(app.post("{}")).await;
    assert_eq!((no_query.status, no_query.code()), (400, "BAD_REQUEST"));
    let mutation = stream(app.get("/graphql").query(&[("query", "mutation { __typename }")])).await;
    assert_eq!((mutation.status, mutation.code()), (405, "BAD_REQUEST"));
    let text = stream(app.request(reqwest::Method::POST, "/graphql").body("x")).await;
    assert_eq!((text.status, text.code()), (415, "BAD_REQUEST"));
}

/// Who subscribes without being able to take a stream is told of both ways.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_subscription_wants_a_stream() {
    let app = app(|_| {}).await;
    for accept in ["application/json", "application/graphql-response+json", "*/*"] {
        let request = app.post(json!({ "query": CHANGED }).to_string()).header("accept", accept);
        let response = Response::of(request).await;
        assert_eq!((response.status, response.code()), (400, "BAD_REQUEST"), "{accept}");
        assert_eq!(
            response.errors()[0]["message"],
            "subscribe with Accept: text/event-stream, or over a WebSocket with the subprotocol graphql-transport-ws"
        );
    }
    // Clients that name all that they take get what fits.
    let body = json!({ "query": CHANGED }).to_string();
    let request =
        app.post(body).header("accept", "application/graphql-response+json, application/json, text/event-stream");
    let response = request.send().await.expect("an answer");
    assert_eq!(response.headers()["content-type"], "text/event-stream");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn streams_are_counted_and_kept_alive_and_end_with_the_server() {
    let app = app(|config| {
        config.push.max_streams = 1;
        config.push.keepalive_ms = 50;
    })
    .await;
    let end = present(&app).await;
    let mut events = Events::subscribed(&app, Some(&end)).await;
    let body = json!({ "query": CHANGED }).to_string();
    let second = Response::of(app.post(body).header("accept", "text/event-stream")).await;
    assert_eq!((second.status, second.code()), (503, "UNAVAILABLE"));
    let comment = events.response.chunk().await.expect("a chunk").expect("a sign of life");
    assert_eq!(&comment[..], b":\n\n");
    create_supplier(&app, "one").await;
    events.changes(1).await;
    app.parts().streams().stop();
    assert_eq!(events.next().await, None, "cut off, without `complete`, so that the client comes back");
    app.parts().streams().ended().await;
}

/// What a stream sends costs statements only where it asks for more than the change itself.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_database_is_read_once_for_all_who_follow() {
    let app = app(|_| {}).await;
    let end = present(&app).await;
    let mut streams = Vec::new();
    for _ in 0..10 {
        streams.push(Events::subscribed(&app, Some(&end)).await);
    }
    create_supplier(&app, "first").await;
    for events in &mut streams {
        events.changes(1).await;
    }
    let before = app.parts().store().statistics().statements();
    create_suppliers(&app, "more", 10).await;
    for events in &mut streams {
        events.changes(10).await;
    }
    let reads = app.parts().store().statistics().statements() - before;
    assert!(reads <= 30, "{reads} statements for ten commits and ten subscribers");
}
