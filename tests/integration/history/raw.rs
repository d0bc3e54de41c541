//! SQL that goes past Modelry is kept as well: every table, every way to write.

use super::tables::{TABLES, change_sets, changes_behind, columns, last_change, number, run};
use crate::support::{DatabaseKind, TestDatabase, on_both_databases};

/// Every table of the database but the history itself, what search is made of, who may come in (of which the audit log
/// tells), the database's own, and the keys of suppliers with the names of master keys: key material must not outlive its row,
/// so those have no history.
const ENUMERATE: (&str, &str) = (
    "SELECT name AS value FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'
     AND name NOT LIKE '%_history' AND name NOT IN ('changes', 'change_sets', 'change_feed', 'access_state', 'api_tokens', 'audit_events', 'sessions', 'sign_in_links', 'supplier_keys', 'master_keys')
     AND name NOT LIKE 'model_search%' AND name NOT LIKE '\\_\\_diesel%' ESCAPE '\\' ORDER BY name",
    "SELECT tablename::text AS value FROM pg_tables WHERE schemaname = 'public'
     AND tablename NOT LIKE '%\\_history' AND tablename NOT IN ('changes', 'change_sets', 'change_feed', 'access_state', 'api_tokens', 'audit_events', 'sessions', 'sign_in_links', 'supplier_keys', 'master_keys')
     AND tablename NOT LIKE 'model\\_search%' AND tablename NOT LIKE '\\_\\_diesel%' ORDER BY tablename COLLATE \"C\"",
);

/// A value that a row of [`TABLES`] doesn't have in this column; with `also`, what must change with it.
fn another(column: &str) -> &'static str {
    match column {
        "is_active" => "false",
        "is_default" | "api_key_required" => "true",
        "created_at" | "updated_at" | "deleted_at" => "'2026-02-02T00:00:00.000000Z'",
        "valid_from" | "deprecated_on" => "'2026-01-01'",
        "valid_until" | "retires_on" => "'2027-01-01'",
        "extra" | "allowed_values" | "input_types" | "output_types" => "'{\"a\":1}'",
        "config_json" => "'{\"a\":1}', config = NULL",
        "number_value" | "minimum" | "maximum" | "position" | "min_context_tokens" | "amount_nanos"
        | "amount_subnanos" | "version" => "7",
        "supplier_id" => "(SELECT min(id) FROM suppliers)",
        "model_id" | "successor_id" => "(SELECT min(id) FROM models)",
        "capability_id" => "(SELECT min(id) FROM capabilities)",
        "category_id" | "parent_id" => "(SELECT min(id) FROM model_categories)",
        _ => "'changed'",
    }
}

/// Columns that can't change alone, or not at all.
const BOUND: [&str; 12] = [
    "model_aliases.supplier_id",
    "model_aliases.model_id",
    "model_parameters.model_id",
    "model_capability_associations.model_id",
    "model_category_associations.model_id",
    "model_prices.model_id",
    "model_versions.model_id",
    "model_versions.label",
    "model_versions.notes",
    "model_versions.cut",
    "model_pointers.model_id",
    "model_pointers.model_version_id",
];

/// Another row of each table that others belong to, so that there is something to be moved to.
async fn insert_others(database: &TestDatabase) {
    for (index, other) in [(0, "'other'"), (1, "'other'"), (4, "'other'"), (6, "'other'")] {
        let sql = TABLES[index].insert("INSERT");
        let named = ["'acme'", "'one'", "'vision'", "'llm'"].iter().fold(sql, |sql, name| sql.replace(name, other));
        run(database, &named).await;
    }
}

async fn insert_one_of_each(database: &TestDatabase) {
    for table in &TABLES {
        run(database, &table.insert("INSERT")).await;
    }
}

