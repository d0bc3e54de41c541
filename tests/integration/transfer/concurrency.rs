//! Imports beside other writers, and what readers find right after one.

use modelry::domain::ChangeChannel;
use modelry::registry::Editor;
use modelry::registry::clock::Clock;
use modelry::registry::supplier::delete;
use modelry::registry::{Reference, Target};
use modelry::store::Author;
use serde_json::json;

use super::{File, from_models_dev};
use crate::support::{DatabaseKind, Fixture, TestDatabase, on_both_databases};

const ROUNDS: usize = 12;

/// A file in which `acme` has one more model each time.
fn grown(models: usize) -> File {
    let model = |number| {
        let facts = json!({ "id": format!("m{number}"), "name": "M", "cost": { "input": 1, "output": 2 },
            "limit": { "context": 1000, "output": 100 }, "modalities": { "input": ["text"], "output": ["text"] } });
        (format!("m{number}"), facts)
    };
    let models: serde_json::Map<_, _> = (0..=models).map(model).collect();
    from_models_dev(&json!({ "acme": { "id": "acme", "name": "Acme", "env": [], "npm": "x", "models": models } }))
}

on_both_databases! {
    /// A supplier that is deleted while an import gives it models takes them along, or is made anew: none is left behind.
    async fn no_model_outlives_its_supplier(database: TestDatabase) {
        for round in 0..ROUNDS {
            database.import(grown(0), "2026-01-01").await;
            let acme = database.texts("SELECT CAST(id AS TEXT) AS value FROM suppliers WHERE deleted_at IS NULL").await;
            let id = acme[0].parse().expect("an id");
            let target = Target { id: Reference::Id(id), expected_version: None };
            let store = database.another_store();
            let author = Author::new("a test", ChangeChannel::Graphql, "deleteSupplier", Clock::system().now());
            let editor = Editor::new(store.clone(), author);
            let (imported, deleted) =
                tokio::join!(database.try_import(grown(round + 1), "2026-01-01"), delete(&editor, target, true));
            imported.expect("imported");
            deleted.expect("deleted");
            store.close();
            let orphans = database.texts(
                "SELECT models.name AS value FROM models JOIN suppliers ON suppliers.id = models.supplier_id \
                 WHERE models.deleted_at IS NULL AND suppliers.deleted_at IS NOT NULL",
            ).await;
            assert_eq!(orphans, Vec::<String>::new(), "round {round}");
        }
    }
}

/// PostgreSQL plans by what it knows of its tables, so it has to know of a large import at once. SQLite doesn't.
#[tokio::test(flavor = "multi_thread")]
async fn after_a_large_import_postgresql_knows_the_size_of_its_tables() {
    let database = <TestDatabase as Fixture>::on(DatabaseKind::Postgres).await;
    database.import(grown(399), "2026-01-01").await;
    let known = "SELECT relname || ' ' || reltuples AS value FROM pg_class \
                 WHERE relname IN ('models', 'models_history', 'model_parameters') ORDER BY relname";
    assert_eq!(database.texts(known).await, ["model_parameters 1600", "models 400", "models_history 400"]);
    // What counts in indexes alone doesn't look at the rows.
    let unseen = "SELECT relname::text AS value FROM pg_class WHERE relpages <> relallvisible AND relpages > 0 \
                  AND relname IN ('models', 'model_capability_associations', 'model_category_associations')";
    assert_eq!(database.texts(unseen).await, [""; 0]);
}
