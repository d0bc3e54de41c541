//! Somebody who follows the feed.

use std::collections::VecDeque;
use std::sync::Arc;

use tokio::sync::broadcast;
use tokio::sync::broadcast::error::RecvError;

use super::batch::Batch;
use super::filter::Filter;
use super::{PushError, Shared, present};
use crate::loader::ChangeItem;
use crate::store::feed::{ChangeFilter, Feed, changes_after};

/// Most changes that a follower reads for itself at once.
const PAGE: usize = 200;

/// Gives each change that it wants once, in order.
pub struct Follower {
    /// Dropped before `leaving` tells of it.
    batches: broadcast::Receiver<Arc<Batch>>,
    wanted: ChangeFilter,
    filter: Filter,
    feed: Feed,
    /// All changes up to here were given, or are in `read` or `batch`.
    position: i64,
    /// Whether there may be changes behind the position that will not be handed out.
    is_behind: bool,
    /// What was read by the follower itself.
    read: VecDeque<ChangeItem>,
    /// What was handed out, and how much of it was looked at.
    batch: Option<(Arc<Batch>, usize)>,
    leaving: Leaving,
}

/// Tells the task that reads when it is dropped.
pub(super) struct Leaving(Arc<Shared>);

impl Leaving {
    pub(super) fn of(shared: &Arc<Shared>) -> Self {
        Self(Arc::clone(shared))
    }
}

impl Drop for Leaving {
    fn drop(&mut self) {
        self.0.left.notify_one();
    }
}

impl Follower {
    pub(super) fn new(
        leaving: Leaving,
        batches: broadcast::Receiver<Arc<Batch>>,
        wanted: ChangeFilter,
        feed: Feed,
    ) -> Self {
        let (filter, position) = (Filter::new(&wanted), feed.last);
        Self { batches, wanted, filter, feed, position, is_behind: false, read: VecDeque::new(), batch: None, leaving }
    }

    /// The feed as it was when this began to follow it.
    pub const fn feed(&self) -> &Feed {
        &self.feed
    }

    /// Begins behind this change, instead of at the feed's end.
    pub const fn start_after(&mut self, number: i64) {
        self.position = number;
        self.is_behind = true;
    }

    /// The next change that is wanted, as soon as there is one.
    ///
    /// # Errors
    /// If the database fails, or what comes next is no longer kept. There is nothing to be had after that.
    pub async fn next(&mut self) -> Result<ChangeItem, PushError> {
        loop {
            if let Some(change) = self.read.pop_front() {
                return Ok(change);
            }
            if let Some(change) = self.next_of_batch().await? {
                return Ok(change);
            }
            if self.is_behind {
                self.catch_up().await?;
                continue;
            }
            match self.batches.recv().await {
                Ok(batch) => self.take(batch),
                Err(RecvError::Lagged(_)) => self.is_behind = true,
                Err(RecvError::Closed) => std::future::pending().await,
            }
        }
    }

    /// Takes a batch that was handed out, unless something is missing between it and the position.
    fn take(&mut self, batch: Arc<Batch>) {
        if batch.after > self.position {
            // Read by itself, the batch's own changes included: they are dropped below then.
            self.is_behind = true;
        } else if batch.upto > self.position {
            self.batch = Some((batch, 0));
        }
    }

    async fn next_of_batch(&mut self) -> Result<Option<ChangeItem>, PushError> {
        let Some((batch, at)) = &mut self.batch else { return Ok(None) };
        while let Some(change) = batch.changes.get(*at) {
            *at += 1;
            if change.id > self.position && self.filter.takes(batch, change).await? {
                return Ok(Some(change.clone()));
            }
        }
        self.position = batch.upto;
        self.batch = None;
        Ok(None)
    }

    /// Reads what comes next, up to the end of the feed or of a page.
    async fn catch_up(&mut self) -> Result<(), PushError> {
        let store = &self.leaving.0.store;
        let (after, wanted) = (self.position, self.wanted.clone());
        let work = store.read_snapshot(move |conn| {
            Box::pin(async move { Ok((present(conn).await?, changes_after(conn, after, &wanted, PAGE).await?)) })
        });
        let (feed, rows) = work.await?;
        if after < feed.purged {
            return Err(PushError::Purged);
        }
        let last = rows.last().map(|row| row.id);
        self.is_behind = rows.len() == PAGE;
        self.position = if self.is_behind { last.unwrap_or(after) } else { last.unwrap_or(after).max(feed.last) };
        self.read.extend(ChangeItem::items_of(store, rows, self.feed.clone()));
        Ok(())
    }
}
