//! Answers that were given before, and are still true.
//!
//! An answer is kept with the tables that its statements mentioned, or the rows of them that they looked up, and the place in
//! the course of changes where it was begun. It is given again as long as no change of these has come since, which a process
//! learns of its own writers before they are answered, and of others within a bounded time ([`crate::store::revisions`]). Where
//! it can't be known, nothing is taken from here. Of those who ask the same at once, one asks the database.

mod answer;
mod gzip;
mod key;

use std::future::Future;
use std::pin::{Pin, pin};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use moka::future::Cache;
use moka::ops::compute::Op;

use crate::store::narrow::Narrow;
use crate::store::revisions::{Revision, Revisions};
use crate::store::tables::Tables;
pub use answer::Kept;
pub use key::{Key, Question};

/// How long it is remembered that what a request asks for can't be kept.
const NEVER: Duration = Duration::from_secs(10);
/// Of what a kept answer weighs beside its own bytes.
const OVERHEAD: usize = 512;
/// How often an answer is asked for whose flight took off before the last change.
const ATTEMPTS: usize = 3;

/// Answers. Cheap to clone; clones share them.
#[derive(Clone)]
pub struct Answers {
    entries: Option<Cache<Key, Entry>>,
    /// Largest answer that is kept, in bytes.
    largest: usize,
    revisions: Revisions,
    counts: Arc<Counts>,
}

#[derive(Clone)]
enum Entry {
    Kept(Arc<Kept>),
    /// What comes of this request can't be kept, or could not a moment ago.
    Not(Instant),
}

/// What an answer depends on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dependence {
    /// The tables any row of which may matter.
    pub tables: Tables,
    /// The rows of other tables that matter.
    pub narrowed: Arc<[Narrow]>,
    /// Since when.
    pub since: Revision,
    /// Whether it tells only of a past that can't change any more.
    pub is_settled: bool,
}

/// What became of those who asked.
#[derive(Debug, Default)]
struct Counts {
    hits: AtomicU64,
    misses: AtomicU64,
    bypassed: AtomicU64,
    evicted: Arc<AtomicU64>,
}

/// How answers are kept at a moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CacheState {
    /// Requests that were answered from here.
    pub hits: u64,
    /// Requests for which the database was asked, and that could have been answered from here.
    pub misses: u64,
    /// Requests that were never looked for.
    pub bypassed: u64,
    /// Answers that had to go, for want of room.
    pub evicted: u64,
    /// Answers that are kept.
    pub entries: u64,
    /// The bytes that they take.
    pub bytes: u64,
}

/// What somebody gets who asks.
pub enum Outcome<Other> {
    /// An answer that is true; `true` if it was kept already.
    Kept(Arc<Kept>, bool),
    /// An answer that can't be kept.
    Other(Other),
}

impl Answers {
    /// Keeps up to so many bytes of answers; none if it is 0.
    pub fn new(bytes: u64, largest: usize, revisions: Revisions) -> Self {
        let counts = Arc::new(Counts::default());
        let evicted = Arc::clone(&counts.evicted);
        let entries = (bytes > 0).then(|| {
            Cache::builder()
                .max_capacity(bytes)
                .weigher(|_, entry: &Entry| u32::try_from(entry.weight()).unwrap_or(u32::MAX))
                .eviction_listener(move |_, _, cause| {
                    if cause == moka::notification::RemovalCause::Size {
                        evicted.fetch_add(1, Ordering::Relaxed);
                    }
                })
                .build()
        });
        Self { entries, largest, revisions, counts }
    }

    /// Where the course of changes is: to be taken before an answer is begun that is to be kept.
    pub fn now(&self) -> Revision {
        self.revisions.now()
    }

    /// The answer to this, if it is known to be true.
    pub async fn find(&self, key: &Key) -> Option<Arc<Kept>> {
        let Entry::Kept(kept) = self.usable()?.get(key).await? else { return None };
        self.is_true(&kept).then(|| {
            self.counts.hits.fetch_add(1, Ordering::Relaxed);
            kept
        })
    }

