//! Migrating, from nothing and back.

use modelry::store::SchemaState;

use crate::support::{EmptyDatabase, TestDatabase, on_both_databases};

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
}
