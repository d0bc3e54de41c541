//! Errors: what they hold, and which status goes with them.

use serde_json::{Value, json};

use crate::support::{DatabaseKind, Fixture as _, Response, SmallCatalogue, TestApp};

const WRONG: [(&str, &str); 8] = [
    ("{", "GRAPHQL_PARSE_FAILED"),
    ("{ a: }", "GRAPHQL_PARSE_FAILED"),
    ("query { nothing }", "GRAPHQL_VALIDATION_FAILED"),
    ("{ models { nodes } }", "GRAPHQL_VALIDATION_FAILED"),
    ("{ models(first: \"x\") { totalCount } }", "GRAPHQL_VALIDATION_FAILED"),
    ("query ($n: String!) { supplier(name: $n) { name } }", "GRAPHQL_VALIDATION_FAILED"),
    ("query A { __typename } query A { __typename }", "GRAPHQL_PARSE_FAILED"),
    ("fragment F on Model { name }", "GRAPHQL_PARSE_FAILED"),
];

async fn send(app: &TestApp, accept: &str, body: &Value) -> Response {
    Response::of(app.post(body.to_string()).header("accept", accept)).await
}

#[tokio::test]
async fn what_cannot_be_executed_has_no_data() {
    let app = TestApp::on(DatabaseKind::Sqlite).await;
    for (query, code) in WRONG {
        for (accept, status) in [("application/graphql-response+json", 400), ("application/json", 200)] {
            let response = send(&app, accept, &json!({ "query": query })).await;
            assert_eq!((response.status, response.code()), (status, code), "{query}: {}", response.text);
            assert!(response.json.get("data").is_none(), "{query}: {}", response.text);
            for error in response.errors() {
                assert!(!error["message"].as_str().unwrap_or_default().is_empty(), "{query}: {error}");
                assert!(error["extensions"]["code"].is_string(), "{query}: {error}");
            }
        }
    }
}

#[tokio::test]
async fn an_operation_must_be_named_among_several() {
    let app = TestApp::on(DatabaseKind::Sqlite).await;
    let query = "query A { a: __typename } query B { b: __typename }";
    let named = send(&app, "application/json", &json!({ "query": query, "operationName": "B" })).await;
    assert_eq!(named.data(), &json!({ "b": "Query" }));
    for name in [json!(null), json!("C")] {
        let response =
            send(&app, "application/graphql-response+json", &json!({ "query": query, "operationName": name })).await;
        assert_eq!((response.status, response.code()), (400, "GRAPHQL_VALIDATION_FAILED"), "{name}: {}", response.text);
    }
}

#[tokio::test]
async fn what_fails_while_it_runs_has_data_and_a_path() {
    let app = SmallCatalogue::on(DatabaseKind::Sqlite).await;
    let query = "{ bad: node(id: \"x\") { id } good: supplier(name: \"acme\") { name } }";
    for accept in ["application/graphql-response+json", "application/json"] {
        let response = send(&app, accept, &json!({ "query": query })).await;
        assert_eq!(response.status, 200);
        assert_eq!(response.json["data"], json!({ "bad": null, "good": { "name": "acme" } }));
        assert_eq!(
            response.errors(),
            [json!({
                "message": "\"x\" is not an id; ids look like \"Model:42\"",
                "locations": [{ "line": 1, "column": 3 }],
                "path": ["bad"],
                "extensions": { "code": "BAD_USER_INPUT" },
            })]
        );
    }
}

#[tokio::test]
async fn data_is_null_if_a_field_fails_that_cannot_be() {
    let app = SmallCatalogue::on(DatabaseKind::Sqlite).await;
    let response = app.graphql("{ models(first: 0) { totalCount } }", json!({})).await;
    assert_eq!((response.status, response.code()), (200, "BAD_USER_INPUT"));
    assert_eq!(response.json.get("data"), Some(&Value::Null));
    assert_eq!(response.errors()[0]["path"], json!(["models"]));
}

/// What went wrong inside is for the log; the client gets the id to ask for it.
#[tokio::test]
async fn faults_are_masked() {
    let app = SmallCatalogue::on(DatabaseKind::Sqlite).await;
    app.database().execute("DROP TABLE model_prices").await.expect("damage");
    let response = app.graphql("{ models(first: 1) { nodes { name prices { amount } } } }", json!({})).await;
    assert_eq!((response.status, response.code()), (200, "INTERNAL"), "{}", response.text);
    assert!(!response.text.contains("model_prices"), "{}", response.text);
    let id = response.errors()[0]["extensions"]["requestId"].as_str().unwrap_or_default();
    assert!(id.len() == 16 && id.bytes().all(|byte| byte.is_ascii_hexdigit()), "{id:?}");
    assert_eq!(app.query("{ models(first: 1) { nodes { name } } }").await["models"]["nodes"][0]["name"], "alpha");
}
