//! The only door to the database.
//!
//! Every use of a connection runs in a task of its own: a client that hangs up can't leave a statement or a
//! transaction half way, and a connection goes back to its pool only when it is at rest.

mod analyze;
mod author;
mod backend;
mod condition;
mod entity;
mod error;
mod joined;
mod migrate;

mod past;
mod postgres;
mod prepared;
mod read;
mod shared;
mod sqlite;
mod statistics;
mod transaction;
mod turn;
mod url;
mod watch;

pub mod alias;
pub mod api_token;
pub mod audit;
pub mod bulk;
pub mod capability;
pub mod capability_link;
pub mod category;
pub mod category_link;
pub mod change_list;
pub mod change_set;
pub mod dump;
pub mod facets;
pub mod feed;
pub mod history;
pub mod lifecycle;
pub mod links;
pub mod lock;
pub mod looked_at;
pub mod master_key;
pub mod model;
pub mod model_pointer;
pub mod model_state;
pub mod model_version;
pub mod narrow;
pub mod obstacles;
pub mod order;
pub mod page;
pub mod parameter;
pub mod predicate;
pub mod price;
pub mod purge;
pub mod replicas;
pub mod reversal;
pub mod revisions;
pub mod rows;
pub mod schema;
pub mod search;
pub mod search_index;
pub mod session;
pub mod sql;
pub mod state;
pub mod successor;
pub mod supplier;
pub mod supplier_key;
pub mod tables;
pub mod verify;

use std::future::Future;
use std::sync::Arc;
use std::time::Duration;

use futures_util::future::BoxFuture;

pub use author::{Author, SourceFile};
pub use backend::{Conn, PoolState};
use backend::{Link, Pool};
pub use entity::{Entity, Fresh, Ranked, Row};
pub use error::{StoreError, StoreResult};
pub use joined::Joined;
use looked_at::LookedAt;
pub use migrate::SchemaState;
use revisions::Revisions;
use search_index::SearchIndex;
use shared::{Shared, Sharing};
pub use statistics::{Purpose, Read, StatementTime, StatementTotal, Statistics};
pub use transaction::Transaction;
use turn::Turns;
pub use url::DatabaseUrl;
use watch::Commits;
pub use watch::Watch;

use crate::domain::Timestamp;
use past::{Moment, Past};

/// How the store uses its database.
#[derive(Debug, Clone, Copy)]
pub struct StoreSettings {
    /// Most connections held at once (readers, on SQLite, beside one writer).
    pub connections: usize,
    /// How long a request waits for a connection to become free.
    pub wait_timeout: Duration,
    /// How long a server may take to accept a connection.
    pub connect_timeout: Duration,
    /// Whether much may be written at once, for which SQLite's writer is given 128 MB to keep pages in instead of 8.
    pub writes_much: bool,
    /// How much memory the index of models may take, in bytes, about; 0 for none.
    pub max_index_bytes: u64,
}

/// The database. Cheap to clone; clones share connections.
#[derive(Clone)]
pub struct Store {
    pool: Pool,
    past: Past,
    moment: Option<Moment>,
    statistics: Statistics,
    commits: Commits,
    revisions: Revisions,
    turns: Turns,
    patience: Option<Duration>,
    sharing: Sharing,
    index: SearchIndex,
    /// Where the present is read, if not from the primary.
    replica: Option<replicas::Use>,
    looked_at: LookedAt,
}

impl Store {
    /// Prepares connections to the database at `url`. A SQLite file's folder is made; nothing is opened yet.
    ///
    /// # Errors
    /// If the folder can't be made or the URL is malformed.
    pub fn new(url: &DatabaseUrl, settings: &StoreSettings) -> StoreResult<Self> {
        let (pool, past) = match url {
            DatabaseUrl::Sqlite(path) => sqlite::pools(path, settings)?,
            DatabaseUrl::Postgres(url) => postgres::pools(url, settings)?,
        };
        Ok(Self {
            pool,
            past,
            moment: None,
            statistics: Statistics::default(),
            commits: Commits::default(),
            revisions: Revisions::default(),
            turns: Turns::new(settings.wait_timeout),
            patience: None,
            sharing: Sharing::default(),
            index: SearchIndex::new(settings.max_index_bytes),
            replica: None,
            looked_at: LookedAt::ALL,
        })
    }

    /// The same database, of whose server an answer is waited for so long only: a read or a transaction that takes longer fails,
    /// and its connection is given up. A server may fall silent without ending a connection, and would keep it for good.
    pub fn impatient(&self, patience: Duration) -> Self {
        Self { patience: Some(patience), ..self.clone() }
    }

    /// The same database, for work that takes as long as it takes.
    pub fn patient(&self) -> Self {
        Self { patience: None, ..self.clone() }
    }

    /// The same database with counts of its own, for one request.
    pub fn counted(&self) -> Self {
        Self { statistics: self.statistics.anew(false), sharing: Sharing::default(), ..self.clone() }
    }

