//! Browsers: the link that is good once, the session that it begins, and how that ends.

use modelry::config::AnonymousRole;
use modelry::domain::ChangeChannel;
use modelry::registry::session::make_link;
use modelry::store::Author;
use reqwest::header::{COOKIE, HeaderMap};
use serde_json::{Value, json};

use super::ask;
use crate::push::socket::Socket;
use crate::push::{CHANGED, create_supplier};
use crate::support::app::client;
use crate::support::{Response, TestApp, TestDatabase, on_both_databases};

const WRITE: &str =
    "mutation { createSupplier(input: { name: \"acme\" }) { changeSet { actor } userErrors { message } } }";

/// How clients reach the server, and whose pages may ask beside its own.
const PUBLIC: &str = "http://models.example";
const CONSOLE: &str = "https://console.example";

/// The code of a new link.
async fn code(app: &TestApp) -> String {
    let code = modelry::auth::Secret::code().expect("a code");
    let author = Author::new("alice", ChangeChannel::Cli, "createSignInLink", app.parts().clock().now());
    make_link(app.parts().store(), author, code.hash().to_hex()).await.expect("a link");
    code.expose().to_owned()
}

async fn sign_in_with(app: &TestApp, code: &str, headers: &[(&'static str, &str)]) -> Response {
    let mut request = client().post(app.url("/login")).header("content-type", "application/x-www-form-urlencoded");
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    Response::of(request.body(format!("code={code}"))).await
}

/// Signs in as a browser does.
async fn sign_in(app: &TestApp, code: &str) -> Response {
    sign_in_with(app, code, &[("sec-fetch-site", "same-origin")]).await
}

/// The cookie that an answer sets, as a browser sends it.
fn cookie(headers: &HeaderMap) -> String {
    let set = headers.get("set-cookie").expect("a cookie").to_str().expect("a text");
    set.split(';').next().expect("a cookie").to_owned()
}

/// Signs a browser in; its cookie.
pub async fn session(app: &TestApp) -> String {
    cookie(&sign_in(app, &code(app).await).await.headers)
}

/// Sends a document with a cookie and these headers.
async fn send(app: &TestApp, cookie: &str, headers: &[(&'static str, &str)], query: &str) -> Response {
    let mut request =
        client().post(app.url("/graphql")).header("content-type", "application/json").header(COOKIE, cookie);
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    Response::of(request.body(json!({ "query": query }).to_string())).await
}

async fn as_page(app: &TestApp, cookie: &str, query: &str) -> Response {
    send(app, cookie, &[("sec-fetch-site", "same-origin")], query).await
}

async fn who(app: &TestApp, cookie: &str) -> Value {
    as_page(app, cookie, "{ viewer { name } }").await.data()["viewer"]["name"].clone()
}

on_both_databases! {
    /// Whatever opens the link only gets a button; the button signs in, once.
    async fn a_link_signs_in_once(app: TestApp) {
        let code = code(&app).await;
        for _ in 0..3 {
            let page = Response::of(client().get(app.url(&format!("/login?code={code}")))).await;
            assert!(page.status == 200 && page.text.contains(&format!("value=\"{code}\"")), "{}", page.text);
            assert_eq!(page.header("cache-control"), "no-store");
            assert_eq!(page.header("referrer-policy"), "same-origin");
            assert!(page.header("content-security-policy").starts_with("default-src 'none'"));
            assert!(page.headers.get("set-cookie").is_none(), "looking changes nothing");
        }
        let signed_in = sign_in(&app, &code).await;
        assert_eq!((signed_in.status, signed_in.header("location")), (303, "/"));
        let set = signed_in.header("set-cookie");
        assert!(set.starts_with("modelry_session=mds_") && set.ends_with("; Path=/; Max-Age=604800; HttpOnly; SameSite=Strict"), "{set}");
        let cookie = cookie(&signed_in.headers);
        let written = as_page(&app, &cookie, WRITE).await;
        assert_eq!(written.data()["createSupplier"]["changeSet"]["actor"], "session:alice");
        assert_eq!(as_page(&app, &cookie, "{ viewer { role } }").await.data()["viewer"]["role"], "ADMIN");

        let again = sign_in(&app, &code).await;
        assert!(again.status == 403 && again.text.contains("modelry token link"), "{}", again.text);
        assert!(again.headers.get("set-cookie").is_none());
        let kept = app.database().texts("SELECT hash AS value FROM sessions UNION ALL SELECT hash FROM sign_in_links").await.join(" ");
        assert!(!kept.contains("mds_") && !kept.contains("mdl_"), "{kept}");
    }

    /// Of those who use a link together, one gets in.
    async fn a_link_is_used_by_one(app: TestApp) {
        let code = code(&app).await;
        let attempts = (0..8).map(|_| sign_in(&app, &code));
        let answers = futures_util::future::join_all(attempts).await;
        let mut statuses: Vec<u16> = answers.iter().map(|answer| answer.status).collect();
        statuses.sort_unstable();
        assert_eq!(statuses, [303, 403, 403, 403, 403, 403, 403, 403]);
    }

    /// Who tries codes waits for nobody who writes, and keeps nobody from it.
    async fn codes_that_are_not_good_keep_nobody_waiting(app: TestApp) {
        let (begun, has_begun) = tokio::sync::oneshot::channel();
        let (end, ended) = tokio::sync::oneshot::channel::<()>();
        let store = app.parts().store().clone();
        let writing = tokio::spawn(async move {
            let write = store.record(move |_| Box::pin(async move {
                begun.send(()).expect("somebody waits");
                drop(ended.await);
                Ok::<_, modelry::store::StoreError>(())
            }));
            write.await.expect("written");
        });
        has_begun.await.expect("it writes");
        let unknown = modelry::auth::Secret::code().expect("a code");
        let refused = tokio::time::timeout(std::time::Duration::from_secs(30), sign_in(&app, unknown.expose())).await;
        assert_eq!(refused.expect("an answer while somebody writes").status, 403);
        end.send(()).expect("somebody writes");
        writing.await.expect("written");
        assert_eq!(sign_in(&app, &code(&app).await).await.status, 303);
    }

    /// Links and sessions end: after an hour, when nobody does anything, and in any case.
    async fn links_and_sessions_end(app: TestApp) {
        let at = |time: &str| app.parts().clock().set(serde_json::from_value(json!(time)).expect("a moment"));
        let late = code(&app).await;
        at("2026-06-15T13:00:00Z");
        assert_eq!(sign_in(&app, &late).await.status, 403, "an hour has passed");

        let idle = session(&app).await;
        at("2026-06-15T20:59:00Z");
        assert_eq!(who(&app, &idle).await, "session:alice");
        at("2026-06-16T04:58:00Z");
        assert_eq!(who(&app, &idle).await, "session:alice", "it was used in between");
        at("2026-06-16T12:58:00Z");
        assert_eq!(who(&app, &idle).await, "anonymous", "for eight hours nobody did anything");

        let busy = session(&app).await;
        for day in 16..23 {
            for hour in [13, 19] {
                at(&format!("2026-06-{day}T{hour}:00:00Z"));
                who(&app, &busy).await;
            }
            at(&format!("2026-06-{}T02:00:00Z", day + 1));
            who(&app, &busy).await;
            at(&format!("2026-06-{}T09:00:00Z", day + 1));
            if day < 22 { assert_eq!(who(&app, &busy).await, "session:alice", "on day {day}") }
        }
        at("2026-06-23T12:58:00Z");
        assert_eq!(who(&app, &busy).await, "anonymous", "a week is over");
    }

    /// Who signs out is out, here and with all that is open.
    async fn signing_out_ends_the_session(app: TestApp) {
        let cookie = session(&app).await;
        let sign_out = async |site: &str| {
            Response::of(client().post(app.url("/logout")).header(COOKIE, &cookie).header("sec-fetch-site", site)).await
        };
        assert_eq!(sign_out("cross-site").await.status, 403);
        assert_eq!(who(&app, &cookie).await, "session:alice", "others can't sign one out");
        let out = sign_out("same-origin").await;
        assert_eq!((out.status, out.header("location")), (303, "/login"));
        assert!(out.header("set-cookie").starts_with("modelry_session=; Path=/; Max-Age=0;"), "{}", out.header("set-cookie"));
        assert_eq!(who(&app, &cookie).await, "anonymous");
        let log = app.query("{ auditLog(where: { actors: [\"session:alice\", \"alice\"] }) { nodes { actor action address } } }").await;
        assert_eq!(log["auditLog"]["nodes"], json!([
            { "actor": "session:alice", "action": "signOut", "address": null },
            { "actor": "session:alice", "action": "signIn", "address": "127.0.0.1" },
            { "actor": "alice", "action": "createSignInLink", "address": null },
        ]));
    }

    /// A page of another server can send requests with the cookie; what could change something is not taken from it.
    async fn other_pages_cannot_use_the_session(database: TestDatabase) {
        let app = TestApp::over(database, |config| {
            config.auth.anonymous_role = Some(AnonymousRole::Viewer);
            config.http.public_url = Some(PUBLIC.to_owned());
            config.http.allowed_origins = vec![CONSOLE.to_owned()];
        }).await;
        let cookie = session(&app).await;
        let own = app.url("");
        for headers in [
            vec![("sec-fetch-site", "cross-site")],
            vec![("sec-fetch-site", "same-site")],
            vec![("origin", "http://evil.example")],
            vec![("origin", "null")],
            vec![("sec-fetch-site", "cross-site"), ("origin", own.as_str())],
            vec![],
        ] {
            let refused = send(&app, &cookie, &headers, WRITE).await;
            assert_eq!((refused.status, refused.code()), (403, "FORBIDDEN"), "{headers:?}: {}", refused.text);
        }
        assert_eq!(app.query("{ suppliers { totalCount } }").await["suppliers"]["totalCount"], 0);
        for headers in [vec![("sec-fetch-site", "same-origin")], vec![("origin", own.as_str())]] {
            send(&app, &cookie, &headers, WRITE).await.data();
        }
        // A WebSocket begins as a GET, and is good for everything.
        for headers in [
            vec![("cookie", cookie.as_str()), ("origin", "http://evil.example")],
            vec![("cookie", cookie.as_str()), ("origin", CONSOLE)],
            vec![("cookie", cookie.as_str()), ("origin", CONSOLE), ("sec-fetch-site", "same-origin")],
            vec![("cookie", cookie.as_str())],
        ] {
            let (status, body) = Socket::connect_sending(&app, &headers).await.err().expect("a refusal");
            assert_eq!((status, &body["errors"][0]["extensions"]["code"]), (403, &json!("FORBIDDEN")), "{headers:?}: {body}");
        }
        for own in [own.as_str(), PUBLIC] {
            Socket::connect_sending(&app, &[("cookie", &cookie), ("origin", own)]).await.expect("a page of its own");
        }
        Socket::connect_sending(&app, &[("origin", CONSOLE)]).await.expect("without the cookie");
        // A token is sent by nobody but who means it.
        let with_token = ask(&app, app.token(), "{ viewer { name } }", json!({})).await;
        assert_eq!(with_token.data()["viewer"]["name"], "token:tests");
        // Nor can a link be used from elsewhere, so that nobody is signed in as another.
        let code = code(&app).await;
        assert_eq!(sign_in_with(&app, &code, &[("sec-fetch-site", "cross-site")]).await.status, 403);
        assert_eq!(sign_in_with(&app, &code, &[]).await.status, 403);
        assert_eq!(sign_in(&app, &code).await.status, 303, "it was not used up");
    }

    /// A session's socket is opened by its cookie, and closed when the session ends.
    async fn sockets_go_with_the_session(app: TestApp) {
        let cookie = session(&app).await;
        let mut socket = Socket::connect_as_page(&app, &cookie).await.expect("a socket");
        socket.send(&json!({ "type": "connection_init" })).await;
        assert_eq!(socket.receive().await["type"], "connection_ack");
        socket.subscribe("1", "{ viewer { name } }", json!({})).await;
        assert_eq!(socket.receive().await["payload"]["data"]["viewer"]["name"], "session:alice");
        assert_eq!(socket.receive().await["type"], "complete");
        socket.subscribe("2", CHANGED, json!({})).await;
        socket.settle().await;
        create_supplier(&app, "acme").await;
        let logout = client().post(app.url("/logout")).header(COOKIE, &cookie).header("sec-fetch-site", "same-origin");
        assert_eq!(Response::of(logout).await.status, 303);
        assert_eq!(socket.closed().await.code, 4403);
    }
}

/// What is no code is never shown back.
#[tokio::test]
async fn a_page_shows_only_what_is_a_code() {
    use crate::support::{DatabaseKind, Fixture as _};
    let app = TestApp::on(DatabaseKind::Sqlite).await;
    for code in ["", "x", "%22%3E%3Cscript%3Ealert(1)%3C/script%3E", &"<".repeat(53)] {
        let page = Response::of(client().get(app.url(&format!("/login?code={code}")))).await;
        assert!(page.status == 200 && page.text.contains("modelry token link"), "{}", page.text);
        assert!(!page.text.contains("script") && !page.text.contains("<<"), "{}", page.text);
        assert_eq!(sign_in(&app, code).await.status, 403);
    }
}

/// The pages speak the language that a browser wants, of the two that they know, and say that it matters.
#[tokio::test]
async fn the_pages_speak_the_language_of_the_browser() {
    use crate::support::{DatabaseKind, Fixture as _};
    let app = TestApp::on(DatabaseKind::Sqlite).await;
    let code = code(&app).await;
    for (languages, tag, button) in [
        ("en-US,en;q=0.9", "en", "Sign in"),
        ("zh-CN,zh;q=0.9,en;q=0.8", "zh-CN", "登录"),
        ("en;q=0.5, zh-Hans", "zh-CN", "登录"),
        ("fr-FR, zh;q=0.4, *;q=0.1", "zh-CN", "登录"),
        ("zh;q=0, de", "en", "Sign in"),
        ("zh;q=x", "en", "Sign in"),
    ] {
        let link = client().get(app.url(&format!("/login?code={code}"))).header("accept-language", languages);
        let page = Response::of(link).await;
        assert!(page.text.contains(&format!("<html lang=\"{tag}\">")), "{languages}: {}", page.text);
        assert!(page.text.contains(&format!("<button autofocus>{button}</button>")), "{languages}: {}", page.text);
        assert!(page.headers.get_all("vary").iter().any(|value| value == "accept-language"), "{languages}");
    }
    let cookie = session(&app).await;
    let chinese = |request: reqwest::RequestBuilder| Response::of(request.header("accept-language", "zh-CN"));
    let foreign = |path: &str| client().post(app.url(path)).header("sec-fetch-site", "cross-site");
    let form = "application/x-www-form-urlencoded";
    for (request, status, said) in [
        (client().get(app.url("/login")), 200, "要登录，请打开"),
        (client().get(app.url("/login")).header(COOKIE, &cookie), 200, "<button>退出登录</button>"),
        (foreign("/login").header("content-type", form).body("code=x"), 403, "不能让您在这里登录"),
        (foreign("/logout").header(COOKIE, &cookie), 403, "不能让您在这里退出登录"),
    ] {
        let page = chinese(request).await;
        assert!(page.status == status && page.text.contains(said), "{said}: {}", page.text);
    }
    let late = sign_in_with(&app, "x", &[("sec-fetch-site", "same-origin"), ("accept-language", "zh-CN")]).await;
    assert!(late.status == 403 && late.text.contains("此链接无效或已失效"), "{}", late.text);
}

/// Behind a server that speaks TLS the cookie goes over TLS only.
#[tokio::test]
async fn behind_tls_the_cookie_is_for_tls() {
    use crate::support::{DatabaseKind, Fixture as _};
    let app = TestApp::on(DatabaseKind::Sqlite).await;
    let proxied = [("sec-fetch-site", "same-origin"), ("x-forwarded-proto", "https")];
    let signed_in = sign_in_with(&app, &code(&app).await, &proxied).await;
    let set = signed_in.header("set-cookie");
    assert!(set.starts_with("__Host-modelry_session=mds_") && set.ends_with("; Secure"), "{set}");
    let cookie = cookie(&signed_in.headers);
    let viewer = send(&app, &cookie, &proxied, "{ viewer { name } }").await;
    assert_eq!(viewer.data()["viewer"]["name"], "session:alice");
}
