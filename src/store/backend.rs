//! The two databases behind one connection type.
//!
//! A query is written once and expanded for both by [`on_backend!`]; nothing outside this file asks which
//! database it is, except where a split is marked with its reason. A move to an asynchronous `MultiConnection`
//! of Diesel's would stay in this file.

use std::time::Duration;

use deadpool::managed::{Object, Pool as Deadpool, PoolError};
use diesel::QueryResult;
use diesel::SqliteConnection;
use diesel::connection::{AnsiTransactionManager, TransactionManager as _};
use diesel_async::sync_connection_wrapper::SyncConnectionWrapper;
use diesel_async::{AsyncConnection, AsyncPgConnection, SimpleAsyncConnection as _, TransactionManager as _};

use super::looked_at::LookedAt;
use super::prepared::Prepared;
use super::shared::{Shared, not_alone};
use super::statistics::{Counter, Purpose, Statistics};
use super::{StoreError, StoreResult, postgres, sqlite};

/// SQLite behind an asynchronous face.
pub(super) type AsyncSqlite = SyncConnectionWrapper<SqliteConnection>;

/// Expands `$body` once for each database, with `$inner` as its connection.
macro_rules! on_backend {
    ($connection:expr, |$inner:ident| $body:expr) => {
        match &mut $connection.0 {
            $crate::store::backend::Link::Sqlite(object) => {
                let $inner: &mut $crate::store::backend::AsyncSqlite = &mut object.connection;
                $body
            }
            $crate::store::backend::Link::Postgres(object) => {
                let $inner: &mut diesel_async::AsyncPgConnection = &mut object.connection;
                $body
            }
            $crate::store::backend::Link::Shared(_) => return Err($crate::store::shared::not_alone().into()),
        }
    };
}
pub(super) use on_backend;

/// The connections to one database.
#[derive(Clone)]
pub(super) enum Pool {
    /// Readers and one writer: SQLite writes one at a time anyway, and a queue in the process beats a busy database.
    Sqlite { readers: Deadpool<sqlite::Manager>, writer: Deadpool<sqlite::Manager> },
    /// One pool for all.
    Postgres(Deadpool<postgres::Manager>),
}

/// A connection taken from a pool; it goes back when dropped.
pub struct Conn(pub(super) Link, Statistics, LookedAt);

/// The database that a connection leads to.
#[expect(clippy::large_enum_variant, reason = "one for each connection in use: a box would cost more than it saves")]
pub(super) enum Link {
    /// To SQLite.
    Sqlite(Object<sqlite::Manager>),
    /// To PostgreSQL.
    Postgres(Object<postgres::Manager>),
    /// To either, beside others: only single statements can be read.
    Shared(Shared),
}

impl Pool {
    /// Takes a connection for reading; its statements are counted into `statistics`.
    pub(super) async fn reader(&self, statistics: &Statistics) -> StoreResult<Conn> {
        let link = match self {
            Self::Sqlite { readers, .. } => Link::Sqlite(Box::pin(readers.get()).await.map_err(unreachable)?),
            Self::Postgres(pool) => Link::Postgres(Box::pin(pool.get()).await.map_err(unreachable)?),
        };
        Ok(Conn::new(link, statistics, Purpose::Read))
    }

    /// Takes a connection for writing; its statements are counted into `statistics`.
    pub(super) async fn writer(&self, statistics: &Statistics) -> StoreResult<Conn> {
        let link = match self {
            Self::Sqlite { writer, .. } => Link::Sqlite(Box::pin(writer.get()).await.map_err(unreachable)?),
            Self::Postgres(pool) => Link::Postgres(Box::pin(pool.get()).await.map_err(unreachable)?),
        };
        Ok(Conn::new(link, statistics, Purpose::Write))
    }

    /// How each of its pools is used at the moment.
    pub(super) fn states(&self) -> Vec<PoolState> {
        match self {
            Self::Sqlite { readers, writer } => {
                vec![PoolState::new("readers", &readers.status()), PoolState::new("writer", &writer.status())]
            }
            Self::Postgres(pool) => vec![PoolState::new("all", &pool.status())],
        }
    }

    /// Closes every connection; those in use when they come back.
    pub(super) fn close(&self) {
        match self {
            Self::Sqlite { readers, writer } => {
                readers.close();
                writer.close();
            }
            Self::Postgres(pool) => pool.close(),
        }
    }
}

/// How a pool of connections is used at a moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PoolState {
    /// Which: `readers` and `writer` on SQLite, `all` on PostgreSQL, `past` for reading what was, `replicas` for all of those.
    pub pool: &'static str,
    /// Most connections.
    pub max: usize,
    /// Connections in use.
    pub in_use: usize,
    /// Connections that are open and free.
    pub idle: usize,
    /// How many wait for one.
    pub waiting: usize,
}

impl PoolState {
    pub(super) fn new(pool: &'static str, status: &deadpool::Status) -> Self {
        let in_use = status.size.saturating_sub(status.available);
        Self { pool, max: status.max_size, in_use, idle: status.available, waiting: status.waiting }
    }
}

pub(super) fn unreachable<E: std::fmt::Display>(error: PoolError<E>) -> StoreError {
    StoreError::Unreachable(match error {
        PoolError::Timeout(_) => "no connection became free in time".to_owned(),
        other => other.to_string(),
    })
}

/// What gives up a connection in the end.
pub(super) struct GivingUp(Option<tokio::task::JoinHandle<()>>);

