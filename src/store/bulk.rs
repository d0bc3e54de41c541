//! What imports need beside the statements of every table.

use super::predicate::{Field, Predicate};
use super::read::load;
use super::rows::execute;
use super::sql::{Sql, Value};
use super::{Conn, StoreResult, Transaction};

/// Key of the advisory lock that imports hold. Any number no one else uses.
const LOCK: i64 = 0x6d6f_6465_6c69_6d70;

/// Makes other imports wait until the transaction ends. SQLite has one writer at a time anyway.
///
/// # Errors
/// If the database fails.
pub async fn lock_imports(transaction: &mut Transaction) -> StoreResult<()> {
    let lock = Sql::default()
        .dialect("SELECT CAST(", "SELECT CAST(pg_advisory_xact_lock(")
        .bind(Value::BigInt(LOCK))
        .dialect(" AS TEXT)", ") AS TEXT)");
    load::<String>(transaction.conn(), lock).await.map(drop)
}

/// All models that have a successor, each with it. Deleted ones too, which would close a circle when they are restored.
///
/// # Errors
/// If the database fails.
pub async fn successors(conn: &mut Conn) -> StoreResult<Vec<(i64, i64)>> {
    load(conn, Sql::new("SELECT id, successor_id FROM models WHERE successor_id IS NOT NULL")).await
}

/// Takes these models' defaults away, for models that get them later in the transaction: no moment may have two.
/// The models' own updates, which follow, are what counts as a change, so their versions stay.
///
/// # Errors
/// If the database fails.
pub async fn release_defaults(transaction: &mut Transaction, models: Vec<i64>) -> StoreResult<()> {
    if models.is_empty() {
        return Ok(());
    }
    let condition = Predicate::id_in(Field::new("id"), models);
    let update = Sql::new("UPDATE models SET is_default = ").bind(Value::Bool(false));
    execute(transaction, update.text(" WHERE ").push(condition.into_sql())).await.map(drop)
}
