//! What the database says of its own tables, in the same words on both.

use std::collections::HashMap;

use super::{Column, DERIVED, Kind, Table, odd};
use crate::store::read::load;
use crate::store::sql::{Name, Sql};
use crate::store::{Conn, StoreResult};

/// Table, column, declared type, and the column's place in the primary key (0 for none), in the order of the tables' names
/// and of their columns.
const SQLITE_COLUMNS: &str = "
    SELECT tables.name, columns.name, lower(columns.type), columns.pk
    FROM pragma_table_list AS tables JOIN pragma_table_info(tables.name) AS columns
    WHERE tables.schema = 'main' AND tables.type = 'table' AND tables.name NOT LIKE 'sqlite%'
    AND substr(tables.name, 1, 8) <> '__diesel'
    ORDER BY tables.name, columns.cid";
const POSTGRES_COLUMNS: &str = "
    SELECT CAST(tables.relname AS TEXT), CAST(columns.attname AS TEXT), format_type(columns.atttypid, NULL),
           CAST(coalesce(array_position(CAST(keys.indkey AS INT2[]), columns.attnum) + 1, 0) AS BIGINT)
    FROM pg_class AS tables
    JOIN pg_attribute AS columns ON columns.attrelid = tables.oid AND columns.attnum > 0 AND NOT columns.attisdropped
    LEFT JOIN pg_index AS keys ON keys.indrelid = tables.oid AND keys.indisprimary
    WHERE tables.relkind IN ('r', 'p') AND tables.relnamespace = CAST(current_schema() AS REGNAMESPACE)
    AND tables.relpersistence = 'p' AND NOT starts_with(tables.relname, '__diesel')
    ORDER BY tables.relname, columns.attnum";

/// Table, and the last id that was given.
const SQLITE_LAST_IDS: &str = "SELECT name, seq FROM sqlite_sequence";
const POSTGRES_LAST_IDS: &str = "
    SELECT CAST(tables.relname AS TEXT), coalesce(pg_sequence_last_value(CAST(
               pg_get_serial_sequence(quote_ident(tables.relname), CAST(columns.attname AS TEXT)) AS REGCLASS)), 0)
    FROM pg_class AS tables JOIN pg_attribute AS columns ON columns.attrelid = tables.oid AND columns.attidentity <> ''
    WHERE tables.relkind = 'r' AND tables.relnamespace = CAST(current_schema() AS REGNAMESPACE)";

/// Table, the key's number, column, the table referred to, and its column, in the order of the key's columns.
const SQLITE_FOREIGN_KEYS: &str = r#"
    SELECT tables.name, CAST(keys.id AS TEXT), keys."from", keys."table", coalesce(keys."to", 'id')
    FROM pragma_table_list AS tables JOIN pragma_foreign_key_list(tables.name) AS keys
    WHERE tables.schema = 'main' AND tables.type = 'table' ORDER BY tables.name, keys.id, keys.seq"#;
const POSTGRES_FOREIGN_KEYS: &str = "
    SELECT CAST(tables.relname AS TEXT), CAST(keys.conname AS TEXT), CAST(columns.attname AS TEXT),
           CAST(targets.relname AS TEXT), CAST(parts.attname AS TEXT)
    FROM pg_constraint AS keys
    JOIN pg_class AS tables ON tables.oid = keys.conrelid
    JOIN pg_class AS targets ON targets.oid = keys.confrelid
    CROSS JOIN LATERAL unnest(keys.conkey, keys.confkey) WITH ORDINALITY AS pairs (own, others, place)
    JOIN pg_attribute AS columns ON columns.attrelid = keys.conrelid AND columns.attnum = pairs.own
    JOIN pg_attribute AS parts ON parts.attrelid = keys.confrelid AND parts.attnum = pairs.others
    WHERE keys.contype = 'f' AND keys.connamespace = CAST(current_schema() AS REGNAMESPACE)
    ORDER BY tables.relname, keys.conname, pairs.place";

