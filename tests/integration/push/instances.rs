//! Several servers and programs on one database.

use serde_json::json;

use super::socket::Socket;
use super::{CHANGED, all_changes, create_supplier, create_suppliers, present};
use crate::support::{DatabaseKind, Fixture as _, TestApp, TestDatabase, on_both_databases};
use modelry::app::App;
use modelry::config::Config;
use modelry::registry::clock::Clock;
use modelry::registry::transfer::apply::{self, Options, Origin};
use modelry::registry::transfer::own;

on_both_databases! {
    /// What another process writes to the same database arrives as what this one writes.
    async fn changes_of_another_process_arrive(app: TestApp) {
        let end = present(&app).await;
        let mut socket = Socket::open(&app).await;
        socket.subscribe("1", CHANGED, json!({ "after": end })).await;
        create_supplier(&app, "own").await;
        let mut seen = socket.changes("1", 1).await;

        let config = Config { database_url: app.database().url().to_owned(), ..Config::default() };
        let other = App::new(config, Clock::system()).expect("another instance");
        let catalogue = "{\"format\":\"modelry\",\"version\":1}\n{\"kind\":\"supplier\",\"name\":\"foreign\"}\n";
        let draft = own::read(catalogue.as_bytes()).expect("a catalogue");
        apply::apply(other.store(), draft, Origin::Own, &Options::default(), other.clock()).await.expect("applied");
        seen.extend(socket.changes("1", 1).await);
        create_supplier(&app, "own-2").await;
        seen.extend(socket.changes("1", 1).await);
        assert_eq!(seen, all_changes(&app, Some(&end)).await);
        other.store().close();
    }
}

/// The connection that hears of changes is cut while another instance writes: what was written meanwhile is caught up with.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_lost_connection_to_postgres_loses_no_change() {
    let app = TestApp::over(TestDatabase::on(DatabaseKind::Postgres).await, |_| {}).await;
    let end = present(&app).await;
    let mut socket = Socket::open(&app).await;
    socket.subscribe("1", CHANGED, json!({ "after": end })).await;
    create_suppliers(&app, "before", 2).await;
    socket.changes("1", 2).await;
    for round in 0..3 {
        let cut = "SELECT CAST(count(pg_terminate_backend(pid)) AS TEXT) AS value FROM pg_stat_activity \
                   WHERE datname = current_database() AND (query LIKE 'LISTEN%' OR query = 'SELECT 1') AND pid <> pg_backend_pid()";
        assert_ne!(app.database().texts(cut).await, ["0"], "a connection listens");
        // Past this process: only a notification, or catching up, tells of it.
        let sql = format!("INSERT INTO suppliers (name, created_at, updated_at) VALUES ('sql-{round}', now(), now())");
        app.database().execute(&sql).await.expect("written");
        socket.changes("1", 1).await;
        until_listening(&app).await;
    }
    assert_eq!(all_changes(&app, Some(&end)).await.len(), 5);
}

async fn until_listening(app: &TestApp) {
    let listening = "SELECT CAST(count(*) AS TEXT) AS value FROM pg_stat_activity \
                     WHERE datname = current_database() AND query LIKE 'LISTEN%'";
    while app.database().texts(listening).await == ["0"] {
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
}
