//! The well-known ways to abuse a GraphQL server, as auditing tools try them.

use std::fmt::Write as _;

use serde_json::{Value, json};

use crate::push::socket::Socket;
use crate::support::{DatabaseKind, Fixture as _, Response, SmallCatalogue, TestApp, TestDatabase};

async fn without_introspection() -> TestApp {
    let database = TestDatabase::on(DatabaseKind::Sqlite).await;
    TestApp::over(database, |config| config.http.introspection = false).await
}

/// The document is refused with this code before anything runs.
async fn refused(app: &TestApp, document: &str, code: &str) -> String {
    let response = app.graphql(document, json!({})).await;
    assert_eq!((response.status, response.code()), (400, code), "{}", response.text);
    assert!(response.json.get("data").is_none(), "{}", response.text);
    response.errors()[0]["message"].as_str().expect("a message").to_owned()
}

/// `count` pieces of a document.
fn repeated(count: usize, piece: impl Fn(usize) -> String) -> String {
    (0..count).fold(String::new(), |mut text, number| {
        write!(text, "{} ", piece(number)).expect("written");
        text
    })
}

#[tokio::test]
async fn alias_overload() {
    let app = TestApp::on(DatabaseKind::Sqlite).await;
    let document = format!("{{ {} }}", repeated(101, |number| format!("alias{number}: __typename")));
    let message = refused(&app, &document, "TOO_MANY_ALIASES").await;
    assert_eq!(message, "the document has 101 aliases; at most 100 are allowed (limits.max_aliases)");
}

#[tokio::test]
async fn root_field_overload() {
    let app = TestApp::on(DatabaseKind::Sqlite).await;
    let document = format!("{{ {} }}", "__typename ".repeat(101));
    refused(&app, &document, "TOO_MANY_ROOT_FIELDS").await;
}

#[tokio::test]
async fn batches() {
    let app = TestApp::on(DatabaseKind::Sqlite).await;
    let one = json!({ "query": "{ __typename }" });
    for batch in [vec![one.clone(); 10], vec![one], Vec::new()] {
        let response = Response::of(app.post(json!(batch).to_string())).await;
        assert_eq!((response.status, response.code()), (400, "BATCH_NOT_SUPPORTED"), "{}", response.text);
    }
}

#[tokio::test]
async fn directive_overload() {
    let app = TestApp::on(DatabaseKind::Sqlite).await;
    let document = format!("{{ __typename {} }}", "@aa ".repeat(51));
    let message = refused(&app, &document, "TOO_MANY_DIRECTIVES").await;
    assert_eq!(message, "the document has 51 directives; at most 50 are allowed (limits.max_directives)");
}

#[tokio::test]
async fn field_duplication() {
    let app = TestApp::on(DatabaseKind::Sqlite).await;
    let document = format!("{{ models {{ {} }} }}", "totalCount ".repeat(1_001));
    refused(&app, &document, "TOO_MANY_FIELDS").await;
}

#[tokio::test]
async fn circular_introspection() {
    let app = TestApp::on(DatabaseKind::Sqlite).await;
    let circle = "{ __schema { types { fields { type { fields { type { fields { type { name } } } } } } } } }";
    refused(&app, circle, "INTROSPECTION_TOO_DEEP").await;
    let interfaces = "{ __type(name: \"Node\") { possibleTypes { interfaces { possibleTypes { name } } } } }";
    refused(&app, interfaces, "INTROSPECTION_TOO_DEEP").await;
}

#[tokio::test]
async fn circular_fragments() {
    let app = TestApp::on(DatabaseKind::Sqlite).await;
    for circle in [
        "{ ...A } fragment A on Query { ...A }",
        "{ ...A } fragment A on Query { ...B } fragment B on Query { ...A }",
        "{ __typename } fragment A on Query { models { nodes { supplier { models { nodes { ...B } } } } } } fragment B on Model { ...B }",
    ] {
        refused(&app, circle, "CIRCULAR_FRAGMENT").await;
    }
}

