//! Standbys that die, fall silent, are promoted, or are none.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use serde_json::json;

use super::{
    CREATE, Cluster, Place, SUPPLIERS, ask, ask_with, create, reading_from, state, until_left_out, until_used,
};
use crate::access::until;
use crate::cli::way::{Way, free_address, server_of};
use crate::support::{Response, TestApp, TestDatabase};

/// A standby is killed under load: no client notices, and when it is started again it is used again.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_standby_that_is_killed_is_missed_by_nobody() {
    let mut cluster = Cluster::start().await;
    let app = Arc::new(cluster.app(reading_from(cluster.standby.url())).await);
    until_used(&app).await;
    let stop = Arc::new(AtomicBool::new(false));
    let clients = (0..4).map(|_| {
        let (app, stop) = (Arc::clone(&app), Arc::clone(&stop));
        tokio::spawn(async move {
            while !stop.load(Ordering::Relaxed) {
                let query = "{ models(first: 5) { totalCount nodes { name supplier { name } prices { amount } } } }";
                let response = Response::of(app.post(json!({ "query": query }).to_string())).await;
                assert!(response.data()["models"]["totalCount"].as_u64() > Some(0), "{}", response.text);
            }
        })
    });
    let clients: Vec<_> = clients.collect();
    tokio::time::sleep(Duration::from_millis(300)).await;
    cluster.kill_standby();
    until_left_out(&app).await;
    create(&app, "while-it-is-away").await;
    assert_eq!(Response::of(app.get("/readyz")).await.status, 200, "the server is as ready as its primary");
    cluster.start_standby();
    until("it is used again", async || state(&app).replicas[0].is_in).await;
    tokio::time::sleep(Duration::from_millis(100)).await;
    stop.store(true, Ordering::Relaxed);
    for client in clients {
        client.await.expect("no client has seen an error");
    }
    until_used(&app).await;
    let (found, place) = ask(&app, SUPPLIERS).await;
    assert!(found.text.contains("while-it-is-away") && place == Place::Replica, "{place:?} {}", found.text);
}

/// Of a standby that falls silent nobody waits for an answer for long: the request is asked of the primary.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_standby_that_falls_silent_is_given_up() {
    let cluster = Cluster::start().await;
    let (at, server) = (free_address(), server_of(cluster.standby.url()));
    let way = Way::open(at, server).await;
    let url = cluster.standby.url().replace(server, &at.to_string());
    let app = cluster.app(reading_from(&url)).await;
    until_used(&app).await;
    way.halt();
    let (found, place) = ask(&app, SUPPLIERS).await;
    assert!(found.data()["suppliers"]["nodes"].is_array() && place == Place::Again, "{place:?} {}", found.text);
    until_left_out(&app).await;
    way.go_on_anew();
    until_used(&app).await;
}

/// A standby that is promoted is a database of its own, which goes its own way: it is left out for good, and what is written there
/// is told to nobody.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_standby_that_is_promoted_is_left_out() {
    let cluster = Cluster::start().await;
    let app = cluster.app(reading_from(cluster.standby.url())).await;
    until_used(&app).await;
    cluster.promote().await;
    until_left_out(&app).await;
    cluster.standby.execute("UPDATE suppliers SET display_name = 'gone astray'").await.expect("written there");
    for number in 0..5 {
        let name = format!("after-{number}");
        create(&app, &name).await;
        let (found, place) = ask(&app, SUPPLIERS).await;
        assert_eq!(place, Place::Primary);
        assert!(found.text.contains(&name) && !found.text.contains("gone astray"), "{}", found.text);
    }
    tokio::time::sleep(Duration::from_millis(500)).await;
    assert_eq!(ask(&app, SUPPLIERS).await.1, Place::Primary, "it doesn't come back");
}

/// The primary dies, the standby is promoted, and the database's address leads there: all goes on, with what was written before, and
/// the server is asked as a primary alone.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_standby_that_takes_over_is_the_primary() {
    let mut cluster = Cluster::start().await;
    let (at, server) = (free_address(), server_of(cluster.primary.url()));
    let way = Way::open(at, server).await;
    let url = cluster.primary.url().replace(server, &at.to_string());
    let app = TestApp::over(TestDatabase::on_own_server(&url), reading_from(cluster.standby.url())).await;
    let token = create(&app, "before").await;
    until_used(&app).await;

    cluster.kill_primary();
    cluster.promote().await;
    way.close().await;
    let _way = Way::open(at, server_of(cluster.standby.url())).await;
    until("writes are taken again", async || app.graphql(CREATE, json!({ "name": "after" })).await.errors().is_empty())
        .await;
    until_left_out(&app).await;
    let (found, place) = ask_with(&app, &token, SUPPLIERS).await;
    assert!(found.text.contains("\"before\"") && found.text.contains("\"after\""), "{}", found.text);
    assert_eq!(place, Place::Primary);
}

/// The primary itself, and a standby that has another registry, an older schema, or changes that the primary doesn't have, are no
/// replicas.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_no_replica_of_the_registry_is_left_out() {
    let cluster = Cluster::start().await;
    let standby_of = |name: &str| cluster.standby.url().replace("/postgres?", &format!("/{name}?"));
    let other = cluster.beside("other", "template0").await;
    other.store().migrate().await.expect("its schema");
    let older = cluster.beside("older", "template0").await;
    older.store().migrate_up_to("20261126110000").await.expect("a part of its schema");
    let registry = cluster.primary.texts("SELECT registry AS value FROM change_feed").await.remove(0);
    older.execute(&format!("UPDATE change_feed SET registry = '{registry}'")).await.expect("the same name");
    let ahead = cluster.beside("ahead", "postgres").await;
    let more = "INSERT INTO suppliers (name, created_at, updated_at) SELECT 's-' || n, now(), now() FROM generate_series(1, 5000) n";
    ahead.execute(more).await.expect("changes that only it has");

    let primary = cluster.primary.url().to_owned();
    let urls =
        [primary, standby_of("other"), standby_of("older"), standby_of("ahead"), cluster.standby.url().to_owned()];
    let app = cluster.app(|config| config.database.replica_urls = urls.to_vec().into()).await;
    until("they are known", async || {
        state(&app).replicas.iter().map(|replica| replica.is_in).collect::<Vec<_>>()
            == [false, false, false, false, true]
    })
    .await;
    until_used(&app).await;
    for _ in 0..5 {
        let (found, place) = ask(&app, SUPPLIERS).await;
        assert!(place == Place::Replica && !found.text.contains("s-5000"), "{place:?} {}", found.text);
    }
}
