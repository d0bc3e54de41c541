//! What browsers are told, and whose pages may read answers.

use modelry::config::Config;

use crate::support::{DatabaseKind, Fixture as _, Response, TestApp, TestDatabase};

async fn app(change: impl FnOnce(&mut Config)) -> TestApp {
    TestApp::over(TestDatabase::on(DatabaseKind::Sqlite).await, change).await
}

/// On every kind of answer: data, pages, refusals, and what is not there.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_answer_is_guarded() {
    let app = TestApp::on(DatabaseKind::Sqlite).await;
    for path in
        ["/graphql?query={__typename}", "/graphql", "/graphiql", "/schema.graphql", "/healthz", "/readyz", "/nothing"]
    {
        let answer = Response::of(app.get(path)).await;
        for (name, value) in [
            ("x-content-type-options", "nosniff"),
            ("x-frame-options", "DENY"),
            ("referrer-policy", "no-referrer"),
            ("cross-origin-opener-policy", "same-origin"),
            ("cross-origin-resource-policy", "same-origin"),
            ("strict-transport-security", ""),
            ("access-control-allow-origin", ""),
        ] {
            assert_eq!(answer.header(name), value, "{name} of {path}");
        }
        let policy = answer.header("content-security-policy");
        assert!(policy.starts_with("default-src 'none'"), "{path}: {policy}");
        assert!(
            policy.contains("frame-ancestors 'none'") && !policy.contains("script-src 'unsafe"),
            "{path}: {policy}"
        );
        let kept = answer.header("cache-control");
        assert!(if path == "/graphiql" { kept == "no-cache" } else { kept == "no-store" }, "{path}: {kept}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn behind_tls_browsers_are_told_to_stay_there() {
    let app = app(|config| {
        config.http.public_url = Some("https://models.example".to_owned());
    })
    .await;
    let answer = Response::of(app.get("/healthz")).await;
    assert_eq!(answer.header("strict-transport-security"), "max-age=63072000");
}

/// Pages of other origins: none by default, those that are named otherwise, and never with cookies.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn other_pages_may_ask_only_if_they_are_named() {
    const CONSOLE: &str = "https://console.example";
    let preflight = async |app: &TestApp, origin: &str| {
        let request = app.request(reqwest::Method::OPTIONS, "/graphql");
        let request = request.header("origin", origin).header("access-control-request-method", "POST");
        Response::of(request.header("access-control-request-headers", "authorization,content-type")).await
    };
    let closed = TestApp::on(DatabaseKind::Sqlite).await;
    assert_eq!(preflight(&closed, CONSOLE).await.header("access-control-allow-origin"), "");

    let app = app(|config| {
        config.http.allowed_origins = vec![CONSOLE.to_owned()];
    })
    .await;
    let allowed = preflight(&app, CONSOLE).await;
    assert_eq!(allowed.header("access-control-allow-origin"), CONSOLE);
    assert_eq!(allowed.header("access-control-allow-headers"), "accept,authorization,content-type,last-event-id");
    assert_eq!(allowed.header("access-control-allow-credentials"), "");
    let query = app.get("/graphql?query={__typename}");
    assert_eq!(Response::of(query.header("origin", CONSOLE)).await.header("access-control-allow-origin"), CONSOLE);
    assert_eq!(preflight(&app, "https://evil.example").await.header("access-control-allow-origin"), "");
}