#[tokio::test]
async fn fragments_that_grow_without_bounds() {
    let app = TestApp::on(DatabaseKind::Sqlite).await;
    let bomb = repeated(80, |number| format!("fragment F{number} on Query {{ ...F{0} ...F{0} }}", number + 1));
    let document = format!("{{ ...F0 }} {bomb} fragment F80 on Query {{ __typename }}");
    refused(&app, &document, "TOO_MANY_FIELDS").await;
    let chain = repeated(400, |number| format!("fragment F{number} on Query {{ ...F{} }}", number + 1));
    refused(&app, &format!("{{ ...F0 }} {chain} fragment F400 on Query {{ __typename }}"), "QUERY_TOO_DEEP").await;
}

#[tokio::test]
async fn mutations_by_get() {
    let app = TestApp::on(DatabaseKind::Sqlite).await;
    let response = Response::of(app.get("/graphql?query=mutation%20cop%20%7B__typename%7D")).await;
    assert_eq!((response.status, response.code()), (405, "BAD_REQUEST"));
}

/// What a form of another page can send without asking first.
#[tokio::test]
async fn forms() {
    let app = TestApp::on(DatabaseKind::Sqlite).await;
    let multipart = "--x\r\ncontent-disposition: form-data; name=\"query\"\r\n\r\n{ __typename }\r\n--x--\r\n";
    for (content_type, body) in [
        ("application/x-www-form-urlencoded", "query=%7B__typename%7D"),
        ("multipart/form-data; boundary=x", multipart),
        ("text/plain", "{\"query\":\"{ __typename }\"}"),
    ] {
        let request = app.request(reqwest::Method::POST, "/graphql").header("content-type", content_type).body(body);
        let response = Response::of(request).await;
        assert_eq!(response.status, 415, "{content_type}: {}", response.text);
        assert!(response.json.get("data").is_none(), "{}", response.text);
    }
}

/// Where the schema may not be asked for, errors don't tell it piece by piece.
#[tokio::test]
async fn field_suggestions() {
    let app = without_introspection().await;
    for document in [
        "{ model }",
        "{ modells { nodes { name } } }",
        "{ models(frist: 1) { totalCount } }",
        "{ models { nodes { nam } } }",
        "mutation { creatModel }",
    ] {
        let response = app.graphql(document, json!({})).await;
        assert_eq!(response.status, 400, "{}", response.text);
        assert!(!response.text.to_lowercase().contains("did you mean"), "{}", response.text);
    }
}

#[tokio::test]
async fn introspection_where_it_is_off() {
    let app = without_introspection().await;
    for document in ["{ __schema { queryType { name } } }", "{ ... { __type(name: \"Model\") { name } } }"] {
        refused(&app, document, "INTROSPECTION_DISABLED").await;
    }
    assert_eq!(Response::of(app.get("/schema.graphql")).await.status, 404);
    assert_eq!(app.query("{ __typename }").await, json!({ "__typename": "Query" }));
}

/// What is refused over POST is refused by every other way that a document can come: by GET, as a stream of events, over a
/// WebSocket.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_way_leads_around_the_limits() {
    let app = without_introspection().await;
    let aliases = format!("{{ {} }}", repeated(101, |number| format!("alias{number}: __typename")));
    let rows = "models(first: 100) { nodes { supplier { models(first: 100) { nodes { name } } } } }";
    let costly = format!("{{ suppliers(first: 100) {{ nodes {{ {rows} }} }} }}");
    let mut socket = Socket::open(&app).await;
    for (document, code) in [
        (aliases.as_str(), "TOO_MANY_ALIASES"),
        (costly.as_str(), "QUERY_TOO_COMPLEX"),
        ("{ __schema { queryType { name } } }", "INTROSPECTION_DISABLED"),
        ("subscription { ...A } fragment A on Subscription { ...A }", "CIRCULAR_FRAGMENT"),
    ] {
        let by_get = || app.get("/graphql").query(&[("query", document)]);
        let plain = Response::of(by_get().header("accept", "application/graphql-response+json")).await;
        assert_eq!((plain.status, plain.code()), (400, code), "by GET: {}", plain.text);
        let body = json!({ "query": document }).to_string();
        for stream in [by_get(), app.post(body)] {
            let events = Response::of(stream.header("accept", "text/event-stream")).await;
            let results: Vec<&str> = events.text.lines().filter_map(|line| line.strip_prefix("data: {")).collect();
            assert_eq!((events.status, results.len()), (200, 1), "as events: {}", events.text);
            assert!(results[0].contains(&format!("\"code\":\"{code}\"")), "as events: {}", events.text);
            assert!(!results[0].contains("\"data\""), "as events: {}", events.text);
        }
        socket.subscribe(code, document, json!({})).await;
        assert_eq!(socket.error(code).await["extensions"]["code"], code, "over a WebSocket: {document}");
    }
}

