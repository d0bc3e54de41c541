//! Trusted documents: only these are executed.

use serde_json::{Value, json};
use tempfile::TempDir;

use crate::support::{DatabaseKind, Fixture as _, Response, TestApp, TestDatabase};
use modelry::app::App;
use modelry::config::Config;
use modelry::registry::clock::Clock;

const TYPENAME: &str = "query Typename { __typename }";
/// The SHA-256 of [`TYPENAME`].
const HASH: &str = "75d6db5ce23bc75d968992039999b39868a37b33fb27c46ba3515796b205524c";
const SUPPLIER: &str = "query Supplier($name: String!) { supplier(name: $name) { name } }";
const CREATE: &str =
    "mutation Create($input: CreateSupplierInput!) { createSupplier(input: $input) { userErrors { code } } }";
const CHANGED: &str = "subscription { changed { cursor } }";

/// A file in a folder that goes when it is dropped.
fn file(content: &Value) -> (TempDir, std::path::PathBuf) {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("documents.json");
    std::fs::write(&file, content.to_string()).expect("written");
    (folder, file)
}

fn map() -> Value {
    json!({ "typename": TYPENAME, "supplier": SUPPLIER, "create": CREATE, "changed": CHANGED })
}

async fn app(content: &Value) -> TestApp {
    let (_folder, file) = file(content);
    let database = TestDatabase::on(DatabaseKind::Sqlite).await;
    TestApp::over(database, |config| config.http.trusted_documents = Some(file)).await
}

async fn ask(app: &TestApp, body: Value) -> Response {
    Response::of(app.post(body.to_string()).header("accept", "application/graphql-response+json")).await
}

#[tokio::test]
async fn a_document_is_named_by_id_hash_or_text() {
    let manifest = json!({
        "format": "apollo-persisted-query-manifest", "version": 1,
        "operations": [
            { "id": "typename", "name": "Typename", "type": "query", "body": TYPENAME },
            { "id": "supplier", "name": "Supplier", "type": "query", "body": SUPPLIER },
        ],
    });
    for content in [map(), manifest] {
        let app = app(&content).await;
        for body in [
            json!({ "documentId": "typename" }),
            json!({ "query": TYPENAME }),
            json!({ "query": TYPENAME, "documentId": "typename" }),
            json!({ "extensions": { "persistedQuery": { "version": 1, "sha256Hash": HASH } } }),
            json!({ "extensions": { "persistedQuery": { "version": 1, "sha256Hash": "typename" } } }),
        ] {
            assert_eq!(ask(&app, body).await.data(), &json!({ "__typename": "Query" }));
        }
        let response = ask(&app, json!({ "documentId": "supplier", "variables": { "name": "x" } })).await;
        assert_eq!(response.data(), &json!({ "supplier": null }));
        let response = Response::of(app.get("/graphql?documentId=typename")).await;
        assert_eq!(response.data(), &json!({ "__typename": "Query" }));
    }
}

#[tokio::test]
async fn others_are_refused() {
    let app = app(&map()).await;
    for body in [
        json!({ "query": "{ __typename }" }),
        json!({ "query": format!("{TYPENAME} ") }),
        json!({ "query": "typename" }),
        json!({ "documentId": "other" }),
        json!({ "documentId": "typename", "query": "{ __schema { queryType { name } } }" }),
        json!({ "extensions": { "persistedQuery": { "sha256Hash": "0".repeat(64) } } }),
    ] {
        let response = ask(&app, body.clone()).await;
        assert_eq!((response.status, response.code()), (400, "DOCUMENT_NOT_TRUSTED"), "{body}: {}", response.text);
    }
    let response = ask(&app, json!({ "documentId": 7 })).await;
    assert_eq!((response.status, response.code()), (400, "BAD_REQUEST"), "{}", response.text);
}

/// Without trusted documents, Apollo's clients are told in the words that they wait for to send the document once, with its
/// hash; from then on its hash is enough, by either method.
#[tokio::test]
async fn a_hash_is_enough_for_a_document_that_was_sent_before() {
    let app = TestApp::on(DatabaseKind::Sqlite).await;
    let persisted = json!({ "persistedQuery": { "version": 1, "sha256Hash": HASH } });
    let hash_alone = json!({ "extensions": persisted });
    let response = ask(&app, hash_alone.clone()).await;
    assert_eq!((response.status, response.code()), (400, "PERSISTED_QUERY_NOT_FOUND"), "{}", response.text);
    assert_eq!(response.errors()[0]["message"], "PersistedQueryNotFound");

    let both = json!({ "query": TYPENAME, "extensions": persisted });
    assert_eq!(ask(&app, both).await.data(), &json!({ "__typename": "Query" }));
    for body in [hash_alone, json!({ "extensions": { "persistedQuery": { "sha256Hash": HASH.to_uppercase() } } })] {
        assert_eq!(ask(&app, body).await.data(), &json!({ "__typename": "Query" }));
    }
    let address = format!("/graphql?extensions=%7B%22persistedQuery%22:%7B%22sha256Hash%22:%22{HASH}%22%7D%7D");
    let response = Response::of(app.get(&address)).await;
    assert_eq!(response.data(), &json!({ "__typename": "Query" }));
}

