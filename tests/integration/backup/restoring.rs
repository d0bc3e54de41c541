//! A restored database is the one that was backed up.

use super::{File, LivedIn, but_for_the_log, findings, other};
use crate::support::{EmptyDatabase, Fixture as _, TestDatabase, on_both_databases};

const FEED: &str = "SELECT registry AS value FROM change_feed";

/// The ids that the next rows of suppliers and prices, and the next change, will get.
async fn next_ids(database: &TestDatabase) -> Vec<String> {
    let insert = "INSERT INTO suppliers (name, created_at, updated_at) VALUES ('next', '2026-01-31T08:30:00.000000Z', '2026-01-31T08:30:00.000000Z');
        INSERT INTO model_prices (model_id, component, unit, currency, amount_nanos, created_at, updated_at)
        VALUES ((SELECT min(id) FROM models), 'image', '1 image', 'XTS', 1, '2026-01-31T08:30:00.000000Z', '2026-01-31T08:30:00.000000Z')";
    database.execute(insert).await.expect("inserted");
    let sql = "SELECT (SELECT max(id) FROM suppliers) || ' ' || (SELECT max(id) FROM model_prices) || ' ' || (SELECT max(id) FROM changes) AS value";
    database.texts(sql).await
}

on_both_databases! {
    /// Through the other kind of database and back, every table has the same rows, and history and triggers go on as before.
    async fn it_survives_the_other_kind_of_database(database: LivedIn) {
        assert_eq!(findings(&database).await, Vec::<String>::new());
        let first = File::of(&database).await;
        let middle = EmptyDatabase::on(other(database.kind())).await;
        let restored = first.restore(&middle, false).await.expect("restored");
        assert_eq!(restored.trailer, first.summary().1);
        assert_eq!(findings(&middle).await, Vec::<String>::new());
        let second = File::of(&middle).await;
        assert_eq!(but_for_the_log(&second.summary().1), but_for_the_log(&first.summary().1));

        let last = EmptyDatabase::on(database.kind()).await;
        second.restore(&last, false).await.expect("restored");
        let third = File::of(&last).await;
        // Without what the log is told of each restoration.
        let but_for_the_header = |file: &File| {
            let lines = file.lines();
            let own = |line: &String| !line.contains("\"restore\"") && !line.contains("\"audit_events\"");
            lines[1..lines.len() - 1].iter().filter(|line| own(line)).cloned().collect::<Vec<_>>()
        };
        assert_eq!(but_for_the_header(&third), but_for_the_header(&first), "last ids too");
        assert_eq!(last.texts(FEED).await, database.texts(FEED).await);

        let next = next_ids(&database).await;
        for restored in [&middle, &last] {
            assert_eq!(next_ids(restored).await, next, "ids go on behind those that were given, also to rows that are gone");
            assert_eq!(findings(restored).await, Vec::<String>::new(), "triggers are awake");
        }
    }

    /// The schema with its triggers and keys is afterwards what migrations make.
    async fn the_schema_is_as_before(database: LivedIn) {
        let file = File::of(&database).await;
        let target = TestDatabase::on(database.kind()).await;
        let before = crate::schema::catalogue::whole(&target).await;
        file.restore(&target, false).await.expect("restored");
        assert_eq!(crate::schema::catalogue::whole(&target).await, before);
        let orphan = target.execute("UPDATE models SET supplier_id = 999999").await;
        assert!(orphan.is_err(), "foreign keys are heeded");
    }

    /// What search finds is made anew.
    async fn search_finds_what_is_restored(database: LivedIn) {
        let target = EmptyDatabase::on(other(database.kind())).await;
        File::of(&database).await.restore(&target, false).await.expect("restored");
        let documents = "SELECT CAST(count(*) AS TEXT) AS value FROM model_search";
        assert_eq!(target.texts(documents).await, database.texts(documents).await);
    }

    /// A copy that goes on beside the original gets a feed of its own, and is the same otherwise.
    async fn a_copy_can_get_a_feed_of_its_own(database: LivedIn) {
        let target = EmptyDatabase::on(database.kind()).await;
        File::of(&database).await.restore(&target, true).await.expect("restored");
        let (own, original) = (target.texts(FEED).await, database.texts(FEED).await);
        assert_ne!(own, original);
        assert_eq!(own[0].len(), original[0].len());
        assert_eq!(findings(&target).await, Vec::<String>::new());
    }

    /// A backup of an older schema is restored with that schema, which is then brought up to date.
    async fn an_older_backup_is_migrated(database: EmptyDatabase) {
        let first = database.store().knows_migration("20261123120000").expect("known");
        assert!(first, "the first migration");
        let second = "20261125200001";
        database.store().migrate_up_to(second).await.expect("an older schema");
        database
            .execute("INSERT INTO suppliers (name, created_at, updated_at) VALUES ('old', '2026-01-31T08:30:00.000000Z', '2026-01-31T08:30:00.000000Z')")
            .await
            .expect("a row");
        let file = File::of(&database).await;
        assert_eq!(file.summary().0.schema, second);
        let target = EmptyDatabase::on(other(database.kind())).await;
        let restored = file.restore(&target, false).await.expect("restored");
        assert_eq!(target.texts("SELECT name AS value FROM suppliers").await, ["old"]);
        let newer = target.store().applied_migrations().await.expect("migrations").iter().filter(|version| version.as_str() > second).count();
        assert_eq!(restored.migrated.len(), newer);
        assert_eq!(findings(&target).await, Vec::<String>::new());
    }
}
