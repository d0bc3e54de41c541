//! A PostgreSQL server that goes away and comes back.

use std::time::Duration;

use super::process::{Server, complaint, modelry};
use super::way::{Way, free_address, server_of};
use crate::support::{DatabaseKind, EmptyDatabase, Fixture as _};

/// It starts all the same, says what is missing, and serves as soon as the database is there; again and again.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_database_that_is_away_is_waited_for() {
    let database = EmptyDatabase::on(DatabaseKind::Postgres).await;
    let server_address = server_of(database.url());
    let at = free_address();
    let server = Server::on(&database.url().replace(server_address, &at.to_string()));
    let query = "{ suppliers(first: 1) { nodes { name } } }";

    let unready = server.get("/readyz").await;
    assert_eq!(unready.status, 503);
    assert_eq!(unready.json["reason"], "the database can't be reached");
    assert_eq!(server.get("/healthz").await.status, 200, "the process itself is well");
    let refused = server.graphql(query).await;
    assert_eq!((refused.status, refused.code()), (503, "UNAVAILABLE"));

    let way = Way::open(at, server_address).await;
    server.until_readiness_is(200).await;
    let first = server.query(query).await;
    assert_ne!(first["suppliers"]["nodes"][0]["name"], serde_json::Value::Null, "the starter catalogue is there");

    way.close().await;
    server.until_readiness_is(503).await;
    let refused = server.graphql(query).await;
    assert_eq!(refused.code(), "UNAVAILABLE", "{}", refused.text);

    let _way = Way::open(at, server_address).await;
    server.until_readiness_is(200).await;
    assert_eq!(server.query(query).await, first);
    server.terminate();
    assert_eq!(server.ended().await.code(), Some(0));
}

/// Connections that the PostgreSQL server ends while nobody uses them are replaced before anybody notices.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn connections_that_were_cut_are_replaced() {
    let database = EmptyDatabase::on(DatabaseKind::Postgres).await;
    let server = Server::on(database.url());
    let query = "{ suppliers(first: 2) { totalCount nodes { name models(first: 2) { totalCount nodes { name prices { amount } } } } } }";
    let expected = server.query(query).await;
    for _ in 0..3 {
        let together = futures_util::future::join_all((0..8).map(|_| server.query(query))).await;
        assert!(together.iter().all(|data| *data == expected));
        database
            .execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()")
            .await
            .expect("cut");
        // The end of a connection takes a moment to arrive.
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    assert_eq!(server.query(query).await, expected);
}

/// What waiting doesn't mend ends it at once, without the password in what it says.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_database_that_does_not_exist_is_not_waited_for() {
    let database = EmptyDatabase::on(DatabaseKind::Postgres).await;
    let (before, name) = database.url().rsplit_once('/').expect("a name");
    let parameters = name.split_once('?').map_or("", |(_, parameters)| parameters);
    let url = format!("{before}/no_such_database?{parameters}");
    let folder = tempfile::tempdir().expect("a folder");
    let complaint = complaint(modelry(&folder, &["serve", "--listen", "127.0.0.1:0", "--database-url", &url]));
    assert!(complaint.contains("no_such_database") && complaint.contains("does not exist"), "{complaint}");
}
