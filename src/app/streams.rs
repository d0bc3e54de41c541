//! The answers that go on: how many there may be, and their end when the server stops.

use std::sync::Arc;

use tokio::sync::{OwnedSemaphorePermit, Semaphore, watch};

/// The streams that are open. Cheap to clone; clones count together.
#[derive(Clone)]
pub struct Streams {
    free: Arc<Semaphore>,
    most: usize,
    stopping: watch::Sender<bool>,
}

/// A place among the streams; free again when dropped.
pub struct OpenStream {
    _place: OwnedSemaphorePermit,
    stopping: watch::Receiver<bool>,
}

impl Streams {
    /// Allows so many at once.
    pub fn new(most: usize) -> Self {
        let most = most.min(Semaphore::MAX_PERMITS);
        Self { free: Arc::new(Semaphore::new(most)), most, stopping: watch::Sender::new(false) }
    }

    /// Takes a place; `None` if none is free, or the server stops.
    pub fn open(&self) -> Option<OpenStream> {
        if *self.stopping.borrow() {
            return None;
        }
        let place = Arc::clone(&self.free).try_acquire_owned().ok()?;
        Some(OpenStream { _place: place, stopping: self.stopping.subscribe() })
    }

    /// How many are open.
    pub fn count(&self) -> usize {
        self.most.saturating_sub(self.free.available_permits())
    }

    /// How many there may be.
    pub const fn most(&self) -> usize {
        self.most
    }

    /// Ends all of them, and lets no more in.
    pub fn stop(&self) {
        self.stopping.send_replace(true);
    }

    /// Waits until none is open.
    pub async fn ended(&self) {
        let all = u32::try_from(self.most).unwrap_or(u32::MAX);
        drop(self.free.acquire_many(all).await);
    }
}

impl OpenStream {
    /// Waits until the server stops.
    pub async fn stopped(&mut self) {
        // Fails when nobody is left who could stop it.
        drop(self.stopping.wait_for(|stopping| *stopping).await);
    }
}
