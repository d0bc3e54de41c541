//! Whose turn it is to write, within the process.
//!
//! One transaction changes the catalogue at a time. Those that wait do so here rather than in the database: they hold no
//! connection that a reader could use, and the next begins without a word from the server.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::{Mutex, OwnedMutexGuard};

use super::backend::Pool;
use super::{StoreError, StoreResult};

/// The turn to write, which lasts until this is dropped.
pub(super) type Turn = OwnedMutexGuard<()>;

/// The turns of a process's writers, first come, first served. Clones are one queue.
#[derive(Clone)]
pub(super) struct Turns {
    turn: Arc<Mutex<()>>,
    wait_timeout: Duration,
}

impl Turns {
    pub(super) fn new(wait_timeout: Duration) -> Self {
        Self { turn: Arc::default(), wait_timeout }
    }

    /// Waits for the turn to write to `pool`; `None` if the pool itself
    /// makes writers wait: SQLite has one connection that writes.
    pub(super) async fn next(&self, pool: &Pool) -> StoreResult<Option<Turn>> {
        let Pool::Postgres(_) = pool else { return Ok(None) };
        let turn = tokio::time::timeout(self.wait_timeout, Arc::clone(&self.turn).lock_owned()).await;
        turn.map(Some).map_err(|_| StoreError::Unreachable("other writes did not end in time".to_owned()))
    }
}
