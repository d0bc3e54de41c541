//! Chains of successors: the models that take a model's place, one after another.

use super::model::ModelRow;
use super::predicate::Predicate;
use super::read::load;
use super::schema::Columns as _;
use super::schema::models::table as Table;
use super::sql::{Sql, Value};
use super::{Conn, StoreResult};

/// Most successors that a chain is followed for.
pub const MAX_STEPS: i64 = 20;

/// The chains of the models that meet `condition`, in one statement: each model's id with one of the live models that come
/// after it, the next one first. A chain ends at a deleted model, where it would come to a model again, and after
/// [`MAX_STEPS`].
///
/// # Errors
/// If the database fails.
pub async fn chains(conn: &mut Conn, condition: Predicate) -> StoreResult<Vec<(i64, ModelRow)>> {
    walk(conn, condition, 1).await
}

/// The models that meet `condition`, and behind each its chain, as [`chains`] gives it.
///
/// # Errors
/// If the database fails.
pub async fn with_chains(conn: &mut Conn, condition: Predicate) -> StoreResult<Vec<(i64, ModelRow)>> {
    walk(conn, condition, 0).await
}

async fn walk(conn: &mut Conn, condition: Predicate, from_step: i64) -> StoreResult<Vec<(i64, ModelRow)>> {
    let statement = Sql::new(
        "WITH RECURSIVE chain (start_id, id, next_id, step) AS (\
         SELECT models.id, models.id, models.successor_id, CAST(0 AS BIGINT) FROM models WHERE ",
    )
    .push(condition.into_sql())
    .text(
        " UNION ALL SELECT chain.start_id, models.id, models.successor_id, chain.step + 1 \
         FROM chain JOIN models ON models.id = chain.next_id \
         WHERE models.deleted_at IS NULL AND models.id <> chain.start_id AND chain.step < ",
    )
    .bind(Value::BigInt(MAX_STEPS))
    .text(") SELECT chain.start_id, ")
    .columns::<Table>(Table::QUALIFIER)
    .text(" FROM chain JOIN models ON models.id = chain.id WHERE chain.step >= ")
    .bind(Value::BigInt(from_step))
    .text(" ORDER BY chain.start_id, chain.step");
    let mut rows: Vec<(i64, ModelRow)> = load(conn, statement).await?;
    // No writer makes a circle; one that somebody made by other means is walked through once.
    let mut seen = std::collections::HashSet::new();
    rows.retain(|(start, row)| seen.insert((*start, row.id)));
    Ok(rows)
}