on_both_databases! {
    /// A table that is new needs a history, and a row in the tests here.
    async fn every_table_is_tried(database: TestDatabase) {
        let mut expected: Vec<&str> = TABLES.iter().map(|table| table.name).collect();
        expected.sort_unstable();
        assert_eq!(database.texts(database.dialect(ENUMERATE.0, ENUMERATE.1)).await, expected);
    }

    /// Each table: a row that is made, changed in each column, deleted, restored and removed.
    async fn no_write_skips_the_history(database: TestDatabase) {
        insert_others(&database).await;
        for table in &TABLES {
            let before = last_change(&database).await;
            run(&database, &table.insert("INSERT")).await;
            let id = table.last(&database).await;
            assert_eq!(changes_behind(&database, before).await, [format!("{} {id} create", table.kind)]);
            for column in columns(&database, table.name).await {
                if column == "id" || BOUND.contains(&format!("{}.{column}", table.name).as_str()) {
                    continue;
                }
                let before = last_change(&database).await;
                run(&database, &format!("UPDATE {} SET {column} = {} WHERE id = {id}", table.name, another(&column))).await;
                let operation = if column == "deleted_at" { "delete" } else { "update" };
                assert_eq!(changes_behind(&database, before).await, [format!("{} {id} {operation}", table.kind)], "{column}");
                let text = database.dialect("COLUMN", "COLUMN::text").replace("COLUMN", &column);
                let differs = database.dialect("IS NOT", "IS DISTINCT FROM");
                let (old, new) = (text.replace(&column, &format!("old.{column}")), text.replace(&column, &format!("new.{column}")));
                let sql = format!(
                    "SELECT CAST(count(*) AS TEXT) AS value FROM {0}_history AS old JOIN {0}_history AS new ON new.since = old.until
                     WHERE new.since > {before} AND {old} {differs} {new}", table.name
                );
                assert_eq!(number(&database, &sql).await, 1, "{}.{column} has a before and an after", table.name);
                if table.kind == "Model" && column == "supplier_id" {
                    run(&database, &format!("UPDATE models SET supplier_id = (SELECT max(id) FROM suppliers) WHERE id = {id}")).await;
                }
                if column == "deleted_at" {
                    run(&database, &format!("UPDATE {} SET deleted_at = NULL WHERE id = {id}", table.name)).await;
                    assert_eq!(changes_behind(&database, before + 1).await, [format!("{} {id} restore", table.kind)]);
                }
            }
        }
        for table in TABLES.iter().rev() {
            let (before, id) = (last_change(&database).await, table.last(&database).await);
            run(&database, &format!("DELETE FROM {} WHERE id = {id}", table.name)).await;
            assert_eq!(changes_behind(&database, before).await, [format!("{} {id} purge", table.kind)]);
        }
    }

    /// What can't change, doesn't, and leaves nothing: ids, published versions.
    async fn what_is_refused_leaves_nothing(database: TestDatabase) {
        insert_one_of_each(&database).await;
        let (before, sets) = (last_change(&database).await, change_sets(&database).await);
        for table in &TABLES {
            database.execute(&format!("UPDATE {} SET id = id + 100", table.name)).await.expect_err("ids stay");
            database.execute(&table.insert("INSERT")).await.expect_err("the key is taken");
        }
        for change in ["model_id = model_id", "label = 'v2'", "notes = 'new'", "cut = 2"] {
            if change != "model_id = model_id" {
                database.execute(&format!("UPDATE model_versions SET {change}")).await.expect_err(change);
            }
        }
        assert_eq!((last_change(&database).await, change_sets(&database).await), (before, sets));
    }

    /// A statement that meets no row changes nothing, and leaves no change set.
    async fn what_meets_no_row_leaves_nothing(database: TestDatabase) {
        for table in &TABLES {
            run(&database, &format!("UPDATE {} SET version = 5", table.name)).await;
            run(&database, &format!("DELETE FROM {}", table.name)).await;
        }
        assert_eq!(change_sets(&database).await, 0);
    }

    /// A statement that writes many rows keeps each; one that inserts or updates, what it does.
    async fn many_rows_and_upserts_are_kept(database: TestDatabase) {
        insert_one_of_each(&database).await;
        for table in &TABLES {
            let (before, id) = (last_change(&database).await, table.last(&database).await);
            let upsert = format!("{} ON CONFLICT (id) DO UPDATE SET version = {}.version + 1", table.insert_with_id("INSERT", id), table.name);
            run(&database, &upsert).await;
            assert_eq!(changes_behind(&database, before).await, [format!("{} {id} update", table.kind)]);
            let ignored = format!("{} ON CONFLICT DO NOTHING", table.insert("INSERT"));
            run(&database, &ignored).await;
            assert_eq!(last_change(&database).await, before + 1, "nothing was done");
        }
        let before = last_change(&database).await;
        let many = "INSERT INTO suppliers (name, created_at, updated_at) SELECT 'other' || path, created_at, updated_at
                    FROM model_categories UNION ALL SELECT 'third', created_at, updated_at FROM model_categories";
        run(&database, many).await;
        run(&database, "UPDATE suppliers SET description = 'many'").await;
        assert_eq!(changes_behind(&database, before).await.len(), 5);
    }

    /// A supplier that a model moves to takes the model's aliases along: what the database does by itself is kept.
    async fn cascades_of_the_database_are_kept(database: TestDatabase) {
        insert_others(&database).await;
        insert_one_of_each(&database).await;
        let (before, model) = (last_change(&database).await, TABLES[1].last(&database).await);
        run(&database, &format!("UPDATE models SET supplier_id = (SELECT min(id) FROM suppliers) WHERE id = {model}")).await;
        let mut changed = changes_behind(&database, before).await;
        changed.sort_unstable();
        assert_eq!(changed, [format!("Model {model} update"), "ModelAlias 1 update".to_owned()]);
    }

    /// Whose changes went past Modelry, the history can't know; but when, and by which way.
    async fn raw_changes_say_that_they_are(database: TestDatabase) {
        run(&database, &TABLES[0].insert("INSERT")).await;
        let who = database.texts("SELECT channel || ' ' || actor || ' ' || coalesce(operation, '-') AS value FROM change_sets").await;
        assert!(who[0].starts_with("sql ") && who[0].ends_with(" -"), "{who:?}");
    }
}

