//! Connections to a SQLite file.

mod file;

use std::ops::{Deref, DerefMut};
use std::path::{Path, PathBuf};
use std::time::Duration;

use deadpool::managed::{Manager as _, Metrics, Pool as Deadpool, RecycleError, RecycleResult};
use diesel::connection::SimpleConnection;
use diesel::{Connection, ConnectionError, QueryResult, SqliteConnection};

use super::backend::{AsyncSqlite, Pool, is_broken};
use super::error::LOCKED;
use super::past::{self, Past};
use super::prepared::Prepared;
use super::watch::Commits;
use super::{StoreError, StoreResult, StoreSettings};

/// How long a connection waits for a lock of another's, in milliseconds.
const BUSY_TIMEOUT: &str = "PRAGMA busy_timeout = 10000";

/// Makes readers and the writer work beside each other. Lasts in the file.
const WRITE_AHEAD_LOG: &str = "PRAGMA journal_mode = WAL";

/// How often, and how far apart, the switch to the write-ahead log is tried: for as long as locks are waited for.
const SWITCH_ATTEMPTS: u32 = 500;
const SWITCH_PAUSE: Duration = Duration::from_millis(20);

/// Settings of every connection. `synchronous = FULL`: an acknowledged write survives a loss of power.
const PRAGMAS: &str = "
    PRAGMA synchronous = FULL;
    PRAGMA foreign_keys = ON;
    PRAGMA temp_store = MEMORY;
    PRAGMA cache_size = -8192;
    PRAGMA trusted_schema = OFF;
";

/// Room for the pages of all indexes that an import writes here and there.
const LARGE_CACHE: &str = "PRAGMA cache_size = -131072";

/// Opens connections to one file.
pub(in crate::store) struct Manager {
    path: PathBuf,
    role: Role,
}

/// What a connection is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Role {
    Writer,
    /// Writes much at once.
    BulkWriter,
    Reader,
    /// Reads what was.
    Past,
}

/// A connection, and the cut that it reads as of if it leads to the past.
pub(in crate::store) struct SqliteLink {
    pub(super) connection: AsyncSqlite,
    pub(super) cut: Option<i64>,
    pub(super) prepared: Prepared,
}

impl Deref for SqliteLink {
    type Target = AsyncSqlite;

    fn deref(&self) -> &AsyncSqlite {
        &self.connection
    }
}

impl DerefMut for SqliteLink {
    fn deref_mut(&mut self) -> &mut AsyncSqlite {
        &mut self.connection
    }
}

/// Makes the pools for `path`, creating its folder: for the present, and for the past.
pub(super) fn pools(path: &Path, settings: &StoreSettings) -> StoreResult<(Pool, Past)> {
    file::make_folder(path)?;
    file::warn_if_exposed(path);
    let build = |role, size| {
        Deadpool::builder(Manager { path: path.to_owned(), role })
            .max_size(size)
            .runtime(deadpool::Runtime::Tokio1)
            .wait_timeout(Some(settings.wait_timeout))
            .build()
            .map_err(|error| StoreError::Unsupported(error.to_string()))
    };
    let writer = if settings.writes_much { Role::BulkWriter } else { Role::Writer };
    let present = Pool::Sqlite { readers: build(Role::Reader, settings.connections)?, writer: build(writer, 1)? };
    Ok((present, Past::Sqlite(build(Role::Past, past::connections(settings))?)))
}

impl deadpool::managed::Manager for Manager {
    type Type = SqliteLink;
    type Error = ConnectionError;

    async fn create(&self) -> Result<SqliteLink, ConnectionError> {
        let (path, role) = (self.path.clone(), self.role);
        let opened = tokio::task::spawn_blocking(move || open(&path, role)).await;
        let connection = opened.map_err(|error| ConnectionError::BadConnection(error.to_string()))??;
        Ok(SqliteLink { connection: AsyncSqlite::new(connection), cut: None, prepared: Prepared::default() })
    }

    async fn recycle(&self, link: &mut SqliteLink, _: &Metrics) -> RecycleResult<ConnectionError> {
        if is_broken(&mut link.connection) {
            return Err(RecycleError::message("a transaction was left open"));
        }
        link.prepared.bound(&mut link.connection);
        Ok(())
    }
}

#[derive(diesel::QueryableByName)]
struct DataVersion {
    #[diesel(sql_type = diesel::sql_types::BigInt)]
    data_version: i64,
}

/// Tells of commits of other processes, within `interval`: the file has no way to call. The version is a number that
/// differs when another connection has committed; to ask for it reads no page.
pub(super) async fn poll(readers: Deadpool<Manager>, interval: Duration, signal: Commits) {
    let mut ticks = tokio::time::interval(interval);
    ticks.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    let mut connection: Option<SqliteLink> = None;
    let mut seen = None;
    while !readers.is_closed() {
        ticks.tick().await;
        if connection.is_none() {
            // Of its own, since each connection counts for itself.
            connection = readers.manager().create().await.ok();
            seen = None;
        }
        let Some(open) = &mut connection else { continue };
        match open.spawn_blocking(data_version).await {
            Ok(version) if seen == Some(version) => {}
            Ok(version) => {
                seen = Some(version);
                signal.tell();
            }
            Err(error) => {
                tracing::warn!(%error, "the file could not be asked for changes; it is opened anew");
                connection = None;
            }
        }
    }
}

fn data_version(sqlite: &mut SqliteConnection) -> QueryResult<i64> {
    use diesel::RunQueryDsl as _;
    diesel::sql_query("PRAGMA data_version").get_result::<DataVersion>(sqlite).map(|row| row.data_version)
}

fn open(path: &Path, role: Role) -> Result<SqliteConnection, ConnectionError> {
    let shown = path.display();
    let wrong = |error: String| ConnectionError::BadConnection(format!("{shown}: {error}"));
    file::make(path);
    let mut connection =
        SqliteConnection::establish(&path.to_string_lossy()).map_err(|error| wrong(error.to_string()))?;
    let set_up = |connection: &mut SqliteConnection| {
        connection.batch_execute(BUSY_TIMEOUT)?;
        use_write_ahead_log(connection)?;
        connection.batch_execute(PRAGMAS)?;
        if role == Role::Past {
            past::prepare_sqlite(connection)?;
        }
        match role {
            Role::Writer => Ok(()),
            Role::BulkWriter => connection.batch_execute(LARGE_CACHE),
            Role::Reader | Role::Past => connection.batch_execute("PRAGMA query_only = ON"),
        }
    };
    set_up(&mut connection).map_err(|error| wrong(error.to_string()))?;
    Ok(connection)
}

/// Switches a new file to the write-ahead log; does nothing to one that has it.
///
/// Of processes that open a new file together, all but one fail at once here: the switch reads before it locks, and
/// SQLite doesn't let a reader wait for a lock, since two could wait for each other. So it is tried again.
#[expect(
    clippy::disallowed_methods,
    reason = "connections are opened on threads for blocking work, where no request waits"
)]
fn use_write_ahead_log(connection: &mut SqliteConnection) -> QueryResult<()> {
    for _ in 1..SWITCH_ATTEMPTS {
        match connection.batch_execute(WRITE_AHEAD_LOG) {
            Err(error) if is_locked(&error) => std::thread::sleep(SWITCH_PAUSE),
            done => return done,
        }
    }
    connection.batch_execute(WRITE_AHEAD_LOG)
}

/// Whether another connection's lock was in the way.
fn is_locked(error: &diesel::result::Error) -> bool {
    matches!(error, diesel::result::Error::DatabaseError(_, information) if information.message() == LOCKED)
}