#[tokio::test]
async fn tracing_is_not_told() {
    let app = SmallCatalogue::on(DatabaseKind::Sqlite).await;
    let body = json!({ "query": "{ models { totalCount } }", "extensions": { "tracing": true } }).to_string();
    for request in [app.post(body.clone()), app.post(body).header("x-apollo-tracing", "1")] {
        let response = Response::of(request).await;
        let extensions: Vec<&String> = response.json["extensions"].as_object().expect("extensions").keys().collect();
        assert_eq!(extensions, ["cost"], "{}", response.text);
    }
}

#[tokio::test]
async fn deep_and_long_documents() {
    let app = TestApp::on(DatabaseKind::Sqlite).await;
    for levels in [21, 64, 70, 3_000] {
        refused(&app, &format!("{}{}", "{ a ".repeat(levels), "}".repeat(levels)), "QUERY_TOO_DEEP").await;
    }
    let long = format!("{{ models(where: {{ id: {{ in: [{}] }} }}) {{ totalCount }} }}", "1 ".repeat(20_000));
    let message = refused(&app, &long, "QUERY_TOO_LONG").await;
    assert_eq!(message, "the document has 20020 tokens; at most 10000 are allowed (limits.max_tokens)");
    let values = format!("{{ a(b: {}{}) }}", "[".repeat(4_000), "]".repeat(4_000));
    refused(&app, &values, "QUERY_TOO_DEEP").await;
}

#[tokio::test]
async fn lists_of_lists() {
    let app = SmallCatalogue::on(DatabaseKind::Sqlite).await;
    let rows = "models(first: 100) { nodes { name supplier { models(first: 100) { nodes { name } } } } }";
    app.query(&format!("{{ {rows} }}")).await;
    let document = "{ suppliers(first: 100) { nodes { models(first: 100) { nodes { supplier { models(first: 100) { nodes { name } } } } } } } }";
    let message = refused(&app, document, "QUERY_TOO_COMPLEX").await;
    assert!(message.ends_with("at most 50000 are allowed (limits.max_cost)"), "{message}");
}

/// Every limit can be set.
#[tokio::test]
async fn limits_are_those_of_the_settings() {
    let database = TestDatabase::on(DatabaseKind::Sqlite).await;
    let app = TestApp::over(database, |config| {
        let limits = &mut config.limits;
        (limits.max_tokens, limits.max_depth, limits.max_fields, limits.max_cost) = (60, 4, 8, 30);
        (limits.max_aliases, limits.max_root_fields, limits.max_directives) = (1, 2, 1);
    })
    .await;
    for (document, code) in [
        ("{ models(first: 5) { nodes { supplier { name } } } }", ""),
        ("{ models { nodes { supplier { models { totalCount } } } } }", "QUERY_TOO_DEEP"),
        ("{ models { nodes { id id id id id id id } } }", "TOO_MANY_FIELDS"),
        ("{ a: __typename b: __typename }", "TOO_MANY_ALIASES"),
        ("{ __typename models { totalCount } suppliers { totalCount } }", "TOO_MANY_ROOT_FIELDS"),
        ("{ __typename @include(if: true) models @skip(if: true) { totalCount } }", "TOO_MANY_DIRECTIVES"),
        ("{ models(first: 29) { nodes { name } } }", "QUERY_TOO_COMPLEX"),
    ] {
        let response = app.graphql(document, json!({})).await;
        let errors: &[Value] = response.errors();
        assert_eq!(errors.first().map_or("", |_| response.code()), code, "{document}: {}", response.text);
    }
    let long = format!("{{ models(where: {{ id: {{ in: [{}] }} }}) {{ totalCount }} }}", "1 ".repeat(60));
    assert_eq!(app.graphql(&long, json!({})).await.code(), "QUERY_TOO_LONG");
}
