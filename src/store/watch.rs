//! Waiting for commits: those of this process, of other processes, of other machines.
//!
//! A [`Watch`] tells only that something may have changed, never what: whoever is woken reads the feed from where it
//! was. So a wake-up too many costs a statement, and one that got lost costs time but no change.

use std::time::Duration;

use tokio::sync::watch;
use tokio::task::JoinHandle;

use super::Store;
use super::backend::Pool;
use super::{postgres, sqlite};

/// The signal that a store gives after each of its commits. Clones are one signal.
#[derive(Clone)]
pub(super) struct Commits(watch::Sender<()>);

impl Default for Commits {
    fn default() -> Self {
        Self(watch::Sender::new(()))
    }
}

impl Commits {
    /// Wakes every watch.
    pub(super) fn tell(&self) {
        self.0.send_replace(());
    }

    /// Hears of the commits of this process, and of what its watches hear of.
    pub(super) fn subscribe(&self) -> watch::Receiver<()> {
        self.0.subscribe()
    }
}

/// Hears of commits; stops to listen when dropped.
pub struct Watch {
    commits: watch::Receiver<()>,
    outside: JoinHandle<()>,
}

impl Watch {
    /// Waits until something may have been committed since this was last awaited.
    pub async fn committed(&mut self) {
        if self.commits.changed().await.is_err() {
            std::future::pending::<()>().await;
        }
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        self.outside.abort();
    }
}

impl Store {
    /// Begins to listen for commits. Those of other processes are heard at once on PostgreSQL, by a connection of its
    /// own, and on SQLite within `poll`.
    pub fn watch(&self, poll: Duration) -> Watch {
        let (commits, signal) = (self.commits.subscribe(), self.commits.clone());
        let outside = match &self.pool {
            Pool::Sqlite { readers, .. } => tokio::spawn(sqlite::poll(readers.clone(), poll, signal)),
            Pool::Postgres(pool) => tokio::spawn(postgres::listen(pool.clone(), signal)),
        };
        Watch { commits, outside }
    }
}
