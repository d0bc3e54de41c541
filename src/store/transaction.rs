//! Writing: transactions, whose changes become change sets.

use futures_util::future::BoxFuture;

use super::author::Author;
use super::{Conn, Store, StoreError, StoreResult, author, uncancelled};
use crate::domain::Timestamp;

/// A transaction that may write. What it changes becomes one change set.
pub struct Transaction {
    conn: Conn,
    moment: Timestamp,
    author: Author,
}

impl Transaction {
    /// The connection that the transaction is open on, for reads within it.
    pub const fn conn(&mut self) -> &mut Conn {
        &mut self.conn
    }

    /// The moment of the change set, later than that of every change set before: when rows are made and changed.
    pub const fn now(&self) -> Timestamp {
        self.moment
    }

    /// Who writes.
    pub const fn author(&self) -> &Author {
        &self.author
    }

    /// The id of the change set that the changes so far make; `None` as long as there is none.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn change_set(&mut self) -> StoreResult<Option<i64>> {
        author::current(&mut self.conn).await
    }
}

impl Store {
    /// Runs `work` in a transaction, to its end even if the caller goes away: all of its writes last, or none. They are
    /// kept in the history as `author`'s. One transaction writes at a time; the others wait.
    ///
    /// # Errors
    /// Those of `work`, whose writes are then undone, and [`StoreError::Unreachable`]; [`StoreError::Unsupported`] if the
    /// handle is one of the past.
    pub async fn write<T, E, Work>(&self, author: Author, work: Work) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
        Work: for<'c> FnOnce(&'c mut Transaction) -> BoxFuture<'c, Result<T, E>> + Send + 'static,
    {
        self.attempt(author, true, work).await
    }

    /// Runs `work` in a transaction, to its end even if the caller goes away, that leaves the catalogue alone: what it writes
    /// has no history and nobody's change set. All of it lasts, or nothing.
    ///
    /// # Errors
    /// Those of `work`, whose writes are then undone, and [`StoreError::Unreachable`].
    pub async fn record<T, E, Work>(&self, work: Work) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
        Work: for<'c> FnOnce(&'c mut Conn) -> BoxFuture<'c, Result<T, E>> + Send + 'static,
    {
        let store = self.clone();
        uncancelled(async move {
            let mut conn = store.pool.writer(&store.statistics).await?;
            let _patience = conn.given_up_after(store.patience);
            conn.begin().await?;
            let done = work(&mut conn).await;
            if done.is_ok() {
                conn.commit().await?;
            } else {
                give_up(&mut conn).await;
            }
            done
        })
        .await?
    }

    /// Like [`Store::write`], but the writes last only if `lasting`: else it tells what would come of them.
    ///
    /// # Errors
    /// As [`Store::write`].
    pub async fn attempt<T, E, Work>(&self, author: Author, lasting: bool, work: Work) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
        Work: for<'c> FnOnce(&'c mut Transaction) -> BoxFuture<'c, Result<T, E>> + Send + 'static,
    {
        if self.moment.is_some() {
            return Err(StoreError::Unsupported("the past can't be changed".to_owned()).into());
        }
        let store = self.clone();
        uncancelled(async move {
            let turn = store.turns.next(&store.pool).await?;
            let mut conn = store.pool.writer(&store.statistics).await?;
            let _patience = conn.given_up_after(store.patience);
            let announced = author::begin(&mut conn, author.clone()).await?;
            let mut transaction = Transaction { conn, moment: announced.moment, author };
            let done = work(&mut transaction).await;
            if !lasting || done.is_err() {
                give_up(&mut transaction.conn).await;
                return done;
            }
            let changed = author::conclude(&mut transaction.conn, announced, turn).await?;
            // Before anybody is told: who writes, reads what they have written.
            store.revisions.learn(&changed);
            store.commits.tell();
            done
        })
        .await?
    }
}

/// Undoes what the open transaction wrote, if one is open still.
pub(super) async fn give_up(conn: &mut Conn) {
    if let Err(failure) = conn.rollback().await {
        tracing::warn!(error = %failure, "a transaction could not be rolled back; its connection is dropped");
    }
}
