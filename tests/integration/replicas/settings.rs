//! How replicas are named, and what is shown of them.

use super::{Cluster, SUPPLIERS, ask, reading_from, until_used};
use crate::access::until;
use crate::cli::process::{Server, complaint, modelry};
use crate::support::{DatabaseKind, Fixture as _, Response, TestDatabase};

/// What can't be used is refused at the start, with the setting's name and without what may be secret.
#[test]
fn what_is_no_replica_is_refused() {
    let folder = tempfile::tempdir().expect("a folder");
    let serve =
        |arguments: &[&str]| complaint(modelry(&folder, &[&["serve", "--listen", "127.0.0.1:0"], arguments].concat()));
    let postgres = ["--database-url", "postgres://primary/d"];
    let on_postgres = |arguments: &[&str]| serve(&[&postgres, arguments].concat());
    for (said, part) in [
        (serve(&["--replica-url", "postgres://u:hidden@one/d"]), "only PostgreSQL has replicas"),
        (
            on_postgres(&["--replica-url", "postgres://one/d", "--replica-url", "u:hidden@h"]),
            "number 2 must begin with postgres://",
        ),
        (on_postgres(&["--replica-url", "postgres://u:hidden@one:port/d"]), "number 1: the PostgreSQL URL is not one"),
    ] {
        assert!(said.starts_with("error: database.replica_urls (--replica-url): ") && said.contains(part), "{said}");
        assert!(!said.contains("hidden"), "{said}");
    }
    let mut by_variable =
        modelry(&folder, &["serve", "--listen", "127.0.0.1:0", "--database-url", "postgres://primary/d"]);
    by_variable.env("MODELRY_REPLICA_URLS", "postgres://one/d mysql://u:hidden@two/d");
    let said = complaint(by_variable);
    assert!(said.contains("number 2 must begin with postgres://") && !said.contains("hidden"), "{said}");
}

/// A replica that can't be reached keeps no server from starting, and its URL is told to nobody.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_replica_that_is_away_at_the_start_is_left_out() {
    let database = TestDatabase::on(DatabaseKind::Postgres).await;
    let folder = tempfile::tempdir().expect("a folder");
    let away = "postgres://nobody:hidden@127.0.0.1:1/d?sslmode=disable";
    let arguments = ["serve", "--listen", "127.0.0.1:0", "--database-url", database.url(), "--replica-url", away];
    let server = Server::start(modelry(&folder, &arguments));
    let found = server.query("{ suppliers { totalCount } }").await;
    assert!(found["suppliers"]["totalCount"].as_u64() > Some(0), "{found}");
    until("it is said", async || server.log().contains("replica 1 is left out: it can't be asked")).await;
    assert_eq!(server.get("/readyz").await.status, 200);
    assert!(!server.log().contains("hidden"), "{}", server.log());
}

/// Metrics tell how replicas stand, how far they are, and where requests were read.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn metrics_tell_of_replicas() {
    let cluster = Cluster::start().await;
    let app = cluster.app(reading_from(cluster.standby.url())).await;
    until_used(&app).await;
    ask(&app, SUPPLIERS).await;
    let text = Response::of(app.get("/metrics")).await.text;
    let value = |series: &str| {
        let line = text.lines().find_map(|line| line.strip_prefix(series));
        line.and_then(|value| value.trim().parse::<f64>().ok()).unwrap_or_else(|| panic!("no {series}: {text}"))
    };
    assert_eq!(
        (value("modelry_replica_up{replica=\"1\"}"), value("modelry_replica_lag_changes{replica=\"1\"}")),
        (1.0, 0.0)
    );
    assert!(value("modelry_replica_requests_total{place=\"replica\"}") >= 2.0, "{text}");
    assert!(value("modelry_pool_connections_max{pool=\"replicas\"}") >= 4.0, "{text}");
    assert!(!text.contains("127.0.0.1"), "{text}");
}
