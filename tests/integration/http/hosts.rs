//! By which names a server may be asked: a page whose own name leads to this machine is no page of this server's.

use modelry::config::Config;
use serde_json::json;

use crate::push::socket::Socket;
use crate::support::{DatabaseKind, Fixture as _, Response, TestApp, TestDatabase};

async fn app(change: impl FnOnce(&mut Config)) -> TestApp {
    TestApp::over(TestDatabase::on(DatabaseKind::Sqlite).await, change).await
}

async fn asked_by(app: &TestApp, host: &str) -> Response {
    Response::of(app.get("/graphql?query={__typename}").header("host", host)).await
}

/// Where only this machine can ask, names of this machine are asked by, and those that a setting names.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_server_answers_only_by_its_own_names() {
    let app = app(|config| config.http.allowed_hosts = vec!["models.lan".to_owned()]).await;
    for host in
        ["localhost", "localhost:1", "x.localhost:8321", "127.0.0.1", "[::1]:8321", "models.lan", "MODELS.lan:8"]
    {
        assert_eq!(asked_by(&app, host).await.status, 200, "{host}");
    }
    for host in ["evil.example", "evil.example:8321", "127.0.0.1.evil.example", "localhost.evil.example", "192.0.2.1"] {
        let refused = asked_by(&app, host).await;
        assert_eq!((refused.status, refused.code()), (421, "MISDIRECTED_REQUEST"), "{host}: {}", refused.text);
        let message = refused.errors()[0]["message"].as_str().expect("a message");
        assert!(message.contains("http.allowed_hosts") && message.contains("http.public_url"), "{message}");
        assert!(refused.json.get("data").is_none(), "{}", refused.text);
    }
}

/// Every path but health is closed to a foreign name, and so are WebSockets.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_but_health_is_told_by_a_foreign_name() {
    let app = TestApp::on(DatabaseKind::Sqlite).await;
    for (path, status) in [
        ("/healthz", 200),
        ("/readyz", 200),
        ("/graphql", 421),
        ("/schema.graphql", 421),
        ("/", 421),
        ("/models/42", 421),
        ("/graphiql", 421),
        ("/assets/x.js", 421),
        ("/login", 421),
        ("/metrics", 421),
        ("/nothing", 421),
    ] {
        let answer = Response::of(app.get(path).header("host", "evil.example")).await;
        assert_eq!(answer.status, status, "{path}: {}", answer.text);
        assert_eq!(answer.header("x-content-type-options"), "nosniff", "{path}");
    }
    let (status, body) = Socket::connect_sending(&app, &[("host", "evil.example")]).await.err().expect("a refusal");
    assert_eq!((status, &body["errors"][0]["extensions"]["code"]), (421, &json!("MISDIRECTED_REQUEST")));
}

/// Over HTTP/2 the name stands in the address.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn over_http_2_too() {
    let app = TestApp::on(DatabaseKind::Sqlite).await;
    let url: reqwest::Url = app.url("/graphql?query={__typename}").parse().expect("an address");
    let port = url.port().expect("a port");
    for (host, status) in [("localhost", 200), ("evil.example", 421)] {
        let builder = reqwest::Client::builder().no_proxy().http2_prior_knowledge();
        let client = builder.resolve(host, ([127, 0, 0, 1], port).into()).build().expect("a client");
        let mut url = url.clone();
        url.set_host(Some(host)).expect("a host");
        let answer = client.get(url).send().await.expect("an answer");
        assert_eq!((answer.version(), answer.status().as_u16()), (reqwest::Version::HTTP_2, status), "{host}");
    }
}

/// Where clients reach the server by an address that is set, it goes by that one; where it listens to others and nobody has
/// said how they call it, by any.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn other_servers_go_by_what_they_are_called() {
    let everywhere = |config: &mut Config| config.listen = ([0, 0, 0, 0], 8321).into();
    let open = app(everywhere).await;
    assert_eq!(asked_by(&open, "models.lan").await.status, 200);
    let named = app(|config| {
        everywhere(config);
        config.http.public_url = Some("https://models.example".to_owned());
        config.http.allowed_hosts = vec!["10.0.0.5".to_owned()];
    })
    .await;
    for (host, status) in [
        ("models.example", 200),
        ("models.example:443", 200),
        ("10.0.0.5:8321", 200),
        ("localhost", 200),
        ("models.lan", 421),
    ] {
        assert_eq!(asked_by(&named, host).await.status, status, "{host}");
    }
}
