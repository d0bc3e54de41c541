//! Whatever doesn't hold in a database is found and named.

use super::{LivedIn, findings};
use crate::support::{DatabaseKind, on_both_databases};

/// Lets SQL past all that keeps a database in order.
const PAST_ALL_ON_POSTGRES: &str = "SET session_replication_role = replica; ";

/// SQL that breaks something, on SQLite and on PostgreSQL, and what is then found.
const BREAKS: &[(&str, &str, &str)] = &[
    (
        "UPDATE models SET supplier_id = 999 WHERE id = 1",
        "",
        "every reference leads to a row: models refers to suppliers 999",
    ),
    (
        "UPDATE suppliers SET name = 'x' WHERE id = 1",
        "",
        "every row is as its history says: suppliers 1 is not in the last state",
    ),
    ("DELETE FROM model_prices WHERE id = 1", "", "every row is as its history says: model_prices 1 is gone"),
    (
        "UPDATE models_history SET since = -1 WHERE id = 1 AND until < 9223372036854775807",
        "",
        "every state begins and ends with a change: models_history -1 begins with no change of its row",
    ),
    (
        "UPDATE models_history SET until = until + 1 WHERE id = 1 AND until < 9223372036854775807",
        "",
        "a row has one state at a time: states of models 1 overlap",
    ),
    (
        "UPDATE models_history SET until = until - 1 WHERE id = 1 AND until < 9223372036854775807",
        "",
        "a row always has a state: between two states of models 1 there is a gap",
    ),
    (
        "DELETE FROM models_history WHERE id = 1 AND until < 9223372036854775807",
        "",
        "every change is kept as a state: change ",
    ),
    ("DELETE FROM changes WHERE id = 1", "", "every state begins and ends with a change: "),
    ("UPDATE changes SET change_set = 999 WHERE id = 1", "", "every change is of a change set: change 1 "),
    ("UPDATE changes SET change_set = 2 WHERE id = 1", "", "changes are in the order of change sets: change 2 "),
    (
        "INSERT INTO change_sets (created_at, actor, channel) VALUES ('2999-01-01T00:00:00.000000Z', 'x', 'sql')",
        "",
        "every change set has changes: change set ",
    ),
    (
        "UPDATE change_sets SET created_at = '2000-01-01T00:00:00.000000Z' WHERE id = 2",
        "",
        "change sets are in the order of time: change set 2 ",
    ),
    ("UPDATE change_feed SET change_set = 1", "", "no change set is left open: change set 1 "),
    ("DELETE FROM change_feed", "", "there is one feed: change_feed has 0 rows"),
    (
        "UPDATE model_categories SET path = 'elsewhere' WHERE id = (SELECT max(id) FROM model_categories)",
        "",
        "a category's path is that of its place: model_categories ",
    ),
    (
        "UPDATE model_parameters SET number_value = 1.5 WHERE id = 1",
        "",
        "a parameter's number is its value's: model_parameters 1 ",
    ),
    (
        "DROP INDEX suppliers_name_live; UPDATE suppliers SET name = (SELECT name FROM suppliers WHERE id = 1)",
        "",
        "live rows have keys of their own: suppliers 1 shares name",
    ),
    (
        "UPDATE model_search SET document = 'x' WHERE rowid = 1",
        "UPDATE model_search SET document = 'x' WHERE model_id = 1",
        "every model can be searched for: models 1 ",
    ),
    (
        "INSERT INTO model_search (rowid, document) VALUES (999, 'x')",
        "INSERT INTO model_search (model_id, document) VALUES (999, 'x')",
        "what can be searched for is a model: the document 999 ",
    ),
    (
        "DROP TRIGGER models_history_update",
        "ALTER TABLE models DISABLE TRIGGER models_history_update",
        "every change is noted: the trigger models_history_update is missing or switched off",
    ),
];

impl LivedIn {
    /// Runs SQL with nothing in its way.
    async fn break_by(&self, sql: &str) {
        let sql = match self.kind() {
            DatabaseKind::Postgres => format!("{PAST_ALL_ON_POSTGRES}{sql}"),
            DatabaseKind::Sqlite => {
                let triggers = "SELECT 'DROP TRIGGER ' || name || ';' AS value FROM sqlite_schema WHERE type = 'trigger' AND name NOT LIKE '%\\_history\\_update' ESCAPE '\\'";
                let made = "SELECT sql || ';' AS value FROM sqlite_schema WHERE type = 'trigger' AND name NOT LIKE '%\\_history\\_update' ESCAPE '\\'";
                let updates = "SELECT 'DROP TRIGGER ' || name || ';' AS value FROM sqlite_schema WHERE type = 'trigger' AND name LIKE '%\\_history\\_update' ESCAPE '\\'";
                let updates_made = "SELECT sql || ';' AS value FROM sqlite_schema WHERE type = 'trigger' AND name LIKE '%\\_history\\_update' ESCAPE '\\'";
                let is_trigger = sql.starts_with("DROP TRIGGER");
                let of = async |sql: &str| if is_trigger { String::new() } else { self.texts(sql).await.concat() };
                format!(
                    "PRAGMA foreign_keys = OFF; {}{}{sql}; {}{}",
                    of(triggers).await,
                    of(updates).await,
                    of(made).await,
                    of(updates_made).await
                )
            }
        };
        self.execute(&sql).await.unwrap_or_else(|error| panic!("{error}: {sql}"));
    }
}

on_both_databases! {
    /// Each thing that must hold is broken in turn, in a database of its own, and named.
    async fn each_broken_thing_is_named(database: LivedIn) {
        let kind = database.kind();
        drop(database);
        for (sqlite, postgres, expected) in BREAKS {
            let database = <LivedIn as crate::support::Fixture>::on(kind).await;
            assert_eq!(findings(&database).await, Vec::<String>::new());
            let sql = if kind == DatabaseKind::Sqlite || postgres.is_empty() { sqlite } else { postgres };
            database.break_by(sql).await;
            let found = findings(&database).await;
            assert!(found.iter().any(|finding| finding.starts_with(expected)), "{sql}: {expected}: {found:#?}");
        }
    }

    /// The command tells each thing in a line, and fails.
    async fn the_command_fails_if_something_does_not_hold(database: LivedIn) {
        database.break_by("UPDATE change_feed SET change_set = 1").await;
        let folder = tempfile::tempdir().expect("a folder");
        let output = crate::cli::process::output(&folder, &["verify", "--database-url", database.url()]);
        assert_eq!(output.status.code(), Some(1));
        let told = String::from_utf8_lossy(&output.stdout).into_owned();
        assert_eq!(told, "no change set is left open: change set 1 was not concluded\n");
        assert_eq!(String::from_utf8_lossy(&output.stderr), "error: 1 things don't hold\n");
    }
}

/// A damaged page of a SQLite file is found.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_damaged_file_is_found() {
    let database = <LivedIn as crate::support::Fixture>::on(DatabaseKind::Sqlite).await;
    database
        .execute("PRAGMA writable_schema = ON; UPDATE sqlite_schema SET sql = replace(sql, '(name) WHERE', '(display_name) WHERE') WHERE name = 'suppliers_name_live'")
        .await
        .expect("changed");
    let store = database.another_store();
    let found = store.read_snapshot(|conn| Box::pin(modelry::store::verify::verify(conn))).await.expect("verified");
    assert!(found.iter().any(|finding| finding.rule == "the file is sound"), "{found:?}");
}
