//! The one task that reads the feed for all followers.

use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use super::batch::Batch;
use super::{CAPACITY, Shared, read_feed};
use crate::store::StoreResult;
use crate::store::feed::{ChangeFilter, Feed, changes_after};

/// Most changes of a batch.
const BATCH: usize = 500;
/// How long to wait after a failure.
const RETRY: Duration = Duration::from_millis(500);
/// How long to wait for slow followers before going on without them, and in which steps.
const PATIENCE: Duration = Duration::from_millis(500);
const STEP: Duration = Duration::from_millis(5);

/// Hands out what comes behind the end of `feed`, until nobody follows any more.
pub(super) async fn run(shared: Arc<Shared>, feed: Feed) {
    let mut watch = shared.store.watch(shared.poll);
    let mut reader = Reader { position: feed.last, feed, is_patient: true };
    loop {
        if let Err(error) = reader.read_all(&shared).await {
            tracing::warn!(%error, "the feed of changes can't be read; it is tried again");
            tokio::time::sleep(RETRY).await;
            // What was purged meanwhile is lost to those who have not seen it; their own reading tells them so.
            if let Ok(feed) = read_feed(&shared.store).await {
                reader.position = reader.position.max(feed.purged);
            }
            if !is_followed(&shared).await {
                return;
            }
            continue;
        }
        tokio::select! {
            () = watch.committed() => {}
            () = shared.left.notified() => {}
        }
        if !is_followed(&shared).await {
            return;
        }
    }
}

/// Whether anybody follows. If not, the next who does starts another task.
async fn is_followed(shared: &Shared) -> bool {
    if shared.batches.receiver_count() > 0 {
        return true;
    }
    let mut notifier = shared.notifier.lock().await;
    if shared.batches.receiver_count() > 0 {
        return true;
    }
    *notifier = None;
    false
}

struct Reader {
    feed: Feed,
    position: i64,
    /// Whether slow followers are waited for.
    is_patient: bool,
}

impl Reader {
    /// Hands out all that there is.
    async fn read_all(&mut self, shared: &Shared) -> StoreResult<()> {
        loop {
            let after = self.position;
            let work = shared.store.read(move |conn| {
                Box::pin(async move { changes_after(conn, after, &ChangeFilter::default(), BATCH).await })
            });
            let rows = work.await?;
            let is_last = rows.len() < BATCH;
            if !rows.is_empty() {
                let batch = Batch::new(&shared.store, &self.feed, after, rows);
                self.position = batch.upto;
                self.wait_for_slow_ones(shared).await;
                // Fails if nobody follows, which is found out afterwards.
                drop(shared.batches.send(Arc::new(batch)));
                shared.position.store(self.position, Ordering::Relaxed);
            }
            if is_last {
                return Ok(());
            }
        }
    }

    /// Gives followers time to take what was handed out: an import is read faster than it is sent, and each follower
    /// that falls behind would read it for itself. Those who take too long are not waited for again before they are
    /// back: they hold up nobody.
    async fn wait_for_slow_ones(&mut self, shared: &Shared) {
        self.is_patient |= shared.batches.len() < CAPACITY / 2;
        let started = tokio::time::Instant::now();
        while self.is_patient && shared.batches.len() >= CAPACITY - 1 {
            tokio::time::sleep(STEP).await;
            self.is_patient = started.elapsed() < PATIENCE;
        }
    }
}
