//! Migrating, from nothing and back.

use modelry::store::{SchemaState, StoreError};

use super::catalogue;
use crate::support::{EmptyDatabase, TestDatabase, on_both_databases};

/// Makes the database look as a later version would leave it.
const MIGRATE_BEYOND: &str = "INSERT INTO __diesel_schema_migrations (version) VALUES ('99991231235959')";

on_both_databases! {
    /// An empty database is behind, and migrating makes it current.
    async fn migrating_makes_an_empty_database_current(database: EmptyDatabase) {
        assert_eq!(database.store().schema_state().await.expect("a state"), SchemaState::Behind);
        let migrated = database.store().migrate().await.expect("a schema");
        assert!(!migrated.applied.is_empty());
        assert_eq!(database.store().schema_state().await.expect("a state"), SchemaState::Current);
    }

    /// A current database is left alone.
    async fn migrating_again_does_nothing(database: TestDatabase) {
        let migrated = database.store().migrate().await.expect("a schema");
        assert!(migrated.applied.is_empty(), "{:?}", migrated.applied);
    }

    /// Down undoes all of up, and up makes the same again.
    async fn up_down_up_ends_where_it_began(database: EmptyDatabase) {
        database.store().migrate().await.expect("up");
        let before = catalogue::whole(&database).await;
        assert!(!before.is_empty());

        database.store().revert_all_migrations().await.expect("down");
        assert_eq!(catalogue::whole(&database).await, [""; 0], "down left these");

        database.store().migrate().await.expect("up again");
        assert_eq!(catalogue::whole(&database).await, before);
    }

    /// An older binary keeps its hands off a database that a newer one has migrated, and says which is which.
    async fn a_newer_database_is_refused(database: TestDatabase) {
        database.execute(MIGRATE_BEYOND).await.expect("a migration that nobody knows");
        assert_eq!(database.store().schema_state().await.expect("a state"), SchemaState::Newer);

        let error = database.store().migrate().await.expect_err("a newer database");
        assert!(matches!(error, StoreError::Unsupported(_)), "{error:?}");
        let message = error.to_string();
        assert!(message.contains("newer Modelry") && message.contains("99991231235959"), "{message}");
    }
}
