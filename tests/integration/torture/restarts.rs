//! A PostgreSQL server that is stopped for a while, under load.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use diesel_async::{AsyncConnection as _, SimpleAsyncConnection as _};
use serde_json::json;

use super::variable;
use crate::cli::process::{Admin, PATIENCE, Server, modelry, output};
use crate::support::OwnServer;
use crate::support::app::{Response, client};

/// How long it is away, in seconds, unless `MODELRY_TORTURE_OUTAGE` says otherwise.
const OUTAGE: u64 = 2;
/// The longest that a request may take: the pool's patience, and what a machine with few cores adds.
const LONGEST: Duration = Duration::from_secs(30);

/// Nobody asks too often.
const SETTINGS: &str =
    "[catalog]\nstarter = false\n[limits]\nrequests_per_second = 0\nmutations_per_minute = 0\ncost_per_minute = 0\n";

/// What a client has seen.
#[derive(Default)]
pub struct Seen {
    pub acknowledged: Vec<String>,
    pub refused: usize,
}

/// Reads and writes until it is told to stop. What is refused must have one of these codes, and nothing may take long.
pub async fn load(admin: Admin, writer: usize, stop: Arc<AtomicBool>, codes: &[&str]) -> Seen {
    let client = client();
    let mut seen = Seen::default();
    for number in 0.. {
        if stop.load(Ordering::Relaxed) {
            break;
        }
        let name = format!("r{writer}-{number}");
        for (query, writes) in [
            (format!("mutation {{ createSupplier(input: {{ name: \"{name}\" }}) {{ supplier {{ id }} }} }}"), true),
            ("{ suppliers(first: 1) { totalCount } }".to_owned(), false),
        ] {
            let started = Instant::now();
            let body = json!({ "query": query }).to_string();
            let response = Response::of(admin.post(&client, body)).await;
            assert!(started.elapsed() < LONGEST, "{query} took {:?}", started.elapsed());
            if response.errors().is_empty() {
                seen.acknowledged.extend(writes.then(|| name.clone()));
            } else {
                assert!(codes.contains(&response.code()), "{}", response.text);
                seen.refused += 1;
            }
        }
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    seen
}

/// Requests are refused clearly and soon while it is away, and served again when it is back, without anybody's help.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_server_that_is_stopped_and_started_is_used_again() {
    stop_and_start("fast").await;
}

/// So they are if it goes without a word, as when it crashes, and has to recover first.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_server_that_breaks_down_and_recovers_is_used_again() {
    stop_and_start("immediate").await;
}

/// Tells how long it took to be served again, which is worth knowing.
#[expect(clippy::print_stderr, reason = "it is told beside the seed")]
pub fn tell_recovery(test: &str, took: Duration, refused: usize, acknowledged: usize) {
    eprintln!("{test}: recovered in {took:?}; {refused} refused, {acknowledged} acknowledged writes are there");
}

/// Waits until a write is taken again; how long that took.
pub async fn recovery(server: &Server) -> Duration {
    let back = Instant::now();
    server.until_readiness_is(200).await;
    loop {
        assert!(back.elapsed() < PATIENCE, "it doesn't recover: {}", server.log());
        let name = format!("back-{}", back.elapsed().as_micros());
        let query = format!("mutation {{ createSupplier(input: {{ name: \"{name}\" }}) {{ supplier {{ id }} }} }}");
        if server.graphql(&query).await.errors().is_empty() {
            return back.elapsed();
        }
    }
}

/// What clients have seen, of whom somebody must have noticed something, and whose acknowledged writes must all be there.
pub async fn assert_kept(server: &Server, clients: Vec<tokio::task::JoinHandle<Seen>>) -> Seen {
    let mut all = Seen::default();
    for client in clients {
        let seen = client.await.expect("it reads and writes");
        all.refused += seen.refused;
        all.acknowledged.extend(seen.acknowledged);
    }
    for name in &all.acknowledged {
        let found = server.query(&format!("{{ supplier(name: \"{name}\") {{ name }} }}")).await;
        assert_eq!(found["supplier"]["name"], name.as_str(), "acknowledged and lost");
    }
    assert!(all.refused > 0, "nobody noticed");
    all
}

/// Stops it in this mode of `pg_ctl`, under load, and starts it again.
async fn stop_and_start(mode: &str) {
    let mut own = OwnServer::start();
    let url = own.url();
    // What was acknowledged is to survive its breaking down: the run's servers are told otherwise.
    let mut settings = diesel_async::AsyncPgConnection::establish(&url).await.expect("a connection");
    for setting in ["ALTER SYSTEM SET synchronous_commit = on", "SELECT pg_reload_conf()"] {
        settings.batch_execute(setting).await.expect("a setting");
    }
    drop(settings);
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::write(folder.path().join("modelry.toml"), SETTINGS).expect("written");
    let server =
        Server::start(modelry(&folder, &["serve", "--listen", "127.0.0.1:0", "--database-url", &url])).admit(&url);
    let stop = Arc::new(AtomicBool::new(false));
    let admin = server.admin();
    let clients = (0..4).map(|writer| tokio::spawn(load(admin.clone(), writer, Arc::clone(&stop), &["UNAVAILABLE"])));
    let clients: Vec<_> = clients.collect();

    tokio::time::sleep(Duration::from_millis(500)).await;
    own.run(&format!("eval \"$MODELRY_TEST_PG_CTL --mode={mode} stop\""));
    tokio::time::sleep(Duration::from_secs(variable("MODELRY_TORTURE_OUTAGE").unwrap_or(OUTAGE))).await;
    own.run("eval \"$MODELRY_TEST_PG_CTL start\"");
    let took = recovery(&server).await;
    tokio::time::sleep(Duration::from_millis(300)).await;
    stop.store(true, Ordering::Relaxed);

    let seen = assert_kept(&server, clients).await;
    tell_recovery(&format!("a server that is stopped ({mode})"), took, seen.refused, seen.acknowledged.len());
    let verified = output(&folder, &["verify", "--database-url", &url]);
    assert!(verified.status.success(), "{}", String::from_utf8_lossy(&verified.stdout));
}
