//! What the server takes and answers in, by the draft of GraphQL over HTTP.

use serde_json::json;

use crate::support::{DatabaseKind, Fixture as _, Response, TestApp};

const GRAPHQL: &str = "application/graphql-response+json; charset=utf-8";
const JSON: &str = "application/json; charset=utf-8";

/// The status and type of an answer to `{ __typename }` for a client that accepts this.
async fn answered(app: &TestApp, accept: &str) -> (u16, String) {
    let response = Response::of(app.post(r#"{"query":"{ __typename }"}"#).header("accept", accept)).await;
    (response.status, response.header("content-type").to_owned())
}

#[tokio::test]
async fn the_answer_is_of_the_type_that_is_wanted_most() {
    let app = TestApp::on(DatabaseKind::Sqlite).await;
    for (accept, expected) in [
        ("application/graphql-response+json", GRAPHQL),
        ("application/json", JSON),
        ("*/*", JSON),
        ("application/*", JSON),
        ("application/graphql-response+json, application/json", GRAPHQL),
        ("application/json, application/graphql-response+json", JSON),
        ("application/json;q=0.8, application/graphql-response+json;q=0.9", GRAPHQL),
        ("application/graphql-response+json;q=0.1, */*;q=0.5", JSON),
        ("text/html, application/json;q=0.2", JSON),
        ("APPLICATION/GRAPHQL-RESPONSE+JSON; charset=UTF-8", GRAPHQL),
    ] {
        assert_eq!(answered(&app, accept).await, (200, expected.to_owned()), "{accept}");
    }
}

#[tokio::test]
async fn without_a_wish_the_answer_is_json() {
    let app = TestApp::on(DatabaseKind::Sqlite).await;
    let response = Response::of(app.post(r#"{"query":"{ __typename }"}"#)).await;
    assert_eq!((response.status, response.header("content-type")), (200, JSON));
    assert!(response.text.starts_with(r#"{"data":{"__typename":"Query"}"#), "{}", response.text);
}

#[tokio::test]
async fn what_accepts_neither_is_told_so() {
    let app = TestApp::on(DatabaseKind::Sqlite).await;
    for accept in ["text/html", "application/xml", "application/json;q=0", "application/json; charset=iso-8859-1"] {
        assert_eq!(answered(&app, accept).await, (406, JSON.to_owned()), "{accept}");
    }
}

#[tokio::test]
async fn requests_are_json_in_utf_8() {
    let app = TestApp::on(DatabaseKind::Sqlite).await;
    let body = r#"{"query":"{ __typename }"}"#;
    let post = |content_type: &str| {
        let request = app.request(reqwest::Method::POST, "/graphql").body(body);
        if content_type.is_empty() { request } else { request.header("content-type", content_type) }
    };
    for content_type in ["application/json", "application/json; charset=utf-8", "Application/JSON;charset=\"UTF-8\""] {
        assert_eq!(Response::of(post(content_type)).await.status, 200, "{content_type}");
    }
    for content_type in [
        "",
        "text/plain",
        "application/graphql",
        "application/x-www-form-urlencoded",
        "application/json; charset=latin1",
    ] {
        let response = Response::of(post(content_type)).await;
        assert_eq!((response.status, response.code()), (415, "BAD_REQUEST"), "{content_type}");
    }
}

#[tokio::test]
async fn bodies_that_are_no_requests_are_refused() {
    let app = TestApp::on(DatabaseKind::Sqlite).await;
    for (body, message) in [
        ("", "the body is not JSON"),
        ("{", "the body is not JSON"),
        ("{\"query\":\"{ __typename }\"} {}", "the body is not JSON"),
        ("null", "the body must be a JSON object"),
        ("{}", "\"query\" is missing"),
        ("{\"query\":null}", "\"query\" is missing"),
        ("{\"query\":7}", "\"query\" must be a text"),
        ("{\"query\":\"\"}", "\"query\" must be a text that is not empty"),
        ("{\"query\":\"{ __typename }\",\"variables\":[]}", "\"variables\" must be an object"),
        ("{\"query\":\"{ __typename }\",\"operationName\":{}}", "\"operationName\" must be a text"),
        ("{\"query\":\"{ __typename }\",\"extensions\":\"x\"}", "\"extensions\" must be an object"),
    ] {
        for accept in ["application/json", "application/graphql-response+json"] {
            let response = Response::of(app.post(body).header("accept", accept)).await;
            assert_eq!((response.status, response.code()), (400, "BAD_REQUEST"), "{body}");
            let found = response.errors()[0]["message"].as_str().unwrap_or_default().to_owned();
            assert!(found.starts_with(message), "{body}: {found}");
        }
    }
    let not_utf_8 = Response::of(app.post(vec![b'{', b'"', 0xFF, b'"', b'}'])).await;
    assert_eq!((not_utf_8.status, not_utf_8.code()), (400, "BAD_REQUEST"));
}

#[tokio::test]
async fn what_is_null_in_a_request_is_as_good_as_absent() {
    let app = TestApp::on(DatabaseKind::Sqlite).await;
    let body = json!({ "query": "{ __typename }", "variables": null, "operationName": null, "extensions": null });
    assert_eq!(Response::of(app.post(body.to_string())).await.data(), &json!({ "__typename": "Query" }));
}
