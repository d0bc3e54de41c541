//! What each method may do.

use reqwest::Method;
use serde_json::json;

use crate::support::{DatabaseKind, Fixture as _, Response, TestApp};

#[tokio::test]
async fn a_query_can_be_sent_by_get() {
    let app = TestApp::on(DatabaseKind::Sqlite).await;
    let path = "/graphql?query=query%20A(%24n:String!)%7Bsupplier(name:%24n)%7Bname%7D%7D%20query%20B%7B__typename%7D";
    let response = Response::of(app.get(&format!("{path}&operationName=A&variables=%7B%22n%22:%22x%22%7D"))).await;
    assert_eq!(response.data(), &json!({ "supplier": null }));
    let response = Response::of(app.get(&format!("{path}&operationName=B&variables=&extensions="))).await;
    assert_eq!(response.data(), &json!({ "__typename": "Query" }));
}

#[tokio::test]
async fn query_strings_that_are_no_requests_are_refused() {
    let app = TestApp::on(DatabaseKind::Sqlite).await;
    for (query_string, message) in [
        ("", "\"query\" is missing"),
        ("?query=", "\"query\" must be a text that is not empty"),
        ("?query=%7B__typename%7D&variables=x", "variables is not JSON"),
        ("?query=%7B__typename%7D&variables=7", "\"variables\" must be an object"),
    ] {
        let response = Response::of(app.get(&format!("/graphql{query_string}"))).await;
        assert!((400..500).contains(&response.status), "{query_string}: {}", response.status);
        let found = response.errors()[0]["message"].as_str().unwrap_or_default().to_owned();
        assert!(found.starts_with(message), "{query_string}: {found}");
    }
}

#[tokio::test]
async fn a_mutation_cannot_be_sent_by_get() {
    let app = TestApp::on(DatabaseKind::Sqlite).await;
    for path in [
        "/graphql?query=mutation%7B__typename%7D",
        "/graphql?query=query%20A%7B__typename%7D%20mutation%20B%7B__typename%7D&operationName=B",
    ] {
        let response = Response::of(app.get(path)).await;
        assert_eq!(
            (response.status, response.code(), response.header("allow")),
            (405, "BAD_REQUEST", "POST"),
            "{path}"
        );
    }
    let query = "/graphql?query=query%20A%7B__typename%7D%20mutation%20B%7B__typename%7D&operationName=A";
    assert_ne!(Response::of(app.get(query)).await.status, 405, "what runs is a query");
}

#[tokio::test]
async fn other_methods_are_refused() {
    let app = TestApp::on(DatabaseKind::Sqlite).await;
    for method in [Method::PUT, Method::DELETE, Method::PATCH] {
        let response = Response::of(app.request(method.clone(), "/graphql")).await;
        assert_eq!(response.status, 405, "{method}");
        assert!(response.header("allow").contains("POST"), "{method}");
    }
    assert_eq!(Response::of(app.get("/nowhere")).await.status, 404);
}
