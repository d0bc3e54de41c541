//! What was: the states that rows were in after a change.
//!
//! Every state of every row is kept (`<table>_history`), from the change `since` until the change `until`. A cut is the
//! number of a change: the catalogue as of a cut is what it was right after that change.

use super::predicate::{Field, Predicate};
use super::read::load;
use super::schema::Columns as _;
use super::sql::{Sql, Value};
use super::{Conn, Entity, StoreResult};
use crate::domain::Timestamp;

/// The last change that was made by `moment`; 0 if there was none yet.
///
/// # Errors
/// If the database fails.
pub async fn cut_at(conn: &mut Conn, moment: Timestamp) -> StoreResult<i64> {
    let statement = Sql::new(
        "SELECT coalesce((SELECT id FROM changes WHERE change_set <= \
         (SELECT id FROM change_sets WHERE created_at <= ",
    )
    .bind(Value::Timestamp(moment))
    .text(
        " ORDER BY created_at DESC, id DESC LIMIT 1) \
         ORDER BY change_set DESC, id DESC LIMIT 1), 0)",
    );
    Ok(load(conn, statement).await?.pop().unwrap_or_default())
}

/// The moment of the newest change set; `None` if there is none yet.
///
/// # Errors
/// If the database fails.
pub async fn last_moment(conn: &mut Conn) -> StoreResult<Option<Timestamp>> {
    let newest = Sql::new("SELECT created_at FROM change_sets ORDER BY created_at DESC, id DESC LIMIT 1");
    Ok(load(conn, newest).await?.pop())
}

/// The last change that was made at all; 0 if there was none yet.
///
/// # Errors
/// If the database fails.
pub async fn last_cut(conn: &mut Conn) -> StoreResult<i64> {
    Ok(load(conn, Sql::new("SELECT coalesce((SELECT max(id) FROM changes), 0)")).await?.pop().unwrap_or_default())
}

/// The rows that met `condition` as of `cut`, as they were then, deleted ones included, sorted by `order`.
///
/// # Errors
/// If the database fails.
pub async fn rows_at<E: Entity>(
    conn: &mut Conn,
    cut: i64,
    condition: Predicate,
    order: &[Field],
) -> StoreResult<Vec<E::Row>> {
    let statement = Sql::new("SELECT ")
        .columns::<E::Table>("")
        .text(" FROM (SELECT ")
        .columns::<E::Table>("")
        .text(" FROM ")
        .text(E::Table::HISTORY)
        .text(" WHERE since <= ")
        .bind(Value::BigInt(cut))
        .text(" AND until > ")
        .bind(Value::BigInt(cut))
        .text(") AS ")
        .text(E::Table::TABLE)
        .text(" WHERE ")
        .push(condition.into_sql());
    let fields = order.iter().copied().chain([Field::new("id")]);
    let statement = statement.text(" ORDER BY ").join(", ", fields.map(|field| Sql::new(field.as_str())));
    load(conn, statement).await
}
