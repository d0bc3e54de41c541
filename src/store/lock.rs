//! Locks on what no single row stands for.

use std::future::Future;

use deadpool::managed::Manager as _;
use diesel::sql_types::{BigInt, Bool};
use diesel_async::RunQueryDsl as _;

use super::backend::{Link, Pool};
use super::read::load;
use super::sql::{Sql, Value};
use super::{Store, StoreResult, Transaction, postgres, uncancelled};

/// Key of the advisory lock of [`Store::alone`]. Any number that nothing else uses.
const ALONE: i64 = 0x6d6f_6465_6c61_6c6f;

/// Something that only one writer may look at and change at a time, since a rule spans many of its rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lock {
    /// The tree of categories, which has no cycles.
    Categories,
    /// The defaults and the successors of models: one default of a kind, and no cycles.
    ModelOrder,
}

impl Lock {
    /// Key of the advisory lock: any number that nothing else uses.
    const fn key(self) -> i64 {
        match self {
            Self::Categories => 0x6d6f_6465_6c63_6174,
            Self::ModelOrder => 0x6d6f_6465_6c6f_7264,
        }
    }

    /// Waits for other writers, and makes them wait until the transaction ends. To be held before any row is locked.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn hold(self, transaction: &mut Transaction) -> StoreResult<()> {
        // SQLite has one writer at a time, and that is us.
        if let Link::Sqlite(_) = transaction.conn().0 {
            return Ok(());
        }
        let lock = Sql::new("SELECT CAST(pg_advisory_xact_lock(").bind(Value::BigInt(self.key())).text(") AS TEXT)");
        load::<String>(transaction.conn(), lock).await.map(drop)
    }
}

impl Store {
    /// Does `work`, unless another instance on the same PostgreSQL database does such work already: `None` then. (A SQLite
    /// file has one instance.)
    ///
    /// # Errors
    /// If the database fails.
    pub async fn alone<T: Send + 'static>(
        &self,
        work: impl Future<Output = T> + Send + 'static,
    ) -> StoreResult<Option<T>> {
        let Pool::Postgres(pool) = &self.pool else { return uncancelled(work).await.map(Some) };
        // On a connection of its own, whose end gives the lock back whatever happens.
        let connected = pool.manager().create().await;
        let mut connection = connected.map_err(|error| postgres::not_connected(&error))?;
        uncancelled(async move {
            let lock =
                diesel::select(diesel::dsl::sql::<Bool>("pg_try_advisory_lock(").bind::<BigInt, _>(ALONE).sql(")"));
            let is_alone: bool = lock.get_result(&mut connection.connection).await?;
            Ok(if is_alone { Some(work.await) } else { None })
        })
        .await?
    }
}
