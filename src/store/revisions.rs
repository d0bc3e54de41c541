//! What is known of the feed's end in this process: the number of the last change of each kind.
//!
//! A process learns of its own commits before whoever made them is told, and of others' by the watch, which is helped by
//! asking now and then. What an answer depends on is unchanged if no change of those kinds, or of those rows ([`recent`]), has come since.

mod recent;
mod token;

use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use super::feed::{Feed, feed};
use super::narrow::Narrow;
use super::read::load;
use super::sql::Sql;
use super::tables::Tables;
use super::{Conn, Store, StoreResult};
use crate::domain::{ChangeKind, Timestamp};
#[cfg(test)]
pub(super) use recent::CHOOSING;
pub(super) use recent::{Learned, changed_here};
use recent::{Recent, changed_behind};
pub use token::Token;

/// How long what is known is good without having been asked for again.
const FRESH: Duration = Duration::from_secs(1);
/// How many kinds there are.
const KINDS: usize = ChangeKind::ALL.len();

/// The revisions that a process knows. Clones share what they know.
#[derive(Clone, Default)]
pub struct Revisions(Arc<State>);

#[derive(Default)]
struct State {
    /// The number of the last change of each kind.
    last: [AtomicI64; KINDS],
    /// The number of the last change that is known of.
    position: AtomicI64,
    /// The number up to which all changes are known, those of other processes too.
    complete: AtomicI64,
    /// What the last changes were of.
    recent: Recent,
    /// The moment of the last change set that was asked for, in microseconds since 1970.
    moment: AtomicI64,
    /// Goes up when what can't be told by numbers has changed.
    generation: AtomicU64,
    asked: Mutex<Asked>,
    /// Held by whoever asks on behalf of a request: the others wait for what that comes to.
    asking: tokio::sync::Mutex<()>,
}

/// What was last asked for.
#[derive(Default)]
struct Asked {
    /// Which feed it is, and up to where it is forgotten.
    feed: Option<(String, i64)>,
    /// When.
    at: Option<Instant>,
}

/// A place in the course of changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Revision {
    pub(super) generation: u64,
    pub(super) position: i64,
    moment: i64,
}

impl Revision {
    /// Whether no change that is made from now on can belong to the time up to `moment`.
    pub fn is_settled(&self, moment: Timestamp) -> bool {
        moment.to_utc().timestamp_micros() <= self.moment
    }
}

impl Revisions {
    /// Where the course of changes is, as far as is known.
    pub fn now(&self) -> Revision {
        Revision {
            generation: self.0.generation.load(Ordering::Acquire),
            position: self.0.position.load(Ordering::Acquire),
            moment: self.0.moment.load(Ordering::Acquire),
        }
    }

    /// Whether none of this has changed since `then`, as far as is known: neither a row of these tables nor one of these rows of
    /// others. `confirmed` is the number of a change up to which that was found before, and is raised by what is found now.
    pub fn are_unchanged(&self, tables: Tables, narrowed: &[Narrow], then: Revision, confirmed: &AtomicI64) -> bool {
        // Before anything is looked at: what comes meanwhile is not confirmed.
        let complete = self.0.complete.load(Ordering::Acquire);
        let after = then.position.max(confirmed.load(Ordering::Acquire));
        let last = |kind: ChangeKind| self.0.last[kind as usize].load(Ordering::Acquire);
        let is_unchanged = self.0.generation.load(Ordering::Acquire) == then.generation
            && tables.kinds().all(|kind| last(kind) <= after)
            && (narrowed.iter().all(|narrow| last(narrow.kind()) <= after) || !self.0.recent.concern(narrowed, after));
        if is_unchanged && complete > after {
            confirmed.fetch_max(complete, Ordering::AcqRel);
        }
        is_unchanged
    }

    /// Whether the feed was asked for lately, so that what other processes changed is known.
    pub fn are_fresh(&self) -> bool {
        self.asked().at.is_some_and(|at| at.elapsed() < FRESH)
    }

