//! Pushing the feed of changes to whoever follows it.
//!
//! One task for a process (`notifier`) reads each change once, in order, and hands it to all followers. A follower
//! (`follower`) that begins in the past reads for itself what it has missed, then takes what is handed out; if it is too
//! slow for that, it reads for itself again from where it was. So nothing is missed and nothing comes twice, and the database is asked
//! once for each batch, however many follow. Nobody follows: nothing is read, and nothing is listened to.

mod batch;
mod filter;
mod follower;
mod notifier;

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use tokio::sync::{Mutex, Notify, broadcast};
use tokio::task::JoinHandle;

use crate::store::feed::{ChangeFilter, Feed, feed};
use crate::store::{Conn, Store, StoreError, StoreResult};
use batch::Batch;
pub use follower::Follower;
use follower::Leaving;

/// Batches that a follower can be behind before it has to read for itself.
const CAPACITY: usize = 64;

/// A follower can't go on.
#[derive(Debug, Clone, thiserror::Error)]
pub enum PushError {
    /// What comes next is no longer kept.
    #[error("the changes that come next are no longer kept")]
    Purged,
    /// The database can't be read.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// The feed, as it is pushed. Cheap to clone; clones share the task that reads it.
#[derive(Clone)]
pub struct Push(Arc<Shared>);

struct Shared {
    store: Store,
    poll: Duration,
    batches: broadcast::Sender<Arc<Batch>>,
    /// The task that reads, while there are followers.
    notifier: Mutex<Option<JoinHandle<()>>>,
    /// The number of the last change that was handed out.
    position: AtomicI64,
    /// Given when a follower leaves.
    left: Notify,
}

/// How the feed is followed at a moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PushState {
    /// How many follow.
    pub followers: usize,
    /// The number of the last change that was handed to them; `None` if nobody follows.
    pub position: Option<i64>,
}

impl Push {
    /// Prepares to push the feed of this database; nothing is read before somebody follows. Commits of other processes
    /// to a SQLite file are looked for every `poll`.
    pub fn new(store: Store, poll: Duration) -> Self {
        let (batches, _) = broadcast::channel(CAPACITY);
        Self(Arc::new(Shared {
            store,
            poll,
            batches,
            notifier: Mutex::default(),
            position: AtomicI64::default(),
            left: Notify::new(),
        }))
    }

    /// How the feed is followed at the moment.
    pub fn state(&self) -> PushState {
        let followers = self.0.batches.receiver_count();
        let position = (followers > 0).then(|| self.0.position.load(Ordering::Relaxed));
        PushState { followers, position }
    }

    /// Follows the feed, for what meets `filter`, from its present end unless [`Follower::start_after`] says otherwise.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn follow(&self, filter: ChangeFilter) -> StoreResult<Follower> {
        let shared = &self.0;
        let mut notifier = shared.notifier.lock().await;
        let leaving = Leaving::of(shared);
        // Before the feed's end is read, so that whatever comes behind it is handed out to this follower too; and before
        // the task looks whether anybody follows.
        let batches = shared.batches.subscribe();
        let feed = read_feed(&shared.store).await?;
        if notifier.as_ref().is_none_or(JoinHandle::is_finished) {
            shared.position.store(feed.last, Ordering::Relaxed);
            *notifier = Some(tokio::spawn(notifier::run(Arc::clone(shared), feed.clone())));
        }
        drop(notifier);
        Ok(Follower::new(leaving, batches, filter, feed))
    }
}

/// The feed as it is now.
async fn read_feed(store: &Store) -> StoreResult<Feed> {
    store.read(|conn| Box::pin(present(conn))).await
}

async fn present(conn: &mut Conn) -> StoreResult<Feed> {
    feed(conn).await?.ok_or_else(|| StoreError::Unsupported("the database's feed of changes has no name".to_owned()))
}
