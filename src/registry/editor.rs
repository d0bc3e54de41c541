//! Who writes to the catalogue: every write goes through an [`Editor`], so that none is without an author.

use futures_util::future::BoxFuture;

use super::check::prose;
use super::user_error::{Errors, WriteResult};
use crate::store::{Author, Store, Transaction};

/// Who writes without being asked to by anyone.
pub(super) const MODELRY: &str = "modelry";

/// Someone who writes to the catalogue: one change set for each write.
#[derive(Clone)]
pub struct Editor {
    store: Store,
    author: Author,
}

impl Editor {
    /// Writes to `store` as `author`.
    pub const fn new(store: Store, author: Author) -> Self {
        Self { store, author }
    }

    /// Who writes.
    pub const fn author(&self) -> &Author {
        &self.author
    }

    /// What is written to.
    pub const fn store(&self) -> &Store {
        &self.store
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
        self.store.attempt(self.author.clone(), lasting, work).await
    }
}
