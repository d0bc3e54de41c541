//! Catalogues that are imported by HTTP: `POST /catalogue`.

use modelry::domain::Role;
use reqwest::RequestBuilder;
use reqwest::header::{CONTENT_TYPE, COOKIE};
use serde_json::{Value, json};

use crate::access::sessions::session;
use crate::support::app::{client, client_with};
use crate::support::fixtures::SMALL;
use crate::support::{DatabaseKind, Fixture as _, Response, TestApp, TestDatabase, on_both_databases};

const FILE: &str = "application/octet-stream";
const COUNT: &str = "{ models { totalCount } }";

/// An upload of a file in Modelry's own format.
fn upload(app: &TestApp, more: &str, file: impl Into<reqwest::Body>) -> RequestBuilder {
    let path = format!("/catalogue?format=modelry{more}");
    app.request(reqwest::Method::POST, &path).header(CONTENT_TYPE, FILE).body(file)
}

/// The lines of an answer.
async fn lines(request: RequestBuilder) -> Vec<Value> {
    let answer = Response::of(request).await;
    assert_eq!(answer.status, 200, "{}", answer.text);
    assert_eq!(answer.header("content-type"), "application/x-ndjson; charset=utf-8");
    answer.text.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect()
}

/// The last line of an answer; those before it must all tell how far the work is.
async fn outcome(request: RequestBuilder) -> Value {
    let mut lines = lines(request).await;
    let last = lines.pop().expect("a last line");
    assert!(lines.iter().all(|line| line["progress"]["stage"].is_string()), "{lines:?}");
    last
}

async fn models(app: &TestApp) -> Value {
    app.query(COUNT).await["models"]["totalCount"].clone()
}