    /// The answer to this: the one that is kept, the one that somebody else is waiting for, or what `ask` comes to, which is
    /// kept if it says what it depends on.
    pub async fn get<Other>(&self, key: Key, ask: impl Future<Output = Result<Kept, Other>>) -> Outcome<Other> {
        let mut ask = pin!(async { outcome_of(ask.await) });
        if let Some(entries) = self.usable() {
            for _ in 0..ATTEMPTS {
                if matches!(entries.get(&key).await, Some(Entry::Not(since)) if since.elapsed() < NEVER) {
                    break;
                }
                if let Some(outcome) = self.fly(entries, key, ask.as_mut()).await {
                    return outcome;
                }
            }
        }
        self.counts.bypassed.fetch_add(1, Ordering::Relaxed);
        ask.await
    }

    /// Asks, unless somebody else does so already; `None`, with nothing asked, if what they got is of no use.
    async fn fly<Other>(
        &self,
        entries: &Cache<Key, Entry>,
        key: Key,
        ask: Pin<&mut impl Future<Output = Outcome<Other>>>,
    ) -> Option<Outcome<Other>> {
        let mut outcome = None;
        let told = &mut outcome;
        let flight = entries.entry(key).and_compute_with(|known| async move {
            match known.map(moka::Entry::into_value) {
                Some(Entry::Kept(kept)) if self.is_true(&kept) => {
                    self.counts.hits.fetch_add(1, Ordering::Relaxed);
                    *told = Some(Outcome::Kept(kept, true));
                    return Op::Nop;
                }
                // Somebody else has just found out.
                Some(Entry::Not(since)) if since.elapsed() < NEVER => return Op::Nop,
                _ => {}
            }
            self.counts.misses.fetch_add(1, Ordering::Relaxed);
            let asked = ask.await;
            let op = self.keeping(&asked);
            *told = Some(asked);
            op
        });
        flight.await;
        outcome
    }

    /// What is done with what somebody got.
    fn keeping<Other>(&self, outcome: &Outcome<Other>) -> Op<Entry> {
        match outcome {
            Outcome::Kept(kept, _) if kept.size() > self.largest => Op::Put(Entry::Not(Instant::now())),
            Outcome::Kept(kept, _) if self.is_true(kept) => Op::Put(Entry::Kept(Arc::clone(kept))),
            // Something was written meanwhile: who asked before may have it, and nobody else.
            Outcome::Kept(..) => Op::Remove,
            Outcome::Other(_) => Op::Put(Entry::Not(Instant::now())),
        }
    }

    /// Keeps the compressed form of an answer, too.
    pub async fn compressed(&self, key: Key, kept: &Arc<Kept>) -> Arc<Kept> {
        let compressed = Arc::new(kept.with_gzip());
        if let Some(entries) = self.usable().filter(|_| compressed.size() <= self.largest && self.is_true(&compressed))
        {
            entries.insert(key, Entry::Kept(Arc::clone(&compressed))).await;
        }
        compressed
    }

    /// How answers are kept.
    pub async fn state(&self) -> CacheState {
        let count = |number: &AtomicU64| number.load(Ordering::Relaxed);
        let (mut entries, mut bytes) = (0, 0);
        if let Some(cache) = &self.entries {
            cache.run_pending_tasks().await;
            (entries, bytes) = (cache.entry_count(), cache.weighted_size());
        }
        let Counts { hits, misses, bypassed, evicted } = &*self.counts;
        let [hits, misses, bypassed, evicted] = [hits, misses, bypassed, evicted].map(count);
        CacheState { hits, misses, bypassed, evicted, entries, bytes }
    }

    fn usable(&self) -> Option<&Cache<Key, Entry>> {
        self.entries.as_ref().filter(|_| self.revisions.are_fresh())
    }

    fn is_true(&self, kept: &Kept) -> bool {
        let Dependence { tables, narrowed, since, .. } = &kept.dependence;
        self.revisions.are_unchanged(*tables, narrowed, *since, &kept.confirmed)
    }
}

impl Entry {
    fn weight(&self) -> usize {
        match self {
            Self::Kept(kept) => kept.weight() + OVERHEAD,
            Self::Not(_) => OVERHEAD,
        }
    }
}

fn outcome_of<Other>(asked: Result<Kept, Other>) -> Outcome<Other> {
    match asked {
        Ok(kept) => Outcome::Kept(Arc::new(kept), false),
        Err(other) => Outcome::Other(other),
    }
}