/// SQLite's `REPLACE` removes rows without telling any trigger of deletion; the history finds out all the same.
#[tokio::test]
async fn replaced_rows_are_kept_on_sqlite() {
    let database = <TestDatabase as crate::support::Fixture>::on(DatabaseKind::Sqlite).await;
    for table in &TABLES {
        run(&database, &table.insert("INSERT")).await;
        let (before, id) = (last_change(&database).await, table.last(&database).await);
        run(&database, &table.insert_with_id("INSERT OR REPLACE", id)).await;
        assert_eq!(changes_behind(&database, before).await, [format!("{} {id} create", table.kind)], "the same id");

        run(&database, &table.insert("REPLACE")).await;
        let new = table.last(&database).await;
        let mut changed = changes_behind(&database, before + 1).await;
        changed.sort_unstable();
        assert_eq!(
            changed,
            [format!("{} {id} purge", table.kind), format!("{} {new} create", table.kind)],
            "the same key"
        );

        run(&database, &format!("UPDATE {} SET deleted_at = '2026-02-02T00:00:00.000000Z'", table.name)).await;
        run(&database, &table.insert("INSERT")).await;
        let (before, displaced) = (last_change(&database).await, table.last(&database).await);
        run(&database, &format!("UPDATE OR REPLACE {} SET deleted_at = NULL WHERE id = {new}", table.name)).await;
        let mut changed = changes_behind(&database, before).await;
        changed.sort_unstable();
        let mut expected = [format!("{} {displaced} purge", table.kind), format!("{} {new} restore", table.kind)];
        expected.sort_unstable();
        assert_eq!(changed, expected, "a key that comes back");
    }
}

/// A transaction of raw statements is one change set on PostgreSQL; `TRUNCATE` would skip the history and is refused.
#[tokio::test]
async fn a_raw_transaction_is_one_change_set_on_postgres() {
    let database = <TestDatabase as crate::support::Fixture>::on(DatabaseKind::Postgres).await;
    let inserts: Vec<String> = TABLES.iter().map(|table| table.insert("INSERT")).collect();
    let transaction =
        format!("BEGIN; {}; UPDATE suppliers SET logo = 'x'; DELETE FROM model_prices; COMMIT", inserts.join("; "));
    run(&database, &transaction).await;
    assert_eq!(change_sets(&database).await, 1);
    assert_eq!(last_change(&database).await, 13);
    for table in &TABLES {
        let error = database.execute(&format!("TRUNCATE {} CASCADE", table.name)).await.expect_err("refused");
        assert!(error.to_string().contains("history"), "{error}");
    }
    database.execute("BEGIN; UPDATE suppliers SET logo = 'y'; ROLLBACK").await.expect("undone");
    assert_eq!((change_sets(&database).await, changes_behind(&database, 13).await), (1, Vec::new()));
}
