//! Spans, as a collector gets them. They are read by OpenTelemetry's own definitions.

use std::time::Duration;

use axum::http::StatusCode;
use opentelemetry_proto::tonic::common::v1::any_value::Value;
use opentelemetry_proto::tonic::trace::v1::Span;
use serde_json::json;

use super::collector::Collector;
use crate::support::{DatabaseKind, Fixture as _, Response, TestApp, TestDatabase, fixtures, on_both_databases};

/// How long spans may take to be sent.
const PATIENCE: Duration = Duration::from_secs(30);

/// A server that sends its spans there.
async fn traced(kind: DatabaseKind, endpoint: &str, ratio: f64) -> TestApp {
    let app = TestApp::over(TestDatabase::on(kind).await, |config| {
        config.telemetry.otlp_endpoint = Some(endpoint.to_owned());
        config.telemetry.trace_ratio = ratio;
    })
    .await;
    app.import(fixtures::SMALL).await;
    app
}

/// A span's attribute as a text; empty if it is missing.
fn attribute(span: &Span, key: &str) -> String {
    let found = span.attributes.iter().find(|attribute| attribute.key == key);
    match found.and_then(|attribute| attribute.value.as_ref()?.value.as_ref()) {
        Some(Value::StringValue(text)) => text.clone(),
        Some(Value::IntValue(number)) => number.to_string(),
        _ => String::new(),
    }
}

const TRACE: &str = "0af7651916cd43dd8448eb211c80319c";
const PARENT: &str = "b7ad6b7169203331";

fn hex(bytes: &[u8]) -> String {
    data_encoding::HEXLOWER.encode(bytes)
}

on_both_databases! {
    /// One span for the request, in its sender's trace; within it the phases, and within the last of them the statements.
    async fn a_request_is_a_span_in_its_senders_trace(database: TestDatabase) {
        let collector = Collector::answering(StatusCode::OK).await;
        let app = traced(database.kind(), &collector.address, 0.0).await;
        let body = json!({ "query": "{ models { nodes { name supplier { name } } } }" }).to_string();
        let request = app.post(body).header("traceparent", format!("00-{TRACE}-{PARENT}-01")).header("x-request-id", "r1");
        Response::of(request).await.data();
        app.parts().telemetry().flush(PATIENCE).await;

        let spans = collector.spans();
        let root = spans.iter().find(|span| hex(&span.parent_span_id) == PARENT).expect("a span in the sender's");
        assert_eq!((root.name.as_str(), root.kind), ("GraphQL query", 2));
        for (key, expected) in [
            ("graphql.operation.type", "query"),
            ("modelry.code", "OK"),
            ("modelry.request.id", "r1"),
            ("modelry.statements", "2"),
            ("http.request.method", "POST"),
            ("http.route", "/graphql"),
            ("http.response.status_code", "200"),
        ] {
            assert_eq!(attribute(root, key), expected, "{key}");
        }
        assert!(spans.iter().all(|span| hex(&span.trace_id) == TRACE), "{spans:?}");
        assert!(spans.iter().all(|span| root.start_time_unix_nano <= span.start_time_unix_nano), "{spans:?}");
        assert!(spans.iter().all(|span| span.end_time_unix_nano <= root.end_time_unix_nano), "{spans:?}");
        let names: Vec<_> = spans.iter().map(|span| span.name.as_str()).collect();
        assert_eq!(names, ["GraphQL query", "parse", "validate", "execute", "SQL read", "SQL read"]);
        let execute = &spans[3].span_id;
        assert!(spans[4..].iter().all(|span| span.parent_span_id == *execute), "{spans:?}");
    }

    /// A request without a trace gets one of its own, or none, by the ratio; one whose sender doesn't keep its trace, none.
    async fn who_begins_a_trace_decides(database: TestDatabase) {
        let collector = Collector::answering(StatusCode::OK).await;
        let all = traced(database.kind(), &collector.address, 1.0).await;
        all.graphql("{ nothing }", json!({})).await;
        let body = json!({ "query": "{ __typename }" }).to_string();
        Response::of(all.post(body).header("traceparent", format!("00-{TRACE}-{PARENT}-00"))).await;
        all.parts().telemetry().flush(PATIENCE).await;
        let spans = collector.spans();
        let roots: Vec<_> = spans.iter().filter(|span| span.parent_span_id.is_empty()).collect();
        assert_eq!(roots.len(), 1, "{spans:?}");
        assert_eq!(attribute(roots[0], "modelry.code"), "GRAPHQL_VALIDATION_FAILED");

        let none = traced(database.kind(), &collector.address, 0.0).await;
        none.query("{ models { totalCount } }").await;
        none.parts().telemetry().flush(PATIENCE).await;
        assert_eq!(collector.spans().len(), spans.len());
    }

    /// What a client asks is nowhere in what is sent: not in variables, literals, names, headers or ids.
    async fn nothing_of_a_clients_is_sent(database: TestDatabase) {
        let collector = Collector::answering(StatusCode::OK).await;
        let app = traced(database.kind(), &collector.address, 1.0).await;
        let query = "query planted7($name: String!) {
            a: supplier(name: $name) { name } b: supplier(name: \"planted7\") { name planted7 }
        }";
        for query in [query, &query.replace(" planted7 }", " }"), "mutation { createSupplier(input: { name: \"planted7\" }) { supplier { id } } }"] {
            let body = json!({ "query": query, "variables": { "name": "planted7" } }).to_string();
            let request = app.post(body).header("cookie", "planted7").header("user-agent", "planted7");
            Response::of(request.header("x-planted7", "planted7")).await;
        }
        app.parts().telemetry().flush(PATIENCE).await;
        assert!(collector.spans().len() > 5);
        let sent = format!("{:?}", collector.requests());
        assert!(!sent.contains("planted7"), "{sent}");
        assert!(!String::from_utf8_lossy(&collector.received()).contains("planted7"));
    }
}

/// A collector that refuses, or isn't there, keeps nobody from an answer, and what is lost is counted.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_collector_that_fails_harms_nothing() {
    let refusing = Collector::answering(StatusCode::SERVICE_UNAVAILABLE).await;
    for endpoint in [refusing.address.as_str(), "http://127.0.0.1:1"] {
        let app = traced(DatabaseKind::Sqlite, endpoint, 1.0).await;
        for _ in 0..3 {
            app.query("{ models { totalCount } }").await;
            app.parts().telemetry().flush(PATIENCE).await;
        }
        let metrics = Response::of(app.get("/metrics")).await.text;
        assert!(metrics.contains(r#"modelry_trace_spans_total{result="failed"}"#), "{metrics}");
        assert!(!metrics.contains(r#"result="exported""#), "{metrics}");
    }
}

/// A collector that takes a connection and never answers holds up the end of the server for no longer than is allowed.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_end_is_not_held_up() {
    let silent = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let endpoint = format!("http://{}", silent.local_addr().expect("an address"));
    let app = traced(DatabaseKind::Sqlite, &endpoint, 1.0).await;
    app.query("{ models { totalCount } }").await;
    let started = std::time::Instant::now();
    app.parts().telemetry().flush(Duration::from_millis(100)).await;
    assert!(started.elapsed() < Duration::from_secs(4), "{:?}", started.elapsed());
}
