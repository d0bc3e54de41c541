//! Streaming replicas of a PostgreSQL server, which reads can be sent to.
//!
//! A replica is used for a request only while it has all changes that this process knows of: what is read there is then as good
//! as what the primary tells, and answers that are kept of it are exact. A task for each replica keeps asking how far it is
//! (`asking`). One that can't be asked, or is no replica of this database any more, is left out until it is one again.

mod asking;
mod standing;

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering};
use std::time::Duration;

use tokio::task::JoinHandle;

use super::backend::{Pool, PoolState};
use super::revisions::{Revision, Revisions};
use super::tables::Tables;
use super::{DatabaseUrl, Store, StoreError, StoreResult, StoreSettings};
use asking::keep_asking;
use standing::Replica;

/// The replicas of a database. Cheap to clone; clones share them.
#[derive(Clone, Default)]
pub struct Replicas(Option<Arc<Shared>>);

struct Shared {
    replicas: Vec<Arc<Replica>>,
    /// Whose turn it is.
    next: AtomicUsize,
    primary: Store,
    by_replica: AtomicU64,
    by_primary: AtomicU64,
    again: AtomicU64,
}

/// The use of a replica for the reads of one request. Clones are the same use.
#[derive(Clone)]
pub struct Use {
    replica: Arc<Replica>,
    has_failed: Arc<AtomicBool>,
}

/// How replicas are used at a moment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReplicasState {
    /// Each of them.
    pub replicas: Vec<ReplicaState>,
    /// Requests that were read from a replica.
    pub by_replica: u64,
    /// Requests that were read from the primary, since no replica had caught up.
    pub by_primary: u64,
    /// Requests that were read from the primary after a replica had failed.
    pub again: u64,
}

/// How a replica stands at a moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ReplicaState {
    /// Its place among the settings, from 1.
    pub number: usize,
    /// Whether it is used while it has caught up.
    pub is_in: bool,
    /// How many changes it lacked when it was asked last; `None` if it never said.
    pub lag: Option<u64>,
}

impl Replicas {
    /// Prepares connections to the replicas at `urls` of the database that `primary` leads to; nothing is opened yet.
    ///
    /// # Errors
    /// If a URL is malformed; with its place among them, from 1.
    pub fn new(urls: &[String], settings: &StoreSettings, primary: &Store) -> Result<Self, (usize, StoreError)> {
        if urls.is_empty() {
            return Ok(Self(None));
        }
        let replica = |(index, url): (usize, &String)| {
            let number = index + 1;
            let made = DatabaseUrl::parse(url).and_then(|url| Replica::new(number, &url, settings));
            made.map(Arc::new).map_err(|error| (number, error))
        };
        let replicas = urls.iter().enumerate().map(replica).collect::<Result<_, _>>()?;
        Ok(Self(Some(Arc::new(Shared {
            replicas,
            next: AtomicUsize::default(),
            primary: primary.clone(),
            by_replica: AtomicU64::default(),
            by_primary: AtomicU64::default(),
            again: AtomicU64::default(),
        }))))
    }

    /// How many there are.
    pub fn count(&self) -> usize {
        self.0.as_ref().map_or(0, |shared| shared.replicas.len())
    }

    /// Keeps asking each of them how far it is, until the tasks are ended.
    pub fn keep_asking(&self) -> Vec<JoinHandle<()>> {
        let Some(shared) = &self.0 else { return Vec::new() };
        let revisions = &shared.primary.revisions;
        let task = |replica: &Arc<Replica>| {
            let commits = shared.primary.commits.subscribe();
            tokio::spawn(keep_asking(Arc::clone(replica), revisions.clone(), commits))
        };
        shared.replicas.iter().map(task).collect()
    }

    /// A replica for a request that begins at this place in the course of changes: one that has all of them. They take turns.
    /// `None` if none has, or if it is not known what others have changed.
    pub fn caught_up(&self, since: Revision) -> Option<Use> {
        let shared = self.0.as_ref()?;
        let found = shared.pick(since);
        let count = if found.is_some() { &shared.by_replica } else { &shared.by_primary };
        count.fetch_add(1, Ordering::Relaxed);
        found.map(|replica| Use { replica, has_failed: Arc::default() })
    }

