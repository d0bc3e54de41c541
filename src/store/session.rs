//! How browsers come in: links that are good once, and the sessions that they begin.

use super::read::{Cells, ReadRow, Source, load};
use super::rows::execute_on;
use super::sql::{Sql, Value};
use super::{Conn, StoreResult};
use crate::domain::{Role, Timestamp};

/// A link that signs a browser in, as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignInLink {
    /// SHA-256 of its code, in hexadecimal.
    pub hash: String,
    /// Who is signed in by it.
    pub actor: String,
    /// What they may do then.
    pub role: Role,
    /// When it was made.
    pub created_at: Timestamp,
    /// From when it is no longer good.
    pub expires_at: Timestamp,
}

/// A session as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SessionRow {
    /// Primary key.
    pub id: i64,
    /// SHA-256 of what the browser has, in hexadecimal.
    pub hash: String,
    /// Who.
    pub actor: String,
    /// What they may do.
    pub role: Role,
    /// When it ends, whatever is done until then.
    pub expires_at: Timestamp,
    /// When it was last used, to within a minute or two.
    pub last_used_at: Timestamp,
}

impl ReadRow for SessionRow {
    fn read<'a, S: Source<'a>>(cells: &mut Cells<'_, S>) -> diesel::deserialize::Result<Self> {
        Ok(Self {
            id: cells.next()?,
            hash: cells.next()?,
            actor: cells.next()?,
            role: cells.next()?,
            expires_at: cells.next()?,
            last_used_at: cells.next()?,
        })
    }
}

/// Keeps a link, and forgets those that are over or used.
///
/// # Errors
/// If the database fails.
pub async fn insert_link(conn: &mut Conn, link: SignInLink) -> StoreResult<()> {
    let over = Sql::new("DELETE FROM sign_in_links WHERE used_at IS NOT NULL OR expires_at <= ");
    execute_on(conn, over.bind(Value::Timestamp(link.created_at))).await?;
    let statement = Sql::new("INSERT INTO sign_in_links (hash, actor, role, created_at, expires_at) VALUES (")
        .bind(Value::Text(link.hash))
        .text(", ")
        .bind(Value::Text(link.actor))
        .text(", ")
        .bind(Value::Text(link.role.as_str().to_owned()))
        .text(", ")
        .bind(Value::Timestamp(link.created_at))
        .text(", ")
        .bind(Value::Timestamp(link.expires_at))
        .text(")");
    execute_on(conn, statement).await.map(drop)
}

/// Whether the link with this hash is good at the moment.
///
/// # Errors
/// If the database fails.
pub async fn is_good(conn: &mut Conn, hash: String, now: Timestamp) -> StoreResult<bool> {
    let statement = Sql::new("SELECT count(*) FROM sign_in_links WHERE used_at IS NULL AND hash = ")
        .bind(Value::Text(hash))
        .text(" AND expires_at > ")
        .bind(Value::Timestamp(now));
    Ok(load::<i64>(conn, statement).await?.pop().is_some_and(|count| count > 0))
}

/// Uses up the link with this hash; who is signed in by it and what they may do then. `None` if it is not good, or no
/// longer: of those who use it together one gets it.
///
/// # Errors
/// If the database fails.
pub async fn use_link(conn: &mut Conn, hash: String, now: Timestamp) -> StoreResult<Option<(String, Role)>> {
    let statement = Sql::new("UPDATE sign_in_links SET used_at = ")
        .bind(Value::Timestamp(now))
        .text(" WHERE used_at IS NULL AND hash = ")
        .bind(Value::Text(hash))
        .text(" AND expires_at > ")
        .bind(Value::Timestamp(now))
        .text(" RETURNING actor, role");
    Ok(load(conn, statement).await?.pop())
}

/// Begins a session; the row's id is not looked at.
///
/// # Errors
/// If the database fails.
pub async fn insert(conn: &mut Conn, row: SessionRow) -> StoreResult<()> {
    let statement = Sql::new("INSERT INTO sessions (hash, actor, role, created_at, expires_at, last_used_at) VALUES (")
        .bind(Value::Text(row.hash))
        .text(", ")
        .bind(Value::Text(row.actor))
        .text(", ")
        .bind(Value::Text(row.role.as_str().to_owned()))
        .text(", ")
        .bind(Value::Timestamp(row.last_used_at))
        .text(", ")
        .bind(Value::Timestamp(row.expires_at))
        .text(", ")
        .bind(Value::Timestamp(row.last_used_at))
        .text(")");
    execute_on(conn, statement).await.map(drop)
}

/// The sessions that nobody has ended and that could go on at `now`.
///
/// # Errors
/// If the database fails.
pub async fn open(conn: &mut Conn, now: Timestamp) -> StoreResult<Vec<SessionRow>> {
    let statement = Sql::new(
        "SELECT id, hash, actor, role, expires_at, last_used_at FROM sessions WHERE ended_at IS NULL AND expires_at > ",
    );
    load(conn, statement.bind(Value::Timestamp(now))).await
}

/// Whether anybody has ever signed in.
///
/// # Errors
/// If the database fails.
pub async fn any(conn: &mut Conn) -> StoreResult<bool> {
    let first = load::<i64>(conn, Sql::new("SELECT id FROM sessions ORDER BY id LIMIT 1")).await?;
    Ok(!first.is_empty())
}

/// Ends a session.
///
/// # Errors
/// If the database fails.
pub async fn end(conn: &mut Conn, id: i64, now: Timestamp) -> StoreResult<()> {
    let statement = Sql::new("UPDATE sessions SET ended_at = ")
        .bind(Value::Timestamp(now))
        .text(" WHERE ended_at IS NULL AND id = ")
        .bind(Value::BigInt(id));
    execute_on(conn, statement).await.map(drop)
}

/// Forgets every session and every link to sign in by; whether there were any.
///
/// # Errors
/// If the database fails.
pub async fn clear(conn: &mut Conn) -> StoreResult<bool> {
    let links = execute_on(conn, Sql::new("DELETE FROM sign_in_links")).await?;
    let sessions = execute_on(conn, Sql::new("DELETE FROM sessions")).await?;
    Ok(links + sessions > 0)
}

/// Notes when a session was last used, unless that is known to be later.
///
/// # Errors
/// If the database fails.
pub async fn note_use(conn: &mut Conn, id: i64, at: Timestamp) -> StoreResult<()> {
    let statement = Sql::new("UPDATE sessions SET last_used_at = ")
        .bind(Value::Timestamp(at))
        .text(" WHERE id = ")
        .bind(Value::BigInt(id))
        .text(" AND last_used_at < ")
        .bind(Value::Timestamp(at));
    execute_on(conn, statement).await.map(drop)
}
