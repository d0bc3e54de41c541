//! What the database itself refuses, whoever writes.

use diesel::result::DatabaseErrorKind;
use diesel::result::Error::DatabaseError;

use super::catalogue;
use crate::support::{TestDatabase, on_both_databases};

const NOW: &str = "'2026-01-31T08:30:00.000000Z'";

/// SQL that inserts a row with these values of its own columns.
fn insert(table: &str, columns: &str, values: &str) -> String {
    format!("INSERT INTO {table} ({columns}, created_at, updated_at) VALUES ({values}, {NOW}, {NOW})")
}

fn delete(table: &str) -> String {
    format!("UPDATE {table} SET deleted_at = {NOW} WHERE deleted_at IS NULL")
}

/// A row of each table that has a natural key. The keys are of the rows with id 1.
const ROWS: [(&str, &str, &str); 13] = [
    ("suppliers", "name", "'acme'"),
    ("models", "supplier_id, name, model_type", "1, 'acme-1', 'language'"),
    ("model_aliases", "model_id, supplier_id, alias", "1, 1, 'acme-latest'"),
    (
        "model_parameters",
        "model_id, parameter_name, parameter_type, parameter_value",
        "1, 'context_window', 'int', '8192'",
    ),
    ("capabilities", "name, display_name, domain", "'tool-calling', 'Tools', 'language'"),
    ("model_capability_associations", "model_id, capability_id", "1, 1"),
    ("model_categories", "name, display_name, category_type, path", "'llm', 'LLM', 'task', 'llm'"),
    ("model_category_associations", "model_id, category_id", "1, 1"),
    ("model_prices", "model_id, component, unit, currency, amount_nanos", "1, 'input', 'million_tokens', 'USD', 1"),
    ("model_versions", "model_id, label, cut", "1, 'v1', 1"),
    ("model_pointers", "model_id, name, model_version_id", "1, 'production', 1"),
    ("master_keys", "name", "'local:1'"),
    (
        "supplier_keys",
        "supplier_id, identity, label, ciphertext, wrapped_key, master_key",
        "1, 'a', 'production', '1', '1', 'local:1'",
    ),
];

async fn insert_one_of_each(database: &TestDatabase) {
    for (table, columns, values) in ROWS {
        database.execute(&insert(table, columns, values)).await.expect(table);
    }
}

async fn refusal(database: &TestDatabase, sql: &str) -> DatabaseErrorKind {
    match database.execute(sql).await {
        Err(DatabaseError(kind, _)) => kind,
        other => panic!("{sql} is not refused as it should be: {other:?}"),
    }
}

on_both_databases! {
    /// A name belongs to one live row, and to anyone once that row is deleted.
    async fn deletion_frees_the_natural_key(database: TestDatabase) {
        insert_one_of_each(&database).await;
        for (table, columns, values) in ROWS {
            let again = insert(table, columns, values);
            let refused = refusal(&database, &again).await;
            assert!(matches!(refused, DatabaseErrorKind::UniqueViolation), "{table}: {refused:?}");

            database.execute(&delete(table)).await.expect("deleted");
            database.execute(&again).await.unwrap_or_else(|error| panic!("{table}: {error}"));
        }
    }

    /// Every foreign key is enforced, in every table.
    async fn a_reference_to_nothing_is_refused(database: TestDatabase) {
        insert_one_of_each(&database).await;
        for key in catalogue::foreign_keys(&database).await {
            let column = key.columns.last().expect("a column");
            // What belongs to a model stays with it, but for aliases, and versions never change at all.
            if key.table == "model_versions" || (column == "model_id" && key.table != "model_aliases") {
                continue;
            }
            let sql = format!("UPDATE {} SET {column} = 999999", key.table);
            let refused = refusal(&database, &sql).await;
            assert!(matches!(refused, DatabaseErrorKind::ForeignKeyViolation), "{key:?}: {refused:?}");
        }
    }

    /// What is referred to can't be removed for good.
    async fn a_row_that_is_referred_to_stays(database: TestDatabase) {
        insert_one_of_each(&database).await;
        for table in ["suppliers", "models", "capabilities", "model_categories"] {
            let refused = refusal(&database, &format!("DELETE FROM {table}")).await;
            assert!(matches!(refused, DatabaseErrorKind::ForeignKeyViolation), "{table}: {refused:?}");
        }
    }

    /// An alias can't name one supplier while its model belongs to another.
    async fn an_alias_is_of_its_models_supplier(database: TestDatabase) {
        insert_one_of_each(&database).await;
        database.execute(&insert("suppliers", "name", "'other'")).await.expect("another supplier");
        let refused = refusal(&database, "UPDATE model_aliases SET supplier_id = 2").await;
        assert!(matches!(refused, DatabaseErrorKind::ForeignKeyViolation), "{refused:?}");

        database.execute("UPDATE models SET supplier_id = 2").await.expect("a model moves");
        let suppliers = database.texts("SELECT CAST(supplier_id AS TEXT) AS value FROM model_aliases").await;
        assert_eq!(suppliers, ["2"], "its aliases move along");
    }

    /// At most one default model of each type and sub-type, where no sub-type is one of its own.
    async fn a_type_has_one_default_model(database: TestDatabase) {
        insert_one_of_each(&database).await;
        let default = |name: &str, sub_type: &str| {
            let values = format!("1, '{name}', 'language', {sub_type}, true");
            insert("models", "supplier_id, name, model_type, sub_type, is_default", &values)
        };
        database.execute(&default("first", "NULL")).await.expect("the first");
        database.execute(&default("chat", "'chat'")).await.expect("another sub-type");
        let refused = refusal(&database, &default("second", "NULL")).await;
        assert!(matches!(refused, DatabaseErrorKind::UniqueViolation), "{refused:?}");
    }

    /// Values that no code should write are refused all the same.
    async fn values_out_of_bounds_are_refused(database: TestDatabase) {
        insert_one_of_each(&database).await;
        for change in [
            "UPDATE model_prices SET amount_nanos = -1",
            "UPDATE model_prices SET amount_subnanos = 1000000000",
            "UPDATE model_prices SET min_context_tokens = -1",
            "UPDATE model_prices SET valid_from = '2026-02-01', valid_until = '2026-02-01'",
            "UPDATE model_capability_associations SET config = 'a', config_json = '{}'",
        ] {
            let refused = refusal(&database, change).await;
            assert!(matches!(refused, DatabaseErrorKind::CheckViolation), "{change}: {refused:?}");
        }
    }
}