impl Drop for GivingUp {
    fn drop(&mut self) {
        self.0.iter().for_each(tokio::task::JoinHandle::abort);
    }
}

impl Conn {
    /// A connection whose statements are counted into `statistics`.
    pub(super) fn new(link: Link, statistics: &Statistics, purpose: Purpose) -> Self {
        Self(link, statistics.clone(), LookedAt::ALL).counted(statistics, purpose)
    }

    /// A way to a database that others use at the same time; whoever made it counts the statements.
    pub(super) fn shared(shared: Shared, statistics: &Statistics) -> Self {
        Self(Link::Shared(shared), statistics.clone(), LookedAt::ALL)
    }

    /// Where its statements are counted.
    pub(super) const fn statistics(&self) -> &Statistics {
        &self.1
    }

    /// The connection, for who looks only at these columns.
    pub(super) const fn looking_at(mut self, looked_at: LookedAt) -> Self {
        self.2 = looked_at;
        self
    }

    /// The columns that will be looked at.
    pub(super) const fn looked_at(&self) -> &LookedAt {
        &self.2
    }

    pub(super) fn counted(mut self, statistics: &Statistics, purpose: Purpose) -> Self {
        self.1 = statistics.clone();
        let counter = |prepared: &Prepared| Counter::new(statistics.clone(), purpose, prepared.clone());
        match &mut self.0 {
            Link::Sqlite(object) => {
                let counter = counter(&object.prepared);
                object.connection.set_instrumentation(counter);
            }
            Link::Postgres(object) => {
                let counter = counter(&object.prepared);
                object.connection.set_instrumentation(counter);
            }
            Link::Shared(_) => {}
        }
        self
    }

    /// Gives up a connection to a server that is in use for longer than this: what waits for the server fails then, and the
    /// pool makes another. Nothing is done if what this answers is dropped before.
    pub(super) fn given_up_after(&self, limit: Option<Duration>) -> GivingUp {
        let (Link::Postgres(object), Some(limit)) = (&self.0, limit) else { return GivingUp(None) };
        let ending = object.ending();
        GivingUp(Some(tokio::spawn(async move {
            tokio::time::sleep(limit).await;
            tracing::warn!("a PostgreSQL connection was in use for {limit:?}, and is given up");
            // By itself: whoever waits for the server, and then for this, is let go first.
            tokio::spawn(ending);
        })))
    }

    /// Whether the connection leads to the past.
    pub(super) fn is_of_the_past(&self) -> bool {
        match &self.0 {
            Link::Sqlite(object) => object.cut.is_some(),
            Link::Postgres(object) => object.cut.is_some(),
            Link::Shared(_) => false,
        }
    }

    /// Opens a transaction that may write. SQLite takes the write lock at once: a transaction that reads first
    /// and finds the lock taken later could only fail.
    pub(super) async fn begin(&mut self) -> StoreResult<()> {
        match &mut self.0 {
            Link::Sqlite(object) => {
                object
                    .spawn_blocking(|sqlite| AnsiTransactionManager::begin_transaction_sql(sqlite, "BEGIN IMMEDIATE"))
                    .await?;
            }
            Link::Postgres(object) => object.begin("BEGIN").await?,
            Link::Shared(_) => return Err(not_alone()),
        }
        Ok(())
    }

    /// Opens a transaction that only reads, in which every statement sees the same state of the database.
    pub(super) async fn begin_snapshot(&mut self) -> StoreResult<()> {
        match &mut self.0 {
            Link::Sqlite(object) => {
                object
                    .spawn_blocking(|sqlite| AnsiTransactionManager::begin_transaction_sql(sqlite, "BEGIN DEFERRED"))
                    .await?;
            }
            Link::Postgres(object) => {
                object.begin("BEGIN ISOLATION LEVEL REPEATABLE READ, READ ONLY").await?;
            }
            Link::Shared(_) => return Err(not_alone()),
        }
        Ok(())
    }

    /// Makes the open transaction's writes last.
    pub(super) async fn commit(&mut self) -> StoreResult<()> {
        match &mut self.0 {
            Link::Sqlite(object) => object.spawn_blocking(AnsiTransactionManager::commit_transaction).await?,
            Link::Postgres(object) => object.end("COMMIT").await?,
            Link::Shared(_) => return Err(not_alone()),
        }
        Ok(())
    }

    /// Whether a transaction is open, as far as is known.
    pub(super) fn is_open(&mut self) -> bool {
        match &mut self.0 {
            Link::Sqlite(object) => is_broken(&mut object.connection),
            Link::Postgres(object) => object.open,
            Link::Shared(_) => false,
        }
    }

    /// Undoes the open transaction's writes.
    pub(super) async fn rollback(&mut self) -> StoreResult<()> {
        match &mut self.0 {
            Link::Sqlite(object) => object.spawn_blocking(AnsiTransactionManager::rollback_transaction).await?,
            Link::Postgres(object) => object.end("ROLLBACK").await?,
            Link::Shared(_) => return Err(not_alone()),
        }
        Ok(())
    }
}

/// Whether a transaction was left open on the connection, so that it can't be lent again.
pub(super) fn is_broken<C: AsyncConnection>(connection: &mut C) -> bool {
    C::TransactionManager::is_broken_transaction_manager(connection)
}

/// Sends PostgreSQL a command; others may be sent to the connection before this one is answered.
pub(super) async fn send(mut connection: &AsyncPgConnection, command: &'static str) -> QueryResult<()> {
    connection.batch_execute(command).await
}
