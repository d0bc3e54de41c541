//! How much a request may ask for.

use std::fmt::Write as _;

use futures_util::{StreamExt as _, stream};
use serde_json::json;

use crate::support::{DatabaseKind, Fixture as _, Response, SmallCatalogue, TestApp, TestDatabase};

#[tokio::test]
async fn a_body_has_a_largest_size() {
    let app = TestApp::on(DatabaseKind::Sqlite).await;
    for megabytes in [2, 10] {
        let body = json!({ "query": "{ __typename }", "padding": "x".repeat(megabytes << 20) }).to_string();
        let response = Response::of(app.post(body)).await;
        assert_eq!((response.status, response.code()), (413, "PAYLOAD_TOO_LARGE"), "{megabytes} MB");
        assert_eq!(response.errors()[0]["message"], "the body is larger than 1048576 bytes (http.max_body_bytes)");
    }
}

/// One byte less is taken, one more is not; what is said of the length doesn't matter.
#[tokio::test]
async fn the_size_is_counted_to_the_byte() {
    let database = TestDatabase::on(DatabaseKind::Sqlite).await;
    let app = TestApp::over(database, |config| config.http.max_body_bytes = 100).await;
    let body = |length: usize| format!("{{\"query\":\"{{ __typename }}\"{}}}", " ".repeat(length - 26));
    for (length, status) in [(100, 200), (101, 413)] {
        assert_eq!(body(length).len(), length);
        assert_eq!(Response::of(app.post(body(length))).await.status, status, "{length} bytes");
        let piece = Ok::<_, std::io::Error>(body(length));
        let streamed = reqwest::Body::wrap_stream(stream::iter([piece]));
        assert_eq!(Response::of(app.post(streamed)).await.status, status, "{length} bytes of unknown length");
    }
}

/// However many send at once, memory stays bounded: who comes when the room is full is asked to come again.
#[tokio::test]
async fn bodies_share_a_room() {
    let database = TestDatabase::on(DatabaseKind::Sqlite).await;
    let app = TestApp::over(database, |config| config.http.max_buffered_bytes = 4_096).await;
    let (rest, awaited) = tokio::sync::oneshot::channel::<String>();
    let pieces = stream::iter([" ".repeat(3_000)]).chain(stream::once(async { awaited.await.expect("the rest") }));
    let unfinished = app.post(reqwest::Body::wrap_stream(pieces.map(Ok::<_, std::io::Error>)));
    let unfinished = tokio::spawn(Response::of(unfinished));
    let query = format!("{{\"query\":\"{{ __typename }}\"}}{}", " ".repeat(2_000));
    let started = std::time::Instant::now();
    let refused = loop {
        let response = Response::of(app.post(query.clone())).await;
        if response.status != 200 {
            break response;
        }
        assert!(started.elapsed().as_secs() < 60, "the unfinished one takes no room");
    };
    assert_eq!((refused.status, refused.code()), (503, "UNAVAILABLE"), "{}", refused.text);
    assert!(refused.text.contains("http.max_buffered_bytes"), "{}", refused.text);
    rest.send("{\"query\":\"{ __typename }\"}".to_owned()).expect("it is awaited");
    assert_eq!(unfinished.await.expect("sent").status, 200);
    assert_eq!(Response::of(app.post(query)).await.status, 200, "the room is free again");
}

#[tokio::test]
async fn a_document_has_a_deepest_level() {
    let app = SmallCatalogue::on(DatabaseKind::Sqlite).await;
    let nested = |levels: usize| {
        let mut query = String::from("{ category(path: \"llm\") ");
        (0..levels).for_each(|_| query.push_str("{ parent "));
        write!(query, "{{ path }} {} }}", "} ".repeat(levels)).expect("written");
        query
    };
    app.graphql(&nested(18), json!({})).await.data();
    let refused = app.graphql(&nested(40), json!({})).await;
    assert_eq!(refused.status, 400, "{}", refused.text);
    assert!(refused.json.get("data").is_none(), "{}", refused.text);
    assert_eq!(refused.code(), "QUERY_TOO_DEEP", "{}", refused.text);
}

/// As many as are allowed, and with them the most aliases and fields of the first level.
#[tokio::test]
async fn a_document_has_a_number_of_fields() {
    let app = SmallCatalogue::on(DatabaseKind::Sqlite).await;
    let wide = |fields: usize| {
        let mut query = String::from("{");
        for number in 0..100 {
            let fields = "id ".repeat(fields);
            write!(query, " a{number}: supplier(name: \"acme\") {{ {fields} }}").expect("written");
        }
        query + " }"
    };
    app.graphql(&wide(9), json!({})).await.data();
    let refused = app.graphql(&wide(10), json!({})).await;
    assert_eq!((refused.status, refused.code()), (400, "TOO_MANY_FIELDS"), "{}", refused.text);
    let message = &refused.errors()[0]["message"];
    assert_eq!(message, "the document has 1100 fields; at most 1000 are allowed (limits.max_fields)");
}

/// Documents made to hang a server are refused, and quickly.
#[tokio::test]
async fn hostile_documents_are_refused() {
    let app = SmallCatalogue::on(DatabaseKind::Sqlite).await;
    let circle = "{ ...A } fragment A on Query { ...B } fragment B on Query { ...A }";
    let mut bomb = String::from("{ ...F0 }");
    for number in 0..200 {
        write!(bomb, " fragment F{number} on Query {{ ...F{0} ...F{0} }}", number + 1).expect("written");
    }
    bomb.push_str(" fragment F200 on Query { __typename }");
    let deep = format!("{}{}", "{ a ".repeat(5_000), "}".repeat(5_000));
    let list =
        format!("{{ models(where: {{ id: {{ in: {}{} }} }}) {{ totalCount }} }}", "[".repeat(5_000), "]".repeat(5_000));
    for (name, query) in [("circle", circle), ("bomb", &bomb), ("deep", &deep), ("list", &list)] {
        let started = std::time::Instant::now();
        let response = app.graphql(query, json!({})).await;
        assert_eq!(response.status, 400, "{name}: {}", response.text);
        assert!(started.elapsed().as_secs() < 5, "{name} took {:?}", started.elapsed());
    }
    assert_eq!(app.query("{ __typename }").await, json!({ "__typename": "Query" }), "the server is well");
}

/// The usual client's question about the schema is within all limits.
#[tokio::test]
async fn introspection_is_within_the_limits() {
    let app = TestApp::on(DatabaseKind::Sqlite).await;
    let query = include_str!("introspection.graphql");
    let response = app.graphql(query, json!({})).await;
    assert_eq!(response.data()["__schema"]["queryType"]["name"], "Query");
    assert_eq!(response.statements(), 0);
}