    /// Counts a request that is read through `store`, from the primary after all. Its answer is not kept: what was begun on the
    /// replica may still be under way, and be counted with it.
    pub fn note_again(&self, store: &Store) {
        store.statistics.reads_all_of(Tables::UNTRACKED);
        if let Some(shared) = &self.0 {
            shared.again.fetch_add(1, Ordering::Relaxed);
        }
    }

    /// How they are used at the moment; `None` if there are none.
    pub fn state(&self) -> Option<ReplicasState> {
        let shared = self.0.as_ref()?;
        let position = shared.primary.revisions.now().position;
        let count = |number: &AtomicU64| number.load(Ordering::Relaxed);
        Some(ReplicasState {
            replicas: shared.replicas.iter().map(|replica| replica.state(position)).collect(),
            by_replica: count(&shared.by_replica),
            by_primary: count(&shared.by_primary),
            again: count(&shared.again),
        })
    }

    /// How the connections to all of them are used at the moment; `None` if there are none.
    pub fn pool(&self) -> Option<PoolState> {
        let pools = self.0.as_ref()?.replicas.iter().flat_map(|replica| replica.pool().states());
        pools
            .reduce(|all, one| PoolState {
                pool: all.pool,
                max: all.max + one.max,
                in_use: all.in_use + one.in_use,
                idle: all.idle + one.idle,
                waiting: all.waiting + one.waiting,
            })
            .map(|all| PoolState { pool: "replicas", ..all })
    }

    /// Closes the connections; those in use when they come back.
    pub fn close(&self) {
        self.0.iter().flat_map(|shared| &shared.replicas).for_each(|replica| replica.close());
    }
}

impl Shared {
    fn pick(&self, since: Revision) -> Option<Arc<Replica>> {
        let revisions: &Revisions = &self.primary.revisions;
        if !revisions.are_fresh() {
            return None;
        }
        let first = self.next.fetch_add(1, Ordering::Relaxed);
        let count = self.replicas.len();
        let mut in_turn = (0..count).map(|offset| &self.replicas[first.wrapping_add(offset) % count]);
        let found = in_turn.find(|replica| replica.has_all(since)).map(Arc::clone);
        if found.is_none() {
            self.replicas.iter().for_each(|replica| replica.doubt());
        }
        found
    }
}

impl Use {
    /// Waits until the replica is left out: whoever waits for an answer of it waits in vain.
    pub async fn lost(&self) {
        self.replica.left_out().await;
    }

    pub(super) fn pool(&self) -> &Pool {
        self.replica.pool()
    }

    /// Takes note that a read has failed. What it was is of no interest to clients, for whom it is done again.
    pub(super) fn failed(&self, error: &StoreError) -> StoreError {
        self.has_failed.store(true, Ordering::Release);
        self.replica.doubt();
        StoreError::Replica(error.to_string())
    }
}

impl Store {
    /// The same database, of which the present is read from a replica, by one request. All else is the primary's: what was,
    /// whose views no replica can have, and writes.
    pub fn read_from(&self, replica: Use) -> Self {
        Self { replica: Some(replica), sharing: super::Sharing::default(), ..self.clone() }
    }

    /// Whether what was read through this handle is what the primary would have told: no read failed, and none was of tables
    /// whose changes are in no feed, so that nobody knows how far the replica is with them.
    pub fn is_sound(&self) -> bool {
        let has_failed = self.replica.as_ref().is_some_and(|replica| replica.has_failed.load(Ordering::Acquire));
        !has_failed && self.statistics.mentioned().are_tracked()
    }

    /// What came of a read.
    pub(super) fn told<T>(&self, done: StoreResult<T>) -> StoreResult<T> {
        match (&self.replica, done) {
            (Some(replica), Err(error)) if self.moment.is_none() => Err(replica.failed(&error)),
            (_, done) => done,
        }
    }
}

/// How long a replica may take to say how far it is.
const PATIENCE: Duration = Duration::from_secs(1);
