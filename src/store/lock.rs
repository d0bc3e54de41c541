//! Locks on what no single row stands for.

use super::backend::Link;
use super::read::load;
use super::sql::{Sql, Value};
use super::{StoreResult, Transaction};

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