on_both_databases! {
    /// As `modelry import --json` tells it, and with the change set that it is, which says who, what and why.
    async fn a_file_is_imported(app: TestApp) {
        let done = outcome(upload(&app, "&name=small.jsonl&reason=first", SMALL)).await;
        let report = &done["report"];
        assert_eq!((&report["source"], &report["dry_run"], &report["changes_anything"]), (&json!("modelry"), &json!(false), &json!(true)));
        assert_eq!(report["counts"]["models"]["created"], models(&app).await);
        let set = "query($id: ID!) { changeSet(id: $id) { actor channel operation reason requestId totalCount source { format name hash } } }";
        let found = app.graphql(set, json!({ "id": done["changeSetId"] })).await;
        let set = &found.data()["changeSet"];
        assert_eq!((&set["actor"], &set["channel"]), (&json!("token:tests"), &json!("IMPORT")));
        assert_eq!((&set["operation"], &set["reason"]), (&json!("importCatalogue"), &json!("first")));
        assert_eq!((&set["source"]["format"], &set["source"]["name"]), (&json!("modelry"), &json!("small.jsonl")));
        assert_eq!(set["source"]["hash"].as_str().map(str::len), Some(64));
        assert!(set["requestId"].is_string() && set["totalCount"].as_u64() > Some(0), "{set}");

        let again = outcome(upload(&app, "", SMALL)).await;
        assert_eq!((&again["report"]["changes_anything"], &again["changeSetId"]), (&json!(false), &Value::Null));
    }

    /// What a dry run tells is what the import does, and until then there is nothing.
    async fn a_dry_run_tells_what_would_come_of_it(app: TestApp) {
        let told = outcome(upload(&app, "&dryRun=true", SMALL)).await;
        assert_eq!((&told["report"]["dry_run"], &told["changeSetId"]), (&json!(true), &Value::Null));
        assert_eq!(models(&app).await, 0);
        let done = outcome(upload(&app, "", SMALL)).await;
        assert_eq!(told["report"]["counts"], done["report"]["counts"]);

        let changed = SMALL.replace("长文本模型", "Kimi");
        let told = outcome(upload(&app, "&dryRun=true&changes=1", changed)).await;
        assert_eq!(told["report"]["changed"], json!([{ "record": "moonshot/kimi", "fields": [
            { "field": "display_name", "before": "长文本模型", "after": "Kimi" },
        ] }]));
    }

    /// All of a file or nothing; where it is wrong is told as its format has it.
    async fn a_file_that_cannot_be_taken_changes_nothing(app: TestApp) {
        let cut_off = &SMALL[..SMALL.len() - 10];
        let no_such = format!("{SMALL}\n{{\"kind\":\"model\",\"supplier\":\"nobody\",\"name\":\"x\",\"model_type\":\"language\"}}");
        for (file, error) in [
            (cut_off.to_owned(), json!({ "code": "BAD_FILE", "line": 22 })),
            (no_such, json!({ "code": "BAD_FILE", "path": "line 24.supplier" })),
            ("[]".to_owned(), json!({ "code": "BAD_FILE" })),
        ] {
            let told = outcome(upload(&app, "", file)).await;
            for (field, value) in error.as_object().expect("fields") {
                assert_eq!(&told["error"][field], value, "{told}");
            }
            assert!(told["error"]["message"].as_str().is_some_and(|message| !message.is_empty()), "{told}");
            assert_eq!(models(&app).await, 0);
        }
        let told = outcome(upload(&app, &format!("&reason={}", "x".repeat(10_001)), SMALL)).await;
        assert_eq!(told["error"]["code"], "BAD_USER_INPUT", "{told}");
        assert!(told["error"]["message"].as_str().is_some_and(|message| message.starts_with("reason: has 10001")), "{told}");
    }

    /// Editors may, by token or in a browser; of a page of another server it isn't taken, and who tried in vain is told to
    /// the audit log.
    async fn it_is_for_editors(app: TestApp) {
        let send = |token: Option<&str>| {
            let client = token.map_or_else(client, client_with);
            Response::of(client.post(app.url("/catalogue?format=modelry")).header(CONTENT_TYPE, FILE).body(SMALL))
        };
        let viewer = app.make_token("viewer", Role::Viewer).await;
        let reader = app.make_token_with("reader", Role::Editor, |token| {
            token.scopes = Some(vec![modelry::domain::Scope::CatalogueRead]);
        }).await;
        for (token, status, code) in
            [(None, 401, "UNAUTHENTICATED"), (Some(&viewer), 403, "FORBIDDEN"), (Some(&reader), 403, "FORBIDDEN")]
        {
            let refused = send(token.map(String::as_str)).await;
            assert_eq!((refused.status, refused.code()), (status, code), "{}", refused.text);
        }
        let cookie = session(&app).await;
        let from = |site: &str| {
            let request = client().post(app.url("/catalogue?format=modelry")).header(CONTENT_TYPE, FILE);
            Response::of(request.header(COOKIE, &cookie).header("sec-fetch-site", site).body(SMALL))
        };
        assert_eq!(from("cross-site").await.status, 403);
        assert_eq!(models(&app).await, 0);
        let taken = from("same-origin").await;
        assert!(taken.status == 200 && taken.text.contains("\"report\""), "{}", taken.text);
        let editor = app.make_token("editor", Role::Editor).await;
        assert_eq!(send(Some(&editor)).await.status, 200);
        app.parts().access().write_noted().await.expect("written");
        let log = app.query("{ auditLog(first: 50, where: { outcomes: [REFUSED] }) { nodes { actor action } } }").await;
        let told = |actor: &str| {
            let entry = json!({ "actor": actor, "action": "importCatalogue" });
            log["auditLog"]["nodes"].as_array().is_some_and(|nodes| nodes.contains(&entry))
        };
        assert!(told("token:viewer") && told("token:reader") && told("anonymous"), "{log}");
    }
}

