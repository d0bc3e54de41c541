//! Removing rows for good, and what the history keeps of them.

use super::read::load;
use super::rows::{execute, ids};
use super::schema::Columns as _;
use super::sql::{Sql, Value};
use super::{Entity, StoreResult, Transaction};
use crate::domain::Timestamp;

/// Ids of the rows that were deleted before `before` and meet `condition`, which is over the table.
///
/// # Errors
/// If the database fails.
pub async fn deleted_before<E: Entity>(
    transaction: &mut Transaction,
    before: Timestamp,
    condition: &'static str,
) -> StoreResult<Vec<i64>> {
    let statement = Sql::new("SELECT id FROM ")
        .text(E::Table::TABLE)
        .text(" WHERE deleted_at < ")
        .bind(Value::Timestamp(before))
        .text(condition);
    load(transaction.conn(), statement).await
}

/// Removes rows for good.
///
/// # Errors
/// If the database fails, or another row refers to one of them.
pub async fn remove<E: Entity>(transaction: &mut Transaction, rows: Vec<i64>) -> StoreResult<usize> {
    if rows.is_empty() {
        return Ok(0);
    }
    let statement = Sql::new("DELETE FROM ").text(E::Table::TABLE).text(" WHERE ").push(ids(rows).into_sql());
    execute(transaction, statement).await
}

/// Makes models that stay forget the successors that go.
///
/// # Errors
/// If the database fails.
pub async fn forget_successors(transaction: &mut Transaction, going: Vec<i64>) -> StoreResult<usize> {
    if going.is_empty() {
        return Ok(0);
    }
    let statement = Sql::new("UPDATE models SET successor_id = NULL, version = version + 1, updated_at = ")
        .bind(Value::Timestamp(transaction.now()))
        .text(" WHERE successor_id")
        .in_ids(going.clone())
        .text(" AND NOT (id")
        .in_ids(going)
        .text(")");
    execute(transaction, statement).await
}

/// Ids of rows that are gone and were deleted, or removed, before `before`.
///
/// # Errors
/// If the database fails.
pub async fn gone_before<E: Entity>(transaction: &mut Transaction, before: Timestamp) -> StoreResult<Vec<i64>> {
    let history = E::Table::HISTORY;
    let statement = Sql::new("SELECT id FROM ")
        .text(history)
        .text(" AS last WHERE NOT EXISTS (SELECT 1 FROM ")
        .text(E::Table::TABLE)
        .text(" AS present WHERE present.id = last.id) AND NOT EXISTS (SELECT 1 FROM ")
        .text(history)
        .text(" AS later WHERE later.id = last.id AND later.since > last.since) AND (deleted_at < ")
        .bind(Value::Timestamp(before))
        .text(
            " OR EXISTS (SELECT 1 FROM changes JOIN change_sets ON change_sets.id = changes.change_set \
             WHERE changes.id = last.until AND change_sets.created_at < ",
        )
        .bind(Value::Timestamp(before))
        .text("))");
    load(transaction.conn(), statement).await
}

/// Removes the history of rows that are gone, but for the states that meet `pinned`, and for the removal itself, which
/// the feed keeps telling. `kind` is what the feed calls the rows. Answers how many states went.
///
/// # Errors
/// If the database fails.
pub async fn forget<E: Entity>(
    transaction: &mut Transaction,
    kind: &'static str,
    gone: Vec<i64>,
    pinned: &'static str,
) -> StoreResult<usize> {
    if gone.is_empty() {
        return Ok(0);
    }
    let history = E::Table::HISTORY;
    let states = Sql::new("DELETE FROM ").text(history).text(" WHERE id").in_ids(gone.clone()).text(pinned);
    let forgotten = execute(transaction, states).await?;
    let told = |start: &'static str| {
        Sql::new(start)
            .text(" FROM changes WHERE kind = ")
            .bind(Value::Text(kind.to_owned()))
            .text(" AND of_row")
            .in_ids(gone.clone())
            .text(" AND operation <> 'purge' AND NOT EXISTS (SELECT 1 FROM ")
            .text(history)
            .text(" AS kept WHERE kept.since = changes.id)")
    };
    let last: Option<i64> = load(transaction.conn(), told("SELECT coalesce(max(id), 0)")).await?.pop();
    let watermark = Sql::new("UPDATE change_feed SET purged = ")
        .bind(Value::BigInt(last.unwrap_or_default()))
        .text(" WHERE purged < ")
        .bind(Value::BigInt(last.unwrap_or_default()));
    execute(transaction, watermark).await?;
    execute(transaction, told("DELETE")).await?;
    Ok(forgotten)
}
