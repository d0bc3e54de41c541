//! Who writes to the catalogue: every write goes through an [`Editor`], so that none is without an author.

use std::sync::{Arc, Mutex, PoisonError};

use futures_util::future::BoxFuture;

use super::check::prose;
use super::user_error::{Errors, WriteResult};
use crate::domain::Timestamp;
use crate::store::{Author, Store, Transaction};

/// Who writes without being asked to by anyone.
pub(super) const MODELRY: &str = "modelry";

/// Someone who writes to the catalogue: one change set for each write.
#[derive(Clone)]
pub struct Editor {
    store: Store,
    author: Author,
    moment: Arc<Mutex<Option<Timestamp>>>,
}

impl Editor {
    /// Writes to `store` as `author`.
    pub fn new(store: Store, author: Author) -> Self {
        Self { store, author, moment: Arc::default() }
    }

    /// The same, to undo this change set.
    pub fn reverting(&self, change_set: i64) -> Self {
        Self { author: Author { reverts: Some(change_set), ..self.author.clone() }, ..self.clone() }
    }

    /// Who writes.
    pub const fn author(&self) -> &Author {
        &self.author
    }

    /// What is written to.
    pub const fn store(&self) -> &Store {
        &self.store
    }

    /// The moment of the last write, which is that of its change set if it changed anything; `None` before the first.
    pub fn moment(&self) -> Option<Timestamp> {
        *self.moment.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Runs `work` in a transaction: all of its writes last, as one change set, or none.
    ///
    /// # Errors
    /// Those of `work`, whose writes are then undone; if the reason can't be taken, or the database fails.
    pub async fn write<T, Work>(&self, work: Work) -> WriteResult<T>
    where
        T: Send + 'static,
        Work: for<'c> FnOnce(&'c mut Transaction) -> BoxFuture<'c, WriteResult<T>> + Send + 'static,
    {
        self.attempt(true, work).await
    }

    /// Like [`Editor::write`], but the writes last only if `lasting`: else it tells what would come of them.
    ///
    /// # Errors
    /// As [`Editor::write`].
    pub async fn attempt<T, Work>(&self, lasting: bool, work: Work) -> WriteResult<T>
    where
        T: Send + 'static,
        Work: for<'c> FnOnce(&'c mut Transaction) -> BoxFuture<'c, WriteResult<T>> + Send + 'static,
    {
        let mut errors = Errors::default();
        if let Some(reason) = &self.author.reason {
            errors.note("reason", prose(reason));
        }
        errors.finish()?;
        self.store.attempt(self.author.clone(), lasting, noting(Arc::clone(&self.moment), work)).await
    }
}

/// `work`, with the moment of its change set noted first.
fn noting<T, Work>(
    moment: Arc<Mutex<Option<Timestamp>>>,
    work: Work,
) -> impl for<'c> FnOnce(&'c mut Transaction) -> BoxFuture<'c, WriteResult<T>> + Send + 'static
where
    Work: for<'c> FnOnce(&'c mut Transaction) -> BoxFuture<'c, WriteResult<T>> + Send + 'static,
{
    move |transaction| {
        *moment.lock().unwrap_or_else(PoisonError::into_inner) = Some(transaction.now());
        work(transaction)
    }
}
