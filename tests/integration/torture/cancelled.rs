//! Clients that hang up while they wait.

use std::time::{Duration, Instant};

use modelry::domain::{ChangeChannel, Timestamp};
use modelry::store::{Author, StoreError};
use serde_json::json;

use super::assert_sound;
use crate::support::{DatabaseKind, SmallCatalogue, on_both_databases};

/// How long the writer holds up the others, and how long their clients wait.
const HELD: Duration = Duration::from_millis(700);
const PATIENCE: Duration = Duration::from_millis(150);

on_both_databases! {
    /// Writes whose clients have gone come to an end by themselves: no transaction stays open, and the next write is let in.
    async fn requests_that_nobody_waits_for_leave_nothing_open(app: SmallCatalogue) {
        let database = app.database();
        let moment: Timestamp = serde_json::from_value(json!("2026-06-15T12:00:00.000000Z")).expect("a moment");
        let author = Author::new("slow", ChangeChannel::Cli, "hold", moment);
        let slow = database.another_store();
        let holding = tokio::spawn(async move {
            slow.write::<(), StoreError, _>(author, |_| Box::pin(async {
                tokio::time::sleep(HELD).await;
                Ok(())
            }))
            .await
        });
        tokio::time::sleep(PATIENCE).await;
        let create = |name: String| json!({ "query": format!("mutation {{ createSupplier(input: {{ name: \"{name}\" }}) {{ supplier {{ name }} }} }}") }).to_string();
        let impatient = (0..3).map(|number| app.post(create(format!("left-{number}"))).timeout(PATIENCE).send());
        for answer in futures_util::future::join_all(impatient).await {
            assert!(answer.is_err_and(|error| error.is_timeout()), "the writer holds it up");
        }
        holding.await.expect("it ends").expect("written");

        let started = Instant::now();
        let response = crate::support::Response::of(app.post(create("next".to_owned()))).await;
        assert_eq!(response.data()["createSupplier"]["supplier"]["name"], "next");
        assert!(started.elapsed() < HELD * 20, "the writer is free: {:?}", started.elapsed());
        if database.kind() == DatabaseKind::Postgres {
            let open = "SELECT query AS value FROM pg_stat_activity WHERE datname = current_database() AND state LIKE 'idle in transaction%'";
            while !database.texts(open).await.is_empty() {
                assert!(started.elapsed() < HELD * 20, "a transaction stays open");
                tokio::time::sleep(Duration::from_millis(20)).await;
            }
        }
        assert_sound(database, "clients that hung up").await;
    }
}
