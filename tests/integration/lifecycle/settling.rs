//! Writing down what dates have brought about.

use std::time::{Duration, Instant};

use futures_util::future::join_all;
use modelry::registry::lifecycle;
use serde_json::json;

use super::Calendar;
use crate::support::on_both_databases;

/// Enters `count` models that are deprecated on the first of July, directly.
async fn enter_many(calendar: &Calendar, count: usize) {
    let insert = format!(
        "INSERT INTO models (name, supplier_id, model_type, is_default, is_active, lifecycle_stage, deprecated_on, created_at, updated_at)
         WITH RECURSIVE numbers (number) AS (SELECT 1 UNION ALL SELECT number + 1 FROM numbers WHERE number < {count})
         SELECT 'many-' || CAST(number AS TEXT), 1, 'language', false, true, 'active', '2026-07-01',
                '2026-01-01T00:00:00.000000Z', '2026-01-01T00:00:00.000000Z' FROM numbers"
    );
    let postgres = insert
        .replace("'2026-07-01'", "DATE '2026-07-01'")
        .replace("'2026-01-01T00:00:00.000000Z'", "TIMESTAMPTZ '2026-01-01T00:00:00Z'");
    let database = calendar.app.database();
    database.execute(database.dialect(&insert, &postgres)).await.expect("inserted");
}

on_both_databases! {
    /// Each live model gets the stage that is in effect, and a new version; the others stay as they are.
    async fn stages_are_written_down(calendar: Calendar) {
        let days = json!({ "deprecatedOn": "2026-07-01", "retiresOn": "2026-08-01" });
        calendar.model("a", days.clone()).await;
        calendar.model("b", json!({ "retiresOn": "2026-08-01" })).await;
        calendar.model("c", json!({ "lifecycleStage": "DRAFT", "retiresOn": "2026-07-01" })).await;
        let deleted = calendar.model("d", days).await;
        calendar.mutate("deleteModel", json!({ "id": deleted })).await.ok();
        assert_eq!(calendar.settle().await, 0);
        assert_eq!(calendar.stored().await, ["a active 1", "b active 1", "c draft 1", "d active 2"]);
        calendar.turn_to("2026-07-01");
        assert_eq!((calendar.settle().await, calendar.settle().await), (1, 0));
        assert_eq!(calendar.stored().await, ["a deprecated 2", "b active 1", "c draft 1", "d active 2"]);
        calendar.turn_to("2026-08-01");
        assert_eq!((calendar.settle().await, calendar.settle().await), (2, 0));
        assert_eq!(calendar.stored().await, ["a retired 3", "b retired 2", "c draft 1", "d active 2"]);
        let updated = calendar.app.query("{ models(where: { name: { eq: \"b\" } }) { nodes { updatedAt } } }").await;
        assert_eq!(updated["models"]["nodes"][0]["updatedAt"], "2026-08-01T00:00:00+00:00");
    }

    /// If nothing is due, the database is asked once, and nothing is opened to write.
    async fn nothing_due_costs_one_statement(calendar: Calendar) {
        calendar.model("a", json!({ "deprecatedOn": "2026-07-01" })).await;
        let store = calendar.app.parts().store().counted();
        assert_eq!(lifecycle::settle(&store, calendar.app.parts().clock().now()).await.expect("asked"), 0);
        assert_eq!(store.statistics().statements(), 1);
    }

    /// Several processes may do it at once, over any number of models: each model is written once.
    async fn many_do_it_at_once(calendar: Calendar) {
        enter_many(&calendar, 1201).await;
        calendar.turn_to("2026-07-01");
        let stores: Vec<_> = (0..3).map(|_| calendar.app.database().another_store()).collect();
        let now = calendar.app.parts().clock().now();
        let settled = join_all(stores.iter().map(|store| lifecycle::settle(store, now))).await;
        let first: usize = settled.into_iter().map(|settled| settled.expect("written down")).sum();
        assert_eq!(first + calendar.settle().await, 1201);
        let stored = calendar.stored().await;
        assert!(stored.iter().all(|row| row.ends_with(" deprecated 2")), "{stored:?}");
    }

    /// `serve` does it by itself, and soon after it has started.
    async fn a_server_does_it_by_itself(calendar: Calendar) {
        calendar.model("a", json!({ "deprecatedOn": "2020-01-01" })).await;
        calendar.model("b", json!({ "deprecatedOn": "9999-12-31" })).await;
        let server = crate::cli::process::Server::on(calendar.app.database().url());
        let started = Instant::now();
        while calendar.stored().await != ["a deprecated 2", "b active 1"] {
            assert!(started.elapsed() < Duration::from_secs(60), "{:?}\n{}", calendar.stored().await, server.log());
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }
}