    /// Learns of changes.
    pub(super) fn learn(&self, learned: &Learned) {
        for (kind, number) in learned.last() {
            self.0.last[kind as usize].fetch_max(number, Ordering::AcqRel);
        }
        // Behind the kinds: what is found here is taken for known ([`Store::learn_changes`]).
        self.0.recent.learn(learned);
        // Last: who knows the position knows of all changes up to there.
        if let Some(position) = learned.position() {
            self.0.position.fetch_max(position, Ordering::AcqRel);
        }
    }

    /// Learns which feed it is; another one, or one of which more is forgotten, makes all that was known worthless. So does one
    /// that ends before `reached`, a number that it had when it was asked: its server has lost what was committed last.
    pub(super) fn learn_feed(&self, feed: &Feed, reached: i64) {
        let known = (feed.registry.clone(), feed.purged);
        let mut asked = self.asked();
        let is_set_back = feed.last < reached;
        if asked.feed.as_ref() == Some(&known) && !is_set_back {
            return;
        }
        if is_set_back || asked.feed.as_ref().is_some_and(|(registry, _)| *registry != feed.registry) {
            // Its numbers begin anew, or some are given again.
            self.0.recent.forget();
            let State { last, position, complete, moment, .. } = &*self.0;
            last.iter().chain([position, complete, moment]).for_each(|number| number.store(0, Ordering::Release));
        }
        self.0.generation.fetch_add(1, Ordering::AcqRel);
        asked.feed = Some(known);
    }

    fn asked(&self) -> std::sync::MutexGuard<'_, Asked> {
        self.0.asked.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Store {
    /// This handle with what another one of the same database knows of changes, and hears of commits.
    pub fn knowing(self, other: &Self) -> Self {
        Self { revisions: other.revisions.clone(), commits: other.commits.clone(), ..self }
    }

    /// What is known of changes in this process.
    pub const fn revisions(&self) -> &Revisions {
        &self.revisions
    }

    /// Asks for all changes that are not known yet.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn learn_changes(&self) -> StoreResult<()> {
        let began = Instant::now();
        let State { position, complete, moment, .. } = &*self.revisions.0;
        let (upto, reached) = (complete.load(Ordering::Acquire), position.load(Ordering::Acquire));
        let known = self.revisions.clone();
        let answer = self.read(move |conn| Box::pin(async move { changed_since(conn, &known, upto).await })).await?;
        let Some(answer) = answer else { return Ok(()) };
        self.revisions.learn_feed(&answer.feed, reached);
        self.revisions.learn(&answer.learned);
        position.fetch_max(answer.feed.last, Ordering::AcqRel);
        if let Some(latest) = answer.moment {
            moment.fetch_max(latest.to_utc().timestamp_micros(), Ordering::AcqRel);
        }
        complete.fetch_max(answer.feed.last, Ordering::AcqRel);
        let mut asked = self.revisions.asked();
        asked.at = asked.at.max(Some(began));
        Ok(())
    }
}

struct FeedAnswer {
    feed: Feed,
    learned: Learned,
    moment: Option<Timestamp>,
}

/// The feed, and its changes behind number `upto` unless they are all known: they were made here.
async fn changed_since(conn: &mut Conn, known: &Revisions, upto: i64) -> StoreResult<Option<FeedAnswer>> {
    let Some(feed) = feed(conn).await? else { return Ok(None) };
    if feed.last <= upto {
        return Ok(Some(FeedAnswer { feed, learned: Learned::default(), moment: None }));
    }
    // The moment first: a change set that is committed in between is then learned of without its moment.
    let moment = Sql::new("SELECT created_at FROM change_sets ORDER BY id DESC LIMIT 1");
    let moment = load::<Timestamp>(conn, moment).await?.pop();
    let learned = if known.0.recent.are_all_known(upto, feed.last) {
        Learned::default()
    } else {
        Learned::of(load(conn, changed_behind(upto)).await?)
    };
    Ok(Some(FeedAnswer { feed, learned, moment }))
}
