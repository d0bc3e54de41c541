//! Connections that are open and ask nothing, or ask as slowly as they can.

use std::time::{Duration, Instant};

use serde_json::json;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::task::JoinSet;

use crate::support::app::client;
use crate::support::{DatabaseKind, Fixture as _, TestApp, TestDatabase};

/// How long something may take that usually takes a moment.
const PATIENCE: Duration = Duration::from_secs(60);
/// What a good client asks.
const QUERY: &str = "{ models(first: 1) { totalCount } }";

async fn app(header_timeout_ms: u64, max_connections: usize) -> TestApp {
    let database = TestDatabase::on(DatabaseKind::Sqlite).await;
    TestApp::over(database, |config| {
        config.http.header_timeout_ms = header_timeout_ms;
        config.http.max_connections = max_connections;
        config.http.body_timeout_ms = 500;
    })
    .await
}

async fn connect(app: &TestApp) -> TcpStream {
    TcpStream::connect(app.url("").trim_start_matches("http://")).await.expect("connected")
}

/// Sends this, then waits to be cut off; answers with what was said.
async fn cut_off_after(mut stream: TcpStream, said: &[u8]) -> String {
    stream.write_all(said).await.expect("sent");
    let mut heard = Vec::new();
    // The end may come as an error, too.
    let end = tokio::time::timeout(PATIENCE, stream.read_to_end(&mut heard)).await.expect("cut off in time");
    drop(end);
    String::from_utf8_lossy(&heard).into_owned()
}

/// Says a byte of a request's head now and then, until it is cut off.
async fn dribble(mut stream: TcpStream, pause: Duration) {
    let head = format!("GET /healthz HTTP/1.1\r\nhost: x\r\nx-padding: {}", "x".repeat(100_000));
    for byte in head.as_bytes() {
        if stream.write_all(&[*byte]).await.is_err() {
            return;
        }
        if let Ok(Ok(0) | Err(_)) = tokio::time::timeout(pause, stream.read(&mut [0; 256])).await {
            return;
        }
    }
}

#[tokio::test]
async fn who_does_not_ask_is_cut_off() {
    let app = app(300, 100).await;
    for said in
        ["", "P", "PRI * HTTP/2.0\r\n", "GET /healthz HTTP/1.1\r\n", "GET /healthz HTTP/1.1\r\nhost: x\r\nx-slow"]
    {
        cut_off_after(connect(&app).await, said.as_bytes()).await;
    }
    let kept = cut_off_after(connect(&app).await, b"GET /healthz HTTP/1.1\r\nhost: x\r\n\r\n").await;
    assert!(kept.starts_with("HTTP/1.1 200 OK"), "one that has asked is kept open, but not for ever: {kept}");
}

#[tokio::test]
async fn a_body_has_to_come_in_time() {
    let app = app(60_000, 100).await;
    let head =
        "POST /graphql HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\ncontent-length: 100\r\n\r\n{";
    let answer = cut_off_after(connect(&app).await, head.as_bytes()).await;
    assert!(answer.starts_with("HTTP/1.1 408 Request Timeout"), "{answer}");
    assert!(answer.contains("BODY_TIMEOUT") && answer.contains("within 500 ms (http.body_timeout_ms)"), "{answer}");
}

/// When all places are taken by those who ask nothing, others get theirs as soon as these are cut off.
#[tokio::test]
async fn slow_clients_do_not_keep_others_out() {
    let app = app(1_000, 40).await;
    let mut slow = JoinSet::new();
    for _ in 0..200 {
        slow.spawn(dribble(connect(&app).await, Duration::from_millis(100)));
    }
    let answer = app.post(json!({ "query": QUERY }).to_string()).timeout(PATIENCE).send().await.expect("an answer");
    assert_eq!(answer.status(), 200);
    tokio::time::timeout(PATIENCE, slow.join_all()).await.expect("all are cut off");
}

/// Some hundred that are open and idle or slow change nothing for who asks.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn hundreds_of_connections() {
    answers_among(100, 100, 50, 3_000).await;
}

/// The same with thousands: `make audit`. Both ends are in this process, so the limit of open files must allow 6,000.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "needs a high limit of open files, and a minute"]
async fn thousands_of_connections() {
    answers_among(2_000, 500, 500, 30_000).await;
}

/// Prints how long it takes. A good client asks so often while so many connections are idle, after one request each, and so many are slow.
#[expect(clippy::print_stdout, reason = "`make audit` is there to tell")]
async fn answers_among(idle: usize, slow: usize, requests: usize, header_timeout_ms: u64) {
    let app = app(header_timeout_ms, 10_000).await;
    let mut idle_ones = Vec::with_capacity(idle);
    let mut slow_ones = JoinSet::new();
    for _ in 0..slow {
        slow_ones.spawn(dribble(connect(&app).await, Duration::from_millis(200)));
    }
    for _ in 0..idle {
        let mut stream = connect(&app).await;
        stream.write_all(b"GET /healthz HTTP/1.1\r\nhost: x\r\n\r\n").await.expect("sent");
        idle_ones.push(stream);
    }
    let good = client();
    let mut times = Vec::with_capacity(requests);
    for _ in 0..requests {
        let asked = Instant::now();
        let request = good.post(app.url("/graphql")).header("content-type", "application/json");
        let answer =
            request.body(json!({ "query": QUERY }).to_string()).timeout(PATIENCE).send().await.expect("an answer");
        assert_eq!(answer.status(), 200);
        answer.bytes().await.expect("a body");
        times.push(asked.elapsed());
    }
    times.sort_unstable();
    let (median, worst) = (times[times.len() / 2], times[times.len() - 1]);
    println!("{idle} idle, {slow} slow: {requests} answers, median {median:?}, slowest {worst:?}");
    tokio::time::timeout(PATIENCE, slow_ones.join_all()).await.expect("slow clients are cut off");
    for stream in idle_ones {
        cut_off_after(stream, b"").await;
    }
}
