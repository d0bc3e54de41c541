//! Tokens for programs, by their hashes, and the number that goes up whenever rights change.

use super::read::{Cells, ReadRow, Source, load};
use super::rows::execute_on;
use super::sql::{Sql, Value};
use super::{Conn, StoreResult};
use crate::domain::{Role, Timestamp};

/// A token as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ApiTokenRow {
    /// Primary key.
    pub id: i64,
    /// What it is called; of those not revoked no two are called the same.
    pub name: String,
    /// SHA-256 of the token, in hexadecimal.
    pub hash: String,
    /// The token's last characters, by which its owner knows it again.
    pub hint: String,
    /// What it may do.
    pub role: Role,
    /// What it is limited to, separated by spaces; `None` for all that its role may do.
    pub scopes: Option<String>,
    /// When it was made.
    pub created_at: Timestamp,
    /// Who made it.
    pub created_by: String,
    /// From when it is no longer good; `None` if that never comes.
    pub expires_at: Option<Timestamp>,
    /// When it was last used, to within a minute or two; `None` if it never was.
    pub last_used_at: Option<Timestamp>,
    /// When it was revoked; `None` while it is good.
    pub revoked_at: Option<Timestamp>,
    /// Who revoked it.
    pub revoked_by: Option<String>,
}

impl ReadRow for ApiTokenRow {
    fn read<'a, S: Source<'a>>(cells: &mut Cells<'_, S>) -> diesel::deserialize::Result<Self> {
        Ok(Self {
            id: cells.next()?,
            name: cells.next()?,
            hash: cells.next()?,
            hint: cells.next()?,
            role: cells.next()?,
            scopes: cells.next()?,
            created_at: cells.next()?,
            created_by: cells.next()?,
            expires_at: cells.next()?,
            last_used_at: cells.next()?,
            revoked_at: cells.next()?,
            revoked_by: cells.next()?,
        })
    }
}

/// The columns of an [`ApiTokenRow`], in order.
const SELECT: &str = "SELECT id, name, hash, hint, role, scopes, created_at, created_by, expires_at, last_used_at, revoked_at, \
                      revoked_by FROM api_tokens";

/// The tokens that are not revoked, by name; those that have expired are among them.
///
/// # Errors
/// If the database fails.
pub async fn unrevoked(conn: &mut Conn) -> StoreResult<Vec<ApiTokenRow>> {
    load(conn, Sql::new(SELECT).text(" WHERE revoked_at IS NULL ORDER BY name")).await
}

/// The token with this id, revoked or not.
///
/// # Errors
/// If the database fails.
pub async fn by_id(conn: &mut Conn, id: i64) -> StoreResult<Option<ApiTokenRow>> {
    Ok(load(conn, Sql::new(SELECT).text(" WHERE id = ").bind(Value::BigInt(id))).await?.pop())
}

/// The token of this name that is not revoked.
///
/// # Errors
/// If the database fails.
pub async fn by_name(conn: &mut Conn, name: String) -> StoreResult<Option<ApiTokenRow>> {
    let named = Sql::new(SELECT).text(" WHERE revoked_at IS NULL AND name = ").bind(Value::Text(name));
    Ok(load(conn, named).await?.pop())
}

/// Keeps a new token; the row's id is not looked at. Answers the id that it was given.
///
/// # Errors
/// [`super::StoreError::Duplicate`] if another that is not revoked has its name; if the database fails.
pub async fn insert(conn: &mut Conn, row: ApiTokenRow) -> StoreResult<i64> {
    let statement = Sql::new(
        "INSERT INTO api_tokens (name, hash, hint, role, scopes, created_at, created_by, expires_at) VALUES (",
    )
    .bind(Value::Text(row.name))
    .text(", ")
    .bind(Value::Text(row.hash))
    .text(", ")
    .bind(Value::Text(row.hint))
    .text(", ")
    .bind(Value::Text(row.role.as_str().to_owned()))
    .text(", ")
    .bind_or_null(row.scopes.map(Value::Text))
    .text(", ")
    .bind(Value::Timestamp(row.created_at))
    .text(", ")
    .bind(Value::Text(row.created_by))
    .text(", ")
    .bind_or_null(row.expires_at.map(Value::Timestamp))
    .text(") RETURNING id");
    Ok(load(conn, statement).await?.pop().unwrap_or_default())
}

/// Revokes a token, if it is not revoked already; whether it was not.
///
/// # Errors
/// If the database fails.
pub async fn revoke(conn: &mut Conn, id: i64, by: String, now: Timestamp) -> StoreResult<bool> {
    let statement = Sql::new("UPDATE api_tokens SET revoked_at = ")
        .bind(Value::Timestamp(now))
        .text(", revoked_by = ")
        .bind(Value::Text(by))
        .text(" WHERE revoked_at IS NULL AND id = ")
        .bind(Value::BigInt(id));
    Ok(execute_on(conn, statement).await? > 0)
}

/// Revokes every token that is not revoked already.
///
/// # Errors
/// If the database fails.
pub async fn revoke_all(conn: &mut Conn, by: String, now: Timestamp) -> StoreResult<()> {
    let statement = Sql::new("UPDATE api_tokens SET revoked_at = ")
        .bind(Value::Timestamp(now))
        .text(", revoked_by = ")
        .bind(Value::Text(by))
        .text(" WHERE revoked_at IS NULL");
    execute_on(conn, statement).await.map(drop)
}

/// Notes when a token was last used, unless that is known to be later.
///
/// # Errors
/// If the database fails.
pub async fn note_use(conn: &mut Conn, id: i64, at: Timestamp) -> StoreResult<()> {
    let statement = Sql::new("UPDATE api_tokens SET last_used_at = ")
        .bind(Value::Timestamp(at))
        .text(" WHERE id = ")
        .bind(Value::BigInt(id))
        .text(" AND (last_used_at IS NULL OR last_used_at < ")
        .bind(Value::Timestamp(at))
        .text(")");
    execute_on(conn, statement).await.map(drop)
}

/// The number that goes up whenever somebody's rights change.
///
/// # Errors
/// If the database fails, or its one row about it is gone.
pub async fn revision(conn: &mut Conn) -> StoreResult<i64> {
    let revision = load(conn, Sql::new("SELECT revision FROM access_state")).await?.pop();
    revision.ok_or_else(|| super::StoreError::Unsupported("the table access_state is empty".to_owned()))
}

/// Tells every instance that somebody's rights have changed, once the transaction is committed.
///
/// # Errors
/// If the database fails.
pub async fn raise_revision(conn: &mut Conn) -> StoreResult<()> {
    execute_on(conn, Sql::new("UPDATE access_state SET revision = revision + 1")).await.map(drop)
}
