//! A replica, and how it stands.

use std::fmt;
use std::sync::atomic::{AtomicI64, Ordering};

use tokio::sync::{Notify, watch};

use super::super::backend::Pool;
use super::super::revisions::Revision;
use super::super::{DatabaseUrl, Store, StoreResult, StoreSettings};
use super::{PATIENCE, ReplicaState};

/// A replica.
pub(super) struct Replica {
    /// Its place among the settings, from 1.
    pub(super) number: usize,
    /// For requests.
    store: Store,
    /// The same, over a connection for which no request has to wait.
    pub(super) own: Store,
    standing: watch::Sender<Standing>,
    /// The number of the last change that it was seen to have; negative as long as it has not said.
    position: AtomicI64,
    /// Given when there is reason to ask it at once.
    doubted: Notify,
}

/// How a replica stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Standing {
    /// It is not used.
    Out(Reason),
    /// It is used, for what needs no later changes than these.
    In {
        /// Of which feed its number is: as in [`Revision`].
        generation: u64,
        /// The number of the last change that it has; none that the process doesn't know of.
        position: i64,
    },
}

/// Why a replica is not used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Reason {
    /// It was not asked yet, or it is not known what it would have to say.
    NotAsked,
    /// It can't be asked.
    Failing(String),
    /// It takes writes of its own.
    NoStandby,
    /// It is another registry's.
    OtherRegistry,
    /// It lacks migrations that the primary has.
    OlderSchema,
    /// It has changes that the primary doesn't have.
    Ahead,
}

impl fmt::Display for Reason {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::NotAsked => "it was not asked yet",
            Self::Failing(why) => return write!(formatter, "it can't be asked: {why}"),
            Self::NoStandby => "it is no standby: it was promoted, or never was one, and takes writes of its own",
            Self::OtherRegistry => "it has another registry",
            Self::OlderSchema => "it lacks migrations that the primary has",
            Self::Ahead => "it has changes that the primary doesn't have",
        })
    }
}

impl Replica {
    /// Prepares connections to the replica at `url`.
    ///
    /// # Errors
    /// If the URL is malformed.
    pub(super) fn new(number: usize, url: &DatabaseUrl, settings: &StoreSettings) -> StoreResult<Self> {
        let own = StoreSettings { connections: 1, wait_timeout: PATIENCE, ..*settings };
        Ok(Self {
            number,
            store: Store::new(url, settings)?,
            own: Store::new(url, &own)?.impatient(PATIENCE),
            standing: watch::Sender::new(Standing::Out(Reason::NotAsked)),
            position: AtomicI64::new(-1),
            doubted: Notify::new(),
        })
    }

    pub(super) const fn pool(&self) -> &Pool {
        &self.store.pool
    }

    /// Whether it is known to have all changes up to this place.
    pub(super) fn has_all(&self, since: Revision) -> bool {
        matches!(*self.standing.borrow(), Standing::In { generation, position }
            if generation == since.generation && position >= since.position)
    }

    /// Has it asked soon.
    pub(super) fn doubt(&self) {
        self.doubted.notify_one();
    }

    /// Waits for a reason to ask it at once.
    pub(super) async fn doubted(&self) {
        self.doubted.notified().await;
    }

    /// Waits until it is not used.
    pub(super) async fn left_out(&self) {
        let mut standing = self.standing.subscribe();
        // Fails only if the replica itself is gone.
        drop(standing.wait_for(|standing| matches!(standing, Standing::Out(_))).await);
    }

    /// Takes note of how far it said that it is.
    pub(super) fn saw(&self, position: i64) {
        self.position.store(position, Ordering::Relaxed);
    }

    /// Changes how it stands; says so in the log, once, when it is left out for another reason, or used again.
    pub(super) fn stands(&self, now: Standing) {
        let number = self.number;
        let mut before = None;
        // Whoever waits to hear that it is left out is woken only when something is different.
        self.standing.send_if_modified(|standing| {
            let is_different = *standing != now;
            if is_different {
                before = Some(std::mem::replace(standing, now.clone()));
            }
            is_different
        });
        let Some(before) = before else { return };
        match (before, now) {
            (Standing::Out(before), Standing::Out(now)) if before.is_like(&now) => {}
            (_, Standing::Out(reason)) => tracing::warn!("replica {number} is left out: {reason}"),
            (Standing::Out(_), Standing::In { .. }) => tracing::info!("replica {number} is used"),
            (Standing::In { .. }, Standing::In { .. }) => {}
        }
    }

    pub(super) fn state(&self, primary: i64) -> ReplicaState {
        let position = self.position.load(Ordering::Relaxed);
        let lag = u64::try_from(primary.saturating_sub(position)).unwrap_or_default();
        ReplicaState {
            number: self.number,
            is_in: matches!(*self.standing.borrow(), Standing::In { .. }),
            lag: (position >= 0).then_some(lag),
        }
    }

    pub(super) fn close(&self) {
        self.store.close();
        self.own.close();
    }
}

impl Reason {
    /// Whether it is the same reason, in whatever words a server gives it.
    fn is_like(&self, other: &Self) -> bool {
        std::mem::discriminant(self) == std::mem::discriminant(other)
    }
}