/// Whatever is wrong with the request itself is said before anything runs.
#[tokio::test]
async fn a_request_that_cannot_be_taken_is_refused_at_once() {
    let database = TestDatabase::on(DatabaseKind::Sqlite).await;
    let app = TestApp::over(database, |config| config.http.max_import_bytes = 1_000).await;
    for (query, content_type, status, code, named) in [
        ("", FILE, 400, "BAD_REQUEST", "format is missing"),
        ("?format=csv", FILE, 400, "BAD_REQUEST", "models-dev, litellm, openrouter, modelry"),
        ("?format=modelry&dryRun=1", FILE, 400, "BAD_REQUEST", "dryRun"),
        ("?format=modelry", "multipart/form-data; boundary=x", 415, "BAD_REQUEST", FILE),
        ("?format=modelry", "text/plain", 415, "BAD_REQUEST", FILE),
        ("?format=modelry", FILE, 413, "PAYLOAD_TOO_LARGE", "1000 bytes (http.max_import_bytes)"),
    ] {
        let request =
            app.request(reqwest::Method::POST, &format!("/catalogue{query}")).header(CONTENT_TYPE, content_type);
        let refused = Response::of(request.body(SMALL)).await;
        assert_eq!((refused.status, refused.code()), (status, code), "{query}: {}", refused.text);
        assert!(refused.text.contains(named), "{query}: {}", refused.text);
    }
    let get = Response::of(app.get("/catalogue").header("accept", "text/html")).await;
    assert_eq!((get.status, get.header("allow")), (405, "POST"));
}

/// A client needn't send a file to learn that it is too large.
#[tokio::test]
async fn clients_learn_what_a_server_takes() {
    let database = TestDatabase::on(DatabaseKind::Sqlite).await;
    let app = TestApp::over(database, |config| config.http.max_import_bytes = 5_000_000_000).await;
    let server = app.query("{ server { version maxImportBytes } }").await["server"].clone();
    assert_eq!(server["version"], env!("CARGO_PKG_VERSION"));
    assert_eq!(server["maxImportBytes"].as_f64(), Some(5e9));
}

/// One at a time: files of third parties are held in memory. Who comes meanwhile is asked to come again.
#[tokio::test]
async fn one_file_is_imported_at_a_time() {
    use futures_util::{StreamExt as _, stream};

    let app = TestApp::on(DatabaseKind::Sqlite).await;
    let (rest, awaited) = tokio::sync::oneshot::channel::<String>();
    let (first, last) = SMALL.split_once('\n').expect("lines");
    let last = format!("\n{last}");
    let pieces = stream::iter([first.to_owned()]).chain(stream::once(async { awaited.await.expect("the rest") }));
    let unfinished = upload(&app, "", reqwest::Body::wrap_stream(pieces.map(Ok::<_, std::io::Error>)));
    let unfinished = tokio::spawn(Response::of(unfinished));
    while app.parts().imports().available_permits() > 0 {
        tokio::task::yield_now().await;
    }
    let refused = Response::of(upload(&app, "", SMALL)).await;
    assert_eq!((refused.status, refused.code(), refused.header("retry-after")), (503, "UNAVAILABLE", "1"));
    rest.send(last).expect("it is awaited");
    assert_eq!(unfinished.await.expect("sent").status, 200);
    assert_eq!(Response::of(upload(&app, "", SMALL)).await.status, 200, "the place is free again");
}

/// A file counts as a mutation of whoever sends it.
#[tokio::test]
async fn files_are_counted_among_mutations() {
    let database = TestDatabase::on(DatabaseKind::Sqlite).await;
    let app = TestApp::over(database, |config| config.limits.mutations_per_minute = 1).await;
    assert_eq!(Response::of(upload(&app, "&dryRun=true", SMALL)).await.status, 200);
    let refused = Response::of(upload(&app, "&dryRun=true", SMALL)).await;
    assert_eq!((refused.status, refused.code()), (429, "RATE_LIMITED"), "{}", refused.text);
}