/// By its hash a document is as limited as by its text, and has variables like any other.
#[tokio::test]
async fn what_is_remembered_is_only_the_document() {
    let app = TestApp::on(DatabaseKind::Sqlite).await;
    let persisted = json!({ "persistedQuery": { "sha256Hash": modelry::limits::hash(SUPPLIER) } });
    let ask_for = |name: &str, query: Option<&str>| json!({ "query": query, "variables": { "name": name }, "extensions": persisted });
    ask(&app, ask_for("a", Some(SUPPLIER))).await.data();
    let response = ask(&app, ask_for("b", None)).await;
    assert_eq!(response.data(), &json!({ "supplier": null }));
    let response = ask(&app, json!({ "extensions": persisted })).await;
    assert!(response.errors()[0]["message"].as_str().expect("a message").contains("$name"), "{}", response.text);
}

/// What is no document, or not the one that the hash is of, is not remembered.
#[tokio::test]
async fn only_documents_are_remembered_and_only_by_their_own_hashes() {
    let app = TestApp::on(DatabaseKind::Sqlite).await;
    let wrong = json!({ "query": SUPPLIER, "extensions": { "persistedQuery": { "sha256Hash": HASH } } });
    let response = ask(&app, wrong).await;
    assert_eq!((response.status, response.code()), (400, "BAD_REQUEST"), "{}", response.text);
    let broken = json!({ "persistedQuery": { "sha256Hash": modelry::limits::hash("query {") } });
    assert_eq!(ask(&app, json!({ "query": "query {", "extensions": broken })).await.code(), "GRAPHQL_PARSE_FAILED");
    for extensions in [json!({ "persistedQuery": { "sha256Hash": HASH } }), broken] {
        let response = ask(&app, json!({ "extensions": extensions })).await;
        assert_eq!(response.code(), "PERSISTED_QUERY_NOT_FOUND", "{}", response.text);
    }
    for extensions in [json!({ "persistedQuery": 1 }), json!({ "persistedQuery": { "sha256Hash": 1 } })] {
        let response = ask(&app, json!({ "query": TYPENAME, "extensions": extensions })).await;
        assert_eq!((response.status, response.code()), (400, "BAD_REQUEST"), "{}", response.text);
    }
    let response = ask(&app, json!({ "documentId": "typename" })).await;
    assert_eq!((response.status, response.code()), (400, "DOCUMENT_NOT_TRUSTED"), "{}", response.text);
}

/// Who keeps no documents says so, in the words upon which Apollo's clients send hashes no more.
#[tokio::test]
async fn a_hash_alone_means_nothing_to_who_keeps_no_documents() {
    let database = TestDatabase::on(DatabaseKind::Sqlite).await;
    let app = TestApp::over(database, |config| config.cache.max_document_bytes = 0).await;
    let body = json!({ "extensions": { "persistedQuery": { "version": 1, "sha256Hash": HASH } } });
    let response = ask(&app, body).await;
    assert_eq!((response.status, response.code()), (400, "PERSISTED_QUERY_NOT_SUPPORTED"), "{}", response.text);
    assert_eq!(response.errors()[0]["message"], "PersistedQueryNotSupported");
    let both = json!({ "query": TYPENAME, "extensions": { "persistedQuery": { "sha256Hash": HASH } } });
    assert_eq!(ask(&app, both).await.data(), &json!({ "__typename": "Query" }));
}

/// A server doesn't start with documents that could never be executed, and says which.
#[tokio::test]
async fn a_file_with_a_bad_document_is_refused_by_name() {
    let deep = format!("{}{}", "{ a ".repeat(21), "}".repeat(21));
    for (document, problem) in [
        ("query {", "expected"),
        ("{ model(supplier: 1) { nam } }", "nam"),
        ("{ models(first: \"x\") { totalCount } }", "first"),
        ("{ ...A } fragment A on Query { ...A }", "holds itself"),
        (deep.as_str(), "21 levels"),
    ] {
        let mut content = map();
        content["bad-one"] = json!(document);
        let (_folder, file) = file(&content);
        let mut config = Config { database_url: "sqlite://unused.db".to_owned(), ..Config::default() };
        config.http.trusted_documents = Some(file);
        let error = App::new(config, Clock::system()).err().expect(document).to_string();
        assert!(error.contains("\"bad-one\"") && error.contains(problem), "{document}: {error}");
        assert!(error.contains("documents.json"), "{error}");
    }
}
