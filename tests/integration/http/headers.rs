//! What browsers are told, and whose pages may read answers.

use modelry::config::Config;

use crate::support::app::client;
use crate::support::{DatabaseKind, Fixture as _, Response, TestApp, TestDatabase};

async fn app(change: impl FnOnce(&mut Config)) -> TestApp {
    TestApp::over(TestDatabase::on(DatabaseKind::Sqlite).await, change).await
}

/// What every answer says. Pages to sign in name where they come from, to this server alone, and what never changes is kept.
fn assert_guarded(what: &str, answer: &Response) {
    let is_page = what.starts_with("/login") || what.starts_with("/logout");
    for (name, value) in [
        ("x-content-type-options", "nosniff"),
        ("x-frame-options", "DENY"),
        ("referrer-policy", if is_page { "same-origin" } else { "no-referrer" }),
        ("cross-origin-opener-policy", "same-origin"),
        ("cross-origin-resource-policy", "same-origin"),
        ("strict-transport-security", ""),
        ("access-control-allow-origin", ""),
    ] {
        assert_eq!(answer.header(name), value, "{name} of {what}");
    }
    let policy = answer.header("content-security-policy");
    assert!(policy.starts_with("default-src 'none'"), "{what}: {policy}");
    assert!(policy.contains("frame-ancestors 'none'") && !policy.contains("script-src 'unsafe"), "{what}: {policy}");
    let kept = match what {
        "/" | "/graphiql" => "no-cache",
        // An answer to a query may be kept by who asked, and is to be validated before it is used again.
        "/graphql?query={__typename}" => "private, no-cache",
        "an asset" => "public, max-age=31536000, immutable",
        _ => "no-store",
    };
    assert_eq!(answer.header("cache-control"), kept, "{what}");
}

/// On every kind of answer: data, pages, refusals, and what is not there.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_answer_is_guarded() {
    let app = TestApp::on(DatabaseKind::Sqlite).await;
    for (path, status) in [
        ("/graphql?query={__typename}", 200),
        ("/graphql", 400),
        ("/", 200),
        ("/graphiql", 200),
        ("/assets/nothing.js", 404),
        ("/schema.graphql", 200),
        ("/login", 200),
        ("/metrics", 200),
        ("/healthz", 200),
        ("/readyz", 200),
        ("/nothing", 404),
    ] {
        let answer = Response::of(app.get(path)).await;
        assert_eq!(answer.status, status, "{path}: {}", answer.text);
        assert_guarded(path, &answer);
    }
    let page = Response::of(app.get("/graphiql")).await.text;
    // There is none where the binary was built without its pages.
    if let Some((_, rest)) = page.split_once("src=\"/assets/") {
        let name = rest.split('"').next().expect("a name");
        assert_guarded("an asset", &Response::of(app.get(&format!("/assets/{name}"))).await);
    }
}

/// On refusals too, whoever refuses: who stands at the door, who reads the body, who counts.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_refusal_is_guarded() {
    let app = app(|config| config.http.max_body_bytes = 1_000).await;
    let form = |path: &str, site: &str, body: String| {
        let request = client().post(app.url(path)).header("sec-fetch-site", site);
        request.header("content-type", "application/x-www-form-urlencoded").body(body)
    };
    let unknown = client().get(app.url("/graphql?query={__typename}")).header("authorization", "Bearer x");
    for (what, request, status) in [
        ("an unknown token", unknown, 401),
        ("/login with a code that is not good", form("/login", "same-origin", "code=x".to_owned()), 403),
        ("/login from another page", form("/login", "cross-site", "code=x".to_owned()), 403),
        ("/logout from another page", form("/logout", "cross-site", String::new()), 403),
        ("a large request", app.post("x".repeat(1_001)), 413),
        ("a large form", form("/login", "same-origin", "x".repeat(1_001)), 413),
        ("a mutation by GET", app.get("/graphql?query=mutation%7B__typename%7D"), 405),
        ("another name", app.get("/graphql").header("host", "evil.example"), 421),
    ] {
        let answer = Response::of(request).await;
        assert_eq!(answer.status, status, "{what}: {}", answer.text);
        assert_guarded(what, &answer);
    }
    let out = Response::of(form("/logout", "same-origin", String::new())).await;
    assert_eq!((out.status, out.header("cache-control")), (303, "no-store"));
    let limited = self::app(|config| config.limits.requests_per_second = 1).await;
    for path in ["/graphql?query={__typename}", "/schema.graphql"] {
        let mut answer = Response::of(limited.get(path)).await;
        while answer.status == 200 {
            answer = Response::of(limited.get(path)).await;
        }
        assert_eq!(answer.status, 429, "{path}: {}", answer.text);
        assert_guarded("too many requests", &answer);
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
    assert_eq!(
        allowed.header("access-control-allow-headers"),
        "accept,authorization,content-type,last-event-id,modelry-revision"
    );
    assert_eq!(allowed.header("access-control-allow-credentials"), "");
    let query = app.get("/graphql?query={__typename}");
    assert_eq!(Response::of(query.header("origin", CONSOLE)).await.header("access-control-allow-origin"), CONSOLE);
    assert_eq!(preflight(&app, "https://evil.example").await.header("access-control-allow-origin"), "");
}
