//! Answers of some megabytes, and who takes them as slowly as they can.

use serde_json::{Value, json};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpSocket, TcpStream};

use super::{Keeping, ask, state};
use crate::support::{DatabaseKind, Fixture as _, TestApp, TestDatabase};

/// Models of the catalogue, and the letters of each one's description: more than 5 MB together.
const MODELS: usize = 90;
const LETTERS: usize = 60_000;
const ALL: &str = "{ models(first: 100) { nodes { name description } } }";

/// A server with the large descriptions that keeps answers up to this size.
async fn app(kind: DatabaseKind, max_answer_bytes: usize) -> TestApp {
    let database = TestDatabase::on(kind).await;
    let app = TestApp::over(database, |config| {
        config.cache.max_bytes = 64 << 20;
        config.cache.max_answer_bytes = max_answer_bytes;
    })
    .await;
    let mut lines = vec![
        json!({ "format": "modelry", "version": 1 }).to_string(),
        json!({ "kind": "supplier", "name": "acme" }).to_string(),
    ];
    lines.extend((0..MODELS).map(|number| {
        let description = format!("{number:02}").repeat(LETTERS / 2);
        json!({ "kind": "model", "supplier": "acme", "name": format!("model-{number:02}"), "model_type": "language",
                "description": description })
        .to_string()
    }));
    app.import(&lines.join("\n")).await;
    app.parts().own().learn_changes().await.expect("learned");
    app
}

fn is_whole(data: &Value) -> bool {
    let nodes = data["models"]["nodes"].as_array().expect("a list");
    nodes.len() == MODELS
        && nodes.iter().all(|node| node["description"].as_str().is_some_and(|text| text.len() == LETTERS))
}

/// An answer of more than 5 MB is given whole, kept where there is room for it, and not where it is too large.
#[tokio::test]
async fn an_answer_of_five_megabytes_is_given_whole() {
    for kind in [DatabaseKind::Sqlite, DatabaseKind::Postgres] {
        for (largest, is_kept) in [(4 << 20, false), (8 << 20, true)] {
            let app = app(kind, largest).await;
            for round in 0..3 {
                let (response, is_hit) = ask(&app, ALL).await;
                assert!(response.text.len() > 5 << 20 && is_whole(response.data()), "round {round} on {kind:?}");
                assert_eq!(is_hit, is_kept && round > 0, "round {round} on {kind:?}, up to {largest} bytes");
            }
            let bytes = state(&app).await.bytes;
            assert_eq!(bytes > 5 << 20, is_kept, "{bytes} bytes are kept");
        }
    }
}

/// Whoever takes a kept answer a byte at a time holds up nobody else, and takes nothing with them when they go.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_reads_a_byte_at_a_time_holds_up_nobody() {
    let app = app(DatabaseKind::Sqlite, 8 << 20).await;
    ask(&app, ALL).await;
    let kept = state(&app).await;
    let mut slow = Vec::new();
    for _ in 0..20 {
        slow.push(begin_to_read(&app).await);
    }
    for stream in &mut slow {
        for _ in 0..10 {
            stream.read_u8().await.expect("a byte");
        }
        let (response, is_hit) = ask(&app, ALL).await;
        assert!(is_hit && is_whole(response.data()));
    }
    drop(slow);
    let (response, is_hit) = ask(&app, ALL).await;
    assert!(is_hit && is_whole(response.data()));
    let after = state(&app).await;
    assert_eq!(
        (after.entries, after.bytes, after.misses),
        (kept.entries, kept.bytes, kept.misses),
        "all were given the one answer"
    );
}

/// Asks, with little room for what comes, and reads the first byte.
async fn begin_to_read(app: &TestApp) -> TcpStream {
    let socket = TcpSocket::new_v4().expect("a socket");
    socket.set_recv_buffer_size(4_096).expect("a small buffer");
    let address = app.url("").trim_start_matches("http://").parse().expect("an address");
    let mut stream = socket.connect(address).await.expect("connected");
    let body = json!({ "query": ALL, "variables": {} }).to_string();
    let token = app.token().expect("a token");
    let head = format!(
        "POST /graphql HTTP/1.1\r\nhost: 127.0.0.1\r\nauthorization: Bearer {token}\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\r\n",
        body.len()
    );
    stream.write_all(format!("{head}{body}").as_bytes()).await.expect("sent");
    stream.read_u8().await.expect("a byte");
    stream
}

/// Where the connection that hears of changes is cut, and what others write is told to nobody, kept answers still end: the feed
/// is asked for now and then.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_no_notification_tells_is_heard_of() {
    const SUPPLIERS: &str = "{ suppliers { nodes { name displayName } } }";
    let Keeping(app) = Keeping::on(DatabaseKind::Postgres).await;
    for round in 0..3 {
        ask(&app, SUPPLIERS).await;
        let cut = "SELECT CAST(count(pg_terminate_backend(pid)) AS TEXT) AS value FROM pg_stat_activity \
                   WHERE datname = current_database() AND (query LIKE 'LISTEN%' OR query = 'SELECT 1') AND pid <> pg_backend_pid()";
        app.database().texts(cut).await;
        let name = format!("Unheard of {round}");
        app.database().execute(&format!("UPDATE suppliers SET display_name = '{name}'")).await.expect("changed");
        let began = std::time::Instant::now();
        while !ask(&app, SUPPLIERS).await.0.text.contains(&name) {
            assert!(began.elapsed().as_secs() < 60, "it is never heard of");
            tokio::time::sleep(std::time::Duration::from_millis(5)).await;
        }
    }
}
