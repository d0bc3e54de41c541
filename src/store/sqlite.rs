//! Connections to a SQLite file.

use std::path::{Path, PathBuf};

use deadpool::managed::{Metrics, Pool as Deadpool, RecycleError, RecycleResult};
use diesel::connection::SimpleConnection;
use diesel::{Connection, ConnectionError, SqliteConnection};

use super::backend::{AsyncSqlite, Pool, is_broken};
use super::{StoreError, StoreResult, StoreSettings};

/// Settings of every connection. `synchronous = FULL`: an acknowledged write survives a loss of power.
const PRAGMAS: &str = "
    PRAGMA busy_timeout = 10000;
    PRAGMA journal_mode = WAL;
    PRAGMA synchronous = FULL;
    PRAGMA foreign_keys = ON;
    PRAGMA temp_store = MEMORY;
    PRAGMA cache_size = -8192;
    PRAGMA trusted_schema = OFF;
";

/// Opens connections to one file.
pub(in crate::store) struct Manager {
    path: PathBuf,
    read_only: bool,
}

/// Makes the pools for `path`, creating its folder.
pub(super) fn pool(path: &Path, settings: &StoreSettings) -> StoreResult<Pool> {
    if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        std::fs::create_dir_all(folder).map_err(|error| {
            StoreError::Unreachable(format!("the folder {} can't be made: {error}", folder.display()))
        })?;
    }
    let build = |read_only, size| {
        Deadpool::builder(Manager { path: path.to_owned(), read_only })
            .max_size(size)
            .runtime(deadpool::Runtime::Tokio1)
            .wait_timeout(Some(settings.wait_timeout))
            .build()
            .map_err(|error| StoreError::Unsupported(error.to_string()))
    };
    Ok(Pool::Sqlite { readers: build(true, settings.connections)?, writer: build(false, 1)? })
}

impl deadpool::managed::Manager for Manager {
    type Type = AsyncSqlite;
    type Error = ConnectionError;

    async fn create(&self) -> Result<AsyncSqlite, ConnectionError> {
        let (path, read_only) = (self.path.clone(), self.read_only);
        let opened = tokio::task::spawn_blocking(move || open(&path, read_only)).await;
        opened.map_err(|error| ConnectionError::BadConnection(error.to_string()))?.map(AsyncSqlite::new)
    }

    async fn recycle(&self, connection: &mut AsyncSqlite, _: &Metrics) -> RecycleResult<ConnectionError> {
        if is_broken(connection) { Err(RecycleError::message("a transaction was left open")) } else { Ok(()) }
    }
}

fn open(path: &Path, read_only: bool) -> Result<SqliteConnection, ConnectionError> {
    let shown = path.display();
    let wrong = |error: String| ConnectionError::BadConnection(format!("{shown}: {error}"));
    let mut connection =
        SqliteConnection::establish(&path.to_string_lossy()).map_err(|error| wrong(error.to_string()))?;
    let mut run = |pragmas: &str| connection.batch_execute(pragmas).map_err(|error| wrong(error.to_string()));
    run(PRAGMAS)?;
    if read_only {
        run("PRAGMA query_only = ON")?;
    }
    Ok(connection)
}