/// A foreign key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ForeignKey {
    /// The table that refers.
    pub table: Name,
    /// Its columns.
    pub columns: Vec<Name>,
    /// The table that is referred to.
    pub target: Name,
    /// The columns there, in the same order.
    pub target_columns: Vec<Name>,
}

/// The version of the last migration that was applied; `None` in a database without a schema.
///
/// # Errors
/// If the database fails.
pub async fn last_migration(conn: &mut Conn) -> StoreResult<Option<String>> {
    let version = Sql::new("SELECT max(version) FROM __diesel_schema_migrations");
    Ok(load::<Option<String>>(conn, version).await?.pop().flatten())
}

/// Every table that isn't made anew from others, by name.
///
/// # Errors
/// If the database fails, or a table is of a form that no backup knows.
pub async fn tables(conn: &mut Conn) -> StoreResult<Vec<Table>> {
    type Row = ((String, String), (String, i64));
    let last_ids = Sql::default().dialect(SQLITE_LAST_IDS, POSTGRES_LAST_IDS);
    let last_ids: HashMap<String, i64> = load::<(String, i64)>(conn, last_ids).await?.into_iter().collect();
    let rows: Vec<Row> = load(conn, Sql::default().dialect(SQLITE_COLUMNS, POSTGRES_COLUMNS)).await?;
    let mut tables: Vec<(Table, Vec<(i64, usize)>)> = Vec::new();
    for ((table, column), (declared, place)) in rows {
        if DERIVED.contains(&table.as_str()) {
            continue;
        }
        if tables.last().is_none_or(|(last, _)| last.name.as_str() != table) {
            let last_id = last_ids.get(&table).copied().unwrap_or_default();
            tables.push((Table { name: name(&table)?, columns: Vec::new(), key: Vec::new(), last_id }, Vec::new()));
        }
        let Some((last, key)) = tables.last_mut() else { continue };
        if place > 0 {
            key.push((place, last.columns.len()));
        }
        let unknown = || odd(format!("the column {column} of {table} is of a type that no backup knows: {declared}"));
        last.columns.push(Column { name: name(&column)?, kind: Kind::of_type(&declared).ok_or_else(unknown)? });
    }
    tables.into_iter().map(|(table, key)| keyed(table, key)).collect()
}

/// The table with its primary key, whose columns are given with their places in it.
fn keyed(table: Table, mut key: Vec<(i64, usize)>) -> StoreResult<Table> {
    if key.is_empty() {
        return Err(odd(format!("the table {} has no primary key", table.name.as_str())));
    }
    key.sort_unstable();
    Ok(Table { key: key.into_iter().map(|(_, at)| at).collect(), ..table })
}

/// Every foreign key.
///
/// # Errors
/// If the database fails, or has a name that is odd.
pub async fn foreign_keys(conn: &mut Conn) -> StoreResult<Vec<ForeignKey>> {
    type Row = ((String, String), (String, (String, String)));
    let rows: Vec<Row> = load(conn, Sql::default().dialect(SQLITE_FOREIGN_KEYS, POSTGRES_FOREIGN_KEYS)).await?;
    let mut keys: Vec<(String, ForeignKey)> = Vec::new();
    for ((table, key), (column, (target, target_column))) in rows {
        let known = keys.last().is_some_and(|(id, last)| *id == key && last.table.as_str() == table);
        if !known {
            let empty = ForeignKey {
                table: name(&table)?,
                columns: Vec::new(),
                target: name(&target)?,
                target_columns: Vec::new(),
            };
            keys.push((key, empty));
        }
        if let Some((_, last)) = keys.last_mut() {
            last.columns.push(name(&column)?);
            last.target_columns.push(name(&target_column)?);
        }
    }
    Ok(keys.into_iter().map(|(_, key)| key).collect())
}

pub(super) fn name(text: &str) -> StoreResult<Name> {
    Name::new(text).ok_or_else(|| odd(format!("the database has a name that Modelry gives nothing: {text:?}")))
}
