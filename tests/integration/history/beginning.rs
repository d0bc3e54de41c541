//! A database that had rows before it had a history: what was there is the history's beginning.

use super::tables::{TABLES, assert_whole, change_sets, changes_behind};
use crate::support::{EmptyDatabase, TestDatabase, on_both_databases};

const CATALOGUE: &str = "2026-11-23-120000_catalogue";

/// How many migrations there are.
fn migrations(database: &TestDatabase) -> usize {
    let folder = database.dialect("sqlite", "postgres");
    std::fs::read_dir(format!("{}/migrations/{folder}", env!("CARGO_MANIFEST_DIR"))).expect("migrations").count()
}

/// Runs the first migration alone, as a binary did that knew no other.
async fn migrate_to_catalogue(database: &TestDatabase) {
    let folder = database.dialect("sqlite", "postgres");
    let file = format!("{}/migrations/{folder}/{CATALOGUE}/up.sql", env!("CARGO_MANIFEST_DIR"));
    database.execute(&std::fs::read_to_string(file).expect("a migration")).await.expect("the catalogue's tables");
    let applied = "CREATE TABLE __diesel_schema_migrations (version VARCHAR(50) PRIMARY KEY NOT NULL,
                   run_on TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP);
                   INSERT INTO __diesel_schema_migrations (version) VALUES ('20261123120000')";
    database.execute(applied).await.expect("the list of migrations");
}

on_both_databases! {
    /// Every row has its state, made by one change set of Modelry's own.
    async fn rows_from_before_are_the_beginning(database: EmptyDatabase) {
        migrate_to_catalogue(&database).await;
        let before = TABLES.iter().filter(|table| !["model_versions", "model_pointers"].contains(&table.name));
        for table in before.clone() {
            database.execute(&table.insert("INSERT")).await.expect("a row");
        }
        let migrated = database.store().migrate().await.expect("the history's tables");
        assert_eq!(migrated.applied.len(), migrations(&database) - 1, "{:?}", migrated.applied);
        assert_whole(&database, "migrating").await;
        let mut expected: Vec<String> = before.map(|table| format!("{} 1 create", table.kind)).collect();
        let mut found = changes_behind(&database, 0).await;
        expected.sort_unstable();
        found.sort_unstable();
        assert_eq!(found, expected);
        let who = database.texts("SELECT actor || ' ' || channel || ' ' || operation AS value FROM change_sets").await;
        assert_eq!(who, ["modelry system beginOfHistory"]);

        database.execute("UPDATE suppliers SET name = 'new'").await.expect("an update");
        assert_whole(&database, "a change").await;
    }

    /// Rows from before are searched like those that come after: their documents are what would be made of them now.
    async fn documents_from_before_are_as_those_made_since(database: EmptyDatabase) {
        migrate_to_catalogue(&database).await;
        for table in TABLES.iter().filter(|table| !["model_versions", "model_pointers"].contains(&table.name)) {
            database.execute(&table.insert("INSERT")).await.expect("a row");
        }
        database.execute("UPDATE models SET display_name = 'École ÜNÏCODE Alpha', description = NULL").await.expect("a name with capitals");
        database.store().migrate().await.expect("the other tables");
        let kept = database.dialect("SELECT document AS value FROM model_search ORDER BY rowid", "SELECT document AS value FROM model_search ORDER BY model_id");
        let before = database.texts(kept).await;
        database.execute("UPDATE models SET description = 'x'; UPDATE models SET description = NULL").await.expect("made anew");
        assert_eq!(before, database.texts(kept).await);
        assert_eq!(before, database.texts("SELECT document AS value FROM model_documents ORDER BY model_id").await);
    }

    /// Where there was nothing, nothing began.
    async fn an_empty_database_has_no_beginning(database: TestDatabase) {
        assert_eq!(change_sets(&database).await, 0);
    }
}
