//! Statements that every table takes.

use diesel_async::RunQueryDsl as _;

use super::backend::on_backend;
use super::looked_at::LookedAt;
use super::narrow::Narrow;
use super::predicate::{Comparison, Deleted, Field, Predicate};
use super::read::load;
use super::schema::Columns as _;
use super::sql::{Sql, Value};
use super::{Conn, Entity, StoreResult, Transaction};
use crate::domain::Timestamp;

/// Live rows.
pub fn live() -> Predicate {
    Predicate::is_null(Field::new("deleted_at"), true)
}

/// Rows that were deleted at this very moment.
pub fn deleted_at(moment: Timestamp) -> Predicate {
    Predicate::compare(Field::new("deleted_at"), Comparison::Equal, Value::Timestamp(moment))
}

/// Rows with these ids.
pub fn ids(ids: Vec<i64>) -> Predicate {
    Predicate::id_in(Field::new("id"), ids)
}

/// Rows of these models.
pub fn of_models(models: Vec<i64>) -> Predicate {
    Predicate::id_in(Field::new("model_id"), models)
}

/// Rows that meet `condition`, sorted by `order` (columns of the table that together make the order unique).
///
/// # Errors
/// If the database fails.
pub async fn rows<E: Entity>(conn: &mut Conn, condition: Predicate, order: &[Field]) -> StoreResult<Vec<E::Row>> {
    let looked_at = *conn.looked_at();
    load(conn, select::<E>(&looked_at, condition, order)).await
}

/// The row that meets `condition`; the first by id if there are several.
///
/// # Errors
/// If the database fails.
pub async fn row<E: Entity>(conn: &mut Conn, condition: Predicate) -> StoreResult<Option<E::Row>> {
    let looked_at = *conn.looked_at();
    let first = select::<E>(&looked_at, condition, &[]).text(" ORDER BY id LIMIT 1");
    Ok(load(conn, first).await?.pop())
}

/// The rows with these ids, deleted ones included, in no particular order.
///
/// # Errors
/// If the database fails.
pub async fn by_ids<E: Entity>(conn: &mut Conn, ids: Vec<i64>) -> StoreResult<Vec<E::Row>> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    rows::<E>(conn, self::ids(ids), &[]).await
}

/// As [`by_ids`], by whether they are deleted.
///
/// # Errors
/// If the database fails.
pub async fn by_ids_and<E: Entity>(conn: &mut Conn, ids: Vec<i64>, deleted: Deleted) -> StoreResult<Vec<E::Row>> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let condition = Predicate::all([self::ids(ids), Predicate::deleted(Field::new("deleted_at"), deleted)]);
    rows::<E>(conn, condition, &[]).await
}

/// The row with this id, deleted or not, locked against other writers until the transaction ends.
///
/// # Errors
/// If the database fails.
pub async fn lock_row<E: Entity>(transaction: &mut Transaction, id: i64) -> StoreResult<Option<E::Row>> {
    // SQLite has one writer at a time, and that is us.
    let locked = select::<E>(&LookedAt::ALL, ids(vec![id]), &[]).dialect("", " FOR UPDATE");
    Ok(load(transaction.conn(), locked).await?.pop())
}

/// The rows that meet `condition`, which other transactions can read but not change until this one ends.
///
/// # Errors
/// If the database fails.
pub async fn share_rows<E: Entity>(transaction: &mut Transaction, condition: Predicate) -> StoreResult<Vec<E::Row>> {
    // One order for all, so that no two transactions wait for each other.
    let shared = select::<E>(&LookedAt::ALL, condition, &[]).text(" ORDER BY id").dialect("", " FOR SHARE");
    load(transaction.conn(), shared).await
}

/// How many rows meet `condition`.
///
/// # Errors
/// If the database fails.
pub async fn count<E: Entity>(conn: &mut Conn, condition: Predicate) -> StoreResult<i64> {
    let statement = Sql::new("SELECT count(*) FROM ").text(E::Table::TABLE).text(" WHERE ").push(condition.into_sql());
    Ok(load(conn, statement).await?.pop().unwrap_or_default())
}

/// Marks the live rows that meet `condition` as deleted at `now`; returns how many there were.
///
/// # Errors
/// If the database fails.
pub async fn delete<E: Entity>(
    transaction: &mut Transaction,
    condition: Predicate,
    now: Timestamp,
) -> StoreResult<usize> {
    let live = Predicate::all([condition, live()]);
    let update = touch::<E>(now).text(", deleted_at = ").bind(Value::Timestamp(now));
    execute(transaction, update.text(" WHERE ").push(live.into_sql())).await
}

/// Brings back the deleted rows that meet `condition`; returns how many there were.
///
/// # Errors
/// If the database fails; [`super::StoreError::Duplicate`] if a live row has the key of one of them.
pub async fn restore<E: Entity>(
    transaction: &mut Transaction,
    condition: Predicate,
    now: Timestamp,
) -> StoreResult<usize> {
    let deleted = Predicate::all([condition, Predicate::is_null(Field::new("deleted_at"), false)]);
    let update = touch::<E>(now).text(", deleted_at = NULL");
    execute(transaction, update.text(" WHERE ").push(deleted.into_sql())).await
}

/// Sets `assignments` (after the version and the time of change) on the rows that meet `condition`.
///
/// # Errors
/// If the database fails.
pub(super) async fn update<E: Entity>(
    transaction: &mut Transaction,
    assignments: Sql,
    condition: Predicate,
    now: Timestamp,
) -> StoreResult<usize> {
    let update = touch::<E>(now).text(", ").push(assignments);
    execute(transaction, update.text(" WHERE ").push(condition.into_sql())).await
}

/// Runs a statement that returns no rows; returns how many it changed.
pub(super) async fn execute(transaction: &mut Transaction, command: Sql) -> StoreResult<usize> {
    execute_on(transaction.conn(), command).await
}

/// As [`execute`], on a connection whose transaction is of another kind.
pub(super) async fn execute_on(conn: &mut Conn, command: Sql) -> StoreResult<usize> {
    Ok(on_backend!(conn, |connection| command.execute(connection).await)?)
}

fn touch<E: Entity>(now: Timestamp) -> Sql {
    Sql::new("UPDATE ")
        .text(E::Table::TABLE)
        .text(" SET version = version + 1, updated_at = ")
        .bind(Value::Timestamp(now))
}

/// Rows without a value come first, which SQLite does by itself and PostgreSQL doesn't.
const NULLS_FIRST: &str = " NULLS FIRST";

fn select<E: Entity>(looked_at: &LookedAt, condition: Predicate, order: &[Field]) -> Sql {
    let narrow = condition.rows().and_then(Narrow::of::<E>);
    let sql = Sql::new("SELECT ").columns_of::<E::Table>(looked_at, "").text(" FROM ").text(E::Table::TABLE);
    let sql = sql.text(" WHERE ").push(condition.into_sql()).narrowed_to(narrow);
    if order.is_empty() {
        return sql;
    }
    sql.text(" ORDER BY ").join(", ", order.iter().map(|field| Sql::new(field.as_str()).text(NULLS_FIRST)))
}
