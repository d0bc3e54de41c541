//! The catalogue that comes along.

use modelry::registry::clock::Clock;
use modelry::registry::transfer::apply::{Kind, seed};

use super::{File, from_own, noon};
use crate::support::{TestDatabase, on_both_databases};

on_both_databases! {
    async fn an_empty_database_gets_the_starter_once(database: TestDatabase) {
        let report = seed(database.store(), &noon("2026-01-01")).await.expect("seeded").expect("was empty");
        assert!(report.of(Kind::Models).created > 200);
        let before = database.rows().await;
        assert!(seed(database.store(), &noon("2026-01-02")).await.expect("asked").is_none());
        assert_eq!(database.rows().await, before);

        let export = database.export().await;
        let again = database.import(File(modelry::registry::transfer::own::read(export.as_bytes()).expect("sound"),
            modelry::registry::transfer::apply::Origin::Own), "2026-01-03").await;
        assert!(!again.changes_anything);
    }

    async fn a_deleted_row_is_not_nothing(database: TestDatabase) {
        database.import(from_own(&[r#"{"kind":"supplier","name":"acme"}"#]), "2026-01-01").await;
        database.execute("UPDATE suppliers SET deleted_at = updated_at").await.expect("deleted");
        assert!(seed(database.store(), &noon("2026-01-02")).await.expect("asked").is_none());
    }

    async fn of_processes_that_start_together_one_seeds(database: TestDatabase) {
        let seeds = (0..4).map(|_| {
            let store = database.another_store();
            async move { seed(&store, &Clock::system()).await.expect("asked").is_some() }
        });
        let seeded = futures_util::future::join_all(seeds).await.into_iter().filter(|seeded| *seeded).count();
        assert_eq!(seeded, 1);
        assert_eq!(database.texts("SELECT name AS value FROM suppliers WHERE name = 'openai'").await.len(), 1);
    }
}
