//! What a database says of its own tables, in the same words for both kinds.

use std::collections::BTreeMap;

use crate::support::TestDatabase;

/// Tables that are none of the catalogue's: those that free-text search keeps, the history, who may come in (the audit log
/// tells what becomes of that, and no history), and the list of applied migrations.
pub const MACHINERY: &str = "(name LIKE 'model_search%' OR name LIKE '%_history' OR name LIKE 'change_%' OR name = 'changes' \
                             OR name IN ('access_state', 'api_tokens', 'audit_events', 'sessions', 'sign_in_links') \
                             OR name LIKE 'sqlite_%' OR name LIKE '__diesel_%')";

/// A foreign key: its table and columns, and what they refer to.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct ForeignKey {
    pub table: String,
    pub columns: Vec<String>,
    pub target: String,
}

/// An index over columns alone (those over expressions have none at their place).
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Index {
    pub table: String,
    pub name: String,
    pub columns: Vec<String>,
    /// Whether it holds every row, deleted ones included.
    pub whole: bool,
}

/// The columns of every table of the catalogue, in their order.
pub async fn columns(database: &TestDatabase) -> BTreeMap<String, Vec<String>> {
    let sql = database.dialect(
        "SELECT name || '|' || (SELECT group_concat(name) FROM (SELECT name FROM pragma_table_info(tables.name) ORDER BY cid)) AS value
         FROM sqlite_schema AS tables WHERE type = 'table' AND NOT MACHINERY",
        "SELECT name || '|' || string_agg(column_name, ',' ORDER BY ordinal_position) AS value
         FROM (SELECT table_name AS name, column_name, ordinal_position FROM information_schema.columns
               JOIN information_schema.tables USING (table_schema, table_name)
               WHERE table_schema = 'public' AND table_type = 'BASE TABLE') AS columns
         WHERE NOT MACHINERY GROUP BY name",
    );
    let rows = database.texts(&sql.replace("MACHINERY", MACHINERY)).await;
    rows.iter().map(|row| cells(row)).map(|[table, columns]| (table.to_owned(), list(columns))).collect()
}

/// Every foreign key of the catalogue's tables.
pub async fn foreign_keys(database: &TestDatabase) -> Vec<ForeignKey> {
    let sql = database.dialect(
        r#"SELECT name || '|' || group_concat("from") || '|' || target AS value
           FROM (SELECT tables.name, keys.id, keys."from", keys."table" AS target
                 FROM sqlite_schema AS tables JOIN pragma_foreign_key_list(tables.name) AS keys
                 WHERE tables.type = 'table' AND NOT MACHINERY ORDER BY tables.name, keys.id, keys.seq)
           GROUP BY name, id"#,
        "SELECT name || '|' || columns || '|' || target AS value
         FROM (SELECT conrelid::regclass::text AS name, confrelid::regclass::text AS target,
                      (SELECT string_agg(attname, ',' ORDER BY place) FROM unnest(conkey) WITH ORDINALITY AS key (number, place)
                       JOIN pg_attribute ON attrelid = conrelid AND attnum = number) AS columns
               FROM pg_constraint WHERE contype = 'f' AND connamespace = 'public'::regnamespace) AS keys
         WHERE NOT MACHINERY",
    );
    let rows = database.texts(&sql.replace("MACHINERY", MACHINERY)).await;
    let mut keys: Vec<ForeignKey> = rows
        .iter()
        .map(|row| cells(row))
        .map(|[table, columns, target]| ForeignKey {
            table: table.to_owned(),
            columns: list(columns),
            target: target.to_owned(),
        })
        .collect();
    keys.sort();
    keys
}

