//! Small reads of a request that share a connection.
//!
//! The relations of a page are asked for at the same moment, each by a statement that takes a fraction of a millisecond: to take
//! a connection and a task for each costs more than the statements. On PostgreSQL they are sent one behind the other over one
//! connection, without waiting for the answers; on SQLite one visit of a thread for blocking work runs them all.

use std::collections::VecDeque;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex as Lock, PoisonError, Weak};
use std::time::Duration;

use deadpool::managed::{Object, Pool as Deadpool};
use diesel::SqliteConnection;
use diesel_async::{AsyncPgConnection, SimpleAsyncConnection as _};
use tokio::sync::{Mutex, oneshot};

use super::backend::{Conn, Link, Pool, unreachable};
use super::statistics::{Purpose, Statistics};
use super::{StoreError, StoreResult, postgres, sqlite};

/// How long a server may take to finish what was sent to it and is no longer waited for.
const SETTLING: Duration = Duration::from_secs(30);

/// What the small reads of one request share. Clones share it too.
#[derive(Clone, Default)]
pub(super) struct Sharing {
    lease: Arc<Mutex<Weak<Lease>>>,
    queue: Arc<Lock<Queue>>,
}

/// A way to a database that others use at the same time.
pub(super) enum Shared {
    /// To SQLite.
    Sqlite(Visits),
    /// To PostgreSQL.
    Postgres(Arc<Lease>),
}

impl Sharing {
    /// Takes part; statements are counted into `statistics`.
    pub(super) async fn reader(&self, pool: &Pool, statistics: &Statistics) -> StoreResult<Conn> {
        let shared = match pool {
            Pool::Sqlite { readers, .. } => Shared::Sqlite(Visits {
                queue: Arc::clone(&self.queue),
                readers: readers.clone(),
                statistics: statistics.clone(),
            }),
            Pool::Postgres(pool) => {
                // Held while a connection is taken: who comes meanwhile waits for the same one.
                let mut known = self.lease.lock().await;
                let lease = match known.upgrade() {
                    Some(lease) => lease,
                    None => Arc::new(Lease::take(pool, statistics).await?),
                };
                *known = Arc::downgrade(&lease);
                Shared::Postgres(lease)
            }
        };
        Ok(Conn::shared(shared, statistics))
    }
}

/// A connection to a server over which statements are sent one behind the other.
pub(super) struct Lease {
    object: Option<Object<postgres::Manager>>,
    /// Statements whose answers have not come; those that were given up stay among them.
    under_way: AtomicUsize,
}

impl Lease {
    async fn take(pool: &Deadpool<postgres::Manager>, statistics: &Statistics) -> StoreResult<Self> {
        let object = Box::pin(pool.get()).await.map_err(unreachable)?;
        let conn = Conn::new(Link::Postgres(object), statistics, Purpose::Read);
        let Link::Postgres(object) = conn.0 else { return Err(not_alone()) };
        Ok(Self { object: Some(object), under_way: AtomicUsize::new(0) })
    }

    /// Waits for what a statement comes to.
    ///
    /// # Errors
    /// Those of the statement.
    pub(super) async fn during<'l, T, F>(&'l self, statement: impl FnOnce(&'l AsyncPgConnection) -> F) -> StoreResult<T>
    where
        F: Future<Output = diesel::QueryResult<T>> + Send + 'l,
    {
        let object = self.object.as_ref().ok_or_else(not_alone)?;
        self.under_way.fetch_add(1, Ordering::AcqRel);
        let done = statement(&object.connection).await;
        self.under_way.fetch_sub(1, Ordering::AcqRel);
        Ok(done?)
    }

    /// Gives the connection up: whatever waits for the server fails.
    pub(super) fn end(&self) {
        if let Some(object) = &self.object {
            tokio::spawn(object.ending());
        }
    }
}

impl Drop for Lease {
    fn drop(&mut self) {
        let Some(object) = self.object.take().filter(|_| self.under_way.load(Ordering::Acquire) > 0) else { return };
        // Something was given up half way, and its answer is still to come: nobody is lent the connection before.
        match tokio::runtime::Handle::try_current() {
            Ok(runtime) => drop(runtime.spawn(settle(object))),
            Err(_) => drop(Object::take(object)),
        }
    }
}

/// Waits until a server has answered all that was sent to it, and gives a silent one up.
async fn settle(mut object: Object<postgres::Manager>) {
    let ending = object.ending();
    let settled = tokio::time::timeout(SETTLING, object.connection.batch_execute("")).await;
    if !matches!(settled, Ok(Ok(()))) {
        drop(Object::take(object));
        ending.await;
    }
}

type Work = Box<dyn FnOnce(StoreResult<&mut SqliteConnection>) + Send>;

/// Statements that wait for a visit.
#[derive(Default)]
struct Queue {
    waiting: VecDeque<Work>,
    /// Whether somebody visits, or is on the way.
    is_visited: bool,
}

impl Queue {
    /// The next statement; if there is none, the visit is over.
    fn next(queue: &Lock<Self>) -> Option<Work> {
        let mut queue = queue.lock().unwrap_or_else(PoisonError::into_inner);
        let next = queue.waiting.pop_front();
        queue.is_visited = next.is_some();
        next
    }

    /// Adds a statement; `true` if nobody is on the way to run it.
    fn add(queue: &Lock<Self>, work: Work) -> bool {
        let mut queue = queue.lock().unwrap_or_else(PoisonError::into_inner);
        queue.waiting.push_back(work);
        !std::mem::replace(&mut queue.is_visited, true)
    }
}

/// Visits of a SQLite file, each of which runs all statements that wait.
#[derive(Clone)]
pub(super) struct Visits {
    queue: Arc<Lock<Queue>>,
    readers: Deadpool<sqlite::Manager>,
    statistics: Statistics,
}

impl Visits {
    /// Runs `work` at the next visit. If nobody waits for it any more, it is left out.
    ///
    /// # Errors
    /// If there is no connection, or the database fails.
    pub(super) async fn run<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut SqliteConnection) -> diesel::QueryResult<T> + Send + 'static,
    ) -> StoreResult<T> {
        let (tell, told) = oneshot::channel();
        let work: Work = Box::new(move |connection| {
            if !tell.is_closed() {
                let done = connection.and_then(|connection| Ok(work(connection)?));
                // Whoever asked may have gone away meanwhile.
                let _ = tell.send(done);
            }
        });
        if Queue::add(&self.queue, work) {
            tokio::spawn(self.clone().visit());
        }
        told.await.map_err(|_| StoreError::Unreachable("the work at the database was given up".to_owned()))?
    }

    async fn visit(self) {
        let object = match Box::pin(self.readers.get()).await {
            Ok(object) => object,
            Err(error) => {
                let error = unreachable(error);
                while let Some(work) = Queue::next(&self.queue) {
                    work(Err(error.clone()));
                }
                return;
            }
        };
        let mut conn = Conn::new(Link::Sqlite(object), &self.statistics, Purpose::Read);
        let Link::Sqlite(object) = &mut conn.0 else { return };
        let queue = Arc::clone(&self.queue);
        let visited = object.spawn_blocking(move |sqlite| {
            while let Some(work) = Queue::next(&queue) {
                work(Ok(sqlite));
            }
            Ok(())
        });
        if let Err(error) = visited.await {
            tracing::error!(%error, "a visit of the database broke off");
        }
    }
}

/// What needs a connection to itself was asked of one that is shared.
pub(super) fn not_alone() -> StoreError {
    StoreError::Unsupported("this needs a connection of its own".to_owned())
}