    /// As [`Store::counted`], with the time of each statement remembered as well.
    pub fn timed(&self) -> Self {
        Self { statistics: self.statistics.anew(true), sharing: Sharing::default(), ..self.clone() }
    }

    /// The same database, for who looks at no other columns of the rows that are read: these may be left unread.
    pub fn looking_at(&self, looked_at: LookedAt) -> Self {
        Self { looked_at, ..self.clone() }
    }

    /// How the pools of connections are used at the moment.
    pub fn pools(&self) -> Vec<PoolState> {
        let mut states = self.pool.states();
        states.push(self.past.state());
        states
    }

    /// The same database as it was at `moment`: reads find what was so then, writes are refused. Clones of the handle
    /// read the very same state.
    pub fn at(&self, moment: Timestamp) -> Self {
        // Nothing is older, and PostgreSQL doesn't go back as far as clients can.
        let moment = moment.max(Timestamp::new(chrono::DateTime::UNIX_EPOCH));
        self.statistics.goes_back_to(moment);
        Self { moment: Some(Moment::new(moment)), ..self.clone() }
    }

    /// The moment that is read as of; `None` if that is the present.
    pub fn moment(&self) -> Option<Timestamp> {
        self.moment.as_ref().map(Moment::timestamp)
    }

    /// What was sent to the database through this handle and its clones.
    pub const fn statistics(&self) -> &Statistics {
        &self.statistics
    }

    /// Closes the connections; those in use when they come back.
    pub fn close(&self) {
        self.pool.close();
        self.past.close();
    }

    /// Runs `work` on a connection for reading, to its end even if the caller goes away.
    ///
    /// # Errors
    /// Those of `work`, and [`StoreError::Unreachable`].
    pub async fn read<T, Work>(&self, work: Work) -> StoreResult<T>
    where
        T: Send + 'static,
        Work: for<'c> FnOnce(&'c mut Conn) -> BoxFuture<'c, StoreResult<T>> + Send + 'static,
    {
        let store = self.clone();
        let done = uncancelled(async move {
            let mut conn = store.reader().await?.looking_at(store.looked_at);
            let _patience = conn.given_up_after(store.patience);
            work(&mut conn).await
        });
        self.told(done.await?)
    }

    /// As [`Store::read`], for small statements of which a request has several at a time: they share a connection, and end
    /// with their caller.
    ///
    /// # Errors
    /// Those of `work`, which can't open transactions, and [`StoreError::Unreachable`].
    pub async fn read_along<T, Work>(&self, work: Work) -> StoreResult<T>
    where
        T: Send + 'static,
        Work: for<'c> FnOnce(&'c mut Conn) -> BoxFuture<'c, StoreResult<T>> + Send + 'static,
    {
        if self.moment.is_some() {
            return self.read(work).await;
        }
        let conn = self.told(self.sharing.reader(self.pool(), &self.statistics).await)?;
        let mut conn = conn.looking_at(self.looked_at);
        let (Link::Shared(Shared::Postgres(lease)), Some(patience)) = (&conn.0, self.patience) else {
            let done = work(&mut conn).await;
            return self.told(done);
        };
        let lease = Arc::clone(lease);
        let done = tokio::time::timeout(patience, work(&mut conn)).await.unwrap_or_else(|_| {
            tracing::warn!("a PostgreSQL connection was in use for {patience:?}, and is given up");
            lease.end();
            Err(StoreError::Unreachable("the server doesn't answer".to_owned()))
        });
        self.told(done)
    }

    /// The connections that the present is read over.
    fn pool(&self) -> &Pool {
        self.replica.as_ref().map_or(&self.pool, replicas::Use::pool)
    }

    async fn reader(&self) -> StoreResult<Conn> {
        match &self.moment {
            None => self.pool().reader(&self.statistics).await,
            Some(moment) => self.past.reader(moment, &self.statistics).await,
        }
    }

    /// Like [`Store::read`], with every statement of `work` seeing the same state of the database.
    ///
    /// # Errors
    /// Those of `work`, and [`StoreError::Unreachable`].
    pub async fn read_snapshot<T, Work>(&self, work: Work) -> StoreResult<T>
    where
        T: Send + 'static,
        Work: for<'c> FnOnce(&'c mut Conn) -> BoxFuture<'c, StoreResult<T>> + Send + 'static,
    {
        self.read(move |conn| {
            Box::pin(async move {
                conn.begin_snapshot().await?;
                let result = work(conn).await;
                let ended = conn.rollback().await;
                let value = result?;
                ended.map(|()| value)
            })
        })
        .await
    }
}

/// Runs `work` in a task of its own, which begins at once: what is left to await is small.
fn uncancelled<T: Send + 'static>(
    work: impl Future<Output = T> + Send + 'static,
) -> impl Future<Output = StoreResult<T>> + Send {
    use tracing::Instrument;
    let task = tokio::spawn(work.in_current_span());
    async move {
        task.await.map_err(|error| StoreError::Unreachable(format!("the work at the database was given up: {error}")))
    }
}