/// Every index of the catalogue's tables but those of primary keys.
pub async fn indexes(database: &TestDatabase) -> Vec<Index> {
    let sql = database.dialect(
        "SELECT name || '|' || index_name || '|' || group_concat(column_name) || '|' || partial AS value
         FROM (SELECT tables.name, indexes.name AS index_name, indexes.partial, coalesce(columns.name, '') AS column_name
               FROM sqlite_schema AS tables JOIN pragma_index_list(tables.name) AS indexes
               JOIN pragma_index_info(indexes.name) AS columns
               WHERE tables.type = 'table' AND NOT (tables.name LIKE 'model_search%' OR tables.name LIKE '%_history' OR tables.name LIKE 'change%'
                 OR tables.name IN ('access_state', 'api_tokens', 'audit_events', 'sessions', 'sign_in_links') OR tables.name LIKE '__diesel_%')
               ORDER BY tables.name, indexes.name, columns.seqno)
         GROUP BY name, index_name",
        "SELECT name || '|' || index_name || '|' || columns || '|' || partial AS value
         FROM (SELECT indrelid::regclass::text AS name, indexrelid::regclass::text AS index_name,
                      (indpred IS NOT NULL)::int AS partial,
                      (SELECT string_agg(coalesce(attname, ''), ',' ORDER BY place)
                       FROM unnest(indkey::int2[]) WITH ORDINALITY AS key (number, place)
                       LEFT JOIN pg_attribute ON attrelid = indrelid AND attnum = number AND number > 0) AS columns
               FROM pg_index JOIN pg_class ON pg_class.oid = indexrelid
               WHERE relnamespace = 'public'::regnamespace AND NOT indisprimary) AS indexes
         WHERE NOT MACHINERY",
    );
    let rows = database.texts(&sql.replace("MACHINERY", MACHINERY)).await;
    let mut indexes: Vec<Index> = rows
        .iter()
        .map(|row| cells(row))
        .map(|[table, name, columns, partial]| Index {
            table: table.to_owned(),
            name: name.to_owned(),
            columns: list(columns),
            whole: partial == "0",
        })
        .collect();
    indexes.sort();
    indexes
}

/// Everything that the migrations made, word for word: equal before and after only if nothing was lost or left.
pub async fn whole(database: &TestDatabase) -> Vec<String> {
    let sql = database.dialect(
        "SELECT type || ' ' || name || ': ' || coalesce(sql, '') AS value FROM sqlite_schema
         WHERE name NOT LIKE '__diesel_%' AND name <> 'sqlite_sequence' AND tbl_name NOT LIKE '__diesel_%' ORDER BY value",
        "SELECT value FROM (
             SELECT 'column ' || table_name || '.' || column_name || ': ' || data_type || coalesce(collation_name, '')
                    || is_nullable || coalesce(column_default, '') || ordinal_position AS value
             FROM information_schema.columns WHERE table_schema = 'public'
             UNION ALL SELECT 'index ' || indexdef FROM pg_indexes WHERE schemaname = 'public'
             UNION ALL SELECT 'constraint ' || conrelid::regclass || ' ' || conname || ': ' || pg_get_constraintdef(oid)
                       FROM pg_constraint WHERE connamespace = 'public'::regnamespace
             UNION ALL SELECT 'view ' || viewname || ': ' || definition FROM pg_views WHERE schemaname = 'public'
             UNION ALL SELECT 'trigger ' || pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal
             UNION ALL SELECT 'function ' || pg_get_functiondef(pg_proc.oid) FROM pg_proc
                       WHERE pronamespace = 'public'::regnamespace
                       AND NOT EXISTS (SELECT FROM pg_depend WHERE objid = pg_proc.oid AND deptype = 'e')
         ) AS objects WHERE value NOT LIKE '%\\_\\_diesel\\_%' ORDER BY value COLLATE \"C\"",
    );
    database.texts(sql).await
}

/// The cells of a row that a query joined by `|`.
fn cells<const N: usize>(row: &str) -> [&str; N] {
    let cells: Vec<&str> = row.split('|').collect();
    cells.try_into().unwrap_or_else(|cells| panic!("{N} cells were expected: {cells:?}"))
}

fn list(joined: &str) -> Vec<String> {
    joined.split(',').map(str::to_owned).collect()
}
