//! A PostgreSQL server of which nothing is heard any more, while every connection seems to be there: nobody says that it ends.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use super::restarts::{assert_kept, load, recovery, tell_recovery};
use super::{assert_sound, at_rest, variable};
use crate::cli::process::{Server, modelry};
use crate::cli::way::{Way, free_address, server_of};
use crate::support::{DatabaseKind, Fixture as _, TestDatabase};

/// How long nothing is let through, in seconds, unless `MODELRY_TORTURE_OUTAGE` says otherwise.
const SILENCE: u64 = 4;
/// More clients than there are connections to the database, so that some wait for one.
const CLIENTS: usize = 12;
/// Nobody waits for longer than these, and nobody asks too often.
const SETTINGS: &str = "[catalog]\nstarter = false\n[database]\nwait_timeout_ms = 1000\nconnect_timeout_ms = 1000\n\
                        [limits]\nrequest_timeout_ms = 2000\n\
                        requests_per_second = 0\nmutations_per_minute = 0\ncost_per_minute = 0\n";

/// What becomes of the connections that fell silent.
#[derive(Debug, Clone, Copy)]
enum Silent {
    /// They go on.
    ForAWhile,
    /// They stay silent; only new ones lead to the server.
    ForGood,
}

/// Requests are refused clearly and in time while nothing comes through, those who hold a connection and those who wait for one;
/// when it does, they are served again without anybody's help.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_server_that_falls_silent_is_not_waited_for() {
    fall_silent(Silent::ForAWhile).await;
}

/// Connections that stay silent are given up, so that there are enough again.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn connections_that_stay_silent_are_replaced() {
    fall_silent(Silent::ForGood).await;
}

async fn fall_silent(silent: Silent) {
    let database = TestDatabase::on(DatabaseKind::Postgres).await;
    let (at, server_address) = (free_address(), server_of(database.url()));
    let way = Way::open(at, server_address).await;
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::write(folder.path().join("modelry.toml"), SETTINGS).expect("written");
    let url = database.url().replace(server_address, &at.to_string());
    let server = Server::start(modelry(&folder, &["serve", "--listen", "127.0.0.1:0", "--database-url", &url]));
    let server = server.admit(database.url());
    let (stop, admin) = (Arc::new(AtomicBool::new(false)), server.admin());
    let clients = (0..CLIENTS)
        .map(|writer| tokio::spawn(load(admin.clone(), writer, Arc::clone(&stop), &["UNAVAILABLE", "TIMEOUT"])));
    let clients: Vec<_> = clients.collect();

    tokio::time::sleep(Duration::from_millis(500)).await;
    way.halt();
    tokio::time::sleep(Duration::from_secs(variable("MODELRY_TORTURE_OUTAGE").unwrap_or(SILENCE))).await;
    match silent {
        Silent::ForAWhile => way.go_on(),
        Silent::ForGood => way.go_on_anew(),
    }
    let took = recovery(&server).await;
    tokio::time::sleep(Duration::from_millis(300)).await;
    stop.store(true, Ordering::Relaxed);

    let seen = assert_kept(&server, clients).await;
    tell_recovery(&format!("a server that falls silent ({silent:?})"), took, seen.refused, seen.acknowledged.len());
    // The server's side of what was given up ends with its socket.
    drop((server, way));
    at_rest(&database).await;
    assert_sound(&database, "a silence").await;
}
